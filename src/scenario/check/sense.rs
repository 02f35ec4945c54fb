//! What a call means, once everything in it refers to something that is there: whether it can be
//! heard, missed, won and lost, and whether facts, answers and model say the same.
//!
//! Each call that can be played is looked at: the scenario as written, and under each variant. What is
//! so without a variant is not said again under it.

mod asked;
mod criteria;
mod cues;
mod elicit;
mod guides;
mod model;
mod papers;
mod range;
mod reach;
mod replies;
mod services;
mod shared;
mod solve;
mod spoken;
mod surface;
mod words;

use std::collections::BTreeSet;

use super::super::load::Loaded;
use super::super::model::{Scenario, Variant};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::ron_text::Cursor;
use crate::standards::{Decides, Id, Role, Standards};
use reach::Reach;
use shared::Shared;

/// Something in a call, as it is played: resolved to a place in the file later.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    of: Of,
    path: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// A field of the scenario itself.
    Root(&'static str),
    Fact(usize),
    Answer(usize),
    Beat(usize),
    Model,
    Criterion(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Field(&'static str),
    Index(usize),
}

impl Place {
    fn new(of: Of) -> Self {
        Self { of, path: Vec::new() }
    }
    fn root(field: &'static str) -> Self {
        Self::new(Of::Root(field))
    }
    fn fact(n: usize) -> Self {
        Self::new(Of::Fact(n))
    }
    fn answer(n: usize) -> Self {
        Self::new(Of::Answer(n))
    }
    fn beat(n: usize) -> Self {
        Self::new(Of::Beat(n))
    }
    fn model() -> Self {
        Self::new(Of::Model)
    }
    fn criterion(n: usize) -> Self {
        Self::new(Of::Criterion(n))
    }
    fn field(mut self, name: &'static str) -> Self {
        self.path.push(Part::Field(name));
        self
    }
    fn index(mut self, n: usize) -> Self {
        self.path.push(Part::Index(n));
        self
    }
}

/// Something found in one call.
#[derive(Debug)]
struct Finding {
    code: &'static str,
    severity: Severity,
    place: Place,
    message: String,
    hint: String,
}

/// One call as it is played, and what has been found in it.
struct Sense<'a> {
    call: &'a Scenario,
    standards: &'a Standards,
    shared: &'a Shared<'a>,
    /// Roles for which the call is written.
    roles: Vec<&'a Role>,
    reach: Reach,
    found: Vec<Finding>,
}

impl<'a> Sense<'a> {
    fn of(call: &'a Scenario, standards: &'a Standards, shared: &'a Shared<'a>) -> Self {
        let roles = call.roles.iter().filter_map(|id| standards.role(id)).collect();
        let reach = Reach::of(call, standards);
        let mut sense = Self { call, standards, shared, roles, reach, found: Vec::new() };
        sense.elicit();
        sense.model();
        sense.range();
        sense.replies();
        sense.spoken();
        sense.asked();
        sense.criteria();
        sense.cues();
        sense.guides();
        sense.services();
        sense.words();
        sense
    }

    fn error(&mut self, code: &'static str, place: Place, message: impl Into<String>, hint: impl Into<String>) {
        self.add(code, Severity::Error, place, message, hint);
    }

    fn warning(&mut self, code: &'static str, place: Place, message: impl Into<String>, hint: impl Into<String>) {
        self.add(code, Severity::Warning, place, message, hint);
    }

    fn add(
        &mut self,
        code: &'static str,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.found.push(Finding { code, severity, place, message: message.into(), hint: hint.into() });
    }

    /// Roles that assess symptoms: the others recognise and hand over.
    fn assessing(&self) -> impl Iterator<Item = &'a Role> {
        self.roles.clone().into_iter().filter(|role| role.decides != Decides::HandsOver)
    }

    /// Name of a disposition, behind its code.
    fn named(&self, code: &str) -> String {
        self.standards.disposition(code).map_or_else(|| format!("`{code}`"), |d| format!("`{code}` ({})", d.name))
    }
}

/// Looks at the call as written and under each of its variants.
pub(super) fn check(loaded: &Loaded, standards: &Standards) -> Vec<Diagnostic> {
    let scenario = &loaded.scenario;
    let root = loaded.tree.root();
    let shared = Shared::of(scenario, standards);
    let mut base = Sense::of(scenario, standards, &shared);
    base.papers();
    let mut variants = Vec::new();
    for variant in &scenario.variants {
        let call = scenario.overlaid(variant);
        let mut sense = Sense::of(&call, standards, &shared);
        sense.surface(scenario, variant, &base.reach);
        variants.push((Under::of(scenario, variant), std::mem::take(&mut sense.found)));
    }
    let mut found = Vec::new();
    for finding in &base.found {
        // What is heard under a variant is not there for nothing.
        let used = is_reach(finding.code)
            && variants.iter().any(|(under, list)| {
                under.keeps(finding.place.of) && !list.iter().any(|other| under.is_same(finding, other))
            });
        if !used {
            found.push(diagnostic(loaded, finding, &at_base(&root, &finding.place), ""));
        }
    }
    let said: BTreeSet<(&str, &str)> = base.found.iter().map(|f| (f.code, &*f.message)).collect();
    for (n, (under, list)) in variants.iter().enumerate() {
        let variant = under.variant;
        let at = root.field("variants").index(n);
        for finding in list {
            let own = under.own(finding.place.of);
            // What a variant merely does not use is no fault of it.
            if said.contains(&(finding.code, &*finding.message)) || is_reach(finding.code) && own.is_none() {
                continue;
            }
            let place = own.map_or_else(|| at.field("id"), |of| along(of.cursor(&at), &finding.place.path));
            found.push(diagnostic(loaded, finding, &place, &format!(", in the variant `{}`", variant.id)));
        }
    }
    found
}

