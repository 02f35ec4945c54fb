//! What the checker finds: each code by an example that fires it, next to one that does not.

#![allow(clippy::disallowed_methods, reason = "how long a refusal takes is measured")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use rightcall::diagnostic::{Diagnostic, codes};
use rightcall::scenario::{self, Person};
use rightcall::standards::{FILES, Standards};

/// What DESIGN.md section 9 allows, and more where nothing is optimised.
const IN_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 2 });

const SCENARIO: &str = include_str!("fixtures/scenarios/sore-back.ron");

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path)
}

fn files() -> BTreeMap<String, Vec<u8>> {
    let read = |name: &&str| ((*name).to_owned(), std::fs::read(folder("standards").join(name)).expect("fixture"));
    FILES.iter().map(read).collect()
}

fn standards() -> Standards {
    Standards::from_files(&files()).expect("good fixtures")
}

fn check(text: &str) -> Vec<Diagnostic> {
    let loaded = scenario::load("sore-back.ron", text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    scenario::check::check(&loaded, &standards())
}

/// Line and column, from 1, of a needle.
fn place(text: &str, needle: &str) -> (u32, u32) {
    let at = text.find(needle).unwrap_or_else(|| panic!("no {needle} in the text"));
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].chars().rev().take_while(|&c| c != '\n').count() + 1;
    (line as u32, column as u32)
}

/// With `from` replaced by `to`, the code is found and nothing else is.
#[track_caller]
fn assert_finds(code: &str, from: &str, to: &str) -> Diagnostic {
    assert!(SCENARIO.contains(from), "no {from} in the fixture");
    let found = check(&SCENARIO.replacen(from, to, 1));
    let [one] = &found[..] else { panic!("{from} → {to}: {found:#?}") };
    assert_eq!(one.code, code, "{from} → {to}: {one}");
    one.clone()
}

/// With `from` replaced by `to`, the code is found where `at` stands within it, and nothing else is.
#[track_caller]
fn assert_fires(code: &str, from: &str, to: &str, at: &str) -> Diagnostic {
    assert!(SCENARIO.contains(from), "no {from} in the fixture");
    let text = SCENARIO.replacen(from, to, 1);
    let found = check(&text);
    let (line, column) = place(&text, to);
    let (inner_line, inner_column) = place(to, at);
    let place = (line + inner_line - 1, if inner_line == 1 { column + inner_column - 1 } else { inner_column });
    let [one] = &found[..] else { panic!("{from} → {to}: {found:#?}") };
    assert_eq!((&*one.code, (one.line, one.column)), (code, place), "{from} → {to}: {one}");
    one.clone()
}

#[test]
fn a_good_scenario_has_no_findings() {
    assert_eq!(check(SCENARIO), []);
}

#[test]
fn what_ships_has_no_errors() {
    let (standards, problems) = Standards::read(&Standards::shipped_files());
    let standards = standards.unwrap_or_else(|| panic!("{problems:#?}"));
    for (slug, text) in scenario::shipped() {
        let loaded = scenario::load(&format!("scenarios/{slug}.ron"), text.as_bytes()).expect("readable");
        let errors: Vec<_> =
            scenario::check::check(&loaded, &standards).into_iter().filter(Diagnostic::is_error).collect();
        assert_eq!(errors, []);
    }
}

