//! Handing out and bringing back, found by label.

use bevy_egui::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::back::BackForm;
use super::page::{HandingModel, handing_ui};
use super::*;
use crate::app::bringing::{BadFile, Found, Report};
use crate::app::library::Entry;
use crate::app::screens::testing;
use crate::app::sets::known;
use crate::records::Mode;
use crate::scenario;
use crate::sharing::bringing::{Incoming, Progress};
use crate::sharing::call_set::{Order, load};

struct Table {
    tab: Tab,
    draft: Draft,
    stage: Stage,
    back: BackForm,
    alike: Vec<Vec<String>>,
    did: Vec<HandingAction>,
}

fn table(tab: Tab, stage: Stage) -> Table {
    Table { tab, draft: Draft::default(), stage, back: BackForm::default(), alike: Vec::new(), did: Vec::new() }
}

fn harness(table: Table, size: egui::Vec2) -> Harness<'static, Table> {
    let mut harness = testing::harness(size, table, |ui, table: &mut Table| {
        let library = testing::library();
        let model = HandingModel { tab: table.tab, library, busy: false, kept: true, alike: &table.alike };
        table.did.extend(handing_ui(ui, &model, &mut table.draft, &mut table.stage, &mut table.back));
    });
    harness.run();
    harness
}

fn click(harness: &mut Harness<'static, Table>, label: &str) {
    harness.get_by_label(label).click();
    harness.run();
}

fn type_into(harness: &mut Harness<'static, Table>, label: &str, words: &str) {
    harness.get_by_label(label).focus();
    harness.run();
    harness.get_by_label(label).type_text(words);
    harness.run();
}

#[test]
fn what_became_of_it_is_seen_where_the_page_is_longer_than_the_window() {
    let mut harness = harness(table(Tab::Out, Stage::Nothing), egui::vec2(1356.0, 700.0));
    harness.state_mut().draft.said = Some(Err("That is not a date.".into()));
    for _ in 0..30 {
        harness.step();
    }
    let said = harness.get_by_label_contains("That is not a date.").rect();
    assert!(said.bottom() <= 700.0, "{said:?} is out of sight");
}

#[test]
fn enter_leaves_the_keyboard_in_its_field_and_a_key_leads_to_the_search() {
    let mut harness = harness(table(Tab::Out, Stage::Nothing), TALL);
    harness.get_by_label("Name of the set").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(harness.get_by_label("Name of the set").accesskit_node().is_focused());
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    harness.run();
    assert!(harness.get_by_label("Find a call").accesskit_node().is_focused());
}

const TALL: egui::Vec2 = egui::vec2(1356.0, 2400.0);

#[test]
fn a_set_is_made_from_calls_and_what_goes_with_them() {
    let mut harness = harness(table(Tab::Out, Stage::Nothing), TALL);
    assert!(harness.get_by_label("Write the call set").accesskit_node().is_disabled());
    click(&mut harness, "Call 0412, as written");
    click(&mut harness, "Call 0427, as written");
    let library = testing::library();
    let variant = library.by_slug("back-mechanical").expect("shipped").scenario.variants[0].id.clone();
    click(&mut harness, &format!("Call 0427, {variant}"));
    click(&mut harness, "Move Call 0427, as written up");
    click(&mut harness, "Take Call 0412, as written out");
    type_into(&mut harness, "Name of the set", "Winter");
    type_into(&mut harness, "Due", "2026-12-11");
    type_into(&mut harness, "Note", "Listen for the cough.");
    type_into(&mut harness, "Who hands it out", "robin");
    click(&mut harness, "Exam");
    click(&mut harness, "Shuffled, each person another order");
    click(&mut harness, "Write the call set");
    assert_eq!(harness.state().did, [HandingAction::WriteSet]);
    let text = harness.state_mut().draft.text(library).expect("a good set");
    assert_eq!(harness.state_mut().draft.text(library).expect("again"), text, "twice is the same file");
    let loaded = load("winter.ron", text.as_bytes()).expect("a call set");
    assert!(loaded.check(&known(library), &library.standards).is_empty());
    let set = loaded.set;
    assert_eq!((set.name.as_str(), set.by.as_str(), set.due.as_deref()), ("Winter", "robin", Some("2026-12-11")));
    assert_eq!((set.order, set.mode, set.role), (Order::Shuffled, Mode::Exam, None));
    assert_eq!(set.note, "Listen for the cough.");
    let calls: Vec<(&str, Option<&str>)> =
        set.calls.iter().map(|call| (&*call.call, call.variant.as_deref())).collect();
    assert_eq!(calls, [("call-0427", None), ("call-0427", Some(&*variant))]);
    assert!(!text.contains("back-mechanical"), "a slug would give the call away");
}

