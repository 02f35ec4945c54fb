//! The right of a debrief: cap or assurance, what would matter most, competences, why, what happened next.

use bevy_egui::egui::{
    self, Align2, CornerRadius, Frame, Margin, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::model::{Competence, Page};
use super::view::Do;
use super::wording;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{button, caption, panel, ring, title};
use crate::marking::{Cap, Verdict};

/// A panel with a coloured edge, headed by an icon.
fn edged(ui: &mut Ui, edge: egui::Color32, contents: impl FnOnce(&mut Ui)) {
    panel(ui).stroke(Stroke::new(1.0, edge)).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        contents(ui);
    });
}

fn headed(ui: &mut Ui, icon: &str, font: egui::FontId, color: egui::Color32, words: &str) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(rich(icon, font, color));
        ui.label(rich(words, text::bold(text::PANEL_TITLE), p.text));
    });
}

/// The cap of an unsafe outcome, with its bar; or what "right, not assured" means.
pub fn verdict_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    let mark = &page.mark;
    if !mark.safety_caps.is_empty() {
        let percent = |points: u32| points * 100 / mark.out_of.max(1);
        let (earned, kept) = (percent(mark.earned), percent(mark.points));
        let capped = mark.earned > mark.points;
        let words = match (page.unmarked, capped) {
            (true, _) => "Worth knowing".to_owned(),
            (false, true) => format!("Safety cap: {earned} becomes {kept}"),
            (false, false) => "Safety cap".to_owned(),
        };
        edged(ui, p.safety, |ui| {
            headed(ui, icons::SHIELD_WARNING, text::icon_fill(21.0), p.safety, &words);
            if capped && !page.unmarked {
                cap_ui(ui, earned, kept);
                caption(ui, "Out of 100. An unsafe outcome caps the call, however well the rest went.");
            }
            for (n, cap) in mark.safety_caps.iter().enumerate() {
                ui.label(rich(wording::sentence(&cap.text), text::regular(text::BODY), p.text));
                let moment = moment(page, cap);
                if let Some(moment) = moment
                    && ui.push_id(("cap", n), |ui| button(ui, "Show the moment")).inner.clicked()
                {
                    done = Some(moment);
                }
            }
        });
    } else if mark.verdict == Verdict::RightNotAssured {
        edged(ui, p.cue, |ui| {
            headed(ui, icons::CIRCLE_HALF, text::icon_fill(21.0), p.cue, "Right, not assured");
            let words = "The outcome fits. What makes sure that it does was never asked, so it could as well have been \
                         wrong. Nothing is capped for that.";
            ui.label(rich(words, text::regular(text::BODY), p.text2));
            for feature in &page.unasked {
                let words = format!("{}  {}", icons::MINUS_CIRCLE, wording::sentence(feature).trim_end_matches('.'));
                ui.label(rich(words, text::regular(text::BODY), p.text));
            }
        });
    }
    done
}

/// Where in the call a cap comes from: the decision, or what was said.
fn moment(page: &Page, cap: &Cap) -> Option<Do> {
    if matches!(&*cap.id, "missed-emergency" | "unsafe-outcome") {
        return page.marks.iter().position(|mark| mark.id == "urgency").map(Do::Mark);
    }
    let line = cap.evidence.first()?;
    page.rows.iter().position(|row| row.line == Some(*line)).map(Do::Row)
}

