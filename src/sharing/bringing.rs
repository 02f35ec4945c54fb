//! Bringing many people's files back: a survey first, then what is wanted, each a portion at a time.
//!
//! Both are machines that are stepped: a command line steps them in a loop, a window from a thread of its own or
//! between two pictures, and shows [`Progress`] in between. Nothing is kept before the survey is through and somebody
//! has chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Cursor};
use std::sync::Arc;

use crate::records::exchange::{About, AboutWhat, Bringing, Brought, Checking, Counts, Reading};
use crate::records::{Annotation, AnnotationKind, Failure, Item, Outcome, Store};
use crate::simulation::is_simulated;
use crate::standards::{Id, Standards};

/// More pseudonyms are not told apart in a survey; their calls can still be brought in.
const MOST_PEOPLE: usize = 20_000;
/// A longer pseudonym is cut in a survey, in characters.
const NAME_LENGTH: usize = 120;

/// Something that an export can be read from, more than once.
pub trait Source: Send {
    /// What to call it in messages.
    fn name(&self) -> String;
    /// Bytes, where that is known.
    fn size(&self) -> Option<u64>;
    /// From its beginning.
    ///
    /// # Errors
    /// A sentence.
    fn open(&self) -> Result<Box<dyn BufRead + Send>, String>;
}

/// A file in memory: what a browser hands over.
#[derive(Debug, Clone)]
pub struct InMemory {
    pub name: String,
    pub bytes: Arc<[u8]>,
}

impl Source for InMemory {
    fn name(&self) -> String {
        self.name.clone()
    }

    fn size(&self) -> Option<u64> {
        Some(self.bytes.len() as u64)
    }

    fn open(&self) -> Result<Box<dyn BufRead + Send>, String> {
        Ok(Box::new(Cursor::new(self.bytes.clone())))
    }
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Files that are through, and all of them.
    pub files: (usize, usize),
    /// Bytes read, of all that are known.
    pub bytes: (u64, u64),
    /// Calls so far, whole or their decisions alone.
    pub calls: u64,
}

/// Somebody whose calls are in the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incoming {
    /// Pseudonym.
    pub by: String,
    pub roles: BTreeSet<Id>,
    /// On a professional register in any of these roles.
    pub registered: bool,
    /// The site named in the files; empty: none.
    pub site: String,
    /// Civil days of the first and the last call, `YYYY-MM-DD`; empty where no call says.
    pub from: String,
    pub until: String,
    /// Calls that are not here yet, and those that are.
    pub new: u64,
    pub already_here: u64,
    /// Calls of which the decision alone is shared.
    pub decisions_only: u64,
    /// Something that was shared before is taken back.
    pub withdraws: bool,
    pub simulated: bool,
}

/// What became of one file in a survey.
#[derive(Debug)]
pub struct FileReport {
    pub name: String,
    /// What is in it; empty where it could not be opened.
    pub reading: Reading,
    /// Why it could not be opened.
    pub unreadable: Option<String>,
}

impl FileReport {
    /// Whether all of it is good; where not, the good part may still be wanted.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.unreadable.is_none() && self.reading.is_good()
    }

    /// How much good there is in it, new or here already.
    #[must_use]
    pub fn good(&self) -> Counts {
        self.reading.new.and(self.reading.already_here)
    }
}

/// Looks into files and says whose calls are in them. Nothing is kept.
pub struct Survey {
    sources: Vec<Box<dyn Source>>,
    /// Bytes of all of them, asked once: there may be thousands.
    size: u64,
    standards: Arc<Standards>,
    at: usize,
    checking: Option<Checking<Box<dyn BufRead + Send>>>,
    before: u64,
    calls: u64,
    people: BTreeMap<String, Incoming>,
    pub files: Vec<FileReport>,
}

impl Survey {
    #[must_use]
    pub fn new(sources: Vec<Box<dyn Source>>, standards: &Arc<Standards>) -> Self {
        Self {
            size: size(&sources),
            sources,
            standards: standards.clone(),
            at: 0,
            checking: None,
            before: 0,
            calls: 0,
            people: BTreeMap::new(),
            files: Vec::new(),
        }
    }

