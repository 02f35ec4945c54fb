//! The first rows of the figures to reach: one action, a model call, a scenario read and checked.
//!
//! `cargo bench --no-default-features`; figures and machine in `docs/performance.md`.

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use rightcall::call::{Action, Call, Script, play};
use rightcall::records::Mode;
use rightcall::standards::Standards;
use rightcall::{marking, scenario};

fn main() {
    divan::main();
}

const SLUGS: [&str; 2] = ["back-saddle-numb", "back-mechanical"];

fn text(slug: &str) -> &'static str {
    scenario::shipped().iter().find(|(known, _)| *known == slug).map(|(_, text)| *text).expect("shipped")
}

fn script(slug: &str) -> Arc<Script> {
    let loaded = scenario::load(slug, text(slug).as_bytes()).expect("it is read");
    Script::new(Standards::shipped(), loaded.scenario, loaded.hash, None).expect("it is ready")
}

/// All actions of a model call; divided by their number it is one action.
#[divan::bench(args = SLUGS)]
fn actions_of_a_model_call(bencher: Bencher, slug: &str) {
    let script = script(slug);
    let actions = script.model_call("health-advisor").expect("there is one");
    let timed = {
        let mut call = Call::new(script.clone(), "health-advisor", 0, Mode::Coach).expect("known");
        play(&mut call, actions.iter().map(|a| (None, a))).expect("it plays")
    };
    bencher
        .counter(divan::counter::ItemsCount::new(timed.len()))
        .with_inputs(|| Call::new(script.clone(), "health-advisor", 0, Mode::Coach).expect("known"))
        .bench_values(|mut call| {
            for timed in &timed {
                call.act(timed.at, &timed.action).expect("it is done");
            }
            call
        });
}

/// One question and its answer.
#[divan::bench]
fn one_question(bencher: Bencher) {
    let script = script("back-saddle-numb");
    let mut begun = Call::new(script, "health-advisor", 0, Mode::Coach).expect("known");
    begun.advance(20_000);
    let action = Action::Say { utterance: "q-getting-worse".into(), to: None };
    bencher.with_inputs(|| begun.clone()).bench_refs(|call| black_box(call).act(21_000, &action));
}

/// A model call played and marked.
#[divan::bench(args = SLUGS)]
fn model_call_played_and_marked(bencher: Bencher, slug: &str) {
    let script = script(slug);
    let actions: Vec<Action> = script.model_call("health-advisor").expect("there is one");
    bencher.counter(divan::counter::ItemsCount::new(1_usize)).bench(|| {
        let mut call = Call::new(script.clone(), "health-advisor", 0, Mode::Coach).expect("known");
        play(&mut call, actions.iter().map(|a| (None, a))).expect("it plays");
        marking::mark(&call, "")
    });
}

/// The same on both cores.
#[divan::bench(threads = 2)]
fn simulated_calls_on_two_cores(bencher: Bencher) {
    let script = script("back-mechanical");
    let actions: Vec<Action> = script.model_call("health-advisor").expect("there is one");
    bencher.counter(divan::counter::ItemsCount::new(1_usize)).bench(|| {
        let mut call = Call::new(script.clone(), "health-advisor", 0, Mode::Coach).expect("known");
        play(&mut call, actions.iter().map(|a| (None, a))).expect("it plays");
        marking::mark(&call, "")
    });
}

/// One scenario parsed and checked, without play.
#[divan::bench(args = SLUGS)]
fn scenario_read_and_checked(bencher: Bencher, slug: &str) {
    let standards = Standards::shipped();
    let text = text(slug);
    // Under its own name: what a call means is looked at only where nothing is wrong with its form.
    let file = format!("{slug}.ron");
    bencher.bench(|| {
        let loaded = scenario::load(&file, text.as_bytes()).expect("it is read");
        scenario::check::check(&loaded, &standards)
    });
}

/// One look into the directory.
#[divan::bench]
fn directory_search(bencher: Bencher) {
    let script = script("back-saddle-numb");
    let mut call = Call::new(script.clone(), "clinical-advisor", 0, Mode::Coach).expect("known");
    let actions = script.model_call("clinical-advisor").expect("there is one");
    play(&mut call, actions.iter().take_while(|a| **a != Action::Search).map(|a| (None, a))).expect("it plays");
    let disposition = script.standards.disposition("Dx02").expect("known").clone();
    bencher.bench(|| call.query(&disposition, "ed-full"));
}
