//! `rightcall agree` and `rightcall simulate` as somebody uses them.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value as Json;

fn rightcall(arguments: &[&str]) -> Output {
    let data = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_rightcall"));
    command.args(arguments).env("RIGHTCALL_DATA", data.path()).output().expect("it runs")
}

fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/agreement/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A file of this content that lives as long as the folder.
fn file(folder: &tempfile::TempDir, content: &[u8]) -> String {
    let path: PathBuf = folder.path().join("ratings.csv");
    std::fs::write(&path, content).expect("it is written");
    path.display().to_string()
}

fn json(path: &str, more: &[&str]) -> Json {
    let output = rightcall(&[&["agree", path, "--format", "json"], more].concat());
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{error}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn refusal(content: &[u8], more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = file(&folder, content);
    let output = rightcall(&[&["agree", &path], more].concat());
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "nothing is said of a table that is refused");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn value(json: &Json, name: &str) -> f64 {
    json[name]["value"].as_f64().unwrap_or_else(|| panic!("{name}: {}", json[name]))
}

#[test]
fn a_published_table_gives_the_published_values() {
    let found = json(&fixture("krippendorff_4x12.csv"), &["--scale", "1..5"]);
    assert_eq!((&found["raters"], &found["items"], &found["ratings"]), (&4.into(), &12.into(), &41.into()));
    for (name, published) in
        [("alpha_nominal", 0.743), ("alpha_ordinal", 0.815), ("alpha_interval", 0.849), ("alpha_ratio", 0.797)]
    {
        assert!((value(&found, name) - published).abs() < 0.0006, "{name}");
    }
    assert!(found["fleiss"]["undefined"].as_str().expect("why").contains("different numbers of ratings"));
    assert!(found["icc_2_1"]["undefined"].is_string());
    assert!(found.get("kappa").is_none(), "kappa is for two raters");
    let limits = |name: &str| (found[name]["low"].as_f64().expect("low"), found[name]["high"].as_f64().expect("high"));
    let (low, high) = limits("alpha_ordinal");
    assert!(low < 0.815 && 0.815 < high);
}

#[test]
fn two_raters_have_kappa() {
    let found = json(&fixture("sas_3x3.csv"), &["--scale", "1..3"]);
    assert!((value(&found, "kappa") - 107.0 / 221.0).abs() < 1e-9);
    assert!((value(&found, "kappa_linear") - 118.0 / 251.0).abs() < 1e-9);
    assert!((value(&found, "kappa_quadratic") - 140.0 / 311.0).abs() < 1e-9);
}

#[test]
fn the_icc_has_the_limits_of_shrout_and_fleiss() {
    let found = json(&fixture("shrout_fleiss_1979.csv"), &["--scale", "1..10"]);
    assert!((value(&found, "icc_2_k") - 736.0 / 1187.0).abs() < 1e-9);
    assert!((found["icc_2_k"]["low"].as_f64().expect("low") - 0.071_136_815).abs() < 1e-6);
    assert!((found["icc_2_k"]["high"].as_f64().expect("high") - 0.927_232_040).abs() < 1e-6);
}

#[test]
fn the_same_seed_gives_the_same_text_and_none_without_resamples() {
    let path = fixture("gwet_raw5observers.csv");
    let of = |more: &[&str]| json(&path, &[&["--scale", "0..3"], more].concat());
    assert_eq!(of(&["--seed", "4"]), of(&["--seed", "4"]));
    assert_ne!(of(&["--seed", "4"])["ac1"], of(&["--seed", "5"])["ac1"]);
    assert!(of(&["--bootstrap", "0"])["ac1"]["low"].is_null());
    let human = rightcall(&["agree", &path, "--scale", "0..3"]);
    let human = String::from_utf8_lossy(&human.stdout).into_owned();
    assert!(human.contains("Gwet's AC1") && human.contains("0.497"), "{human}");
}

#[test]
fn a_table_may_look_as_spreadsheets_write_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let plain = json(&file(&folder, b"rater,item,value\na,x,1\nb,x,1\na,y,2\nb,y,1\n"), &["--scale", "1..3"]);
    let odd = "\u{feff} Item , note,\"VALUE\",rater \r\nx,\"so, \"\"good\"\"\", 1 ,a\r\n\r\nx,,1.0,b\r\ny,,\"2\",a\r\ny,,+1,b\r\nz,,,a\r\nx,,1,a\r\n";
    let odd = json(&file(&folder, odd.as_bytes()), &["--scale", "1..3"]);
    assert_eq!(plain, odd);
}

