//! Diagnostics as people read them in a terminal: with the line they are about.

use super::Diagnostic;

/// One diagnostic, in several lines.
pub fn render(diagnostic: &Diagnostic, _source: Option<&str>) -> String {
    diagnostic.to_string()
}
