//! `docs/authoring.md`, done as it says: every command runs, every edit applies, and the end is clean.

use std::path::Path;
use std::process::{Command, Output};

fn rightcall(folder: &Path, line: &str) -> Output {
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    let run = Command::new(env!("CARGO_BIN_EXE_rightcall"))
        .args(words)
        .current_dir(folder)
        .env("RIGHTCALL_DATA", folder.join("data"))
        .output();
    run.expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// A test opens no window: without a display the command is understood, and says what it lacks. Only on
/// Linux is a display something that can be taken away.
fn takes_the_folder_as_far_as_a_window(folder: &Path, line: &str) {
    if cfg!(target_os = "linux") {
        let words = line.split_whitespace().skip(1);
        let mut command = Command::new(env!("CARGO_BIN_EXE_rightcall"));
        command.args(words).current_dir(folder).env("RIGHTCALL_DATA", folder.join("data"));
        let output = command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET").output();
        let output = output.expect("the program runs");
        let lacks = if cfg!(feature = "app") { "there is no display here" } else { "this build has no window" };
        assert!(told(&output).contains(lacks), "{line}: {}", told(&output));
    }
}

/// The fenced blocks of a document: what stands after the fence, and what is in it.
fn blocks(document: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((info.to_owned(), body.join("\n") + "\n"));
        }
    }
    blocks
}

/// Lines with `-` give way to those with `+`.
fn edit(text: &str, diff: &str) -> String {
    let of = |sign: char| -> String {
        diff.lines().filter_map(|line| line.strip_prefix(sign)).collect::<Vec<_>>().join("\n")
    };
    let (old, new) = (of('-'), of('+'));
    assert_eq!(text.matches(&old).count(), 1, "exactly one place is changed:\n{old}");
    text.replacen(&old, &new, 1)
}

fn document(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).expect("it is there")
}

#[test]
fn the_ten_steps_lead_from_nothing_to_a_clean_and_played_call() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut commands = 0;
    let mut edits = 0;
    for (info, body) in blocks(&document("authoring.md")) {
        let words: Vec<&str> = info.split_whitespace().collect();
        match words[..] {
            ["sh"] => {
                for line in body.lines().filter(|line| line.starts_with("rightcall ")) {
                    // Whoever watches goes on for ever.
                    let line = line.replace(" --watch", "");
                    if line.starts_with("rightcall --scenarios") {
                        takes_the_folder_as_far_as_a_window(folder.path(), &line);
                        continue;
                    }
                    let output = rightcall(folder.path(), &line);
                    assert!(output.status.success(), "{line}: {}", told(&output));
                    assert!(!told(&output).is_empty() || line.contains("--out"), "{line} says nothing");
                    commands += 1;
                }
            }
            ["diff", "edit", file] => {
                let path = folder.path().join(file);
                let text = std::fs::read_to_string(&path).expect("it was written");
                std::fs::write(&path, edit(&text, &body)).expect("it is written");
                edits += 1;
            }
            ["ron", file] => {
                let path = folder.path().join(file);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
                std::fs::write(path, body).expect("it is written");
            }
            _ => panic!("a block that nobody tries: {info}"),
        }
    }
    assert!(commands >= 14 && edits >= 3, "{commands} commands, {edits} edits");
    let output = rightcall(folder.path(), "rightcall check --explore .");
    assert!(told(&output).contains("1 scenario and 2 example plays checked: no problems"), "{}", told(&output));
    let page = std::fs::read_to_string(folder.path().join("my-call.html")).expect("the sheet was written");
    assert!(page.contains("No fever: does not feel hot"), "what was added stands on the sheet");
    let json = rightcall(folder.path(), "rightcall check my-call.ron --format sarif");
    let sarif: serde_json::Value = serde_json::from_slice(&json.stdout).expect("SARIF is JSON");
    assert_eq!((&sarif["version"], sarif["runs"][0]["results"].as_array().map(Vec::len)), (&"2.1.0".into(), Some(0)));
}

