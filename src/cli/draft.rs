//! `rightcall draft`: a first model call, made from the facts, the guide and the model's outcome.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;

use super::library::{self, Problems};
use super::say;
use crate::explore::{draft, questions, written};
use crate::marking;

/// Writes how an expert would take a call, ready to be put into `model.calls`.
///
/// It asks what the guide asks and what brings the key facts to light, records what it hears, and goes by the
/// model's outcome, service and advice. Under it stands what it loses marks for.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// A scenario file, or the slug of a shipped one.
    scenario: String,
    /// Id of the role.
    #[arg(long, default_value = "health-advisor")]
    role: String,
}

pub(super) fn run(args: &DraftArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let loaded = library::scenario(&args.scenario)?;
    let script = library::script(standards, &loaded, None)?;
    let (actions, call) =
        draft(&script, &args.role).ok_or_else(|| format!("there is no role `{}` in the standards", args.role))?;
    let mut out = written(&args.role, &actions);
    let mark = marking::mark(&call, "draft");
    let _ = writeln!(
        out,
        "// {} questions; {} of {} points, {}",
        questions(&script, &actions),
        mark.points,
        mark.out_of,
        super::explore::words(mark.verdict)
    );
    for lost in mark.criteria.iter().filter(|one| one.points < one.out_of) {
        let _ = writeln!(out, "// {} of {}: {} ({})", lost.points, lost.out_of, lost.text, lost.why);
    }
    say(&out);
    Ok(())
}