/// About what can be heard: looked at over all variants together.
fn is_reach(code: &str) -> bool {
    matches!(code, codes::NEVER_HEARD | codes::ALWAYS_SO)
}

fn diagnostic(loaded: &Loaded, finding: &Finding, at: &Cursor<'_>, under: &str) -> Diagnostic {
    let message = format!("{}{under}", finding.message);
    let error = Diagnostic::error(finding.code, &loaded.file, at.position(), message);
    Diagnostic { severity: finding.severity, ..error }.hint(finding.hint.as_str())
}

fn at_base<'c>(root: &Cursor<'c>, place: &Place) -> Cursor<'c> {
    let of = match place.of {
        Of::Root(field) => root.field(field),
        Of::Fact(n) => root.field("facts").index(n),
        Of::Answer(n) => root.field("answers").index(n),
        Of::Beat(n) => root.field("beats").index(n),
        Of::Model => root.field("model"),
        Of::Criterion(n) => root.field("criteria").index(n),
    };
    along(of, &place.path)
}

fn along<'c>(mut at: Cursor<'c>, path: &[Part]) -> Cursor<'c> {
    for part in path {
        at = match part {
            Part::Field(name) => at.field(name),
            Part::Index(n) => at.index(*n),
        };
    }
    at
}

/// Where something stands in the variant itself.
#[derive(Debug, Clone, Copy)]
struct Own(&'static str, Option<usize>);

impl Own {
    fn cursor<'c>(self, at: &Cursor<'c>) -> Cursor<'c> {
        let list = at.field(self.0);
        self.1.map_or(list.clone(), |n| list.index(n))
    }
}

/// What of the call is there under a variant: worked out once for all findings.
struct Under<'a> {
    base: &'a Scenario,
    variant: &'a Variant,
    /// Answers of the call that stay, by place; the variant's own come behind them.
    answers: Vec<usize>,
    facts: Vec<&'a Id>,
    beats: Vec<&'a Id>,
}

impl<'a> Under<'a> {
    fn of(base: &'a Scenario, variant: &'a Variant) -> Self {
        Self {
            base,
            variant,
            answers: base.kept_answers(variant).collect(),
            facts: base.facts_under(variant),
            beats: base.beats_under(variant),
        }
    }

    /// The variant's own, if it is its own and not the call's.
    fn own(&self, of: Of) -> Option<Own> {
        let variant = self.variant;
        match of {
            Of::Fact(n) => {
                let id = self.facts.get(n)?;
                variant.facts.iter().position(|fact| fact.id == **id).map(|n| Own("facts", Some(n)))
            }
            Of::Beat(n) => {
                let id = self.beats.get(n)?;
                variant.beats.iter().position(|beat| beat.id == **id).map(|n| Own("beats", Some(n)))
            }
            Of::Answer(n) => n.checked_sub(self.answers.len()).map(|n| Own("answers", Some(n))),
            Of::Model => variant.model.as_ref().map(|_| Own("model", None)),
            Of::Criterion(n) => variant.criteria.as_ref().map(|_| Own("criteria", Some(n))),
            Of::Root("opening") => variant.opening.as_ref().map(|_| Own("opening", None)),
            Of::Root("caller") => variant.caller.as_ref().map(|_| Own("caller", None)),
            Of::Root("patient") => variant.patient.as_ref().map(|_| Own("patient", None)),
            Of::Root("handover") => variant.handover.as_ref().map(|_| Own("handover", None)),
            Of::Root("afterwards") => variant.afterwards.as_ref().map(|_| Own("afterwards", None)),
            // What is about the variant as a whole.
            Of::Root("variants") => Some(Own("kind", None)),
            Of::Root(_) => None,
        }
    }

    /// Whether something of the call is there under the variant, unchanged.
    fn keeps(&self, of: Of) -> bool {
        match of {
            Of::Answer(n) => self.answers.binary_search(&n).is_ok(),
            Of::Beat(n) => {
                let id = &self.base.beats[n].id;
                !self.variant.without_beats.contains(id) && !self.variant.beats.iter().any(|beat| beat.id == *id)
            }
            Of::Criterion(_) => self.variant.criteria.is_none(),
            _ => true,
        }
    }

    /// Whether the finding of the variant is that of the call.
    fn is_same(&self, of_base: &Finding, of_variant: &Finding) -> bool {
        if of_base.code != of_variant.code || of_base.place.path != of_variant.place.path {
            return false;
        }
        match (of_base.place.of, of_variant.place.of) {
            (Of::Answer(a), Of::Answer(b)) => self.answers.get(b) == Some(&a),
            (Of::Beat(a), Of::Beat(b)) => self.beats.get(b).is_some_and(|id| **id == self.base.beats[a].id),
            (a, b) => a == b,
        }
    }
}