#[test]
fn unknown_ids_have_a_place_and_a_suggestion() {
    for (code, from, to, at, near) in [
        (codes::UNKNOWN_UTTERANCE, "when: Mood(below: 20)", "when: Said(\"q-sadle-numb\")", "\"q-", "q-saddle-numb"),
        (codes::UNKNOWN_FEATURE, "feature: \"location\"", "feature: \"locatoin\"", "\"loc", "location"),
        (codes::UNKNOWN_FEATURE, "assured_by: [\"saddle", "assured_by: [\"sadle", "\"sadle", "saddle numbness"),
        (codes::UNKNOWN_DISPOSITION, "best: \"Dx02\"", "best: \"Dx03\"", "\"Dx03", "Dx02"),
        (
            codes::UNKNOWN_DISPOSITION,
            "at_least: Code(\"Dx02\"), key: true, worrying: true, noted",
            "at_least: Code(\"Dx002\"), key: true, worrying: true, noted",
            "\"Dx",
            "Dx02",
        ),
        (codes::UNKNOWN_STEP, "Rung(later_than: \"1h\")", "Rung(later_than: \"2h\")", "\"2h", "1h"),
        (codes::UNKNOWN_STEP, "Setting(\"self-care\")", "Setting(\"selfcare\")", "\"self", "self-care"),
        (codes::UNKNOWN_ROLE, "\"clinical-advisor\"]", "\"clinical-adviser\"]", "\"clin", "clinical-advisor"),
        (codes::UNKNOWN_GUIDE, "guides: [\"back\"]", "guides: [\"bakc\"]", "\"bakc", "back"),
        (codes::UNKNOWN_SERVICE, "best: \"ed-middle\"", "best: \"ed-midle\"", "\"ed", "ed-middle"),
        (codes::UNKNOWN_SERVICE, "place: \"middle\"", "place: \"midle\"", "\"mid", "middle"),
        (codes::UNKNOWN_SERVICE, "symptom_group: \"back\"", "symptom_group: \"bakc\"", "\"bakc", "back"),
        (
            codes::UNKNOWN_FACT,
            "yes.\"], tells: [\"numb-wiping\"]",
            "yes.\"], tells: [\"numb-wipping\"]",
            "\"numb-wipp",
            "numb-wiping",
        ),
        (codes::UNKNOWN_FACT, "handover: [\"numb-wiping\"]", "handover: [\"num-wiping\"]", "\"num-", "numb-wiping"),
        (codes::UNKNOWN_BEAT, "Beat(\"groan\")", "Beat(\"gron\")", "\"gron", "groan"),
        (
            codes::UNKNOWN_NAME,
            "relation: Patient, manner: \"plain\"",
            "relation: Patient, manner: \"plian\"",
            "\"plian",
            "plain",
        ),
        (codes::UNKNOWN_UTTERANCE, "Say(utterance: \"s-hello\")", "Say(utterance: \"s-helo\")", "\"s-helo", "s-hello"),
        (codes::UNKNOWN_SERVICE, "Accept(\"ed-middle\")", "Accept(\"ed-midle\")", "\"ed", "ed-middle"),
    ] {
        let found = assert_fires(code, from, to, at);
        assert_eq!(found.hint, format!("did you mean `{near}`?"));
    }
    let nothing_near = assert_fires(codes::UNKNOWN_GUIDE, "guides: [\"back\"]", "guides: [\"headache\"]", "\"h");
    assert_eq!(nothing_near.message, "there is no guide `headache`");
    assert_eq!(nothing_near.hint, "");
}

#[test]
fn unknown_ids_deep_in_conditions() {
    let when = |id: &str| format!("when: All([Decided, Not(Any([Told(\"{id}\"), After(5)]))]), say: [\"Thanks.\"]");
    let from = "when: Decided, say: [\"Thanks.\"]";
    assert_eq!(check(&SCENARIO.replacen(from, &when("numb-wiping"), 1)), []);
    assert_fires(codes::UNKNOWN_FACT, from, &when("nothing"), "\"nothing");
    assert_fires(codes::UNKNOWN_DISPOSITION, from, "when: DecidedOn(\"Dx9\"), say: [\"Thanks.\"]", "\"Dx9");
    assert_fires(codes::OUT_OF_RANGE, "Mood(below: 20)", "Mood(below: 120)", "120");
    assert_fires(codes::NEVER_HEARD, "Mood(below: 20)", "Mood(below: 20, from: 30)", "Mood");
    assert_fires(codes::EMPTY, "Mood(below: 20)", "Mood()", "Mood");
    assert_fires(codes::EMPTY, from, "when: All([]), say: [\"Thanks.\"]", "All");
}

