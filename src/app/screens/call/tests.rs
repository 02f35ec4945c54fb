//! The call screen, found by label as a screen reader finds it, used as a person uses it.

mod guided;
mod heard;
mod keyboard;
mod looks;
mod mouse;
mod room;
mod saving;
mod tree;

use std::sync::Arc;
use std::time::Duration;

use bevy_egui::egui::{self, Key, Modifiers, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::state::{CallUi, Do};
use super::{doing, talk, transcript};
use crate::app::focus;
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::{self, Theme};
use crate::call::{RULES, Script, Speaker};
use crate::records::{Head, Mode};
use crate::scenario::Scenario;

/// The screen with everything behind it but the disk: what is done is saved at once.
pub struct Screen {
    pub live: Live,
    pub library: Library,
    pub ui: CallUi,
    /// All that was asked for, in order.
    pub done: Vec<Do>,
}

pub type Call = Harness<'static, Screen>;

/// How a call is set up.
pub struct Set {
    pub role: &'static str,
    pub mode: Mode,
    pub seed: u64,
    pub size: Vec2,
    pub change: fn(&mut Scenario),
}

impl Default for Set {
    fn default() -> Self {
        Self { role: "health-advisor", mode: Mode::Coach, seed: 7, size: vec2(1356.0, 900.0), change: |_| () }
    }
}

/// The call that every test takes: always the same caller with the same words.
const SLUG: &str = "back-saddle-numb";

pub fn live(library: &Library, set: &Set) -> Live {
    let entry = library.by_slug(SLUG).unwrap();
    let mut scenario = entry.as_taken(None);
    (set.change)(&mut scenario);
    let script: Arc<Script> = Script::new(library.standards.clone(), scenario, entry.hash.clone(), None).unwrap();
    let head = Head {
        id: "0".repeat(32),
        rules: RULES,
        call: entry.scenario.neutral_name(),
        scenario: entry.hash.as_str().into(),
        standards: library.standards.hash.as_str().into(),
        variant: None,
        seed: set.seed,
        role: set.role.into(),
        mode: set.mode,
        by: String::new(),
        taken: String::new(),
    };
    Live::begin(&script, head).unwrap()
}

/// A call just answered, with the ask bar ready.
pub fn call(set: &Set) -> Call {
    let library = Library::open(None).unwrap();
    let live = live(&library, set);
    let ui = CallUi::new(&live);
    let screen = Screen { live, library, ui, done: Vec::new() };
    let mut dressed = false;
    let mut call = Harness::builder().with_size(set.size).with_max_steps(12).build_ui_state(
        move |ui, screen: &mut Screen| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Dark);
                return;
            }
            frame(ui, screen);
        },
        screen,
    );
    call.run_steps(3);
    call
}

/// What the systems do in one frame.
fn frame(ui: &mut egui::Ui, screen: &mut Screen) {
    let Screen { live, library, ui: state, done } = screen;
    let ctx = ui.ctx().clone();
    focus::begin(&ctx);
    for what in doing::keys(&ctx, live, state) {
        done.push(what.clone());
        doing::carry_out(&ctx, live, library, state, what);
    }
    for what in talk::call_ui(ui, live, library, state) {
        done.push(what.clone());
        doing::carry_out(&ctx, live, library, state, what);
    }
    while live.next_write().is_some() {
        live.settled(Ok(()));
    }
    focus::end(&ctx);
}

/// What a person does.
pub trait Hands {
    fn press(&mut self, key: Key);
    fn press_with(&mut self, modifiers: Modifiers, key: Key);
    fn types(&mut self, words: &str);
    fn click(&mut self, label: &str);
    /// Says the first line of the bank that is found for these words.
    fn say(&mut self, words: &str);
    /// Lets call time pass.
    fn hear(&mut self, milliseconds: u64);
    /// Until everybody has finished.
    fn hear_out(&mut self);
    fn has(&self, label: &str) -> bool;
    fn lines(&self) -> Vec<(Speaker, String)>;
    /// Label of whatever has the keyboard.
    fn focused(&self) -> Option<String>;
}

impl Hands for Call {
    fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.key_press_modifiers(modifiers, key);
        self.run_steps(3);
    }

    fn types(&mut self, words: &str) {
        self.event(egui::Event::Text(words.to_owned()));
        self.run_steps(2);
    }

    fn click(&mut self, label: &str) {
        self.get_by_label(label).click_accesskit();
        self.run_steps(3);
    }

    fn say(&mut self, words: &str) {
        self.types(words);
        self.press(Key::Enter);
    }

    fn hear(&mut self, milliseconds: u64) {
        for _ in 0..milliseconds / 100 {
            self.state_mut().live.tick(Duration::from_millis(100), 100);
        }
        self.run_steps(2);
    }

    fn hear_out(&mut self) {
        self.state_mut().live.skip();
        self.run_steps(2);
    }

    fn has(&self, label: &str) -> bool {
        self.query_all_by_label_contains(label).next().is_some()
    }

    fn lines(&self) -> Vec<(Speaker, String)> {
        self.state().live.call().state().lines.iter().map(|line| (line.by.clone(), line.text.to_string())).collect()
    }

    fn focused(&self) -> Option<String> {
        // To a screen reader the chosen line has it.
        if self.ctx.memory(|memory| memory.has_focus(transcript::id())) {
            return Some("Transcript".into());
        }
        let mut nodes = vec![self.root()];
        while let Some(node) = nodes.pop() {
            if node.is_focused() {
                return node.accesskit_node().label();
            }
            nodes.extend(node.children());
        }
        None
    }
}
