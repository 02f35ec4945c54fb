//! Percentile limits from resampling items, raters, or both; every resample drawn by its position.

use serde::Serialize;

use super::Value;
use crate::call::Stream;

/// From where to where a statistic may well lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// What is drawn anew, with replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resample {
    /// Other calls, the same people: what the limits of the literature usually mean.
    #[default]
    Items,
    /// Other people, the same calls.
    Raters,
    /// Other people and other calls.
    Both,
}

impl Resample {
    /// The name under which such limits are shown.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Raters => "raters",
            Self::Both => "both",
        }
    }
}

/// How limits are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many times; a thousand or more for limits that stand still in the second decimal.
    pub resamples: u32,
    pub seed: u64,
    pub of: Resample,
}

impl Bootstrap {
    /// 95 % limits of several statistics at once. `compute` is given how often each rater and each item
    /// counts, and fills in one value a statistic. Resamples in which a statistic is not defined are left
    /// out; where more than half are, it has no limits. One item, or one rater, cannot be resampled.
    pub fn limits(
        self,
        (raters, items): (usize, usize),
        statistics: usize,
        mut compute: impl FnMut(&[f64], &[f64], &mut [Value]),
    ) -> Vec<Option<Interval>> {
        let (of_raters, of_items) = (self.of != Resample::Items, self.of != Resample::Raters);
        if (of_items && items < 2) || (of_raters && raters < 2) || self.resamples == 0 {
            return vec![None; statistics];
        }
        let mut found: Vec<Vec<f64>> = vec![Vec::new(); statistics];
        let (mut rater_times, mut item_times) = (vec![1.0; raters], vec![1.0; items]);
        let mut values: Vec<Value> = vec![Ok(0.0); statistics];
        for n in 0..self.resamples {
            if of_raters {
                draw(&mut rater_times, Stream::at(self.seed, "bootstrap", "raters", n));
            }
            if of_items {
                draw(&mut item_times, Stream::at(self.seed, "bootstrap", "items", n));
            }
            compute(&rater_times, &item_times, &mut values);
            for (list, value) in found.iter_mut().zip(&values) {
                list.extend(value.ok());
            }
        }
        let enough = self.resamples as usize / 2;
        found.into_iter().map(|list| if list.len() > enough { percentiles(list) } else { None }).collect()
    }
}

/// How often each of n is among n draws with replacement.
fn draw(times: &mut [f64], mut stream: Stream) {
    times.fill(0.0);
    let n = u32::try_from(times.len()).unwrap_or(u32::MAX);
    for _ in 0..n {
        times[stream.draw(n) as usize] += 1.0;
    }
}

/// The 2.5th and 97.5th percentile, between neighbours in proportion.
fn percentiles(mut list: Vec<f64>) -> Option<Interval> {
    list.sort_unstable_by(f64::total_cmp);
    let last = list.len().checked_sub(1)?;
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in a list"
    )]
    let at = |share: f64| {
        let place = share * last as f64;
        let below = place as usize;
        let above = (below + 1).min(last);
        list[below] + (place - below as f64) * (list[above] - list[below])
    };
    Some(Interval { low: at(0.025), high: at(0.975) })
}
