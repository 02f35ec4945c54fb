//! Calls in the tables: begun, appended to, finished, listed, loaded.
//!
//! An unfinished call is a body, empty as a rule, and acts after it; finishing folds the acts into
//! the body, in the same transaction.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, params};
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};

use super::database::Change;
use crate::call::{TimedAction, TimedEvent};
use crate::records::record::{FORMAT, Head, Kept, Record};
use crate::records::store::{Failure, Reply, Summary, check_texts};
use crate::records::text::Text;
use crate::standards::{Id, Names};

const COLUMNS: &str = "id, rules, call, scenario, standards, variant, seed, role, mode, by, taken, \
                       clock, finished, actions, ending, decided, format";

pub(super) fn begin(change: &mut Change, head: Head, texts: &[Text]) -> Result<Reply, Failure> {
    if find(change, &head.id)?.is_some() {
        return Err(Failure::AlreadyPresent { id: head.id });
    }
    check_texts(&head, texts, |hash| change.text(hash))?;
    change.claims.take(&head.id)?;
    for text in texts {
        change.keep_text(text)?;
    }
    insert(change, &Kept { record: Record::begun(head), finished: false })?;
    Ok(Reply::Saved)
}

/// Writes a whole record.
pub(super) fn insert(change: &Change, kept: &Kept) -> Result<(), Failure> {
    let Summary { head, finished, clock, actions, ending, decided, .. } = Summary::of(kept);
    change.run(
        "INSERT INTO records (id, rules, call, scenario, standards, variant, seed, role, mode, by, \
         taken, clock, finished, actions, ending, decided, format) \
         VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
        params![
            head.id,
            head.rules,
            head.call.as_ref(),
            head.scenario.as_ref(),
            head.standards.as_ref(),
            head.variant.as_deref(),
            head.seed.cast_signed(),
            head.role.as_ref(),
            word(&head.mode),
            head.by,
            head.taken,
            clock,
            finished,
            actions,
            ending.as_ref().map(word),
            decided.as_deref(),
            kept.record.format,
        ],
    )?;
    put_body(change, &kept.record)
}

/// Writes the contents of a record in place of what is there.
fn put_body(change: &Change, record: &Record) -> Result<(), Failure> {
    let (actions, events) = (change.json(&record.actions)?, change.json(&record.events)?);
    change.run("DELETE FROM acts WHERE record = ?1", [&record.head.id])?;
    let put = "INSERT OR REPLACE INTO bodies (record, actions, events) VALUES (?1, ?2, ?3)";
    change.run(put, params![record.head.id, actions, events]).map(drop)
}

/// Puts a later state of a call in place of the one that is there.
pub(super) fn replace(change: &Change, kept: &Kept) -> Result<(), Failure> {
    put_summary(change, &Summary::of(kept))?;
    put_body(change, &kept.record)
}

fn put_summary(change: &Change, now: &Summary) -> Result<(), Failure> {
    change.run(
        "UPDATE records SET clock = ?2, finished = ?3, actions = ?4, ending = ?5, decided = ?6 \
         WHERE id = ?1",
        params![
            now.head.id,
            now.clock,
            now.finished,
            now.actions,
            now.ending.as_ref().map(word),
            now.decided.as_deref(),
        ],
    )?;
    Ok(())
}

pub(super) fn act(
    change: &mut Change,
    id: &str,
    sequence: u32,
    action: &TimedAction,
    events: &[TimedEvent],
) -> Result<Reply, Failure> {
    let mut call = going_on(change, id)?;
    if sequence != call.actions {
        let (id, expected) = (id.to_owned(), call.actions);
        return Err(Failure::OutOfOrder { id, expected, found: sequence });
    }
    let insert = "INSERT INTO acts (record, sequence, action, events) VALUES (?1, ?2, ?3, ?4)";
    change.run(insert, params![id, sequence, change.json(action)?, change.json(&events)?])?;
    call.actions += 1;
    call.clock = call.clock.max(action.at);
    call.follow(events);
    put_summary(change, &call)?;
    Ok(Reply::Saved)
}

pub(super) fn clock_mark(change: &mut Change, id: &str, at: u32) -> Result<Reply, Failure> {
    let mut call = going_on(change, id)?;
    call.clock = call.clock.max(at);
    put_summary(change, &call)?;
    Ok(Reply::Saved)
}

pub(super) fn finish(change: &mut Change, id: &str, clock: u32, events: Vec<TimedEvent>) -> Result<Reply, Failure> {
    going_on(change, id)?;
    let Some(mut kept) = load(change, id)? else {
        return Err(Failure::NoCall { id: id.to_owned() });
    };
    kept.finished = true;
    kept.record.clock = clock;
    kept.record.events.extend(events);
    replace(change, &kept)?;
    Ok(Reply::Saved)
}

pub(super) fn resume(change: &mut Change, id: &str) -> Result<Reply, Failure> {
    going_on(change, id)?;
    match load(change, id)? {
        Some(kept) => Ok(Reply::Record(Box::new(kept))),
        None => Err(Failure::NoCall { id: id.to_owned() }),
    }
}

pub(super) fn abandon(change: &mut Change, id: &str) -> Result<Reply, Failure> {
    going_on(change, id)?;
    change.run("DELETE FROM records WHERE id = ?1", [id])?;
    drop_unused_texts(change)?;
    Ok(Reply::Saved)
}

