//! What lies over the call, and the warning when it is not being saved.

use bevy_egui::egui::{self, Align2, Frame, Margin, Ui, vec2};

use super::state::{CallUi, Do, Over};
use super::{handing_over, handover, hold, outcome, pause};
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Event, LookUp};

/// Saving has failed: said as long as it is so.
pub fn warning_ui(ui: &mut Ui, live: &Live, state: &CallUi, todo: &mut Vec<Do>) {
    let Some(why) = &live.unsaved else { return };
    let p = Palette::of(ui);
    egui::Panel::top("warning")
        .frame(Frame::new().inner_margin(Margin::symmetric(12, 6)))
        .show_separator_line(false)
        .show(ui, |ui| {
            widgets::notice(ui, p.safety, p.safety_soft, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(format!(
                        "This call is not being saved: {why}. It goes on in memory; export it before you leave."
                    ));
                    if widgets::button(ui, "Export").clicked() {
                        todo.push(Do::Export);
                    }
                    if let Some(said) = &state.said {
                        ui.label(said);
                    }
                });
            });
        });
}

pub fn overlays_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    if live.over() && live.unsaved.is_some() {
        over(ui, "not kept", 480.0, |ui| not_kept_ui(ui, state, todo));
        return;
    }
    if live.paused() && state.over != Some(Over::BreakOff) {
        let name = if state.breathes { "breather" } else { "paused" };
        over(ui, name, 520.0, |ui| match state.breathes {
            true => pause::breather_ui(ui, todo),
            false => pause::pause_ui(ui, todo),
        });
        return;
    }
    match state.over.clone() {
        None => {}
        Some(Over::Handover) => over(ui, "handover", 560.0, |ui| handover::handover_ui(ui, live, todo)),
        Some(Over::Hold) => over(ui, "hold", 520.0, |ui| hold::hold_ui(ui, live, state, todo)),
        Some(Over::Transfer) => over(ui, "transfer", 620.0, |ui| handing_over::transfer_ui(ui, live, state, todo)),
        Some(Over::BreakOff) => over(ui, "break off", 440.0, |ui| pause::break_off_ui(ui, live, todo)),
        Some(Over::Closing) => over(ui, "close", 480.0, |ui| outcome::close_ui(ui, live, todo)),
        Some(Over::OnFile(what)) => over(ui, "on file", 520.0, |ui| on_file_ui(ui, live, what, todo)),
    }
}

/// The main button of a panel, which has the keyboard while nothing else in the panel has it.
pub fn first(ui: &mut Ui, words: &str) -> bool {
    let button = widgets::primary(ui, words);
    if ui.memory(|memory| memory.focused().is_none()) {
        button.request_focus();
    }
    button.clicked()
}

/// Plain words, in as many lines as they need.
pub fn wrapped(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    ui.add(egui::Label::new(rich(words, text::regular(text::TRANSCRIPT), p.text2)).wrap());
}

/// Why the last thing was not done.
pub fn refused_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    if let Some(refused) = &live.refused {
        let words = super::ask_bar::sentence(&refused.to_string());
        let said = ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.cue)).wrap());
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Assertive));
    }
}

/// A panel in the middle, over everything else; it scrolls where there is little room.
fn over(ui: &Ui, name: &str, width: f32, contents: impl FnOnce(&mut Ui)) {
    let frame = widgets::panel(ui).fill(Palette::of(ui).bg1).inner_margin(Margin::same(20));
    let window = ui.ctx().content_rect().size();
    let roomy = window.x > 700.0 && window.y > 500.0;
    let frame = if roomy { frame } else { frame.inner_margin(Margin::same(12)) };
    let around = if roomy { vec2(120.0, 100.0) } else { vec2(48.0, 44.0) };
    egui::Modal::new(egui::Id::new(name))
        .area(egui::Modal::default_area(egui::Id::new(name)).anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0)))
        .frame(frame)
        .show(ui.ctx(), |ui| {
            // Here and not on the modal's own response, which has nothing in it.
            widgets::is_part(ui, egui::accesskit::Role::Dialog, name);
            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_modal());
            ui.set_width(width.min(window.x - around.x));
            ui.set_max_height(window.y - around.y);
            let scroll = egui::ScrollArea::vertical().max_height(window.y - around.y);
            scroll.show(ui, |ui| {
                // The ring of what has the keyboard lies outside of it.
                Frame::new().inner_margin(Margin::same(4)).show(ui, contents);
            });
        });
}

fn not_kept_ui(ui: &mut Ui, state: &CallUi, todo: &mut Vec<Do>) {
    widgets::title(ui, "The call is over", "and has not been kept");
    ui.label(state.said.as_deref().unwrap_or("Export it now if you want to keep it."));
    ui.horizontal_wrapped(|ui| {
        if first(ui, "Export the call") {
            todo.push(Do::Export);
        }
        if widgets::button(ui, "To the debrief").clicked() {
            todo.push(Do::Leave);
        }
    });
}

fn on_file_ui(ui: &mut Ui, live: &Live, what: LookUp, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let name = match what {
        LookUp::SpecialNotes => "Special notes",
        LookUp::PreviousContacts => "Previous contacts",
        LookUp::SummaryRecord => "Summary record",
    };
    widgets::title(ui, name, "on file for this patient");
    let found = live.call().events().iter().rev().find_map(|e| match &e.event {
        Event::LookedUp { what: looked, found } if *looked == what => Some(found),
        _ => None,
    });
    match found {
        None => drop(ui.label("Looking…")),
        Some(found) if found.is_empty() => drop(ui.label("Nothing on file.")),
        Some(found) => found.iter().for_each(|words| {
            widgets::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.add(egui::Label::new(rich(&**words, text::regular(text::TRANSCRIPT), p.text)).wrap());
            });
        }),
    }
    refused_ui(ui, live);
    if first(ui, "Back to the call") {
        todo.push(Do::CloseOver);
    }
}
