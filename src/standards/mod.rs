//! What a service agrees on: competences, roles, dispositions, guides, question and advice banks,
//! the directory of services, and how calls are marked.

pub mod check;
pub(crate) mod findings;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod load;
mod model;
mod names;
pub(crate) mod words;

#[cfg(not(target_arch = "wasm32"))]
pub use folder::{files_in, folder_of, is_folder};
pub use load::{BankPart, FILES, Standards};
pub use model::*;
pub use names::Names;
