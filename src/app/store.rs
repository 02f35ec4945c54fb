//! The port to the store: requests go out, answers come back as messages. Nobody waits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use bevy::prelude::*;
#[cfg(not(target_arch = "wasm32"))]
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};

#[cfg(target_arch = "wasm32")]
use crate::records::IndexedDbStore;
use crate::records::{Failure, MemoryStore, Reply, Request, Store, Ticket};
#[cfg(not(target_arch = "wasm32"))]
use crate::records::{SqliteStore, default_data_dir};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Answered>();
    app.init_resource::<Shelf>();
    app.add_systems(Startup, open);
    app.add_systems(First, pump);
}

/// Where calls are to be kept, from the command line.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Resource, Default)]
pub struct DataDir(pub Option<PathBuf>);

/// The browser's store, opened before the application began, or why there is none.
#[cfg(target_arch = "wasm32")]
#[derive(Resource)]
pub struct Opened(Option<Result<IndexedDbStore, String>>);

#[cfg(target_arch = "wasm32")]
impl Opened {
    pub fn new(store: Result<IndexedDbStore, String>) -> Self {
        Self(Some(store))
    }
}

/// What a request was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Something of the call in hand.
    Live,
    /// How far its clock has come.
    Mark,
    /// The list of calls.
    Calls,
    Unfinished,
    /// A kept call on its way to be gone on with, looked at or marked, by its number among those.
    Open(u32),
    /// Something said in the debrief.
    Annotate,
    /// What was said of a call.
    Annotations,
    /// The calls before the one in the debrief, and their assessments.
    Before,
    /// An assessment for the lists.
    Assessment,
    Assessments,
    Abandon,
    /// What this machine keeps for its window.
    Settings,
    /// Something of that is to be kept.
    Keep,
    /// What another window has kept of profiles meanwhile: what has changed here is put into it.
    Profiles,
    /// The same of call sets.
    SetsKept,
    /// Everybody's calls, for the review room.
    Review,
    /// The marks of calls of which somebody said something, for the review room.
    SpokenOf,
    /// One's own calls and marks, for the evidence by competence.
    Evidence,
    /// What happens in a session, and what happened.
    Session,
    /// What was said of calls taken for a call set, and what was shared.
    Sets,
    /// What was said of people whose files were brought in.
    Bringing,
    /// The call that is played in a session.
    Clip,
    /// Who shows what of their calls.
    Consents,
    /// The calls of whoever ends a shift are thrown away.
    Wipe,
}

/// An answer of the store.
#[derive(Message)]
pub struct Answered {
    pub purpose: Purpose,
    pub result: Result<Reply, Failure>,
}

/// What keeps the calls.
#[derive(Resource)]
pub struct Shelf {
    store: Mutex<Box<dyn Store + Send>>,
    waiting: BTreeMap<Ticket, Purpose>,
    /// Why nothing is kept on disk.
    pub trouble: Option<String>,
    /// Where calls are kept on disk.
    folder: Option<PathBuf>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { store: Mutex::new(Box::new(MemoryStore::new())), waiting: BTreeMap::new(), trouble: None, folder: None }
    }
}

impl Shelf {
    /// Hands in a request; the answer comes as a message.
    pub fn ask(&mut self, purpose: Purpose, request: Request) {
        let store = self.store.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let ticket = store.submit(request);
        self.waiting.insert(ticket, purpose);
    }

    /// The folder in which calls are kept, unless they are kept in memory alone.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    fn answers(&mut self) -> Vec<Answered> {
        let store = self.store.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let answers = store.poll();
        let waiting = &mut self.waiting;
        answers
            .into_iter()
            .filter_map(|(ticket, result)| Some(Answered { purpose: waiting.remove(&ticket)?, result }))
            .collect()
    }

    fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }
}

#[cfg(target_arch = "wasm32")]
fn open(mut shelf: ResMut<Shelf>, mut opened: ResMut<Opened>) {
    match opened.0.take() {
        Some(Ok(store)) => {
            shelf.store = Mutex::new(Box::new(store));
            shelf.folder = Some("this browser, on this machine".into());
        }
        Some(Err(why)) => shelf.trouble = Some(why),
        None => {}
    }
    shelf.ask(Purpose::Settings, Request::Settings);
}

#[cfg(not(target_arch = "wasm32"))]
fn open(mut shelf: ResMut<Shelf>, dir: Option<Res<DataDir>>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    let folder = dir.and_then(|dir| dir.0.clone()).or_else(default_data_dir);
    let Some(folder) = folder else {
        shelf.trouble = Some("there is no home folder to keep calls in".into());
        shelf.ask(Purpose::Settings, Request::Settings);
        return;
    };
    let wake = proxy.map(|proxy| {
        let proxy = (**proxy).clone();
        // The window is gone when nobody listens: then there is nothing to wake.
        Box::new(move || _ = proxy.send_event(WinitUserEvent::WakeUp)) as Box<dyn Fn() + Send>
    });
    match SqliteStore::open_with(&folder, crate::records::Options { wake, ..default() }) {
        Ok(store) => {
            shelf.store = Mutex::new(Box::new(store));
            shelf.waiting.clear();
            shelf.folder = Some(folder);
        }
        Err(failure) => shelf.trouble = Some(failure.to_string()),
    }
    shelf.ask(Purpose::Settings, Request::Settings);
}

fn pump(mut shelf: ResMut<Shelf>, mut answered: MessageWriter<Answered>) {
    if shelf.is_waiting() {
        for answer in shelf.bypass_change_detection().answers() {
            answered.write(answer);
        }
    }
}
