//! Third panel: advice is found in the bank and said. No heading here tells what to cover.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{self, Frame, ScrollArea, Ui};

use super::super::state::{CallUi, Do};
use super::state::Outcome;
use super::{advice_line, closing, roving};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::{Kind, Utterance};

fn search_id() -> egui::Id {
    egui::Id::new("advice search")
}

pub fn advice_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let roomy = ui.available_height() > 420.0;
    egui::Panel::bottom("closing").frame(Frame::new()).resizable(false).show_separator_line(false).show(ui, |ui| {
        todo.extend(roving::steady(ui, "closing", |ui| closing::closing_ui(ui, live, roomy)));
    });
    ScrollArea::vertical().id_salt("advise").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 4.0);
        lines_ui(ui, live, library, &mut state.outcome, todo);
    });
}

fn lines_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let searching = ui.memory(|memory| memory.has_focus(search_id()));
    let down = searching && roving::pressed(ui, egui::Key::ArrowDown);
    // Not before the list has caught up with what is typed: the key waits for the next frame.
    let entered = searching && roving::entered(ui, search_id());
    let search =
        widgets::field(ui, search_id(), &mut state.advice_search, "Search the advice", "Find what you want to say");
    if live.call().state().decision.is_some() {
        state.land(live, &search);
    }
    let lines = lines(live, library, state);
    let rows: Vec<egui::Id> = lines.iter().map(|u| advice_line::row_id(&u.id)).collect();
    if search.changed() {
        state.advice_row = None;
    }
    let focused = ui.memory(|memory| memory.focused());
    if let Some(on) = lines.iter().find(|u| focused == Some(advice_line::row_id(&u.id))) {
        advice_line::keys(ui, on, todo);
    }
    roving::rove(ui, &rows, &mut state.advice_row);
    let typed = !state.advice_search.trim().is_empty();
    if let (true, Some(first)) = (entered && typed, lines.first()) {
        todo.push(say(first));
    }
    if let (true, Some(first)) = (down, rows.first()) {
        state.advice_row = Some(*first);
        ui.memory_mut(|memory| memory.request_focus(*first));
    }
    filter_ui(ui, live, library, state);
    let in_list = focused.is_some_and(|id| rows.contains(&id));
    widgets::caption(
        ui,
        match (in_list, searching && typed) {
            (true, _) => "Enter says it, Space ticks it, arrows move",
            (_, true) => "Enter says the first, down leads into the list",
            _ => "The same lines in every call",
        },
    );
    if lines.is_empty() {
        let words = "Nothing in the bank fits. “Say…” above says it in your own words.";
        roving::words(ui, words, text::regular(text::BODY), p.text2);
    }
    widgets::part(ui, Role::List, "", |ui| {
        for line in &lines {
            widgets::part(ui, Role::ListItem, "", |ui| {
                advice_line::line_ui(ui, live, line, state.advice_row, todo);
            });
        }
    });
}

/// The whole bank, or what has been said or ticked of it.
fn filter_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut Outcome) {
    let given = bank(library).filter(|u| advice_line::is_given(live, &u.id)).count();
    ui.horizontal_wrapped(|ui| {
        for (only, words) in [(false, "Advice bank".to_owned()), (true, format!("Said or ticked: {given}"))] {
            let on = state.only_given == only;
            if roving::pill(ui, on, &words, &words).clicked() {
                state.only_given = only;
                state.advice_row = None;
            }
        }
    });
}

/// All advice, in table order.
fn bank(library: &Library) -> impl Iterator<Item = &Utterance> {
    library.standards.bank.iter().filter(|u| matches!(u.kind, Kind::Interim | Kind::Worsening))
}

/// What is listed. A line stays where it is when it is said: nothing else comes under the hand.
fn lines<'l>(live: &Live, library: &'l Library, state: &Outcome) -> Vec<&'l Utterance> {
    let wanted = |u: &&Utterance| !state.only_given || advice_line::is_given(live, &u.id);
    let typed = state.advice_search.trim();
    if typed.is_empty() {
        return bank(library).filter(wanted).collect();
    }
    let hits = library.index.search(typed, 60);
    let found = hits.iter().filter_map(|hit| library.standards.bank.get(hit.utterance));
    found.filter(|u| matches!(u.kind, Kind::Interim | Kind::Worsening)).filter(wanted).collect()
}

/// Says a line of the bank.
pub fn say(utterance: &Utterance) -> Do {
    Do::Act(Action::Say { utterance: utterance.id.clone(), to: None })
}
