//! The desk, found by label as a screen reader finds it.

use bevy_egui::egui::{self, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;

use super::*;
use crate::app::past::{Mark, Taken};
use crate::app::screens::desk::model::Waiting;
use crate::app::sets::{HowFar, Row};
use crate::app::theme::{self, Theme};
use crate::call::Ending;
use crate::practice::Outcome;
use crate::scenario::ContentNote;

/// All that the desk looks at, and what was done on it.
struct Table {
    library: Library,
    offers: Offers,
    past: Past,
    how: How,
    waiting: Option<Waiting>,
    guided: bool,
    sets: Vec<SetView>,
    unreadable: Vec<&'static str>,
    saving_is_off: Option<String>,
    ringing: Option<(Id, u32)>,
    fresh: bool,
    done: Vec<DeskAction>,
}

const TODAY: jiff::civil::Date = date(2026, 11, 22);

fn call(id: u8, call: &str, variant: Option<&str>, day: i8, points: u32, missed: bool) -> Taken {
    let summary = serde_json::json!({
        "verdict": if missed { "under-triage" } else { "right" },
        "points": points, "out_of": 100, "shape": 1, "steps": if missed { -2 } else { 0 },
        "missed": if missed { vec!["a-fact"] } else { vec![] },
        "competences": [["C2", points, 100], ["C3", 90, 100]],
    });
    Taken {
        id: format!("{id:032x}"),
        call: call.into(),
        number: call[5..].parse().expect("a number"),
        variant: variant.map(Id::from),
        role: "health-advisor".into(),
        mode: Mode::Coach,
        by: "Asha".into(),
        on: Some(date(2026, 11, day)),
        ending: Some(Ending::Closed),
        mark: Mark::read(&summary.to_string()),
    }
}

impl Table {
    fn new(calls: Vec<Taken>) -> Self {
        let mut library = Library::open(None).expect("the shipped calls");
        library.entries.retain(|entry| matches!(entry.scenario.number, 412 | 427));
        let mut past = Past::default();
        past.calls = calls;
        let mut table = Self {
            offers: Offers::default(),
            library,
            past,
            how: How { role: "health-advisor".into(), mode: Mode::Exam },
            waiting: None,
            guided: false,
            sets: Vec::new(),
            unreadable: Vec::new(),
            saving_is_off: None,
            ringing: None,
            fresh: false,
            done: Vec::new(),
        };
        table.renew();
        table
    }

    fn renew(&mut self) {
        self.offers.renew(&self.library, &self.past, "Asha", TODAY);
    }

    /// A call rings that mentions something.
    fn ringing(mut self) -> Self {
        for entry in &mut self.library.entries {
            entry.scenario.content_notes = vec![ContentNote::SelfHarm, ContentNote::Distress];
        }
        self.renew();
        self.ringing = Some((self.offers.calls[0].slug.clone(), 9));
        self.fresh = true;
        self
    }
}

fn harness(table: Table, size: egui::Vec2) -> Harness<'static, Table> {
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(size).build_ui_state(
        move |ui, table: &mut Table| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Dark);
                return;
            }
            let ringing = table.ringing.as_ref().map(|(slug, seconds)| Ringing {
                offer: table.offers.by_slug(slug).expect("the call"),
                seconds: *seconds,
                phase: None,
                fresh: std::mem::take(&mut table.fresh),
                how: model::mode_words(table.how.mode),
                rings_back: false,
            });
            let sources = Sources {
                library: &table.library,
                offers: &table.offers,
                past: &table.past,
                name: "Asha",
                how: &table.how,
                now: TODAY.at(18, 30, 0, 0),
                waiting: table.waiting.clone(),
                guided: table.guided,
                sets: table.sets.clone(),
                unreadable: table.unreadable.clone(),
                saving_is_off: table.saving_is_off.as_deref(),
            };
            let model = DeskModel::new(sources, ringing);
            table.done.extend(page::desk_ui(ui, &model));
        },
        table,
    );
    harness.run();
    harness
}

const WINDOW: egui::Vec2 = vec2(1356.0, 900.0);
/// What is left at 200 % on 1024×700.
const SMALL: egui::Vec2 = vec2(468.0, 350.0);

