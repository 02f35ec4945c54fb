//! What a cohort says about each person and about each call.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Cohort, Taken};
use crate::agreement::direction::{Decision, Estimate, Leaning, comparison, estimates_of};
use crate::agreement::items::{ItemFigures, figures, upside_down};
use crate::call::Confidence;
use crate::marking::FactStatus;
use crate::simulation::URGENT;
use crate::standards::Id;

/// One person. Shown to themselves and their trainer, never as a league table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonReport {
    /// Number of the member.
    pub member: usize,
    pub leaning: Leaning,
    /// How well they tell urgent from not; absent with too few calls.
    pub discrimination: Option<Estimate>,
    /// How readily they call it urgent; absent with too few calls.
    pub threshold: Option<Estimate>,
    /// Capability comparison score: 50 is average, whichever calls were taken.
    pub comparison: Option<f64>,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemReport {
    /// Number of the item.
    pub item: usize,
    pub figures: ItemFigures,
    /// How many decided on each rung.
    pub rungs: Vec<(u32, usize)>,
    pub facts: Vec<FactCount>,
    /// What looks wrong with the call itself: looked at before anybody is blamed.
    pub flags: Vec<Flag>,
}

/// What became of a key fact, in how many calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactCount {
    pub fact: Id,
    pub elicited: usize,
    pub never_asked: usize,
    pub ignored: usize,
}

/// Why a call may be broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// More than half decided on one rung outside the acceptable range: is the model answer right?
    MostDecideElsewhere { rung: u32 },
    /// Those who get other calls right get this one wrong.
    TheBetterGetItWrong,
    /// Hardly anybody found this out: can it be?
    HardlyAnyoneFinds { fact: Id },
}

/// Fewer people and nothing is flagged.
const FEWEST_TO_FLAG: usize = 10;

impl Cohort {
    fn decision(&self, taken: &Taken, boundary: u32) -> Option<Decision> {
        let case = &taken.case;
        Some(Decision {
            item: u32::try_from(taken.item).ok()?,
            urgent: case.best <= boundary,
            called_urgent: case.rung? <= boundary,
            steps: case.steps,
            right: case.is_right()?,
            degree: case.confidence.map(|sure| match sure {
                Confidence::Guess => 0,
                Confidence::Leaning => 1,
                Confidence::Fairly => 2,
                Confidence::Certain => 3,
            }),
        })
    }

    /// The last rung that counts as urgent: hospital or sooner; none in standards that have no such rung.
    #[must_use]
    pub fn boundary(&self) -> Option<u32> {
        self.standards().rung(URGENT)
    }

    /// How each person decides, by number of member. Handing over is no decision of one's own.
    #[must_use]
    pub fn people(&self) -> Vec<PersonReport> {
        let boundary = self.boundary();
        let decisions: Vec<Vec<Decision>> = self
            .by_member()
            .iter()
            .map(|calls| calls.iter().filter_map(|taken| self.decision(taken, boundary.unwrap_or(0))).collect())
            .collect();
        let scores: Vec<Vec<(u32, bool)>> =
            decisions.iter().map(|own| own.iter().map(|one| (one.item, one.right)).collect()).collect();
        let right: Vec<Option<f64>> = figures(&scores, self.items.len()).iter().map(|item| item.right).collect();
        let found = if boundary.is_some() { estimates_of(&decisions) } else { vec![None; decisions.len()] };
        let report = |member: usize| PersonReport {
            member,
            leaning: Leaning::of(&decisions[member]),
            discrimination: found[member].map(|(discrimination, _)| discrimination),
            threshold: found[member].map(|(_, threshold)| threshold),
            comparison: comparison(&scores[member], &right, self.members.len()),
        };
        (0..self.members.len()).map(report).collect()
    }

    /// What each call is like, by number of item.
    #[must_use]
    pub fn calls(&self) -> Vec<ItemReport> {
        let boundary = self.boundary().unwrap_or(0);
        let mut scores: Vec<Vec<(u32, bool)>> = vec![Vec::new(); self.members.len()];
        let mut with_side: Vec<Vec<(u32, bool, bool)>> = vec![Vec::new(); self.members.len()];
        for taken in &self.taken {
            if let Some(right) = taken.case.is_right() {
                let item = u32::try_from(taken.item).unwrap_or(u32::MAX);
                scores[taken.member].push((item, right));
                with_side[taken.member].push((item, right, taken.case.best <= boundary));
            }
        }
        let upside_down = upside_down(&with_side, self.items.len());
        let figures = figures(&scores, self.items.len());
        let mut by_item: Vec<Vec<&Taken>> = vec![Vec::new(); self.items.len()];
        self.taken.iter().for_each(|taken| by_item[taken.item].push(taken));
        by_item
            .into_iter()
            .zip(figures)
            .enumerate()
            .map(|(item, (calls, figures))| report(item, &calls, figures, upside_down[item]))
            .collect()
    }
}

fn report(item: usize, calls: &[&Taken], figures: ItemFigures, upside_down: bool) -> ItemReport {
    let mut rungs: BTreeMap<u32, usize> = BTreeMap::new();
    let mut outside: BTreeMap<u32, usize> = BTreeMap::new();
    let mut facts: BTreeMap<&Id, [usize; 3]> = BTreeMap::new();
    for taken in calls {
        if let Some(rung) = taken.case.rung {
            *rungs.entry(rung).or_insert(0) += 1;
            *outside.entry(rung).or_insert(0) += usize::from(taken.case.steps != 0);
        }
        for (fact, status) in &taken.case.facts {
            let place = match status {
                FactStatus::Elicited => 0,
                FactStatus::NeverAsked => 1,
                FactStatus::GivenAndIgnored => 2,
            };
            facts.entry(fact).or_default()[place] += 1;
        }
    }
    let mut flags = Vec::new();
    if figures.people >= FEWEST_TO_FLAG {
        let most = outside.iter().find(|(_, n)| **n * 2 > figures.people);
        flags.extend(most.map(|(rung, _)| Flag::MostDecideElsewhere { rung: *rung }));
        if upside_down {
            flags.push(Flag::TheBetterGetItWrong);
        }
        let heard = |n: &[usize; 3]| n[0] + n[2];
        let unheard = facts.iter().filter(|(_, n)| heard(n) * 10 < n.iter().sum::<usize>());
        flags.extend(unheard.map(|(fact, _)| Flag::HardlyAnyoneFinds { fact: (*fact).clone() }));
    }
    let count = |(fact, [elicited, never_asked, ignored]): (&Id, [usize; 3])| FactCount {
        fact: fact.clone(),
        elicited,
        never_asked,
        ignored,
    };
    ItemReport {
        item,
        figures,
        rungs: rungs.into_iter().collect(),
        facts: facts.into_iter().map(count).collect(),
        flags,
    }
}
