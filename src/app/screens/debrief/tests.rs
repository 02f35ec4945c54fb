//! The debrief, found by label as a screen reader finds it.

use bevy_egui::egui::{Key, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::debrief_ui;
use super::mark::Kind;
use super::model::Page;
use super::view::{Outcome, Step};
use crate::app::screens::testing::{self, harness, head, library};
use crate::call::Action;
use crate::records::{Annotation, AnnotationKind, Mode, Target};

const WIDE: Vec2 = vec2(1356.0, 900.0);
/// 200 % text in a window of 1024×700, beside the rail.
const NARROW: Vec2 = vec2(468.0, 350.0);

struct Screen {
    page: Page,
    kept: Vec<Outcome>,
}

fn screen(page: Page, size: Vec2) -> Harness<'static, Screen> {
    let mut harness = harness(size, Screen { page, kept: Vec::new() }, |ui, screen: &mut Screen| {
        if let Some(done) = debrief_ui(ui, &mut screen.page) {
            let outcomes = screen.page.act(done);
            screen.kept.extend(outcomes);
        }
    });
    harness.run();
    harness.run();
    harness
}

fn page(slug: &str, role: &str, mode: Mode, variant: Option<&str>, change: impl Fn(Action) -> Vec<Action>) -> Page {
    let library = library();
    let live = testing::taken(library, head(library, slug, role, mode, variant), slug, change);
    let mut page = Page::new(&live, library, false);
    page.view.step = Step::Page;
    page
}

fn as_modelled(slug: &str, role: &str) -> Page {
    page(slug, role, Mode::Coach, None, |action| vec![action])
}

/// Decides on this code, arranges nothing, and never says when to ring again.
fn decides_on(code: &'static str) -> impl Fn(Action) -> Vec<Action> {
    move |action| match action {
        Action::Decide { confidence, .. } => {
            let reason = "it sounds like a strain".into();
            vec![Action::Decide { disposition: code.into(), reason, confidence }]
        }
        Action::Offer(_) | Action::Accept(_) | Action::Reject { .. } | Action::Search => vec![],
        Action::Say { utterance, .. } if utterance.starts_with("aw-") || &*utterance == "q-saddle-numb" => vec![],
        other => vec![other],
    }
}

fn under() -> Page {
    page("back-saddle-numb", "clinical-advisor", Mode::Coach, None, decides_on("Dx08"))
}

fn just_taken(slug: &str, role: &str) -> Page {
    let library = library();
    let live = testing::taken(library, head(library, slug, role, Mode::Coach, None), slug, |a| vec![a]);
    Page::new(&live, library, true)
}

fn click(harness: &mut Harness<'static, Screen>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
    harness.run();
}

fn press(harness: &mut Harness<'static, Screen>, key: Key) {
    harness.key_press(key);
    harness.run();
    harness.run();
}

fn note(by: &str, kind: AnnotationKind, text: &str, shared: bool, event: Option<u32>) -> Annotation {
    let target = Some(Target { record: "0".repeat(32), event });
    Annotation { id: "1".repeat(32), by: by.into(), target, at: String::new(), kind, text: text.into(), shared }
}

// ------------------------------------------------------------------ before any mark

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
    harness.get_all_by_label("What went well?").last().expect("the field").focus();
    harness.run();
    press(&mut harness, Key::Num4);
    assert_eq!(harness.state().page.view.rating, Some(2));
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
    harness.state_mut().page.act(super::view::Do::Leave);
    harness.run();
    harness.get_by_label("You can leave this one here");
    click(&mut harness, "Back to the calls");
    assert_eq!(harness.state().kept.last(), Some(&Outcome::Leave));
}

// ------------------------------------------------------------------ what is said of the call