fn click(harness: &mut Harness<'static, Table>, label: &str) -> Option<DeskAction> {
    harness.state_mut().done.clear();
    harness.get_by_label(label).click();
    harness.run();
    harness.state_mut().done.pop()
}

/// Every text on the screen.
fn texts(harness: &Harness<'static, Table>) -> String {
    let all = harness.root().children_recursive();
    let texts = all.flat_map(|node| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().collect::<Vec<_>>()
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_ringing_call_says_who_and_how_long_and_never_what_about() {
    let harness = harness(Table::new(vec![]).ringing(), WINDOW);
    for label in ["Good evening, Asha", "Sunday 22 November · Health Advisor", "Incoming call", "Ringing", "00:09"] {
        harness.get_by_label(label);
    }
    harness.get_by_label("Mentions distress and self-harm");
    harness.get_by_label("Draft, not clinically reviewed");
    harness.get_by_label_contains("Exam mode, debrief at the end.");
    harness.get_by_label("Training simulation, not clinical decision support");
    let texts = texts(&harness).to_lowercase();
    assert!(texts.contains("calling for h"));
    for entry in &harness.state().library.entries {
        assert!(!texts.contains(&entry.scenario.title.to_lowercase()));
        assert!(!texts.contains(&*entry.scenario.id));
    }
    assert!(!texts.contains("back pain"));
}

#[test]
fn the_ringing_call_has_the_keyboard() {
    let mut harness = harness(Table::new(vec![]).ringing(), WINDOW);
    assert!(harness.get_by_label_contains("Answer. ").accesskit_node().is_focused());
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state_mut().done.pop(), Some(DeskAction::Answer));
    // The other is one step away.
    harness.key_press(Key::Tab);
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state_mut().done.pop(), Some(DeskAction::NotThisOne));
    let (slug, _) = harness.state().ringing.clone().expect("ringing");
    let answer = format!("Answer. {}", harness.state().offers.by_slug(&slug).expect("offered").who);
    assert_eq!(click(&mut harness, &answer), Some(DeskAction::Answer));
    assert_eq!(click(&mut harness, "Not this one"), Some(DeskAction::NotThisOne));
}

#[test]
fn what_is_due_names_the_interval_and_no_hazard() {
    let calls = vec![call(1, "call-0412", None, 20, 30, true), call(2, "call-0427", None, 15, 40, true)];
    let mut harness = harness(Table::new(calls), WINDOW);
    harness.get_by_label("Call 0412 · Due again: 2 days since you last took it");
    harness.get_by_label("Call 0427 · Due again after 2 days; it has been 7");
    assert_eq!(harness.get_all_by_label("Due today").count(), 2);
    assert!(!texts(&harness).contains("a-fact"));
    let offer = harness.state().offers.by_call("call-0412").expect("offered");
    // Never as it was met last.
    assert_ne!(offer.variant, None);
    let (label, slug) = (format!("Start call 0412. {}", offer.who), offer.slug.clone());
    assert_eq!(click(&mut harness, &label), Some(DeskAction::Start(slug)));
    // Both are due today; each is to come back a week after that, if it goes well.
    harness.get_by_label("Coming back: 2 on Today, 2 on Sun 29 Nov");
}

#[test]
fn how_one_leans_is_said_in_words_too() {
    let mut calls: Vec<Taken> = (0..25).map(|n| call(n, "call-0412", None, 20, 90, n % 5 == 0)).collect();
    calls.push(Taken { ending: Some(Ending::Early), ..call(40, "call-0427", None, 21, 90, true) });
    let harness = harness(Table::new(calls), WINDOW);
    harness.get_by_label("your last 20 decisions, all topics");
    harness.get_by_label("4 under, 16 in range, 0 over");
    harness.get_by_label_contains("C2 ");
}

