//! `rightcall records`: what is kept, out of it and into it.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::Format;
use crate::records::exchange::{self, Audience, Bringing, Brought, Checking, ExportError};
use crate::records::{Failure, Options, Reply, Request, SqliteStore, Store, Summary, default_data_dir, wait};
use crate::sharing::bringing::files_in;

/// The calls that are kept.
#[derive(Debug, Args)]
pub struct RecordsArgs {
    #[command(subcommand)]
    pub command: RecordsCommand,
}

#[derive(Debug, Subcommand)]
pub enum RecordsCommand {
    /// List the calls that are kept
    List {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Write calls with all that belongs to them to a file, as JSON Lines
    Export {
        /// The file to write; `-` is the terminal
        #[arg(default_value = "-")]
        file: PathBuf,
        /// Ids of calls, or beginnings of ids
        ids: Vec<String>,
        /// All calls, which is also what happens without ids
        #[arg(long, conflicts_with = "ids")]
        all: bool,
        /// For somebody else: without reflections, ratings and comments that are not shared
        #[arg(long)]
        for_others: bool,
    },
    /// Take over calls from files that were exported
    Import {
        /// Files, or folders: every `.jsonl` in them and below
        #[arg(required = true, value_name = "FILE|DIR")]
        files: Vec<PathBuf>,
        /// Take over what is good in a file that is partly bad
        #[arg(long)]
        keep_good: bool,
    },
}

/// Does it and returns the exit code: 0, or 1 when something was wrong. `data` is the folder given
/// by `--data`; otherwise [`default_data_dir`].
pub fn run(args: RecordsArgs, data: Option<PathBuf>) -> i32 {
    let Some(data) = data.or_else(default_data_dir) else {
        complain(&"no home folder is known: say with `--data` where calls are kept");
        return 1;
    };
    if data.is_file() {
        complain(&format!("`{}` is a file, not a folder to keep calls in", data.display()));
        return 1;
    }
    let done = match args.command {
        RecordsCommand::List { format } => list(&data, format),
        RecordsCommand::Export { file, ids, for_others, .. } => {
            export(&data, &file, &ids, if for_others { Audience::Others } else { Audience::Author })
        }
        RecordsCommand::Import { files, keep_good } => import(&data, &files, keep_good),
    };
    match done {
        Ok(code) => code,
        Err(sentence) => {
            complain(&sentence);
            1
        }
    }
}

fn complain(sentence: &dyn std::fmt::Display) {
    eprintln!("rightcall: {sentence}");
}

fn open_to_read(data: &Path) -> Result<SqliteStore, Failure> {
    SqliteStore::open_with(data, Options { only_read: true, ..Options::default() })
}

fn calls(store: &mut dyn Store) -> Result<Vec<Summary>, Failure> {
    match wait(store, Request::List)? {
        Reply::Calls(calls) => Ok(calls),
        _ => Ok(Vec::new()),
    }
}

fn list(data: &Path, format: Format) -> Result<i32, String> {
    let found = open_to_read(data).and_then(|mut store| calls(&mut store));
    let calls = match found {
        Ok(calls) => calls,
        Err(nothing @ Failure::Nothing { .. }) => {
            complain(&nothing);
            Vec::new()
        }
        Err(failure) => return Err(failure.to_string()),
    };
    let text = match format {
        Format::Json => serde_json::to_string_pretty(&calls).map_err(|e| e.to_string())? + "\n",
        Format::Human => calls.iter().map(row).collect(),
    };
    write_out(&text)
}

/// One line about a call: when, id, scenario, role, who, how it ended, decision.
fn row(call: &Summary) -> String {
    let head = &call.head;
    let or_dash = |text: &str| if text.is_empty() { "-".to_owned() } else { text.to_owned() };
    let minutes = format!("{}:{:02}", call.clock / 60_000, call.clock / 1000 % 60);
    let state = match (call.finished, &call.ending) {
        (false, _) => "unfinished".to_owned(),
        (true, Some(ending)) => format!("{ending:?}").to_lowercase(),
        (true, None) => "finished".to_owned(),
    };
    format!(
        "{:<16}  {}  {:<28}  {:<22}  {:<12}  {minutes:>5}  {state:<11}  {}\n",
        or_dash(&head.taken),
        head.id,
        head.call,
        head.role,
        or_dash(&head.by),
        or_dash(call.decided.as_deref().unwrap_or_default()),
    )
}

fn write_out(text: &str) -> Result<i32, String> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        // Whoever reads has seen enough.
        Err(problem) if problem.kind() == io::ErrorKind::BrokenPipe => Ok(0),
        Err(problem) => Err(format!("the terminal cannot be written to: {problem}")),
        Ok(()) => Ok(0),
    }
}

