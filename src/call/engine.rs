//! The engine: time and actions in, events out. Nothing else reaches a result.

use std::sync::Arc;

use super::action::Action;
use super::event::{Ending, Event, Speaker, TimedEvent, Told};
use super::random::draw;
use super::refusal::Refusal;
use super::script::Script;
use super::state::{BeatState, Light, Line, Pending, Said, State, What};
use crate::records::Mode;
use crate::scenario::{Person, Trigger, When};
use crate::standards::{Id, Role, Stage};

/// A call ends by itself after so many milliseconds of call time…
pub const LONGEST: u32 = 60 * 60 * 1000;
/// …or after so many actions.
pub const MOST_ACTIONS: usize = 2000;
/// Between two beats with nothing said between them.
const BETWEEN_BEATS: u32 = 10_000;
/// The caption of a bad line.
const BAD_LINE: &str = "[a bad line]";
/// The caller begins by themselves when nobody has greeted them for so long.
const OPENS_BY_ITSELF: u32 = 3000;

/// One call being taken.
///
/// Cloning is cheap enough to try an action on a copy, save it, and only then go on with the copy.
#[derive(Debug, Clone)]
pub struct Call {
    pub(super) script: Arc<Script>,
    /// Place of the role in the standards.
    role: usize,
    pub(super) seed: u64,
    pub(super) mode: Mode,
    pub(super) state: State,
    pub(super) events: Vec<TimedEvent>,
    actions: usize,
}

impl Call {
    /// A call that has just been answered.
    ///
    /// # Errors
    /// [`Refusal::UnknownRole`] when the standards have no such role.
    pub fn new(script: Arc<Script>, role: &str, seed: u64, mode: Mode) -> Result<Call, Refusal> {
        let roles = &script.standards.roles.roles;
        let role = roles.iter().position(|r| &*r.id == role).ok_or_else(|| Refusal::UnknownRole(role.into()))?;
        let mut call = Call {
            state: State {
                now: 0,
                speaking_until: 0,
                lines: Vec::with_capacity(96),
                said: vec![Said::default(); script.standards.bank.len()],
                told: vec![None; script.scenario.facts.len()],
                beats: vec![BeatState::default(); script.scenario.beats.len()],
                given: vec![0; script.scenario.answers.len()],
                pending: Vec::new(),
                drawn: 0,
                opened: false,
                mood: script.scenario.caller.mood.min(100),
                stage: Stage::Open,
                on_the_line: Person::Caller,
                held: false,
                asked_clinician: false,
                fields: Vec::new(),
                pins: Vec::new(),
                notes: "".into(),
                guide: None,
                decision: None,
                listed: None,
                gap: false,
                offered: Vec::new(),
                rejected: Vec::new(),
                accepted: None,
                ticked: Vec::new(),
                trainee_lines: 0,
                ended: None,
            },
            script,
            role,
            seed,
            mode,
            events: Vec::with_capacity(192),
            actions: 0,
        };
        call.fields_from_handover();
        call.goes_on_behind();
        for index in 0..call.script.scenario.beats.len() {
            match call.script.scenario.beats[index].at {
                Trigger::Seconds(seconds) => call.schedule(index, seconds.saturating_mul(1000)),
                Trigger::MoodBelow(below) if call.state.mood < below => call.schedule(index, 0),
                _ => {}
            }
        }
        Ok(call)
    }

    /// What the call is played from.
    #[must_use]
    pub fn script(&self) -> &Arc<Script> {
        &self.script
    }

    /// The role in which it is taken.
    #[must_use]
    pub fn role(&self) -> &Role {
        &self.script.standards.roles.roles[self.role]
    }

    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// All that is so at this moment.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// All that has happened, in order of cause; a line's event is there when its first word is.
    #[must_use]
    pub fn events(&self) -> &[TimedEvent] {
        &self.events
    }

    /// Lets call time pass. In one step or in many: the same happens.
    pub fn advance(&mut self, to: u32) {
        while self.state.ended.is_none() {
            let Some((at, next)) = self.next_due() else { break };
            if at > to {
                break;
            }
            self.state.now = self.state.now.max(at);
            self.happen(at, next);
        }
        if self.state.ended.is_none() {
            self.state.now = self.state.now.max(to.min(LONGEST));
            if to >= LONGEST {
                self.end(LONGEST, Ending::TimeUp);
            }
        }
    }