#[test]
fn recent_calls_lead_to_their_debriefs() {
    let calls: Vec<Taken> =
        (1..=9).map(|n| call(n, "call-0412", None, i8::try_from(n).unwrap_or(1) + 12, 90, n == 9)).collect();
    let mut harness = harness(Table::new(calls), WINDOW);
    let label = "Debrief of Call 0412 · Donna Pryce, Yesterday: Under by 2";
    assert_eq!(click(&mut harness, label), Some(DeskAction::Debrief(format!("{:032x}", 9))));
    assert_eq!(harness.get_all_by_label_contains("Debrief of").count(), 6);
    assert_eq!(click(&mut harness, "All 9 calls that I took"), Some(DeskAction::AllTaken));
}

#[test]
fn an_empty_desk_is_kind() {
    // Everything was met, and nothing was missed.
    let calls = vec![call(1, "call-0412", None, 1, 90, false), call(2, "call-0427", None, 1, 90, false)];
    let mut harness = harness(Table::new(calls), WINDOW);
    harness.get_by_label("Nothing due. Take any call, or stop here.");
    assert_eq!(click(&mut harness, "All calls"), Some(DeskAction::AllCalls));
    assert_eq!(click(&mut harness, "Take a breather"), Some(DeskAction::Breathe));
}

#[test]
fn a_new_desk_promises_nothing() {
    let harness = harness(Table::new(vec![]), WINDOW);
    harness.get_by_label_contains("None yet.");
    harness.get_by_label_contains("After your first decision");
    assert!(harness.query_by_label("My competences").is_none());
    assert_eq!(harness.get_all_by_label("New").count(), 2);
}

#[test]
fn the_first_call_is_a_guided_one() {
    let mut table = Table::new(vec![]);
    table.guided = true;
    let mut harness = harness(table, WINDOW);
    assert_eq!(click(&mut harness, "Begin with a guided call"), Some(DeskAction::Guided));
    assert_eq!(click(&mut harness, "I know my way round"), Some(DeskAction::NotGuided));
}

#[test]
fn a_role_without_calls_is_told_so() {
    let mut table = Table::new(vec![]);
    table.how.role = "senior-clinical-advisor".into();
    let harness = harness(table, WINDOW);
    harness.get_by_label_contains("No call is open to a Senior Clinical Advisor yet.");
}

#[test]
fn what_waits_and_what_is_wrong_is_said_first() {
    let mut table = Table::new(vec![]);
    table.waiting = Some(Waiting { id: "x".into(), number: "Call 0412".into(), at: 63_000, in_hand: false, more: 2 });
    table.saving_is_off = Some("the disk is full".into());
    table.past.trouble = Some("this call is not here any more".into());
    let mut harness = harness(table, WINDOW);
    harness.get_by_label("Saving is off: the disk is full. Export before you leave.");
    harness.get_by_label("Call 0412 was left at 01:03. You can go on with it.");
    assert_eq!(click(&mut harness, "Go on"), Some(DeskAction::GoOn("x".into())));
    assert_eq!(click(&mut harness, "2 more to go on with"), Some(DeskAction::AllCalls));
    assert_eq!(click(&mut harness, "All right"), Some(DeskAction::TroubleSeen));
}

#[test]
fn nothing_leaves_the_window_at_any_size() {
    for size in [WINDOW, vec2(968.0, 700.0), vec2(700.0, 500.0), SMALL] {
        let calls: Vec<Taken> = (1..=9).map(|n| call(n, "call-0412", None, 20, 60, true)).collect();
        let harness = harness(Table::new(calls).ringing(), size);
        for node in harness.root().children_recursive() {
            let node = node.accesskit_node();
            if let Some(bounds) = node.bounding_box()
                && node.label().or(node.value()).is_some()
            {
                assert!(bounds.x1 <= f64::from(size.x) + 1.0, "{:?} in {size}: {bounds:?}", node.label());
            }
        }
    }
}

#[test]
fn the_breather_ends_by_key_and_by_mouse() {
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(SMALL).build_ui_state(
        move |ui, left: &mut bool| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Light);
                return;
            }
            *left |= breather::breather_ui(ui, None, false);
        },
        false,
    );
    harness.run();
    harness.get_by_label("Take your time");
    harness.get_by_label("Back to the desk").click();
    harness.run();
    assert!(std::mem::take(harness.state_mut()));
    harness.key_press_modifiers(Modifiers::NONE, Key::Escape);
    harness.run();
    assert!(*harness.state());
}

