//! The review room on a simulated team, found by label.

use std::sync::OnceLock;

use bevy_egui::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::model::{Line, Order};
use super::page::View;
use super::*;
use crate::app::screens::testing;
use crate::records::AnnotationKind;
use crate::sharing::room::Cell;

static TEAM: OnceLock<SimulatedTeam> = OnceLock::new();

fn team() -> &'static SimulatedTeam {
    let library = testing::library();
    TEAM.get_or_init(|| {
        let calls = Calls::new(scripts(library), &library.standards);
        SimulatedTeam::new(&calls, 14, 12, 3, &library.standards)
    })
}

fn model(order: Order) -> RoomModel {
    RoomModel::new(team().cohort.clone(), &scripts(testing::library()), order, 0)
}

fn said(notes: &[Annotation]) -> SaidOfMarks {
    let (calls, marks): (Vec<Summary>, Vec<Assessment>) = team().spoken_of.iter().cloned().unzip();
    SaidOfMarks::new(notes, &calls, &marks)
}

struct Stage {
    sessions: Vec<Listed>,
    said: SaidOfMarks,
    model: RoomModel,
    standing: Standing,
    did: Vec<RoomAction>,
}

fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let (model, said) = (model(Order::Name), said(&team().said));
    let stage = Stage { sessions: sessions(&model), said, model, standing: Standing::default(), did: Vec::new() };
    let mut harness = testing::harness(size, stage, |ui, stage: &mut Stage| {
        let view = View {
            from: From::Simulated,
            model: Some(&stage.model),
            busy: false,
            trouble: None,
            sessions: &stage.sessions,
            said: Some(&stage.said),
        };
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

/// A session of the simulated team in which something was agreed that is due to be looked at.
fn sessions(model: &RoomModel) -> Vec<Listed> {
    use crate::sharing::session::LearningPoint;
    let plan = Plan { simulated: true, ..crate::app::screens::session::planned_for_tests() };
    let mut session = Session::planned(plan.clone());
    session.calls[0].agreed = Some(LearningPoint {
        text: "Ask about numbness first.".into(),
        on: "2026-01-01".into(),
        owner: "Kite".into(),
        review: "2026-02-01".into(),
        agree: 3,
        of: 3,
    });
    vec![Listed::new(plan, Some(session), Some(&model.cohort), "2026-03-01")]
}

#[test]
fn a_colleagues_calls_come_in_only_with_their_word() {
    let call = team().spoken_of[0].0.clone();
    let of = |by: &str| {
        let mut call = call.clone();
        call.head.by = by.to_owned();
        call
    };
    let asha = [Profile { name: "Asha".into(), ..Profile::default() }];
    let seen = |notes: &[Annotation]| -> Vec<String> {
        let mut calls = vec![of("Asha"), of("Wren"), of("")];
        only_handed_over(&mut calls, notes, &asha);
        calls.into_iter().map(|call| call.head.by).collect()
    };
    assert_eq!(seen(&[]), ["Wren"], "what came as a file was handed over");
    let consent = |n: u32, given: bool| Annotation {
        id: format!("{n:032x}"),
        by: "Asha".into(),
        target: None,
        at: format!("2026-11-28T10:0{n}"),
        kind: AnnotationKind::Consent { given, to: "robin".into(), what: Vec::new() },
        text: String::new(),
        shared: true,
    };
    assert_eq!(seen(&[consent(1, true)]), ["Asha", "Wren"]);
    assert_eq!(seen(&[consent(1, true), consent(2, false)]), ["Wren"]);
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
fn whoever_hears_the_grid_has_a_row_of_heads_and_one_for_each_person() {
    use egui::accesskit::Role;
    let harness = harness(egui::vec2(1356.0, 900.0));
    let grid = harness.get_by_role(Role::Grid);
    let rows: Vec<_> = grid.query_all_by_role(Role::Row).collect();
    let heads = rows[0].query_all_by_role(Role::ColumnHeader).count();
    assert!(heads > 3 && rows.len() > 5, "{heads} heads, {} rows", rows.len());
    for row in &rows[1..] {
        assert!(row.query_all_by_role(Role::GridCell).count() >= heads);
    }
    let model = &harness.state().model;
    let best = model.grid.columns[0].model.as_deref().expect("a model answer");
    harness.get_by_label_contains(&format!("Call {}, model answer {best}", model.numbers[0]));
}

#[test]
fn a_model_answer_is_short_above_its_column() {
    let short = |rung: &str| super::model::in_short(rung);
    assert_eq!(["1 hour", "4 hours, hospital", "1 to 2 hours", "24 hours"].map(short), ["1h", "4h", "2h", "24h"]);
    assert_eq!(["Life at risk", "When it suits", "Self-care", ""].map(short), ["life", "when", "self", ""]);
}

#[test]
fn another_question_has_other_statistics() {
    let mut harness = harness(egui::vec2(1356.0, 900.0));
    let place = harness.get_by_label("Care setting").rect();
    assert!(place.right() < 1356.0 && place.bottom() < 900.0, "{place:?}");
    harness.get_by_label("Care setting").click();
    harness.run();
    assert_eq!(harness.state().model.figures.question, Question::Setting);
    // The trainers' marks have an order, a setting has none.
    assert_eq!(harness.query_all_by_label_contains("Gwet's AC2").count(), 1);
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

#[test]
fn contested_marks_are_listed_by_call_and_open_at_their_mark() {
    let mut harness = harness(egui::vec2(1356.0, 3000.0));
    let lines = harness.state().said.contested.clone();
    assert!(lines.len() >= 3 && lines.iter().any(|line| line.mark.answer.is_some()), "{lines:?}");
    assert!(lines.is_sorted_by_key(|line| line.mark.answer.is_some()), "those without an answer first");
    let open = lines.iter().filter(|line| line.mark.answer.is_none()).count();
    harness.get_by_label(&format!("{open} without an answer, {} in all", lines.len()));
    let first = &lines[0];
    harness.get_by_label_contains(&format!("“{}”", first.mark.text));
    assert_eq!(harness.query_all_by_label_contains("No answer yet").count(), open);
    harness.get_by_label_contains("simulated trainer 1: the mark stands.");
    let call = crate::app::library::number_of(&first.call);
    let open = format!("Open {call} at the mark that {} contests", first.mark.by);
    harness.query_all_by_label(&open).next().expect("a button").focus();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = RoomAction::OpenAt(first.mark.record.clone(), first.mark.criterion.to_string());
    assert_eq!(harness.state_mut().did.pop(), Some(wanted.clone()));
    // From the top of the room one comes to them at once.
    harness.get_by_label_contains("to answer").click();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state_mut().did.pop(), Some(wanted));
}

#[test]
fn how_alike_trainers_mark_has_limits_or_a_sentence_and_no_names() {
    let mut harness = harness(egui::vec2(1356.0, 3000.0));
    harness.get_by_label_contains("6 trainers, 2 calls");
    let alike: Vec<String> = harness.state().said.figures.iter().map(|line| format!("{:?}", line.figure)).collect();
    assert!(alike.iter().all(|figure| figure.starts_with("Known")), "{alike:?}");
    harness.get_by_label("Furthest apart");
    assert!(harness.query_by_label_contains("simulated trainer 4").is_none(), "nobody is named");
    // Two trainers are too few for a number.
    let two: Vec<Annotation> = team()
        .said
        .iter()
        .filter(|note| note.by.ends_with("trainer 1") || note.by.ends_with("trainer 2"))
        .cloned()
        .collect();
    harness.state_mut().said = said(&two);
    harness.run();
    harness.get_by_label_contains("2 trainers, 2 calls");
    assert!(harness.query_all_by_label_contains("too few to interpret: 2 raters").next().is_some());
    harness.state_mut().said = said(&[]);
    harness.run();
    harness.get_by_label_contains("Nobody has marked a call beside the machine yet.");
}

#[test]
fn what_was_agreed_is_looked_at_again_with_whether_the_next_round_agreed_better() {
    let mut harness = harness(egui::vec2(1356.0, 3000.0));
    harness.get_by_label("1 to be looked at again");
    harness.get_by_label_contains("Ask about numbness first.");
    harness.get_by_label_contains("Kite keeps an eye on it, to be looked at again since 2026-02-01.");
    let since = harness.state().sessions[0].points[0].since.as_ref().expect("the same team").words();
    harness.get_by_label(&since);
    harness.get_by_label("Look again at what was agreed on Call 0412, Tuesday huddle").click();
    harness.run();
    assert!(harness.get_by_label("Write it down").accesskit_node().is_disabled());
    harness.get_by_label("Kept in part").click();
    harness.run();
    harness.get_by_label("What was found on Call 0412").focus();
    harness.run();
    harness.event(egui::Event::Text("Four of five ask now.".into()));
    harness.run();
    harness.get_by_label("Write it down").click();
    harness.run();
    let followed = RoomAction::FollowUp {
        session: "a".repeat(32),
        call: 0,
        words: "Four of five ask now.".into(),
        kept: Kept::Partly,
    };
    assert_eq!(harness.state_mut().did.pop(), Some(followed));
    // Real calls say nothing of what a simulated team agreed.
    let mut sessions = sessions(&model(Order::Name));
    sessions[0].plan.simulated = false;
    let mut real = sessions[0].session.clone().expect("one");
    real.plan.simulated = false;
    assert!(crate::sharing::follow_up::points(&real, Some(&team().cohort), "2026-03-01")[0].since.is_none());
}

#[test]
fn whoever_is_named_has_to_have_shared_their_call_and_is_asked_in_the_session() {
    // Simulated people's files that were brought in can be played like anybody's; a team made up here cannot.
    let mut model = model(Order::Name);
    let library = testing::library();
    let (row, column) = (0..model.grid.rows.len())
        .flat_map(|row| (0..model.grid.columns.len()).map(move |column| (row, column)))
        .find(|(row, column)| model.record(*row, *column).is_some())
        .expect("a shared call");
    let mut standing = Standing::default();
    standing.planned.insert(column);
    assert_eq!(plan(&model, &standing, library, "Robin").expect("planned").calls[0].record, None);
    standing.next.whose.insert(column, "Nobody".into());
    let why = plan(&model, &standing, library, "Robin").expect_err("nobody of that name");
    assert!(why.starts_with("Nobody has not shared a call"), "{why}");
    standing.next.whose.insert(column, model.grid.rows[row].name.to_uppercase());
    let call = plan(&model, &standing, library, "Robin").expect("planned").calls.remove(0);
    assert_eq!(call.record.as_deref(), model.record(row, column));
    assert_eq!(call.owner.as_ref(), Some(&model.grid.rows[row].name));
    model.kept = false;
    assert_eq!(plan(&model, &standing, library, "Robin").expect("planned").calls[0].owner, None);
}
