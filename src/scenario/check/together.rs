//! Scenarios held against each other: numbers, look-alike twins, utterances that none answers.

use std::collections::{BTreeMap, BTreeSet};

use super::super::load::Loaded;
use super::super::model::Scenario;
use crate::diagnostic::{Diagnostic, Position, Severity, codes};
use crate::standards::{Id, Kind, Standards, Utterance};

/// What is wrong between scenarios that are checked together. `beside` are those that are there to
/// be referred to and not checked themselves.
#[must_use]
pub fn check_together(checked: &[&Loaded], beside: &[&Loaded], standards: &Standards) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    numbers(checked, &mut found);
    for loaded in checked {
        twin(loaded, checked.iter().chain(beside).copied(), standards, &mut found);
        let id = loaded.scenario.twin.as_ref().filter(|id| **id != loaded.scenario.id);
        if let Some(other) = checked.iter().chain(beside).find(|other| Some(&other.scenario.id) == id) {
            answered_there_only(loaded, &other.scenario, standards, &mut found);
        }
    }
    found
}

/// Each call has a number of its own.
fn numbers(checked: &[&Loaded], found: &mut Vec<Diagnostic>) {
    let mut numbers: BTreeMap<u32, &str> = BTreeMap::new();
    for loaded in checked {
        let number = loaded.scenario.number;
        if let Some(other) = numbers.insert(number, &loaded.file).filter(|other| *other != loaded.file) {
            let at = loaded.tree.root().field("number").position();
            let message = format!("`{other}` has the number {number} as well");
            let problem = Diagnostic::error(codes::DUPLICATE_ID, &loaded.file, at, message);
            found.push(problem.hint("give each call its own number"));
        }
    }
}

/// A look-alike pair names each other, looks alike and has different answers.
fn twin<'a>(
    loaded: &Loaded,
    mut all: impl Iterator<Item = &'a Loaded>,
    standards: &Standards,
    found: &mut Vec<Diagnostic>,
) {
    let call = &loaded.scenario;
    let Some(id) = &call.twin else { return };
    let at = loaded.tree.root().field("twin").position();
    let mut say = |message: String, hint: &str| {
        found.push(Diagnostic::error(codes::TWIN, &loaded.file, at, message).hint(hint));
    };
    if *id == call.id {
        return say("a call is not its own twin".into(), "name the other half of the pair, or leave `twin` out");
    }
    let Some(twin) = all.find(|other| other.scenario.id == *id) else {
        let hint = "write the id of the other half; its file stands beside this one";
        return say(format!("there is no call `{id}` beside this one"), hint);
    };
    let twin = &twin.scenario;
    if twin.twin.as_ref() != Some(&call.id) {
        return say(format!("`{id}` does not name this call as its twin"), "a pair names each other");
    }
    if twin.symptom_group != call.symptom_group {
        say(format!("`{id}` has another symptom group: the pair does not look alike"), "give both the same");
    }
    if twin.line != call.line {
        say(format!("`{id}` comes in on another line: the pair does not look alike"), "give both the same");
    }
    if !opens_alike(call, twin) {
        let hint = "both halves begin with the same words, so that only asking tells them apart";
        say(format!("`{id}` begins in other words: the pair does not look alike"), hint);
    }
    if standards.same_decision(&call.model.best, &twin.model.best) {
        let hint = "the halves of a pair look alike and differ in what is right";
        say(format!("`{id}` has the same right outcome"), hint);
    }
}

/// Questions to which the other half has an answer of its own, and this one leaves the bank's: by it a trainee who has
/// heard it elsewhere can tell the halves apart.
fn answered_there_only(loaded: &Loaded, twin: &Scenario, standards: &Standards, found: &mut Vec<Diagnostic>) {
    let keys = |call: &Scenario| -> BTreeSet<Id> {
        call.answers.iter().filter_map(|answer| answer.to.as_ref().or(answer.feature.as_ref())).cloned().collect()
    };
    let (own, theirs) = (keys(&loaded.scenario), keys(twin));
    let has = |keys: &BTreeSet<Id>, utterance: &Utterance| {
        keys.contains(&utterance.id) || utterance.probes.iter().any(|feature| keys.contains(feature))
    };
    let is_fair = |utterance: &&Utterance| utterance.kind == Kind::Question && utterance.flaws.is_empty();
    let only_there = standards.bank.iter().filter(is_fair).filter(|u| has(&theirs, u) && !has(&own, u));
    let names: Vec<String> = only_there.map(|utterance| format!("`{}`", utterance.id)).collect();
    if names.is_empty() {
        return;
    }
    let message =
        format!("`{}` answers {} in its own words, and this call in those of the bank", twin.id, names.join(", "));
    let at = loaded.tree.root().field("answers").position();
    let hint = "answer what the other half answers: otherwise the bank's line tells which it is";
    found.push(Diagnostic::warning(codes::ONLY_IN_TWIN, &loaded.file, at, message).hint(hint));
}

/// More than half of the words of some wording of the one are in some wording of the other.
fn opens_alike(a: &Scenario, b: &Scenario) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_lowercase).collect()
    };
    let theirs: Vec<_> = b.opening.iter().map(|say| words(say)).collect();
    a.opening
        .iter()
        .map(|say| words(say))
        .any(|own| theirs.iter().any(|other| own.intersection(other).count() * 2 > own.len().min(other.len())))
}

/// Utterances of the bank that no scenario of a library answers: one note a file of the bank.
#[must_use]
pub fn unanswered(library: &[&Scenario], standards: &Standards) -> Vec<Diagnostic> {
    let mut answered: BTreeSet<&Id> = BTreeSet::new();
    let mut features: BTreeSet<&Id> = BTreeSet::new();
    for call in library {
        let of_variants = call.variants.iter().flat_map(|variant| &variant.answers);
        for answer in call.answers.iter().chain(of_variants) {
            answered.extend(&answer.to);
            features.extend(&answer.feature);
        }
    }
    let mut found = Vec::new();
    for part in &standards.bank_parts {
        let bank = &standards.bank[part.utterances.clone()];
        let left: Vec<&str> = bank
            .iter()
            .filter(|u| !answered.contains(&u.id) && !u.probes.iter().any(|feature| features.contains(feature)))
            .map(|u| &*u.id)
            .collect();
        if left.is_empty() {
            continue;
        }
        let message = format!(
            "no scenario answers {} of {} utterances: the bank's answer is always given",
            left.len(),
            bank.len()
        );
        let note = Diagnostic::error(codes::UNANSWERED, part.file, Position::START, message);
        found.push(Diagnostic { severity: Severity::Info, ..note }.hint(left.join(", ")));
    }
    found
}
