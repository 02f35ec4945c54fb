//! From a phone's worth of points (text at 200 % on a small laptop) to a large screen.

use bevy_egui::egui::{Key, Vec2, vec2};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;

use super::super::state::{Room, Tab};
use super::{Call, Hands, Set, call};
use crate::call::{Action, Slot};
use crate::records::Mode;

/// Window sizes in points, less the rail: 1024×700 at 200, 150, 125 and 100 %, and larger ones.
const SIZES: [(f32, f32); 9] = [
    (468.0, 350.0),
    (627.0, 466.0),
    (763.0, 560.0),
    (968.0, 700.0),
    (664.0, 450.0),
    (1068.0, 720.0),
    (1196.0, 800.0),
    (1356.0, 900.0),
    (1816.0, 1000.0),
];

fn nodes<'a>(call: &'a Call) -> Vec<Node<'a>> {
    let mut all = Vec::new();
    let mut open = vec![call.root()];
    while let Some(node) = open.pop() {
        open.extend(node.children());
        all.push(node);
    }
    all
}

/// Every control lies within the width of the window.
fn nothing_sticks_out(call: &Call, size: Vec2, what: &str) {
    for node in nodes(call) {
        let inner = node.accesskit_node();
        let named = inner.label().is_some() && inner.bounding_box().is_some();
        if let (Some(words), Some(_)) = (inner.value(), inner.bounding_box()) {
            let rect = node.rect();
            assert!(rect.left() >= -1.0 && rect.right() <= size.x + 1.0, "{what} at {size}: {words} lies at {rect}");
        }
        let controls = inner.data().supports_action(bevy_egui::egui::accesskit::Action::Click)
            || inner.data().supports_action(bevy_egui::egui::accesskit::Action::Focus);
        if !named || !controls {
            continue;
        }
        let (rect, label) = (node.rect(), inner.label().unwrap());
        let inside = rect.left() >= -1.0 && rect.right() <= size.x + 1.0;
        assert!(inside, "{what} at {size}: {label} lies at {rect}");
        assert!(
            rect.width() >= 23.0 && rect.height() >= 23.0,
            "{what} at {size}: {label} is a target of {}",
            rect.size()
        );
    }
}

#[test]
fn transcript_and_ask_bar_are_there_at_every_size_and_nothing_sticks_out() {
    for (width, height) in SIZES {
        let size = vec2(width, height);
        for mode in [Mode::Coach, Mode::Guided] {
            let mut call = call(&Set { size, mode, ..Set::default() });
            call.say("hello");
            call.hear(7000);
            for (line, slot) in [(0, Slot::Situation), (1, Slot::Assessment)] {
                call.state_mut().live.act(Action::Pin { line, slot });
            }
            call.run_steps(2);
            nothing_sticks_out(&call, size, "the call");
            assert!(call.has("Transcript") && call.has("Ask or say") && call.has("Donna: "), "{size}");
            call.types("medic tak");
            nothing_sticks_out(&call, size, "the list");
            call.press(Key::Escape);
            for tab in [Tab::Record, Tab::Pins, Tab::Topics, Tab::More] {
                call.state_mut().ui.tab = tab;
                call.run_steps(2);
                nothing_sticks_out(&call, size, "a tab");
            }
            call.state_mut().ui.tab = Tab::Talk;
            for command in ["/hold", "/transfer", "/break", "/breather"] {
                call.run_steps(2);
                call.say(command);
                nothing_sticks_out(&call, size, command);
                call.press(if command == "/breather" { Key::F9 } else { Key::Escape });
            }
        }
    }
}

#[test]
fn how_much_room_there_is_decides_what_stands_where() {
    assert_eq!(Room::of(vec2(468.0, 350.0)), Room::Small);
    assert_eq!(Room::of(vec2(968.0, 700.0)), Room::Medium);
    assert_eq!(Room::of(vec2(1356.0, 900.0)), Room::Wide);
}

#[test]
fn where_there_is_hardly_any_room_everything_else_is_in_tabs() {
    let mut call = call(&Set { size: vec2(468.0, 350.0), ..Set::default() });
    call.say("hello");
    call.hear_out();
    for (tab, there) in [
        ("Record", "Where is the patient now?"),
        ("Pins", "Situation"),
        ("Topics", "Chest, body map"),
        ("More", "Warm transfer"),
    ] {
        call.click(tab);
        assert!(call.has(there), "{tab}");
        assert!(!call.has("Ask or say"), "{tab}");
        // What the caller says is not missed.
        assert!(call.has("Donna: "), "{tab}");
    }
    call.press(Key::Escape);
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
    call.click("Topics");
    call.click("Chest, body map");
    assert!(call.has("Ask or say") && call.has("breathing"));
    call.say("/note");
    assert_eq!(call.focused().as_deref(), Some("Notes for the record"));
}

#[test]
fn in_two_columns_record_pins_and_topics_are_tabs() {
    let mut call = call(&Set { size: vec2(968.0, 700.0), ..Set::default() });
    assert!(call.has("Where is the patient now?") && !call.has("Chest, body map"));
    call.click("Topics");
    assert!(call.has("Chest, body map") && !call.has("Where is the patient now?"));
    assert!(call.has("Stage 3: Story"));
}
