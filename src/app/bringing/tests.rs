//! A folder of files from the disk into the store, as a trainer brings it back.

use std::path::Path;

use super::*;
use crate::app::Screen;
use crate::app::screens::testing;
use crate::app::{offers, past, profile, store};
use crate::records::{Mode, SqliteStore, exchange, wait};

const SLUG: &str = "back-mechanical";

fn export(n: u32, by: &str, day: &str) -> String {
    let library = testing::library();
    let mut head = testing::head(library, SLUG, "clinical-advisor", Mode::Coach, None);
    (head.id, head.by, head.taken) = (format!("{n:032x}"), by.to_owned(), format!("{day}T10:00"));
    let record = testing::taken(library, head, SLUG, |action| vec![action]).record();
    exchange::write_one(&record, &testing::entry(library, SLUG).texts(&library.standards))
}

fn app(data: &Path) -> App {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, bevy::state::app::StatesPlugin));
    app.init_state::<Screen>().init_resource::<Wake>();
    app.insert_resource(Library::open(None).expect("the shipped calls"));
    app.insert_resource(store::DataDir(Some(data.into())));
    app.init_resource::<crate::app::screens::call::InHand>().init_resource::<crate::app::screens::debrief::Shown>();
    app.add_plugins((store::plugin, profile::plugin, past::plugin, offers::plugin, plugin));
    go(&mut app, |_| false);
    app
}

/// Goes on until it is so, or for a while.
fn go(app: &mut App, until: impl Fn(&Bringing) -> bool) {
    for _ in 0..400 {
        app.update();
        if until(app.world().resource::<Bringing>()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
        if !app.world().resource::<Bringing>().is_busy()
            && matches!(app.world().resource::<Bringing>().stage, Stage::Nothing)
        {
            // The store is being opened.
            if app.world().resource::<past::Past>().is_complete() {
                break;
            }
        }
    }
}

fn look_into(app: &mut App, paths: Vec<PathBuf>, data: &Path) {
    let standards = app.world().resource::<Library>().standards.clone();
    app.world_mut().resource_mut::<Bringing>().look_into(paths, &standards, data);
    go(app, |bringing| !bringing.is_busy());
}

fn found(app: &mut App) -> Mut<'_, Found> {
    app.world_mut().resource_mut::<Bringing>().map_unchanged(|bringing| match &mut bringing.stage {
        Stage::Found(found) => &mut **found,
        Stage::Failed(why) => panic!("{why}"),
        _ => panic!("nothing was found"),
    })
}