#[test]
fn the_headline_says_what_the_patient_needed() {
    let harness = screen(under(), WIDE);
    harness.get_by_label_contains("Five steps under, and not safe. Donna needed: Emergency department within 1 hour.");
    harness.get_by_label_contains("Your decision: See primary care within 24 hours, five steps under.");
    harness.get_by_label_contains("Safety cap:");
    harness.get_by_label_contains("Another kind of place.");
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

// ------------------------------------------------------------------ marks and transcript

#[test]
fn the_arrows_walk_the_marks_and_light_their_lines() {
    let mut harness = screen(under(), WIDE);
    let first = harness.state().page.view.chosen.expect("what matters most is chosen");
    press(&mut harness, Key::ArrowRight);
    let next = harness.state().page.view.chosen.expect("a mark");
    assert_eq!(next, first + 1);
    assert_eq!(harness.state().page.view.row, harness.state().page.marks[next].rows.first().copied());
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(harness.state().page.view.chosen, Some(first));
}

#[test]
fn the_arrows_stay_with_the_marks_when_a_button_has_the_keyboard() {
    let mut harness = screen(under(), WIDE);
    harness.get_by_label("Add comment").focus();
    harness.run();
    harness.run();
    let first = harness.state().page.view.chosen.expect("a mark");
    press(&mut harness, Key::ArrowRight);
    assert_eq!(harness.state().page.view.chosen, Some(first + 1));
    assert!(harness.get_by_label("Add comment").is_focused());
}

#[test]
fn a_mark_is_chosen_from_the_list_the_timeline_and_the_transcript() {
    let page = under();
    let n = page.marks.iter().position(|mark| mark.id == "own/teach-back").expect("marked");
    let (title, row) = (page.marks[n].title.clone(), page.marks[n].rows[0]);
    let says = page.rows[row].says();
    let mut harness = screen(page, vec2(1356.0, 4000.0));
    harness.get_by_label_contains(&format!("Done well: {title}")).click();
    harness.run();
    assert_eq!((harness.state().page.view.chosen, harness.state().page.view.row), (Some(n), Some(row)));
    press(&mut harness, Key::ArrowLeft);
    harness.get_all_by_label_contains("On the timeline").next().expect("a mark").click();
    harness.run();
    // As a screen reader does it.
    harness.get_by_label(&says).click_accesskit();
    harness.run();
    assert_eq!(harness.state().page.view.row, Some(row));
    let chosen = harness.state().page.view.chosen.expect("a mark of this line");
    assert_eq!(harness.state().page.marks[chosen].rows[0], row);
}

#[test]
fn the_filters_list_one_kind() {
    let mut harness = screen(under(), WIDE);
    let count = harness.state().page.marks.iter().filter(|mark| mark.kind == Kind::Safety).count();
    click(&mut harness, &format!("Safety, {count} marks"));
    let screen = harness.state();
    assert!(screen.page.shown().iter().all(|&n| screen.page.marks[n].kind == Kind::Safety));
    assert!(screen.page.shown().contains(&screen.page.view.chosen.expect("one of them")));
}

#[test]
fn what_matters_most_leads_to_its_moment() {
    let mut harness = screen(under(), WIDE);
    press(&mut harness, Key::ArrowRight);
    click(&mut harness, "Would matter most: Decided too late");
    let screen = harness.state();
    let chosen = screen.page.view.chosen.expect("chosen");
    assert_eq!(screen.page.marks[chosen].kind, Kind::Under);
    assert!(screen.page.rows[screen.page.view.row.expect("its moment")].text.starts_with("You decided"));
}

#[test]
fn what_was_lost_is_never_said_in_the_words_of_what_was_asked_for() {
    let page = under();
    for mark in page.marks.iter().filter(|mark| mark.kind != Kind::Done) {
        let criterion = page.mark.criteria.iter().find(|c| c.id == mark.id).expect("its criterion");
        assert_ne!(mark.title, criterion.text);
    }
}

// ------------------------------------------------------------------ replay

#[test]
fn p_plays_on_from_the_chosen_line_and_space_stops() {
    let mut harness = screen(under(), WIDE);
    press(&mut harness, Key::ArrowLeft);
    let row = harness.state().page.view.row.expect("a row");
    press(&mut harness, Key::P);
    let at = harness.state().page.rows[row].at;
    assert_eq!(harness.state().page.view.replay.clock(), Some(at));
    harness.get_by_label("Stop");
    press(&mut harness, Key::Space);
    assert!(!harness.state().page.view.replay.playing());
    press(&mut harness, Key::Space);
    assert!(harness.state().page.view.replay.playing(), "space plays as well");
}

#[test]
fn the_replay_button_plays_by_mouse() {
    let mut harness = screen(under(), WIDE);
    harness.get_by_label_contains("Replay from").click();
    harness.run();
    assert!(harness.state().page.view.replay.playing());
    click(&mut harness, "Stop");
    assert!(!harness.state().page.view.replay.playing());
}

// ------------------------------------------------------------------ what people add

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
fn the_story_can_be_put_away() {
    let mut harness = screen(as_modelled("back-mechanical", "clinical-advisor"), vec2(1356.0, 3000.0));
    click(&mut harness, "Put it away");
    assert!(!harness.state().page.view.story);
    click(&mut harness, "Read it");
    assert!(harness.state().page.view.story);
}

// ------------------------------------------------------------------ any size

#[test]
fn in_a_small_window_the_chosen_mark_shows_its_line() {
    let mut harness = screen(under(), vec2(NARROW.x, 6000.0));
    assert!(harness.query_by_label_contains("What would matter most").is_some());
    click(&mut harness, "Show in the transcript");
    let says = harness.state().page.rows[0].says();
    harness.get_by_label(&says);
    click(&mut harness, "Marks");
    assert!(harness.query_by_label(&says).is_none(), "the transcript has made room");
}

#[test]
fn nothing_is_wider_than_the_window() {
    let modern = |size: Vec2| {
        for page in [under(), as_modelled("back-mechanical", "clinical-advisor")] {
            let harness = screen(page, size);
            for node in harness.root().children_recursive() {
                let known = node.accesskit_node();
                let Some(bounds) = known.raw_bounds() else { continue };
                assert!(bounds.x1 <= f64::from(size.x) + 1.0, "{size}: {bounds:?} {:?}", known.label());
            }
        }
    };
    for size in [vec2(468.0, 3500.0), vec2(640.0, 3000.0), vec2(968.0, 3000.0), WIDE, vec2(1816.0, 1000.0)] {
        modern(size);
    }
    modern(NARROW);
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
