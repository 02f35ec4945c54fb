//! d′ and threshold of many people together, from decisions and how sure people were of them.
//!
//! The rating procedure of signal detection (Green and Swets 1966; Dorfman and Alf, Journal of Mathematical Psychology
//! 6, 1969; Macmillan and Creelman 2005, chapter 3): a decision with one of four degrees of confidence is one of eight
//! ordered answers, from "certainly not urgent" to "certainly urgent", and where somebody draws seven lines says more of
//! how far apart the two kinds of call look to them than where they draw one. The model is that of equal variances:
//! a call looks like x, normal with mean ±d′ ÷ 2 − c and variance 1; it is called urgent where x is above zero, and the
//! surer, the further x is from it. The lines between the three degrees are those of the whole cohort times a width of
//! each person's own, because some say "certain" more freely than others and would otherwise seem to tell better apart
//! (person-specific scale of the lines: Selker, van den Bergh, Criss and Wagenmakers, Behavior Research Methods 51,
//! 2019). One answer in many is a lapse that says nothing (Wichmann and Hill, Perception & Psychophysics 63, 2001).
//!
//! People are drawn from normal distributions of d′, of c and of the logarithm of the width, which are fitted to the
//! cohort by expectation and maximisation; what is said of a person is the mean and the standard deviation of the
//! posterior over a grid (empirical Bayes; Rouder and Lu, Psychonomic Bulletin & Review 12, 2005). Decisions without
//! confidence count as urgent or not.

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

/// The grid: d′ from −0.5 to 4.5, c from −2.1 to 2.1. Means of x are then [`MEANS`] evenly spaced ones.
const D: (f64, f64, usize) = (-0.5, 0.2, 26);
const C: (f64, f64, usize) = (-2.1, 0.2, 22);
const POINTS: usize = D.2 * C.2;
/// d′ ÷ 2 − c of the urgent calls and −d′ ÷ 2 − c of the others lie half a step of d′ apart, from `LEAST_MEAN` on.
const LEAST_MEAN: f64 = -4.35;
const MEANS: usize = 88;
/// Widths that are tried: so many standard deviations of their logarithm from the middle.
const WIDTHS: [f64; 5] = [-2.0, -1.0, 0.0, 1.0, 2.0];
const ROUNDS: usize = 12;
/// No spread between people is taken to be smaller: the maximum would get stuck at it.
const LEAST_SPREAD: f64 = 0.05;
/// Nor is the spread of the widths taken to be larger: from here on it would be another model.
const MOST_WIDTHS: f64 = 0.8;
/// What is so far below the likeliest, in logarithms, is left out.
const FAR_BELOW: f64 = 16.0;

#[allow(clippy::cast_precision_loss, reason = "a place in a small grid")]
fn point(n: usize) -> (f64, f64) {
    (D.0 + D.1 * (n / C.2) as f64, C.0 + C.1 * (n % C.2) as f64)
}

/// Where among the means those of urgent calls and of others lie, at a point of the grid.
fn places(n: usize) -> [usize; 2] {
    let (d, c) = (n / C.2, n % C.2);
    let down = 2 * (C.2 - 1 - c);
    [MEANS - 2 * (C.2 - 1) - D.2 + d + down, D.2 - 1 - d + down]
}

/// What all people have in common.
#[derive(Debug, Clone, Copy)]
struct Common {
    d: Posterior,
    c: Posterior,
    /// Distances from the threshold at which one is leaning, fairly sure, certain.
    lines: [f64; DEGREES - 1],
    /// Standard deviation of the logarithm of people's widths.
    widths: f64,
    lapses: f64,
}

/// One figure for each answer at each mean.
type ByAnswer = [[f64; MEANS]; ANSWERS];

/// Logarithms of the chances of each answer at each mean: by width, and without confidence.
struct Chances {
    rated: Vec<ByAnswer>,
    plain: [[f64; MEANS]; 2],
}

