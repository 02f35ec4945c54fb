//! The call that rings: who is calling, about how long, and two equal ways to take it.

use bevy_egui::egui::{
    self, Align, Align2, Color32, CornerRadius, Frame, Layout, Margin, Pos2, Response, Sense, Shape, Stroke, Ui, Vec2,
    vec2,
};

use super::DeskAction;
use super::model::{Ringing, mentions};
use crate::app::screens::parts::{badge, key_cap, tag};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// The card.
pub fn ring_ui(ui: &mut Ui, ringing: &Ringing) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let card = Frame::new()
        .fill(p.accent_soft)
        .stroke(Stroke::new(1.0, p.accent))
        .corner_radius(CornerRadius::same(12))
        .inner_margin(Margin { left: 0, right: 24, top: 8, bottom: 8 });
    card.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let room = ui.available_width();
        if room > 640.0 {
            ui.horizontal(|ui| {
                ui.set_min_height(200.0);
                ui.spacing_mut().item_spacing.x = 18.0;
                let picture = if room > 760.0 { 216.0 } else { 160.0 };
                phone(ui, picture, ringing.phase, p);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.allocate_ui_with_layout(vec2(158.0, 150.0), Layout::top_down(Align::Center), |ui| {
                        action = answers_ui(ui, ringing, 158.0, p);
                    });
                    ui.with_layout(Layout::top_down(Align::Min), |ui| {
                        ui.add_space(18.0);
                        words_ui(ui, ringing, p);
                    });
                });
            });
        } else {
            Frame::new().inner_margin(Margin { left: 16, ..Margin::ZERO }).show(ui, |ui| {
                words_ui(ui, ringing, p);
                ui.add_space(6.0);
                ui.horizontal_wrapped(|ui| action = answers_ui(ui, ringing, 120.0, p));
                ui.add_space(4.0);
            });
        }
    });
    action
}

fn words_ui(ui: &mut Ui, ringing: &Ringing, p: &Palette) {
    ui.spacing_mut().item_spacing = vec2(8.0, 5.0);
    ui.spacing_mut().interact_size.y = 0.0;
    ui.horizontal(|ui| {
        badge(ui, &(icons::PHONE_INCOMING, "Ringing".into(), p.accent, p.bg1));
        let time = widgets::clock(ringing.seconds * 1000);
        ui.label(rich(time, text::mono(text::TRANSCRIPT), p.text2));
    });
    let title = if ringing.rings_back { "A caller to ring back" } else { "Incoming call" };
    ui.label(rich(title, text::bold(text::HERO), p.text));
    ui.label(rich(format!("{}.", ringing.offer.who), text::regular(text::TRANSCRIPT), p.text));
    let about = format!("About {} minutes. {}", ringing.offer.minutes, ringing.how);
    ui.label(rich(about, text::regular(text::TRANSCRIPT), p.text));
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        match mentions(&ringing.offer.notes) {
            Some(notes) => tag(ui, icons::HAND_HEART, &format!("Mentions {notes}")),
            None => tag(ui, icons::LEAF, "No content warning"),
        };
        if ringing.offer.draft {
            tag(ui, icons::PENCIL_SIMPLE, "Draft, not clinically reviewed");
        }
    });
}

fn answers_ui(ui: &mut Ui, ringing: &Ringing, width: f32, p: &Palette) -> Option<DeskAction> {
    let mut action = None;
    ui.spacing_mut().item_spacing.y = 10.0;
    let word = if ringing.rings_back { "Ring back" } else { "Answer" };
    let answer = answer_button(ui, word, width, p);
    // Whoever hears the screen is brought here, and told who is calling.
    widgets::named(ui, &answer, &format!("{word}. {}", ringing.offer.who));
    if ringing.fresh {
        answer.request_focus();
        answer.scroll_to_me(None);
    }
    if answer.clicked() {
        action = Some(DeskAction::Answer);
    }
    let later = egui::Button::new("Not this one").fill(Color32::TRANSPARENT).min_size(vec2(width, 36.0));
    let later = ui.add(later);
    widgets::ring(ui, &later);
    if later.clicked() {
        action = Some(DeskAction::NotThisOne);
    }
    if answer.has_focus() {
        key_cap(ui, "Enter");
    }
    action
}

fn answer_button(ui: &mut Ui, word: &str, width: f32, p: &Palette) -> Response {
    let mut words = egui::text::LayoutJob::default();
    let format = |font| egui::TextFormat { valign: Align::Center, ..egui::TextFormat::simple(font, p.on_accent) };
    words.append(icons::PHONE, 0.0, format(text::icon_fill(20.0)));
    words.append(word, 8.0, format(text::bold(19.0)));
    let button = egui::Button::new(words).fill(p.accent).min_size(vec2(width, 58.0));
    // It keeps the keyboard when the window changes its shape.
    let own = egui::UiBuilder::new().id(egui::Id::new("answer the call")).layout(*ui.layout());
    let response = ui.scope_builder(own, |ui| ui.add(button)).inner;
    widgets::ring(ui, &response);
    response
}

/// A phone in its circles. They run outwards, or stand still.
fn phone(ui: &mut Ui, size: f32, phase: Option<f32>, p: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(size, 200.0), Sense::hover());
    let center = rect.center() + vec2(6.0, 0.0);
    let unit = size.min(212.0) / 212.0;
    for ring in 0..3 {
        let at = ring as f32 + phase.unwrap_or(0.5) - 0.5;
        let radius = (54.0 + 22.0 * at.max(0.0)) * unit;
        let faint = 1.0 - (at / 3.0).clamp(0.0, 0.85);
        let color = p.accent_soft.lerp_to_gamma(p.accent, if phase.is_some() { faint } else { 1.0 });
        circle(ui, center, radius, ring, color);
    }
    let painter = ui.painter();
    painter.circle_filled(center, 38.0 * unit, p.accent);
    painter.text(center, Align2::CENTER_CENTER, icons::PHONE_CALL, text::icon_fill(36.0 * unit), p.on_accent);
}

fn circle(ui: &Ui, center: Pos2, radius: f32, ring: i32, color: Color32) {
    let painter = ui.painter();
    let points: Vec<Pos2> =
        (0..=96).map(|n| center + Vec2::angled(n as f32 / 96.0 * std::f32::consts::TAU) * radius).collect();
    match ring {
        0 => _ = painter.circle_stroke(center, radius, Stroke::new(2.0, color)),
        1 => painter.extend(Shape::dashed_line(&points, Stroke::new(1.5, color), 6.0, 6.0)),
        _ => painter.extend(Shape::dashed_line(&points, Stroke::new(1.0, color), 2.0, 8.0)),
    }
}
