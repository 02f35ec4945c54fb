//! Checking a scenario against the standards.
