//! Who is on the line and how they sound: as a panel, or as a strip where there is less room.

use bevy_egui::egui::{self, CornerRadius, Sense, Ui, vec2};

use super::state::{self, Do, Over};
use super::{voice, wave};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::LookUp;
use crate::standards::Permission;

/// The panel, where there is room.
pub fn caller_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let mut todo = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            face_ui(ui, 25.0);
            who_ui(ui, live, 19.0, &format!("{} · {}", who(live), voice::doing(live)));
        });
        ui.add_space(2.0);
        wave::wave_ui(ui, live, ui.available_width(), 52.0);
        if let Some(tension) = voice::tension(live) {
            ui.columns(2, |columns| {
                let [left, right] = columns else { return };
                left.spacing_mut().item_spacing.y = 4.0;
                widgets::caption(left, "Sounds");
                let p = Palette::of(left);
                left.label(rich(voice::sounds(live, tension), text::regular(text::BODY), p.text));
                tension_ui(right, tension, 20.0);
            });
        }
        todo = on_file_ui(ui, live);
    });
    todo
}

/// The strip above the transcript, where there is less.
pub fn strip_ui(ui: &mut Ui, live: &Live) {
    widgets::panel(ui).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            face_ui(ui, 19.0);
            let tension = voice::tension(live);
            let doing = voice::doing(live);
            let beside = match tension {
                Some(tension) if voice::held_since(live).is_none() => voice::sounds(live, tension),
                _ => doing,
            };
            who_ui(ui, live, text::TRANSCRIPT, &beside);
            let last = if tension.is_some() { 104.0 } else { 0.0 };
            wave::wave_ui(ui, live, (ui.available_width() - last).max(40.0), 38.0);
            if let Some(tension) = tension {
                ui.vertical(|ui| tension_ui(ui, tension, 15.0));
            }
        });
    });
}

/// One row, where there is hardly any.
pub fn line_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.label(rich(voice::on_the_line(live), text::bold(text::BODY), p.text));
        let mut beside = format!("{} · {}", who(live), voice::doing(live));
        if let Some(tension) = voice::tension(live) {
            beside = format!("{beside} · tension {tension} of 5");
        }
        ui.label(rich(beside, text::regular(text::CAPTION), p.text3));
        if ui.available_width() > 40.0 {
            wave::wave_ui(ui, live, ui.available_width(), 18.0);
        }
    });
}

fn who(live: &Live) -> &'static str {
    if voice::with_patient(live) { "Patient" } else { "Caller" }
}

fn who_ui(ui: &mut Ui, live: &Live, size: f32, beside: &str) {
    let p = Palette::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.label(rich(voice::on_the_line(live), text::bold(size), p.text));
        ui.label(rich(beside, text::regular(14.0), p.text3));
    });
}

fn face_ui(ui: &mut Ui, radius: f32) {
    let p = Palette::of(ui);
    let (disc, _) = ui.allocate_exact_size(vec2(radius, radius) * 2.0, Sense::hover());
    ui.painter().circle(disc.center(), radius - 1.0, p.bg3, egui::Stroke::new(1.0, p.edge));
    let person = text::icon_fill(radius * 1.2);
    ui.painter().text(disc.center(), egui::Align2::CENTER_CENTER, icons::USER, person, p.text2);
}

/// The word, and five segments of it.
fn tension_ui(ui: &mut Ui, tension: u32, width: f32) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 8.0;
    widgets::caption(ui, &format!("Tension {tension} of 5"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let width = ((ui.available_width() - 16.0) / 5.0).clamp(8.0, width);
        for n in 0..5 {
            let (rect, _) = ui.allocate_exact_size(vec2(width, 8.0), Sense::hover());
            let (fill, edge) = if n < tension { (p.text2, p.text2) } else { (p.bg3, p.edge) };
            let edge = egui::Stroke::new(1.0, edge);
            ui.painter().rect(rect, CornerRadius::same(4), fill, edge, egui::StrokeKind::Inside);
        }
    });
}

/// What is on file, to be looked up.
pub fn on_file_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let may = |permission| live.call().role().may.contains(&permission);
    let mut offers = Vec::new();
    if may(Permission::ReadNotes) {
        offers.push(("Special notes", Over::OnFile(LookUp::SpecialNotes)));
        offers.push(("Previous contacts", Over::OnFile(LookUp::PreviousContacts)));
    }
    if may(Permission::ReadSummaryRecord) {
        offers.push(("Summary record", Over::OnFile(LookUp::SummaryRecord)));
    }
    offers.extend(state::handover(live).map(|over| ("Handover", over)));
    if offers.is_empty() {
        return None;
    }
    let mut todo = None;
    widgets::caption(ui, "Look up");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (words, over) in offers {
            if widgets::chip(ui, false, words).clicked() {
                todo = Some(Do::Open(over));
            }
        }
    });
    todo
}
