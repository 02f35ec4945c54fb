//! What in a scenario refers to something that is not there, contradicts itself, or would make the
//! caller deny a fact. The checker is the author's colleague: it says where, what, and what to do.

mod bank_default;
mod call;
mod header;
mod heard;
mod model;
mod played;
#[cfg(not(target_arch = "wasm32"))]
mod recordings;
pub(crate) mod sense;
mod together;
mod variants;
mod voiced;
mod when;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use played::check_played;
#[cfg(not(target_arch = "wasm32"))]
pub use recordings::unplayable;
pub use together::{check_together, unanswered};
pub use voiced::unvoiced;

use super::load::Loaded;
use super::model::{Review, Scenario};
use crate::diagnostic::{Diagnostic, codes};
use crate::ron_text::Cursor;
use crate::standards::findings::Findings;
use crate::standards::{Id, Standards};

/// How long something said may be, in characters: nobody listens to more in one breath.
const LINE: usize = 600;
/// How long a text for authors and the debrief may be, in characters.
const PROSE: usize = 6000;
const FACTS: usize = 200;
const ANSWERS: usize = 500;
const BEATS: usize = 100;
const VARIANTS: usize = 20;
const CRITERIA: usize = 50;
/// Wordings of one line, entries of one list.
const LIST: usize = 50;
/// More than an author reads.
const FINDINGS: usize = 200;
/// A call ends by itself at so many actions, and after so many seconds.
const ACTIONS: usize = 2000;
const SECONDS: u32 = 3600;

/// How far a check goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// What can be seen without playing: fast enough for every key that is pressed.
    Text,
    /// The model calls are played and marked as well.
    #[default]
    Play,
}

/// Everything that is wrong with a scenario that could be read: what it refers to, what it means and,
/// where asked for, what playing shows. `today` is the date (`YYYY-MM-DD`) against which a review is held.
pub fn check_to(depth: Depth, loaded: &Loaded, standards: &Arc<Standards>, today: Option<&str>) -> Vec<Diagnostic> {
    let mut found = check(loaded, standards);
    found.extend(today.and_then(|today| lapsed(loaded, today)));
    if depth == Depth::Play && !found.iter().any(Diagnostic::is_error) {
        found.extend(check_played(loaded, standards));
    }
    found.sort_by_key(|problem| (problem.line, problem.column));
    found
}

/// A review that has lapsed by a date.
fn lapsed(loaded: &Loaded, today: &str) -> Option<Diagnostic> {
    let Review::Reviewed { until, .. } = &loaded.scenario.review else { return None };
    // Dates are written year first, so that they sort as text.
    if &**until >= today {
        return None;
    }
    let at = loaded.tree.root().field("review").field("until").position();
    let message = format!("the review lapsed on {until}");
    let hint = "have it reviewed again, or write `Draft(author: …)`";
    Some(Diagnostic::warning(codes::LAPSED, &loaded.file, at, message).hint(hint))
}

/// Everything that is wrong with a scenario that could be read, by place, without playing it. What it
/// means is looked at once everything it refers to is there.
pub fn check(loaded: &Loaded, standards: &Standards) -> Vec<Diagnostic> {
    let mut found = refers(loaded, standards);
    if !found.iter().any(Diagnostic::is_error) {
        found.extend(sense::check(loaded, standards));
        found.sort_by_key(|problem| (problem.line, problem.column));
        // The same place is met again through each variant.
        found.dedup();
        found.truncate(FINDINGS);
    }
    found
}

/// What a scenario refers to, and what cannot be.
fn refers(loaded: &Loaded, standards: &Standards) -> Vec<Diagnostic> {
    let scenario = &loaded.scenario;
    let root = loaded.tree.root();
    let mut checker = Checker { findings: Findings::new(&loaded.file, standards), known: Known::of(scenario) };
    // Everything else may take its time with every item.
    if !checker.within_limits(scenario, &root) {
        return checker.findings.into_list();
    }
    checker.header(scenario, &root);
    checker.call(scenario, &root);
    checker.model(&scenario.model, &root.field("model"));
    checker.criteria(&scenario.criteria, &root.field("criteria"));
    checker.background(scenario.background.as_ref(), &root.field("background"));
    if !scenario.heard.is_empty() {
        // A variant has captions of its own.
        let variants = scenario.variants.iter().map(|variant| scenario.overlaid(variant));
        let calls: Vec<Scenario> = std::iter::once(scenario.clone()).chain(variants).collect();
        checker.heard(&scenario.heard, &calls, &root.field("heard"));
    }
    checker.bank_default(scenario, &root.field("facts"));
    checker.variants(loaded);
    checker.findings.into_list()
}

/// What there is to refer to in the call as it is played: as written, or under a variant.
struct Known {
    facts: BTreeSet<Id>,
    beats: BTreeSet<Id>,
    others: BTreeSet<Id>,
}

impl Known {
    fn of(scenario: &Scenario) -> Self {
        Self {
            facts: scenario.facts.iter().map(|fact| fact.id.clone()).collect(),
            beats: scenario.beats.iter().map(|beat| beat.id.clone()).collect(),
            others: scenario.others.iter().map(|other| other.id.clone()).collect(),
        }
    }
}

struct Checker<'a> {
    findings: Findings<'a>,
    known: Known,
}

