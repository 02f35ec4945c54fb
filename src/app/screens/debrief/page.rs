//! The debrief itself: decision, cap, what would matter most, marks, transcript, what happened next.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, Frame, Key, Margin, Panel, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2,
};

use super::DebriefAction;
use super::marks::{competences_ui, criteria_ui, facts_ui};
use super::model::Page;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{area, button, caption, notice, panel, primary, title};
use crate::marking::Verdict;

/// Everything about one call that was taken.
pub fn page_ui(ui: &mut Ui, page: &mut Page) -> Option<DebriefAction> {
    let mut action = None;
    if ui.input(|i| i.key_pressed(Key::Escape)) && ui.memory(|m| m.focused().is_none()) {
        action = Some(DebriefAction::Back);
    }
    let p = Palette::of(ui);
    let plain = Frame::new().fill(p.bg0).inner_margin(Margin::same(12));
    Panel::top("debrief top").frame(plain).show_separator_line(false).show(ui, |ui| {
        action = top_ui(ui, page).or(action.take());
    });
    let side = (ui.available_width() * 0.3).clamp(300.0, 400.0);
    Panel::right("debrief side").exact_size(side).resizable(false).frame(plain).show_separator_line(false).show(
        ui,
        |ui| {
            ScrollArea::vertical().id_salt("side").show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 10.0;
                action = side_ui(ui, page).or(action.take());
            });
        },
    );
    let half = ui.available_width() * 0.48;
    Panel::left("debrief marks").exact_size(half).resizable(false).frame(plain).show_separator_line(false).show(
        ui,
        |ui| {
            panel(ui).show(ui, |ui| {
                ScrollArea::vertical().id_salt("marks").auto_shrink(false).show(ui, |ui| {
                    title(ui, "What there was to find out", "");
                    action = facts_ui(ui, page).or(action.take());
                    action = criteria_ui(ui, page).or(action.take());
                });
            });
        },
    );
    egui::CentralPanel::default().frame(plain).show(ui, |ui| {
        panel(ui).show(ui, |ui| {
            title(ui, "Transcript", "Choose a time beside a mark to come to its line");
            action = transcript_ui(ui, page).or(action.take());
        });
    });
    action
}

fn top_ui(ui: &mut Ui, page: &mut Page) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let (icon, color) = match page.mark.verdict {
                Verdict::Right => (icons::CHECK_CIRCLE, p.ok),
                Verdict::RightNotAssured => (icons::CIRCLE_HALF, p.cue),
                Verdict::UnderTriage => (icons::ARROW_DOWN, p.under),
                Verdict::OverTriage => (icons::ARROW_UP, p.over),
                Verdict::WrongSetting => (icons::SIGNPOST, p.cue),
                Verdict::Unsafe => (icons::SHIELD_WARNING, p.safety),
                Verdict::NotDecided => (icons::CIRCLE_DASHED, p.text2),
            };
            ui.label(rich(icon, text::regular(40.0), color));
            ui.vertical(|ui| {
                ui.label(rich(&page.headline, text::bold(text::PAGE_TITLE), p.text));
                ui.label(rich(&page.heading, text::regular(text::CAPTION), p.text3));
                if page.mark.draft {
                    let words = "Training simulation, not clinical decision support. Draft, not clinically reviewed.";
                    ui.label(rich(words, text::regular(text::CAPTION), p.cue));
                }
            });
            ui.with_layout(egui::Layout::right_to_left(Align::TOP), |ui| {
                if primary(ui, "Back to the calls").clicked() {
                    action = Some(DebriefAction::Back);
                }
            });
        });
        ui.add_space(6.0);
        strip_ui(ui, page);
        ui.horizontal_wrapped(|ui| {
            let pair = |ui: &mut Ui, label: &str, words: &str, color: Color32| {
                ui.label(rich(label, text::bold(text::CAPTION), color));
                ui.label(rich(words, text::regular(text::BODY), p.text));
                ui.add_space(12.0);
            };
            pair(ui, "You decided", &page.decided, p.text2);
            pair(ui, "Best", &page.best, p.ok);
            let setting = if page.mark.triage.setting_ok { "a fitting kind of place" } else { "another kind of place" };
            pair(ui, "Care setting", setting, p.text2);
        });
    });
    action
}

/// The ladder as a strip: acceptable range, best, decided.
fn strip_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    let gap = 4.0;
    let count = page.rungs.len().max(1) as f32;
    let width = (ui.available_width() - gap * (count - 1.0)) / count;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for rung in &page.rungs {
            let (rect, response) = ui.allocate_exact_size(vec2(width, 60.0), Sense::hover());
            let wrong = if page.mark.triage.steps < 0 { (p.under_soft, p.under) } else { (p.over_soft, p.over) };
            let (fill, color) = match (rung.decided, rung.in_range) {
                (true, true) => (p.ok_soft, p.ok),
                (true, false) => wrong,
                (false, true) => (p.ok_soft, p.text),
                (false, false) => (p.bg2, p.text3),
            };
            let edge = if rung.decided { Stroke::new(2.0, color) } else { Stroke::new(1.0, p.line) };
            let painter = ui.painter();
            painter.rect(rect, CornerRadius::same(6), fill, edge, StrokeKind::Inside);
            let mut words = rung.name.clone();
            for (is, mark) in [(rung.best, "best"), (rung.decided, "you")] {
                if is {
                    words = format!("{words}\n{mark}");
                }
            }
            let font = text::regular(12.0);
            let galley = painter.layout(words.clone(), font, color, width - 6.0);
            let at = rect.center() - galley.size() / 2.0;
            painter.with_clip_rect(rect).galley(at, galley, color);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &words));
            response.on_hover_text(&rung.name);
        }
    });
}

