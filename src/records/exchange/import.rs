//! An import into a store: first what would become of it, then the good part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use super::line::{Counts, id_bits};
use super::read::{Reader, diagnostic, fault};
use super::records_of::MOST_FAULTS;
use super::write::write_item;
use super::codes;
use crate::diagnostic::Diagnostic;
use crate::records::shell::wait;
use crate::records::store::{Failure, Item, Outcome, Reply, Request, Store};

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
    /// The first findings.
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
}

/// Reads a whole file and says what an import would do. Keeps 40 bytes or so of each item in memory.
///
/// # Errors
/// What the store says; what is wrong with the file is in the [`Reading`].
pub fn check(file: &str, from: impl BufRead, store: &mut dyn Store) -> Result<Reading, Failure> {
    let mut reading = Reading::default();
    let mut seen = Seen::default();
    let mut batch = Batch::default();
    let mut reader = Reader::new(file, from);
    loop {
        let next = reader.next();
        let full = batch.is_full(reader.bytes());
        if next.is_none() || full {
            for (line, item, outcome) in batch.submit(store, true, reader.bytes())? {
                reading.judge(file, line, &item, outcome, &mut seen);
            }
        }
        match next {
            None => break,
            Some(Ok((line, item))) => batch.items.push((line, item)),
            Some(Err(bad)) => reading.fault(bad),
        }
    }
    for (hash, line) in seen.referred {
        if seen.texts.contains(&hash) {
            continue;
        }
        match wait(store, Request::Texts(hash.clone())) {
            Ok(_) => {}
            Err(Failure::NoText { .. }) if reading.warnings.len() < MOST_FAULTS => {
                let message =
                    format!("the text `{hash}`, to which the call refers, is missing");
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
/// What the store says; what it had answered before is kept, and the import can be repeated.
pub fn bring_in(file: &str, from: impl BufRead, store: &mut dyn Store) -> Result<Brought, Failure> {
    let mut brought = Brought::default();
    let mut batch = Batch::default();
    let mut reader = Reader::new(file, from);
    loop {
        let next = reader.next();
        if next.is_none() || batch.is_full(reader.bytes()) {
            for (_, item, outcome) in batch.submit(store, false, reader.bytes())? {
                match outcome {
                    Outcome::New => count(&mut brought.new, &item),
                    Outcome::Continued => brought.continued += 1,
                    Outcome::AlreadyHere => count(&mut brought.already_here, &item),
                    Outcome::Differs | Outcome::Stray => {}
                }
            }
        }
        match next {
            None => return Ok(brought),
            Some(Ok((line, item))) => batch.items.push((line, item)),
            Some(Err(_)) => {}
        }
    }
}

fn count(counts: &mut Counts, item: &Item) {
    match item {
        Item::Text(_) => counts.texts += 1,
        Item::Record(_) => counts.records += 1,
        Item::Annotation(_) => counts.annotations += 1,
    }
}

/// Items on their way to the store.
#[derive(Default)]
struct Batch {
    items: Vec<(u32, Item)>,
    /// Bytes of the file before it.
    since: u64,
}

impl Batch {
    fn is_full(&self, bytes: u64) -> bool {
        self.items.len() >= BATCH_ITEMS || bytes.saturating_sub(self.since) > BATCH_BYTES
    }

    fn submit(
        &mut self,
        store: &mut dyn Store,
        only_check: bool,
        bytes: u64,
    ) -> Result<Vec<(u32, Item, Outcome)>, Failure> {
        self.since = bytes;
        let (lines, items): (Vec<u32>, Vec<Item>) = std::mem::take(&mut self.items).into_iter().unzip();
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let request = Request::Import { items: items.clone(), only_check };
        let Reply::Imported(outcomes) = wait(store, request)? else {
            return Err(Failure::Invalid("the store gave an answer of the wrong kind".to_owned()));
        };
        let triples = lines.into_iter().zip(items).zip(outcomes);
        Ok(triples.map(|((line, item), outcome)| (line, item, outcome)).collect())
    }
}

/// What has gone by in the file.
#[derive(Default)]
struct Seen {
    /// Records: id → beginning of the hash of what was in it, and whether it is good.
    records: BTreeMap<u128, (u64, u32)>,
    annotations: BTreeMap<u128, (u64, u32)>,
    texts: BTreeSet<String>,
    /// Texts that records refer to, with the line of the first.
    referred: BTreeMap<String, u32>,
}

impl Reading {
    fn judge(&mut self, file: &str, line: u32, item: &Item, outcome: Outcome, seen: &mut Seen) {
        let (id, before) = match item {
            Item::Text(text) => {
                seen.texts.insert(text.hash.clone());
                for (_, hash) in text.listed() {
                    seen.referred.entry(hash.to_owned()).or_insert(line);
                }
                ("", None)
            }
            Item::Record(kept) => {
                let id = kept.record.head.id.as_str();
                (id, remember(&mut seen.records, id, item, line))
            }
            Item::Annotation(new) => {
                (new.id.as_str(), remember(&mut seen.annotations, &new.id, item, line))
            }
        };
        match (before, outcome) {
            (Some((same, first)), _) if !same => {
                let message = format!("`{id}` stands in line {first} with other content");
                self.fault(diagnostic(file, line, &fault(codes::OTHER_CONTENT, message)));
                return;
            }
            (Some(_), _) => return count(&mut self.already_here, item),
            (None, Outcome::Differs) => {
                let message = format!("`{id}` is here already with other content");
                self.fault(diagnostic(file, line, &fault(codes::OTHER_CONTENT, message)));
                return;
            }
            (None, Outcome::Stray) => {
                if let Item::Annotation(new) = item
                    && let Some(record) = new.record()
                    && id_bits(record).is_none_or(|bits| !seen.records.contains_key(&bits))
                {
                    let message =
                        format!("the annotation is about call `{record}`, which is not there");
                    self.fault(diagnostic(file, line, &fault(codes::STRAY, message)));
                    return;
                }
                count(&mut self.new, item);
            }
            (None, Outcome::AlreadyHere) => count(&mut self.already_here, item),
            (None, Outcome::New | Outcome::Continued) => count(&mut self.new, item),
        }
        if let Item::Record(kept) = item {
            let head = &kept.record.head;
            for hash in [&head.scenario, &head.standards] {
                seen.referred.entry(hash.clone()).or_insert(line);
            }
        }
    }
}

/// What stood under this id before: whether it was the same, and its line.
fn remember(
    seen: &mut BTreeMap<u128, (u64, u32)>,
    id: &str,
    item: &Item,
    line: u32,
) -> Option<(bool, u32)> {
    let bits = id_bits(id)?;
    let hash = blake3::hash(write_item(item).as_bytes());
    let mut content = [0; 8];
    content.copy_from_slice(&hash.as_bytes()[..8]);
    let content = u64::from_le_bytes(content);
    if let Some((before, first)) = seen.get(&bits) {
        return Some((*before == content, *first));
    }
    seen.insert(bits, (content, line));
    None
}
