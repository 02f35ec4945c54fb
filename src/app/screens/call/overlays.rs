//! What lies over the call: hold, transfer, records on file, breaking off, pause, and warnings.

use std::path::PathBuf;

use bevy_egui::egui::{self, Align2, Frame, Margin, Ui, vec2};

use super::state::{CallUi, Do, Over};
use crate::app::library::{Library, call_number};
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Event, LookUp};
use crate::records::exchange::write_one;

/// Saving has failed: said as long as it is so.
pub fn warning_ui(ui: &mut Ui, live: &Live, state: &CallUi, todo: &mut Vec<Do>) {
    let Some(why) = &live.unsaved else { return };
    let p = Palette::of(ui);
    egui::Panel::top("warning")
        .frame(Frame::new().inner_margin(Margin::symmetric(12, 6)))
        .show_separator_line(false)
        .show(ui, |ui| {
            widgets::notice(ui, p.safety, p.safety_soft, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(format!(
                        "This call is not being saved: {why}. It goes on in memory; export it before you leave."
                    ));
                    if widgets::button(ui, "Export").clicked() {
                        todo.push(Do::Export);
                    }
                    if let Some(said) = &state.said {
                        ui.label(said);
                    }
                });
            });
        });
}

pub fn overlays_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    if live.over() && live.unsaved.is_some() {
        over(ui, "not kept", 480.0, |ui| {
            widgets::title(ui, "The call is over", "and has not been kept");
            ui.label(state.said.as_deref().unwrap_or("Export it now if you want to keep it."));
            ui.horizontal(|ui| {
                if first(ui, "Export the call") {
                    todo.push(Do::Export);
                }
                if widgets::button(ui, "To the debrief").clicked() {
                    todo.push(Do::Leave);
                }
            });
        });
        return;
    }
    if live.paused() {
        over(ui, "paused", 380.0, |ui| {
            widgets::title(ui, "Paused", "call time stands still");
            if first(ui, "Go on (F9)") {
                todo.push(Do::Pause);
            }
        });
        return;
    }
    match state.over.clone() {
        None => {}
        Some(Over::Hold) => over(ui, "hold", 520.0, |ui| hold_ui(ui, live, state, todo)),
        Some(Over::Transfer) => over(ui, "transfer", 620.0, |ui| transfer_ui(ui, live, state, todo)),
        Some(Over::BreakOff) => over(ui, "break off", 440.0, |ui| {
            widgets::title(ui, "Break the exercise off?", "");
            ui.label("The call ends here without an outcome and goes to the debrief. To leave and go on later, just close the window.");
            ui.horizontal(|ui| {
                if first(ui, "Break off") {
                    todo.push(Do::Act(Action::EndEarly));
                }
                if widgets::button(ui, "Stay in the call").clicked() {
                    todo.push(Do::CloseOver);
                }
            });
        }),
        Some(Over::OnFile(what)) => over(ui, "on file", 520.0, |ui| on_file_ui(ui, live, what, todo)),
        Some(Over::Handover) => over(ui, "handover", 560.0, |ui| {
            widgets::title(ui, "Handover", "you ring back; this is what you were given");
            let handover = live.call().script().scenario.handover.as_ref();
            ui.label(handover.map_or("", |h| h.says.as_str()));
            if first(ui, "To the call") {
                todo.push(Do::CloseOver);
            }
        }),
    }
}

/// The main button of a panel, which has the keyboard while nothing else in the panel has it.
fn first(ui: &mut Ui, words: &str) -> bool {
    let button = widgets::primary(ui, words);
    if ui.memory(|memory| memory.focused().is_none()) {
        button.request_focus();
    }
    button.clicked()
}

/// A panel in the middle, over everything else.
fn over(ui: &Ui, name: &str, width: f32, contents: impl FnOnce(&mut Ui)) {
    let frame = widgets::panel(ui).fill(Palette::of(ui).bg1).inner_margin(Margin::same(20));
    let tallest = ui.ctx().content_rect().height() - 120.0;
    egui::Modal::new(egui::Id::new(name))
        .area(egui::Modal::default_area(egui::Id::new(name)).anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0)))
        .frame(frame)
        .show(ui.ctx(), |ui| {
            ui.set_width(width);
            ui.set_max_height(tallest);
            contents(ui);
        });
}

