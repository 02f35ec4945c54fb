//! Model answers: how an expert takes each call. The trainer's alone.

mod about;
mod facts;
mod outcome;
mod played;
#[cfg(test)]
mod tests;
mod variants;
mod words;

use std::sync::Arc;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::reading::{Book, Group, Place, Section, book_ui};
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::{Entry, Library};
use crate::app::profile::{Who, Workspace};
use crate::app::theme::icons;
use crate::scenario::Scenario;
use crate::standards::Standards;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Open>();
    app.add_systems(OnExit(Screen::Answers), close);
    app.add_systems(EguiPrimaryContextPass, (leave, show).chain().in_set(Ui::Screen).run_if(in_state(Screen::Answers)));
}

/// The book, while it is open: nothing of it is kept for the next person.
#[derive(Resource, Default)]
struct Open(Option<(Book, Place)>);

fn close(mut open: ResMut<Open>) {
    open.0 = None;
}

/// Whoever is no trainer, or no longer, has no business here.
fn leave(who: Res<Who>, mut open: ResMut<Open>, mut next: ResMut<NextState<Screen>>, mut wake: ResMut<Wake>) {
    if who.workspace != Workspace::Trainer {
        open.0 = None;
        next.set(Screen::Desk);
        wake.now();
    }
}

fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    who: Res<Who>,
    mut open: ResMut<Open>,
    mut wake: ResMut<Wake>,
) -> Result {
    if who.workspace != Workspace::Trainer {
        return Ok(());
    }
    let (book, place) = open.0.get_or_insert_with(|| (book(&library), Place::default()));
    let mut ui = whole_window(contexts.ctx_mut()?);
    if book_ui(&mut ui, book, place) {
        wake.now();
    }
    Ok(())
}

/// Every call with its answer.
pub fn book(library: &Library) -> Book {
    let sections = library.entries.iter().map(|entry| call(library, entry)).collect();
    Book { title: "Model answers", find: "Search all model answers", sections }
}

/// What each part of a call is made from.
struct Told<'a> {
    standards: &'a Arc<Standards>,
    library: &'a Library,
    entry: &'a Entry,
    /// The call as written, or as a variant has it.
    scenario: &'a Scenario,
    /// Begins the ids of everything about it.
    id: String,
}

fn call(library: &Library, entry: &Entry) -> Section {
    let scenario = &entry.scenario;
    let told =
        Told { standards: &library.standards, library, entry, scenario, id: scenario.neutral_name().to_string() };
    let mut groups = vec![
        Group::new("At a glance", about::about(&told)),
        Group::new("Facts", facts::facts(&told)),
        Group::new("Outcome", outcome::outcome(&told)),
        Group::new("Advice and handover", outcome::advice(&told)),
    ];
    groups.extend(played::calls(&told, None));
    groups.extend(variants::variants(&told));
    Section {
        icon: icons::PHONE,
        name: format!("{:04} · {}", scenario.number, scenario.title),
        version: format!("Content version {}", scenario.version),
        watermark: (!scenario.is_reviewed()).then_some("Draft, not clinically reviewed"),
        note: String::new(),
        groups,
    }
}
