//! The guided first call, and what is read before a call begins.

use bevy_egui::egui::Key;
use egui_kittest::kittest::Queryable;

use super::super::state::{Out, Over};
use super::{Call, Hands, Set, call};
use crate::records::Mode;
use crate::scenario::ContentNote;

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
fn content_is_named_before_the_call_and_nothing_is_lost_by_turning_away() {
    let set = Set { change: |scenario| scenario.content_notes = vec![ContentNote::Death], ..Set::default() };
    let mut taken = call(&set);
    assert_eq!(taken.state().ui.over, Some(Over::ContentNote));
    assert!(taken.has("Death"));
    assert!(taken.state().ui.is_waiting(&taken.state().live));
    taken.press(Key::Escape);
    assert_eq!(taken.state().ui.over, Some(Over::ContentNote), "a warning is answered, not waved away");
    taken.click("Take the call");
    assert!(!taken.state().ui.is_waiting(&taken.state().live));
    assert_eq!(taken.focused().as_deref(), Some("Ask or say"));
    let mut turned = call(&set);
    turned.click("Not this one");
    assert_eq!(turned.state().ui.out, Some(Out::TurnedAway));
    assert!(turned.state().live.record().actions.is_empty());
}

#[test]
fn nothing_is_asked_before_a_call_without_content_notes() {
    let call = call(&Set { change: |scenario| scenario.content_notes.clear(), ..Set::default() });
    assert_eq!(call.state().ui.over, None);
    assert!(call.query_by_label("Take the call").is_none());
}
