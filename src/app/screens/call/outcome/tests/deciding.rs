//! Ladder, guide, routes: what is decided, and how it is changed.

use super::*;
use crate::app::screens::call::state::Over;
use crate::call::Confidence;
use crate::scenario::Line;

fn decision(play: &Play) -> Option<(String, Confidence)> {
    play.call().state().decision.as_ref().map(|d| (d.disposition.to_string(), d.confidence))
}

#[test]
fn arrows_move_on_the_ladder_and_skip_gaps_and_space_chooses() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    assert_eq!(play.focused(), "Life at risk, 999, Cat 1");
    for (key, there) in [
        (Key::ArrowDown, "Emergency, 999, Cat 2"),
        (Key::ArrowDown, "Urgent, at once, 999, Cat 3"),
        // Four gaps lie between.
        (Key::ArrowRight, "Urgent, at once, Other"),
        (Key::ArrowDown, "1 hour, Other, several outcomes"),
        (Key::ArrowLeft, "1 hour, Clinician call, several outcomes"),
        (Key::ArrowLeft, "1 hour, ED or urgent centre"),
    ] {
        play.key(key);
        assert_eq!(play.focused(), there);
    }
    play.key(Key::Space);
    assert!(play.shows("Emergency department within 1 hour"));
    assert_eq!(play.focused(), "Reason");
    assert!(play.0.query_by_label("Life at risk, Other").is_none(), "a gap is no cell");
}

#[test]
fn quick_arrows_stay_on_the_ladder() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowRight] {
        play.0.key_press(key);
        play.0.step();
    }
    play.0.run();
    assert_eq!(play.focused(), "1 hour, ED or urgent centre");
}

#[test]
fn a_cell_with_several_codes_lists_them_in_table_order() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    play.key(Key::ArrowDown);
    play.key(Key::Space);
    assert!(play.shows("Which of these?"));
    assert_eq!(play.focused(), "Ambulance, Category 2");
    play.key(Key::ArrowDown);
    assert_eq!(play.focused(), "Ambulance, Category 2: sudden severe tummy pain in pregnancy");
    play.key(Key::Escape);
    assert!(!play.shows("Which of these?"));
    assert_eq!(play.focused(), "Emergency, 999, Cat 2");
    assert_eq!(play.outcome().chosen, None);
    play.click("Emergency, 999, Cat 2");
    play.click("Police by 999");
    assert!(!play.shows("Which of these?"));
    assert_eq!(play.outcome().chosen.as_deref(), Some("Dx49"));
}

#[test]
fn reason_and_confidence_come_before_the_decision() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    play.click("1 hour, ED or urgent centre");
    assert!(play.shows("The window closes at "));
    play.click("Decide on this");
    assert!(play.shows("Say why, in a few words"));
    assert_eq!(play.focused(), "Reason");
    play.types("numb on wiping");
    assert!(!play.shows("Say why, in a few words"));
    // There, Ctrl Enter decides, and does not close the call.
    play.ctrl_enter();
    assert!(play.shows("Choose how sure you are"));
    assert_eq!(decision(&play), None);
    play.click("Fairly");
    play.click("Decide on this");
    assert_eq!(decision(&play), Some(("Dx02".into(), Confidence::Fairly)));
    assert!(play.shows("Chosen"));
    assert_eq!(play.focused(), "Search the directory");
}

#[test]
fn changing_the_outcome_asks_first_and_clears_the_referral() {
    let mut play = Play::decided("Dx02").searched();
    play.click("Change");
    assert!(play.shows("What is arranged under Refer is cleared"));
    assert_eq!(play.focused(), "Keep it");
    play.key(Key::Enter);
    assert!(!play.shows("Keep it"));
    assert!(play.call().state().listed.is_some());
    // Another cell asks as well, and is chosen when the answer is yes.
    play.click("12 hours, ED or urgent centre");
    play.click("Change it");
    assert_eq!(decision(&play), None);
    assert!(play.call().state().listed.is_none());
    assert_eq!(play.outcome().chosen.as_deref(), Some("Dx89"));
    play.click("1 hour, ED or urgent centre");
    assert_eq!(play.outcome().chosen.as_deref(), Some("Dx02"));
}

#[test]
fn escape_leaves_the_question_whether_to_change() {
    let mut play = Play::decided("Dx02").searched();
    play.click("Change");
    play.key(Key::Escape);
    assert!(!play.shows("Keep it"));
    assert!(!play.outcome().saying, "the same key has not opened the ask bar too");
    play.key(Key::Escape);
    assert!(play.outcome().saying);
}

