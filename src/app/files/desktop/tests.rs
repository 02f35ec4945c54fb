//! The end of a shift, with a store on a disk: what is written, what is left, and that it comes back whole.

use super::*;
use crate::app::screens::testing::{entry, head, library, taken};
use crate::records::{Annotation, AnnotationKind, Kept, Mode, Target};

const SLUG: &str = "back-mechanical";

/// One call each of two people, and what each thinks of it.
fn shelf() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let library = library();
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    for (n, by) in ["Wren", "Kestrel"].into_iter().enumerate() {
        let mut head = head(library, SLUG, "clinical-advisor", Mode::Coach, None);
        (head.id, head.by) = (format!("{n:032x}"), by.to_owned());
        let record = taken(library, head.clone(), SLUG, |action| vec![action]).record();
        let whole = exchange::write_one(&record, &entry(library, SLUG).texts(&library.standards));
        let file = folder.path().join("call.jsonl");
        std::fs::write(&file, whole).expect("written");
        let name = file.display().to_string();
        exchange::bring_in(&name, exchange::open(&file).expect("opened"), &mut store).expect("kept");
        std::fs::remove_file(&file).expect("removed");
        let annotation = Annotation {
            id: format!("{:032x}", n + 10),
            by: by.to_owned(),
            target: Some(Target { record: head.id, event: None }),
            at: "2026-11-24T10:30".into(),
            kind: AnnotationKind::Reflection,
            text: format!("{by} was tired that evening"),
            shared: false,
        };
        wait(&mut store, Request::Annotate(Box::new(annotation))).expect("kept");
    }
    folder
}

fn written(folder: &Path, eyes: Eyes) -> String {
    let file = folder.join("out.jsonl");
    let said = export(folder, "Wren", eyes, &file).expect("written");
    assert!(said.contains("written to"), "{said}");
    std::fs::read_to_string(&file).expect("read")
}

/// Files that have these words in them.
fn telling(folder: &Path, words: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let tells = |file: &PathBuf| {
        let bytes = std::fs::read(file).expect("read");
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    };
    files.filter(tells).collect()
}

#[test]
fn a_profile_that_is_forgotten_leaves_no_name_behind_while_the_window_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    for profiles in ["[\"Wren of the night shift\"]", "[]"] {
        let kept = Request::PutSetting { name: "profiles".into(), value: Some(profiles.into()) };
        wait(&mut store, kept).expect("kept");
    }
    assert_eq!(telling(folder.path(), "Wren of the night shift"), Vec::<PathBuf>::new());
}

#[test]
fn an_export_holds_ones_own_calls_and_for_a_trainer_no_secrets() {
    let folder = shelf();
    let mine = written(folder.path(), Eyes::Mine);
    assert!(mine.contains("Wren was tired") && !mine.contains("Kestrel"));
    let for_trainer = written(folder.path(), Eyes::Trainer);
    assert!(for_trainer.contains("\"by\":\"Wren\""));
    assert!(!for_trainer.contains("was tired") && !for_trainer.contains("Kestrel"));
}

#[test]
fn a_shift_that_is_finished_leaves_nothing_behind_and_comes_back_whole() {
    let folder = shelf();
    let before = written(folder.path(), Eyes::Mine);
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    wait(&mut store, Request::Wipe { by: Some("Wren".into()) }).expect("wiped");
    drop(store);
    let out = folder.path().join("out.jsonl");
    let telling: Vec<PathBuf> =
        telling(folder.path(), "Wren was tired").into_iter().filter(|file| *file != out).collect();
    assert_eq!(telling, Vec::<PathBuf>::new());
    let told = import(folder.path(), out, false).expect("read");
    assert!(matches!(&told, Told::Imported(words) if words.starts_with("1 call")), "{told:?}");
    assert_eq!(written(folder.path(), Eyes::Mine), before);
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    let Ok(Reply::Record(kept)) = wait(&mut store, Request::Load(format!("{:032x}", 1))) else {
        panic!("Kestrel's call")
    };
    let Kept { record, finished } = *kept;
    assert!(finished && record.head.by == "Kestrel");
}

