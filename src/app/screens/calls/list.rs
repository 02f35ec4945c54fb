//! The screen of calls: what can be taken and how, what was taken, and what was left.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Id, Ui};

use super::card::card_ui;
use super::how::{how_in_short_ui, how_ui};
use super::model::CallsModel;
use super::taken::taken_ui;
use super::waiting::waiting_ui;
use super::{CallsAction, Filter, Tab};
use crate::app::keys::{self, Command};
use crate::app::screens::parts::{Bar, count, fixed_columns, screen_ui, tag, toggle};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// The whole screen.
pub fn calls_ui(ui: &mut Ui, model: &CallsModel, filter: &mut Filter) -> Option<CallsAction> {
    let bar = Bar {
        title: "Calls",
        beside: &format!("{}, by number and caller", count(model.offers.calls.len(), "call", "calls")),
    };
    let right = |ui: &mut Ui| {
        tag(ui, icons::GRADUATION_CAP, "Training simulation, not clinical decision support");
        None
    };
    screen_ui(ui, &bar, right, |ui| {
        let action = notices_ui(ui, model);
        let room = ui.available_width();
        let made = if room >= 860.0 {
            let side = (room * 0.3).clamp(280.0, 400.0);
            let lists = |ui: &mut Ui| lists_ui(ui, model, filter);
            // The role and a call that waits come before twenty calls to be started, by keyboard as well.
            fixed_columns(ui, side, true, lists, |ui| waiting_ui(ui, model).or(how_ui(ui, model)))
        } else {
            let made = waiting_ui(ui, model);
            let made = made.or(how_in_short_ui(ui, model, filter));
            made.or(lists_ui(ui, model, filter))
        };
        action.or(made)
    })
}

/// Where one looks for a call.
pub fn search_id() -> Id {
    Id::new("find a call")
}

fn notices_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    if let Some(why) = model.saving_is_off {
        widgets::notice(ui, p.safety, p.safety_soft, |ui| {
            let words = format!("Saving is off: {why}. You can take a call; export it before you leave.");
            ui.label(rich(words, text::regular(text::BODY), p.text));
        });
        ui.add_space(6.0);
    }
    if let Some(trouble) = &model.past.trouble {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(rich(trouble, text::regular(text::BODY), p.text));
                if widgets::button(ui, "All right").clicked() {
                    action = Some(CallsAction::TroubleSeen);
                }
            });
        });
        ui.add_space(6.0);
    }
    action
}

fn lists_ui(ui: &mut Ui, model: &CallsModel, filter: &mut Filter) -> Option<CallsAction> {
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let taken = model.past.own(model.who).count();
            let all = format!("All calls, {}", model.offers.calls.len());
            if widgets::choice(ui, filter.tab == Tab::All, &all).clicked() {
                filter.tab = Tab::All;
            }
            if widgets::choice(ui, filter.tab == Tab::Taken, &format!("Taken, {taken}")).clicked() {
                filter.tab = Tab::Taken;
            }
            if let Some(handed_over) = &model.handed_over {
                let words = format!("Handed over, {}", handed_over.len());
                if widgets::choice(ui, filter.tab == Tab::HandedOver, &words).clicked() {
                    filter.tab = Tab::HandedOver;
                }
            } else if filter.tab == Tab::HandedOver {
                filter.tab = Tab::All;
            }
        });
        let find = widgets::field(ui, search_id(), &mut filter.search, "Find a call", "Number or caller");
        if keys::pressed(ui.ctx(), Command::Find) {
            find.request_focus();
        }
        action = match filter.tab {
            Tab::All => all_ui(ui, model, filter),
            Tab::Taken | Tab::HandedOver => taken_ui(ui, model, filter),
        };
    });
    action
}

fn all_ui(ui: &mut Ui, model: &CallsModel, filter: &mut Filter) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let mut flip = |on: &mut bool, words: &str| {
            if toggle(ui, *on, words).clicked() {
                *on = !*on;
            }
        };
        flip(&mut filter.open_to_role, "Open to my role");
        flip(&mut filter.new_to_me, "New to me");
        flip(&mut filter.due, "Due");
        for note in model.notes() {
            let mut without = filter.without.contains(note);
            flip(&mut without, &format!("Without {}", note.to_lowercase()));
            if without {
                filter.without.insert(note);
            } else {
                filter.without.remove(note);
            }
        }
        flip(&mut filter.by_number, "In order of number");
    });
    let shown = model.offers(filter);
    if shown.is_empty() {
        let words = match () {
            () if model.offers.calls.is_empty() => "There are no calls here yet.",
            () if filter.due && filter.search.trim().is_empty() => "Nothing due. Take any call, or stop here.",
            () => "No call fits. Take a filter away, or search for another number or caller.",
        };
        ui.add_space(4.0);
        ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
    }
    widgets::part(ui, Role::List, "", |ui| {
        for offer in shown {
            ui.separator();
            let card = widgets::part(ui, Role::ListItem, "", |ui| card_ui(ui, model, offer));
            action = action.take().or(card);
        }
    });
    action
}
