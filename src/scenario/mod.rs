//! What an author writes: the RON model of one call, loading, checking, variants.

pub mod check;
mod load;
mod model;
mod shipped;
mod variant;

pub use load::{Loaded, load};
pub use model::*;
pub use shipped::shipped;
