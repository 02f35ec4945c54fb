//! Safety caps: for unsafe outcomes only.

use super::Cap;
use super::keeping_safe::beyond_scope;
use super::view::View;
use crate::call::Ending;
use crate::scenario::{Escalate, Unsafe};
use crate::standards::{Flaw, Kind};

pub(super) fn caps(view: &View) -> Vec<Cap> {
    let mut caps: Vec<Cap> = Vec::new();
    let mut add = |id: &str, text: String, evidence: Vec<u32>| {
        if !caps.iter().any(|cap| &*cap.id == id) {
            caps.push(Cap { id: id.into(), text, evidence });
        }
    };
    let finished = matches!(view.call.state().ended, Some(Ending::Closed)) || view.decided.is_some();
    if let Some(decided) = view.decided.filter(|_| !view.transferred) {
        for predicate in &view.model.unsafe_if {
            if is_unsafe_outcome(view, predicate) {
                let emergency = view
                    .standards
                    .rung_of(view.best)
                    .zip(view.standards.rung_of(&view.standards.marking.emergency))
                    .is_some_and(|(best, emergency)| best <= emergency);
                let missed = emergency && view.steps() < 0;
                let id = if missed { "missed-emergency" } else { "unsafe-outcome" };
                let best = view.standards.disposition(view.best).map_or("", |d| &d.name);
                add(
                    id,
                    format!("“{}” is not safe here; the patient needed: {best}", decided.name),
                    view.decision_line(),
                );
            }
        }
    }
    for predicate in &view.model.unsafe_if {
        match predicate {
            Unsafe::Said(id) => {
                let said = view.call.said(id);
                let own = view.standards.utterance(id).map(|(_, u)| u);
                let allowed = own.is_some_and(|u| {
                    u.flaws.contains(&Flaw::DoseAdvice) && beyond_scope(view, Flaw::DoseAdvice).is_empty()
                });
                if said.times > 0 && !allowed {
                    let wording = own.map_or("", |u| &u.you);
                    add("unsafe-advice", format!("“{wording}” was said, and is not safe here"), vec![said.first]);
                }
            }
            Unsafe::Missing(id) if finished && !view.transferred && view.call.times_said(id) == 0 => {
                let wording = view.standards.utterance(id).map_or("", |(_, u)| &u.you);
                add("no-safety-net", format!("never said: “{wording}”"), vec![]);
            }
            _ => {}
        }
    }
    let dose = beyond_scope(view, Flaw::DoseAdvice);
    if !dose.is_empty() {
        add("out-of-scope", "advice on a prescribed dose is beyond the scope of this role".into(), dose);
    }
    let worsening = view.own_lines().any(|(_, _, u)| u.is_some_and(|u| u.kind == Kind::Worsening));
    if finished && !view.transferred && !worsening {
        add("no-safety-net", "nobody said when to ring again, and how".into(), vec![]);
    }
    caps
}

fn is_unsafe_outcome(view: &View, predicate: &Unsafe) -> bool {
    let Some(decided) = view.decided else { return false };
    let rung = view.standards.rung(&decided.rung);
    // Where a clinician may be asked, "a clinician at once" by the rules of the role is no unsafe outcome.
    let by_the_rules =
        view.by_guide() && view.escalate != Escalate::Needless && decided.code == view.standards.guides.not_sure_to;
    let acceptable = by_the_rules || view.is_acceptable(&decided.code);
    let later = |bound: Option<u32>| rung.zip(bound).is_some_and(|(rung, bound)| rung > bound);
    match predicate {
        // What is best or acceptable is never caught by a bound.
        Unsafe::Later(code) => !acceptable && later(view.standards.rung_of(code)),
        Unsafe::Rung { later_than } => !acceptable && later(view.standards.rung(later_than)),
        Unsafe::Setting(setting) => !acceptable && decided.setting == *setting,
        Unsafe::Code(code) => decided.code == *code,
        Unsafe::Service(service) => view.call.state().accepted.as_ref() == Some(service),
        Unsafe::Said(_) | Unsafe::Missing(_) => false,
    }
}
