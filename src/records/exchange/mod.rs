//! Export and import as JSON Lines: a header, the texts, the records, the annotations.
//!
//! `docs/records.md` describes the format. An export is the same, byte for byte, whenever the same
//! is kept. What comes in can come from anybody: it is read line by line within limits, and each
//! bad line costs that line only.

pub mod codes;
#[cfg(not(target_arch = "wasm32"))]
mod file;
mod import;
mod line;
mod look;
mod read;
mod records_of;
mod write;

#[cfg(not(target_arch = "wasm32"))]
pub use file::{export_to, open, plain, whole_file};
pub use import::{About, AboutWhat, Bringing, Brought, Checking, Reading, bring_in, check};
pub use line::{Counts, calls_of, say};
pub use read::{Found, Reader};
pub use records_of::{MOST_FAULTS, Records, read_records};
pub use write::{Audience, ExportError, export, write_header, write_item, write_one};

/// Version of the format of exports.
pub const EXPORT_FORMAT: u32 = 1;
/// The longest line, in bytes.
pub const LINE_LIMIT: usize = 1 << 20;
/// How deep brackets may be nested.
pub const DEPTH_LIMIT: usize = 64;
/// The longest record over all its lines, in bytes.
pub const RECORD_LIMIT: usize = 32 << 20;
/// The most actions and events of a record that is continued; a call ends at 2,000 actions.
pub const ENTRY_LIMIT: usize = 200_000;
/// The longest record on its own, in bytes.
pub const BARE_LIMIT: usize = 16 << 20;
