//! The part of a call that the room hears: its lines in their time.

use std::time::Duration;

use crate::app::library::{Library, model_call};
use crate::app::live::Live;
use crate::app::screens::call::speaker_in;
use crate::call::{Call, Speaker};
use crate::records::Record;
use crate::sharing::session::Session;

/// The same every time it is heard.
const SEED: u64 = 1;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipLine {
    /// Milliseconds of call time.
    pub from: u32,
    pub by: String,
    pub text: String,
    pub own: bool,
}

/// What is played, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    pub lines: Vec<ClipLine>,
    /// It is the model call: its owner said no, or there is no record.
    pub model: bool,
    /// Milliseconds of call time between which it is played.
    pub range: (u32, u32),
    /// How long all of it is, in milliseconds of call time.
    pub whole: u32,
    at: u32,
    playing: bool,
}

impl Clip {
    /// What is played of the call that a session is at: the record, if it is given and still fits what is here, or else
    /// the model call.
    pub fn of(session: &Session, library: &Library, record: Option<Record>) -> Option<Self> {
        let planned = session.plan.calls.get(session.call)?;
        let entry = library.by_neutral_name(&planned.call)?;
        let fits =
            |record: &Record| *record.head.scenario == *entry.hash && *record.head.standards == *library.standards.hash;
        let live = record.filter(fits).and_then(|record| {
            let script = entry.script(&library.standards, record.head.variant.clone()).ok()?;
            Live::again(&script, record).ok()
        });
        match live {
            Some(live) => Some(Self::from_call(live.call(), session.part(session.call, false), false)),
            None => {
                let script = entry.script(&library.standards, planned.variant.clone()).ok()?;
                let part = session.part(session.call, true);
                Some(Self::from_call(&model_call(script, &planned.role, SEED).ok()?, part, true))
            }
        }
    }

    /// The lines of a call that was taken.
    fn from_call(call: &Call, clip: Option<(u32, u32)>, model: bool) -> Self {
        let state = call.state();
        // What was chosen of a call that was longer then.
        let range = clip.map(|(from, to)| (from, to.min(state.now))).filter(|(from, to)| from < to);
        let range = range.unwrap_or((0, state.now));
        let lines = state.lines.iter().filter(|line| line.from >= range.0 && line.from <= range.1);
        let lines = lines.map(|line| ClipLine {
            from: line.from,
            by: speaker_in(&call.script().scenario, &line.by),
            text: line.text.to_string(),
            own: line.by == Speaker::Trainee,
        });
        Self { lines: lines.collect(), model, range, whole: state.now, at: range.0, playing: false }
    }

    /// Time passes; whether it is playing.
    pub fn play(&mut self, passed: Duration) -> bool {
        if self.playing {
            self.at = self.at.saturating_add(u32::try_from(passed.as_millis()).unwrap_or(0));
            self.playing = self.at < self.range.1;
        }
        self.playing
    }

    /// From the beginning where it has come to its end.
    pub fn play_or_stop(&mut self) {
        if !self.playing && self.at >= self.range.1 {
            self.at = self.range.0;
        }
        self.playing = !self.playing;
    }

    pub fn playing(&self) -> bool {
        self.playing
    }

    /// Where it is, in milliseconds of call time.
    pub fn at(&self) -> u32 {
        self.at
    }

    /// The lines that have begun.
    pub fn heard(&self) -> &[ClipLine] {
        let count = self.lines.iter().take_while(|line| line.from <= self.at).count();
        let begun = self.at > self.range.0 || self.playing;
        if begun { &self.lines[..count] } else { &[] }
    }
}
