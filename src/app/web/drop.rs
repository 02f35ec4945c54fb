//! Files dropped on the page, or chosen: calls that were taken are brought in, a trainer's after a look into them; a call set is
//! taken up; a call that an author wrote is checked and, if it is sound, can be taken until the page is closed.

use std::sync::Arc;

use bevy::prelude::*;

use super::files::Files;
use super::page;
use crate::app::Screen;
use crate::app::bringing::Bringing;
use crate::app::egui::Wake;
use crate::app::files as common;
use crate::app::library::{Entry, Library, call_number};
use crate::app::profile::{Who, Workspace};
use crate::app::voice::Voices;
use crate::call::speech::recording;
use crate::scenario;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, take);
}

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
fn take(
    mut files: ResMut<Files>,
    mut library: ResMut<Library>,
    mut bringing: ResMut<Bringing>,
    mut voices: ResMut<Voices>,
    who: Res<Who>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    // One waits for the other.
    if files.busy() {
        return;
    }
    let file = files.scenario.take().or_else(|| page::file(&page::dropped()));
    let Some((name, bytes)) = file else { return };
    let is_set = common::is_call_set(&bytes);
    let told = if *screen.get() == Screen::Call {
        "Finish or leave the call before you bring in a file.".to_owned()
    } else if is_set {
        files.open_set((name, bytes));
        next.set(Screen::Settings);
        String::new()
    } else if who.workspace == Workspace::Trainer
        && !name.ends_with(".ron")
        && !is_recording(&name)
        && bringing.is_busy()
    {
        common::BUSY.to_owned()
    } else if who.workspace == Workspace::Trainer && !name.ends_with(".ron") && !is_recording(&name) {
        // What people handed back is looked into first; all that was dropped at once lies here by now.
        let more = std::iter::from_fn(|| page::file(&page::dropped()));
        bringing.look_into_these(std::iter::once((name, bytes)).chain(more).collect(), &library.standards);
        next.set(Screen::Handing);
        String::new()
    } else if is_recording(&name) {
        recording_file(&mut library, &mut voices, &name, bytes)
    } else if name.ends_with(".ron") {
        scenario_file(&mut library, &name, &bytes)
    } else {
        files.import_this((name, bytes));
        next.set(Screen::Settings);
        String::new()
    };
    if !told.is_empty() {
        page::tell(&told);
    }
    wake.now();
}

/// By its name.
fn is_recording(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    matches!(&*ending, "ogg" | "opus" | "wav")
}

/// A recording is kept for the calls that name it.
fn recording_file(library: &mut Library, voices: &mut Voices, name: &str, bytes: Vec<u8>) -> String {
    match recording::millis(&bytes) {
        Ok(millis) => {
            let bytes: Arc<[u8]> = bytes.into();
            library.places.given.insert(name.to_owned(), bytes.clone());
            voices.give(name, bytes);
            let seconds = millis.div_ceil(1000);
            format!("{name}, {seconds} s, is heard where a call names it, until this page is closed.")
        }
        Err(problem) => format!("{name} cannot be used: {problem}."),
    }
}

/// What becomes of a scenario file, in the words of the checker.
fn scenario_file(library: &mut Library, name: &str, bytes: &[u8]) -> String {
    let loaded = match scenario::load(name, bytes) {
        Ok(loaded) => loaded,
        Err(problems) => return listed(&problems),
    };
    let standards = library.standards.clone();
    let problems = scenario::check::check(&loaded, &standards);
    if problems.iter().any(crate::diagnostic::Diagnostic::is_error) {
        return listed(&problems);
    }
    let number = call_number(loaded.scenario.number);
    library.put(Entry::from(loaded));
    let found = if problems.is_empty() { String::new() } else { format!("\n\n{}", listed(&problems)) };
    format!("{number} is sound and stands among the calls until this page is closed.{found}")
}

fn listed(problems: &[crate::diagnostic::Diagnostic]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
