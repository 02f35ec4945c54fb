//! A skill-sharing session: a state machine of events that are kept, so that it can be broken off and gone on with.
//!
//! [`SessionEvent`]s are asked about with [`Session::check`], saved as annotations ([`SessionEvent::annotation`]) and
//! then applied. Times are arguments. Decisions of the blind round carry a seat and no name; [`Reveal`] is the only
//! way to see them, and shows nothing before everybody's are in.

mod cards;
mod codes;
mod devices;
mod event;
mod reveal;
mod state;
#[cfg(test)]
pub(super) mod tests;

pub use cards::{cards, decisions_from_file};
pub use codes::{CodeError, Coded, Codes, Outcome, outcomes};
pub use devices::{FromDevices, decision_file, read_devices, read_round, round_word};
pub use event::{By, Channel, Kept, LearningPoint, Plan, PlannedCall, SessionEvent, Side, events_of, sessions};
pub use reveal::{Reveal, RungDots};
pub use state::{CallState, Decision, Plays, Refused, Session, THREE};
#[cfg(test)]
pub(super) use tests::play as played;
