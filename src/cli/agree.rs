//! `rightcall agree`: how alike raters decide, from any table of ratings.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Map, json};

use super::library::Problems;
use super::{Format, say};
use crate::agreement::table::{self, TABLE_LIMIT, Table};
use crate::agreement::{Bootstrap, Measures, Resample, Scale, Statistic};

/// Says how alike raters decide, from tables with the columns rater, item, value.
#[derive(Debug, Args)]
pub struct AgreeArgs {
    /// Tables as a spreadsheet writes them (CSV), one row a rating; a pair that is absent is missing.
    #[arg(required = true, value_name = "FILE.csv")]
    files: Vec<PathBuf>,
    /// The scale, both ends included; Gwet's AC1 and AC2 need it, and what is off it is refused.
    #[arg(long, value_name = "LOW..HIGH", value_parser = scale)]
    scale: Option<Scale>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Draw so many resamples for the 95 % limits (1,000 where only `--seed` or `--resample` is given); 0 for no limits.
    /// Without these three, limits come from leaving out raters and items one after the other. Those of the ICC are
    /// Shrout and Fleiss's.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=100_000))]
    bootstrap: Option<u32>,
    /// What is drawn anew in a resample: items where nothing is said.
    #[arg(long, value_enum)]
    resample: Option<What>,
    /// Of the draws: the same gives the same limits (1 where nothing is said).
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
}

/// As [`Resample`].
#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Items,
    Raters,
    Both,
}

impl AgreeArgs {
    /// Whoever asks for draws gets draws.
    fn limits(&self) -> Bootstrap {
        let of = match self.resample {
            None if self.bootstrap.is_none() && self.seed.is_none() => return Bootstrap::LEFT_OUT,
            None | Some(What::Items) => Resample::Items,
            Some(What::Raters) => Resample::Raters,
            Some(What::Both) => Resample::Both,
        };
        Bootstrap { resamples: self.bootstrap.unwrap_or(1_000), seed: self.seed.unwrap_or(1), of }
    }
}

fn scale(text: &str) -> Result<Scale, String> {
    let wrong = || format!("`{text}` is not a scale like 1..10");
    let (low, high) = text.split_once("..").ok_or_else(wrong)?;
    let end = |text: &str| text.trim().parse().map_err(|_| wrong());
    let scale = Scale { low: end(low)?, high: end(high.trim_start_matches('='))? };
    if scale.low > scale.high { Err(format!("the scale {text} ends before it begins")) } else { Ok(scale) }
}

pub(super) fn run(args: &AgreeArgs) -> Result<(), Problems> {
    let bootstrap = args.limits();
    let mut problems = Problems::default();
    for path in &args.files {
        let table = match read(path, args.scale) {
            Ok(table) => table,
            Err(sentence) => {
                problems.0.push(sentence);
                continue;
            }
        };
        let all = Measures::of(&table.ratings, (bootstrap.resamples > 0).then_some(bootstrap));
        let text = match args.format {
            Format::Human => human(path, &table, &all, bootstrap),
            Format::Json => json(path, args.files.len() > 1, &table, &all, bootstrap),
        };
        say(&text);
    }
    if problems.0.is_empty() { Ok(()) } else { Err(problems) }
}

fn read(path: &Path, scale: Option<Scale>) -> Result<Table, String> {
    let file = path.display();
    let unreadable = |problem: std::io::Error| format!("cannot read `{file}`: {problem}");
    let mut bytes = Vec::new();
    let most = TABLE_LIMIT as u64 + 1;
    if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        File::open(path).map_err(unreadable)?.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    table::read(&bytes, scale).map_err(|problem| format!("`{file}`: {problem}"))
}

fn json(path: &Path, several: bool, table: &Table, all: &Measures, bootstrap: Bootstrap) -> String {
    let mut object = Map::new();
    if several {
        object.insert("file".into(), json!(path.display().to_string()));
    }
    object.insert("raters".into(), json!(table.ratings.raters()));
    object.insert("items".into(), json!(table.ratings.items()));
    object.insert("ratings".into(), json!(table.ratings.len()));
    for Statistic { name, value, limits } in &all.0 {
        let found = match value {
            Ok(value) => json!({ "value": value, "low": limits.map(|l| l.low), "high": limits.map(|l| l.high) }),
            Err(why) => json!({ "undefined": why.to_string() }),
        };
        object.insert((*name).into(), found);
    }
    let mut limits = json!({ "percent": 95, "resampled": bootstrap.of.name(), "icc": "Shrout and Fleiss 1979" });
    if bootstrap.of != Resample::LeftOut {
        limits["resamples"] = json!(bootstrap.resamples);
        limits["seed"] = json!(bootstrap.seed);
    }
    object.insert("limits".into(), limits);
    if let Some(why) = table.ratings.too_few() {
        object.insert("too_few".into(), json!(why));
    }
    // Values are finite, so that nothing here can fail to become JSON.
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}

fn human(path: &Path, table: &Table, all: &Measures, bootstrap: Bootstrap) -> String {
    let ratings = &table.ratings;
    let mut text = format!(
        "{}: {} raters, {} items, {} ratings\n",
        path.display(),
        ratings.raters(),
        ratings.items(),
        ratings.len()
    );
    for Statistic { name, value, limits } in &all.0 {
        let _ = match (value, limits) {
            (Ok(value), Some(limits)) => {
                writeln!(text, "  {:<38} {value:>7.3}  ({:.3} to {:.3})", words(name), limits.low, limits.high)
            }
            (Ok(value), None) => writeln!(text, "  {:<38} {value:>7.3}", words(name)),
            (Err(why), _) => writeln!(text, "  {:<38} not defined: {why}", words(name)),
        };
    }
    if let Some(why) = ratings.too_few() {
        let _ = writeln!(text, "  {why}");
    }
    if bootstrap.resamples > 0 {
        let from = match bootstrap.of {
            Resample::LeftOut => "from leaving out raters and items".to_owned(),
            of => format!("{} resamples of {} (seed {})", bootstrap.resamples, of.name(), bootstrap.seed),
        };
        let _ = writeln!(text, "  In brackets: 95 % limits, {from}; those of the ICC after Shrout and Fleiss 1979.");
    }
    text
}

fn words(name: &str) -> &str {
    match name {
        "raw" => "raw agreement (mean over items)",
        "fleiss" => "Fleiss' kappa",
        "fleiss_general" => "Fleiss' kappa, ratings missing",
        "ac1" => "Gwet's AC1",
        "ac2_quadratic" => "Gwet's AC2, quadratic weights",
        "alpha_nominal" => "Krippendorff's alpha, nominal",
        "alpha_ordinal" => "Krippendorff's alpha, ordinal",
        "alpha_interval" => "Krippendorff's alpha, interval",
        "alpha_ratio" => "Krippendorff's alpha, ratio",
        "icc_2_1" => "ICC(2,1), one rater",
        "icc_2_k" => "ICC(2,k), mean of the raters",
        "kappa" => "Cohen's kappa",
        "kappa_linear" => "Cohen's kappa, linear weights",
        "kappa_quadratic" => "Cohen's kappa, quadratic weights",
        other => other,
    }
}
