//! Second panel: the directory. One works down the list, and says why one passes over what stands above.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{self, ScrollArea, Ui};

use super::super::state::{CallUi, Do};
use super::state::Outcome;
use super::{place, roving, service};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::{Id, Refer};

pub fn directory_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    ScrollArea::vertical().id_salt("refer").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 4.0);
        let say = |ui: &mut Ui, words: &str| drop(roving::words(ui, words, text::regular(text::BODY), p.text2));
        let decided = call.state().decision.as_ref();
        let disposition = decided.and_then(|d| call.script().standards.disposition(&d.disposition));
        let Some(disposition) = disposition else {
            return say(ui, "Decide first. What is found here follows from it.");
        };
        match disposition.refer {
            Refer::Dispatch => return dispatched_ui(ui),
            Refer::Nothing => return say(ui, "This outcome needs no service. Go on to the advice."),
            Refer::Search => {}
        }
        let open = call.state().accepted.is_none();
        let waits_for = if open { place::place_ui(ui, live, state, todo) } else { None };
        match &call.state().listed {
            None => {
                say(ui, "Finds services that are open and able within the window, best placed first.");
                let search = roving::steady(ui, "search", |ui| widgets::primary(ui, "Search the directory"));
                state.outcome.land(live, &search);
                match (search.clicked(), waits_for) {
                    (true, Some(field)) => ui.memory_mut(|memory| memory.request_focus(field)),
                    (true, None) => todo.push(Do::Act(Action::Search)),
                    (false, _) => {}
                }
            }
            Some(listed) => listed_ui(ui, live, listed, &mut state.outcome, todo),
        }
    });
}

fn dispatched_ui(ui: &mut Ui) {
    let p = Palette::of(ui);
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let title = format!("{}  Arranged with the outcome", icons::CHECK);
        ui.label(rich(title, text::bold(text::BODY), p.text));
        roving::words(ui, "Help is on its way to them: nothing to search.", text::regular(text::BODY), p.text2);
    });
}

fn listed_ui(ui: &mut Ui, live: &Live, listed: &[Id], state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    let standards = &call.script().standards;
    if call.state().gap {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            let words = if listed.is_empty() {
                "Nothing open in this window. This is noted as a gap."
            } else {
                "Nothing open in this window. Below is what is always there; the gap is noted."
            };
            ui.label(rich(format!("{}  {words}", icons::INFO), text::regular(text::BODY), p.text));
        });
    }
    go_on_choosing(live, state, todo);
    let disposition = call.state().decision.as_ref().and_then(|d| standards.disposition(&d.disposition));
    let results = disposition.and_then(|d| call.query(d, d.need.as_ref()?).ok());
    // The keyboard comes back to where it was, or to the first that is still open.
    let open = |id: &Id| !call.state().rejected.iter().any(|r| r.service == *id);
    let last = state.service.clone().filter(|id| listed.contains(id) && open(id));
    let home = last.or_else(|| listed.iter().find(|id| open(id)).cloned());
    service::keys(ui, listed, state);
    hint_ui(ui, listed, call.state().accepted.is_none());
    widgets::part(ui, Role::List, "", |ui| {
        for (n, id) in listed.iter().enumerate() {
            let Some(service) = standards.service(id) else { continue };
            let found = results.as_ref().and_then(|results| {
                results.found.iter().find(|f| standards.directory.services.get(f.service).is_some_and(|s| s.id == *id))
            });
            let here = home.as_ref() == Some(id) && call.state().accepted.is_none();
            widgets::part(ui, Role::ListItem, "", |ui| {
                service::service_ui(ui, live, n, service, found, here, state, todo);
            });
        }
    });
    if listed.is_empty() || call.state().accepted.is_none() {
        let again = roving::steady(ui, "search again", |ui| widgets::chip(ui, false, "Search again"));
        if listed.is_empty() {
            state.land(live, &again);
        }
        if again.on_hover_text("What was offered or rejected is forgotten").clicked() {
            todo.push(Do::Act(Action::Search));
        }
    }
}

/// The keys of a service that has the keyboard; the row is there always, so that nothing jumps.
fn hint_ui(ui: &mut Ui, listed: &[Id], open: bool) {
    let focused = ui.memory(|memory| memory.focused());
    if !open {
        return;
    }
    let words = if listed.iter().any(|id| Some(card_id(id)) == focused) {
        let key = |command| keys::words(ui.ctx(), command);
        format!("{} offers it, {} rejects it, arrows move", key(Command::Offer), key(Command::Reject))
    } else {
        "Open and able within the window, best placed first".to_owned()
    };
    widgets::caption(ui, &words);
}

/// Whatever stands above a service and has not been rejected.
pub fn first_above(live: &Live, service: &Id) -> Option<Id> {
    let state = live.call().state();
    let listed = state.listed.as_ref()?;
    let above = listed.iter().take_while(|id| *id != service);
    above.into_iter().find(|id| !state.rejected.iter().any(|r| r.service == **id)).cloned()
}

/// A service was chosen: reasons for those above it, one by one, and then it is referred to.
fn go_on_choosing(live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    if live.busy() {
        return;
    }
    let Some(service) = state.choosing.clone() else { return };
    match first_above(live, &service) {
        Some(first) if state.rejecting.as_ref() != Some(&first) => {
            state.reject(&first);
            state.choosing = Some(service);
            state.land = false;
        }
        Some(_) => {}
        None => {
            state.choosing = None;
            todo.push(Do::Act(Action::Accept(service)));
        }
    }
}

/// Id of the card of a service.
pub fn card_id(service: &Id) -> egui::Id {
    egui::Id::new("service").with(&**service)
}
