//! An import into a store: first what would become of it, then the good part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use super::codes;
use super::line::Counts;
use super::read::{Found, Reader, diagnostic, fault};
use super::records_of::MOST_FAULTS;
use crate::diagnostic::Diagnostic;
use crate::records::shell::wait;
use crate::records::store::{Failure, Item, Outcome, Reply, Request, Store};
use crate::records::text::is_id;

/// So much of the file, in bytes, goes to the store in one request.
const BATCH_BYTES: u64 = 4 << 20;
/// So many items go to the store in one request.
const BATCH_ITEMS: usize = 1000;

/// What is in a file, before anything is kept.
#[derive(Debug, Default)]
pub struct Reading {
    /// Good and not here yet.
    pub new: Counts,
    /// Good, and here already.
    pub already_here: Counts,
    /// The first findings, at most [`MOST_FAULTS`].
    pub bad: Vec<Diagnostic>,
    /// How many findings there are besides.
    pub more_bad: u64,
    /// What does not keep anything from being imported.
    pub warnings: Vec<Diagnostic>,
}

/// What an import has done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    pub new: Counts,
    /// Unfinished calls brought up to date.
    pub continued: u64,
    pub already_here: Counts,
}

/// Reads a whole file and says what an import would do. Keeps some 40 bytes of each item in memory.
///
/// # Errors
/// What the store says; what is wrong with the file is in the [`Reading`].
pub fn check(file: &str, from: impl BufRead, store: &mut dyn Store) -> Result<Reading, Failure> {
    let mut reading = Reading::default();
    let mut seen = Seen::default();
    in_batches(file, from, store, true, |found| match found {
        Ok((notice, outcome)) => reading.judge(file, &notice, outcome, &mut seen),
        Err(bad) => reading.fault(bad),
    })?;
    for (hash, line) in seen.referred {
        if seen.texts.contains(&hash) {
            continue;
        }
        match wait(store, Request::Texts(hash.clone())) {
            Ok(_) => {}
            Err(Failure::NoText { .. }) if reading.warnings.len() < MOST_FAULTS => {
                let message = format!("the text `{hash}`, to which the call refers, is missing");
                let warning = diagnostic(file, line, &fault(codes::TEXT_MISSING, message));
                reading.warnings.push(warning);
            }
            Err(Failure::NoText { .. }) => {}
            Err(failure) => return Err(failure),
        }
    }
    reading.bad.sort_by_key(|bad| bad.line);
    Ok(reading)
}

/// Brings in everything good in a file, leaving out what [`check`] finds fault with.
///
/// # Errors
/// What the store says; what came before is kept then, and the import can be repeated.
pub fn bring_in(file: &str, from: impl BufRead, store: &mut dyn Store) -> Result<Brought, Failure> {
    let mut brought = Brought::default();
    in_batches(file, from, store, false, |found| {
        let Ok((notice, outcome)) = found else { return };
        match outcome {
            Outcome::New => notice.count(&mut brought.new),
            Outcome::Continued => brought.continued += 1,
            Outcome::AlreadyHere => notice.count(&mut brought.already_here),
            Outcome::Differs | Outcome::Stray => {}
        }
    })?;
    Ok(brought)
}

/// Hands a file to the store and says of each item what becomes of it.
fn in_batches(
    file: &str,
    from: impl BufRead,
    store: &mut dyn Store,
    only_check: bool,
    mut say: impl FnMut(Result<(Notice, Outcome), Diagnostic>),
) -> Result<(), Failure> {
    let mut reader = Reader::new(file, from);
    let (mut notices, mut items, mut since) = (Vec::new(), Vec::new(), 0);
    loop {
        let next = reader.next();
        let full = items.len() >= BATCH_ITEMS || reader.bytes() - since > BATCH_BYTES;
        if (full || next.is_none()) && !items.is_empty() {
            since = reader.bytes();
            let items = std::mem::take(&mut items);
            match wait(store, Request::Import { items, only_check })? {
                Reply::Imported(outcomes) => {
                    notices.drain(..).zip(outcomes).for_each(|of_one| say(Ok(of_one)));
                }
                _ => return Err(Failure::Stopped),
            }
        }
        match next {
            None => return Ok(()),
            Some(Ok(found)) => {
                notices.push(Notice::of(&found));
                items.push(found.item);
            }
            Some(Err(bad)) => say(Err(bad)),
        }
    }
}

