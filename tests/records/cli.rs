//! `rightcall records` as one types it.

use std::path::Path;
use std::process::{Command, Output};

use rightcall::records::exchange::read_records;
use rightcall::records::{Request, SqliteStore};

use super::sample::*;

fn typed(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rightcall"));
    command.arg("records").args(args).arg("--data").arg(data).output().expect("it runs")
}

/// The exit code; whatever is wrong is said in one sentence and not with a panic.
fn records(data: &Path, args: &[&str]) -> i32 {
    let output = typed(data, args);
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(!said.contains("panicked"), "{said}");
    let code = output.status.code().expect("an exit code");
    assert!(code == 0 || !said.is_empty());
    code
}

#[test]
fn out_of_one_folder_and_into_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
    let file = folder.path().join("calls.jsonl");
    let path = file.to_str().expect("UTF-8");
    assert_eq!(records(&ours, &["list"]), 0, "nothing is kept yet");
    assert!(!ours.exists());
    assert_eq!(records(&ours, &["export", path]), 1, "there is nothing to export");
    let mut store = SqliteStore::open(&ours).expect("a store");
    take(&mut store, 1, 2, true);
    take(&mut store, 2 << 120, 2, false);
    // The application may be open meanwhile.
    assert_eq!(records(&ours, &["list"]), 0);
    let list = typed(&ours, &["list", "--format", "json"]).stdout;
    let list: serde_json::Value = serde_json::from_slice(&list).expect("JSON");
    assert_eq!(list[0]["id"], id(1));
    assert_eq!(list[1]["finished"], false);
    assert_eq!(records(&ours, &["export", path]), 0);
    let whole = std::fs::read(&file).expect("written");
    assert_eq!(read_records("x", &whole).records.len(), 2);
    assert_eq!(records(&ours, &["export", path, "--all"]), 0);
    assert_eq!(std::fs::read(&file).expect("written"), whole);
    assert_eq!(records(&theirs, &["import", path]), 0);
    assert_eq!(records(&theirs, &["import", path, path]), 0);
    let again = folder.path().join("again.jsonl");
    let again_path = again.to_str().expect("UTF-8");
    assert_eq!(records(&theirs, &["export", again_path]), 0);
    assert_eq!(std::fs::read(&again).expect("written"), whole);
    assert_eq!(records(&theirs, &["export", again_path, "02000"]), 0);
    let one = read_records("x", &std::fs::read(&again).expect("written"));
    assert_eq!(one.records[0].1, kept(2 << 120, 2, false));
    for wrong in ["0", "f"] {
        assert_eq!(records(&theirs, &["export", again_path, wrong]), 1);
    }
    assert_eq!(typed(&ours, &["export"]).stdout, whole);
    assert_eq!(records(&ours, &["export", "-", "--all", "01"]), 2);
    assert_eq!(records(&ours, &["import"]), 2);
    let parts = std::fs::read_dir(folder.path()).expect("a folder");
    let parts =
        parts.filter(|entry| entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|e| e == "part")));
    assert_eq!(parts.count(), 0);
}

#[test]
fn a_partly_bad_file_is_brought_in_only_when_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut store = SqliteStore::open(&folder.path().join("ours")).expect("a store");
    take(&mut store, 1, 2, true);
    take(&mut store, 2, 2, true);
    let mut bytes = Vec::new();
    rightcall::records::exchange::export(&mut store, None, rightcall::records::exchange::Audience::Author, &mut bytes)
        .expect("exported");
    let file = folder.path().join("calls.jsonl");
    bytes.truncate(bytes.len() - 20);
    std::fs::write(&file, bytes).expect("written");
    let path = file.to_str().expect("UTF-8");
    let refused = typed(&data, &["import", path]);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).expect("text");
    assert!(said.contains(":7:") && said.contains("error[J0005]"), "{said}");
    assert!(said.contains("has 1 call, 0 annotations and 4 texts in it"), "{said}");
    let mut store = SqliteStore::open(&data).expect("a store");
    assert_eq!(ids(&mut store, Request::List), Vec::<String>::new());
    assert_eq!(records(&data, &["import", path, "--keep-good"]), 0);
    assert_eq!(ids(&mut store, Request::List), [id(1)]);
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path().to_str().expect("UTF-8");
    let data = folder.path().join("data");
    assert_eq!(records(&data, &["import", here]), 1, "a folder");
    assert_eq!(records(&data, &["import", "/not/there"]), 1);
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("written");
    assert_eq!(records(&file, &["list"]), 1, "a file is no folder to keep calls in");
    assert_eq!(records(&file, &["import", file.to_str().expect("UTF-8")]), 1);
    let mut store = SqliteStore::open(&data).expect("a store");
    take(&mut store, 1, 2, true);
    assert_eq!(records(&data, &["export", "/not/there/calls.jsonl"]), 1);
    assert_eq!(records(&data, &["export", here]), 1, "a folder");
    if cfg!(target_os = "linux") {
        assert_eq!(records(&data, &["export", "/dev/full"]), 1);
    }
}
