//! What a trainee does. Actions are the source of a record; everything else follows from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scenario::Person;
use crate::standards::{FieldName, Id, Stage};

/// One thing a trainee does.
///
/// In RON: `Say(utterance: "q-breathing-now")`, `Note("numb on wiping")`, `Hold`. In JSON:
/// `{"Say": {"utterance": "q-breathing-now"}}`, `{"Note": "numb on wiping"}`, `"Hold"`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum Action {
    /// Says something from the bank, advice included.
    Say {
        utterance: Id,
        /// Whoever is on the line when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Person>,
    },
    /// Says something in one's own words. Resolved once, when entered: the record keeps both, and a
    /// replay does not match again.
    SayFree {
        text: String,
        /// The utterance it was taken for; absent: nobody understood.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resolved: Option<Id>,
    },
    /// Says a line of the caller's back to them.
    QuoteBack {
        /// Number of the line.
        line: u32,
    },
    /// Cuts the caller short.
    Interrupt,
    /// Says nothing for a while.
    Wait {
        /// 1 to 120.
        seconds: u32,
    },
    EnterStage(Stage),
    /// Asks for somebody to come to the phone.
    SpeakTo(Person),
    Hold,
    Resume,
    LookUp(LookUp),
    /// Asks a clinician while the caller holds.
    AskClinician {
        question: String,
    },
    /// Hands the live call to a clinician.
    Transfer {
        sbar: Sbar,
    },
    /// Types into the contact record.
    Field {
        name: FieldName,
        text: String,
    },
    /// Ticks a field as confirmed aloud: a claim, checked against the transcript.
    ConfirmField {
        name: FieldName,
    },
    /// Keeps a line for the handover.
    Pin {
        line: u32,
        slot: Slot,
    },
    Unpin {
        line: u32,
    },
    /// Replaces the notes for the record.
    Note(String),
    ChooseGuide(Id),
    /// Records the answer to a question of the guide, as understood.
    Record {
        question: Id,
        answer: Recorded,
    },
    Decide {
        disposition: Id,
        #[serde(default)]
        reason: String,
        confidence: Confidence,
    },
    /// Takes the decision back; clears what was arranged.
    Revise,
    /// Searches the directory.
    Search,
    Offer(Id),
    Accept(Id),
    Reject {
        service: Id,
        /// Id of a reject reason.
        reason: u16,
        #[serde(default)]
        comment: String,
    },
    /// Ticks advice as given: a claim, checked against the transcript.
    TickAdvice(Id),
    /// Steps away; call time stands still.
    Pause,
    /// Ends the call when all is said.
    Close,
    /// Breaks the exercise off.
    EndEarly,
}

/// What can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum LookUp {
    SpecialNotes,
    PreviousContacts,
    /// Clinicians only.
    SummaryRecord,
}

/// A handover: situation, background, assessment, recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sbar {
    #[serde(default)]
    pub situation: String,
    #[serde(default)]
    pub background: String,
    #[serde(default)]
    pub assessment: String,
    #[serde(default)]
    pub recommendation: String,
}

/// A slot of the handover to which a line can be pinned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Slot {
    Situation,
    Background,
    Assessment,
    Recommendation,
}

/// An answer as recorded in a guide; "yes" is the worrying one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Recorded {
    Yes,
    No,
    NotSure,
}

/// How sure a trainee is of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Confidence {
    Guess,
    Leaning,
    Fairly,
    Certain,
}

/// An action and when it was done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TimedAction {
    /// Milliseconds of call time.
    pub at: u32,
    #[serde(rename = "do")]
    pub action: Action,
}
