//! What a library of calls practises, and what it does not: every value that a call could have, with
//! the calls that have it.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::scenario::{Difficulty, Escalate, Relation, Scenario};
use crate::standards::{Id, Standards};

/// A library, counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    pub calls: usize,
    pub parts: Vec<Part>,
}

/// One way to sort the calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `competence`, `age`, `complaint`, `disposition`, `caller`, `difficulty` or `role`.
    pub by: &'static str,
    pub rows: Vec<Row>,
}

/// One value, and the calls that have it; without any it is a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub name: String,
    /// Slugs, in their order.
    pub calls: Vec<Id>,
}

impl Part {
    /// The values that no call has.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|row| row.calls.is_empty()).map(|row| &*row.name)
    }
}

/// First whole year of each age band, and its name.
const AGES: [(i32, &str); 6] =
    [(0, "under 1"), (1, "1 to 4"), (5, "5 to 15"), (16, "16 to 64"), (65, "65 to 79"), (80, "80 and over")];

const CALLERS: [(Relation, &str); 9] = [
    (Relation::Patient, "the patient"),
    (Relation::Parent, "a parent"),
    (Relation::Spouse, "a spouse or partner"),
    (Relation::AdultChild, "a son or daughter"),
    (Relation::Carer, "a carer"),
    (Relation::Relative, "a relative"),
    (Relation::Friend, "a friend or neighbour"),
    (Relation::Bystander, "a bystander"),
    (Relation::Professional, "a professional"),
];

const DIFFICULTIES: [(Difficulty, &str); 3] =
    [(Difficulty::Starter, "starter"), (Difficulty::Standard, "standard"), (Difficulty::Stretch, "stretch")];

/// Counts a library as it is written; variants are surfaces of the same call and not counted apart.
#[must_use]
pub fn coverage(library: &[Scenario], standards: &Standards) -> Coverage {
    let mut calls: Vec<&Scenario> = library.iter().collect();
    calls.sort_by(|a, b| a.id.cmp(&b.id));
    let row = |name: &str, has: &dyn Fn(&Scenario) -> bool| Row {
        name: name.to_owned(),
        calls: calls.iter().filter(|call| has(call)).map(|call| call.id.clone()).collect(),
    };
    let competences = standards.competences.competences.iter().filter(|competence| competence.scored);
    let mut groups: Vec<&str> = Vec::new();
    for disposition in &standards.dispositions.dispositions {
        if !groups.contains(&&*disposition.group) {
            groups.push(&disposition.group);
        }
    }
    let best_is_of = |call: &Scenario, group: &str| {
        standards.disposition(&call.model.best).is_some_and(|best| *best.group == *group)
    };
    let complaints = &standards.directory.symptom_groups;
    let parts = [
        (
            "competence",
            competences
                .map(|one| row(&format!("{} {}", one.id, one.name), &|call| asked_for(call).contains(&one.id)))
                .collect(),
        ),
        ("age", AGES.iter().map(|(from, name)| row(name, &|call| age(call).and_then(band) == Some(*from))).collect()),
        ("complaint", complaints.iter().map(|one| row(&one.name, &|call| call.symptom_group == one.id)).collect()),
        ("disposition", groups.iter().map(|group| row(group, &|call| best_is_of(call, group))).collect()),
        ("caller", CALLERS.iter().map(|(one, name)| row(name, &|call| call.caller.relation == *one)).collect()),
        ("difficulty", DIFFICULTIES.iter().map(|(one, name)| row(name, &|call| call.difficulty == *one)).collect()),
        (
            "role",
            standards.roles.roles.iter().map(|one| row(&one.name, &|call| call.roles.contains(&one.id))).collect(),
        ),
    ];
    Coverage { calls: calls.len(), parts: parts.map(|(by, rows)| Part { by, rows }).into() }
}

/// Competences that the call asks for by something of its own, besides what is marked in every call alike:
/// its criteria, its key facts, cues, a service to be found, an escalation, a handover.
fn asked_for(scenario: &Scenario) -> BTreeSet<Id> {
    let mut found: BTreeSet<Id> = scenario.criteria.iter().map(|own| own.competence.clone()).collect();
    let model = &scenario.model;
    let mut asks = |id: &str, for_it: bool| {
        if for_it {
            found.insert(id.into());
        }
    };
    // Every call is opened, and comes to an outcome.
    asks("C1", true);
    asks("C6", true);
    asks("C2", scenario.facts.iter().any(|fact| fact.key && fact.at_least.is_some()));
    asks("C3", scenario.facts.iter().any(|fact| fact.key && fact.at_least.is_none()));
    asks("C4", scenario.beats.iter().any(|beat| !beat.picked_up_by.is_empty() || beat.calls_for_empathy));
    asks("C7", model.referral.is_some() || model.by_role.iter().any(|own| own.referral.is_some()));
    asks("C8", !model.interim.is_empty() || !model.worsening.is_empty());
    asks("C9", model.by_role.iter().any(|own| own.escalate == Escalate::Expected));
    asks("C11", !model.handover.is_empty() || scenario.handover.is_some());
    found
}

/// In whole years, at the time of the call.
fn age(scenario: &Scenario) -> Option<i32> {
    let born: jiff::civil::Date = scenario.patient.born.parse().ok()?;
    let now: jiff::civil::DateTime = scenario.clock.parse().ok()?;
    let years = i32::from(now.year()) - i32::from(born.year());
    let had_birthday = (now.month(), now.day()) >= (born.month(), born.day());
    Some(if had_birthday { years } else { years - 1 })
}

fn band(age: i32) -> Option<i32> {
    AGES.iter().map(|(from, _)| *from).rfind(|from| age >= *from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_band_changes_on_the_birthday() {
        let (_, text) = crate::scenario::shipped()[0];
        let mut call = crate::scenario::load("x.ron", text.as_bytes()).expect("it is read").scenario;
        call.clock = "2026-03-10T19:40".into();
        for (born, years, from) in
            [("1961-03-10", 65, 65), ("1961-03-11", 64, 16), ("2026-01-01", 0, 0), ("1900-01-01", 126, 80)]
        {
            call.patient.born = born.into();
            assert_eq!(age(&call), Some(years), "{born}");
            assert_eq!(age(&call).and_then(band), Some(from), "{born}");
        }
    }
}