#[test]
fn a_warning_comes_before_a_hard_call() {
    let offers = Table::new(vec![]).ringing().offers;
    let mut dressed = false;
    let mut harness = Harness::builder().with_size(SMALL).build_ui_state(
        move |ui, made: &mut Option<Before>| {
            if !dressed {
                dressed = true;
                theme::install(ui.ctx(), Theme::Light);
                return;
            }
            *made = before_ui(ui, (offers.calls[0].number, &offers.calls[0].notes), false).or(*made);
        },
        None,
    );
    harness.run();
    harness.get_by_label("Call 0412 mentions distress and self-harm.");
    harness.get_by_label("Start the call").click();
    harness.run();
    assert_eq!(*harness.state(), Some(Before::Start));
    harness.get_by_label("Not this one").click();
    harness.run();
    assert_eq!(*harness.state(), Some(Before::NotThisOne));
}

#[test]
fn it_rings_for_forty_seconds_and_once() {
    let mut desk = Desk { listening: true, ..Desk::default() };
    let next = |passed_over: &BTreeSet<Id>| ["a", "b"].map(Id::from).into_iter().find(|id| !passed_over.contains(id));
    let at = Duration::from_secs;
    desk.ring(true, at(0), next);
    assert_eq!(desk.ringing, None);
    desk.ring(false, at(1), next);
    assert_eq!(desk.ringing, Some(("a".into(), at(1))));
    desk.ring(false, at(40), next);
    assert!(desk.ringing.is_some());
    desk.ring(false, at(41), next);
    assert_eq!(desk.ringing, None);
    // It has gone back to the list, and the desk stays quiet.
    desk.ring(false, at(100), next);
    assert_eq!((desk.ringing.clone(), desk.passed_over.contains("a")), (None, true));
    // Whoever comes back to the desk is rung by another.
    desk.listening = true;
    desk.ring(false, at(101), next);
    assert_eq!(desk.ringing, Some(("b".into(), at(101))));
}

#[test]
fn halves_of_a_pair_do_not_ring_in_a_row() {
    let mut table = Table::new(vec![]);
    let mut third = table.library.entries[0].clone();
    (third.scenario.id, third.scenario.number, third.scenario.twin) = ("third".into(), 500, None);
    table.library.entries.push(third);
    for _ in 0..20 {
        table.offers = Offers::default();
        table.renew();
        let list = model::practice(&table.offers, &table.how, &[], 0);
        let slugs: Vec<_> = list.iter().map(|item| &*item.offer.slug).collect();
        assert_eq!(slugs[1], "third", "{slugs:?}");
        let last = call(1, "call-0412", None, 20, 90, false);
        let list = model::practice(&table.offers, &table.how, &[&last], 0);
        assert_ne!(&*list[0].offer.slug, "back-mechanical");
    }
}

#[test]
fn marks_tell_spacing_what_it_needs() {
    let outcome = |taken: &Taken| taken.for_practice().map(|taken| taken.outcome);
    let good = call(1, "call-0412", None, 20, 90, false);
    assert_eq!(outcome(&good), Some(Outcome::Well));
    assert_eq!(outcome(&call(1, "call-0412", None, 20, 90, true)), Some(Outcome::Missed));
    assert_eq!(outcome(&Taken { mark: None, ..good.clone() }), None);
    assert_eq!(outcome(&Taken { mode: Mode::Guided, mark: None, ..good }), Some(Outcome::DoesNotCount));
}

fn of_set(place: usize, number: &str, state: HowFar) -> Row {
    let (caller, who) = ("Denise Prior".to_owned(), "A woman in her forties, calling for herself".to_owned());
    Row { place, number: number.to_owned(), caller, who, notes: Vec::new(), state }
}