    /// Does an action at a moment of call time. An action at a time that has passed, or while
    /// somebody is speaking, takes its turn.
    ///
    /// # Errors
    /// A [`Refusal`] that says in a sentence why not; nothing has changed then, but for the time
    /// that has passed.
    pub fn act(&mut self, at: u32, action: &Action) -> Result<(), Refusal> {
        self.advance(at);
        if self.state.ended.is_some() {
            return Err(Refusal::Ended);
        }
        self.perform(action)?;
        self.actions += 1;
        if self.actions >= MOST_ACTIONS && self.state.ended.is_none() {
            self.end(self.state.now, Ending::TooLong);
        }
        Ok(())
    }

    /// When a player who waits for the caller to finish would act next.
    #[must_use]
    pub fn next_turn(&self) -> u32 {
        self.state.now.max(self.state.speaking_until) + self.script.standards.marking.timing.thinking
    }

    /// When something will happen by itself, if the call is left alone.
    #[must_use]
    pub fn next_event_at(&self) -> Option<u32> {
        self.next_due().map(|(at, _)| at)
    }

    /// When a clinician who was asked will answer.
    #[must_use]
    pub fn clinician_due(&self) -> Option<u32> {
        self.state.pending.iter().find(|p| p.what == What::Clinician).map(|p| p.at)
    }

    pub(super) fn emit(&mut self, at: u32, event: Event) {
        self.events.push(TimedEvent { at, event });
    }

    pub(super) fn choose(&self, purpose: &str, id: &str, occurrence: u32, of: usize) -> usize {
        let n = u32::try_from(of).unwrap_or(u32::MAX);
        usize::try_from(draw(self.seed, purpose, id, occurrence, n)).unwrap_or(0)
    }

    /// Puts a line into the transcript; returns its number and when it ends.
    pub(super) fn speak(
        &mut self,
        from: u32,
        by: Speaker,
        text: Arc<str>,
        utterance: Option<u16>,
        beat: Option<u16>,
    ) -> (u32, u32) {
        let timing = &self.script.standards.marking.timing;
        let per_word = if by == Speaker::Trainee { timing.trainee_per_word } else { timing.caller_per_word };
        let words = u32::try_from(text.split_ascii_whitespace().count()).unwrap_or(u32::MAX);
        let long = words.saturating_mul(per_word).clamp(600, 120_000);
        let until = from.saturating_add(long);
        let line = u32::try_from(self.state.lines.len()).unwrap_or(u32::MAX);
        self.state.lines.push(Line {
            event: self.events.len(),
            by: by.clone(),
            text: text.clone(),
            from,
            until,
            utterance: utterance.map(usize::from),
            beat: beat.map(usize::from),
            quotes: None,
            cut: false,
            over: false,
        });
        self.state.speaking_until = self.state.speaking_until.max(until);
        let utterance = utterance.map(|n| self.script.standards.bank[usize::from(n)].id.clone());
        let beat = beat.map(|n| self.script.scenario.beats[usize::from(n)].id.clone());
        self.emit(from, Event::Line { line, by, text, until, utterance, beat });
        (line, until)
    }

    /// What there is to be heard before anybody speaks: a bad line, something behind the caller. It takes no time.
    fn goes_on_behind(&mut self) {
        let script = self.script.clone();
        let bad_line = (!script.scenario.reception.is_clear()).then(|| BAD_LINE.into());
        for caption in bad_line.into_iter().chain(script.scenario.background.clone()) {
            self.speak(0, Speaker::Sound, caption, None, None);
            if let Some(own) = self.state.lines.last_mut() {
                own.until = 0;
            }
            if let Some(TimedEvent { event: Event::Line { until, .. }, .. }) = self.events.last_mut() {
                *until = 0;
            }
        }
        self.state.speaking_until = 0;
    }

    pub(super) fn change_mood(&mut self, at: u32, by: i32) {
        let mood = u32::try_from(i64::from(self.state.mood).saturating_add(i64::from(by)).clamp(0, 100)).unwrap_or(0);
        if mood != self.state.mood {
            let before = std::mem::replace(&mut self.state.mood, mood);
            self.emit(at, Event::Mood(mood));
            self.set_off(
                at,
                |trigger| matches!(trigger, Trigger::MoodBelow(below) if mood < *below && *below <= before),
            );
        }
    }

    /// Facts come to light when the line has been spoken.
    pub(super) fn will_tell(&mut self, facts: &[Id], line: u32, at: u32, how: Told) {
        for id in facts {
            if let Some(&fact) = self.script.facts.get(id)
                && self.state.told[usize::from(fact)].is_none()
            {
                self.state.pending.push(Pending { at, what: What::Tell { fact, line, how } });
            }
        }
    }

