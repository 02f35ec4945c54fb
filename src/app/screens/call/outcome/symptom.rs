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
    let found = led_to(guides, &state.guide_search);
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

/// The guides that every word of what was typed leads to: by the title before other terms, what is written so before
/// what is all but written so.
fn led_to<'g>(guides: &'g [Guide], typed: &str) -> Vec<&'g Guide> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(Near, &Guide)> =
        guides.iter().filter_map(|guide| Some((near(guide, &typed)?, guide))).collect();
    found.sort_by_key(|(near, _)| *near);
    found.into_iter().map(|(_, guide)| guide).collect()
}

/// How a guide was found, the nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    TitleBegins,
    Title,
    Term,
    Slip,
}

fn near(guide: &Guide, typed: &str) -> Option<Near> {
    let title = guide.title.to_lowercase();
    let all: Vec<String> = std::iter::once(title.clone()).chain(guide.terms.iter().map(|t| t.to_lowercase())).collect();
    let every = |texts: &[String], meant: fn(&str, &str) -> bool| {
        typed.split_whitespace().all(|typed| {
            texts.iter().any(|text| text.split(|c: char| !c.is_alphanumeric()).any(|word| meant(typed, word)))
        })
    };
    let begins: fn(&str, &str) -> bool = |typed, word| word.starts_with(typed);
    match () {
        () if title.starts_with(typed) => Some(Near::TitleBegins),
        () if every(std::slice::from_ref(&title), begins) => Some(Near::Title),
        () if every(&all, begins) => Some(Near::Term),
        () if every(&all, is_meant) => Some(Near::Slip),
        () => None,
    }
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
        led_to(&standards.guides.guides, typed).into_iter().map(|guide| guide.title.clone()).collect()
    }

    #[test]
    fn a_guide_is_the_first_under_its_own_name() {
        for guide in &Standards::shipped().guides.guides {
            assert_eq!(found(&guide.title).first(), Some(&guide.title));
        }
        for (typed, first) in [("limb", "Limb injury"), ("tummy", "Tummy pain"), ("head", "Headache")] {
            let titles = found(typed);
            let exists = Standards::shipped().guides.guides.iter().any(|guide| guide.title == first);
            assert!(!exists || titles[0] == first, "{typed}: {titles:?}");
        }
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
