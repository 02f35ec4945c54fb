//! One call being taken: actions in, events out; seeded, replayable.

mod action;
mod event;

pub use action::{
    Action, Confidence, LookUp, Recorded, Sbar, Slot, TimedAction,
};
pub use event::{Ending, Event, Speaker, TimedEvent, Told, Yielded};
