//! The call in hand: what the trainee does is tried on a copy, saved, and only then so.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use super::settings::Captions;
use crate::call::{Action, Call, Line, Refusal, Script, TimedAction, TimedEvent};
use crate::records::{FORMAT, Head, Mode, Record};

/// How often the clock is noted, in milliseconds of call time.
const MARK: u32 = 5000;
/// A machine that slept for longer has not been listening to the caller.
const LONGEST_TICK: Duration = Duration::from_secs(2);

/// A call being taken.
pub struct Live {
    call: Call,
    pub head: Head,
    actions: Vec<TimedAction>,
    /// Events that the store has been given.
    given: usize,
    clock: Duration,
    marked: u32,
    paused: bool,
    queue: VecDeque<Action>,
    sending: Option<Sending>,
    /// Why the last action was refused.
    pub refused: Option<Refusal>,
    /// Why nothing is saved any more.
    pub unsaved: Option<String>,
    finish: Finish,
    beginning: bool,
    /// How its words are shown.
    pub captions: Captions,
    /// Lines that a voice spoke, by when they began.
    heard: BTreeSet<u32>,
    /// Lines there were when it was taken up.
    before: usize,
}

/// An action that is being saved.
struct Sending {
    call: Box<Call>,
    action: TimedAction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Finish {
    NotYet,
    Sending,
    Done,
}

/// What has to be saved before the call goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    Act { sequence: u32, action: TimedAction, events: Vec<TimedEvent> },
    Finish { clock: u32, events: Vec<TimedEvent> },
}

impl Live {
    /// A call that has just been answered.
    ///
    /// # Errors
    /// A sentence.
    pub fn begin(script: &Arc<Script>, head: Head) -> Result<Self, String> {
        let call = Call::new(script.clone(), &head.role, head.seed, head.mode).map_err(|e| e.to_string())?;
        Ok(Self {
            call,
            head,
            actions: Vec::new(),
            given: 0,
            clock: Duration::ZERO,
            marked: 0,
            paused: false,
            queue: VecDeque::new(),
            sending: None,
            refused: None,
            unsaved: None,
            finish: Finish::NotYet,
            beginning: false,
            captions: Captions::default(),
            heard: BTreeSet::new(),
            before: 0,
        })
    }

    /// A call as it was kept.
    ///
    /// # Errors
    /// A sentence when its actions cannot be done again.
    pub fn again(script: &Arc<Script>, record: Record) -> Result<Self, String> {
        let mut live = Self::begin(script, record.head)?;
        for timed in &record.actions {
            live.call.act(timed.at, &timed.action).map_err(|e| e.to_string())?;
        }
        live.call.advance(record.clock);
        if !live.call.events().starts_with(&record.events) {
            return Err("this call was taken with another version of Rightcall and cannot be gone on with".into());
        }
        live.given = record.events.len();
        live.actions = record.actions;
        live.clock = Duration::from_millis(record.clock.into());
        live.marked = record.clock;
        live.before = live.call.state().lines.len();
        Ok(live)
    }

    pub fn call(&self) -> &Call {
        &self.call
    }

    /// Milliseconds of call time.
    pub fn clock(&self) -> u32 {
        u32::try_from(self.clock.as_millis()).unwrap_or(u32::MAX)
    }

    pub fn paused(&self) -> bool {
        self.paused
    }

    /// An action is on its way to the disk.
    pub fn sending(&self) -> Option<&Action> {
        self.sending.as_ref().map(|sending| &sending.action.action)
    }

    /// Something the trainee did is not done yet.
    pub fn busy(&self) -> bool {
        self.sending.is_some() || !self.queue.is_empty()
    }

    /// Something will be said that has been set off already.
    pub fn to_be_heard(&self) -> bool {
        self.clock() < self.call.state().speaking_until
    }

    /// Call time passes only when something is said: a guided call has no clock, and nothing presses.
    pub fn stands_still(&self) -> bool {
        self.head.mode == Mode::Guided && !self.to_be_heard() && !self.call.state().held
    }

    /// The call has ended and that has been saved, or cannot be.
    pub fn over(&self) -> bool {
        self.finish == Finish::Done
    }

    /// Time passes. `speech` is the speed of speech in hundredths.
    pub fn tick(&mut self, passed: Duration, speech: u32) {
        let waits = self.paused || self.sending.is_some() || self.stands_still();
        if waits || self.call.state().ended.is_some() {
            return;
        }
        let percent = if self.to_be_heard() { speech } else { 100 };
        self.clock += passed.min(LONGEST_TICK) * percent / 100;
        let clock = self.clock();
        self.call.advance(clock);
    }

    /// The voice that is heard has come to this moment of call time.
    pub fn follow(&mut self, to: u32) {
        if self.paused || self.sending.is_some() || self.call.state().ended.is_some() {
            return;
        }
        self.go_to(to);
        let clock = self.clock();
        self.call.advance(clock);
    }

