//! The caller on hold, and a question to a clinician.

use bevy_egui::egui::{self, Ui};

use super::overlays::refused_ui;
use super::state::{CallUi, Do};
use super::voice;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;

/// Where the question is typed.
pub fn question_id() -> egui::Id {
    egui::Id::new("clinician question")
}

/// How long "skip ahead" waits for an answer, in seconds.
const SKIP: u32 = 30;

pub fn hold_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let since = voice::held_since(live);
    let so_long = since.map(|since| widgets::clock(live.clock().saturating_sub(since)));
    widgets::title(ui, "On hold", so_long.as_deref().unwrap_or_default());
    let words = match since {
        Some(_) => "The caller cannot hear you. Ask a clinician a question, or take them off hold.",
        None => "They are finishing what they are saying and then hold. Write your question to the clinician.",
    };
    ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
    for (by, words) in said_since(live, since.unwrap_or(u32::MAX)) {
        let words = rich(format!("{by}: {words}"), text::regular(text::TRANSCRIPT), p.text);
        let said = ui.add(egui::Label::new(words).wrap());
        ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
    let (name, hint) = ("Question to the clinician", "Your question to the clinician");
    let field = widgets::area(ui, question_id(), &mut state.question, 3, name, hint);
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    refused_ui(ui, live);
    let asking = live.call().clinician_due().is_some();
    ui.horizontal_wrapped(|ui| {
        if widgets::primary(ui, "Ask").clicked() {
            todo.push(Do::Act(Action::AskClinician { question: state.question.clone() }));
        }
        if widgets::button(ui, "From my pins").clicked() {
            state.question = super::pins::summary(live, state.notes.text.trim());
        }
        if widgets::button(ui, "Take them off hold").clicked() {
            todo.push(Do::Act(Action::Resume));
        }
        if asking && widgets::button(ui, "Skip ahead").on_hover_text("Until an answer comes").clicked() {
            todo.push(Do::Act(Action::Wait { seconds: SKIP }));
        }
    });
    if asking {
        widgets::caption(ui, "It is ringing. A clinician answers when they are free.");
    }
}

/// What was said in the clinician's queue.
fn said_since(live: &Live, from: u32) -> Vec<(String, String)> {
    let clock = live.clock();
    let lines = live.call().state().lines.iter().filter(|line| line.from >= from && line.from <= clock);
    lines.map(|line| (super::transcript::speaker(live, &line.by), line.text.to_string())).collect()
}
