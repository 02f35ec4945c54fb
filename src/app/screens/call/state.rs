//! How the call screen stands: what is typed, chosen, open. Nothing of the call itself.

use super::coach::Coach;
use super::filter::Filter;
use super::outcome::state::Outcome;
use crate::app::live::Live;
use crate::call::{Action, FIELDS, LookUp, Sbar};
use crate::records::Mode;

/// Something to be done, from any panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    Act(Action),
    /// Say exactly these words: understood or not.
    SayFreely(String),
    View(View),
    /// Opens or closes the ask bar below the outcome.
    SayBar(bool),
    Open(Over),
    CloseOver,
    Pause,
    /// What was refused or said is read: it goes.
    Read,
    /// Lets time pass until everything under way has been said.
    Skip,
    FocusAsk,
    FocusTranscript,
    FocusNotes,
    FocusRecord,
    /// This field of the contact record.
    FocusField(usize),
    Export,
    /// Writes what somebody said into this field of the contact record.
    Fill(usize, String),
    /// Goes to the debrief of a call that is over and not kept.
    Leave,
    /// Puts this into the ask bar.
    Type(String),
    /// Lists this part of the bank, or all of it.
    Filter(Option<Filter>),
    Show(Tab),
    /// Shows or hides what was said earlier.
    Earlier(bool),
    /// Switches sound off, or on.
    Sound,
    /// A quiet minute, with the call at a stand.
    Breathe,
    /// Leaves the call as it stands, to come back to it.
    StepOut,
    /// The next step of the guided call.
    NextStep,
    /// The guided call without its guide.
    NoGuide,
}

/// How much room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Room {
    /// Everything at once, in three columns.
    #[default]
    Wide,
    /// Two columns; record, pins and topics in tabs.
    Medium,
    /// Transcript and ask bar; everything else in tabs.
    Small,
}

impl Room {
    /// For an area of this size, in points.
    pub fn of(size: bevy_egui::egui::Vec2) -> Self {
        if size.x >= 1120.0 && size.y >= 600.0 {
            Self::Wide
        } else if size.x >= 720.0 && size.y >= 480.0 {
            Self::Medium
        } else {
            Self::Small
        }
    }
}

/// What stands beside the transcript, or in its place, where there is no room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    #[default]
    Talk,
    Record,
    Pins,
    Topics,
    More,
}

/// What fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    #[default]
    Talk,
    /// Decide, refer, advise.
    Outcome,
}

/// What lies over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    Hold,
    Transfer,
    BreakOff,
    /// What is arranged and what is not, before one hangs up.
    Closing,
    OnFile(LookUp),
    Handover,
}

/// Whether callers are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sound {
    pub on: bool,
    /// Why this one is not, in a few words.
    pub silent: Option<&'static str>,
    /// It is to be switched.
    pub pressed: bool,
}

#[derive(Default)]
pub struct CallUi {
    pub sound: Sound,
    pub view: View,
    pub over: Option<Over>,
    pub ask: Ask,
    pub tab: Tab,
    /// How much room there was when it was last painted.
    pub room: Room,
    /// The line chosen by keyboard.
    pub line: Option<u32>,
    /// What was said earlier is to be seen.
    pub earlier: bool,
    /// The pause is a quiet minute.
    pub breathes: bool,
    /// Seen from behind on the body map.
    pub from_behind: bool,
    pub coach: Option<Coach>,
    /// The call is left as it stands, to be gone on with later.
    pub stepped_out: bool,
    /// What is typed in the fields of the contact record, and what of it the call knows.
    pub fields: Vec<Draft>,
    pub notes: Draft,
    pub question: String,
    pub sbar: Sbar,
    pub outcome: Outcome,
    pub said: Option<String>,
    /// The ask bar is to be given the keyboard as soon as nothing lies over it.
    pub fresh: bool,
    /// The call is over and may be left without being kept.
    pub left: bool,
}

/// The ask bar.
#[derive(Default)]
pub struct Ask {
    pub typed: String,
    pub chosen: usize,
    /// The part of the bank that is listed.
    pub filter: Option<Filter>,
    /// Words that were not understood, and what is nearest.
    pub unclear: Option<(String, Vec<usize>)>,
    /// `Enter` was pressed before the list had caught up with what was typed.
    pub entered: Option<Entered>,
    /// What was typed behind that `Enter`.
    pub after: String,
}

/// A key that waits for the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// It says the words as they stand.
    pub as_typed: bool,
    /// Typed behind it: the beginning of the next line.
    pub then: String,
}

impl Ask {
    /// Nothing is typed, and nothing is listed.
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty() && self.filter.is_none() && self.unclear.is_none()
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Text being typed.
#[derive(Default)]
pub struct Draft {
    pub text: String,
    known: String,
}

impl Draft {
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), known: text.to_owned() }
    }

    /// What was heard stands in the field, as if typed.
    pub fn fill(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }

    /// What has been typed since the call last heard of it.
    pub fn take_news(&mut self) -> Option<String> {
        if self.text.trim() == self.known.trim() {
            return None;
        }
        self.known.clone_from(&self.text);
        Some(self.text.trim().to_owned())
    }
}

impl CallUi {
    pub fn new(live: &Live) -> Self {
        let call = live.call();
        let fields = FIELDS.iter().map(|name| Draft::new(&call.field(*name).unwrap_or_default())).collect();
        Self {
            fields,
            notes: Draft::new(&call.state().notes),
            fresh: true,
            over: if live.clock() == 0 { handover(live) } else { None },
            coach: (live.mode() == Mode::Guided).then(|| Coach::new(live)),
            ..Self::default()
        }
    }

    /// The phone has not been answered yet: something is to be read first.
    pub fn is_waiting(&self, live: &Live) -> bool {
        live.clock() == 0 && self.over == Some(Over::Handover)
    }

    /// What is typed and not known to the call yet, as actions.
    pub fn typed(&mut self) -> Vec<Action> {
        let mut actions: Vec<Action> = FIELDS
            .iter()
            .zip(&mut self.fields)
            .filter_map(|(name, draft)| Some(Action::Field { name: *name, text: draft.take_news()? }))
            .collect();
        actions.extend(self.notes.take_news().map(Action::Note));
        actions
    }
}

/// What was handed over to somebody who rings back.
pub fn handover(live: &Live) -> Option<Over> {
    let call = live.call();
    let handover = call.script().scenario.handover.as_ref();
    handover.is_some_and(|handover| handover.roles.contains(&call.role().id)).then_some(Over::Handover)
}
