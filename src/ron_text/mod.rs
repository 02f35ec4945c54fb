//! Reading what people write: limits first, then a lossless token tree with positions, then `ron`.
//!
//! `ron` decides what is valid and of which type. The tree beside it keeps spans and comments, finds
//! duplicate keys and several syntax errors at once, and gives semantic errors their positions.

#[cfg(not(target_arch = "wasm32"))]
mod file;
mod json;
mod lex;
mod parse;
mod text;
mod tree;
mod types;

use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;

#[cfg(not(target_arch = "wasm32"))]
pub use file::read_file;
pub use json::read_json;
pub use lex::{Token, TokenKind};
pub(crate) use text::too_large;
pub use text::{hash, normalise};
pub use tree::{Cursor, NodeKind, Problem, Tree};
pub(crate) use types::nearest;

/// The largest scenario.
pub const SCENARIO_LIMIT: usize = 1 << 20;
/// The largest standards folder, all its files together.
pub const STANDARDS_LIMIT: usize = 8 << 20;
/// The largest file of actions.
pub const ACTIONS_LIMIT: usize = 16 << 20;
/// How deep brackets may be nested.
pub const DEPTH_LIMIT: usize = 64;

/// Reads a RON text of a type. `limit` is the largest size in bytes.
///
/// # Errors
/// Everything that keeps the text from being of the type: all mistakes of syntax and all duplicate
/// keys, or else the first mistake of type.
pub fn read<T: DeserializeOwned>(file_name: &str, bytes: &[u8], limit: usize) -> Result<(T, Tree), Vec<Diagnostic>> {
    let text = normalise(file_name, bytes, limit).map_err(|problem| vec![problem])?;
    let (tree, problems) = Tree::parse(text);
    if !problems.is_empty() {
        let diagnostic = |problem: Problem| {
            let at = tree.position(problem.offset);
            Diagnostic::error(problem.code, file_name, at, problem.message).hint(problem.hint)
        };
        return Err(problems.into_iter().map(diagnostic).collect());
    }
    match options().from_str(tree.text()) {
        Ok(value) => Ok((value, tree)),
        Err(problem) => Err(vec![types::diagnostic(file_name, &tree, &problem)]),
    }
}

/// How all RON of ours is read: `Some(…)` need not be written. A level of brackets can take several
/// levels of types, so the limit of `ron` is a multiple of our own.
pub(crate) fn options() -> ron::Options {
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEPTH_LIMIT * 6)
}
