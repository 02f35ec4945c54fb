//! The bank-default rule. One forgotten synonym must not make the caller say that breathing is normal.

use std::collections::BTreeSet;

use super::super::model::{Fact, Person, Relation, Scenario, Variant};
use super::Checker;
use crate::diagnostic::codes;
use crate::ron_text::Cursor;
use crate::standards::{Standards, Utterance};

/// Asked this, the person would deny the fact.
#[derive(Debug, Clone, Copy)]
struct Denial<'a> {
    /// Place of the fact in the call.
    place: usize,
    fact: &'a Fact,
    utterance: &'a Utterance,
    by: Person,
}

impl Checker<'_> {
    /// Refuses a fact that somebody knows, and would deny by a default of the bank when asked.
    pub(super) fn bank_default(&mut self, call: &Scenario, facts: &Cursor<'_>) {
        for denial in denials(call, self.findings.standards) {
            self.denial(denial, "", &facts.index(denial.place));
        }
    }

    /// The same under a variant, but for what is so without it.
    pub(super) fn bank_default_in(&mut self, base: &Scenario, variant: &Variant, call: &Scenario, at: &Cursor<'_>) {
        let standards = self.findings.standards;
        let key = |denial: &Denial<'_>| (denial.fact.id.clone(), denial.utterance.id.clone(), denial.by as u8);
        let before: BTreeSet<_> = denials(base, standards).iter().map(key).collect();
        let under = format!(" in the variant `{}`", variant.id);
        for denial in denials(call, standards) {
            let own = variant.facts.iter().position(|fact| fact.id == denial.fact.id);
            match own {
                Some(own) => self.denial(denial, &under, &at.field("facts").index(own)),
                None if before.contains(&key(&denial)) => {}
                None => self.denial(denial, &under, at),
            }
        }
    }

    fn denial(&mut self, denial: Denial<'_>, under: &str, at: &Cursor<'_>) {
        let Denial { fact, utterance, by, .. } = denial;
        let (who, by) = match by {
            Person::Caller => ("caller", ""),
            Person::Patient => ("patient", " by the patient"),
        };
        let message = format!("asked `{}`, the {who} would deny the fact `{}`{under}", utterance.id, fact.id);
        let hint = format!(
            "add an answer{by} to `{}` or to the feature `{}`, without a `when`; otherwise the {who} would say: “{}”",
            utterance.id, fact.feature, utterance.default
        );
        self.findings.error(codes::BANK_DEFAULT, at, message, hint);
    }
}

fn denials<'a>(call: &'a Scenario, standards: &'a Standards) -> Vec<Denial<'a>> {
    let key = |id: &'a str, by: Person| (id, by as u8);
    let given: BTreeSet<(&str, u8)> = call
        .answers
        .iter()
        .filter(|answer| answer.when.is_none())
        .filter_map(|answer| Some(key(answer.to.as_ref().or(answer.feature.as_ref())?, answer.by)))
        .collect();
    let mut found = Vec::new();
    for (place, fact) in call.facts.iter().enumerate() {
        for &n in standards.probing(&fact.feature) {
            let utterance = &standards.bank[n];
            for by in knowing(fact, call) {
                let is_given = given.contains(&key(&utterance.id, by)) || given.contains(&key(&fact.feature, by));
                if utterance.denies && !is_given {
                    found.push(Denial { place, fact, utterance, by });
                }
            }
        }
    }
    found
}

/// Who can be asked and knows. A patient who rings answers as the caller.
fn knowing(fact: &Fact, call: &Scenario) -> BTreeSet<Person> {
    if call.caller.relation == Relation::Patient {
        return fact.known_to.iter().map(|_| Person::Caller).collect();
    }
    let reachable = |person: &Person| *person == Person::Caller || call.patient.reachable;
    fact.known_to.iter().copied().filter(reachable).collect()
}
