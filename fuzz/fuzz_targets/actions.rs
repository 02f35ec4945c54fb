//! A file of actions from anybody, in RON or JSON: what can be done is done, marked, and played again.
//! The first byte says which call, role and notation.
#![no_main]

use std::sync::{Arc, OnceLock};

use libfuzzer_sys::fuzz_target;
use rightcall::call::{Call, Script, Scripted, play};
use rightcall::explore::{bounds, finish};
use rightcall::records::Mode;
use rightcall::standards::Standards;
use rightcall::{marking, ron_text, scenario};

/// Large files are refused by their size elsewhere; here they would only be slow.
const LIMIT: usize = 1 << 16;

fn scripts() -> &'static [Arc<Script>] {
    static SCRIPTS: OnceLock<Vec<Arc<Script>>> = OnceLock::new();
    SCRIPTS.get_or_init(|| {
        let all = scenario::shipped().iter();
        all.map(|(slug, text)| {
            let loaded = scenario::load(slug, text.as_bytes()).expect("shipped");
            Script::new(Standards::shipped(), loaded.scenario, loaded.hash, None).expect("shipped")
        })
        .collect()
    })
}

fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let which = usize::from(*which);
    let actions = if which.is_multiple_of(2) {
        ron_text::read::<Vec<Scripted>>("fuzz.ron", text, LIMIT).map(|(actions, _)| actions)
    } else {
        ron_text::read_json::<Vec<Scripted>>("fuzz.json", text, LIMIT)
    };
    let Ok(actions) = actions else { return };
    let script = &scripts()[which / 2 % scripts().len()];
    let roles = &script.standards.roles.roles;
    let role = &roles[which / 32 % roles.len()].id;
    let mode = if which >= 224 { Mode::JudgementExercise } else { Mode::Coach };
    let mut call = Call::new(script.clone(), role, 3, mode).expect("a role of the standards");
    let mut done = Vec::new();
    for one in &actions {
        done.extend(play(&mut call, [(one.at, &one.action)]).unwrap_or_default());
    }
    done.extend(finish(&mut call).expect("there is a way out"));
    let mark = marking::mark(&call, "");
    bounds(&mark).expect("the marks add up");
    let mut again = Call::new(script.clone(), role, 3, mode).expect("a role of the standards");
    for timed in &done {
        again.act(timed.at, &timed.action).expect("it was done before");
    }
    again.advance(call.state().now);
    assert_eq!(again.events(), call.events());
    assert_eq!(marking::mark(&again, ""), mark);
});
