//! What a service agrees on: competences, roles, dispositions, guides, question and advice banks,
//! the directory of services, and how calls are marked.

pub mod check;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod load;
mod model;

pub use load::{FILES, Standards};
pub use model::*;
