//! The record of one call: its actions are the source, its events the witness.

use serde::{Deserialize, Serialize};

use super::text::{is_hash, is_id};
use crate::call::{Event, TimedAction, TimedEvent};
use crate::standards::Id;

/// Version of the shape of [`Record`]; raised when the shape changes.
pub const FORMAT: u32 = 1;

/// One call as it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(from = "Flat")]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Head {
    /// 128 random bits in lower-case hexadecimal: the key for import.
    pub id: String,
    /// [`crate::call::RULES`] under which the events were produced.
    pub rules: u32,
    /// Neutral name of the call, `call-0412`: the slug would give it away in an export. What counts is
    /// the hash.
    pub call: Id,
    /// Hash of the scenario's text.
    pub scenario: Id,
    /// Hash of the standards.
    pub standards: Id,
    /// Id of the variant; absent: as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<Id>,
    pub seed: u64,
    /// Id of the role.
    pub role: Id,
    pub mode: Mode,
    /// Pseudonym of the trainee; may be empty.
    pub by: String,
    /// Civil date and time at which the call was begun, from the shell; may be empty.
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

/// The longest head, action or event, in bytes of its JSON: what can be kept can be exported, where
/// a line is at most 1 MiB.
pub const PIECE_LIMIT: usize = 256 << 10;

/// A record as it is kept: a call may still be going on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub record: Record,
    pub finished: bool,
}

/// A [`Record`] as read: `flatten` would take in anything before refusing it, and lose the place of
/// what is wrong.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Record")]
struct Flat {
    format: u32,
    id: String,
    rules: u32,
    call: Id,
    scenario: Id,
    standards: Id,
    #[serde(default)]
    variant: Option<Id>,
    seed: u64,
    role: Id,
    mode: Mode,
    #[serde(default)]
    by: String,
    #[serde(default)]
    taken: String,
    actions: Vec<TimedAction>,
    events: Vec<TimedEvent>,
    clock: u32,
}

impl From<Flat> for Record {
    fn from(flat: Flat) -> Self {
        let Flat { format, id, rules, call, scenario, standards, variant, seed, role, .. } = flat;
        let Flat { mode, by, taken, actions, events, clock, .. } = flat;
        let head = Head { id, rules, call, scenario, standards, variant, seed, role, mode, by, taken };
        Self { format, head, actions, events, clock }
    }
}

impl Record {
    /// Whether the call has come to its end.
    pub fn has_ended(&self) -> bool {
        self.events.iter().any(|timed| matches!(timed.event, Event::Ended(_)))
    }

    /// How many actions and events.
    pub fn entries(&self) -> usize {
        self.actions.len() + self.events.len()
    }

    /// A call just begun.
    pub fn begun(head: Head) -> Self {
        Self { format: FORMAT, head, actions: Vec::new(), events: Vec::new(), clock: 0 }
    }

    /// Whether it can be kept: format, ids and hashes, nothing longer than [`PIECE_LIMIT`].
    ///
    /// # Errors
    /// One sentence.
    pub fn check(&self) -> Result<(), String> {
        self.check_head()?;
        let mut sizes = self.actions.iter().map(json_len).chain(self.events.iter().map(json_len));
        if sizes.any(|size| size > PIECE_LIMIT) {
            return Err(too_long());
        }
        Ok(())
    }

    /// As [`Record::check`], for a record that comes from a line too short to have anything too long
    /// in it.
    pub(super) fn check_head(&self) -> Result<(), String> {
        if self.format != FORMAT {
            return Err(format!(
                "the record has format {}, this version of Rightcall reads format {FORMAT}",
                self.format
            ));
        }
        self.head.check()
    }
}

impl Head {
    /// Whether ids and hashes are such, and nothing is too long.
    ///
    /// # Errors
    /// One sentence.
    pub fn check(&self) -> Result<(), String> {
        if !is_id(&self.id) {
            return Err(format!("`{}` is not an id of 32 hexadecimal digits", self.id));
        }
        for hash in [&self.scenario, &self.standards] {
            if !is_hash(hash) {
                return Err(format!("`{hash}` is not a hash of 64 hexadecimal digits"));
            }
        }
        if json_len(self) > PIECE_LIMIT { Err(too_long()) } else { Ok(()) }
    }
}

pub(super) fn too_long() -> String {
    format!("a single entry of a call is longer than {} KiB", PIECE_LIMIT >> 10)
}

/// Length of something's JSON in bytes, without building it.
pub(super) fn json_len(thing: &impl Serialize) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    match serde_json::to_writer(&mut count, thing) {
        Ok(()) => count.0,
        Err(_) => usize::MAX,
    }
}
