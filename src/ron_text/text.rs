//! From bytes to text that is safe to parse, and the hash that names a text.

use crate::diagnostic::{Diagnostic, Position, codes};

const BOM: &str = "\u{feff}";

/// Turns the bytes of a file into text: within the limit, UTF-8, without a byte order mark, with LF
/// at the ends of lines and no control characters.
pub fn normalise(file_name: &str, bytes: &[u8], limit: usize) -> Result<String, Diagnostic> {
    if bytes.len() > limit {
        return Err(too_large(file_name, limit));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(problem) => return Err(not_utf8(file_name, bytes, problem.valid_up_to())),
    };
    let text = text.strip_prefix(BOM).unwrap_or(text).replace("\r\n", "\n");
    // Most texts hold none of these bytes, and looking at bytes is several times as fast.
    let may_begin_one = |b: u8| (b < b' ' && b != b'\n') || matches!(b, 0x7F | 0xC2 | 0xE2);
    let Some(from) = text.bytes().position(may_begin_one) else { return Ok(text) };
    match text[from..].char_indices().find(|&(_, c)| is_forbidden(c)) {
        Some((offset, c)) => Err(forbidden(file_name, &text, from + offset, c)),
        None => Ok(text),
    }
}

/// BLAKE3 over the text with its byte order mark removed and CRLF turned into LF, in hexadecimal:
/// the name of a scenario or a standards file wherever it lies.
pub fn hash(text: &str) -> String {
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let mut hasher = blake3::Hasher::new();
    let mut rest = text;
    while let Some(at) = rest.find("\r\n") {
        hasher.update(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
    }
    hasher.update(rest.as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// The refusal of a file above its limit.
pub(crate) fn too_large(file_name: &str, limit: usize) -> Diagnostic {
    let message = format!("the file is larger than the {} MiB allowed for its kind", limit >> 20);
    Diagnostic::error(codes::TOO_LARGE, file_name, Position::START, message)
        .hint("check that this is the right file; split it if it is")
}

fn not_utf8(file_name: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    let before = before.strip_prefix(BOM).unwrap_or(&before);
    let at = Position::of(before, before.len());
    let message = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "the text is UTF-16, not UTF-8".to_owned(),
        _ => match bytes.get(valid) {
            Some(byte) => format!("the byte 0x{byte:02X} is not UTF-8"),
            None => "the text breaks off within a character".to_owned(),
        },
    };
    Diagnostic::error(codes::NOT_UTF8, file_name, at, message).hint("save the file as UTF-8 in your editor")
}

/// Control characters, and those that make a line read otherwise than it is stored.
fn is_forbidden(c: char) -> bool {
    let reorders = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    reorders || (c.is_control() && c != '\n' && c != '\t')
}

fn forbidden(file_name: &str, text: &str, offset: usize, c: char) -> Diagnostic {
    let name = match c {
        '\0' => "a NUL character".to_owned(),
        '\r' => "a carriage return without a line feed".to_owned(),
        _ => format!("the control character U+{:04X}", u32::from(c)),
    };
    let at = Position::of(text, offset);
    Diagnostic::error(codes::FORBIDDEN_CHARACTER, file_name, at, format!("{name} is not allowed"))
        .hint("delete it; only line ends and tabs are allowed besides printable characters")
}