    /// Looks at the next portion, some 4 MiB or a file. `false`: that was all.
    ///
    /// # Errors
    /// What the store says; what is wrong with a file is in [`Survey::files`].
    pub fn step(&mut self, store: &mut dyn Store) -> Result<bool, Failure> {
        let Some(source) = self.sources.get(self.at) else { return Ok(false) };
        let checking = match &mut self.checking {
            Some(checking) => checking,
            none => match source.open() {
                Ok(from) => none.insert(Checking::new(&source.name(), from)),
                Err(why) => {
                    let (name, reading) = (source.name(), Reading::default());
                    self.files.push(FileReport { name, reading, unreadable: Some(why) });
                    self.at += 1;
                    return Ok(true);
                }
            },
        };
        let (people, standards, calls) = (&mut self.people, &self.standards, &mut self.calls);
        let goes_on = checking.step(store, |about| {
            *calls += u64::from(matches!(about.what, AboutWhat::Call { .. }));
            note(people, standards, about);
        })?;
        if !goes_on && let Some(done) = self.checking.take() {
            self.before += done.bytes();
            self.files.push(FileReport { name: source.name(), reading: done.reading, unreadable: None });
            self.at += 1;
        }
        Ok(true)
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        let now = self.before + self.checking.as_ref().map_or(0, Checking::bytes);
        progress((self.at, self.sources.len()), (now, self.size), self.calls)
    }

    /// Everybody in the files, by pseudonym.
    #[must_use]
    pub fn people(&self) -> Vec<&Incoming> {
        self.people.values().collect()
    }

    /// Goes on to bring in what is wanted of what was found.
    #[must_use]
    pub fn bring(self, wanted: Wanted) -> Bring {
        let keep =
            |report: &FileReport| report.unreadable.is_none() && (report.is_good() || wanted.good_of_partly_bad_files);
        let kept: Vec<bool> = self.files.iter().map(keep).collect();
        let sources = self.sources.into_iter().zip(kept).filter(|(_, keep)| *keep).map(|(source, _)| source);
        let sources: Vec<_> = sources.collect();
        Bring {
            size: size(&sources),
            sources,
            wanted,
            at: 0,
            bringing: None,
            before: 0,
            brought: Brought::default(),
            failed: Vec::new(),
        }
    }
}

fn size(sources: &[Box<dyn Source>]) -> u64 {
    sources.iter().filter_map(|source| source.size()).sum()
}

fn progress(files: (usize, usize), (now, all): (u64, u64), calls: u64) -> Progress {
    Progress { files, bytes: (now, all.max(now)), calls }
}

fn note(people: &mut BTreeMap<String, Incoming>, standards: &Standards, about: &About) {
    let by: String = about.by.chars().take(NAME_LENGTH).collect();
    if people.len() >= MOST_PEOPLE && !people.contains_key(&by) {
        return;
    }
    let person = people.entry(by).or_insert_with_key(|by| Incoming {
        by: by.clone(),
        simulated: is_simulated(by),
        ..Incoming::default()
    });
    match &about.what {
        AboutWhat::Site(site) => person.site = site.chars().take(NAME_LENGTH).collect(),
        AboutWhat::Withdrawal => person.withdraws = true,
        AboutWhat::Call { role, taken, whole } => {
            match about.outcome {
                Outcome::New | Outcome::Continued => person.new += 1,
                Outcome::AlreadyHere => person.already_here += 1,
                Outcome::Differs | Outcome::Stray => return,
            }
            person.decisions_only += u64::from(!whole);
            if let Some(known) = standards.role(role) {
                person.roles.insert(known.id.clone());
                person.registered |= known.registered;
            }
            let day = taken.get(..10).unwrap_or_default();
            if !day.is_empty() && (person.from.is_empty() || day < person.from.as_str()) {
                day.clone_into(&mut person.from);
            }
            if day > person.until.as_str() {
                day.clone_into(&mut person.until);
            }
        }
    }
}

/// What is to be brought in of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Pseudonyms; `None`: everybody.
    pub people: Option<BTreeSet<String>>,
    /// Ids of roles; `None`: all.
    pub roles: Option<BTreeSet<Id>>,
    /// Days from which and before which calls were taken, `YYYY-MM-DD`.
    pub from: Option<String>,
    pub before: Option<String>,
    /// Also what is good in a file that is partly bad.
    pub good_of_partly_bad_files: bool,
}

