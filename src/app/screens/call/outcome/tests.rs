//! The outcome, by keyboard and by label: what is done is carried out on a real call.

mod advising;
mod deciding;
mod layout;
mod referring;

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::super::doing;
use super::super::state::{CallUi, View};
use super::super::talk::call_ui;
use crate::app::focus;
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::{self, Theme};
use crate::call::{Action, RULES, Script};
use crate::records::{Head, Mode};
use crate::scenario::Scenario;
use crate::standards::FieldName;

/// A call on the screen, whose actions are done and kept at once.
pub struct Shown {
    pub live: Live,
    pub library: Library,
    pub ui: CallUi,
}

pub struct Play(pub Harness<'static, Shown>);

impl Play {
    /// The outcome of a call in which nothing has been said yet.
    pub fn of(role: &str, mode: Mode) -> Self {
        Self::with("back-mechanical", role, mode, egui::vec2(1440.0, 900.0), |_| {})
    }

    /// A judgement exercise in a window of this size.
    pub fn sized(width: f32, height: f32) -> Self {
        let size = egui::vec2(width, height);
        Self::with("back-mechanical", "health-advisor", Mode::JudgementExercise, size, |_| {})
    }

    /// The same with another scenario, changed a little.
    pub fn with(call: &str, role: &str, mode: Mode, size: egui::Vec2, change: impl FnOnce(&mut Scenario)) -> Self {
        let library = Library::open(None).unwrap();
        let entry = library.by_slug(call).unwrap();
        let mut scenario = entry.as_taken(None);
        change(&mut scenario);
        let head = Head {
            id: "0".repeat(32),
            rules: RULES,
            call: scenario.neutral_name(),
            scenario: entry.hash.as_str().into(),
            standards: library.standards.hash.as_str().into(),
            variant: None,
            seed: 7,
            role: role.into(),
            mode,
            by: String::new(),
            taken: String::new(),
        };
        let script = Script::new(library.standards.clone(), scenario, entry.hash.clone(), None).unwrap();
        let live = Live::begin(&script, head).unwrap();
        let mut ui = CallUi::new(&live);
        (ui.over, ui.fresh, ui.view) = (None, false, View::Outcome);
        ui.outcome.land = true;
        let mut dressed = false;
        let harness = Harness::builder().with_size(size).with_max_steps(20).build_ui_state(
            move |ui, shown: &mut Shown| {
                if !dressed {
                    dressed = true;
                    theme::install(ui.ctx(), Theme::Dark);
                    return;
                }
                let ctx = ui.ctx().clone();
                focus::begin(&ctx);
                let mut todo = doing::keys(&ctx, &shown.live, &mut shown.ui);
                todo.extend(call_ui(ui, &shown.live, &shown.library, &mut shown.ui));
                for what in todo {
                    doing::carry_out(&ctx, &mut shown.live, &shown.library, &mut shown.ui, what);
                    ctx.request_repaint();
                }
                while shown.live.next_write().is_some() {
                    shown.live.settled(Ok(()));
                    ctx.request_repaint();
                }
                if focus::end(&ctx) {
                    ctx.request_repaint();
                }
            },
            Shown { live, library, ui },
        );
        let mut play = Self(harness);
        play.0.run();
        play
    }

    /// A judgement exercise in which this has been decided.
    pub fn decided(code: &str) -> Self {
        let mut play = Self::of("health-advisor", Mode::JudgementExercise);
        play.0.state_mut().ui.outcome.land = true;
        play.act(Action::Decide {
            disposition: code.into(),
            reason: "Numb on wiping".into(),
            confidence: crate::call::Confidence::Fairly,
        });
        play
    }

    /// Does something as if it had been done elsewhere, and lets everything be said.
    pub fn act(&mut self, action: Action) {
        let shown = self.0.state_mut();
        shown.live.act(action);
        while shown.live.next_write().is_some() {
            shown.live.settled(Ok(()));
        }
        self.hear();
    }

    /// Everything under way is said.
    pub fn hear(&mut self) {
        self.0.state_mut().live.skip();
        self.0.run();
    }

    /// A control by its name, or the first of a few with the same.
    pub fn click(&mut self, label: &str) {
        let is_control = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() != Role::Label;
        let find = |play: &Self| {
            let found = play.0.query_all_by_label(label).find(is_control);
            found.unwrap_or_else(|| panic!("no control is called {label}")).scroll_to_me()
        };
        find(self);
        self.0.run();
        self.0.query_all_by_label(label).find(is_control).unwrap().click();
        self.0.run();
    }

    pub fn key(&mut self, key: Key) {
        self.0.key_press(key);
        self.0.run();
    }

    pub fn ctrl_enter(&mut self) {
        self.0.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        self.0.run();
    }

    pub fn types(&mut self, text: &str) {
        self.0.event(egui::Event::Text(text.into()));
        self.0.run();
    }

    pub fn shows(&self, label: &str) -> bool {
        self.0.query_all_by_label_contains(label).next().is_some()
    }

    pub fn focused(&self) -> String {
        let node = self.0.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    pub fn call(&self) -> &crate::call::Call {
        self.0.state().live.call()
    }

    /// The first label that holds these words.
    pub fn label(&self, part: &str) -> String {
        let node = self.0.query_all_by_label_contains(part).next();
        node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
    }

    pub fn outcome(&self) -> &super::state::Outcome {
        &self.0.state().ui.outcome
    }

    /// Place and age as recorded, and the directory searched.
    pub fn searched(mut self) -> Self {
        let fields = [(FieldName::Location, "6 Orchard Close, Southfold"), (FieldName::DateOfBirth, "12 3 1984")];
        for (name, text) in fields {
            self.act(Action::Field { name, text: text.into() });
        }
        let fields = CallUi::new(&self.0.state().live).fields;
        self.0.state_mut().ui.fields = fields;
        self.0.run();
        self.click("Search the directory");
        self.hear();
        self
    }
}
