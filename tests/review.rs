//! The sheet for a clinical reviewer, and the signature in the file.

use std::process::Command;

use rightcall::review::{SignError, Signature, sheet, sign};
use rightcall::scenario::{self, Loaded, Review};
use rightcall::standards::Standards;

fn load(slug: &str) -> Loaded {
    let (_, text) = scenario::shipped().iter().find(|(known, _)| *known == slug).expect("it is shipped");
    scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("it is read")
}

fn signature(loaded: &Loaded, registration: &str) -> Signature {
    Signature {
        name: "Dr \"Jo\" O'Neill".into(),
        registration: registration.into(),
        on: "2026-11-27".into(),
        until: "2027-11-27".into(),
        content: loaded.scenario.content_hash(),
    }
}

#[test]
fn the_sheet_has_every_fact_outcome_and_open_point_with_room_for_a_ruling() {
    for (slug, _) in scenario::shipped() {
        let loaded = load(slug);
        let scenario = &loaded.scenario;
        let page = sheet(scenario, &Standards::shipped());
        let escaped = |text: &str| text.replace('&', "&amp;").replace('\'', "&#39;").replace('"', "&quot;");
        for fact in scenario.facts.iter().chain(scenario.variants.iter().flat_map(|v| &v.facts)) {
            assert!(page.contains(&escaped(&fact.is)), "{slug}: {}", fact.is);
        }
        for point in &scenario.open_points {
            assert!(page.contains(&escaped(point)), "{slug}: {point}");
        }
        assert!(page.contains(&escaped(&scenario.model.rationale)), "{slug}");
        assert!(page.contains("Draft, not clinically reviewed"), "{slug}");
        assert!(page.contains(&scenario.content_hash()), "{slug}");
        let items = page.matches("class=\"item\"").count();
        assert_eq!(page.matches("class=\"ruling\"").count(), items, "{slug}: every item can be ruled on");
        assert!(items >= scenario.facts.len() + scenario.open_points.len() + 4, "{slug}: {items}");
        // It needs nothing else, and runs nothing.
        for foreign in ["<script", "http://", "https://", "src=", "@import", "url("] {
            assert!(!page.contains(foreign), "{slug}: {foreign}");
        }
    }
}

#[test]
fn markup_in_a_call_stays_text() {
    let mut loaded = load("throat-plain");
    loaded.scenario.title = "<img src=x onerror=alert(1)> & \"quotes\"".into();
    loaded.scenario.facts[0].is = "</article><script>alert(1)</script>".into();
    let page = sheet(&loaded.scenario, &Standards::shipped());
    assert!(!page.contains("<img") && !page.contains("<script"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

#[test]
fn a_signature_keeps_the_rest_of_the_text_and_is_void_when_the_content_changes() {
    let loaded = load("back-saddle-numb");
    let text = sign(&loaded, &signature(&loaded, "GMC 0000001")).expect("it is signed");
    let signed = scenario::load("back-saddle-numb.ron", text.as_bytes()).expect("it is still a scenario");
    assert!(signed.scenario.is_reviewed());
    assert_eq!(signed.scenario.content_hash(), loaded.scenario.content_hash());
    // Comments and all: only the review is another.
    let comments = |loaded: &Loaded| loaded.tree.comments().map(|(_, text)| text.to_owned()).collect::<Vec<_>>();
    assert_eq!(comments(&signed), comments(&loaded));
    let without = |text: &str| text.lines().filter(|line| line.contains("facts") || line.contains("say")).count();
    assert_eq!(without(&text), without(&loaded.text));

    // A second reviewer signs beside the first; the same one again does not count twice.
    let text = sign(&signed, &signature(&signed, "NMC 0000002")).expect("it is signed");
    let both = scenario::load("x.ron", text.as_bytes()).expect("it is still a scenario");
    let text = sign(&both, &signature(&both, "NMC 0000002")).expect("it is signed");
    let again = scenario::load("x.ron", text.as_bytes()).expect("it is still a scenario");
    let Review::Reviewed { by, until } = &again.scenario.review else { panic!("it is reviewed") };
    assert_eq!((by.len(), until.as_str()), (2, "2027-11-27"));
    assert_eq!(by[0].name, "Dr \"Jo\" O'Neill");

    // One word of the content changes: what was signed for is no longer there.
    let changed = text.replacen("Numb between the legs", "Numb", 1);
    assert_ne!(changed, text);
    let changed = scenario::load("x.ron", changed.as_bytes()).expect("it is still a scenario");
    assert!(!changed.scenario.is_reviewed());
    let old = signature(&loaded, "GMC 0000001");
    assert!(matches!(sign(&changed, &old), Err(SignError::OtherContent { .. })), "the old sheet cannot be signed for");
    // Whoever signs the new content signs alone: the others have to read it again.
    let text = sign(&changed, &signature(&changed, "GMC 0000003")).expect("it is signed");
    let alone = scenario::load("x.ron", text.as_bytes()).expect("it is still a scenario");
    assert!(matches!(&alone.scenario.review, Review::Reviewed { by, .. } if by.len() == 1));
    assert!(alone.scenario.is_reviewed());
}

#[test]
fn a_signature_that_says_nothing_is_refused() {
    let loaded = load("throat-plain");
    let good = signature(&loaded, "GMC 0000001");
    assert_eq!(sign(&loaded, &Signature { name: " ".into(), ..good.clone() }), Err(SignError::Nameless));
    assert_eq!(sign(&loaded, &Signature { registration: String::new(), ..good.clone() }), Err(SignError::Nameless));
    assert!(matches!(
        sign(&loaded, &Signature { on: "27.11.2026".into(), ..good.clone() }),
        Err(SignError::BadDate(_))
    ));
    assert!(matches!(sign(&loaded, &Signature { until: "2026-11-26".into(), ..good }), Err(SignError::Lapsed { .. })));
}

#[test]
fn signing_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("throat-plain.ron");
    let loaded = load("throat-plain");
    std::fs::write(&file, &loaded.text).expect("it is written");
    let sign = |content: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_rightcall"))
            .args(["sign", "throat-plain.ron", "--name", "Ada Reviewer", "--registration", "NMC 00A0000X"])
            .args(["--content", content, "--on", "2026-11-27"])
            .current_dir(&folder)
            .output();
        run.expect("the program runs")
    };
    let refused = sign("0123");
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("print the sheet again"));
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), loaded.text, "nothing was written");
    let done = sign(&loaded.scenario.content_hash());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout).contains("reviewed, by Ada Reviewer, until 2027-11-27"));
    let signed = scenario::load("x", &std::fs::read(&file).expect("it is there")).expect("it is read");
    assert!(signed.scenario.is_reviewed());
}
