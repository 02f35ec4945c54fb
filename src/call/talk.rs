//! Saying something, and who answers how.

use std::sync::Arc;

use super::engine::{Call, LONGEST};
use super::event::{Event, Speaker, Told};
use super::fields::says_the_truth;
use super::refusal::Refusal;
use crate::scenario::{Person, Trigger};
use crate::standards::{FieldName, Id, Kind, Stage, Utterance};

/// What free text may hold, in characters.
pub const FREE_TEXT: usize = 400;

// Said in any call, whatever the standards say; `speech` lists them.
pub(super) const AGREES_TO_QUOTE: &str = "Yes, that's right.";
pub(super) const PASSES_OVER: &str = "Hang on, I'll pass you over.";
pub(super) const PASSES_BACK: &str = "Here they are again.";
pub(super) const NOT_REACHABLE: &str = "They can't come to the phone.";
pub(super) const COULD_NOT_TELL: &str = "I'm not sure. I couldn't tell you.";

impl Call {
    /// Who answers: the patient only where somebody else rang and has passed the phone on.
    pub(super) fn respondent(&self) -> Person {
        if self.script.patient_rings() { Person::Caller } else { self.state.on_the_line }
    }

    /// Whether this can be said at all.
    pub(super) fn can_say(&self, id: &Id) -> Result<u16, Refusal> {
        let index = *self.script.utterances.get(id).ok_or_else(|| Refusal::UnknownUtterance(id.clone()))?;
        self.can_be_heard()?;
        let reads = self.script.standards.bank[usize::from(index)].reads_back;
        if reads.is_some_and(|field| self.field(field).is_none()) {
            return Err(Refusal::EmptyField);
        }
        Ok(index)
    }

    pub(super) fn say(&mut self, id: &Id) -> Result<(), Refusal> {
        let index = self.can_say(id)?;
        let script = self.script.clone();
        let utterance = &script.standards.bank[usize::from(index)];
        let wording = script.wording_at(index, self.respondent());
        let text = match utterance.reads_back {
            None => wording.clone(),
            Some(field) => {
                let typed = self.field(field).ok_or(Refusal::EmptyField)?;
                wording.replace("{field}", &typed).into()
            }
        };
        self.utter(text, Some(index));
        Ok(())
    }