#[test]
fn the_header() {
    assert_fires(codes::ID_AND_FILE, "id: \"sore-back\"", "id: \"sore-backs\"", "\"sore");
    assert_fires(codes::ID_AND_FILE, "id: \"sore-back\"", "id: \"../sore-back\"", "\"..");
    assert_fires(codes::OUT_OF_RANGE, "number: 901", "number: 0", "0");
    assert_fires(codes::BAD_DATE, "clock: \"2026-03-14T20:40", "clock: \"2026-02-30T20:40", "\"2026-02");
    assert_fires(codes::BAD_DATE, "born: \"1972-02-03\"", "born: \"3.2.1972\"", "\"3");
    assert_fires(codes::BAD_DATE, "born: \"1972-02-03\"", "born: \"2027-02-03\"", "\"2");
    assert_fires(codes::EMPTY, "title: \"Sore back\"", "title: \" \"", "\"");
    assert_fires(codes::EMPTY, "roles: [\"health-advisor\", \"clinical-advisor\"]", "roles: []", "[");
    assert_fires(codes::EMPTY, "opening: [\"Hello, my back's killing me.\"]", "opening: []", "[");
    assert_fires(
        codes::EMPTY,
        "(name: \"Dave Pritchard\", relation: Patient,",
        "(name: \"Dave Pritchard\", relation: Friend,",
        "(",
    );
    let found = assert_fires(codes::OTHER_STANDARDS, "standards: \"2026.1\"", "standards: \"2025.1\"", "\"2025");
    assert!(!found.is_error());
}

#[test]
fn answers_and_beats() {
    assert_fires(
        codes::ANSWER_TO_WHAT,
        "(feature: \"location\", say",
        "(feature: \"location\", to: \"q-where\", say",
        "(",
    );
    assert_fires(codes::ANSWER_TO_WHAT, "(feature: \"location\", say", "(say", "(");
    assert_fires(codes::EMPTY, "say: [\"At home, 12 Mill Lane.\"]", "say: []", "[");
    assert_fires(codes::EMPTY, "say: [\"At home, 12 Mill Lane.\"]", "say: [\"\"]", "\"");
    assert_fires(codes::PLACEHOLDER, "say: [\"At home, 12 Mill Lane.\"]", "say: [\"At {address}.\"]", "\"");
    let long = format!("say: [\"{}\"]", "a".repeat(601));
    assert_fires(codes::OUT_OF_RANGE, "say: [\"At home, 12 Mill Lane.\"]", &long, "\"a");
    let twice = "(feature: \"location\", say: [\"Here.\"]),\n    (feature: \"location\", say: [\"There.\"])";
    let found = assert_fires(
        codes::NEVER_HEARD,
        "(feature: \"location\", say: [\"At home, 12 Mill Lane.\"])",
        twice,
        "(feature: \"location\", say: [\"There",
    );
    assert!(!found.is_error());
    let found = assert_finds(codes::EMPTY, "say: [\"Ooh.\"], sound: \"[a groan]\"", "say: []");
    assert_eq!(found.message, "nothing is heard in the beat `groan`");
    assert_fires(
        codes::DUPLICATE_ID,
        "(id: \"after-groan\", at: Beat(\"groan\")",
        "(id: \"groan\", at: Lines(5)",
        "\"groan",
    );
    assert_fires(codes::NEVER_HEARD, "noted: [\"numb\"]", "noted: [\"Numb\"]", "\"N");
    assert_fires(
        codes::UNKNOWN_NAME,
        "at: Seconds(90), unless",
        "by: Other(\"cat\"), at: Seconds(90), unless",
        "\"cat",
    );
    assert_fires(codes::OUT_OF_RANGE, "at: Seconds(90), unless", "at: Seconds(9000), unless", "9000");
}

#[test]
fn beats_that_set_each_other_off() {
    let found = assert_fires(codes::CIRCLE, "at: Seconds(90)", "at: Beat(\"after-groan\")", "Beat");
    assert_eq!(found.message, "the beats `groan` and `after-groan` wait for each other");
    let found = assert_fires(codes::CIRCLE, "at: Seconds(90)", "at: Beat(\"groan\")", "Beat");
    assert_eq!(found.message, "the beat `groan` waits for itself");
}

