//! Handing back, found by label.

use bevy_egui::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::page::{BackAction, BackModel, Before, Form, back_ui};
use super::*;
use crate::app::screens::testing;

struct Stage {
    done: Vec<&'static str>,
    profile: bool,
    before: Vec<Before>,
    form: Form,
    did: Vec<BackAction>,
}

fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let form = Form { to: "robin".into(), file: "/tmp/back.jsonl".into(), ..Form::default() };
    let stage =
        Stage { done: vec!["Call 0412", "Call 0427"], profile: true, before: Vec::new(), form, did: Vec::new() };
    let mut harness = testing::harness(size, stage, |ui, stage: &mut Stage| {
        let model = BackModel {
            name: "Winter",
            calls: 3,
            done: stage.done.clone(),
            profile: stage.profile,
            kept: true,
            busy: false,
            before: stage.before.clone(),
        };
        stage.did.extend(back_ui(ui, &model, &mut stage.form));
    });
    harness.run();
    harness
}

fn click(harness: &mut Harness<'static, Stage>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

const WINDOW: egui::Vec2 = egui::vec2(1356.0, 1000.0);

#[test]
fn one_says_what_is_shared_and_the_least_is_asked_for_first() {
    let mut harness = harness(WINDOW);
    harness.get_by_label_contains("It is about 2 calls: Call 0412, Call 0427. One is not done yet");
    assert_eq!(shared(&harness.state().form), BTreeSet::from([Shared::Calls]), "what one wrote stays one's own");
    click(&mut harness, "My reflections");
    assert_eq!(shared(&harness.state().form), BTreeSet::from([Shared::Calls, Shared::Reflections]));
    click(&mut harness, "Decisions only");
    assert!(harness.query_by_label("My reflections").is_none());
    assert_eq!(shared(&harness.state().form), BTreeSet::from([Shared::Decisions]));
    click(&mut harness, "Write the file");
    assert_eq!(harness.state().did, [BackAction::Write]);
}

#[test]
fn nothing_is_written_without_a_call_a_name_or_somebody_to_give_it_to() {
    let disabled =
        |harness: &Harness<'static, Stage>| harness.get_by_label("Write the file").accesskit_node().is_disabled();
    let mut harness = harness(WINDOW);
    assert!(!disabled(&harness));
    harness.state_mut().form.to.clear();
    harness.run();
    assert!(disabled(&harness));
    harness.state_mut().form.to = "robin".into();
    harness.state_mut().profile = false;
    harness.run();
    harness.get_by_label_contains("Handing back needs a profile");
    assert!(disabled(&harness));
    harness.state_mut().profile = true;
    harness.state_mut().done.clear();
    harness.run();
    harness.get_by_label_contains("Nothing of this set is done yet");
    assert!(disabled(&harness));
}

#[test]
fn what_was_shared_is_taken_back_after_asking() {
    let mut harness = harness(WINDOW);
    assert!(harness.query_by_label("Take it back…").is_none(), "there is nothing to take back");
    let given = Before { on: "Fri 27 Nov".into(), given: true, to: "robin".into(), what: vec![Shared::Calls] };
    harness.state_mut().before = vec![given];
    harness.run();
    harness.get_by_label("Fri 27 Nov: robin may see whole calls");
    click(&mut harness, "Take it back…");
    click(&mut harness, "Leave it shared");
    assert!(harness.state().did.is_empty());
    click(&mut harness, "Take it back…");
    click(&mut harness, "Yes, take it all back");
    assert_eq!(harness.state().did, [BackAction::TakeBack]);
}

#[test]
fn it_is_done_by_keyboard_alone_and_fits_small_windows() {
    let mut keys = harness(egui::vec2(968.0, 700.0));
    for _ in 0..30 {
        keys.key_press(egui::Key::Tab);
        keys.run();
        let focused = keys.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        if focused.is_some_and(|node| node.accesskit_node().label().is_some_and(|it| it == "Write the file")) {
            keys.key_press(egui::Key::Enter);
            keys.run();
            break;
        }
    }
    assert_eq!(keys.state().did, [BackAction::Write]);
    for size in [egui::vec2(968.0, 700.0), egui::vec2(468.0, 350.0)] {
        let harness = harness(size);
        for node in harness.root().children_recursive() {
            let node = node.accesskit_node();
            let Some(bounds) = node.bounding_box().filter(|_| node.label().or(node.value()).is_some()) else {
                continue;
            };
            assert!(bounds.x1 <= f64::from(size.x) + 1.0, "{:?} in {size}: {bounds:?}", node.label());
        }
    }
}

#[test]
fn what_was_said_before_is_listed_with_the_last_word_first() {
    let consent = |n: u32, at: &str, given| Annotation {
        id: format!("{n:032x}"),
        by: "Wren".into(),
        target: None,
        at: at.into(),
        kind: AnnotationKind::Consent { given, to: "robin".into(), what: Vec::new() },
        text: String::new(),
        shared: true,
    };
    let notes = [consent(1, "2026-11-20T10:00:00.000", true), consent(2, "2026-11-21T10:00:00.000", false)];
    let said: Vec<bool> = before(&notes, "Wren").iter().map(|one| one.given).collect();
    assert_eq!(said, [false, true]);
    assert!(before(&notes, "Kestrel").is_empty());
}
