//! The record of one call: its actions are the source, its events the witness.

use serde::{Deserialize, Serialize};

use crate::call::{TimedAction, TimedEvent};
use crate::standards::Id;

/// Version of the shape of [`Record`]; raised when the shape changes.
pub const FORMAT: u32 = 1;

/// One call as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// [`FORMAT`] of whoever wrote it.
    pub format: u32,
    #[serde(flatten)]
    pub head: Head,
    /// What the trainee did.
    pub actions: Vec<TimedAction>,
    /// What happened.
    pub events: Vec<TimedEvent>,
    /// How far the call clock had come, in milliseconds.
    pub clock: u32,
}

/// Everything about a call that is fixed when it begins.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Head {
    /// 128 random bits in lower-case hexadecimal: the key for import.
    pub id: String,
    /// [`crate::call::RULES`] under which the events were produced.
    pub rules: u32,
    /// Slug of the scenario, for lists; what counts is the hash.
    pub slug: Id,
    /// Hash of the scenario's text.
    pub scenario: String,
    /// Hash of the standards.
    pub standards: String,
    /// Id of the variant; absent: as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Id>,
    pub seed: u64,
    /// Id of the role.
    pub role: Id,
    pub mode: Mode,
    /// Pseudonym of the trainee; may be empty.
    #[serde(default)]
    pub by: String,
    /// Civil date and time at which the call was begun, from the shell; may be empty.
    #[serde(default)]
    pub taken: String,
}

/// In what manner a call is practised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Mode {
    /// Everything to be seen.
    #[default]
    Coach,
    /// Earlier lines and tension hidden.
    Exam,
    /// A role that decides by guide is given the free ladder: an exercise, labelled as such.
    JudgementExercise,
    /// Guided, untimed and never marked: the first call.
    Guided,
}
