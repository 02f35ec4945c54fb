//! Krippendorff's alpha: 1 − observed ÷ expected disagreement, any number of raters, ratings missing.

use super::counts::{Counts, Total, quadratic};
use super::ratings::Ratings;
use super::{Undefined, Value};

/// How far apart two values are held to be: Krippendorff's difference functions δ².
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// 0 if equal, else 1.
    Nominal,
    /// Number of ratings between the two ranks, half of those in them, squared: (Σ n − (n_c + n_k) ÷ 2)².
    /// That is the squared difference of mid-ranks. Not Gwet's "ordinal weights".
    Ordinal,
    /// (x − y)².
    Interval,
    /// ((x − y) ÷ (x + y))².
    Ratio,
}

/// More different values make a ratio alpha unaffordable: it looks at every pair of them.
const MOST_VALUES: usize = 2_000;

/// Alpha = 1 − D_o ÷ D_e (Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011). Items with one
/// rating do not count at all.
///
/// # Errors
/// No item has two ratings; all ratings that could be paired are the same; for a ratio, values below zero.
pub fn alpha(ratings: &Ratings, metric: Metric) -> Value {
    let counts = Counts::of(ratings);
    let terms = AlphaTerms::of(&counts, ratings.values());
    terms.alpha(metric, &counts, &vec![1.0; counts.len()], &mut Vec::new())
}

/// What stays the same of each item in every resample of items.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct AlphaTerms<'v> {
    values: &'v [f64],
    /// Disagreement within the item by nominal, interval, ratio.
    within: Vec<[f64; 3]>,
    /// δ² of each pair of values, `Err` where there is no ratio alpha.
    ratio: Result<Vec<f64>, Undefined>,
}

impl<'v> AlphaTerms<'v> {
    pub(super) fn of(counts: &Counts, values: &'v [f64]) -> Self {
        let ratio = differences(values);
        let q = values.len();
        let within = counts.items().map(|(entries, total)| {
            if total.pairs == 0.0 {
                return [0.0; 3];
            }
            let mut far = 0.0;
            if let Ok(table) = &ratio {
                for (n, a) in entries.iter().enumerate() {
                    let row = &table[a.value as usize * q..][..q];
                    far += entries[n + 1..].iter().map(|b| a.n * b.n * row[b.value as usize]).sum::<f64>();
                }
            }
            let equal: f64 = entries.iter().map(|entry| entry.n * entry.n).sum();
            [total.m * total.m - equal, quadratic(entries, |n| values[n]), 2.0 * far].map(|sum| sum * per_pair(total))
        });
        Self { values, within: within.collect(), ratio }
    }

    /// Alpha where the items count so often. `sums` is room for what is counted.
    pub(super) fn alpha(&self, metric: Metric, counts: &Counts, times: &[f64], sums: &mut Vec<f64>) -> Value {
        let mut all = 0.0;
        sums.clear();
        sums.resize(self.values.len(), 0.0);
        for ((entries, total), &times) in counts.items().zip(times) {
            if times > 0.0 && total.pairs > 0.0 {
                all += times * total.m;
                entries.iter().for_each(|entry| sums[entry.value as usize] += times * entry.n);
            }
        }
        if all == 0.0 {
            return Err(Undefined::NoPairs);
        }
        if sums.iter().filter(|n| **n > 0.0).count() < 2 {
            return Err(Undefined::Constant);
        }
        let within = |place: usize| self.within.iter().zip(times).map(|(within, times)| within[place] * times).sum();
        let (observed, expected): (f64, f64) = match metric {
            Metric::Nominal => (within(0), all * all - sums.iter().map(|n| n * n).sum::<f64>()),
            Metric::Interval => (within(1), squares(sums, |n| self.values[n])),
            Metric::Ordinal => {
                let expected = into_ranks(sums);
                let ranks = &*sums;
                let apart = counts.items().zip(times).filter(|((_, total), times)| **times > 0.0 && total.pairs > 0.0);
                let apart =
                    apart.map(|((entries, total), times)| times * per_pair(total) * quadratic(entries, |n| ranks[n]));
                (apart.sum(), expected)
            }
            Metric::Ratio => {
                let table = self.ratio.as_ref().map_err(|why| *why)?;
                let rows = table.chunks_exact(self.values.len()).zip(&*sums).filter(|(_, n)| **n > 0.0);
                let expected = rows.map(|(row, n)| n * row.iter().zip(&*sums).map(|(d, k)| d * k).sum::<f64>());
                (within(2), expected.sum())
            }
        };
        if expected > 0.0 { Ok(1.0 - (all - 1.0) * observed / expected) } else { Err(Undefined::Constant) }
    }
}

/// What a sum over pairs of an item counts for: 1 ÷ (m − 1) where everyone counts once.
fn per_pair(total: Total) -> f64 {
    total.m / total.pairs
}

/// Sum over ordered pairs of (x − y)², n of each value.
fn squares(n: &[f64], value: impl Fn(usize) -> f64) -> f64 {
    let origin = value(0);
    let (mut all, mut sum, mut squared) = (0.0, 0.0, 0.0);
    for (place, n) in n.iter().enumerate() {
        let x = value(place) - origin;
        all += n;
        sum += n * x;
        squared += n * x * x;
    }
    2.0 * (all * squared - sum * sum)
}

/// Counts become mid-ranks in place; gives the expected disagreement by rank.
fn into_ranks(n: &mut [f64]) -> f64 {
    let (mut below, mut all, mut sum, mut squared) = (0.0, 0.0, 0.0, 0.0);
    for n in n.iter_mut() {
        let count = *n;
        let rank = below + count / 2.0;
        below += count;
        all += count;
        sum += count * rank;
        squared += count * rank * rank;
        *n = rank;
    }
    2.0 * (all * squared - sum * sum)
}

/// Ratio differences of all pairs of values.
fn differences(values: &[f64]) -> Result<Vec<f64>, Undefined> {
    if values.first().is_some_and(|value| *value < 0.0) {
        return Err(Undefined::Negative);
    }
    if values.len() > MOST_VALUES {
        return Err(Undefined::TooManyValues(MOST_VALUES));
    }
    let difference = |x: f64, y: f64| if x == y { 0.0 } else { ((x - y) / (x + y)) * ((x - y) / (x + y)) };
    Ok(values.iter().flat_map(|x| values.iter().map(move |y| difference(*x, *y))).collect())
}
