//! The calls that were taken, the latest first, each with its verdict and its debrief: one's own, and for a trainer
//! those that were handed over.

use bevy_egui::egui::{Align, Layout, Ui};

use super::model::CallsModel;
use super::{CallsAction, Filter, Tab};
use crate::app::screens::parts::{badge, lines, verdict_look};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// How many are shown at first, and how many more each time.
const PAGE: usize = 30;

/// The list.
pub fn taken_ui(ui: &mut Ui, model: &CallsModel, filter: &mut Filter) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let taken = model.taken(filter.tab, &filter.search);
    if taken.is_empty() {
        let words = match (filter.tab, filter.search.trim().is_empty()) {
            (Tab::HandedOver, true) => {
                "None yet. Import a file that a trainee exported for you: Settings, Calls in and out."
            }
            (Tab::HandedOver, false) => "No call that was handed over has this number, caller or name.",
            (_, true) => "None yet. What you take is kept here, with its debrief.",
            (_, false) => "No call that you took has this number or caller.",
        };
        ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
    }
    for (call, title) in taken.iter().take(PAGE + filter.more) {
        ui.separator();
        let look = verdict_look(call, p);
        let about = model.about(call);
        let words = |ui: &mut Ui, height: f32| {
            let strong = (title.as_str(), text::bold(text::BODY), p.text);
            lines(ui, height, &[strong, (&about, text::regular(text::CAPTION), p.text3)]);
        };
        let mut button = None;
        if ui.available_width() > 480.0 {
            ui.horizontal(|ui| {
                ui.set_min_height(44.0);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    button = Some(widgets::button(ui, "Debrief"));
                    badge(ui, &look);
                    ui.with_layout(Layout::left_to_right(Align::Min), |ui| words(ui, 44.0));
                });
            });
        } else {
            words(ui, 0.0);
            ui.horizontal_wrapped(|ui| {
                badge(ui, &look);
                button = Some(widgets::button(ui, "Debrief"));
            });
        }
        if let Some(button) = button {
            widgets::named(ui, &button, &format!("Debrief of {title}, {about}: {}", look.1));
            if button.clicked() {
                action = Some(CallsAction::Debrief(call.id.clone()));
            }
        }
    }
    let rest = taken.len().saturating_sub(PAGE + filter.more);
    if rest > 0 {
        ui.separator();
        if widgets::button(ui, &format!("Show {} more of {rest}", rest.min(PAGE))).clicked() {
            filter.more += PAGE;
        }
    }
    action
}
