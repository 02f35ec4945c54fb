//! Whatever comes as a file is either read or refused: with one clear message, at its place, at once.

#![allow(clippy::disallowed_methods, reason = "how long a refusal takes is measured")]

use std::time::{Duration, Instant};

use rightcall::call::{Action, TimedAction};
use rightcall::diagnostic::{Diagnostic, codes};
use rightcall::ron_text::{self, ACTIONS_LIMIT, STANDARDS_LIMIT};
use rightcall::{scenario, standards};

const SCENARIO: &str = include_str!("fixtures/scenarios/sore-back.ron");
const ROLES: &str = include_str!("fixtures/standards/roles.ron");
const ACTIONS: &str = "[\n  (at: 0, do: Say(utterance: \"s-hello\")),\n  (at: 4000, do: Hold),\n]\n";

type Read = fn(&[u8]) -> Result<(), Vec<Diagnostic>>;

/// The three kinds of file, and how each is read.
fn kinds() -> [(&'static str, Read); 3] {
    [
        (SCENARIO, |bytes| scenario::load("x.ron", bytes).map(drop)),
        (ROLES, |bytes| ron_text::read::<standards::Roles>("x.ron", bytes, STANDARDS_LIMIT).map(drop)),
        (ACTIONS, |bytes| ron_text::read::<Vec<TimedAction>>("x.ron", bytes, ACTIONS_LIMIT).map(drop)),
    ]
}

/// What DESIGN.md section 9 allows, and more where nothing is optimised.
const IN_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 2 });

/// The finding, of which there has to be exactly one, found in time.
#[track_caller]
fn only(refuse: impl FnOnce() -> Result<(), Vec<Diagnostic>>) -> Diagnostic {
    let started = Instant::now();
    let mut problems = refuse().expect_err("it should have been refused");
    assert!(started.elapsed() < IN_TIME, "took {:?}", started.elapsed());
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

#[track_caller]
fn assert_at(found: &Diagnostic, code: &str, line: u32, column: u32) {
    assert_eq!((&*found.code, found.line, found.column), (code, line, column), "{found}");
}

/// Line and column, from 1, of the first time that `needle` is found.
fn place(text: &str, needle: &str) -> (u32, u32) {
    let at = text.find(needle).expect("needle");
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].chars().rev().take_while(|&c| c != '\n').count() + 1;
    (line as u32, column as u32)
}

#[test]
fn good_files_are_read() {
    for (text, read) in kinds() {
        assert_eq!(read(text.as_bytes()), Ok(()));
    }
}

#[test]
fn truncated_anywhere() {
    for (text, read) in kinds() {
        let end = text.trim_end().len();
        for length in (0..end).filter(|&n| text.is_char_boundary(n)) {
            let problems = read(&text.as_bytes()[..length]).expect_err("truncated");
            assert_eq!(problems[0].code, codes::SYNTAX, "{length}: {problems:#?}");
            assert!(problems[0].line <= 1 + text[..length].matches('\n').count() as u32);
        }
    }
}

#[test]
fn truncated_says_what_is_open() {
    let found = only(|| scenario::load("x.ron", b"(\n  id: \"a\",\n  facts: [").map(drop));
    assert_at(&found, codes::SYNTAX, 3, 11);
    assert_eq!(found.message, "the text ends where a `]` is missing");
    assert_eq!(found.hint, "the `[` on line 3, column 10 is not closed");
}

#[test]
fn mistyped_fields_get_a_suggestion() {
    let text = SCENARIO.replacen("answers:", "anwsers:", 1);
    let (line, column) = place(&text, "anwsers:");
    let found = only(|| scenario::load("x.ron", text.as_bytes()).map(drop));
    assert_at(&found, codes::TYPE, line, column);
    assert_eq!(found.message, "`Scenario` has no field `anwsers`");
    assert!(found.hint.starts_with("did you mean `answers`? the fields are id, number,"), "{}", found.hint);
}

#[test]
fn mistyped_choices_get_a_suggestion() {
    let text = ROLES.replacen("ByGuide", "ByGiude", 1);
    let (line, column) = place(&text, "ByGiude");
    let found = only(|| kinds()[1].1(text.as_bytes()));
    assert_at(&found, codes::TYPE, line, column);
    assert_eq!(found.hint, "did you mean `ByGuide`? the choices are HandsOver, ByGuide, OnLadder");

    let found = only(|| kinds()[2].1(b"[(at: 0, do: Sya(utterance: \"q\"))]"));
    assert_at(&found, codes::TYPE, 1, 14);
    assert!(found.hint.starts_with("did you mean `Say`?"), "{}", found.hint);
}

