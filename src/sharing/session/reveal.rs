//! All decisions at once, as dots without names.

use std::collections::BTreeMap;

use super::event::PlannedCall;
use super::state::CallState;
use crate::agreement::{Chance, Rating, Ratings, Scale};
use crate::cohort::FEWEST_IN_A_GROUP;
use crate::standards::{Id, Standards};

/// What the room is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Reveal {
    /// Every rung, most urgent first.
    pub rungs: Vec<RungDots>,
    pub people: usize,
    pub in_range: usize,
    pub under: usize,
    pub over: usize,
    /// Share of pairs of people who are on the same rung; `None` with fewer than two.
    pub same_rung_pairs: Option<f64>,
    /// Registered and not are told apart by shape; not where either group would be smaller than
    /// [`FEWEST_IN_A_GROUP`], or somebody did not say.
    pub by_registration: bool,
    /// Name of the best outcome.
    pub model: String,
}

/// One row of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RungDots {
    pub name: String,
    pub is_best: bool,
    pub in_range: bool,
    pub dots: usize,
    /// Of them registered; only where [`Reveal::by_registration`].
    pub registered: usize,
    /// Outcomes chosen on it, by plain name, with how often.
    pub outcomes: Vec<(String, usize)>,
}

impl Reveal {
    /// The decisions on a call. `None` before they are revealed: nothing of them is shown then.
    #[must_use]
    pub fn of(planned: &PlannedCall, state: &CallState, standards: &Standards) -> Option<Self> {
        if !state.revealed {
            return None;
        }
        let rung_of = |code: &Id| standards.rung_of(code);
        let range = std::iter::once(&planned.best).chain(&planned.acceptable).filter_map(rung_of);
        let (low, high) = range.fold((u32::MAX, 0), |(low, high), rung| (low.min(rung), high.max(rung)));
        let best = rung_of(&planned.best);
        let name = |code: &Id| standards.disposition(code).map_or_else(|| code.to_string(), |d| d.name.clone());
        let count = |registered: bool| {
            state.decisions.values().filter(|decision| decision.registered == Some(registered)).count()
        };
        let by_registration = count(true).min(count(false)) >= FEWEST_IN_A_GROUP
            && state.decisions.values().all(|decision| decision.registered.is_some());
        let mut rungs: Vec<RungDots> = (0..)
            .zip(&standards.dispositions.rungs)
            .map(|(rung, named)| RungDots {
                name: named.name.clone(),
                is_best: Some(rung) == best,
                in_range: (low..=high).contains(&rung),
                dots: 0,
                registered: 0,
                outcomes: Vec::new(),
            })
            .collect();
        let mut outcomes: Vec<BTreeMap<String, usize>> = vec![BTreeMap::new(); rungs.len()];
        let (mut in_range, mut under, mut over) = (0, 0, 0);
        let mut ratings = Vec::new();
        for (rater, decision) in (0..).zip(state.decisions.values()) {
            let Some(rung) = rung_of(&decision.disposition) else { continue };
            let Some(row) = rungs.get_mut(rung as usize) else { continue };
            row.dots += 1;
            row.registered += usize::from(by_registration && decision.registered == Some(true));
            *outcomes[rung as usize].entry(name(&decision.disposition)).or_insert(0) += 1;
            match rung {
                _ if rung > high => under += 1,
                _ if rung < low => over += 1,
                _ => in_range += 1,
            }
            ratings.push(Rating { rater, item: 0, value: f64::from(rung) });
        }
        for (row, outcomes) in rungs.iter_mut().zip(outcomes) {
            row.outcomes = outcomes.into_iter().collect();
        }
        let people = ratings.len();
        let ratings = Ratings::new(ratings, Some(Scale::labels(rungs.len())));
        let same_rung_pairs = Chance::of(&ratings).raw.ok();
        let model = name(&planned.best);
        Some(Self { rungs, people, in_range, under, over, same_rung_pairs, by_registration, model })
    }
}
