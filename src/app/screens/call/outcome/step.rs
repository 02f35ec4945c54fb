//! The question of the guide in hand: ask it, listen, record what was understood.

use bevy_egui::egui::{self, Ui};

use super::super::ask_bar::wording;
use super::super::state::Do;
use super::guide::ANSWERS;
use super::roving;
use super::state::Outcome;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::Step;

pub fn step_ui(ui: &mut Ui, live: &Live, step: &Step, state: &mut Outcome, todo: &mut Vec<Do>) {
    roving::steady(ui, "step", |ui| card_ui(ui, live, step, state, todo));
}

fn card_ui(ui: &mut Ui, live: &Live, step: &Step, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        roving::words(ui, wording(live, &step.question), text::regular(text::LIVE), p.text);
        let ask = ui.horizontal_wrapped(|ui| {
            let ask = widgets::button(ui, &format!("{}  Ask it", icons::CHAT_TEXT));
            widgets::named(ui, &ask, "Ask it");
            if ask.clicked() {
                todo.push(Do::Act(Action::Say { utterance: step.question.clone(), to: None }));
            }
            // Whoever is quick has gone on already.
            match ui.memory(|memory| memory.focused()) {
                None => state.land(live, &ask),
                Some(id) if id == ask.id && !live.busy() => state.land = false,
                Some(_) => {}
            }
            if let Some(at) = asked(live, step) {
                ui.label(rich(format!("asked at {at}"), text::regular(text::CAPTION), p.text3));
            }
            ask.id
        });
        // Yes and no are said of the finding, not of the question: to "are you awake" the worrying answer is no.
        ui.add_space(4.0);
        widgets::caption(ui, "As you understood them, is this so?");
        roving::words(ui, step.yes_means.to_string(), text::bold(text::BODY), p.text);
        ui.horizontal_wrapped(|ui| {
            for (recorded, name) in ANSWERS {
                let answer = ui.add(egui::Button::new(name).min_size(egui::vec2(88.0, 36.0)));
                widgets::ring(ui, &answer);
                if answer.clicked() {
                    // At once and not when it is saved: who types on meanwhile must not hit another answer.
                    ui.memory_mut(|memory| memory.request_focus(ask.inner));
                    todo.push(Do::Act(Action::Record { question: step.question.clone(), answer: recorded }));
                }
            }
        });
    });
}

/// When the question, or one that serves as well, was asked last.
fn asked(live: &Live, step: &Step) -> Option<String> {
    let call = live.call();
    let first = step.or.iter().chain([&step.question]).map(|id| call.said(id)).filter(|said| said.times > 0);
    let line = first.map(|said| said.first).max()?;
    let line = call.state().lines.get(usize::try_from(line).ok()?)?;
    (line.from <= live.clock()).then(|| widgets::clock(line.from))
}
