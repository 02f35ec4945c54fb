//! Every diagnostic has a page, and the examples on the pages are the tests of the checker.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rightcall::call::{Script, speech};
use rightcall::diagnostic::{Diagnostic, PAGES, page};
use rightcall::ron_text;
use rightcall::scenario::check::{Depth, check_to, check_together, unanswered, unvoiced};
use rightcall::scenario::{self, Loaded};
use rightcall::standards::Standards;

/// The day on which the examples are checked.
const TODAY: &str = "2026-11-27";
/// The call that the examples edit.
const CALL: &str = "throat-one-side.ron";

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root(path)).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

/// A fenced block of a page: `language words`, and what is in it.
struct Block {
    language: String,
    words: Vec<String>,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(info), None) => {
                let mut words = info.split_whitespace().map(str::to_owned);
                let language = words.next().unwrap_or_default();
                open = Some(Block { language, words: words.collect(), text: String::new() });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    blocks
}

/// What an edit takes out and puts in, as a page writes it: lines with `-`, then lines with `+`.
fn edits(text: &str) -> Vec<(String, String)> {
    let mut edits: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
    let mut before = ' ';
    for line in text.lines() {
        let sign = line.chars().next().unwrap_or(' ');
        match sign {
            '-' if before == '-' => edits.last_mut().expect("begun").0.push(&line[1..]),
            '-' => edits.push((vec![&line[1..]], Vec::new())),
            '+' => edits.last_mut().expect("something is taken out first").1.push(&line[1..]),
            _ => {}
        }
        before = sign;
    }
    edits.into_iter().map(|(old, new)| (old.join("\n").trim().to_owned(), new.join("\n").trim().to_owned())).collect()
}

fn edited(name: &str, base: &str, text: &str) -> String {
    let mut result = base.to_owned();
    for (old, new) in edits(text) {
        assert!(result.contains(&old), "{name}: the base has no `{old}`");
        result = result.replacen(&old, &new, 1);
    }
    result
}

/// The call of the language's document.
fn example() -> String {
    let document = read("docs/scenario-language.md");
    let found = blocks(&document).into_iter().find(|block| block.text.starts_with("// tests/docs: example"));
    found.expect("the example call").text
}

fn shipped() -> &'static [Loaded] {
    static SHIPPED: OnceLock<Vec<Loaded>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let load = |(slug, text): &(&str, &str)| scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("good");
        scenario::shipped().iter().map(load).collect()
    })
}

/// Keys of the clips that the example call would have: all of its lines as they stand.
fn clips() -> &'static BTreeSet<String> {
    static CLIPS: OnceLock<BTreeSet<String>> = OnceLock::new();
    CLIPS.get_or_init(|| {
        let loaded = scenario::load(CALL, example().as_bytes()).expect("the example is read");
        let script = Script::new(Standards::shipped(), loaded.scenario, loaded.hash, None).expect("it is ready");
        speech::lines(&script).iter().map(speech::key).collect()
    })
}

/// What is only said for information, and may be said of any example.
const INFORMATION: &[&str] = &["R0069", "R0096"];

/// All that is found in a call, by itself and beside the shipped ones.
fn in_a_call(text: &str) -> Vec<Diagnostic> {
    let standards = Standards::shipped();
    match scenario::load(CALL, text.as_bytes()) {
        Err(problems) => problems,
        Ok(loaded) => {
            let mut found = check_to(Depth::Play, &loaded, &standards, Some(TODAY));
            let beside: Vec<&Loaded> = shipped().iter().collect();
            found.extend(check_together(&[&loaded], &beside, &standards));
            found.extend(unanswered(&[&loaded.scenario], &standards));
            found.extend(unvoiced(&loaded, &standards, &|surface, key| (surface == 0).then(|| clips().contains(key))));
            found
        }
    }
}

fn in_the_standards(file: &str, text: &str) -> Vec<Diagnostic> {
    let mut files: BTreeMap<String, Vec<u8>> = Standards::shipped_files();
    files.insert(file.to_owned(), text.as_bytes().to_vec());
    let (standards, mut found) = Standards::read(&files);
    found.extend(standards.map(Arc::new).into_iter().flat_map(|standards| standards.lapsed(TODAY).collect::<Vec<_>>()));
    found
}

/// A text with `\xNN` for bytes.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

fn found_in(name: &str, block: &Block) -> Vec<Diagnostic> {
    match &*block.language {
        "diff" if block.words[1] == CALL => in_a_call(&edited(name, &example(), &block.text)),
        "diff" => {
            let file = &block.words[1];
            in_the_standards(file, &edited(name, &read(&format!("assets/standards/{file}")), &block.text))
        }
        "bytes" => {
            let times: usize = block.words[1].trim_start_matches('×').parse().expect("a number");
            let text = bytes(block.text.trim_end()).repeat(times);
            scenario::load(CALL, &text).err().unwrap_or_default()
        }
        "path" => ron_text::read_file(&root(block.text.trim()), ron_text::SCENARIO_LIMIT).err().into_iter().collect(),
        other => panic!("{name}: a block of `{other}`"),
    }
}

