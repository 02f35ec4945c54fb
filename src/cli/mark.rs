//! `rightcall mark`: records held against their model answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::library::{self, Problems};
use super::{Format, print, say};
use crate::marking::{self, Assessment};
use crate::records::{Record, Text, exchange, replay};
use crate::scenario;
use crate::standards::Standards;

/// Marks records.
#[derive(Debug, Args)]
pub struct MarkArgs {
    /// Files written by `rightcall play --record` or `rightcall records export`.
    #[arg(required = true)]
    record: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &MarkArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let given = library::standards(standards)?;
    let mut marks: Vec<Assessment> = Vec::new();
    let mut problems = Problems::default();
    for path in &args.record {
        let file = path.display().to_string();
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                problems.0.push(format!("cannot read `{file}`: {error}"));
                continue;
            }
        };
        let read = exchange::read_records(&file, &bytes);
        problems.0.extend(read.bad.iter().map(ToString::to_string));
        for (line, kept) in &read.records {
            match mark(&kept.record, &read.texts, &given) {
                Ok(assessment) => marks.push(assessment),
                Err(found) => problems.0.extend(found.0.into_iter().map(|p| format!("{file}:{line}: {p}"))),
            }
        }
    }
    match args.format {
        Format::Human => marks.iter().for_each(|m| say(&print::assessment(m))),
        Format::Json => match serde_json::to_string_pretty(&marks) {
            Ok(text) => say(&format!("{text}\n")),
            Err(error) => problems.0.push(format!("the assessments cannot be written: {error}")),
        },
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

/// Marks with the texts that the record refers to: its own, those given, or those shipped.
fn mark(record: &Record, texts: &[Text], given: &Arc<Standards>) -> Result<Assessment, Problems> {
    let head = &record.head;
    let standards = if *given.hash == *head.standards {
        given.clone()
    } else if let Some(list) = texts.iter().find(|t| *t.hash == *head.standards) {
        let files = list.listed().into_iter().filter_map(|(name, hash)| {
            texts.iter().find(|t| t.hash == hash).map(|t| (name.to_owned(), t.text.clone()))
        });
        library::standards_from(&files.collect())?
    } else if *Standards::shipped().hash == *head.standards {
        Standards::shipped()
    } else {
        return Err("the standards under which it was taken are not here; name them with --standards"
            .to_owned()
            .into());
    };
    let shipped = || {
        scenario::shipped()
            .iter()
            .find(|(_, text)| *crate::ron_text::hash(text) == *head.scenario)
            .map(|(_, text)| (*text).to_owned())
    };
    let text = texts.iter().find(|t| *t.hash == *head.scenario).map(|t| t.text.clone()).or_else(shipped);
    let text = text.ok_or_else(|| "the scenario that was taken is not in the file and not shipped".to_owned())?;
    let loaded = scenario::load(&format!("{}.ron", head.call), text.as_bytes())?;
    let script = library::unchecked_script(standards, &loaded, head.variant.as_deref())?;
    let call = replay(record, &script).map_err(|error| error.to_string())?;
    Ok(marking::mark(&call, &head.id))
}