fn bring_in(app: &mut App, data: &Path) -> Report {
    let wanted = found(app).wanted().expect("somebody");
    app.world_mut().resource_mut::<Bringing>().bring_in(wanted, data, testing::library());
    go(app, |bringing| !bringing.is_busy());
    for _ in 0..20 {
        app.update();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    match &app.world().resource::<Bringing>().stage {
        Stage::Done(report) => report.clone(),
        Stage::Failed(why) => panic!("{why}"),
        _ => panic!("it is not done"),
    }
}

fn listed(data: &Path) -> Vec<String> {
    let mut store = SqliteStore::open(data).expect("a store");
    match wait(&mut store, Request::List) {
        Ok(Reply::Calls(calls)) => calls.into_iter().map(|call| call.head.by).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_folder_is_looked_into_then_chosen_from_then_brought_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, back) = (folder.path().join("data"), folder.path().join("back/late shift"));
    std::fs::create_dir_all(&back).expect("made");
    let put = |name: &str, text: &str| std::fs::write(back.join(name), text).expect("written");
    put("wren.jsonl", &export(1, "Wren", "2026-03-01"));
    put("wren-home.jsonl", &export(2, "wren", "2026-03-09"));
    put("kite.jsonl", &export(3, "Kite", "2026-04-01"));
    put("broken.jsonl", &(export(4, "Dove", "2026-03-02") + "{\"record\": cut off"));
    put("rubbish.jsonl", &"rubbish\n".repeat(5000));
    put("notes.txt", "not an export");
    let mut app = app(&data);
    look_into(&mut app, vec![folder.path().join("back")], &data);
    assert!(listed(&data).is_empty(), "nothing is kept before somebody has chosen");
    {
        let mut found = found(&mut app);
        let names: Vec<&str> = found.people.iter().map(|person| person.by.as_str()).collect();
        assert_eq!((names, found.files), (vec!["Dove", "Kite", "Wren", "wren"], 5));
        assert_eq!(found.bad.len(), 2);
        let broken = found.bad.iter().find(|file| file.name.ends_with("broken.jsonl")).expect("said");
        assert!(broken.findings[0].contains("broken.jsonl:") && broken.good.starts_with("1 call,"), "{broken:?}");
        let rubbish = found.bad.iter().find(|file| file.name.ends_with("rubbish.jsonl")).expect("said");
        assert!(rubbish.good.is_empty() && rubbish.findings[0].contains("rubbish.jsonl:1:"), "{rubbish:?}");
        found.choice.until = "soon".into();
        assert!(found.wanted().expect_err("no date").contains("`soon`"));
        // Whoever says until the ninth means the ninth as well.
        found.choice.until = "2026-03-09".into();
        assert_eq!(found.people.iter().filter(|person| found.is_wanted(person)).count(), 3);
    }
    let report = bring_in(&mut app, &data);
    assert!(report.lines[0].starts_with("2 calls came in"), "{report:?}");
    assert_eq!(listed(&data), ["Wren", "wren"], "nothing of the broken file, which nobody asked for");

    // They are marked: the review room need not wait.
    let marked = {
        let mut store = SqliteStore::open(&data).expect("a store");
        match wait(&mut store, Request::Assessments { rules: crate::call::RULES }) {
            Ok(Reply::Assessments(marked)) => marked.len(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(marked, 2);

    // They look like one person, and are joined only when somebody says so.
    let alike = app.world().resource::<Bringing>().alike.clone();
    assert_eq!(alike, [["Wren", "wren"]]);
    let notes = joined(&alike[0]).expect("joined");
    assert_eq!(Joins::of(&notes).person("wren"), "Wren");
    let came = BTreeSet::from(["wren".to_owned()]);
    assert!(super::alike(&came, &BTreeSet::from(["Wren".to_owned()]), &notes).is_empty(), "once is enough");

    // Twice is once.
    look_into(&mut app, vec![back.join("wren.jsonl")], &data);
    assert_eq!((found(&mut app).people[0].new, found(&mut app).people[0].already_here), (0, 1));
    let report = bring_in(&mut app, &data);
    assert!(report.lines[0].starts_with("0 calls") && report.lines[1].contains("already"), "{report:?}");
}

#[test]
fn what_is_not_there_is_said_and_what_is_stopped_keeps_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut app = app(&data);
    look_into(&mut app, vec![folder.path().join("nowhere.jsonl")], &data);
    assert!(found(&mut app).bad[0].findings[0].contains("nowhere.jsonl"));
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).expect("made");
    look_into(&mut app, vec![empty], &data);
    assert!(found(&mut app).problems[0].contains("there is no file `*.jsonl`"));
    assert!(found(&mut app).wanted().is_err());

    let file = folder.path().join("wren.jsonl");
    std::fs::write(&file, export(1, "Wren", "2026-03-01")).expect("written");
    let standards = app.world().resource::<Library>().standards.clone();
    let mut bringing = app.world_mut().resource_mut::<Bringing>();
    bringing.look_into(vec![file], &standards, &data);
    bringing.stop();
    for _ in 0..20 {
        app.update();
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(matches!(app.world().resource::<Bringing>().stage, Stage::Nothing));
    assert!(listed(&data).is_empty());
}

#[test]
fn a_withdrawal_comes_in_although_its_sender_has_no_call_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut app = app(&data);
    let back = crate::sharing::returning::withdrawal("Wren", None, Vec::new(), &"7".repeat(32), "2026-03-20T10:00");
    let file = folder.path().join("taken-back.jsonl");
    std::fs::write(&file, crate::sharing::returning::withdrawal_file(&back)).expect("written");
    look_into(&mut app, vec![file], &data);
    assert!(found(&mut app).people[0].withdraws);
    let report = bring_in(&mut app, &data);
    assert!(report.lines[0].contains("with one note, decision or consent"), "{report:?}");
}
