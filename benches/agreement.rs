//! Agreement: all statistics from ratings in memory, and alpha with its limits.
//!
//! `cargo bench --no-default-features --bench agreement`; figures and machine in `docs/performance.md`.

use divan::Bencher;
use rightcall::agreement::{Bootstrap, Measures, Rating, Ratings, Resample, Scale};
use rightcall::call::draw;

fn main() {
    divan::main();
}

const SIZES: [(u32, u32); 2] = [(200, 40), (2_000, 60)];

/// Raters by items on ten rungs, one in twenty missing.
fn ratings((raters, items): (u32, u32)) -> Ratings {
    let rating = |rater: u32, item: u32| {
        let here = draw(1, "bench", "missing", rater * items + item, 20) > 0;
        let value = 1 + (item * 3 + draw(1, "bench", "value", rater * items + item, 4)) % 10;
        here.then(|| Rating { rater, item, value: f64::from(value) })
    };
    let all = (0..items).flat_map(|item| (0..raters).filter_map(move |rater| rating(rater, item)));
    Ratings::new(all, Some(Scale { low: 1, high: 10 }))
}

#[divan::bench(args = SIZES)]
fn all_statistics(bencher: Bencher, size: (u32, u32)) {
    let ratings = ratings(size);
    bencher.bench(|| Measures::of(&ratings, None));
}

#[divan::bench(args = SIZES)]
fn all_statistics_with_limits_from_leaving_out(bencher: Bencher, size: (u32, u32)) {
    let ratings = ratings(size);
    bencher.bench(|| Measures::of(&ratings, Some(Bootstrap::LEFT_OUT)));
}

#[divan::bench(args = SIZES)]
fn all_statistics_with_1000_resamples_of_items(bencher: Bencher, size: (u32, u32)) {
    let ratings = ratings(size);
    bencher.bench(|| Measures::of(&ratings, Some(Bootstrap { resamples: 1_000, seed: 1, of: Resample::Items })));
}

#[divan::bench(args = [(200, 40)], sample_count = 20)]
fn all_statistics_with_1000_resamples_of_both(bencher: Bencher, size: (u32, u32)) {
    let ratings = ratings(size);
    bencher.bench(|| Measures::of(&ratings, Some(Bootstrap { resamples: 1_000, seed: 1, of: Resample::Both })));
}
