//! Proof by play: what the players find, and that what they find is so.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rightcall::call::Script;
use rightcall::diagnostic::{Diagnostic, codes};
use rightcall::explore::{self, Always, Explored, Lines, Plan, Player, load_example};
use rightcall::marking::{self, Verdict};
use rightcall::scenario::{self, Loaded};
use rightcall::standards::Standards;

fn shipped(slug: &str) -> &'static str {
    scenario::shipped().iter().find(|(known, _)| *known == slug).map(|(_, text)| *text).expect("it is shipped")
}

fn load(slug: &str, text: &str) -> Loaded {
    scenario::load(&format!("{slug}.ron"), text.as_bytes()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn few() -> Plan {
    Plan { plays: if cfg!(debug_assertions) { 120 } else { 2000 }, seed: 0 }
}

fn played(loaded: &Loaded) -> (Explored, Lines) {
    let found = explore::explore(loaded, &Standards::shipped(), few()).expect("it can be played");
    (found, Lines::of(&loaded.scenario))
}

fn findings(loaded: &Loaded) -> Vec<Diagnostic> {
    let (found, lines) = played(loaded);
    explore::diagnostics(loaded, &Standards::shipped(), &lines, &found)
}

#[test]
fn whatever_anybody_does_nothing_breaks_and_no_habit_beats_a_shipped_call() {
    for (slug, text) in scenario::shipped() {
        let loaded = load(slug, text);
        let (found, lines) = played(&loaded);
        assert!(found.broken.is_empty(), "{slug}: {:?}", found.broken);
        let problems = explore::diagnostics(&loaded, &Standards::shipped(), &lines, &found);
        let habits: Vec<_> = problems.iter().filter(|problem| problem.code == codes::HABIT).collect();
        assert!(habits.is_empty(), "{slug}: {habits:#?}");
        for role in &loaded.scenario.roles {
            let model = found.of(role, Player::Model).expect("the expert has played");
            assert_eq!((model.least, model.full), (100, model.plays), "{slug} as {role}");
        }
    }
}

#[test]
fn the_same_plan_finds_the_same() {
    let loaded = load("throat-plain", shipped("throat-plain"));
    let plan = Plan { plays: 60, seed: 7 };
    let report = |plan| {
        let found = explore::explore(&loaded, &Standards::shipped(), plan).expect("it can be played");
        serde_json::to_string(&found.players().collect::<Vec<_>>()).expect("it is written")
    };
    assert_eq!(report(plan), report(plan));
    assert_ne!(report(plan), report(Plan { seed: 8, ..plan }), "another seed, other plays");
}

#[test]
fn a_line_behind_one_that_is_always_given_is_never_heard_and_the_place_is_shown() {
    let text = include_str!("../src/cli/new/template.ron");
    let text = text.replace("@slug@", "sore").replace("@number@", "1000");
    let with = text.replace(
        "beats: [",
        "beats: [\n        (id: \"never\", at: Told(\"mouth-tight\"), when: Not(Told(\"mouth-tight\")), say: [\"Nobody hears this.\"]),",
    );
    assert_ne!(with, text);
    let problems = findings(&load("sore", &with));
    let [unheard] = &problems[..] else { panic!("{problems:#?}") };
    assert_eq!(unheard.code, codes::UNHEARD);
    assert!(unheard.message.contains("Nobody hears this."), "{unheard}");
    let line = with.lines().position(|line| line.contains("Nobody hears this.")).expect("it is there") + 1;
    assert_eq!(unheard.line as usize, line);
    assert!(!unheard.is_error());
}

#[test]
fn a_condition_that_chance_hardly_meets_is_met_on_purpose() {
    let text = include_str!("../src/cli/new/template.ron");
    let text = text.replace("@slug@", "sore").replace("@number@", "1000");
    let with = text.replace(
        "answers: [",
        "answers: [\n        (to: \"q-hobbies-none\", say: [\"x\"]),".replace("        (to: \"q-hobbies-none\", say: [\"x\"]),", "        (to: \"q-smoking\", when: All([Told(\"voice-muffled\"), Said(\"s-close-thanks\"), Mood(below: 20), After(600)]), say: [\"Go away.\"]),").as_str(),
    );
    assert_ne!(with, text);
    assert_eq!(findings(&load("sore", &with)), Vec::new());
}

#[test]
fn a_call_that_needs_no_question_is_beaten_by_a_habit() {
    let text = include_str!("../src/cli/new/template.ron");
    let text = text.replace("@slug@", "sore").replace("@number@", "1000");
    assert_eq!(findings(&load("sore", &text)), Vec::new(), "as it is, no habit beats it");
    let without = text.replace("assured_by: [\"swallowing\", \"mouth-opening\"]", "assured_by: []");
    assert_ne!(without, text);
    let problems = findings(&load("sore", &without));
    assert!(problems.iter().any(|p| p.code == codes::HABIT && p.message.contains("asks nothing")), "{problems:#?}");
}

#[test]
fn habits_are_what_they_are_called() {
    let loaded = load("back-saddle-numb", shipped("back-saddle-numb"));
    let script = script(&loaded, None);
    let take = |player| explore::take(&script, "health-advisor", player, 0).expect("the role has a model call");
    let ambulance = take(Player::Always(Always::Ambulance));
    assert_eq!(ambulance.state().decision.as_ref().map(|d| &*d.disposition), Some("Dx011"));
    let unsure = take(Player::Always(Always::NotSure));
    assert_eq!(unsure.state().decision.as_ref().map(|d| &*d.disposition), Some("Dx011"));
    let careful = marking::mark(&take(Player::Careful), "");
    assert_eq!(careful.verdict, Verdict::Right, "who listens and records what is said is right");
    let careless = marking::mark(&take(Player::Careless), "");
    assert!(careless.points < careful.points);
}

fn script(loaded: &Loaded, variant: Option<&str>) -> Arc<Script> {
    let scenario =
        variant.map_or_else(|| loaded.scenario.clone(), |id| loaded.scenario.variant(id).expect("there is one"));
    Script::new(Standards::shipped(), scenario, loaded.hash.clone(), variant.map(Into::into)).expect("it is ready")
}

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/plays");
    let mut files = Vec::new();
    for of in std::fs::read_dir(folder).expect("there are plays").flatten() {
        files.extend(std::fs::read_dir(of.path()).expect("a folder").flatten().map(|entry| entry.path()));
    }
    files.sort();
    files
}

#[test]
fn every_shipped_call_has_example_plays_and_they_come_out_as_expected() {
    let files = examples();
    for (slug, text) in scenario::shipped() {
        let loaded = load(slug, text);
        let own: Vec<_> = files.iter().filter(|file| file.parent().is_some_and(|of| of.ends_with(slug))).collect();
        assert!(own.len() >= 3, "{slug} has {} example plays", own.len());
        assert!(own.iter().any(|file| file.ends_with("model.ron")), "{slug} has its model call among them");
        for file in own {
            let name = file.display().to_string();
            let (example, _) =
                load_example(&name, &std::fs::read(file).expect("it is read")).expect("it is an example");
            let call =
                example.play(&script(&loaded, example.variant.as_deref())).unwrap_or_else(|e| panic!("{name}: {e}"));
            assert_eq!(example.differences(&call), Vec::new(), "{name}");
        }
    }
}

#[test]
fn what_comes_out_otherwise_is_said_in_words() {
    let text = r#"(about: "x", role: "health-advisor", expect: (
        verdict: OverTriage, decided: "Dx011", points: (10, 20), caps: ["missed-emergency"],
        never_asked: ["saddle-numb", "no-such"], lost: ["guide", "nothing-like-it"]))"#;
    let (example, _) = load_example("x.ron", text.as_bytes()).expect("it is an example");
    let loaded = load("back-saddle-numb", shipped("back-saddle-numb"));
    let call = example.play(&script(&loaded, None)).expect("it plays");
    let told: Vec<String> =
        example.differences(&call).iter().map(|d| format!("{}: {} | {}", d.field, d.expected, d.got)).collect();
    let told = told.join("\n");
    for wanted in [
        "verdict: OverTriage | Right",
        "decided: Dx011 | Dx02",
        "points: 10 to 20 % | 100 %",
        "caps: missed-emergency | none",
        "never_asked: `saddle-numb` never asked | `saddle-numb` elicited",
        "never_asked: `no-such` never asked | `no-such` is no fact of this call",
        "lost: `guide` fewer points than there are | `guide` 4 of 4",
        "no criterion `nothing-like-it`; there are: ",
    ] {
        assert!(told.contains(wanted), "{wanted} is missing in:\n{told}");
    }
}

#[test]
fn a_draft_of_the_model_call_is_right_wherever_a_guide_can_lead_there() {
    let mut full = 0;
    for (slug, text) in scenario::shipped() {
        let loaded = load(slug, text);
        let script = script(&loaded, None);
        let (actions, call) = explore::draft(&script, "health-advisor").expect("the role is known");
        let mark = marking::mark(&call, "");
        assert!(call.state().ended.is_some(), "{slug}: the draft goes to the end");
        assert!(
            mark.points * 100 >= mark.out_of * 70,
            "{slug}: {} of {}, {:?}",
            mark.points,
            mark.out_of,
            mark.verdict
        );
        full += u32::from(mark.points == mark.out_of);
        // What is written down can be read again, and is the same.
        let written = explore::written("health-advisor", &actions);
        let (read, _) = rightcall::ron_text::read::<scenario::ModelCall>(
            "x",
            written.trim().trim_end_matches(',').as_bytes(),
            1 << 20,
        )
        .unwrap_or_else(|problems| panic!("{slug}: {problems:?}"));
        assert_eq!(read.actions, actions, "{slug}");
    }
    assert!(full >= 1, "none of the drafts earns every point");
}