#[test]
fn a_new_file_is_clean_and_never_written_over_anothers_work() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(rightcall(folder.path(), "rightcall new tight-chest").status.success());
    let output = rightcall(folder.path(), "rightcall check --explore tight-chest.ron");
    assert!(told(&output).contains("1 scenario checked: no problems"), "{}", told(&output));
    let text = std::fs::read_to_string(folder.path().join("tight-chest.ron")).expect("it was written");
    let output = rightcall(folder.path(), "rightcall new tight-chest");
    assert!(!output.status.success() && told(&output).contains("is there already"), "{}", told(&output));
    assert_eq!(text, std::fs::read_to_string(folder.path().join("tight-chest.ron")).expect("it is still there"));
    // The next has a number of its own.
    assert!(rightcall(folder.path(), "rightcall new other-call").status.success());
    let output = rightcall(folder.path(), "rightcall check .");
    assert!(told(&output).contains("2 scenarios checked: no problems"), "{}", told(&output));
    for bad in ["Tight", "../tight", "tight_chest", "-", "7up", "tight-"] {
        let output = rightcall(folder.path(), &format!("rightcall new -- {bad}"));
        assert!(told(&output).contains("cannot be the name of a call"), "{bad}: {}", told(&output));
    }
}

#[test]
fn a_draft_put_in_place_of_the_model_call_earns_every_point() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(rightcall(folder.path(), "rightcall new sore").status.success());
    let draft = told(&rightcall(folder.path(), "rightcall draft sore.ron"));
    assert!(draft.contains("122 of 122 points, right"), "{draft}");
    let path = folder.path().join("sore.ron");
    let text = std::fs::read_to_string(&path).expect("it was written");
    let (before, rest) = text.split_once("calls: [\n").expect("the model calls");
    let (_, after) = rest.split_once("\n        ],\n    ),").expect("their end");
    std::fs::write(&path, format!("{before}calls: [\n{draft}\n        ],\n    ),{after}")).expect("it is written");
    let output = rightcall(folder.path(), "rightcall explore sore.ron --plays 20 --format json");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let model = report["players"].as_array().expect("players").iter().find(|row| row["player"] == "the model call");
    assert_eq!(model.expect("the expert has played")["least"], 100, "{}", told(&output));
}

#[test]
fn what_is_found_is_found_by_the_beginnings_of_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let ears = told(&rightcall(folder.path(), "rightcall find ear behind"));
    assert!(ears.contains("q-ear-behind") && !ears.contains("aw-clear"), "{ears}");
    let guide = told(&rightcall(folder.path(), "rightcall find g-throat"));
    assert!(guide.contains("q-open-mouth") && guide.contains("otherwise"), "the steps are shown: {guide}");
    let output = rightcall(folder.path(), "rightcall find xylophone");
    assert!(!output.status.success() && told(&output).contains("nothing has all of these words"));
}

#[test]
fn pages_of_what_playing_finds_show_what_fires_and_what_does_not() {
    let language = document("scenario-language.md");
    let example =
        blocks(&language).into_iter().find(|(_, body)| body.starts_with("// tests/docs: example")).expect("it").1;
    for (page, code) in [("R0080", "R0080"), ("R0081", "R0081"), ("R0083", "R0083")] {
        let mut seen = (0, 0);
        for (info, body) in blocks(&document(&format!("diagnostics/{page}.md"))) {
            let words: Vec<&str> = info.split_whitespace().collect();
            let folder = tempfile::tempdir().expect("a folder");
            let plays = folder.path().join("plays/throat-one-side");
            std::fs::create_dir_all(&plays).expect("a folder is made");
            let scenario = folder.path().join("throat-one-side.ron");
            let fires = match words[..] {
                ["diff", "played-fires", _] | ["diff", "played-quiet", _] => {
                    // Within a line here, as in the other pages.
                    let of =
                        |sign: char| body.lines().find_map(|line| line.strip_prefix(sign)).expect("a line").to_owned();
                    assert!(example.contains(&of('-')), "{page}: {}", of('-'));
                    std::fs::write(&scenario, example.replacen(&of('-'), &of('+'), 1)).expect("it is written");
                    words[1] == "played-fires"
                }
                ["ron", "play-fires", _] | ["ron", "play-quiet", _] => {
                    std::fs::write(&scenario, &example).expect("it is written");
                    std::fs::write(plays.join("play.ron"), &body).expect("it is written");
                    words[1] == "play-fires"
                }
                _ => panic!("{page}: a block that nobody tries: {info}"),
            };
            let found = told(&rightcall(folder.path(), "rightcall check --explore --plays 600 --format json ."));
            assert_eq!(found.contains(&format!("\"{code}\"")), fires, "{page}, {info}: {found}");
            if fires { seen.0 += 1 } else { seen.1 += 1 }
        }
        assert!(seen.0 >= 1 && seen.1 >= 1, "{page} has both: {seen:?}");
    }
}
