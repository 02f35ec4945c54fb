//! What is to be seen and heard, and what an exam hides.

use super::super::{caption, voice};
use super::{Call, Hands, Set, call};
use crate::app::settings::reduce_motion;
use crate::app::theme::palette::Palette;
use crate::records::Mode;

fn exam() -> Call {
    call(&Set { mode: Mode::Exam, ..Set::default() })
}

/// The line that is being heard, as it may be read.
fn read(call: &Call) -> String {
    let live = &call.state().live;
    let (_, line) = voice::heard_now(live).expect("somebody speaks");
    caption::readable(live, line)
}

#[test]
fn a_coach_shows_the_words_to_come_and_an_exam_hides_them() {
    let mut coached = call(&Set::default());
    let mut examined = exam();
    for call in [&mut coached, &mut examined] {
        call.say("hello");
        call.hear(7000);
    }
    let whole = coached.lines()[1].1.clone();
    assert_eq!(read(&coached), whole);
    let part = read(&examined);
    assert!(whole.starts_with(&part) && part.len() < whole.len(), "{part}");
    // Nor does a screen reader hear more than is seen.
    let last = whole.split(' ').next_back().unwrap();
    assert!(!examined.has(last));
    examined.hear_out();
    assert!(examined.has(last));
}

#[test]
fn an_exam_hides_tension_and_earlier_lines() {
    let mut coached = call(&Set::default());
    let mut examined = exam();
    for call in [&mut coached, &mut examined] {
        call.say("hello");
        call.hear_out();
        call.say("breathing now");
        call.hear_out();
    }
    assert!(coached.has("Tension") && coached.has("Sounds") && coached.has("Hello, you're through"));
    assert!(!examined.has("Tension") && !examined.has("Sounds") && !examined.has("Hello, you're through"));
    assert!(examined.has("Earlier lines are hidden"));
    assert!(examined.has("How is your breathing right now"));
}

#[test]
fn modes_are_labelled() {
    for (mode, label) in [
        (Mode::Coach, "Training call"),
        (Mode::Exam, "Exam call"),
        (Mode::JudgementExercise, "Judgement exercise"),
        (Mode::Guided, "Guided call"),
    ] {
        assert!(call(&Set { mode, ..Set::default() }).has(label), "{label}");
    }
}

#[test]
fn drafts_say_so() {
    assert!(call(&Set::default()).has("Draft"));
}

#[test]
fn a_held_caller_is_not_heard() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    call.say("/hold");
    call.hear(18_000);
    assert!(voice::heard_now(&call.state().live).is_none());
    assert_eq!(voice::doing(&call.state().live), "On hold 00:18");
    assert!(call.has("On hold, nothing is heard"));
}

#[test]
fn the_word_is_filled_or_under_reduced_motion_underlined() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear(7000);
    let live = &call.state().live;
    let (_, line) = voice::heard_now(live).unwrap();
    let underlined = |still| {
        let style = caption::Style { size: 18.0, still };
        let caption = caption::Caption::new(live, line, style, &Palette::DARK);
        caption.job.sections.iter().filter(|section| section.format.underline.width > 0.0).count()
    };
    assert_eq!((underlined(false), underlined(true)), (0, 1));
    reduce_motion(&call.ctx, true);
    call.run_steps(2);
    assert!(call.has("A voice is heard"));
}

#[test]
fn words_are_spoken_one_after_the_other() {
    let mut call = call(&Set::default());
    call.say("hello");
    let mut heard = Vec::new();
    for _ in 0..60 {
        call.hear(200);
        let live = &call.state().live;
        heard.extend(voice::heard_now(live).map(|(_, line)| voice::progress(live, line)));
    }
    assert!(heard.len() > 10);
    assert!(heard.is_sorted(), "{heard:?}");
    assert!(heard.first() < Some(&200) && heard.last() > Some(&800));
}

#[test]
fn only_the_first_name_is_known_before_it_is_asked_for() {
    let call = call(&Set::default());
    let whole = call.state().live.call().script().scenario.caller.name.to_string();
    assert!(whole.contains(' '));
    assert!(!call.has(&whole));
}

#[test]
fn a_call_is_put_away_for_the_next_person_only_when_all_of_it_is_kept() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    let live = &mut call.state_mut().live;
    assert!(live.is_at_rest());
    live.act(crate::call::Action::Wait { seconds: 10 });
    assert!(!live.is_at_rest(), "what was done has not been kept yet");
    _ = live.next_write();
    live.settled(Ok(()));
    assert!(live.is_at_rest());
    live.unsaved = Some("the disk is full".into());
    assert!(!live.is_at_rest());
}
