//! Making a call set: calls on the left, what goes with them on the right.

use std::cell::RefCell;

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{self, Ui};

use super::HandingAction;
use super::make::Draft;
use super::page::HandingModel;
use crate::app::keys::{self, Command};
use crate::app::library::{Entry, call_number, difficulty};
use crate::app::screens::parts::{count, fixed_columns, said_ui, toggle};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::records::Mode;
use crate::sharing::call_set::Order;
use crate::standards::Id;

/// How many calls are shown at first, and how many more each time.
const PAGE: usize = 20;

/// Both columns.
pub fn out_ui(ui: &mut Ui, model: &HandingModel, draft: &mut Draft) -> Option<HandingAction> {
    let room = ui.available_width();
    if room < 860.0 {
        widgets::in_panel(ui, |ui| calls_ui(ui, model, draft));
        let made = widgets::in_panel(ui, |ui| chosen_ui(ui, model, draft));
        return made.or(widgets::in_panel(ui, |ui| file_ui(ui, model, draft)));
    }
    let side = (room * 0.45).clamp(400.0, 560.0);
    let draft = RefCell::new(draft);
    let calls = |ui: &mut Ui| {
        widgets::in_panel(ui, |ui| calls_ui(ui, model, &mut draft.borrow_mut()));
        None
    };
    let beside = |ui: &mut Ui| {
        let made = widgets::in_panel(ui, |ui| chosen_ui(ui, model, &mut draft.borrow_mut()));
        made.or(widgets::in_panel(ui, |ui| file_ui(ui, model, &mut draft.borrow_mut())))
    };
    fixed_columns(ui, side, false, calls, beside)
}

/// "0412" and, of a variant, its name.
fn short(entry: &Entry, variant: Option<&Id>) -> String {
    let number = call_number(entry.scenario.number);
    variant.map_or_else(|| format!("{number}, as written"), |variant| format!("{number}, {variant}"))
}

fn calls_ui(ui: &mut Ui, model: &HandingModel, draft: &mut Draft) {
    let p = Palette::of(ui);
    widgets::title(ui, "Calls", "a call or one of its variants; who takes them sees number and caller alone");
    let id = egui::Id::new("call for a set");
    let hint = format!("Number, caller or title ({})", keys::words(ui.ctx(), Command::Find));
    widgets::field(ui, id, &mut draft.search, "Find a call", &hint);
    if keys::pressed(ui.ctx(), Command::Find) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let wanted = draft.search.trim().to_lowercase();
    let fits = |entry: &&Entry| {
        let call = &entry.scenario;
        let open = draft.role.as_ref().is_none_or(|role| call.roles.contains(role));
        let texts = [&call.title, &call.caller.name.to_string(), &format!("{:04}", call.number)];
        open && (wanted.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(&wanted)))
    };
    let found: Vec<&Entry> = model.library.entries.iter().filter(fits).collect();
    if found.is_empty() {
        ui.label(rich("No call fits.", text::regular(text::BODY), p.text2));
    }
    widgets::part(ui, Role::List, "", |ui| {
        for entry in found.iter().take(PAGE + draft.more) {
            ui.separator();
            widgets::part(ui, Role::ListItem, "", |ui| call_ui(ui, entry, draft));
        }
    });
    let rest = found.len().saturating_sub(PAGE + draft.more);
    if rest > 0 {
        ui.separator();
        if widgets::button(ui, &format!("Show {} more of {rest}", rest.min(PAGE))).clicked() {
            draft.more += PAGE;
        }
    }
}

fn call_ui(ui: &mut Ui, entry: &Entry, draft: &mut Draft) {
    let p = Palette::of(ui);
    let call = &entry.scenario;
    let title = format!("{} · {}", call_number(call.number), call.caller.name);
    ui.label(rich(title, text::bold(text::BODY), p.text));
    let draft_words = if call.is_reviewed() { "" } else { " · draft, not clinically reviewed" };
    let about = format!("{} · {}{draft_words}", call.title, difficulty(call.difficulty));
    ui.add(egui::Label::new(rich(about, text::regular(text::CAPTION), p.text3)).wrap());
    ui.horizontal_wrapped(|ui| {
        let variants = std::iter::once(None).chain(call.variants.iter().map(|variant| Some(&variant.id)));
        for variant in variants {
            let words = variant.map_or("As written", |id| &**id);
            let on = draft.has(&call.id, variant);
            let pill = toggle(ui, on, words);
            widgets::named(ui, &pill, &short(entry, variant));
            if pill.clicked() {
                draft.flip(&call.id, variant);
                draft.said = None;
            }
        }
    });
}

/// Moves of the list of chosen calls.
enum Move {
    Up(usize),
    Down(usize),
    Out(usize),
}

