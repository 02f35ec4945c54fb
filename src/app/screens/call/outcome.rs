//! The outcome: decide, refer, advise. The call stays live above and, if wished, below.

mod advice;
mod advice_line;
mod cells;
mod checklist;
mod chosen;
mod closing;
mod codes;
mod decide;
mod directory;
mod early;
mod guide;
mod ladder;
mod place;
mod recorded;
mod reject;
mod routes;
mod roving;
mod service;
mod service_facts;
pub mod state;
mod step;
mod strip;
mod symptom;
#[cfg(test)]
mod tests;

use bevy_egui::egui::{
    self, Color32, CornerRadius, Frame, Margin, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, vec2,
};

use super::ask_bar;
use super::state::{CallUi, Do, Over, View};
use crate::app::keys::{self, Command};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Refusal;
use crate::records::Mode;
pub use chosen::reason_id;
pub use closing::close_ui;
use state::{Outcome, Part};

/// Where there is less than this beside the rail, as in every window under 1100, the panels are tabs.
const TABS_BELOW: f32 = 1090.0;

/// The keys of this view, before anything is painted.
pub fn keys(ctx: &egui::Context, live: &Live, state: &mut CallUi) -> Option<Do> {
    if state.view != View::Outcome || state.over.is_some() {
        return None;
    }
    if state.outcome.holds_escape() && keys::pressed(ctx, Command::AskBar) {
        state.outcome.close();
    }
    let asking = ctx.memory(|memory| memory.has_focus(ask_bar::id()));
    // egui has taken the keyboard from the field when `Esc` is looked at. What is typed there is cleared first.
    let asked = ctx.memory(|memory| memory.had_focus_last_frame(ask_bar::id()));
    if state.outcome.saying && asked && state.ask.is_empty() && keys::pressed(ctx, Command::AskBar) {
        return Some(Do::SayBar(false));
    }
    // There the same key decides, or rejects; in the ask bar it says what is typed, if anything is.
    let submits =
        |memory: &egui::Memory| memory.has_focus(chosen::reason_id()) || memory.has_focus(reject::comment_id());
    let elsewhere = (asking && !state.ask.typed.trim().is_empty()) || ctx.memory(submits);
    (!elsewhere && keys::pressed(ctx, Command::ReferAndClose)).then(|| closing::close(live))
}

/// What was chosen on the ladder waits for its reason, which is about to have the keyboard.
pub fn waits_for_reason(live: &Live, state: &CallUi) -> bool {
    let outcome = &state.outcome;
    state.view == View::Outcome
        && !outcome.saying
        && outcome.land
        && outcome.chosen.is_some()
        && live.call().state().decision.is_none()
        && decide::Way::of(live) == decide::Way::Ladder
}

pub fn outcome_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let window = ui.ctx().content_rect().size();
    let narrow = ui.available_width() < TABS_BELOW;
    let gap = if narrow { 8 } else { 12 };
    egui::Panel::top("on the line")
        .frame(Frame::new().fill(p.bg2).inner_margin(Margin::symmetric(gap + 4, 6)))
        .show_separator_line(false)
        .show(ui, |ui| todo.extend(strip::strip_ui(ui, live, state.outcome.saying)));
    if state.outcome.saying && window.y < strip::SHORT {
        let frame = widgets::panel(ui).inner_margin(Margin::symmetric(12, 8)).outer_margin(Margin::same(gap));
        let tallest = ui.available_height() - 28.0;
        frame.show(ui, |ui| todo.extend(ask_bar::ask_ui(ui, live, library, state, tallest)));
        note_ask(ui, state);
        return;
    }
    if state.outcome.saying {
        egui::Panel::bottom("outcome ask")
            .frame(Frame::new().inner_margin(Margin { left: gap, right: gap, top: 0, bottom: gap }))
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| {
                widgets::panel(ui).inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                    todo.extend(ask_bar::ask_ui(ui, live, library, state, window.y * 0.36));
                });
            });
    } else {
        refused_ui(ui, live, gap, todo);
    }
    note_ask(ui, state);
    if state.outcome.land && !live.busy() {
        state.outcome.part = Part::of(live);
    }
    let frame = Frame::new().inner_margin(Margin::same(gap));
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        if narrow {
            tabs_ui(ui, live, &mut state.outcome.part);
            let part = state.outcome.part;
            part_ui(ui, part, true, live, library, state, todo);
        } else {
            for (part, rect) in Part::ALL.into_iter().zip(columns(ui.available_rect_before_wrap(), f32::from(gap))) {
                let builder = egui::UiBuilder::new().id_salt(part.name()).max_rect(rect);
                ui.scope_builder(builder, |ui| part_ui(ui, part, false, live, library, state, todo));
            }
        }
    });
}

/// The ask bar is there, or not: it is given the keyboard only now.
fn note_ask(ui: &Ui, state: &mut CallUi) {
    if std::mem::take(&mut state.outcome.fresh_ask) && state.outcome.saying {
        ui.memory_mut(|memory| memory.request_focus(ask_bar::id()));
    }
}

/// Where the three panels stand.
fn columns(area: Rect, gap: f32) -> [Rect; 3] {
    let left = (area.width() * 0.39).clamp(456.0, 600.0);
    let right = (area.width() * 0.255).clamp(256.0, 420.0);
    let (left, rest) = area.split_left_right_at_x(area.left() + left);
    let (middle, right) = rest.split_left_right_at_x(area.right() - right);
    [left, middle.shrink2(vec2(gap, 0.0)), right]
}

