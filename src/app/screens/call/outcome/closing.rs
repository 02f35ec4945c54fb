//! The end of the call: referred and closed. Nobody hangs up on a caller by one slip of a key.

use bevy_egui::egui::{self, CornerRadius, Sense, Stroke, StrokeKind, Ui, vec2};

use super::super::overlays::refused_ui;
use super::super::state::{Do, Over};
use super::advice_line;
use super::roving;
use super::state::refers;
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::{Kind, Refer};

/// What closing is, where there is room for it; and the button.
pub fn closing_ui(ui: &mut Ui, live: &Live, roomy: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let decided = live.call().state().decision.is_some();
    ui.add_space(8.0);
    if roomy {
        let when = if decided { "You can close at any point." } else { "You can close once you have decided." };
        widgets::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let words = format!("{}  {when} Ticks are checked against what was said on the call.", icons::INFO);
            roving::words(ui, words, text::regular(14.0), p.text2);
        });
    }
    // Whoever presses it too early is told why: it looks as if it could not be pressed, and can.
    let ink = if decided { p.text } else { p.text3 };
    let words = rich(format!("{}  Refer and close", icons::PHONE_DISCONNECT), text::regular(text::PANEL_TITLE), ink);
    let height = if roomy { 46.0 } else { 36.0 };
    let mut button = egui::Button::new(words).min_size(vec2(ui.available_width(), height));
    if !decided {
        button = button.fill(egui::Color32::TRANSPARENT).stroke(Stroke::new(1.0, p.line));
    }
    let close = ui.vertical_centered_justified(|ui| ui.add(button)).inner;
    widgets::named(ui, &close, if decided { "Refer and close" } else { "Refer and close, once you have decided" });
    widgets::ring(ui, &close);
    if roomy {
        ui.vertical_centered(|ui| key_ui(ui, &keys::words(ui.ctx(), Command::ReferAndClose)));
    }
    close.clicked().then(|| self::close(live))
}

/// Asks before hanging up; without a decision the call itself says what is missing.
pub fn close(live: &Live) -> Do {
    match live.call().state().decision {
        Some(_) => Do::Open(Over::Closing),
        None => Do::Act(Action::Close),
    }
}

/// One thing that is done before one hangs up, or is not.
struct Point {
    done: bool,
    words: String,
}

/// What stands at this moment: the trainee's own doing, and nothing of what should have been done.
fn points(live: &Live) -> [Point; 3] {
    let call = live.call();
    let standards = &call.script().standards;
    let decision = call.state().decision.as_ref();
    let decided = decision.and_then(|d| standards.disposition(&d.disposition));
    let accepted = call.state().accepted.as_ref().and_then(|id| standards.service(id));
    let (arranged, where_to) = match (refers(live), accepted) {
        (Some(Refer::Search), Some(service)) => (true, format!("Arranged: {}", service.name)),
        (Some(Refer::Dispatch), _) => (true, "Arranged: help is on its way".to_owned()),
        (Some(Refer::Nothing), _) => (true, "Nothing has to be arranged".to_owned()),
        _ => (false, "No service is arranged yet".to_owned()),
    };
    let bank = &standards.bank;
    let advice = bank.iter().filter(|u| matches!(u.kind, Kind::Interim | Kind::Worsening));
    let given = advice.clone().filter(|u| call.times_said(&u.id) > 0).count();
    let only_ticked = advice.filter(|u| call.times_said(&u.id) == 0 && advice_line::is_given(live, &u.id)).count();
    let ticked = match only_ticked {
        0 => String::new(),
        1 => "; one more is ticked and was not said".to_owned(),
        n => format!("; {n} more are ticked and were not said"),
    };
    let advised = match given {
        0 => format!("No advice has been said yet{ticked}"),
        1 => format!("One line of advice said{ticked}"),
        n => format!("{n} lines of advice said{ticked}"),
    };
    [
        Point {
            done: decided.is_some(),
            words: decided.map_or("Nothing is decided yet".into(), |d| format!("Decided: {}", d.name)),
        },
        Point { done: arranged, words: where_to },
        Point { done: given > 0 && only_ticked == 0, words: advised },
    ]
}

/// The question before the line is closed.
pub fn close_ui(ui: &mut Ui, live: &Live, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let points = points(live);
    let all = points.iter().all(|point| point.done);
    widgets::title(ui, "Refer and close?", "the caller is still on the line");
    for Point { done, words } in &points {
        let (icon, ink) = if *done { (icons::CHECK, p.text) } else { (icons::WARNING_CIRCLE, p.cue) };
        roving::words(ui, format!("{icon}  {words}"), text::regular(text::TRANSCRIPT), ink);
    }
    refused_ui(ui, live);
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let close = widgets::primary(ui, "Close the call");
        let back = widgets::button(ui, "Stay on the line");
        if ui.memory(|memory| memory.focused().is_none()) {
            if all { close.request_focus() } else { back.request_focus() }
        }
        if close.clicked() {
            todo.push(Do::Act(Action::Close));
        }
        if back.clicked() {
            todo.push(Do::CloseOver);
        }
    });
}

/// A key, boxed.
fn key_ui(ui: &mut Ui, key: &str) {
    let p = Palette::of(ui);
    let galley = ui.painter().layout_no_wrap(key.to_owned(), text::mono(text::CAPTION), p.text2);
    let (rect, _) = ui.allocate_exact_size(galley.size() + vec2(12.0, 6.0), Sense::hover());
    ui.painter().rect_stroke(rect, CornerRadius::same(4), Stroke::new(1.0, p.edge), StrokeKind::Inside);
    ui.painter().galley(rect.min + vec2(6.0, 3.0), galley, p.text2);
}
