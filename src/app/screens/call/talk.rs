//! The call screen as a whole: caller and topics, transcript and ask bar, record and actions.

use bevy_egui::egui::{self, Frame, Margin, Rect, Ui, vec2};

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
    if state.over.is_none() && std::mem::take(&mut state.fresh) {
        todo.push(Do::FocusAsk);
    }
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
    let area = ui.available_rect_before_wrap();
    let wide = area.width() > 1180.0;
    let (left_w, right_w) = if wide { (282.0, 392.0) } else { (206.0, 314.0) };
    let gap = if wide { 12.0 } else { 8.0 };
    let inner = area.shrink(gap);
    let (left, rest) = inner.split_left_right_at_x(inner.left() + left_w);
    let (centre, right) = rest.split_left_right_at_x(inner.right() - right_w);
    let centre = centre.shrink2(vec2(gap, 0.0));
    // In the order of `Tab`: the ask bar, the transcript, the record, the actions, the topics.
    within(ui, "centre", centre, |ui| {
        egui::Panel::bottom("ask").frame(Frame::new()).resizable(false).show_separator_line(false).show(ui, |ui| {
            widgets::panel(ui).show(ui, |ui| {
                let tallest = ui.ctx().content_rect().height() * 0.34;
                todo.extend(ask_bar::ask_ui(ui, live, library, state, tallest));
            });
        });
        let margin = Margin { bottom: gap as i8, ..Margin::ZERO };
        egui::CentralPanel::default().frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
            widgets::panel(ui).show(ui, |ui| todo.extend(transcript::transcript_ui(ui, live, &mut state.line)));
        });
    });
    let (record, below) = right.split_top_bottom_at_y(right.bottom() - ACTIONS - gap);
    within(ui, "record", record, |ui| {
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
    let below = below.with_min_y(below.top() + gap);
    within(ui, "actions", below, |ui| todo.extend(actions::actions_ui(ui, live)));
    within(ui, "left", left, |ui| {
        todo.extend(caller::caller_ui(ui, live));
        ui.add_space(gap - 8.0);
        widgets::panel(ui).show(ui, |ui| todo.extend(caller::topics_ui(ui, library, &mut state.ask)));
    });
}

/// Height of the four actions.
const ACTIONS: f32 = 108.0;

/// Paints into a part of the window.
fn within(ui: &mut Ui, name: &str, rect: Rect, contents: impl FnOnce(&mut Ui)) {
    let builder = egui::UiBuilder::new().id_salt(name).max_rect(rect).layout(egui::Layout::top_down(egui::Align::Min));
    ui.scope_builder(builder, contents);
}