fn cap_ui(ui: &mut Ui, earned: u32, kept: u32) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 44.0), Sense::hover());
    let says = format!("Earned {earned} of 100, capped at {kept}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, true, &says));
    let bar = Rect::from_min_size(pos2(rect.left(), rect.top() + 8.0), vec2(rect.width(), 10.0));
    let x = |percent: u32| bar.left() + bar.width() * percent.min(100) as f32 / 100.0;
    let round = CornerRadius::same(5);
    ui.painter().rect_filled(bar, round, p.bg3);
    ui.painter().rect_filled(bar.with_max_x(x(kept)), round, p.safety);
    let would = bar.with_min_x(x(kept)).with_max_x(x(earned));
    let corners = [would.left_top(), would.right_top(), would.right_bottom(), would.left_bottom()];
    ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.0, p.text3), 4.0, 3.0));
    ui.painter().vline(x(kept), rect.top()..=bar.bottom() + 8.0, Stroke::new(2.0, p.text));
    let small = text::regular(text::CAPTION);
    let y = bar.bottom() + 6.0;
    let cap = format!("cap {kept}");
    let room = x(earned) - x(kept) > 110.0;
    let (at, side) = if room { (x(kept) + 6.0, Align2::LEFT_TOP) } else { (x(kept) - 6.0, Align2::RIGHT_TOP) };
    ui.painter().text(pos2(at, y), side, cap, small.clone(), p.text);
    let at = x(earned).clamp(bar.left() + 70.0, bar.right() - 36.0);
    let (at, side) = if room { (at, Align2::CENTER_TOP) } else { (x(kept) + 8.0, Align2::LEFT_TOP) };
    ui.painter().text(pos2(at, y), side, format!("earned {earned}"), small, p.text2);
}

/// Two or three things that would change most.
pub fn changes_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        let points = format!("{} of {} points", page.mark.points, page.mark.out_of);
        title(ui, "What would matter most", &points);
        if page.changes.is_empty() {
            ui.label(rich("Nothing was lost. What would you keep?", text::regular(text::BODY), p.text));
        }
        for &n in &page.changes {
            let mark = &page.marks[n];
            let width = ui.available_width();
            let title = ui.painter().layout(mark.title.clone(), text::bold(text::BODY), p.text, width - 38.0);
            let why = if mark.why.is_empty() { &mark.beneath } else { &mark.why };
            // All of it stands beneath the mark itself.
            let mut job = egui::text::LayoutJob::simple(why.clone(), text::regular(14.0), p.text2, width - 38.0);
            job.wrap.max_rows = 3;
            let why = ui.painter().layout_job(job);
            let height = title.size().y + why.size().y + 12.0;
            let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
            let says = format!("Would matter most: {}", mark.title);
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &says));
            let fill = if response.hovered() { p.bg2 } else { egui::Color32::TRANSPARENT };
            ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
            let at = pos2(rect.left() + 14.0, rect.top() + 15.0);
            let (strong, _) = mark.kind.colors(p);
            ui.painter().text(at, Align2::CENTER_CENTER, mark.kind.icon(), mark.kind.font(18.0), strong);
            let top = rect.top() + 5.0;
            let below = top + title.size().y + 1.0;
            ui.painter().galley(pos2(rect.left() + 32.0, top), title, p.text);
            ui.painter().galley(pos2(rect.left() + 32.0, below), why, p.text2);
            ring(ui, &response);
            if response.clicked() {
                done = Some(Do::Mark(n));
            }
        }
    });
    done
}

/// A bar for each competence, the last five calls as a thin mark, and a word.
pub fn competences_ui(ui: &mut Ui, page: &Page) {
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let before = page.competences.iter().any(|c| c.before.is_some());
        title(ui, "Competences", if before { "thin mark: your last five" } else { "this call" });
        ui.spacing_mut().item_spacing.y = 4.0;
        for competence in &page.competences {
            competence_ui(ui, page, competence);
        }
    });
}

