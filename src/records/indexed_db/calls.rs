//! Calls on the shelves: begun, appended to, finished, listed, loaded.
//!
//! What lists show stands under `calls`; the contents of a call stand under `bodies` as far as they are folded, all
//! of them once it is finished, and one by one under `acts` until then.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::change::Change;
use super::claims::Claims;
use super::serve::{forget_marks, keep_text, text};
use crate::call::{Ending, TimedAction, TimedEvent};
use crate::records::annotation::Annotation;
use crate::records::record::{Head, Kept, Record};
use crate::records::store::{Failure, Reply, Summary, check_texts};
use crate::records::text::Text;
use crate::standards::Id;

/// What lists show of a call.
#[derive(Serialize, Deserialize)]
struct Row {
    /// Without its contents.
    record: Record,
    finished: bool,
    actions: u32,
    ending: Option<Ending>,
    decided: Option<Id>,
}

impl Row {
    fn of(call: &Summary, format: u32) -> Self {
        let mut record = Record::begun(call.head.clone());
        record.format = format;
        record.clock = call.clock;
        let Summary { finished, actions, ending, decided, .. } = call.clone();
        Self { record, finished, actions, ending, decided }
    }

    fn summary(self) -> Summary {
        let Self { record, finished, actions, ending, decided } = self;
        Summary { head: record.head, finished, clock: record.clock, actions, ending, decided, elsewhere: false }
    }
}

type Contents = (Vec<TimedAction>, Vec<TimedEvent>);

async fn find(change: &Change, id: &str) -> Result<Option<Row>, Failure> {
    change.get("calls", id).await
}

pub(super) async fn begin(change: &Change, claims: &mut Claims, head: Head, texts: &[Text]) -> Result<Reply, Failure> {
    if find(change, &head.id).await?.is_some() {
        return Err(Failure::AlreadyPresent { id: head.id });
    }
    // Everything that may be asked for is looked up first: the question itself cannot wait.
    let mut here = Vec::new();
    let mut wanted = vec![head.scenario.to_string(), head.standards.to_string()];
    while let Some(hash) = wanted.pop() {
        let given = texts.iter().find(|text| text.hash == hash).cloned();
        let kept = text(change, &hash).await?;
        if let Some(list) = given.as_ref().or(kept.as_ref()) {
            wanted.extend(list.listed().into_iter().map(|(_, hash)| hash.to_owned()));
        }
        here.extend(kept);
    }
    check_texts(&head, texts, |hash| Ok(here.iter().find(|text| text.hash == hash).cloned()))?;
    claims.take(change, &head.id).await?;
    for text in texts {
        keep_text(change, text).await?;
    }
    insert(change, &Kept { record: Record::begun(head), finished: false })?;
    Ok(Reply::Saved)
}

/// Writes a whole record, in place of one that is there.
pub(super) fn insert(change: &Change, kept: &Kept) -> Result<(), Failure> {
    let Kept { record, .. } = kept;
    put_row(change, &Summary::of(kept), record.format)?;
    change.remove_below("acts", &record.head.id)?;
    change.put("bodies", &record.head.id, &(&record.actions, &record.events))
}

fn put_row(change: &Change, call: &Summary, format: u32) -> Result<(), Failure> {
    let id = &call.head.id;
    if call.finished {
        change.remove("unfinished", id)?;
    } else {
        change.put_text("unfinished", id, id)?;
    }
    change.put("calls", id, &Row::of(call, format))
}

pub(super) async fn act(
    change: &Change,
    claims: &mut Claims,
    id: &str,
    sequence: u32,
    action: &TimedAction,
    events: &[TimedEvent],
) -> Result<Reply, Failure> {
    let (mut call, format) = going_on(change, claims, id).await?;
    if sequence != call.actions {
        return Err(Failure::OutOfOrder { id: id.to_owned(), expected: call.actions, found: sequence });
    }
    change.put("acts", &format!("{id}/{sequence:010}"), &(action, events))?;
    call.actions += 1;
    call.clock = call.clock.max(action.at);
    call.follow(events);
    put_row(change, &call, format)?;
    Ok(Reply::Saved)
}

pub(super) async fn clock_mark(change: &Change, claims: &mut Claims, id: &str, at: u32) -> Result<Reply, Failure> {
    let (mut call, format) = going_on(change, claims, id).await?;
    call.clock = call.clock.max(at);
    put_row(change, &call, format)?;
    Ok(Reply::Saved)
}

