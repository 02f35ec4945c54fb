//! What is so at one moment of a call.

use std::sync::Arc;

use super::action::{Confidence, Recorded, Slot};
use super::event::{Ending, Speaker, Told};
use crate::scenario::Person;
use crate::standards::{FieldName, Id, Stage};

/// A line of the transcript as the engine keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Place of its event.
    pub event: usize,
    pub by: Speaker,
    pub text: Arc<str>,
    /// First word, in milliseconds of call time.
    pub from: u32,
    /// Last word.
    pub until: u32,
    /// Place of an utterance in the bank: said by the trainee, or answered.
    pub utterance: Option<usize>,
    /// Place of the beat in the scenario, where it came by itself.
    pub beat: Option<usize>,
    /// The line it quotes back.
    pub quotes: Option<u32>,
    pub cut: bool,
    /// It is said over the line before it.
    pub over: bool,
}

/// How a fact came to light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Light {
    pub line: u32,
    pub at: u32,
    pub how: Told,
}

/// How often and when something was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    pub times: u16,
    /// Number of the first line; meaningless while `times` is 0.
    pub first: u32,
}

/// A field of the contact record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: FieldName,
    pub text: Arc<str>,
    pub confirmed: bool,
}

/// An answer recorded in a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub guide: Id,
    pub question: Id,
    pub answer: Recorded,
    pub at: u32,
    /// Place of the event.
    pub event: usize,
}

/// Where a guide stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideState {
    /// Id of the guide first chosen.
    pub chosen: Id,
    /// Id of the guide in hand; another one after a "go to".
    pub guide: Id,
    /// Question to be recorded next; absent at the end.
    pub next: Option<Id>,
    /// Answers that stand.
    pub entries: Vec<Entry>,
    /// The disposition that it yields, once it does.
    pub yields: Option<Id>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub disposition: Id,
    pub reason: Arc<str>,
    pub confidence: Confidence,
    /// Before the guide had yielded it.
    pub early: bool,
    pub at: u32,
    /// Place of the event.
    pub event: usize,
}

/// A service that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    pub service: Id,
    pub reason: u16,
    pub comment: Arc<str>,
    pub event: usize,
}

/// A pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    pub line: u32,
    pub slot: Slot,
}

/// Everything that an action can change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Milliseconds of call time that the engine has worked off.
    pub now: u32,
    /// When the line being spoken, or the last one, ends.
    pub speaking_until: u32,
    pub lines: Vec<Line>,
    pub(super) said: Vec<Said>,
    pub(super) told: Vec<Option<Light>>,
    /// When each beat happened.
    pub(super) beats: Vec<BeatState>,
    pub(super) given: Vec<u16>,
    pub(super) pending: Vec<Pending>,
    pub(super) drawn: u32,
    pub opened: bool,
    /// 0 desperate, 100 at ease.
    pub mood: u32,
    pub stage: Stage,
    pub on_the_line: Person,
    pub held: bool,
    /// A clinician was asked.
    pub asked_clinician: bool,
    pub fields: Vec<Field>,
    pub pins: Vec<Pin>,
    pub notes: Arc<str>,
    pub guide: Option<GuideState>,
    pub decision: Option<Decision>,
    /// What the directory returned, ranked; absent: not searched.
    pub listed: Option<Vec<Id>>,
    /// Nothing was left but the catch-all.
    pub gap: bool,
    /// Offered services, and whether the caller agreed.
    pub offered: Vec<(Id, bool)>,
    pub rejected: Vec<Rejection>,
    pub accepted: Option<Id>,
    pub ticked: Vec<Id>,
    pub(super) trainee_lines: u32,
    pub ended: Option<Ending>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct BeatState {
    pub due: Option<u32>,
    pub done: bool,
    pub happened: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pending {
    pub at: u32,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Tell { fact: u16, line: u32, how: Told },
    Clinician,
}
