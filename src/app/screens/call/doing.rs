//! What the panels ask for, carried out; and the keys that work everywhere in a call.

use bevy_egui::egui::{self, Key, Modifiers};

use super::ask_bar;
use super::state::{CallUi, Do, Over, View};
use super::{contact, outcome, pins, transcript};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::call::matcher::Resolution;
use crate::call::{Action, Sbar, Slot};

/// `Esc`, `F9`, and `Ctrl Enter` on the outcome.
pub fn keys(ctx: &egui::Context, live: &Live, ui: &mut CallUi) -> Vec<Do> {
    let pressed = |modifiers, key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    let mut todo = Vec::new();
    if pressed(Modifiers::NONE, Key::F9) {
        todo.push(Do::Pause);
    }
    if live.paused() {
        return todo;
    }
    todo.extend(outcome::keys(ctx, ui));
    if pressed(Modifiers::NONE, Key::Escape) {
        todo.push(if ui.over.is_some() { Do::CloseOver } else { Do::FocusAsk });
    }
    todo
}

/// Does it.
pub fn carry_out(ctx: &egui::Context, live: &mut Live, library: &Library, ui: &mut CallUi, what: Do) {
    ui.said = None;
    match what {
        Do::Act(action) => act(live, ui, action),
        Do::SayFreely(words) => say_freely(live, library, ui, words),
        Do::View(view) => {
            ui.view = view;
            ui.over = None;
            ui.ask.topic = None;
            match view {
                View::Talk => ui.fresh = true,
                View::Outcome => ui.outcome.land = true,
            }
        }
        Do::SayBar(open) => {
            ui.outcome.saying = open;
            if open {
                ctx.memory_mut(|memory| memory.request_focus(ask_bar::id()));
            } else {
                ui.outcome.land = true;
            }
        }
        Do::Open(over) => open(live, ui, over),
        Do::CloseOver => {
            if ui.over == Some(Over::Hold) && live.call().state().held {
                act(live, ui, Action::Resume);
            }
            ui.over = None;
            // Under a panel nothing can have the keyboard: the ask bar gets it in the next frame.
            match ui.view {
                View::Talk => ui.fresh = true,
                View::Outcome => ui.outcome.land = true,
            }
        }
        Do::Pause => live.toggle_pause(),
        Do::Skip => live.skip(),
        Do::FocusAsk => {
            ui.outcome.saying |= ui.view == View::Outcome;
            ctx.memory_mut(|memory| memory.request_focus(ask_bar::id()));
        }
        Do::FocusTranscript => {
            ui.line = transcript::last_line(live);
            ctx.memory_mut(|memory| memory.request_focus(transcript::id()));
        }
        Do::FocusNotes => {
            ui.view = View::Talk;
            ctx.memory_mut(|memory| memory.request_focus(pins::notes_id()));
        }
        Do::Fill(n, text) => {
            if let Some(draft) = ui.fields.get_mut(n) {
                draft.fill(&text);
            }
            for typed in ui.typed() {
                live.act(typed);
            }
        }
        Do::Leave => ui.left = true,
        Do::Export => ui.said = Some(super::overlays::export(ctx, live, library)),
    }
}

/// What is typed is known to the call before anything else is done.
fn act(live: &mut Live, ui: &mut CallUi, action: Action) {
    let typing = matches!(action, Action::Field { .. } | Action::Note(_));
    if !typing {
        for typed in ui.typed() {
            live.act(typed);
        }
    }
    ui.outcome.after(&action);
    match &action {
        Action::Transfer { .. } | Action::EndEarly => ui.over = None,
        Action::Resume if ui.over == Some(Over::Hold) => ui.over = None,
        Action::AskClinician { .. } => ui.question.clear(),
        _ => {}
    }
    live.act(action);
}

fn say_freely(live: &mut Live, library: &Library, ui: &mut CallUi, text: String) {
    match library.index.resolve(&text, &library.standards.marking.matcher) {
        Resolution::Understood { utterance, .. } => {
            let resolved = library.standards.bank.get(utterance).map(|u| u.id.clone());
            ui.ask.typed.clear();
            act(live, ui, Action::SayFree { text, resolved });
        }
        Resolution::Unclear { nearest } if nearest.is_empty() => {
            ui.ask.typed.clear();
            act(live, ui, Action::SayFree { text, resolved: None });
        }
        Resolution::Unclear { nearest } => {
            ui.ask.unclear = Some((text, nearest));
            ui.ask.chosen = 0;
        }
    }
}

fn open(live: &mut Live, ui: &mut CallUi, over: Over) {
    match &over {
        Over::Hold if !live.call().state().held => act(live, ui, Action::Hold),
        Over::OnFile(what) => act(live, ui, Action::LookUp(*what)),
        Over::Transfer => {
            for typed in ui.typed() {
                live.act(typed);
            }
            prefill(live, ui);
        }
        _ => {}
    }
    ui.over = Some(over);
}

/// The form begins with what was pinned and noted.
fn prefill(live: &Live, ui: &mut CallUi) {
    if ui.sbar != Sbar::default() {
        return;
    }
    let pinned = |slot| pins::texts(live, slot).collect::<Vec<_>>().join("\n");
    ui.sbar = Sbar {
        situation: pinned(Slot::Situation),
        background: pinned(Slot::Background),
        assessment: pinned(Slot::Assessment),
        recommendation: pinned(Slot::Recommendation),
    };
    let notes = ui.notes.text.trim();
    if !notes.is_empty() {
        let gap = if ui.sbar.assessment.is_empty() { "" } else { "\n" };
        ui.sbar.assessment = format!("{}{gap}{notes}", ui.sbar.assessment);
    }
    // The first field of the contact record is where the patient is.
    let place = ui.fields.first().map_or("", |draft| draft.text.trim());
    if !place.is_empty() {
        let gap = if ui.sbar.situation.is_empty() { "" } else { "\n" };
        ui.sbar.situation = format!("{}{gap}At {place}", ui.sbar.situation);
    }
    debug_assert_eq!(contact::ORDER_BEGINS_WITH, crate::standards::FieldName::Location);
}
