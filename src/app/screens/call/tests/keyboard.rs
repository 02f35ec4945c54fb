//! A call by keyboard alone: every key of the keyboard map that belongs to this screen.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{self, Key, KeyboardShortcut, Modifiers};

use egui_kittest::kittest::Queryable;

use super::super::state::{Do, Over, View};
use super::{Call, Hands, Set, call};
use crate::app::keys::{self, Command, Keys};
use crate::call::{Action, Event, Slot, Speaker};
use crate::standards::FieldName;

fn pinned(call: &Call) -> Vec<(u32, Slot)> {
    call.state().live.call().state().pins.iter().map(|pin| (pin.line, pin.slot)).collect()
}

fn looked_at(call: &Call) -> Vec<String> {
    call.state().ui.fields.iter().map(|draft| draft.text.clone()).collect()
}

#[test]
fn the_ask_bar_has_the_keyboard_at_once_and_enter_says_what_is_chosen() {
    let mut call = call(&Set::default());
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
    call.types("breathing now");
    assert!(call.has("How is your breathing right now"));
    call.press(Key::ArrowDown);
    assert_eq!(call.state().ui.ask.chosen, 1);
    call.press(Key::ArrowUp);
    call.press(Key::Enter);
    let (by, words) = call.lines().first().unwrap().clone();
    assert_eq!(by, Speaker::Trainee);
    assert!(words.starts_with("How is your breathing right now"), "{words}");
    assert_eq!(call.state().ui.ask.typed, "");
}

#[test]
fn ctrl_enter_says_exactly_what_was_typed() {
    let mut call = call(&Set::default());
    call.types("Hello, my name is Robin, how can I help you?");
    call.press_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(call.lines()[0].1, "Hello, my name is Robin, how can I help you?");
}

#[test]
fn what_is_typed_and_entered_in_one_slow_frame_is_found_first() {
    let mut call = call(&Set::default());
    call.event(egui::Event::Text("breathing now".into()));
    call.key_press(Key::Enter);
    call.event(egui::Event::Text("chest".into()));
    call.run_steps(4);
    assert!(call.lines()[0].1.starts_with("How is your breathing right now"), "{:?}", call.lines());
    assert_eq!(call.state().ui.ask.typed, "chest", "what follows belongs to the next line");
    call.event(egui::Event::Text(" pain is it".into()));
    call.event(egui::Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    });
    call.run_steps(4);
    assert_eq!(call.state().done.last(), Some(&Do::SayFreely("chest pain is it".into())));
}

#[test]
fn words_typed_while_nothing_has_the_keyboard_go_to_the_ask_bar() {
    let mut call = call(&Set::default());
    call.ctx.memory_mut(|memory| memory.focused().into_iter().for_each(|id| memory.surrender_focus(id)));
    call.types("hel");
    call.types("lo");
    assert_eq!(call.state().ui.ask.typed, "hello");
    let ask_bar = super::super::ask_bar::id();
    assert!(call.ctx.memory(|memory| memory.has_focus(ask_bar)));
}

#[test]
fn what_the_caller_says_can_be_read_while_a_handover_is_written() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    let (_, said) = call.lines().last().unwrap().clone();
    call.say("/transfer");
    let shown = call.query_all_by_label_contains(&said).count();
    call.press(Key::Escape);
    let without = call.query_all_by_label_contains(&said).count();
    assert_eq!(shown, without + 1, "{said}");
}

#[test]
fn own_words_are_the_last_row_and_unclear_ones_are_asked_about() {
    let mut call = call(&Set::default());
    call.types("blood");
    call.press(Key::ArrowUp);
    call.press(Key::Enter);
    assert!(call.has("could be several things"));
    call.press(Key::Escape);
    assert!(!call.has("could be several things"));
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
}

