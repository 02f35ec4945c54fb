//! The page's worker for files that come back: a copy of the store in memory, a portion between two pictures.

use std::sync::Arc;

use super::files::{Watched, copy};
use super::{DATABASE, page};
use crate::app::bringing::{Done, Worker};
use crate::records::{Failure, IndexedDbStore, Request};
use crate::sharing::bringing::{Bring, InMemory, Source, Survey};
use crate::standards::Standards;

/// Looks into files; without any the user chooses them.
pub fn look_into(worker: Worker, files: Option<Vec<(String, Vec<u8>)>>, standards: Arc<Standards>) {
    wasm_bindgen_futures::spawn_local(async move {
        let files = match files {
            Some(files) => files,
            None => page::files(&page::choose_several(".jsonl").await),
        };
        let done = if files.is_empty() {
            Done::Failed("No file was chosen.".to_owned())
        } else {
            survey(&worker, files, &standards).await
        };
        worker.is_done(done);
        page::wake();
    });
}

async fn survey(worker: &Worker, files: Vec<(String, Vec<u8>)>, standards: &Arc<Standards>) -> Done {
    let mut kept = match copy().await {
        Ok((kept, _)) => kept,
        Err(failure) => return Done::Failed(failure.to_string()),
    };
    let source = |(name, bytes): (String, Vec<u8>)| Box::new(InMemory { name, bytes: bytes.into() }) as Box<dyn Source>;
    let mut survey = Survey::new(files.into_iter().map(source).collect(), standards);
    loop {
        match survey.step(&mut kept) {
            Err(failure) => return Done::Failed(failure.to_string()),
            Ok(false) => return Done::Surveyed(Box::new(survey), Vec::new()),
            Ok(true) if !worker.goes_on(survey.progress()) => return Done::Failed(String::new()),
            Ok(true) => page::pause().await,
        }
    }
}

/// Brings in what is wanted.
pub fn bring_in(worker: Worker, bring: Bring) {
    wasm_bindgen_futures::spawn_local(async move {
        let done = bring_all(&worker, bring).await.unwrap_or_else(|failure| Done::Failed(failure.to_string()));
        worker.is_done(done);
        page::wake();
    });
}

async fn bring_all(worker: &Worker, mut bring: Bring) -> Result<Done, Failure> {
    let (store, _) = copy().await?;
    let mut kept = Watched { store, items: Vec::new() };
    let mut store = IndexedDbStore::open(DATABASE, || {}).await?;
    loop {
        let goes_on = bring.step(&mut kept)?;
        // What the copy has taken, the store takes.
        for items in kept.items.drain(..) {
            store.ask(Request::Import { items, only_check: false }).await?;
        }
        if !goes_on {
            return Ok(Done::Brought(bring.brought, bring.failed));
        }
        if !worker.goes_on(bring.progress()) {
            return Ok(Done::Failed(String::new()));
        }
        page::pause().await;
    }
}
