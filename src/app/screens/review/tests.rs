//! The review room on a simulated team, found by label.

use std::sync::OnceLock;

use bevy_egui::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::model::{Line, Order};
use super::page::View;
use super::*;
use crate::app::screens::testing;
use crate::sharing::room::Cell;

static COHORT: OnceLock<crate::cohort::Cohort> = OnceLock::new();

fn model(order: Order) -> RoomModel {
    let library = testing::library();
    let scripts = scripts(library);
    let cohort = COHORT.get_or_init(|| {
        SimulatedTeam::new(&Calls::new(scripts.clone(), &library.standards), 14, 12, 3, &library.standards).cohort
    });
    RoomModel::new(cohort.clone(), &scripts, order, 0)
}

struct Stage {
    model: RoomModel,
    standing: Standing,
    did: Vec<RoomAction>,
}

fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let stage = Stage { model: model(Order::Name), standing: Standing::default(), did: Vec::new() };
    let mut harness = testing::harness(size, stage, |ui, stage: &mut Stage| {
        let view = View { from: From::Simulated, model: Some(&stage.model), busy: false, trouble: None, sessions: &[] };
        if let Some(action) = room_ui(ui, &view, &mut stage.standing) {
            match &action {
                RoomAction::Sort(order) => {
                    stage.standing.order = *order;
                    stage.model.sort(*order);
                }
                RoomAction::Ask(question, source) => stage.model.ask(*question, *source),
                RoomAction::Plan(column) => _ = stage.standing.planned.insert(*column),
                _ => {}
            }
            stage.did.push(action);
        }
    });
    harness.run();
    harness
}

#[test]
fn each_cell_is_what_was_decided_and_shared_calls_alone_are_opened() {
    let model = model(Order::Name);
    for (row, person) in model.grid.rows.iter().enumerate() {
        for taken in model.cohort.taken.iter().filter(|taken| taken.member == person.member) {
            let column = model.column_of(taken.item).unwrap();
            let cell = model.grid.cell(row, column);
            assert_eq!(
                matches!(cell, Cell::Decided { steps, .. } if steps == taken.case.steps),
                taken.case.rung.is_some()
            );
            let shown = model.record(row, column);
            assert_eq!(shown, (taken.replay && taken.case.rung.is_some()).then_some(&*taken.record));
        }
    }
}

#[test]
fn rows_are_ordered_by_name_and_by_a_call() {
    let mut model = model(Order::Name);
    let people = |model: &RoomModel| -> Vec<usize> {
        model.lines.iter().filter_map(|line| if let Line::Person(n) = line { Some(*n) } else { None }).collect()
    };
    assert_eq!(people(&model).len(), 14);
    model.sort(Order::Call(0));
    // Within each group: furthest under first.
    for registered in [true, false] {
        let rows = (0..model.grid.rows.len()).filter(|row| model.grid.rows[*row].registered == registered);
        let steps: Vec<i32> = rows
            .filter_map(
                |row| if let Cell::Decided { steps, .. } = model.grid.cell(row, 0) { Some(steps) } else { None },
            )
            .collect();
        assert!(!model.grid.by_registration || steps.is_sorted(), "{steps:?}");
    }
}

#[test]
fn a_simulated_team_is_called_that_and_every_statistic_has_its_own_name() {
    let harness = harness(egui::vec2(1356.0, 900.0));
    harness.get_by_label_contains("Simulated people. Nobody real decided any of this.");
    for name in ["Raw agreement", "In range, against the model", "Gwet's AC1", "Gwet's AC2", "Krippendorff's alpha"] {
        assert!(harness.query_all_by_label_contains(name).next().is_some(), "{name}");
    }
}