    /// Goes to where everything under way has been said.
    pub fn skip(&mut self) {
        let state = self.call.state();
        self.go_to(state.speaking_until.max(state.now));
        let clock = self.clock();
        self.call.advance(clock);
    }

    fn go_to(&mut self, at: u32) {
        self.clock = self.clock.max(Duration::from_millis(at.into()));
    }

    /// The trainee does something. It takes its turn behind what is being saved.
    pub fn act(&mut self, action: Action) {
        self.refused = None;
        if self.paused && !matches!(action, Action::EndEarly) {
            self.paused = false;
        }
        self.queue.push_back(action);
    }

    /// Steps away, or comes back.
    pub fn toggle_pause(&mut self) {
        if self.paused {
            self.paused = false;
        } else {
            self.act(Action::Pause);
        }
    }

    /// Takes the next action up, and says what has to be saved for it.
    pub fn next_write(&mut self) -> Option<Write> {
        while self.sending.is_none()
            && !self.beginning
            && let Some(action) = self.queue.pop_front()
        {
            let mut call = Box::new(self.call.clone());
            let action = TimedAction { at: self.clock(), action };
            if let Err(refusal) = call.act(action.at, &action.action) {
                self.refused = Some(refusal);
                continue;
            }
            let sequence = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
            let events = call.events()[self.given..].to_vec();
            self.sending = Some(Sending { call, action: action.clone() });
            if self.unsaved.is_none() {
                return Some(Write::Act { sequence, action, events });
            }
            self.apply();
        }
        if self.sending.is_none()
            && !self.beginning
            && self.finish == Finish::NotYet
            && self.call.state().ended.is_some()
        {
            if self.unsaved.is_some() {
                self.finish = Finish::Done;
                return None;
            }
            self.finish = Finish::Sending;
            let events = self.call.events()[self.given..].to_vec();
            return Some(Write::Finish { clock: self.call.state().now, events });
        }
        None
    }

    /// The beginning of the call is being saved: everything else waits behind it.
    pub fn wait_for_begin(&mut self) {
        self.beginning = true;
    }

    /// What was to be saved has been saved, or not: the call goes on either way.
    pub fn settled(&mut self, result: Result<(), String>) {
        if let Err(why) = result {
            self.unsaved.get_or_insert(why);
        }
        if std::mem::take(&mut self.beginning) {
            return;
        }
        if self.finish == Finish::Sending {
            self.finish = Finish::Done;
        }
        self.apply();
    }

    fn apply(&mut self) {
        let Some(Sending { call, action }) = self.sending.take() else { return };
        self.call = *call;
        self.given = self.call.events().len();
        match action.action {
            Action::Pause => self.paused = true,
            // Whoever waits lets time pass; whoever steps out of a call hears no more of it.
            Action::Wait { .. } | Action::Close | Action::EndEarly | Action::Transfer { .. } => {
                self.go_to(self.call.state().now);
            }
            _ => {}
        }
        self.actions.push(action);
    }

    /// How far the clock has come, when that is to be noted again.
    pub fn next_mark(&mut self) -> Option<u32> {
        let clock = self.clock();
        let due = clock >= self.marked.saturating_add(MARK);
        if !due || self.unsaved.is_some() || self.finish != Finish::NotYet {
            return None;
        }
        self.marked = clock;
        Some(clock)
    }

    /// Everything done so far is kept, and nothing is on its way to the disk.
    pub fn is_at_rest(&self) -> bool {
        self.sending.is_none() && !self.beginning && self.queue.is_empty() && self.unsaved.is_none()
    }

    /// The record so far.
    pub fn record(&self) -> Record {
        Record {
            format: FORMAT,
            head: self.head.clone(),
            actions: self.actions.clone(),
            events: self.call.events().to_vec(),
            clock: self.call.state().now,
        }
    }

    pub fn mode(&self) -> Mode {
        self.head.mode
    }

    /// As on the phone: words come as they are spoken, and what was said is gone.
    pub fn is_listened_to(&self) -> bool {
        self.head.mode == Mode::Exam && self.captions != Captions::Whole
    }

    /// A voice speaks the line that began then, or, where it failed, does not.
    pub fn hears(&mut self, from: u32, heard: bool) {
        if heard {
            self.heard.insert(from);
        } else {
            self.heard.remove(&from);
        }
    }

    /// Nobody reads this line: it was heard, and that is enough for whoever takes the call.
    pub fn is_only_heard(&self, line: &Line) -> bool {
        self.captions == Captions::Unheard && line.by.has_voice() && self.heard.contains(&line.from)
    }

    /// Of how many lines that were spoken since it was taken up, how many by a voice.
    pub fn lines_heard(&self) -> (u32, u32) {
        let clock = self.clock();
        let lines = self.call.state().lines.iter().skip(self.before);
        // What is said over another line is heard beside it.
        let spoken = lines.filter(|line| line.from < clock && line.by.has_voice() && !line.over);
        let (mut heard, mut of) = (0, 0);
        for line in spoken {
            of += 1;
            heard += u32::from(self.heard.contains(&line.from));
        }
        (heard, of)
    }
}
