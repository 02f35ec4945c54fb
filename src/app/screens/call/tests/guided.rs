//! The guided first call, and the handover that is read before a call begins.

use bevy_egui::egui::Key;

use super::super::state::Over;
use super::{Call, Hands, Set, call};
use crate::records::Mode;
use crate::scenario::Handover;

fn guided() -> Call {
    call(&Set { mode: Mode::Guided, ..Set::default() })
}

#[test]
fn at_first_there_are_ask_bar_record_and_decide() {
    let call = guided();
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
    assert!(call.has("You speak here"));
    for there in ["Contact record", "Decide", "Transcript"] {
        assert!(call.has(there), "{there}");
    }
    for later in ["Topics", "My pins", "Stage 2", "Warm transfer", "Hold & ask", "Tension", "Special notes"] {
        assert!(!call.has(later), "{later}");
    }
}

#[test]
fn panels_arrive_one_by_one_with_what_is_said() {
    let mut call = guided();
    let mut arrived = Vec::new();
    for words in ["hello", "location now", "call-back number", "name", "date of birth", "breathing now", "allergies"]
        .into_iter()
        .cycle()
        .take(20)
    {
        call.say(words);
        call.hear_out();
        for part in ["Tension", "Topics", "My pins", "Stage 2", "Warm transfer"] {
            if call.has(part) && !arrived.contains(&part) {
                arrived.push(part);
            }
        }
    }
    assert_eq!(arrived, ["Tension", "Topics", "My pins", "Stage 2", "Warm transfer"]);
    assert!(call.has("choose Decide"));
}

#[test]
fn the_guide_is_gone_on_with_and_put_away_by_keyboard() {
    let mut call = guided();
    let mut tries = 0;
    while call.focused().as_deref() != Some("Next") && tries < 60 {
        call.press(Key::Tab);
        tries += 1;
    }
    assert_eq!(call.focused().as_deref(), Some("Next"));
    call.press(Key::Enter);
    assert!(call.has("word by word"));
    call.click("Show everything");
    assert!(!call.has("word by word"));
    for there in ["Topics", "My pins", "Stage 2", "Warm transfer", "Tension"] {
        assert!(call.has(there), "{there}");
    }
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
}

#[test]
fn the_outcome_is_explained_in_one_sentence() {
    let mut call = guided();
    call.say("hello");
    call.hear_out();
    call.say("/decide");
    assert!(call.has("Decide, then refer, then advise"));
    call.click("Got it");
    assert!(!call.has("Decide, then refer, then advise"));
    call.press(Key::Escape);
    call.say("/back");
    assert!(call.has("word by word"));
}

#[test]
fn a_guided_call_has_no_clock_and_nothing_presses() {
    let mut call = guided();
    assert!(!call.has("Call time") && !call.has("00:00"));
    call.hear(60_000);
    assert_eq!(call.state().live.clock(), 0);
    assert!(call.lines().is_empty());
    call.say("hello");
    call.hear(60_000);
    assert_eq!(call.lines().len(), 2, "the caller answers and then waits");
    let clock = call.state().live.clock();
    call.hear(60_000);
    assert_eq!(call.state().live.clock(), clock);
}

#[test]
fn a_handover_is_read_before_the_call_begins() {
    let set = Set {
        role: "clinical-advisor",
        change: |scenario| {
            scenario.handover = Some(Handover {
                roles: vec!["clinical-advisor".into()],
                says: "Back pain since Sunday.".into(),
                leaves_out: Vec::new(),
                fields: Vec::new(),
            });
        },
        ..Set::default()
    };
    let mut call = call(&set);
    assert!(call.has("Back pain since Sunday."));
    assert!(call.state().ui.is_waiting(&call.state().live));
    call.press(Key::Enter);
    assert!(!call.state().ui.is_waiting(&call.state().live));
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
    call.click("Handover");
    assert_eq!(call.state().ui.over, Some(Over::Handover));
}
