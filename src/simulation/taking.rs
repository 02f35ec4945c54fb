//! A simulated person takes a call: the model call as far as their traits let them, through the real engine.

use super::Calls;
use super::deciding::{Intent, Judgement, judge};
use super::person::{Person, share};
use crate::call::{Action, Call, Confidence, RULES, Recorded, Stream, TimedAction, play, steps};
use crate::records::{FORMAT, Head, Mode, Record};
use crate::standards::{Decides, Id, Kind, Next, Refer, Stage};

/// A call that was taken.
#[derive(Debug)]
pub struct Taken {
    pub person: Person,
    pub call: Call,
    pub record: Record,
}

/// Takes the call at this place as the person's `nth`. `None` where the role cannot take it.
#[must_use]
pub fn take(calls: &Calls, place: usize, person: &Person, nth: u32, seed: u64) -> Option<Taken> {
    let script = calls.scripts.get(place)?;
    let actions = script.model_call(&person.role)?;
    let mut stream = Stream::at(seed, "simulated/call", &person.name, nth);
    let own_seed = u64::from(stream.draw(u32::MAX));
    let call = Call::new(script.clone(), &person.role, own_seed, Mode::Exam).ok()?;
    let judgement = judge(calls, script, person, &mut stream);
    let mut taking = Taking { calls, person, judgement, call, done: Vec::new(), stream, flipped: false };
    for action in actions {
        taking.consider(action);
        if taking.call.state().ended.is_some() {
            break;
        }
    }
    for last in [Action::Close, Action::EndEarly] {
        if taking.call.state().ended.is_none() {
            taking.act(&last);
        }
    }
    let Taking { call, done, .. } = taking;
    let id = blake3::hash(format!("{seed}\n{}\n{nth}", person.name).as_bytes()).to_hex();
    let record = Record {
        format: FORMAT,
        head: Head {
            id: id[..32].to_owned(),
            rules: RULES,
            call: script.scenario.neutral_name(),
            scenario: script.scenario_hash.as_str().into(),
            standards: script.standards.hash.as_str().into(),
            variant: script.variant.clone(),
            seed: own_seed,
            role: person.role.clone(),
            mode: Mode::Exam,
            by: person.name.clone(),
            taken: date(nth),
        },
        actions: done,
        events: call.events().to_vec(),
        clock: call.state().now,
    };
    Some(Taken { person: person.clone(), call, record })
}

/// Two calls a week from the first Monday of 2026 on.
fn date(nth: u32) -> String {
    let first = jiff::civil::date(2026, 1, 5).at(10, 0, 0, 0);
    let days = i64::from(nth / 2 * 7 + nth % 2 * 3);
    first.checked_add(jiff::Span::new().days(days)).unwrap_or(first).strftime("%Y-%m-%dT%H:%M").to_string()
}

struct Taking<'c> {
    calls: &'c Calls,
    person: &'c Person,
    judgement: Judgement,
    call: Call,
    done: Vec<TimedAction>,
    stream: Stream,
    /// The one answer that they hear as more worrying than it was has been recorded.
    flipped: bool,
}

