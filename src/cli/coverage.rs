//! `rightcall coverage`: what a library practises, and its gaps.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::library::{self, Problems};
use super::{Format, say};
use crate::coverage::coverage;
use crate::scenario::{self, Scenario};

/// Sorts a library of calls by competence, age, complaint, outcome, caller, difficulty and role, and names
/// what no call practises.
#[derive(Debug, Args)]
pub struct CoverageArgs {
    /// Scenarios, or folders of them; none for what Rightcall ships with.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &CoverageArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let mut calls: Vec<Scenario> = Vec::new();
    if args.paths.is_empty() {
        for (slug, text) in scenario::shipped() {
            calls.push(scenario::load(&format!("{slug}.ron"), text.as_bytes())?.scenario);
        }
    }
    for path in &args.paths {
        let files = if path.is_dir() { library::ron_files(path)? } else { vec![path.clone()] };
        for file in files {
            calls.push(library::scenario(&file.display().to_string())?.scenario);
        }
    }
    let found = coverage(&calls, &standards);
    if args.format == Format::Json {
        let gaps: serde_json::Map<String, serde_json::Value> =
            found.parts.iter().map(|part| (part.by.to_owned(), part.gaps().collect::<Vec<_>>().into())).collect();
        say(&format!("{:#}\n", serde_json::json!({ "calls": found.calls, "parts": found.parts, "gaps": gaps })));
        return Ok(());
    }
    let mut out = format!("{} calls\n", found.calls);
    for part in &found.parts {
        let _ = writeln!(out, "\nby {}", part.by);
        for row in part.rows.iter().filter(|row| !row.calls.is_empty()) {
            let names: Vec<&str> = row.calls.iter().map(|id| &**id).collect();
            let names = if row.calls.len() == found.calls { "every call".to_owned() } else { names.join(", ") };
            let _ = writeln!(out, "  {:>3}  {}: {names}", row.calls.len(), row.name);
        }
        let gaps: Vec<&str> = part.gaps().collect();
        if !gaps.is_empty() {
            let _ = writeln!(out, "    –  no call: {}", gaps.join("; "));
        }
    }
    say(&out);
    Ok(())
}
