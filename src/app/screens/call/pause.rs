//! Stepping away: the pause, a quiet minute, and breaking the exercise off.

use bevy_egui::egui::Ui;

use super::overlays::{first, wrapped};
use super::state::{Do, Over};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::screens::desk::breather::circle_ui;
use crate::app::settings::reduced_motion;
use crate::app::theme::palette::Palette;
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

pub fn breather_ui(ui: &mut Ui, todo: &mut Vec<Do>) {
    widgets::title(ui, "Take a breather", "call time stands still");
    wrapped(ui, "Some calls get under the skin, and that is no failing. Let your shoulders drop. Breathe out slowly.");
    // In a small window the words and the ways out matter more.
    if ui.ctx().content_rect().height() > 480.0 {
        let seconds = (!reduced_motion(ui.ctx())).then(|| ui.input(|input| input.time) as f32);
        ui.vertical_centered(|ui| circle_ui(ui, seconds, Palette::of(ui)));
    }
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
