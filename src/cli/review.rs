//! `rightcall review` and `rightcall sign`: the sheet for a clinical reviewer, and the signature in the file.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::ToSpan as _;

use super::library::{self, Problems};
use super::say;
use crate::diagnostic::Diagnostic;
use crate::review::{Signature, sheet, sign as signed};
use crate::scenario;

/// Writes a sheet to print, for the clinician who reviews a call.
///
/// The call in plain words, every fact and what it means at least, what is right and why, and at every item room for
/// a ruling and a dissent; signatures at the end. One HTML file that needs nothing else.
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// A scenario file, or the slug of a shipped one.
    scenario: String,
    /// The file to write; without it, the terminal.
    #[arg(long, value_name = "FILE.html")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &ReviewArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let loaded = library::scenario(&args.scenario)?;
    // What the checker refuses is not ready to be read by anybody.
    library::script(standards.clone(), &loaded, None)?;
    let page = sheet(&loaded.scenario, &standards);
    match &args.out {
        None => say(&page),
        Some(file) => {
            std::fs::write(file, page).map_err(|error| format!("cannot write `{}`: {error}", file.display()))?
        }
    }
    Ok(())
}

/// Puts a reviewer's signature into a scenario file.
///
/// It holds for the content as it stands on the sheet that was read, and is void as soon as that changes.
#[derive(Debug, Args)]
pub struct SignArgs {
    /// The scenario file.
    file: PathBuf,
    /// Full name of the reviewer.
    #[arg(long)]
    name: String,
    /// Register and number, for instance "NMC 00A0000X".
    #[arg(long)]
    registration: String,
    /// The code at the end of the sheet: what was read is what is signed for.
    #[arg(long, value_name = "CODE")]
    content: String,
    /// Day of the signature; today without it.
    #[arg(long, value_name = "YYYY-MM-DD")]
    on: Option<String>,
    /// Day after which the review has lapsed; a year later without it.
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<String>,
}

pub(super) fn sign(args: &SignArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let loaded = library::scenario(&args.file.display().to_string())?;
    let problems: Vec<Diagnostic> = scenario::check::check(&loaded, &standards);
    let errors: Vec<Diagnostic> = problems.into_iter().filter(Diagnostic::is_error).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    let on = args.on.clone().unwrap_or_else(|| today().to_string());
    let a_year_later = |on: &str| {
        let on: Option<jiff::civil::Date> = on.parse().ok();
        on.and_then(|on| on.checked_add(1.year()).ok()).map_or_else(String::new, |date| date.to_string())
    };
    let until = args.until.clone().unwrap_or_else(|| a_year_later(&on));
    let signature = Signature {
        name: args.name.clone(),
        registration: args.registration.clone(),
        on,
        until,
        content: args.content.clone(),
    };
    let text = signed(&loaded, &signature).map_err(|refused| refused.to_string())?;
    // What is written can be read again, and is signed: or nothing is written.
    let again = scenario::load(&loaded.file, text.as_bytes())?;
    if again.scenario.content_hash() != signature.content {
        return Err("the signature would have changed what it is for; nothing was written".to_owned().into());
    }
    replace(&args.file, &text).map_err(|error| format!("cannot write `{}`: {error}", args.file.display()))?;
    let status = if again.scenario.is_reviewed() { "reviewed" } else { "signed" };
    say(&format!("{}: {status}, by {}, until {}\n", args.file.display(), signature.name, signature.until));
    Ok(())
}

/// Beside the file first, then in its place: a full disk must not leave half a call.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let beside = file.with_extension("ron.new");
    std::fs::write(&beside, text)?;
    std::fs::rename(&beside, file).inspect_err(|_| {
        let _ = std::fs::remove_file(&beside);
    })
}

#[allow(clippy::disallowed_methods, reason = "the shell reads the clock")]
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}
