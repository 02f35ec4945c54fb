//! Kept calls on their way from the store: to go on with, to look at, or to be marked.
//!
//! A call keeps its meaning after its scenario or the standards have changed: what it was taken under
//! comes from the store, by hash.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;

use super::{Mark, Past};
use crate::app::Screen;
use crate::app::egui::Wake;
use crate::app::library::{Entry, Library};
use crate::app::live::Live;
use crate::app::screens::call::InHand;
use crate::app::screens::debrief::Shown;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::taking::IN_HAND;
use crate::call::Script;
use crate::cohort::Case;
use crate::marking::{self, Assessment};
use crate::records::{Assessed, Failure, Head, Kept, Record, Reply, Request, STANDARDS_LIST, Store, Text, wait};
use crate::scenario;
use crate::standards::{Id, Standards};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Reopen>();
    app.init_resource::<Openings>();
    app.add_systems(Update, begin);
}

/// Asks for a kept call; it comes to the screen where it belongs.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct Reopen {
    /// Id of the record.
    pub id: String,
    pub wish: Wish,
}

/// What a kept call is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    GoOn,
    LookAt,
    Mark,
}

/// Kept calls on their way, by a number of their own.
#[derive(Resource, Default)]
pub struct Openings {
    on_their_way: BTreeMap<u32, Opening>,
    next: u32,
    known: Known,
}

/// What was read for one call and serves the next: many calls were taken under the same standards and from the same text.
#[derive(Default)]
pub struct Known {
    /// The standards last read.
    standards: Option<Arc<Standards>>,
    /// By hash of the scenario, hash of the standards, and variant.
    scripts: BTreeMap<(Id, Id, Option<Id>), Arc<Script>>,
}

/// As many scripts are known at a time as a library of calls has surfaces.
const SCRIPTS: usize = 200;

impl Known {
    /// The script of a call, made once.
    fn script(&mut self, entry: &Entry, standards: &Arc<Standards>, head: &Head) -> Result<Arc<Script>, String> {
        let key = (head.scenario.clone(), head.standards.clone(), head.variant.clone());
        if let Some(script) = self.scripts.get(&key) {
            return Ok(script.clone());
        }
        if self.scripts.len() >= SCRIPTS {
            self.scripts.clear();
        }
        let script = entry.script(standards, head.variant.clone())?;
        self.scripts.insert(key, script.clone());
        Ok(script)
    }
}

struct Opening {
    wish: Wish,
    id: String,
    record: Option<Record>,
    texts: Vec<Text>,
    /// Hashes still to be asked for.
    missing: Vec<String>,
}

/// A call made ready, with what it was taken under where that is not what is here.
pub struct Ready {
    pub live: Live,
    pub library: Option<Library>,
}

impl Openings {
    /// Asks the store for a call.
    pub fn begin(&mut self, wish: Wish, id: String, shelf: &mut Shelf) {
        let request = if wish == Wish::GoOn { Request::Resume(id.clone()) } else { Request::Load(id.clone()) };
        self.next = self.next.wrapping_add(1);
        let opening = Opening { wish, id, record: None, texts: Vec::new(), missing: Vec::new() };
        self.on_their_way.insert(self.next, opening);
        shelf.ask(Purpose::Open(self.next), request);
    }

    /// How many are on their way to be marked.
    pub fn to_be_marked(&self) -> usize {
        self.on_their_way.values().filter(|opening| opening.wish == Wish::Mark).count()
    }

    /// Whether this one is.
    pub fn is_marking(&self, id: &str) -> bool {
        self.on_their_way.values().any(|opening| opening.wish == Wish::Mark && opening.id == id)
    }

    /// Something has come; the call, when that was the last of it.
    fn hear(&mut self, number: u32, reply: &Reply, library: &Library, shelf: &mut Shelf) -> Option<Done> {
        let mut opening = self.on_their_way.remove(&number)?;
        match reply {
            Reply::Record(kept) => {
                let Kept { record, .. } = &**kept;
                opening.missing = missing(library, &record.head);
                opening.record = Some(record.clone());
            }
            Reply::Texts(texts) => opening.texts.extend(texts.iter().cloned()),
            _ => {}
        }
        if let Some(hash) = opening.missing.pop() {
            self.on_their_way.insert(number, opening);
            shelf.ask(Purpose::Open(number), Request::Texts(hash));
            return None;
        }
        let Opening { wish, id, record, texts, .. } = opening;
        let ready = match record {
            Some(record) => ready(library, record, &texts, &mut self.known),
            None => Err("the store did not give this call".into()),
        };
        Some(Done { wish, id, ready })
    }
}

struct Done {
    wish: Wish,
    id: String,
    ready: Result<Ready, String>,
}

/// The texts that a call needs and the library has not.
fn missing(library: &Library, head: &Head) -> Vec<String> {
    let mut missing = Vec::new();
    if library.of(head).is_none() {
        missing.push(head.scenario.to_string());
    }
    if *library.standards.hash != *head.standards {
        missing.push(head.standards.to_string());
    }
    missing
}

/// The mark of a call, and what is kept of it.
fn marked(live: &Live) -> (Assessment, Option<Assessed>) {
    let mark = marking::mark(live.call(), &live.head.id);
    let assessed = Case::assessed(&live.record(), &mark, &live.call().script().standards);
    (mark, assessed)
}