fn side_ui(ui: &mut Ui, page: &mut Page) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    if !page.mark.safety_caps.is_empty() {
        let capped = page.mark.earned > page.mark.points;
        let words = if capped {
            format!("Safety cap: {} becomes {}", page.mark.earned, page.mark.points)
        } else {
            "Safety cap".to_owned()
        };
        notice(ui, p.safety, p.safety_soft, |ui| {
            ui.label(rich(format!("{} {words}", icons::SHIELD_WARNING), text::bold(text::PANEL_TITLE), p.text));
            for cap in &page.mark.safety_caps {
                ui.label(rich(&cap.text, text::regular(text::BODY), p.text));
            }
        });
    }
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        title(ui, "What would matter most", &format!("{} of {} points", page.mark.points, page.mark.out_of));
        if page.changes.is_empty() {
            ui.label(rich("Nothing was lost. What would you keep?", text::regular(text::BODY), p.text));
        }
        for &n in &page.changes {
            let c = &page.mark.criteria[n];
            ui.label(rich(format!("{}  {}", icons::ARROW_RIGHT, c.text), text::bold(text::BODY), p.text));
            ui.label(rich(&c.why, text::regular(text::BODY), p.text2));
        }
    });
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        title(ui, "Competences", "this call");
        competences_ui(ui, page);
    });
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        title(ui, "Why", "");
        ui.label(rich(&page.rationale, text::regular(text::BODY), p.text));
        if !page.left_out.is_empty() {
            caption(ui, "The handover left out");
            for left in &page.left_out {
                ui.label(rich(format!("– {left}"), text::regular(text::BODY), p.text));
            }
        }
        ui.add_space(6.0);
        title(ui, "What happened next", "");
        ui.label(rich(&page.afterwards, text::regular(text::BODY), p.text));
    });
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        title(ui, "Reflection", "Only you see this until you share it");
        let id = egui::Id::new("reflection");
        area(ui, id, &mut page.reflection, 4, "Reflection", "What will you do differently, or keep?");
        ui.horizontal_wrapped(|ui| {
            let ready = !page.reflection.trim().is_empty();
            if ui.add_enabled_ui(ready, |ui| primary(ui, "Save reflection")).inner.clicked() {
                action = Some(DebriefAction::Reflect);
            }
            if button(ui, "Back to the calls").clicked() {
                action = Some(DebriefAction::Back);
            }
        });
        if let Some(said) = &page.said {
            let (words, color) = match said {
                Ok(words) => (words, p.ok),
                Err(words) => (words, p.safety),
            };
            ui.label(rich(words, text::regular(text::CAPTION), color));
        }
    });
    action
}

fn transcript_ui(ui: &mut Ui, page: &mut Page) -> Option<DebriefAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let wanted = page.line.filter(|_| page.scrolled_to != page.line);
    ScrollArea::vertical().id_salt("transcript").auto_shrink(false).show(ui, |ui| {
        for line in &page.lines {
            let chosen = page.line == Some(line.number);
            let fill = if chosen { p.cue_soft } else { Color32::TRANSPARENT };
            let shown = Frame::new()
                .fill(fill)
                .corner_radius(CornerRadius::same(6))
                .inner_margin(Margin::symmetric(6, 3))
                .show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    ui.horizontal_top(|ui| {
                        ui.add_sized(
                            vec2(46.0, 20.0),
                            egui::Label::new(rich(&line.at, text::mono(text::CAPTION), p.text3)),
                        );
                        let who = if line.own { p.accent } else { p.text3 };
                        ui.add_sized(
                            vec2(64.0, 20.0),
                            egui::Label::new(rich(&line.who, text::regular(14.0), who))
                                .truncate()
                                .halign(egui::Align::LEFT),
                        );
                        ui.vertical(|ui| {
                            let (font, color) = match (line.sound, line.own) {
                                (true, _) => (text::italic(text::BODY), p.text2),
                                (false, true) => (text::regular(text::BODY), p.text2),
                                (false, false) => (text::regular(text::BODY), p.text),
                            };
                            ui.label(rich(&line.text, font, color));
                            if !line.marks.is_empty() {
                                ui.horizontal_wrapped(|ui| {
                                    for &n in &line.marks {
                                        let c = &page.mark.criteria[n];
                                        let (icon, color) = if c.points == c.out_of {
                                            (icons::CHECK, p.ok)
                                        } else {
                                            (icons::MINUS_CIRCLE, p.under)
                                        };
                                        ui.label(rich(
                                            format!("{icon} {}", c.competence),
                                            text::regular(text::CAPTION),
                                            color,
                                        ))
                                        .on_hover_text(&c.text);
                                    }
                                });
                            }
                        });
                    });
                });
            if wanted == Some(line.number) {
                shown.response.scroll_to_me(Some(Align::Center));
            }
            if shown.response.interact(Sense::CLICK).clicked() {
                action = Some(DebriefAction::Line(line.number));
            }
        }
    });
    if wanted.is_some() {
        page.scrolled_to = page.line;
    }
    action
}
