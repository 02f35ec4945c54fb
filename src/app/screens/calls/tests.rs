//! The lists of calls, found by label as a screen reader finds them.

use bevy_egui::egui::{self, Key, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;

use super::*;
use crate::app::past::Taken;
use crate::app::profile::Profile;
use crate::app::theme::{self, Theme};
use crate::call::Ending;
use crate::records::{Annotation, AnnotationKind, Head, Summary};
use crate::scenario::ContentNote;

struct Shelf {
    library: Library,
    offers: Offers,
    past: Past,
    how: How,
    filter: Filter,
    asking: Asking,
    in_hand: Option<String>,
    trainer: bool,
    people: Vec<Profile>,
    done: Vec<CallsAction>,
}

const TODAY: jiff::civil::Date = date(2026, 11, 22);
const WINDOW: egui::Vec2 = vec2(1356.0, 900.0);
const SMALL: egui::Vec2 = vec2(468.0, 350.0);

fn shelf(more: usize) -> Shelf {
    let mut library = Library::open(None).expect("the shipped calls");
    library.entries.retain(|entry| matches!(entry.scenario.number, 412 | 427));
    for n in 0..more {
        let mut entry = library.entries[n % 2].clone();
        let call = &mut entry.scenario;
        (call.id, call.number, call.twin) = (format!("more-{n}").into(), 500 + u32::try_from(n).unwrap_or(0), None);
        call.variants.clear();
        call.caller.name = format!("Caller {}", ["Ash", "Birch", "Cedar"][n % 3]).into();
        match n % 4 {
            1 => call.content_notes = vec![ContentNote::SelfHarm],
            2 => call.roles = vec!["service-advisor".into()],
            3 => call.content_notes = vec![ContentNote::Death, ContentNote::Distress],
            _ => {}
        }
        library.entries.push(entry);
    }
    let mut shelf = Shelf {
        library,
        offers: Offers::default(),
        past: Past::default(),
        how: How { role: "health-advisor".into(), mode: Mode::Coach },
        filter: Filter::default(),
        asking: Asking::Nothing,
        in_hand: None,
        trainer: false,
        people: ["Asha", "Robin"].map(|name| Profile { name: name.into(), ..Profile::default() }).into(),
        done: Vec::new(),
    };
    shelf.renew();
    shelf
}

impl Shelf {
    fn renew(&mut self) {
        self.offers.renew(&self.library, &self.past, "Asha", TODAY);
    }

    fn taken(mut self, n: u8) -> Self {
        self.past.calls = (1..=n)
            .map(|n| Taken {
                id: format!("{n:032x}"),
                call: "call-0427".into(),
                number: 427,
                variant: None,
                role: "health-advisor".into(),
                mode: Mode::Exam,
                by: "Asha".into(),
                on: Some(date(2026, 11, 20)),
                ending: Some(Ending::Early),
                mark: None,
            })
            .collect();
        self.renew();
        self
    }

    fn unfinished(mut self, id: &str, elsewhere: bool) -> Self {
        let head = Head {
            id: id.into(),
            rules: 1,
            call: "call-0412".into(),
            scenario: "".into(),
            standards: "".into(),
            variant: None,
            seed: 0,
            role: "health-advisor".into(),
            mode: Mode::Coach,
            by: "Asha".into(),
            taken: String::new(),
        };
        let ending = None;
        self.past.unfinished =
            vec![Summary { head, finished: false, clock: 63_000, actions: 3, ending, decided: None, elsewhere }];
        self
    }
}

fn harness(shelf: Shelf, size: egui::Vec2) -> Harness<'static, Shelf> {
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        move |ui, shelf: &mut Shelf| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Light);
                return;
            }
            let model = CallsModel {
                library: &shelf.library,
                offers: &shelf.offers,
                past: &shelf.past,
                who: "Asha",
                handed_over: shelf.trainer.then(|| shelf.past.handed_over(&shelf.people).collect()),
                in_hand: shelf.in_hand.as_deref(),
                how: &shelf.how,
                asking: &shelf.asking,
                saving_is_off: None,
            };
            shelf.done.extend(calls_ui(ui, &model, &mut shelf.filter));
        },
        shelf,
    );
    harness.run();
    harness
}

