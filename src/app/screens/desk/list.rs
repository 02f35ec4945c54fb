//! Today's practice: what is due again, and what is new.

use bevy_egui::egui::{Align, CornerRadius, Layout, Sense, Stroke, StrokeKind, Ui, vec2};

use super::DeskAction;
use super::model::{DeskModel, Kind, Practice};
use super::round::round_ui;
use crate::app::library::call_number;
use crate::app::screens::parts::{Look, badge, count, disc, large_title, lines, picture};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// The panel, at least as high as this.
pub fn practice_ui(ui: &mut Ui, model: &DeskModel, height: f32) -> Option<DeskAction> {
    let mut action = None;
    let p = Palette::of(ui);
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.set_min_height((height - 26.0).max(0.0));
        head_ui(ui, model);
        ui.add_space(4.0);
        for item in &model.practice {
            line(ui, p);
            action = action.take().or(item_ui(ui, item));
        }
        line(ui, p);
        if let Some(nothing) = &model.nothing {
            ui.horizontal_wrapped(|ui| {
                ui.label(rich(nothing, text::regular(text::TRANSCRIPT), p.text2));
                if widgets::button(ui, "All calls").clicked() {
                    action = Some(DeskAction::AllCalls);
                }
            });
        }
        ui.add_space(10.0);
        round_ui(ui, &model.round, model.today);
    });
    action
}

fn head_ui(ui: &mut Ui, model: &DeskModel) {
    let ringing = model.ringing.iter().map(|ringing| ringing.offer.minutes);
    let minutes: u32 = ringing.chain(model.practice.iter().map(|item| item.offer.minutes)).sum();
    let to_go = model.practice.len() + usize::from(model.ringing.is_some());
    let done = if model.done > 0 { format!("{} done, ", model.done) } else { String::new() };
    let beside = match to_go {
        0 if model.done > 0 => format!("{} done. Stop whenever you like.", model.done),
        0 => String::new(),
        _ => format!("{done}{to_go} to go, about {minutes} minutes. Stop whenever you like."),
    };
    let pips = (model.done + to_go).min(12);
    let width = pips as f32 * 38.0;
    if pips > 0 && ui.available_width() > 480.0 + width {
        ui.horizontal(|ui| {
            large_title(ui, "Today’s practice", &beside);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| pips_ui(ui, model.done.min(pips), pips));
        });
    } else {
        large_title(ui, "Today’s practice", &beside);
    }
}

fn pips_ui(ui: &mut Ui, done: usize, all: usize) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(all as f32 * 38.0 - 6.0, 8.0), Sense::hover());
    for n in 0..all {
        let pip = rect.with_min_x(rect.left() + n as f32 * 38.0).with_max_x(rect.left() + n as f32 * 38.0 + 32.0);
        let (fill, edge) = if n < done { (p.accent, p.accent) } else { (p.bg1, p.edge) };
        ui.painter().rect(pip, CornerRadius::same(4), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    }
}

fn line(ui: &mut Ui, p: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, p.line));
}

fn look(kind: Kind, p: &Palette) -> (&'static str, Look) {
    match kind {
        Kind::Due => (icons::ARROW_COUNTER_CLOCKWISE, (icons::ARROW_CLOCKWISE, "Due today".into(), p.cue, p.cue_soft)),
        Kind::New => (icons::SPARKLE, (icons::PLUS_CIRCLE, "New".into(), p.accent, p.accent_soft)),
        Kind::TakeCare => (icons::HAND_HEART, (icons::WARNING_CIRCLE, "Take care".into(), p.text2, p.bg3)),
    }
}

fn item_ui(ui: &mut Ui, item: &Practice) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let (icon, badge_look) = look(item.kind, p);
    let number = call_number(item.offer.number);
    let reason = format!("{number} · {}", item.reason);
    let mut start = None;
    if ui.available_width() > 560.0 {
        ui.horizontal(|ui| {
            ui.set_min_height(52.0);
            ui.spacing_mut().item_spacing.x = 14.0;
            disc(ui, icon);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                start = Some(widgets::button(ui, "Start"));
                time_ui(ui, item, 78.0);
                column(ui, 112.0, |ui| _ = badge(ui, &badge_look));
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| words_ui(ui, 52.0, &item.offer.who, &reason));
            });
        });
    } else {
        words_ui(ui, 0.0, &item.offer.who, &reason);
        ui.horizontal_wrapped(|ui| {
            badge(ui, &badge_look);
            time_ui(ui, item, 70.0);
            start = Some(widgets::button(ui, "Start"));
        });
    }
    let start = start?;
    let name = format!("Start {}. {}", number.to_lowercase(), item.offer.who);
    widgets::named(ui, &start, &name);
    start.clicked().then(|| DeskAction::Start(item.offer.slug.clone()))
}

fn words_ui(ui: &mut Ui, height: f32, who: &str, reason: &str) {
    let p = Palette::of(ui);
    lines(ui, height, &[(who, text::bold(text::TRANSCRIPT), p.text), (reason, text::regular(14.0), p.text3)]);
}

fn time_ui(ui: &mut Ui, item: &Practice, width: f32) {
    let p = Palette::of(ui);
    column(ui, width, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        picture(ui, icons::CLOCK, text::regular(17.0), p.text2);
        let minutes = ui.label(rich(format!("{} min", item.offer.minutes), text::regular(14.0), p.text2));
        widgets::named(ui, &minutes, &format!("about {}", count(item.offer.minutes as usize, "minute", "minutes")));
    });
}

/// Something in a column of its own, so that rows line up.
fn column(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 30.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        contents(ui);
    });
}
