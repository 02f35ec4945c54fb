//! The four actions, all alike.

use bevy_egui::egui::{self, Ui, vec2};

use super::state::{Do, Over, View};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::Action;
use crate::scenario::Person;

pub fn actions_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let state = live.call().state();
    let (speak, person) = match state.on_the_line {
        Person::Caller => ("Speak to the patient", Person::Patient),
        Person::Patient => ("Back to the caller", Person::Caller),
    };
    let hold = if state.held { "On hold" } else { "Hold & ask a clinician" };
    let all = [
        (icons::USER_SWITCH, speak, "/patient", Do::Act(Action::SpeakTo(person))),
        (icons::PAUSE_CIRCLE, hold, "/hold", Do::Open(Over::Hold)),
        (icons::PHONE_TRANSFER, "Warm transfer", "/transfer", Do::Open(Over::Transfer)),
        (icons::SIGNPOST, "Decide", "/decide", Do::View(View::Outcome)),
    ];
    let mut todo = None;
    let width = (ui.available_width() - 8.0) / 2.0;
    for pair in all.chunks(2) {
        ui.horizontal(|ui| {
            for (icon, name, command, does) in pair {
                if action_ui(ui, width, icon, name, command).clicked() {
                    todo = Some(does.clone());
                }
            }
        });
    }
    todo
}

fn action_ui(ui: &mut Ui, width: f32, icon: &str, name: &str, command: &str) -> egui::Response {
    let p = Palette::of(ui);
    let response = ui.add_sized(vec2(width, 50.0), egui::Button::new(""));
    widgets::named(ui, &response, name);
    let rect = response.rect;
    let painter = ui.painter_at(rect);
    painter.text(
        egui::pos2(rect.left() + 22.0, rect.center().y),
        egui::Align2::CENTER_CENTER,
        icon,
        text::regular(20.0),
        p.text2,
    );
    let mut job = egui::text::LayoutJob::single_section(
        name.to_owned(),
        egui::text::TextFormat::simple(text::regular(14.0), p.text),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(width - 46.0);
    let galley = painter.layout_job(job);
    painter.galley(egui::pos2(rect.left() + 40.0, rect.top() + 7.0), galley, p.text);
    painter.text(
        egui::pos2(rect.left() + 40.0, rect.bottom() - 7.0),
        egui::Align2::LEFT_BOTTOM,
        command,
        text::mono(text::CAPTION),
        p.text3,
    );
    response
}