impl Checker<'_> {
    fn fact(&mut self, id: &str, at: &Cursor<'_>) {
        if !self.known.facts.contains(id) {
            self.findings.unknown(codes::UNKNOWN_FACT, "fact", id, at, self.known.facts.iter().map(|id| &**id));
        }
    }

    fn beat(&mut self, id: &str, at: &Cursor<'_>) {
        if !self.known.beats.contains(id) {
            self.findings.unknown(codes::UNKNOWN_BEAT, "beat", id, at, self.known.beats.iter().map(|id| &**id));
        }
    }

    fn facts(&mut self, ids: &[Id], at: &Cursor<'_>) {
        for (id, at) in each(ids, at) {
            self.fact(id, &at);
        }
    }

    /// Whether there is no more of anything than a call may have.
    fn within_limits(&mut self, scenario: &Scenario, root: &Cursor<'_>) -> bool {
        let mut limits = vec![
            (scenario.variants.len(), VARIANTS, "variants", root.field("variants")),
            (scenario.roles.len(), LIST, "roles", root.field("roles")),
            (scenario.others.len(), LIST, "people", root.field("others")),
            (scenario.offers.len(), LIST, "offers", root.field("offers")),
            (scenario.capacity.len(), LIST, "changes of capacity", root.field("capacity")),
            (scenario.facts.len(), FACTS, "facts", root.field("facts")),
            (scenario.answers.len(), ANSWERS, "answers", root.field("answers")),
            (scenario.beats.len(), BEATS, "beats", root.field("beats")),
            (scenario.heard.len(), ANSWERS, "entries", root.field("heard")),
            (scenario.criteria.len(), CRITERIA, "criteria", root.field("criteria")),
        ];
        let mut models = vec![(&scenario.model, root.field("model"))];
        let variants = root.field("variants");
        for (variant, at) in each(&scenario.variants, &variants).take(VARIANTS) {
            limits.extend([
                (variant.facts.len(), FACTS, "facts", at.field("facts")),
                (variant.answers.len(), ANSWERS, "answers", at.field("answers")),
                (variant.beats.len(), BEATS, "beats", at.field("beats")),
                (variant.heard.len(), ANSWERS, "entries", at.field("heard")),
                (variant.criteria.as_ref().map_or(0, Vec::len), CRITERIA, "criteria", at.field("criteria")),
                (variant.without_facts.len(), FACTS, "facts", at.field("without_facts")),
                (variant.without_answers.len(), ANSWERS, "answers", at.field("without_answers")),
                (variant.without_beats.len(), BEATS, "beats", at.field("without_beats")),
            ]);
            models.extend(variant.model.as_ref().map(|model| (model, at.field("model"))));
        }
        for (model, at) in models {
            limits.extend([
                (model.acceptable.len(), LIST, "outcomes", at.field("acceptable")),
                (model.unsafe_if.len(), LIST, "unsafe outcomes", at.field("unsafe_if")),
                (model.by_role.len(), LIST, "roles", at.field("by_role")),
                (model.guides.len(), LIST, "guides", at.field("guides")),
                (model.wrong_guides.len(), LIST, "guides", at.field("wrong_guides")),
                (model.calls.len(), LIST, "model calls", at.field("calls")),
            ]);
        }
        limits
            .into_iter()
            .fold(true, |all, (count, most, what, at)| self.findings.at_most(count, most, what, &at) && all)
    }

    /// Wordings of something said, one of which is chosen.
    fn lines(&mut self, lines: &[std::sync::Arc<str>], at: &Cursor<'_>) {
        self.findings.at_most(lines.len(), LIST, "wordings", at);
        for (line, at) in each(lines, at) {
            self.line(line, &at);
        }
    }

    fn line(&mut self, line: &str, at: &Cursor<'_>) {
        self.findings.filled(line, "the wording", at);
        let length = line.chars().count();
        if length > LINE {
            let message = format!("{length} characters are more than the {LINE} that a line may have");
            self.findings.error(codes::OUT_OF_RANGE, at, message, "nobody says so much in one breath: split it");
        }
        // Wordings of the bank are filled in, those of a scenario are said as they stand.
        if line.contains('{') {
            let hint = "write the name out; placeholders are for the common bank";
            self.findings.error(codes::PLACEHOLDER, at, "a line of a scenario has no placeholders", hint);
        }
    }

    fn prose(&mut self, text: &str, what: &str, at: &Cursor<'_>) {
        self.findings.filled(text, what, at);
        let length = text.chars().count();
        if length > PROSE {
            let message = format!("{length} characters are more than the {PROSE} allowed");
            self.findings.error(codes::OUT_OF_RANGE, at, message, "");
        }
    }

    /// A level of mood, or a change of it.
    fn mood(&mut self, mood: u32, at: &Cursor<'_>) {
        if mood > 100 {
            let message = format!("a mood goes from 0 to 100, not to {mood}");
            self.findings.error(codes::OUT_OF_RANGE, at, message, "0 is desperate, 100 at ease");
        }
    }

    fn seconds(&mut self, seconds: u32, at: &Cursor<'_>) {
        if seconds > SECONDS {
            let message = format!("{seconds} seconds are past the end: a call lasts {SECONDS} at most");
            self.findings.error(codes::OUT_OF_RANGE, at, message, "");
        }
    }
}

/// The cursors of a list beside its items.
fn each<'b, T>(list: &'b [T], at: &'b Cursor<'b>) -> impl Iterator<Item = (&'b T, Cursor<'b>)> {
    list.iter().enumerate().map(|(n, item)| (item, at.index(n)))
}
