//! What is heard besides the caller's words: backgrounds, a bad line, people who talk over each other.

use std::sync::Arc;

use rightcall::call::{Action, Call, Event, Line, Script, Speaker};
use rightcall::records::Mode;
use rightcall::scenario::{self, Over, Reception, Scenario, Trigger, Voices};
use rightcall::standards::Standards;

fn scenario() -> Scenario {
    let (slug, text) = scenario::shipped().iter().find(|(slug, _)| *slug == "syringe-driver-sunday").expect("shipped");
    let mut scenario = scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("it is read").scenario;
    (scenario.background, scenario.beats) = (None, Vec::new());
    scenario
}

fn call(scenario: Scenario) -> Call {
    let script = Script::new(Standards::shipped(), scenario, "own".into(), None).expect("ready");
    Call::new(script, "health-advisor", 3, Mode::Coach).expect("the role is known")
}

fn lines(call: &Call) -> &[Line] {
    &call.state().lines
}

/// Greets, and waits for half a minute.
fn taken(scenario: Scenario) -> Call {
    let mut call = call(scenario);
    call.act(500, &Action::Say { utterance: "s-greet".into(), to: None }).expect("nobody speaks yet");
    call.advance(40_000);
    call
}

/// The daughter shouts after ten seconds, and her mother says something over it.
fn with_two_who_speak() -> Scenario {
    let (slug, text) = scenario::shipped().iter().find(|(slug, _)| *slug == "syringe-driver-sunday").expect("shipped");
    let shipped = scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("it is read").scenario;
    let mut beat = shipped.beats.iter().find(|beat| &*beat.id == "ring-999").expect("it is there").clone();
    (beat.at, beat.when, beat.unless) = (Trigger::Seconds(20), None, None);
    beat.over = Some(Over { by: Voices::Caller, say: "Karen. Not now.".into() });
    Scenario { beats: vec![beat], ..scenario() }
}

#[test]
fn a_background_and_a_bad_line_are_said_at_the_beginning_and_change_nothing_else() {
    let plain = taken(scenario());
    let heard =
        taken(Scenario { background: Some("[a clock ticks]".into()), reception: Reception::Poor, ..scenario() });
    let captions: Vec<_> =
        lines(&heard)[..2].iter().map(|line| (&line.by, &*line.text, line.from, line.until)).collect();
    assert_eq!(captions, [(&Speaker::Sound, "[a bad line]", 0, 0), (&Speaker::Sound, "[a clock ticks]", 0, 0)]);
    let said = |call: &Call, skip: usize| -> Vec<(u32, Arc<str>)> {
        lines(call)[skip..].iter().map(|line| (line.from, line.text.clone())).collect()
    };
    assert_eq!(said(&heard, 2), said(&plain, 0), "the same call at the same times");
}

#[test]
fn whoever_talks_over_another_begins_in_the_middle_and_neither_stops() {
    let call = taken(with_two_who_speak());
    let found = lines(&call).iter().position(|line| line.over).expect("somebody talks over another");
    let (first, over) = (&lines(&call)[found - 1], &lines(&call)[found]);
    assert_eq!((&first.by, &over.by), (&Speaker::Other("Karen".into()), &Speaker::Caller));
    assert_eq!(over.from, first.from + (first.until - first.from) / 2);
    assert!(!first.cut && !over.cut);
    // In the order in which they begin, as everything that reads a transcript expects.
    assert!(lines(&call).is_sorted_by_key(|line| line.from));
    // Nobody has their turn before both have ended.
    let mut call = call.clone();
    call.act(first.from + 10, &Action::Say { utterance: "s-empathy-hard".into(), to: None })
        .expect("it takes its turn");
    let own = lines(&call).iter().rfind(|line| line.by == Speaker::Trainee).expect("it is said");
    assert!(own.from >= lines(&call)[found - 1].until.max(lines(&call)[found].until));
}

#[test]
fn cutting_in_stops_the_one_who_was_speaking_and_not_whoever_talks_over_them() {
    let mut call = call(with_two_who_speak());
    call.act(500, &Action::Say { utterance: "s-greet".into(), to: None }).expect("nobody speaks yet");
    call.advance(19_000);
    let found = loop {
        let next = call.next_event_at().expect("the beat comes");
        call.advance(next);
        if let Some(found) = call.state().lines.iter().position(|line| line.over) {
            break found;
        }
    };
    let cut = lines(&call)[found - 1].from + 400;
    call.act(cut, &Action::Interrupt).expect("somebody speaks");
    assert!(lines(&call)[found - 1].cut && !lines(&call)[found].cut);
    call.act(cut, &Action::Say { utterance: "s-empathy-hard".into(), to: None }).expect("it takes its turn");
    assert!(lines(&call).is_sorted_by_key(|line| line.from), "{:?}", lines(&call));
    // What was cut was not told.
    assert!(
        !call
            .events()
            .iter()
            .any(|event| matches!(&event.event, Event::Fact { fact, .. } if &**fact == "family-split"))
    );
}

#[test]
fn a_variant_may_be_heard_elsewhere() {
    let mut scenario = scenario();
    scenario.background = Some("[a television in the next room]".into());
    let variant = scenario.variants[0].clone();
    let overlaid = scenario.overlaid(&rightcall::scenario::Variant {
        background: Some("[cars go by]".into()),
        reception: Some(Reception::Poor),
        heard: Vec::new(),
        ..variant.clone()
    });
    assert_eq!(overlaid.background.as_deref(), Some("[cars go by]"));
    assert_eq!(overlaid.reception, Reception::Poor);
    assert_eq!(overlaid.heard, scenario.heard, "what is heard of captions stays");
    assert_eq!(scenario.overlaid(&variant).background, scenario.background);
}
