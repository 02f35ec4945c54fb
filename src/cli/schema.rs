//! `rightcall schema`: what a scenario looks like as JSON.

use clap::Args;

use super::library::{self, Problems};
use super::say;
use crate::scenario::Scenario;

/// Prints the JSON Schema of a scenario (draft 2020-12), or a scenario as JSON.
///
/// Calls are written in RON; this is the same model for editors and programs that speak JSON.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// A scenario file, or the slug of a shipped one: printed as JSON instead.
    scenario: Option<String>,
}

pub(super) fn run(args: &SchemaArgs) -> Result<(), Problems> {
    let text = match &args.scenario {
        None => serde_json::to_string_pretty(&schemars::schema_for!(Scenario)),
        Some(named) => serde_json::to_string_pretty(&library::scenario(named)?.scenario),
    };
    let text = text.map_err(|problem| problem.to_string())?;
    say(&(text + "\n"));
    Ok(())
}
