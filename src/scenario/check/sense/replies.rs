//! What is said to an outcome: answers that differ by what was decided.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Right;
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::{Person, When};
use crate::standards::{Id, Kind, Refer, Stage};

/// Outcomes that answers to one thing by one person name.
#[derive(Debug, Default)]
struct Named<'a> {
    codes: BTreeSet<&'a Id>,
    /// Place of the first answer that names one.
    first: usize,
    /// There is an answer for whatever is not named.
    has_other: bool,
}

impl Sense<'_> {
    pub(super) fn replies(&mut self) {
        let call = self.call;
        let mut by_key: BTreeMap<(&Id, Person), Named<'_>> = BTreeMap::new();
        for (n, answer) in call.answers.iter().enumerate() {
            let Some(key) = answer.to.as_ref().or(answer.feature.as_ref()) else { continue };
            let mut named = Vec::new();
            if let Some(when) = &answer.when {
                outcomes(when, &Place::answer(n).field("when"), &mut named);
            }
            let group = by_key.entry((key, answer.by)).or_insert_with(|| Named { first: n, ..Named::default() });
            group.has_other |= named.is_empty();
            for (code, place) in named {
                group.codes.insert(code);
                if !self.can_be_arranged(code) {
                    let message = format!("nobody could arrange {} in this call", self.named(code));
                    let hint = "no service of the directory takes it for this symptom: see what it should have been";
                    self.warning(codes::ANSWER_AND_OUTCOME, place, message, hint);
                }
            }
        }
        let best: BTreeSet<&Id> = self.roles.iter().map(|role| Right::of(&call.model, role).best).collect();
        for ((key, _), named) in by_key {
            let alike = |best: &Id| named.codes.iter().any(|code| self.standards.same_decision(code, best));
            // Whoever is told an outcome hears the answer to it; where a plan is said back, that to one of the best will do.
            let told =
                self.standards.utterance(key).is_some_and(|(_, u)| u.kind == Kind::Statement && u.stage == Stage::Plan);
            let left: Vec<&Id> = best.iter().copied().filter(|best| !alike(best)).collect();
            let left = if told || left.len() == best.len() { left } else { Vec::new() };
            if !named.codes.is_empty() && !left.is_empty() {
                let codes: Vec<_> = left.iter().map(|code| self.named(code)).collect();
                let message = format!("`{key}` is answered by outcome, and not for {}", codes.join(" or "));
                let hint = "add the best outcome to one of the conditions: it is the one that most will hear";
                self.warning(codes::ANSWER_AND_OUTCOME, Place::answer(named.first).field("when"), message, hint);
            }
        }
    }

    /// Whether any service of the area could take somebody with this outcome, at whatever hour.
    pub(super) fn can_be_arranged(&self, code: &str) -> bool {
        let Some(disposition) = self.standards.disposition(code) else { return true };
        if disposition.registered_only && !self.roles.iter().any(|role| role.registered) {
            return false;
        }
        let Some(need) = disposition.need.as_ref().filter(|_| disposition.refer == Refer::Search) else { return true };
        let group = &self.call.symptom_group;
        self.standards.directory.services.iter().any(|service| {
            service.active
                && service.meets.contains(need)
                && !service.refuses.contains(group)
                && (service.takes.is_empty() || service.takes.contains(group))
        })
    }
}

pub(super) fn outcomes<'a>(when: &'a When, at: &Place, found: &mut Vec<(&'a Id, Place)>) {
    match when {
        When::DecidedOn(code) => found.push((code, at.clone().index(0))),
        When::All(list) | When::Any(list) => {
            for (n, when) in list.iter().enumerate() {
                outcomes(when, &at.clone().index(0).index(n), found);
            }
        }
        When::Not(not) => outcomes(not, &at.clone().index(0), found),
        _ => {}
    }
}
