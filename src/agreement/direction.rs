//! In which direction a person leans: telling urgent from not, apart from how readily they call it urgent.
//!
//! Signal detection, with a call as the signal that should have been decided urgent. Both figures carry the
//! log-linear correction in every case (Hautus, Behavior Research Methods 27, 1995), so that nobody who is never
//! wrong gets an infinite one, and both are pulled towards the cohort as far as few calls say little
//! (empirical Bayes). How many calls are few is in `docs/statistics.md`.

use serde::Serialize;

use super::bootstrap::Interval;
use super::distributions::normal_quantile;
use super::signal;

/// Fewer calls than this and neither figure is shown.
pub const FEWEST_CALLS: u32 = 20;
/// Fewer urgent calls, or fewer that are not, and neither figure is shown.
pub const FEWEST_OF_A_KIND: u32 = 6;

/// One decision, as direction needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Number of the call.
    pub item: u32,
    /// It should have been decided urgent.
    pub urgent: bool,
    /// It was.
    pub called_urgent: bool,
    /// Rungs from the acceptable range: under negative, over positive.
    pub steps: i32,
    /// Urgency within the range and a fitting setting.
    pub right: bool,
    /// How sure they were: from 0, a guess, to 3, certain; absent where nobody asked.
    pub degree: Option<u8>,
}

/// Decisions counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// Urgent, and called so.
    pub hits: u32,
    pub misses: u32,
    /// Not urgent, and called so all the same.
    pub false_alarms: u32,
    pub rejections: u32,
}

/// A figure with its limits, as it was and pulled towards the cohort.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    pub raw: f64,
    pub shrunk: f64,
    /// 95 % of the shrunken figure.
    pub limits: Interval,
}

impl Tally {
    /// Counts decisions.
    #[must_use]
    pub fn of(decisions: &[Decision]) -> Self {
        let mut tally = Self::default();
        for decision in decisions {
            *match (decision.urgent, decision.called_urgent) {
                (true, true) => &mut tally.hits,
                (true, false) => &mut tally.misses,
                (false, true) => &mut tally.false_alarms,
                (false, false) => &mut tally.rejections,
            } += 1;
        }
        tally
    }

    /// Enough of both kinds for a figure.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        let (urgent, not) = (self.hits + self.misses, self.false_alarms + self.rejections);
        urgent + not >= FEWEST_CALLS && urgent.min(not) >= FEWEST_OF_A_KIND
    }

    /// Rates of hits and of false alarms, log-linear: half an event and one call are added to each.
    fn rates(&self) -> (f64, f64) {
        let rate = |events: u32, others: u32| (f64::from(events) + 0.5) / (f64::from(events + others) + 1.0);
        (rate(self.hits, self.misses), rate(self.false_alarms, self.rejections))
    }

    /// d′ = z(hits) − z(false alarms).
    #[must_use]
    pub fn discrimination(&self) -> f64 {
        let (hits, alarms) = self.rates();
        normal_quantile(hits) - normal_quantile(alarms)
    }

    /// c = −(z(hits) + z(false alarms)) ÷ 2: below zero, urgent more readily.
    #[must_use]
    pub fn threshold(&self) -> f64 {
        let (hits, alarms) = self.rates();
        -0.5 * (normal_quantile(hits) + normal_quantile(alarms))
    }

    /// Sampling variance of d′ (Gourevitch & Galanter, Psychometrika 32, 1967); that of c is a quarter of it.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let (hits, alarms) = self.rates();
        let part = |rate: f64, n: u32| {
            let z = normal_quantile(rate);
            let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
            rate * (1.0 - rate) / ((f64::from(n) + 1.0) * density * density)
        };
        part(hits, self.hits + self.misses) + part(alarms, self.false_alarms + self.rejections)
    }
}

