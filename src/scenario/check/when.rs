//! Conditions, triggers and moments.

use super::super::model::{Bound, Moment, Trigger, When};
use super::{Checker, each};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

impl Checker<'_> {
    /// A condition. Brackets are nested so far at most, and with them conditions.
    pub(super) fn when(&mut self, when: &When, at: &Cursor<'_>) {
        let inner = at.index(0);
        match when {
            When::Told(id) | When::Holds(id) => self.fact(id, &inner),
            When::Said(id) => drop(self.findings.utterance(id, &inner)),
            When::SaidBefore(first, second) => {
                self.findings.utterance(first, &inner);
                self.findings.utterance(second, &at.index(1));
            }
            When::Asked(feature) => self.findings.feature(feature, &inner),
            When::Beat(id) => self.beat(id, &inner),
            When::Mood { below, from } => {
                if below.is_none() && from.is_none() {
                    let hint = "write `Mood(below: 40)`, `Mood(from: 60)` or both";
                    self.findings.error(codes::EMPTY, at, "this says nothing about the mood", hint);
                }
                for (bound, name) in [(below, "below"), (from, "from")] {
                    if let Some(bound) = bound {
                        self.mood(*bound, &at.field(name));
                    }
                }
                if from.zip(*below).is_some_and(|(from, below)| from >= below) {
                    let message = "no mood is both from the one and below the other";
                    self.findings.error(codes::NEVER_HEARD, at, message, "");
                }
            }
            When::After(seconds) | When::Before(seconds) => self.seconds(*seconds, &inner),
            When::Decided | When::Speaking(_) => {}
            When::DecidedOn(code) => self.findings.disposition(code, &inner),
            When::Role(role) => self.findings.role(role, &inner),
            When::All(list) | When::Any(list) => {
                if list.is_empty() {
                    self.findings.error(codes::EMPTY, at, "there is nothing in it", "put conditions into the list");
                }
                for (when, at) in each(list, &inner) {
                    self.when(when, &at);
                }
            }
            When::Not(when) => self.when(when, &inner),
        }
    }

    pub(super) fn when_if_any(&mut self, when: Option<&When>, at: &Cursor<'_>) {
        if let Some(when) = when {
            self.when(when, at);
        }
    }

    pub(super) fn trigger(&mut self, trigger: &Trigger, at: &Cursor<'_>) {
        let inner = at.index(0);
        match trigger {
            Trigger::Seconds(seconds) | Trigger::Silence(seconds) => self.seconds(*seconds, &inner),
            Trigger::Said(id) => drop(self.findings.utterance(id, &inner)),
            Trigger::Told(id) => self.fact(id, &inner),
            Trigger::Beat(id) => self.beat(id, &inner),
            Trigger::MoodBelow(mood) => self.mood(*mood, &inner),
            Trigger::Lines(_) | Trigger::Decided | Trigger::Held => {}
        }
    }

    pub(super) fn moment(&mut self, moment: Option<&Moment>, at: &Cursor<'_>) {
        let inner = at.index(0);
        match moment {
            None => {}
            Some(Moment::Seconds(seconds)) => self.seconds(*seconds, &inner),
            Some(Moment::Beat(id)) => self.beat(id, &inner),
            Some(Moment::Said(id)) => drop(self.findings.utterance(id, &inner)),
        }
    }

    pub(super) fn bound(&mut self, bound: Option<&Bound>, at: &Cursor<'_>) {
        let inner = at.index(0);
        match bound {
            None => {}
            Some(Bound::Code(code)) => self.findings.disposition(code, &inner),
            Some(Bound::Rung(rung)) => self.findings.rung(rung, &inner),
        }
    }
}
