//! A clinician decides on the ladder, and may go through a guide as a checklist.

use bevy_egui::egui::Ui;

use super::super::state::Do;
use super::state::Outcome;
use super::{guide, roving};
use crate::app::live::Live;
use crate::app::theme::widgets;
use crate::standards::{Decides, Permission};

/// Ladder or guide; whether the guide is looked at.
pub fn toggle_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) -> bool {
    let call = live.call();
    let role = call.role();
    let may = role.decides == Decides::OnLadder && role.may.contains(&Permission::AssessSymptoms);
    if !may || call.state().decision.is_some() {
        return false;
    }
    ui.horizontal_wrapped(|ui| {
        for (checklist, words) in [(false, "Ladder"), (true, "Guide, as a checklist")] {
            if widgets::choice(ui, state.checklist == checklist, words).clicked() {
                state.checklist = checklist;
                state.land = true;
            }
        }
    });
    state.checklist
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
