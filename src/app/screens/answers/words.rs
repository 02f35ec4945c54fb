//! What a scenario says in names, said in words.

use super::Told;
use crate::app::screens::standards::words::wording;
use crate::app::theme::widgets::clock;
use crate::scenario::{Bound, Line, Moment, Person, Relation, Trigger, Voices, When};
use crate::standards::{FieldName, Id};

impl Told<'_> {
    /// A line of the bank as it is said in general.
    pub fn line(&self, id: &str) -> String {
        self.standards.utterance(id).map_or_else(|| id.to_owned(), |(_, line)| wording(&line.you))
    }

    pub fn fact(&self, id: &str) -> String {
        self.scenario.facts.iter().find(|fact| &*fact.id == id).map_or_else(|| id.to_owned(), |fact| fact.is.clone())
    }

    pub fn feature(&self, id: &str) -> String {
        self.standards.feature(id).map_or_else(|| id.to_owned(), |feature| feature.name.clone())
    }

    pub fn role(&self, id: &str) -> String {
        self.standards.role(id).map_or_else(|| id.to_owned(), |role| role.name.clone())
    }

    pub fn service(&self, id: &str) -> String {
        self.standards.service(id).map_or_else(|| id.to_owned(), |service| service.name.clone())
    }

    pub fn outcome(&self, code: &str) -> String {
        self.standards.disposition(code).map_or_else(|| code.to_owned(), |one| format!("{} ({code})", one.name))
    }

    pub fn rung(&self, id: &str) -> String {
        let rungs = &self.standards.dispositions.rungs;
        rungs.iter().find(|rung| &*rung.id == id).map_or_else(|| id.to_owned(), |rung| rung.name.clone())
    }

    pub fn setting(&self, id: &str) -> String {
        let all = &self.standards.dispositions.settings;
        all.iter().find(|one| &*one.id == id).map_or_else(|| id.to_owned(), |one| one.name.clone())
    }

    pub fn guide(&self, id: &str) -> String {
        self.standards.guide(id).map_or_else(|| id.to_owned(), |guide| guide.title.clone())
    }

    pub fn bound(&self, bound: &Bound) -> String {
        match bound {
            Bound::Code(code) => self.outcome(code),
            Bound::Rung(rung) => self.rung(rung),
        }
    }

    /// What somebody says, in quotation marks, to be known by.
    fn beat(&self, id: &str) -> String {
        let beat = self.scenario.beats.iter().find(|beat| &*beat.id == id);
        match beat.and_then(|beat| beat.say.first().or(beat.sound.as_ref())) {
            Some(said) => format!("“{said}”"),
            None => format!("“{id}”"),
        }
    }

    pub fn moment(&self, moment: &Moment) -> String {
        match moment {
            Moment::Seconds(seconds) => format!("{} of the call", clock(seconds.saturating_mul(1000))),
            Moment::Beat(id) => self.beat(id),
            Moment::Said(id) => format!("you have said “{}”", self.line(id)),
        }
    }

    pub fn trigger(&self, trigger: &Trigger, delay: u32) -> String {
        let words = match trigger {
            Trigger::Seconds(seconds) => format!("at {}", clock(seconds.saturating_mul(1000))),
            Trigger::Said(id) => format!("after you say “{}”", self.line(id)),
            Trigger::Lines(n) => format!("after {n} lines of yours"),
            Trigger::Told(id) => format!("after this has come to light: {}", self.fact(id)),
            Trigger::Beat(id) => format!("after {}", self.beat(id)),
            Trigger::MoodBelow(mood) => format!("when the caller's mood falls below {mood} of 100"),
            Trigger::Silence(seconds) => format!("after {seconds} seconds of silence"),
            Trigger::Decided => "once an outcome is decided".into(),
            Trigger::Held => "once the caller is on hold".into(),
        };
        if delay == 0 { words } else { format!("{words}, {delay} seconds later") }
    }

    pub fn when(&self, when: &When) -> String {
        let all =
            |list: &[When], between: &str| list.iter().map(|one| self.when(one)).collect::<Vec<_>>().join(between);
        match when {
            When::Told(id) => format!("this has come to light: {}", self.fact(id)),
            When::Holds(id) => format!("this is so: {}", self.fact(id)),
            When::Said(id) => format!("“{}” was said", self.line(id)),
            When::SaidBefore(a, b) => format!("“{}” was said before “{}”", self.line(a), self.line(b)),
            When::Asked(id) => format!("this was asked for: {}", self.feature(id)),
            When::Beat(id) => format!("this has happened: {}", self.beat(id)),
            When::Mood { below, from } => match (below, from) {
                (Some(below), Some(from)) => format!("the mood is {from} or more and below {below} of 100"),
                (Some(below), None) => format!("the mood is below {below} of 100"),
                (None, Some(from)) => format!("the mood is {from} of 100 or more"),
                (None, None) => "always".into(),
            },
            When::After(seconds) => format!("it is later than {}", clock(seconds.saturating_mul(1000))),
            When::Before(seconds) => format!("it is sooner than {}", clock(seconds.saturating_mul(1000))),
            When::Decided => "an outcome has been decided".into(),
            When::DecidedOn(code) => format!("this was decided: {}", self.outcome(code)),
            When::Role(id) => format!("a {} takes the call", self.role(id)),
            When::Speaking(person) => format!("{} is on the line", who(*person)),
            When::All(list) => all(list, ", and "),
            When::Any(list) => all(list, ", or "),
            When::Not(one) => format!("not: {}", self.when(one)),
        }
    }

    pub fn names<'i>(&self, ids: impl IntoIterator<Item = &'i Id>, of: impl Fn(&Self, &str) -> String) -> String {
        ids.into_iter().map(|id| of(self, id)).collect::<Vec<_>>().join(", ")
    }
}

pub fn who(person: Person) -> &'static str {
    match person {
        Person::Caller => "the caller",
        Person::Patient => "the patient",
    }
}

pub fn voice(voices: &Voices) -> String {
    match voices {
        Voices::Caller => "the caller".into(),
        Voices::Patient => "the patient".into(),
        Voices::Other(id) => format!("somebody else ({id})"),
    }
}

pub fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Patient => "rings for themselves",
        Relation::Parent => "parent of the patient",
        Relation::Spouse => "partner of the patient",
        Relation::AdultChild => "grown-up child of the patient",
        Relation::Carer => "cares for the patient",
        Relation::Relative => "relative of the patient",
        Relation::Friend => "friend of the patient",
        Relation::Bystander => "bystander",
        Relation::Professional => "professional",
    }
}

pub fn line(line: Line) -> &'static str {
    match line {
        Line::Symptomatic => "symptoms",
        Line::Prescription => "prescriptions",
        Line::Dental => "teeth",
        Line::Information => "information",
        Line::Professional => "professionals",
        Line::MentalHealth => "mental health",
        Line::CallBack => "a clinician rings back",
    }
}

pub fn field(name: FieldName) -> &'static str {
    match name {
        FieldName::Location => "where the patient is",
        FieldName::CallBack => "call-back number",
        FieldName::CallerName => "caller's name",
        FieldName::Relation => "relation to the patient",
        FieldName::PatientName => "patient's name",
        FieldName::DateOfBirth => "date of birth",
        FieldName::GpPractice => "GP practice",
    }
}
