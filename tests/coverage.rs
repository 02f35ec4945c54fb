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

/// People with a leaning of their own rate calls on a ladder of ten rungs; every pair is rated. `apart`: standard
/// deviation of the calls, in rungs.
fn ratings(biases: &[f64], items: u32, apart: f64, seed: u64, id: &str) -> Ratings {
    let mut stream = Stream::at(seed, "coverage", id, items);
    let mut list = Vec::with_capacity(biases.len() * items as usize);
    for item in 0..items {
        let middle = 5.5 + apart * normal(&mut stream);
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

/// What is so of everybody and all calls.
fn truth(apart: f64) -> Vec<f64> {
    let mut sums = vec![0.0; NAMES.len()];
    for part in 0..10 {
        let seed = (1 << 40) + part;
        let found = values(&ratings(&biases(400, seed), 2_000, apart, seed, "everybody"));
        sums.iter_mut().zip(found).for_each(|(sum, value)| *sum += value / 10.0);
    }
    sums
}

/// Percent of samples of which the limits hold the truth, and the middle one of their widths, by statistic. `these`: the
/// truth is what is so of the same raters and all items, and not of everybody.
fn coverage(
    (raters, items): (u32, u32),
    apart: f64,
    samples: u64,
    of: Resample,
    truth: &[f64],
    these: bool,
) -> Vec<(f64, f64)> {
    let mut held = vec![0_u32; NAMES.len()];
    let mut widths = vec![Vec::new(); NAMES.len()];
    // Other samples than those on which a method was chosen.
    for sample in 10_000..10_000 + samples {
        let biases = biases(raters, sample);
        let here = these.then(|| values(&ratings(&biases, 1_500, apart, sample, "these raters")));
        let rated = ratings(&biases, items, apart, sample, "sample");
        let found = Measures::of(&rated, Some(Bootstrap { resamples: 400, seed: sample, of }));
        for (n, name) in NAMES.iter().enumerate() {
            let limits = found.get(name).expect("known").limits.expect("there are some");
            let truth = here.as_ref().map_or(truth[n], |here| here[n]);
            held[n] += u32::from(limits.low <= truth && truth <= limits.high);
            widths[n].push(limits.high - limits.low);
        }
    }
    widths.iter_mut().for_each(|list| list.sort_by(f64::total_cmp));
    #[allow(clippy::cast_precision_loss, reason = "a number of samples")]
    let percent = |n: u32| 100.0 * f64::from(n) / samples as f64;
    held.into_iter().zip(widths).map(|(held, widths)| (percent(held), widths[widths.len() / 2])).collect()
}

#[test]
#[ignore = "takes minutes; run when a formula of limits changes"]
fn coverage_of_the_limits() {
    for apart in [2.2, 1.2] {
        let truth = truth(apart);
        println!("calls {apart} rungs apart: {:.3?}", NAMES.iter().zip(&truth).collect::<Vec<_>>());
        for (size, samples) in [((15, 15), 500), ((30, 20), 400), ((200, 40), 300)] {
            for (of, these) in [
                (Resample::LeftOut, false),
                (Resample::LeftOut, true),
                (Resample::Both, false),
                (Resample::Items, true),
                (Resample::Raters, true),
            ] {
                // Resampling raters of a large table takes long, and what it says is known from the small ones.
                let (large, counts_raters) = (size.0 > 100, matches!(of, Resample::Both | Resample::Raters));
                let samples = if large && counts_raters { 60 } else { samples };
                if (large && of == Resample::Raters) || (apart < 2.0 && of != Resample::LeftOut) {
                    continue;
                }
                let found = coverage(size, apart, samples, of, &truth, these);
                let whose = if these { "these raters" } else { "everybody" };
                println!("{size:?}, {}, {samples} samples, {whose}: {:.1?}", of.name(), of_each(&found, 0));
                println!("    middle width {:.3?}", of_each(&found, 1));
            }
        }
    }
}

fn of_each(found: &[(f64, f64)], place: usize) -> Vec<f64> {
    found.iter().map(|(percent, width)| if place == 0 { *percent } else { *width }).collect()
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
