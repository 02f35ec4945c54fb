//! Hardly any room, as with text at 200 %: transcript and ask bar, all else in tabs.

use bevy_egui::egui::{self, Frame, Margin, Ui};

use super::coach::{self, Part};
use super::state::{CallUi, Do, Tab};
use super::{actions, ask_bar, caller, stages, tabs, talk, top, transcript};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::records::Mode;

/// Tabs, clock and pause in one row.
pub fn top_ui(ui: &mut Ui, live: &Live, state: &CallUi) -> Option<Do> {
    let mut todo = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let clock = if live.mode() == Mode::Guided { 80.0 } else { 144.0 };
        let names = names(live, state);
        todo = tabs::tabs_ui(ui, &names, shown(state, &names), ui.available_width() - clock).map(Do::Show);
        widgets::right(ui, |ui| {
            todo = todo.take().or(top::pause_ui(ui, live));
            todo = todo.take().or(top::sound_ui(ui, state.sound));
            top::clock_ui(ui, live, text::PANEL_TITLE);
        });
    });
    todo
}

fn names(live: &Live, state: &CallUi) -> Vec<(Tab, String)> {
    let mut names = vec![(Tab::Talk, "Call".to_owned())];
    names.extend(talk::tab_names(live, state.coach.as_ref(), true));
    names
}

fn shown(state: &CallUi, names: &[(Tab, String)]) -> Tab {
    if names.iter().any(|(tab, _)| *tab == state.tab) { state.tab } else { Tab::Talk }
}

pub fn small_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let shown = shown(state, &names(live, state));
    if shown == Tab::Talk {
        talk_ui(ui, live, library, state, todo);
        return;
    }
    // The caller goes on talking while something else is looked at.
    egui::Panel::bottom("last words")
        .frame(Frame::new().fill(Palette::of(ui).bg2).inner_margin(Margin::symmetric(10, 6)))
        .resizable(false)
        .show(ui, |ui| last_words_ui(ui, live));
    egui::CentralPanel::default().frame(Frame::new().inner_margin(Margin::symmetric(10, 6))).show(ui, |ui| {
        talk::tab_ui(ui, live, library, state, shown, todo);
    });
}

fn talk_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let margin = Margin::symmetric(8, 4);
    let tallest = ui.available_height() * 0.5;
    egui::Panel::bottom("ask").frame(Frame::new().inner_margin(margin)).resizable(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        todo.extend(ask_bar::ask_ui(ui, live, library, state, tallest));
    });
    if coach::shows(state.coach.as_ref(), Part::Caller) {
        let frame = Frame::new().inner_margin(Margin { top: 4, bottom: 0, ..margin });
        egui::Panel::top("caller line").frame(frame).resizable(false).show_separator_line(false).show(ui, |ui| {
            caller::line_ui(ui, live);
        });
    }
    egui::CentralPanel::default().frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        todo.extend(transcript::transcript_ui(ui, live, state));
    });
}

fn last_words_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    let (by, words) = transcript::last_words(live).unwrap_or_default();
    let by = if by.is_empty() { String::new() } else { format!("{by}: ") };
    ui.add(egui::Label::new(rich(format!("{by}{words}"), text::regular(text::BODY), p.text2)).wrap());
}

/// What has no tab of its own: which call, the stages, what is on file, the four actions.
pub fn more_ui(ui: &mut Ui, live: &Live, state: &CallUi, todo: &mut Vec<Do>) {
    top::name_ui(ui, live);
    ui.add_space(4.0);
    if coach::shows(state.coach.as_ref(), Part::Stages) {
        widgets::caption(ui, "Stage: where you are in the call");
        todo.extend(stages::list_ui(ui, live));
        ui.add_space(4.0);
    }
    if state.room == super::state::Room::Small {
        let offers = talk::offered(live, state.coach.as_ref());
        todo.extend(actions::actions_ui(ui, &offers, if ui.available_width() > 400.0 { 2 } else { 1 }));
        ui.add_space(4.0);
        if coach::shows(state.coach.as_ref(), Part::Caller) {
            todo.extend(caller::on_file_ui(ui, live));
        }
    }
}