#[test]
fn each_slash_command_does_what_it_says() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    call.say("/decide");
    assert_eq!(call.state().ui.view, View::Outcome);
    call.press(Key::Escape);
    call.say("/back");
    assert_eq!(call.state().ui.view, View::Talk);
    call.say("/note");
    assert_eq!(call.focused().as_deref(), Some("Notes for the record"));
    call.press(Key::Escape);
    call.say("/record");
    assert_eq!(call.focused().as_deref(), Some("Where is the patient now?"));
    call.press(Key::Escape);
    call.say("/transfer");
    assert_eq!(call.state().ui.over, Some(Over::Transfer));
    call.press(Key::Escape);
    assert_eq!(call.state().ui.over, None);
    call.say("/topic heart");
    assert!(call.has("Any pain or tightness") || call.state().ui.ask.filter.is_some());
    call.press(Key::Escape);
    assert!(call.state().ui.ask.filter.is_none());
    call.say("/patient");
    assert!(call.state().done.iter().any(|what| matches!(what, super::Do::Act(Action::SpeakTo(_)))));
    call.say("/hold");
    assert_eq!(call.state().ui.over, Some(Over::Hold));
    assert!(call.state().live.call().state().held);
    call.press(Key::Escape);
    assert!(!call.state().live.call().state().held);
    call.say("/pause");
    assert!(call.state().live.paused());
}

#[test]
fn what_is_typed_after_hold_belongs_to_the_question() {
    let mut call = call(&Set::default());
    call.types("/hold");
    // As quickly as a hand can: the panel is not there yet.
    call.key_press(Key::Enter);
    call.step();
    call.event(bevy_egui::egui::Event::Text("Is numbness".into()));
    call.step();
    call.event(bevy_egui::egui::Event::Text(" urgent?".into()));
    call.run_steps(4);
    assert_eq!(call.state().ui.question, "Is numbness urgent?");
    assert_eq!(call.state().ui.ask.typed, "");
    // And the other way: what follows the panel is the ask bar's.
    call.key_press(Key::Escape);
    call.step();
    call.event(bevy_egui::egui::Event::Text("hel".into()));
    call.step();
    call.event(bevy_egui::egui::Event::Text("lo".into()));
    call.run_steps(3);
    assert_eq!(call.state().ui.ask.typed, "hello");
    assert_eq!(call.state().ui.question, "Is numbness urgent?");
}

#[test]
fn what_is_typed_after_transfer_belongs_to_the_situation() {
    let mut call = call(&Set::default());
    call.types("/transfer");
    call.key_press(Key::Enter);
    call.step();
    call.event(bevy_egui::egui::Event::Text("Back pain".into()));
    call.run_steps(4);
    assert_eq!(call.state().ui.sbar.situation, "Back pain");
    assert_eq!(call.state().ui.ask.typed, "");
}

#[test]
fn the_transcript_is_read_pinned_and_quoted_by_keyboard() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    call.press(Key::ArrowUp);
    assert_eq!(call.focused().as_deref(), Some("Transcript"));
    assert_eq!(call.state().ui.line, Some(1));
    let slots = [
        (Key::S, Slot::Situation),
        (Key::B, Slot::Background),
        (Key::A, Slot::Assessment),
        (Key::R, Slot::Recommendation),
    ];
    for (key, slot) in slots {
        call.press(key);
        assert_eq!(pinned(&call), [(1, slot)]);
    }
    call.press(Key::X);
    assert_eq!(pinned(&call), []);
    call.press(Key::ArrowUp);
    assert_eq!(call.state().ui.line, Some(0));
    call.press(Key::ArrowDown);
    call.press(Key::Enter);
    let quotes = call.state().live.call().state().lines.iter().any(|line| line.quotes == Some(1));
    assert!(quotes);
    // Down from the last line is the ask bar again.
    call.hear_out();
    for _ in 0..5 {
        call.press(Key::ArrowDown);
    }
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
}

#[test]
fn letters_that_are_typed_are_letters() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    for (key, letter) in [(Key::S, "s"), (Key::B, "b"), (Key::A, "a"), (Key::R, "r"), (Key::X, "x")] {
        call.key_press(key);
        call.types(letter);
    }
    assert_eq!(call.state().ui.ask.typed, "sbarx");
    assert_eq!(pinned(&call), []);
}

