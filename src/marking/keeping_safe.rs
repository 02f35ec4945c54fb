//! Safety: who and where first, advice, scope of practice, escalation.

use super::keeping::field_name;
use super::view::View;
use super::{Part, Sheet, all_or_nothing, witness};
use crate::call::Event;
use crate::scenario::Escalate;
use crate::standards::{Decides, FieldName, Flaw, Id, Permission};

pub(super) fn mark(view: &View, sheet: &mut Sheet) {
    identity(view, sheet);
    if !view.transferred {
        let weights = view.weights;
        advice(view, sheet, "Said when to ring again", &view.model.worsening, weights.worsening_advice);
        advice(view, sheet, "Said what to do meanwhile", &view.model.interim, weights.interim_advice);
    }
    ticks(view, sheet);
    scope(view, sheet);
    escalation(view, sheet);
}

/// Number of the line on which a field was read back.
fn read_back(view: &View, field: FieldName) -> Option<u32> {
    view.own_lines().find(|(_, _, u)| u.is_some_and(|u| u.reads_back == Some(field))).map(|(n, _, _)| n)
}

fn handed_over(view: &View, field: FieldName) -> bool {
    view.scenario.handover.as_ref().is_some_and(|h| h.roles.contains(&view.call.role().id) && h.fields.contains(&field))
}

fn identity(view: &View, sheet: &mut Sheet) {
    let weights = view.weights;
    let fields = [
        ("location", "where the patient is", FieldName::Location),
        ("call-back-number", "a number to ring back", FieldName::CallBack),
    ];
    let mut first = true;
    let mut evidence = Vec::new();
    for (feature, words, field) in fields {
        let back = read_back(view, field);
        let asked = view.call.first_asked(feature).or(back);
        let known = asked.or(handed_over(view, field).then_some(0));
        first &= known.is_some_and(|line| line < view.detail_from);
        evidence.extend(asked);
        let why = if known.is_some() { "asked" } else { "never asked" };
        sheet.add(
            format!("asked/{feature}"),
            Part::Safety,
            "C1",
            format!("Asked {words}"),
            why,
            all_or_nothing(known.is_some(), weights.asked),
            asked.into_iter().collect(),
        );
        let why = if back.is_some() { "read back" } else { "never read back" };
        sheet.add(
            format!("read-back/{feature}"),
            Part::Safety,
            "C1",
            format!("Read back {words}"),
            why,
            all_or_nothing(back.is_some(), weights.read_back),
            back.into_iter().collect(),
        );
    }
    let why = if first { "both came first" } else { "not both came before the story was narrowed down" };
    let text = "Asked place and number first, in case the line drops";
    sheet.add("identity-first", Part::Safety, "C1", text, why, all_or_nothing(first, weights.identity_first), evidence);
}

fn advice(view: &View, sheet: &mut Sheet, text: &str, ids: &[Id], weight: u32) {
    for id in ids {
        let said = view.call.said(id);
        let wording = view.standards.utterance(id).map_or("", |(_, u)| &u.you);
        sheet.add(
            format!("advice/{id}"),
            Part::Safety,
            "C8",
            format!("{text}: “{wording}”"),
            if said.times > 0 { "said" } else { "never said" },
            all_or_nothing(said.times > 0, weight),
            if said.times > 0 { vec![said.first] } else { vec![] },
        );
    }
}

