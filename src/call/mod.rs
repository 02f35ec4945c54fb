//! One call being taken: actions in, events out; seeded, replayable.

mod action;
pub mod directory;
mod engine;
mod event;
mod fields;
mod guide;
pub mod matcher;
mod perform;
mod player;
mod random;
mod referral;
mod refusal;
mod script;
pub mod speech;
mod state;
mod talk;

pub use action::{Action, Confidence, LookUp, Recorded, Sbar, Slot, TimedAction};
pub use engine::{Call, LONGEST, MOST_ACTIONS};
pub use event::{Ending, Event, Speaker, TimedEvent, Told, Yielded};
pub use fields::{FIELD_TEXT, FIELDS, says_the_truth, truth};
pub use guide::steps;
pub use perform::{NOTE_TEXT, SBAR_TEXT};
pub use player::{Scripted, Stopped, play};
pub use random::{Stream, draw};
pub use referral::COMMENT_TEXT;
pub use refusal::Refusal;
pub use script::Script;
pub use state::{Decision, Entry, Field, GuideState, Light, Line, Pin, Rejection, Said, State};
pub use talk::FREE_TEXT;

/// Raised whenever the engine or the marking could change an event or a mark.
pub const RULES: u32 = 3;

/// Call time, in milliseconds, as `03:27`.
#[must_use]
pub fn clock(at: u32) -> String {
    let seconds = at / 1000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}