/// The two figures of each person, or `None` for whoever has too few calls: raw from urgent or not alone, and pulled
/// towards the cohort with what their confidence says besides ([`super::signal`]).
#[must_use]
pub fn estimates_of(people: &[Vec<Decision>]) -> Vec<Option<(Estimate, Estimate)>> {
    let tallies: Vec<Tally> = people.iter().map(|own| Tally::of(own)).collect();
    let mut found = estimates(&tallies);
    let enough: Vec<usize> = (0..people.len()).filter(|n| found[*n].is_some()).collect();
    if enough.len() < 2 {
        return found;
    }
    let answers = |n: &usize| {
        let mut answers = signal::Answers::default();
        for one in &people[*n] {
            answers.add(one.urgent, one.called_urgent, one.degree.map(usize::from));
        }
        answers
    };
    let answers: Vec<signal::Answers> = enough.iter().map(answers).collect();
    for (n, (of_d, of_c)) in enough.into_iter().zip(signal::posteriors(&answers)) {
        let pulled = |raw: f64, of: signal::Posterior| {
            let wide = normal_quantile(0.975) * of.deviation;
            let limits = Interval { low: of.mean - wide, high: of.mean + wide };
            Estimate { raw, shrunk: of.mean, limits }
        };
        found[n] = found[n].map(|(d, c)| (pulled(d.raw, of_d), pulled(c.raw, of_c)));
    }
    found
}

/// The two figures of each person from urgent or not alone, or `None` for whoever has too few calls.
#[must_use]
pub fn estimates(tallies: &[Tally]) -> Vec<Option<(Estimate, Estimate)>> {
    let enough: Vec<&Tally> = tallies.iter().filter(|tally| tally.is_enough()).collect();
    let discrimination = Pull::of(enough.iter().map(|tally| (tally.discrimination(), tally.variance())));
    let threshold = Pull::of(enough.iter().map(|tally| (tally.threshold(), tally.variance() / 4.0)));
    let both = |tally: &Tally| {
        tally.is_enough().then(|| {
            let variance = tally.variance();
            let of_d = discrimination.estimate(tally.discrimination(), variance);
            (of_d, threshold.estimate(tally.threshold(), variance / 4.0))
        })
    };
    tallies.iter().map(both).collect()
}

/// What the people of a cohort are like on the whole: mean, and variance between them beyond sampling.
#[derive(Debug, Clone, Copy)]
struct Pull {
    mean: f64,
    between: f64,
    alone: bool,
}

impl Pull {
    /// By the method of moments: variance of the figures less the mean of their sampling variances.
    fn of(figures: impl Iterator<Item = (f64, f64)> + Clone) -> Self {
        let (n, sum, noise) =
            figures.clone().fold((0.0, 0.0, 0.0), |(n, sum, noise), (x, v)| (n + 1.0, sum + x, noise + v));
        let n: f64 = n;
        if n < 2.0 {
            return Self { mean: sum, between: 0.0, alone: true };
        }
        let mean = sum / n;
        let spread: f64 = figures.map(|(x, _)| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
        Self { mean, between: (spread - noise / n).max(0.0), alone: false }
    }

    fn estimate(&self, raw: f64, variance: f64) -> Estimate {
        // With nobody to compare with there is nothing to be pulled to.
        let weight = if self.alone { 1.0 } else { self.between / (self.between + variance) };
        let shrunk = self.mean + weight * (raw - self.mean);
        let (shrunk, wide) = if self.alone { (raw, variance) } else { (shrunk, weight * variance) };
        let wide = normal_quantile(0.975) * wide.sqrt();
        Estimate { raw, shrunk, limits: Interval { low: shrunk - wide, high: shrunk + wide } }
    }
}

/// How somebody decides, without signal detection.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Leaning {
    pub calls: u32,
    pub right: u32,
    /// Calls decided later than the range, and by how many rungs together.
    pub under: u32,
    pub rungs_under: u32,
    /// Calls decided sooner than the range, and by how many rungs together.
    pub over: u32,
    pub rungs_over: u32,
    /// Share decided at the right urgency or a higher one ("safety"; Kopka et al. 2023).
    pub safety: Option<f64>,
    /// Share of the errors of urgency that are over-triage; absent where there is none.
    pub inclination: Option<f64>,
    /// Share that was right among the later half of the calls, less that among the earlier half; from
    /// [`FEWEST_CALLS`] on.
    pub trend: Option<f64>,
}

