//! What an author writes: the RON model of one call, loading, checking, variants.

mod model;

pub use model::*;
