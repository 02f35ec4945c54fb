//! Keeping and exchanging results.

mod record;
mod replay;

pub use replay::{ReplayError, replay};
pub use record::{FORMAT, Head, Mode, Record};
