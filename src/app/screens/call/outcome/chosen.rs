//! What is about to be decided, or stands decided: its window, why, and how sure. Changing it asks first.

use bevy_egui::egui::{self, Align, Layout, Response, Sense, Ui, vec2};
use jiff::ToSpan;
use jiff::civil::DateTime;

use super::super::state::{CallUi, Do};
use super::super::{pins, top};
use super::decide::Way;
use super::roving;
use super::state::{Missing, Outcome};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Confidence, Decision};
use crate::standards::{Disposition, Id, Refer};

pub fn reason_id() -> egui::Id {
    egui::Id::new("reason")
}

const CONFIDENCES: [(Confidence, &str); 4] = [
    (Confidence::Guess, "Guess"),
    (Confidence::Leaning, "Leaning"),
    (Confidence::Fairly, "Fairly"),
    (Confidence::Certain, "Certain"),
];

/// What would be decided: what was chosen, or else what the guide yields.
pub fn code(live: &Live, state: &Outcome) -> Option<Id> {
    let yields = || live.call().state().guide.as_ref().and_then(|guide| guide.yields.clone());
    state.chosen.clone().or_else(|| (Way::of(live) == Way::Guide && !state.other_guide).then(yields).flatten())
}

pub fn chosen_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    match &live.call().state().decision {
        Some(decision) => {
            roving::steady(ui, "stands", |ui| stands_ui(ui, live, decision, &mut state.outcome, todo));
        }
        None => {
            if let Some(code) = code(live, &state.outcome) {
                roving::steady(ui, "weigh", |ui| weigh_ui(ui, live, &code, state, todo));
            }
        }
    }
}

/// Decided: what, by when, and why; it can be taken back.
fn stands_ui(ui: &mut Ui, live: &Live, decision: &Decision, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let minutes = i64::from(decision.at / 60_000);
    let at = live.call().script().clock.saturating_add(minutes.minutes());
    if card_ui(ui, live, &decision.disposition, at, true).is_some_and(|change| change.clicked()) {
        state.ask_to_change(None);
    }
    if state.changing {
        ask_ui(ui, live, state, todo);
    }
    if !decision.reason.is_empty() {
        widgets::caption(ui, "Your reason");
        roving::words(ui, decision.reason.to_string(), text::regular(text::BODY), p.text2);
    }
    let sure = CONFIDENCES.iter().find(|(confidence, _)| *confidence == decision.confidence).map_or("", |c| c.1);
    widgets::caption(ui, &format!("How sure you were: {}", sure.to_lowercase()));
}

/// Before what was arranged is cleared.
fn ask_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let arranged = live.call().state().listed.is_some() || super::state::refers(live) == Some(Refer::Dispatch);
    let words = if arranged {
        "Change the outcome? What is arranged under Refer is cleared."
    } else {
        "Change the outcome? Nothing has been arranged yet."
    };
    widgets::notice(ui, p.cue, p.cue_soft, |ui| {
        ui.label(rich(words, text::regular(text::BODY), p.text));
        roving::steady(ui, "keep or change", |ui| keep_ui(ui, state, todo));
    });
}

fn keep_ui(ui: &mut Ui, state: &mut Outcome, todo: &mut Vec<Do>) {
    ui.horizontal_wrapped(|ui| {
        let keep = widgets::button(ui, "Keep it");
        if std::mem::take(&mut state.fresh_question) {
            keep.request_focus();
            keep.scroll_to_me(None);
        }
        if keep.clicked() {
            state.close();
        }
        if widgets::button(ui, "Change it").clicked() {
            todo.push(Do::Act(Action::Revise));
        }
    });
}

/// The outcome in plain words, with its window; the button to change it, where there is one.
fn card_ui(ui: &mut Ui, live: &Live, code: &Id, at: DateTime, change: bool) -> Option<Response> {
    let p = Palette::of(ui);
    let standards = &live.call().script().standards;
    let disposition = standards.disposition(code)?;
    let column = standards.dispositions.columns.iter().find(|column| column.id == disposition.column);
    let below = format!("{}. {}", column.map_or("", |column| column.name.as_str()), window(disposition, at));
    let mut response = None;
    widgets::card(ui).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(ui.available_width());
            widgets::right(ui, |ui| {
                if change {
                    response = Some(widgets::button(ui, "Change"));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let (rect, _) = ui.allocate_exact_size(vec2(30.0, 30.0), Sense::hover());
                    ui.painter().text(
                        rect.center(),
                        egui::Align2::CENTER_CENTER,
                        icons::SIGNPOST,
                        text::regular(26.0),
                        p.accent,
                    );
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 2.0;
                        roving::words(ui, &disposition.name, text::bold(text::PANEL_TITLE), p.text);
                        roving::words(ui, below, text::regular(14.0), p.text2);
                    });
                });
            });
        });
    });
    response
}

