//! The call screen, found by label as a screen reader finds it.

use bevy_egui::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::state::{CallUi, Do, Over, View};
use super::talk::call_ui;
use crate::app::library::Library;
use crate::app::live::{Live, Write};
use crate::app::theme::{self, Theme};
use crate::call::{Action, RULES};
use crate::records::{Head, Mode};

struct Screen {
    live: Live,
    library: Library,
    ui: CallUi,
    todo: Vec<Do>,
}

fn live(library: &Library, role: &str) -> Live {
    let entry = &library.entries[0];
    let script = entry.script(&library.standards, None).unwrap();
    let head = Head {
        id: "0".repeat(32),
        rules: RULES,
        call: entry.scenario.neutral_name(),
        scenario: entry.hash.clone(),
        standards: library.standards.hash.clone(),
        variant: None,
        seed: 7,
        role: role.into(),
        mode: Mode::Coach,
        by: String::new(),
        taken: String::new(),
    };
    Live::begin(&script, head).unwrap()
}

fn harness(role: &str) -> Harness<'static, Screen> {
    let library = Library::open(None).unwrap();
    let live = live(&library, role);
    let mut ui = CallUi::new(&live);
    ui.over = None;
    let screen = Screen { live, library, ui, todo: Vec::new() };
    let mut dressed = false;
    Harness::builder().with_size(egui::vec2(1440.0, 900.0)).build_ui_state(
        move |ui, screen: &mut Screen| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Dark);
                return;
            }
            let todo = call_ui(ui, &screen.live, &screen.library, &mut screen.ui);
            screen.todo.extend(todo);
        },
        screen,
    )
}

fn after_click(harness: &mut Harness<'static, Screen>, label: &str) -> Vec<Do> {
    harness.run();
    harness.state_mut().todo.clear();
    harness.get_by_label(label).click();
    harness.run();
    std::mem::take(&mut harness.state_mut().todo)
}

#[test]
fn the_four_actions_are_found_by_name() {
    let mut harness = harness("health-advisor");
    assert!(after_click(&mut harness, "Decide").contains(&Do::View(View::Outcome)));
    assert!(after_click(&mut harness, "Warm transfer").contains(&Do::Open(Over::Transfer)));
    assert!(after_click(&mut harness, "Hold & ask a clinician").contains(&Do::Open(Over::Hold)));
}

#[test]
fn a_health_advisor_has_guides_and_no_ladder() {
    let mut harness = harness("health-advisor");
    harness.state_mut().ui.view = View::Outcome;
    let todo = after_click(&mut harness, "Back pain");
    assert!(matches!(todo.as_slice(), [Do::Act(Action::ChooseGuide(_))]), "{todo:?}");
    assert!(harness.query_by_label_contains("Ladder").is_none());
}

#[test]
fn a_clinician_has_the_ladder_and_no_guide() {
    let mut harness = harness("clinical-advisor");
    harness.state_mut().ui.view = View::Outcome;
    harness.run();
    assert!(harness.query_all_by_label_contains("Ladder").next().is_some());
    assert!(harness.query_by_label("Search the guides").is_none());
}

#[test]
fn what_is_typed_is_found_in_the_bank() {
    let mut harness = harness("health-advisor");
    harness.run();
    harness.state_mut().ui.ask.typed = "breathing now".into();
    harness.run();
    assert!(harness.query_by_label_contains("How is your breathing right now").is_some());
    assert!(harness.query_by_label_contains("Say it in my own words").is_some());
}

#[test]
fn an_action_counts_when_it_is_saved_or_cannot_be() {
    let library = Library::open(None).unwrap();
    let mut live = live(&library, "health-advisor");
    live.act(Action::Note("a".into()));
    assert!(matches!(live.next_write(), Some(Write::Act { sequence: 0, .. })));
    assert_eq!(&*live.call().state().notes, "");
    live.settled(Ok(()));
    assert_eq!(&*live.call().state().notes, "a");
    live.act(Action::Note("b".into()));
    assert!(live.next_write().is_some());
    live.settled(Err("the disk is full".into()));
    live.act(Action::EndEarly);
    assert_eq!((live.next_write(), live.over()), (None, true));
    assert_eq!((&*live.call().state().notes, live.record().actions.len()), ("b", 3));
}
