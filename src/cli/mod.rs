//! The same engine without a window: check, play, mark, records.

mod agree;
mod check;
mod coverage;
mod draft;
mod explain;
mod explore;
mod find;
mod library;
mod lines;
mod mark;
mod new;
mod play;
mod print;
mod records;
mod review;
mod sarif;
mod schema;
mod set;
mod simulate;
mod test;
mod voices;
mod watch;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use library::Problems;

/// A training simulator for people who answer England's urgent-care line. Training simulation,
/// not clinical decision support. Without a subcommand it opens the simulator.
#[derive(Debug, Parser)]
#[command(name = "rightcall", version, about)]
struct Cli {
    /// Where records are kept (default: the place that the operating system gives applications).
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Standards to use instead of those shipped.
    #[arg(long, global = true, value_name = "DIR")]
    standards: Option<PathBuf>,
    /// The window: a folder of calls beside those shipped, with the recordings that they name.
    #[arg(long, value_name = "DIR")]
    scenarios: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say what is wrong with scenarios and standards, where, and what to do.
    Check(check::CheckArgs),
    /// Say what a code of the checker means, with an example.
    Explain(explain::ExplainArgs),
    New(new::NewArgs),
    Find(find::FindArgs),
    Draft(draft::DraftArgs),
    Play(play::PlayArgs),
    Explore(explore::ExploreArgs),
    Lines(lines::LinesArgs),
    Mark(mark::MarkArgs),
    Test(test::TestArgs),
    Schema(schema::SchemaArgs),
    Review(review::ReviewArgs),
    Sign(review::SignArgs),
    Coverage(coverage::CoverageArgs),
    Agree(agree::AgreeArgs),
    Simulate(simulate::SimulateArgs),
    Set(set::SetArgs),
    /// List, export and import kept calls.
    Records(records::RecordsArgs),
}

/// How a command prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    #[default]
    Human,
    Json,
}

/// Runs the command line; 0 clean, 1 with problems, 2 when the command itself is not understood.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.scenarios.is_some() && cli.command.is_some() {
        eprintln!(
            "rightcall: `--scenarios` goes with the window alone; name the files or the folder after the command"
        );
        return ExitCode::from(2);
    }
    let standards = cli.standards.clone();
    let standards = standards.as_deref();
    match cli.command {
        None => open(cli.data, cli.standards, cli.scenarios),
        Some(Command::Check(args)) => code(check::run(&args, standards)),
        Some(Command::Explain(args)) => code(explain::run(&args)),
        Some(Command::New(args)) => told(new::run(&args)),
        Some(Command::Find(args)) => told(find::run(&args, standards)),
        Some(Command::Draft(args)) => told(draft::run(&args, standards)),
        Some(Command::Play(args)) => told(play::run(&args, standards)),
        Some(Command::Explore(args)) => told(explore::run(&args, standards)),
        Some(Command::Lines(args)) => told(lines::run(&args, standards)),
        Some(Command::Mark(args)) => told(mark::run(&args, standards)),
        Some(Command::Coverage(args)) => told(coverage::run(&args, standards)),
        Some(Command::Review(args)) => told(review::run(&args, standards)),
        Some(Command::Sign(args)) => told(review::sign(&args, standards)),
        Some(Command::Schema(args)) => told(schema::run(&args)),
        Some(Command::Test(args)) => code(test::run(&args, standards)),
        Some(Command::Agree(args)) => told(agree::run(&args)),
        Some(Command::Simulate(args)) => told(simulate::run(&args, standards)),
        Some(Command::Set(args)) => told(set::run(&args, standards)),
        Some(Command::Records(args)) => code(records::run(args, cli.data)),
    }
}

#[cfg(feature = "app")]
fn open(data: Option<PathBuf>, standards: Option<PathBuf>, scenarios: Option<PathBuf>) -> ExitCode {
    crate::app::run(crate::app::Options { data, standards, scenarios })
}

#[cfg(not(feature = "app"))]
fn open(_: Option<PathBuf>, _: Option<PathBuf>, _: Option<PathBuf>) -> ExitCode {
    eprintln!("rightcall: this build has no window (it was made without the feature `app`); see rightcall --help");
    ExitCode::from(2)
}

fn code(status: i32) -> ExitCode {
    ExitCode::from(u8::try_from(status).unwrap_or(1))
}

fn told(result: Result<(), Problems>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Problems(sentences)) => {
            for sentence in sentences {
                eprintln!("rightcall: {sentence}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints to standard output. A reader that has gone away (`| head`) is no error of ours.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}
