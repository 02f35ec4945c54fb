//! Observed agreement, and the coefficients that hold it against chance: Fleiss, Gwet.

use super::counts::{Counts, linear, quadratic};
use super::ratings::{Ratings, Scale};
use super::{Undefined, Value};

/// How far apart two values are held to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Equal or not.
    Identity,
    /// 1 − |x − y| ÷ length of the scale.
    Linear,
    /// 1 − (x − y)² ÷ length of the scale, squared.
    Quadratic,
}

impl Weights {
    /// Sum of the weights of all pairs of steps, T_w.
    fn total(self, scale: Scale) -> f64 {
        let q = scale.steps();
        match self {
            Self::Identity => q,
            // Σ|k − l| = q(q² − 1) ÷ 3, and Σ(k − l)² = q²(q² − 1) ÷ 6.
            Self::Linear => q * q - q * (q + 1.0) / 3.0,
            Self::Quadratic => q * q - q * q * (q + 1.0) / (6.0 * (q - 1.0)),
        }
    }
}

/// The coefficients of many raters that need counts alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// Observed agreement: mean over the items with two or more ratings of the share of pairs of raters
    /// that agree, Σ n(n − 1) ÷ m(m − 1).
    pub raw: Value,
    /// Agreeing pairs ÷ pairs, all items together.
    pub pooled: Value,
    /// Fleiss' kappa (Psychological Bulletin 76, 1971): (P̄ − P̄e) ÷ (1 − P̄e), P̄e = Σ p². Equal numbers of
    /// ratings only.
    pub fleiss: Value,
    /// The same with ratings missing (Gwet, Handbook of Inter-Rater Reliability, 2014): p_e = Σ π², π the mean
    /// over items of the share of ratings of a value.
    pub fleiss_general: Value,
    /// Gwet's AC1 (British Journal of Mathematical and Statistical Psychology 61, 2008):
    /// p_e = Σ π(1 − π) ÷ (q − 1) over the q steps of the declared scale.
    pub ac1: Value,
    /// Gwet's AC2 with linear weights: p_e = T_w Σ π(1 − π) ÷ q(q − 1).
    pub ac2_linear: Value,
    /// Gwet's AC2 with quadratic weights.
    pub ac2_quadratic: Value,
}

/// What stays the same of an item in every resample of items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Term {
    /// Share of pairs that agree, by equal or not, linear, quadratic.
    pub agree: [f64; 3],
    pub pairs: f64,
}

/// The terms of all items.
pub(super) fn terms(counts: &Counts, values: &[f64], scale: Option<Scale>) -> Vec<Term> {
    let length = scale.map_or(1.0, |scale| (scale.steps() - 1.0).max(1.0));
    counts
        .items()
        .map(|(entries, total)| {
            let pairs = total.pairs.max(f64::MIN_POSITIVE);
            let same: f64 = entries.iter().map(|entry| entry.n * entry.n - entry.squares).sum();
            let apart = linear(entries, values) / length;
            let far = quadratic(entries, |n| values[n]) / (length * length);
            Term { agree: [same / pairs, 1.0 - apart / pairs, 1.0 - far / pairs], pairs: total.pairs }
        })
        .collect()
}

/// The coefficients where the items count so often.
pub(super) fn weighted(
    counts: &Counts,
    terms: &[Term],
    scale: Option<Scale>,
    times: &[f64],
    pi: &mut Vec<f64>,
) -> Chance {
    let (mut agree, mut rated_twice, mut rated) = ([0.0; 3], 0.0, 0.0);
    let (mut same, mut pairs) = (0.0, 0.0);
    pi.clear();
    pi.resize(counts.values, 0.0);
    for (((entries, total), term), &times) in counts.items().zip(terms).zip(times) {
        if times == 0.0 || total.m == 0.0 {
            continue;
        }
        if term.pairs > 0.0 {
            rated_twice += times;
            for (sum, agree) in agree.iter_mut().zip(term.agree) {
                *sum += times * agree;
            }
            same += times * term.agree[0] * term.pairs;
            pairs += times * term.pairs;
        }
        rated += times;
        for entry in entries {
            pi[entry.value as usize] += times * entry.share;
        }
    }
    if rated_twice == 0.0 {
        let none = Err(Undefined::NoPairs);
        return Chance {
            raw: none,
            pooled: none,
            fleiss: none,
            fleiss_general: none,
            ac1: none,
            ac2_linear: none,
            ac2_quadratic: none,
        };
    }
    let observed = agree.map(|sum| sum / rated_twice);
    let squares: f64 = pi.iter().map(|sum| (sum / rated) * (sum / rated)).sum();
    let spread: f64 = pi.iter().map(|sum| (sum / rated) * (1.0 - sum / rated)).sum();
    let only_one = pi.iter().filter(|sum| **sum > 0.0).count() < 2;
    let fleiss = if only_one { Err(Undefined::Constant) } else { Ok((observed[0] - squares) / (1.0 - squares)) };
    let gwet = |weights: Weights, observed: f64| match scale {
        None => Err(Undefined::NoScale),
        Some(scale) if scale.steps() < 2.0 => Err(Undefined::OneStep),
        Some(scale) => {
            let q = scale.steps();
            let chance = weights.total(scale) * spread / (q * (q - 1.0));
            Ok((observed - chance) / (1.0 - chance))
        }
    };
    Chance {
        raw: Ok(observed[0]),
        pooled: Ok(same / pairs),
        fleiss: if counts.unequal { Err(Undefined::Unequal) } else { fleiss },
        fleiss_general: fleiss,
        ac1: gwet(Weights::Identity, observed[0]),
        ac2_linear: gwet(Weights::Linear, observed[1]),
        ac2_quadratic: gwet(Weights::Quadratic, observed[2]),
    }
}

