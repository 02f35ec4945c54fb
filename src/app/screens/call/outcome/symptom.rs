//! The main symptom, found by any word for it. It chooses the guide.

use bevy_egui::egui::{self, Ui};

use super::super::state::Do;
use super::roving;
use super::state::Outcome;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::Guide;

fn search_id() -> egui::Id {
    egui::Id::new("guide search")
}

fn row_id(guide: &Guide) -> egui::Id {
    egui::Id::new("main symptom").with(&*guide.id)
}

pub fn symptom_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::title(ui, "Main symptom", "its guide asks the most dangerous first");
    let searching = ui.memory(|memory| memory.has_focus(search_id()));
    let down = searching && roving::pressed(ui, egui::Key::ArrowDown);
    let entered = searching && roving::entered(ui, search_id());
    let search = widgets::field(
        ui,
        search_id(),
        &mut state.guide_search,
        "Search the guides",
        "What is the trouble? Any word for it",
    );
    state.land(live, &search);
    if search.changed() {
        state.guide_row = None;
    }
    let guides = &live.call().script().standards.guides.guides;
    let found: Vec<&Guide> = guides.iter().filter(|guide| fits(guide, &state.guide_search)).collect();
    let rows: Vec<egui::Id> = found.iter().map(|guide| row_id(guide)).collect();
    roving::rove(ui, &rows, &mut state.guide_row);
    if let (true, Some(first)) = (down, rows.first()) {
        state.guide_row = Some(*first);
        ui.memory_mut(|memory| memory.request_focus(*first));
    }
    let typed = !state.guide_search.trim().is_empty();
    if let (true, Some(first)) = (entered && typed, found.first()) {
        todo.push(Do::Act(Action::ChooseGuide(first.id.clone())));
    }
    if searching && typed && !found.is_empty() {
        widgets::caption(ui, "Enter takes the first, down leads into the list");
    }
    if found.is_empty() {
        let words = "No guide has this word. Try another, or what they feel in one word.";
        roving::words(ui, words, text::regular(text::BODY), p.text2);
    }
    let in_hand = live.call().state().guide.as_ref().map(|guide| &guide.chosen);
    ui.spacing_mut().item_spacing.y = 6.0;
    for (guide, id) in found.into_iter().zip(rows) {
        let chosen = in_hand == Some(&guide.id);
        if roving::row(ui, id, state.guide_row, chosen, &guide.title, &guide.limits).clicked() {
            todo.push(Do::Act(Action::ChooseGuide(guide.id.clone())));
        }
    }
    if in_hand.is_some() && widgets::button(ui, "Keep the guide in hand").clicked() {
        state.other_guide = false;
        state.land = true;
    }
    ui.spacing_mut().item_spacing.y = 8.0;
}

/// Every word that was typed begins a word of title or terms, or all but does.
fn fits(guide: &Guide, typed: &str) -> bool {
    let known = || std::iter::once(&guide.title).chain(&guide.terms);
    let typed = typed.to_lowercase();
    typed.split_whitespace().all(|typed| {
        known().any(|text| text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| is_meant(typed, word)))
    })
}

fn is_meant(typed: &str, word: &str) -> bool {
    let length = typed.chars().count();
    let begins: String = word.chars().take(length).collect();
    begins == typed || (length > 3 && (slip(typed, word) || slip(typed, &begins)))
}

/// One letter wrong, missing, too many, or swapped.
fn slip(typed: &str, word: &str) -> bool {
    strsim::osa_distance(typed, word) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::Standards;

    fn found(typed: &str) -> Vec<String> {
        let standards = Standards::shipped();
        standards.guides.guides.iter().filter(|guide| fits(guide, typed)).map(|guide| guide.title.clone()).collect()
    }

    #[test]
    fn a_guide_is_found_by_lay_words_beginnings_and_typing_errors() {
        for typed in ["back", "Back pain", "sciat", "sciatcia", "lumbgo", "slipped disc"] {
            assert!(found(typed).contains(&"Back pain".to_owned()), "{typed}");
        }
        assert!(found("zebra").is_empty());
        assert!(found("").len() > 5);
    }
}
