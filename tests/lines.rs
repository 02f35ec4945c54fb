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
    assert_eq!(call["surfaces"][0], serde_json::Value::Null);
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
