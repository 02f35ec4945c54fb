//! A call by mouse alone.

use bevy_egui::egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};

use super::super::filter::{Filter, Say};
use super::super::state::{Over, View};
use super::{Hands, Set, call};
use crate::call::{Action, Ending, LookUp, Slot, Speaker};
use crate::standards::Stage;

#[test]
fn the_four_actions_are_found_by_name() {
    let mut call = call(&Set::default());
    call.click("Warm transfer");
    assert_eq!(call.state().ui.over, Some(Over::Transfer));
    call.click("Not now");
    call.click("Hold & ask a clinician");
    assert_eq!(call.state().ui.over, Some(Over::Hold));
    call.click("Take them off hold");
    assert_eq!(call.state().ui.over, None);
    call.click("Speak to the patient");
    assert!(call.state().done.iter().any(|what| matches!(what, super::Do::Act(Action::SpeakTo(_)))));
    call.click("Decide");
    assert_eq!(call.state().ui.view, View::Outcome);
}

#[test]
fn a_topic_narrows_the_list_and_a_second_click_widens_it_again() {
    let mut call = call(&Set::default());
    let topic = |call: &super::Call| {
        let node = call.query_all_by_label_contains("Topic Airway").next().unwrap();
        node.accesskit_node().label().unwrap()
    };
    let label = topic(&call);
    call.click(&label);
    assert_eq!(call.state().ui.ask.filter, Some(Filter::Topic("airway-breathing".into())));
    assert!(call.has("How is your breathing right now"));
    call.types("cough");
    assert!(call.has("cough"));
    assert!(!call.has("passing water"));
    call.click("Stop listing Airway and breathing");
    assert!(call.state().ui.ask.filter.is_none());
}

#[test]
fn the_body_map_narrows_the_list_front_and_back() {
    let mut call = call(&Set::default());
    call.click("Chest, body map");
    assert_eq!(call.state().ui.ask.filter, Some(Filter::Region("chest".into())));
    assert!(call.has("breathing"));
    call.click("Chest, body map");
    assert!(call.state().ui.ask.filter.is_none());
    assert!(call.query_by_label("Lower back, body map").is_none());
    call.click("Body map, back");
    call.click("Lower back, body map");
    assert_eq!(call.state().ui.ask.filter, Some(Filter::Region("lower-back".into())));
    // Good lines and poor ones stand side by side: the list does not tell them apart.
    let library = &call.state().library;
    let listed = call.state().ui.ask.filter.as_ref().unwrap().places(library);
    let is_poor = |n: &&usize| !library.standards.bank[**n].flaws.is_empty();
    assert!(listed.iter().any(|n| is_poor(&n)) && !listed.iter().all(|n| is_poor(&n)));
}

#[test]
fn every_region_of_the_standards_lists_something() {
    let call = call(&Set::default());
    let library = &call.state().library;
    for region in &library.standards.topics.regions {
        let count = Filter::Region(region.id.clone()).places(library).len();
        assert!(count >= 4, "{}: {count}", region.name);
    }
}

#[test]
fn ways_of_speaking_list_statements_good_and_poor() {
    let mut call = call(&Set::default());
    for say in Say::ALL {
        call.click(say.name());
        assert_eq!(call.state().ui.ask.filter, Some(Filter::Say(say)));
        let places = Filter::Say(say).places(&call.state().library);
        assert!(places.len() >= 3, "{say:?}: {}", places.len());
        call.click(say.name());
    }
    call.click("Acknowledge");
    assert!(call.has("That sounds really hard"));
    assert!(call.has("calm down") || call.has("Calm down"));
    let before = call.state().live.clock();
    call.click("Wait quietly");
    assert!(call.state().live.clock() >= before + 10_000);
}

#[test]
fn cutting_in_belongs_to_slowing_down_while_somebody_speaks() {
    let mut call = call(&Set::default());
    call.click("Slow them down");
    assert!(!call.has("Cut in"));
    call.click("Slow them down");
    call.say("hello");
    call.hear(7000);
    call.click("Slow them down");
    assert!(call.has("Cut in"));
}

#[test]
fn any_stage_can_be_opened_at_any_time() {
    let mut call = call(&Set::default());
    call.click("Stage 6: Plan");
    assert_eq!(call.state().live.call().state().stage, Stage::Plan);
    call.click("Stage 2: Emergency check");
    assert_eq!(call.state().live.call().state().stage, Stage::First);
    assert!(call.query_by_label("Stage 6: Plan, opened before").is_some());
}

