//! Edge cases; the published and the stored reference values are held against in `tests/agreement.rs`.

use super::*;

/// Rows are raters; `-1` is missing.
fn table(rows: &[&[i32]], scale: Option<Scale>) -> Ratings {
    let rating = |(rater, item): (usize, usize), value: i32| Rating {
        rater: u32::try_from(rater).unwrap(),
        item: u32::try_from(item).unwrap(),
        value: f64::from(value),
    };
    let of = |(rater, row): (usize, &&[i32])| {
        let cells = row.iter().enumerate().filter(|(_, value)| **value >= 0);
        cells.map(move |(item, value)| rating((rater, item), *value)).collect::<Vec<_>>()
    };
    Ratings::new(rows.iter().enumerate().flat_map(of), scale)
}

const FIVE: Option<Scale> = Some(Scale { low: 1, high: 5 });

fn every(ratings: &Ratings) -> Measures {
    Measures::of(ratings, Some(Bootstrap { resamples: 200, seed: 1, of: Resample::Items }))
}

#[test]
fn where_all_agree_agreement_is_one() {
    let all = every(&table(&[&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 5], &[1, 2, 3, 4, 5]], FIVE));
    for statistic in &all.0 {
        assert_eq!(statistic.value, Ok(1.0), "{}", statistic.name);
    }
}

#[test]
fn where_all_is_one_value_only_what_has_a_declared_scale_says_anything() {
    let all = every(&table(&[&[3, 3, 3], &[3, 3, 3]], FIVE));
    for name in ["raw", "ac1", "ac2_quadratic"] {
        assert_eq!(all.get(name).unwrap().value, Ok(1.0), "{name}");
    }
    for name in [
        "fleiss",
        "fleiss_general",
        "alpha_nominal",
        "alpha_ordinal",
        "alpha_interval",
        "alpha_ratio",
        "icc_2_1",
        "kappa",
        "kappa_linear",
        "kappa_quadratic",
    ] {
        let statistic = all.get(name).unwrap();
        assert_eq!((statistic.value, statistic.limits), (Err(Undefined::Constant), None), "{name}");
    }
}

#[test]
fn one_rater_or_no_overlap_leaves_nothing_to_compare() {
    for ratings in [table(&[&[1, 2, 3]], FIVE), table(&[&[1, 2, -1, -1], &[-1, -1, 3, 4]], FIVE), table(&[], FIVE)] {
        for statistic in &every(&ratings).0 {
            assert!(statistic.value.is_err() && statistic.limits.is_none(), "{statistic:?}");
        }
    }
    let apart = every(&table(&[&[1, 2, -1, -1], &[-1, -1, 3, 4]], FIVE));
    assert_eq!(apart.get("kappa").unwrap().value, Err(Undefined::NoOverlap));
    assert_eq!(apart.get("raw").unwrap().value, Err(Undefined::NoPairs));
}