#[test]
fn missing_fields_are_named() {
    let text = SCENARIO.replacen("feature: \"saddle numbness\", ", "", 1);
    let (line, column) = place(&text, "(id: \"numb-wiping\"");
    let found = only(|| scenario::load("x.ron", text.as_bytes()).map(drop));
    assert_at(&found, codes::TYPE, line, column);
    assert_eq!(found.message, "`Fact` needs the field `feature`");

    let found = only(|| kinds()[2].1(b"[(at: 3)]"));
    assert_at(&found, codes::TYPE, 1, 2);
}

#[test]
fn wrong_types_are_told_apart() {
    for (from, to, message) in [
        ("number: 901", "number: \"901\"", "expected a whole number, found a text"),
        ("number: 901", "number: -1", "the number is too large or too small here"),
        ("number: 901", "number: 99999999999", "the number is too large or too small here"),
        ("title: \"Sore back\"", "title: Sore", "expected a text in double quotes, found `Sore`"),
        ("title: \"Sore back\"", "title: [\"Sore\"]", "expected a text in double quotes, found a list"),
        ("content_notes: []", "content_notes: \"\"", "expected a list in `[…]`, found a text"),
    ] {
        let text = SCENARIO.replacen(from, to, 1);
        assert_ne!(text, SCENARIO, "{from}");
        let (line, column) = place(&text, to);
        let column = column + to.find(": ").map_or(0, |at| at as u32 + 2);
        let found = only(|| scenario::load("x.ron", text.as_bytes()).map(drop));
        assert_at(&found, codes::TYPE, line, column);
        assert_eq!(found.message, message);
    }
}

#[test]
fn several_syntax_errors_are_reported_at_once() {
    let text = "(\n  a: 1\n  b: ,\n  c: 1x,\n  d = 3,\n)";
    let problems = scenario::load("x.ron", text.as_bytes()).expect_err("broken");
    let lines: Vec<u32> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 3, 4, 5, 5], "{problems:#?}");
}

#[test]
fn a_forgotten_quote_is_guessed() {
    let text = "(\n  id: \"sore-back,\n  title: \"Sore back\",\n)";
    let problems = scenario::load("x.ron", text.as_bytes()).expect_err("broken");
    assert!(problems[0].hint.contains("begins on line 2: was its closing `\"` forgotten?"), "{problems:#?}");
}

#[test]
fn duplicate_fields_and_keys() {
    for (text, read) in kinds() {
        let (field, value) = match text {
            SCENARIO => ("title", "title: \"Sore back\","),
            ROLES => ("level", "level: 3,"),
            _ => ("at", "at: 4000,"),
        };
        let text = text.replacen(value, &format!("{value} {value}"), 1);
        let (line, column) = place(&text, &format!("{value} {value}"));
        let found = only(|| read(text.as_bytes()));
        assert_at(&found, codes::DUPLICATE_KEY, line, column + value.len() as u32 + 1);
        assert_eq!(found.message, format!("the field `{field}` is given twice"));
        assert!(found.hint.contains(&format!("line {line}, column {column}")), "{}", found.hint);
    }
    let (_, problems) = ron_text::Tree::parse("{\"a\": 1, r\"a\": 2}".to_owned());
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(problems[0].code, codes::DUPLICATE_KEY);
}

#[test]
fn a_100_mb_file_is_refused_unread() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("huge.ron");
    let file = std::fs::File::create(&path).expect("file");
    file.set_len(100 << 20).expect("length");
    for limit in [ron_text::SCENARIO_LIMIT, STANDARDS_LIMIT, ACTIONS_LIMIT] {
        let found = only(|| ron_text::read_file(&path, limit).map(drop).map_err(|problem| vec![problem]));
        assert_at(&found, codes::TOO_LARGE, 1, 1);
        assert!(found.message.contains(&format!("{} MiB", limit >> 20)), "{found}");
    }
}

#[test]
fn bytes_above_the_limit_are_refused() {
    for (text, read) in kinds() {
        let text = format!("{text}{}", " ".repeat(ACTIONS_LIMIT));
        assert_at(&only(|| read(text.as_bytes())), codes::TOO_LARGE, 1, 1);
    }
}

#[test]
fn the_largest_actions_file_is_refused_in_time() {
    let text = format!("[{}", "1,".repeat(ACTIONS_LIMIT / 2 - 1));
    let found = only(|| kinds()[2].1(text.as_bytes()));
    assert_eq!(found.code, codes::TOO_LARGE);
}

