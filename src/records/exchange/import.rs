//! An import into a store: first what would become of it, then the good part of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use super::codes;
use super::line::Counts;
use super::read::{Found, Reader, diagnostic, fault};
use super::records_of::MOST_FAULTS;
use crate::diagnostic::Diagnostic;
use crate::records::annotation::AnnotationKind;
use crate::records::shell::wait;
use crate::records::store::{Failure, Item, Outcome, Reply, Request, Store};
use crate::records::text::is_id;
use crate::standards::Id;

/// So much of the file, in bytes, goes to the store in one request.
const BATCH_BYTES: u64 = 4 << 20;
/// So many items go to the store in one request.
const BATCH_ITEMS: usize = 1000;

/// After so many bad lines, and more of them than good ones, the rest is not read.
const HOPELESS: u64 = 1_000;

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
    let mut checking = Checking::new(file, from);
    while checking.step(store, |_| {})? {}
    Ok(checking.reading)
}

/// Brings in everything good in a file, leaving out what [`check`] finds fault with.
///
/// # Errors
/// What the store says; what came before is kept then, and the import can be repeated.
pub fn bring_in(file: &str, from: impl BufRead, store: &mut dyn Store) -> Result<Brought, Failure> {
    let mut bringing = Bringing::new(file, from);
    while bringing.step(store, &|_| true)? {}
    Ok(bringing.brought)
}

/// A file being checked, a portion at a time: [`check`] for whoever has to show progress in between.
pub struct Checking<R> {
    file: String,
    pass: Pass<R>,
    seen: Seen,
    pub reading: Reading,
}

impl<R: BufRead> Checking<R> {
    /// Begins with a file; `file` is the name to say in messages.
    pub fn new(file: &str, from: R) -> Self {
        let pass = Pass::new(file, from, true);
        Self { file: file.to_owned(), pass, seen: Seen::default(), reading: Reading::default() }
    }

    /// How many bytes have been read.
    pub fn bytes(&self) -> u64 {
        self.pass.reader.bytes()
    }

    /// Checks the next portion, some 4 MiB, and tells `about` whose calls are in it. `false`: that was all.
    ///
    /// # Errors
    /// What the store says.
    pub fn step(&mut self, store: &mut dyn Store, mut about: impl FnMut(&About)) -> Result<bool, Failure> {
        let Self { file, pass, seen, reading } = self;
        let goes_on = pass.step(store, &|_| true, |found| match found {
            Ok((notice, outcome)) => {
                reading.judge(file, &notice, outcome, seen);
                if let Some(mut known) = notice.about {
                    known.outcome = outcome;
                    about(&known);
                }
            }
            Err(bad) => reading.fault(bad),
        })?;
        if !goes_on {
            if self.pass.is_hopeless() {
                let message = format!("over {HOPELESS} lines are wrong, more than are good: the rest was not read");
                let line = self.reading.bad.last().map_or(1, |bad| bad.line);
                self.reading.warnings.push(diagnostic(&self.file, line, &fault(codes::NOT_AN_EXPORT, message)));
            }
            self.find_missing_texts(store)?;
            self.reading.bad.sort_by_key(|bad| bad.line);
        }
        Ok(goes_on)
    }

    fn find_missing_texts(&mut self, store: &mut dyn Store) -> Result<(), Failure> {
        for (hash, line) in std::mem::take(&mut self.seen.referred) {
            if self.seen.texts.contains(&hash) {
                continue;
            }
            match wait(store, Request::Texts(hash.clone())) {
                Ok(_) => {}
                Err(Failure::NoText { .. }) if self.reading.warnings.len() < MOST_FAULTS => {
                    let message = format!("the text `{hash}`, to which the call refers, is missing");
                    let warning = diagnostic(&self.file, line, &fault(codes::TEXT_MISSING, message));
                    self.reading.warnings.push(warning);
                }
                Err(Failure::NoText { .. }) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(())
    }
}

/// A file being brought in, a portion at a time: [`bring_in`] for whoever has to show progress in between.
pub struct Bringing<R> {
    pass: Pass<R>,
    pub brought: Brought,
}

impl<R: BufRead> Bringing<R> {
    /// Begins with a file; `file` is the name to say in messages.
    pub fn new(file: &str, from: R) -> Self {
        Self { pass: Pass::new(file, from, false), brought: Brought::default() }
    }

    /// How many bytes have been read.
    pub fn bytes(&self) -> u64 {
        self.pass.reader.bytes()
    }

    /// Brings in what is wanted of the next portion, some 4 MiB. `false`: that was all.
    ///
    /// # Errors
    /// What the store says; what came before is kept then.
    pub fn step(&mut self, store: &mut dyn Store, wanted: &dyn Fn(&Item) -> bool) -> Result<bool, Failure> {
        let brought = &mut self.brought;
        self.pass.step(store, wanted, |found| {
            let Ok((notice, outcome)) = found else { return };
            match outcome {
                Outcome::New => notice.count(&mut brought.new),
                Outcome::Continued => brought.continued += 1,
                Outcome::AlreadyHere => notice.count(&mut brought.already_here),
                Outcome::Differs | Outcome::Stray => {}
            }
        })
    }
}

/// Whose call it is, as a survey of many files needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Pseudonym.
    pub by: String,
    pub what: AboutWhat,
    pub outcome: Outcome,
}

/// What was found of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AboutWhat {
    /// A call, whole or its decision alone.
    Call {
        role: Id,
        taken: String,
        whole: bool,
    },
    Site(String),
    /// Something taken back.
    Withdrawal,
}

