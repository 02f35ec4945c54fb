//! The same for JSON: actions may be written by other programs.

use serde::de::DeserializeOwned;

use super::{DEPTH_LIMIT, normalise};
use crate::diagnostic::{Diagnostic, Position, codes};

/// Reads a JSON text of a type, within the same limits as RON.
///
/// # Errors
/// The first thing that keeps the text from being of the type.
pub fn read_json<T: DeserializeOwned>(file_name: &str, bytes: &[u8], limit: usize) -> Result<T, Vec<Diagnostic>> {
    let text = normalise(file_name, bytes, limit).map_err(|problem| vec![problem])?;
    if let Some(offset) = too_deep(&text) {
        let message = format!("brackets are nested more than {DEPTH_LIMIT} deep");
        let at = Position::of(&text, offset);
        return Err(vec![
            Diagnostic::error(codes::TOO_DEEP, file_name, at, message)
                .hint("no such file needs this; check that the file is what it says"),
        ]);
    }
    serde_json::from_str(&text).map_err(|problem| vec![diagnostic(file_name, &text, &problem)])
}

/// Where the limit of depth is passed.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_LIMIT {
            return Some(offset);
        }
    }
    None
}

fn diagnostic(file_name: &str, text: &str, problem: &serde_json::Error) -> Diagnostic {
    // `serde_json` counts bytes from 1, and says 0 of a line just begun.
    let line_start = text.split_inclusive('\n').take(problem.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = Position::of(text, line_start + problem.column().saturating_sub(1));
    let message = problem.to_string();
    let sentence = message.rsplit_once(" at line ").map_or(&*message, |(sentence, _)| sentence);
    let code = match problem.classify() {
        serde_json::error::Category::Data if sentence.starts_with("duplicate field") => codes::DUPLICATE_KEY,
        serde_json::error::Category::Data => codes::TYPE,
        _ => codes::SYNTAX,
    };
    let sentence = match sentence {
        "EOF while parsing a list" | "EOF while parsing an object" | "EOF while parsing a value" => {
            "the text ends too early".to_owned()
        }
        "EOF while parsing a string" => "the text ends within a text in quotes".to_owned(),
        other => other.to_owned(),
    };
    Diagnostic::error(code, file_name, at, sentence)
}