#[test]
fn a_guide_is_found_and_worked_through_by_keyboard() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    assert_eq!(play.focused(), "Search the guides");
    assert!(!play.shows("Ladder"));
    play.types("sciatcia");
    play.key(Key::ArrowDown);
    assert_eq!(play.focused(), "Back pain");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Ask it");
    play.key(Key::Enter);
    assert_eq!(play.call().times_said("q-awake-alert"), 1);
    play.hear();
    assert!(play.shows("asked at "));
    for _ in 0..5 {
        // Past "Yes" to "No".
        play.key(Key::Tab);
        play.key(Key::Tab);
        play.key(Key::Space);
        assert_eq!(play.focused(), "Ask it");
    }
    assert_eq!(play.call().state().guide.as_ref().unwrap().entries.len(), 5);
    play.key(Key::Tab);
    play.key(Key::Space);
    assert!(play.shows("The guide yields"));
    assert_eq!(play.focused(), "Guess");
    play.click("Certain");
    play.click("Decide on this");
    assert_eq!(decision(&play), Some(("Dx02".into(), Confidence::Certain)));
}

#[test]
fn what_was_recorded_is_listed_and_can_be_changed() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    play.click("Back pain");
    play.click("No");
    play.click("No");
    let change = play.label("Change: No, Cannot be woken");
    play.click(&change);
    assert!(play.shows("what came after is asked again"));
    play.0.get_all_by_label("Not sure").last().unwrap().click();
    play.0.run();
    let guide = play.call().state().guide.clone().unwrap();
    assert_eq!(guide.entries.len(), 1);
    assert_eq!(guide.yields.as_deref(), Some("Dx011"));
}

#[test]
fn an_early_exit_needs_no_guide_and_another_symptom_can_be_chosen() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    play.click("Headache");
    play.click("Another main symptom");
    assert_eq!(play.focused(), "Search the guides");
    play.click("Keep the guide in hand");
    assert!(play.shows("Ask it"));
    play.click("Ambulance, Category 1");
    play.click("Certain");
    play.click("Decide on this");
    assert!(play.call().state().decision.as_ref().unwrap().early);
    assert!(play.shows("nothing to search"));
    assert_eq!(play.focused(), "Search the advice");
}

#[test]
fn the_free_ladder_of_an_advisor_is_labelled_an_exercise() {
    let play = Play::of("health-advisor", Mode::JudgementExercise);
    assert!(play.shows("Ladder"));
    assert!(play.shows("Judgement exercise: how soon, and by whom?"));
    assert!(play.0.query_by_label("Search the guides").is_none());
}

#[test]
fn a_clinician_may_go_through_a_guide_as_a_checklist() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    play.click("Guide, as a checklist");
    assert_eq!(play.focused(), "Search the guides");
    play.click("Back pain");
    play.click("Yes");
    assert!(play.shows("The guide would say"));
    play.click("Take it to the ladder");
    assert_eq!(play.outcome().chosen.as_deref(), Some("Dx010"));
    assert!(play.shows("Ladder"));
    assert_eq!(play.focused(), "Reason");
}

#[test]
fn a_service_advisor_hands_over() {
    let mut play = Play::of("service-advisor", Mode::Coach);
    assert_eq!(play.focused(), "Warm transfer");
    assert!(!play.shows("Ladder"));
    assert!(play.0.query_by_label("Repeat medicine within 6 hours").is_none(), "not on a line for symptoms");
    play.click("Warm transfer");
    assert_eq!(play.0.state().ui.over, Some(Over::Transfer));
}

#[test]
fn a_service_advisor_may_finish_what_is_routine_on_a_line_for_it() {
    let size = egui::vec2(1440.0, 900.0);
    let mut play = Play::with("back-mechanical", "service-advisor", Mode::Coach, size, |scenario| {
        scenario.line = Line::Prescription;
    });
    play.click("Repeat medicine within 6 hours");
    assert_eq!(play.focused(), "Guess");
    play.click("Fairly");
    play.click("Decide on this");
    assert_eq!(decision(&play), Some(("Dx80".into(), Confidence::Fairly)));
}

#[test]
fn by_mouse_alone_the_reason_comes_from_what_was_pinned() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    play.act(Action::Say { utterance: "q-awake-alert".into(), to: None });
    play.act(Action::Pin { line: 1, slot: crate::call::Slot::Situation });
    play.click("1 hour, ED or urgent centre");
    play.click("From my pins and notes");
    assert!(!play.outcome().reason.is_empty());
}
