//! Left: who is on the line and how they sound, and the topics of the bank.

use bevy_egui::egui::{self, CornerRadius, Rect, Sense, Ui, pos2, vec2};

use super::state::{Ask, Do, Over};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{LookUp, Speaker};
use crate::records::Mode;
use crate::scenario::Person;
use crate::standards::Permission;

/// Who is on the line.
pub fn caller_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let p = Palette::of(ui);
    let call = live.call();
    let state = call.state();
    let scenario = &call.script().scenario;
    let mut todo = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let with_patient = state.on_the_line == Person::Patient || call.script().patient_rings();
        let name = if state.on_the_line == Person::Patient { &scenario.patient.name } else { &scenario.caller.name };
        let doing = if state.held {
            "on hold"
        } else if voice_is_heard(live) {
            "speaking now"
        } else {
            "listening"
        };
        ui.horizontal(|ui| {
            let (disc, _) = ui.allocate_exact_size(vec2(44.0, 44.0), Sense::hover());
            ui.painter().circle_filled(disc.center(), 21.0, p.bg3);
            ui.painter().text(disc.center(), egui::Align2::CENTER_CENTER, icons::USER, text::regular(24.0), p.text2);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                ui.label(rich(name.to_string(), text::bold(text::PANEL_TITLE), p.text));
                let who = if with_patient { "Patient" } else { "Caller" };
                ui.label(rich(format!("{who} · {doing}"), text::regular(text::CAPTION), p.text3));
            });
        });
        voice_ui(ui, live);
        if live.mode() != Mode::Exam {
            tension_ui(ui, state.mood);
        }
        todo = on_file_ui(ui, live);
    });
    todo
}

fn voice_is_heard(live: &Live) -> bool {
    let clock = live.clock();
    live.call().state().lines.iter().rev().take(6).any(|line| {
        line.from <= clock
            && clock < line.until
            && !matches!(line.by, Speaker::Trainee | Speaker::Sound | Speaker::Clinician)
    })
}

/// Bars that move while somebody is heard.
fn voice_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
    widgets::named(ui, &response, if voice_is_heard(live) { "A voice is heard" } else { "Silence" });
    let speaking = voice_is_heard(live) && !live.paused();
    let step = live.clock() / 83;
    let bars = (rect.width() / 6.0) as u32;
    for n in 0..bars {
        let noise = (n.wrapping_mul(2_654_435_761) ^ step.wrapping_mul(40_503)).wrapping_mul(2_246_822_519) >> 24;
        let height = if speaking { 4.0 + noise as f32 / 255.0 * 26.0 } else { 3.0 };
        let x = rect.left() + 3.0 + n as f32 * 6.0;
        let bar = Rect::from_center_size(pos2(x, rect.center().y), vec2(3.0, height));
        ui.painter().rect_filled(bar, CornerRadius::same(1), if speaking { p.accent } else { p.edge });
    }
}

fn tension_ui(ui: &mut Ui, mood: u32) {
    let p = Palette::of(ui);
    let tension = 5 - (mood.min(99) / 20);
    ui.horizontal(|ui| {
        let words = format!("Tension {tension} of 5");
        ui.label(rich(words, text::regular(text::CAPTION), p.text3));
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ((ui.available_width() - 16.0) / 5.0).clamp(6.0, 16.0);
        for n in 0..5 {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 7.0), Sense::hover());
            ui.painter().rect_filled(rect, CornerRadius::same(3), if n < tension { p.text2 } else { p.bg3 });
        }
    });
}

/// What is on file, to be looked up.
fn on_file_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let call = live.call();
    let mut todo = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        let may = |permission| call.role().may.contains(&permission);
        let mut offer = |ui: &mut Ui, words: &str, what| {
            if widgets::chip(ui, false, words).clicked() {
                todo = Some(Do::Open(what));
            }
        };
        if may(Permission::ReadNotes) {
            offer(ui, "Special notes", Over::OnFile(LookUp::SpecialNotes));
            offer(ui, "Previous contacts", Over::OnFile(LookUp::PreviousContacts));
        }
        if may(Permission::ReadSummaryRecord) {
            offer(ui, "Summary record", Over::OnFile(LookUp::SummaryRecord));
        }
        let handover = &call.script().scenario.handover;
        if handover.as_ref().is_some_and(|h| h.roles.contains(&call.role().id)) {
            offer(ui, "Handover", Over::Handover);
        }
    });
    todo
}

/// The bank by topic. Choosing one lists its utterances in the ask bar.
pub fn topics_ui(ui: &mut Ui, library: &Library, ask: &mut Ask) -> Option<Do> {
    let p = Palette::of(ui);
    let mut todo = None;
    ui.set_min_width(ui.available_width());
    let bank = &library.standards.bank;
    widgets::title(ui, "Topics", &format!("{} lines", bank.len()));
    egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        for system in &library.standards.topics.systems {
            let count = bank.iter().filter(|u| u.system == system.id).count();
            if count == 0 {
                continue;
            }
            let chosen = ask.topic.as_ref() == Some(&system.id);
            let width = ui.available_width();
            let color = if chosen { p.accent } else { p.text };
            let button = egui::Button::new(rich(&system.name, text::regular(14.0), color))
                .right_text(rich(count.to_string(), text::mono(text::CAPTION), p.text3))
                .min_size(vec2(width, 30.0))
                .truncate()
                .fill(if chosen { p.accent_soft } else { p.bg2 });
            let response = ui.add(button);
            widgets::named(ui, &response, &format!("Topic {}, {count} lines", system.name));
            if response.clicked() {
                ask.topic = (!chosen).then(|| system.id.clone());
                ask.chosen = 0;
                ask.unclear = None;
                todo = Some(Do::FocusAsk);
            }
        }
    });
    todo
}