fn competence_ui(ui: &mut Ui, page: &Page, competence: &Competence) {
    let p = Palette::of(ui);
    let percent = competence.percent.min(100);
    let (icon, word, color) = if percent >= page.secure_percent {
        (icons::CHECK_CIRCLE, "Secure", p.ok)
    } else if percent >= page.building_percent {
        (icons::CIRCLE_HALF, "Building", p.cue)
    } else {
        (icons::ARROW_CIRCLE_DOWN, "Revisit", p.under)
    };
    let width = ui.available_width();
    let word_w = 80.0;
    let bar_w = (width * 0.2).clamp(48.0, 90.0);
    let name = format!("{} {}", competence.id, competence.name);
    let galley = ui.painter().layout(name.clone(), text::regular(14.0), p.text, width - word_w - bar_w - 16.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y.max(22.0)), Sense::hover());
    let before = competence.before.map_or(String::new(), |before| format!(", last five {before}"));
    let says = format!("{name}: {word}, {percent} of 100{before}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, true, &says));
    ui.painter().galley(pos2(rect.left(), rect.center().y - galley.size().y / 2.0), galley, p.text);
    let left = rect.right() - word_w - bar_w;
    let bar = Rect::from_min_size(pos2(left, rect.center().y - 4.5), vec2(bar_w, 9.0));
    ui.painter().rect_filled(bar, CornerRadius::same(4), p.bg3);
    let filled = bar.with_max_x(bar.left() + bar.width() * percent as f32 / 100.0);
    ui.painter().rect_filled(filled, CornerRadius::same(4), p.text2);
    if let Some(before) = competence.before {
        let x = bar.left() + bar.width() * before.min(100) as f32 / 100.0;
        ui.painter().vline(x, bar.top() - 4.0..=bar.bottom() + 4.0, Stroke::new(2.0, p.accent));
    }
    let at = pos2(rect.right() - word_w + 18.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, icon, text::icon_fill(15.0), color);
    let at = pos2(at.x + 12.0, at.y);
    ui.painter().text(at, Align2::LEFT_CENTER, word, text::regular(text::CAPTION), p.text2);
}

/// Why the model answer is what it is, and what a handover left out.
pub fn why_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    if page.rationale.is_empty() && page.left_out.is_empty() {
        return;
    }
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        title(ui, "Why this answer", "");
        if !page.rationale.is_empty() {
            ui.label(rich(&page.rationale, text::regular(text::BODY), p.text));
        }
        if !page.left_out.is_empty() {
            caption(ui, "The handover left out");
            for left in &page.left_out {
                ui.label(rich(format!("– {left}"), text::regular(text::BODY), p.text));
            }
        }
    });
}

/// What happened afterwards: a short story that can be passed over.
pub fn story_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let p = Palette::of(ui);
    if page.afterwards.is_empty() {
        return None;
    }
    let mut done = None;
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        headed(ui, icons::BOOK_OPEN_TEXT, text::regular(21.0), p.text2, "What happened next");
        let as_modelled = matches!(page.mark.verdict, Verdict::Right | Verdict::RightNotAssured);
        if page.view.story {
            if !as_modelled {
                // The author wrote what follows the model answer.
                caption(
                    ui,
                    &format!("How it went for {} where the call ended as the model answer does.", page.patient),
                );
            }
            ui.label(rich(&page.afterwards, text::regular(text::BODY), p.text));
            if button(ui, "Put it away").clicked() {
                done = Some(Do::Story(false));
            }
        } else {
            let spoils = page.unmarked && !page.guided();
            caption(
                ui,
                if spoils {
                    "It gives the answer away: leave it unread if you want to take this call again."
                } else {
                    "A short story of what became of it. You can leave it unread."
                },
            );
            if button(ui, "Read it").clicked() {
                done = Some(Do::Story(true));
            }
        }
    });
    done
}

/// A panel for a few plain points.
pub fn points_ui(ui: &mut Ui, heading: &str, icon: &str, points: &[String]) {
    let p = Palette::of(ui);
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        title(ui, heading, "");
        for point in points {
            Frame::new().inner_margin(Margin::symmetric(0, 2)).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.label(rich(icon, text::regular(18.0), p.accent));
                    ui.add(egui::Label::new(rich(point, text::regular(text::TRANSCRIPT), p.text)).wrap());
                });
            });
        }
    });
}