#[test]
fn a_call_of_a_folder_takes_its_recordings_along() {
    let shipped = testing::entry(testing::library(), "back-mechanical");
    let heard = "number: 9427, heard: [(text: \"[a]\", audio: \"one.opus\"), (text: \"[b]\", audio: \"two.wav\")]";
    let text = shipped.text.replace("number: 427", heard);
    let own = Entry::from(scenario::load("own.ron", text.as_bytes()).expect("readable"));
    let folder = tempfile::tempdir().expect("a folder");
    let tone: &[u8] = include_bytes!("../../voice/tone.opus");
    std::fs::write(folder.path().join("one.opus"), tone).expect("written");
    let mut library = Library::with(testing::library().standards.clone(), Vec::new());
    library.places.folders.insert(own.hash.clone(), folder.path().to_owned());
    let slug = own.scenario.id.clone();
    library.put(own);
    let mut draft = Draft::default();
    draft.name = "Ours".into();
    draft.flip(&slug, None);
    let set = load("ours.ron", draft.text(&library).expect("a good set").as_bytes()).expect("a call set").set;
    let names: Vec<&str> = set.recordings.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((names, set.recordings[0].bytes()), (vec!["one.opus"], Ok(tone.to_vec())));
    assert!(draft.unrecorded[0].contains("two.wav"), "{:?}", draft.unrecorded);
}

#[test]
fn what_is_wrong_with_a_set_is_said_before_anything_is_written() {
    let library = testing::library();
    let mut draft = Draft::default();
    (draft.name, draft.due) = ("Winter".into(), "soon".into());
    draft.flip(&"back-mechanical".into(), None);
    assert_eq!(draft.text(library), Err("`soon` is not a date like 2026-03-14.".to_owned()));
    draft.due.clear();
    draft.role = Some("service-advisor".into());
    assert!(draft.text(library).expect_err("not for them").contains("is not for the role `service-advisor`"));
    draft.flip(&"back-mechanical".into(), None);
    assert!(draft.text(library).expect_err("empty").contains("no call in the set"));
}

#[test]
fn calls_are_found_by_title_because_a_trainer_may_see_it() {
    let mut harness = harness(table(Tab::Out, Stage::Nothing), TALL);
    let title = &testing::library().by_slug("back-mechanical").expect("shipped").scenario.title;
    harness.get_by_label_contains(title.as_str());
    type_into(&mut harness, "Find a call", "0427");
    assert!(harness.query_by_label("Call 0412, as written").is_none());
    harness.get_by_label("Call 0427, as written");
}

fn person(by: &str, role: &str, from: &str, new: u64) -> Incoming {
    Incoming {
        by: by.into(),
        roles: [role.into()].into(),
        registered: role == "clinical-advisor",
        site: "Hillside".into(),
        from: from.into(),
        until: from.into(),
        new,
        ..Incoming::default()
    }
}

fn found() -> Stage {
    let mut kite = person("Kite", "health-advisor", "2026-04-01", 2);
    (kite.withdraws, kite.already_here) = (true, 3);
    let people = vec![person("Dove", "clinical-advisor", "2026-03-01", 5), kite];
    let roles = [("clinical-advisor", "Clinical Advisor"), ("health-advisor", "Health Advisor")];
    Stage::Found(Box::new(Found {
        people,
        roles: roles.map(|(id, name)| (id.into(), name.into())).to_vec(),
        files: 3,
        bad: vec![BadFile {
            name: "back/cut.jsonl".into(),
            findings: vec!["back/cut.jsonl:3:1: error[J0005]: the line is cut off".into()],
            more: 0,
            good: "2 calls, 1 annotation and 4 texts".into(),
        }],
        ..Found::default()
    }))
}

fn chosen(harness: &Harness<'static, Table>) -> Option<crate::sharing::bringing::Wanted> {
    match &harness.state().stage {
        Stage::Found(found) => found.wanted().ok(),
        _ => panic!("it is found"),
    }
}

#[test]
fn people_are_chosen_by_name_role_and_day_before_anything_comes_in() {
    let mut harness = harness(table(Tab::Back, found()), TALL);
    let kite = "Kite: Health Advisor · not registered · Hillside · 2026-04-01 · 2 new · 3 already here · takes back what \
                was shared";
    harness.get_by_label("2 people with 7 new calls.");
    assert_eq!(chosen(&harness).expect("everybody").people, None);
    click(&mut harness, kite);
    harness.get_by_label("1 person with 5 new calls.");
    assert_eq!(chosen(&harness).expect("Dove").people, Some(["Dove".to_owned()].into()));
    click(&mut harness, "Everybody");
    click(&mut harness, "Clinical Advisor");
    let wanted = chosen(&harness).expect("Kite");
    assert_eq!(
        (wanted.people, wanted.roles),
        (Some(["Kite".to_owned()].into()), Some(["health-advisor".into()].into()))
    );
    click(&mut harness, "Clinical Advisor");
    type_into(&mut harness, "Until", "2026-03-31");
    let wanted = chosen(&harness).expect("Dove");
    assert_eq!((wanted.people, wanted.before.as_deref()), (Some(["Dove".to_owned()].into()), Some("2026-04-01")));
    click(&mut harness, "Nobody");
    assert!(chosen(&harness).is_none());
    click(&mut harness, "Bring in");
    assert_eq!(harness.state_mut().did.pop(), Some(HandingAction::BringIn));
}