/// What is to be kept of the mark of a call, with a store to wait for: for a worker beside the window. `known` as for
/// [`ready`].
///
/// # Errors
/// A sentence: it cannot be opened.
pub fn mark_from(
    store: &mut dyn Store,
    library: &Library,
    id: &str,
    known: &mut Known,
) -> Result<Option<Assessed>, String> {
    let said = |failure: Failure| failure.to_string();
    let Reply::Record(kept) = wait(store, Request::Load(id.to_owned())).map_err(said)? else { return Ok(None) };
    let mut texts = Vec::new();
    for hash in missing(library, &kept.record.head) {
        if let Reply::Texts(found) = wait(store, Request::Texts(hash)).map_err(said)? {
            texts.extend(found);
        }
    }
    let Ready { live, .. } = ready(library, kept.record, &texts, known)?;
    Ok(marked(&live).1)
}

#[cfg(test)]
pub(super) fn reopened(library: &Library, record: Record, texts: &[Text]) -> Result<Ready, String> {
    ready(library, record, texts, &mut Known::default())
}

/// Makes a kept call ready with the texts that the store had for it. `known` has what was read before.
///
/// # Errors
/// A sentence.
fn ready(library: &Library, record: Record, texts: &[Text], known: &mut Known) -> Result<Ready, String> {
    let head = &record.head;
    let entry = match library.of(head) {
        Some(entry) => entry.clone(),
        None => entry_of(&head.scenario, texts)?,
    };
    let standards = if *library.standards.hash == *head.standards {
        library.standards.clone()
    } else if let Some(standards) = known.standards.as_ref().filter(|standards| *standards.hash == *head.standards) {
        standards.clone()
    } else {
        standards_of(&head.standards, texts)?
    };
    let script = known.script(&entry, &standards, head)?;
    let as_here = missing(library, head).is_empty();
    if !as_here {
        known.standards = Some(standards.clone());
    }
    let library = (!as_here).then(|| Library::with(standards, vec![entry]));
    Ok(Ready { live: Live::again(&script, record)?, library })
}

fn entry_of(hash: &str, texts: &[Text]) -> Result<Entry, String> {
    let text = texts.iter().find(|text| text.hash == hash).ok_or("the text of this call was not kept")?;
    let loaded = scenario::load(&text.name, text.text.as_bytes())
        .map_err(|problems| unreadable("the call as it was then", &problems))?;
    Ok(Entry::from(loaded))
}

fn standards_of(hash: &str, texts: &[Text]) -> Result<Arc<Standards>, String> {
    let list = texts.iter().find(|text| text.hash == hash && text.name == STANDARDS_LIST);
    let list = list.ok_or("the standards under which this call was taken were not kept")?;
    let mut files = BTreeMap::new();
    for (name, hash) in list.listed() {
        let file = texts.iter().find(|text| text.hash == hash);
        let file = file.ok_or_else(|| format!("`{name}` of the standards of this call was not kept"))?;
        files.insert(name.to_owned(), file.text.clone().into_bytes());
    }
    let (standards, _) =
        Standards::parse(&files).map_err(|problems| unreadable("the standards as they were then", &problems))?;
    Ok(Arc::new(standards))
}

fn unreadable(what: &str, problems: &[crate::diagnostic::Diagnostic]) -> String {
    let why = problems.first().map(ToString::to_string).unwrap_or_default();
    format!("{what} cannot be read by this version of Rightcall: {why}")
}

fn begin(
    mut wishes: MessageReader<Reopen>,
    mut openings: ResMut<Openings>,
    mut shelf: ResMut<Shelf>,
    in_hand: Res<InHand>,
    mut past: ResMut<Past>,
    mut next: ResMut<NextState<Screen>>,
) {
    for Reopen { id, wish } in wishes.read() {
        match &in_hand.live {
            Some(live) if *wish == Wish::GoOn && live.head.id == *id => next.set(Screen::Call),
            Some(_) if *wish == Wish::GoOn => past.trouble = Some(IN_HAND.into()),
            _ => openings.begin(*wish, id.clone(), &mut shelf),
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
pub(super) fn hear(
    mut answers: MessageReader<Answered>,
    mut openings: ResMut<Openings>,
    mut past: ResMut<Past>,
    library: Res<Library>,
    mut shelf: ResMut<Shelf>,
    mut in_hand: ResMut<InHand>,
    mut shown: ResMut<Shown>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read() {
        let Purpose::Open(number) = answer.purpose else { continue };
        wake.now();
        let done = match &answer.result {
            Ok(reply) => openings.hear(number, reply, &library, &mut shelf),
            Err(failure) => openings.on_their_way.remove(&number).map(|opening| Done {
                wish: opening.wish,
                id: opening.id,
                ready: Err(failure.to_string()),
            }),
        };
        let Some(Done { wish, id, ready }) = done else { continue };
        // Whoever has answered a call meanwhile is not taken out of it.
        let in_a_call = *screen.get() == Screen::Call;
        match (wish, ready) {
            (Wish::Mark, Ok(Ready { live, .. })) => {
                let (mark, assessed) = marked(&live);
                past.put(&id, Mark::of(&mark));
                if let Some(assessed) = assessed {
                    shelf.ask(Purpose::Assessment, Request::PutAssessment(Box::new(assessed)));
                }
            }
            (Wish::Mark, Err(why)) => {
                warn!("call `{id}` cannot be marked: {why}");
                past.hopeless.insert(id);
            }
            (_, Err(why)) => past.trouble = Some(why),
            (_, Ok(_)) if in_a_call => {}
            (Wish::GoOn, Ok(Ready { live, library })) => {
                in_hand.take_up_under(live, library);
                next.set(Screen::Call);
            }
            (Wish::LookAt, Ok(Ready { live, library: own })) => {
                shown.show(live, own.as_ref().unwrap_or(&library), false);
                next.set(Screen::Debrief);
            }
        }
    }
}
