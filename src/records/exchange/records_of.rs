//! The records of a file that somebody names: an export, or one record on its own.

use super::line::bare_record;
use super::look::{Fault, look};
use super::read::{Found, Reader, diagnostic, fault, readable};
use super::{BARE_LIMIT, codes};
use crate::diagnostic::Diagnostic;
use crate::records::annotation::Annotation;
use crate::records::record::Kept;
use crate::records::store::Item;
use crate::records::text::Text;

/// What a file has in it.
#[derive(Debug, Default)]
pub struct Records {
    /// With the number of the line each begins in.
    pub records: Vec<(u32, Kept)>,
    pub texts: Vec<Text>,
    pub annotations: Vec<Annotation>,
    /// What is wrong with the file: as many as [`MOST_FAULTS`].
    pub bad: Vec<Diagnostic>,
    /// Further findings.
    pub more_bad: u64,
}

/// How many findings of one file are kept.
pub const MOST_FAULTS: usize = 200;

/// Reads the records of an export, or of a file that is one record on its own (a JSON object, over
/// any number of lines). `file` is the name to say in messages.
pub fn read_records(file: &str, bytes: &[u8]) -> Records {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = text.split(|&b| b == b'\n').find(|line| !line.trim_ascii().is_empty());
    if first.is_some_and(begins_bare_record) {
        return match bare(text) {
            Ok(record) => {
                let finished = record.has_ended();
                Records { records: vec![(1, Kept { record, finished })], ..Records::default() }
            }
            Err(fault) => {
                let line = u32::try_from(fault.line).unwrap_or(u32::MAX);
                Records { bad: vec![diagnostic(file, line, &fault)], ..Records::default() }
            }
        };
    }
    let mut all = Records::default();
    for found in Reader::new(file, bytes) {
        match found {
            Ok(Found { line, item, .. }) => match item {
                Item::Record(kept) => all.records.push((line, *kept)),
                Item::Text(text) => all.texts.push(text),
                Item::Annotation(annotation) => all.annotations.push(*annotation),
            },
            Err(bad) if all.bad.len() < MOST_FAULTS => all.bad.push(bad),
            Err(_) => all.more_bad += 1,
        }
    }
    all
}

/// Whether the first line of a file is that of a JSON object that is no header: a whole object
/// without the key `rightcall`, or the beginning of one over several lines.
fn begins_bare_record(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let head = &line[..line.len().min(super::LINE_LIMIT)];
    // A damaged header is still a header: what matters is what it was meant to be.
    line.starts_with(b"{") && !head.windows(11).take(64).any(|part| part == b"\"rightcall\"")
}

fn bare(bytes: &[u8]) -> Result<crate::records::Record, Fault> {
    if bytes.len() > BARE_LIMIT {
        let message = format!("the file is no export, and a record on its own is at most {} MiB", BARE_LIMIT >> 20);
        return Err(fault(codes::TOO_LONG, message));
    }
    let text = readable(bytes, false).map_err(|mut fault| {
        let text = String::from_utf8_lossy(bytes);
        let before: String = text.chars().take(fault.column - 1).collect();
        fault.line = before.matches('\n').count() + 1;
        fault.column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        fault
    })?;
    let keys = look(text)?;
    if keys.contains("actions") || keys.contains("format") {
        return bare_record(text);
    }
    let message = "the file is neither an export nor a record".to_owned();
    Err(fault(codes::NOT_AN_EXPORT, message))
}
