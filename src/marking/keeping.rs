//! Record and handover: what was typed against what is so; what a handover has to mention.

use super::view::View;
use super::{Part, Sheet, all_or_nothing, witness};
use crate::call::{Event, FIELDS, Sbar, says_the_truth};
use crate::standards::FieldName;

pub(super) fn mark(view: &View, sheet: &mut Sheet) {
    for field in FIELDS {
        let typed = view.call.field(field);
        let won = typed.as_deref().is_some_and(|typed| says_the_truth(view.scenario, field, typed));
        let why = match (won, &typed) {
            (true, _) => "as it is",
            (false, None) => "left empty",
            (false, Some(_)) => "not as it is",
        };
        let name = field_name(field);
        let mark = sheet.add(
            format!("field/{name}"),
            Part::Record,
            "C11",
            format!("Recorded {name}"),
            why,
            all_or_nothing(won, view.weights.field),
            witness::field_lines(view, field),
        );
        mark.at = witness::last(view, |event| matches!(event, Event::Field { name, .. } if *name == field));
    }
    mentions(view, sheet);
}

/// A field in plain words.
#[must_use]
pub fn field_name(field: FieldName) -> &'static str {
    match field {
        FieldName::Location => "where the patient is",
        FieldName::CallBack => "the call-back number",
        FieldName::CallerName => "the caller's name",
        FieldName::Relation => "the relation to the patient",
        FieldName::PatientName => "the patient's name",
        FieldName::DateOfBirth => "the date of birth",
        FieldName::GpPractice => "the GP practice",
    }
}

fn mentions(view: &View, sheet: &mut Sheet) {
    let sbar = view.call.events().iter().rev().find_map(|e| match &e.event {
        Event::Transferred { sbar } => Some(sbar),
        _ => None,
    });
    let (id, text, written, weight) = match sbar {
        Some(Sbar { situation, background, assessment, recommendation }) => {
            let written = format!("{situation}\n{background}\n{assessment}\n{recommendation}");
            ("handover", "Handed over what the clinician needs to know", written, view.weights.handover)
        }
        None => {
            let notes = view.call.state().notes.to_string();
            ("notes", "Wrote down what the next person needs to know", notes, view.weights.noted_fact)
        }
    };
    let written = written.to_lowercase();
    let mut missing = Vec::new();
    let mut unheard = Vec::new();
    let mut kept = Vec::new();
    let mut lost = Vec::new();
    let mut won = 0;
    for id in &view.model.handover {
        let Some(n) = view.call.script().fact(id) else { continue };
        let fact = &view.scenario.facts[n];
        let light = view.call.light(n);
        // What never came to light cannot be known: writing it down would be a guess.
        if light.is_some() && view.mentions(fact, &written) {
            won += weight;
            kept.extend(light.map(|l| l.line));
        } else {
            lost.extend(light.map(|l| l.line));
            if light.is_some() { &mut missing } else { &mut unheard }.push(fact.is.as_str());
        }
    }
    let out_of = weight * u32::try_from(view.model.handover.len()).unwrap_or(0);
    let heard = (!missing.is_empty()).then(|| format!("missing: {}", missing.join("; ")));
    let asked = (!unheard.is_empty()).then(|| format!("never came to light: {}", unheard.join("; ")));
    let why = match (heard, asked) {
        (None, None) => "all of it".to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(heard), Some(asked)) => format!("{heard}; {asked}"),
    };
    // What was heard and not passed on says more than what was.
    let evidence = if lost.is_empty() { kept } else { lost };
    let at = witness::last(view, |event| match event {
        Event::Note(_) => sbar.is_none(),
        Event::Transferred { .. } => true,
        _ => false,
    });
    sheet.add(id, Part::Record, "C11", text, why, (won, out_of), evidence).at = at;
}