#[test]
fn the_model_answer() {
    assert_fires(codes::CONTRADICTION, "acceptable: [\"Dx011\"]", "acceptable: [\"Dx02\"]", "\"Dx02");
    assert_fires(codes::CONTRADICTION, "acceptable: [\"Dx011\"]", "acceptable: [\"Dx011\", \"Dx011\"]", "\"Dx011\"]");
    assert_fires(codes::CONTRADICTION, "Setting(\"self-care\")", "Code(\"Dx011\")", "Code");
    assert_fires(codes::CONTRADICTION, "Setting(\"self-care\")", "Setting(\"ed\")", "Setting");
    assert_fires(codes::CONTRADICTION, "Rung(later_than: \"1h\")", "Later(\"Dx011\")", "Later");
    assert_fires(codes::CONTRADICTION, "Setting(\"self-care\")", "Service(\"ed-middle\")", "Service");
    assert_fires(codes::CONTRADICTION, "Setting(\"self-care\")", "Said(\"a-rest\")", "Said");
    let found = assert_fires(codes::ADVICE_KIND, "worsening: [\"w-call-back\"]", "worsening: [\"a-rest\"]", "\"a-rest");
    assert!(!found.is_error());
}

#[test]
fn variants() {
    let about = "about: \"The same back, another name.\",";
    let found = assert_finds(codes::VARIANT_KIND, "kind: Surface", "kind: Twist");
    assert_eq!(found.message, "the twist `daughter` has no model answer");
    let left_out = format!("{about} without_facts: [\"nothing\"],");
    assert_fires(codes::UNKNOWN_FACT, about, &left_out, "\"nothing");
    assert_fires(codes::UNKNOWN_BEAT, about, &format!("{about} without_beats: [\"nothing\"],"), "\"nothing");
    assert_fires(codes::UNKNOWN_UTTERANCE, about, &format!("{about} without_answers: [\"nothing\"],"), "\"nothing");
    assert_fires(codes::STILL_TOLD, about, &format!("{about} without_beats: [\"groan\"],"), "\"groan");
    let found = assert_finds(codes::EMPTY, "relation_words: \"I'm his daughter\", ", "");
    assert!(found.message.contains("how the caller knows"), "{found}");
    let own = "kind: Surface, model: (best: \"Dx02\", unsafe_if: [], worsening: [], rationale: \"x\", guides: [], calls: []),";
    assert_fires(codes::VARIANT_KIND, "kind: Surface,", own, "(best");
}

#[test]
fn a_fact_left_out_must_not_be_told() {
    let facts = SCENARIO.find("     facts: [(id: \"numb-wiping\"").expect("facts of the variant");
    let answers = SCENARIO.find("     answers: [\n       (to:").expect("answers of the variant");
    let end = SCENARIO.rfind("     ]),\n  ],").expect("end of the variant") + "     ]".len();
    let text = format!("{}     without_facts: [\"numb-wiping\"]{}", &SCENARIO[..facts], &SCENARIO[end..]);
    let found = check(&text);
    assert_eq!(found.iter().map(|f| &*f.code).collect::<Vec<_>>(), [codes::STILL_TOLD], "{found:#?}");
    assert_eq!(found[0].message, "`numb-wiping` is left out, and the answer to `q-saddle-numb` still tells it");
    assert!(facts < answers);
    let without = text.replace("without_facts:", "without_answers: [\"q-saddle-numb\"], without_facts:");
    // That the fact which decides is gone is another matter.
    assert!(check(&without).iter().all(|found| found.code != codes::STILL_TOLD), "{:#?}", check(&without));
}

