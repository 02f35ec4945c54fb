//! The call screen as a whole: caller and topics, transcript and ask bar, record and actions.

use bevy_egui::egui::{self, Frame, Margin, Ui};

use super::state::{CallUi, Do, View};
use super::{actions, ask_bar, caller, contact, outcome, overlays, pins, top, transcript};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::widgets;

/// The whole screen; what was asked for.
pub fn call_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi) -> Vec<Do> {
    let p = Palette::of(ui);
    let mut todo = Vec::new();
    if live.paused() {
        ui.disable();
    }
    egui::Panel::top("call top")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(16, 10)))
        .show_separator_line(false)
        .show(ui, |ui| todo.extend(top::top_ui(ui, live)));
    overlays::warning_ui(ui, live, state, &mut todo);
    match state.view {
        View::Talk => talk_ui(ui, live, library, state, &mut todo),
        View::Outcome => outcome::outcome_ui(ui, live, library, state, &mut todo),
    }
    overlays::overlays_ui(ui, live, state, &mut todo);
    todo
}

fn talk_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let wide = ui.available_width() > 1180.0;
    let (left, right) = if wide { (282.0, 392.0) } else { (206.0, 314.0) };
    let gap = if wide { 12 } else { 8 };
    let margin = |m| Frame::new().inner_margin(m);
    let all = Margin::same(gap);
    egui::Panel::left("call left")
        .exact_size(left + f32::from(gap))
        .resizable(false)
        .show_separator_line(false)
        .frame(margin(Margin { right: 0, ..all }))
        .show(ui, |ui| {
            todo.extend(caller::caller_ui(ui, live));
            ui.add_space(f32::from(gap) - 8.0);
            widgets::panel(ui).show(ui, |ui| todo.extend(caller::topics_ui(ui, library, &mut state.ask)));
        });
    egui::Panel::right("call right")
        .exact_size(right + f32::from(gap))
        .resizable(false)
        .show_separator_line(false)
        .frame(margin(Margin { left: 0, ..all }))
        .show(ui, |ui| {
            egui::Panel::bottom("call actions")
                .frame(Frame::new())
                .resizable(false)
                .show_separator_line(false)
                .show(ui, |ui| todo.extend(actions::actions_ui(ui, live)));
            egui::CentralPanel::default().frame(margin(Margin { bottom: gap, ..Margin::ZERO })).show(ui, |ui| {
                widgets::panel(ui).show(ui, |ui| {
                    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                        todo.extend(contact::contact_ui(ui, live, &mut state.fields));
                        ui.add_space(6.0);
                        ui.separator();
                        todo.extend(pins::pins_ui(ui, live));
                        todo.extend(pins::notes_ui(ui, &mut state.notes));
                    });
                });
            });
        });
    egui::CentralPanel::default().frame(margin(all)).show(ui, |ui| {
        egui::Panel::bottom("ask")
            .frame(Frame::new())
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| {
                widgets::panel(ui).show(ui, |ui| {
                    let tallest = ui.ctx().content_rect().height() * 0.34;
                    todo.extend(ask_bar::ask_ui(ui, live, library, state, tallest));
                });
            });
        egui::CentralPanel::default().frame(margin(Margin { bottom: gap, ..Margin::ZERO })).show(ui, |ui| {
            widgets::panel(ui).show(ui, |ui| todo.extend(transcript::transcript_ui(ui, live, &mut state.line)));
        });
    });
}
