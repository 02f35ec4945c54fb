//! The warm transfer: what the clinician is told, in SBAR order.

use bevy_egui::egui::{self, Ui};

use super::overlays::refused_ui;
use super::state::{CallUi, Do};
use super::{contact, pins, transcript};
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Event, Sbar, Slot};

/// Where a part of the handover is typed.
pub fn part_id(name: &str) -> egui::Id {
    egui::Id::new(("sbar", name))
}

/// The part with which a handover begins.
pub const FIRST: &str = "Situation";

pub fn transfer_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::title(ui, "Warm transfer", "what the clinician is told, from your pins and notes");
    if live.call().events().iter().any(|event| matches!(event.event, Event::TransferFailed { .. })) {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            let words = "No clinician was free. The caller is still on the line: try again, or do something else.";
            let said = ui.add(egui::Label::new(words).wrap());
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        });
    }
    heard_ui(ui, live);
    let sbar = &mut state.sbar;
    let parts = [
        (FIRST, &mut sbar.situation),
        ("Background", &mut sbar.background),
        ("Assessment", &mut sbar.assessment),
        ("Recommendation", &mut sbar.recommendation),
    ];
    for (name, words) in parts {
        widgets::caption(ui, name);
        let field = widgets::area(ui, part_id(name), words, 2, name, "");
        if ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
    }
    refused_ui(ui, live);
    ui.horizontal_wrapped(|ui| {
        if widgets::primary(ui, "Hand over").clicked() {
            let sbar = state.sbar.clone();
            todo.push(Do::Act(Action::Transfer { sbar }));
        }
        if widgets::button(ui, "Not now").clicked() {
            todo.push(Do::CloseOver);
        }
    });
}

/// The caller is still on the line, and the handover is made from what was said: all of it that may be read.
fn heard_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    widgets::caption(ui, "On the line");
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let height = (ui.ctx().content_rect().height() * 0.2).clamp(72.0, 160.0);
        let scroll = egui::ScrollArea::vertical().id_salt("heard").max_height(height).stick_to_bottom(true);
        scroll.auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for (by, words) in transcript::readable_lines(live) {
                let words = if by.is_empty() { words } else { format!("{by}: {words}") };
                ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
            }
        });
    });
}

/// The form begins with what was pinned and noted.
pub fn prefill(live: &Live, ui: &mut CallUi) {
    if ui.sbar != Sbar::default() {
        return;
    }
    let pinned = |slot| pins::texts(live, slot).collect::<Vec<_>>().join("\n");
    ui.sbar = Sbar {
        situation: pinned(Slot::Situation),
        background: pinned(Slot::Background),
        assessment: pinned(Slot::Assessment),
        recommendation: pinned(Slot::Recommendation),
    };
    let notes = ui.notes.text.trim();
    if !notes.is_empty() {
        let gap = if ui.sbar.assessment.is_empty() { "" } else { "\n" };
        ui.sbar.assessment = format!("{}{gap}{notes}", ui.sbar.assessment);
    }
    // The first field of the contact record is where the patient is.
    let place = ui.fields.first().map_or("", |draft| draft.text.trim());
    if !place.is_empty() {
        let gap = if ui.sbar.situation.is_empty() { "" } else { "\n" };
        ui.sbar.situation = format!("{}{gap}At {place}", ui.sbar.situation);
    }
    debug_assert_eq!(contact::ORDER_BEGINS_WITH, crate::standards::FieldName::Location);
}
