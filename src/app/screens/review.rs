//! The review room: many people's calls side by side, for trainers. Agreement first, people only after the calls.

mod grid;
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
use crate::app::past::{Reopen, Wish};
use crate::app::profile::{Who, Workspace};
use crate::app::store::{Answered, Purpose, Shelf};
use crate::call::{RULES, Script};
use crate::cohort::{Question, Source};
use crate::marking;
use crate::records::{Annotation, Assessed, Record, Reply, Request, Summary, fresh_id};
use crate::sharing::decisions::by_text;
use crate::sharing::opening::{self, SimulatedTeam};
use crate::sharing::session::{Plan, PlannedCall, sessions};
use crate::simulation::Calls;
use crate::standards::Standards;
pub use model::{From, Order, RoomModel};
use page::room_ui;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Room>();
    app.add_systems(OnEnter(Screen::Review), enter);
    app.add_systems(Update, (hear_from_store, put_together).chain().run_if(in_state(Screen::Review)));
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
    /// Simulated calls, by record: they are in no store.
    simulated: BTreeMap<String, Record>,
    trouble: Option<String>,
    /// Sessions that are kept, the latest first.
    sessions: Vec<Plan>,
}

/// A room worked out beside the window.
struct Made {
    model: RoomModel,
    simulated: BTreeMap<String, Record>,
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
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomAction {
    From(From),
    Sort(Order),
    Ask(Question, Source),
    /// Shows the debrief of this record.
    Open(String),
    /// Puts a column into the session, or takes it out.
    Plan(usize),
    /// Makes the session that is planned, and goes to it.
    Create,
    /// Goes to a session that is kept.
    OpenSession(String),
    /// Goes to where call sets are made and files come back.
    Handing,
}

/// Whoever comes back to a simulated team finds it as it was.
fn enter(mut room: ResMut<Room>, mut shelf: ResMut<Shelf>) {
    if room.from == From::HandedOver {
        ask(&mut room, &mut shelf);
    }
}

/// Asks for everything afresh.
fn ask(room: &mut Room, shelf: &mut Shelf) {
    (room.calls, room.marks, room.notes) = (None, None, None);
    shelf.ask(Purpose::Review, Request::List);
    shelf.ask(Purpose::Review, Request::Assessments { rules: RULES });
    shelf.ask(Purpose::Review, Request::Annotations { of: None });
}

fn hear_from_store(
    mut answers: MessageReader<Answered>,
    library: Res<Library>,
    mut room: ResMut<Room>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Review) {
        match &answer.result {
            Ok(Reply::Calls(calls)) => room.calls = Some(calls.clone()),
            Ok(Reply::Assessments(marks)) => room.marks = Some(marks.clone()),
            Ok(Reply::Annotations(notes)) => {
                room.sessions = sessions(notes);
                room.notes = Some(notes.clone());
            }
            Ok(_) => {}
            Err(failure) => room.trouble = Some(failure.to_string()),
        }
        wake.now();
    }
    if room.from == From::HandedOver && room.calls.is_some() && room.marks.is_some() && room.notes.is_some() {
        let calls = room.calls.take().unwrap_or_default();
        let marks = room.marks.take().unwrap_or_default();
        let notes = room.notes.take().unwrap_or_default();
        let (standards, order, scripts) = (library.standards.clone(), room.standing.order, scripts(&library));
        room.task = Some(AsyncComputeTaskPool::get().spawn(async move {
            let opened = opening::open(calls, &marks, &notes, &by_text(&scripts), &standards);
            let model = RoomModel::new(opened.cohort, &scripts, order, opened.unmarked.len());
            Made { model, simulated: BTreeMap::new() }
        }));
    }
}

/// People who are made up take the calls of the library through the real engine.
fn simulated(scripts: &[Arc<Script>], standards: &Arc<Standards>, order: Order) -> Made {
    let (people, each) = TEAM;
    let SimulatedTeam { cohort, records } =
        SimulatedTeam::new(&Calls::new(scripts.to_vec(), standards), people, each, 1, standards);
    Made { model: RoomModel::new(cohort, scripts, order, 0), simulated: records }
}

fn put_together(mut room: ResMut<Room>, mut wake: ResMut<Wake>) {
    let Some(task) = &mut room.task else { return };
    match block_on(poll_once(task)) {
        Some(Made { model, simulated }) => {
            room.task = None;
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
    mut meeting: ResMut<Meeting>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    if who.workspace != Workspace::Trainer {
        return Ok(());
    }
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Room { from, model, standing, task, trouble, sessions, .. } = &mut *room;
    let view =
        page::View { from: *from, model: model.as_ref(), busy: task.is_some(), trouble: trouble.as_deref(), sessions };
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
                    meeting.take_up(plan);
                    next.set(Screen::Session);
                }
                Err(why) => *trouble = Some(why),
            }
        }
        RoomAction::OpenSession(id) => {
            if let Some(plan) = sessions.iter().find(|plan| plan.id == id) {
                meeting.take_up(plan.clone());
                next.set(Screen::Session);
            }
        }
        RoomAction::Handing => next.set(Screen::Handing),
        RoomAction::Open(id) => match room.simulated.get(&id) {
            Some(record) => match again(record, &library) {
                Ok(live) => {
                    shown.show(live, &library, false);
                    next.set(Screen::Debrief);
                }
                Err(why) => room.trouble = Some(why),
            },
            None => _ = reopen.write(Reopen { id, wish: Wish::LookAt }),
        },
        RoomAction::From(from) => {
            room.from = from;
            room.model = None;
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

/// A simulated call as it was taken.
fn again(record: &Record, library: &Library) -> Result<Live, String> {
    let entry = library.by_neutral_name(&record.head.call).ok_or("this call is not in the library here")?;
    Live::again(&entry.script(&library.standards, record.head.variant.clone())?, record.clone())
}

/// The session that is ticked and typed.
fn plan(model: &RoomModel, standing: &Standing, library: &Library, leads: &str) -> Result<Plan, String> {
    let typed = &standing.next;
    let calls = standing.planned.iter().filter_map(|column| {
        let column = model.grid.columns.get(*column)?;
        let entry = library.by_neutral_name(&column.call)?;
        let script = entry.script(&library.standards, column.variant.clone()).ok()?;
        // Held against what those who took it are there for; where roles differ, the first of the call.
        let taken = model.cohort.taken.iter().find(|taken| taken.item == column.item)?;
        let (best, acceptable) = marking::model_outcomes(&script, &taken.role);
        let suggestion = model.plan.iter().find(|suggestion| suggestion.item == column.item);
        let prompts = suggestion.map(|one| one.prompts.iter().map(|prompt| prompt.text.clone()).collect());
        Some(PlannedCall {
            call: column.call.clone(),
            scenario: script.scenario_hash.clone(),
            variant: column.variant.clone(),
            role: taken.role.clone(),
            record: None,
            owner: None,
            clip: None,
            best: best.clone(),
            acceptable: acceptable.to_vec(),
            prompts: prompts.unwrap_or_default(),
        })
    });
    let calls: Vec<PlannedCall> = calls.collect();
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