pub(super) async fn finish(
    change: &Change,
    claims: &mut Claims,
    id: &str,
    clock: u32,
    events: Vec<TimedEvent>,
) -> Result<Reply, Failure> {
    going_on(change, claims, id).await?;
    let Some(mut kept) = load(change, id).await? else {
        return Err(Failure::NoCall { id: id.to_owned() });
    };
    kept.finished = true;
    kept.record.clock = clock;
    kept.record.events.extend(events);
    insert(change, &kept)?;
    Claims::drop_for_ever(change, id)?;
    Ok(Reply::Saved)
}

pub(super) async fn resume(change: &Change, claims: &mut Claims, id: &str) -> Result<Reply, Failure> {
    going_on(change, claims, id).await?;
    match load(change, id).await? {
        Some(kept) => Ok(Reply::Record(Box::new(kept))),
        None => Err(Failure::NoCall { id: id.to_owned() }),
    }
}

pub(super) async fn abandon(change: &Change, claims: &mut Claims, id: &str) -> Result<Reply, Failure> {
    going_on(change, claims, id).await?;
    forget(change, id).await?;
    drop_unused_texts(change).await?;
    Ok(Reply::Saved)
}

/// Throws a call away with everything about it.
async fn forget(change: &Change, id: &str) -> Result<(), Failure> {
    for shelf in ["calls", "unfinished", "bodies", "claims"] {
        change.remove(shelf, id)?;
    }
    change.remove_below("acts", id)?;
    for (_, note) in change.all_texts("noted", id).await? {
        change.remove("notes", &note)?;
    }
    change.remove_below("noted", id)?;
    forget_marks(change, id).await
}

pub(super) async fn wipe(change: &Change, claims: &mut Claims, by: Option<&str>) -> Result<Reply, Failure> {
    let calls: Vec<Row> = change.all("calls", "").await?;
    for row in calls.iter().filter(|row| by.is_none_or(|by| row.record.head.by == by)) {
        let id = &row.record.head.id;
        if !row.finished {
            claims.take(change, id).await?;
        }
        forget(change, id).await?;
    }
    for note in change.all::<Annotation>("notes", "").await? {
        if by.is_none_or(|by| note.by == by && note.goes_with_its_author()) {
            change.remove("notes", &note.id)?;
            if let Some(record) = note.record() {
                change.remove("noted", &format!("{record}/{}", note.id))?;
            }
        }
    }
    if by.is_none() {
        change.remove_below("settings", "")?;
    }
    drop_unused_texts(change).await?;
    Ok(Reply::Saved)
}

async fn drop_unused_texts(change: &Change) -> Result<(), Failure> {
    let mut used = BTreeSet::new();
    for row in change.all::<Row>("calls", "").await? {
        let Head { scenario, standards, .. } = row.record.head;
        used.insert(scenario);
        if !used.contains(&standards) {
            if let Some(list) = text(change, &standards).await? {
                used.extend(list.listed().into_iter().map(|(_, hash)| hash.into()));
            }
            used.insert(standards);
        }
    }
    for (hash, _) in change.all_texts("texts", "").await? {
        if !used.contains(hash.as_str()) {
            change.remove("texts", &hash)?;
        }
    }
    Ok(())
}

/// A call that can be appended to, and by this page alone from now on; and its format.
async fn going_on(change: &Change, claims: &mut Claims, id: &str) -> Result<(Summary, u32), Failure> {
    match find(change, id).await? {
        None => Err(Failure::NoCall { id: id.to_owned() }),
        Some(row) if row.finished => Err(Failure::Finished { id: id.to_owned() }),
        Some(row) => {
            claims.take(change, id).await?;
            let format = row.record.format;
            Ok((row.summary(), format))
        }
    }
}

/// All calls, or those that are not finished, by time taken and id.
pub(super) async fn list(change: &Change, only_unfinished: bool) -> Result<Vec<Summary>, Failure> {
    let mut calls = Vec::new();
    if only_unfinished {
        for (id, _) in change.all_texts("unfinished", "").await? {
            calls.extend(find(change, &id).await?.map(Row::summary));
        }
    } else {
        calls.extend(change.all::<Row>("calls", "").await?.into_iter().map(Row::summary));
    }
    calls.sort_by(|a, b| (&a.head.taken, &a.head.id).cmp(&(&b.head.taken, &b.head.id)));
    Ok(calls)
}

/// A whole record.
pub(super) async fn load(change: &Change, id: &str) -> Result<Option<Kept>, Failure> {
    let Some(Row { mut record, finished, .. }) = find(change, id).await? else { return Ok(None) };
    let (actions, events) = change.get::<Contents>("bodies", id).await?.unwrap_or_default();
    (record.actions, record.events) = (actions, events);
    for (action, events) in change.all::<(TimedAction, Vec<TimedEvent>)>("acts", id).await? {
        record.actions.push(action);
        record.events.extend(events);
    }
    Ok(Some(Kept { record, finished }))
}
