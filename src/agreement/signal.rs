//! d′ and threshold of many people together, from decisions and how sure people were of them.
//!
//! The rating procedure of signal detection (Green and Swets 1966; Dorfman and Alf, Journal of Mathematical Psychology
//! 6, 1969; Macmillan and Creelman 2005, chapter 3): a decision with one of four degrees of confidence is one of eight
//! ordered answers, from "certainly not urgent" to "certainly urgent", and where somebody draws seven lines says more of
//! how far apart the two kinds of call look to them than where they draw one. The model is that of equal variances:
//! a call looks like x, normal with mean ±d′ ÷ 2 − c and variance 1; it is called urgent where x is above zero, and the
//! surer, the further x is from it. The three degrees have the same lines in the whole cohort; one answer in many is a
//! lapse that says nothing (Wichmann and Hill, Perception & Psychophysics 63, 2001).
//!
//! People are drawn from normal distributions of d′ and c, which are fitted to the cohort by expectation and
//! maximisation; what is said of a person is the mean and the standard deviation of the posterior over a grid (empirical
//! Bayes; Rouder and Lu, Psychonomic Bulletin & Review 12, 2005). Decisions without confidence count as urgent or not.

use super::distributions::normal_cdf;

/// Degrees of confidence, from a guess to certain.
pub const DEGREES: usize = 4;
const ANSWERS: usize = 2 * DEGREES;

/// A person's answers, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Answers {
    /// To urgent calls and to others: from certainly not (0) to certainly urgent (7).
    rated: [[u32; ANSWERS]; 2],
    /// Without confidence: not urgent, urgent.
    plain: [[u32; 2]; 2],
}

impl Answers {
    /// Counts one decision. `degree`: from 0, a guess, to 3, certain.
    pub fn add(&mut self, urgent: bool, called_urgent: bool, degree: Option<usize>) {
        let kind = usize::from(!urgent);
        match degree.map(|degree| degree.min(DEGREES - 1)) {
            Some(degree) if called_urgent => self.rated[kind][DEGREES + degree] += 1,
            Some(degree) => self.rated[kind][DEGREES - 1 - degree] += 1,
            None => self.plain[kind][usize::from(called_urgent)] += 1,
        }
    }
}

/// Mean and standard deviation of what can be said of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Posterior {
    pub mean: f64,
    pub deviation: f64,
}

/// The grid: d′ from −0.5 to 4.5, c from −2.1 to 2.1.
const D: (f64, f64, usize) = (-0.5, 0.2, 26);
const C: (f64, f64, usize) = (-2.1, 0.175, 25);
const POINTS: usize = D.2 * C.2;
const ROUNDS: usize = 12;
/// No spread between people is taken to be smaller: the maximum would get stuck at it.
const LEAST_SPREAD: f64 = 0.05;

#[allow(clippy::cast_precision_loss, reason = "a place in a small grid")]
fn point(n: usize) -> (f64, f64) {
    (D.0 + D.1 * (n / C.2) as f64, C.0 + C.1 * (n % C.2) as f64)
}

/// What all people have in common.
#[derive(Debug, Clone, Copy)]
struct Common {
    d: Posterior,
    c: Posterior,
    /// Distances from the threshold at which one is leaning, fairly sure, certain.
    lines: [f64; DEGREES - 1],
    lapses: f64,
}

/// Logarithms of the chances of each answer at each point of the grid.
struct Chances {
    rated: Vec<[[f64; ANSWERS]; 2]>,
    plain: Vec<[[f64; 2]; 2]>,
}

impl Common {
    fn chances(&self) -> Chances {
        let (mut rated, mut plain) = (Vec::with_capacity(POINTS), Vec::with_capacity(POINTS));
        let [a, b, c] = self.lines;
        let edges = [-c, -b, -a, 0.0, a, b, c];
        for n in 0..POINTS {
            let (d, threshold) = point(n);
            let mut own = [[0.0; ANSWERS]; 2];
            let mut without = [[0.0; 2]; 2];
            for (kind, sign) in [0.5, -0.5].into_iter().enumerate() {
                let mean = sign * d - threshold;
                let mut below = 0.0;
                for (answer, log) in own[kind].iter_mut().enumerate() {
                    let upto = edges.get(answer).map_or(1.0, |edge| normal_cdf(edge - mean));
                    let share = (upto - below).max(0.0);
                    *log = libm::log(share * (1.0 - self.lapses) + self.lapses / 8.0 + 1e-12);
                    below = upto;
                }
                let no = normal_cdf(-mean);
                for (answer, share) in [no, 1.0 - no].into_iter().enumerate() {
                    without[kind][answer] = libm::log(share * (1.0 - self.lapses) + self.lapses / 2.0 + 1e-12);
                }
            }
            rated.push(own);
            plain.push(without);
        }
        Chances { rated, plain }
    }

