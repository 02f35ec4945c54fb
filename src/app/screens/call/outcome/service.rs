//! One service of the list: what it is, and what was said about it. `O` offers it, `R` rejects it.

use bevy_egui::egui::{self, Align, Color32, Key, Layout, Sense, Stroke, StrokeKind, Ui, UiBuilder};

use super::super::state::Do;
use super::directory::card_id;
use super::state::Outcome;
use super::{reject, roving, service_facts};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::directory::Found;
use crate::call::{Action, Event};
use crate::standards::{Id, Service};

/// How it stands with a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Open,
    /// Offered, and not answered yet.
    Asking,
    Agreed,
    Declined,
    Rejected,
    Accepted,
    /// Another one has been accepted.
    Past,
}

fn stands(live: &Live, id: &Id) -> Stands {
    let call = live.call();
    let state = call.state();
    if state.accepted.as_ref() == Some(id) {
        return Stands::Accepted;
    }
    if state.rejected.iter().any(|r| r.service == *id) {
        return Stands::Rejected;
    }
    if state.accepted.is_some() {
        return Stands::Past;
    }
    let Some((_, accepts)) = state.offered.iter().find(|(offered, _)| offered == id) else { return Stands::Open };
    // The answer is known when it has been heard.
    let events = call.events();
    let offered = events.iter().rposition(|e| matches!(&e.event, Event::Offered { service, .. } if service == id));
    let heard = events[..offered.unwrap_or(0)].iter().rev().find_map(|e| match e.event {
        Event::Line { until, .. } => Some(until),
        _ => None,
    });
    match (heard.is_none_or(|until| until <= live.clock()), accepts) {
        (false, _) => Stands::Asking,
        (true, true) => Stands::Agreed,
        (true, false) => Stands::Declined,
    }
}

/// Arrow keys go from service to service.
pub fn keys(ui: &Ui, listed: &[Id], state: &mut Outcome) {
    let cards: Vec<egui::Id> = listed.iter().map(card_id).collect();
    let mut here = state.service.as_ref().map(card_id);
    roving::rove(ui, &cards, &mut here);
    if let Some(place) = here.and_then(|id| cards.iter().position(|card| *card == id)) {
        state.service = listed.get(place).cloned();
    }
}

#[allow(clippy::too_many_arguments, reason = "each is what a card shows or can do")]
pub fn service_ui(
    ui: &mut Ui,
    live: &Live,
    n: usize,
    service: &Service,
    found: Option<&Found>,
    home: bool,
    state: &mut Outcome,
    todo: &mut Vec<Do>,
) {
    let p = Palette::of(ui);
    let stands = stands(live, &service.id);
    let builder = UiBuilder::new().id(card_id(&service.id)).sense(Sense::FOCUSABLE);
    let card = ui.scope_builder(builder, |ui| {
        let mut frame = widgets::card(ui);
        if stands == Stands::Accepted {
            frame = frame.stroke(Stroke::new(2.0, p.accent));
        }
        if matches!(stands, Stands::Rejected | Stands::Past) {
            frame = frame.fill(Color32::TRANSPARENT);
        }
        frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            let beside = ui.available_width() >= 330.0;
            if beside {
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                    ui.allocate_ui_with_layout(
                        egui::vec2(104.0, 0.0),
                        Layout::top_down_justified(Align::Center),
                        |ui| {
                            buttons_ui(ui, live, service, stands, state, todo);
                        },
                    );
                    ui.vertical(|ui| words_ui(ui, live, n, service, found, stands));
                });
                rest_ui(ui, live, service, found, stands);
            } else {
                words_ui(ui, live, n, service, found, stands);
                rest_ui(ui, live, service, found, stands);
                ui.horizontal_wrapped(|ui| buttons_ui(ui, live, service, stands, state, todo));
            }
            if state.rejecting.as_ref() == Some(&service.id) && stands != Stands::Rejected {
                reject::reject_ui(ui, live, service, state, todo);
            }
        });
        name_card(ui, n, service, stands);
    });
    let card = card.response;
    if home {
        state.land(live, &card);
    }
    if state.fresh_card && state.service.as_ref() == Some(&service.id) {
        state.fresh_card = false;
        card.request_focus();
    }
    if card.has_focus() {
        state.service = Some(service.id.clone());
        if card.gained_focus() {
            ui.scroll_to_rect(card.rect, None);
        }
        ui.painter().rect_stroke(card.rect.expand(2.0), 10, Stroke::new(2.0, p.accent), StrokeKind::Outside);
        card_keys(ui, service, stands, state, todo);
    }
}

fn name_card(ui: &Ui, n: usize, service: &Service, stands: Stands) {
    let says = format!("{}. {}{}", n + 1, service.name, if stands == Stands::Open { "" } else { ", " });
    let says = format!("{says}{}", words(stands).to_lowercase());
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(egui::accesskit::Role::Group);
        node.set_label(says);
    });
}

fn words(stands: Stands) -> &'static str {
    match stands {
        Stands::Open | Stands::Past => "",
        Stands::Asking => "Offering it…",
        Stands::Agreed => "They agree",
        Stands::Declined => "They would rather not",
        Stands::Rejected => "Rejected",
        Stands::Accepted => "Chosen",
    }
}

