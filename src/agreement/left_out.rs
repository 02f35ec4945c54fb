//! Limits from leaving out items, and raters, part by part: the jackknife of a table in which both are a sample.
//!
//! The variance is the sum of that between items and that between raters, which counts what is left of the two twice and
//! is so rather too large (Efron and Stein, Annals of Statistics 9, 1981). It is taken on Fisher's scale of an
//! intraclass correlation, ln (x − least) ÷ (1 − x), least = −1 ÷ (k − 1) for k ratings of an item (Fisher, Statistical
//! Methods for Research Workers, §§ 38–40; a share is from 0 on). Where a few parts say much, a variance from so many is
//! itself known badly: the degrees of freedom are those of its own variance, with the kurtosis (Satterthwaite,
//! Biometrics Bulletin 2, 1946), and the side to which the parts are skew is widened (Johnson, Journal of the American
//! Statistical Association 73, 1978). How often such limits hold the truth is in `docs/statistics.md`.

use super::bootstrap::Interval;
use super::distributions::t_quantile;

/// More items, or raters, than this are left out in groups.
const MOST_PARTS: usize = 60;
/// A kurtosis from few parts is chance mostly: it leaves so many degrees of freedom, if there are.
const LEAST_FREE: f64 = 4.0;

/// Into how many parts so many items, or raters, are divided; number `n` is in part `n % parts`.
pub(super) fn parts(of: usize) -> usize {
    of.div_ceil(of.div_ceil(MOST_PARTS).max(1))
}

/// 95 % limits of a statistic between `least` and 1, which is `full` for all and as in `sides` without each of the
/// items, and without each of the raters. On a side there are two or more.
pub(super) fn interval(full: f64, sides: &[Vec<f64>], least: f64) -> Interval {
    let within = |x: f64| x > least && x < 1.0;
    if !within(full) || !sides.iter().flatten().all(|x| within(*x)) {
        // One part less and the end of the scale is reached: there Fisher's scale has no end.
        let (low, high) = around(full, sides.iter().map(|side| Spread::of(side.iter().copied())));
        return Interval { low: low.max(least.min(full)), high: high.min(1.0) };
    }
    let scaled = |x: f64| libm::log((x - least) / (1.0 - x));
    let back = |z: f64| {
        let odds = libm::exp(z.min(50.0));
        (least + odds) / (1.0 + odds)
    };
    let (low, high) = around(scaled(full), sides.iter().map(|side| Spread::of(side.iter().map(|x| scaled(*x)))));
    Interval { low: back(low), high: back(high) }
}

/// What leaving out one part after the other says.
struct Spread {
    variance: f64,
    /// The third cumulant.
    third: f64,
    /// Degrees of freedom of the variance.
    free: f64,
}

impl Spread {
    #[allow(clippy::cast_precision_loss, reason = "a number of parts")]
    fn of(figures: impl ExactSizeIterator<Item = f64> + Clone) -> Self {
        let n = figures.len() as f64;
        let mean = figures.clone().sum::<f64>() / n;
        let [two, three, four] = figures.fold([0.0; 3], |[two, three, four], x| {
            let d = mean - x;
            [two + d * d, three + d * d * d, four + d * d * d * d]
        });
        let third = if n > 2.0 { three * (n - 1.0) * (n - 1.0) / (n * (n - 2.0)) } else { 0.0 };
        let kurtosis = if n > 3.0 && two > 0.0 {
            (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * (n * four / (two * two) - 3.0) + 6.0)
        } else {
            0.0
        };
        let free = 2.0 / (2.0 / (n - 1.0) + kurtosis.max(0.0) / n);
        Self { variance: (n - 1.0) / n * two, third, free: free.max(LEAST_FREE.min(n - 1.0)) }
    }
}

fn around(middle: f64, spreads: impl Iterator<Item = Spread>) -> (f64, f64) {
    let (mut variance, mut third, mut uncertain) = (0.0, 0.0, 0.0);
    for one in spreads {
        variance += one.variance;
        third += one.third;
        uncertain += one.variance * one.variance / one.free;
    }
    let error: f64 = f64::sqrt(variance);
    if error == 0.0 || uncertain == 0.0 {
        return (middle, middle);
    }
    let t = t_quantile(0.975, variance * variance / uncertain);
    let shift = third / (variance * error) * (2.0 * t * t + 1.0) / 6.0;
    (middle + error * (shift.min(0.0) - t), middle + error * (shift.max(0.0) + t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_mean_they_are_those_of_student() {
        // A mean in the middle of a wide scale, left out one by one: s² ÷ n, and n − 1 degrees of freedom.
        let values = [0.49, 0.5, 0.51, 0.5, 0.49, 0.51, 0.5, 0.5, 0.49, 0.51];
        let without = (0..10).map(|n| (5.0 - values[n]) / 9.0).collect();
        let found = interval(0.5, &[without], -1e3);
        let wide = t_quantile(0.975, 9.0) * (0.000_6_f64 / 9.0 / 10.0).sqrt();
        assert!((found.high - 0.5 - wide).abs() < 1e-4 && (0.5 - found.low - wide).abs() < 1e-4, "{found:?} {wide}");
    }

    #[test]
    fn the_skew_side_is_wider_and_nothing_is_beyond_the_scale() {
        let mut without = vec![0.2; 19];
        without.push(0.1);
        let found = interval(0.2, &[without], 0.0);
        assert!(found.high - 0.2 > 2.0 * (0.2 - found.low) && found.low > 0.0 && found.high < 1.0, "{found:?}");
        let found = interval(0.95, &[vec![0.9, 0.95, 1.0, 0.95]], -1.0);
        assert!(found.low < 0.9 && (found.high - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(interval(1.0, &[vec![1.0; 5]], -1.0), Interval { low: 1.0, high: 1.0 });
    }

    #[test]
    fn parts_are_alike_in_size() {
        assert_eq!([1, 15, 60, 61, 90, 2_000].map(parts), [1, 15, 60, 31, 45, 59]);
    }
}