/// The ids of the unfinished calls among those that are no more.
pub(super) fn wipe(change: &mut Change, by: Option<&str>) -> Result<(Reply, Vec<String>), Failure> {
    let query = "SELECT id FROM records WHERE NOT finished AND (?1 IS NULL OR by = ?1)";
    let unfinished: Vec<String> = change.rows(query, params![by], |row| row.get(0))?;
    if let Some(id) = unfinished.iter().find(|id| change.claims.is_elsewhere(id)) {
        return Err(Failure::InUse { id: id.clone() });
    }
    // What is said of a call goes with it.
    change.run("DELETE FROM records WHERE ?1 IS NULL OR by = ?1", params![by])?;
    // As `Annotation::goes_with_its_author` has it.
    let rest = "DELETE FROM annotations WHERE ?1 IS NULL \
        OR by = ?1 AND record IS NULL AND json_type(json, '$.kind.Session') IS NULL";
    change.run(rest, params![by])?;
    if by.is_none() {
        change.run("DELETE FROM settings", [])?;
    }
    drop_unused_texts(change)?;
    Ok((Reply::Saved, unfinished))
}

fn drop_unused_texts(change: &Change) -> Result<(), Failure> {
    let query = "SELECT scenario FROM records UNION SELECT standards FROM records";
    let direct: Vec<String> = change.rows(query, [], |row| row.get(0))?;
    let mut used: BTreeSet<String> = direct.into_iter().collect();
    for hash in used.clone() {
        if let Some(text) = change.text(&hash)? {
            used.extend(text.listed().into_iter().map(|(_, hash)| hash.to_owned()));
        }
    }
    let kept: Vec<String> = change.rows("SELECT hash FROM texts", [], |row| row.get(0))?;
    for hash in kept.iter().filter(|hash| !used.contains(*hash)) {
        change.run("DELETE FROM texts WHERE hash = ?1", [hash])?;
    }
    Ok(())
}

/// A call that can be appended to, and by this store alone from now on.
fn going_on(change: &mut Change, id: &str) -> Result<Summary, Failure> {
    match find(change, id)? {
        None => Err(Failure::NoCall { id: id.to_owned() }),
        Some((call, _)) if call.finished => Err(Failure::Finished { id: id.to_owned() }),
        Some((call, _)) => change.claims.take(id).map(|()| call),
    }
}

/// All calls that a condition allows.
pub(super) fn list(change: &Change, condition: &str) -> Result<Vec<Summary>, Failure> {
    let query = format!("SELECT {COLUMNS} FROM records {condition}");
    let mut names = Names::default();
    let read = |row: &Row| summary(row, &mut names).map(|(summary, _)| summary);
    let mut found = change.rows(&query, [], read)?;
    // In the database it would be a table made for it, on the disk where there are many.
    found.sort_by(|a, b| (&a.head.taken, &a.head.id).cmp(&(&b.head.taken, &b.head.id)));
    Ok(found)
}

fn find(change: &Change, id: &str) -> Result<Option<(Summary, u32)>, Failure> {
    let query = format!("SELECT {COLUMNS} FROM records WHERE id = ?1");
    change
        .sql
        .query_row(&query, [id], |row| summary(row, &mut Names::default()))
        .optional()
        .map_err(|e| change.failed(&e))
}

/// A whole record.
pub(super) fn load(change: &Change, id: &str) -> Result<Option<Kept>, Failure> {
    let Some((Summary { head, finished, clock, .. }, format)) = find(change, id)? else {
        return Ok(None);
    };
    let query = "SELECT actions, events FROM bodies WHERE record = ?1";
    let body = change.sql.query_row(query, [id], |row| Ok((row.get(0)?, row.get(1)?)));
    let (actions, events): (String, String) = body.map_err(|e| change.failed(&e))?;
    let mut actions: Vec<TimedAction> = change.parse(&actions, id)?;
    let mut events: Vec<TimedEvent> = change.parse(&events, id)?;
    let query = "SELECT action, events FROM acts WHERE record = ?1 ORDER BY sequence";
    let acts: Vec<(String, String)> = change.rows(query, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (action, since) in acts {
        actions.push(change.parse(&action, id)?);
        events.extend(change.parse::<Vec<TimedEvent>>(&since, id)?);
    }
    debug_assert_eq!(format, FORMAT);
    let record = Record { format, head, actions, events, clock };
    Ok(Some(Kept { record, finished }))
}

/// What a row of `records` says, and its format.
fn summary(row: &Row, names: &mut Names) -> rusqlite::Result<(Summary, u32)> {
    let mut optional = |n: usize| -> rusqlite::Result<Option<Id>> {
        Ok(row.get_ref(n)?.as_str_or_null()?.map(|letters| names.id(letters)))
    };
    let head = Head {
        id: row.get(0)?,
        rules: row.get(1)?,
        call: optional(2)?.unwrap_or_default(),
        scenario: optional(3)?.unwrap_or_default(),
        standards: optional(4)?.unwrap_or_default(),
        variant: optional(5)?,
        seed: row.get::<_, i64>(6)?.cast_unsigned(),
        role: optional(7)?.unwrap_or_default(),
        mode: from_word(row, 8)?.unwrap_or_default(),
        by: row.get(9)?,
        taken: row.get(10)?,
    };
    let summary = Summary {
        head,
        clock: row.get(11)?,
        finished: row.get(12)?,
        actions: row.get(13)?,
        ending: from_word(row, 14)?,
        decided: optional(15)?,
        elsewhere: false,
    };
    Ok((summary, row.get(16)?))
}

/// The name of a variant without fields.
fn word(thing: &impl Serialize) -> Option<String> {
    serde_json::to_value(thing).ok()?.as_str().map(str::to_owned)
}

fn from_word<T: for<'a> Deserialize<'a>>(row: &Row, column: usize) -> rusqlite::Result<Option<T>> {
    let Some(word) = row.get_ref(column)?.as_str_or_null()? else { return Ok(None) };
    let read = T::deserialize(StrDeserializer::<serde::de::value::Error>::new(word));
    read.map(Some).map_err(|problem| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(problem))
    })
}
