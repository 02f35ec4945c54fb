//! Simulated people who take calls through the real engine: to try the reports on, to measure them, to show them.
//!
//! Each person has traits that a report should find again: how well they tell urgent from not
//! ([`Person::discrimination`]), how readily they call it urgent ([`Person::threshold`]), how much they ask
//! ([`Person::listening`]). Everything is drawn by position from one seed, so the same cohort is the same file. Their
//! pseudonyms begin with [`SIMULATED`]: whatever shows a name shows that nobody real is meant.

mod deciding;
mod person;
mod taking;
#[cfg(test)]
mod tests;

pub use person::{Person, person};
pub use taking::{Taken, take};

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::call::{Script, Stream};
use crate::scenario;
use crate::standards::{Id, Standards};

/// What the pseudonym of a simulated person begins with.
pub const SIMULATED: &str = "simulated ";

/// Whether this pseudonym is a simulated person's.
#[must_use]
pub fn is_simulated(by: &str) -> bool {
    by.starts_with(SIMULATED)
}

/// The calls that a cohort takes: each surface of each scenario is a call of its own.
#[derive(Debug, Clone)]
pub struct Calls {
    pub scripts: Vec<Arc<Script>>,
    /// Outcomes that some call has among its acceptable ones, most urgent first, with their rung.
    pub(crate) outcomes: Vec<(u32, Id)>,
    /// Rungs up to this one, included, are urgent.
    pub boundary: u32,
}

/// The last rung that counts as urgent, where the standards have it: hospital or sooner.
pub const URGENT: &str = "four-hours";

impl Calls {
    /// The shipped scenarios, as written and in each variant.
    ///
    /// # Errors
    /// A sentence when a scenario cannot be made ready with these standards.
    pub fn shipped(standards: &Arc<Standards>) -> Result<Self, String> {
        let mut scripts = Vec::new();
        for (slug, text) in scenario::shipped() {
            let loaded = scenario::load(&format!("{slug}.ron"), text.as_bytes()).map_err(|problems| {
                problems.first().map_or_else(|| format!("`{slug}` cannot be read"), ToString::to_string)
            })?;
            let base = std::iter::once((loaded.scenario.clone(), None));
            let variants = loaded.scenario.variants.iter();
            let variants = variants.map(|v| (loaded.scenario.overlaid(v), Some(v.id.clone())));
            for (scenario, variant) in base.chain(variants) {
                scripts.push(Script::new(standards.clone(), scenario, loaded.hash.clone(), variant)?);
            }
        }
        Ok(Self::new(scripts, standards))
    }

    /// These calls.
    #[must_use]
    pub fn new(scripts: Vec<Arc<Script>>, standards: &Standards) -> Self {
        let mut codes = BTreeSet::new();
        for script in &scripts {
            let model = &script.scenario.model;
            codes.extend(std::iter::once(&model.best).chain(&model.acceptable).cloned());
        }
        let mut outcomes: Vec<(u32, Id)> =
            codes.into_iter().filter_map(|code| Some((standards.rung_of(&code)?, code))).collect();
        outcomes.sort();
        Self { scripts, outcomes, boundary: standards.rung(URGENT).unwrap_or(0) }
    }

    /// Whether there is any call that this person's role takes.
    #[must_use]
    pub fn has_any_for(&self, person: &Person) -> bool {
        self.scripts.iter().any(|script| may(person, script))
    }

    /// Places of the calls that a role takes, in this person's order.
    fn of(&self, person: &Person, seed: u64) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.scripts.len()).filter(|&n| may(person, &self.scripts[n])).collect();
        let mut stream = Stream::at(seed, "simulated/order", &person.name, 0);
        for n in (1..places.len()).rev() {
            let n32 = u32::try_from(n).unwrap_or(u32::MAX);
            places.swap(n, stream.draw(n32.saturating_add(1)) as usize);
        }
        places
    }
}

fn may(person: &Person, script: &Script) -> bool {
    script.scenario.roles.contains(&person.role) && script.model_call(&person.role).is_some()
}

/// A cohort of so many people with so many calls each; whoever runs out of new calls takes old ones again.
pub fn cohort(calls: &Calls, people: u32, each: u32, seed: u64) -> impl Iterator<Item = Taken> + '_ {
    (0..people).flat_map(move |number| calls_of(calls, person(number, seed), each, seed))
}

/// So many calls of one person of the cohort of this seed.
pub fn calls_of(calls: &Calls, person: Person, each: u32, seed: u64) -> impl Iterator<Item = Taken> + '_ {
    let places = calls.of(&person, seed);
    (0..each).filter_map(move |n| {
        let place = *places.get(n as usize % places.len().max(1))?;
        take(calls, place, &person, n, seed)
    })
}
