//! A scenario, read.

use super::model::Scenario;
use crate::diagnostic::Diagnostic;
use crate::ron_text::{self, SCENARIO_LIMIT, Tree};

/// A scenario with the text it was read from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// As the user named it; diagnostics carry it.
    pub file: String,
    pub scenario: Scenario,
    /// Without byte order mark, LF at the ends of lines: what a record's store keeps.
    pub text: String,
    /// Names the text: [`ron_text::hash`].
    pub hash: String,
    /// Positions of everything in the text.
    pub tree: Tree,
}

/// Reads a scenario. What it refers to is another matter: [`super::check::check`].
///
/// # Errors
/// Everything that keeps the text from being a scenario.
pub fn load(file_name: &str, bytes: &[u8]) -> Result<Loaded, Vec<Diagnostic>> {
    let (scenario, tree) = ron_text::read::<Scenario>(file_name, bytes, SCENARIO_LIMIT)?;
    let text = tree.text().to_owned();
    Ok(Loaded { file: file_name.to_owned(), scenario, hash: ron_text::hash(&text), text, tree })
}
