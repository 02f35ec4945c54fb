//! The outcome: decide, refer, advise. The call stays live above and below.

use bevy_egui::egui::{self, Frame, Margin, Ui};

use super::state::{CallUi, Do, View};
use super::{advice, ask_bar, directory, guide, ladder, pins, transcript};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Confidence};
use crate::records::Mode;
use crate::standards::{Decides, Id};

pub fn outcome_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    egui::Panel::top("on the line")
        .frame(Frame::new().fill(p.bg2).inner_margin(Margin::symmetric(16, 8)))
        .show_separator_line(false)
        .show(ui, |ui| strip_ui(ui, live, todo));
    egui::Panel::bottom("outcome ask")
        .frame(Frame::new().inner_margin(Margin { left: 12, right: 12, top: 0, bottom: 10 }))
        .resizable(false)
        .show_separator_line(false)
        .show(ui, |ui| {
            widgets::panel(ui).inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
                let tallest = ui.ctx().content_rect().height() * 0.36;
                todo.extend(ask_bar::ask_ui(ui, live, library, state, tallest));
            });
        });
    egui::CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(10))).show(ui, |ui| {
        let width = ui.available_width();
        let height = ui.available_height();
        ui.spacing_mut().item_spacing.x = 10.0;
        ui.horizontal_top(|ui| {
            for (n, share) in [0.38, 0.34, 0.28].into_iter().enumerate() {
                ui.vertical(|ui| {
                    ui.set_width((width - 20.0) * share);
                    widgets::panel(ui).show(ui, |ui| {
                        ui.set_min_size(egui::vec2(ui.available_width(), height - 26.0));
                        egui::ScrollArea::vertical()
                            .id_salt(("outcome", n))
                            .max_height(height - 26.0)
                            .auto_shrink(false)
                            .show(ui, |ui| match n {
                                0 => decide_ui(ui, live, state, todo),
                                1 => directory::directory_ui(ui, live, state, todo),
                                _ => advice::advice_ui(ui, live, library, &mut state.outcome, todo),
                            });
                    });
                });
            }
        });
    });
}

/// The last two lines, so that nothing is missed here.
fn strip_ui(ui: &mut Ui, live: &Live, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    ui.horizontal(|ui| {
        widgets::right(ui, |ui| {
            if widgets::button(ui, &format!("{}  Back to the call", icons::ARROW_U_UP_LEFT)).clicked() {
                todo.push(Do::View(View::Talk));
            }
            ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let Some(last) = transcript::last_line(live) else {
                    ui.label(rich("Nothing has been said yet.", text::regular(text::TRANSCRIPT), p.text3));
                    return;
                };
                for n in last.saturating_sub(1)..=last {
                    let Some(line) = usize::try_from(n).ok().and_then(|n| live.call().state().lines.get(n)) else {
                        continue;
                    };
                    let name = transcript::speaker(live, &line.by);
                    let color = if n == last { p.text } else { p.text2 };
                    let by = if name.is_empty() { String::new() } else { format!("{name}: ") };
                    let words = format!("{}  {by}{}", widgets::clock(line.from), line.text);
                    ui.add(egui::Label::new(rich(words, text::regular(text::TRANSCRIPT), color)).wrap());
                }
            });
        });
    });
}

fn decide_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    let standards = &call.script().standards;
    if let Some(decision) = &call.state().decision {
        widgets::title(ui, "1  Decide", "");
        widgets::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            widgets::badge(ui, &format!("{} Decided", icons::CHECK), p.accent, p.accent_soft);
            let name = standards.disposition(&decision.disposition).map_or("", |d| d.name.as_str());
            ui.label(rich(name, text::bold(text::PANEL_TITLE), p.text));
            if !decision.reason.is_empty() {
                ui.label(rich(decision.reason.to_string(), text::regular(text::BODY), p.text2));
            }
            if widgets::button(ui, "Take it back").on_hover_text("Clears what was arranged").clicked() {
                todo.push(Do::Act(Action::Revise));
            }
        });
        return;
    }
    let on_ladder = call.role().decides == Decides::OnLadder || live.mode() == Mode::JudgementExercise;
    let chosen = state.outcome.chosen.clone();
    if on_ladder {
        let beside =
            if live.mode() == Mode::JudgementExercise { "judgement exercise" } else { "How soon, and by whom?" };
        widgets::title(ui, "1  Decide", beside);
        ladder::ladder_ui(ui, live, &mut state.outcome);
        if let Some(code) = &chosen {
            chosen_ui(ui, live, code, true, state, todo);
        }
    } else {
        // A guide grows long: what is about to be decided stands above it.
        if let Some(code) = &chosen {
            chosen_ui(ui, live, code, false, state, todo);
        }
        guide::guide_ui(ui, live, &mut state.outcome, todo);
    }
}

/// What is about to be decided: why, and how sure.
fn chosen_ui(ui: &mut Ui, live: &Live, code: &Id, needs_reason: bool, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let name = live.call().script().standards.disposition(code).map_or("", |d| d.name.as_str());
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.label(rich(name, text::bold(text::PANEL_TITLE), p.text));
        let why = if needs_reason {
            "Why? In your own words, before you see anything else"
        } else {
            "Why? If you want to say"
        };
        widgets::caption(ui, why);
        let reason = widgets::area(ui, egui::Id::new("reason"), &mut state.outcome.reason, 3, "Reason", "");
        if needs_reason {
            state.outcome.land(live, &reason);
        }
        if widgets::chip(ui, false, "From my pins and notes").clicked() {
            state.outcome.reason = pins::summary(live, state.notes.text.trim());
        }
        widgets::caption(ui, "How sure are you?");
        ui.horizontal_wrapped(|ui| {
            let all = [
                (Confidence::Guess, "Guess"),
                (Confidence::Leaning, "Leaning"),
                (Confidence::Fairly, "Fairly"),
                (Confidence::Certain, "Certain"),
            ];
            for (confidence, name) in all {
                let choice = widgets::choice(ui, state.outcome.confidence == Some(confidence), name);
                if !needs_reason {
                    state.outcome.land(live, &choice);
                }
                if choice.clicked() {
                    state.outcome.confidence = Some(confidence);
                }
            }
        });
        let ready = state.outcome.confidence.filter(|_| !needs_reason || !state.outcome.reason.trim().is_empty());
        ui.add_enabled_ui(ready.is_some(), |ui| {
            if widgets::primary(ui, "Decide on this").clicked()
                && let Some(confidence) = ready
            {
                let reason = state.outcome.reason.clone();
                todo.push(Do::Act(Action::Decide { disposition: code.clone(), reason, confidence }));
            }
        });
    });
}
