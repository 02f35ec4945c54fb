//! The directory: searched, worked down, offered, rejected, chosen.

use super::*;
use crate::standards::Id;

const FIRST: &str = "St Bryd's Emergency Department";
const SECOND: &str = "Harrowmere General Emergency Department";

fn accepted(play: &Play) -> Option<Id> {
    play.call().state().accepted.clone()
}

#[test]
fn place_and_age_that_are_missing_are_asked_for_here() {
    let mut play = Play::decided("Dx02");
    assert_eq!(play.focused(), "Search the directory");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Where is the patient?");
    play.types("6 Orchard Close, Southfold");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Date of birth: day / month / year");
    play.types("12 3 1984");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Search the directory");
    assert!(play.shows("Age 4"));
    play.key(Key::Enter);
    assert!(play.call().state().listed.is_some());
    assert!(play.shows("Harrowmere and Teasel Vale · 2 services"));
}

#[test]
fn a_place_that_the_directory_does_not_know_is_said() {
    let mut play = Play::decided("Dx02");
    play.act(Action::Field { name: FieldName::Location, text: "Timbuktu".into() });
    let fields = CallUi::new(&play.0.state().live).fields;
    play.0.state_mut().ui.fields = fields;
    play.0.run();
    assert!(play.shows("does not know this place"));
}

#[test]
fn the_focused_service_is_offered_and_the_answer_is_shown_when_it_has_been_heard() {
    let mut play = Play::decided("Dx02").searched();
    assert_eq!(play.focused(), format!("1. {FIRST}"));
    play.key(Key::ArrowDown);
    assert_eq!(play.focused(), format!("2. {SECOND}"));
    play.key(Key::ArrowUp);
    play.key(Key::O);
    assert!(play.shows("Offering it"));
    assert!(!play.shows("They agree"));
    play.hear();
    assert!(play.shows("They agree"));
    assert_eq!(play.focused(), format!("1. {FIRST}, they agree"));
    // Nothing stands above it: no reason is asked.
    play.key(Key::Enter);
    assert_eq!(accepted(&play).as_deref(), Some("svc-ed-stbryd"));
    assert!(play.shows("Arranged"));
    assert_eq!(play.focused(), "Search the advice");
}

#[test]
fn whoever_declines_cannot_be_referred_there() {
    let size = egui::vec2(1440.0, 900.0);
    let mode = Mode::JudgementExercise;
    let mut play = Play::with("back-mechanical", "health-advisor", mode, size, |scenario| {
        scenario.offers.iter_mut().for_each(|offer| offer.accepts = false);
    });
    play.act(Action::Decide {
        disposition: "Dx02".into(),
        reason: "numb".into(),
        confidence: crate::call::Confidence::Fairly,
    });
    play = play.searched();
    play.click(&format!("Offer {FIRST}"));
    play.hear();
    assert!(play.shows("They would rather not"));
    assert!(play.0.query_by_label(&format!("Choose {FIRST}")).is_none());
    assert!(play.0.query_by_label(&format!("Offer {FIRST}")).is_some(), "it can be offered again");
}

#[test]
fn reasons_are_asked_only_for_what_stands_above_the_choice() {
    let mut play = Play::decided("Dx02").searched();
    play.click(&format!("Offer {SECOND}"));
    assert_eq!(play.focused(), format!("2. {SECOND}, offering it…"));
    play.hear();
    play.click(&format!("Choose {SECOND}"));
    assert_eq!(accepted(&play), None);
    assert!(play.shows(&format!("This stands above {SECOND}. Why not this one?")));
    assert_eq!(play.focused(), "No way of getting there");
    play.key(Key::Space);
    assert_eq!(play.focused(), "Reject it");
    play.key(Key::Enter);
    assert_eq!(accepted(&play).as_deref(), Some("svc-ed-harrowmere"));
    assert!(play.shows("Rejected: no way of getting there"));
}

#[test]
fn some_reasons_need_a_few_words_and_the_field_keeps_the_keyboard() {
    let mut play = Play::decided("Dx02").searched();
    play.key(Key::R);
    play.click("Patient prefers another *");
    assert_eq!(play.focused(), "Comment");
    play.key(Key::Enter);
    assert!(play.shows("Add a few words"));
    assert_eq!(play.focused(), "Comment");
    // Letters that are shortcuts elsewhere are typed here.
    for (key, letter) in [(Key::O, "o"), (Key::R, "r")] {
        play.0.key_press(key);
        play.types(letter);
    }
    assert_eq!(play.outcome().comment, "or");
    assert!(play.call().state().offered.is_empty());
    assert!(!play.shows("Add a few words"));
    // There, Ctrl Enter rejects, and does not close the call.
    play.ctrl_enter();
    assert_eq!(play.call().state().rejected.len(), 1);
    assert!(play.shows("Rejected: patient prefers another: or"));
    assert_eq!(play.focused(), format!("2. {SECOND}"));
}

#[test]
fn by_mouse_alone_the_comment_is_what_they_said() {
    let mut play = Play::decided("Dx02").searched();
    play.act(Action::Say { utterance: "q-awake-alert".into(), to: None });
    play.click(&format!("Reject {FIRST}"));
    play.click("Other *");
    play.click("Their last words");
    play.click("Reject it");
    assert!(!play.call().state().rejected[0].comment.is_empty());
}

#[test]
fn escape_closes_the_reasons_and_undo_takes_a_rejection_back() {
    let mut play = Play::decided("Dx02").searched();
    play.key(Key::R);
    assert!(play.shows("Reason for rejecting"));
    play.key(Key::Escape);
    assert!(!play.shows("Reason for rejecting"));
    assert_eq!(play.focused(), format!("1. {FIRST}"));
    for service in [FIRST, SECOND] {
        play.click(&format!("Reject {service}"));
        play.click("Too far");
        play.click("Reject it");
    }
    assert_eq!(play.call().state().rejected.len(), 2);
    play.click(&format!("Undo {FIRST}"));
    let rejected: Vec<&str> = play.call().state().rejected.iter().map(|r| &*r.service).collect();
    assert_eq!(rejected, ["svc-ed-harrowmere"]);
}

#[test]
fn nothing_open_in_the_window_is_said_and_what_is_always_there_is_listed() {
    let size = egui::vec2(1440.0, 900.0);
    let mode = Mode::JudgementExercise;
    let mut play = Play::with("back-mechanical", "health-advisor", mode, size, |scenario| {
        let all = crate::standards::Standards::shipped();
        let open = all.directory.services.iter().filter(|s| !all.directory.catch_all.contains(&s.id));
        scenario.capacity = open.map(|s| (s.id.clone(), crate::standards::Capacity::Red)).collect();
    });
    play.act(Action::Decide {
        disposition: "Dx60".into(),
        reason: "eye".into(),
        confidence: crate::call::Confidence::Fairly,
    });
    play = play.searched();
    assert!(play.call().state().gap);
    assert!(play.shows("Nothing open in this window"));
}

#[test]
fn the_service_is_changed_by_changing_the_outcome_which_asks() {
    let mut play = Play::decided("Dx02").searched();
    play.key(Key::O);
    play.hear();
    play.key(Key::Enter);
    play.click(&format!("Change {FIRST}"));
    assert!(play.shows("What is arranged under Refer is cleared"));
    play.click("Change it");
    assert_eq!(accepted(&play), None);
}