#[test]
fn nested_200_000_deep() {
    for open in ["(", "[", "{", "Not(", "(a:", "Some(", "[["] {
        let text = open.repeat(200_000);
        for (_, read) in kinds() {
            // A small stack shows that nothing recurses.
            let text = text.clone();
            let refuse = move || only(|| read(text.as_bytes()));
            let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(refuse);
            let found = thread.expect("thread").join().expect("no overflow");
            assert_eq!(found.code, codes::TOO_DEEP, "{found}");
            assert_eq!(found.line, 1);
        }
    }
    let found = only(|| {
        ron_text::read_json::<Vec<TimedAction>>("x.json", "[".repeat(200_000).as_bytes(), ACTIONS_LIMIT).map(drop)
    });
    assert_at(&found, codes::TOO_DEEP, 1, 65);
    let comment = format!("{}{}(", "/*".repeat(200_000), "*/".repeat(200_000));
    assert_eq!(only(|| kinds()[0].1(comment.as_bytes())).code, codes::SYNTAX);
}

#[test]
fn as_deep_as_allowed_fits_a_small_stack() {
    let when = format!("{}Decided{}", "Not(".repeat(60), ")".repeat(60));
    let text = SCENARIO.replacen("when: Decided", &format!("when: {when}"), 1);
    assert_ne!(text, SCENARIO);
    let read = move || scenario::load("x.ron", text.as_bytes()).map(drop);
    let thread = std::thread::Builder::new().stack_size(900 << 10).spawn(read).expect("thread");
    assert_eq!(thread.join().expect("no overflow"), Ok(()));
}

#[test]
fn not_utf8_with_its_place() {
    for (text, read) in kinds() {
        let line_end = text.find('\n').expect("two lines") + 1;
        let mut bytes = text.as_bytes()[..line_end].to_vec();
        bytes.extend("  \"é".bytes());
        bytes.extend([0xE9, b'"']);
        let found = only(|| read(&bytes));
        assert_at(&found, codes::NOT_UTF8, 2, 5);
        assert_eq!(found.message, "the byte 0xE9 is not UTF-8");
    }
    let utf16: Vec<u8> = [0xFEFF_u16].into_iter().chain(ROLES.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let found = only(|| kinds()[1].1(&utf16));
    assert_eq!(found.message, "the text is UTF-16, not UTF-8");
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    for (text, read) in kinds() {
        let odd = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        assert_eq!(read(odd.as_bytes()), Ok(()));
        assert_eq!(ron_text::hash(&odd), ron_text::hash(text));
        // The places of mistakes are the same as well.
        let broken = text.replacen("health-advisor", "health-advisor\0", 1).replacen("s-hello", "s-\0hello", 1);
        let odd = format!("\u{feff}{}", broken.replace('\n', "\r\n"));
        assert_eq!(only(|| read(broken.as_bytes())), only(|| read(odd.as_bytes())));
    }
}

#[test]
fn control_characters_with_their_place() {
    for (what, message) in [
        ("\0", "a NUL character is not allowed"),
        ("\u{7}", "the control character U+0007 is not allowed"),
        ("\r", "a carriage return without a line feed is not allowed"),
        ("\u{202E}", "the control character U+202E is not allowed"),
    ] {
        for (text, read) in kinds() {
            let line_end = text.find('\n').expect("two lines") + 1;
            let text = format!("{}é{what}{}", &text[..line_end], &text[line_end..]);
            let found = only(|| read(text.as_bytes()));
            assert_at(&found, codes::FORBIDDEN_CHARACTER, 2, 2);
            assert_eq!(found.message, message);
        }
    }
}

#[test]
fn actions_in_json() {
    let read = |text: &str| ron_text::read_json::<Vec<TimedAction>>("x.json", text.as_bytes(), ACTIONS_LIMIT);
    let good = read("[{\"at\": 0, \"do\": {\"Say\": {\"utterance\": \"s-hello\"}}}, {\"at\": 4000, \"do\": \"Hold\"}]");
    assert_eq!(good.expect("good")[1].action, Action::Hold);
    for (text, code, line, column) in [
        ("[\n  {\"at\": 0", codes::SYNTAX, 2, 10),
        ("[\n  {\"at\": \"0\", \"do\": \"Hold\"}]", codes::TYPE, 2, 12),
        ("[{\"at\": 0, \"at\": 1, \"do\": \"Hold\"}]", codes::DUPLICATE_KEY, 1, 15),
        ("[{\"at\": 0,\n \"od\": \"Hold\"}]", codes::TYPE, 2, 5),
    ] {
        let found = only(|| read(text).map(drop));
        assert_at(&found, code, line, column);
    }
    assert_eq!(only(|| read("[\0]").map(drop)).code, codes::FORBIDDEN_CHARACTER);
    assert_eq!(only(|| read("").map(drop)).code, codes::SYNTAX);
}
