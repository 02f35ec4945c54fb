//! The part of a call that the room hears: its lines in their time.

use std::sync::Arc;
use std::time::Duration;

use crate::app::library::{Library, model_call};
use crate::app::live::Live;
use crate::app::screens::call::speaker_in;
use crate::app::screens::call::{said, see_all};
use crate::app::voice::{self, Part, Side, Told, Voices};
use crate::call::{Call, Line, Script, Speaker};
use crate::records::Record;
use crate::sharing::session::Session;

/// The same every time it is heard.
const SEED: u64 = 1;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClipLine {
    /// As the call has it: times in milliseconds of call time.
    line: Line,
    pub by: String,
    pub own: bool,
}

impl ClipLine {
    /// When it begins, in milliseconds of call time.
    pub fn from(&self) -> u32 {
        self.line.from
    }

    pub fn text(&self) -> &str {
        &self.line.text
    }
}

/// What is played, and how far it is.
#[derive(Debug, Clone)]
pub struct Clip {
    /// Sounds before the part that is played: one of them may go on behind it.
    before: Vec<Line>,
    pub lines: Vec<ClipLine>,
    /// What it is a call of: its voices.
    pub script: Arc<Script>,
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
        let is_earlier_sound = |line: &&Line| line.from < range.0 && line.by == Speaker::Sound;
        let before = state.lines.iter().filter(is_earlier_sound).cloned().collect();
        let lines = state.lines.iter().filter(|line| line.from >= range.0 && line.from <= range.1);
        let lines = lines.map(|line| ClipLine {
            line: line.clone(),
            by: speaker_in(&call.script().scenario, &line.by),
            own: line.by == Speaker::Trainee,
        });
        let script = call.script().clone();
        Self { before, lines: lines.collect(), script, model, range, whole: state.now, at: range.0, playing: false }
    }

    /// Time passes, by the voice that is heard or by itself; whether it is playing.
    pub fn play(&mut self, passed: Duration, voices: &mut Voices) -> bool {
        if self.playing {
            voice::pass(self, voices, passed);
            self.playing = self.at < self.range.1;
            if !self.playing {
                voices.stop();
            }
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
        let count = self.lines.iter().take_while(|line| line.from() <= self.at).count();
        let begun = self.at > self.range.0 || self.playing;
        if begun { &self.lines[..count] } else { &[] }
    }
}

impl Told for Clip {
    fn due(&self, voices: &mut Voices) -> Option<Part> {
        let spoken = |(_, line): &(u32, &Line)| {
            line.by.has_voice() && !line.cut && !line.over && line.from <= self.at && self.at < line.until
        };
        let (number, line) = (0..).zip(self.lines.iter().map(|line| &line.line)).filter(spoken).last()?;
        Some(Part::new(voices, &self.script, number, &said(line)))
    }

    fn script(&self) -> &Arc<Script> {
        &self.script
    }

    fn sides(&self, see: &mut dyn FnMut(Side<'_>)) {
        see_all(self.before.iter().chain(self.lines.iter().map(|line| &line.line)), see);
    }

    fn clock(&self) -> u32 {
        self.at
    }

    fn follow(&mut self, to: u32) {
        self.at = self.at.max(to);
    }

    fn tick(&mut self, passed: Duration) {
        self.at = self.at.saturating_add(u32::try_from(passed.as_millis()).unwrap_or(0));
    }
}
