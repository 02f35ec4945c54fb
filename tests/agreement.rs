//! Every statistic against published values and against the libraries of others (`tests/fixtures/agreement`).
//!
//! `expected.json` has worked examples from the literature, `random.json` random tables with what Python's
//! krippendorff, irrCAC, statsmodels, scikit-learn and pingouin say of them, computed once and stored.

use std::collections::BTreeMap;

use rightcall::agreement::{
    Chance, Icc, IccForm, Interval, Kappa, Measures, Metric, Rating, Ratings, Scale, Value, Weights, alpha,
    normal_quantile, t_quantile, table,
};
use serde_json::Value as Json;

fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/agreement/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|problem| panic!("{path}: {problem}"))
}

const FORMS: [(&str, IccForm); 6] = [
    ("icc_1_1", IccForm::OneOne),
    ("icc_2_1", IccForm::TwoOne),
    ("icc_3_1", IccForm::ThreeOne),
    ("icc_1_k", IccForm::OneMean),
    ("icc_2_k", IccForm::TwoMean),
    ("icc_3_k", IccForm::ThreeMean),
];

/// Any statistic by the name that the fixtures give it; `None` for one we do not have.
fn statistic(name: &str, ratings: &Ratings, pair: (usize, usize)) -> Option<Value> {
    let chance = Chance::of(ratings);
    let name = name.replace("krippendorff_", "").replace("gwet_", "").replace("cohen_", "");
    let kappa = |weights| Kappa::of(ratings, pair.0, pair.1).and_then(|kappa| kappa.value(weights));
    let ase = |weights| Kappa::of(ratings, pair.0, pair.1).and_then(|kappa| kappa.standard_error(weights));
    if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == name) {
        return Some(Icc::of(ratings).and_then(|icc| icc.value(*form)));
    }
    Some(match name.as_str() {
        "alpha_nominal" => alpha(ratings, Metric::Nominal),
        "alpha_ordinal" => alpha(ratings, Metric::Ordinal),
        "alpha_interval" => alpha(ratings, Metric::Interval),
        "alpha_ratio" => alpha(ratings, Metric::Ratio),
        "raw" | "observed_agreement" => chance.raw,
        "observed_agreement_pooled_pairs" => chance.pooled,
        "fleiss" | "fleiss_kappa" => chance.fleiss,
        "fleiss_general" | "fleiss_kappa_generalised" => chance.fleiss_general,
        "ac1" => chance.ac1,
        "ac2_linear" => chance.ac2_linear,
        "ac2_quadratic" => chance.ac2_quadratic,
        "ac1_se" => Chance::gwet_standard_error(ratings, Weights::Identity),
        "ac2_linear_se" => Chance::gwet_standard_error(ratings, Weights::Linear),
        "ac2_quadratic_se" => Chance::gwet_standard_error(ratings, Weights::Quadratic),
        "kappa" => kappa(Weights::Identity),
        "kappa_linear" => kappa(Weights::Linear),
        "kappa_quadratic" => kappa(Weights::Quadratic),
        "kappa_ase" => ase(Weights::Identity),
        "kappa_linear_ase" => ase(Weights::Linear),
        "kappa_quadratic_ase" => ase(Weights::Quadratic),
        "anova_bms" => Icc::of(ratings).map(|icc| icc.between),
        "anova_wms" => Icc::of(ratings).map(|icc| icc.within),
        "anova_jms" => Icc::of(ratings).map(|icc| icc.raters),
        "anova_ems" => Icc::of(ratings).map(|icc| icc.error),
        _ => return None,
    })
}

fn near(what: &str, found: f64, wanted: f64, tolerance: f64) {
    assert!((found - wanted).abs() <= tolerance, "{what}: {found}, where {wanted} is expected");
}

fn numbers(json: &Json) -> Vec<f64> {
    json.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

/// 95 % limits of the statistics that have a formula for them.
fn limits(name: &str, ratings: &Ratings, pair: (usize, usize)) -> Interval {
    if let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == name) {
        return Icc::of(ratings).expect("complete").limits(*form).expect("there are some");
    }
    let error = statistic(name, ratings, pair).expect("known").expect("defined");
    let value = statistic(name.trim_end_matches("_se").trim_end_matches("_ase"), ratings, pair)
        .expect("known")
        .expect("defined");
    let wide = if name.ends_with("_ase") {
        normal_quantile(0.975)
    } else {
        t_quantile(0.975, f64::from(u32::try_from(ratings.items()).unwrap()) - 1.0)
    };
    Interval { low: value - wide * error, high: (value + wide * error).min(1.0) }
}

/// The scale of a case: a list of steps, of labels, or in words.
fn scale_of(case: &Json) -> Scale {
    let steps = case["scale"].as_array().or_else(|| case["scale"]["nominal"].as_array());
    let step = |n: &Json| i32::try_from(n.as_i64().expect("whole")).expect("small");
    match steps {
        Some(steps) => Scale { low: step(steps.first().expect("one")), high: step(steps.last().expect("one")) },
        None => Scale { low: 1, high: 10 },
    }
}

