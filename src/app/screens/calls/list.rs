//! The screen of calls: what can be taken and how, what was taken, and what was left.

use bevy_egui::egui::{self, Frame, Id, Layout, Margin, ScrollArea, Ui, vec2};

use super::card::card_ui;
use super::how::how_ui;
use super::model::CallsModel;
use super::taken::taken_ui;
use super::waiting::waiting_ui;
use super::{CallsAction, Filter, Tab};
use crate::app::screens::parts::{count, header_ui, tag, toggle};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// The whole screen.
pub fn calls_ui(ui: &mut Ui, model: &CallsModel, filter: &mut Filter) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let calls = count(model.offers.calls.len(), "call", "calls");
    let beside = format!("{calls}, by number and caller, never by what about");
    header_ui(ui, "Calls", &beside, |ui| {
        tag(ui, icons::GRADUATION_CAP, "Training simulation, not clinical decision support");
    });
    let body = Frame::new().fill(p.bg0).inner_margin(Margin { left: 20, right: 12, top: 14, bottom: 0 });
    egui::CentralPanel::default().frame(body).show(ui, |ui| {
        ScrollArea::vertical().id_salt("calls").auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 8.0);
            action = action.take().or(notices_ui(ui, model));
            let room = ui.available_width();
            if room >= 860.0 {
                let side = (room * 0.3).clamp(280.0, 400.0);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 14.0;
                    column(ui, room - side - 14.0, |ui| action = action.take().or(lists_ui(ui, model, filter)));
                    column(ui, side, |ui| action = action.take().or(side_ui(ui, model)));
                });
            } else {
                action = action.take().or(side_ui(ui, model));
                ui.add_space(6.0);
                action = action.take().or(lists_ui(ui, model, filter));
            }
            ui.add_space(10.0);
        });
    });
    action
}

fn column(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        contents(ui);
    });
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

fn side_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let waiting = waiting_ui(ui, model);
    waiting.or(how_ui(ui, model))
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
        });
        widgets::field(ui, Id::new("find a call"), &mut filter.search, "Find a call", "Number or caller");
        action = match filter.tab {
            Tab::All => all_ui(ui, model, filter),
            Tab::Taken => taken_ui(ui, model, filter),
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
    for offer in shown {
        ui.separator();
        action = action.take().or(card_ui(ui, model, offer));
    }
    action
}
