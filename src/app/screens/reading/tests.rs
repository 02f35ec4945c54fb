//! A book found by label, with the mouse and with keys alone.

use bevy_egui::egui::{self, Key, Modifiers, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;
use crate::app::theme::{self, Theme};

/// A book on a screen of this size.
pub fn harness(book: Book, size: egui::Vec2) -> Harness<'static, (Book, Place)> {
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        move |ui, (book, place): &mut (Book, Place)| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Dark);
                return;
            }
            book_ui(ui, book, place);
        },
        (book, Place::default()),
    );
    harness.run();
    harness
}

/// The headings of a level, by their words.
pub fn headings(harness: &Harness<'static, (Book, Place)>, level: usize) -> Vec<String> {
    let all = harness.query_all_by_role(Role::Heading);
    let all = all.filter(|node| node.accesskit_node().level() == Some(level));
    all.filter_map(|node| node.accesskit_node().label()).collect()
}

fn small_book() -> Book {
    let fruit = Group::new(
        "Fruit",
        vec![
            Entry::new("apple", "Apple").text("Grows on trees, and keeps the doctor away."),
            Entry::new("pear", "Pear").pair("Season", "autumn").list("Kinds", ["Conference", "Comice"]),
        ],
    );
    let roots = Group::new("Roots", (0..30).map(|n| Entry::new(format!("root {n}"), format!("Root {n}"))).collect());
    let section = |name: &str, groups| Section {
        icon: "",
        name: name.into(),
        version: "Version 1".into(),
        watermark: Some("Draft, not clinically reviewed"),
        note: String::new(),
        groups,
    };
    let plants = section("Plants", vec![fruit, roots]);
    let stones = Group::new("Stones", vec![Entry::new("flint", "Flint").text("Hard. Grows nowhere.")]);
    Book { title: "World", find: "Search the world", sections: vec![plants, section("Stones", vec![stones])] }
}

fn roomy() -> Harness<'static, (Book, Place)> {
    harness(small_book(), egui::vec2(1300.0, 860.0))
}

#[test]
fn only_the_chosen_group_is_painted_under_its_headings() {
    let mut harness = roomy();
    assert_eq!(headings(&harness, 1), ["World"]);
    assert_eq!(headings(&harness, 2), ["Contents", "Plants"]);
    assert_eq!(headings(&harness, 3), ["Fruit"]);
    assert_eq!(headings(&harness, 4), ["Apple", "Pear"]);
    assert!(harness.query_by_label("Draft, not clinically reviewed").is_some());
    harness.get_by_role_and_label(Role::Button, "Stones").click();
    harness.run();
    assert_eq!(headings(&harness, 2), ["Contents", "Stones"]);
    assert_eq!(headings(&harness, 3), ["Flint"]);
    assert!(harness.query_by_label("Pear").is_none());
}

#[test]
fn any_word_is_found_and_the_result_leads_to_its_entry() {
    let mut harness = roomy();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.get_by_label("Search the world").type_text("grows");
    harness.run();
    assert!(harness.query_by_label("2 entries").is_some());
    harness.get_by_label("Flint, Stones").click();
    harness.run();
    assert_eq!(headings(&harness, 3), ["Flint"]);
    assert_eq!(harness.state().1.at.as_deref(), Some("flint"));
    let focused = harness.query_all_by_label("Flint").any(|node| node.is_focused());
    assert!(focused, "who reads with the ear is there as well");
    harness.get_by_label_contains("Back to what was found").click();
    harness.run();
    assert!(harness.query_by_label("2 entries").is_some());
}

#[test]
fn the_keyboard_alone_searches_chooses_and_clears() {
    let mut harness = roomy();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.get_by_label("Search the world").type_text("root 2");
    harness.run();
    assert!(harness.query_by_label_contains("entries").is_some());
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1.at.as_deref(), Some("root 12"), "the second of Root 2, Root 12, Root 20");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().1.query, "");
    assert!(!harness.state().1.searching);
}

#[test]
fn enter_goes_to_the_first_result() {
    let mut harness = roomy();
    harness.get_by_label("Search the world").focus();
    harness.run();
    harness.get_by_label("Search the world").type_text("comice");
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().1.at.as_deref(), Some("pear"));
}

#[test]
fn what_is_not_there_is_said() {
    let mut harness = roomy();
    harness.get_by_label("Search the world").focus();
    harness.run();
    harness.get_by_label("Search the world").type_text("quartz");
    harness.run();
    assert!(harness.query_by_label_contains("Nothing holds all of these words").is_some());
    harness.get_by_label("Clear the search").click();
    harness.run();
    assert_eq!(headings(&harness, 3), ["Fruit"]);
}

#[test]
fn a_page_is_turned_by_key_and_the_next_group_by_button() {
    let mut harness = roomy();
    harness.get_by_role_and_label(Role::Button, "Roots").click();
    harness.run();
    let top =
        |harness: &Harness<'static, (Book, Place)>| harness.get_by_role_and_label(Role::Heading, "Root 0").rect().top();
    let before = top(&harness);
    harness.key_press(Key::PageDown);
    harness.run();
    assert!(top(&harness) < before - 100.0);
    harness.key_press(Key::PageUp);
    harness.run();
    assert!((top(&harness) - before).abs() < 1.0);
    harness.get_by_label("Next: Stones").click_accesskit();
    harness.run();
    assert_eq!(headings(&harness, 3), ["Flint"]);
}

#[test]
fn a_small_window_shows_the_contents_or_one_section() {
    for size in [egui::vec2(468.0, 350.0), egui::vec2(700.0, 900.0)] {
        let mut harness = harness(small_book(), size);
        assert!(harness.query_by_label("Pear").is_none());
        harness.get_by_role_and_label(Role::Button, "Stones").click();
        harness.run();
        assert_eq!(headings(&harness, 3), ["Flint"]);
        let all = harness.query_all_by_role(Role::Label);
        assert!(all.map(|node| node.rect()).all(|rect| rect.right() <= size.x), "nothing is cut off to the right");
        harness.get_by_label_contains("Contents").click();
        harness.run();
        assert!(harness.query_by_label("Flint").is_none());
    }
}
