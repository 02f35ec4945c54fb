//! The top bar: which call, which stage, how long.

use bevy_egui::egui::{self, Ui, vec2};

use super::state::{Do, Over};
use crate::app::library::call_number;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Event};
use crate::records::Mode;
use crate::standards::Stage;

/// The stages a trainee can declare.
const STAGES: [(Stage, &str); 7] = [
    (Stage::Open, "Open"),
    (Stage::First, "Emergency check"),
    (Stage::Story, "Story"),
    (Stage::Detail, "Detail"),
    (Stage::Context, "Context"),
    (Stage::Plan, "Plan"),
    (Stage::Close, "Close"),
];

pub fn top_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let p = Palette::of(ui);
    let call = live.call();
    let mut todo = None;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.set_min_width(150.0);
            ui.label(rich(call_number(call.script().scenario.number), text::bold(text::PANEL_TITLE), p.text));
            let now = call.wall_clock();
            let mode = match live.mode() {
                Mode::Coach | Mode::Guided => "Training call",
                Mode::Exam => "Exam call",
                Mode::JudgementExercise => "Judgement exercise",
            };
            let clock = format!("{mode} · {} {:02}:{:02}", weekday(now), now.hour(), now.minute());
            ui.label(rich(clock, text::regular(text::CAPTION), p.text3));
        });
        widgets::right(ui, |ui| {
            let icon = if live.paused() { icons::PLAY } else { icons::PAUSE };
            let pause = ui.add(egui::Button::new(rich(icon, text::regular(18.0), p.text)).min_size(vec2(34.0, 34.0)));
            widgets::named(ui, &pause, if live.paused() { "Go on" } else { "Pause" });
            if pause.on_hover_text("Pause (F9)").clicked() {
                todo = Some(Do::Pause);
            }
            let off = widgets::button(ui, "Break off");
            if off.on_hover_text("End the exercise without an outcome").clicked() {
                todo = Some(Do::Open(Over::BreakOff));
            }
            ui.label(rich(widgets::clock(live.clock()), text::mono_bold(text::TIMER), p.text));
            if ui.available_width() > 760.0 {
                ui.label(rich("Call time", text::regular(text::CAPTION), p.text3));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                todo = todo.take().or(stages_ui(ui, live));
            });
        });
    });
    todo
}

fn stages_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let call = live.call();
    let mut todo = None;
    let narrow = ui.available_width() < 640.0;
    ui.spacing_mut().item_spacing.x = 4.0;
    if narrow {
        ui.spacing_mut().button_padding.x = 7.0;
    }
    for (n, (stage, name)) in STAGES.iter().enumerate() {
        let here = call.state().stage == *stage;
        let been = *stage == Stage::Open || call.events().iter().any(|e| e.event == Event::Stage(*stage));
        let words = match (been && !here, narrow) {
            (true, false) => format!("{} {name}", icons::CHECK),
            (false, false) => format!("{} {name}", n + 1),
            (_, true) => name.split(' ').next().unwrap_or(name).to_owned(),
        };
        let response = widgets::chip(ui, here, &words);
        widgets::named(ui, &response, &format!("Stage {}: {name}", n + 1));
        if response.clicked() {
            todo = Some(Do::Act(Action::EnterStage(*stage)));
        }
    }
    todo
}

pub fn weekday(now: jiff::civil::DateTime) -> &'static str {
    use jiff::civil::Weekday;
    match now.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
