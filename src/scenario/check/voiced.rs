//! Which lines of a call have no clip: what was rendered ahead of time, held against what can be spoken now.

use std::sync::Arc;

use super::super::load::Loaded;
use crate::call::Script;
use crate::call::speech::{self, Line};
use crate::diagnostic::{Diagnostic, Position, Severity, codes};
use crate::standards::Standards;

/// How many lines are named.
const NAMED: usize = 6;

/// Lines without a clip: one note for each surface of the call that has a voice at all. `has` tells of a surface (0 as
/// written, then the variants) and a key whether there is a clip; `None` where that surface has no voice.
pub fn unvoiced(
    loaded: &Loaded,
    standards: &Arc<Standards>,
    has: &dyn Fn(usize, &str) -> Option<bool>,
) -> Vec<Diagnostic> {
    let variants = loaded.scenario.variants.iter().map(Some);
    let surfaces = std::iter::once(None).chain(variants).enumerate();
    let notes = surfaces.filter_map(|(surface, variant)| {
        let scenario = variant.map_or_else(|| loaded.scenario.clone(), |variant| loaded.scenario.overlaid(variant));
        let id = variant.map(|variant| variant.id.clone());
        // A call whose clock cannot be read has been told so.
        let script = Script::new(standards.clone(), scenario, loaded.hash.clone(), id.clone()).ok()?;
        let lines = speech::lines(&script);
        let mut missing: Vec<&Line> = Vec::new();
        for line in &lines {
            if !has(surface, &speech::key(line))? {
                missing.push(line);
            }
        }
        let where_to = id.map_or_else(String::new, |id| format!(" of the variant `{id}`"));
        (!missing.is_empty()).then(|| note(loaded, &missing, lines.len(), &where_to))
    });
    notes.collect()
}

fn note(loaded: &Loaded, missing: &[&Line], of: usize, where_to: &str) -> Diagnostic {
    let message =
        format!("{} of {of} lines{where_to} have no clip: they are read, or spoken by the system", missing.len());
    let named = missing.iter().take(NAMED).map(|line| format!("{}: “{}”", line.who, line.text));
    let more = missing.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| format!("and {more} more"));
    let hint: Vec<String> = named.chain(more).collect();
    let note = Diagnostic::error(codes::NO_CLIP, &loaded.file, Position::START, message);
    Diagnostic { severity: Severity::Info, ..note }.hint(hint.join("; "))
}
