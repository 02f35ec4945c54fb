//! A finished call held against its model answer.
