//! The debrief, painted: how was that, the decision, what would matter most, and the rest.

use bevy_egui::egui::{self, Frame, Margin, Ui};

use super::DebriefAction;
use super::parts;
use super::shown::{Open, Shown};
use crate::app::library::call_number;
use crate::app::screens::NOTICE;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

pub fn debrief_ui(ui: &mut Ui, shown: &mut Shown) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let Some(open) = shown.open.take() else { return Some(DebriefAction::Back) };
    let mut action = None;
    egui::Panel::top("debrief top")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(16, 10)))
        .show_separator_line(false)
        .show(ui, |ui| action = top_ui(ui, &open, shown));
    if shown.rated {
        action = action.or(body_ui(ui, &open, shown));
    } else {
        egui::CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(24))).show(ui, |ui| {
            action = action.take().or(how_was_that_ui(ui, shown));
        });
    }
    if ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape)) {
        action = Some(DebriefAction::Back);
    }
    shown.open = Some(open);
    action
}

fn top_ui(ui: &mut Ui, open: &Open, shown: &Shown) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let number = call_number(open.live.call().script().scenario.number);
            let title = if shown.rated { format!("{number} “{}”", open.title) } else { number };
            ui.label(rich(title, text::bold(text::PANEL_TITLE), p.text));
            let role = &open.live.call().role().name;
            let about = format!("{} · {role} · {NOTICE}", widgets::clock(open.live.call().state().now));
            ui.label(rich(about, text::regular(text::CAPTION), p.text3));
        });
        widgets::right(ui, |ui| {
            if widgets::primary(ui, "Back to the calls").clicked() {
                action = Some(DebriefAction::Back);
            }
            if widgets::button(ui, &format!("{}  Export", icons::EXPORT)).clicked() {
                action = Some(DebriefAction::Export);
            }
            let words = shown.said.as_ref().or(open.live.unsaved.as_ref());
            if let Some(words) = words {
                ui.label(rich(words, text::regular(text::CAPTION), p.cue));
            }
        });
    });
    action
}

/// Before any mark.
fn how_was_that_ui(ui: &mut Ui, shown: &mut Shown) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.vertical_centered(|ui| {
        ui.set_max_width(620.0);
        ui.add_space(40.0);
        widgets::panel(ui).inner_margin(Margin::same(24)).show(ui, |ui| {
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.label(rich("How was that?", text::bold(text::HERO), p.text));
                ui.label(rich("Before any mark: how do you think it went?", text::regular(text::BODY), p.text2));
                let words = ["1 Poor", "2", "3 All right", "4", "5 Very good"];
                ui.horizontal_wrapped(|ui| {
                    for (stars, name) in (1_u8..).zip(words) {
                        let response = widgets::choice(ui, shown.stars == stars, name);
                        if response.clicked() {
                            shown.stars = stars;
                        }
                    }
                });
                widgets::caption(ui, "What went well?");
                widgets::area(ui, egui::Id::new("went well"), &mut shown.went_well, 3, "What went well", "");
                ui.horizontal(|ui| {
                    ui.add_enabled_ui(shown.stars > 0, |ui| {
                        if widgets::primary(ui, "To the debrief").clicked() {
                            action = Some(DebriefAction::Rate(shown.stars, shown.went_well.trim().to_owned()));
                        }
                    });
                    if widgets::button(ui, "Rather not say").clicked() {
                        action = Some(DebriefAction::Skip);
                    }
                });
            });
        });
    });
    action
}

fn body_ui(ui: &mut Ui, open: &Open, shown: &mut Shown) -> Option<DebriefAction> {
    let mut action = None;
    let side = (ui.available_width() * 0.29).clamp(290.0, 400.0);
    egui::Panel::right("debrief side")
        .exact_size(side)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().inner_margin(Margin { left: 0, right: 12, top: 12, bottom: 12 }))
        .show(ui, |ui| {
            egui::ScrollArea::vertical().id_salt("side").auto_shrink(false).show(ui, |ui| {
                parts::competences_ui(ui, open);
                parts::cap_ui(ui, open);
                parts::afterwards_ui(ui, open);
                action = parts::reflection_ui(ui, shown);
            });
        });
    egui::CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(12))).show(ui, |ui| {
        egui::ScrollArea::vertical().id_salt("marks").auto_shrink(false).show(ui, |ui| {
            parts::verdict_ui(ui, open);
            action = action.take().or(parts::most_ui(ui, open));
            parts::facts_ui(ui, open, &mut action);
            action = action.take().or(parts::criteria_ui(ui, open, shown));
            parts::transcript_ui(ui, open, shown.line.take());
        });
    });
    action
}