    /// Logarithm of the prior at each point, up to a constant.
    fn prior(&self) -> Vec<f64> {
        let part = |x: f64, of: Posterior| {
            let z = (x - of.mean) / of.deviation;
            -0.5 * z * z
        };
        (0..POINTS).map(point).map(|(d, c)| part(d, self.d) + part(c, self.c)).collect()
    }
}

/// The posterior of one person over the grid; adds up to 1.
fn weigh(answers: &Answers, chances: &Chances, prior: &[f64], weights: &mut [f64]) {
    let mut most = f64::NEG_INFINITY;
    for (n, weight) in weights.iter_mut().enumerate() {
        let mut sum = prior[n];
        for kind in 0..2 {
            for (count, log) in answers.rated[kind].iter().zip(&chances.rated[n][kind]) {
                if *count > 0 {
                    sum += f64::from(*count) * log;
                }
            }
            for (count, log) in answers.plain[kind].iter().zip(&chances.plain[n][kind]) {
                sum += f64::from(*count) * log;
            }
        }
        *weight = sum;
        most = most.max(sum);
    }
    let mut all = 0.0;
    for weight in weights.iter_mut() {
        *weight = libm::exp(*weight - most);
        all += *weight;
    }
    weights.iter_mut().for_each(|weight| *weight /= all);
}

fn moments(weights: &[f64]) -> (Posterior, Posterior) {
    let (mut d, mut c, mut dd, mut cc) = (0.0, 0.0, 0.0, 0.0);
    for (n, weight) in weights.iter().enumerate() {
        let (at_d, at_c) = point(n);
        d += weight * at_d;
        c += weight * at_c;
        dd += weight * at_d * at_d;
        cc += weight * at_c * at_c;
    }
    let of = |mean: f64, square: f64| Posterior { mean, deviation: (square - mean * mean).max(0.0).sqrt() };
    (of(d, dd), of(c, cc))
}

/// d′ and c of each person. Two people or more: alone, nobody can be pulled anywhere.
#[must_use]
pub fn posteriors(people: &[Answers]) -> Vec<(Posterior, Posterior)> {
    let mut common = Common {
        d: Posterior { mean: 1.5, deviation: 1.0 },
        c: Posterior { mean: 0.0, deviation: 0.7 },
        lines: [0.4, 0.9, 1.5],
        lapses: 0.03,
    };
    let mut weights = vec![0.0; POINTS];
    let mut found = Vec::new();
    for round in 0..=ROUNDS {
        let (chances, prior) = (common.chances(), common.prior());
        // How many answers of each kind were given by people at each point.
        let mut expected = vec![[[0.0; ANSWERS]; 2]; POINTS];
        found.clear();
        for answers in people {
            weigh(answers, &chances, &prior, &mut weights);
            found.push(moments(&weights));
            for (sums, weight) in expected.iter_mut().zip(&weights).filter(|(_, weight)| **weight > 1e-6) {
                for (sums, counts) in sums.iter_mut().zip(&answers.rated) {
                    for (sum, count) in sums.iter_mut().zip(counts).filter(|(_, count)| **count > 0) {
                        *sum += weight * f64::from(*count);
                    }
                }
            }
        }
        if round == ROUNDS {
            break;
        }
        common.d = spread(found.iter().map(|(d, _)| *d));
        common.c = spread(found.iter().map(|(_, c)| *c));
        improve(&mut common, &expected);
    }
    found
}

