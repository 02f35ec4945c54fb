//! A clinician decides on the ladder, and may go through a guide as a checklist.

use bevy_egui::egui::Ui;

use super::super::state::Do;
use super::state::Outcome;
use super::{guide, roving};
use crate::app::live::Live;
use crate::app::theme::widgets;
use crate::standards::{Decides, Permission};

/// Whether there is a guide beside the ladder.
pub fn is_offered(live: &Live) -> bool {
    let call = live.call();
    let role = call.role();
    let may = role.decides == Decides::OnLadder && role.may.contains(&Permission::AssessSymptoms);
    may && call.state().decision.is_none()
}

/// Ladder or guide, from the right.
pub fn toggle_ui(ui: &mut Ui, state: &mut Outcome) {
    for (checklist, words) in [(true, "Guide"), (false, "Ladder")] {
        let says = if checklist { "Guide, as a checklist" } else { "On the ladder" };
        let pill = roving::pill(ui, state.checklist == checklist, words, says);
        if pill.on_hover_text(says).clicked() {
            state.checklist = checklist;
            state.land = true;
        }
    }
}

/// The guide; what it yields can be taken to the ladder, and need not.
pub fn checklist_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    guide::guide_ui(ui, live, state, todo);
    let yields = live.call().state().guide.as_ref().and_then(|guide| guide.yields.clone());
    let Some(code) = yields.filter(|_| !state.other_guide) else { return };
    let name = live.call().script().standards.disposition(&code).map_or("", |d| d.name.as_str());
    widgets::caption(ui, "The guide would say");
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.label(name);
        let take = roving::steady(ui, "take", |ui| widgets::button(ui, "Take it to the ladder"));
        state.land(live, &take);
        if take.clicked() {
            state.chosen = Some(code);
            state.cell = None;
            state.checklist = false;
            state.land = true;
        }
    });
}
