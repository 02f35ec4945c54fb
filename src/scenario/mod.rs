//! What an author writes: the RON model of one call, loading, checking, variants.

pub mod check;
mod model;

pub use model::*;
