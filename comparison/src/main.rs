//! The same call in Ink (bladeink), in Yarn (Yarn Spinner) and in ours: read and checked, one step, saved and restored.
//! Figures, and what they do and do not say, are in `docs/performance.md`.

mod call;
mod ink;
mod yarn;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use rightcall::call::{Action, Call, Confidence, Script, play};
use rightcall::records::Mode;
use rightcall::scenario::{self, Scenario};
use rightcall::standards::Standards;


const SLUG: &str = "back-saddle-numb";

/// Microseconds: the fastest and the median of many.
fn times<T>(many: usize, mut what: impl FnMut() -> T) -> (f64, f64) {
    let mut all: Vec<f64> = (0..many)
        .map(|_| {
            let from = Instant::now();
            black_box(what());
            from.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    all.sort_by(f64::total_cmp);
    (all[0], all[many / 2])
}

fn say(what: &str, (fastest, median): (f64, f64)) {
    println!("{what:<60} {fastest:>12.2} µs {median:>12.2} µs");
}

/// The same questions in ours.
fn actions(call: &Scenario, (asked, decided): (&[&str], usize)) -> Vec<Action> {
    let mut list: Vec<Action> = asked.iter().map(|id| Action::Say { utterance: (*id).into(), to: None }).collect();
    let decide = Action::Decide { disposition: call.model.best.clone(), reason: "numb".into(), confidence: Confidence::Certain };
    list.insert(decided, decide);
    list
}

fn main() {
    let standards = Standards::shipped();
    let text = scenario::shipped().iter().find(|(slug, _)| *slug == SLUG).expect("it ships").1;
    let file = format!("{SLUG}.ron");
    let whole = scenario::load(&file, text.as_bytes()).expect("good");
    let call = Scenario { variants: Vec::new(), ..whole.scenario.clone() };

    let (asked, decided) = call::asked(&call, &standards);
    let said = (&*asked, decided);
    let ink_text = ink::translate(&call, &standards);
    let yarn_text = yarn::translate(&call, &standards);
    println!("{} steps: {asked:?}", asked.len() + 1);
    println!("{} bytes of ours with its variants, {} of Ink, {} of Yarn", text.len(), ink_text.len(), yarn_text.len());
    if let Some(folder) = std::env::args().nth(1) {
        std::fs::write(format!("{folder}/call.ink"), &ink_text).expect("written");
        std::fs::write(format!("{folder}/call.yarn"), &yarn_text).expect("written");
    }
    println!("{:<60} {:>15} {:>15}", "", "fastest", "median");

    // Read and checked: whatever each of them says about a file before it is played.
    say("Ink: compiled, and read by the runtime", times(20, || ink::ready(&ink_text)));
    say("Yarn: compiled (its type check with it)", times(7, || yarn::compile(&yarn_text)));
    say("ours: read, all variants", times(50, || scenario::load(&file, text.as_bytes())));
    say(
        "ours: read and checked, all variants",
        times(50, || scenario::check::check(&scenario::load(&file, text.as_bytes()).expect("good"), &standards)),
    );

    for (slug, text) in scenario::shipped() {
        let file = format!("{slug}.ron");
        let load = || scenario::load(&file, text.as_bytes()).expect("good");
        say(&format!("{slug}, {} KiB: read", text.len() / 1024), times(50, load));
        say("  read and checked", times(50, || scenario::check::check(&load(), &standards)));
    }

    // One step: something said, the answer, and whatever can be said next.
    let (json, mut story) = ink::ready(&ink_text);
    let (heard, steps) = ink::run(&mut story, &call.model.best, said);
    assert!(heard.contains("hen I wipe"), "{heard}");
    let (mut fastest, mut median) = (f64::MAX, Vec::new());
    for _ in 0..50 {
        let mut story = bladeink::story::Story::new_with_seed(&json, 1).expect("good");
        let from = Instant::now();
        let _ = ink::run(&mut story, &call.model.best, said);
        let each = from.elapsed().as_secs_f64() * 1e6 / f64::from(steps);
        fastest = fastest.min(each);
        median.push(each);
    }
    median.sort_by(f64::total_cmp);
    say("Ink: one step", (fastest, median[25]));

    let compilation = yarn::compile(&yarn_text);
    let (heard, steps) = yarn::run(&mut yarn::ready(&compilation), &call.model.best, said);
    assert!(heard.contains("hen I wipe"), "{heard}");
    let (mut fastest, mut median) = (f64::MAX, Vec::new());
    for _ in 0..50 {
        let mut dialogue = yarn::ready(&compilation);
        let from = Instant::now();
        let _ = yarn::run(&mut dialogue, &call.model.best, said);
        let each = from.elapsed().as_secs_f64() * 1e6 / f64::from(steps);
        fastest = fastest.min(each);
        median.push(each);
    }
    median.sort_by(f64::total_cmp);
    say("Yarn: one step", (fastest, median[25]));

    let script = Script::new(standards.clone(), call.clone(), whole.hash.clone(), None).expect("ready");
    // The senior role of a shipped call decides on the ladder, where no guide has to be worked through first.
    let begin = || Call::new(script.clone(), "clinical-advisor", 1, Mode::Coach).expect("known");
    let actions = actions(&call, said);
    let mut played = begin();
    let timed = play(&mut played, actions.iter().map(|action| (None, action))).expect("it plays");
    let mut each = times(200, || {
        let mut call = begin();
        for one in &timed {
            call.act(one.at, &one.action).expect("as before");
        }
        call
    });
    let steps = timed.len() as f64;
    each = (each.0 / steps, each.1 / steps);
    say("ours: one step, a new call with it", each);

    // Saved in the middle, and restored.
    let saved = story.save_state().expect("it is saved");
    say("Ink: saved", times(100, || story.save_state()));
    say(
        "Ink: restored into a story read anew",
        times(50, || {
            let mut story = bladeink::story::Story::new_with_seed(&json, 1).expect("good");
            story.load_state(&saved).expect("as saved");
            story
        }),
    );
    let mut dialogue = yarn::ready(&compilation);
    let _ = yarn::run(&mut dialogue, &call.model.best, said);
    let kept = yarn::save(&dialogue);
    say("Yarn: variables and node saved (not the place in it)", times(100, || yarn::save(&dialogue)));
    say("Yarn: restored into a new dialogue", times(50, || yarn::restore(&compilation, &kept)));
    let record = serde_json::to_string(&timed).expect("plain data");
    say("ours: all actions so far written as JSON", times(100, || serde_json::to_string(&timed)));
    say(
        "ours: read and played again, events and all",
        times(100, || {
            let timed: Vec<rightcall::call::TimedAction> = serde_json::from_str(&record).expect("as saved");
            let mut call = begin();
            for one in &timed {
                call.act(one.at, &one.action).expect("as before");
            }
            call
        }),
    );
    println!("saved: {} bytes of Ink, {} of Yarn, {} of ours", saved.len(), kept.len(), record.len());
    let _: Arc<Script> = script;
}
