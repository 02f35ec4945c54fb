//! `rightcall test`: the example plays beside the scenarios, held against what is expected of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::library::{self, Problems};
use super::{Format, print, say};
use crate::explore::{Difference, load_example};
use crate::marking;
use crate::ron_text::{self, ACTIONS_LIMIT};
use crate::standards::Standards;

/// Plays the example plays kept beside the scenarios and says what comes out otherwise than expected.
///
/// The plays of `scenarios/some-call.ron` are the files `scenarios/plays/some-call/*.ron`
/// (docs/authoring.md). Exit code 1 where one differs.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// Scenario files, or folders of them.
    #[arg(value_name = "PATH", default_value = "scenarios")]
    paths: Vec<PathBuf>,
    /// Show the transcript and the marks of what differs.
    #[arg(long)]
    transcript: bool,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One play, tried.
struct Tried {
    file: PathBuf,
    about: String,
    result: Result<Vec<Difference>, Problems>,
    /// Transcript and marks, where it differs.
    told: String,
}

pub(super) fn run(args: &TestArgs, standards: Option<&Path>) -> i32 {
    let mut out = String::new();
    let tried = match library::standards(standards).and_then(|standards| try_all(&args.paths, &standards)) {
        Ok(tried) => tried,
        Err(Problems(sentences)) => {
            for sentence in sentences {
                eprintln!("rightcall: {sentence}");
            }
            return 1;
        }
    };
    let is_good = |one: &Tried| one.result.as_ref().is_ok_and(Vec::is_empty);
    let bad = tried.iter().filter(|one| !is_good(one)).count();
    if args.format == Format::Json {
        let plays: Vec<_> = tried
            .iter()
            .map(|one| {
                let (differences, problems) = match &one.result {
                    Ok(differences) => (json!(differences), json!([])),
                    Err(Problems(sentences)) => (json!([]), json!(sentences)),
                };
                json!({ "file": one.file, "about": one.about, "as_expected": is_good(one),
                    "differences": differences, "problems": problems })
            })
            .collect();
        say(&format!("{:#}\n", json!(plays)));
        return i32::from(bad > 0);
    }
    for one in tried.iter().filter(|one| !is_good(one)) {
        let _ = writeln!(out, "{}: {}", one.file.display(), one.about);
        match &one.result {
            Err(Problems(sentences)) => {
                for sentence in sentences {
                    let _ = writeln!(out, "  ! {sentence}");
                }
            }
            Ok(differences) => {
                for one in differences {
                    let _ = writeln!(out, "  {:<12} expected  {}", one.field, one.expected);
                    let _ = writeln!(out, "  {:<12} got       {}", "", one.got);
                }
            }
        }
        if args.transcript {
            out.push_str(&one.told);
        }
        out.push('\n');
    }
    let _ = match (tried.len(), bad) {
        (0, _) => {
            writeln!(out, "no example plays found: the plays of `some-call.ron` are `plays/some-call/*.ron` beside it")
        }
        (all, 0) => writeln!(out, "{all} example plays, all as expected"),
        (all, bad) => writeln!(out, "{all} example plays, {bad} not as expected"),
    };
    say(&out);
    i32::from(bad > 0)
}

fn try_all(paths: &[PathBuf], standards: &Arc<Standards>) -> Result<Vec<Tried>, Problems> {
    let mut tried = Vec::new();
    for path in paths {
        let scenarios = if path.is_dir() { library::ron_files(path)? } else { vec![path.clone()] };
        for scenario in scenarios {
            let plays = plays_of(&scenario);
            if !plays.is_dir() {
                continue;
            }
            let loaded = library::scenario(&scenario.display().to_string())?;
            for file in library::ron_files(&plays)? {
                tried.push(try_one(file, &loaded, standards));
            }
        }
    }
    Ok(tried)
}

/// The folder of the plays of a scenario.
pub(super) fn plays_of(scenario: &Path) -> PathBuf {
    let beside = scenario.parent().unwrap_or(Path::new(""));
    beside.join("plays").join(scenario.file_stem().unwrap_or_default())
}

fn try_one(file: PathBuf, loaded: &crate::scenario::Loaded, standards: &Arc<Standards>) -> Tried {
    let mut tried = Tried { file, about: String::new(), result: Ok(Vec::new()), told: String::new() };
    let name = tried.file.display().to_string();
    let call = ron_text::read_file(&tried.file, ACTIONS_LIMIT)
        .map_err(|problem| vec![problem])
        .and_then(|bytes| load_example(&name, &bytes))
        .map_err(Problems::from)
        .and_then(|(example, _)| {
            tried.about.clone_from(&example.about);
            let script = library::script(standards.clone(), loaded, example.variant.as_deref())?;
            let call = example.play(&script)?;
            Ok((example, call))
        });
    match call {
        Err(problems) => tried.result = Err(problems),
        Ok((example, call)) => {
            let differences = example.differences(&call);
            if !differences.is_empty() {
                let mark = marking::mark(&call, &name);
                tried.told = print::transcript(&call) + "\n" + &print::assessment(&mark);
            }
            tried.result = Ok(differences);
        }
    }
    tried
}
