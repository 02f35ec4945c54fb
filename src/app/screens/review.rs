//! The review room: many people's calls side by side, for trainers. Agreement first, people only after the calls.

mod followed;
mod grid;
mod marks;
mod model;
mod page;
mod panels;
mod planning;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task, block_on, poll_once};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::debrief::Shown;
use super::session::Meeting;
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::past::{Past, Reopen, Wish};
use crate::app::profile::{Profile, Who, Workspace};
use crate::app::store::{Answered, Purpose, Shelf};
use crate::app::when;
use crate::call::{RULES, Script};
use crate::cohort::{Consents, Item, Joins, Question, Source};
use crate::marking::{self, Assessment};
use crate::records::{Annotation, Assessed, Record, Reply, Request, Shared, Summary, fresh_id};
use crate::sharing::decisions::by_text;
use crate::sharing::follow_up::Point;
#[cfg(target_arch = "wasm32")]
use crate::sharing::opening::cases;
use crate::sharing::opening::{self, SimulatedTeam};
use crate::sharing::pack::CallPack;
use crate::sharing::room::spoken_of;
use crate::sharing::session::{Kept, Plan, PlannedCall, Session, SessionEvent, events_of, sessions};
#[cfg(not(target_arch = "wasm32"))]
use crate::sharing::shell::cases_on_all_cores as cases;
use crate::simulation::Calls;
use crate::standards::Standards;
use followed::{Listed, Looking};
use marks::SaidOfMarks;
pub use model::{From, Order, RoomModel};
use page::room_ui;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Room>();
    app.add_systems(OnEnter(Screen::Review), enter);
    app.add_systems(
        Update,
        (ask_when_marked, hear_from_store, hear_of_marks, put_together).chain().run_if(in_state(Screen::Review)),
    );
    app.add_systems(EguiPrimaryContextPass, (leave, show).chain().in_set(Ui::Screen).run_if(in_state(Screen::Review)));
}

/// How many simulated people take how many calls each.
const TEAM: (u32, u32) = (24, 30);

/// The room and what stands in it.
#[derive(Resource, Default)]
struct Room {
    from: From,
    model: Option<RoomModel>,
    standing: Standing,
    /// What the store has told so far.
    calls: Option<Vec<Summary>>,
    marks: Option<Vec<Assessed>>,
    notes: Option<Vec<Annotation>>,
    /// What is being worked out.
    task: Option<Task<Made>>,
    /// Simulated calls: they are in no store.
    simulated: Simulated,
    trouble: Option<String>,
    /// Sessions that are kept, the latest first.
    sessions: Vec<Listed>,
    /// What people say of marks.
    said: Option<SaidOfMarks>,
    asked: AskedOfMarks,
}

/// A simulated team, with what is said of it.
#[derive(Default)]
struct Simulated {
    records: BTreeMap<String, Record>,
    said: Vec<Annotation>,
    /// The calls of which something is said.
    calls: Vec<Summary>,
    marks: Vec<Assessment>,
}

/// The calls of which something is said, on their way from the store with their marks.
#[derive(Default)]
struct AskedOfMarks {
    notes: Vec<Annotation>,
    calls: Vec<Summary>,
    marks: Vec<Assessment>,
    /// Answers that have still to come.
    coming: usize,
}

/// A room worked out beside the window.
struct Made {
    model: RoomModel,
    simulated: Simulated,
}