impl Taking<'_> {
    /// Does something if it can be done at all.
    fn act(&mut self, action: &Action) -> bool {
        match play(&mut self.call, [(None, action)]) {
            Ok(done) => {
                self.done.extend(done);
                true
            }
            Err(_) => false,
        }
    }

    fn does(&mut self, share_of_people: f64) -> bool {
        share(&mut self.stream) < share_of_people
    }

    /// Does, changes or leaves out what an expert would do now.
    fn consider(&mut self, action: Action) {
        let Person { listening, diligence, .. } = *self.person;
        match &action {
            Action::Say { utterance, .. } => {
                let script = self.call.script().clone();
                let known = script.standards.utterance(utterance).map(|(_, u)| (u.kind, u.stage));
                let keeps = match known {
                    Some((Kind::Question, Stage::Open)) => self.does(0.5 + diligence / 2.0),
                    Some((Kind::Question, _)) => self.does(listening),
                    Some((Kind::Worsening, _)) => self.does(0.6 + 0.4 * diligence),
                    Some((Kind::Interim, _)) => self.does(diligence),
                    _ => self.does(0.3 + 0.7 * listening),
                };
                if keeps {
                    self.act(&action);
                }
            }
            Action::Field { .. } | Action::ConfirmField { .. } | Action::Note(_) | Action::TickAdvice(_) => {
                if self.does(0.4 + 0.6 * diligence) {
                    self.act(&action);
                }
            }
            Action::Pin { .. } | Action::Unpin { .. } => {}
            Action::ChooseGuide(guide) => {
                let guides = &self.call.script().standards.guides.guides;
                let n = u32::try_from(guides.len()).unwrap_or(1);
                let other = guides[self.stream.draw(n) as usize].id.clone();
                let wrong = self.does(0.12 * (1.2 - listening));
                let chosen = if wrong { other } else { guide.clone() };
                if !self.act(&Action::ChooseGuide(chosen)) {
                    self.act(&action);
                }
            }
            Action::Record { question, answer } => {
                if self.asked_next().as_ref() == Some(question) {
                    self.record(question.clone(), *answer);
                }
            }
            Action::Decide { disposition, reason, .. } => self.decide(disposition, reason),
            Action::Transfer { .. } if self.judgement.intent == Intent::Under => {
                let code = self.judgement.code.clone();
                self.decide(&code, "");
            }
            Action::Search | Action::Offer(_) | Action::Reject { .. } if self.call.state().accepted.is_some() => {}
            Action::Accept(_) if self.call.state().accepted.is_some() => {}
            _ => {
                self.act(&action);
            }
        }
    }

    fn asked_next(&self) -> Option<Id> {
        self.call.state().guide.as_ref().filter(|guide| guide.yields.is_none())?.next.clone()
    }

    /// Records an answer as they heard it.
    fn record(&mut self, question: Id, answer: Recorded) {
        let urgent = self.leads_to_urgent(&question);
        let (mishears, unsure) = (self.does(0.35), self.does(0.03));
        let heard = match self.judgement.intent {
            Intent::Under if urgent && answer == Recorded::Yes => Recorded::No,
            Intent::Over if urgent && !self.flipped && mishears => {
                self.flipped = true;
                Recorded::Yes
            }
            _ if answer == Recorded::No && unsure => Recorded::NotSure,
            _ => answer,
        };
        self.act(&Action::Record { question, answer: heard });
    }

    /// Whether "yes" to this question ends in something urgent.
    fn leads_to_urgent(&self, question: &Id) -> bool {
        let standards = &self.call.script().standards;
        let Some(state) = &self.call.state().guide else { return false };
        let Some(guide) = standards.guides.guides.iter().find(|guide| guide.id == state.guide) else { return false };
        let step = steps(&standards.guides, guide, true).find(|step| step.question == *question);
        let urgent = |code: &Id| standards.rung_of(code).is_some_and(|rung| rung <= self.calls.boundary);
        step.is_some_and(|step| matches!(&step.yes, Next::Yield(code) if urgent(code)))
    }

    fn decide(&mut self, model: &Id, reason: &str) {
        let decides = self.call.role().decides;
        let confidence = self.judgement.confidence;
        let mut wanted = match (decides, self.judgement.intent) {
            (Decides::OnLadder, _) => self.judgement.code.clone(),
            _ => model.clone(),
        };
        if decides == Decides::ByGuide {
            // To the end of the guide, whatever is left.
            while let Some(question) = self.asked_next() {
                let before = self.call.events().len();
                self.record(question, Recorded::No);
                if self.call.events().len() == before {
                    break;
                }
            }
            let exits = self.call.role().early_exits.clone();
            let exit = exits.last().filter(|_| self.judgement.intent == Intent::Over && !self.flipped).cloned();
            let yields = self.call.state().guide.as_ref().and_then(|guide| guide.yields.clone());
            wanted = exit.or(yields).unwrap_or(wanted);
        }
        let reason =
            if self.judgement.intent == Intent::Right { reason.to_owned() } else { "as it sounded".to_owned() };
        let (standards, boundary) = (self.call.script().standards.clone(), self.calls.boundary);
        let looks_urgent = self.judgement.looks_urgent;
        let decide = |disposition: Id| {
            let urgent = standards.rung_of(&disposition).is_some_and(|rung| rung <= boundary);
            // Nobody is sure of an outcome to which a guide has led them against what they see.
            let confidence = if urgent == looks_urgent { confidence } else { Confidence::Guess };
            Action::Decide { disposition, reason: reason.clone(), confidence }
        };
        if !self.act(&decide(wanted.clone())) && !self.act(&decide(model.clone())) {
            return;
        }
        let same = self.call.state().decision.as_ref().is_some_and(|d| d.disposition == *model);
        let may_wander = self.does(0.15 * (1.5 - self.person.listening));
        if !same || may_wander {
            self.refer();
        }
    }

    /// Takes what the directory offers first, or second.
    fn refer(&mut self) {
        let standards = self.call.script().standards.clone();
        let decided = self.call.state().decision.as_ref().and_then(|d| standards.disposition(&d.disposition));
        if decided.is_none_or(|d| d.refer != Refer::Search) || !self.act(&Action::Search) {
            return;
        }
        for _ in 0..4 {
            let listed = self.call.state().listed.clone().unwrap_or_default();
            let rejected: Vec<Id> = self.call.state().rejected.iter().map(|r| r.service.clone()).collect();
            let Some(service) = listed.into_iter().find(|service| !rejected.contains(service)) else { return };
            let passes = self.does(0.15);
            if !passes {
                self.act(&Action::Offer(service.clone()));
                if self.act(&Action::Accept(service.clone())) {
                    return;
                }
            }
            let reason = standards.reject_reasons.reasons.first().map_or(0, |reason| reason.id);
            if !self.act(&Action::Reject { service, reason, comment: "suits them less".to_owned() }) {
                return;
            }
        }
    }
}
