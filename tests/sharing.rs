//! Handing out and bringing back, as one types it.
#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::process::{Command, Output};

fn rightcall(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rightcall"));
    command.args(args).arg("--data").arg(folder.join("data")).current_dir(folder);
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_set_is_made_and_checked_and_what_is_wrong_is_said_before_anything_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = ["set", "new", "core.ron", "412", "427", "--name", "Core", "--due", "2026-12-11", "--shuffled"];
    let made = rightcall(folder.path(), &new);
    assert!(made.status.success(), "{}", said(&made));
    let text = std::fs::read_to_string(folder.path().join("core.ron")).expect("written");
    assert!(text.contains("call-0412") && !text.contains("saddle"), "a slug would give the call away");
    let checked = rightcall(folder.path(), &["set", "check", "core.ron"]);
    assert!(checked.status.success() && said(&checked).contains("2 calls"));

    let due = rightcall(folder.path(), &["set", "new", "bad.ron", "412", "--name", "Core", "--due", "soon"]);
    assert!(!due.status.success() && said(&due).contains("`soon` is not a date"));
    let call = rightcall(folder.path(), &["set", "new", "bad.ron", "412:no-such", "--name", "Core"]);
    assert!(!call.status.success() && said(&call).contains("has no variant `no-such`"));
    assert!(!folder.path().join("bad.ron").exists());
    std::fs::write(folder.path().join("core.ron"), text.replace("Shuffled", "Shufled")).expect("written");
    let wrong = rightcall(folder.path(), &["set", "check", "core.ron"]);
    assert!(!wrong.status.success() && said(&wrong).contains("core.ron:8:"), "{}", said(&wrong));
}

#[test]
fn a_folder_of_files_comes_back_whole_and_twice_is_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let back = folder.path().join("back/late shift");
    std::fs::create_dir_all(&back).expect("made");
    for (n, name) in ["a", "b", "c"].iter().enumerate() {
        let file = back.join(format!("{name}.jsonl"));
        let seed = n.to_string();
        let args = ["simulate", "--people", "2", "--calls", "2", "--seed", &seed, file.to_str().expect("UTF-8")];
        assert!(rightcall(folder.path(), &args).status.success());
    }
    std::fs::write(back.join("notes.txt"), "not an export").expect("written");
    let whole = std::fs::read_to_string(back.join("c.jsonl")).expect("there");
    std::fs::write(back.join("cut.jsonl"), &whole[..whole.len() / 2]).expect("written");
    let first = rightcall(folder.path(), &["records", "import", "back"]);
    assert!(!first.status.success(), "one file is cut off, and that is said");
    assert!(said(&first).contains("cut.jsonl") && said(&first).contains("J0005"), "{}", said(&first));
    assert!(said(&first).contains("4 files: 12 calls"), "{}", said(&first));
    std::fs::remove_file(back.join("cut.jsonl")).expect("removed");
    let again = rightcall(folder.path(), &["records", "import", "back"]);
    assert!(again.status.success() && said(&again).contains("12 calls already here"), "{}", said(&again));
    let list = rightcall(folder.path(), &["records", "list"]);
    assert_eq!(said(&list).lines().count(), 12);
    let nothing = rightcall(folder.path(), &["records", "import", "data"]);
    assert!(!nothing.status.success() && said(&nothing).contains("there is no file `*.jsonl`"));
}
