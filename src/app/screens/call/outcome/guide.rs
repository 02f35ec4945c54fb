//! The guide: for roles that decide by one. Most dangerous first; the trainee records what they understood.

use bevy_egui::egui::Ui;

use super::super::state::Do;
use super::state::Outcome;
use super::{recorded, roving, step, symptom};
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::{GuideState, Recorded};

/// What can be recorded.
pub const ANSWERS: [(Recorded, &str); 3] =
    [(Recorded::Yes, "Yes"), (Recorded::No, "No"), (Recorded::NotSure, "Not sure")];

pub fn guide_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let call = live.call();
    let decided = call.state().decision.is_some();
    match &call.state().guide {
        Some(guide) if !state.other_guide => {
            title_ui(ui, live, guide, state);
            if !decided && !state.other_guide {
                step_ui(ui, live, guide, state, todo);
            }
            recorded::recorded_ui(ui, live, guide, state, todo);
        }
        _ if decided => {}
        _ => symptom::symptom_ui(ui, live, state, todo),
    }
}

fn title_ui(ui: &mut Ui, live: &Live, guide: &GuideState, state: &mut Outcome) {
    let p = Palette::of(ui);
    let call = live.call();
    let title = |id: &str| call.script().standards.guide(id).map_or("", |g| g.title.as_str());
    ui.horizontal_wrapped(|ui| {
        widgets::title(ui, title(&guide.guide), "training guide, not for clinical use");
        if call.state().decision.is_none() && widgets::chip(ui, false, "Another main symptom").clicked() {
            state.other_guide = true;
            state.guide_search.clear();
            state.land = true;
        }
    });
    if guide.guide != guide.chosen {
        let words = format!("Sent on from “{}”. What is recorded is not asked again.", title(&guide.chosen));
        roving::words(ui, words, text::regular(text::CAPTION), p.text3);
    }
}

fn step_ui(ui: &mut Ui, live: &Live, guide: &GuideState, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    // The question in hand stays where it is; what was recorded grows below it.
    let Some(step) = live.call().step() else { return };
    step::step_ui(ui, live, step, state, todo);
    let not_sure = guide.entries.iter().filter(|entry| entry.answer == Recorded::NotSure).count();
    if not_sure > 0 {
        let limit = live.call().script().standards.guides.not_sure_limit;
        let words = format!("Not sure: {not_sure} of {limit}; then a clinician takes over");
        roving::words(ui, words, text::regular(text::CAPTION), p.text3);
    }
}
