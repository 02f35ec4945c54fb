//! What a service agrees on: competences, roles, dispositions, guides, question and advice banks,
//! the directory of services, and how calls are marked.

pub mod check;
mod model;

pub use model::*;
