//! Places where nothing can be kept, or where something else lies.

use std::path::Path;

use rightcall::records::{Failure, Options, Request, SqliteStore};

use super::sample::*;

fn refusal(folder: &Path) -> Failure {
    SqliteStore::open(folder).expect_err("to be refused")
}

#[test]
fn a_folder_that_cannot_be_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "x").expect("written");
    for place in [file.join("below"), file.clone()] {
        let failure = refusal(&place);
        assert!(matches!(failure, Failure::Unusable { .. }), "{failure:?}");
        let sentence = failure.to_string();
        assert!(sentence.contains(&place.display().to_string()), "{sentence}");
        assert!(sentence.ends_with("a file is in the way"), "{sentence}");
    }
    if cfg!(target_os = "linux") {
        let failure = refusal(Path::new("/proc/rightcall"));
        assert!(matches!(failure, Failure::Unusable { .. }), "{failure:?}");
    }
}

#[test]
fn a_full_disk_is_said_and_what_was_kept_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { max_pages: Some(40), ..Options::default() };
    let mut store = SqliteStore::open_with(folder.path(), options).expect("a store");
    take(&mut store, 1, 0, false);
    let mut done = 0;
    let failure = loop {
        match rightcall::records::wait(&mut store, act(1, done)) {
            Ok(_) => done += 1,
            Err(failure) => break failure,
        }
    };
    assert!(matches!(failure, Failure::DiskFull { .. }), "{failure:?}");
    assert_eq!(load(&mut store, 1), kept(1, done, false));
    drop(store);
    // There is room again.
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    assert_eq!(load(&mut store, 1), kept(1, done, false));
    saved(&mut store, act(1, done));
}

#[test]
fn a_disk_that_is_full_from_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options { max_pages: Some(2), ..Options::default() };
    let failure = SqliteStore::open_with(folder.path(), options).expect_err("to be refused");
    assert!(matches!(failure, Failure::DiskFull { .. }), "{failure:?}");
}

#[test]
fn something_else_under_the_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("records.sqlite");
    std::fs::write(&file, "these are my notes, not a database".repeat(100)).expect("written");
    assert!(matches!(refusal(folder.path()), Failure::NotOurs { .. }));
    std::fs::remove_file(&file).expect("removed");
    let other = rusqlite::Connection::open(&file).expect("a database");
    other.execute_batch("CREATE TABLE theirs (x); PRAGMA user_version = 1;").expect("a table");
    assert!(matches!(refusal(folder.path()), Failure::NotOurs { .. }));
    drop(other);
    std::fs::remove_file(&file).expect("removed");
    std::fs::create_dir(&file).expect("made");
    assert!(matches!(refusal(folder.path()), Failure::Unusable { .. }));
}

#[test]
fn a_newer_store_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(SqliteStore::open(folder.path()).expect("a store"));
    let file = folder.path().join("records.sqlite");
    let newer = rusqlite::Connection::open(&file).expect("a database");
    newer.pragma_update(None, "user_version", 99).expect("set");
    drop(newer);
    assert!(matches!(refusal(folder.path()), Failure::Newer { found: 99, .. }));
}

#[test]
fn a_damaged_store_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    take(&mut store, 1, 400, true);
    drop(store);
    let file = folder.path().join("records.sqlite");
    let mut bytes = std::fs::read(&file).expect("bytes");
    for byte in &mut bytes[4096..] {
        *byte ^= 0x5A;
    }
    std::fs::write(&file, bytes).expect("written");
    let failure = match SqliteStore::open(folder.path()) {
        Ok(mut store) => refused(&mut store, Request::Load(id(1))),
        Err(failure) => failure,
    };
    assert!(matches!(failure, Failure::Damaged { .. }), "{failure:?}");
}

#[test]
fn reading_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("not-there");
    let only_read = || Options { only_read: true, ..Options::default() };
    let failure = SqliteStore::open_with(&place, only_read()).expect_err("nothing");
    assert_eq!(failure, Failure::Nothing { path: place.display().to_string() });
    assert!(!place.exists());
    let mut store = SqliteStore::open(&place).expect("a store");
    take(&mut store, 1, 2, true);
    let mut reader = SqliteStore::open_with(&place, only_read()).expect("a store");
    assert_eq!(load(&mut reader, 1), kept(1, 2, true));
}

#[test]
fn a_newly_made_folder_can_be_opened_by_many_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || SqliteStore::open(&folder.path().join("new"));
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
        for one in all {
            one.join().expect("no panic").expect("a store");
        }
    });
}