fn click(harness: &mut Harness<'static, Shelf>, label: &str) -> Option<CallsAction> {
    harness.state_mut().done.clear();
    harness.get_by_label(label).click();
    harness.run();
    harness.state_mut().done.pop()
}

fn starts(harness: &Harness<'static, Shelf>) -> usize {
    harness.query_all_by_label_contains("Start call ").count()
}

/// Titles of the calls on the screen, in their order.
fn titles(harness: &Harness<'static, Shelf>) -> Vec<String> {
    let all = harness.root().children_recursive();
    let labels = all.filter_map(|node| node.accesskit_node().value().or(node.accesskit_node().label()));
    labels.filter(|label| label.starts_with("Call 0") && label.contains(" · ")).collect()
}

#[test]
fn a_call_is_listed_by_number_and_caller_and_taken() {
    let mut harness = harness(shelf(0), WINDOW);
    let offer = harness.state().offers.by_call("call-0412").expect("offered").clone();
    harness.get_by_label(&format!("Call 0412 · {}", offer.name));
    harness.get_all_by_label_contains("no content notes · draft, not clinically reviewed").next().expect("a draft");
    assert_eq!(harness.get_all_by_label("New to you").count(), 2);
    let label = format!("Start call 0412. {}", offer.who);
    assert_eq!(click(&mut harness, &label), Some(CallsAction::Take(offer.slug)));
}

#[test]
fn nothing_here_says_what_a_call_is_about() {
    let harness = harness(shelf(8).taken(3), WINDOW);
    let all = harness.root().children_recursive();
    let texts: Vec<String> = all
        .flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()])
        .flatten()
        .map(|text| text.to_lowercase())
        .collect();
    for entry in &harness.state().library.entries {
        let (title, slug) = (entry.scenario.title.to_lowercase(), entry.scenario.id.to_string());
        assert!(!texts.iter().any(|text| text.contains(&title) || text.contains(&slug)));
    }
}

#[test]
fn a_role_sees_what_it_may_not_take_with_the_reason() {
    let mut harness = harness(shelf(8), WINDOW);
    assert_eq!(starts(&harness), 8);
    assert_eq!(harness.get_all_by_label("For the Service Advisor only").count(), 2);
    assert_eq!(click(&mut harness, "Service Advisor"), Some(CallsAction::Role("service-advisor".into())));
    harness.state_mut().how.role = "service-advisor".into();
    harness.run();
    assert_eq!(starts(&harness), 2);
    harness.get_all_by_label("For Health Advisor, Senior Health Advisor and Clinical Advisor").next().expect("why not");
    assert!(harness.query_by_label("Judgement exercise").is_none());
    click(&mut harness, "Open to my role");
    assert_eq!(titles(&harness).len(), 2);
}

#[test]
fn role_and_feedback_are_chosen() {
    let mut harness = harness(shelf(0), WINDOW);
    assert_eq!(click(&mut harness, "Clinical Advisor"), Some(CallsAction::Role("clinical-advisor".into())));
    assert_eq!(click(&mut harness, "Exam"), Some(CallsAction::Mode(Mode::Exam)));
    let exercise = CallsAction::Mode(Mode::JudgementExercise);
    assert_eq!(click(&mut harness, "Judgement exercise"), Some(exercise));
}

#[test]
fn filters_leave_out_and_can_be_taken_away() {
    let mut harness = harness(shelf(8).taken(1), WINDOW);
    assert_eq!(titles(&harness).len(), 10);
    click(&mut harness, "Without self-harm");
    assert_eq!(titles(&harness).len(), 8);
    click(&mut harness, "Without death");
    assert_eq!(titles(&harness).len(), 6);
    click(&mut harness, "Without self-harm");
    click(&mut harness, "Without death");
    click(&mut harness, "New to me");
    assert_eq!(titles(&harness).len(), 9);
    click(&mut harness, "Due");
    harness.get_by_label("Nothing due. Take any call, or stop here.");
}

