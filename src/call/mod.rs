//! One call being taken: actions in, events out; seeded, replayable.

mod action;
pub mod directory;
mod event;
pub mod matcher;

pub use action::{
    Action, Confidence, LookUp, Recorded, Sbar, Slot, TimedAction,
};
pub use event::{Ending, Event, Speaker, TimedEvent, Told, Yielded};
