//! `rightcall set`: call sets, made and checked.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::library::{self, Problems};
use super::say;
use crate::call::speech::recording;
use crate::diagnostic::Diagnostic;
use crate::records::Mode;
use crate::ron_text;
use crate::scenario::{self, Loaded};
use crate::sharing::call_set::{self, CallSet, Order, SET_LIMIT, SetCall};

/// Call sets: calls in an order that a trainer hands out as one file.
#[derive(Debug, Args)]
pub struct SetArgs {
    #[command(subcommand)]
    command: SetCommand,
}

#[derive(Debug, Subcommand)]
enum SetCommand {
    /// Write a call set to a file
    New(NewArgs),
    /// Say what is wrong with call sets, where, and what to do
    Check {
        #[arg(required = true, value_name = "SET.ron")]
        files: Vec<PathBuf>,
    },
}

#[derive(Debug, Args)]
struct NewArgs {
    /// The file to write.
    file: PathBuf,
    /// Calls in their order: a slug or number of a shipped call, or a scenario file; `:VARIANT` behind it for one of its
    /// variants.
    #[arg(required = true, value_name = "CALL[:VARIANT]")]
    calls: Vec<String>,
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Makes a hot-topic pack of it: what everybody should know before.
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Who hands it out.
    #[arg(long, value_name = "NAME", default_value = "")]
    by: String,
    /// Last day on which it should come back.
    #[arg(long, value_name = "YYYY-MM-DD")]
    due: Option<String>,
    /// Each person another order.
    #[arg(long)]
    shuffled: bool,
    #[arg(long, value_enum, default_value_t)]
    mode: SetMode,
    /// Role in which everybody takes it; each in their own without it.
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// So that everybody meets the same caller.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// As [`Mode`], what a set can have of it.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum SetMode {
    #[default]
    Coach,
    Exam,
}

pub(super) fn run(args: &SetArgs, standards: Option<&Path>) -> Result<(), Problems> {
    match &args.command {
        SetCommand::New(args) => new(args, standards),
        SetCommand::Check { files } => check(files, standards),
    }
}

fn shipped() -> Vec<Loaded> {
    // A test holds every shipped scenario to being readable.
    let load = |(slug, text): &(&str, &str)| scenario::load(&format!("{slug}.ron"), text.as_bytes()).ok();
    scenario::shipped().iter().filter_map(load).collect()
}

fn new(args: &NewArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let shipped = shipped();
    let mut set = CallSet {
        format: 1,
        name: args.name.clone(),
        note: args.note.clone(),
        by: args.by.clone(),
        due: args.due.clone(),
        order: if args.shuffled { Order::Shuffled } else { Order::AsListed },
        mode: match args.mode {
            SetMode::Coach => Mode::Coach,
            SetMode::Exam => Mode::Exam,
        },
        role: args.role.as_deref().map(Into::into),
        calls: Vec::new(),
        texts: Vec::new(),
        recordings: Vec::new(),
    };
    let mut silent = Vec::new();
    for named in &args.calls {
        let (name, variant) = match named.rsplit_once(':') {
            // A drive of Windows is no call.
            Some((name, variant)) if name.len() > 1 => (name, Some(variant.into())),
            _ => (named.as_str(), None),
        };
        let by_number = shipped.iter().find(|loaded| loaded.scenario.number.to_string() == name);
        let loaded = by_number.map_or_else(|| library::scenario(name), |loaded| Ok(loaded.clone()))?;
        let scenario = loaded.hash.clone();
        if shipped.iter().all(|known| known.hash != scenario) {
            let folder = recording::folder_of(&loaded.file);
            let read = |name: &str| recording::read_in(folder, name).map_err(|(sentence, _)| sentence);
            silent.extend(set.carry(&loaded.scenario, &loaded.text, read));
        }
        set.calls.push(SetCall { call: loaded.scenario.neutral_name(), scenario, variant, seed: args.seed });
    }
    let (text, file) = (set.write(), args.file.display().to_string());
    let standards = library::standards(standards)?;
    // What is wrong with what was asked for is said before anything is written.
    let problems = call_set::load(&file, text.as_bytes())?.check(&call_set::known_calls(&shipped), &standards);
    if !problems.is_empty() {
        return Err(Problems(problems.into_iter().map(|problem| problem.message).collect()));
    }
    std::fs::write(&args.file, text).map_err(|error| format!("cannot write `{file}`: {error}"))?;
    let calls = if set.calls.len() == 1 { "1 call".to_owned() } else { format!("{} calls", set.calls.len()) };
    for sentence in silent {
        eprintln!("rightcall: {sentence}; the set has no recording for it");
    }
    say(&format!("{file}: {calls}. Hand it out; each person returns one file.\n"));
    Ok(())
}

fn check(files: &[PathBuf], standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let known = call_set::known_calls(&shipped());
    let mut found: Vec<Diagnostic> = Vec::new();
    for path in files {
        let name = path.display().to_string();
        let read = ron_text::read_file(path, SET_LIMIT).map_err(|problem| vec![problem]);
        match read.and_then(|bytes| call_set::load(&name, &bytes)) {
            Ok(set) => {
                let problems = set.check(&known, &standards);
                if problems.is_empty() {
                    say(&format!("{name}: {} calls, nothing to complain about\n", set.set.calls.len()));
                }
                found.extend(problems);
            }
            Err(problems) => found.extend(problems),
        }
    }
    if found.is_empty() { Ok(()) } else { Err(found.into()) }
}