#[test]
fn a_bank_default_must_not_deny_a_fact() {
    // The only answer left has a condition.
    let from = "(to: \"q-saddle-numb\", say: [\"Now you say it, yes.\"], tells: [\"numb-wiping\"]),";
    let text = SCENARIO.replacen(from, "", 1);
    let found = check(&text);
    let [one] = &found[..] else { panic!("{found:#?}") };
    assert_eq!((&*one.code, (one.line, one.column)), (codes::BANK_DEFAULT, place(&text, "(id: \"numb-wiping\"")));
    assert_eq!(one.message, "asked `q-saddle-numb`, the caller would deny the fact `numb-wiping`");
    assert_eq!(
        one.hint,
        "add an answer to `q-saddle-numb` or to the feature `saddle numbness`, without a `when`; \
         otherwise the caller would say: “No, nothing like that.”"
    );
    // An answer for the feature will do, and covers every way of asking.
    let by_feature =
        SCENARIO.replacen(from, "(feature: \"saddle numbness\", say: [\"Yes.\"], tells: [\"numb-wiping\"]),", 1);
    assert_eq!(check(&by_feature), []);
    // A fact that one way of asking brings out and another denies.
    let breathless =
        "facts: [\n    (id: \"puffed\", feature: \"breathing effort\", is: \"puffed\", known_to: [Caller]),";
    let text = SCENARIO.replacen("facts: [", breathless, 1);
    let found = check(&text);
    let [one] = &found[..] else { panic!("{found:#?}") };
    assert!(one.message.starts_with("asked `q-not-poorly`"), "{one}");
}

#[test]
fn the_rule_holds_for_everybody_who_knows_and_in_every_variant() {
    // The daughter's call: the patient knows as well, and would deny.
    let from = "(to: \"q-saddle-numb\", by: Patient, say: [\"Aye, a bit.\"], tells: [\"numb-wiping\"]),";
    let found = check(&SCENARIO.replacen(from, "", 1));
    let [one] = &found[..] else { panic!("{found:#?}") };
    assert_eq!(
        one.message,
        "asked `q-saddle-numb`, the patient would deny the fact `numb-wiping` in the variant `daughter`"
    );
    // A patient who rings answers as the caller: nobody else has to.
    let text = SCENARIO.replacen("known_to: [Caller],\n", "known_to: [Caller, Patient],\n", 1);
    assert_eq!(check(&text), []);
    // A variant that takes the answer away.
    let text = SCENARIO.replacen(
        "facts: [(id: \"numb-wiping\", feature: \"saddle numbness\", is: \"numb when wiping\", known_to: [Patient, Caller],",
        "without_answers: [\"q-saddle-numb\"], facts: [(id: \"more\", feature: \"location\", is: \"x\", known_to: [Caller],",
        1,
    );
    let text = text.replacen("(to: \"q-saddle-numb\", say: [\"He says yes.\"], tells: [\"numb-wiping\"]),", "", 1);
    let text = text.replacen(from, "", 1);
    let found = check(&text);
    let [one] = &found[..] else { panic!("{found:#?}") };
    assert_eq!((one.line, one.column), place(&text, "(id: \"daughter\""));
}

#[test]
fn answers_of_a_variant_replace_those_to_the_same_by_the_same() {
    let loaded = scenario::load("sore-back.ron", SCENARIO.as_bytes()).expect("good");
    let daughter = loaded.scenario.variant("daughter").expect("variant");
    assert!(loaded.scenario.variant("nobody").is_none());
    let said = |by: Person| -> Vec<&str> {
        let to = daughter.answers.iter().filter(|a| a.to.as_deref() == Some("q-saddle-numb") && a.by == by);
        to.flat_map(|answer| &answer.say).map(|say| &**say).collect()
    };
    assert_eq!(said(Person::Caller), ["He says yes."]);
    assert_eq!(said(Person::Patient), ["Aye, a bit."]);
    assert!(daughter.answers.iter().any(|answer| answer.feature.is_some()), "others stay");
    assert_eq!(daughter.facts.len(), 1);
    assert_eq!(daughter.beats, loaded.scenario.beats);
    assert_eq!(&*daughter.caller.name, "Ann Pritchard");
    assert!(daughter.variants.is_empty());
}