#[test]
fn the_example_call_has_nothing_against_it() {
    let found = in_a_call(&example());
    let found: Vec<_> = found.into_iter().filter(|found| !INFORMATION.contains(&&*found.code)).collect();
    assert_eq!(found, []);
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: BTreeSet<String> = {
        let source = read("src/diagnostic/codes.rs");
        source.split('"').filter(|part| part.len() == 5 && part.starts_with('R')).map(str::to_owned).collect()
    };
    let pages: BTreeSet<String> = PAGES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(codes, pages, "`src/diagnostic/pages.rs` lists what `src/diagnostic/codes.rs` has");
    let files: BTreeSet<String> = std::fs::read_dir(root("docs/diagnostics"))
        .expect("folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().trim_end_matches(".md").to_owned())
        .collect();
    assert_eq!(files, pages);
    let index = read("docs/diagnostics.md");
    for (code, text) in PAGES {
        assert!(index.contains(&format!("](diagnostics/{code}.md)")), "the index has no {code}");
        assert!(text.starts_with(&format!("# {code}: ")), "{code}");
        for heading in ["## Why it matters", "## Fires", "## Does not", "## What to do"] {
            assert!(text.contains(heading), "{code} has no “{heading}”");
        }
        assert_eq!(page(&code.to_lowercase()), Some(*text));
    }
    assert_eq!(page("R9999"), None);
}

#[test]
fn every_firing_example_fires_and_no_quiet_one_does() {
    let mut wrong = Vec::new();
    for (code, text) in PAGES.iter().filter(|(code, _)| !FOUND_BY_EXPLORING.contains(code)) {
        let (mut fires, mut quiet) = (0, 0);
        for (n, block) in blocks(text).iter().enumerate() {
            let name = format!("{code}, block {}", n + 1);
            let found = found_in(&name, block);
            // A last word in back-ticks has to be named.
            let named = block.words.get(2).map(|word| word.trim_matches('`').to_owned());
            let names = |found: &Diagnostic| {
                named.as_ref().is_none_or(|named| found.message.contains(named) || found.hint.contains(named))
            };
            let fired = found.iter().find(|found| found.code == *code && names(found));
            match &*block.words[0] {
                "fires" => {
                    fires += 1;
                    if fired.is_none() {
                        wrong.push(format!("{name} does not fire: {found:#?}"));
                    }
                }
                "quiet" => {
                    quiet += 1;
                    if let Some(fired) = fired {
                        wrong.push(format!("{name} fires: {fired}"));
                    }
                    // Beyond the form of a file, what is quiet has nothing else against it either.
                    let others =
                        found.iter().filter(|found| !INFORMATION.contains(&&*found.code) && found.code != *code);
                    if block.language == "diff" && !QUIET_OF_THIS_ALONE.contains(code) {
                        wrong.extend(others.map(|other| format!("{name} fires as well: {other}")));
                    }
                }
                other => wrong.push(format!("{name} is neither `fires` nor `quiet`: {other}")),
            }
        }
        if fires == 0 || quiet == 0 {
            wrong.push(format!("{code} has {fires} firing examples and {quiet} quiet ones"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// What only exploring finds: `tests/authoring.rs` tries the examples on those pages.
const FOUND_BY_EXPLORING: &[&str] = &["R0080", "R0081", "R0082", "R0083"];

/// Codes whose quiet example shows the smallest change and has something else against it: a signature
/// cannot be made up, so an example of a review that has not lapsed is one that nobody signed.
const QUIET_OF_THIS_ALONE: &[&str] = &["R0064"];

#[test]
fn what_ships_is_clean() {
    let standards = Standards::shipped();
    let (_, found) = Standards::read(&Standards::shipped_files());
    assert_eq!(found, []);
    assert_eq!(standards.lapsed(TODAY).collect::<Vec<_>>(), []);
    for loaded in shipped() {
        assert_eq!(check_to(Depth::Play, loaded, &standards, Some(TODAY)), [], "{}", loaded.file);
    }
    let all: Vec<&Loaded> = shipped().iter().collect();
    assert_eq!(check_together(&all, &[], &standards), []);
    let library: Vec<_> = all.iter().map(|loaded| &loaded.scenario).collect();
    assert!(unanswered(&library, &standards).iter().all(|note| !note.is_error()));
}

#[test]
fn explain_prints_the_page() {
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_rightcall"))
            .arg("explain")
            .args(arguments)
            .output()
            .expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run(&["r0030"]), (Some(0), page("R0030").expect("a page").to_owned()));
    let (code, list) = run(&[]);
    assert_eq!(code, Some(0));
    assert_eq!(list.lines().count(), PAGES.len());
    assert_eq!(run(&["R9999"]).0, Some(1));
}
