//! The desktop's worker: a task with a store of its own.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use bevy::log::warn;
use bevy::tasks::futures_lite::future::yield_now;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::{Done, Worker};
use crate::app::library::Library;
use crate::app::past::{Known, mark_with};
use crate::call::RULES;
use crate::records::{Assessed, Mode, Reply, Request, SqliteStore, wait};
use crate::sharing::bringing::{Bring, Source, Survey, files_in};
use crate::standards::Standards;

pub fn look_into(worker: Worker, paths: Vec<PathBuf>, standards: Arc<Standards>, folder: PathBuf) -> Task<()> {
    AsyncComputeTaskPool::get().spawn(async move {
        let (files, problems) = files_in(&paths);
        let mut store = match SqliteStore::open(&folder) {
            Ok(store) => store,
            Err(failure) => return worker.is_done(Done::Failed(failure.to_string())),
        };
        let sources = files.into_iter().map(|file| Box::new(file) as Box<dyn Source>).collect();
        let mut survey = Survey::new(sources, &standards);
        loop {
            match survey.step(&mut store) {
                Err(failure) => return worker.is_done(Done::Failed(failure.to_string())),
                Ok(false) => return worker.is_done(Done::Surveyed(Box::new(survey), problems)),
                Ok(true) if !worker.goes_on(survey.progress()) => return,
                Ok(true) => yield_now().await,
            }
        }
    })
}

/// Brings in what is wanted, and marks what has no mark yet.
pub fn bring_in(worker: Worker, mut bring: Bring, folder: PathBuf, library: Library) -> Task<()> {
    AsyncComputeTaskPool::get().spawn(async move {
        let mut store = match SqliteStore::open(&folder) {
            Ok(store) => store,
            Err(failure) => return worker.is_done(Done::Failed(failure.to_string())),
        };
        loop {
            match bring.step(&mut store) {
                Err(failure) => return worker.is_done(Done::Failed(failure.to_string())),
                Ok(false) => break,
                Ok(true) if !worker.goes_on(bring.progress()) => return,
                Ok(true) => yield_now().await,
            }
        }
        // What cannot be marked is listed without a mark, as everywhere.
        let unmarked = unmarked(&mut store);
        let (mut known, mut marks) = (Known::default(), Vec::new());
        for (n, id) in unmarked.iter().enumerate() {
            let wanted = worker.marks(n, unmarked.len());
            if !wanted || marks.len() >= AT_ONCE {
                keep(&mut store, &mut marks);
            }
            if !wanted {
                return;
            }
            match mark_with(&mut store, &library, id, &mut known) {
                Ok(mark) => marks.extend(mark),
                Err(why) => warn!("call `{id}` cannot be marked: {why}"),
            }
            yield_now().await;
        }
        keep(&mut store, &mut marks);
        worker.is_done(Done::Brought(bring.brought, bring.failed));
    })
}

/// So many marks are one write to the disk: each waits for the disk, and twelve thousand would wait for minutes. What a
/// crash takes is marked again.
const AT_ONCE: usize = 100;

fn keep(store: &mut SqliteStore, marks: &mut Vec<Assessed>) {
    if marks.is_empty() {
        return;
    }
    if let Err(failure) = wait(store, Request::PutAssessments(std::mem::take(marks))) {
        warn!("marks are not kept: {failure}");
    }
}

/// Finished calls that have no mark of today's rules.
fn unmarked(store: &mut SqliteStore) -> Vec<String> {
    let (Ok(Reply::Calls(calls)), Ok(Reply::Assessments(marks))) =
        (wait(store, Request::List), wait(store, Request::Assessments { rules: RULES }))
    else {
        return Vec::new();
    };
    let marked: BTreeSet<&str> = marks.iter().map(|mark| mark.key.record.as_str()).collect();
    let waits = calls.iter().filter(|call| call.finished && call.head.mode != Mode::Guided);
    waits.map(|call| call.head.id.clone()).filter(|id| !marked.contains(id.as_str())).collect()
}
