//! What several tests need: the shipped calls, ready to be played.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::Arc;

use rightcall::call::{Action, Call, RULES, Script, TimedAction};
#[allow(unused_imports, reason = "each test file uses its own part")]
pub use rightcall::explore::play_leniently;
use rightcall::records::{FORMAT, Head, Mode, Record};
use rightcall::scenario;
use rightcall::standards::{Decides, Standards};

/// Every shipped scenario as written and in every variant; made once.
pub fn scripts() -> Vec<Arc<Script>> {
    static SCRIPTS: std::sync::OnceLock<Vec<Arc<Script>>> = std::sync::OnceLock::new();
    SCRIPTS.get_or_init(make_scripts).clone()
}

fn make_scripts() -> Vec<Arc<Script>> {
    let mut scripts = Vec::new();
    for (slug, text) in scenario::shipped() {
        let loaded = scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("a shipped scenario is read");
        let standards = Standards::shipped();
        let mut add = |scenario: scenario::Scenario, variant: Option<rightcall::standards::Id>| {
            scripts.push(Script::new(standards.clone(), scenario, loaded.hash.clone(), variant).expect("it is ready"));
        };
        add(loaded.scenario.clone(), None);
        for variant in &loaded.scenario.variants {
            add(loaded.scenario.overlaid(variant), Some(variant.id.clone()));
        }
    }
    scripts
}

/// One shipped scenario as written.
pub fn script(slug: &str) -> Arc<Script> {
    scripts().into_iter().find(|s| &*s.scenario.id == slug && s.variant.is_none()).expect("the scenario is shipped")
}

/// The model call of a role.
pub fn model(script: &Script, role: &str) -> Vec<Action> {
    script.model_call(role).expect("the role has a model call")
}

pub fn new_call(script: &Arc<Script>, role: &str, seed: u64) -> Call {
    Call::new(script.clone(), role, seed, Mode::Coach).expect("the role is known")
}

pub fn record(call: &Call, actions: Vec<TimedAction>) -> Record {
    let script = call.script();
    Record {
        format: FORMAT,
        head: Head {
            id: "00112233445566778899aabbccddeeff".into(),
            rules: RULES,
            call: script.scenario.neutral_name(),
            scenario: script.scenario_hash.as_str().into(),
            standards: script.standards.hash.as_str().into(),
            variant: script.variant.clone(),
            seed: call.seed(),
            role: call.role().id.clone(),
            mode: call.mode(),
            by: String::new(),
            taken: String::new(),
        },
        actions,
        events: call.events().to_vec(),
        clock: call.state().now,
    }
}

/// Roles with a model call of their own.
pub fn model_roles(script: &Script) -> Vec<String> {
    script.scenario.model.calls.iter().map(|c| c.role.to_string()).collect()
}

pub fn decides(script: &Script, role: &str) -> Decides {
    script.standards.role(role).expect("the role is known").decides
}
