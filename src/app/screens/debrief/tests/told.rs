//! What is said of the call.

use super::*;

#[test]
fn the_headline_says_what_the_patient_needed() {
    let harness = screen(under(), WIDE);
    harness.get_by_label_contains("Five steps under, and not safe. Donna needed: Emergency department within 1 hour.");
    harness.get_by_label_contains("Your decision: See primary care within 24 hours, five steps under.");
    harness.get_by_label_contains("Safety cap:");
    harness.get_by_label_contains("Another kind of place.");
}

#[test]
fn a_cap_leads_to_the_decision_it_comes_from() {
    let mut harness = screen(under(), WIDE);
    press(&mut harness, Key::ArrowLeft);
    harness.get_all_by_label("Show the moment").next().expect("a way there").click();
    harness.run();
    let screen = harness.state();
    assert_eq!(screen.page.marks[screen.page.view.chosen.expect("chosen")].id, "urgency");
}

#[test]
fn what_was_right_and_not_assured_is_marked_and_not_capped() {
    let asks_little = |action: Action| match &action {
        Action::Say { utterance, .. } if &**utterance == "q-saddle-numb" => vec![],
        _ => vec![action],
    };
    let page = page("back-saddle-numb", "clinical-advisor", Mode::Coach, None, asks_little);
    let harness = screen(page, WIDE);
    harness.get_by_label_contains("Right, not assured. Donna needed");
    harness.get_by_label_contains("Nothing is capped for that");
    harness.get_by_label_contains("Feeling between the legs");
}

#[test]
fn a_call_that_was_broken_off_holds_nothing_against_anybody() {
    let off = |action: Action| match action {
        Action::Decide { .. } => vec![Action::EndEarly],
        other => vec![other],
    };
    let page = page("back-saddle-numb", "clinical-advisor", Mode::Coach, None, off);
    assert!(page.unmarked);
    let harness = screen(page, WIDE);
    harness.get_by_label("You broke this call off. Nothing is marked against you.");
    harness.get_by_label("Nothing was decided.");
    assert!(harness.query_by_label_contains("kind of place").is_none());
    assert!(harness.query_by_label_contains("numb when wiping").is_none(), "the title gives the answer away");
    let screen = harness.state();
    assert!(screen.page.shown().iter().all(|&n| screen.page.marks[n].kind == Kind::Done));
}

#[test]
fn a_twist_is_not_told_in_the_words_of_the_call_it_twists() {
    let plain = as_modelled("back-saddle-numb", "clinical-advisor");
    assert!(plain.heading.contains("numb when wiping"));
    let page = page("back-saddle-numb", "clinical-advisor", Mode::Coach, Some("outer-thigh"), |a| vec![a]);
    assert!(page.heading.contains("another version") && !page.heading.contains("numb when wiping"));
    assert_ne!(page.rationale, plain.rationale);
    assert_ne!(page.afterwards, plain.afterwards);
    assert_ne!(page.left_out, plain.left_out);
}

#[test]
fn a_judgement_exercise_says_so() {
    let page = page("back-mechanical", "health-advisor", Mode::JudgementExercise, None, |a| vec![a]);
    let harness = screen(page, WIDE);
    harness.get_by_label_contains("Judgement exercise: decided on the ladder");
}

#[test]
fn a_guided_call_is_told_and_not_marked() {
    let page = page("back-mechanical", "health-advisor", Mode::Guided, None, |action| match action {
        Action::Say { ref utterance, .. } if &**utterance == "q-readback-number" => vec![],
        other => vec![other],
    });
    let mut harness = screen(page, WIDE);
    harness.get_by_label("That was a whole call");
    harness.get_by_label("What happened");
    harness.get_by_label("What to try next");
    harness.get_by_label_contains("Read the place and the number back");
    for word in ["points", "Safety cap", "Revisit", "Competences"] {
        assert!(harness.query_by_label_contains(word).is_none(), "{word}");
    }
    click(&mut harness, "Go on");
    assert_eq!(harness.state().kept.last(), Some(&Outcome::Leave));
}

#[test]
fn every_competence_says_how_it_stands() {
    let mut page = under();
    let before = as_modelled("back-saddle-numb", "clinical-advisor").mark;
    page.take_history(&[before]);
    let harness = screen(page, WIDE);
    harness.get_by_label_contains("C6 Disposition: level and timeframe: Revisit");
    harness.get_by_label_contains("C1 Open and identify: Secure, 100 of 100, last five 100");
}
