//! Calls that were begun and not finished: to go on with, or to throw away.

use bevy_egui::egui::Ui;

use super::model::CallsModel;
use super::{Asking, CallsAction};
use crate::app::library::number_of;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::app::when;
use crate::records::Summary;

/// The panel, where there is anything in it.
pub fn waiting_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let mut action = None;
    let own = |call: &&Summary| call.head.by.is_empty() || call.head.by == model.who;
    let left: Vec<&Summary> = model.past.unfinished.iter().filter(own).collect();
    if left.is_empty() {
        return None;
    }
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "To go on with", "");
        for (n, call) in left.into_iter().rev().enumerate() {
            if n > 0 {
                ui.separator();
            }
            action = action.take().or(call_ui(ui, model, call));
        }
    });
    action
}

fn call_ui(ui: &mut Ui, model: &CallsModel, call: &Summary) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let number = number_of(&call.head.call);
    let at = widgets::clock(call.clock);
    let id = &call.head.id;
    let in_hand = model.in_hand == Some(id);
    let day = when::here(&call.head.taken).map(|at| when::day(at.date(), model.offers.today));
    let words = match day {
        _ if in_hand => format!("{number}, in hand and paused"),
        Some(day) => format!("{number}, left at {at} · {day}"),
        None => format!("{number}, left at {at}"),
    };
    ui.label(rich(words, text::regular(text::BODY), p.text));
    if call.elsewhere {
        ui.label(rich("It is being taken in another window.", text::regular(text::CAPTION), p.text2));
        return None;
    }
    let spoken = format!("{} at {at}", number.to_lowercase());
    if *model.asking == Asking::ThrowAway(id.clone()) {
        let words = "Throw it away for good? It is not kept and not marked.";
        ui.label(rich(words, text::regular(text::BODY), p.text));
        ui.horizontal_wrapped(|ui| {
            if widgets::button(ui, "Keep it").clicked() {
                action = Some(CallsAction::Keep);
            }
            if widgets::button(ui, "Yes, throw it away").clicked() {
                action = Some(CallsAction::Away(id.clone()));
            }
        });
        return action;
    }
    ui.horizontal_wrapped(|ui| {
        let go_on = widgets::button(ui, "Go on");
        widgets::named(ui, &go_on, &format!("Go on with {spoken}"));
        if go_on.clicked() {
            action = Some(CallsAction::GoOn(id.clone()));
        }
        if !in_hand {
            let away = widgets::button(ui, "Throw away");
            widgets::named(ui, &away, &format!("Throw away {spoken}"));
            if away.clicked() {
                action = Some(CallsAction::ThrowAway(id.clone()));
            }
        }
    });
    action
}
