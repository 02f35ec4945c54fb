//! Finding services: the directory as a person on the telephone meets it.
