//! `rightcall new`: a file to begin with, commented and clean.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::library::Problems;
use super::say;
use crate::scenario;

/// The call that a new file holds until its author changes it.
const TEMPLATE: &str = include_str!("new/template.ron");
/// Numbers that somebody who writes their own may take without meeting a shipped call.
const FIRST_NUMBER: u32 = 1000;

/// Writes a small call with a comment at every part, which passes the checker as it is: change it piece by piece.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Name of the call: lower-case letters, digits, hyphens. The file is called after it.
    slug: String,
    /// Folder to write it to.
    #[arg(long, value_name = "DIR", default_value = ".")]
    to: PathBuf,
    /// Number under which trainees know the call; each call its own.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    number: Option<u32>,
}

pub(super) fn run(args: &NewArgs) -> Result<(), Problems> {
    let slug = &args.slug;
    let is_good = slug.starts_with(|c: char| c.is_ascii_lowercase())
        && !slug.ends_with('-')
        && slug.len() <= 60
        && slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_good {
        return Err(format!(
            "`{slug}` cannot be the name of a call: use lower-case letters, digits and hyphens, and begin with a letter"
        )
        .into());
    }
    let number = args.number.unwrap_or_else(|| free_number(&args.to));
    let file = args.to.join(format!("{slug}.ron"));
    // Never over somebody's work.
    let written = std::fs::File::create_new(&file).and_then(|mut to| to.write_all(template(slug, number).as_bytes()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => format!("`{}` is there already", file.display()),
        _ => format!("cannot write `{}`: {error}", file.display()),
    })?;
    let shown = file.display();
    say(&format!("{shown} is written, and clean. Next:\n  rightcall check --watch {shown}\n"));
    Ok(())
}

fn template(slug: &str, number: u32) -> String {
    TEMPLATE.replace("@slug@", slug).replace("@number@", &number.to_string())
}

/// One more than any number in the folder, as far as its files can be read.
fn free_number(folder: &Path) -> u32 {
    let files = super::library::ron_files(folder).unwrap_or_default();
    let numbers = files.iter().filter_map(|file| {
        let bytes = crate::ron_text::read_file(file, crate::ron_text::SCENARIO_LIMIT).ok()?;
        scenario::load("", &bytes).ok().map(|loaded| loaded.scenario.number)
    });
    numbers.max().map_or(FIRST_NUMBER, |most| most.saturating_add(1)).max(FIRST_NUMBER)
}
