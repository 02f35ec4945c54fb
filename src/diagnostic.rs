//! What is wrong with a file, where, and what to do.

use serde::{Deserialize, Serialize};

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
