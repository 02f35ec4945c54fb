//! Call sets that people have opened here: kept in the store, taken from the desk, handed back as one file.

mod kept;
mod standing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bevy::prelude::*;

use super::Screen;
use super::egui::Wake;
use super::files::{Files, Told};
use super::library::{Entry, Library};
use super::past::Past;
use super::profile::Who;
use super::store::{Answered, Purpose, Shelf};
use crate::diagnostic::{Diagnostic, codes};
use crate::records::{Annotation, AnnotationKind, Reply, Request};
use crate::scenario;
use crate::sharing::call_set::{self, Carried, KnownCall, LoadedSet, SetCall};
pub use standing::{HowFar, Row, SetOnDesk, finished};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Sets>();
    for screen in [Screen::Desk, Screen::HandBack] {
        app.add_systems(OnEnter(screen), ask);
    }
    app.add_systems(Update, (hear, open, kept::merge, kept::keep).chain());
}

/// The sets, and what was said of calls taken for one.
#[derive(Resource, Default)]
pub struct Sets {
    all: Vec<Opened>,
    /// What the store has: who has which set.
    saved: Option<BTreeMap<String, BTreeSet<String>>>,
    /// It is being asked what another window has kept.
    merging: bool,
    /// What it has besides, and this version cannot take.
    unreadable: Vec<kept::Listed>,
    /// Which calls were taken for a set, and what was shared, by time.
    pub notes: Vec<Annotation>,
}

/// Recordings by hash of the call's text and their name.
pub type Recordings = BTreeMap<(String, String), Arc<[u8]>>;

/// A set that somebody has opened.
pub struct Opened {
    pub loaded: LoadedSet,
    /// Calls that travel in it.
    own: Vec<Entry>,
    /// What they are recorded with: hash of the call's text, name of the recording.
    recordings: Recordings,
    /// Pseudonyms of those on whose desk it lies.
    people: BTreeSet<String>,
}

impl Opened {
    /// The call with this text: the set's own, else the library's.
    pub fn entry<'a>(&'a self, call: &SetCall, library: &'a Library) -> Option<&'a Entry> {
        let fits = |entry: &&Entry| entry.hash == call.scenario;
        self.own.iter().find(fits).or_else(|| library.entries.iter().find(fits))
    }

    /// Whether the call travels in the set and is not in the library.
    pub fn is_own(&self, call: &SetCall) -> bool {
        self.own.iter().any(|entry| entry.hash == call.scenario)
    }
}

impl Sets {
    /// Puts a set on somebody's desk. Its name.
    ///
    /// # Errors
    /// What is wrong with it, each with file, line and column.
    pub fn open(&mut self, name: &str, bytes: &[u8], library: &Library, by: &str) -> Result<String, String> {
        let loaded = call_set::load(name, bytes).map_err(|problems| listed(&problems))?;
        let problems = loaded.check(&known(library), &library.standards);
        if !problems.is_empty() {
            return Err(listed(&problems));
        }
        let own = loaded.scenarios().map_err(|problems| listed(&problems))?;
        let check = |call| scenario::check::check(call, &library.standards);
        // Its file is the set's: what it is called says nothing.
        let unusable: Vec<_> = own
            .iter()
            .flat_map(check)
            .filter(|problem| problem.keeps_from_use() && problem.code != codes::ID_AND_FILE)
            .collect();
        if !unusable.is_empty() {
            return Err(listed(&unusable));
        }
        let name = loaded.set.name.clone();
        match self.all.iter_mut().find(|opened| opened.loaded.hash == loaded.hash) {
            Some(opened) => _ = opened.people.insert(by.to_owned()),
            None => {
                let own = own.into_iter().map(Entry::from).collect();
                // Whether each can be played was checked.
                let heard =
                    |one: &Carried| Some(((one.scenario.clone(), one.name.clone()), Arc::from(one.bytes().ok()?)));
                let recordings = loaded.set.recordings.iter().filter_map(heard).collect();
                self.all.push(Opened { loaded, own, recordings, people: BTreeSet::from([by.to_owned()]) });
            }
        }
        Ok(name)
    }

