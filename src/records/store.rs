//! The port through which calls are kept: messages in, answers out, never a wait.
//!
//! A store answers every request once, in the order of the requests. What it has answered with
//! [`Reply::Saved`] survives the end of the process and of the power.

use std::collections::BTreeMap;

use serde::Serialize;

use super::annotation::Annotation;
use super::record::{Head, Kept, json_len, too_long};
use super::text::{Text, is_id};
use super::{PIECE_LIMIT, Record};
use crate::call::{Ending, Event, TimedAction, TimedEvent};
use crate::standards::Id;

/// Something that keeps calls.
pub trait Store {
    /// Hands in a request; its answer comes from [`Store::poll`] under the same ticket.
    fn submit(&mut self, request: Request) -> Ticket;

    /// The answers that have arrived since the last time. Returns at once.
    fn poll(&mut self) -> Vec<(Ticket, Result<Reply, Failure>)>;
}

/// The longest name of a setting, in bytes.
const SETTING_NAME: usize = 64;

/// Says which answer belongs to which request of one store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

/// What can be asked of a store. Every request is done whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Begins a call and keeps the texts it refers to; those the store has already may be left out.
    /// → [`Reply::Saved`]
    Begin { head: Box<Head>, texts: Vec<Text> },
    /// Appends an action and the events since the last one. → [`Reply::Saved`]
    Act {
        id: String,
        /// How many actions there are already.
        sequence: u32,
        action: Box<TimedAction>,
        events: Vec<TimedEvent>,
    },
    /// Notes how far the call clock, in milliseconds, has come. → [`Reply::Saved`]
    ClockMark { id: String, at: u32 },
    /// Ends a call; nothing is appended afterwards. → [`Reply::Saved`]
    Finish {
        id: String,
        /// The record's clock, in milliseconds of call time.
        clock: u32,
        /// Those since the last action.
        events: Vec<TimedEvent>,
    },
    /// Loads an unfinished call and makes this store the only one that may append to it.
    /// → [`Reply::Record`]
    Resume(String),
    /// Throws an unfinished call away. → [`Reply::Saved`]
    Abandon(String),
    /// Throws away all the calls of one pseudonym with everything about them and what they said of themselves, or all
    /// that is kept: "finish shift". What they said of others' calls and in sessions stays with those. →
    /// [`Reply::Saved`]
    Wipe { by: Option<String> },
    /// All calls, by time taken and id. → [`Reply::Calls`]
    List,
    /// Calls begun and not finished. → [`Reply::Calls`]
    Unfinished,
    /// → [`Reply::Record`]
    Load(String),
    /// The text with this hash; with the list of some standards, all their files. → [`Reply::Texts`]
    Texts(String),
    /// → [`Reply::Saved`]
    Annotate(Box<Annotation>),
    /// The annotations of a record, or all, by time and id. → [`Reply::Annotations`]
    Annotations { of: Option<String> },
    /// Takes over what others exported, or says only what would become of it. An outcome for each
    /// item; what is not wanted is left out, the others are kept. → [`Reply::Imported`]
    Import { items: Vec<Item>, only_check: bool },
    /// Keeps an assessment, in place of an older one with the same key. → [`Reply::Saved`]
    PutAssessment(Box<Assessed>),
    /// The same of many calls at once: many hundred marks are one write to the disk. What is about a call that is no
    /// longer here is left out. → [`Reply::Saved`]
    PutAssessments(Vec<Assessed>),
    /// One assessment. → [`Reply::Assessments`] with at most one
    Assessment(AssessmentKey),
    /// Keeps something of this machine's under a name, or with `None` no longer: profiles, settings. Never
    /// exported. → [`Reply::Saved`]
    PutSetting { name: String, value: Option<String> },
    /// Everything kept by [`Request::PutSetting`]. → [`Reply::Settings`]
    Settings,
    /// The summaries of all assessments under some rules, `full` left empty. → [`Reply::Assessments`]
    Assessments { rules: u32 },
}

