//! Reading what people write: limits first, then a lossless token tree with positions, then `ron`.
//!
//! `ron` decides what is valid and of which type. The tree beside it keeps spans and comments, finds
//! duplicate keys and several syntax errors at once, and gives semantic errors their positions.

#[cfg(not(target_arch = "wasm32"))]
mod file;
mod text;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Position, codes};

#[cfg(not(target_arch = "wasm32"))]
pub use file::read_file;
pub use text::{hash, normalise};

/// The largest scenario.
pub const SCENARIO_LIMIT: usize = 1 << 20;
/// The largest file of a standards folder.
pub const STANDARDS_LIMIT: usize = 8 << 20;
/// The largest file of actions.
pub const ACTIONS_LIMIT: usize = 16 << 20;
/// How deep brackets may be nested.
pub const DEPTH_LIMIT: usize = 64;

/// Positions of everything in a RON text.
#[derive(Debug, Clone)]
pub struct Tree {
    text: String,
}

impl Tree {
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Reads a RON text of a type. `limit` is the largest size in bytes.
pub fn read<T: DeserializeOwned>(
    file_name: &str,
    bytes: &[u8],
    limit: usize,
) -> Result<(T, Tree), Vec<Diagnostic>> {
    let text = normalise(file_name, bytes, limit).map_err(|problem| vec![problem])?;
    let value = ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(&text)
        .map_err(|e| {
            let at = Position {
                line: e.span.start.line as u32,
                column: e.span.start.col as u32,
            };
            vec![Diagnostic::error(codes::TYPE, file_name, at, e.code.to_string())]
        })?;
    Ok((value, Tree { text }))
}
