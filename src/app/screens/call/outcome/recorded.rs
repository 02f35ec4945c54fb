//! What was recorded in the guide, the last first; an answer can be changed, and what followed it is asked again.

use bevy_egui::egui::{self, Align, Layout, Ui};

use super::super::state::Do;
use super::guide::ANSWERS;
use super::roving;
use super::state::Outcome;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Entry, GuideState};

pub fn recorded_ui(ui: &mut Ui, live: &Live, guide: &GuideState, state: &mut Outcome, todo: &mut Vec<Do>) {
    if guide.entries.is_empty() {
        return;
    }
    ui.add_space(4.0);
    widgets::caption(ui, "Recorded, the last first");
    for (n, entry) in guide.entries.iter().enumerate().rev() {
        let last = n + 1 == guide.entries.len();
        roving::steady(ui, ("recorded", &*entry.question), |ui| entry_ui(ui, live, entry, last, state, todo));
    }
}

fn entry_ui(ui: &mut Ui, live: &Live, entry: &Entry, last: bool, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    let Some(step) = call.step_of(&entry.guide, &entry.question) else { return };
    let answer = ANSWERS.iter().find(|(recorded, _)| *recorded == entry.answer).map_or("", |a| a.1);
    let changing = state.correcting.as_ref() == Some(&entry.question);
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if call.state().decision.is_none() {
                let change = widgets::chip(ui, changing, "Change");
                widgets::named(ui, &change, &format!("Change: {answer}, {}", step.yes_means));
                if change.clicked() {
                    state.correcting = (!changing).then(|| entry.question.clone());
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                ui.allocate_ui_with_layout(egui::vec2(58.0, 18.0), Layout::left_to_right(Align::Min), |ui| {
                    ui.set_min_width(58.0);
                    ui.label(rich(answer, text::bold(14.0), p.text));
                });
                roving::words(ui, &step.yes_means, text::regular(14.0), p.text2);
            });
        });
    });
    if !changing {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        widgets::caption(ui, if last { "Record instead:" } else { "Record instead; what came after is asked again:" });
        for (recorded, name) in ANSWERS.into_iter().filter(|(recorded, _)| *recorded != entry.answer) {
            if widgets::button(ui, name).clicked() {
                todo.push(Do::Act(Action::Record { question: entry.question.clone(), answer: recorded }));
            }
        }
    });
}