impl Chance {
    /// All of them.
    #[must_use]
    pub fn of(ratings: &Ratings) -> Self {
        let counts = Counts::of(ratings);
        let terms = terms(&counts, ratings.values(), ratings.scale());
        weighted(&counts, &terms, ratings.scale(), &vec![1.0; counts.len()], &mut Vec::new())
    }

    /// Fleiss' kappa of each value that occurs against all others together (Fleiss 1971), by value.
    ///
    /// # Errors
    /// As [`Chance::fleiss`].
    pub fn fleiss_of_each(ratings: &Ratings) -> Result<Vec<(f64, Value)>, Undefined> {
        Self::of(ratings).fleiss?;
        let counts = Counts::of(ratings);
        let m = counts.items().next().map_or(0.0, |(_, total)| total.m);
        #[allow(clippy::cast_precision_loss, reason = "a number of items")]
        let items = counts.len() as f64;
        let of = |place: usize| {
            let entries = counts.items().flat_map(|(entries, _)| entries).filter(|e| e.value as usize == place);
            let (p, apart) = entries.fold((0.0, 0.0), |(p, apart), e| (p + e.n, apart + e.n * (m - e.n)));
            let p = p / (items * m);
            if p >= 1.0 { Err(Undefined::Constant) } else { Ok(1.0 - apart / (items * m * (m - 1.0) * p * (1.0 - p))) }
        };
        Ok(ratings.values().iter().enumerate().map(|(place, value)| (*value, of(place))).collect())
    }

    /// Standard error of AC1 or AC2, with items as the sampling unit: Gwet's linearised variance (2014,
    /// chapter 5). An interval takes t with one less degree of freedom than there are items.
    ///
    /// # Errors
    /// As the coefficient, or one item.
    pub fn gwet_standard_error(ratings: &Ratings, weights: Weights) -> Value {
        let scale = ratings.scale().ok_or(Undefined::NoScale)?;
        let counts = Counts::of(ratings);
        let terms = terms(&counts, ratings.values(), Some(scale));
        let mut pi = Vec::new();
        let chance = weighted(&counts, &terms, Some(scale), &vec![1.0; counts.len()], &mut pi);
        let (coefficient, kind) = match weights {
            Weights::Identity => (chance.ac1?, 0),
            Weights::Linear => (chance.ac2_linear?, 1),
            Weights::Quadratic => (chance.ac2_quadratic?, 2),
        };
        #[allow(clippy::cast_precision_loss, reason = "a number of items")]
        let n = counts.len() as f64;
        if n < 2.0 {
            return Err(Undefined::OneItem);
        }
        #[allow(clippy::cast_precision_loss, reason = "a number of items")]
        let rated_twice = terms.iter().filter(|term| term.pairs > 0.0).count() as f64;
        let q = scale.steps();
        let factor = weights.total(scale) / (q * (q - 1.0));
        pi.iter_mut().for_each(|sum| *sum /= n);
        let expected = factor * pi.iter().map(|pi| pi * (1.0 - pi)).sum::<f64>();
        let deviation = |(entries, term): (&[super::counts::Entry], &Term)| {
            let own =
                if term.pairs > 0.0 { n / rated_twice * (term.agree[kind] - expected) / (1.0 - expected) } else { 0.0 };
            let by_chance = factor * entries.iter().map(|e| e.share * (1.0 - pi[e.value as usize])).sum::<f64>();
            own - 2.0 * (1.0 - coefficient) * (by_chance - expected) / (1.0 - expected) - coefficient
        };
        let squares: f64 = counts.items().map(|(entries, _)| entries).zip(&terms).map(deviation).map(|d| d * d).sum();
        Ok((squares / (n * (n - 1.0))).sqrt())
    }
}