#[test]
fn a_bad_file_is_named_with_its_line_and_its_good_part_is_offered() {
    let mut harness = harness(table(Tab::Back, found()), TALL);
    harness.get_by_label_contains("back/cut.jsonl:3:1");
    harness.get_by_label("Good in it: 2 calls, 1 annotation and 4 texts.");
    assert!(!chosen(&harness).expect("wanted").good_of_partly_bad_files);
    click(&mut harness, "Also bring in what is good in these files");
    assert!(chosen(&harness).expect("wanted").good_of_partly_bad_files);
}

#[test]
fn many_people_come_a_page_at_a_time_and_are_found_by_typing() {
    let people = (0..2000).map(|n| person(&format!("P{n:04}"), "health-advisor", "2026-03-01", 60)).collect();
    let stage = Stage::Found(Box::new(Found { people, files: 2000, ..Found::default() }));
    let mut harness = harness(table(Tab::Back, stage), egui::vec2(1356.0, 900.0));
    harness.get_by_label("2000 people with 120000 new calls.");
    assert_eq!(harness.query_all_by_label_contains(": ").count(), 40);
    harness.get_by_label("Show 40 more of 1960").click_accesskit();
    harness.run();
    assert_eq!(harness.query_all_by_label_contains(": ").count(), 80);
    type_into(&mut harness, "Find a person", "p1234");
    assert_eq!(harness.query_all_by_label_contains(": ").count(), 1);
}

#[test]
fn how_far_it_is_is_said_and_it_can_be_stopped() {
    let progress = Progress { files: (3, 12), bytes: (5 << 20, 20 << 20), calls: 48 };
    let mut harness = harness(table(Tab::Back, Stage::BringingIn(Some(progress))), TALL);
    harness.get_by_label("3 of 12 files · 5 of 20 MiB · 48 calls");
    click(&mut harness, "Stop");
    assert_eq!(harness.state().did, [HandingAction::Stop]);
}

#[test]
fn look_alikes_are_joined_only_after_asking() {
    let mut table = table(Tab::Back, Stage::Done(Report { lines: vec!["7 calls came in.".into()] }));
    table.alike = vec![vec!["Kite 2".into(), "kite-2".into()]];
    let mut harness = harness(table, TALL);
    harness.get_by_label_contains("7 calls came in.");
    click(&mut harness, "Join Kite 2 and kite-2…");
    assert!(harness.state().did.is_empty());
    click(&mut harness, "No, leave them apart");
    click(&mut harness, "Yes, one person");
    assert_eq!(harness.state().did, [HandingAction::Apart(0), HandingAction::Join(0)]);
    click(&mut harness, "See them in the review room");
    assert_eq!(harness.state_mut().did.pop(), Some(HandingAction::ToReview));
}

#[test]
fn a_folder_is_typed_and_looked_into_by_enter() {
    let mut harness = harness(table(Tab::Back, Stage::Nothing), TALL);
    type_into(&mut harness, "File or folder", "/tmp/back");
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().did, [HandingAction::LookInto]);
    assert_eq!(harness.state().back.path, "/tmp/back");
}

#[test]
fn nothing_leaves_the_window_at_any_size() {
    for size in [egui::vec2(1356.0, 900.0), egui::vec2(968.0, 700.0), egui::vec2(468.0, 350.0)] {
        for stage in [Stage::Nothing, found(), Stage::Done(Report { lines: vec!["7 calls came in.".into()] })] {
            for tab in [Tab::Out, Tab::Back] {
                let mut table = table(tab, Stage::Nothing);
                table.draft.flip(&"back-mechanical".into(), None);
                if tab == Tab::Back {
                    table.stage = match &stage {
                        Stage::Found(found) => Stage::Found(found.clone()),
                        Stage::Done(report) => Stage::Done(report.clone()),
                        _ => Stage::Nothing,
                    };
                }
                let harness = harness(table, size);
                for node in harness.root().children_recursive() {
                    let node = node.accesskit_node();
                    let named = node.label().or(node.value()).is_some();
                    let Some(bounds) = node.bounding_box().filter(|_| named) else { continue };
                    assert!(bounds.x1 <= f64::from(size.x) + 1.0, "{:?} in {size}: {bounds:?}", node.label());
                }
            }
        }
    }
}
