//! A finished call held against its model answer: an assessment, every mark with its evidence.

mod assessment;

pub use assessment::*;