#[test]
fn limits() {
    let many = |item: &str, n: usize| (0..n).map(|n| item.replace('#', &n.to_string())).collect::<String>();
    let beats = many("(id: \"b#\", at: Lines(3), say: [\"Oh.\"]),", 99);
    let found = check(&SCENARIO.replacen("beats: [", &format!("beats: [{beats}"), 1));
    assert_eq!(found.iter().map(|f| &*f.message).collect::<Vec<_>>(), ["101 beats are more than the 100 allowed"]);
    // The worst that fits is refused in time: on one line, because columns are counted.
    for n in [490, 20_000] {
        let answers = many("(to: \"q-nothing-#\", say: []),", n);
        let text = SCENARIO.replacen("answers: [", &format!("answers: [{answers}"), 1);
        let text = text.replacen("afterwards: \"", &format!("afterwards: \"{}", "a".repeat(100_000)), 1);
        let started = Instant::now();
        let found = check(&text);
        assert!(started.elapsed() < IN_TIME, "{:?}", started.elapsed());
        assert!((1..=200).contains(&found.len()));
    }
}

/// With one file of the standards changed, exactly one thing is found, with this code, at this place.
#[track_caller]
fn assert_standards_fire(code: &str, file: &str, from: &str, to: &str, at: &str) -> Diagnostic {
    let mut files = files();
    let text = String::from_utf8(files[file].clone()).expect("text");
    assert!(text.contains(from), "no {from} in {file}");
    let text = text.replacen(from, to, 1);
    files.insert(file.to_owned(), text.clone().into_bytes());
    let (_, found) = Standards::read(&files);
    let (line, column) = place(&text, to);
    let [one] = &found[..] else { panic!("{file}: {from} → {to}: {found:#?}") };
    let (_, inner) = place(to, at);
    assert_eq!((&*one.code, &*one.file, one.line, one.column), (code, file, line, column + inner - 1), "{one}");
    one.clone()
}

#[test]
fn standards_refer_to_what_is_there() {
    for (code, file, from, to, at) in [
        (codes::UNKNOWN_DISPOSITION, "roles.ron", "early_exits: [\"Dx011\"]", "early_exits: [\"Dx012\"]", "\"Dx"),
        (codes::UNKNOWN_STEP, "dispositions.ron", "rung: \"6h\", column", "rung: \"5h\", column", "\"5h"),
        (codes::UNKNOWN_STEP, "dispositions.ron", "column: \"home\", refer", "column: \"house\", refer", "\"house"),
        (codes::UNKNOWN_STEP, "dispositions.ron", "setting: \"ed\"", "setting: \"edd\"", "\"edd"),
        (codes::UNKNOWN_STEP, "dispositions.ron", "need: \"gp-today\"", "need: \"gp\"", "\"gp"),
        (codes::UNKNOWN_FEATURE, "questions.ron", "probes: [\"location\"]", "probes: [\"locaton\"]", "\"loc"),
        (
            codes::UNKNOWN_NAME,
            "statements.ron",
            "system: \"general\", you: \"Hello",
            "system: \"genral\", you: \"Hello",
            "\"genral",
        ),
        (
            codes::UNKNOWN_UTTERANCE,
            "questions.ron",
            "better: [\"q-breathing-now\"]",
            "better: [\"q-breathing\"]",
            "\"q-b",
        ),
        (codes::UNKNOWN_UTTERANCE, "guides.ron", "question: \"q-saddle-numb\"", "question: \"q-saddle\"", "\"q-s"),
        (codes::UNKNOWN_DISPOSITION, "guides.ron", "yes: Yield(\"Dx02\")", "yes: Yield(\"Dx2\")", "\"Dx2"),
        (codes::UNKNOWN_GUIDE, "guides.ron", "yes: Yield(\"Dx02\")", "yes: GoTo(\"bck\")", "\"bck"),
        (codes::UNKNOWN_DISPOSITION, "guides.ron", "otherwise: \"Dx08\"", "otherwise: \"Dx8\"", "\"Dx8"),
        (codes::UNKNOWN_SERVICE, "directory.ron", "kind: 40,", "kind: 41,", "41"),
        (codes::UNKNOWN_STEP, "directory.ron", "meets: [\"ed-full\"]", "meets: [\"ed\"]", "\"ed"),
        (codes::UNKNOWN_SERVICE, "directory.ron", "catch_all: [\"ed-middle\"]", "catch_all: [\"ed\"]", "\"ed"),
        (codes::BAD_DATE, "directory.ron", "from: \"18:30\"", "from: \"18.30\"", "\"18"),
        (codes::BAD_DATE, "directory.ron", "from: \"18:30\"", "from: \"24:00\"", "\"24"),
        (
            codes::UNKNOWN_FEATURE,
            "marking.ron",
            "exclude_first: [[\"breathing effort\"]]",
            "exclude_first: [[\"breath\"]]",
            "\"breath",
        ),
    ] {
        assert_standards_fire(code, file, from, to, at);
    }
}