/// What has to be known of an item when its outcome comes.
struct Notice {
    line: u32,
    digest: u64,
    kind: Kind,
}

enum Kind {
    /// Hash of the text and of the texts it lists.
    Text(String, Vec<String>),
    /// Id, scenario and standards.
    Record(String, [String; 2]),
    /// Id, and the record it is about.
    Annotation(String, Option<String>),
}

impl Notice {
    fn of(found: &Found) -> Self {
        let kind = match &found.item {
            Item::Text(text) => {
                let listed = text.listed().into_iter().map(|(_, hash)| hash.to_owned());
                Kind::Text(text.hash.clone(), listed.collect())
            }
            Item::Record(kept) => {
                let head = &kept.record.head;
                Kind::Record(head.id.clone(), [head.scenario.clone(), head.standards.clone()])
            }
            Item::Annotation(new) => Kind::Annotation(new.id.clone(), new.record().map(str::to_owned)),
        };
        Self { line: found.line, digest: found.digest, kind }
    }

    fn count(&self, counts: &mut Counts) {
        match self.kind {
            Kind::Text(..) => counts.texts += 1,
            Kind::Record(..) => counts.records += 1,
            Kind::Annotation(..) => counts.annotations += 1,
        }
    }
}

/// What has gone by in the file.
#[derive(Default)]
struct Seen {
    /// Id → digest and line.
    records: BTreeMap<u128, (u64, u32)>,
    annotations: BTreeMap<u128, (u64, u32)>,
    texts: BTreeSet<String>,
    /// Texts that something refers to, with the line of the first.
    referred: BTreeMap<String, u32>,
}

impl Reading {
    /// Whether everything in the file is good.
    pub fn is_good(&self) -> bool {
        self.bad.is_empty()
    }

    fn fault(&mut self, bad: Diagnostic) {
        if self.bad.len() < MOST_FAULTS {
            self.bad.push(bad);
        } else {
            self.more_bad += 1;
        }
    }

    fn judge(&mut self, file: &str, notice: &Notice, outcome: Outcome, seen: &mut Seen) {
        let mut fail = |code, message| {
            self.fault(diagnostic(file, notice.line, &fault(code, message)));
        };
        let mut refer = |hashes: &[String]| {
            for hash in hashes {
                if !seen.referred.contains_key(hash) {
                    seen.referred.insert(hash.clone(), notice.line);
                }
            }
        };
        let before = match &notice.kind {
            Kind::Text(hash, listed) => {
                seen.texts.insert(hash.clone());
                refer(listed);
                None
            }
            Kind::Record(id, texts) => {
                refer(texts);
                Some((id, remember(&mut seen.records, id, notice)))
            }
            Kind::Annotation(id, _) => Some((id, remember(&mut seen.annotations, id, notice))),
        };
        if let Some((id, Some((digest, line)))) = before {
            if digest == notice.digest {
                return notice.count(&mut self.already_here);
            }
            return fail(codes::OTHER_CONTENT, format!("`{id}` stands in line {line} with other content"));
        }
        match (outcome, &notice.kind) {
            (Outcome::Differs, _) => {
                let id = before.map(|(id, _)| id.as_str()).unwrap_or_default();
                let message = format!("`{id}` is here already with other content");
                fail(codes::OTHER_CONTENT, message);
            }
            (Outcome::Stray, Kind::Annotation(_, Some(record)))
                if !id_bits(record).is_some_and(|bits| seen.records.contains_key(&bits)) =>
            {
                let message = format!("the annotation is about call `{record}`, which is not there");
                fail(codes::STRAY, message);
            }
            (Outcome::AlreadyHere, _) => notice.count(&mut self.already_here),
            _ => notice.count(&mut self.new),
        }
    }
}

/// What stood under this id before: its digest and line.
fn remember(seen: &mut BTreeMap<u128, (u64, u32)>, id: &str, new: &Notice) -> Option<(u64, u32)> {
    let bits = id_bits(id)?;
    let before = seen.get(&bits).copied();
    if before.is_none() {
        seen.insert(bits, (new.digest, new.line));
    }
    before
}

/// The 128 bits of an id: a smaller key than its text.
fn id_bits(id: &str) -> Option<u128> {
    if is_id(id) { u128::from_str_radix(id, 16).ok() } else { None }
}