impl Common {
    #[allow(clippy::cast_precision_loss, reason = "a place in a small grid")]
    fn chances(&self) -> Chances {
        let mean = |n: usize| LEAST_MEAN + D.1 / 2.0 * n as f64;
        let log = |share: f64, of: f64| libm::log(share * (1.0 - self.lapses) + self.lapses / of + 1e-12);
        let no: [f64; MEANS] = std::array::from_fn(|n| normal_cdf(-mean(n)));
        let plain = [no.map(|no| log(no, 2.0)), no.map(|no| log(1.0 - no, 2.0))];
        let of = |z: f64| {
            let [a, b, c] = self.lines.map(|line| line * libm::exp(z * self.widths));
            let edges = [-c, -b, -a, 0.0, a, b, c];
            let mut own = [[0.0; MEANS]; ANSWERS];
            for n in 0..MEANS {
                let mut below = 0.0;
                for (answer, logs) in own.iter_mut().enumerate() {
                    let upto = edges.get(answer).map_or(1.0, |edge| normal_cdf(edge - mean(n)));
                    logs[n] = log((upto - below).max(0.0), 8.0);
                    below = upto;
                }
            }
            own
        };
        Chances { rated: WIDTHS.into_iter().map(of).collect(), plain }
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

/// What is known of one person: weights of the points of the grid, width by width; they add up to 1.
struct Person {
    weights: Vec<f64>,
    d: Posterior,
    c: Posterior,
    /// Mean of the squared place among the widths, in standard deviations.
    width: f64,
}

impl Person {
    fn weigh(&mut self, answers: &Answers, chances: &Chances, prior: &[f64]) {
        let mut most = f64::NEG_INFINITY;
        for ((weights, rated), z) in self.weights.chunks_exact_mut(POINTS).zip(&chances.rated).zip(WIDTHS) {
            // All calls of a kind have one mean, so that few means are looked at, and not every point.
            let mut logs = [[0.0; MEANS]; 2];
            for (kind, logs) in logs.iter_mut().enumerate() {
                let rated = answers.rated[kind].iter().zip(rated);
                for (count, of) in rated.chain(answers.plain[kind].iter().zip(&chances.plain)) {
                    if *count > 0 {
                        logs.iter_mut().zip(of).for_each(|(sum, log)| *sum += f64::from(*count) * log);
                    }
                }
            }
            for (n, (weight, prior)) in weights.iter_mut().zip(prior).enumerate() {
                let [urgent, other] = places(n);
                *weight = prior - 0.5 * z * z + logs[0][urgent] + logs[1][other];
                most = most.max(*weight);
            }
        }
        let mut all = 0.0;
        for weight in &mut self.weights {
            *weight = if *weight > most - FAR_BELOW { libm::exp(*weight - most) } else { 0.0 };
            all += *weight;
        }
        let (mut d, mut c, mut dd, mut cc, mut width) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (weights, z) in self.weights.chunks_exact_mut(POINTS).zip(WIDTHS) {
            for (n, weight) in weights.iter_mut().enumerate().filter(|(_, weight)| **weight > 0.0) {
                *weight /= all;
                let (at_d, at_c) = point(n);
                d += *weight * at_d;
                c += *weight * at_c;
                dd += *weight * at_d * at_d;
                cc += *weight * at_c * at_c;
                width += *weight * z * z;
            }
        }
        let of = |mean: f64, square: f64| Posterior { mean, deviation: (square - mean * mean).max(0.0).sqrt() };
        (self.d, self.c, self.width) = (of(d, dd), of(c, cc), width);
    }

    /// Adds the answers that somebody gave with confidence where they may have come from.
    fn expect(&self, answers: &Answers, expected: &mut [ByAnswer]) {
        for (weights, sums) in self.weights.chunks_exact(POINTS).zip(expected) {
            let mut at = [[0.0; MEANS]; 2];
            for (n, weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
                let [urgent, other] = places(n);
                at[0][urgent] += weight;
                at[1][other] += weight;
            }
            for (at, counts) in at.iter().zip(&answers.rated) {
                for (sums, count) in sums.iter_mut().zip(counts).filter(|(_, count)| **count > 0) {
                    sums.iter_mut().zip(at).for_each(|(sum, weight)| *sum += weight * f64::from(*count));
                }
            }
        }
    }
}

/// d′ and c of each person. Two people or more: alone, nobody can be pulled anywhere.
#[must_use]
pub fn posteriors(people: &[Answers]) -> Vec<(Posterior, Posterior)> {
    let mut common = Common {
        d: Posterior { mean: 1.5, deviation: 1.0 },
        c: Posterior { mean: 0.0, deviation: 0.7 },
        lines: [0.4, 0.9, 1.5],
        widths: 0.3,
        lapses: 0.03,
    };
    let nothing = Posterior { mean: 0.0, deviation: 0.0 };
    let mut person = Person { weights: vec![0.0; POINTS * WIDTHS.len()], d: nothing, c: nothing, width: 0.0 };
    let mut found = Vec::with_capacity(people.len());
    for round in 0..=ROUNDS {
        let (chances, prior) = (common.chances(), common.prior());
        // How many of each answer were given at each mean, by width.
        let mut expected = vec![[[0.0; MEANS]; ANSWERS]; WIDTHS.len()];
        let (mut width, mut known) = (0.0, 0.0);
        found.clear();
        for answers in people {
            person.weigh(answers, &chances, &prior);
            found.push((person.d, person.c));
            if round < ROUNDS {
                person.expect(answers, &mut expected);
                (width, known) = (width + person.width, known + 1.0);
            }
        }
        if round == ROUNDS {
            break;
        }
        common.d = spread(found.iter().map(|(d, _)| *d));
        common.c = spread(found.iter().map(|(_, c)| *c));
        if known > 0.0 {
            let factor: f64 = width / known;
            common.widths = (common.widths * factor.sqrt()).clamp(LEAST_SPREAD, MOST_WIDTHS);
        }
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
fn improve(common: &mut Common, expected: &[ByAnswer]) {
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

    /// People as the model has them, with lines that the estimate does not know, and how unlike their widths are.
    fn people(calls: u32, with_confidence: bool, unlike: f64) -> (Vec<Answers>, Vec<(f64, f64)>) {
        let normal =
            |stream: &mut Stream| normal_quantile((f64::from(stream.draw(1 << 24)) + 0.5) / f64::from(1 << 24));
        let person = |n: u32| {
            let mut stream = Stream::at(5, "signal", "", n);
            let (d, c) = (1.9 + 0.75 * normal(&mut stream), 0.5 * normal(&mut stream));
            let width = libm::exp(unlike * normal(&mut Stream::at(5, "signal/width", "", n)));
            let mut answers = Answers::default();
            for call in 0..calls {
                let urgent = call % 5 < 2;
                let x = if urgent { d / 2.0 } else { -d / 2.0 } - c + normal(&mut stream);
                let degree = [0.5, 1.1, 2.0].iter().filter(|line| x.abs() > **line * width).count();
                answers.add(urgent, x > 0.0, with_confidence.then_some(degree));
            }
            (answers, (d, c))
        };
        (0..200).map(person).unzip()
    }

    fn recovery(calls: u32, with_confidence: bool, unlike: f64) -> (f64, f64) {
        let (answers, truth) = people(calls, with_confidence, unlike);
        let found = posteriors(&answers);
        let pair = |of: &dyn Fn(usize) -> (f64, f64)| (0..found.len()).map(of).collect::<Vec<_>>();
        let d = correlation(&pair(&|n| (found[n].0.mean, truth[n].0))).expect("it varies");
        let c = correlation(&pair(&|n| (found[n].1.mean, truth[n].1))).expect("it varies");
        (d, c)
    }

    #[test]
    fn people_are_found_again_and_confidence_says_more_than_the_decision_alone() {
        let (with, without) = (recovery(40, true, 0.0), recovery(40, false, 0.0));
        println!("with confidence {with:?}, without {without:?}");
        assert!(with.0 > 0.85 && with.1 > 0.85, "{with:?}");
        assert!(with.0 > without.0 + 0.03, "{with:?} {without:?}");
    }

    #[test]
    fn whoever_says_certain_more_freely_does_not_tell_better_apart() {
        let (alike, unlike) = (recovery(40, true, 0.0), recovery(40, true, 0.5));
        println!("alike {alike:?}, unlike {unlike:?}");
        assert!(unlike.0 > 0.8 && unlike.1 > 0.85, "{unlike:?}");
        // As good as without any confidence, at least: what is not known of a person does no harm.
        assert!(unlike.0 > recovery(40, false, 0.5).0, "{unlike:?}");
    }

    #[test]
    fn limits_hold_the_truth_of_nineteen_in_twenty() {
        for unlike in [0.0, 0.5] {
            let (answers, truth) = people(40, true, unlike);
            let found = posteriors(&answers);
            let holds = |(found, truth): &(&(Posterior, Posterior), &(f64, f64))| {
                (found.0.mean - truth.0).abs() < 1.96 * found.0.deviation
            };
            let held = found.iter().zip(&truth).filter(holds).count();
            assert!((180..=199).contains(&held), "{held} of 200 where widths differ by {unlike}");
        }
    }

    #[test]
    fn nobody_gets_an_infinite_figure() {
        let mut perfect = Answers::default();
        (0..30).for_each(|n| perfect.add(n < 12, n < 12, Some(3)));
        let found = posteriors(&[perfect, perfect, Answers::default()]);
        assert!(found.iter().all(|(d, c)| d.mean.is_finite() && c.mean.is_finite() && d.mean < 4.5));
    }
}