/// How the page stands: nothing of the cohort itself.
#[derive(Default)]
pub struct Standing {
    pub order: Order,
    /// Row and column of the cell that `Tab` comes to.
    pub at: (usize, usize),
    /// The cell that is to be seen.
    pub scroll_to: Option<(usize, usize)>,
    pub offset: bevy_egui::egui::Vec2,
    /// Columns in the session that is being planned.
    pub planned: BTreeSet<usize>,
    pub next: planning::Next,
    pub looking: Looking,
    /// The contested marks are to be seen.
    pub to_contested: bool,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomAction {
    From(From),
    Sort(Order),
    Ask(Question, Source),
    /// Shows the debrief of this record.
    Open(String),
    /// The same, at the mark of this criterion.
    OpenAt(String, String),
    /// Puts a column into the session, or takes it out.
    Plan(usize),
    /// Makes the session that is planned, and goes to it.
    Create,
    /// Goes to a session that is kept.
    OpenSession(String),
    /// Goes to where call sets are made and files come back.
    Handing,
    /// What was agreed on this call of this session was looked at again.
    FollowUp {
        session: String,
        call: u32,
        words: String,
        kept: Kept,
    },
}

/// Whoever comes back to a simulated team finds it as it was, with what they said of it.
fn enter(mut room: ResMut<Room>, mut shown: ResMut<Shown>, mut shelf: ResMut<Shelf>) {
    let said = shown.take_simulated();
    if room.from == From::HandedOver {
        ask(&mut room, &mut shelf);
        return;
    }
    let room = &mut *room;
    if let Some(said) = said {
        room.simulated.said = said;
        room.said = Some(said_of(&room.simulated));
    }
    // What happened in a session meanwhile.
    shelf.ask(Purpose::Review, Request::Annotations { of: None });
}

fn said_of(simulated: &Simulated) -> SaidOfMarks {
    SaidOfMarks::new(&simulated.said, &simulated.calls, &simulated.marks)
}

/// Asks for everything afresh.
fn ask(room: &mut Room, shelf: &mut Shelf) {
    (room.calls, room.marks, room.notes) = (None, None, None);
    shelf.ask(Purpose::Review, Request::List);
    shelf.ask(Purpose::Review, Request::Assessments { rules: RULES });
    shelf.ask(Purpose::Review, Request::Annotations { of: None });
}

/// Calls that were still being marked when the room was put together come in when all of them are.
fn ask_when_marked(past: Res<Past>, who: Res<Who>, mut room: ResMut<Room>, mut shelf: ResMut<Shelf>) {
    let waits = room.from == From::HandedOver && room.model.as_ref().is_some_and(|model| model.unmarked > 0);
    if waits && past.is_changed() && room.task.is_none() && past.without_mark(&who).next().is_none() {
        ask(&mut room, &mut shelf);
    }
}

fn hear_from_store(
    mut answers: MessageReader<Answered>,
    (library, who): (Res<Library>, Res<Who>),
    mut room: ResMut<Room>,
    mut shelf: ResMut<Shelf>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Review) {
        match &answer.result {
            Ok(Reply::Calls(calls)) => room.calls = Some(calls.clone()),
            Ok(Reply::Assessments(marks)) => room.marks = Some(marks.clone()),
            Ok(Reply::Annotations(notes)) => {
                room.sessions = listed(notes, room.model.as_ref());
                room.notes = Some(notes.clone());
            }
            // What was found of a learning point is kept.
            Ok(_) => shelf.ask(Purpose::Review, Request::Annotations { of: None }),
            Err(failure) => room.trouble = Some(failure.to_string()),
        }
        wake.now();
    }
    if room.from == From::HandedOver && room.calls.is_some() && room.marks.is_some() && room.notes.is_some() {
        let mut calls = room.calls.take().unwrap_or_default();
        let marks = room.marks.take().unwrap_or_default();
        let notes = room.notes.take().unwrap_or_default();
        let (standards, order, scripts) = (library.standards.clone(), room.standing.order, scripts(&library));
        only_handed_over(&mut calls, &notes, who.profiles());
        ask_of_marks(&mut room, &notes, &calls, &mut shelf);
        room.task = Some(AsyncComputeTaskPool::get().spawn(async move {
            let opened = opening::open(calls, &marks, cases(&marks), &notes, &by_text(&scripts), &standards);
            let model = RoomModel::new(opened.cohort, &scripts, order, opened.unmarked.len());
            Made { model, simulated: Simulated::default() }
        }));
    }
}

