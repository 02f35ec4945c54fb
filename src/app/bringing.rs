//! Files of many people: looked into first, then brought in as chosen, a portion at a time beside the window.
//!
//! The machines are `sharing::bringing`'s. On the desktop a task steps them with a store of its own, in a browser the page
//! does between two pictures (`app/web/bringing.rs`).

#[cfg(not(target_arch = "wasm32"))]
mod desktop;
mod found;
mod portions;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
#[cfg(not(target_arch = "wasm32"))]
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bevy::prelude::*;

use super::egui::Wake;
use super::library::Library;
use super::past::Past;
use super::store::{Answered, Purpose, Shelf};
use super::when;
use crate::cohort::Joins;
use crate::records::exchange::{Brought, calls_of};
use crate::records::{Annotation, Assessed, Mode, Reply, Request, Summary, fresh_id};
use crate::sharing::bringing::{Progress, Survey, Wanted, join, look_alike};
use crate::standards::Standards;
pub use found::{BadFile, Found};
pub use portions::Portion;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Bringing>();
    app.add_systems(Update, (hear, hear_from_store).chain());
}

/// How often it is looked how far it is.
const LOOK: Duration = Duration::from_millis(250);

/// What is under way with files that come back.
#[derive(Resource, Default)]
pub struct Bringing {
    pub stage: Stage,
    shared: Arc<Mutex<Shared>>,
    #[cfg(not(target_arch = "wasm32"))]
    task: Option<bevy::tasks::Task<()>>,
    /// Pseudonyms that look like one person's, each group; to be joined, or not.
    pub alike: Vec<Vec<String>>,
    /// Whose calls came in last.
    came: BTreeSet<String>,
}

/// How far it is.
#[derive(Default)]
pub enum Stage {
    #[default]
    Nothing,
    LookingInto(Option<Progress>),
    Found(Box<Found>),
    BringingIn(Option<Progress>),
    /// How many calls are marked, of how many that came in without.
    Marking(usize, usize),
    Done(Report),
    Failed(String),
}

/// What came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Sentences, the first about the calls.
    pub lines: Vec<String>,
}

/// What window and worker both look at.
#[derive(Default)]
pub struct Shared {
    /// Counts up: what was begun before is not listened to any more.
    turn: u64,
    progress: Option<Progress>,
    marking: Option<(usize, usize)>,
    done: Option<Done>,
    /// Files that were looked into, until they are brought in.
    survey: Option<Survey>,
}

/// What came of it.
pub enum Done {
    /// Sentences about folders that could not be read.
    Surveyed(Box<Survey>, Vec<String>),
    Brought(Brought, Vec<String>),
    Failed(String),
}

/// The worker's end.
#[derive(Clone)]
pub struct Worker {
    shared: Arc<Mutex<Shared>>,
    turn: u64,
}

impl Worker {
    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says how far it is. `false`: nobody wants it any more.
    pub fn goes_on(&self, progress: Progress) -> bool {
        let mut shared = self.shared();
        if shared.turn == self.turn {
            shared.progress = Some(progress);
        }
        shared.turn == self.turn
    }

    /// Says how many calls are marked. `false`: nobody wants it any more.
    pub fn marks(&self, done: usize, all: usize) -> bool {
        let mut shared = self.shared();
        if shared.turn == self.turn {
            shared.marking = Some((done, all));
        }
        shared.turn == self.turn
    }

    /// That was all.
    pub fn is_done(&self, done: Done) {
        let mut shared = self.shared();
        if shared.turn == self.turn {
            shared.done = Some(done);
        }
    }
}

impl Bringing {
    pub fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::LookingInto(_) | Stage::BringingIn(_) | Stage::Marking(..))
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A worker for what begins now.
    fn begin(&mut self, stage: Stage) -> Worker {
        self.stage = stage;
        let mut shared = self.shared();
        shared.turn += 1;
        (shared.progress, shared.marking, shared.done) = (None, None, None);
        let turn = shared.turn;
        drop(shared);
        Worker { shared: self.shared.clone(), turn }
    }

    /// Looks into files and folders, for the store in `folder`.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn look_into(&mut self, paths: Vec<PathBuf>, standards: &Arc<Standards>, folder: &Path) {
        let worker = self.begin(Stage::LookingInto(None));
        self.task = Some(desktop::look_into(worker, paths, standards.clone(), folder.to_owned()));
    }

    /// Looks into files that the page has read.
    #[cfg(target_arch = "wasm32")]
    pub fn look_into_these(&mut self, files: Vec<(String, Vec<u8>)>, standards: &Arc<Standards>) {
        let worker = self.begin(Stage::LookingInto(None));
        super::web::bringing::look_into(worker, Some(files), standards.clone());
    }

    /// Lets the user choose files, and looks into them.
    #[cfg(target_arch = "wasm32")]
    pub fn choose(&mut self, standards: &Arc<Standards>) {
        let worker = self.begin(Stage::LookingInto(None));
        super::web::bringing::look_into(worker, None, standards.clone());
    }

    /// Brings in what is wanted of what was found.
    pub fn bring_in(&mut self, wanted: Wanted, folder: &std::path::Path, library: &Library) {
        let Some(survey) = self.shared().survey.take() else { return };
        self.came = survey.people().iter().map(|person| person.by.clone()).collect();
        if let Some(people) = &wanted.people {
            self.came.retain(|by| people.contains(by));
        }
        let bring = survey.bring(wanted);
        let worker = self.begin(Stage::BringingIn(None));
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.task = Some(desktop::bring_in(worker, bring, folder.to_owned(), library.again()));
        }
        #[cfg(target_arch = "wasm32")]
        {
            _ = folder;
            super::web::bringing::bring_in(worker, bring, library.again());
        }
    }

    /// Stops what is under way; what came in before stays.
    pub fn stop(&mut self) {
        let was = std::mem::take(&mut self.stage);
        _ = self.begin(Stage::Nothing);
        if matches!(was, Stage::Marking(..)) {
            let stopped = "Everything has come in. What is not marked yet is marked little by little.";
            self.stage = Stage::Done(Report { lines: vec![stopped.to_owned()] });
        }
        if matches!(was, Stage::BringingIn(_)) {
            let stopped = "Stopped. What had come in by then is here; bring the files in again for the rest.";
            self.stage = Stage::Done(Report { lines: vec![stopped.to_owned()] });
        }
        #[cfg(not(target_arch = "wasm32"))]
        {
            self.task = None;
        }
        self.shared().survey = None;
    }
}

