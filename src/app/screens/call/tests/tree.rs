//! What a screen reader is given: names, roles, actions, states.

use bevy_egui::egui::accesskit::{Action, Toggled};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;

use super::super::transcript;
use super::{Hands, Set, call};

/// The tree as text, one node a line. Nodes without a name or a use are left out, not their children.
fn dump(node: &Node<'_>, depth: usize, out: &mut String) {
    let inner = node.accesskit_node();
    let data = inner.data();
    let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
    let mut below = depth;
    if !name.is_empty() {
        let actions = [(Action::Click, "click"), (Action::Focus, "focus"), (Action::SetValue, "set value")];
        let actions: Vec<&str> =
            actions.into_iter().filter(|(action, _)| data.supports_action(*action)).map(|(_, name)| name).collect();
        let mut states = Vec::new();
        match inner.toggled() {
            Some(Toggled::True) => states.push("on"),
            Some(Toggled::False) => states.push("off"),
            _ => {}
        }
        if inner.is_selected() == Some(true) {
            states.push("selected");
        }
        if inner.is_focused() {
            states.push("focused");
        }
        if data.live().is_some() {
            states.push("live");
        }
        let states = if states.is_empty() { String::new() } else { format!(" ({})", states.join(", ")) };
        let actions = if actions.is_empty() { String::new() } else { format!(" [{}]", actions.join(", ")) };
        out.push_str(&format!("{}{:?} {}{states}{actions}\n", "  ".repeat(depth), inner.role(), steady(&name)));
        below += 1;
    }
    for child in node.children() {
        dump(&child, below, out);
    }
}

/// The bank grows: how many lines there are is none of this test's business. Nor are pictures.
fn steady(name: &str) -> String {
    let icons = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    let mut words: Vec<String> = name.split(' ').map(|word| word.replace(icons, "*")).collect();
    for n in 1..words.len() {
        if words[n].starts_with("lines") && words[n - 1].bytes().all(|b| b.is_ascii_digit()) {
            words[n - 1] = "N".into();
        }
    }
    words.join(" ")
}

#[test]
fn the_tree_of_the_call_screen() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    call.click("Chest, body map");
    call.click("Chest, body map");
    call.types("allergies");
    let mut tree = String::new();
    dump(&call.root(), 0, &mut tree);
    insta::assert_snapshot!(tree);
}

#[test]
fn whatever_can_be_used_has_a_name() {
    for size in [super::vec2(1356.0, 900.0), super::vec2(968.0, 700.0), super::vec2(468.0, 350.0)] {
        let mut call = call(&Set { size, ..Set::default() });
        call.say("hello");
        call.hear_out();
        let mut open = vec![call.root()];
        while let Some(node) = open.pop() {
            let inner = node.accesskit_node();
            let used = inner.data().supports_action(Action::Focus);
            assert!(!used || inner.label().is_some_and(|name| !name.trim().is_empty()), "{:?} at {size}", inner.role());
            open.extend(node.children());
        }
    }
}

#[test]
fn a_screen_reader_is_told_each_line_once_when_it_has_been_heard() {
    let mut call = call(&Set::default());
    call.say("hello");
    let told = transcript::spoken(&call.state().live);
    assert_eq!(told.len(), 1, "what one says oneself is told at once, what is being said is not: {told:?}");
    call.hear_out();
    let heard = transcript::spoken(&call.state().live);
    assert_eq!(heard.first(), told.first());
    let numbers: Vec<u32> = heard.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (0..call.lines().len() as u32).collect::<Vec<_>>());
}
