//! The top of a debrief: what the patient needed, and the decision on the ladder.

use bevy_egui::egui::{self, Align2, Sense, Stroke, Ui, vec2};

use super::first::heading;
use super::model::Page;
use super::strip::strip_ui;
use super::view::Do;
use crate::app::screens::NOTICE;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{named, panel, ring, title};
use crate::marking::Verdict;
use crate::records::Mode;
use crate::simulation::is_simulated;

/// Shape before colour: what the verdict is.
fn shape(page: &Page, p: &Palette) -> (&'static str, egui::Color32, egui::Color32) {
    if page.unmarked {
        return (icons::CIRCLE_DASHED, p.text2, p.bg2);
    }
    match page.mark.verdict {
        Verdict::Right => (icons::CHECK, p.ok, p.ok_soft),
        Verdict::RightNotAssured => (icons::CIRCLE_HALF, p.cue, p.cue_soft),
        Verdict::UnderTriage => (icons::ARROW_DOWN, p.under, p.under_soft),
        Verdict::OverTriage => (icons::ARROW_UP, p.over, p.over_soft),
        Verdict::WrongSetting => (icons::SIGNPOST, p.cue, p.cue_soft),
        Verdict::Unsafe if page.mark.triage.steps < 0 => (icons::ARROW_DOWN, p.under, p.under_soft),
        Verdict::Unsafe => (icons::SHIELD_WARNING, p.safety, p.safety_soft),
        Verdict::NotDecided => (icons::CIRCLE_DASHED, p.text2, p.bg2),
    }
}

/// The headline.
pub fn head_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let wide = ui.available_width() > 560.0;
        let (icon, strong, soft) = shape(page, p);
        let words = |ui: &mut Ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let size = if wide { 25.0 } else { text::PAGE_TITLE };
            heading(ui, &page.headline, size);
            ui.label(rich(&page.heading, text::regular(14.0), p.text2));
            if page.mark.draft {
                ui.label(rich(NOTICE, text::regular(text::CAPTION), p.cue));
            }
            if is_simulated(&page.head.by) {
                ui.label(rich("A simulated person's call: nobody real took it.", text::bold(text::CAPTION), p.over));
            }
            if page.head.mode == Mode::JudgementExercise {
                let words = "Judgement exercise: decided on the ladder, which this role does not do on the job.";
                ui.label(rich(words, text::regular(text::CAPTION), p.cue));
            }
        };
        if !wide {
            words(ui);
            return;
        }
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(62.0, 62.0), Sense::hover());
            ui.painter().circle(rect.center(), 30.0, soft, Stroke::new(2.0, strong));
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, text::regular(36.0), strong);
            ui.add_space(8.0);
            let room = ui.available_width() - 50.0;
            ui.allocate_ui(vec2(room, 0.0), |ui| {
                ui.set_width(room);
                ui.vertical(words);
            });
            let back =
                ui.add(egui::Button::new(rich(icons::X, text::regular(18.0), p.text2)).min_size(vec2(36.0, 36.0)));
            ring(ui, &back);
            named(ui, &back, page.back());
            if back.on_hover_text(page.back()).clicked() {
                done = Some(Do::Leave);
            }
        });
    });
    done
}

/// The strip and, apart from it, the care setting.
pub fn decision_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        match &page.strip {
            Some(strip) if !page.unmarked => strip_ui(ui, strip),
            // What was not decided is not held against the ladder.
            _ => {
                title(ui, "The decision", "");
                ui.label(rich("Nothing was decided.", text::regular(text::BODY), p.text2));
                return;
            }
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(rich("Care setting", text::regular(text::BODY), p.text3));
            match &page.setting {
                Some((fits, words)) => {
                    let (icon, color) = if *fits { (icons::CHECK_CIRCLE, p.ok) } else { (icons::SIGNPOST, p.under) };
                    ui.label(rich(icon, text::regular(17.0), color));
                    let says = if *fits { words.clone() } else { format!("Another kind of place. {words}") };
                    ui.label(rich(says, text::regular(text::BODY), p.text));
                }
                None => {
                    ui.label(rich("Nothing was decided", text::regular(text::BODY), p.text2));
                }
            }
        });
    });
}