#[test]
fn another_question_has_other_statistics() {
    let mut harness = harness(egui::vec2(1356.0, 900.0));
    let place = harness.get_by_label("Care setting").rect();
    assert!(place.right() < 1356.0 && place.bottom() < 900.0, "{place:?}");
    harness.get_by_label("Care setting").click();
    harness.run();
    assert_eq!(harness.state().model.figures.question, Question::Setting);
    assert!(harness.query_by_label_contains("Gwet's AC2").is_none(), "a setting has no order");
    harness.get_by_label_contains("Krippendorff's alpha, nominal");
    harness.get_by_label("On the same replay").click();
    harness.run();
    assert_eq!(harness.state().model.figures.source, Source::Replay);
    assert!(harness.query_all_by_label_contains("too few to interpret").next().is_some());
}

#[test]
fn the_grid_is_gone_through_by_keyboard() {
    let mut harness = harness(egui::vec2(1356.0, 900.0));
    let first = harness.query_all_by_label_contains(", call ").next().unwrap().accesskit_node().label().unwrap();
    harness.get_by_label(&first).focus();
    harness.run();
    let at = harness.state().standing.at;
    for key in [Key::ArrowRight, Key::ArrowDown] {
        harness.key_press(key);
        harness.run();
    }
    let now = harness.state().standing.at;
    assert_eq!(now.1, at.1 + 1);
    assert!(now.0 > at.0);
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(harness.state_mut().did.pop(), Some(RoomAction::Plan(now.1)));
    // Whoever opens a call that was taken and shared sees its debrief.
    for _ in 0..harness.state().model.grid.columns.len() {
        let (line, column) = harness.state().standing.at;
        let Line::Person(row) = harness.state().model.lines[line] else { panic!("a heading has the keyboard") };
        if harness.state().model.record(row, column).is_some() {
            break;
        }
        harness.key_press(Key::ArrowRight);
        harness.run();
    }
    harness.key_press(Key::Enter);
    harness.run();
    assert!(matches!(harness.state_mut().did.pop(), Some(RoomAction::Open(_))));
    harness.key_press_modifiers(Modifiers::NONE, Key::End);
    harness.run();
    assert_eq!(harness.state().standing.at.1, harness.state().model.grid.columns.len() - 1);
}

#[test]
fn a_column_head_sorts_and_sorts_back() {
    let mut harness = harness(egui::vec2(1356.0, 900.0));
    let head = format!("Call {}, model answer", harness.state().model.numbers[0]);
    harness.get_by_label_contains(&head).click();
    harness.run();
    assert_eq!(harness.state().standing.order, Order::Call(0));
    harness.get_by_label_contains("sorted by it").click();
    harness.run();
    assert_eq!(harness.state().standing.order, Order::Name);
}

#[test]
fn a_session_is_planned_from_what_is_ticked_and_not_from_more_than_there_is_time_for() {
    let mut harness = harness(egui::vec2(1356.0, 2200.0));
    assert!(harness.get_by_label("Create session").accesskit_node().is_disabled());
    harness.state_mut().standing.planned.insert(0);
    harness.run();
    harness.get_by_label("Create session").click();
    harness.run();
    assert_eq!(harness.state_mut().did.pop(), Some(RoomAction::Create));
    let library = testing::library();
    let (model, standing) = (model(Order::Name), &harness.state().standing);
    let plan = plan(&model, standing, library, "Robin").expect("it can be planned");
    assert!(plan.simulated);
    assert_eq!(plan.calls.len(), 1);
    assert_eq!(plan.calls[0].call, model.grid.columns[0].call);
    harness.state_mut().standing.planned.insert(1);
    harness.run();
    harness.get_by_label_contains("2 calls are ticked; this format has time for 1.");
    assert!(harness.get_by_label("Create session").accesskit_node().is_disabled());
}

#[test]
fn it_fits_a_small_window_and_large_text() {
    for size in [egui::vec2(968.0, 700.0), egui::vec2(468.0, 350.0)] {
        let harness = harness(size);
        let wide = harness.query_all_by_label_contains("Gwet's AC1").next().unwrap().rect();
        assert!(wide.right() <= size.x + 0.5, "{wide:?} in {size:?}");
    }
}
