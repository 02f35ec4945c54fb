//! Do 95 % limits hold the truth in 95 of 100? Prints the table of `docs/statistics.md`:
//! `cargo test --release --no-default-features --test coverage -- --ignored --nocapture`.

use rightcall::agreement::direction::{Tally, estimates};
use rightcall::agreement::items::correlation;
use rightcall::agreement::{Bootstrap, Measures, Rating, Ratings, Resample, Scale, normal_quantile};
use rightcall::call::Stream;

const NAMES: [&str; 8] =
    ["raw", "fleiss_general", "ac1", "ac2_quadratic", "alpha_nominal", "alpha_ordinal", "alpha_interval", "icc_2_1"];
const SCALE: Scale = Scale { low: 1, high: 10 };

fn normal(stream: &mut Stream) -> f64 {
    normal_quantile((f64::from(stream.draw(u32::MAX)) + 0.5) / f64::from(u32::MAX))
}

/// People with a leaning of their own rate calls on a ladder of ten rungs; every pair is rated.
fn ratings(biases: &[f64], items: u32, seed: u64, id: &str) -> Ratings {
    let mut stream = Stream::at(seed, "coverage", id, items);
    let mut list = Vec::with_capacity(biases.len() * items as usize);
    for item in 0..items {
        let middle = 5.5 + 2.2 * normal(&mut stream);
        for (rater, bias) in (0..).zip(biases) {
            let value = (middle + bias + 1.2 * normal(&mut stream)).round().clamp(1.0, 10.0);
            list.push(Rating { rater, item, value });
        }
    }
    Ratings::new(list, Some(SCALE))
}

fn biases(raters: u32, seed: u64) -> Vec<f64> {
    let mut stream = Stream::at(seed, "coverage", "raters", raters);
    (0..raters).map(|_| 0.6 * normal(&mut stream)).collect()
}

fn values(ratings: &Ratings) -> Vec<f64> {
    let all = Measures::of(ratings, None);
    NAMES.iter().map(|name| all.get(name).expect("known").value.expect("defined")).collect()
}

const WAYS: [Resample; 3] = [Resample::Items, Resample::Raters, Resample::Both];

/// Share of samples of which the limits hold what is so for these raters and all items, and for all of both; by way of
/// resampling and statistic.
fn coverage(raters: u32, items: u32, samples: u64, resamples: u32, truth: &[f64]) -> Vec<Vec<[f64; 2]>> {
    let mut held = vec![vec![[0.0; 2]; NAMES.len()]; WAYS.len()];
    for sample in 0..samples {
        let biases = biases(raters, sample);
        let here = values(&ratings(&biases, 1_500, sample, "these raters"));
        let rated = ratings(&biases, items, sample, "sample");
        for (held, of) in held.iter_mut().zip(WAYS) {
            let found = Measures::of(&rated, Some(Bootstrap { resamples, seed: sample, of }));
            for (n, name) in NAMES.iter().enumerate() {
                let limits = found.get(name).expect("known").limits.expect("there are some");
                for (place, truth) in [here[n], truth[n]].into_iter().enumerate() {
                    held[n][place] += if limits.low <= truth && truth <= limits.high { 1.0 } else { 0.0 };
                }
            }
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "a number of samples")]
    let percent = |n: f64| 100.0 * n / samples as f64;
    held.into_iter().map(|way| way.into_iter().map(|pair| pair.map(percent)).collect()).collect()
}

#[test]
#[ignore = "takes minutes; run when a formula of limits changes"]
fn coverage_of_the_limits() {
    let truth = values(&ratings(&biases(500, 1 << 40), 2_000, 1 << 40, "everybody"));
    println!("truth: {:?}", NAMES.iter().zip(&truth).collect::<Vec<_>>());
    for (raters, items, samples) in [(15, 15, 400), (30, 20, 300), (200, 40, 100)] {
        for (of, way) in WAYS.iter().zip(coverage(raters, items, samples, 400, &truth)) {
            for (name, [here, all]) in NAMES.iter().zip(way) {
                println!("{raters} x {items}, {}: {name}: these raters {here:.1} %, all {all:.1} %", of.name());
            }
        }
    }
}

/// How well d′ and threshold of so many calls tell people apart, from which [`FEWEST_CALLS`] was chosen.
///
/// [`FEWEST_CALLS`]: rightcall::agreement::direction::FEWEST_CALLS
#[test]
#[ignore = "prints a table"]
fn how_many_calls_direction_needs() {
    for calls in [10_u32, 15, 20, 30, 40, 60] {
        let (mut truth, mut tallies) = (Vec::new(), Vec::new());
        for person in 0..400 {
            let mut stream = Stream::at(u64::from(calls), "direction", "", person);
            let d = (1.9 + 0.75 * normal(&mut stream)).clamp(0.3, 3.8);
            let c = 0.6 * normal(&mut stream);
            let mut tally = Tally::default();
            for call in 0..calls {
                // Two in five are urgent, as in the shipped calls.
                let urgent = call % 5 < 2;
                let seen = if urgent { d / 2.0 } else { -d / 2.0 } + normal(&mut stream);
                *match (urgent, seen > c) {
                    (true, true) => &mut tally.hits,
                    (true, false) => &mut tally.misses,
                    (false, true) => &mut tally.false_alarms,
                    (false, false) => &mut tally.rejections,
                } += 1;
            }
            truth.push((d, c));
            tallies.push(tally);
        }
        let of = |figure: &dyn Fn(&Tally) -> f64, of: &dyn Fn(&(f64, f64)) -> f64| {
            let pairs: Vec<(f64, f64)> =
                tallies.iter().zip(&truth).map(|(tally, truth)| (figure(tally), of(truth))).collect();
            correlation(&pairs).expect("it varies")
        };
        let error = (tallies.iter().map(Tally::variance).sum::<f64>() / 400.0).sqrt();
        let shown = estimates(&tallies).iter().filter(|found| found.is_some()).count();
        println!(
            "{calls} calls: d' {:.2}, threshold {:.2}; standard error of d' {error:.2}; shown for {shown} of 400",
            of(&Tally::discrimination, &|truth| truth.0),
            of(&Tally::threshold, &|truth| truth.1),
        );
    }
}