impl About {
    fn of(item: &Item) -> Option<Self> {
        let call =
            |role: &Id, taken: &str, whole| AboutWhat::Call { role: role.clone(), taken: taken.to_owned(), whole };
        let (by, what) = match item {
            Item::Text(_) => return None,
            Item::Record(kept) => {
                let head = &kept.record.head;
                (&head.by, call(&head.role, &head.taken, true))
            }
            Item::Annotation(one) => {
                let what = match &one.kind {
                    AnnotationKind::Decided(decided) => call(&decided.role, &decided.taken, false),
                    AnnotationKind::Site(site) => AboutWhat::Site(site.clone()),
                    AnnotationKind::Consent { given: false, .. } => AboutWhat::Withdrawal,
                    _ => return None,
                };
                (&one.by, what)
            }
        };
        Some(Self { by: by.clone(), what, outcome: Outcome::New })
    }
}

/// A file on its way to the store.
struct Pass<R> {
    reader: Reader<R>,
    only_check: bool,
    notices: Vec<Notice>,
    items: Vec<Item>,
    since: u64,
    good: u64,
    bad: u64,
}

impl<R: BufRead> Pass<R> {
    fn new(file: &str, from: R, only_check: bool) -> Self {
        let reader = Reader::new(file, from);
        Self { reader, only_check, notices: Vec::new(), items: Vec::new(), since: 0, good: 0, bad: 0 }
    }

    fn is_hopeless(&self) -> bool {
        self.bad > HOPELESS && self.bad > self.good
    }

    /// Hands a portion to the store and says of each item what becomes of it. `false`: that was all.
    fn step(
        &mut self,
        store: &mut dyn Store,
        wanted: &dyn Fn(&Item) -> bool,
        mut say: impl FnMut(Result<(Notice, Outcome), Diagnostic>),
    ) -> Result<bool, Failure> {
        loop {
            // Somebody's disk image need not be read to its end to know that it is no export.
            let next = if self.is_hopeless() { None } else { self.reader.next() };
            let goes_on = next.is_some();
            match &next {
                Some(Ok(_)) => self.good += 1,
                Some(Err(_)) => self.bad += 1,
                None => {}
            }
            match next {
                None => {}
                Some(Ok(found)) if wanted(&found.item) => {
                    self.notices.push(Notice::of(&found));
                    self.items.push(found.item);
                }
                Some(Ok(_)) => {}
                Some(Err(bad)) => say(Err(bad)),
            }
            let full = self.items.len() >= BATCH_ITEMS || self.reader.bytes() - self.since > BATCH_BYTES;
            if goes_on && !full {
                continue;
            }
            self.since = self.reader.bytes();
            if !self.items.is_empty() {
                let items = std::mem::take(&mut self.items);
                match wait(store, Request::Import { items, only_check: self.only_check })? {
                    Reply::Imported(outcomes) => {
                        self.notices.drain(..).zip(outcomes).for_each(|of_one| say(Ok(of_one)));
                    }
                    _ => return Err(Failure::Stopped),
                }
            }
            return Ok(goes_on);
        }
    }
}

/// What has to be known of an item when its outcome comes.
struct Notice {
    line: u32,
    digest: u64,
    kind: Kind,
    about: Option<About>,
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
                Kind::Record(head.id.clone(), [head.scenario.to_string(), head.standards.to_string()])
            }
            Item::Annotation(new) => Kind::Annotation(new.id.clone(), new.record().map(str::to_owned)),
        };
        Self { line: found.line, digest: found.digest, kind, about: About::of(&found.item) }
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