/// A set with this many days left and these calls.
fn with_set(days_left: i64, rows: Vec<Row>) -> Table {
    let set = SetOnDesk {
        hash: "a".repeat(64),
        name: "Winter".into(),
        by: "robin".into(),
        note: "Listen for the cough.".into(),
        due: Some(TODAY),
        days_left: Some(days_left),
        mode: Mode::Exam,
        role: Some("Clinical Advisor".into()),
        rows,
    };
    let mut table = Table::new(Vec::new());
    table.sets = vec![SetView { set, whole: false, note: false, putting_away: false }];
    table
}

fn pressed(harness: &mut Harness<'static, Table>, label: &str) -> Option<DeskAction> {
    harness.state_mut().done.clear();
    harness.get_by_label(label).click();
    harness.run();
    harness.state_mut().done.pop()
}

#[test]
fn a_set_that_cannot_be_taken_today_is_missed_by_nobody() {
    let mut table = Table::new(Vec::new());
    table.unreadable = vec!["winter.ron"];
    let harness = harness(table, WINDOW);
    harness.get_by_label_contains("A call set is not shown");
    harness.get_by_label_contains("It is kept");
}

#[test]
fn a_call_set_lies_on_the_desk_with_its_note_and_how_far_one_is() {
    let rows = vec![
        of_set(2, "Call 0412", HowFar::Done("x".into())),
        of_set(0, "Call 0427", HowFar::Begun("y".into())),
        of_set(1, "Call 0405", HowFar::Waiting),
        of_set(3, "Call 0438", HowFar::NotForRole),
    ];
    let mut harness = harness(with_set(3, rows), vec2(1356.0, 1400.0));
    for words in ["A call set from robin", "1 of 4 done", "As a Clinical Advisor · Exam mode, debrief at the end."] {
        harness.get_by_label(words);
    }
    harness.get_by_label_contains("3 days left");
    for words in ["Done", "Begun", "Waiting", "Not for your role"] {
        harness.get_by_label(words);
    }
    let hash = "a".repeat(64);
    let start = "Start call 0405 of the set. A woman in her forties, calling for herself";
    assert_eq!(pressed(&mut harness, start), Some(DeskAction::Set(hash.clone(), SetAction::Start(1))));
    assert_eq!(pressed(&mut harness, "Go on with call 0427 of the set"), Some(DeskAction::GoOn("y".into())));
    assert_eq!(pressed(&mut harness, "Debrief of call 0412 of the set"), Some(DeskAction::Debrief("x".into())));
    assert_eq!(pressed(&mut harness, "Hand back Winter…"), Some(DeskAction::Set(hash.clone(), SetAction::HandBack)));
    // The note was read before the first call; it can be read again.
    assert!(harness.query_by_label("Listen for the cough.").is_none());
    assert_eq!(pressed(&mut harness, "Read the note again"), Some(DeskAction::Set(hash.clone(), SetAction::Note)));
    assert_eq!(pressed(&mut harness, "Put away Winter…"), Some(DeskAction::Set(hash.clone(), SetAction::PutAway)));
    harness.state_mut().sets[0].putting_away = true;
    harness.run();
    assert_eq!(pressed(&mut harness, "Keep it here"), Some(DeskAction::Set(hash.clone(), SetAction::Keep)));
    assert_eq!(pressed(&mut harness, "Yes, put it away"), Some(DeskAction::Set(hash, SetAction::Away)));
}

#[test]
fn the_note_of_a_set_stands_before_its_first_call_and_a_long_set_is_folded() {
    let rows: Vec<Row> = (0..30).map(|n| of_set(n, &format!("Call {n:04}"), HowFar::Waiting)).collect();
    let mut harness = harness(with_set(-1, rows), vec2(1356.0, 2600.0));
    harness.get_by_label("Listen for the cough.");
    harness.get_by_label_contains("1 day ago");
    assert_eq!(harness.query_all_by_label_contains("of the set.").count(), 5);
    let unfold = Some(DeskAction::Set("a".repeat(64), SetAction::Unfold));
    assert_eq!(pressed(&mut harness, "All 30 calls of Winter"), unfold);
    harness.state_mut().sets[0].whole = true;
    harness.run();
    assert_eq!(harness.query_all_by_label_contains("of the set.").count(), 30);
}
