//! Intraclass correlation: how much of the variance is the items', for ratings on an interval scale.

use super::bootstrap::Interval;
use super::distributions::f_quantile;
use super::ratings::Ratings;
use super::{Undefined, Value};

/// Analysis of variance of a complete table, items by raters (Shrout & Fleiss, Psychological Bulletin 86, 1979).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// Items.
    pub n: f64,
    /// Raters.
    pub k: f64,
    /// Mean square between items.
    pub between: f64,
    /// Mean square within items.
    pub within: f64,
    /// Mean square between raters ("judges").
    pub raters: f64,
    /// Mean square of the residual.
    pub error: f64,
}

/// The six of Shrout and Fleiss. The first figure is the model, the second whether one rating or the mean of all
/// raters is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IccForm {
    /// ICC(1,1): each item by other raters. (BMS − WMS) ÷ (BMS + (k−1)WMS).
    OneOne,
    /// ICC(2,1): the same raters, a sample; absolute agreement. (BMS − EMS) ÷ (BMS + (k−1)EMS + k(JMS−EMS)÷n).
    TwoOne,
    /// ICC(3,1): these raters and no others; consistency. (BMS − EMS) ÷ (BMS + (k−1)EMS).
    ThreeOne,
    /// ICC(1,k): (BMS − WMS) ÷ BMS.
    OneMean,
    /// ICC(2,k): (BMS − EMS) ÷ (BMS + (JMS−EMS)÷n).
    TwoMean,
    /// ICC(3,k): (BMS − EMS) ÷ BMS.
    ThreeMean,
}

impl Icc {
    /// The mean squares.
    ///
    /// # Errors
    /// One rater, one item, or a rating that is missing.
    pub fn of(ratings: &Ratings) -> Result<Self, Undefined> {
        let rows = ratings.complete()?;
        let values = ratings.values();
        // From the middle, so that large values that differ little lose nothing.
        let origin = values[values.len() / 2];
        #[allow(clippy::cast_precision_loss, reason = "numbers of items and raters")]
        let (n, k) = (rows.len() as f64, ratings.raters() as f64);
        let mut columns = vec![0.0; ratings.raters()];
        let (mut all, mut squares, mut of_rows) = (0.0, 0.0, 0.0);
        for row in rows {
            let mut sum = 0.0;
            // A complete row has its cells in the order of the raters.
            for (cell, column) in row.iter().zip(&mut columns) {
                let x = values[cell.value as usize] - origin;
                sum += x;
                squares += x * x;
                *column += x;
            }
            all += sum;
            of_rows += sum * sum;
        }
        let mean = all * all / (n * k);
        let of_columns: f64 = columns.iter().map(|sum| sum * sum).sum();
        let (total, items, raters) = (squares - mean, of_rows / k - mean, of_columns / n - mean);
        let error = (total - items - raters).max(0.0);
        Ok(Self {
            n,
            k,
            between: items / (n - 1.0),
            within: (total - items) / (n * (k - 1.0)),
            raters: raters / (k - 1.0),
            error: error / ((n - 1.0) * (k - 1.0)),
        })
    }

    /// The coefficient.
    ///
    /// # Errors
    /// There is no variance to divide.
    pub fn value(&self, form: IccForm) -> Value {
        let Self { n, k, between, within, raters, error } = *self;
        let (above, below) = match form {
            IccForm::OneOne => (between - within, between + (k - 1.0) * within),
            IccForm::TwoOne => (between - error, between + (k - 1.0) * error + k * (raters - error) / n),
            IccForm::ThreeOne => (between - error, between + (k - 1.0) * error),
            IccForm::OneMean => (between - within, between),
            IccForm::TwoMean => (between - error, between + (raters - error) / n),
            IccForm::ThreeMean => (between - error, between),
        };
        if below > 0.0 { Ok(above / below) } else { Err(Undefined::Constant) }
    }

    /// 95 % limits of Shrout & Fleiss 1979. Those of ICC(2,k) are those of ICC(2,1) through Spearman and Brown. `None`
    /// where nothing is left over that could be compared with.
    #[must_use]
    pub fn limits(&self, form: IccForm) -> Option<Interval> {
        let Self { n, k, between, within, error, .. } = *self;
        let ratio = |noise: f64, free: f64| {
            let f = between / noise;
            let low = f / f_quantile(0.975, n - 1.0, free);
            (noise > 0.0).then(|| (low, f * f_quantile(0.975, free, n - 1.0)))
        };
        let one = |f: f64| (f - 1.0) / (f + k - 1.0);
        let mean = |f: f64| 1.0 - 1.0 / f;
        let up = |x: f64| k * x / (1.0 + (k - 1.0) * x);
        let of = |noise, free, to: &dyn Fn(f64) -> f64| {
            ratio(noise, free).map(|(low, high)| Interval { low: to(low), high: to(high) })
        };
        match form {
            IccForm::OneOne => of(within, n * (k - 1.0), &one),
            IccForm::OneMean => of(within, n * (k - 1.0), &mean),
            IccForm::ThreeOne => of(error, (n - 1.0) * (k - 1.0), &one),
            IccForm::ThreeMean => of(error, (n - 1.0) * (k - 1.0), &mean),
            IccForm::TwoOne => self.limits_of_two(),
            IccForm::TwoMean => {
                self.limits_of_two().map(|Interval { low, high }| Interval { low: up(low), high: up(high) })
            }
        }
    }

    fn limits_of_two(&self) -> Option<Interval> {
        let Self { n, k, between, raters, error, .. } = *self;
        let rho = self.value(IccForm::TwoOne).ok().filter(|_| error > 0.0)?;
        let f = raters / error;
        let rest = n * (1.0 + (k - 1.0) * rho) - k * rho;
        let above = k * rho * f + rest;
        let below = (n - 1.0) * k * k * rho * rho * f * f + rest * rest;
        let free = (k - 1.0) * (n - 1.0) * above * above / below;
        let common = k * raters + (k * n - k - n) * error;
        let low = f_quantile(0.975, n - 1.0, free);
        let high = f_quantile(0.975, free, n - 1.0);
        Some(Interval {
            low: n * (between - low * error) / (low * common + n * between),
            high: n * (high * between - error) / (common + n * high * between),
        })
    }
}