#[test]
fn what_is_there_is_written_over_only_where_somebody_was_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let monday = folder.path().join("rightcall-wren.jsonl");
    std::fs::write(&monday, "Monday's calls").expect("written");
    let mut files = Files::default();
    let place = files.place(monday.clone());
    assert_eq!(place, folder.path().join("rightcall-wren-2.jsonl"));
    std::fs::write(&place, "Tuesday's").expect("written");
    assert_eq!(files.place(monday.clone()), folder.path().join("rightcall-wren-3.jsonl"));
    // The dialogue asks before it gives a name that is taken, and for one writing.
    files.chosen = Some(monday.clone());
    assert_eq!(files.place(monday.clone()), monday);
    assert_eq!(files.place(monday), folder.path().join("rightcall-wren-3.jsonl"));
    // What is not there, and what is no file.
    for other in [folder.path().join("new"), PathBuf::from("/dev/null"), folder.path().to_owned()] {
        assert_eq!(files.place(other.clone()), other);
    }
    std::fs::write(folder.path().join("new"), "").expect("written");
    assert_eq!(files.place(folder.path().join("new")), folder.path().join("new-2"));
}

#[test]
fn a_file_that_is_not_there_or_bad_is_said_with_its_path() {
    let folder = shelf();
    let missing = folder.path().join("nowhere.jsonl");
    let why = import(folder.path(), missing, false).expect_err("it is not there");
    assert!(why.contains("nowhere.jsonl"), "{why}");
    let bad = folder.path().join("bad.jsonl");
    std::fs::write(&bad, "not an export\n").expect("written");
    let told = import(folder.path(), bad, false);
    let why = match &told {
        Ok(Told::PartlyBad { why, good: false, .. }) | Err(why) => why,
        other => panic!("{other:?}"),
    };
    assert!(why.contains("bad.jsonl"), "{why}");
    let nowhere = folder.path().join("no/such/folder/out.jsonl");
    let why = export(folder.path(), "Wren", Eyes::Mine, &nowhere).expect_err("no folder");
    assert!(why.contains("no/such/folder"), "{why}");
}

#[test]
fn what_is_handed_back_is_what_was_chosen_and_what_was_agreed_to_is_kept() {
    let folder = shelf();
    let file = folder.path().join("back.jsonl");
    let back = |what: &[Shared], n: u32| HandBack {
        by: "Wren".into(),
        records: [format!("{:032x}", 0), format!("{:032x}", 1)].into(),
        what: what.iter().copied().collect(),
        to: "robin".into(),
        consent: format!("{n:032x}"),
        at: format!("2026-11-25T10:{n}"),
    };
    let said = write_back(folder.path(), &back(&[Shared::Calls], 20), "Hillside", &file).expect("written");
    assert!(said.contains("1 call") && said.contains("back.jsonl"), "{said}");
    let text = std::fs::read_to_string(&file).expect("read");
    assert!(text.contains("\"Site\":\"Hillside\"") && text.contains("\"Consent\""), "{text}");
    assert!(!text.contains("was tired") && !text.contains("Kestrel"), "nothing that was not chosen");
    write_back(folder.path(), &back(&[Shared::Decisions], 21), "Hillside", &file).expect("written");
    let text = std::fs::read_to_string(&file).expect("read");
    assert!(text.contains("\"Decided\"") && !text.contains("\"actions\""), "{text}");
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    let Ok(Reply::Annotations(kept)) = wait(&mut store, Request::Annotations { of: None }) else { panic!("notes") };
    let consents = kept.iter().filter(|one| matches!(one.kind, AnnotationKind::Consent { given: true, .. })).count();
    let sites = kept.iter().filter(|one| matches!(one.kind, AnnotationKind::Site(_))).count();
    assert_eq!((consents, sites), (2, 1), "where one works is said once");
    let nowhere = folder.path().join("no/such/back.jsonl");
    let why = write_back(folder.path(), &back(&[Shared::Calls], 22), "", &nowhere).expect_err("no folder");
    assert!(why.contains("no/such/back.jsonl"), "{why}");
}

#[cfg(unix)]
#[test]
fn a_call_set_can_be_read_by_those_it_is_handed_to_and_what_is_handed_back_by_nobody_else() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let mode = |file: &Path| file.metadata().expect("written").permissions().mode() & 0o777;
    let set = folder.path().join("set.ron");
    super::write_for_others(&set, "()").expect("written");
    assert_eq!(mode(&set), 0o644);
    let back = folder.path().join("back.jsonl");
    super::write(&back, "{}").expect("written");
    assert_eq!(mode(&back), 0o600);
}

#[test]
fn a_call_set_is_known_by_what_is_in_it() {
    let folder = shelf();
    let file = folder.path().join("calls.txt");
    std::fs::write(&file, "// handed out\n(format: 1, name: \"Winter\")").expect("written");
    let told = import(folder.path(), file, false).expect("read");
    assert!(matches!(&told, Told::Set { name, bytes } if name.ends_with("calls.txt") && bytes.len() == 41), "{told:?}");
}
