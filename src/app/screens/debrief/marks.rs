//! The marks of a debrief, part by part, and the facts of the call.

use bevy_egui::egui::{self, Color32, CornerRadius, Sense, Stroke, StrokeKind, Ui, vec2};

use super::DebriefAction;
use super::model::Page;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{area, button, caption, primary, title};
use crate::marking::{Criterion, FactStatus, Part};

/// A mark's shape and word: colour is the third signal.
fn sign(c: &Criterion, p: &Palette) -> (&'static str, &'static str, Color32) {
    if c.points == c.out_of {
        (icons::CHECK_CIRCLE, "earned", p.ok)
    } else if c.points == 0 {
        (icons::MINUS_CIRCLE, "lost", p.under)
    } else {
        (icons::CIRCLE_HALF, "in part", p.cue)
    }
}

/// All criteria, those that lost something open to be read.
pub fn criteria_ui(ui: &mut Ui, page: &mut Page) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    for (part, name) in Part::ALL {
        let own: Vec<usize> = (0..page.mark.criteria.len()).filter(|&n| page.mark.criteria[n].part == part).collect();
        if own.is_empty() {
            continue;
        }
        let points: u32 = own.iter().map(|&n| page.mark.criteria[n].points).sum();
        let out_of: u32 = own.iter().map(|&n| page.mark.criteria[n].out_of).sum();
        ui.add_space(6.0);
        title(ui, name, &format!("{points} of {out_of}"));
        for n in own {
            action = criterion_ui(ui, page, n, p).or(action);
        }
    }
    action
}

fn criterion_ui(ui: &mut Ui, page: &mut Page, n: usize, p: &Palette) -> Option<DebriefAction> {
    let mut action = None;
    let c = &page.mark.criteria[n];
    let (icon, word, color) = sign(c, p);
    ui.push_id(("criterion", n), |ui| {
        ui.horizontal_top(|ui| {
            ui.label(rich(icon, text::regular(18.0), color));
            ui.vertical(|ui| {
                ui.label(rich(&c.text, text::regular(text::BODY), p.text));
                let why = format!("{} · {word}, {} of {} · {}", c.competence, c.points, c.out_of, c.why);
                ui.label(rich(why, text::regular(text::CAPTION), p.text3));
                ui.horizontal_wrapped(|ui| {
                    for &line in &c.evidence {
                        let at = page.lines.get(line as usize).map_or("", |l| l.at.as_str());
                        let shown = ui.add(egui::Button::new(rich(at, text::mono(text::CAPTION), p.accent)).small());
                        if shown.on_hover_text("Show this line").clicked() {
                            action = Some(DebriefAction::Line(line));
                        }
                    }
                    if c.points < c.out_of
                        && ui
                            .add(
                                egui::Button::new(rich("Contest this mark", text::regular(text::CAPTION), p.text2))
                                    .small(),
                            )
                            .clicked()
                    {
                        page.contest = Some((n, String::new()));
                    }
                });
            });
        });
        if let Some((_, words)) = page.contest.as_mut().filter(|(at, _)| *at == n) {
            caption(ui, "What should the reviewers know?");
            let id = egui::Id::new("contest");
            area(ui, id, words, 2, "Why this mark is contested", "In your own words");
            let text = words.trim().to_owned();
            let ready = !text.is_empty();
            ui.horizontal(|ui| {
                let send = ui.add_enabled_ui(ready, |ui| primary(ui, "Contest")).inner;
                if send.clicked() {
                    action = Some(DebriefAction::Contest { criterion: page.mark.criteria[n].id.clone(), text });
                }
                if button(ui, "Leave it").clicked() {
                    page.contest = None;
                }
            });
        }
    });
    action
}

/// What there was to find out, and what became of it.
pub fn facts_ui(ui: &mut Ui, page: &Page) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    for fact in page.mark.facts.iter().filter(|f| f.key) {
        let (icon, word, color) = match fact.status {
            FactStatus::Elicited => (icons::CHECK_CIRCLE, "Elicited", p.ok),
            FactStatus::NeverAsked => (icons::MINUS_CIRCLE, "Never asked", p.under),
            FactStatus::GivenAndIgnored => (icons::EAR_SLASH, "Given and ignored", p.cue),
        };
        ui.horizontal_top(|ui| {
            ui.label(rich(icon, text::regular(18.0), color));
            ui.vertical(|ui| {
                ui.label(rich(&fact.is, text::regular(text::BODY), p.text));
                ui.horizontal(|ui| {
                    ui.label(rich(word, text::bold(text::CAPTION), color));
                    if let Some(&line) = fact.evidence.first() {
                        let at = page.lines.get(line as usize).map_or("", |l| l.at.as_str());
                        if ui.add(egui::Button::new(rich(at, text::mono(text::CAPTION), p.accent)).small()).clicked() {
                            action = Some(DebriefAction::Line(line));
                        }
                    }
                });
            });
        });
    }
    action
}

/// A bar for each competence.
pub fn competences_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    for (name, points, out_of) in &page.competences {
        let percent = points * 100 / (*out_of).max(1);
        let (icon, word, color) = if percent >= page.secure_percent {
            (icons::CHECK_CIRCLE, "Secure", p.ok)
        } else if percent >= page.building_percent {
            (icons::CIRCLE_HALF, "Building", p.cue)
        } else {
            (icons::ARROW_DOWN, "Revisit", p.under)
        };
        ui.horizontal(|ui| {
            let room = (ui.available_width() - 190.0).max(120.0);
            ui.add_sized(
                vec2(room, 20.0),
                egui::Label::new(rich(name, text::regular(14.0), p.text)).truncate().halign(egui::Align::LEFT),
            );
            let (rect, _) = ui.allocate_exact_size(vec2(80.0, 8.0), Sense::hover());
            let painter = ui.painter();
            painter.rect(rect, CornerRadius::same(4), p.bg3, Stroke::new(1.0, p.line), StrokeKind::Inside);
            let mut filled = rect;
            filled.set_width(rect.width() * percent.min(100) as f32 / 100.0);
            painter.rect_filled(filled, CornerRadius::same(4), p.text2);
            ui.label(rich(icon, text::regular(15.0), color));
            ui.label(rich(word, text::regular(text::CAPTION), p.text2));
        });
    }
}
