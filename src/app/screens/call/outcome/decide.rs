//! First panel: the ladder, the guide, or what a role may arrange by itself; then why, and how sure.

use bevy_egui::egui::{self, Frame, ScrollArea, Ui};

use super::super::state::{CallUi, Do};
use super::{checklist, chosen, early, guide, ladder, routes};
use crate::app::live::Live;
use crate::records::Mode;
use crate::standards::{Decides, Permission};

/// How this call is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On the ladder, with a reason.
    Ladder,
    /// What the guide yields.
    Guide,
    /// By handing over, or one of a few routine outcomes.
    Routes,
}

impl Way {
    pub fn of(live: &Live) -> Self {
        let role = live.call().role();
        if role.decides == Decides::OnLadder || live.mode() == Mode::JudgementExercise {
            Self::Ladder
        } else if role.decides == Decides::HandsOver || !role.may.contains(&Permission::AssessSymptoms) {
            Self::Routes
        } else {
            Self::Guide
        }
    }
}

const WITHOUT_GUIDE: &str = "Without waiting for the guide";
/// Height from which there is room for what is always to be seen.
const PINNED_FROM: f32 = 420.0;

pub fn decide_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let room = ui.available_height();
    // In need they are where they always are.
    let exits = Way::of(live) == Way::Guide && live.call().state().decision.is_none();
    let pinned = exits && room > PINNED_FROM;
    if pinned {
        egui::Panel::bottom("exits").frame(Frame::new()).resizable(false).show_separator_line(false).show(ui, |ui| {
            ui.add_space(6.0);
            early::early_ui(ui, live, WITHOUT_GUIDE, &mut state.outcome);
        });
    }
    ScrollArea::vertical().id_salt("decide").auto_shrink(false).show(ui, |ui| {
        // The bar must not lie on what it scrolls.
        ui.set_max_width(ui.available_width() - 4.0);
        match Way::of(live) {
            Way::Ladder => {
                if checklist::toggle_ui(ui, live, &mut state.outcome) {
                    checklist::checklist_ui(ui, live, &mut state.outcome, todo);
                } else {
                    ladder::ladder_ui(ui, live, room, &mut state.outcome);
                }
                chosen::chosen_ui(ui, live, state, todo);
            }
            // A guide grows long: what is about to be decided stands above it.
            Way::Guide => {
                chosen::chosen_ui(ui, live, state, todo);
                guide::guide_ui(ui, live, &mut state.outcome, todo);
                if exits && !pinned {
                    early::early_ui(ui, live, WITHOUT_GUIDE, &mut state.outcome);
                }
            }
            Way::Routes => {
                chosen::chosen_ui(ui, live, state, todo);
                routes::routes_ui(ui, live, &mut state.outcome, todo);
            }
        }
    });
}