/// What colleagues took on this machine is theirs until they say that it may be seen: a file that comes from elsewhere
/// was handed over by its owner.
fn only_handed_over(calls: &mut Vec<Summary>, notes: &[Annotation], profiles: &[Profile]) {
    let joins = Joins::of(notes);
    let consents = Consents::of(notes, &joins);
    calls.retain(|call| {
        let by = &*call.head.by;
        let is_here = by.is_empty() || profiles.iter().any(|profile| profile.name == by);
        !is_here || consents.has_shown(joins.person(by), &call.head.id, Shared::Decisions)
    });
}

/// The sessions among annotations, with what became of what was agreed in them.
fn listed(notes: &[Annotation], model: Option<&RoomModel>) -> Vec<Listed> {
    let today = when::here_and_now().date().to_string();
    let one = |plan: Plan| {
        let session = events_of(&plan.id, notes).ok().and_then(|events| Session::of(&events).ok());
        Listed::new(plan, session, model.map(|model| &model.cohort), &today)
    };
    sessions(notes).into_iter().map(one).collect()
}

/// Asks for the marks of the calls of which something is said; the lists have them in short alone.
fn ask_of_marks(room: &mut Room, notes: &[Annotation], calls: &[Summary], shelf: &mut Shelf) {
    let keys = spoken_of(notes, calls, RULES);
    let calls = calls.iter().filter(|call| keys.iter().any(|key| key.record == call.head.id));
    room.asked =
        AskedOfMarks { notes: notes.to_vec(), calls: calls.cloned().collect(), marks: Vec::new(), coming: keys.len() };
    for key in keys {
        shelf.ask(Purpose::SpokenOf, Request::Assessment(key));
    }
    if room.asked.coming == 0 {
        room.said = Some(SaidOfMarks::new(notes, &[], &[]));
    }
}

fn hear_of_marks(mut answers: MessageReader<Answered>, mut room: ResMut<Room>, mut wake: ResMut<Wake>) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::SpokenOf) {
        let asked = &mut room.asked;
        asked.coming = asked.coming.saturating_sub(1);
        match &answer.result {
            Ok(Reply::Assessments(marks)) => {
                let read = marks.iter().filter_map(|mark| serde_json::from_str::<Assessment>(&mark.full).ok());
                for mark in read {
                    // An answer to what was asked before, and asked again since.
                    if !asked.marks.iter().any(|known| known.record == mark.record) {
                        asked.marks.push(mark);
                    }
                }
            }
            Ok(_) => {}
            Err(failure) => room.trouble = Some(failure.to_string()),
        }
        if room.asked.coming == 0 && room.from == From::HandedOver {
            let AskedOfMarks { notes, calls, marks, .. } = &room.asked;
            room.said = Some(SaidOfMarks::new(notes, calls, marks));
            wake.now();
        }
    }
}

/// People who are made up take the calls of the library through the real engine.
fn simulated(scripts: &[Arc<Script>], standards: &Arc<Standards>, order: Order) -> Made {
    let (people, each) = TEAM;
    let SimulatedTeam { cohort, records, said, spoken_of } =
        SimulatedTeam::new(&Calls::new(scripts.to_vec(), standards), people, each, 1, standards);
    let (calls, marks) = spoken_of.into_iter().unzip();
    let simulated = Simulated { records, said, calls, marks };
    let model = RoomModel { kept: false, ..RoomModel::new(cohort, scripts, order, 0) };
    Made { model, simulated }
}

fn put_together(mut room: ResMut<Room>, mut wake: ResMut<Wake>) {
    let Some(task) = &mut room.task else { return };
    match block_on(poll_once(task)) {
        Some(Made { model, simulated }) => {
            let room = &mut *room;
            room.task = None;
            if room.from == From::Simulated {
                room.said = Some(said_of(&simulated));
            }
            let today = when::here_and_now().date().to_string();
            room.sessions.iter_mut().for_each(|one| one.look(Some(&model.cohort), &today));
            (room.model, room.simulated) = (Some(model), simulated);
            room.standing.planned.clear();
            wake.now();
        }
        None => wake.within(std::time::Duration::from_millis(100)),
    }
}

