//! The desktop's worker: a task with a store of its own.

use std::path::PathBuf;
use std::sync::Arc;

use bevy::log::warn;
use bevy::tasks::futures_lite::future::yield_now;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::{Done, Portion, Worker, unmarked};
use crate::app::library::Library;
use crate::app::past::{Known, mark_from};
use crate::call::RULES;
use crate::records::{Reply, Request, SqliteStore, wait};
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
        let (mut known, mut portion) = (Known::default(), Portion::default());
        for (n, id) in unmarked.iter().enumerate() {
            if !worker.marks(n, unmarked.len()) {
                return keep(&mut store, portion.rest());
            }
            let mark = mark_from(&mut store, &library, id, &mut known).unwrap_or_else(|why| {
                warn!("call `{id}` cannot be marked: {why}");
                None
            });
            keep(&mut store, portion.with(mark));
            yield_now().await;
        }
        keep(&mut store, portion.rest());
        worker.is_done(Done::Brought(bring.brought, bring.failed));
    })
}

fn keep(store: &mut SqliteStore, marks: Option<Request>) {
    if let Some(Err(failure)) = marks.map(|marks| wait(store, marks)) {
        warn!("marks are not kept: {failure}");
    }
}
