//! Keeping and exchanging results.

mod record;

pub use record::{FORMAT, Head, Mode, Record};
