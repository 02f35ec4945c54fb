//! What the documents show works.

use std::path::Path;

use rightcall::call::{Call, Script, Scripted, play};
use rightcall::diagnostic::Diagnostic;
use rightcall::marking::{self, Verdict};
use rightcall::records::Mode;
use rightcall::standards::Standards;
use rightcall::{ron_text, scenario};

fn document(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name))
        .expect("the document is there")
}

/// The fenced blocks of one language.
fn blocks(document: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = document.split(&fence).skip(1);
    parts.filter_map(|part| part.split("```").next()).map(str::to_owned).collect()
}

#[test]
fn the_example_call_is_clean_and_its_model_call_earns_full_marks() {
    let document = document("scenario-language.md");
    let examples = blocks(&document, "ron");
    let example = examples.iter().find(|block| block.starts_with("// tests/docs: example")).expect("an example");
    let loaded = scenario::load("throat-one-side.ron", example.as_bytes()).expect("it is read");
    let standards = Standards::shipped();
    let problems: Vec<Diagnostic> = scenario::check::check(&loaded, &standards);
    assert!(!problems.iter().any(Diagnostic::is_error), "{problems:?}");
    let script = Script::new(standards, loaded.scenario, loaded.hash, None).expect("it is ready");
    let mut call = Call::new(script.clone(), "health-advisor", 0, Mode::Coach).expect("known");
    let actions = script.model_call("health-advisor").expect("a model call");
    play(&mut call, actions.iter().map(|a| (None, a))).expect("it plays");
    let mark = marking::mark(&call, "");
    assert_eq!((mark.verdict, mark.points), (Verdict::Right, mark.out_of));
}

#[test]
fn the_example_actions_can_be_played() {
    let document = document("actions.md");
    let ron = blocks(&document, "ron");
    let (from_ron, _) = ron_text::read::<Vec<Scripted>>("example", ron[0].as_bytes(), 1 << 20).expect("it is read");
    let json = blocks(&document, "json");
    let from_json = ron_text::read_json::<Vec<Scripted>>("example", json[0].as_bytes(), 1 << 20).expect("it is read");
    for actions in [from_ron, from_json] {
        let (_, text) = scenario::shipped().iter().find(|(slug, _)| *slug == "back-saddle-numb").expect("shipped");
        let loaded = scenario::load("x.ron", text.as_bytes()).expect("it is read");
        let script = Script::new(Standards::shipped(), loaded.scenario, loaded.hash, None).expect("it is ready");
        let mut call = Call::new(script, "health-advisor", 0, Mode::Coach).expect("known");
        play(&mut call, actions.iter().map(|a| (a.at, &a.action))).expect("it plays");
        assert!(call.state().ended.is_some());
    }
}
