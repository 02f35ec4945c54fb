//! In which role and how calls are taken.

use bevy_egui::egui::Ui;

use super::model::{CallsModel, mode_name};
use super::{CallsAction, Filter};
use crate::app::taking::modes;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::records::Mode;

/// The panel.
pub fn how_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "How I take calls", "");
        widgets::caption(ui, "Role");
        ui.horizontal_wrapped(|ui| {
            for role in model.roles() {
                if widgets::choice(ui, role.id == model.how.role, &role.name).clicked() {
                    action = Some(CallsAction::Role(role.id.clone()));
                }
            }
        });
        let Some(role) = model.role() else { return };
        ui.label(rich(&role.scope, text::regular(text::CAPTION), p.text2));
        ui.add_space(4.0);
        widgets::caption(ui, "Feedback");
        ui.horizontal_wrapped(|ui| {
            for (mode, name) in modes(role) {
                if widgets::choice(ui, model.how.mode == mode, name).clicked() {
                    action = Some(CallsAction::Mode(mode));
                }
            }
        });
        ui.label(rich(about(model.how.mode), text::regular(text::CAPTION), p.text2));
    });
    action
}

/// One line in place of the panel, which opens where it is wanted.
pub fn how_in_short_ui(ui: &mut Ui, model: &CallsModel, filter: &mut Filter) -> Option<CallsAction> {
    let p = Palette::of(ui);
    if filter.how_is_open {
        let action = how_ui(ui, model);
        if widgets::button(ui, "That is how I take calls").clicked() {
            filter.how_is_open = false;
        }
        return action;
    }
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let role = model.role().map_or("", |role| &role.name);
            let words = format!("As a {role} · {}", mode_name(model.how.mode));
            ui.label(rich(words, text::regular(text::BODY), p.text));
            let change = widgets::button(ui, "Change");
            widgets::named(ui, &change, "Change how I take calls");
            if change.clicked() {
                filter.how_is_open = true;
            }
        });
    });
    None
}

fn about(mode: Mode) -> &'static str {
    match mode {
        Mode::Coach => "Everything is to be seen, as often as you like.",
        Mode::Exam => "As on the phone: what was said is gone, and tension is heard, not shown.",
        Mode::JudgementExercise => "An exercise: you get the free ladder, which your role does not have at work.",
        Mode::Guided => "Untimed and never marked.",
    }
}
