//! The calls that can be taken, those to go on with, and those that were taken.

pub mod list;
pub mod model;

use std::time::Duration;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::call::InHand;
use super::debrief::Shown;
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::settings::Settings;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::call::{RULES, draw};
use crate::records::{Head, Mode, Reply, Request, fresh_id};
use crate::standards::Id;
use list::calls_ui;
use model::{CallsModel, Choice, Past};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Past>();
    app.init_resource::<Choice>();
    app.add_systems(OnEnter(Screen::Calls), (offer_afresh, ask_for_lists));
    // The first screen is entered before the store is open.
    app.add_systems(PostStartup, ask_for_lists);
    app.add_systems(Update, (take_lists, open_kept).run_if(in_state(Screen::Calls)));
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Calls)));
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallsAction {
    Role(Id),
    Mode(Mode),
    /// Takes the call with this slug.
    Take(Id),
    GoOn(String),
    ThrowAway(String),
    Debrief(String),
    Theme,
    Zoom(isize),
    Speech,
}

/// A number of the system's below `of`: for which call is offered how, never for what happens in one.
fn random(of: usize) -> usize {
    let mut bytes = [0_u8; 8];
    if getrandom::fill(&mut bytes).is_err() {
        return 0;
    }
    let of = u32::try_from(of).unwrap_or(u32::MAX);
    usize::try_from(draw(u64::from_le_bytes(bytes), "offer", "offer", 0, of)).unwrap_or(0)
}

fn offer_afresh(mut library: ResMut<Library>) {
    library.shuffle(random);
    // Which of a look-alike pair stands first must not tell them apart.
    for n in (1..library.entries.len()).rev() {
        library.entries.swap(n, random(n + 1));
    }
}

fn ask_for_lists(mut shelf: ResMut<Shelf>) {
    shelf.ask(Purpose::Unfinished, Request::Unfinished);
    shelf.ask(Purpose::Calls, Request::List);
    shelf.ask(Purpose::Assessments, Request::Assessments { rules: RULES });
}

fn take_lists(mut answers: MessageReader<Answered>, mut past: ResMut<Past>, mut wake: ResMut<Wake>) {
    for answer in answers.read() {
        match (answer.purpose, &answer.result) {
            (Purpose::Unfinished, Ok(Reply::Calls(calls))) => past.unfinished.clone_from(calls),
            (Purpose::Calls, Ok(Reply::Calls(calls))) => past.calls.clone_from(calls),
            (Purpose::Assessments, Ok(Reply::Assessments(marks))) => past.take_marks(marks),
            (Purpose::Abandon | Purpose::Assessments | Purpose::Calls | Purpose::Unfinished, Err(failure)) => {
                past.trouble = Some(failure.to_string());
            }
            _ => continue,
        }
        wake.now();
    }
}

/// A kept call has come: go on with it, or look at it.
fn open_kept(
    mut answers: MessageReader<Answered>,
    mut past: ResMut<Past>,
    library: Res<Library>,
    mut in_hand: ResMut<InHand>,
    mut shown: ResMut<Shown>,
    mut next: ResMut<NextState<Screen>>,
) {
    for answer in answers.read() {
        if !matches!(answer.purpose, Purpose::Resume | Purpose::Load) {
            continue;
        }
        let opened = match &answer.result {
            Ok(Reply::Record(kept)) => model::reopen(&library, kept),
            Ok(_) => continue,
            Err(failure) => Err(failure.to_string()),
        };
        match opened {
            Err(why) => past.trouble = Some(why),
            Ok(live) if answer.purpose == Purpose::Resume => {
                in_hand.take_up(live);
                next.set(Screen::Call);
            }
            Ok(live) => {
                shown.show(live, &library, false);
                next.set(Screen::Debrief);
            }
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    mut past: ResMut<Past>,
    mut choice: ResMut<Choice>,
    mut settings: ResMut<Settings>,
    mut shelf: ResMut<Shelf>,
    mut in_hand: ResMut<InHand>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let model = CallsModel::new(&library, &past, &mut choice, &settings, shelf.trouble.as_deref());
    let mut ui = whole_window(contexts.ctx_mut()?);
    let Some(action) = calls_ui(&mut ui, &model) else { return Ok(()) };
    wake.now();
    match action {
        CallsAction::Role(role) => choice.role = Some(role),
        CallsAction::Mode(mode) => choice.mode = mode,
        CallsAction::Take(slug) => {
            match begin(&library, &slug, &choice, &mut shelf) {
                Ok(live) => {
                    in_hand.take_up(live);
                    next.set(Screen::Call);
                }
                Err(why) => past.trouble = Some(why),
            };
        }
        CallsAction::GoOn(id) => shelf.ask(Purpose::Resume, Request::Resume(id)),
        CallsAction::Debrief(id) => shelf.ask(Purpose::Load, Request::Load(id)),
        CallsAction::ThrowAway(id) => {
            shelf.ask(Purpose::Abandon, Request::Abandon(id));
            shelf.ask(Purpose::Unfinished, Request::Unfinished);
        }
        CallsAction::Theme => settings.toggle_theme(),
        CallsAction::Zoom(steps) => settings.zoom_by(steps),
        CallsAction::Speech => settings.next_speech(),
    }
    wake.within(Duration::from_secs(1));
    Ok(())
}

/// Answers the phone.
fn begin(library: &Library, slug: &str, choice: &Choice, shelf: &mut Shelf) -> Result<Live, String> {
    let entry = library.by_slug(slug).ok_or("this call is not here any more")?;
    let role = choice.role.clone().ok_or("choose a role first")?;
    let script = entry.script(&library.standards, entry.variant.clone())?;
    let mut seed = [0_u8; 8];
    getrandom::fill(&mut seed).map_err(|problem| problem.to_string())?;
    let head = Head {
        id: fresh_id().map_err(|failure| failure.to_string())?,
        rules: RULES,
        call: entry.scenario.neutral_name(),
        scenario: entry.hash.clone(),
        standards: library.standards.hash.clone(),
        variant: entry.variant.clone(),
        seed: u64::from_le_bytes(seed),
        role,
        mode: choice.mode,
        by: String::new(),
        taken: model::now(),
    };
    let mut live = Live::begin(&script, head.clone())?;
    live.unsaved.clone_from(&shelf.trouble);
    if live.unsaved.is_none() {
        live.wait_for_begin();
        let texts = entry.texts(&library.standards);
        shelf.ask(Purpose::Live, Request::Begin { head: Box::new(head), texts });
    }
    Ok(live)
}
