//! Who may do what, what is marked, and under which competence.

use super::super::findings::Findings;
use super::super::model::{Decides, Permission, Role};
use super::each;
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

/// The marks that every call has are counted under these.
const MARKED: [&str; 11] = ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11"];

pub(super) fn competences(findings: &mut Findings<'_>, list: &Cursor<'_>) {
    let file = &findings.standards.competences;
    for (competence, at) in each(&file.competences, list) {
        findings.filled(&competence.name, "the name", &at.field("name"));
        findings.filled(&competence.about, "what it is", &at.field("about"));
        if competence.indicators.is_empty() {
            let hint = "say what an observer would see or hear";
            findings.warning(codes::EMPTY, &at.field("indicators"), "nothing shows this competence", hint);
        }
        if !competence.scored && MARKED.contains(&&*competence.id) {
            let message = format!("`{}` is not scored, and marks of every call are counted under it", competence.id);
            findings.error(codes::MARKING, &at.field("scored"), message, "write `scored: true`");
        }
    }
    for id in MARKED {
        if findings.standards.competence(id).is_none() {
            let message = format!("there is no competence `{id}`, and marks of every call are counted under it");
            findings.error(codes::UNKNOWN_COMPETENCE, list, message, "add it");
        }
    }
}

pub(super) fn role(findings: &mut Findings<'_>, role: &Role, at: &Cursor<'_>) {
    findings.filled(&role.name, "the name", &at.field("name"));
    findings.filled(&role.scope, "the scope of practice", &at.field("scope"));
    let may = |permission: Permission| role.may.contains(&permission);
    let mut wrong = |field: &str, message: String, hint: &str| {
        findings.error(codes::ROLE, &at.field(field), message, hint);
    };
    let id = &role.id;
    if role.decides == Decides::OnLadder && !role.registered {
        let hint = "only registered clinicians decide freehand: `ByGuide`, or `registered: true`";
        wrong("decides", format!("`{id}` is not registered, and decides on the ladder"), hint);
    }
    match role.decides {
        Decides::HandsOver if may(Permission::AssessSymptoms) => {
            let message = format!("`{id}` hands over, and assesses symptoms");
            wrong("may", message, "leave `AssessSymptoms` out, or let the role decide `ByGuide`");
        }
        Decides::ByGuide | Decides::OnLadder if !may(Permission::AssessSymptoms) => {
            let message = format!("`{id}` decides, and may not assess symptoms");
            wrong("may", message, "add `AssessSymptoms`, or let the role hand over");
        }
        _ => {}
    }
    if role.decides == Decides::HandsOver && role.early_exits.is_empty() && !may(Permission::Transfer) {
        let message = format!("`{id}` hands over, and has nobody to hand over to");
        wrong("may", message, "add `Transfer`, or an ambulance or a clinician to `early_exits`");
    }
    if !role.registered {
        for permission in [Permission::NameCondition, Permission::AdviseOnDose, Permission::RejectClinically] {
            if may(permission) {
                let message = format!("`{id}` is not registered, and may {permission:?}");
                wrong("may", message, "this is for registered clinicians: leave it out");
            }
        }
    }
    for (code, at) in each(&role.early_exits, &at.field("early_exits")) {
        if !role.registered && findings.standards.disposition(code).is_some_and(|d| d.registered_only) {
            let message = format!("`{code}` is for registered roles alone, and `{id}` is not");
            findings.error(codes::ROLE, &at, message, "leave it out");
        }
    }
}

pub(super) fn marking(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.marking;
    let list = root.field("exclude_first");
    for (group, at) in each(&file.exclude_first, &list) {
        if group.is_empty() {
            let message = "nobody can exclude this: the list is empty";
            findings.error(codes::MARKING, &at, message, "name a feature, or leave the list out");
        } else if group.iter().all(|feature| findings.standards.probing(feature).is_empty()) {
            let message = "nobody can exclude this: no question asks for it";
            findings.error(codes::MARKING, &at, message, "name a feature that a question of the bank asks for");
        }
    }
    if file.exclude_first.is_empty() {
        let message = "no threat to life has to be excluded first";
        findings.warning(codes::MARKING, &list, message, "list the features, one of each list is enough");
    }
    if file.questions_percent < 100 && file.questions_spare == 0 {
        let message = "a model call would itself ask too many questions";
        findings.error(codes::MARKING, &root.field("questions_percent"), message, "100 is as many as the model call");
    }
    let weights = root.field("weights");
    for (name, value) in [
        ("key_fact", file.weights.key_fact),
        ("worsening_advice", file.weights.worsening_advice),
        ("service", file.weights.service),
    ] {
        if value == 0 {
            let message = format!("`{name}` earns nothing");
            findings.warning(codes::MARKING, &weights.field(name), message, "give it at least a point");
        }
    }
    if file.weights.key_fact_ignored > file.weights.key_fact {
        let message = "a key fact that was ignored earns more than one that was used";
        findings.error(codes::MARKING, &weights.field("key_fact_ignored"), message, "");
    }
    if file.weights.service_acceptable > file.weights.service {
        let message = "an acceptable service earns more than the best";
        findings.error(codes::MARKING, &weights.field("service_acceptable"), message, "");
    }
    let timing = root.field("timing");
    for (name, value) in
        [("caller_per_word", file.timing.caller_per_word), ("trainee_per_word", file.timing.trainee_per_word)]
    {
        if value == 0 {
            let message = format!("`{name}` is 0: everything would be said at once");
            findings.error(codes::OUT_OF_RANGE, &timing.field(name), message, "milliseconds for each word");
        }
    }
    if file.matcher.margin > file.matcher.threshold {
        let message = "the lead over the second is larger than the threshold itself";
        findings.warning(
            codes::MARKING,
            &root.field("matcher").field("margin"),
            message,
            "nothing would be understood",
        );
    }
    // A decision that is late costs more than one that is early by as much.
    if file.under.iter().zip(&file.over).skip(1).any(|(under, over)| under > over) {
        let message = "deciding too late earns more than deciding too early by as much";
        findings.warning(codes::MARKING, &root.field("under"), message, "under-triage costs more than over-triage");
    }
}
