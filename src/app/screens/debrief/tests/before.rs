//! Before any mark is shown, and on the way out.

use super::*;

#[test]
fn it_asks_how_it_was_before_it_tells() {
    let mut harness = screen(just_taken("back-mechanical", "clinical-advisor"), WIDE);
    harness.get_by_label("How was that?");
    assert!(harness.query_by_label_contains("points").is_none(), "no mark is shown yet");
    click(&mut harness, "5 of 5, good");
    click(&mut harness, "Show me the call");
    let Some(Outcome::Annotate { kind: AnnotationKind::SelfRating(rating), shared, .. }) = harness.state().kept.first()
    else {
        panic!("the rating is kept: {:?}", harness.state().kept);
    };
    assert_eq!((u8::from(*rating), *shared), (5, false));
    assert_eq!(harness.state().page.view.step, Step::Page);
}

#[test]
fn a_number_rates_the_call_unless_it_is_being_typed() {
    let mut harness = screen(just_taken("back-mechanical", "clinical-advisor"), WIDE);
    press(&mut harness, Key::Num2);
    assert_eq!(harness.state().page.view.rating, Some(2));
    // The keyboard is at the words: what is typed next is one of them.
    harness.run();
    press(&mut harness, Key::Num4);
    assert_eq!(harness.state().page.view.rating, Some(2));
    let field = harness.get_all_by_label("What went well?").last().expect("the field");
    assert!(field.is_focused());
}

#[test]
fn what_went_well_without_a_rating_begins_the_reflection() {
    let mut page = just_taken("back-mechanical", "clinical-advisor");
    page.view.went_well = "I read the number back".into();
    let mut harness = screen(page, WIDE);
    click(&mut harness, "Show me the call");
    assert_eq!(harness.state().page.view.reflection, "I read the number back");
}

#[test]
fn a_call_that_weighs_begins_and_ends_gently() {
    let mut harness = screen(just_taken("inhaler-short-sentences", "health-advisor"), WIDE);
    harness.get_by_label("Take a minute");
    assert!(harness.query_by_label("How was that?").is_none());
    click(&mut harness, "I am ready");
    click(&mut harness, "Show me the call");
    // Its story is not pressed on anybody.
    harness.get_by_label("Read it");
    harness.state_mut().page.act(Do::Leave);
    harness.run();
    harness.get_by_label("You can leave this one here");
    click(&mut harness, "Back to the calls");
    assert_eq!(harness.state().kept.last(), Some(&Outcome::Leave));
}

#[test]
fn a_rating_is_kept_when_the_rest_has_to_wait() {
    let mut harness = screen(just_taken("back-mechanical", "clinical-advisor"), WIDE);
    press(&mut harness, Key::Num3);
    click(&mut harness, "Back to the calls");
    let kept = &harness.state().kept;
    assert!(matches!(kept[0], Outcome::Annotate { kind: AnnotationKind::SelfRating(_), .. }), "{kept:?}");
    assert_eq!(kept[1], Outcome::Leave);
}

#[test]
fn whoever_comes_back_to_a_call_is_asked_unless_they_have_said() {
    let again = |viewer: &str, notes: &[Annotation]| {
        let mut page = under();
        page.head.by = "Wren".into();
        page.viewer = viewer.into();
        page.view.step = Step::Opening;
        page.take_notes(notes);
        page.open();
        page.view.step
    };
    let rated = AnnotationKind::SelfRating(2.try_into().expect("a rating"));
    assert_eq!(again("Wren", &[]), Step::Rating);
    assert_eq!(again("Wren", &[note("Wren", rated, "", false, None)]), Step::Page);
    assert_eq!(again("Robin", &[]), Step::Page, "nobody is asked how somebody else's call was");
}