fn export(data: &Path, file: &Path, ids: &[String], audience: Audience) -> Result<i32, String> {
    let mut store = open_to_read(data).map_err(|failure| failure.to_string())?;
    let wanted = if ids.is_empty() {
        None
    } else {
        let calls = calls(&mut store).map_err(|failure| failure.to_string())?;
        Some(ids.iter().map(|id| in_full(id, &calls)).collect::<Result<BTreeSet<_>, _>>()?)
    };
    if file == Path::new("-") {
        let mut out = BufWriter::new(io::stdout().lock());
        return match exchange::export(&mut store, wanted.as_ref(), audience, &mut out) {
            Ok(_) => Ok(0),
            Err(ExportError::Write(e)) if e.kind() == io::ErrorKind::BrokenPipe => Ok(0),
            Err(problem) => Err(problem.to_string()),
        };
    }
    let counts = exchange::export_to(&mut store, wanted.as_ref(), audience, file).map_err(|problem| match problem {
        ExportError::Write(problem) => {
            format!("`{}` cannot be written: {}", file.display(), exchange::plain(&problem))
        }
        ExportError::Store(failure) => failure.to_string(),
    })?;
    eprintln!("{} written to `{}`", exchange::say(counts), file.display());
    Ok(0)
}

/// The id that begins like this.
fn in_full(id: &str, calls: &[Summary]) -> Result<String, String> {
    let mut found = calls.iter().filter(|call| call.head.id.starts_with(id));
    match (found.next(), found.next()) {
        (Some(call), None) => Ok(call.head.id.clone()),
        (None, _) => Err(format!("there is no call `{id}`")),
        (Some(_), Some(_)) => Err(format!("more than one call has an id that begins `{id}`")),
    }
}

fn import(data: &Path, files: &[PathBuf], keep_good: bool) -> Result<i32, String> {
    let mut store = SqliteStore::open(data).map_err(|failure| failure.to_string())?;
    let mut code = 0;
    let (files, problems) = files_in(files);
    for problem in &problems {
        complain(problem);
        code = 1;
    }
    let mut all = Brought::default();
    for (n, file) in files.iter().enumerate() {
        let place = (n + 1, files.len());
        match import_file(&mut store, &file.0, keep_good, place) {
            Ok(Some(brought)) => {
                all.new = all.new.and(brought.new);
                all.already_here = all.already_here.and(brought.already_here);
            }
            Ok(None) => code = 1,
            Err(sentence) => {
                complain(&sentence);
                code = 1;
            }
        }
    }
    if files.len() > 1 {
        let here = exchange::calls_of(all.already_here.records);
        eprintln!("{} files: {} imported, {here} already here", files.len(), exchange::say(all.new));
    }
    Ok(code)
}

/// How far a large file is, on one line that the next one overwrites: only for somebody who looks.
fn show_progress(what: &str, name: &str, (file, files): (usize, usize), bytes: u64) {
    if io::stderr().is_terminal() {
        eprint!("\r{what} file {file} of {files}, `{name}`, {} MiB … \x1b[K", bytes >> 20);
    }
}

fn progress_is_over() {
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K");
    }
}

/// What was brought in; `None`: nothing was, and why has been said.
fn import_file(
    store: &mut dyn Store,
    file: &Path,
    keep_good: bool,
    place: (usize, usize),
) -> Result<Option<Brought>, String> {
    let name = file.display().to_string();
    let told = |failure: Failure| failure.to_string();
    let mut checking = Checking::new(&name, exchange::open(file)?);
    while checking.step(store, |_| {}).map_err(told)? {
        show_progress("checking", &name, place, checking.bytes());
    }
    progress_is_over();
    let reading = checking.reading;
    for finding in reading.bad.iter().chain(&reading.warnings) {
        eprintln!("{finding}");
    }
    if reading.more_bad > 0 {
        eprintln!("{name}: and {} more", reading.more_bad);
    }
    if !reading.is_good() && !keep_good {
        let good = reading.new.records + reading.already_here.records;
        match good + reading.new.annotations {
            0 => eprintln!("nothing was imported from `{name}`: there is nothing good in it"),
            _ => eprintln!(
                "nothing was imported from `{name}`; it has {} in it that are good: \
                 add `--keep-good` to import those",
                exchange::say(reading.new.and(reading.already_here)),
            ),
        }
        return Ok(None);
    }
    let mut bringing = Bringing::new(&name, exchange::open(file)?);
    while bringing.step(store, &|_| true).map_err(told)? {
        show_progress("importing", &name, place, bringing.bytes());
    }
    progress_is_over();
    let brought = bringing.brought;
    let mut report = format!("`{name}`: {} imported", exchange::say(brought.new));
    if brought.continued > 0 {
        report += &format!(", {} brought up to date", exchange::calls_of(brought.continued));
    }
    if brought.already_here.records > 0 {
        report += &format!(", {} already here", exchange::calls_of(brought.already_here.records));
    }
    eprintln!("{report}");
    Ok(Some(brought))
}
