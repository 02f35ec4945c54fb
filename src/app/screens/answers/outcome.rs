//! What is best, acceptable and unsafe; the service and its traps; guides; what has to be said.

use super::Told;
use crate::app::screens::reading::{Entry, Tone};
use crate::app::theme::icons;
use crate::scenario::{Escalate, Referral, RoleModel, Unsafe};

pub fn outcome(told: &Told) -> Vec<Entry> {
    let model = &told.scenario.model;
    let id = |part: &str| format!("{} {part}", told.id);
    let mut decision =
        Entry::new(id("decision"), "Decision").icon(icons::STEPS).marked(Tone::Best, told.outcome(&model.best));
    for code in &model.acceptable {
        decision = decision.marked(Tone::Acceptable, told.outcome(code));
    }
    for predicate in &model.unsafe_if {
        decision = decision.marked(Tone::Unsafe, unsafe_words(told, predicate));
    }
    let assured = model.assured_by.iter().map(|feature| told.feature(feature));
    let decision = decision.list("Assured only if asked about", assured);
    let mut all = vec![decision];
    all.extend(model.by_role.iter().map(|of| by_role(told, of)));
    let traps = model.traps.iter().map(|(id, why)| (told.service(id), why));
    let mut service = Entry::new(id("referral"), "Service").icon(icons::SIGNPOST);
    service = match &model.referral {
        Some(of) => referral(told, service, of),
        None => service.text("None has to be found."),
    };
    for (name, why) in traps {
        service = service.marked(Tone::Caution, format!("{name} tempts: {why}"));
    }
    all.push(service);
    let mut guide = Entry::new(id("guide"), "Guide").icon(icons::LIST_CHECKS);
    for (n, of) in model.guides.iter().enumerate() {
        guide = guide.marked(if n == 0 { Tone::Best } else { Tone::Acceptable }, told.guide(of));
    }
    for (of, why) in &model.wrong_guides {
        guide = guide.marked(Tone::Caution, format!("{} tempts: {why}", told.guide(of)));
    }
    all.push(guide);
    let own =
        told.scenario.criteria.iter().map(|one| {
            format!("{} ({}, {} points), if {}", one.text, one.competence, one.points, told.when(&one.when))
        });
    all.push(Entry::new(id("criteria"), "Marked in this call besides").list("", own));
    all.retain(|entry| !entry.body.is_empty());
    all
}

fn referral(told: &Told, entry: Entry, of: &Referral) -> Entry {
    let entry = entry.marked(Tone::Best, told.service(&of.best));
    of.acceptable.iter().fold(entry, |entry, id| entry.marked(Tone::Acceptable, told.service(id)))
}

fn by_role(told: &Told, of: &RoleModel) -> Entry {
    let escalate = match of.escalate {
        Escalate::Needless => "handing over or asking a clinician is needless",
        Escalate::Acceptable => "handing over or asking a clinician is right either way",
        Escalate::Expected => "handing over or asking a clinician is expected",
    };
    let mut entry = Entry::new(format!("{} as {}", told.id, of.role), format!("As {}", told.role(&of.role)));
    if let Some(best) = &of.best {
        entry = entry.marked(Tone::Best, told.outcome(best));
    }
    for code in of.acceptable.iter().flatten() {
        entry = entry.marked(Tone::Acceptable, told.outcome(code));
    }
    if let Some(of) = &of.referral {
        entry = referral(told, entry, of);
    }
    entry.pair("Escalation", escalate)
}

fn unsafe_words(told: &Told, of: &Unsafe) -> String {
    match of {
        Unsafe::Later(code) => format!("anything later than {}", told.outcome(code)),
        Unsafe::Rung { later_than } => format!("anything later than {}", told.rung(later_than)),
        Unsafe::Setting(setting) => format!("care setting: {}", told.setting(setting)),
        Unsafe::Code(code) => told.outcome(code),
        Unsafe::Service(service) => format!("referred to {}", told.service(service)),
        Unsafe::Said(line) => format!("to say “{}”", told.line(line)),
        Unsafe::Missing(line) => format!("not to say “{}”", told.line(line)),
    }
}

pub fn advice(told: &Told) -> Vec<Entry> {
    let model = &told.scenario.model;
    let id = |part: &str| format!("{} {part}", told.id);
    let lines = |ids: &[_]| ids.iter().map(|id: &crate::standards::Id| told.line(id)).collect::<Vec<_>>();
    let mut all = vec![
        Entry::new(id("interim"), "What to do now").list("", lines(&model.interim)),
        Entry::new(id("worsening"), "When to ring again").list("", lines(&model.worsening)),
        Entry::new(id("handover"), "A handover mentions").list("", model.handover.iter().map(|fact| told.fact(fact))),
    ];
    all.retain(|entry| !entry.body.is_empty());
    all
}
