//! What happens in a session: appended one after the other, kept as annotations, never changed.

use serde::{Deserialize, Serialize};

use super::super::agenda::Format;
use super::super::facilitation::Facilitation;
use crate::records::{Annotation, AnnotationKind, Rating};
use crate::standards::Id;

/// A session as it was planned. Nothing in it says who decided what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// 128 random bits in lower-case hexadecimal, from the shell.
    pub id: String,
    pub name: String,
    /// Civil date and time for which it is planned; may be empty.
    pub when: String,
    pub format: Format,
    pub facilitation: Facilitation,
    /// Pseudonym or name of whoever leads it.
    pub facilitator: String,
    /// How many are expected; the reveal waits for them or is told not to.
    pub invited: u32,
    pub calls: Vec<PlannedCall>,
    /// Draws the codes of the blind round.
    pub seed: u64,
    /// Somebody in it is simulated: everything that is shown or printed says so.
    #[serde(default)]
    pub simulated: bool,
}

/// A call to talk about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedCall {
    /// Neutral name, `call-0412`.
    pub call: Id,
    /// Hash of the scenario's text.
    pub scenario: String,
    #[serde(default)]
    pub variant: Option<Id>,
    /// Role whose model answer it is held against.
    pub role: Id,
    /// Id of the record that is replayed; absent: the model call.
    #[serde(default)]
    pub record: Option<String>,
    /// Whose call that is: asked today before it is played. Absent: nobody's, or a simulated person's.
    #[serde(default)]
    pub owner: Option<String>,
    /// From where to where it is played, in milliseconds of call time.
    #[serde(default)]
    pub clip: Option<(u32, u32)>,
    /// Best outcome, acceptable ones, for the reveal.
    pub best: Id,
    #[serde(default)]
    pub acceptable: Vec<Id>,
    /// Questions to ask the room, from what was really different ([`super::super::prompts`]).
    #[serde(default)]
    pub prompts: Vec<String>,
}

/// How a decision came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Channel {
    /// A code that the trainer typed.
    Typed,
    /// A printed card that was handed in.
    Card,
    /// A file from somebody's device.
    File,
}

/// Which column something that was said belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Side {
    WentWell,
    Differently,
}

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum By {
    Volunteer,
    Room,
}

/// What the group agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LearningPoint {
    pub text: String,
    /// Civil date on which it was agreed, `YYYY-MM-DD`.
    pub on: String,
    /// Who keeps an eye on it.
    pub owner: String,
    /// Civil date on which it is looked at again, `YYYY-MM-DD`.
    pub review: String,
    /// How many agreed, of how many.
    pub agree: u32,
    pub of: u32,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub enum SessionEvent {
    /// Always first.
    Planned(Box<Plan>),
    /// Everybody is there; `at` is a civil date and time.
    Begun {
        at: String,
        present: u32,
    },
    /// The owner of a call said today whether it may be played; the last word counts.
    Consent {
        call: u32,
        given: bool,
    },
    /// From where to where a call is played, in milliseconds of call time, chosen by whoever leads; the last word counts.
    /// `model`: of the model call, which is not as long as the call that was taken.
    Part {
        call: u32,
        model: bool,
        from: u32,
        to: u32,
    },
    /// On to the next step. Seconds since the beginning of the session.
    Next {
        at: u32,
    },
    /// Somebody decided. `seat` tells decisions apart and is nobody's name: the number of a card, of a chair. A second
    /// decision of one seat takes the place of the first, until the reveal.
    Decided {
        seat: String,
        disposition: Id,
        /// On a professional register, where they say so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        registered: Option<bool>,
        by: Channel,
    },
    /// A decision was typed by mistake.
    TakenBack {
        seat: String,
    },
    /// The reveal, though not everybody has decided.
    NotAll,
    /// Who speaks first: whose call it is, or somebody who would. Absent: nobody wants to.
    Volunteer {
        name: Option<String>,
    },
    SelfScore(Rating),
    Said {
        side: Side,
        by: By,
        text: String,
    },
    /// The learning point of this call; a later one takes its place.
    Agreed(LearningPoint),
    /// Nothing was agreed on this call.
    NothingAgreed,
    /// What each takes along, in a sentence.
    TakeAway(String),
    Closed {
        at: u32,
    },
    /// The point was looked at again.
    FollowedUp {
        call: u32,
        on: String,
        words: String,
        kept: Kept,
    },
}

/// What became of a learning point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Kept {
    Yes,
    Partly,
    No,
}

impl SessionEvent {
    /// The event as it is kept: the `sequence`th of session `session`, by whoever leads it. `id` is fresh, from the
    /// shell; `at` a civil date and time.
    #[must_use]
    pub fn annotation(&self, session: &str, sequence: u32, by: &str, id: &str, at: &str) -> Annotation {
        Annotation {
            id: id.to_owned(),
            by: by.to_owned(),
            target: None,
            at: at.to_owned(),
            kind: AnnotationKind::Session { session: session.to_owned(), sequence },
            // An event has no map with odd keys in it, so it cannot fail to become JSON.
            text: serde_json::to_string(self).unwrap_or_default(),
            shared: false,
        }
    }
}

/// The events of a session among annotations, in their order. Where two writers have appended under one number, the
/// one that comes first by time and id counts and the others are left out: append-only holds for everybody.
///
/// # Errors
/// A sentence: an event is missing, or cannot be read.
pub fn events_of(session: &str, annotations: &[Annotation]) -> Result<Vec<SessionEvent>, String> {
    let mut kept: Vec<(u32, &Annotation)> = annotations
        .iter()
        .filter_map(|one| match &one.kind {
            AnnotationKind::Session { session: of, sequence } if of == session => Some((*sequence, one)),
            _ => None,
        })
        .collect();
    kept.sort_by(|(n, a), (m, b)| (n, &a.at, &a.id).cmp(&(m, &b.at, &b.id)));
    kept.dedup_by_key(|(n, _)| *n);
    let mut events = Vec::with_capacity(kept.len());
    for (expected, (n, one)) in (0..).zip(kept) {
        if n != expected {
            return Err(format!("event {expected} of the session is missing"));
        }
        let event = serde_json::from_str(&one.text);
        events.push(event.map_err(|problem| format!("event {n} of the session cannot be read: {problem}"))?);
    }
    Ok(events)
}

/// The sessions among annotations: id and plan, the latest first.
#[must_use]
pub fn sessions(annotations: &[Annotation]) -> Vec<Plan> {
    let planned = annotations.iter().filter_map(|one| match &one.kind {
        AnnotationKind::Session { sequence: 0, .. } => serde_json::from_str::<SessionEvent>(&one.text).ok(),
        _ => None,
    });
    let mut plans: Vec<Plan> = planned
        .filter_map(|event| match event {
            SessionEvent::Planned(plan) => Some(*plan),
            _ => None,
        })
        .collect();
    plans.sort_by(|a, b| (&b.when, &b.id).cmp(&(&a.when, &a.id)));
    plans
}
