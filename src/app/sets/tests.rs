//! Call sets from the file to the desk and into the store, and after a restart.

use std::path::Path;

use super::*;
use crate::app::screens::call::InHand;
use crate::app::screens::debrief::Shown;
use crate::app::settings::Settings;
use crate::app::taking::{self, How, Take};
use crate::app::{offers, past, profile, store};
use crate::records::{Mode, SqliteStore, wait};
use crate::sharing::call_set::{CallSet, Order};

fn app(folder: &Path) -> App {
    app_with(folder, Library::open(None).expect("the shipped calls"))
}

fn app_with(folder: &Path, library: Library) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, bevy::state::app::StatesPlugin));
    app.init_state::<Screen>().init_resource::<Wake>();
    app.insert_resource(library);
    app.insert_resource(store::DataDir(Some(folder.into())));
    app.init_resource::<InHand>().init_resource::<Shown>().init_resource::<Settings>().init_resource::<Files>();
    app.add_plugins((store::plugin, profile::plugin, past::plugin, offers::plugin, taking::plugin, plugin));
    go(&mut app);
    app
}

/// Until what is on its way to the store and back has come.
fn go(app: &mut App) {
    for _ in 0..12 {
        app.update();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

const TONE: &[u8] = include_bytes!("../voice/tone.opus");

/// One shipped call, and one that travels in the set with a recording: the same call with another title.
fn set(library: &Library) -> CallSet {
    let shipped = library.by_slug("back-mechanical").expect("shipped");
    let opening = &shipped.scenario.opening[0];
    let heard = format!("heard: [(text: \"{opening}\", audio: \"opening.opus\")], title: \"Of our own. ");
    let own = shipped.text.replacen("title: \"", &heard, 1);
    let own = scenario::load("own.ron", own.as_bytes()).expect("a scenario");
    let call = |hash: &str| SetCall { call: "call-0427".into(), scenario: hash.into(), variant: None, seed: 77 };
    let mut set = CallSet {
        format: 1,
        name: "Winter".into(),
        note: "Listen for the cough.".into(),
        by: "robin".into(),
        due: Some("2026-12-01".into()),
        order: Order::AsListed,
        mode: Mode::Exam,
        role: Some("clinical-advisor".into()),
        calls: vec![call(&shipped.hash), call(&own.hash)],
        texts: Vec::new(),
        recordings: Vec::new(),
    };
    assert_eq!(set.carry(&own.scenario, &own.text, |_| Ok(TONE.to_vec())), Vec::<String>::new());
    set
}

fn bring(app: &mut App, text: &str) {
    let told = Told::Set { name: "winter.ron".into(), bytes: text.into() };
    app.world_mut().resource_mut::<Files>().told = Some(told);
    go(app);
    let told = &app.world().resource::<Files>().told;
    assert!(!matches!(told, Some(Told::Set { .. })), "somebody has taken it up");
}

fn on_desk(app: &App) -> Vec<SetOnDesk> {
    let world = app.world();
    let (sets, past, library) = (world.resource::<Sets>(), world.resource::<Past>(), world.resource::<Library>());
    let how = How { role: "health-advisor".into(), mode: Mode::Coach };
    let today = jiff::civil::date(2026, 11, 27);
    let who = world.resource::<Who>();
    sets.of(who.name()).map(|opened| SetOnDesk::of(opened, sets, past, library, &how, who.name(), today)).collect()
}

#[test]
fn a_set_lies_on_the_desk_after_a_restart_and_its_calls_are_taken_as_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = app(folder.path());
    first.world_mut().resource_mut::<Who>().add(profile::Profile { name: "Wren".into(), ..default() }).expect("added");
    let text = set(first.world().resource::<Library>()).write();
    bring(&mut first, &text);
    assert_eq!(first.world().resource::<Files>().told, None);
    assert_eq!(*first.world().resource::<State<Screen>>().get(), Screen::Desk);
    let lies = on_desk(&first);
    assert_eq!((lies[0].name.as_str(), lies[0].rows.len(), lies[0].days_left), ("Winter", 2, Some(4)));
    assert!(lies[0].rows.iter().all(|row| row.state == HowFar::Waiting));
    drop(first);

    let mut second = app(folder.path());
    second.world_mut().resource_mut::<Who>().sign_in(0, "").expect("Wren");
    let hash = on_desk(&second)[0].hash.clone();
    let take = |app: &App, place| {
        let (sets, library) = (app.world().resource::<Sets>(), app.world().resource::<Library>());
        let how = How { role: "health-advisor".into(), mode: Mode::Coach };
        Take::of_set(sets.by_hash(&hash).expect("there"), place, library, &how).expect("a call")
    };
    let recordings = second.world().resource::<Sets>().recordings();
    assert!(recordings.iter().any(|((_, name), audio)| name == "opening.opus" && **audio == *TONE), "it is kept too");
    let own = take(&second, 1);
    second.world_mut().write_message(own);
    go(&mut second);
    let in_hand = second.world().resource::<InHand>();
    let live = in_hand.live.as_ref().expect("taken");
    assert_eq!((&*live.head.role, live.head.mode, live.head.seed), ("clinical-advisor", Mode::Exam, 77));
    assert_eq!(*live.head.scenario, *second.world().resource::<Sets>().all[0].own[0].hash);
    assert!(live.call().script().scenario.title.starts_with("Of our own."));
    assert!(in_hand.under().is_some(), "its debrief is held against its own text");
    second.world_mut().run_system_cached(ask).expect("asked");
    second.world_mut().run_system_cached(past::ask).expect("asked");
    go(&mut second);
    let states: Vec<HowFar> = on_desk(&second)[0].rows.iter().map(|row| row.state.clone()).collect();
    assert!(matches!(states[..], [HowFar::Waiting, HowFar::Begun(_)]), "{states:?}");

    // The record says so itself: the file that comes back is an ordinary export.
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    let Ok(Reply::Annotations(notes)) = wait(&mut store, Request::Annotations { of: None }) else { panic!("notes") };
    let said = notes.iter().filter(|one| matches!(&one.kind, AnnotationKind::InSet { set, .. } if *set == hash));
    assert_eq!(said.count(), 1);

    // Put away, it is gone from the store as well.
    second.world_mut().resource_mut::<Sets>().put_away(&hash, "Wren");
    go(&mut second);
    let Ok(Reply::Settings(kept)) = wait(&mut store, Request::Settings) else { panic!("settings") };
    assert!(!kept.keys().any(|name| name.starts_with("call-set-")), "{:?}", kept.keys());
}

#[test]
fn what_is_wrong_with_a_set_is_said_with_its_place_and_nothing_lies_on_the_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = app(folder.path());
    let good = set(app.world().resource::<Library>()).write();
    let bad = [
        (good.replace("order: AsListed", "order: Backwards"), "winter.ron:8:"),
        (good.replace("2026-12-01", "soon"), "`soon` is not a date"),
        (good.replacen("clinical-advisor", "chief", 1), "there is no role `chief`"),
        (good[..good.len() / 2].to_owned(), "winter.ron:"),
        (good.replace("seed: 77", "seed: -1"), "winter.ron:12:"),
    ];
    for (text, words) in bad {
        bring(&mut app, &text);
        let told = app.world_mut().resource_mut::<Files>().told.take();
        assert!(matches!(&told, Some(Told::Failed(why)) if why.contains(words)), "{words}: {told:?}");
    }
    assert!(on_desk(&app).is_empty());
}