/// The same ratings with each value replaced by its rank: what programs do that forget unused steps.
fn ranked(ratings: &Ratings, raters: (usize, usize)) -> Ratings {
    let rating = |item: usize, rater: usize, value: f64| Rating {
        rater: u32::try_from(rater).unwrap(),
        item: u32::try_from(item).unwrap(),
        value,
    };
    let both = |item: usize| {
        ratings.of_item(item).filter(|(rater, _)| *rater == raters.0 || *rater == raters.1).collect::<Vec<_>>()
    };
    let mut values: Vec<f64> = (0..ratings.items()).flat_map(both).map(|(_, value)| value).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let rank = |value: f64| f64::from(u32::try_from(values.iter().filter(|v| **v < value).count()).unwrap());
    let all =
        (0..ratings.items()).flat_map(|item| both(item).into_iter().map(move |(rater, value)| (item, rater, value)));
    Ratings::new(all.map(|(item, rater, value)| rating(item, rater, rank(value))).collect::<Vec<_>>(), None)
}

#[test]
fn the_worked_examples_of_the_literature_come_out() {
    let expected: Json = serde_json::from_str(&fixture("expected.json")).expect("JSON");
    let mut held = 0;
    for case in expected["cases"].as_array().expect("cases") {
        let file = case["file"].as_str().expect("a file");
        let table =
            table::read(fixture(file).as_bytes(), Some(scale_of(case))).unwrap_or_else(|e| panic!("{file}: {e}"));
        for wanted in case["statistics"].as_array().expect("statistics") {
            let name = wanted["statistic"].as_str().expect("a name");
            let what = format!("{file} {name}");
            let tolerance = wanted["tolerance"].as_f64().unwrap_or(1e-9);
            let rater = |n: usize| {
                let named = wanted["params"]["raters"][n].as_str();
                named.map_or(n, |named| table.raters.iter().position(|r| r == named).expect("a rater"))
            };
            let pair = (rater(0), rater(1));
            held += 1;
            if name == "fleiss_kappa_per_category" {
                let found = Chance::fleiss_of_each(&table.ratings).expect("defined");
                for ((_, found), wanted) in found.iter().zip(numbers(&wanted["value"])) {
                    near(&what, found.expect("defined"), wanted, tolerance);
                }
                continue;
            }
            let base = name.trim_end_matches("_observed_categories_only");
            let reduced = ranked(&table.ratings, pair);
            let (ratings, pair) = if base == name { (&table.ratings, pair) } else { (&reduced, (0, 1)) };
            let found = statistic(base, ratings, pair).unwrap_or_else(|| panic!("{what} is not computed"));
            near(
                &what,
                found.unwrap_or_else(|why| panic!("{what}: {why}")),
                wanted["value"].as_f64().unwrap(),
                tolerance,
            );
            if let Some(ci) = wanted.get("ci95") {
                let tolerance = wanted["ci95_tolerance"].as_f64().unwrap_or(tolerance);
                let (found, wanted) = (limits(base, ratings, pair), numbers(ci));
                near(&what, found.low, wanted[0], tolerance);
                near(&what, found.high, wanted[1], tolerance);
            }
        }
    }
    assert_eq!(held, 77);
}

#[test]
fn random_tables_come_out_as_in_the_python_packages() {
    let stored: Json = serde_json::from_str(&fixture("random.json")).expect("JSON");
    let mut held = BTreeMap::new();
    for case in stored["cases"].as_array().expect("cases") {
        let name = case["name"].as_str().expect("a name");
        let number = |json: &Json| u32::try_from(json.as_u64().expect("a number")).expect("small");
        let list = case["ratings"].as_array().expect("a list").iter();
        let list =
            list.map(|r| Rating { rater: number(&r[0]), item: number(&r[1]), value: r[2].as_f64().expect("a value") });
        let (low, high) = (case["scale"][0].as_i64().unwrap(), case["scale"][1].as_i64().unwrap());
        let scale = Scale { low: i32::try_from(low).unwrap(), high: i32::try_from(high).unwrap() };
        let ratings = Ratings::new(list, Some(scale));
        for (statistic_name, wanted) in case["want"].as_object().expect("an object") {
            let what = format!("{name} {statistic_name}");
            if let Some(form) = statistic_name.strip_suffix("_ci") {
                let (found, wanted) = (limits(form, &ratings, (0, 1)), numbers(wanted));
                near(&what, found.low, wanted[0], 1e-9);
                near(&what, found.high, wanted[1], 1e-9);
            } else {
                let found = statistic(statistic_name, &ratings, (0, 1)).expect("known");
                near(&what, found.unwrap_or_else(|why| panic!("{what}: {why}")), wanted.as_f64().unwrap(), 1e-9);
            }
            *held.entry(statistic_name.clone()).or_insert(0) += 1;
        }
        let all = Measures::of(&ratings, None);
        assert_eq!(all.get("alpha_ordinal").unwrap().value, alpha(&ratings, Metric::Ordinal), "{name}");
    }
    assert!(held.len() > 20 && held["alpha_ordinal"] == 16 && held["icc_2_1"] >= 8, "{held:?}");
}
