//! Advice: found in the bank, said, and ticked. No heading here tells what to cover.

use bevy_egui::egui::{self, Sense, Ui, vec2};

use super::ask_bar::wording;
use super::state::{Do, Outcome};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::{Kind, Utterance};

pub fn advice_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let call = live.call();
    widgets::title(ui, "3  Advise", "Tick what you actually said");
    let advice = |u: &&Utterance| matches!(u.kind, Kind::Interim | Kind::Worsening);
    let said: Vec<_> = library.standards.bank.iter().filter(advice).filter(|u| call.times_said(&u.id) > 0).collect();
    for utterance in &said {
        let mut ticked = call.state().ticked.contains(&utterance.id);
        let words = wording(live, &utterance.id);
        ui.horizontal_top(|ui| {
            let tick = widgets::tick(ui, &mut ticked, "", &format!("Given: {words}"));
            if tick.clicked() && ticked {
                todo.push(Do::Act(Action::TickAdvice(utterance.id.clone())));
            }
            ui.add(egui::Label::new(rich(&words, text::regular(14.0), p.text)).wrap());
        });
    }
    if widgets::primary(ui, "Refer and close").on_hover_text("Ctrl Enter").clicked() {
        todo.push(Do::Act(Action::Close));
    }
    ui.separator();
    let search = widgets::field(
        ui,
        egui::Id::new("advice search"),
        &mut state.advice_search,
        "Search the advice",
        "Search the advice",
    );
    if call.state().decision.is_some() {
        state.land(live, &search);
    }
    let typed = state.advice_search.trim();
    let found: Vec<&Utterance> = if typed.is_empty() {
        library.standards.bank.iter().filter(advice).collect()
    } else {
        let hits = library.index.search(typed, 60);
        hits.iter().filter_map(|hit| library.standards.bank.get(hit.utterance)).filter(advice).collect()
    };
    if found.is_empty() {
        ui.label(rich("Nothing in the bank fits. Say it in your own words below.", text::regular(text::BODY), p.text2));
    }
    for utterance in found {
        line_ui(ui, live, utterance, todo);
    }
}

fn line_ui(ui: &mut Ui, live: &Live, utterance: &Utterance, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let words = wording(live, &utterance.id);
    ui.horizontal_top(|ui| {
        let say = widgets::chip(ui, false, "Say");
        widgets::named(ui, &say, &format!("Say: {words}"));
        if say.clicked() {
            todo.push(Do::Act(Action::Say { utterance: utterance.id.clone(), to: None }));
        }
        ui.add(egui::Label::new(rich(&words, text::regular(14.0), p.text2)).wrap());
    });
    ui.allocate_exact_size(vec2(1.0, 1.0), Sense::hover());
}