/// Whoever is no trainer, or no longer, has no business here.
fn leave(who: Res<Who>, mut room: ResMut<Room>, mut next: ResMut<NextState<Screen>>, mut wake: ResMut<Wake>) {
    if who.workspace != Workspace::Trainer {
        *room = Room::default();
        next.set(Screen::Desk);
        wake.now();
    }
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    who: Res<Who>,
    mut room: ResMut<Room>,
    mut shelf: ResMut<Shelf>,
    mut shown: ResMut<Shown>,
    mut reopen: MessageWriter<Reopen>,
    past: Res<Past>,
    mut meeting: ResMut<Meeting>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    if who.workspace != Workspace::Trainer {
        return Ok(());
    }
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Room { from, model, standing, task, trouble, sessions, said, .. } = &mut *room;
    let view = page::View {
        from: *from,
        model: model.as_ref(),
        busy: task.is_some(),
        // A call that cannot be opened is said where it was asked for.
        trouble: trouble.as_deref().or(past.trouble.as_deref()),
        sessions,
        said: said.as_ref(),
    };
    let Some(action) = room_ui(&mut ui, &view, standing) else { return Ok(()) };
    wake.now();
    match action {
        RoomAction::Sort(order) => {
            standing.order = order;
            if let Some(model) = model {
                model.sort(order);
            }
        }
        RoomAction::Ask(question, source) => {
            if let Some(model) = model {
                model.ask(question, source);
            }
        }
        RoomAction::Plan(column) => {
            if !standing.planned.remove(&column) {
                standing.planned.insert(column);
            }
        }
        RoomAction::Create => {
            let Some(model) = model else { return Ok(()) };
            match plan(model, standing, &library, who.name()) {
                Ok(plan) => {
                    let known = beside(&plan, model, &[]);
                    meeting.take_up(plan, known);
                    next.set(Screen::Session);
                }
                Err(why) => *trouble = Some(why),
            }
        }
        RoomAction::OpenSession(id) => {
            if let Some(one) = sessions.iter().find(|one| one.plan.id == id) {
                let known = model.as_ref().map(|model| beside(&one.plan, model, &one.points));
                meeting.take_up(one.plan.clone(), known.unwrap_or_default());
                next.set(Screen::Session);
            }
        }
        RoomAction::Handing => next.set(Screen::Handing),
        RoomAction::FollowUp { session, call, words, kept } => {
            let Some(session) = sessions.iter().find_map(|one| one.session.as_ref().filter(|of| of.plan.id == session))
            else {
                return Ok(());
            };
            let on = when::here_and_now().date().to_string();
            let event = SessionEvent::FollowedUp { call, on, words, kept };
            match (session.check(&event), fresh_id()) {
                (Ok(()), Ok(id)) => {
                    let at = when::now_exactly();
                    let note = event.annotation(&session.plan.id, session.events, who.name(), &id, &at);
                    shelf.ask(Purpose::Review, Request::Annotate(Box::new(note)));
                }
                (Err(why), _) => *trouble = Some(why.to_string()),
                (_, Err(why)) => *trouble = Some(why.to_string()),
            }
        }
        RoomAction::Open(id) => open(id, None, &mut room, &library, &mut shown, &mut reopen, &mut next),
        RoomAction::OpenAt(id, criterion) => {
            open(id, Some(&criterion), &mut room, &library, &mut shown, &mut reopen, &mut next);
        }
        RoomAction::From(from) => {
            room.from = from;
            (room.model, room.said) = (None, None);
            match from {
                From::HandedOver => ask(&mut room, &mut shelf),
                From::Simulated => {
                    let scripts = scripts(&library);
                    let (standards, order) = (library.standards.clone(), room.standing.order);
                    room.task =
                        Some(AsyncComputeTaskPool::get().spawn(async move { simulated(&scripts, &standards, order) }));
                }
            }
        }
    }
    Ok(())
}

