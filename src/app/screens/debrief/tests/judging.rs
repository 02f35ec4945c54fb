//! Trainers beside the machine.

use super::*;
use crate::records::Upheld;

/// Somebody else's call, looked at by a trainer, at the mark of its urgency.
fn trainers(notes: &[Annotation]) -> Page {
    let mut page = under();
    (page.head.by, page.viewer, page.trainer) = ("Wren".into(), "Robin".into(), true);
    page.take_notes(notes);
    page.point_at("urgency");
    page
}

fn urgency() -> crate::standards::Id {
    "urgency".into()
}

fn contested(by: &str) -> Annotation {
    note(by, AnnotationKind::Contested { criterion: urgency() }, "She could wait", true, None)
}

fn marked(by: &str, points: u32) -> Annotation {
    note(by, AnnotationKind::Marked { criterion: urgency(), points }, "I saw it too", true, None)
}

#[test]
fn a_trainer_marks_beside_the_machine_by_keyboard() {
    let mut harness = screen(trainers(&[]), WIDE);
    click(&mut harness, "Give my own mark");
    assert!(harness.get_by_label("Save my mark").accesskit_node().is_disabled(), "nothing is given yet");
    // The keyboard is at the first choice.
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    assert!(harness.state().page.view.draft.as_ref().is_some_and(|draft| draft.points.is_some_and(|n| n > 0)));
    click(&mut harness, "None of it");
    click(&mut harness, "Save my mark");
    let kind = AnnotationKind::Marked { criterion: urgency(), points: 0 };
    let kept = Outcome::Annotate { kind, text: String::new(), shared: true, event: None };
    assert_eq!(harness.state().kept.last(), Some(&kept));
}

#[test]
fn what_other_trainers_gave_is_shown_once_ones_own_mark_is_in() {
    let harness = screen(trainers(&[marked("Dove", 3)]), WIDE);
    harness.get_by_label_contains("1 trainer has marked this.");
    assert!(harness.query_by_label_contains("Dove").is_none(), "not yet");
    let harness = screen(trainers(&[marked("Dove", 3), marked("Robin", 1)]), WIDE);
    let out_of = harness.state().page.marks.iter().find(|mark| mark.id == "urgency").expect("one").out_of;
    let points = harness.state().page.marks.iter().find(|mark| mark.id == "urgency").expect("one").points;
    harness.get_by_label(&format!("The machine: {points} of {out_of} points"));
    harness.get_by_label_contains(&format!("Dove: 3 of {out_of} points “I saw it too”"));
    harness.get_by_label_contains(&format!("You: 1 of {out_of} points"));
    // Whoever took the call sees them at once, and marks nothing.
    let mut own = under();
    (own.head.by, own.viewer) = ("Wren".into(), "Wren".into());
    own.take_notes(&[marked("Dove", 3)]);
    own.point_at("urgency");
    let harness = screen(own, WIDE);
    harness.get_by_label_contains("Dove: 3 of");
    assert!(harness.query_by_label("Give my own mark").is_none());
}

#[test]
fn a_contested_mark_is_answered_and_the_answer_is_read() {
    let mut harness = screen(trainers(&[contested("Wren")]), vec2(1356.0, 1400.0));
    harness.get_by_label_contains("Wren contests this mark: “She could wait”");
    click(&mut harness, "Answer Wren");
    click(&mut harness, "The mark stands");
    assert!(harness.get_by_label("Save my answer").accesskit_node().is_disabled(), "not without a word why");
    harness.state_mut().page.view.draft.as_mut().expect("an answer").text = "She had a red flag".into();
    harness.run();
    click(&mut harness, "Save my answer");
    let kind = AnnotationKind::Answered { contested: "1".repeat(32), upheld: Upheld::Mark };
    let text = "She had a red flag".to_owned();
    let kept = Outcome::Annotate { kind: kind.clone(), text: text.clone(), shared: true, event: None };
    assert_eq!(harness.state().kept.last(), Some(&kept));
    // As whoever contested it reads it.
    let mut own = under();
    (own.head.by, own.viewer) = ("Wren".into(), "Wren".into());
    let mut answer = note("Robin", kind, &text, true, None);
    answer.id = "2".repeat(32);
    own.take_notes(&[contested("Wren"), answer]);
    own.point_at("urgency");
    let harness = screen(own, WIDE);
    harness.get_by_label_contains("You contested this mark: “She could wait”");
    harness.get_by_label_contains("Robin: the mark stands. “She had a red flag”");
    assert!(harness.query_by_label("Contest this mark").is_none());
}

#[test]
fn an_answer_that_is_begun_is_not_thrown_away_by_another_mark() {
    let mut harness = screen(trainers(&[contested("Wren")]), vec2(1356.0, 1400.0));
    click(&mut harness, "Answer Wren");
    click(&mut harness, "The objection is right");
    press(&mut harness, Key::ArrowRight);
    let draft = harness.state().page.view.draft.as_ref();
    assert!(draft.is_some_and(|draft| draft.upheld == Some(Upheld::Objection)));
}

#[test]
fn a_simulated_persons_call_says_so() {
    let mut page = trainers(&[]);
    page.head.by = format!("{}0001", crate::simulation::SIMULATED);
    let harness = screen(page, WIDE);
    harness.get_by_label("A simulated person's call: nobody real took it.");
    assert!(screen(trainers(&[]), WIDE).query_by_label_contains("nobody real took it").is_none());
}

#[test]
fn whoever_comes_from_the_review_room_goes_back_there() {
    let mut page = trainers(&[]);
    page.from_room = true;
    let mut harness = screen(page, WIDE);
    click(&mut harness, "Back to the review room");
    assert_eq!(harness.state().kept.last(), Some(&Outcome::Leave));
}

#[test]
fn what_a_trainer_says_goes_into_a_file_for_whoever_took_the_call() {
    let private = note("Robin", AnnotationKind::Comment, "only for me", false, None);
    let mut comment = note("Robin", AnnotationKind::Comment, "well listened", true, None);
    comment.id = "3".repeat(32);
    let mut harness = screen(trainers(&[contested("Wren"), private.clone()]), vec2(1356.0, 3000.0));
    assert!(harness.query_by_label_contains("Write it into a file").is_none(), "there is nothing for them yet");
    harness.state_mut().page.take_notes(&[contested("Wren"), private, marked("Robin", 1), comment]);
    harness.run();
    click(&mut harness, "Write it into a file for Wren");
    let Some(Outcome::ForOwner(file)) = harness.state().kept.last() else { panic!("{:?}", harness.state().kept) };
    assert!(file.contains("well listened") && file.contains("Marked"), "{file}");
    assert!(!file.contains("only for me") && !file.contains("She could wait"), "{file}");
}