#[test]
fn a_call_is_searched_for_by_typing() {
    let mut harness = harness(shelf(8), WINDOW);
    harness.get_by_label("Find a call").focus();
    harness.run();
    harness.get_by_label("Find a call").type_text("birch 50");
    harness.run();
    assert!(!titles(&harness).is_empty());
    assert!(titles(&harness).iter().all(|title| title.contains("Caller Birch")));
    harness.state_mut().filter.search = "zebra".into();
    harness.run();
    harness.get_by_label_contains("No call fits.");
}

#[test]
fn the_order_says_nothing_and_stands_still() {
    let mut harness = harness(shelf(48), WINDOW);
    let mixed = titles(&harness);
    assert_eq!(mixed.len(), 50);
    harness.state_mut().renew();
    harness.run();
    assert_eq!(titles(&harness), mixed);
    // Either half of the pair comes first, from one start to another.
    let mut table = shelf(0);
    let first = |_| {
        table.offers = Offers::default();
        table.renew();
        let at = |call: &str| table.offers.by_call(call).map(|offer| offer.mixed);
        at("call-0412") < at("call-0427")
    };
    let firsts: Vec<bool> = (0..60).map(first).collect();
    assert!(firsts.contains(&true) && firsts.contains(&false));
    click(&mut harness, "In order of number");
    let mut sorted = titles(&harness);
    sorted.sort();
    assert_eq!(titles(&harness), sorted);
}

#[test]
fn taken_calls_have_their_debriefs_a_page_at_a_time() {
    let mut harness = harness(shelf(0).taken(70), WINDOW);
    harness.get_by_label_contains("Taken 70 times, the last time with another caller on Friday");
    click(&mut harness, "Taken, 70");
    assert_eq!(harness.get_all_by_label_contains("Debrief of").count(), 30);
    // Both stand below the window: as a screen reader presses them.
    for label in ["Show 30 more of 40", "Show 10 more of 10"] {
        harness.get_by_label(label).click_accesskit();
        harness.run();
    }
    assert_eq!(harness.get_all_by_label_contains("Debrief of").count(), 70);
    let label = "Debrief of Call 0427 · Denise Prior, Friday · Health Advisor · Exam: Broken off";
    let first = harness.get_all_by_label(label).next().expect("the latest");
    first.click();
    harness.run();
    assert_eq!(harness.state_mut().done.pop(), Some(CallsAction::Debrief(format!("{:032x}", 70))));
}

#[test]
fn a_trainer_reads_what_others_handed_over_and_a_trainee_does_not() {
    let mut table = shelf(0).taken(3);
    table.past.calls[0].by = "Wren".into();
    // A colleague's, who has a profile here and has handed nothing over.
    table.past.calls[1].by = "Robin".into();
    table.renew();
    let mut trainee = harness(table, WINDOW);
    trainee.get_by_label("Taken, 1");
    assert!(trainee.query_by_label_contains("Handed over").is_none());
    // Whoever closes the trainer's workspace is not left with the list.
    trainee.state_mut().filter.tab = Tab::HandedOver;
    trainee.run();
    assert!(trainee.query_by_label_contains("Wren").is_none());
    trainee.state_mut().trainer = true;
    trainee.run();
    click(&mut trainee, "Handed over, 1");
    let label = "Debrief of Call 0427 · Denise Prior, Wren · Friday · Health Advisor · Exam: Broken off";
    assert_eq!(click(&mut trainee, label), Some(CallsAction::Debrief(format!("{:032x}", 1))));
    // What is taken back is shown to nobody any more.
    let taken_back = Annotation {
        id: format!("{:032x}", 90),
        by: "Wren".into(),
        target: None,
        at: "2026-11-28T10:00".into(),
        kind: AnnotationKind::Consent { given: false, to: String::new(), what: Vec::new() },
        text: String::new(),
        shared: true,
    };
    trainee.state_mut().past.take_consents(&[taken_back]);
    trainee.run();
    trainee.get_by_label("Handed over, 0");
}

