//! What the tests of several screens need: the shipped calls, taken by an expert or badly, and a screen to look at.

use std::sync::OnceLock;

use bevy_egui::egui;
use egui_kittest::Harness;

use crate::app::library::{Entry, Library};
use crate::app::live::Live;
use crate::app::theme::{self, Theme};
use crate::call::{Action, RULES, play};
use crate::records::{FORMAT, Head, Mode, Record};

/// Read once for all tests.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::open(None).expect("the shipped calls are read"))
}

/// The call with this slug.
pub fn entry<'l>(library: &'l Library, slug: &str) -> &'l Entry {
    library.by_slug(slug).expect("the call is shipped")
}

/// The head of a record of this call.
pub fn head(library: &Library, slug: &str, role: &str, mode: Mode, variant: Option<&str>) -> Head {
    let entry = entry(library, slug);
    Head {
        id: "0".repeat(32),
        rules: RULES,
        call: entry.scenario.neutral_name(),
        scenario: entry.hash.as_str().into(),
        standards: library.standards.hash.as_str().into(),
        variant: variant.map(Into::into),
        seed: 7,
        role: role.into(),
        mode,
        by: String::new(),
        taken: "2026-11-24T10:00".into(),
    }
}

/// A call that has been taken: what an expert does, changed by the test. What is refused is left out.
pub fn taken(library: &Library, head: Head, slug: &str, change: impl Fn(Action) -> Vec<Action>) -> Live {
    let script = entry(library, slug).script(&library.standards, head.variant.clone()).expect("ready");
    let mut call = crate::call::Call::new(script.clone(), &head.role, head.seed, head.mode).expect("the role is known");
    let mut actions = Vec::new();
    for action in script.model_call(&head.role).expect("a model call").into_iter().flat_map(change) {
        if let Ok(done) = play(&mut call, [(None, &action)]) {
            actions.extend(done);
        }
    }
    let record = Record { format: FORMAT, head, actions, events: call.events().to_vec(), clock: call.state().now };
    Live::again(&script, record).expect("what was played can be played again")
}

/// A screen of this size, dressed as in the window.
pub fn harness<S: 'static>(
    size: egui::Vec2,
    state: S,
    mut paint: impl FnMut(&mut egui::Ui, &mut S) + 'static,
) -> Harness<'static, S> {
    let mut dressed = false;
    Harness::builder().with_size(size).with_max_steps(12).build_ui_state(
        move |ui, state: &mut S| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Dark);
                return;
            }
            paint(ui, state);
        },
        state,
    )
}
