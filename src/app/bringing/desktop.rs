//! The desktop's worker: a task with a store of its own.

use std::path::PathBuf;
use std::sync::Arc;

use bevy::log::warn;
use bevy::tasks::futures_lite::future::yield_now;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::{Done, Worker, unmarked};
use crate::app::library::Library;
use crate::app::past::{Known, mark_from};
use crate::call::RULES;
use crate::records::{Assessed, Reply, Request, SqliteStore, wait};
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
        let lists = (wait(&mut store, Request::List), wait(&mut store, Request::Assessments { rules: RULES }));
        let unmarked = match lists {
            (Ok(Reply::Calls(calls)), Ok(Reply::Assessments(marks))) => unmarked(&calls, &marks),
            _ => Vec::new(),
        };
        let (mut known, mut marks) = (Known::default(), Vec::new());
        for (n, id) in unmarked.iter().enumerate() {
            let wanted = worker.marks(n, unmarked.len());
            if !wanted || marks.len() >= AT_ONCE {
                keep(&mut store, &mut marks);
            }
            if !wanted {
                return;
            }
            match mark_from(&mut store, &library, id, &mut known) {
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
