//! The desktop's worker: a task with a store of its own.

use std::path::PathBuf;
use std::sync::Arc;

use bevy::tasks::futures_lite::future::yield_now;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::{Done, Worker};
use crate::records::SqliteStore;
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

pub fn bring_in(worker: Worker, mut bring: Bring, folder: PathBuf) -> Task<()> {
    AsyncComputeTaskPool::get().spawn(async move {
        let mut store = match SqliteStore::open(&folder) {
            Ok(store) => store,
            Err(failure) => return worker.is_done(Done::Failed(failure.to_string())),
        };
        loop {
            match bring.step(&mut store) {
                Err(failure) => return worker.is_done(Done::Failed(failure.to_string())),
                Ok(false) => return worker.is_done(Done::Brought(bring.brought, bring.failed)),
                Ok(true) if !worker.goes_on(bring.progress()) => return,
                Ok(true) => yield_now().await,
            }
        }
    })
}