/// By when, in words.
fn window(disposition: &Disposition, from: DateTime) -> String {
    match (disposition.minutes, disposition.refer) {
        (Some(0), _) => "At once.".into(),
        (Some(minutes), _) => {
            let closes = from.saturating_add(i64::from(minutes).minutes());
            let time = format!("{:02}:{:02}", closes.hour(), closes.minute());
            match minutes {
                ..1440 => format!("The window closes at {time}."),
                1440..=8640 => format!("The window closes on {} at {time}.", top::weekday(closes)),
                _ => format!("The window closes in {} days.", minutes / 1440),
            }
        }
        (None, Refer::Dispatch) => "Help is sent once you have decided.".into(),
        (None, _) => "Nothing has to be arranged.".into(),
    }
}

/// Not decided yet: why, and how sure, before anything is found.
fn weigh_ui(ui: &mut Ui, live: &Live, code: &Id, state: &mut CallUi, todo: &mut Vec<Do>) {
    let needs_reason = Way::of(live) == Way::Ladder;
    if Way::of(live) == Way::Guide {
        let early = live.call().state().guide.as_ref().and_then(|guide| guide.yields.as_ref()) != Some(code);
        widgets::caption(ui, if early { "Without waiting for the guide" } else { "The guide yields" });
    }
    card_ui(ui, live, code, live.call().wall_clock(), false);
    let submits = ui.memory(|memory| memory.has_focus(reason_id())) && keys::pressed(ui.ctx(), Command::ReferAndClose);
    let outcome = &mut state.outcome;
    let why =
        if needs_reason { "Why? In your own words, before you see anything else" } else { "Why? If you want to say" };
    ui.horizontal_wrapped(|ui| {
        widgets::caption(ui, why);
        let pins = widgets::chip(ui, false, "From my pins");
        widgets::named(ui, &pins, "From my pins and notes");
        if pins.clicked() {
            outcome.reason = pins::summary(live, state.notes.text.trim());
        }
    });
    let reason = widgets::area(ui, reason_id(), &mut outcome.reason, 2, "Reason", "");
    if needs_reason {
        outcome.land(live, &reason);
    }
    missing_ui(ui, outcome, Missing::Reason, "Say why, in a few words");
    roving::steady(ui, "how sure", |ui| confidence_ui(ui, live, needs_reason, outcome));
    // Beside the button, which stays where it is.
    let decide = ui.horizontal_wrapped(|ui| {
        let decide = roving::steady(ui, "decide", |ui| widgets::primary(ui, "Decide on this"));
        missing_ui(ui, outcome, Missing::Confidence, "Choose how sure you are");
        decide
    });
    let decide = decide.inner.clicked();
    if decide || submits {
        let has_reason = !needs_reason || !outcome.reason.trim().is_empty();
        match outcome.confidence {
            _ if !has_reason => {
                outcome.missing = Some(Missing::Reason);
                reason.request_focus();
            }
            None => outcome.missing = Some(Missing::Confidence),
            Some(confidence) => {
                let reason = outcome.reason.clone();
                todo.push(Do::Act(Action::Decide { disposition: code.clone(), reason, confidence }));
            }
        }
    }
    if outcome.missing == Some(Missing::Reason) && !outcome.reason.trim().is_empty() {
        outcome.missing = None;
    }
}

fn confidence_ui(ui: &mut Ui, live: &Live, needs_reason: bool, state: &mut Outcome) {
    ui.horizontal_wrapped(|ui| {
        widgets::caption(ui, "How sure are you?");
        for (confidence, name) in CONFIDENCES {
            let choice = widgets::choice(ui, state.confidence == Some(confidence), name);
            if !needs_reason {
                state.land(live, &choice);
            }
            if choice.clicked() {
                state.confidence = Some(confidence);
                state.missing = None;
            }
        }
    });
}

fn missing_ui(ui: &mut Ui, state: &Outcome, what: Missing, words: &str) {
    if state.missing == Some(what) {
        complaint(ui, words);
    }
}

/// What still has to be filled in, said where it is.
pub fn complaint(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    let label = ui.label(rich(format!("{}  {words}", icons::WARNING_CIRCLE), text::regular(text::CAPTION), p.cue));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
}