#[test]
fn the_search_is_reached_by_key() {
    let mut harness = harness(shelf(0), WINDOW);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::F);
    harness.run();
    harness.event(egui::Event::Text("427".into()));
    harness.run();
    assert_eq!(harness.state().filter.search, "427");
}

#[test]
fn an_unfinished_call_is_gone_on_with_or_thrown_away_after_asking() {
    let mut harness = harness(shelf(0).unfinished("x", false), WINDOW);
    assert_eq!(click(&mut harness, "Go on with call 0412 at 01:03"), Some(CallsAction::GoOn("x".into())));
    assert_eq!(click(&mut harness, "Throw away call 0412 at 01:03"), Some(CallsAction::ThrowAway("x".into())));
    harness.state_mut().asking = Asking::ThrowAway("x".into());
    harness.run();
    assert_eq!(click(&mut harness, "Keep it"), Some(CallsAction::Keep));
    assert_eq!(click(&mut harness, "Yes, throw it away"), Some(CallsAction::Away("x".into())));
}

#[test]
fn a_call_in_hand_or_elsewhere_cannot_be_thrown_away() {
    let mut table = shelf(0).unfinished("x", false);
    table.in_hand = Some("x".into());
    let in_hand = harness(table, WINDOW);
    in_hand.get_by_label("Call 0412, in hand and paused");
    assert!(in_hand.query_by_label_contains("Throw away").is_none());
    let elsewhere = harness(shelf(0).unfinished("x", true), WINDOW);
    elsewhere.get_by_label("It is being taken in another window.");
    assert!(elsewhere.query_by_label_contains("Go on").is_none());
}

#[test]
fn trouble_is_said_and_put_away() {
    let mut table = shelf(0);
    table.past.trouble = Some("the text of this call was not kept".into());
    let mut harness = harness(table, WINDOW);
    harness.get_by_label("the text of this call was not kept");
    assert_eq!(click(&mut harness, "All right"), Some(CallsAction::TroubleSeen));
}

#[test]
fn in_a_small_window_role_and_feedback_are_a_line_that_opens() {
    let mut harness = harness(shelf(0), SMALL);
    harness.get_by_label("As a Health Advisor · Coach");
    assert!(harness.query_by_label("Exam").is_none());
    click(&mut harness, "Change how I take calls");
    harness.get_by_label("Exam");
}

#[test]
fn everything_is_reached_by_keyboard() {
    let mut harness = harness(shelf(3), SMALL);
    for _ in 0..40 {
        harness.key_press(Key::Tab);
        harness.run();
        let focused = harness.root().children_recursive().find(|node| node.accesskit_node().is_focused());
        if focused.is_some_and(|node| node.accesskit_node().label().is_some_and(|it| it.starts_with("Start call"))) {
            harness.key_press(Key::Enter);
            harness.run();
            assert!(matches!(harness.state_mut().done.pop(), Some(CallsAction::Take(_))));
            return;
        }
    }
    panic!("no call could be started by keyboard");
}

#[test]
fn nothing_leaves_the_window_at_any_size() {
    for size in [WINDOW, vec2(968.0, 700.0), vec2(700.0, 500.0), SMALL] {
        for tab in [Tab::All, Tab::Taken] {
            let mut table = shelf(8).taken(3).unfinished("x", false);
            (table.filter.tab, table.filter.how_is_open) = (tab, true);
            let harness = harness(table, size);
            for node in harness.root().children_recursive() {
                let node = node.accesskit_node();
                let Some(bounds) = node.bounding_box().filter(|_| node.label().or(node.value()).is_some()) else {
                    continue;
                };
                assert!(bounds.x1 <= f64::from(size.x) + 1.0, "{:?} in {size}: {bounds:?}", node.label());
            }
        }
    }
}
