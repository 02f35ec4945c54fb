//! Before the phone is answered: what the call may stir up, and what was handed over.

use bevy_egui::egui::{self, Ui};

use super::overlays::first;
use super::state::Do;
use crate::app::library::{call_number, content_note};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

pub fn content_note_ui(ui: &mut Ui, live: &Live, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let scenario = &live.call().script().scenario;
    widgets::title(ui, "Before you pick up", &call_number(scenario.number));
    wrapped(ui, "Some of this call may be hard to hear. It touches on:");
    for note in &scenario.content_notes {
        let words = format!("{}  {}", icons::INFO, content_note(*note));
        ui.label(rich(words, text::bold(text::TRANSCRIPT), p.text));
    }
    wrapped(
        ui,
        "You can take another call instead. Nothing is recorded or marked, and nobody is told. You can also pause or \
         step out at any time once the call has begun.",
    );
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if first(ui, "Take the call") {
            todo.push(Do::CloseOver);
        }
        if widgets::button(ui, "Not this one").clicked() {
            todo.push(Do::TurnAway);
        }
    });
}

pub fn handover_ui(ui: &mut Ui, live: &Live, todo: &mut Vec<Do>) {
    widgets::title(ui, "Handover", "you ring back; this is what you were given");
    let handover = live.call().script().scenario.handover.as_ref();
    wrapped(ui, handover.map_or("", |handover| handover.says.as_str()));
    if first(ui, "To the call") {
        todo.push(Do::CloseOver);
    }
}

/// Plain words, in as many lines as they need.
pub fn wrapped(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    ui.add(egui::Label::new(rich(words, text::regular(text::TRANSCRIPT), p.text2)).wrap());
}
