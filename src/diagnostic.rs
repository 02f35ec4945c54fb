//! What is wrong with a file, where, and what to do.

use std::fmt;

use serde::{Deserialize, Serialize};

pub mod codes;
mod pages;
#[cfg(not(target_arch = "wasm32"))]
mod render;

pub use pages::{PAGES, page};
#[cfg(not(target_arch = "wasm32"))]
pub use render::render;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file cannot be used, or a call would go wrong.
    Error,
    /// It works, and an author should look at it.
    Warning,
    /// Good to know.
    Info,
}

/// One finding about one place in one file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Diagnostic {
    /// `R0001`… for RON files, stable for ever.
    pub code: String,
    pub severity: Severity,
    /// As the user named it.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What is wrong, one lower-case sentence without a full stop, names in back-ticks.
    pub message: String,
    /// What to do about it; empty where the message says it all.
    pub hint: String,
}

impl Diagnostic {
    /// An error at a place, without a hint.
    pub fn error(code: &str, file: &str, at: Position, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            severity: Severity::Error,
            file: file.to_owned(),
            line: at.line,
            column: at.column,
            message: within(MESSAGE, message.into()),
            hint: String::new(),
        }
    }

    /// The same as a warning.
    pub fn warning(code: &str, file: &str, at: Position, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, file, at, message) }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = within(HINT, hint.into());
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Keeps a file from being used at all. Errors about what a file means do not: a draft can be
    /// played, and a call that was taken under standards that we would fault today stays readable.
    pub fn keeps_from_use(&self) -> bool {
        self.is_error() && codes::is_about_form(&self.code)
    }
}

/// `file:line:column: error[R0001]: message (hint)`, on one line.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        write!(f, "{}:{}:{}: {severity}[{}]: {}", self.file, self.line, self.column, self.code, self.message)?;
        if self.hint.is_empty() { Ok(()) } else { write!(f, " ({})", self.hint) }
    }
}

/// A place in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
}

impl Position {
    /// The beginning of a file: where a finding about the whole file is shown.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte offset; past the end it is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let (lines, rest) =
            before.rsplit_once('\n').map_or((0, before), |(lines, rest)| (lines.matches('\n').count() + 1, rest));
        Self { line: to_u32(lines + 1), column: to_u32(rest.chars().count() + 1) }
    }
}

/// How long a message may be, in bytes: names in it come from the file, and may be of any length.
const MESSAGE: usize = 400;
const HINT: usize = 1500;

fn within(length: usize, mut text: String) -> String {
    if text.len() > length {
        text.truncate(text.floor_char_boundary(length));
        text.push('…');
    }
    text
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
