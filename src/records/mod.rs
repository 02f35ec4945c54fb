//! Keeping and exchanging results.