    /// Schedules the beats that this sets off.
    pub(super) fn set_off(&mut self, at: u32, sets_off: impl Fn(&Trigger) -> bool) {
        for index in 0..self.state.beats.len() {
            let beat = self.state.beats[index];
            if !beat.done && beat.due.is_none() && sets_off(&self.script.scenario.beats[index].at) {
                self.schedule(index, at);
            }
        }
    }

    fn schedule(&mut self, index: usize, at: u32) {
        let delay = self.script.scenario.beats[index].delay.saturating_mul(1000);
        self.state.beats[index].due = Some(at.saturating_add(delay));
    }

    /// What happens next by itself, and when.
    fn next_due(&self) -> Option<(u32, Due)> {
        let mut next: Option<(u32, Due)> = None;
        let mut consider = |at: u32, due: Due| {
            if next.as_ref().is_none_or(|(earliest, _)| at < *earliest) {
                next = Some((at, due));
            }
        };
        for (index, pending) in self.state.pending.iter().enumerate() {
            consider(pending.at, Due::Pending(index));
        }
        if !self.state.held {
            let free = self.state.speaking_until.max(self.state.now);
            // Two things that happen by themselves are not one.
            let after_beat = self.state.lines.last().is_some_and(|line| line.beat.is_some());
            let calm = if after_beat { self.state.speaking_until.saturating_add(BETWEEN_BEATS) } else { 0 };
            if !self.state.opened {
                consider(OPENS_BY_ITSELF.max(free), Due::Opening);
            }
            for (index, beat) in self.state.beats.iter().enumerate() {
                if beat.done {
                    continue;
                }
                let due = match self.script.scenario.beats[index].at {
                    Trigger::Silence(seconds) if self.state.opened => {
                        let silence = seconds.saturating_add(self.script.scenario.beats[index].delay);
                        Some(self.state.speaking_until.saturating_add(silence.saturating_mul(1000)))
                    }
                    _ => beat.due,
                };
                if let Some(due) = due {
                    consider(due.max(free).max(calm), Due::Beat(index));
                }
            }
        }
        next.filter(|(at, _)| *at <= LONGEST)
    }

    fn happen(&mut self, at: u32, due: Due) {
        match due {
            Due::Opening => self.open(at),
            Due::Beat(index) => self.beat(at, index),
            Due::Pending(index) => {
                let pending = self.state.pending.remove(index);
                match pending.what {
                    What::Tell { fact, line, how } => self.tell(at, fact, line, how),
                    What::Clinician => self.clinician_answers(at),
                }
            }
        }
    }

    /// The caller says what they ring about; returns when that ends.
    pub(super) fn open(&mut self, at: u32) {
        self.state.opened = true;
        let script = self.script.clone();
        let opening = &script.scenario.opening;
        if let Some(text) = opening.get(self.choose("opening", "opening", 0, opening.len())) {
            self.speak(at, Speaker::Caller, text.clone(), None, None);
        }
    }

    fn tell(&mut self, at: u32, fact: u16, line: u32, how: Told) {
        let index = usize::from(fact);
        if self.state.told[index].is_some() || !self.holds(index) {
            return;
        }
        self.state.told[index] = Some(Light { line, at, how });
        let id = self.script.scenario.facts[index].id.clone();
        self.emit(at, Event::Fact { fact: id.clone(), line, how });
        self.set_off(at, |trigger| matches!(trigger, Trigger::Told(fact) if *fact == id));
    }

    fn beat(&mut self, at: u32, index: usize) {
        let script = self.script.clone();
        let beat = &script.scenario.beats[index];
        self.state.beats[index].done = true;
        let wanted = beat.when.as_ref().is_none_or(|when| self.is(when));
        if !wanted || beat.unless.as_ref().is_some_and(|unless| self.is(unless)) {
            return;
        }
        self.state.beats[index].happened = Some(at);
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        if let Some(sound) = &beat.sound {
            self.speak(at, Speaker::Sound, sound.clone(), None, Some(number));
        }
        let from = self.state.speaking_until.max(at);
        if let Some(text) = beat.say.get(self.choose("beat", &beat.id, 0, beat.say.len())) {
            let (line, until) = self.speak(from, script.speaker(&beat.by), text.clone(), None, Some(number));
            self.will_tell(&beat.tells, line, until, Told::Volunteered);
            if let Some(over) = &beat.over {
                let middle = from.saturating_add((until - from) / 2);
                self.speak(middle, script.speaker(&over.by), over.say.clone(), None, Some(number));
                if let Some(own) = self.state.lines.last_mut() {
                    own.over = true;
                }
            }
        } else if beat.sound.is_none() {
            self.emit(at, Event::Beat(beat.id.clone()));
        }
        self.change_mood(at, beat.mood);
        self.set_off(at, |trigger| matches!(trigger, Trigger::Beat(id) if *id == beat.id));
    }

