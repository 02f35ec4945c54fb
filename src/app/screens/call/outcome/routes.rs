//! For a role that recognises and hands over: to whom, and the routine outcomes that it may arrange by itself.

use bevy_egui::egui::Ui;

use super::super::state::{Do, Over};
use super::state::Outcome;
use super::{early, roving};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::standards::{Disposition, Permission};

pub fn routes_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let call = live.call();
    if call.state().decision.is_some() {
        return;
    }
    roving::steady(ui, "hand over", |ui| hand_over_ui(ui, live, state, todo));
    early::early_ui(ui, live, "At once", state);
    roving::steady(ui, "routine", |ui| routine_ui(ui, live, state));
}

fn hand_over_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::card(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        roving::words(ui, "You recognise and hand over", text::bold(text::PANEL_TITLE), p.text);
        let words = "Symptoms, or not sure? They go to a clinician, with what you know.";
        roving::words(ui, words, text::regular(text::BODY), p.text2);
        ui.horizontal_wrapped(|ui| {
            if live.call().role().may.contains(&Permission::Transfer) {
                let transfer = widgets::button(ui, &format!("{}  Warm transfer", icons::PHONE_TRANSFER));
                widgets::named(ui, &transfer, "Warm transfer");
                if state.chosen.is_none() {
                    state.land(live, &transfer);
                }
                if transfer.clicked() {
                    todo.push(Do::Open(Over::Transfer));
                }
            }
            let hold = widgets::button(ui, &format!("{}  Hold & ask a clinician", icons::PAUSE_CIRCLE));
            widgets::named(ui, &hold, "Hold & ask a clinician");
            if hold.clicked() {
                todo.push(Do::Open(Over::Hold));
            }
        });
    });
}

/// By the headings of the standards, all that the line and the role allow.
fn routine_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) {
    let call = live.call();
    let routine = |d: &&Disposition| !call.role().early_exits.contains(&d.code) && call.may_decide_on(d).is_ok();
    let mut group = "";
    for disposition in call.script().standards.dispositions.dispositions.iter().filter(routine) {
        if disposition.group != group {
            group = &disposition.group;
            ui.add_space(4.0);
            widgets::caption(ui, group);
        }
        let chosen = state.chosen.as_ref() == Some(&disposition.code);
        if widgets::choice(ui, chosen, &disposition.name).clicked() {
            state.chosen = (!chosen).then(|| disposition.code.clone());
            state.land = true;
        }
    }
}
