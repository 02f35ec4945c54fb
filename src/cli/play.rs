//! `rightcall play`: a call without a window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use super::library::{self, Problems};
use super::{Format, print, say};
use crate::call::{Call, RULES, Scripted, TimedAction, play};
use crate::records::{self, FORMAT, Head, Mode, Record, Text};
use crate::ron_text::{self, ACTIONS_LIMIT};
use crate::scenario::Loaded;
use crate::standards::Standards;

/// Plays a scripted call and prints the transcript.
#[derive(Debug, Args)]
pub struct PlayArgs {
    /// A scenario file, or the slug of a shipped one.
    scenario: String,
    /// Play the model call of the role.
    #[arg(long, conflicts_with = "actions", required_unless_present = "actions")]
    model: bool,
    /// Play the actions in this file, RON or JSON (docs/actions.md).
    #[arg(long, value_name = "FILE")]
    actions: Option<PathBuf>,
    /// Id of the role.
    #[arg(long, default_value = "health-advisor")]
    role: String,
    /// Id of a variant.
    #[arg(long)]
    variant: Option<String>,
    /// Decides every random choice.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Give a role that decides by guide the free ladder: a judgement exercise.
    #[arg(long)]
    judgement: bool,
    /// Write the record to this file, with the texts that it refers to.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &PlayArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let loaded = library::scenario(&args.scenario)?;
    let script = library::script(standards.clone(), &loaded, args.variant.as_deref())?;
    if !script.scenario.roles.iter().any(|role| **role == *args.role) && standards.role(&args.role).is_some() {
        eprintln!("rightcall: `{}` was not written for the role `{}`", script.scenario.id, args.role);
    }
    let mode = if args.judgement { Mode::JudgementExercise } else { Mode::Coach };
    let mut call = Call::new(script.clone(), &args.role, args.seed, mode).map_err(|r| r.to_string())?;
    let (actions, stopped) = match &args.actions {
        Some(file) => from_file(&mut call, file)?,
        None => {
            let model = script
                .model_call(&args.role)
                .ok_or_else(|| format!("`{}` has no model call for the role `{}`", script.scenario.id, args.role))?;
            match play(&mut call, model.iter().map(|action| (None, action))) {
                Ok(done) => (done, None),
                Err(stopped) => return Err(format!("the model call is refused at {stopped}").into()),
            }
        }
    };
    let record = record_of(&call, &loaded, &standards, actions)?;
    match args.format {
        Format::Human => say(&print::transcript(&call)),
        Format::Json => {
            let lines: Vec<_> = call
                .state()
                .lines
                .iter()
                .map(|l| json!({ "at": l.from, "until": l.until, "by": l.by, "text": l.text }))
                .collect();
            say(&format!("{:#}\n", json!({ "record": record, "transcript": lines })));
        }
    }
    if let Some(file) = &args.record {
        let mut texts = vec![Text::new(&*loaded.scenario.neutral_name(), loaded.text.clone())];
        texts.extend(Text::standards(&standards.texts));
        let written = records::exchange::write_one(&record, &texts);
        std::fs::write(file, written)
            .map_err(|error| format!("cannot write the record to `{}`: {error}", file.display()))?;
    }
    stopped.map_or(Ok(()), Err)
}

type Played = (Vec<TimedAction>, Option<Problems>);

/// Plays a file of actions as far as it goes; a refusal is said with its place in the file.
fn from_file(call: &mut Call, file: &Path) -> Result<Played, Problems> {
    let name = file.display().to_string();
    let bytes = ron_text::read_file(file, ACTIONS_LIMIT)?;
    let is_json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let (scripted, tree) = if is_json {
        let scripted = ron_text::read_json::<Vec<Scripted>>(&name, &bytes, ACTIONS_LIMIT)?;
        // A JSON list has its elements where a RON list would have them.
        (scripted, ron_text::Tree::parse(String::from_utf8_lossy(&bytes).into_owned()).0)
    } else {
        ron_text::read::<Vec<Scripted>>(&name, &bytes, ACTIONS_LIMIT)?
    };
    let mut done = Vec::with_capacity(scripted.len());
    for (index, one) in scripted.iter().enumerate() {
        match play(call, [(one.at, &one.action)]) {
            Ok(played) => done.extend(played),
            Err(stopped) => {
                let place = tree.root().index(index).position();
                let sentence =
                    format!("{name}:{}:{}: action {}: {}", place.line, place.column, index + 1, stopped.refusal);
                return Ok((done, Some(sentence.into())));
            }
        }
    }
    Ok((done, None))
}

fn record_of(
    call: &Call,
    loaded: &Loaded,
    standards: &Arc<Standards>,
    actions: Vec<TimedAction>,
) -> Result<Record, Problems> {
    let id = records::fresh_id().map_err(|failure| failure.to_string())?;
    let head = Head {
        id,
        rules: RULES,
        call: loaded.scenario.neutral_name(),
        scenario: loaded.hash.as_str().into(),
        standards: standards.hash.as_str().into(),
        variant: call.script().variant.clone(),
        seed: call.seed(),
        role: call.role().id.clone(),
        mode: call.mode(),
        by: String::new(),
        taken: String::new(),
    };
    let clock = call.state().now;
    Ok(Record { format: FORMAT, head, actions, events: call.events().to_vec(), clock })
}