#[test]
fn a_line_is_pinned_quoted_and_written_down_by_its_pin() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear_out();
    let pin = call.query_all_by_label_contains("Pin line at").last().unwrap().accesskit_node().label().unwrap();
    call.get_by_label(&pin).click();
    call.run_steps(3);
    call.get_by_label("A  Assessment").click();
    call.run_steps(3);
    assert_eq!(call.state().live.call().state().pins[0].slot, Slot::Assessment);
    let off = call.query_all_by_label_contains("Unpin line at").next().unwrap().accesskit_node().label().unwrap();
    call.click(&off);
    assert!(call.state().live.call().state().pins.is_empty());
}

#[test]
fn what_is_on_file_is_looked_up_and_the_summary_record_by_clinicians_alone() {
    let mut advisor = call(&Set::default());
    assert!(advisor.query_by_label("Summary record").is_none());
    advisor.click("Special notes");
    assert_eq!(advisor.state().ui.over, Some(Over::OnFile(LookUp::SpecialNotes)));
    assert!(advisor.has("Nothing on file") || advisor.has("Special notes"));
    advisor.click("Back to the call");
    advisor.types("hello");
    assert_eq!(advisor.state().ui.ask.typed, "hello");
    let mut clinician = call(&Set { role: "clinical-advisor", ..Set::default() });
    clinician.click("Summary record");
    assert_eq!(clinician.state().ui.over, Some(Over::OnFile(LookUp::SummaryRecord)));
}

#[test]
fn earlier_lines_fold_and_unfold() {
    let mut call = call(&Set { size: super::vec2(1000.0, 520.0), ..Set::default() });
    call.say("hello");
    call.hear_out();
    for words in ["location now", "callback number", "breathing now", "allergies", "medicines"] {
        call.say(words);
        call.hear_out();
    }
    assert!(call.query_by_label_contains("00:01 You").is_none());
    let more = call.query_all_by_label_contains("earlier line").next().unwrap().accesskit_node().label().unwrap();
    assert!(more.ends_with("earlier lines"), "{more}");
    call.click(&more);
    assert!(call.query_by_label_contains("Hello, you're through").is_some());
    call.click("Hide earlier lines");
    assert!(call.query_by_label_contains("Hello, you're through").is_none());
}

#[test]
fn skipping_ahead_goes_to_the_end_of_what_is_said() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear(6000);
    call.click("Skip ahead");
    assert!(!call.state().live.to_be_heard());
    assert!(matches!(call.lines()[1].0, Speaker::Caller | Speaker::Patient));
}

#[test]
fn a_quiet_minute_and_the_ways_out() {
    let mut call = call(&Set::default());
    call.click("Pause");
    call.click("Take a breather");
    assert!(call.has("Breathe") || call.has("breathe"));
    call.click("I am ready to go on");
    assert!(!call.state().live.paused());
    call.click("Pause");
    call.click("Break off");
    assert!(call.has("Break the exercise off?"));
    call.click("Back");
    assert!(call.has("Paused"));
    call.click("Leave it for now");
    assert!(call.state().ui.stepped_out);
    assert!(call.state().live.call().state().ended.is_none());
}

#[test]
fn a_second_click_is_not_a_second_question() {
    let mut call = call(&Set::default());
    call.say("hello");
    call.hear(6500);
    for _ in 0..3 {
        call.click("Ask: Where is the patient now?");
    }
    call.hear_out();
    let asked = call.lines().iter().filter(|(by, _)| *by == Speaker::Trainee).count();
    assert_eq!(asked, 2);
    call.click("Ask: Where is the patient now?");
    call.hear_out();
    assert_eq!(call.lines().iter().filter(|(by, _)| *by == Speaker::Trainee).count(), 3);
}

#[test]
fn a_handover_that_nobody_takes_says_so_and_can_be_tried_again() {
    // With this seed, no clinician is free at the first try.
    let mut call = call(&Set { seed: 2, ..Set::default() });
    call.say("hello");
    call.hear_out();
    call.types("/transfer");
    call.press(Key::Enter);
    call.types("Back pain, numb on wiping");
    call.click("Hand over");
    assert!(call.has("No clinician was free"));
    call.click("Hand over");
    assert_eq!(call.state().live.call().state().ended, Some(Ending::Transferred));
}
