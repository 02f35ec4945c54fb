//! Bytes of a file, no more than allowed.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::text::too_large;
use crate::diagnostic::{Diagnostic, Position, codes};

/// Reads a file of at most `limit` bytes. A larger one is refused without being read: by its
/// metadata, and by counting, because a pipe or a growing file has no true length.
///
/// # Errors
/// One diagnostic, with the path as given.
pub fn read_file(path: &Path, limit: usize) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display().to_string();
    let unreadable = |problem: &std::io::Error| {
        let message = match problem.kind() {
            std::io::ErrorKind::NotFound => format!("there is no file `{name}`"),
            std::io::ErrorKind::PermissionDenied => format!("`{name}` may not be read"),
            _ => format!("`{name}` cannot be read: {problem}"),
        };
        Diagnostic::error(codes::UNREADABLE, &name, Position::START, message)
    };
    let metadata = std::fs::metadata(path).map_err(|e| unreadable(&e))?;
    if metadata.is_dir() {
        let message = format!("`{name}` is a folder, not a file");
        return Err(Diagnostic::error(codes::UNREADABLE, &name, Position::START, message));
    }
    if metadata.len() > limit as u64 {
        return Err(too_large(&name, limit));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| unreadable(&e))?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    if bytes.len() > limit { Err(too_large(&name, limit)) } else { Ok(bytes) }
}