    pub(super) fn say_free(&mut self, text: &str, resolved: Option<&Id>) -> Result<(), Refusal> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::Nothing);
        }
        if text.chars().count() > FREE_TEXT {
            return Err(Refusal::TooLong(FREE_TEXT));
        }
        self.can_be_heard()?;
        let index = match resolved {
            None => None,
            Some(id) => Some(self.can_say(id)?),
        };
        self.utter(text.into(), index);
        Ok(())
    }

    pub(super) fn quote_back(&mut self, line: u32) -> Result<(), Refusal> {
        let quoted = usize::try_from(line).ok().and_then(|n| self.state.lines.get(n));
        let heard = quoted.filter(|l| {
            l.from <= self.state.now && !matches!(l.by, Speaker::Trainee | Speaker::Sound | Speaker::Clinician)
        });
        let text: Arc<str> = match heard {
            None => return Err(Refusal::NoSuchLine(line)),
            Some(l) => format!("You said: “{}”", l.text).into(),
        };
        self.can_be_heard()?;
        let at = self.turn();
        let (number, until) = self.speak(at, Speaker::Trainee, text, None, None);
        self.state.trainee_lines += 1;
        if let Some(own) = self.state.lines.last_mut() {
            own.quotes = Some(line);
        }
        self.answer(until, AGREES_TO_QUOTE.into(), None, number);
        self.lines_counted(at);
        Ok(())
    }

    fn can_be_heard(&self) -> Result<(), Refusal> {
        if self.state.held { Err(Refusal::OnHold) } else { Ok(()) }
    }

    /// Waits for whoever is speaking; returns when one's own turn is.
    pub(super) fn turn(&mut self) -> u32 {
        // A beat may come first, and then there is somebody speaking again.
        loop {
            let free = self.state.speaking_until.max(self.state.now);
            self.advance(free);
            if self.state.speaking_until <= self.state.now || self.state.ended.is_some() || self.state.now >= LONGEST {
                return self.state.now;
            }
        }
    }

    fn utter(&mut self, text: Arc<str>, index: Option<u16>) {
        let at = self.turn();
        if self.state.ended.is_some() {
            return;
        }
        let (line, mut until) = self.speak(at, Speaker::Trainee, text, index, None);
        self.state.trainee_lines += 1;
        if !self.state.opened {
            self.open(until + self.pause());
            until = self.state.speaking_until;
        }
        match index {
            None => {
                let say = &self.script.clone().standards.topics.what_do_you_mean;
                if let Some(text) = self.one_of("unclear", say) {
                    self.answer(until, text, None, line);
                }
            }
            Some(index) => self.reply(index, line, at, until),
        }
        self.lines_counted(at);
    }

    fn lines_counted(&mut self, at: u32) {
        let lines = self.state.trainee_lines;
        self.set_off(at, |trigger| matches!(trigger, Trigger::Lines(n) if *n == lines));
    }

    fn pause(&self) -> u32 {
        self.script.manner(self.respondent()).map_or(600, |m| m.pause_ms)
    }

    /// One of the standards' wordings, by a running number.
    pub(super) fn one_of(&mut self, purpose: &str, wordings: &[Arc<str>]) -> Option<Arc<str>> {
        self.state.drawn += 1;
        wordings.get(self.choose(purpose, purpose, self.state.drawn, wordings.len())).cloned()
    }

    fn answer(&mut self, after: u32, text: Arc<str>, utterance: Option<u16>, _to: u32) -> Option<(u32, u32)> {
        if text.is_empty() {
            return None;
        }
        let by = match self.respondent() {
            Person::Caller => Speaker::Caller,
            Person::Patient => Speaker::Patient,
        };
        let by = if text.starts_with('[') { Speaker::Sound } else { by };
        Some(self.speak(after + self.pause(), by, text, utterance, None))
    }

    fn reply(&mut self, index: u16, line: u32, at: u32, until: u32) {
        let script = self.script.clone();
        let utterance = &script.standards.bank[usize::from(index)];
        let person = self.respondent();
        let before = self.state.said[usize::from(index)].times;
        let found = script.answers[usize::from(index)][person as usize].iter().copied().find(|&n| {
            let when = &script.scenario.answers[usize::from(n)].when;
            when.as_ref().is_none_or(|when| self.is(when))
        });
        let said = &mut self.state.said[usize::from(index)];
        if said.times == 0 {
            said.first = line;
        }
        said.times = said.times.saturating_add(1);
        self.change_mood(at, utterance.mood);
        if let Some(field) = utterance.reads_back
            && let Some(truth) = self.corrects(field)
        {
            if let Some(text) = self.one_of("correction", &script.standards.topics.corrections) {
                self.answer(until, text.replace("{truth}", &truth).into(), Some(index), line);
            }
        } else if let Some(n) = found {
            self.given_answer(n, index, line, until, before > 0);
        } else {
            let text = self.default_answer(index, person, before);
            self.answer(until, text, Some(index), line);
        }
        self.set_off(at, |trigger| matches!(trigger, Trigger::Said(id) if *id == utterance.id));
    }

    fn given_answer(&mut self, n: u16, index: u16, line: u32, until: u32, asked_before: bool) {
        let script = self.script.clone();
        let answer = &script.scenario.answers[usize::from(n)];
        let before = self.state.given[usize::from(n)];
        self.state.given[usize::from(n)] = before.saturating_add(1);
        let id = answer.to.as_ref().or(answer.feature.as_ref()).map_or("", |id| &**id);
        // The wording is drawn by the answer's own place among the answers to the same thing.
        let place = script.answers[usize::from(index)].iter().flatten().position(|&m| m == n).unwrap_or(0);
        let occurrence = u32::try_from(place).unwrap_or(0) * 1000;
        let first = answer.say.get(self.choose("say", id, occurrence, answer.say.len())).cloned().unwrap_or_default();
        let text = match (before, answer.again.is_empty()) {
            (0, _) => first,
            (_, false) => {
                let of = answer.again.len();
                answer.again[self.choose("again", id, occurrence + u32::from(before), of)].clone()
            }
            // "Like I said" is for the same question only.
            (_, true) if !asked_before || script.standards.bank[usize::from(index)].kind != Kind::Question => first,
            (_, true) => self.led_in(self.respondent(), LeadIn::Again, id, u32::from(before), &first),
        };
        if let Some(sound) = &answer.sound {
            self.speak(until, Speaker::Sound, sound.clone(), None, None);
        }
        let from = self.state.speaking_until.max(until);
        if let Some((number, end)) = self.answer(from, text, Some(index), line) {
            self.will_tell(&answer.tells, number, end, Told::Asked);
        }
        self.change_mood(until, answer.mood);
    }

    /// Nobody denies what the scenario says is so: who does not know has to ask.
    fn default_answer(&mut self, index: u16, person: Person, before: u16) -> Arc<str> {
        let script = self.script.clone();
        let utterance = &script.standards.bank[usize::from(index)];
        let mut facts = script.fact_features[usize::from(index)].iter().map(|&n| usize::from(n));
        let a_fact = facts.any(|n| self.holds(n));
        let third_party = !script.patient_rings() && person == Person::Caller;
        if third_party && (a_fact || utterance.felt) {
            return self.one_of("ask", &script.standards.topics.would_have_to_ask).unwrap_or_default();
        }
        if a_fact && utterance.denies {
            return COULD_NOT_TELL.into();
        }
        let default = &script.wordings[usize::from(index)].default;
        if default.is_empty() || default.starts_with('[') {
            return default.clone();
        }
        // Nobody says "well…" to a read-back, or to advice.
        let asked = utterance.kind == Kind::Question && utterance.reads_back.is_none() && !is_grave(utterance);
        let kind = if before == 0 { LeadIn::First } else { LeadIn::Again };
        if asked { self.led_in(person, kind, &utterance.id, u32::from(before), default) } else { default.clone() }
    }

    fn led_in(&self, person: Person, kind: LeadIn, id: &str, occurrence: u32, text: &Arc<str>) -> Arc<str> {
        let Some(manner) = self.script.manner(person) else { return text.clone() };
        let (purpose, list) = match kind {
            LeadIn::First => ("lead-in", &manner.lead_ins),
            LeadIn::Again => ("again-lead-in", &manner.again),
        };
        match list.get(self.choose(purpose, id, occurrence, list.len())) {
            Some(lead) if !lead.is_empty() => format!("{lead} {text}").into(),
            _ => text.clone(),
        }
    }

    /// What the caller says the field should be, where what is read back is wrong.
    fn corrects(&self, field: FieldName) -> Option<String> {
        let typed = self.field(field)?;
        let truth = super::fields::truth(&self.script.scenario, field);
        (!says_the_truth(&self.script.scenario, field, &typed)).then_some(truth)
    }

    pub(super) fn speak_to(&mut self, person: Person) -> Result<(), Refusal> {
        self.can_be_heard()?;
        if self.script.patient_rings() || self.state.on_the_line == person {
            return Err(Refusal::AlreadySpeaking);
        }
        let at = self.turn();
        let script = self.script.clone();
        let patient = &script.scenario.patient;
        if person == Person::Patient && !patient.reachable {
            let says = patient.not_reachable_says.clone();
            self.answer(at, says.unwrap_or_else(|| NOT_REACHABLE.into()), None, 0);
            return Ok(());
        }
        let text = if person == Person::Patient { PASSES_OVER } else { PASSES_BACK };
        if let Some((_, until)) = self.answer(at, text.into(), None, 0) {
            self.state.on_the_line = person;
            self.emit(until, Event::OnTheLine(person));
        }
        Ok(())
    }

    pub(super) fn interrupt(&mut self) -> Result<(), Refusal> {
        let now = self.state.now;
        let speaking = self.state.lines.iter().rposition(|l| l.from <= now && now < l.until && !l.over);
        let Some(index) = speaking.filter(|&n| !matches!(self.state.lines[n].by, Speaker::Trainee)) else {
            return Err(Refusal::NobodySpeaking);
        };
        let number = u32::try_from(index).unwrap_or(u32::MAX);
        self.state.lines[index].cut = true;
        self.state.lines[index].until = now;
        // Whoever spoke over them was not addressed, and says it to the end.
        let over = self.state.lines.get(index + 1).filter(|line| line.over);
        self.state.speaking_until = over.map_or(now, |over| over.until.max(now));
        self.state.pending.retain(|p| !matches!(p.what, super::state::What::Tell { line, .. } if line == number));
        self.emit(now, Event::Cut { line: number });
        self.change_mood(now, -5);
        Ok(())
    }
}

/// Nobody jokes before the answer to this.
fn is_grave(utterance: &Utterance) -> bool {
    utterance.stage == Stage::First
        || matches!(&*utterance.system, "safeguarding" | "mental-health" | "genital-sexual" | "end-of-life")
}

enum LeadIn {
    First,
    Again,
}