#[test]
fn standards_are_sound() {
    for (code, file, from, to, at) in [
        (codes::DUPLICATE_ID, "competences.ron", "id: \"C12\", name: \"Well", "id: \"C1\", name: \"Well", "\"C1"),
        (codes::DUPLICATE_ID, "statements.ron", "id: \"s-hello\"", "id: \"q-where\"", "\"q-where"),
        (codes::DUPLICATE_ID, "reject-reasons.ron", "id: 2, name", "id: 1, name", "1"),
        (codes::BAD_DATE, "topics.ron", "effective_from: \"2026-01-01\"", "effective_from: \"2026-1-1\"", "\"2026-1"),
        (codes::PLACEHOLDER, "questions.ron", "How is {name}'s breathing", "How is {nmae}'s breathing", "How"),
        (codes::PLACEHOLDER, "topics.ron", "No, it's {truth}.", "No, it's {field}.", "No"),
        (codes::EMPTY, "topics.ron", "agrees: [\"All right, thank you.\"]", "agrees: []", "["),
        (codes::EMPTY, "marking.ron", "under: [10, 4, 1]", "under: []", "["),
        (codes::OUT_OF_RANGE, "marking.ron", "over: [10, 6, 3]", "over: [10, 16, 3]", "["),
        (codes::OUT_OF_RANGE, "marking.ron", "cap_percent: 40", "cap_percent: 140", "140"),
        (codes::OUT_OF_RANGE, "guides.ron", "not_sure_limit: 3", "not_sure_limit: 0", "0"),
        (
            codes::CONTRADICTION,
            "questions.ron",
            "better: [\"q-breathing-now\"]",
            "better: [\"q-not-poorly\"]",
            "\"q-not",
        ),
        (codes::EMPTY, "dispositions.ron", ", need: \"gp-today\"", "", ""),
    ] {
        if code == codes::PLACEHOLDER || file == "reject-reasons.ron" || to.is_empty() {
            let mut files = files();
            let text = String::from_utf8(files[file].clone()).expect("text").replacen(from, to, 1);
            files.insert(file.to_owned(), text.into_bytes());
            let (_, found) = Standards::read(&files);
            assert_eq!(found.iter().map(|f| &*f.code).collect::<Vec<_>>(), [code], "{found:#?}");
        } else {
            assert_standards_fire(code, file, from, to, at);
        }
    }
}

#[test]
fn guides_do_not_lead_in_a_circle() {
    let found = assert_standards_fire(
        codes::CIRCLE,
        "guides.ron",
        "(id: \"back\", title: \"Back pain\", limits: \"Adults.\", from_age: 16, terms: [\"back\"],\n     steps: [(question: \"q-saddle-numb\", yes_means: \"numb around the bottom\", yes: Yield(\"Dx02\")",
        "(id: \"back\", title: \"Back pain\", limits: \"Adults.\", from_age: 16, terms: [\"back\"],\n     steps: [(question: \"q-saddle-numb\", yes_means: \"numb around the bottom\", yes: GoTo(\"back\")",
        "\"back",
    );
    assert_eq!(found.message, "the guide `back` leads back to itself");
}

#[test]
fn a_missing_standards_file_is_named() {
    let mut files = files();
    files.remove("guides.ron");
    let problems = Standards::from_files(&files).expect_err("incomplete");
    assert_eq!(problems[0].message, "the standards have no `guides.ron`");
}

/// Runs `rightcall check` and gives its exit code and standard output.
fn run(arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_rightcall"))
        .arg("check")
        .args(["--on", "2026-11-27"])
        .args(arguments)
        .output()
        .expect("run");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).expect("utf-8"))
}

