//! Calls out of the store into a download, and back from a file of the user's; calls that a file describes.

use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use bevy::winit::EventLoopProxyWrapper;
use std::path::{Path, PathBuf};

use super::{DATABASE, page};
use crate::app::egui::Wake;
use crate::records::exchange::{self, Audience};
use crate::records::{Failure, IndexedDbStore, Item, MemoryStore, Reply, Request, Store, Ticket};

pub(in crate::app) fn plugin(app: &mut App) {
    app.init_resource::<Files>();
    app.add_systems(Update, hear);
}

/// For whose eyes a file of one's own calls is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// One's own: with everything one wrote.
    Mine,
    /// The trainer's: without what is not shared.
    Trainer,
}

impl From<Eyes> for Audience {
    fn from(eyes: Eyes) -> Self {
        match eyes {
            Eyes::Mine => Self::Author,
            Eyes::Trainer => Self::Others,
        }
    }
}

/// What a file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Export,
    Import,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A file was chosen in the system's dialogue: the desktop's answer alone.
    #[allow(dead_code, reason = "whoever hears of it is the same for both")]
    Chosen(Wanted, PathBuf),
    NotChosen,
    Exported(String),
    Imported(String),
    /// Some of the file is bad: what is good can be had.
    PartlyBad {
        file: PathBuf,
        why: String,
        good: bool,
    },
    Failed(String),
}

/// A file's name and what is in it.
type Contents = (String, Vec<u8>);

/// What is under way with files.
#[derive(Resource, Default)]
pub struct Files {
    busy: bool,
    done: Arc<Mutex<Option<(Told, Option<Contents>)>>>,
    /// The file of which a part was good.
    last: Option<Contents>,
    /// What was told last, until somebody takes it.
    pub told: Option<Told>,
}

impl Files {
    pub fn busy(&self) -> bool {
        self.busy
    }

    fn start(&mut self, job: impl Future<Output = (Told, Option<Contents>)> + 'static) {
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
        self.start(
            async move { (export(&by, eyes.into(), &file).await.map_or_else(Told::Failed, Told::Exported), None) },
        );
    }

    /// Lets the user choose a file and brings in what is good in it; with `keep_good` of the last one, although
    /// some of it is bad.
    pub fn import(&mut self, _: Option<&EventLoopProxyWrapper>, _: &Path, _: PathBuf, keep_good: bool) {
        let last = self.last.take().filter(|_| keep_good);
        self.start(async move {
            let contents = match last {
                Some(contents) => contents,
                None => match page::file(&page::choose(".jsonl").await) {
                    Some(contents) => contents,
                    None => return (Told::NotChosen, None),
                },
            };
            bring_in(contents, keep_good).await
        });
    }

    /// Brings in a file that came in another way.
    pub fn import_this(&mut self, contents: Contents) {
        self.start(bring_in(contents, false));
    }
}

fn hear(mut files: ResMut<Files>, mut wake: ResMut<Wake>) {
    if !files.busy {
        return;
    }
    let done = files.done.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((told, last)) = done {
        files.busy = false;
        files.last = last;
        files.told = Some(told);
        wake.now();
    }
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

async fn bring_in(contents: Contents, keep_good: bool) -> (Told, Option<Contents>) {
    match import(&contents, keep_good).await {
        Ok(told @ Told::PartlyBad { .. }) => (told, Some(contents)),
        Ok(told) => (told, None),
        Err(why) => (Told::Failed(why), None),
    }
}

async fn import((name, bytes): &Contents, keep_good: bool) -> Result<Told, String> {
    let said = |failure: Failure| failure.to_string();
    let (kept, _) = copy().await.map_err(said)?;
    let mut kept = Watched { store: kept, items: Vec::new() };
    let reading = exchange::check(name, &bytes[..], &mut kept).map_err(said)?;
    if !reading.is_good() && !keep_good {
        let first = reading.bad.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let more = reading.bad.len().saturating_sub(3) as u64 + reading.more_bad;
        let more = if more > 0 { format!("\nand {more} more") } else { String::new() };
        let good = reading.new.records + reading.new.annotations > 0;
        return Ok(Told::PartlyBad { file: name.into(), why: first + &more, good });
    }
    let brought = exchange::bring_in(name, &bytes[..], &mut kept).map_err(said)?;
    // What the copy has taken, the store takes.
    let mut store = IndexedDbStore::open(DATABASE, || {}).await.map_err(said)?;
    for items in kept.items {
        store.ask(Request::Import { items, only_check: false }).await.map_err(said)?;
    }
    let mut report = format!("{} imported", exchange::say(brought.new));
    if brought.already_here.records > 0 {
        report += &format!(", {} already here", exchange::calls_of(brought.already_here.records));
    }
    Ok(Told::Imported(report))
}

/// Everything that is kept, in memory; and the id and pseudonym of every call.
async fn copy() -> Result<(MemoryStore, Vec<(String, String)>), Failure> {
    let mut store = IndexedDbStore::open(DATABASE, || {}).await?;
    let mut kept = MemoryStore::new();
    let mut calls = Vec::new();
    let mut items = Vec::new();
    if let Reply::Calls(all) = store.ask(Request::List).await? {
        for call in all {
            for hash in [&call.head.scenario, &call.head.standards] {
                match store.ask(Request::Texts(hash.clone())).await {
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
    crate::records::wait(&mut kept, Request::Import { items, only_check: false })?;
    Ok((kept, calls))
}

/// A store in memory, and what it was given to take over.
struct Watched {
    store: MemoryStore,
    items: Vec<Vec<Item>>,
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
