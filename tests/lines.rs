//! What a call can speak, as a program reads it.

use std::process::Command;

fn lines(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rightcall")).arg("lines").args(arguments).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
fn the_lines_of_a_call_name_who_speaks_them_and_their_clips() {
    let found: serde_json::Value =
        serde_json::from_str(&lines(&["trampoline-wrist", "--format", "json"])).expect("JSON");
    let call = &found["calls"][0];
    assert_eq!(call["number"], 416);
    assert_eq!(call["surfaces"][0], serde_json::json!({ "pack": "0416", "variant": null }));
    // A pack's name tells nothing of its variant.
    let (pack, variant) = (&call["surfaces"][1]["pack"], &call["surfaces"][1]["variant"]);
    let (pack, variant) = (pack.as_str().expect("a name"), variant.as_str().expect("an id"));
    assert!(pack.starts_with("0416-") && pack.len() == 13 && !pack.contains(variant), "{pack} of {variant}");
    let all = call["lines"].as_array().expect("a list");
    let person = |who: &str| call["speakers"].as_array().expect("a list").iter().find(|p| p["who"] == who).cloned();
    let isla = person("Isla Bickley").expect("the child can come to the phone");
    assert_eq!((&isla["part"], &isla["sex"], &isla["age"]), (&"patient".into(), &"Female".into(), &10.into()));
    assert_eq!(person("Tom Bickley").expect("the caller")["relation"], "Parent");
    for line in all {
        assert!(person(line["who"].as_str().expect("a name")).is_some(), "{line}");
        assert_eq!(line["key"].as_str().map(str::len), Some(16));
        assert!(!line["surfaces"].as_array().expect("a list").is_empty());
    }
    // Every play hears one of the openings.
    let begins = "She's come off the trampoline and landed on her arm. It's like a banana.";
    let opening = all.iter().find(|line| line["text"] == begins).expect("the opening");
    assert!(opening["heard"].as_u64() > Some(8), "{opening}");
    // A variant has words of its own, and shares others.
    assert!(all.iter().any(|line| line["surfaces"] == serde_json::json!([0])));
    assert!(all.iter().any(|line| line["surfaces"] == serde_json::json!([1])));
}

#[test]
fn without_a_name_all_shipped_calls_are_listed_for_people() {
    let text = lines(&[]);
    for number in ["0405", "0412", "0427", "0463"] {
        assert!(text.contains(&format!("call {number}: ")), "{number}");
    }
    assert!(text.contains("Yes, that's right."));
}

#[test]
fn a_check_says_which_lines_have_no_clip_where_the_call_has_a_voice() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |voices: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rightcall"))
            .args(["check", "--no-play", "scenarios/trampoline-wrist.ron"])
            .args(voices)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let option = format!("--voices={}", folder.path().display());
    // No pack at all: nothing is said of an author's own call.
    assert!(!check(&[&option]).1.contains("R0096"));
    let index = br#"{"clips":[["0123456789abcdef",0,1,10,[]]]}"#;
    let pack = [b"RCV2", &u32::try_from(index.len()).expect("small").to_le_bytes()[..], index, b"x"].concat();
    let found: serde_json::Value =
        serde_json::from_str(&lines(&["trampoline-wrist", "--format", "json"])).expect("JSON");
    let name = found["calls"][0]["surfaces"][1]["pack"].as_str().expect("a name");
    std::fs::write(folder.path().join(format!("{name}.voices")), pack).expect("written");
    let (code, text) = check(&[&option]);
    // Of the variant that has a voice, and only of that; and it is no problem.
    assert_eq!((code, text.matches("R0096").count()), (Some(0), 1), "{text}");
    assert!(text.contains("have no clip") && text.contains("no problems"), "{text}");
    assert!(!check(&[]).1.contains("R0096"));
    std::fs::write(folder.path().join("0416.voices"), b"RCV2").expect("written");
    let (code, text) = check(&[&option]);
    assert_eq!(code, Some(1));
    assert!(text.contains("ends before its index"), "{text}");
}
