//! What the panels ask for, carried out; and the keys that work everywhere in a call.

use bevy_egui::egui;

use super::filter::Filter;
use super::state::{CallUi, Do, Over, Room, Tab, View};
use super::{ask_bar, contact, export, handing_over, hold, outcome, pins, transcript};
use crate::app::keys::{self, Command};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::call::matcher::Resolution;
use crate::call::{Action, Speaker};

/// Back to the ask bar, pause, and "refer and close" on the outcome.
pub fn keys(ctx: &egui::Context, live: &Live, ui: &mut CallUi) -> Vec<Do> {
    let mut todo = Vec::new();
    let open = ui.over.is_none() && !live.paused();
    if open && ui.view == View::Talk {
        // Nothing else has the keyboard: whoever types speaks to the caller.
        let astray = ctx.memory(|memory| memory.focused().is_none()) && types(ctx);
        if ui.fresh || astray {
            catch_words(ctx, ask_bar::id(), &mut ui.ask.typed);
        }
        ui.fresh |= astray;
    }
    if open && outcome::waits_for_reason(live, ui) {
        catch_words(ctx, outcome::reason_id(), &mut ui.outcome.reason);
    }
    if keys::pressed(ctx, Command::Pause) {
        todo.push(Do::Pause);
    }
    if !live.paused() {
        todo.extend(outcome::keys(ctx, live, ui));
    }
    // A pause is ended by its own key or buttons.
    let here = !live.paused() || ui.over == Some(Over::BreakOff);
    if here && keys::pressed(ctx, Command::AskBar) {
        // egui has taken the keyboard from the field by now.
        let asking = ctx.memory(|memory| memory.had_focus_last_frame(ask_bar::id()));
        todo.push(match ui.over {
            Some(_) => Do::CloseOver,
            None if asking && !ui.ask.is_empty() => {
                ui.ask.clear();
                Do::FocusAsk
            }
            None => Do::FocusAsk,
        });
    }
    todo
}

/// A field is about to have the keyboard: what is typed in the meantime belongs to it.
fn catch_words(ctx: &egui::Context, field: egui::Id, typed: &mut String) {
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Text(words) | egui::Event::Paste(words) => {
                typed.push_str(words);
                false
            }
            _ => true,
        });
    });
    put_cursor_at_end(ctx, field, typed);
}

/// Something is typed that is more than blanks, which press buttons.
fn types(ctx: &egui::Context) -> bool {
    ctx.input(|input| {
        input.events.iter().any(|event| match event {
            egui::Event::Text(words) | egui::Event::Paste(words) => !words.trim().is_empty(),
            _ => false,
        })
    })
}

/// Does it.
pub fn carry_out(ctx: &egui::Context, live: &mut Live, library: &Library, ui: &mut CallUi, what: Do) {
    ui.said = None;
    let focus = |id| ctx.memory_mut(|memory| memory.request_focus(id));
    match what {
        Do::Act(action) => act(live, ui, action),
        Do::SayFreely(words) => say_freely(live, library, ui, words),
        Do::View(view) => {
            ui.view = view;
            ui.over = None;
            ui.ask.filter = None;
            ui.tab = Tab::default();
            come_back(ui);
        }
        Do::SayBar(open) => {
            ui.outcome.saying = open;
            ui.outcome.fresh_ask = open;
            ui.outcome.land |= !open;
        }
        Do::Open(over) => open(ctx, live, ui, over),
        Do::CloseOver => close(live, ui),
        Do::Pause => {
            ui.over = ui.over.take().filter(|over| *over != Over::BreakOff);
            ui.breathes = false;
            if live.paused() {
                come_back(ui);
            }
            live.toggle_pause();
        }
        Do::Sound => ui.sound.pressed = true,
        Do::Breathe => {
            ui.breathes = true;
            if !live.paused() {
                live.toggle_pause();
            }
        }
        Do::Skip => live.skip(),
        Do::FocusAsk if ui.view == View::Outcome => (ui.outcome.saying, ui.outcome.fresh_ask) = (true, true),
        Do::FocusAsk => {
            to_talk(ui);
            focus(ask_bar::id());
        }
        Do::FocusTranscript => {
            to_talk(ui);
            ui.line = transcript::last_line(live);
            focus(transcript::id());
        }
        Do::FocusNotes => {
            ui.view = View::Talk;
            ui.tab = Tab::Record;
            focus(pins::notes_id());
        }
        Do::FocusField(n) => focus(contact::id(n)),
        Do::FocusRecord => {
            ui.view = View::Talk;
            ui.tab = Tab::Record;
            focus(contact::id(0));
        }
        Do::Fill(n, text) => {
            if let Some(draft) = ui.fields.get_mut(n) {
                draft.fill(&text);
            }
            for typed in ui.typed() {
                live.act(typed);
            }
        }
        Do::Read => (live.refused, ui.said) = (None, None),
        Do::Leave => ui.left = true,
        Do::Export => ui.said = Some(export::export(ctx, live, library)),
        Do::Type(words) => {
            ui.ask.clear();
            put_cursor_at_end(ctx, ask_bar::id(), &words);
            ui.ask.typed = words;
            focus(ask_bar::id());
        }
        Do::Filter(filter) => {
            list(ui, filter);
            focus(ask_bar::id());
        }
        Do::Show(tab) => {
            ui.tab = tab;
            if tab == Tab::Talk {
                focus(ask_bar::id());
            }
        }
        Do::Earlier(shown) => ui.earlier = shown,
        Do::StepOut => {
            ui.stepped_out = true;
            ui.over = None;
            if !live.paused() {
                live.toggle_pause();
            }
        }
        Do::NextStep => {
            let Some(coach) = &mut ui.coach else { return };
            match ui.view {
                View::Outcome => coach.read_outcome(),
                View::Talk => coach.next(live),
            }
            come_back(ui);
        }
        Do::NoGuide => {
            if let Some(coach) = &mut ui.coach {
                coach.dismiss();
            }
            come_back(ui);
        }
    }
}

