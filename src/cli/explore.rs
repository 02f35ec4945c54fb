//! `rightcall explore`: every kind of player takes a call, and what they come to.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use serde_json::json;

use super::library::{self, Problems};
use super::{Format, say};
use crate::explore::{self, Explored, Lines, Plan, PlayerMarks};
use crate::marking::Verdict;
use crate::scenario::Loaded;
use crate::standards::Standards;

/// Has every kind of player take a call, thousands of times.
///
/// Says which lines no play came to hear, and what verdicts and marks each kind of player gets.
#[derive(Debug, Args)]
pub struct ExploreArgs {
    /// A scenario file, or the slug of a shipped one.
    scenario: String,
    /// Random plays for each role.
    #[arg(long, value_name = "N", default_value_t = Plan::default().plays, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    plays: u32,
    /// Decides every random choice.
    #[arg(long, value_name = "S", default_value_t = 0)]
    seed: u64,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &ExploreArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let loaded = library::scenario(&args.scenario)?;
    // What the checker refuses cannot be played to any purpose.
    library::script(standards.clone(), &loaded, None)?;
    let plan = Plan { plays: args.plays, seed: args.seed };
    let lines = Lines::of(&loaded.scenario);
    let found = in_threads(&loaded, &standards, &lines, plan)?;
    match args.format {
        Format::Human => say(&human(&loaded, &standards, &lines, &found, plan)),
        Format::Json => say(&machine(&loaded, &lines, &found, plan)),
    }
    if found.broken.is_empty() { Ok(()) } else { Err(Problems(vec!["playing broke a rule".into()])) }
}

/// The whole of it, on as many threads as there are processors: what comes out is the same.
pub(super) fn in_threads(
    loaded: &Loaded,
    standards: &Arc<Standards>,
    lines: &Lines,
    plan: Plan,
) -> Result<Explored, String> {
    let jobs = explore::jobs(loaded, standards, plan)?;
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len()).max(1);
    let mut parts: BTreeMap<usize, Explored> = BTreeMap::new();
    std::thread::scope(|scope| {
        let work = || {
            let mut mine = Vec::new();
            while let Some((n, job)) = {
                let n = next.fetch_add(1, Ordering::Relaxed);
                jobs.get(n).map(|job| (n, job))
            } {
                mine.push((n, explore::work(job, lines)));
            }
            mine
        };
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in running {
            match thread.join() {
                Ok(mine) => parts.extend(mine),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    let mut found = Explored::nothing(lines);
    for part in parts.into_values() {
        found.join(part);
    }
    explore::search_for_the_rest(&jobs, lines, &mut found);
    Ok(found)
}

fn machine(loaded: &Loaded, lines: &Lines, found: &Explored, plan: Plan) -> String {
    let players: Vec<PlayerMarks> = found.players().collect();
    let broken: Vec<_> =
        found.broken.iter().map(|(what, place)| json!({ "what": what.to_string(), "where": place })).collect();
    let report = json!({
        "scenario": loaded.scenario.id,
        "number": loaded.scenario.number,
        "plays": found.plays(),
        "random_plays_a_role": plan.plays,
        "seed": plan.seed,
        "lines": { "all": lines.len(), "heard": found.heard.count(), "unheard": found.unheard(lines, &loaded.tree) },
        "players": players,
        "broken": broken,
    });
    format!("{report:#}\n")
}

fn human(loaded: &Loaded, standards: &Standards, lines: &Lines, found: &Explored, plan: Plan) -> String {
    let mut out = String::new();
    let scenario = &loaded.scenario;
    let _ = writeln!(
        out,
        "{} ({}): {} plays, {} of them random in each role, seed {}",
        scenario.id,
        scenario.number,
        found.plays(),
        plan.plays,
        plan.seed
    );
    let mut role = None;
    for row in found.players() {
        if role.as_ref() != Some(&row.role) {
            let name = standards.role(&row.role).map_or(&*row.role, |role| &role.name);
            let _ = writeln!(out, "\n{name:<28} plays   points of 100    verdicts");
            let _ = writeln!(out, "{:<28}         least mean most", "");
            role = Some(row.role.clone());
        }
        let marks = &row.marks;
        let of = |n: u32| u64::from(n) * 1000 / u64::from(marks.plays.max(1));
        let mut verdicts: Vec<_> = marks.verdicts.iter().collect();
        verdicts.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let verdicts: Vec<String> = verdicts
            .into_iter()
            .map(|(verdict, n)| match of(*n) {
                1000 => words(*verdict).to_owned(),
                0..10 => format!("{} <1 %", words(*verdict)),
                share => format!("{} {} %", words(*verdict), share / 10),
            })
            .collect();
        let _ = writeln!(
            out,
            "  {:<26} {:>5}   {:>5} {:>4} {:>4}    {}",
            row.player.words(),
            marks.plays,
            marks.least,
            marks.mean,
            marks.most,
            verdicts.join(", ")
        );
    }
    let unheard = found.unheard(lines, &loaded.tree);
    let _ = writeln!(out, "\n{} of {} lines were heard", lines.len() - unheard.len(), lines.len());
    for line in &unheard {
        let _ =
            writeln!(out, "  never heard: {}:{}:{} {} “{}”", loaded.file, line.line, line.column, line.path, line.text);
    }
    for (broken, place) in &found.broken {
        let _ = writeln!(out, "  ! {broken} ({place})");
    }
    out
}

pub(super) fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Right => "right",
        Verdict::RightNotAssured => "right, not assured",
        Verdict::UnderTriage => "under-triage",
        Verdict::OverTriage => "over-triage",
        Verdict::WrongSetting => "wrong setting",
        Verdict::Unsafe => "unsafe",
        Verdict::NotDecided => "not decided",
    }
}
