//! What only playing shows: that the model calls go through, and earn full marks.

use std::sync::Arc;

use super::super::load::Loaded;
use super::super::model::Scenario;
use crate::call::{Call, Script, play};
use crate::diagnostic::{Diagnostic, codes};
use crate::marking;
use crate::records::Mode;
use crate::ron_text::Cursor;
use crate::standards::{Id, Role, Standards};

/// Seeds with which a model call is played: wordings, waits and lead-ins differ with them.
const SEEDS: [u64; 4] = [0, 1, 2, 77];

/// Plays every model call in every role of the call, as written and under each variant, and marks it.
/// For scenarios without errors: what refers to nothing cannot be played.
#[must_use]
pub fn check_played(loaded: &Loaded, standards: &Arc<Standards>) -> Vec<Diagnostic> {
    let scenario = &loaded.scenario;
    let root = loaded.tree.root();
    let mut found = Vec::new();
    let mut base = scenario.clone();
    base.variants.clear();
    let said = Said { loaded, under: String::new(), at: root.field("model").field("calls"), own: true };
    said.call(base, None, standards, &mut found);
    for (n, variant) in scenario.variants.iter().enumerate() {
        let at = root.field("variants").index(n);
        let own = variant.model.is_some();
        let at = if own { at.field("model").field("calls") } else { at.field("id") };
        let said = Said { loaded, under: format!(", in the variant `{}`", variant.id), at, own };
        said.call(scenario.overlaid(variant), Some(variant.id.clone()), standards, &mut found);
    }
    found.sort_by_key(|problem| (problem.line, problem.column));
    found.dedup();
    found
}

/// Where and how to say what came of playing.
struct Said<'a> {
    loaded: &'a Loaded,
    under: String,
    /// The model calls, or the variant that takes over those of the call.
    at: Cursor<'a>,
    own: bool,
}

impl Said<'_> {
    fn call(&self, call: Scenario, variant: Option<Id>, standards: &Arc<Standards>, found: &mut Vec<Diagnostic>) {
        let roles: Vec<Role> = call.roles.iter().filter_map(|id| standards.role(id)).cloned().collect();
        let places: Vec<Id> = call.model.calls.iter().map(|own| own.role.clone()).collect();
        let Ok(script) = Script::new(standards.clone(), call, self.loaded.hash.clone(), variant) else { return };
        for role in roles {
            // Its own, or that of a role which decides in the same way.
            let alike = |id: &Id| standards.role(id).is_some_and(|other| other.decides == role.decides);
            let own = places.iter().position(|id| *id == role.id).or_else(|| places.iter().position(alike));
            let Some(place) = own else { continue };
            let at = if self.own { self.at.index(place) } else { self.at.clone() };
            if let Some(problem) = SEEDS.iter().find_map(|seed| self.played(&script, &role, *seed, &at)) {
                found.push(problem);
            }
        }
    }

    fn played(&self, script: &Arc<Script>, role: &Role, seed: u64, at: &Cursor<'_>) -> Option<Diagnostic> {
        let actions = script.model_call(&role.id)?;
        let mut call = Call::new(script.clone(), &role.id, seed, Mode::Coach).ok()?;
        let name = role.name.to_lowercase();
        let error = |at: &Cursor<'_>, message: String, hint: String| {
            let message = format!("{message}{}", self.under);
            Some(Diagnostic::error(codes::MODEL_CALL, &self.loaded.file, at.position(), message).hint(hint))
        };
        if let Err(stopped) = play(&mut call, actions.iter().map(|action| (None, action))) {
            let at = if self.own { at.field("actions").index(stopped.index) } else { at.clone() };
            let message = format!("played as {name}, the model call is refused: {}", stopped.refusal);
            return error(
                &at,
                message,
                "what an expert does has to be possible: change it, or what stands in its way".into(),
            );
        }
        if call.state().ended.is_none() {
            let message = format!("played as {name}, the model call does not end");
            return error(&at.field("actions"), message, "end it with `Close`, or hand over with `Transfer`".into());
        }
        let mark = marking::mark(&call, "");
        if mark.points == mark.out_of && mark.verdict == marking::Verdict::Right {
            return None;
        }
        let lost = mark.criteria.iter().filter(|c| c.points < c.out_of);
        let mut lost: Vec<_> = lost.map(|c| format!("{} ({} of {}): {}", c.text, c.points, c.out_of, c.why)).collect();
        lost.extend(mark.safety_caps.iter().map(|cap| cap.text.clone()));
        let message = format!("played as {name}, the model call earns {} of {} points", mark.points, mark.out_of);
        error(at, message, lost.join("; "))
    }
}
