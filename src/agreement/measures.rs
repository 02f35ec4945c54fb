//! All statistics of some ratings together, with their limits.

use super::alpha::{AlphaTerms, Metric};
use super::bootstrap::{Bootstrap, Interval, Resample};
use super::chance::{Weights, terms, weighted};
use super::counts::Counts;
use super::icc::{Icc, IccForm};
use super::kappa::Kappa;
use super::ratings::Ratings;
use super::{Undefined, Value};

/// A statistic with its limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Statistic {
    /// The name under which it is given, `alpha_ordinal`.
    pub name: &'static str,
    pub value: Value,
    /// 95 %; absent where none were asked for or none can be had.
    pub limits: Option<Interval>,
}

/// All of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Measures(pub Vec<Statistic>);

/// The names in the order in which [`compute`] fills them in.
const NAMES: [&str; 9] = [
    "raw",
    "fleiss",
    "fleiss_general",
    "ac1",
    "ac2_quadratic",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
];
const KAPPAS: [(&str, Weights); 3] =
    [("kappa", Weights::Identity), ("kappa_linear", Weights::Linear), ("kappa_quadratic", Weights::Quadratic)];
const ICCS: [(&str, IccForm); 2] = [("icc_2_1", IccForm::TwoOne), ("icc_2_k", IccForm::TwoMean)];

impl Measures {
    /// All statistics; the limits of the ICC are Shrout and Fleiss's, all others as the bootstrap says.
    #[must_use]
    pub fn of(ratings: &Ratings, bootstrap: Option<Bootstrap>) -> Self {
        let base = Counts::of(ratings);
        let ones = vec![1.0; ratings.items()];
        let mut room = Room::default();
        let mut values = [Err(Undefined::NoPairs); NAMES.len()];
        let fixed = Fixed::of(&base, ratings);
        fixed.compute(&base, ratings, &ones, &mut values, &mut room);
        let limits = bootstrap.map(|bootstrap| fixed.limits(&base, ratings, bootstrap, &mut room));
        let limit = |n: usize| limits.as_ref().and_then(|limits| limits.get(n).copied().flatten());
        let names = NAMES.into_iter().zip(values).enumerate();
        let mut all: Vec<Statistic> =
            names.map(|(n, (name, value))| Statistic { name, value, limits: limit(n) }).collect();
        let icc = Icc::of(ratings);
        for (name, form) in ICCS {
            let value = icc.and_then(|icc| icc.value(form));
            let limits = icc.ok().filter(|_| bootstrap.is_some() && value.is_ok()).and_then(|icc| icc.limits(form));
            all.push(Statistic { name, value, limits });
        }
        if ratings.raters() == 2 {
            let pairs = Kappa::of_two(ratings);
            let limits = bootstrap.map(|bootstrap| match &pairs {
                Ok(pairs) if matches!(bootstrap.of, Resample::Items | Resample::LeftOut) => {
                    bootstrap.limits((2, ratings.items()), &[-1.0; KAPPAS.len()], |_, items, values| {
                        for (value, (_, weights)) in values.iter_mut().zip(KAPPAS) {
                            *value = pairs.weighted(weights, |item| items[item]);
                        }
                    })
                }
                _ => vec![None; KAPPAS.len()],
            });
            for (n, (name, weights)) in KAPPAS.into_iter().enumerate() {
                let value = pairs.as_ref().map_err(|why| *why).and_then(|pairs| pairs.value(weights));
                let limits = limits.as_ref().and_then(|limits| limits[n]).filter(|_| value.is_ok());
                all.push(Statistic { name, value, limits });
            }
        }
        Self(all)
    }

    /// The one of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Statistic> {
        self.0.iter().find(|statistic| statistic.name == name)
    }
}

/// Room that is used again in every resample.
#[derive(Default)]
struct Room {
    pi: Vec<f64>,
    sums: Vec<f64>,
    counts: Counts,
}

/// What does not change when other items are drawn.
struct Fixed<'r> {
    terms: Vec<super::chance::Term>,
    alpha: AlphaTerms<'r>,
}

impl<'r> Fixed<'r> {
    fn of(counts: &Counts, ratings: &'r Ratings) -> Self {
        Self {
            terms: terms(counts, ratings.values(), ratings.scale()),
            alpha: AlphaTerms::of(counts, ratings.values()),
        }
    }

    fn compute(&self, counts: &Counts, ratings: &Ratings, items: &[f64], values: &mut [Value], room: &mut Room) {
        let chance = weighted(counts, &self.terms, ratings.scale(), items, &mut room.pi);
        let mut alpha = |metric| self.alpha.alpha(metric, counts, items, &mut room.sums);
        let all = [
            chance.raw,
            chance.fleiss,
            chance.fleiss_general,
            chance.ac1,
            chance.ac2_quadratic,
            alpha(Metric::Nominal),
            alpha(Metric::Ordinal),
            alpha(Metric::Interval),
            alpha(Metric::Ratio),
        ];
        values.copy_from_slice(&all);
    }

    fn limits(&self, base: &Counts, ratings: &Ratings, bootstrap: Bootstrap, room: &mut Room) -> Vec<Option<Interval>> {
        let size = (ratings.raters(), ratings.items());
        let unequal = base.unequal;
        // Raw agreement is a share, all others are like an intraclass correlation of so many raters.
        let mut least = [-1.0 / (base.mean_size() - 1.0); NAMES.len()];
        least[0] = 0.0;
        let by_rater = (bootstrap.of == Resample::LeftOut).then(|| ratings.by_rater());
        let mut limits = bootstrap.limits(size, &least, |raters, items, values| {
            let all_raters = by_rater.is_some() && raters.iter().all(|times| *times > 0.0);
            if bootstrap.of == Resample::Items || all_raters {
                self.compute(base, ratings, items, values, room);
                return;
            }
            // Other raters: everything is counted again, or those who are left out are taken away.
            let mut counts = std::mem::take(&mut room.counts);
            match &by_rater {
                Some(cells) => {
                    let gone = cells.iter().zip(raters).filter(|(_, times)| **times == 0.0);
                    counts.without(base, gone.flat_map(|(cells, _)| cells).copied());
                }
                None => counts.fill(ratings, |cell| raters[cell.rater as usize]),
            }
            Fixed::of(&counts, ratings).compute(&counts, ratings, items, values, room);
            room.counts = counts;
        });
        // Where it is not defined it has no limits either.
        if unequal {
            limits[1] = None;
        }
        limits
    }
}
