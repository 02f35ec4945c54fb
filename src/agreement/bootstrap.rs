//! Limits: from leaving out items and raters, or percentiles from resampling items, raters, or both; every resample
//! drawn by its position.

use serde::Serialize;

use super::{Value, left_out};
use crate::call::Stream;

/// From where to where a statistic may well lie.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// What is left out, or drawn anew with replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Resample {
    /// Nothing is drawn: each item is left out once, and each rater, in groups where there are many. Other people and
    /// other calls.
    #[default]
    LeftOut,
    /// Other calls, the same people: what the limits of the literature usually mean.
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
            Self::LeftOut => "left out",
            Self::Items => "items",
            Self::Raters => "raters",
            Self::Both => "both",
        }
    }
}

/// How limits are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many times; a thousand or more for limits that stand still in the second decimal. Nothing where parts are
    /// left out.
    pub resamples: u32,
    pub seed: u64,
    pub of: Resample,
}

impl Bootstrap {
    /// What is usual: limits about other people and other calls.
    pub const LEFT_OUT: Self = Self { resamples: 1, seed: 1, of: Resample::LeftOut };

    /// Where the limits come from, as it follows on "95 % limits".
    #[must_use]
    pub fn words(self) -> String {
        match self.of {
            Resample::LeftOut => "from leaving out people and calls, one after the other".to_owned(),
            of => {
                let of = match of {
                    Resample::Items => "calls",
                    Resample::Raters => "people",
                    _ => "people and calls",
                };
                format!("from {} draws of the {of}", self.resamples)
            }
        }
    }

    /// 95 % limits of several statistics at once, each of which is between what `least` says and 1. `compute` is given
    /// how often each rater and each item counts, and fills in one value a statistic. Resamples in which a statistic is
    /// not defined are left out; where more than half are, it has no limits; nor where one part less leaves it
    /// undefined. One item, or one rater, cannot be resampled; of two raters none is left out.
    pub fn limits(
        self,
        (raters, items): (usize, usize),
        least: &[f64],
        mut compute: impl FnMut(&[f64], &[f64], &mut [Value]),
    ) -> Vec<Option<Interval>> {
        let statistics = least.len();
        if self.of == Resample::LeftOut {
            return if self.resamples > 0 && items > 1 {
                without_each((raters, items), least, compute)
            } else {
                vec![None; statistics]
            };
        }
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

/// Limits from leaving out each part of the items, then of the raters.
fn without_each(
    (raters, items): (usize, usize),
    least: &[f64],
    mut compute: impl FnMut(&[f64], &[f64], &mut [Value]),
) -> Vec<Option<Interval>> {
    let (mut rater_times, mut item_times) = (vec![1.0; raters], vec![1.0; items]);
    let mut full: Vec<Value> = vec![Ok(0.0); least.len()];
    compute(&rater_times, &item_times, &mut full);
    let mut values = full.clone();
    let mut sides: Vec<Vec<Vec<Value>>> = vec![Vec::new(); least.len()];
    for of_raters in [false, true] {
        let of = if of_raters { raters } else { items };
        if of_raters && raters < 3 {
            continue;
        }
        let parts = left_out::parts(of);
        sides.iter_mut().for_each(|sides| sides.push(Vec::with_capacity(parts)));
        for part in 0..parts {
            let mark = |times: &mut [f64], mark: f64| {
                times.iter_mut().skip(part).step_by(parts).for_each(|times| *times = mark);
            };
            mark(if of_raters { &mut rater_times } else { &mut item_times }, 0.0);
            compute(&rater_times, &item_times, &mut values);
            mark(if of_raters { &mut rater_times } else { &mut item_times }, 1.0);
            for (sides, value) in sides.iter_mut().zip(&values) {
                sides.last_mut().into_iter().for_each(|side| side.push(*value));
            }
        }
    }
    let one = |((full, sides), least): ((Value, Vec<Vec<Value>>), &f64)| {
        let known = |side: Vec<Value>| side.into_iter().collect::<Result<Vec<f64>, _>>().ok();
        let sides = sides.into_iter().map(known).collect::<Option<Vec<_>>>()?;
        Some(left_out::interval(full.ok()?, &sides, *least))
    };
    full.into_iter().zip(sides).zip(least).map(one).collect()
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
