//! Standards: what the service agrees on, to read and to search.

mod bank;
mod guides;
mod marks;
mod outcomes;
mod people;
mod services;
#[cfg(test)]
mod tests;
pub mod words;

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::reading::{Book, Group, Place, Section, book_ui};
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::library::Library;
use crate::app::profile::{Who, Workspace};
use crate::standards::{Header, Standards};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Standards)));
}

/// The book, and for whom it was made.
struct Open {
    trainer: bool,
    who: String,
    book: Book,
    place: Place,
}

fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    who: Res<Who>,
    mut wake: ResMut<Wake>,
    mut open: Local<Option<Open>>,
) -> Result {
    let trainer = who.workspace == Workspace::Trainer;
    if open.as_ref().is_none_or(|open| open.trainer != trainer || open.who != who.name()) {
        let who = who.name().to_owned();
        *open = Some(Open { trainer, who, book: book(&library.standards, trainer), place: Place::default() });
    }
    let mut ui = whole_window(contexts.ctx_mut()?);
    if let Some(open) = open.as_mut()
        && book_ui(&mut ui, &open.book, &mut open.place)
    {
        wake.now();
    }
    Ok(())
}

/// Everything in the standards that a reader may see. What is poor in the bank is for trainers: on
/// the call screen poor lines look like all others.
pub fn book(standards: &Standards, trainer: bool) -> Book {
    let mut sections = vec![
        people::competences(standards),
        people::roles(standards),
        outcomes::outcomes(standards, trainer),
        guides::guides(standards),
        services::directory(standards),
        services::reject_reasons(standards),
        bank::lines(standards),
        bank::advice(standards),
        marks::marking(standards),
    ];
    if trainer {
        sections.push(bank::poor_lines(standards));
    }
    Book { title: "Standards", find: "Search all standards", sections }
}

/// A section with the version of its file.
fn section(icon: &'static str, name: &str, header: &Header, groups: Vec<Group>) -> Section {
    Section {
        icon,
        name: name.to_owned(),
        version: version(header),
        watermark: draft(header),
        note: header.note.clone(),
        groups,
    }
}

/// Version and days of a file.
fn version(header: &Header) -> String {
    let from = words::date(&header.effective_from);
    let until = header.effective_until.as_deref().map(|day| format!(" until {}", words::date(day)));
    format!("Version {}, in force from {from}{}", header.version, until.unwrap_or_default())
}

/// Whoever has not had it reviewed says so in the note.
fn draft(header: &Header) -> Option<&'static str> {
    header.note.to_lowercase().contains("draft").then_some("Draft, not clinically reviewed")
}
