//! The shipped calls with their answers.

use bevy::prelude::*;
use bevy::state::app::StatesPlugin;
use bevy_egui::egui::{self, accesskit::Role};
use egui_kittest::kittest::Queryable;

use super::{Open, book, leave};
use crate::app::Screen;
use crate::app::egui::Wake;
use crate::app::library::Library;
use crate::app::profile::{Who, Workspace};
use crate::app::screens::reading::tests::{harness, headings};
use crate::app::screens::reading::{Block, Book, Place};

fn open() -> (Library, Book) {
    let library = Library::open(None).unwrap();
    let book = book(&library);
    (library, book)
}

#[test]
fn every_call_has_its_facts_its_outcome_and_its_model_calls() {
    let (library, book) = open();
    assert_eq!(book.sections.len(), library.entries.len());
    for (section, entry) in book.sections.iter().zip(&library.entries) {
        let scenario = &entry.scenario;
        let id = scenario.neutral_name();
        assert!(section.name.starts_with(&format!("{:04}", scenario.number)));
        assert!(section.watermark.is_some(), "all shipped calls are drafts");
        for fact in &scenario.facts {
            assert!(book.find(&format!("{id} fact {}", fact.id)).is_some(), "{id} {}", fact.id);
        }
        for model in &scenario.model.calls {
            let id = format!("{id} model {}", model.role);
            let (section, group) = book.find(&id).unwrap();
            let told = &book.sections[section].groups[group].entries[0];
            let lines = told.body.iter().filter(|block| matches!(block, Block::Line { .. })).count();
            assert!(lines > 4, "{id}: {lines}");
        }
        for variant in &scenario.variants {
            assert!(book.find(&format!("{id} {} about", variant.id)).is_some(), "{id} {}", variant.id);
        }
    }
}

#[test]
fn no_model_call_is_refused_and_no_id_is_given_twice() {
    let (_, book) = open();
    let entries = || book.sections.iter().flat_map(|section| &section.groups).flat_map(|group| &group.entries);
    assert!(entries().all(|entry| !entry.words().contains("cannot be played")));
    let mut ids: Vec<&str> = entries().map(|entry| entry.id.as_str()).collect();
    let many = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), many);
}

#[test]
fn a_trainer_reads_a_call_from_facts_to_transcript() {
    let (_, book) = open();
    let mut harness = harness(book, egui::vec2(1356.0, 900.0));
    harness.get_by_role_and_label(Role::Button, "0412 · My back's gone: numb when wiping").click();
    harness.run();
    assert_eq!(headings(&harness, 3), ["At a glance"]);
    assert!(harness.query_by_label_contains("Twin: 0427").is_some());
    assert!(harness.query_by_label_contains("Draft by ").is_some());
    harness.get_by_role_and_label(Role::Button, "Facts").click();
    harness.run();
    assert!(harness.query_all_by_label_contains("Means at least:").next().is_some());
    assert!(harness.query_all_by_label_contains("Key: it has to be elicited").next().is_some());
    harness.get_by_role_and_label(Role::Button, "Outcome").click();
    harness.run();
    for words in ["Best: ", "Unsafe: ", "Take care: "] {
        assert!(harness.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    harness.get_by_role_and_label(Role::Button, "Model call: Health Advisor").click();
    harness.run();
    assert!(harness.query_all_by_label_contains("Donna: ").count() > 3);
    assert!(harness.query_all_by_label_contains("You: ").count() > 3);
}

fn app(workspace: Workspace) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, StatesPlugin));
    app.insert_state(Screen::Answers);
    let mut who = Who::default();
    who.workspace = workspace;
    app.insert_resource(who);
    app.insert_resource(Open(Some((Book { title: "", find: "", sections: Vec::new() }, Place::default()))));
    app.init_resource::<Wake>();
    app.add_systems(Update, leave.run_if(in_state(Screen::Answers)));
    app
}

#[test]
fn whoever_closes_the_trainers_workspace_is_at_the_desk() {
    let mut app = app(Workspace::Trainer);
    app.update();
    app.update();
    assert_eq!(*app.world().resource::<State<Screen>>().get(), Screen::Answers);
    app.world_mut().resource_mut::<Who>().workspace = Workspace::Trainee;
    app.update();
    app.update();
    assert_eq!(*app.world().resource::<State<Screen>>().get(), Screen::Desk);
    assert!(app.world().resource::<Open>().0.is_none(), "nothing is kept for whoever comes next");
}

#[test]
fn a_trainee_is_sent_away() {
    let mut app = app(Workspace::Trainee);
    app.update();
    app.update();
    assert_eq!(*app.world().resource::<State<Screen>>().get(), Screen::Desk);
}