impl Leaning {
    /// Counts decisions in the order in which they were made.
    #[must_use]
    pub fn of(decisions: &[Decision]) -> Self {
        let mut leaning = Self::default();
        for decision in decisions {
            leaning.calls += 1;
            leaning.right += u32::from(decision.right);
            leaning.under += u32::from(decision.steps < 0);
            leaning.over += u32::from(decision.steps > 0);
            let rungs = if decision.steps < 0 { &mut leaning.rungs_under } else { &mut leaning.rungs_over };
            *rungs = rungs.saturating_add(decision.steps.unsigned_abs());
        }
        let share = |part: u32, of: u32| (of > 0).then(|| f64::from(part) / f64::from(of));
        leaning.safety = share(leaning.calls - leaning.under, leaning.calls);
        leaning.inclination = share(leaning.over, leaning.over + leaning.under);
        if leaning.calls >= FEWEST_CALLS {
            let (earlier, later) = decisions.split_at(decisions.len() / 2);
            let right = |half: &[Decision]| {
                let right = half.iter().filter(|decision| decision.right).count();
                share(u32::try_from(right).unwrap_or(0), u32::try_from(half.len()).unwrap_or(0))
            };
            leaning.trend = right(later).zip(right(earlier)).map(|(later, earlier)| later - earlier);
        }
        leaning
    }
}

/// Capability comparison score (Kopka et al. 2023): 100 · ½ · (1 + mean of c − p) over the calls that somebody took, c
/// right or not, p the share of everybody who got that call right. 50 is average whichever calls were taken. `None`
/// for nobody's calls, or where fewer than two people are compared.
#[must_use]
pub fn comparison(own: &[(u32, bool)], right_of_all: &[Option<f64>], people: usize) -> Option<f64> {
    let known = own.iter().filter_map(|(item, right)| {
        let p = right_of_all.get(*item as usize).copied().flatten()?;
        Some(f64::from(u8::from(*right)) - p)
    });
    let (n, sum) = known.fold((0.0, 0.0), |(n, sum), one| (n + 1.0, sum + one));
    (people >= 2 && n > 0.0).then(|| 50.0 * (1.0 + sum / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hautus_keeps_perfect_scores_finite() {
        let tally = Tally { hits: 10, misses: 0, false_alarms: 0, rejections: 10 };
        // z(10.5 ÷ 11) − z(0.5 ÷ 11).
        assert!((tally.discrimination() - 3.381_243_259).abs() < 1e-8, "{}", tally.discrimination());
        assert!(tally.threshold().abs() < 1e-9);
    }

    #[test]
    fn few_calls_show_nothing_and_many_are_pulled_less() {
        let few = Tally { hits: 5, misses: 1, false_alarms: 1, rejections: 5 };
        let some = Tally { hits: 9, misses: 1, false_alarms: 1, rejections: 9 };
        let many = Tally { hits: 90, misses: 10, false_alarms: 10, rejections: 90 };
        let poor = Tally { hits: 60, misses: 40, false_alarms: 40, rejections: 60 };
        let found = estimates(&[few, some, many, poor]);
        assert!(found[0].is_none());
        let pull = |n: usize| found[n].map(|(d, _)| (d.raw - d.shrunk).abs() / d.raw).expect("enough");
        assert!(pull(1) > pull(2));
    }

    #[test]
    fn leaning_counts_rungs_both_ways() {
        let decision =
            |steps, right| Decision { item: 0, urgent: true, called_urgent: true, steps, right, degree: None };
        let found = Leaning::of(&[decision(-2, false), decision(1, false), decision(0, true), decision(3, false)]);
        assert_eq!((found.under, found.rungs_under, found.over, found.rungs_over), (1, 2, 2, 4));
        assert_eq!((found.safety, found.trend), (Some(0.75), None));
        assert!((found.inclination.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(Leaning::of(&[decision(0, true)]).inclination, None);
    }

    #[test]
    fn the_comparison_is_fifty_for_the_average_and_fair_to_hard_calls() {
        let p = [Some(0.2), Some(0.9)];
        assert_eq!(comparison(&[(0, true)], &p, 1), None);
        let hard = comparison(&[(0, true)], &p, 5).unwrap();
        let easy = comparison(&[(1, true)], &p, 5).unwrap();
        assert!((hard - 90.0).abs() < 1e-9 && (easy - 55.0).abs() < 1e-9);
    }
}
