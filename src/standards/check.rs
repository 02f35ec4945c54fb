//! Checking standards files against each other.
