//! How a person stands with a call set: what the desk and the page of handing back show.

use jiff::civil::Date;

use super::{Opened, Sets};
use crate::app::caller;
use crate::app::library::{Library, call_number, content_note, number_of};
use crate::app::past::Past;
use crate::app::taking::How;
use crate::records::{Mode, Summary};
use crate::sharing::call_set::{Progress, SetCall, calls_of_set};

/// A call set on somebody's desk.
#[derive(Debug, Clone, PartialEq)]
pub struct SetOnDesk {
    pub hash: String,
    pub name: String,
    /// Who hands it out; may be empty.
    pub by: String,
    pub note: String,
    pub due: Option<Date>,
    /// Below zero: overdue.
    pub days_left: Option<i64>,
    pub mode: Mode,
    /// Name of the role in which everybody takes it; absent: each in their own.
    pub role: Option<String>,
    /// In this person's order.
    pub rows: Vec<Row>,
}

/// One call of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Place in the file.
    pub place: usize,
    /// "Call 0412".
    pub number: String,
    pub caller: String,
    /// "A woman calling about her mother."
    pub who: String,
    pub notes: Vec<&'static str>,
    pub state: HowFar,
}

/// How far somebody is with one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HowFar {
    Waiting,
    /// The role in which one would take it may not.
    NotForRole,
    /// By the id of its record.
    Begun(String),
    Done(String),
}

impl SetOnDesk {
    pub fn of(opened: &Opened, sets: &Sets, past: &Past, library: &Library, how: &How, by: &str, today: Date) -> Self {
        let set = &opened.loaded.set;
        let taken = taken(opened, sets, past, by);
        let role = set.role.as_ref().unwrap_or(&how.role);
        let row = |call: &SetCall| {
            let place = set.calls.iter().position(|other| other == call)?;
            let entry = opened.entry(call, library)?;
            let overlay = entry.scenario.variants.iter().find(|variant| Some(&variant.id) == call.variant.as_ref());
            let (caller, patient) = caller::people(&entry.scenario, overlay);
            let state = match set.progress(call, &taken) {
                Progress::Done(summary) => HowFar::Done(summary.head.id.clone()),
                Progress::Begun(summary) => HowFar::Begun(summary.head.id.clone()),
                Progress::Waiting if !entry.scenario.roles.contains(role) => HowFar::NotForRole,
                Progress::Waiting => HowFar::Waiting,
            };
            Some(Row {
                place,
                number: call_number(entry.scenario.number),
                caller: caller.name.to_string(),
                who: caller::in_words(caller, patient, &entry.scenario.clock),
                notes: entry.scenario.content_notes.iter().map(|note| content_note(*note)).collect(),
                state,
            })
        };
        Self {
            hash: opened.loaded.hash.clone(),
            name: set.name.clone(),
            by: set.by.clone(),
            note: set.note.clone(),
            due: set.due.as_ref().and_then(|due| due.parse().ok()),
            days_left: set.days_left(today),
            mode: set.mode,
            role: set
                .role
                .as_ref()
                .map(|id| library.standards.role(id).map_or(id.to_string(), |role| role.name.clone())),
            rows: set.in_order(&opened.loaded.hash, by).into_iter().filter_map(row).collect(),
        }
    }

    pub fn done(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row.state, HowFar::Done(_))).count()
    }

    /// Whether this call of it is still to be taken: `number` as in [`Row::number`].
    pub fn waits_for(&self, number: &str) -> bool {
        let open = |row: &&Row| matches!(row.state, HowFar::Waiting | HowFar::Begun(_));
        self.rows.iter().filter(open).any(|row| row.number == number)
    }

    /// Whether anything of it has been begun.
    pub fn is_begun(&self) -> bool {
        self.rows.iter().any(|row| matches!(row.state, HowFar::Begun(_) | HowFar::Done(_)))
    }
}

/// The calls that somebody took for a set, finished or not.
fn taken<'p>(opened: &Opened, sets: &Sets, past: &'p Past, by: &str) -> Vec<&'p Summary> {
    calls_of_set(&opened.loaded.hash, by, past.summaries(), &sets.notes)
}

/// Those that are finished, by id, with what to call them: what can be handed back.
pub fn finished(opened: &Opened, sets: &Sets, past: &Past, by: &str) -> Vec<(String, String)> {
    let done = taken(opened, sets, past, by).into_iter().filter(|summary| summary.finished);
    done.map(|summary| (summary.head.id.clone(), number_of(&summary.head.call))).collect()
}