fn hold_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    let held_since = call.events().iter().rev().find(|e| e.event == Event::Held).map_or(0, |e| e.at);
    let so_long = widgets::clock(live.clock().saturating_sub(held_since));
    widgets::title(ui, "On hold", &so_long);
    ui.label(rich(
        "The caller cannot hear you. Ask a clinician a question, or take them off hold.",
        text::regular(text::BODY),
        p.text2,
    ));
    for (by, words) in since(live, held_since) {
        ui.label(rich(format!("{by}: {words}"), text::regular(text::TRANSCRIPT), p.text));
    }
    let field = widgets::area(
        ui,
        egui::Id::new("clinician question"),
        &mut state.question,
        3,
        "Question to the clinician",
        "Your question to the clinician",
    );
    if state.question.is_empty() && !field.has_focus() && ui.memory(|m| m.focused().is_none()) {
        field.request_focus();
    }
    if let Some(refused) = &live.refused {
        ui.label(rich(super::ask_bar::sentence(&refused.to_string()), text::regular(text::BODY), p.cue));
    }
    ui.horizontal(|ui| {
        if widgets::primary(ui, "Ask").clicked() {
            todo.push(Do::Act(Action::AskClinician { question: state.question.clone() }));
        }
        if widgets::button(ui, "From my pins").clicked() {
            state.question = super::pins::summary(live, state.notes.text.trim());
        }
        if widgets::button(ui, "Take them off hold").clicked() {
            todo.push(Do::Act(Action::Resume));
        }
        if widgets::button(ui, "Skip ahead").on_hover_text("Until an answer comes").clicked() {
            todo.push(Do::Act(Action::Wait { seconds: 30 }));
        }
    });
}

/// What was said in the clinician's queue.
fn since(live: &Live, from: u32) -> Vec<(String, String)> {
    let clock = live.clock();
    let lines = live.call().state().lines.iter().filter(|l| l.from >= from && l.from <= clock);
    lines.map(|l| (super::transcript::speaker(live, &l.by), l.text.to_string())).collect()
}

fn transfer_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::title(ui, "Warm transfer", "what the clinician is told, from your pins and notes");
    if live.call().events().iter().any(|e| matches!(e.event, Event::TransferFailed { .. })) {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            ui.label("No clinician was free. The caller is still on the line: try again, or do something else.")
        });
    }
    let sbar = &mut state.sbar;
    let parts = [
        ("Situation", &mut sbar.situation),
        ("Background", &mut sbar.background),
        ("Assessment", &mut sbar.assessment),
        ("Recommendation", &mut sbar.recommendation),
    ];
    egui::ScrollArea::vertical().max_height(ui.available_height().min(430.0)).show(ui, |ui| {
        for (name, words) in parts {
            widgets::caption(ui, name);
            let field = widgets::area(ui, egui::Id::new(("sbar", name)), words, 2, name, "");
            if ui.memory(|memory| memory.focused().is_none()) {
                field.request_focus();
            }
        }
    });
    if let Some(refused) = &live.refused {
        ui.label(rich(super::ask_bar::sentence(&refused.to_string()), text::regular(text::BODY), p.cue));
    }
    ui.horizontal(|ui| {
        if widgets::primary(ui, "Hand over").clicked() {
            let sbar = state.sbar.clone();
            todo.push(Do::Act(Action::Transfer { sbar }));
        }
        if widgets::button(ui, "Not now").clicked() {
            todo.push(Do::CloseOver);
        }
    });
}

fn on_file_ui(ui: &mut Ui, live: &Live, what: LookUp, todo: &mut Vec<Do>) {
    let name = match what {
        LookUp::SpecialNotes => "Special notes",
        LookUp::PreviousContacts => "Previous contacts",
        LookUp::SummaryRecord => "Summary record",
    };
    widgets::title(ui, name, "on file for this patient");
    let found = live.call().events().iter().rev().find_map(|e| match &e.event {
        Event::LookedUp { what: looked, found } if *looked == what => Some(found),
        _ => None,
    });
    match found {
        None => drop(ui.label("Looking…")),
        Some(found) if found.is_empty() => drop(ui.label("Nothing on file.")),
        Some(found) => found.iter().for_each(|text| drop(ui.label(text.as_ref()))),
    }
    if first(ui, "Back to the call") {
        todo.push(Do::CloseOver);
    }
}

/// Writes the call so far to the first folder that takes it, and to the clipboard.
pub fn export(ctx: &egui::Context, live: &Live, library: &Library) -> String {
    let record = live.record();
    let texts = library.of(&record.head).map(|entry| entry.texts(&library.standards)).unwrap_or_default();
    let file = write_one(&record, &texts);
    let number = call_number(live.call().script().scenario.number).to_lowercase().replace(' ', "-");
    let name = format!("rightcall-{number}-{}.jsonl", &record.head.id[..8.min(record.head.id.len())]);
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let folders =
        [home.clone().map(|h| h.join("Downloads")), home, std::env::current_dir().ok(), Some(std::env::temp_dir())];
    for path in folders.into_iter().flatten().map(|folder| folder.join(&name)) {
        if std::fs::write(&path, &file).is_ok() {
            return format!("Exported to {}", path.display());
        }
    }
    ctx.copy_text(file);
    "No folder takes the export; it is on the clipboard".into()
}
