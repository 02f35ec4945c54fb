//! Marks, transcript and replay.

use super::*;

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