/// A tick is a claim: it is checked against the transcript.
fn ticks(view: &View, sheet: &mut Sheet) {
    let state = view.call.state();
    let mut untrue: Vec<String> = Vec::new();
    let mut evidence = Vec::new();
    let mut claims = Vec::new();
    for id in &state.ticked {
        let said = view.call.said(id);
        if said.times > 0 {
            evidence.push(said.first);
        } else {
            claims.extend(witness::last(view, |event| matches!(event, Event::Ticked(ticked) if ticked == id)));
            let wording = view.standards.utterance(id).map_or("", |(_, u)| &u.you);
            untrue.push(format!("“{wording}”"));
        }
    }
    for field in state.fields.iter().filter(|f| f.confirmed) {
        let heard = match field.name {
            FieldName::Location | FieldName::CallBack | FieldName::DateOfBirth | FieldName::GpPractice => {
                read_back(view, field.name).is_some()
            }
            FieldName::CallerName => view.covered("caller-name") || view.covered("patient-name"),
            FieldName::PatientName => view.covered("patient-name"),
            FieldName::Relation => view.covered("caller-relationship") || view.call.script().patient_rings(),
        };
        if !heard {
            untrue.push(field_name(field.name).to_owned());
            claims.extend(witness::last(view, |event| *event == Event::FieldConfirmed(field.name)));
        }
        evidence.extend(read_back(view, field.name));
    }
    // A claim that nothing bears out is the moment that lost it.
    let at = claims.into_iter().min();
    if at.is_some() {
        evidence.clear();
    }
    evidence.sort_unstable();
    let spoke = view.own_lines().next().is_some();
    let won = untrue.is_empty() && spoke;
    let why = match (won, spoke) {
        (true, _) => "every tick is borne out by the transcript".to_owned(),
        (false, false) => "nothing was said".to_owned(),
        (false, true) => format!("ticked without being said: {}", untrue.join(", ")),
    };
    let text = "Ticked only what was said";
    sheet
        .add("true-ticks", Part::Safety, "C11", text, why, all_or_nothing(won, view.weights.true_ticks), evidence)
        .at = at;
}

/// Own lines that go beyond the role's scope.
pub(super) fn beyond_scope(view: &View, flaw: Flaw) -> Vec<u32> {
    let permission = match flaw {
        Flaw::Diagnosis => Permission::NameCondition,
        Flaw::DoseAdvice => Permission::AdviseOnDose,
        _ => return Vec::new(),
    };
    if view.call.role().may.contains(&permission) {
        return Vec::new();
    }
    view.own_lines().filter(|(_, _, u)| u.is_some_and(|u| u.flaws.contains(&flaw))).map(|(n, _, _)| n).collect()
}

fn scope(view: &View, sheet: &mut Sheet) {
    let diagnosis = beyond_scope(view, Flaw::Diagnosis);
    let dose = beyond_scope(view, Flaw::DoseAdvice);
    let spoke = view.own_lines().next().is_some();
    let won = diagnosis.is_empty() && dose.is_empty() && spoke;
    let why = match (diagnosis.is_empty(), dose.is_empty()) {
        (true, true) if spoke => "stayed within the role",
        (true, true) => "nothing was said",
        (false, _) => "named a condition, which is not this role's to do",
        (_, false) => "advised on a prescribed dose, which is not this role's to do",
    };
    let evidence = diagnosis.into_iter().chain(dose).collect();
    let text = "Stayed within the scope of the role";
    sheet.add("scope", Part::Safety, "C9", text, why, all_or_nothing(won, view.weights.scope), evidence);
}

fn escalation(view: &View, sheet: &mut Sheet) {
    let state = view.call.state();
    let escalated = view.transferred || state.asked_clinician;
    let hands_over = view.call.role().decides == Decides::HandsOver;
    // To send an ambulance, or to put through to a clinician, is to hand over as well.
    let exit = view.decided.is_some_and(|d| view.call.role().early_exits.contains(&d.code));
    let (won, why) = match (view.escalate, escalated) {
        (Escalate::Acceptable, _) => return,
        (Escalate::Needless, false) => (true, "finished what was theirs to finish"),
        (Escalate::Needless, true) => (false, "took a clinician from somebody else without need"),
        (Escalate::Expected, true) => (true, "handed over in time"),
        (Escalate::Expected, false) if hands_over && exit => (true, "handed over in time"),
        (Escalate::Expected, false) => (false, "a clinician was needed and not asked"),
    };
    let text = "Escalated neither late nor needlessly";
    let answered = view.call.events().iter().find_map(|timed| match timed.event {
        Event::ClinicianAnswered { line } => Some(line),
        _ => None,
    });
    let points = all_or_nothing(won, view.weights.escalation);
    sheet.add("escalation", Part::Safety, "C9", text, why, points, answered.into_iter().collect()).at =
        view.decided_at();
}
