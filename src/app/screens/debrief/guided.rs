//! The debrief of a guided call: told, not marked.

use bevy_egui::egui::{Rect, Ui, vec2};

use super::call::tools_ui;
use super::first::heading;
use super::model::Page;
use super::page::{column, pressed};
use super::rows::Voice;
use super::view::Do;
use super::{side, transcript, wording, writing};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{panel, primary};

/// The debrief of a guided call: what happened and what to try next, and no mark.
pub fn guided_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = pressed(ui, page);
    let room = ui.available_rect_before_wrap();
    let width = room.width().min(820.0);
    let inner = Rect::from_center_size(room.center(), vec2(width, room.height())).shrink(10.0);
    column(ui, "guided", inner, 10.0, |ui| {
        panel(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let finished = page.mark.triage.decided.is_some();
            let words = if finished { "That was a whole call" } else { "You stopped partway, and that is fine" };
            heading(ui, words, text::HERO);
            let words = "A guided call is not marked, and nobody else sees it.";
            ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
        });
        side::points_ui(ui, "What happened", icons::CHECK_CIRCLE, &happened(page));
        let lost: Vec<&str> = page.marks.iter().filter(|m| m.points < m.out_of).map(|m| m.id.as_str()).collect();
        let next: Vec<String> = wording::next_time(&lost).into_iter().map(str::to_owned).collect();
        side::points_ui(ui, "What to try next", icons::ARROW_RIGHT, &next);
        done = done.take().or(side::story_ui(ui, page));
        let go_on = primary(ui, "Go on");
        if std::mem::take(&mut page.view.fresh) {
            go_on.request_focus();
        }
        if go_on.clicked() {
            done = Some(Do::Leave);
        }
        panel(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            done = done.take().or(tools_ui(ui, page));
            done = done.take().or(transcript::transcript_ui(ui, page));
        });
        writing::said_ui(ui, page);
    });
    done
}

/// The call in a few plain sentences.
fn happened(page: &Page) -> Vec<String> {
    let mut points = vec![format!(
        "You were on the line with {} for {} min {:02}.",
        page.rows.iter().find(|row| row.voice == Voice::Other).map_or(page.patient.as_str(), |r| &r.who),
        page.end / 60_000,
        page.end / 1000 % 60
    )];
    points.extend(page.found_out.iter().take(4).map(|fact| format!("You found out: {fact}.")));
    if page.decided.is_empty() {
        points.push("Nothing was decided yet.".into());
    } else {
        points.push(format!("You decided on: {}.", page.decided));
    }
    points
}
