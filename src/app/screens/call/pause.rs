//! Stepping away: the pause, a quiet minute, and breaking the exercise off.

use bevy_egui::egui::{Sense, Stroke, Ui, WidgetInfo, WidgetType, vec2};

use super::before::wrapped;
use super::overlays::first;
use super::state::{Do, Over};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::settings::reduced_motion;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::Action;

pub fn pause_ui(ui: &mut Ui, todo: &mut Vec<Do>) {
    widgets::title(ui, "Paused", "call time stands still");
    wrapped(ui, "Nobody is waiting. Take the time you need.");
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let key = keys::words(ui.ctx(), Command::Pause);
        if first(ui, &format!("Go on ({key})")) {
            todo.push(Do::Pause);
        }
        if widgets::button(ui, "Take a breather").clicked() {
            todo.push(Do::Breathe);
        }
        if widgets::button(ui, "Leave it for now").clicked() {
            todo.push(Do::StepOut);
        }
        if widgets::button(ui, "Break off").clicked() {
            todo.push(Do::Open(Over::BreakOff));
        }
    });
}

/// A breath in and a breath out, in seconds.
const BREATH: f64 = 10.0;

pub fn breather_ui(ui: &mut Ui, todo: &mut Vec<Do>) {
    widgets::title(ui, "Take a breather", "call time stands still");
    wrapped(ui, "Some calls get under the skin, and that is no failing. Let your shoulders drop. Breathe out slowly.");
    ring_ui(ui);
    wrapped(
        ui,
        "Go on when you are ready. Or leave the call: it waits for you, and a call you leave is not marked. If it stays \
         with you, talk to somebody you trust at work.",
    );
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if first(ui, "I am ready to go on") {
            todo.push(Do::Pause);
        }
        if widgets::button(ui, "Leave it for now").clicked() {
            todo.push(Do::StepOut);
        }
    });
}

/// A ring that grows and shrinks as one breathes; it stands still where motion is not wanted.
fn ring_ui(ui: &mut Ui) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 116.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, "A ring to breathe by"));
    let still = reduced_motion(ui.ctx());
    let at = if still { 0.0 } else { ui.input(|input| input.time) % BREATH / BREATH };
    // In for two fifths of it, out for the rest.
    let (open, words) = match at {
        _ if still => (0.7, "In… and slowly out"),
        at if at < 0.4 => (at / 0.4, "Breathe in"),
        at => ((1.0 - at) / 0.6, "Breathe out"),
    };
    let soft = open * open * (3.0 - 2.0 * open);
    let radius = 24.0 + 32.0 * soft as f32;
    ui.painter().circle(rect.center(), radius, p.accent_soft, Stroke::new(2.0, p.accent));
    let centre = bevy_egui::egui::Align2::CENTER_CENTER;
    let font = text::regular(text::BODY);
    let words = ui.painter().layout_no_wrap(words.to_owned(), font, p.text);
    let at = centre.anchor_size(rect.center(), words.size()).min;
    ui.painter().galley(at, words, p.text);
}

pub fn break_off_ui(ui: &mut Ui, live: &Live, todo: &mut Vec<Do>) {
    widgets::title(ui, "Break the exercise off?", "");
    wrapped(
        ui,
        "The call ends here without an outcome and goes to the debrief. To come back to it later, leave it for now.",
    );
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if first(ui, "Break off") {
            todo.push(Do::Act(Action::EndEarly));
        }
        if widgets::button(ui, "Leave it for now").clicked() {
            todo.push(Do::StepOut);
        }
        let back = if live.paused() { "Back" } else { "Stay in the call" };
        if widgets::button(ui, back).clicked() {
            todo.push(Do::CloseOver);
        }
    });
}