fn part_ui(
    ui: &mut Ui,
    part: Part,
    narrow: bool,
    live: &Live,
    library: &Library,
    state: &mut CallUi,
    todo: &mut Vec<Do>,
) {
    let p = Palette::of(ui);
    let here = Part::of(live) == part;
    let edge = if here { p.accent } else { p.line };
    let margin = if narrow { Margin::symmetric(10, 8) } else { Margin::symmetric(16, 14) };
    widgets::panel(ui).stroke(Stroke::new(1.0, edge)).inner_margin(margin).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        head_ui(ui, part, narrow, live, &mut state.outcome);
        match part {
            Part::Decide => decide::decide_ui(ui, live, state, todo),
            Part::Refer => directory::directory_ui(ui, live, state, todo),
            Part::Advise => advice::advice_ui(ui, live, library, state, todo),
        }
    });
}

/// Number, name, what it is about; and whether it is done.
fn head_ui(ui: &mut Ui, part: Part, narrow: bool, live: &Live, state: &mut Outcome) {
    let p = Palette::of(ui);
    let here = if narrow { ladder::here(ui, live, state) } else { None };
    let beside = here.unwrap_or_else(|| beside(part, live));
    let done = match part {
        Part::Decide if part.done(live) => "Chosen",
        Part::Refer if live.call().state().accepted.is_some() => "Arranged",
        _ => "",
    };
    // The tabs have number and name.
    if narrow && part != Part::Decide {
        return;
    }
    ui.horizontal(|ui| {
        widgets::right(ui, |ui| {
            if part == Part::Decide && checklist::is_offered(live) {
                checklist::toggle_ui(ui, state);
            }
            if !done.is_empty() {
                widgets::badge(ui, &format!("{} {done}", icons::CHECK), p.accent, p.accent_soft);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                if !narrow {
                    number_ui(ui, part, Part::of(live) == part);
                    let title = ui.label(rich(part.name(), text::bold(text::PANEL_TITLE), p.text));
                    widgets::is_heading(ui, &title, 2, part.name());
                }
                ui.add(egui::Label::new(rich(beside, text::regular(text::CAPTION), p.text3)).wrap());
            });
        });
    });
}

fn beside(part: Part, live: &Live) -> String {
    match part {
        Part::Decide if live.mode() == Mode::JudgementExercise => "Judgement exercise: how soon, and by whom?".into(),
        Part::Decide => "How soon, and by whom?".into(),
        Part::Refer => {
            let area = &live.call().script().standards.directory.area;
            match live.call().state().listed.as_ref().map(Vec::len) {
                None => area.clone(),
                Some(1) => format!("{area} · 1 service"),
                Some(count) => format!("{area} · {count} services"),
            }
        }
        Part::Advise => "Say it, then tick what you gave".into(),
    }
}

fn number_ui(ui: &mut Ui, part: Part, here: bool) {
    let p = Palette::of(ui);
    let (disc, _) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::hover());
    let (fill, ink) = if here { (p.accent, p.on_accent) } else { (p.bg3, p.text) };
    ui.painter().circle_filled(disc.center(), 13.0, fill);
    ui.painter().text(disc.center(), egui::Align2::CENTER_CENTER, part.number(), text::bold(14.0), ink);
}

/// The three panels as tabs.
fn tabs_ui(ui: &mut Ui, live: &Live, part: &mut Part) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.x = 4.0;
    let width = ((ui.available_width() - 8.0) / 3.0).max(60.0);
    ui.horizontal(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_role(egui::accesskit::Role::TabList));
        for tab in Part::ALL {
            let on = *part == tab;
            let done = tab.done(live);
            let mark = if done { icons::CHECK } else { tab.number() };
            let color = if on { p.accent } else { p.text };
            let font = if on { text::bold(text::BODY) } else { text::regular(text::BODY) };
            let mut button = egui::Button::new(rich(format!("{mark}  {}", tab.name()), font, color))
                .min_size(vec2(width, 34.0))
                .corner_radius(CornerRadius::same(8))
                .fill(if on { p.accent_soft } else { Color32::TRANSPARENT });
            if on {
                button = button.stroke(Stroke::new(1.0, p.accent));
            }
            let response = ui.add(button);
            let says = format!("{} {}{}", tab.number(), tab.name(), if done { ", done" } else { "" });
            response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, on, &says));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(egui::accesskit::Role::Tab));
            widgets::ring(ui, &response);
            if response.clicked() {
                *part = tab;
            }
        }
    });
}

/// Why the last thing could not be done, and what may help.
fn refused_ui(ui: &mut Ui, live: &Live, gap: i8, todo: &mut Vec<Do>) {
    let Some(refused) = &live.refused else { return };
    let p = Palette::of(ui);
    let frame = Frame::new().inner_margin(Margin { left: gap, right: gap, top: gap, bottom: 0 });
    egui::Panel::top("refused").frame(frame).show_separator_line(false).show(ui, |ui| {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            ui.horizontal_wrapped(|ui| {
                let words = ask_bar::sentence(&refused.to_string());
                let label = ui.label(rich(format!("{}  {words}", icons::INFO), text::regular(text::BODY), p.text));
                ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
                if *refused == Refusal::ValidationFirst && widgets::button(ui, "Hold & ask a clinician").clicked() {
                    todo.push(Do::Open(Over::Hold));
                }
            });
        });
    });
}
