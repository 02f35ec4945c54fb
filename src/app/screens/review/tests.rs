//! The review room on a simulated team, found by label.

use std::sync::OnceLock;

use bevy_egui::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::model::{Cell, Order, Row};
use super::page::View;
use super::*;
use crate::app::screens::testing;

fn cases() -> &'static Vec<(Summary, Case)> {
    static CASES: OnceLock<Vec<(Summary, Case)>> = OnceLock::new();
    CASES.get_or_init(|| {
        let library = testing::library();
        let calls = Calls::new(scripts(library), &library.standards);
        let taken = simulation::cohort(&calls, 14, 12, 3).map(|taken| {
            let case = Case::of(&taken.record, &marking::mark(&taken.call, &taken.record.head.id), &library.standards);
            (Summary::of(&Kept { record: taken.record, finished: true }), case)
        });
        taken.collect()
    })
}

fn model(order: Order) -> RoomModel {
    let cohort = Cohort::new(cases().clone(), &[], &testing::library().standards);
    RoomModel::new(cohort, order, Question::Rung)
}

struct Stage {
    model: RoomModel,
    standing: Standing,
    did: Vec<RoomAction>,
}

fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let stage = Stage { model: model(Order::Groups), standing: Standing::default(), did: Vec::new() };
    let mut harness = testing::harness(size, stage, |ui, stage: &mut Stage| {
        let view = View { from: From::Simulated, model: Some(&stage.model), busy: false, trouble: None };
        if let Some(action) = room_ui(ui, &view, &mut stage.standing) {
            match &action {
                RoomAction::Sort(order) => {
                    stage.standing.order = *order;
                    stage.model.sort(*order);
                }
                RoomAction::Ask(question) => stage.model.ask(*question),
                RoomAction::Plan(column) => _ = stage.standing.planned.insert(*column),
                RoomAction::Open(_) | RoomAction::From(_) => {}
            }
            stage.did.push(action);
        }
    });
    harness.run();
    harness
}

#[test]
fn each_cell_is_what_was_decided() {
    let model = model(Order::Name);
    for taken in &model.cohort.taken {
        let column = model.columns.iter().position(|column| column.item == taken.item).unwrap();
        let cell = model.cell(taken.member, column);
        match taken.case.rung {
            Some(_) => assert_eq!(cell, Cell::Decided(taken.case.steps)),
            None => assert_eq!(cell, Cell::NoDecision),
        }
        assert_eq!(model.record(taken.member, column), Some(taken.record.as_str()));
    }
    let all = model.cohort.members.len() * model.columns.len();
    let empty = (0..model.cohort.members.len())
        .flat_map(|member| (0..model.columns.len()).map(move |column| (member, column)))
        .filter(|(member, column)| model.cell(*member, *column) == Cell::NotTaken)
        .count();
    assert_eq!(all - empty, model.cohort.taken.len());
}

#[test]
fn rows_are_ordered_by_group_by_name_and_by_a_call() {
    let mut model = model(Order::Groups);
    assert!(matches!(&model.rows[0], Row::Heading(words) if words.starts_with("Registered, ")));
    let people = |model: &RoomModel| -> Vec<usize> {
        model.rows.iter().filter_map(|row| if let Row::Person(n) = row { Some(*n) } else { None }).collect()
    };
    assert_eq!(people(&model).len(), 14);
    model.sort(Order::Name);
    let names: Vec<&str> = people(&model).iter().map(|n| model.cohort.members[*n].name.as_str()).collect();
    assert!(names.is_sorted());
    model.sort(Order::Call(0));
    let steps: Vec<i32> = people(&model)
        .iter()
        .filter_map(|n| if let Cell::Decided(steps) = model.cell(*n, 0) { Some(steps) } else { None })
        .collect();
    assert!(steps.is_sorted_by(|a, b| a >= b), "{steps:?}");
    assert!(!steps.is_empty());
}

#[test]
fn what_is_most_worth_talking_about_comes_first() {
    let model = model(Order::Groups);
    let percent = |words: &str| words.split(' ').next().unwrap().parse::<u32>().unwrap();
    let all: Vec<u32> = model.plan.iter().map(|suggestion| percent(&suggestion.words)).collect();
    assert!(all.len() > 2 && all.is_sorted(), "{all:?}");
}

#[test]
fn a_simulated_team_is_called_that_and_every_statistic_has_its_own_name() {
    let harness = harness(egui::vec2(1356.0, 900.0));
    harness.get_by_label_contains("Simulated people. Nobody real decided any of this.");
    for name in ["Raw agreement", "In range, against the model", "Gwet AC1", "Gwet AC2", "Krippendorff α", "ICC(2,1)"]
    {
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
    assert_eq!(harness.state().model.question, Question::Setting);
    assert!(harness.query_by_label_contains("Gwet AC2").is_none(), "a setting has no order");
    harness.get_by_label_contains("Krippendorff α, nominal");
}

#[test]
fn the_grid_is_gone_through_by_keyboard() {
    let mut harness = harness(egui::vec2(1356.0, 900.0));
    let first = harness.query_all_by_label_contains(", call ").next().unwrap().accesskit_node().label().unwrap();
    harness.get_by_label(&first).focus();
    harness.run();
    let at = harness.state().standing.at;
    harness.key_press(Key::ArrowRight);
    harness.run();
    harness.key_press(Key::ArrowDown);
    harness.run();
    let now = harness.state().standing.at;
    assert_eq!(now.1, at.1 + 1);
    assert!(now.0 > at.0);
    harness.key_press(Key::Space);
    harness.run();
    assert_eq!(harness.state_mut().did.pop(), Some(RoomAction::Plan(now.1)));
    // Whoever opens a call that was taken sees its debrief.
    for _ in 0..harness.state().model.columns.len() {
        let (row, column) = harness.state().standing.at;
        let Row::Person(member) = harness.state().model.rows[row] else { panic!("a heading has the keyboard") };
        if harness.state().model.record(member, column).is_some() {
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
    assert_eq!(harness.state().standing.at.1, harness.state().model.columns.len() - 1);
}

#[test]
fn a_column_head_sorts_and_sorts_back() {
    let mut harness = harness(egui::vec2(1356.0, 900.0));
    let head = format!("Call {}, model answer", harness.state().model.columns[0].number);
    harness.get_by_label_contains(&head).click();
    harness.run();
    assert_eq!(harness.state().standing.order, Order::Call(0));
    harness.get_by_label_contains("sorted by it").click();
    harness.run();
    assert_eq!(harness.state().standing.order, Order::Groups);
}

#[test]
fn it_fits_a_small_window_and_large_text() {
    for size in [egui::vec2(968.0, 700.0), egui::vec2(468.0, 350.0)] {
        let harness = harness(size);
        let wide = harness.query_all_by_label_contains("Gwet AC1").next().unwrap().rect();
        assert!(wide.right() <= size.x + 0.5, "{wide:?} in {size:?}");
    }
}
