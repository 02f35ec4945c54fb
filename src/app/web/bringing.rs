//! The page's worker for files that come back: a copy of the store in memory, a portion between two pictures.

use std::sync::Arc;

use bevy::log::warn;

use super::files::{Watched, copy};
use super::{DATABASE, page};
use crate::app::bringing::{Done, Portion, Worker, unmarked};
use crate::app::library::Library;
use crate::app::past::{Known, mark_from};
use crate::call::RULES;
use crate::records::{Failure, IndexedDbStore, Reply, Request, Store};
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

/// Brings in what is wanted, and marks what has no mark yet.
pub fn bring_in(worker: Worker, bring: Bring, library: Library) {
    wasm_bindgen_futures::spawn_local(async move {
        let done =
            bring_all(&worker, bring, &library).await.unwrap_or_else(|failure| Done::Failed(failure.to_string()));
        worker.is_done(done);
        page::wake();
    });
}

async fn bring_all(worker: &Worker, mut bring: Bring, library: &Library) -> Result<Done, Failure> {
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
            break;
        }
        if !worker.goes_on(bring.progress()) {
            return Ok(Done::Failed(String::new()));
        }
        page::pause().await;
    }
    mark_all(worker, library, &mut kept, &mut store).await?;
    Ok(Done::Brought(bring.brought, bring.failed))
}

/// Marks out of the copy what has no mark yet, as long as somebody waits for it: the rest is marked little by little.
async fn mark_all(
    worker: &Worker,
    library: &Library,
    copy: &mut dyn Store,
    store: &mut IndexedDbStore,
) -> Result<(), Failure> {
    let (Reply::Calls(calls), Reply::Assessments(marks)) =
        (store.ask(Request::List).await?, store.ask(Request::Assessments { rules: RULES }).await?)
    else {
        return Ok(());
    };
    let unmarked = unmarked(&calls, &marks);
    let (mut known, mut portion) = (Known::default(), Portion::default());
    for (n, id) in unmarked.iter().enumerate() {
        if !worker.marks(n, unmarked.len()) {
            break;
        }
        page::pause().await;
        let mark = mark_from(copy, library, id, &mut known).unwrap_or_else(|why| {
            warn!("call `{id}` cannot be marked: {why}");
            None
        });
        if let Some(marks) = portion.with(mark) {
            store.ask(marks).await?;
        }
    }
    if let Some(marks) = portion.rest() {
        store.ask(marks).await?;
    }
    Ok(())
}
