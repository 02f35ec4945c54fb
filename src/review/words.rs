//! A scenario's choices in plain words.

use crate::scenario::{Bound, ContentNote, Difficulty, Escalate, Moment, Relation, Scenario, Unsafe};
use crate::standards::Standards;

/// An outcome with its code.
pub(super) fn outcome(standards: &Standards, code: &str) -> String {
    standards.disposition(code).map_or_else(|| code.to_owned(), |d| format!("{} ({code})", d.name))
}

pub(super) fn service(standards: &Standards, id: &str) -> String {
    standards.service(id).map_or_else(|| id.to_owned(), |s| s.name.clone())
}

pub(super) fn said(standards: &Standards, id: &str) -> String {
    standards.utterance(id).map_or_else(|| id.to_owned(), |(_, u)| format!("“{}” ({id})", u.you))
}

pub(super) fn guide(standards: &Standards, id: &str) -> String {
    standards.guide(id).map_or_else(|| id.to_owned(), |g| g.title.clone())
}

pub(super) fn role(standards: &Standards, id: &str) -> String {
    standards.role(id).map_or_else(|| id.to_owned(), |r| r.name.clone())
}

fn rung(standards: &Standards, id: &str) -> String {
    let rungs = &standards.dispositions.rungs;
    rungs.iter().find(|rung| &*rung.id == id).map_or_else(|| id.to_owned(), |rung| rung.name.clone())
}

fn setting(standards: &Standards, id: &str) -> String {
    let settings = &standards.dispositions.settings;
    settings.iter().find(|one| &*one.id == id).map_or_else(|| id.to_owned(), |one| one.name.clone())
}

pub(super) fn bound(standards: &Standards, bound: &Bound) -> String {
    match bound {
        Bound::Code(code) => outcome(standards, code),
        Bound::Rung(id) => rung(standards, id),
    }
}

pub(super) fn moment(moment: &Moment) -> String {
    match moment {
        Moment::Seconds(seconds) => format!("second {seconds} of the call"),
        Moment::Beat(id) => format!("what happens by itself: {id}"),
        Moment::Said(id) => format!("{id} is said"),
    }
}

pub(super) fn unsafe_if(standards: &Standards, predicate: &Unsafe) -> String {
    match predicate {
        Unsafe::Later(code) => format!("Anything later than: {}", outcome(standards, code)),
        Unsafe::Rung { later_than } => format!("Anything later than: {}", rung(standards, later_than)),
        Unsafe::Setting(id) => format!("This kind of care: {}", setting(standards, id)),
        Unsafe::Code(code) => format!("This outcome: {}", outcome(standards, code)),
        Unsafe::Service(id) => format!("To be sent here: {}", service(standards, id)),
        Unsafe::Said(id) => format!("To say: {}", said(standards, id)),
        Unsafe::Missing(id) => format!("Never to say: {}", said(standards, id)),
    }
}

pub(super) fn escalate(escalate: Escalate) -> &'static str {
    match escalate {
        Escalate::Needless => "handing over to a clinician is not needed",
        Escalate::Acceptable => "handing over to a clinician is acceptable",
        Escalate::Expected => "handing over to a clinician is expected",
    }
}

pub(super) fn relation(scenario: &Scenario) -> String {
    let word = match scenario.caller.relation {
        Relation::Patient => "the patient",
        Relation::Parent => "a parent",
        Relation::Spouse => "the spouse or partner",
        Relation::AdultChild => "a son or daughter",
        Relation::Carer => "a carer",
        Relation::Relative => "a relative",
        Relation::Friend => "a friend or neighbour",
        Relation::Bystander => "a bystander",
        Relation::Professional => "a professional",
    };
    match &scenario.caller.relation_words {
        Some(words) if scenario.caller.relation != Relation::Patient => format!("{word} (“{words}”)"),
        _ => word.to_owned(),
    }
}

pub(super) fn note(note: ContentNote) -> &'static str {
    match note {
        ContentNote::SelfHarm => "self-harm",
        ContentNote::Abuse => "abuse",
        ContentNote::Death => "death",
        ContentNote::HarmToAChild => "harm to a child",
        ContentNote::Distress => "distress",
        ContentNote::Swearing => "swearing",
    }
}

pub(super) fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Starter => "starter",
        Difficulty::Standard => "standard",
        Difficulty::Stretch => "stretch",
    }
}
