//! Walks a script for whatever it can speak: the mirror of everything in the engine that calls `speak`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Line, is_spoken, lead_ins, voice};
use crate::call::event::Speaker;
use crate::call::fields::truth;
use crate::call::script::Script;
use crate::call::talk::{AGREES_TO_QUOTE, COULD_NOT_TELL, NOT_REACHABLE, PASSES_BACK, PASSES_OVER};
use crate::scenario::Person;

pub(super) fn lines(script: &Script) -> BTreeSet<Line> {
    let mut found = Found { script, lines: BTreeSet::new() };
    found.by_themselves();
    found.said_anywhere();
    for person in speaking(script) {
        found.answers_of(person);
    }
    found.lines
}

/// Who may be talked with: the patient only where somebody else rings and they can come to the phone.
fn speaking(script: &Script) -> impl Iterator<Item = Person> {
    let patient = !script.patient_rings() && script.scenario.patient.reachable;
    std::iter::once(Person::Caller).chain(patient.then_some(Person::Patient))
}

fn speaker(person: Person) -> Speaker {
    match person {
        Person::Caller => Speaker::Caller,
        Person::Patient => Speaker::Patient,
    }
}

struct Found<'a> {
    script: &'a Script,
    lines: BTreeSet<Line>,
}

impl<'a> Found<'a> {
    fn add(&mut self, by: &Speaker, texts: impl IntoIterator<Item = &'a Arc<str>>) {
        if let Some((who, delivery)) = voice(self.script, by) {
            let spoken = texts.into_iter().filter(|text| is_spoken(text));
            let line = |text: &Arc<str>| Line { who: who.clone(), delivery: delivery.clone(), text: text.clone() };
            self.lines.extend(spoken.map(line));
        }
    }

    fn add_words(&mut self, by: &Speaker, text: &str) {
        if let Some((who, delivery)) = voice(self.script, by) {
            self.lines.insert(Line { who, delivery, text: text.into() });
        }
    }

    /// The opening, beats, offers, and what is said when the patient is asked for.
    fn by_themselves(&mut self) {
        let scenario = &self.script.scenario;
        self.add(&Speaker::Caller, &scenario.opening);
        for beat in &scenario.beats {
            self.add(&self.script.speaker(&beat.by), &beat.say);
            if let Some(over) = &beat.over {
                self.add(&self.script.speaker(&over.by), [&over.say]);
            }
        }
        for offer in &scenario.offers {
            self.add(&Speaker::Caller, &offer.say);
        }
        if self.script.patient_rings() {
            return;
        }
        if scenario.patient.reachable {
            self.add_words(&Speaker::Caller, PASSES_OVER);
            self.add_words(&Speaker::Patient, PASSES_BACK);
        } else {
            match &scenario.patient.not_reachable_says {
                Some(says) => self.add(&Speaker::Caller, [says]),
                None => self.add_words(&Speaker::Caller, NOT_REACHABLE),
            }
        }
    }

    /// What anybody says in any call, in the voices of this one.
    fn said_anywhere(&mut self) {
        let topics = &self.script.standards.topics;
        self.add(&Speaker::Caller, &topics.agrees);
        self.add(&Speaker::Caller, &topics.back_from_hold);
        let own = &self.script.scenario.clinician_says;
        self.add(&Speaker::Clinician, if own.is_empty() { &topics.clinician_says } else { own });
        for person in speaking(self.script) {
            let by = speaker(person);
            self.add(&by, &topics.what_do_you_mean);
            self.add_words(&by, AGREES_TO_QUOTE);
            self.add(&by, lead_ins(self.script, &by));
            for field in self.script.standards.bank.iter().filter_map(|utterance| utterance.reads_back) {
                let truth = truth(&self.script.scenario, field);
                for wording in &topics.corrections {
                    self.add_words(&by, &wording.replace("{truth}", &truth));
                }
            }
        }
    }

    /// Whatever this person may answer to anything in the bank.
    fn answers_of(&mut self, person: Person) {
        let script = self.script;
        let by = speaker(person);
        for index in 0..script.standards.bank.len() {
            let mut always = false;
            for &n in script.answers_to(index, person) {
                let answer = &script.scenario.answers[usize::from(n)];
                self.add(&by, answer.say.iter().chain(&answer.again));
                // Whatever comes after an answer without a condition is never reached.
                always = answer.when.is_none();
                if always {
                    break;
                }
            }
            if !always {
                self.default_of(index, person, &by);
            }
        }
    }

    /// What is said where the scenario says nothing: see `Call::default_answer`.
    fn default_of(&mut self, index: usize, person: Person, by: &Speaker) {
        let script = self.script;
        let utterance = &script.standards.bank[index];
        let facts = script.fact_features[index].iter().filter_map(|&n| script.scenario.facts.get(usize::from(n)));
        let (mut sometimes, mut always) = (false, false);
        for fact in facts {
            sometimes = true;
            always |= fact.from.is_none() && fact.until.is_none();
        }
        let third_party = !script.patient_rings() && person == Person::Caller;
        if third_party && (sometimes || utterance.felt) {
            self.add(by, &script.standards.topics.would_have_to_ask);
            always |= utterance.felt;
        } else if sometimes && utterance.denies {
            self.add_words(by, COULD_NOT_TELL);
        } else {
            always = false;
        }
        if !always {
            self.add(by, [&script.wordings[index].default]);
        }
    }
}
