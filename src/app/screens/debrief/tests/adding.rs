//! What people add.

use super::*;
use crate::records::Shared;

#[test]
fn c_comments_on_the_chosen_line() {
    let mut harness = screen(under(), WIDE);
    press(&mut harness, Key::C);
    harness.state_mut().page.view.draft.as_mut().expect("a comment is being written").text = "Here I hurried".into();
    harness.run();
    click(&mut harness, "Save comment");
    let row = harness.state().page.view.row.expect("a row");
    let event = Some(harness.state().page.rows[row].event);
    let text = "Here I hurried".into();
    let kept = Outcome::Annotate { kind: AnnotationKind::Comment, text, shared: false, event };
    assert_eq!(harness.state().kept.last(), Some(&kept));
}

#[test]
fn letters_that_are_typed_are_no_shortcuts() {
    let mut harness = screen(under(), vec2(1356.0, 3000.0));
    harness.get_all_by_label("Reflection").last().expect("the field").focus();
    harness.run();
    for key in [Key::P, Key::C, Key::Space, Key::ArrowRight] {
        press(&mut harness, key);
    }
    assert!(!harness.state().page.view.replay.playing());
    assert_eq!(harness.state().page.view.draft, None);
}

#[test]
fn a_mark_is_contested_with_a_reason() {
    let mut harness = screen(under(), WIDE);
    click(&mut harness, "Contest this mark");
    assert!(harness.state().kept.is_empty());
    harness.state_mut().page.view.draft.as_mut().expect("a reason is being written").text = "She could wait".into();
    harness.run();
    harness.get_all_by_label("Contest this mark").last().expect("a button").click();
    harness.run();
    let Some(Outcome::Annotate { kind: AnnotationKind::Contested { criterion }, text, .. }) =
        harness.state().kept.last()
    else {
        panic!("it is kept: {:?}", harness.state().kept);
    };
    assert_eq!((&**criterion, text.as_str()), ("urgency", "She could wait"));
}

#[test]
fn a_reflection_is_private_until_it_is_shared() {
    let mut page = under();
    page.view.reflection = "I took the codeine for an answer".into();
    page.view.has_typed();
    let mut harness = screen(page, vec2(1356.0, 3000.0));
    click(&mut harness, "Save reflection");
    assert!(matches!(harness.state().kept.last(), Some(Outcome::Annotate { shared: false, .. })));
    click(&mut harness, "Share with my trainer");
    assert!(matches!(harness.state().kept.last(), Some(Outcome::Annotate { shared: true, .. })));
    harness.get_by_label("Shared with your trainer");
}

#[test]
fn a_trainers_comment_stands_at_its_line_and_private_words_stay_private() {
    let mut page = under();
    page.viewer = "Wren".into();
    page.head.by = "Wren".into();
    let event = page.rows[3].event;
    page.take_notes(&[
        note("Robin", AnnotationKind::Comment, "I missed this too, first time.", true, Some(event)),
        note("Kite", AnnotationKind::Comment, "Not for anybody else", false, Some(event)),
        note("Wren", AnnotationKind::Reflection, "Ask it plainly", false, None),
    ]);
    let harness = screen(page, vec2(1356.0, 4000.0));
    harness.get_by_label_contains("Robin: “I missed this too, first time.”");
    assert!(harness.query_by_label_contains("Not for anybody else").is_none());
    assert_eq!(harness.state().page.view.reflection, "Ask it plainly");
}

#[test]
fn of_somebody_elses_call_only_what_is_shared_is_shown() {
    let mut page = under();
    page.head.by = "Wren".into();
    page.viewer = "Robin".into();
    page.trainer = true;
    page.take_notes(&[note("Wren", AnnotationKind::Reflection, "I was tired", false, None)]);
    let harness = screen(page, vec2(1356.0, 3000.0));
    harness.get_by_label("Nothing has been shared.");
    assert!(harness.query_by_label("Save reflection").is_none());
}

#[test]
fn what_was_handed_over_with_a_call_is_shown_although_it_is_not_shared_by_itself() {
    let mut page = under();
    page.head.by = "Wren".into();
    page.viewer = "Robin".into();
    page.trainer = true;
    page.shown_by_owner = [Shared::Calls, Shared::Reflections].into();
    page.take_notes(&[
        note("Wren", AnnotationKind::Reflection, "I was tired", false, None),
        note("Wren", AnnotationKind::Comment, "For me alone", false, None),
        note("Kite", AnnotationKind::Reflection, "Somebody else's", false, None),
    ]);
    let harness = screen(page, vec2(1356.0, 3000.0));
    harness.get_by_label_contains("I was tired");
    assert!(harness.query_by_label_contains("For me alone").is_none());
    assert!(harness.query_by_label_contains("Somebody else's").is_none());
}