    /// The set with this hash.
    pub fn by_hash(&self, hash: &str) -> Option<&Opened> {
        self.all.iter().find(|opened| opened.loaded.hash == hash)
    }

    /// The sets on somebody's desk, as they were opened.
    pub fn of<'a>(&'a self, by: &'a str) -> impl Iterator<Item = &'a Opened> {
        self.all.iter().filter(move |opened| opened.people.contains(by))
    }

    /// What the calls of all sets are recorded with.
    pub fn recordings(&self) -> Recordings {
        self.all.iter().flat_map(|opened| opened.recordings.clone()).collect()
    }

    /// Files of sets that lie on somebody's desk and cannot be taken today.
    pub fn unreadable_of(&self, by: &str) -> Vec<&str> {
        self.unreadable.iter().filter(|one| one.people.contains(by)).map(|one| one.file()).collect()
    }

    /// Takes a set off somebody's desk; calls that were taken for it stay.
    pub fn put_away(&mut self, hash: &str, by: &str) {
        for opened in self.all.iter_mut().filter(|opened| opened.loaded.hash == hash) {
            opened.people.remove(by);
        }
        self.all.retain(|opened| !opened.people.is_empty());
    }

    /// Takes everything off the desk of somebody whose shift is over.
    pub fn forget(&mut self, by: &str) {
        for opened in &mut self.all {
            opened.people.remove(by);
        }
        self.all.retain(|opened| !opened.people.is_empty());
    }
}

/// The calls of the library, as a set may name them.
pub fn known(library: &Library) -> BTreeMap<String, KnownCall> {
    library.entries.iter().map(|entry| (entry.hash.clone(), KnownCall::of(&entry.scenario))).collect()
}

/// How many findings are said.
const FINDINGS: usize = 6;

/// Findings as lines, the first few.
pub fn listed(problems: &[Diagnostic]) -> String {
    let mut lines: Vec<String> = problems.iter().take(FINDINGS).map(ToString::to_string).collect();
    if problems.len() > FINDINGS {
        lines.push(format!("and {} more", problems.len() - FINDINGS));
    }
    lines.join("\n")
}

fn ask(sets: Res<Sets>, mut shelf: ResMut<Shelf>) {
    if !sets.all.is_empty() {
        shelf.ask(Purpose::Sets, Request::Annotations { of: None });
    }
}

fn hear(
    mut answers: MessageReader<Answered>,
    library: Res<Library>,
    mut sets: ResMut<Sets>,
    mut shelf: ResMut<Shelf>,
    mut past: ResMut<Past>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read() {
        match (answer.purpose, &answer.result) {
            (Purpose::Settings, Ok(Reply::Settings(all))) => {
                kept::read(all, &library, &mut sets);
                if !sets.all.is_empty() {
                    shelf.ask(Purpose::Sets, Request::Annotations { of: None });
                }
            }
            (Purpose::Sets, Ok(Reply::Annotations(all))) => {
                let wanted = |one: &&Annotation| {
                    matches!(one.kind, AnnotationKind::InSet { .. } | AnnotationKind::Consent { .. })
                };
                sets.notes = all.iter().filter(wanted).cloned().collect();
            }
            (Purpose::Sets, Err(failure)) => past.trouble = Some(failure.to_string()),
            _ => continue,
        }
        wake.now();
    }
}

/// A file that was brought in is a call set: it lies on the desk, or what is wrong with it is said.
fn open(
    mut files: ResMut<Files>,
    mut sets: ResMut<Sets>,
    library: Res<Library>,
    who: Res<Who>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    if !matches!(files.told, Some(Told::Set { .. })) {
        return;
    }
    let Some(Told::Set { name, bytes }) = files.told.take() else { return };
    match sets.open(&name, &bytes, &library, who.name()) {
        Ok(_) => next.set(Screen::Desk),
        Err(why) => files.told = Some(Told::Failed(format!("This call set cannot be taken.\n{why}"))),
    }
    wake.now();
}
