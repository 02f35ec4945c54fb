//! The top bar: which call, which stage, how long, sound and the pause.

use bevy_egui::egui::{self, Ui, vec2};

use super::stages;
use super::state::{Do, Room, Sound};
use crate::app::keys::{self, Command};
use crate::app::library::call_number;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::records::Mode;

/// Room for the name of the call, and for clock, sound and pause.
const NAME: f32 = 200.0;
const CLOCK: f32 = 242.0;

/// Whether the stages stand in the bar, and whether in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stages {
    InFull,
    Short,
    Elsewhere,
}

/// Where the stages stand in a bar of this width.
pub fn stages(ui: &Ui, live: &Live, width: f32) -> Stages {
    let free = width - NAME - CLOCK - 24.0;
    if stages::width(ui, live, true) < free {
        Stages::InFull
    } else if stages::width(ui, live, false) < free + 60.0 {
        Stages::Short
    } else {
        Stages::Elsewhere
    }
}

pub fn top_ui(ui: &mut Ui, live: &Live, sound: Sound, room: Room, stages: Option<Stages>) -> Option<Do> {
    let mut todo = None;
    ui.horizontal(|ui| {
        ui.set_min_height(if room == Room::Small { 34.0 } else { 40.0 });
        let whole = ui.max_rect();
        match room {
            Room::Small => line_ui(ui, live),
            _ => {
                _ = ui.scope(|ui| {
                    ui.set_max_width(NAME);
                    name_ui(ui, live);
                })
            }
        }
        if let Some(stages @ (Stages::InFull | Stages::Short)) = stages {
            let roomy = stages == Stages::InFull;
            // In the middle of the bar, where the name leaves it there.
            let middle = whole.left() + (whole.width() - stages::width(ui, live, roomy)) / 2.0;
            ui.add_space((middle - ui.cursor().left()).max(0.0));
            ui.scope(|ui| todo = stages::strip_ui(ui, live, roomy));
        }
        widgets::right(ui, |ui| {
            todo = todo.take().or(pause_ui(ui, live));
            todo = todo.take().or(sound_ui(ui, sound));
            clock_ui(ui, live, if room == Room::Wide { text::TIMER } else { text::PAGE_TITLE });
        });
    });
    todo
}

/// Which call it is, and that it is an exercise.
pub fn name_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let number = call_number(live.call().script().scenario.number);
        ui.horizontal(|ui| {
            let title = ui.label(rich(&number, text::bold(text::PANEL_TITLE), p.text));
            widgets::is_title(ui, &title, &number);
            if !live.call().script().reviewed {
                let draft = ui.label(rich("Draft", text::regular(text::CAPTION), p.text3));
                draft.on_hover_text("Not clinically reviewed. Training only.");
            }
        });
        let now = live.call().wall_clock();
        let (mode, day) = (mode_name(live.mode()), weekday(now));
        // Beside the longest name there is room for "Wed" alone.
        let day = if live.mode() == Mode::JudgementExercise { &day[..3] } else { day };
        let clock = format!("{mode} · {day} {:02}:{:02}", now.hour(), now.minute());
        ui.add(egui::Label::new(rich(clock, text::regular(text::CAPTION), p.text3)).truncate());
    });
}

/// The same in one line.
fn line_ui(ui: &mut Ui, live: &Live) {
    let p = Palette::of(ui);
    let number = call_number(live.call().script().scenario.number);
    let title = ui.label(rich(&number, text::bold(text::PANEL_TITLE), p.text));
    widgets::is_title(ui, &title, &number);
    let draft = if live.call().script().reviewed { "" } else { " · Draft" };
    let words = format!("{}{draft}", mode_name(live.mode()));
    ui.label(rich(words, text::regular(text::CAPTION), p.text3));
}

pub fn mode_name(mode: Mode) -> &'static str {
    match mode {
        Mode::Coach => "Training call",
        Mode::Guided => "Guided call",
        Mode::Exam => "Exam call",
        Mode::JudgementExercise => "Judgement exercise",
    }
}

/// How long the call has lasted. A guided call has no clock: nothing presses.
pub fn clock_ui(ui: &mut Ui, live: &Live, size: f32) {
    let p = Palette::of(ui);
    if live.mode() == Mode::Guided {
        return;
    }
    let clock = ui.label(rich(widgets::clock(live.clock()), text::mono_bold(size), p.text));
    clock.on_hover_text("Call time");
    if ui.available_width() > 90.0 && size > text::PAGE_TITLE {
        ui.label(rich("Call time", text::regular(text::CAPTION), p.text3));
    }
}

pub fn pause_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let p = Palette::of(ui);
    let icon = if live.paused() { icons::PLAY } else { icons::PAUSE };
    let button = egui::Button::new(rich(icon, text::icon_fill(18.0), p.text)).min_size(vec2(34.0, 34.0));
    let button = ui.add(button);
    widgets::named(ui, &button, if live.paused() { "Go on" } else { "Pause" });
    widgets::ring(ui, &button);
    let hint = format!("Pause, take a breather, or break off ({})", keys::words(ui.ctx(), Command::Pause));
    button.on_hover_text(hint).clicked().then_some(Do::Pause)
}

/// Switches sound off and on; where nobody can be heard it says why.
pub fn sound_ui(ui: &mut Ui, sound: Sound) -> Option<Do> {
    let p = Palette::of(ui);
    let heard = sound.on && sound.silent.is_none();
    let icon = if heard { icons::SPEAKER_HIGH } else { icons::SPEAKER_SLASH };
    let color = if heard { p.text } else { p.text3 };
    let button = ui.add(egui::Button::new(rich(icon, text::icon_fill(18.0), color)).min_size(vec2(34.0, 34.0)));
    let name = if sound.on { "Sound off" } else { "Sound on" };
    let key = keys::words(ui.ctx(), Command::Sound);
    let (says, hint) = match sound.silent.filter(|_| sound.on) {
        Some(why) => (format!("{name}. {why}"), format!("{why}. {name} ({key})")),
        None => (name.to_owned(), format!("{name} ({key})")),
    };
    widgets::named(ui, &button, &says);
    widgets::ring(ui, &button);
    button.on_hover_text(hint).clicked().then_some(Do::Sound)
}

pub fn weekday(now: jiff::civil::DateTime) -> &'static str {
    use jiff::civil::Weekday;
    match now.weekday() {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
