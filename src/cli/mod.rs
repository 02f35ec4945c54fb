//! The same engine without a window.

pub mod records;