fn chosen_ui(ui: &mut Ui, model: &HandingModel, draft: &mut Draft) -> Option<HandingAction> {
    let p = Palette::of(ui);
    widgets::title(ui, "In the set", &count(draft.calls.len(), "call", "calls"));
    if draft.calls.is_empty() {
        ui.label(rich("Nothing yet. Choose calls from the list.", text::regular(text::BODY), p.text2));
    }
    let mut made = None;
    let last = draft.calls.len().saturating_sub(1);
    widgets::part(ui, Role::List, "", |ui| {
        for (place, (slug, variant)) in draft.calls.iter().enumerate() {
            let Some(entry) = model.library.by_slug(slug) else { continue };
            let name = short(entry, variant.as_ref());
            widgets::part(ui, Role::ListItem, "", |ui| {
                ui.horizontal_top(|ui| {
                    let moves = [
                        (icons::CARET_UP, "up", place > 0, Move::Up(place)),
                        (icons::CARET_DOWN, "down", place < last, Move::Down(place)),
                        (icons::X, "out", true, Move::Out(place)),
                    ];
                    for (icon, way, can, its) in moves {
                        let button = ui.add_enabled_ui(can, |ui| widgets::button(ui, icon)).inner;
                        let says = if way == "out" { format!("Take {name} out") } else { format!("Move {name} {way}") };
                        widgets::named(ui, &button, &says);
                        if button.clicked() {
                            made = Some(its);
                        }
                    }
                    // Beside the buttons, in as many lines as it needs.
                    let words = format!("{}. {name} · {}", place + 1, entry.scenario.title);
                    ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap());
                });
            });
        }
    });
    match made {
        Some(Move::Up(place)) => draft.calls.swap(place, place - 1),
        Some(Move::Down(place)) => draft.calls.swap(place, place + 1),
        Some(Move::Out(place)) => _ = draft.calls.remove(place),
        None => {}
    }
    widgets::caption(ui, "Order");
    ui.horizontal_wrapped(|ui| {
        let orders = [(Order::AsListed, "As listed"), (Order::Shuffled, "Shuffled, each person another order")];
        for (order, words) in orders {
            if widgets::choice(ui, draft.order == order, words).clicked() {
                draft.order = order;
            }
        }
    });
    None
}

fn file_ui(ui: &mut Ui, model: &HandingModel, draft: &mut Draft) -> Option<HandingAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::title(ui, "How it is taken", "");
    widgets::caption(ui, "Name");
    widgets::field(ui, egui::Id::new("set name"), &mut draft.name, "Name of the set", "Winter refresher");
    widgets::caption(ui, "Role");
    ui.horizontal_wrapped(|ui| {
        if widgets::choice(ui, draft.role.is_none(), "Each in their own role").clicked() {
            draft.role = None;
        }
        for role in &model.library.standards.roles.roles {
            if widgets::choice(ui, draft.role.as_ref() == Some(&role.id), &role.name).clicked() {
                draft.role = Some(role.id.clone());
            }
        }
    });
    widgets::caption(ui, "Feedback");
    ui.horizontal_wrapped(|ui| {
        for (mode, words) in [(Mode::Coach, "Coach"), (Mode::Exam, "Exam")] {
            if widgets::choice(ui, draft.mode == mode, words).clicked() {
                draft.mode = mode;
            }
        }
    });
    widgets::caption(ui, "Due, the last day on which it should come back");
    widgets::field(ui, egui::Id::new("set due"), &mut draft.due, "Due", "2026-12-11, or nothing");
    widgets::caption(ui, "A note, which makes a hot-topic pack of it: what everybody should know before");
    widgets::area(ui, egui::Id::new("set note"), &mut draft.note, 4, "Note", "");
    widgets::caption(ui, "From");
    widgets::field(ui, egui::Id::new("set by"), &mut draft.by, "Who hands it out", "");
    let in_browser = cfg!(target_arch = "wasm32");
    if !in_browser {
        widgets::caption(ui, "File");
        widgets::field(ui, egui::Id::new("set file"), &mut draft.file, "File of the set", "");
    }
    ui.horizontal_wrapped(|ui| {
        let words = if in_browser { "Download the call set" } else { "Write the call set" };
        let ready = !model.busy && !draft.calls.is_empty() && !draft.name.trim().is_empty();
        if ui.add_enabled_ui(ready, |ui| widgets::primary(ui, words)).inner.clicked() {
            action = Some(HandingAction::WriteSet);
        }
        let choose = |ui: &mut Ui| widgets::button(ui, "Choose where to write…");
        if !in_browser && ui.add_enabled_ui(!model.busy, choose).inner.clicked() {
            action = Some(HandingAction::ChooseSet);
        }
    });
    if draft.calls.is_empty() || draft.name.trim().is_empty() {
        ui.label(rich("It needs a name, and at least one call.", text::regular(text::CAPTION), p.text2));
    }
    said_ui(ui, draft.said.as_ref());
    action
}
