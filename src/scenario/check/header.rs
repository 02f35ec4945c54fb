//! Who, where and when: everything before the facts.

use std::path::Path;

use super::super::model::{Caller, Handover, Patient, Relation, Review, Scenario};
use super::{Checker, LIST, each};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

impl Checker<'_> {
    pub(super) fn header(&mut self, scenario: &Scenario, root: &Cursor<'_>) {
        self.id(scenario, root);
        if scenario.number == 0 {
            let hint = "the number is the neutral name of the call before its debrief";
            self.findings.error(codes::OUT_OF_RANGE, &root.field("number"), "the number is at least 1", hint);
        }
        self.prose(&scenario.title, "the title", &root.field("title"));
        self.prose(&scenario.afterwards, "`afterwards`", &root.field("afterwards"));
        self.review(&scenario.review, &root.field("review"));
        let here = &self.findings.standards.dispositions.header.version;
        if scenario.standards != *here {
            let message = format!("codes were chosen for standards {}, these are {here}", scenario.standards);
            let hint = "look the codes up again and say for which version they are";
            self.findings.warning(codes::OTHER_STANDARDS, &root.field("standards"), message, hint);
        }
        let at = root.field("roles");
        if scenario.roles.is_empty() {
            self.findings.error(codes::EMPTY, &at, "no role may take this call", "name at least one role");
        }
        for (role, at) in each(&scenario.roles, &at) {
            self.findings.role(role, &at);
        }
        self.findings.unique("role", each(&scenario.roles, &at).map(|(role, at)| (&**role, at)));
        self.findings.symptom_group(&scenario.symptom_group, &root.field("symptom_group"));
        let others = root.field("others");
        self.findings.unique("person", each(&scenario.others, &others).map(|(o, at)| (&*o.id, at.field("id"))));
        for (service, at) in each(&scenario.capacity, &root.field("capacity")) {
            self.findings.service(&service.0, &at.index(0));
        }
        self.caller(&scenario.caller, &root.field("caller"));
        self.patient(&scenario.patient, &scenario.clock, &root.field("patient"));
        if let Some(handover) = &scenario.handover {
            self.handover(handover, &root.field("handover"));
        }
        self.clock(&scenario.clock, &root.field("clock"));
    }

    fn id(&mut self, scenario: &Scenario, root: &Cursor<'_>) {
        let at = root.field("id");
        let id = &*scenario.id;
        let is_slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if id.is_empty() || !id.bytes().all(is_slug) {
            let hint = "use lower-case letters, digits and hyphens";
            self.findings.error(codes::ID_AND_FILE, &at, format!("`{id}` cannot name a scenario"), hint);
            return;
        }
        let stem = Path::new(self.findings.file()).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        if let Some(stem) = stem.filter(|stem| stem != id) {
            let message = format!("the id is `{id}`, the file is called `{stem}`");
            self.findings.error(codes::ID_AND_FILE, &at, message, "give both the same name");
        }
    }

    fn review(&mut self, review: &Review, at: &Cursor<'_>) {
        match review {
            Review::Draft { author } => self.findings.filled(author, "the author", &at.field("author")),
            Review::Reviewed { by, until } => {
                self.findings.date(until, &at.field("until"));
                let list = at.field("by");
                if by.is_empty() {
                    let hint = "name the reviewer, or write `Draft(author: …)`";
                    self.findings.error(codes::EMPTY, &list, "nobody has reviewed it", hint);
                }
                for (reviewer, at) in each(by, &list) {
                    self.findings.filled(&reviewer.name, "the reviewer's name", &at.field("name"));
                    self.findings.filled(&reviewer.registration, "the registration", &at.field("registration"));
                    self.findings.date(&reviewer.on, &at.field("on"));
                }
            }
        }
    }

    fn clock(&mut self, clock: &str, at: &Cursor<'_>) {
        if moment(clock).is_none() {
            let message = format!("`{clock}` is not a date and time");
            self.findings.error(codes::BAD_DATE, at, message, "write YYYY-MM-DDTHH:MM, for instance 2026-03-14T20:40");
        }
    }

    pub(super) fn caller(&mut self, caller: &Caller, at: &Cursor<'_>) {
        self.findings.filled(&caller.name, "the caller's name", &at.field("name"));
        self.findings.manner(&caller.manner, &at.field("manner"));
        self.mood(caller.mood, &at.field("mood"));
        if caller.relation != Relation::Patient && caller.relation_words.as_ref().is_none_or(|w| w.trim().is_empty()) {
            let hint = "add `relation_words: \"I'm her daughter\"`, in the caller's words";
            self.findings.error(codes::EMPTY, at, "nothing says how the caller knows the patient", hint);
        }
        if caller.voice.pace_percent.is_some_and(|pace| !(50..=200).contains(&pace)) {
            let at = at.field("voice").field("pace_percent");
            self.findings.error(codes::OUT_OF_RANGE, &at, "a pace goes from 50 to 200", "100 is an ordinary pace");
        }
    }

    pub(super) fn patient(&mut self, patient: &Patient, clock: &str, at: &Cursor<'_>) {
        for (text, name) in [
            (&patient.name, "name"),
            (&patient.known_as, "known_as"),
            (&patient.at, "at"),
            (&patient.call_back, "call_back"),
        ] {
            self.findings.filled(text, &format!("`{name}`"), &at.field(name));
        }
        self.findings.place(&patient.place, &at.field("place"));
        if let Some(manner) = &patient.manner {
            self.findings.manner(manner, &at.field("manner"));
        }
        let born_at = at.field("born");
        let born = self.findings.date(&patient.born, &born_at);
        if let (Some(born), Some(clock)) = (born, moment(clock)) {
            let years = i32::from(clock.year()) - i32::from(born.year());
            if born > clock.date() {
                self.findings.error(codes::BAD_DATE, &born_at, "the patient is born after the call", "");
            } else if years > 125 {
                self.findings.error(codes::BAD_DATE, &born_at, format!("the patient would be {years}"), "");
            }
        }
        if let Some(says) = &patient.not_reachable_says {
            self.line(says, &at.field("not_reachable_says"));
        }
    }

    pub(super) fn handover(&mut self, handover: &Handover, at: &Cursor<'_>) {
        for (role, at) in each(&handover.roles, &at.field("roles")) {
            self.findings.role(role, &at);
        }
        self.prose(&handover.says, "the handover", &at.field("says"));
        self.findings.at_most(handover.leaves_out.len(), LIST, "things left out", &at.field("leaves_out"));
    }
}

/// `YYYY-MM-DDTHH:MM`.
fn moment(text: &str) -> Option<jiff::civil::DateTime> {
    let is_short = text.len() == "2026-03-14T20:40".len() && text.contains('T');
    text.parse().ok().filter(|_| is_short)
}