/// Mean, and spread between people beyond what is not known of each.
fn spread(people: impl Iterator<Item = Posterior> + Clone) -> Posterior {
    let (n, sum) = people.clone().fold((0.0, 0.0), |(n, sum), one| (n + 1.0, sum + one.mean));
    let mean: f64 = if n > 0.0 { sum / n } else { 0.0 };
    let square = |one: Posterior| (one.mean - mean) * (one.mean - mean) + one.deviation * one.deviation;
    let sum: f64 = people.map(square).sum();
    Posterior { mean, deviation: if n > 0.0 { (sum / n).sqrt().max(LEAST_SPREAD) } else { 1.0 } }
}

/// Moves lines and lapses to where the answers are likelier, one after the other.
fn improve(common: &mut Common, expected: &[[[f64; ANSWERS]; 2]]) {
    let likelihood = |common: &Common| -> f64 {
        let chances = common.chances();
        let logs = chances.rated.iter().flatten().flatten();
        expected.iter().flatten().flatten().zip(logs).map(|(sum, log)| sum * log).sum()
    };
    let mut best = likelihood(common);
    for place in 0..DEGREES {
        for step in [0.8, 1.25, 0.93, 1.07] {
            let mut tried = *common;
            match tried.lines.get_mut(place) {
                Some(line) => *line *= step,
                None => tried.lapses = (tried.lapses * step).clamp(0.002, 0.3),
            }
            let [a, b, c] = tried.lines;
            let found = likelihood(&tried);
            if a > 0.02 && b > a + 0.02 && c > b + 0.02 && c < 5.0 && found > best {
                (*common, best) = (tried, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agreement::items::correlation;
    use crate::agreement::normal_quantile;
    use crate::call::Stream;

    /// People as the model has them, with lines that the estimate does not know.
    fn people(calls: u32, with_confidence: bool) -> (Vec<Answers>, Vec<(f64, f64)>) {
        let normal =
            |stream: &mut Stream| normal_quantile((f64::from(stream.draw(1 << 24)) + 0.5) / f64::from(1 << 24));
        let person = |n: u32| {
            let mut stream = Stream::at(5, "signal", "", n);
            let (d, c) = (1.9 + 0.75 * normal(&mut stream), 0.5 * normal(&mut stream));
            let mut answers = Answers::default();
            for call in 0..calls {
                let urgent = call % 5 < 2;
                let x = if urgent { d / 2.0 } else { -d / 2.0 } - c + normal(&mut stream);
                let degree = [0.5, 1.1, 2.0].iter().filter(|line| x.abs() > **line).count();
                answers.add(urgent, x > 0.0, with_confidence.then_some(degree));
            }
            (answers, (d, c))
        };
        (0..200).map(person).unzip()
    }

    fn recovery(calls: u32, with_confidence: bool) -> (f64, f64) {
        let (answers, truth) = people(calls, with_confidence);
        let found = posteriors(&answers);
        let pair = |of: &dyn Fn(usize) -> (f64, f64)| (0..found.len()).map(of).collect::<Vec<_>>();
        let d = correlation(&pair(&|n| (found[n].0.mean, truth[n].0))).expect("it varies");
        let c = correlation(&pair(&|n| (found[n].1.mean, truth[n].1))).expect("it varies");
        (d, c)
    }

    #[test]
    fn people_are_found_again_and_confidence_says_more_than_the_decision_alone() {
        let (with, without) = (recovery(40, true), recovery(40, false));
        println!("with confidence {with:?}, without {without:?}");
        assert!(with.0 > 0.85 && with.1 > 0.85, "{with:?}");
        assert!(with.0 > without.0 + 0.03, "{with:?} {without:?}");
    }

    #[test]
    fn limits_hold_the_truth_of_nineteen_in_twenty() {
        let (answers, truth) = people(40, true);
        let found = posteriors(&answers);
        let held =
            found.iter().zip(&truth).filter(|(found, truth)| (found.0.mean - truth.0).abs() < 1.96 * found.0.deviation);
        let held = held.count();
        assert!((180..=199).contains(&held), "{held} of 200");
    }

    #[test]
    fn nobody_gets_an_infinite_figure() {
        let mut perfect = Answers::default();
        (0..30).for_each(|n| perfect.add(n < 12, n < 12, Some(3)));
        let found = posteriors(&[perfect, perfect, Answers::default()]);
        assert!(found.iter().all(|(d, c)| d.mean.is_finite() && c.mean.is_finite() && d.mean < 4.5));
    }
}