#[test]
fn the_record_is_filled_in_field_by_field_and_ticked() {
    let mut call = call(&Set::default());
    call.click("Ask: Where is the patient now?");
    assert_eq!(call.lines()[0].0, Speaker::Trainee);
    let asked = call.state().live.call().state().lines[0].utterance.unwrap();
    assert!(call.state().library.standards.bank[asked].probes.contains(&"location".into()));
    call.hear_out();
    call.get_by_role_and_label(Role::TextInput, "Where is the patient now?").focus();
    call.run_steps(2);
    call.types("12 Mill Lane");
    call.press(Key::Enter);
    assert_eq!(call.focused().as_deref(), Some("Call-back number"));
    call.types("07700 900142");
    call.press(Key::Enter);
    assert_eq!(call.focused().as_deref(), Some("Caller's name"));
    assert_eq!(looked_at(&call)[..2], ["12 Mill Lane", "07700 900142"]);
    // Reading back says what is typed.
    call.click("Read back: Where is the patient now?");
    assert!(call.lines().iter().any(|(by, words)| *by == Speaker::Trainee && words.contains("12 Mill Lane")));
    call.get_by_label("Where is the patient now? confirmed aloud").focus();
    call.run_steps(2);
    call.press(Key::Space);
    let field = call.state().live.call().state().fields.iter().find(|f| f.name == FieldName::Location).unwrap();
    assert!(field.confirmed);
    call.press(Key::Escape);
    assert_eq!(call.focused().as_deref(), Some("Ask or say"));
}

#[test]
fn f9_pauses_and_goes_on() {
    let mut call = call(&Set::default());
    call.press(Key::F9);
    assert!(call.state().live.paused());
    assert!(call.has("Paused"));
    let clock = call.state().live.clock();
    call.hear(3000);
    assert_eq!(call.state().live.clock(), clock);
    call.press(Key::F9);
    assert!(!call.state().live.paused());
    call.types("hello");
    assert_eq!(call.state().ui.ask.typed, "hello");
}

#[test]
fn a_key_that_was_changed_works_and_the_old_one_does_not() {
    let mut call = call(&Set::default());
    let mut keys = Keys::default();
    keys.set(Command::Pause, KeyboardShortcut::new(Modifiers::NONE, Key::F2)).unwrap();
    keys::install(&call.ctx, &keys);
    call.press(Key::F9);
    assert!(!call.state().live.paused());
    call.press(Key::F2);
    assert!(call.state().live.paused());
    assert!(call.has("Go on (F2)"));
}

#[test]
fn tab_comes_to_every_region() {
    let mut call = call(&Set::default());
    let mut seen = Vec::new();
    for _ in 0..90 {
        seen.extend(call.focused());
        call.press(Key::Tab);
    }
    for label in [
        "Ask or say",
        "Acknowledge",
        "Transcript",
        "Where is the patient now?",
        "Ask: Where is the patient now?",
        "Read back: Where is the patient now?",
        "Where is the patient now? confirmed aloud",
        "GP practice",
        "Notes for the record",
        "Speak to the patient",
        "Hold & ask a clinician",
        "Warm transfer",
        "Decide",
        "Chest, body map",
        "Feet, body map",
        "Body map, back",
        "Pause",
        "Sound on",
        "Special notes",
        "Previous contacts",
    ] {
        assert!(seen.iter().any(|one| one == label), "{label} is not reached by Tab: {seen:?}");
    }
    assert!(seen.iter().any(|one| one.starts_with("Stage 2")), "{seen:?}");
    assert!(seen.iter().any(|one| one.starts_with("Topic ")), "{seen:?}");
}

#[test]
fn a_line_is_cut_short_from_the_ask_bar() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear(7000);
    call.say("/interrupt");
    assert!(call.state().live.call().events().iter().any(|event| matches!(event.event, Event::Cut { .. })));
}
