//! What was handed over to a clinician who rings back.

use bevy_egui::egui::Ui;

use super::overlays::{first, wrapped};
use super::state::Do;
use crate::app::live::Live;
use crate::app::theme::widgets;

pub fn handover_ui(ui: &mut Ui, live: &Live, todo: &mut Vec<Do>) {
    widgets::title(ui, "Handover", "you ring back; this is what you were given");
    let handover = live.call().script().scenario.handover.as_ref();
    wrapped(ui, handover.map_or("", |handover| handover.says.as_str()));
    if first(ui, "To the call") {
        todo.push(Do::CloseOver);
    }
}
