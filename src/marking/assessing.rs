//! Assessment: key facts elicited, never asked, or given and ignored; life threats first.

use super::view::View;
use super::{FactMark, FactStatus, Part, Sheet, all_or_nothing, deciding, witness};
use crate::call::Recorded;

pub(super) fn mark(view: &View, sheet: &mut Sheet) -> Vec<FactMark> {
    let facts: Vec<FactMark> = (0..view.scenario.facts.len()).map(|n| fact(view, n)).collect();
    if !view.assesses() {
        return facts;
    }
    for (n, (mark, fact)) in facts.iter().zip(&view.scenario.facts).enumerate().filter(|(_, (mark, _))| mark.key) {
        let weights = view.weights;
        let points = match mark.status {
            FactStatus::Elicited => weights.key_fact,
            FactStatus::GivenAndIgnored => weights.key_fact_ignored,
            FactStatus::NeverAsked => 0,
        };
        let why = match mark.status {
            FactStatus::Elicited => "came to light",
            FactStatus::GivenAndIgnored => "was given and not acted on",
            FactStatus::NeverAsked if view.call.light(n).is_some() => "came to light only after the decision",
            FactStatus::NeverAsked if mark.evidence.is_empty() => "was never asked",
            FactStatus::NeverAsked => "was asked in a way that did not bring it to light",
        };
        let competence = if fact.at_least.is_some() { "C2" } else { "C3" };
        sheet.add(
            format!("fact/{}", mark.id),
            Part::Assessment,
            competence,
            format!("Found out: {}", mark.is),
            why,
            (points, weights.key_fact),
            mark.evidence.clone(),
        );
    }
    exclude_first(view, sheet);
    own(view, sheet);
    facts
}

fn fact(view: &View, n: usize) -> FactMark {
    let fact = &view.scenario.facts[n];
    let light = view.light(n);
    let (status, evidence) = match light {
        // Heard only after the decision, and not acted on even then.
        None if view.call.light(n).is_some() && ignored(view, n) => {
            (FactStatus::GivenAndIgnored, view.call.light(n).map(|light| light.line).into_iter().collect())
        }
        None => {
            let late = view.call.light(n).map(|light| light.line);
            let asked = late.or(view.call.first_asked(&fact.feature));
            (FactStatus::NeverAsked, asked.into_iter().collect())
        }
        Some(light) if ignored(view, n) => (FactStatus::GivenAndIgnored, vec![light.line]),
        Some(light) => (FactStatus::Elicited, vec![light.line]),
    };
    FactMark { id: fact.id.clone(), is: fact.is.clone(), key: fact.key, status, evidence }
}

/// Decided later than the fact allows, or recorded otherwise than it was said.
fn ignored(view: &View, n: usize) -> bool {
    let fact = &view.scenario.facts[n];
    let decided = view.decided.filter(|_| !view.transferred).and_then(|d| view.standards.rung(&d.rung));
    let bound = fact.at_least.as_ref().and_then(|bound| view.rung_of_bound(bound));
    if let (Some(decided), Some(bound)) = (decided, bound)
        && decided > bound
    {
        return true;
    }
    let entries = view.call.state().guide.as_ref().map_or(&[][..], |g| &g.entries);
    fact.worrying
        && entries.iter().any(|entry| {
            let asks = view.standards.utterance(&entry.question).is_some_and(|(_, u)| u.probes.contains(&fact.feature));
            let expected = deciding::expected(view, entry);
            asks && entry.answer == Recorded::No && expected.is_some_and(|(answer, _)| answer == Recorded::Yes)
        })
}

fn exclude_first(view: &View, sheet: &mut Sheet) {
    let groups = &view.standards.marking.exclude_first;
    let asked =
        |group: &Vec<crate::standards::Id>| group.iter().filter_map(|feature| view.call.first_asked(feature)).min();
    let first = |group: &Vec<crate::standards::Id>| asked(group).filter(|line| *line < view.detail_from);
    let won: Vec<u32> = groups.iter().filter_map(first).collect();
    let missing: Vec<&str> = groups
        .iter()
        .filter(|group| first(group).is_none())
        .filter_map(|group| group.first())
        .map(|feature| view.feature_name(feature))
        .collect();
    let out_of = view.weights.exclude_first;
    let of = u32::try_from(groups.len()).unwrap_or(1).max(1);
    let points = out_of * u32::try_from(won.len()).unwrap_or(0) / of;
    // What came too late is pointed at as well.
    let mut evidence: Vec<u32> = groups.iter().filter_map(asked).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let why = if missing.is_empty() {
        "threats to life were excluded before the story was narrowed down".to_owned()
    } else {
        format!("not excluded before the story was narrowed down: {}", missing.join(", "))
    };
    let text = "Excluded threats to life first";
    sheet.add("exclude-first", Part::Assessment, "C2", text, why, (points, out_of), evidence);
}

/// Criteria of this call alone.
fn own(view: &View, sheet: &mut Sheet) {
    if view.rightly_transferred() {
        // The rest of the call is the clinician's.
        return;
    }
    for criterion in &view.scenario.criteria {
        if !criterion.roles.is_empty() && !criterion.roles.contains(&view.call.role().id) {
            continue;
        }
        let won = view.call.is(&criterion.when);
        let witness = witness::of(view, &criterion.when);
        let mark = sheet.add(
            format!("own/{}", criterion.id),
            Part::Assessment,
            &criterion.competence,
            criterion.text.clone(),
            if won { "done" } else { "not done" },
            all_or_nothing(won, criterion.points),
            witness.lines,
        );
        mark.at = witness.at;
    }
}