#[test]
fn a_set_that_cannot_be_taken_today_is_kept_for_when_it_can() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = || {
        let mut store = SqliteStore::open(folder.path()).expect("a store");
        let Ok(Reply::Settings(all)) = wait(&mut store, Request::Settings) else { panic!("settings") };
        all.into_iter().filter(|(name, _)| name.starts_with("call-set")).collect::<Vec<_>>()
    };
    let mut first = app(folder.path());
    first.world_mut().resource_mut::<Who>().add(profile::Profile { name: "Wren".into(), ..default() }).expect("added");
    let winter = set(first.world().resource::<Library>());
    bring(&mut first, &winter.write());
    drop(first);
    let kept = settings();
    assert_eq!(kept.len(), 2, "the list, and one piece");

    // A version in which that call has other words.
    let mut library = Library::open(None).expect("the shipped calls");
    library.entries.clear();
    let mut second = app_with(folder.path(), library);
    second.world_mut().resource_mut::<Who>().sign_in(0, "").expect("Wren");
    assert!(on_desk(&second).is_empty());
    assert_eq!(second.world().resource::<Sets>().unreadable_of("Wren"), ["winter.ron"]);
    let spring = CallSet { name: "Spring".into(), calls: winter.calls[1..].to_vec(), ..winter };
    bring(&mut second, &spring.write());
    assert_eq!(on_desk(&second).len(), 1, "another one is kept beside it");
    drop(second);
    assert_eq!(settings().len(), 3);

    let mut third = app(folder.path());
    third.world_mut().resource_mut::<Who>().sign_in(0, "").expect("Wren");
    assert_eq!(on_desk(&third).len(), 2);
}

#[test]
fn two_windows_do_not_write_over_each_others_sets() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut one = app(folder.path());
    one.world_mut().resource_mut::<Who>().add(profile::Profile { name: "Wren".into(), ..default() }).expect("added");
    go(&mut one);
    let mut two = app(folder.path());
    two.world_mut().resource_mut::<Who>().sign_in(0, "").expect("Wren");
    let winter = set(one.world().resource::<Library>());
    let spring = CallSet { name: "Spring".into(), ..winter.clone() };
    let summer = CallSet { name: "Summer".into(), ..winter.clone() };
    bring(&mut one, &winter.write());
    bring(&mut two, &spring.write());
    bring(&mut one, &summer.write());
    let winters = on_desk(&one)[0].hash.clone();
    one.world_mut().resource_mut::<Sets>().put_away(&winters, "Wren");
    go(&mut one);
    // The other window knows nothing of it.
    two.world_mut().resource_mut::<Sets>().set_changed();
    go(&mut two);
    let mut later = app(folder.path());
    later.world_mut().resource_mut::<Who>().sign_in(0, "").expect("Wren");
    let names: BTreeSet<String> = on_desk(&later).into_iter().map(|set| set.name).collect();
    assert_eq!(names, ["Spring".to_owned(), "Summer".to_owned()].into());
}

#[test]
fn a_large_set_is_kept_in_pieces_that_end_where_a_letter_ends() {
    let text = "é".repeat(300 << 10);
    let pieces = super::kept::pieces(&text);
    assert!(pieces.len() > 2 && pieces.iter().all(|piece| piece.len() <= 256 << 10));
    assert_eq!(pieces.concat(), text);
}

#[test]
fn a_call_set_is_told_from_an_export_and_from_a_scenario() {
    let library = Library::open(None).expect("the shipped calls");
    let text = set(&library).write();
    for meant in [text.as_bytes(), &text.as_bytes()[..80], b"\xef\xbb\xbf\n( name: 3 )", b"/* a set */ (calls: [])"] {
        assert!(call_set::is_meant(meant));
    }
    let scenario = &library.by_slug("back-mechanical").expect("shipped").text;
    for other in [scenario.as_bytes(), b"{\"rightcall\":\"export\"}", b"", b"\0\0\0", b"<html>"] {
        assert!(!call_set::is_meant(other));
    }
}
