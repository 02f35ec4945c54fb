//! Cohen's kappa of two raters.

use super::chance::Weights;
use super::ratings::Ratings;
use super::{Undefined, Value};

/// The items that both of two raters rated: each rater's value as its place among the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Kappa<'r> {
    values: &'r [f64],
    /// Item, value by the first, by the second.
    pairs: Vec<(usize, usize, usize)>,
}

impl<'r> Kappa<'r> {
    /// The items that these two have in common.
    ///
    /// # Errors
    /// They have none.
    pub fn of(ratings: &'r Ratings, first: usize, second: usize) -> Result<Self, Undefined> {
        let pair = |item: usize| {
            let by = |rater: usize| ratings.cells_of(item).iter().find(|cell| cell.rater as usize == rater);
            Some((item, by(first)?.value as usize, by(second)?.value as usize))
        };
        let pairs: Vec<_> = (0..ratings.items()).filter_map(pair).collect();
        if pairs.is_empty() { Err(Undefined::NoOverlap) } else { Ok(Self { values: ratings.values(), pairs }) }
    }

    /// The two raters of a table of two.
    ///
    /// # Errors
    /// There are not two raters, or they have no item in common.
    pub fn of_two(ratings: &'r Ratings) -> Result<Self, Undefined> {
        if ratings.raters() == 2 { Self::of(ratings, 0, 1) } else { Err(Undefined::NotTwoRaters) }
    }

    /// Kappa = 1 − observed ÷ expected disagreement (Cohen, Educational and Psychological Measurement 20, 1960;
    /// with weights, Psychological Bulletin 70, 1968). Distances are those of the values themselves, so a step of
    /// the scale that nobody used keeps its place.
    ///
    /// # Errors
    /// Both gave every item the same value.
    pub fn value(&self, weights: Weights) -> Value {
        self.weighted(weights, |_| 1.0)
    }

    /// The same where the items count so often.
    pub(super) fn weighted(&self, weights: Weights, times: impl Fn(usize) -> f64) -> Value {
        let mut first = vec![0.0; self.values.len()];
        let mut second = first.clone();
        let (mut all, mut apart) = (0.0, 0.0);
        for &(item, a, b) in &self.pairs {
            let times = times(item);
            all += times;
            first[a] += times;
            second[b] += times;
            apart += times * self.distance(weights, a, b);
        }
        if all == 0.0 {
            return Err(Undefined::NoOverlap);
        }
        let expected = self.expected(weights, &first, &second) / (all * all);
        if expected > 0.0 { Ok(1.0 - apart / all / expected) } else { Err(Undefined::Constant) }
    }

    fn distance(&self, weights: Weights, a: usize, b: usize) -> f64 {
        let far = self.values[a] - self.values[b];
        match weights {
            Weights::Identity => f64::from(u8::from(a != b)),
            Weights::Linear => far.abs(),
            Weights::Quadratic => far * far,
        }
    }

    /// Disagreement of all pairs of what the two gave, sums and not means.
    fn expected(&self, weights: Weights, first: &[f64], second: &[f64]) -> f64 {
        let (all, also): (f64, f64) = (first.iter().sum(), second.iter().sum());
        match weights {
            Weights::Identity => all * also - first.iter().zip(second).map(|(a, b)| a * b).sum::<f64>(),
            Weights::Linear => {
                // Each gap between neighbouring values is crossed by those who stand on either side of it.
                let (mut a, mut b, mut sum) = (0.0, 0.0, 0.0);
                for (n, gap) in self.values.windows(2).enumerate() {
                    a += first[n];
                    b += second[n];
                    sum += (gap[1] - gap[0]) * (a * (also - b) + b * (all - a));
                }
                sum
            }
            Weights::Quadratic => {
                let origin = self.values[0];
                let moments = |n: &[f64]| {
                    let each =
                        n.iter().zip(self.values).map(|(n, x)| (n * (x - origin), n * (x - origin) * (x - origin)));
                    each.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
                };
                let (a, b) = (moments(first), moments(second));
                a.1 * also + b.1 * all - 2.0 * a.0 * b.0
            }
        }
    }

    /// Asymptotic standard error (Fleiss, Cohen & Everitt, Psychological Bulletin 72, 1969); an interval takes
    /// the normal distribution.
    ///
    /// # Errors
    /// As [`Kappa::value`].
    pub fn standard_error(&self, weights: Weights) -> Value {
        self.value(weights)?;
        #[allow(clippy::cast_precision_loss, reason = "a number of items")]
        let all = self.pairs.len() as f64;
        let q = self.values.len();
        let (mut first, mut second) = (vec![0.0; q], vec![0.0; q]);
        for &(_, a, b) in &self.pairs {
            first[a] += 1.0 / all;
            second[b] += 1.0 / all;
        }
        let weight = |a: usize, b: usize| 1.0 - self.distance(weights, a, b);
        let of_first = |a: usize| (0..q).map(|b| weight(a, b) * second[b]).sum::<f64>();
        let of_second = |b: usize| (0..q).map(|a| weight(a, b) * first[a]).sum::<f64>();
        let rows: Vec<f64> = (0..q).map(of_first).collect();
        let columns: Vec<f64> = (0..q).map(of_second).collect();
        let observed = self.pairs.iter().map(|&(_, a, b)| weight(a, b)).sum::<f64>() / all;
        let expected: f64 = rows.iter().zip(&first).map(|(mean, share)| mean * share).sum();
        let term = |&(_, a, b): &(usize, usize, usize)| {
            let one = weight(a, b) * (1.0 - expected) - (rows[a] + columns[b]) * (1.0 - observed);
            one * one
        };
        let sum = self.pairs.iter().map(term).sum::<f64>() / all;
        let centre = observed * expected - 2.0 * expected + observed;
        let below = (1.0 - expected) * (1.0 - expected);
        Ok(((sum - centre * centre) / all).max(0.0).sqrt() / below)
    }
}