fn words_ui(ui: &mut Ui, live: &Live, n: usize, service: &Service, found: Option<&Found>, stands: Stands) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 3.0;
    let color = if matches!(stands, Stands::Rejected | Stands::Past) { p.text2 } else { p.text };
    roving::words(ui, format!("{}. {}", n + 1, service.name), text::bold(15.5), color);
    service_facts::facts_ui(ui, live, service, found);
}

/// What has to be read, and what came of it.
fn rest_ui(ui: &mut Ui, live: &Live, service: &Service, found: Option<&Found>, stands: Stands) {
    let p = Palette::of(ui);
    if !matches!(stands, Stands::Rejected | Stands::Past) {
        service_facts::notes_ui(ui, service, found);
    }
    if stands == Stands::Rejected {
        let call = live.call();
        let rejected = call.state().rejected.iter().find(|r| r.service == service.id);
        let why = rejected.and_then(|r| call.script().standards.reject_reason(r.reason)).map_or("", |r| &*r.name);
        let comment = rejected.map_or("", |r| &*r.comment);
        let gap = if comment.is_empty() { "" } else { ": " };
        let words = format!("{}  Rejected: {}{gap}{comment}", icons::PROHIBIT, why.to_lowercase());
        roving::words(ui, words, text::regular(14.0), p.text2);
    } else if matches!(stands, Stands::Asking | Stands::Agreed | Stands::Declined) {
        let icon = match stands {
            Stands::Agreed => icons::CHECK,
            Stands::Declined => icons::X,
            _ => icons::CHAT_CENTERED_TEXT,
        };
        let label = ui.label(rich(format!("{icon}  {}", words(stands)), text::bold(14.0), p.text));
        ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
}

fn buttons_ui(ui: &mut Ui, live: &Live, service: &Service, stands: Stands, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 5.0;
    let button = |ui: &mut Ui, words: &str| {
        let response = widgets::button(ui, words);
        let first = words.split(' ').next().unwrap_or(words);
        widgets::named(ui, &response, &format!("{first} {}", service.name));
        response.clicked()
    };
    match stands {
        Stands::Past => {}
        Stands::Accepted => {
            widgets::badge(ui, &format!("{} Chosen", icons::CHECK), p.on_accent, p.accent);
            if button(ui, "Change") {
                state.ask_to_change(None);
            }
        }
        Stands::Rejected => {
            if live.call().state().accepted.is_none() && button(ui, "Undo") {
                undo(live, service, todo);
            }
        }
        Stands::Open | Stands::Asking | Stands::Agreed | Stands::Declined => {
            if stands == Stands::Agreed {
                let choose = widgets::primary(ui, "Choose");
                widgets::named(ui, &choose, &format!("Choose {}", service.name));
                if choose.gained_focus() {
                    choose.scroll_to_me(None);
                }
                if choose.clicked() {
                    choose_it(service, state);
                }
            } else if stands == Stands::Asking {
                // Its place is kept: a second click must not hit what would move there.
                ui.add_enabled(false, egui::Button::new("Asking…"));
            } else if button(ui, if stands == Stands::Declined { "Offer again" } else { "Offer" }) {
                offer(service, state, todo);
            }
            let open = state.rejecting.as_ref() == Some(&service.id);
            if button(ui, &format!("Reject {}", if open { icons::CARET_UP } else { icons::CARET_DOWN })) {
                if open { state.close() } else { state.reject(&service.id) }
            }
        }
    }
}

fn choose_it(service: &Service, state: &mut Outcome) {
    state.stop_rejecting();
    state.choosing = Some(service.id.clone());
}

/// The button goes while they are asked: the keyboard stays with the card.
fn offer(service: &Service, state: &mut Outcome, todo: &mut Vec<Do>) {
    state.service = Some(service.id.clone());
    state.fresh_card = true;
    todo.push(Do::Act(Action::Offer(service.id.clone())));
}

/// The engine forgets rejections by searching again: the others are said again.
fn undo(live: &Live, service: &Service, todo: &mut Vec<Do>) {
    todo.push(Do::Act(Action::Search));
    for rejection in live.call().state().rejected.iter().filter(|r| r.service != service.id) {
        let (service, comment) = (rejection.service.clone(), rejection.comment.to_string());
        todo.push(Do::Act(Action::Reject { service, reason: rejection.reason, comment }));
    }
}

fn card_keys(ui: &Ui, service: &Service, stands: Stands, state: &mut Outcome, todo: &mut Vec<Do>) {
    let open = matches!(stands, Stands::Open | Stands::Agreed | Stands::Declined);
    if open && keys::pressed(ui.ctx(), Command::Offer) {
        offer(service, state, todo);
    }
    // While they are being asked a letter is not a rejection: somebody may be typing advice already.
    if open && keys::pressed(ui.ctx(), Command::Reject) {
        state.reject(&service.id);
    }
    if stands == Stands::Agreed && roving::pressed(ui, Key::Enter) {
        choose_it(service, state);
    }
}