impl Wanted {
    /// Whether this item is wanted. What people say about a call goes where the call goes; withdrawals always come in.
    #[must_use]
    pub fn takes(&self, item: &Item) -> bool {
        let is_call = |by: &String, role: &Id, taken: &str| {
            let day = taken.get(..10).unwrap_or_default();
            self.people.as_ref().is_none_or(|people| people.contains(by))
                && self.roles.as_ref().is_none_or(|roles| roles.contains(role))
                && self.from.as_ref().is_none_or(|from| !day.is_empty() && day >= from.as_str())
                && self.before.as_ref().is_none_or(|before| !day.is_empty() && day < before.as_str())
        };
        match item {
            Item::Text(_) => true,
            Item::Record(kept) => is_call(&kept.record.head.by, &kept.record.head.role, &kept.record.head.taken),
            Item::Annotation(one) => match &one.kind {
                AnnotationKind::Consent { given: false, .. } => true,
                AnnotationKind::Decided(decided) => is_call(&one.by, &decided.role, &decided.taken),
                // The store leaves out what is about a call that did not come in.
                _ if one.target.is_some() => true,
                _ => self.people.as_ref().is_none_or(|people| people.contains(&one.by)),
            },
        }
    }
}

/// Brings in what is wanted.
pub struct Bring {
    sources: Vec<Box<dyn Source>>,
    size: u64,
    wanted: Wanted,
    at: usize,
    bringing: Option<Bringing<Box<dyn BufRead + Send>>>,
    before: u64,
    pub brought: Brought,
    /// Files that could no longer be opened, with why.
    pub failed: Vec<String>,
}

impl Bring {
    /// Brings in the next portion. `false`: that was all. Whoever stops in between has brought in what came before,
    /// and may begin again.
    ///
    /// # Errors
    /// What the store says.
    pub fn step(&mut self, store: &mut dyn Store) -> Result<bool, Failure> {
        let Some(source) = self.sources.get(self.at) else { return Ok(false) };
        let bringing = match &mut self.bringing {
            Some(bringing) => bringing,
            none => match source.open() {
                Ok(from) => none.insert(Bringing::new(&source.name(), from)),
                Err(why) => {
                    self.failed.push(why);
                    self.at += 1;
                    return Ok(true);
                }
            },
        };
        let wanted = &self.wanted;
        if !bringing.step(store, &|item| wanted.takes(item))?
            && let Some(done) = self.bringing.take()
        {
            self.before += done.bytes();
            self.brought = add(self.brought, done.brought);
            self.at += 1;
        }
        Ok(true)
    }

    #[must_use]
    pub fn progress(&self) -> Progress {
        let (now, going) = self.bringing.as_ref().map_or((0, 0), |going| (going.bytes(), going.brought.new.records));
        let files = (self.at, self.sources.len());
        progress(files, (self.before + now, self.size), self.brought.new.records + going)
    }
}

fn add(a: Brought, b: Brought) -> Brought {
    Brought {
        new: a.new.and(b.new),
        continued: a.continued + b.continued,
        already_here: a.already_here.and(b.already_here),
    }
}

/// Says that two pseudonyms are one person, who took calls on two machines. Taken back by nothing: whoever joins asks
/// first.
#[must_use]
pub fn join(by: &str, with: &str, id: &str, at: &str) -> Annotation {
    Annotation {
        id: id.to_owned(),
        by: by.to_owned(),
        target: None,
        at: at.to_owned(),
        kind: AnnotationKind::Join { with: with.to_owned() },
        text: String::new(),
        shared: true,
    }
}

/// Pseudonyms that look like one person's: the same but for case, spaces, hyphens, dots and underscores. Offered to be
/// joined, never joined by themselves.
#[must_use]
pub fn look_alike<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<Vec<&'n str>> {
    let plain = |name: &str| -> String {
        name.chars().filter(|c| !c.is_whitespace() && !"-._".contains(*c)).flat_map(char::to_lowercase).collect()
    };
    let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        let key = plain(name);
        if !key.is_empty() {
            alike.entry(key).or_default().insert(name);
        }
    }
    alike.into_values().filter(|names| names.len() > 1).map(|names| names.into_iter().collect()).collect()
}

#[cfg(not(target_arch = "wasm32"))]
pub use paths::{AFile, files_in};

#[cfg(not(target_arch = "wasm32"))]
mod paths;
