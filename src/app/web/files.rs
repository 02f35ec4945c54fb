//! Calls out of the store into a download, and back from a file of the user's; calls that a file describes.

use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use bevy::winit::EventLoopProxyWrapper;
use std::path::{Path, PathBuf};

use super::{DATABASE, page};
use crate::app::egui::Wake;
use crate::app::files::{self, Eyes, Told, Wanted};
use crate::records::exchange::{self, Audience};
use crate::records::{
    Annotation, Failure, IndexedDbStore, Item, MemoryStore, Reply, Request, Shared, Store, Ticket, wait,
};
use crate::sharing::returning::{HandBack, hand_back, withdrawal_file};

pub fn plugin(app: &mut App) {
    app.init_resource::<Files>();
    // Before anything that asks what was told.
    app.add_systems(PreUpdate, hear);
}

/// What the button says that brings a file in.
pub const IMPORT: &str = "Import calls, a call set or a scenario";
/// Where the calls of a shift are written.
pub const GOES_TO: &str = "into a download";
/// A page is not told what became of a download: the user may have been asked and said no.
pub const IS_SURE: bool = false;
/// When no file was chosen.
pub const NOT_CHOSEN: &str = "No file was chosen.";

/// A file's name and what is in it.
pub type Contents = (String, Vec<u8>);

/// What came of a job with files.
enum Done {
    Told(Told),
    /// Some of this file is good.
    InPart(Told, Contents),
    /// It is no file of calls but one call, as an author wrote it.
    Scenario(Contents),
}

/// What is under way with files.
#[derive(Resource, Default)]
pub struct Files {
    busy: bool,
    done: Arc<Mutex<Option<Done>>>,
    /// A call that somebody wrote and wants to try: `drop.rs` takes it.
    pub scenario: Option<Contents>,
    /// The file of which a part was good.
    last: Option<Contents>,
    /// What was told last, until somebody takes it.
    pub told: Option<Told>,
}

impl Files {
    pub fn busy(&self) -> bool {
        self.busy
    }

    fn start(&mut self, job: impl Future<Output = Done> + 'static) {
        if self.busy {
            return;
        }
        (self.busy, self.told) = (true, None);
        let done = self.done.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let told = job.await;
            *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
            page::wake();
        });
    }

    /// A download goes where the browser puts it, and a file is chosen when it is read.
    pub fn choose(&mut self, _: Option<&EventLoopProxyWrapper>, _: Wanted, _: &Path) {
        self.told = Some(Told::NotChosen);
    }

    /// Downloads the calls of one pseudonym.
    pub fn export(&mut self, _: Option<&EventLoopProxyWrapper>, _: &Path, by: &str, eyes: Eyes, file: PathBuf) {
        let by = by.to_owned();
        self.start(async move {
            Done::Told(export(&by, eyes.into(), &file).await.map_or_else(Told::Failed, Told::Exported))
        });
    }

    /// Lets the user choose a file and brings in what is good in it; with `keep_good` of the last one, although
    /// some of it is bad.
    pub fn import(&mut self, _: Option<&EventLoopProxyWrapper>, _: &Path, _: PathBuf, keep_good: bool) {
        let last = self.last.take().filter(|_| keep_good);
        self.start(async move {
            let contents = match last {
                Some(contents) => contents,
                None => match page::file(&page::choose(".jsonl,.ron").await) {
                    Some(contents) if files::is_call_set(&contents.1) => return Done::Told(set(contents)),
                    Some(contents) if contents.0.ends_with(".ron") => return Done::Scenario(contents),
                    Some(contents) => contents,
                    None => return Done::Told(Told::NotChosen),
                },
            };
            bring_in(contents, keep_good).await
        });
    }

    /// Downloads a text: a call set.
    pub fn write(&mut self, _: Option<&EventLoopProxyWrapper>, file: PathBuf, contents: String) {
        let name = files::name_of(&file);
        page::download(&name, &contents);
        self.told = Some(Told::Exported(format!("Downloaded as {name}.")));
    }

    /// Downloads what somebody hands back, and keeps in the store what they agreed to.
    pub fn hand_back(
        &mut self,
        _: Option<&EventLoopProxyWrapper>,
        _: &Path,
        what: HandBack,
        site: String,
        file: PathBuf,
    ) {
        self.start(
            async move { Done::Told(back(&what, &site, &file).await.map_or_else(Told::Failed, Told::Exported)) },
        );
    }

    /// Downloads a file that takes back what was shared, and keeps that in the store.
    pub fn take_back(&mut self, _: Option<&EventLoopProxyWrapper>, _: &Path, withdrawal: Annotation, file: PathBuf) {
        self.start(async move {
            let name = files::name_of(&file);
            page::download(&name, &withdrawal_file(&withdrawal));
            let kept = async {
                let mut store = IndexedDbStore::open(DATABASE, || {}).await?;
                store.ask(Request::Annotate(Box::new(withdrawal))).await
            };
            Done::Told(match kept.await {
                Ok(_) => Told::Exported(format!(
                    "Downloaded as {name}. Give it to everybody who had your calls: what you shared is taken back there."
                )),
                Err(failure) => Told::Failed(failure.to_string()),
            })
        });
    }

    /// Takes up a call set that came in another way.
    pub fn open_set(&mut self, contents: Contents) {
        self.told = Some(set(contents));
    }

    /// Brings in a file that came in another way.
    pub fn import_this(&mut self, contents: Contents) {
        self.start(bring_in(contents, false));
    }
}

pub fn hear(mut files: ResMut<Files>, mut wake: ResMut<Wake>) {
    if !files.busy {
        return;
    }
    let done = files.done.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(done) = done else { return };
    (files.busy, files.last) = (false, None);
    match done {
        Done::Told(told) => files.told = Some(told),
        Done::InPart(told, contents) => (files.told, files.last) = (Some(told), Some(contents)),
        Done::Scenario(contents) => files.scenario = Some(contents),
    }
    wake.now();
}