fn hear(mut bringing: ResMut<Bringing>, library: Res<Library>, mut shelf: ResMut<Shelf>, mut wake: ResMut<Wake>) {
    if !bringing.is_busy() {
        return;
    }
    wake.within(LOOK);
    let mut shared = bringing.shared();
    let (progress, marking, done) = (shared.progress.clone(), shared.marking, shared.done.take());
    drop(shared);
    if let Some((now, all)) = marking {
        bringing.stage = Stage::Marking(now, all);
    }
    match &mut bringing.stage {
        Stage::LookingInto(shown) | Stage::BringingIn(shown) => *shown = progress,
        _ => {}
    }
    let Some(done) = done else { return };
    wake.now();
    bringing.stage = match done {
        Done::Failed(why) => Stage::Failed(why),
        Done::Surveyed(survey, problems) => {
            let found = Found::of(&survey, problems, &library.standards);
            bringing.shared().survey = Some(*survey);
            Stage::Found(Box::new(found))
        }
        Done::Brought(brought, failed) => {
            // The lists are old; and whoever came may be here under another name.
            super::past::ask_again(&mut shelf);
            shelf.ask(Purpose::Bringing, Request::Annotations { of: None });
            Stage::Done(report(&brought, failed))
        }
    };
}

/// Finished calls that have no mark of today's rules. What cannot be marked is listed without one, as everywhere.
pub fn unmarked(calls: &[Summary], marks: &[Assessed]) -> Vec<String> {
    let marked: BTreeSet<&str> = marks.iter().map(|mark| mark.key.record.as_str()).collect();
    let waits = calls.iter().filter(|call| call.finished && call.head.mode != Mode::Guided);
    waits.map(|call| call.head.id.clone()).filter(|id| !marked.contains(id.as_str())).collect()
}

fn report(brought: &Brought, failed: Vec<String>) -> Report {
    let mut first = format!("{} came in", calls_of(brought.new.records));
    match brought.new.annotations {
        0 => {}
        1 => first += ", with one note, decision or consent",
        n => first += &format!(", with {n} notes, decisions and consents"),
    }
    let mut lines = vec![first + "."];
    if brought.continued > 0 {
        lines.push(format!("{} that had been here unfinished went on.", calls_of(brought.continued)));
    }
    if brought.already_here.records > 0 {
        lines.push(format!("{} had been here already.", calls_of(brought.already_here.records)));
    }
    lines.extend(failed);
    Report { lines }
}

fn hear_from_store(
    mut answers: MessageReader<Answered>,
    mut bringing: ResMut<Bringing>,
    mut past: ResMut<Past>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Bringing) {
        match &answer.result {
            Ok(Reply::Annotations(notes)) => {
                let here: BTreeSet<String> = past.people().into_iter().map(str::to_owned).collect();
                bringing.alike = alike(&bringing.came, &here, notes);
            }
            Ok(_) => {}
            Err(failure) => past.trouble = Some(failure.to_string()),
        }
        wake.now();
    }
}

/// Groups of pseudonyms that look like one person's and are not joined yet: one that has just come, and those like it.
fn alike(came: &BTreeSet<String>, here: &BTreeSet<String>, notes: &[Annotation]) -> Vec<Vec<String>> {
    let joins = Joins::of(notes);
    let mut groups = Vec::new();
    for group in look_alike(came.iter().chain(here).map(String::as_str)) {
        // One name stands for those that are one person already.
        let mut people: BTreeSet<&str> = BTreeSet::new();
        let apart: Vec<String> =
            group.iter().filter(|name| people.insert(joins.person(name))).map(|name| (*name).to_owned()).collect();
        if apart.len() > 1 && group.iter().any(|name| came.contains(*name)) {
            groups.push(apart);
        }
    }
    groups
}

/// Says that all of a group are one person.
///
/// # Errors
/// The system gives no random numbers.
pub fn joined(group: &[String]) -> Result<Vec<Annotation>, String> {
    let Some((first, others)) = group.split_first() else { return Ok(Vec::new()) };
    let at = when::now_exactly();
    let one = |other: &String| {
        let id = fresh_id().map_err(|failure| failure.to_string())?;
        Ok(join(first, other, &id, &at))
    };
    others.iter().map(one).collect()
}
