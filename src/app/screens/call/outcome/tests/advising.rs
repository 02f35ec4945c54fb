//! Advice is said; a tick is a claim; and the call is closed.

use super::*;
use crate::call::Ending;

const UNLOCK: &str = "Door unlocked, light on, pets shut away, medicines in a bag by the door.";

#[test]
fn advice_is_found_said_and_ticked_by_keyboard() {
    let mut play = Play::decided("Dx010");
    assert_eq!(play.focused(), "Search the advice");
    play.types("unlock door");
    play.key(Key::ArrowDown);
    assert_eq!(play.focused(), UNLOCK);
    assert!(play.shows("Enter says it, Space ticks it"));
    play.key(Key::Enter);
    assert_eq!(play.call().times_said("ai-unlock-ready"), 1);
    assert!(play.call().state().ticked.is_empty(), "saying is not ticking");
    play.hear();
    assert!(play.shows("Said or ticked: 1"));
    assert!(play.focused().starts_with(&format!("{UNLOCK}, said at ")), "{}", play.focused());
    play.key(Key::Space);
    assert_eq!(play.call().state().ticked.len(), 1);
    assert_eq!(play.call().times_said("ai-unlock-ready"), 1);
}

#[test]
fn advice_is_said_and_ticked_by_mouse() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    play.click(&format!("Say: {UNLOCK}"));
    assert_eq!(play.call().times_said("ai-unlock-ready"), 1);
    play.click(&format!("Given: {UNLOCK}"));
    assert_eq!(play.call().state().ticked.len(), 1);
}

#[test]
fn what_is_ticked_without_being_said_is_a_claim_without_a_time() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    play.click(&format!("Given: {UNLOCK}"));
    assert_eq!(play.call().state().ticked.len(), 1);
    assert!(!play.shows("said at"));
    play.click("Said or ticked: 1");
    assert!(play.shows(UNLOCK));
    assert!(!play.shows("Nothing to eat or drink for now."));
}

#[test]
fn the_headings_do_not_tell_what_to_cover() {
    let play = Play::decided("Dx010");
    for cue in ["Until they are seen", "If things change", "Before you close", "Worsening", "Safety"] {
        assert!(!play.shows(cue), "{cue}");
    }
}

#[test]
fn enter_in_the_search_says_the_first_line_found() {
    let mut play = Play::decided("Dx010");
    play.types("unlock door");
    assert!(play.shows("Enter says the first"));
    play.key(Key::Enter);
    assert_eq!(play.call().times_said("ai-unlock-ready"), 1);
    // Letters and the key in one frame: what they find is said, not what stood first before.
    let mut play = Play::decided("Dx010");
    play.0.event(egui::Event::Text("unlock door".into()));
    play.key(Key::Enter);
    assert_eq!(play.call().times_said("ai-unlock-ready"), 1);
}

#[test]
fn refer_and_close_by_button_and_by_key_asks_once() {
    let mut play = Play::decided("Dx010");
    play.click("Refer and close");
    assert_eq!(play.call().state().ended, None, "one press does not hang up");
    play.click("Close the call");
    assert_eq!(play.call().state().ended, Some(Ending::Closed));
    let mut play = Play::decided("Dx010");
    play.ctrl_enter();
    assert_eq!(play.call().state().ended, None);
    // No advice was said: the keyboard is at the way back.
    assert!(play.shows("No advice has been said yet"));
    assert_eq!(play.focused(), "Stay on the line");
    play.key(Key::Enter);
    assert!(!play.shows("Close the call"));
    play.types("unlock door");
    play.key(Key::Enter);
    play.hear();
    play.ctrl_enter();
    assert!(play.shows("One line of advice said"));
    assert_eq!(play.focused(), "Close the call");
    play.key(Key::Enter);
    assert_eq!(play.call().state().ended, Some(Ending::Closed));
}

#[test]
fn nothing_is_closed_before_a_decision() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    play.click("Refer and close, once you have decided");
    assert_eq!(play.call().state().ended, None);
    assert!(play.shows("Decide on an outcome first"));
}