fn set((name, bytes): Contents) -> Told {
    Told::Set { name, bytes }
}

async fn back(what: &HandBack, site: &str, file: &Path) -> Result<String, String> {
    let said = |failure: Failure| failure.to_string();
    let (mut kept, _) = copy().await.map_err(said)?;
    let mut store = IndexedDbStore::open(DATABASE, || {}).await.map_err(said)?;
    let notes = match wait(&mut kept, Request::Annotations { of: None }).map_err(said)? {
        Reply::Annotations(notes) => notes,
        _ => Vec::new(),
    };
    if let Some(site) = files::site_to_say(&notes, &what.by, site, &what.at)? {
        wait(&mut kept, Request::Annotate(Box::new(site.clone()))).map_err(said)?;
        store.ask(Request::Annotate(Box::new(site))).await.map_err(said)?;
    }
    let mut contents = Vec::new();
    let counts = hand_back(&mut kept, what, &mut contents).map_err(|e| e.to_string())?;
    let contents = String::from_utf8(contents).map_err(|e| e.to_string())?;
    let name = files::name_of(file);
    page::download(&name, &contents);
    store.ask(Request::Annotate(Box::new(what.consent()))).await.map_err(said)?;
    Ok(files::handed_back(counts, !what.what.contains(&Shared::Calls), &name))
}

async fn export(by: &str, audience: Audience, file: &Path) -> Result<String, String> {
    let said = |failure: Failure| failure.to_string();
    let (mut kept, calls) = copy().await.map_err(said)?;
    let own = calls.iter().filter(|(_, who)| who == by).map(|(id, _)| id.clone()).collect();
    let mut contents = Vec::new();
    let counts = exchange::export(&mut kept, Some(&own), audience, &mut contents).map_err(|e| e.to_string())?;
    let contents = String::from_utf8(contents).map_err(|e| e.to_string())?;
    let name = file.file_name().map_or_else(|| "rightcall.jsonl".into(), |name| name.to_string_lossy());
    page::download(&name, &contents);
    Ok(format!("{} downloaded as {name}", exchange::say(counts)))
}

async fn bring_in(contents: Contents, keep_good: bool) -> Done {
    match import(&contents, keep_good).await {
        Ok(told @ Told::PartlyBad { .. }) => Done::InPart(told, contents),
        Ok(told) => Done::Told(told),
        Err(why) => Done::Told(Told::Failed(why)),
    }
}

async fn import((name, bytes): &Contents, keep_good: bool) -> Result<Told, String> {
    let said = |failure: Failure| failure.to_string();
    let (kept, _) = copy().await.map_err(said)?;
    let mut kept = Watched { store: kept, items: Vec::new() };
    let reading = exchange::check(name, &bytes[..], &mut kept).map_err(said)?;
    if !reading.is_good() && !keep_good {
        return Ok(files::partly_bad(name.into(), &reading));
    }
    let brought = exchange::bring_in(name, &bytes[..], &mut kept).map_err(said)?;
    // What the copy has taken, the store takes.
    let mut store = IndexedDbStore::open(DATABASE, || {}).await.map_err(said)?;
    for items in kept.items {
        store.ask(Request::Import { items, only_check: false }).await.map_err(said)?;
    }
    Ok(files::imported(&brought))
}

/// Everything that is kept, in memory; and the id and pseudonym of every call.
pub(super) async fn copy() -> Result<(MemoryStore, Vec<(String, String)>), Failure> {
    let mut store = IndexedDbStore::open(DATABASE, || {}).await?;
    let mut kept = MemoryStore::new();
    let mut calls = Vec::new();
    let mut items = Vec::new();
    if let Reply::Calls(all) = store.ask(Request::List).await? {
        for call in all {
            for hash in [&call.head.scenario, &call.head.standards] {
                match store.ask(Request::Texts(hash.to_string())).await {
                    Ok(Reply::Texts(texts)) => items.extend(texts.into_iter().map(Item::Text)),
                    // It was not in the file that the record came from.
                    Ok(_) | Err(Failure::NoText { .. }) => {}
                    Err(failure) => return Err(failure),
                }
            }
            if let Reply::Record(record) = store.ask(Request::Load(call.head.id.clone())).await? {
                items.push(Item::Record(record));
            }
            calls.push((call.head.id, call.head.by));
        }
    }
    if let Reply::Annotations(all) = store.ask(Request::Annotations { of: None }).await? {
        items.extend(all.into_iter().map(|annotation| Item::Annotation(Box::new(annotation))));
    }
    wait(&mut kept, Request::Import { items, only_check: false })?;
    Ok((kept, calls))
}

/// A store in memory, and what it was given to take over.
pub(super) struct Watched {
    pub store: MemoryStore,
    pub items: Vec<Vec<Item>>,
}

impl Store for Watched {
    fn submit(&mut self, request: Request) -> Ticket {
        if let Request::Import { items, only_check: false } = &request {
            self.items.push(items.clone());
        }
        self.store.submit(request)
    }

    fn poll(&mut self) -> Vec<(Ticket, Result<Reply, Failure>)> {
        self.store.poll()
    }
}

/// The name of a download.
pub fn usual_place(name: &str) -> PathBuf {
    name.into()
}

/// Downloads a text: a page, a table. What was done, as a sentence.
///
/// # Errors
/// None here; on the desktop a file may not be writable.
#[expect(clippy::unnecessary_wraps, reason = "the desktop's can fail")]
pub fn put(name: &str, contents: &str) -> Result<String, String> {
    page::download(name, contents);
    Ok(format!("Downloaded as {name}."))
}