#[test]
fn one_item_has_a_value_and_no_limits() {
    let all = every(&table(&[&[1], &[1], &[2]], FIVE));
    let raw = all.get("raw").unwrap();
    assert!((raw.value.unwrap() - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(raw.limits, None);
    assert_eq!(all.get("icc_2_1").unwrap().value, Err(Undefined::OneItem));
}

#[test]
fn gwets_coefficients_need_a_declared_scale_of_two_steps() {
    let of = |scale| every(&table(&[&[1, 1, 1], &[1, 1, 1]], scale)).get("ac1").unwrap().value;
    assert_eq!(of(None), Err(Undefined::NoScale));
    assert_eq!(of(Some(Scale { low: 1, high: 1 })), Err(Undefined::OneStep));
}

#[test]
fn numbers_that_differ_are_not_fleisss() {
    let all = every(&table(&[&[1, 2, 3], &[1, 2, -1], &[2, 2, 3]], FIVE));
    assert_eq!(all.get("fleiss").unwrap().value, Err(Undefined::Unequal));
    assert!(all.get("fleiss_general").unwrap().value.is_ok());
    assert_eq!(all.get("icc_2_k").unwrap().value, Err(Undefined::Incomplete));
}

#[test]
fn a_ratio_needs_a_true_zero() {
    let ratings = [(0, 0, -1.0), (1, 0, 1.0), (0, 1, 2.0), (1, 1, 2.0)];
    let ratings = Ratings::new(ratings.map(|(rater, item, value)| Rating { rater, item, value }), None);
    assert_eq!(alpha(&ratings, Metric::Ratio), Err(Undefined::Negative));
    assert!(alpha(&ratings, Metric::Interval).is_ok());
}

#[test]
fn limits_are_the_same_for_the_same_seed_and_hold_the_value() {
    let rows: Vec<Vec<i32>> = (0..12).map(|r| (0..20).map(|i| 1 + (i * 7 + r * (i % 3)) % 5).collect()).collect();
    let rows: Vec<&[i32]> = rows.iter().map(Vec::as_slice).collect();
    let ratings = table(&rows, FIVE);
    for of in [Resample::Items, Resample::Raters, Resample::Both] {
        let bootstrap = Bootstrap { resamples: 400, seed: 9, of };
        let all = Measures::of(&ratings, Some(bootstrap));
        assert_eq!(all, Measures::of(&ratings, Some(bootstrap)));
        assert_ne!(all, Measures::of(&ratings, Some(Bootstrap { seed: 10, ..bootstrap })));
        for name in ["raw", "ac1", "alpha_ordinal", "fleiss_general"] {
            let Statistic { value, limits, .. } = all.get(name).unwrap();
            let (value, limits) = (value.unwrap(), limits.unwrap());
            assert!(limits.low < value && value < limits.high, "{of:?} {name}: {value} in {limits:?}");
        }
    }
}

#[test]
fn what_is_left_out_is_as_if_it_had_never_been_there() {
    // Some are missing, so that items have different numbers of ratings.
    let value = |r: i32, i: i32| if (r * 5 + i) % 11 == 0 { -1 } else { 1 + (i * 7 + r * (i % 3)) % 5 };
    let of = |skip_rater: i32, skip_item: i32| {
        let row = |r: i32| (0..20).filter(|i| *i != skip_item).map(|i| value(r, i)).collect::<Vec<_>>();
        let rows: Vec<Vec<i32>> = (0..12).filter(|r| *r != skip_rater).map(row).collect();
        let rows: Vec<&[i32]> = rows.iter().map(Vec::as_slice).collect();
        table(&rows, FIVE)
    };
    let all = Measures::of(&of(-1, -1), Some(Bootstrap::LEFT_OUT));
    assert_eq!(all, Measures::of(&of(-1, -1), Some(Bootstrap { seed: 10, ..Bootstrap::LEFT_OUT })));
    let least = -1.0 / (Counts::of(&of(-1, -1)).mean_size() - 1.0);
    for name in ["raw", "ac1", "ac2_quadratic", "fleiss_general", "alpha_nominal", "alpha_ordinal", "alpha_ratio"] {
        let figure = |ratings: Ratings| Measures::of(&ratings, None).get(name).unwrap().value.unwrap();
        let sides =
            [(0..20).map(|i| figure(of(-1, i))).collect(), (0..12).map(|r| figure(of(r, -1))).collect::<Vec<_>>()];
        let least = if name == "raw" { 0.0 } else { least };
        let wanted = left_out::interval(figure(of(-1, -1)), &sides, least);
        let found = all.get(name).unwrap().limits.unwrap();
        assert!((found.low - wanted.low).abs() < 1e-9 && (found.high - wanted.high).abs() < 1e-9, "{name}: {found:?}");
        let value = all.get(name).unwrap().value.unwrap();
        assert!(found.low < value && value < found.high, "{name}: {value} in {found:?}");
    }
}

#[test]
fn two_raters_have_limits_about_other_items() {
    let rows = [[1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 2, 2], [1, 2, 3, 4, 5, 2, 2, 3, 5, 5, 1, 2]];
    let all = Measures::of(&table(&[&rows[0], &rows[1]], FIVE), Some(Bootstrap::LEFT_OUT));
    for name in ["raw", "alpha_ordinal", "kappa", "kappa_quadratic"] {
        let Statistic { value, limits, .. } = all.get(name).unwrap();
        let (value, limits) = (value.unwrap(), limits.unwrap());
        assert!(
            limits.low < value - 0.02 && value < limits.high && limits.high <= 1.0,
            "{name}: {value} in {limits:?}"
        );
    }
}

#[test]
fn a_rater_drawn_twice_does_not_agree_with_themselves() {
    // Two who never agree: however they are drawn, no pair of different people agrees.
    let ratings = table(&[&[1, 2, 1, 2], &[2, 1, 2, 1]], FIVE);
    let all = Measures::of(&ratings, Some(Bootstrap { resamples: 50, seed: 3, of: Resample::Raters }));
    let raw = all.get("raw").unwrap();
    assert_eq!(raw.value, Ok(0.0));
    assert!(raw.limits.is_none_or(|limits| limits.high == 0.0), "{raw:?}");
}

#[test]
fn the_model_answer_is_met_or_within_range() {
    let ratings = table(&[&[1, 2, 3], &[1, 3, 5]], FIVE);
    let model = |best: f64, high: f64| Some(Model { best, low: best, high });
    let found = with_model(&ratings, &[model(1.0, 1.0), model(2.0, 3.0), None], None);
    assert_eq!((found.best, found.within), (Ok(0.75), Ok(1.0)));
    assert_eq!(with_model(&ratings, &[None, None, None], None).best, Err(Undefined::NoModel));
}
