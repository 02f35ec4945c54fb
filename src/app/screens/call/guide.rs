//! The guide: for roles that decide by one. Most dangerous first; the trainee records what they understood.

use bevy_egui::egui::{self, Ui};

use super::ask_bar::wording;
use super::state::{Do, Outcome};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, GuideState, Recorded};
use crate::standards::{Decides, Guide, Permission, Step};

pub fn guide_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let call = live.call();
    if call.role().decides == Decides::HandsOver || !call.role().may.contains(&Permission::AssessSymptoms) {
        routes_ui(ui, live, state);
        return;
    }
    let standards = &call.script().standards;
    match &call.state().guide {
        Some(guide) if !state.other_guide => {
            let title = standards.guide(&guide.guide).map_or("", |g| g.title.as_str());
            ui.horizontal(|ui| {
                widgets::title(ui, title, "training guide, not for clinical use");
            });
            if widgets::button(ui, "Another main symptom").clicked() {
                state.other_guide = true;
            }
            steps_ui(ui, live, guide, state, todo);
        }
        _ => choose_ui(ui, live, state, todo),
    }
    early_ui(ui, live, state);
}

fn choose_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::title(ui, "1  Main symptom", "its guide asks the most dangerous first");
    let search = widgets::field(
        ui,
        egui::Id::new("guide search"),
        &mut state.guide_search,
        "Search the guides",
        "Search the guides",
    );
    state.land(live, &search);
    let typed = state.guide_search.to_lowercase();
    let fits = |guide: &Guide| {
        typed.split_whitespace().all(|word| {
            guide.title.to_lowercase().contains(word)
                || guide.terms.iter().any(|term| term.to_lowercase().contains(word))
        })
    };
    for guide in live.call().script().standards.guides.guides.iter().filter(|guide| fits(guide)) {
        let words = rich(&guide.title, text::regular(text::BODY), p.text);
        let button = egui::Button::new(words).min_size(egui::vec2(ui.available_width(), 34.0)).wrap();
        if ui.add(button).on_hover_text(&guide.limits).clicked() {
            todo.push(Do::Act(Action::ChooseGuide(guide.id.clone())));
        }
        ui.label(rich(&guide.limits, text::regular(text::CAPTION), p.text3));
    }
    if live.call().state().guide.is_some() && widgets::button(ui, "Keep the guide in hand").clicked() {
        state.other_guide = false;
    }
}

fn steps_ui(ui: &mut Ui, live: &Live, guide: &GuideState, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    let standards = &call.script().standards;
    let not_sure = guide.entries.iter().filter(|e| e.answer == Recorded::NotSure).count();
    // The question in hand stays where it is; what was recorded grows below it.
    if let Some(step) = call.step() {
        step_ui(ui, live, step, state, todo);
        if not_sure > 0 {
            let words =
                format!("Not sure: {not_sure} of {}; then a clinician takes over", standards.guides.not_sure_limit);
            ui.label(rich(words, text::regular(text::CAPTION), p.text3));
        }
    }
    if let Some(code) = &guide.yields {
        widgets::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            widgets::caption(ui, "The guide yields");
            let name = standards.disposition(code).map_or("", |d| d.name.as_str());
            ui.label(rich(name, text::bold(text::PANEL_TITLE), p.text));
            if state.chosen.as_ref() != Some(code) {
                let go = widgets::primary(ui, "Go with this");
                state.land(live, &go);
                if go.clicked() {
                    state.chosen = Some(code.clone());
                    state.land = true;
                }
            }
        });
    }
    for entry in guide.entries.iter().rev() {
        let Some(step) = call.step_of(&entry.guide, &entry.question) else { continue };
        ui.horizontal(|ui| {
            let answer = match entry.answer {
                Recorded::Yes => "Yes",
                Recorded::No => "No",
                Recorded::NotSure => "Not sure",
            };
            ui.add_sized([64.0, 22.0], egui::Label::new(rich(answer, text::bold(14.0), p.text2)));
            ui.menu_button(rich("Change", text::regular(text::CAPTION), p.text3), |ui| {
                for (recorded, name) in ANSWERS {
                    if ui.button(name).clicked() {
                        todo.push(Do::Act(Action::Record { question: entry.question.clone(), answer: recorded }));
                    }
                }
            });
            ui.add(egui::Label::new(rich(&step.yes_means, text::regular(14.0), p.text2)).truncate());
        });
    }
}

const ANSWERS: [(Recorded, &str); 3] = [(Recorded::Yes, "Yes"), (Recorded::No, "No"), (Recorded::NotSure, "Not sure")];

/// The question in hand: ask it, listen, record.
fn step_ui(ui: &mut Ui, live: &Live, step: &Step, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.label(rich(wording(live, &step.question), text::regular(text::LIVE), p.text));
        ui.label(rich(format!("Yes means: {}", step.yes_means), text::regular(14.0), p.text2));
        let ask = ui.horizontal_wrapped(|ui| {
            let ask = widgets::button(ui, &format!("{}  Ask it", icons::CHAT_TEXT));
            if ask.clicked() {
                todo.push(Do::Act(Action::Say { utterance: step.question.clone(), to: None }));
            }
            if ui.memory(|memory| memory.focused().is_none()) {
                state.land(live, &ask);
            }
            let asked = step.or.iter().chain([&step.question]).any(|id| live.call().times_said(id) > 0);
            if asked {
                ui.label(rich("asked in this call", text::regular(text::CAPTION), p.text3));
            }
            ask
        });
        ui.horizontal_wrapped(|ui| {
            for (recorded, name) in ANSWERS {
                if ui.add(egui::Button::new(name).min_size(egui::vec2(88.0, 36.0))).clicked() {
                    // At once and not when it is saved: who types on meanwhile must not hit another answer.
                    ask.inner.request_focus();
                    todo.push(Do::Act(Action::Record { question: step.question.clone(), answer: recorded }));
                }
            }
        });
    });
}

/// What may be chosen without waiting for the guide.
fn early_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) {
    let call = live.call();
    ui.add_space(6.0);
    ui.separator();
    widgets::caption(ui, "Without waiting for the guide");
    for code in &call.role().early_exits {
        if let Some(disposition) = call.script().standards.disposition(code) {
            let chosen = state.chosen.as_ref() == Some(code);
            if widgets::choice(ui, chosen, &disposition.name).clicked() {
                state.chosen = (!chosen).then(|| code.clone());
                state.land = !chosen;
            }
        }
    }
}

/// For a role that recognises and hands over: what it may arrange by itself.
fn routes_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) {
    let p = Palette::of(ui);
    let call = live.call();
    widgets::title(ui, "1  Decide", "your role recognises and hands over");
    ui.label(rich(
        "Symptoms go to a health advisor or a clinician: use Warm transfer.",
        text::regular(text::BODY),
        p.text2,
    ));
    for disposition in &call.script().standards.dispositions.dispositions {
        if call.may_decide_on(disposition).is_ok() {
            let chosen = state.chosen.as_ref() == Some(&disposition.code);
            if widgets::choice(ui, chosen, &disposition.name).clicked() {
                state.chosen = (!chosen).then(|| disposition.code.clone());
            }
        }
    }
}