#[test]
fn somebody_elses_call_is_told_as_theirs() {
    let mut page = under();
    page.head.by = "Wren".into();
    page.trainer = true;
    page.seen_by("Robin");
    let harness = screen(page, vec2(1356.0, 3000.0));
    assert!(harness.query_all_by_label_contains("Wren · Call 0412").next().is_some(), "whose it is stands at the top");
    assert!(harness.query_all_by_label_contains("Wren's decision").next().is_some());
    assert!(harness.query_by_label_contains("Your decision").is_none());
    let rows = &harness.state().page.rows;
    assert!(rows.iter().any(|row| row.text.starts_with("Wren decided: ")));
    assert!(rows.iter().all(|row| row.who != "You" && !row.text.starts_with("You ")));
    let told = |words| crate::app::screens::debrief::wording::told_of(words, "Wren");
    assert_eq!(
        told("In range, and you asked what mattered. Paul needed: this."),
        "In range, and Wren asked what mattered. Paul needed: this."
    );
    assert_eq!(
        told("You broke this call off. Nothing is marked against you."),
        "Wren broke this call off. Nothing is marked against them."
    );
    assert_eq!(told("2 steps under. Paul needed: this."), "2 steps under. Paul needed: this.");
    // Whoever took it reads it as theirs.
    let mut own = under();
    own.head.by = "Wren".into();
    own.seen_by("Wren");
    assert!(own.rows.iter().any(|row| row.who == "You") && !own.heading.contains("Wren"));
}

#[test]
fn what_could_not_be_saved_is_said_at_the_top() {
    let mut page = under();
    page.view.said = Some(Err("It could not be saved: the disk is full".into()));
    let harness = screen(page, WIDE);
    let said = harness.get_by_label_contains("It could not be saved").rect();
    assert!(said.bottom() < harness.get_by_label("The call").rect().top());
}

#[test]
fn the_story_can_be_put_away() {
    let mut harness = screen(as_modelled("back-mechanical", "clinical-advisor"), vec2(1356.0, 3000.0));
    click(&mut harness, "Put it away");
    assert!(!harness.state().page.view.story);
    click(&mut harness, "Read it");
    assert!(harness.state().page.view.story);
}

#[test]
fn what_was_written_and_not_saved_is_kept_on_the_way_out() {
    let mut page = under();
    page.view.reflection = "I will ask it plainly".into();
    page.view.has_typed();
    assert!(matches!(page.unsaved(), Some(Outcome::Annotate { kind: AnnotationKind::Reflection, shared: false, .. })));
    assert_eq!(page.unsaved(), None, "once");
}

#[test]
fn escape_closes_an_empty_comment_and_keeps_a_written_one() {
    let mut harness = screen(under(), WIDE);
    press(&mut harness, Key::C);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().page.view.draft, None);
    press(&mut harness, Key::C);
    harness.state_mut().page.view.draft.as_mut().expect("a comment").text = "Here".into();
    press(&mut harness, Key::Escape);
    assert!(harness.state().page.view.draft.is_some());
}

#[test]
fn a_half_written_comment_waits_where_it_was_begun() {
    let mut harness = screen(under(), WIDE);
    press(&mut harness, Key::C);
    let row = harness.state().page.view.row;
    harness.state_mut().page.view.draft.as_mut().expect("a comment").text = "Here I".into();
    // Another mark is looked at, and contested: the comment comes first.
    press(&mut harness, Key::ArrowRight);
    harness.run();
    click(&mut harness, "Contest this mark");
    let page = &harness.state().page;
    assert_eq!(page.view.draft.as_ref().map(|draft| draft.text.as_str()), Some("Here I"));
    assert_eq!(page.view.row, row);
    assert!(harness.query_by_label_contains("You were writing this").is_some());
    // And it is gone on with when somebody comes back.
    let draft = harness.state_mut().page.view.draft.take().expect("a comment");
    let mut again = under();
    again.go_on_writing(draft);
    let harness = screen(again, WIDE);
    harness.get_by_label("Save comment");
    assert_eq!(harness.state().page.view.draft.as_ref().map(|draft| draft.text.as_str()), Some("Here I"));
}