#[test]
fn the_command_line() {
    let standards = folder("standards").display().to_string();
    let scenarios = folder("scenarios").display().to_string();
    let (code, said) = run(&["--no-play", "--standards", &standards, &scenarios, &standards]);
    assert_eq!((code, &*said), (0, "1 scenario and 2 standards folders checked: no problems\n"));

    let temporary = tempfile::tempdir().expect("folder");
    let broken = temporary.path().join("sore-back.ron");
    std::fs::write(&broken, SCENARIO.replacen("best: \"Dx02\"", "best: \"Dx03\"", 1)).expect("write");
    let broken = broken.display().to_string();
    let (code, said) = run(&["--no-play", "--standards", &standards, "--format", "json", &broken]);
    assert_eq!(code, 1);
    let found: serde_json::Value = serde_json::from_str(&said).expect("json");
    let (line, column) = place(SCENARIO, "\"Dx02\", acceptable");
    let expected = serde_json::json!([{
        "code": "R0012", "severity": "error", "file": broken, "line": line, "column": column,
        "message": "there is no disposition `Dx03`", "hint": "did you mean `Dx02`?",
    }]);
    assert_eq!(found, expected);

    let (code, said) = run(&["--no-play", "--standards", &standards, &broken]);
    assert_eq!(code, 1);
    for part in ["error[R0012]: there is no disposition `Dx03`", "best: \"Dx03\"", "^^^^^^", "did you mean `Dx02`?"] {
        assert!(said.contains(part), "no {part} in\n{said}");
    }
    let (code, said) = run(&["--format", "json", "nothing-here.ron"]);
    assert_eq!(code, 1);
    assert!(said.contains("there is no file `nothing-here.ron`"), "{said}");
    let (code, said) = run(&["--no-play", "--standards", "nowhere", &scenarios]);
    assert_eq!(code, 1);
    assert!(said.contains("there is no folder `nowhere`"), "{said}");
    // Two calls with one number.
    let (code, said) = run(&[
        "--no-play",
        "--standards",
        &standards,
        &broken,
        &folder("scenarios/sore-back.ron").display().to_string(),
    ]);
    assert_eq!(code, 1);
    assert!(said.contains("has the number 901 as well"), "{said}");
}

#[test]
fn the_command_line_refuses_at_once() {
    let temporary = tempfile::tempdir().expect("folder");
    let huge = temporary.path().join("huge.ron");
    std::fs::File::create(&huge).and_then(|file| file.set_len(100 << 20)).expect("sparse file");
    let deep = temporary.path().join("deep.ron");
    std::fs::write(&deep, "(".repeat(200_000)).expect("write");
    for (path, code) in [(huge, codes::TOO_LARGE), (deep, codes::TOO_DEEP)] {
        let started = Instant::now();
        let (status, said) = run(&["--format", "json", &path.display().to_string()]);
        assert_eq!(status, 1);
        assert!(said.contains(code), "{said}");
        assert!(started.elapsed() < IN_TIME, "{:?}", started.elapsed());
    }
}

mod whatever_is_written {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        /// A scenario changed anywhere is read and checked, or refused; it never panics.
        #[test]
        fn is_read_or_refused(
            changes in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "[\\]\\[(){}:,\"a-z0-9é ]{0,6}"), 1..4),
            bytes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..2),
        ) {
            let mut text = SCENARIO.to_owned();
            for (place, length, new) in changes {
                let from = text.floor_char_boundary(place.index(text.len()));
                let to = text.floor_char_boundary((from + length).min(text.len()));
                text.replace_range(from..to, &new);
            }
            let mut text = text.into_bytes();
            for (place, byte) in bytes {
                let place = place.index(text.len());
                text[place] = byte;
            }
            let found = match scenario::load("sore-back.ron", &text) {
                Ok(loaded) => scenario::check::check(&loaded, &standards()),
                Err(problems) => problems,
            };
            let lines = text.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1;
            for one in found {
                prop_assert!((1..=lines).contains(&one.line), "{one}");
                prop_assert!(!one.message.is_empty() && !one.message.ends_with('.'), "{one}");
            }
        }
    }
}
