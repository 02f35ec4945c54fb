//! A process that is killed at any moment loses nothing it was told is saved.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rightcall::records::{Reply, Request, SqliteStore, Store, wait};

use super::sample::*;

/// Where the child writes; unset in an ordinary run, in which it does nothing.
const FOLDER: &str = "RIGHTCALL_TEST_KILL";

#[test]
fn child_takes_a_call_until_it_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut store = SqliteStore::open(Path::new(&folder)).expect("a store");
    let mut done = match wait(&mut store, Request::Resume(id(1))) {
        Ok(Reply::Record(kept)) => u32::try_from(kept.record.actions.len()).expect("few"),
        _ => {
            take(&mut store, 1, 0, false);
            0
        }
    };
    let mut out = std::io::stderr();
    loop {
        saved(&mut store, act(1, done));
        done += 1;
        writeln!(out, "saved {done}").expect("a parent");
    }
}

#[test]
fn a_kill_at_any_moment_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut before = 0;
    for round in 0..24_u64 {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "kill::child_takes_a_call_until_it_is_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a child");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        // At the latest after so many answers, and at some moment in between two.
        let mut acknowledged = before;
        for line in lines.by_ref().take((round % 7) as usize + 1) {
            let line = line.expect("text");
            let saved = line.strip_prefix("saved ").expect(&line);
            acknowledged = saved.parse().expect("a number");
        }
        std::thread::sleep(Duration::from_micros(round * 377 % 5000));
        child.kill().expect("killed");
        for line in lines.map_while(Result::ok) {
            if let Some(Ok(saved)) = line.strip_prefix("saved ").map(str::parse::<u32>) {
                acknowledged = saved;
            }
        }
        child.wait().expect("gone");
        let mut store = SqliteStore::open(folder.path()).expect("it opens");
        assert_eq!(ids(&mut store, Request::Unfinished), [id(1)]);
        let found = load(&mut store, 1);
        let actions = u32::try_from(found.record.actions.len()).expect("few");
        assert!(actions >= acknowledged, "round {round}: {actions} of {acknowledged} acknowledged");
        assert!(actions <= acknowledged + 1, "at most the one under way besides");
        assert_eq!(found, kept(1, actions, false));
        before = actions;
    }
    assert!(before >= 24, "the children did something");
}

#[test]
fn a_call_is_taken_by_one_process_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut here = SqliteStore::open(folder.path()).expect("a store");
    take(&mut here, 1, 2, false);
    // Locks of the operating system hold between two openings of a file in one process as well.
    let mut there = SqliteStore::open(folder.path()).expect("reading is allowed");
    assert_eq!(load(&mut there, 1), kept(1, 2, false));
    let in_use = rightcall::records::Failure::InUse { id: id(1) };
    assert_eq!(refused(&mut there, act(1, 2)), in_use);
    assert_eq!(refused(&mut there, Request::Resume(id(1))), in_use);
    assert_eq!(refused(&mut there, Request::Wipe { by: None }), in_use);
    let elsewhere = |store: &mut dyn Store| match wait(store, Request::Unfinished) {
        Ok(Reply::Calls(calls)) => calls[0].elsewhere,
        other => panic!("{other:?}"),
    };
    assert!(elsewhere(&mut there));
    assert!(!elsewhere(&mut here));
    take(&mut there, 2, 1, true);
    saved(&mut here, act(1, 2));
    drop(here);
    // A process that another test is just starting holds every lock of this one until it runs.
    let free = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(10));
        !elsewhere(&mut there)
    });
    assert!(free);
    saved(&mut there, act(1, 3));
    assert_eq!(load(&mut there, 1), kept(1, 4, false));
}

#[test]
fn dropping_a_store_finishes_what_was_submitted() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    take(&mut store, 1, 0, false);
    for k in 0..50 {
        store.submit(act(1, k));
    }
    drop(store);
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    assert_eq!(load(&mut store, 1), kept(1, 50, false));
}
