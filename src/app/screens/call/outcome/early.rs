//! What a role may choose at once: an ambulance, a clinician.

use bevy_egui::egui::Ui;

use super::roving;
use super::state::Outcome;
use crate::app::live::Live;
use crate::app::theme::widgets;

pub fn early_ui(ui: &mut Ui, live: &Live, caption: &str, state: &mut Outcome) {
    widgets::caption(ui, caption);
    roving::steady(ui, "early", |ui| exits_ui(ui, live, state));
}

fn exits_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) {
    let call = live.call();
    ui.horizontal_wrapped(|ui| {
        for code in &call.role().early_exits {
            let Some(disposition) = call.script().standards.disposition(code) else { continue };
            let chosen = state.chosen.as_ref() == Some(code);
            if widgets::choice(ui, chosen, &disposition.name).clicked() {
                state.chosen = (!chosen).then(|| code.clone());
                state.land = true;
            }
        }
    });
}
