//! The shapes of the lines, and one line read.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::look::{Fault, look};
use super::{EXPORT_FORMAT, codes};
use crate::call::{TimedAction, TimedEvent};
use crate::records::annotation::Annotation;
use crate::records::record::{FORMAT, PIECE_LIMIT, Record};
use crate::records::text::{Text, is_hash};

/// How much of each kind is in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub texts: u64,
    pub records: u64,
    pub annotations: u64,
}

impl Counts {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            texts: self.texts + other.texts,
            records: self.records + other.records,
            annotations: self.annotations + other.annotations,
        }
    }
}

/// A number of calls in words.
pub fn calls_of(n: u64) -> String {
    if n == 1 { "1 call".to_owned() } else { format!("{n} calls") }
}

/// What a file holds, in words.
pub fn say(counts: Counts) -> String {
    let several = |n: u64| if n == 1 { "" } else { "s" };
    let Counts { texts, records, annotations } = counts;
    format!(
        "{}, {annotations} annotation{} and {texts} text{}",
        calls_of(records),
        several(annotations),
        several(texts)
    )
}

/// What a file has to say first. Later versions may say more.
#[derive(Deserialize, Serialize)]
pub(super) struct HeaderLine<'a> {
    /// `export`.
    pub(super) rightcall: Cow<'a, str>,
    pub(super) format: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) texts: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) records: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) annotations: Option<u64>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextLine<'a> {
    pub(super) text: Cow<'a, Text>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) continues: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordLine<'a> {
    pub(super) record: Cow<'a, Record>,
    /// False: the call was still going on.
    pub(super) finished: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) continues: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnotationLine<'a> {
    pub(super) annotation: Cow<'a, Annotation>,
}

/// What is too long for one line goes on in the next.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoreLine<'a> {
    pub(super) more: More<'a>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) continues: bool,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct More<'a> {
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub(super) text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub(super) actions: Cow<'a, [TimedAction]>,
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub(super) events: Cow<'a, [TimedEvent]>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_false(it: &bool) -> bool {
    !it
}

/// A line after the header, as read.
pub(super) enum Line {
    Text(Text, bool),
    Record(Box<Record>, bool, bool),
    Annotation(Box<Annotation>),
    More(More<'static>, bool),
}

/// Reads the header.
pub(super) fn header(text: &str) -> Result<HeaderLine<'static>, Fault> {
    let foreign = |column| Fault {
        code: codes::NOT_AN_EXPORT,
        line: 1,
        column,
        message: "the file is not an export of Rightcall's: its first line is not a header".to_owned(),
    };
    let keys = look(text)?;
    if !keys.contains("rightcall") {
        return Err(foreign(1));
    }
    let header: HeaderLine = typed(text)?;
    if header.rightcall != "export" {
        return Err(foreign(1));
    }
    if header.format != EXPORT_FORMAT {
        let message =
            format!("the export has format {}, this version of Rightcall reads format {EXPORT_FORMAT}", header.format);
        return Err(Fault { code: codes::FORMAT, line: 1, column: 1, message });
    }
    Ok(header)
}

/// Reads a line after the header.
pub(super) fn line(text: &str) -> Result<Line, Fault> {
    let keys = look(text)?;
    let has = |key: &str| keys.contains(key);
    if has("text") {
        let TextLine { text, continues } = typed(text)?;
        Ok(Line::Text(text.into_owned(), continues))
    } else if has("record") {
        let RecordLine { record, finished, continues } = typed(text)?;
        check(&record, text.len())?;
        Ok(Line::Record(Box::new(record.into_owned()), finished, continues))
    } else if has("annotation") {
        let AnnotationLine { annotation } = typed(text)?;
        annotation.check().map_err(shape)?;
        Ok(Line::Annotation(Box::new(annotation.into_owned())))
    } else if has("more") {
        let MoreLine { more, continues } = typed(text)?;
        Ok(Line::More(more, continues))
    } else if has("rightcall") {
        let message = "a second header: two exports cannot be joined in one file".to_owned();
        Err(Fault { code: codes::UNKNOWN_KIND, line: 1, column: 1, message })
    } else {
        let message = "the line is none of `text`, `record`, `annotation`, `more`".to_owned();
        Err(Fault { code: codes::UNKNOWN_KIND, line: 1, column: 1, message })
    }
}

/// Reads a record on its own, over one or several lines.
pub(super) fn bare_record(text: &str) -> Result<Record, Fault> {
    let record: Record = typed(text)?;
    check(&record, text.len())?;
    Ok(record)
}

/// A record from so many bytes of JSON.
fn check(record: &Record, size: usize) -> Result<(), Fault> {
    // Defaults that were left out make it a little longer when it is written.
    let short = size < PIECE_LIMIT / 2;
    let checked = if short { record.check_head() } else { record.check() };
    checked.map_err(|message| {
        let code = if record.format == FORMAT { codes::SHAPE } else { codes::FORMAT };
        Fault { code, line: 1, column: 1, message }
    })
}

pub(super) fn shape(message: String) -> Fault {
    Fault { code: codes::SHAPE, line: 1, column: 1, message }
}

fn typed<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|problem| Fault::of(text, codes::SHAPE, &problem))
}

/// Whether the ids and hashes of a text line are such.
pub(super) fn check_text(text: &Text) -> Result<(), Fault> {
    if !is_hash(&text.hash) {
        return Err(shape(format!("`{}` is not a hash of 64 hexadecimal digits", text.hash)));
    }
    let wrong = |message| Fault { code: codes::HASH, line: 1, column: 1, message };
    text.check().map_err(wrong)
}