/// Where all but the transcript is in tabs, transcript and ask bar are one of them.
fn to_talk(ui: &mut CallUi) {
    if ui.room == Room::Small {
        ui.tab = Tab::Talk;
    }
}

fn list(ui: &mut CallUi, filter: Option<Filter>) {
    ui.ask.filter = filter;
    ui.ask.chosen = 0;
    ui.ask.unclear = None;
    to_talk(ui);
}

/// What is put into a field is gone on with, not typed before.
pub fn put_cursor_at_end(ctx: &egui::Context, id: egui::Id, words: &str) {
    let mut field = egui::text_edit::TextEditState::default();
    let end = egui::text::CCursor::new(words.chars().count());
    field.cursor.set_char_range(Some(egui::text::CCursorRange::one(end)));
    field.store(ctx, id);
}

fn close(live: &mut Live, ui: &mut CallUi) {
    if ui.over.take() == Some(Over::Hold) && live.call().state().held {
        act(live, ui, Action::Resume);
    }
    come_back(ui);
}

/// The keyboard comes back to where it is used. Under a panel nothing can have it: that is in the next frame.
fn come_back(ui: &mut CallUi) {
    match ui.view {
        View::Talk => ui.fresh = true,
        View::Outcome => ui.outcome.land = true,
    }
}

/// What is typed is known to the call before anything else is done.
fn act(live: &mut Live, ui: &mut CallUi, action: Action) {
    // A second click, because nothing is heard yet, is not a second question.
    if is_waiting(live, &action) {
        return;
    }
    let typing = matches!(action, Action::Field { .. } | Action::Note(_));
    if !typing {
        for typed in ui.typed() {
            live.act(typed);
        }
    }
    ui.outcome.after(&action);
    match &action {
        // A handover that nobody takes leaves its form open, and says so there.
        Action::EndEarly | Action::Close => ui.over = None,
        Action::Resume if ui.over == Some(Over::Hold) => ui.over = None,
        Action::AskClinician { .. } => ui.question.clear(),
        _ => {}
    }
    live.act(action);
}

/// What would be said waits for its turn already.
fn is_waiting(live: &Live, action: &Action) -> bool {
    let Action::Say { utterance, .. } = action else { return false };
    let script = live.call().script();
    let waiting = live.call().state().lines.iter().rev().take_while(|line| line.from > live.clock());
    waiting.filter(|line| line.by == Speaker::Trainee).any(|line| line.utterance == script.utterance(utterance))
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

fn open(ctx: &egui::Context, live: &mut Live, ui: &mut CallUi, over: Over) {
    // What is typed from now on belongs to the panel, not to the ask bar beneath it.
    let focus = |id| ctx.memory_mut(|memory| memory.request_focus(id));
    match &over {
        Over::Hold => {
            if !live.call().state().held {
                act(live, ui, Action::Hold);
            }
            focus(hold::question_id());
        }
        Over::OnFile(what) => act(live, ui, Action::LookUp(*what)),
        Over::Transfer => {
            for typed in ui.typed() {
                live.act(typed);
            }
            handing_over::prefill(live, ui);
            focus(handing_over::part_id(handing_over::FIRST));
        }
        _ => {}
    }
    ui.over = Some(over);
}