/// What a store answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It is on the disk.
    Saved,
    Calls(Vec<Summary>),
    Record(Box<Kept>),
    Texts(Vec<Text>),
    Annotations(Vec<Annotation>),
    /// In the order of the items.
    Imported(Vec<Outcome>),
    Assessments(Vec<Assessed>),
    /// Value by name.
    Settings(BTreeMap<String, String>),
}

/// What a list shows of a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    #[serde(flatten)]
    pub head: Head,
    pub finished: bool,
    /// Milliseconds of call time.
    pub clock: u32,
    /// How many actions.
    pub actions: u32,
    pub ending: Option<Ending>,
    /// Code of the disposition decided on, or yielded by a guide, last.
    pub decided: Option<Id>,
    /// Another process is taking this call at the moment; known for [`Request::Unfinished`] only.
    #[serde(skip)]
    pub elsewhere: bool,
}

/// One thing that is exported and imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Text(Text),
    Record(Box<Kept>),
    Annotation(Box<Annotation>),
}

/// What becomes of an imported item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// The same is here, or a later state of the same call.
    AlreadyHere,
    /// A later state of a call that is here unfinished.
    Continued,
    /// Something else is here under the same id: left out.
    Differs,
    /// An annotation of a call that is not here: left out.
    Stray,
}

impl Outcome {
    /// What is annotated now has to be new, and its call here.
    pub(super) fn must_be_new(self, annotation: &Annotation) -> Result<(), Failure> {
        match self {
            Self::New => Ok(()),
            Self::Stray => Err(Failure::NoCall { id: annotation.record().unwrap_or_default().to_owned() }),
            _ => Err(Failure::AlreadyPresent { id: annotation.id.clone() }),
        }
    }
}

/// What an assessment depends on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssessmentKey {
    pub record: String,
    pub scenario: Id,
    pub standards: Id,
    pub rules: u32,
}

/// A kept assessment. Both texts are JSON of the marking's making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    pub key: AssessmentKey,
    /// What lists and agreement need, short.
    pub summary: String,
    pub full: String,
}

/// Why a request was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("`{path}` cannot be used: {why}")]
    Unusable { path: String, why: String },
    #[error("nothing is kept in `{path}` yet")]
    Nothing { path: String },
    #[error("`{path}` is read-only, nothing can be kept there")]
    ReadOnly { path: String },
    #[error("the disk is full: `{path}` cannot take any more")]
    DiskFull { path: String },
    #[error("`{path}` is not a store of Rightcall's")]
    NotOurs { path: String },
    #[error("`{path}` is damaged: {what}")]
    Damaged { path: String, what: String },
    #[error("`{path}` was written by a newer Rightcall (store format {found}, this one knows {known})")]
    Newer { path: String, found: u32, known: u32 },
    #[error("another program is busy writing to `{path}`; try again")]
    Busy { path: String },
    #[error("reading or writing `{path}` failed: {why}")]
    Disk { path: String, why: String },
    #[error("call `{id}` is being taken in another window")]
    InUse { id: String },
    #[error("there is no call `{id}`")]
    NoCall { id: String },
    #[error("there is no text with the hash `{hash}`")]
    NoText { hash: String },
    #[error("`{id}` is there already")]
    AlreadyPresent { id: String },
    #[error("call `{id}` has {expected} actions, the next cannot be number {found}")]
    OutOfOrder { id: String, expected: u32, found: u32 },
    #[error("call `{id}` is finished, nothing can be added to it")]
    Finished { id: String },
    #[error("{0}")]
    Invalid(String),
    #[error("the store has stopped working")]
    Stopped,
    #[error("the store did not answer within {seconds} seconds")]
    NoAnswer { seconds: u32 },
    #[error("the system gives no random numbers: {why}")]
    NoRandomness { why: String },
}