#[test]
fn without_a_scale_gwets_coefficients_are_not_defined() {
    let found = json(&fixture("gwet_raw4raters.csv"), &[]);
    assert!(found["ac1"]["undefined"].as_str().expect("why").contains("declared scale"));
    assert!(value(&found, "alpha_nominal") > 0.7);
}

#[test]
fn what_does_not_fit_is_refused_with_its_line() {
    let header = "rater,item,value\n";
    let with = |rows: &str| format!("{header}{rows}").into_bytes();
    let refused = [
        (Vec::new(), "empty"),
        (b"rater,item,score\na,x,1\n".to_vec(), "no column `value`"),
        (b"rater,item,value,Value\na,x,1,1\n".to_vec(), "two columns `value`"),
        (with("a,x,1\na,y,11\n"), "line 3: 11 is not on the declared scale 1..10"),
        (with("a,x,1\n\na,y,1.5\n"), "line 4: 1.5 is not on the declared scale"),
        (with("a,x,high\n"), "line 2: `high` is not a number"),
        (with("a,x,NaN\n"), "line 2: `NaN` is not a number"),
        (with("a,x,1\nb,x,2\na,x,2\n"), "line 4: `a` has rated `x` before, on line 2, with another value"),
        (with("a,x\n"), "line 2: 2 values, where the header has 3"),
        (with(",x,1\n"), "line 2: the rater has no name"),
        (with("a,x,\"1\n"), "line 2: a quote is opened and not closed"),
        ([header.as_bytes(), b"a,x,1\n\xff,x,1\n"].concat(), "line 3: this is not UTF-8"),
    ];
    for (content, says) in refused {
        let error = refusal(&content, &["--scale", "1..10"]);
        assert!(error.contains(says) && error.contains("ratings.csv"), "{says}: {error}");
    }
    assert!(String::from_utf8_lossy(&rightcall(&["agree", "no-such.csv"]).stderr).contains("no-such.csv"));
    assert_eq!(rightcall(&["agree", "x.csv", "--scale", "10..1"]).status.code(), Some(2));
}

#[test]
fn a_simulated_cohort_is_imported_and_says_that_it_is_simulated() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, data) = (folder.path().join("cohort.jsonl"), folder.path().join("data"));
    let (path, data) = (path.display().to_string(), data.display().to_string());
    let made = rightcall(&["simulate", "--people", "3", "--calls", "4", "--seed", "9", &path]);
    assert!(made.status.success() && String::from_utf8_lossy(&made.stderr).contains("simulated"), "{made:?}");
    let imported = rightcall(&["--data", &data, "records", "import", &path]);
    let said = String::from_utf8_lossy(&imported.stderr).into_owned();
    assert!(imported.status.success() && said.contains("12 calls, 6 annotations"), "{said}");
    let list = rightcall(&["--data", &data, "records", "list"]);
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(list.lines().count() == 12 && list.lines().all(|line| line.contains("simulated 000")), "{list}");
    let marked = rightcall(&["mark", &path, "--format", "json"]);
    let marked: Json = serde_json::from_slice(&marked.stdout).expect("JSON");
    assert_eq!(marked.as_array().map(Vec::len), Some(12));
    let again = rightcall(&["simulate", "--people", "3", "--calls", "4", "--seed", "9"]);
    assert_eq!(again.stdout, std::fs::read(&path).expect("it is there"));
    // The same people, each with a file of their own, are the same calls.
    let (each, apart) = (folder.path().join("each"), folder.path().join("apart"));
    let (each, apart) = (each.display().to_string(), apart.display().to_string());
    let made = rightcall(&["simulate", "--people", "3", "--calls", "4", "--seed", "9", "--each", &each]);
    assert!(made.status.success(), "{made:?}");
    let mut names: Vec<_> =
        std::fs::read_dir(&each).expect("a folder").map(|f| f.expect("a file").file_name()).collect();
    names.sort();
    assert_eq!(names, ["simulated-0001.jsonl", "simulated-0002.jsonl", "simulated-0003.jsonl"]);
    let imported = rightcall(&["--data", &apart, "records", "import", &each]);
    assert!(imported.status.success(), "{imported:?}");
    let export = |data: &str| rightcall(&["--data", data, "records", "export", "-"]).stdout;
    assert!(!export(&data).is_empty() && export(&data) == export(&apart));
}
