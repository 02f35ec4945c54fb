//! Proof by play: players of every kind take a call, thousands of times, and what they come to is
//! held together. An author learns which lines nobody will ever hear, and whether a habit beats the
//! call; we learn whether anything that anybody may do breaks the engine.

mod bounds;
mod changes;
mod dice;
mod directed;
mod drafting;
mod example;
mod findings;
mod finish;
mod lines;
mod players;
mod reaching;
mod report;
mod wander;

pub use bounds::{Broken, bounds};
pub use changes::{Changes, changed};
pub use dice::Dice;
pub use drafting::{draft, questions, written};
pub use example::{Difference, Example, Expected, Outcome, load_example};
pub use findings::{diagnostics, example_diagnostics};
pub use finish::finish;
pub use lines::{Heard, Lines};
pub use players::{Always, Player, actions_of, identity, play_leniently, take, with_every_question, without_questions};
pub use report::{Explored, Marks, PlayerMarks, Unheard};
pub use wander::wander;

use std::sync::Arc;

use crate::call::{Call, Script};
use crate::marking;
use crate::records::Mode;
use crate::scenario::{Loaded, Scenario};
use crate::standards::{Id, Standards};

/// How much is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Random plays for each role, shared out among the variants.
    pub plays: u32,
    /// Decides every random choice.
    pub seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { plays: 2000, seed: 0 }
    }
}

/// Every kind of player that is not random takes the call under so many seeds.
const SEEDS: u64 = 8;
/// Every so many random plays is played again, and held against the first.
const REPLAYED: u32 = 4;
/// Every so many is left alone to the end of the hour.
const LEFT_ALONE: u32 = 16;

/// One role in one surface of the call: what a thread can work off by itself.
#[derive(Debug, Clone)]
pub struct Job {
    pub script: Arc<Script>,
    pub role: Id,
    /// Random plays.
    pub plays: u32,
    seed: u64,
}

/// The jobs of a scenario: every role that may take it, as written and in every variant.
///
/// # Errors
/// A sentence when the scenario cannot be made ready.
pub fn jobs(loaded: &Loaded, standards: &Arc<Standards>, plan: Plan) -> Result<Vec<Job>, String> {
    let base = &loaded.scenario;
    let script = |scenario: Scenario, variant: Option<Id>| {
        Script::new(standards.clone(), scenario, loaded.hash.clone(), variant)
    };
    let mut scripts = vec![script(base.clone(), None)?];
    for variant in &base.variants {
        scripts.push(script(base.overlaid(variant), Some(variant.id.clone()))?);
    }
    let surfaces = u32::try_from(scripts.len()).unwrap_or(1).max(1);
    let mut jobs = Vec::new();
    for role in base.roles.iter().filter(|role| standards.role(role).is_some()) {
        for script in &scripts {
            let plays = plan.plays.div_ceil(surfaces);
            jobs.push(Job { script: script.clone(), role: role.clone(), plays, seed: plan.seed });
        }
    }
    Ok(jobs)
}

/// Works off one job.
#[must_use]
pub fn work(job: &Job, lines: &Lines) -> Explored {
    let mut found = Explored::new(lines);
    let standards = &job.script.standards;
    let Some(role) = standards.role(&job.role) else { return found };
    for player in Player::all(role.decides) {
        // Only the dice of these differ from seed to seed; a habit is met with once.
        for seed in 0..if player.is_drawn() { SEEDS } else { 1 } {
            if let Some(call) = take(&job.script, &job.role, player, job.seed.wrapping_add(seed)) {
                found.heard.hear(&call, lines);
                found.mark(&call, player);
            }
        }
    }
    for n in 0..job.plays {
        // The seed of the call and the dice of the player are two things: both differ from play to play.
        let seed = job.seed.wrapping_add(u64::from(n));
        let Ok(mut call) = Call::new(job.script.clone(), &job.role, seed, Mode::Coach) else { break };
        let mut dice = Dice::new(seed, &job.role);
        let mut done = wander(&mut call, &mut dice);
        if n.is_multiple_of(LEFT_ALONE) {
            found.note(bounds::left_alone(&call), &call, n);
        }
        match finish(&mut call) {
            Ok(end) => done.extend(end),
            Err(refusal) => found.note(Err(Broken::DeadEnd(refusal.to_string())), &call, n),
        }
        found.heard.hear(&call, lines);
        let mark = marking::mark(&call, "");
        found.note(bounds(&mark), &call, n);
        if n.is_multiple_of(REPLAYED) {
            found.note(bounds::again(&call, &done), &call, n);
        }
        found.add(Player::Wanderer, &call, &mark);
    }
    found
}

/// The whole of it, in one thread.
///
/// # Errors
/// A sentence when the scenario cannot be made ready.
pub fn explore(loaded: &Loaded, standards: &Arc<Standards>, plan: Plan) -> Result<Explored, String> {
    let lines = Lines::of(&loaded.scenario);
    let jobs = jobs(loaded, standards, plan)?;
    let mut found = Explored::new(&lines);
    for job in &jobs {
        found.join(work(job, &lines));
    }
    search_for_the_rest(&jobs, &lines, &mut found);
    Ok(found)
}

/// What chance has not come upon is gone for on purpose: only what that does not reach either is
/// called unreached.
pub fn search_for_the_rest(jobs: &[Job], lines: &Lines, found: &mut Explored) {
    for job in jobs {
        if found.heard.is_all() {
            break;
        }
        directed::search(&job.script, &job.role, lines, &mut found.heard);
    }
}
