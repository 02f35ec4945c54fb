//! Keeping and exchanging results: one port, whatever is behind it; one file format to carry them.

mod annotation;
pub mod exchange;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
mod memory;
mod record;
mod replay;
mod shell;
#[cfg(not(target_arch = "wasm32"))]
mod sqlite;
mod store;
mod text;

pub use annotation::{Annotation, AnnotationKind, DecisionOnly, Rating, Shared, Target, Upheld, was_read};
#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDbStore;
pub use memory::MemoryStore;
pub use record::{FORMAT, Head, Kept, Mode, PIECE_LIMIT, Record};
pub use replay::{ReplayError, replay};
#[cfg(not(target_arch = "wasm32"))]
pub use shell::default_data_dir;
pub use shell::{PATIENCE, fresh_id, wait};
#[cfg(not(target_arch = "wasm32"))]
pub use sqlite::{Options, SqliteStore};
pub use store::{Assessed, AssessmentKey, Failure, Item, Outcome, Reply, Request, Store, Summary, Ticket};
pub use text::{STANDARDS_LIST, Text, is_hash, is_id, text_hash};
