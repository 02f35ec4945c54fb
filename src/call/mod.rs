//! One call being taken: actions in, events out; seeded, replayable.

mod action;
pub mod directory;
mod event;
pub mod matcher;
mod random;

pub use action::{Action, Confidence, LookUp, Recorded, Sbar, Slot, TimedAction};
pub use event::{Ending, Event, Speaker, TimedEvent, Told, Yielded};
pub use random::draw;

/// Raised whenever the engine or the marking could change an event or a mark.
pub const RULES: u32 = 1;