/// Shows the debrief of a call, where it is wanted at the mark of a criterion.
fn open(
    id: String,
    criterion: Option<&str>,
    room: &mut Room,
    library: &Library,
    shown: &mut Shown,
    reopen: &mut MessageWriter<Reopen>,
    next: &mut NextState<Screen>,
) {
    shown.want_for_room(&id, criterion);
    match room.simulated.records.get(&id).map(|record| again(record, library)) {
        Some(Ok(live)) => {
            shown.show_simulated(live, library, room.simulated.said.clone());
            next.set(Screen::Debrief);
        }
        Some(Err(why)) => room.trouble = Some(why),
        None => _ = reopen.write(Reopen { id, wish: Wish::LookAt }),
    }
}

/// A simulated call as it was taken.
fn again(record: &Record, library: &Library) -> Result<Live, String> {
    let entry = library.by_neutral_name(&record.head.call).ok_or("this call is not in the library here")?;
    Live::again(&entry.script(&library.standards, record.head.variant.clone())?, record.clone())
}

/// What is known of the calls of a session, for what is taken away: why they were chosen, and whether the next round
/// agreed better. Nothing of another team.
fn beside(plan: &Plan, model: &RoomModel, points: &[Point]) -> Vec<CallPack> {
    if model.grid.simulated != plan.simulated {
        return Vec::new();
    }
    let known = |(place, planned): (u32, &PlannedCall)| {
        let is_it = |item: &Item| item.call == planned.call && item.variant == planned.variant;
        let suggestion = model.plan.iter().find(|one| is_it(&model.cohort.items[one.item]));
        let reasons = suggestion.map(|one| one.reasons.iter().map(|reason| reason.words.clone()).collect());
        let point = points.iter().find(|point| point.place == place);
        CallPack {
            reasons: reasons.unwrap_or_default(),
            follow_up: point.and_then(|point| point.since.clone()),
            ..CallPack::default()
        }
    };
    (0..).zip(&plan.calls).map(known).collect()
}

/// The session that is ticked and typed.
fn plan(model: &RoomModel, standing: &Standing, library: &Library, leads: &str) -> Result<Plan, String> {
    let typed = &standing.next;
    let mut calls = Vec::new();
    for place in &standing.planned {
        let Some(column) = model.grid.columns.get(*place) else { continue };
        let Some(entry) = library.by_neutral_name(&column.call) else { continue };
        let Ok(script) = entry.script(&library.standards, column.variant.clone()) else { continue };
        // Held against what those who took it are there for; where roles differ, the first of the call.
        let Some(taken) = model.cohort.taken.iter().find(|taken| taken.item == column.item) else { continue };
        let (best, acceptable) = marking::model_outcomes(&script, &taken.role);
        let suggestion = model.plan.iter().find(|suggestion| suggestion.item == column.item);
        let prompts = suggestion.map(|one| one.prompts.iter().map(|prompt| prompt.text.clone()).collect());
        let (record, owner) = planning::played(model, standing, *place)?.unzip();
        calls.push(PlannedCall {
            call: column.call.clone(),
            scenario: script.scenario_hash.clone(),
            variant: column.variant.clone(),
            role: taken.role.clone(),
            record,
            owner,
            clip: None,
            best: best.clone(),
            acceptable: acceptable.to_vec(),
            prompts: prompts.unwrap_or_default(),
        });
    }
    if calls.is_empty() {
        return Err("None of these calls is in the library here.".into());
    }
    let id = fresh_id().map_err(|why| why.to_string())?;
    let seed = u64::from_str_radix(&id[..15], 16).unwrap_or(1);
    Ok(Plan {
        id,
        name: typed.name.trim().to_owned(),
        when: typed.when.trim().to_owned(),
        format: typed.format,
        facilitation: typed.facilitation,
        facilitator: leads.to_owned(),
        invited: typed.invited,
        calls,
        seed,
        simulated: model.grid.simulated,
    })
}

/// Every call of the library, as written and in each variant.
fn scripts(library: &Library) -> Vec<Arc<Script>> {
    let each = |entry: &crate::app::library::Entry| {
        let variants = entry.scenario.variants.iter().map(|variant| Some(variant.id.clone()));
        let all = std::iter::once(None).chain(variants);
        all.filter_map(|variant| entry.script(&library.standards, variant).ok()).collect::<Vec<_>>()
    };
    library.entries.iter().flat_map(each).collect()
}