impl Summary {
    /// What a list shows of this record.
    pub fn of(kept: &Kept) -> Self {
        let Record { head, actions, events, clock, .. } = &kept.record;
        let mut summary = Self {
            head: head.clone(),
            finished: kept.finished,
            clock: *clock,
            actions: u32::try_from(actions.len()).unwrap_or(u32::MAX),
            ending: None,
            decided: None,
            elsewhere: false,
        };
        summary.follow(events);
        summary
    }

    /// Takes note of further events.
    pub(super) fn follow(&mut self, events: &[TimedEvent]) {
        for timed in events {
            match &timed.event {
                Event::Decided { disposition, .. } | Event::Yielded { disposition, .. } => {
                    self.decided = Some(disposition.clone());
                }
                Event::Revised => self.decided = None,
                Event::Ended(ending) => self.ending = Some(*ending),
                _ => {}
            }
        }
    }
}

impl Request {
    /// Whether a store stays as it is.
    pub(super) fn only_reads(&self) -> bool {
        matches!(
            self,
            Self::List
                | Self::Unfinished
                | Self::Load(_)
                | Self::Texts(_)
                | Self::Annotations { .. }
                | Self::Assessment(_)
                | Self::Assessments { .. }
                | Self::Settings
                | Self::Import { only_check: true, .. }
        )
    }

    /// Whether the request can be done by any store: what is wrong with it in itself.
    ///
    /// # Errors
    /// [`Failure::Invalid`].
    pub(super) fn check(&self) -> Result<(), Failure> {
        let short = |ok: bool| if ok { Ok(()) } else { Err(too_long()) };
        let fits = |events: &[TimedEvent]| events.iter().all(|event| json_len(event) <= PIECE_LIMIT);
        match self {
            Self::Begin { head, texts } => head.check().and_then(|()| texts.iter().try_for_each(Text::check)),
            Self::Act { action, events, .. } => short(json_len(action.as_ref()) <= PIECE_LIMIT && fits(events)),
            Self::Finish { events, .. } => short(fits(events)),
            Self::Annotate(annotation) => annotation.check(),
            Self::PutSetting { name, value } => {
                short(name.len() <= SETTING_NAME && value.as_ref().is_none_or(|value| value.len() <= PIECE_LIMIT))
            }
            Self::Import { items, .. } => items.iter().try_for_each(|item| match item {
                Item::Text(text) => text.check(),
                // Its length was looked at when it was read, and looking takes time.
                Item::Record(kept) => kept.record.check_head(),
                Item::Annotation(annotation) => annotation.check(),
            }),
            _ => Ok(()),
        }
        .map_err(Failure::Invalid)
    }
}

/// Whether everything that a call refers to is given or kept.
pub(super) fn check_texts(
    head: &Head,
    given: &[Text],
    mut kept: impl FnMut(&str) -> Result<Option<Text>, Failure>,
) -> Result<(), Failure> {
    let mut find = |hash: &str| -> Result<Text, Failure> {
        let given = given.iter().find(|text| text.hash == hash).cloned();
        let found = if given.is_some() { given } else { kept(hash)? };
        found.ok_or_else(|| Failure::NoText { hash: hash.to_owned() })
    };
    find(&head.scenario)?;
    let list = find(&head.standards)?;
    list.listed().into_iter().try_for_each(|(_, hash)| find(hash).map(drop))
}

/// What becomes of a record of which one with the same id is here.
pub(super) fn compare(here: &Kept, new: &Kept) -> Outcome {
    let grew = |short: &Record, long: &Record| {
        short.format == long.format
            && short.head == long.head
            && short.clock <= long.clock
            && long.actions.starts_with(&short.actions)
            && long.events.starts_with(&short.events)
    };
    if here == new || (!new.finished && grew(&new.record, &here.record)) {
        Outcome::AlreadyHere
    } else if !here.finished && grew(&here.record, &new.record) {
        Outcome::Continued
    } else {
        Outcome::Differs
    }
}

/// Refuses what is no id, before it becomes part of a path or a query.
pub(super) fn call_id(id: &str) -> Result<&str, Failure> {
    if is_id(id) { Ok(id) } else { Err(Failure::NoCall { id: id.to_owned() }) }
}
