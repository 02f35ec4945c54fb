//! What happens in a call. Events are the witness: the same actions under the same rules give the
//! same events, byte for byte.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::action::{Confidence, LookUp, Recorded, Sbar, Slot};
use crate::scenario::Person;
use crate::standards::{FieldName, Id, Stage};

/// An event and when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TimedEvent {
    /// Milliseconds of call time.
    pub at: u32,
    #[serde(rename = "is")]
    pub event: Event,
}

/// Who is heard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub enum Speaker {
    Trainee,
    Caller,
    Patient,
    /// Name of somebody else in the room.
    Other(Arc<str>),
    Clinician,
    /// A sound, not a voice.
    Sound,
}

impl Speaker {
    /// Somebody else than the trainee says it, in words: it can be given a voice.
    #[must_use]
    pub fn has_voice(&self) -> bool {
        !matches!(self, Self::Trainee | Self::Sound)
    }
}

/// How a fact came to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Told {
    /// It was asked for.
    Asked,
    /// The caller let it slip.
    Volunteered,
}

/// Why a guide yielded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Yielded {
    /// A step's answer.
    Step,
    /// Nothing applied to the end.
    End,
    /// Too many "not sure".
    NotSure,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub enum Event {
    /// A line of the transcript. Numbers count up from 0 in order of speaking.
    Line {
        line: u32,
        by: Speaker,
        text: Arc<str>,
        /// When the last word is out, in milliseconds of call time.
        until: u32,
        /// What the trainee said from the bank, or what is being answered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        utterance: Option<Id>,
        /// Id of the beat, where it came by itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beat: Option<Id>,
    },
    /// The line was cut short; what it would have told was not heard.
    Cut {
        line: u32,
    },
    /// A fact came to light when the line had been spoken.
    Fact {
        fact: Id,
        line: u32,
        how: Told,
    },
    /// The caller's mood, 0 to 100, has changed.
    Mood(u32),
    /// A beat without words happened.
    Beat(Id),
    Stage(Stage),
    /// Who is on the line now.
    OnTheLine(Person),
    Held,
    Resumed,
    LookedUp {
        what: LookUp,
        found: Vec<Arc<str>>,
    },
    /// A clinician was asked; the answer is the line.
    ClinicianAnswered {
        line: u32,
    },
    Transferred {
        sbar: Sbar,
    },
    /// No clinician was free; the caller is still on the line.
    TransferFailed {
        sbar: Sbar,
    },
    Field {
        name: FieldName,
        text: Arc<str>,
    },
    FieldConfirmed(FieldName),
    Pinned {
        line: u32,
        slot: Slot,
    },
    Unpinned {
        line: u32,
    },
    Note(Arc<str>),
    GuideChosen(Id),
    Recorded {
        guide: Id,
        question: Id,
        answer: Recorded,
    },
    /// The guide yields a disposition.
    Yielded {
        guide: Id,
        disposition: Id,
        why: Yielded,
    },
    Decided {
        disposition: Id,
        reason: Arc<str>,
        confidence: Confidence,
        early: bool,
    },
    Revised,
    /// What the directory returned, ranked. A gap: nothing was left but the catch-all.
    Listed {
        services: Vec<Id>,
        gap: bool,
    },
    Offered {
        service: Id,
        accepts: bool,
    },
    Accepted(Id),
    Rejected {
        service: Id,
        reason: u16,
        comment: Arc<str>,
    },
    Ticked(Id),
    Paused,
    Ended(Ending),
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Ending {
    Closed,
    Transferred,
    /// Broken off.
    Early,
    /// After 60 minutes.
    TimeUp,
    /// After 2,000 actions.
    TooLong,
}