    pub(super) fn end(&mut self, at: u32, how: Ending) {
        self.state.ended = Some(how);
        self.state.pending.clear();
        self.emit(at, Event::Ended(how));
    }

    /// Whether a fact holds at this moment.
    #[must_use]
    pub fn holds(&self, fact: usize) -> bool {
        let fact = &self.script.scenario.facts[fact];
        fact.from.as_ref().is_none_or(|m| self.reached(m)) && fact.until.as_ref().is_none_or(|m| !self.reached(m))
    }

    fn reached(&self, moment: &crate::scenario::Moment) -> bool {
        use crate::scenario::Moment;
        match moment {
            Moment::Seconds(seconds) => self.state.now >= seconds.saturating_mul(1000),
            Moment::Beat(id) => self.beat_happened(id),
            Moment::Said(id) => self.times_said(id) > 0,
        }
    }

    fn beat_happened(&self, id: &str) -> bool {
        self.script.beats.get(id).is_some_and(|&n| self.state.beats[usize::from(n)].happened.is_some())
    }

    /// How often the trainee has said this.
    #[must_use]
    pub fn times_said(&self, utterance: &str) -> u16 {
        self.said(utterance).times
    }

    /// How often, and on which line first.
    #[must_use]
    pub fn said(&self, utterance: &str) -> Said {
        self.script.utterances.get(utterance).map(|&n| self.state.said[usize::from(n)]).unwrap_or_default()
    }

    /// Any utterance asking for this feature was said.
    #[must_use]
    pub fn asked(&self, feature: &str) -> bool {
        self.first_asked(feature).is_some()
    }

    /// Number of the first line on which the feature was asked for.
    #[must_use]
    pub fn first_asked(&self, feature: &str) -> Option<u32> {
        let asking = self.script.asking.get(feature)?;
        asking.iter().map(|&n| self.state.said[usize::from(n)]).filter(|s| s.times > 0).map(|s| s.first).min()
    }

    /// How a fact came to light, if it did.
    #[must_use]
    pub fn light(&self, fact: usize) -> Option<Light> {
        self.state.told.get(fact).copied().flatten()
    }

    /// When a beat of the scenario happened, in milliseconds, if it did.
    #[must_use]
    pub fn beat_at(&self, beat: usize) -> Option<u32> {
        self.state.beats.get(beat).and_then(|b| b.happened)
    }

    /// Whether a condition holds at this moment. An id that leads nowhere never holds.
    #[must_use]
    pub fn is(&self, when: &When) -> bool {
        match when {
            When::Told(id) => self.script.fact(id).is_some_and(|n| self.state.told[n].is_some()),
            When::Holds(id) => self.script.fact(id).is_some_and(|n| self.holds(n)),
            When::Said(id) => self.times_said(id) > 0,
            When::SaidBefore(first, second) => {
                let (first, second) = (self.said(first), self.said(second));
                first.times > 0 && second.times > 0 && first.first < second.first
            }
            When::Asked(feature) => self.asked(feature),
            When::Beat(id) => self.beat_happened(id),
            When::Mood { below, from } => {
                below.is_none_or(|n| self.state.mood < n) && from.is_none_or(|n| self.state.mood >= n)
            }
            When::After(seconds) => self.state.now >= seconds.saturating_mul(1000),
            When::Before(seconds) => self.state.now < seconds.saturating_mul(1000),
            When::Decided => self.state.decision.is_some(),
            When::DecidedOn(code) => self.state.decision.as_ref().is_some_and(|d| d.disposition == *code),
            When::Role(id) => self.role().id == *id,
            When::Speaking(person) => self.speaking_with() == *person,
            When::All(all) => all.iter().all(|w| self.is(w)),
            When::Any(any) => any.iter().any(|w| self.is(w)),
            When::Not(not) => !self.is(not),
        }
    }

    /// Who is on the line: the patient, too, where the patient rings.
    #[must_use]
    pub fn speaking_with(&self) -> Person {
        if self.script.patient_rings() { Person::Patient } else { self.state.on_the_line }
    }
}

enum Due {
    Pending(usize),
    Beat(usize),
    Opening,
}
