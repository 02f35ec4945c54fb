//! A whole service's calls: 2,000 people with 60 each. Prints the figures of `docs/performance.md`:
//! `cargo test --release --no-default-features --test many -- --ignored --nocapture`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it measures time")]

use std::time::Instant;

use rightcall::call::RULES;
use rightcall::cohort::{Case, Filter, Question, Source};
use rightcall::marking;
use rightcall::records::{Item, Kept, Reply, Request, SqliteStore, Text, wait};
use rightcall::scenario;
use rightcall::sharing::FactWords;
use rightcall::sharing::decisions::by_text;
use rightcall::sharing::opening::open;
use rightcall::sharing::plan::suggestions;
use rightcall::sharing::room::{Compared, Figures, Grid, Leanings, SortBy};
use rightcall::sharing::shell::cases_on_all_cores;
use rightcall::simulation::{self, Calls};
use rightcall::standards::Standards;

const PEOPLE: u32 = 2_000;
const EACH: u32 = 60;

/// Records with the head, the length and the mark of a real one, and a short body: lists read no bodies.
fn fill(folder: &std::path::Path, calls: &Calls) {
    let standards = Standards::shipped();
    let mut store = SqliteStore::open(folder).expect("a store");
    let mut items: Vec<Item> = Text::standards(&standards.texts).into_iter().map(Item::Text).collect();
    let named = |(_, text): &(&str, &str)| Item::Text(Text::new("call", *text));
    items.extend(scenario::shipped().iter().map(named));
    let mut marks = Vec::new();
    for taken in simulation::cohort(calls, PEOPLE, EACH, 1) {
        let mark = marking::mark(&taken.call, &taken.record.head.id);
        marks.push(Case::assessed(&taken.record, &mark, &standards).expect("JSON"));
        let mut record = taken.record;
        record.actions.truncate(2);
        record.events.drain(..record.events.len().saturating_sub(2));
        items.push(Item::Record(Box::new(Kept { record, finished: true })));
        if items.len() >= 2_000 {
            let items = std::mem::take(&mut items);
            wait(&mut store, Request::Import { items, only_check: false }).expect("kept");
        }
    }
    wait(&mut store, Request::Import { items, only_check: false }).expect("kept");
    drop(store);
    // One by one each would wait for the disk.
    let mut sql = rusqlite::Connection::open(folder.join("records.sqlite")).expect("the file");
    let change = sql.transaction().expect("a transaction");
    for mark in marks {
        let key = mark.key;
        let rules = key.rules;
        let row = (key.record, &*key.scenario, &*key.standards, rules, mark.summary);
        let short = "INSERT INTO assessments (record, scenario, standards, rules, summary) VALUES (?1, ?2, ?3, ?4, ?5)";
        change.execute(short, row).expect("kept");
        let full = "INSERT INTO assessments_in_full VALUES (last_insert_rowid(), ?1)";
        change.execute(full, [mark.full]).expect("kept");
    }
    change.commit().expect("kept");
}

#[test]
#[ignore = "makes a store of a gigabyte"]
fn a_whole_service_is_opened_in_two_seconds() {
    let folder = tempfile::tempdir().expect("a folder");
    let standards = Standards::shipped();
    let calls = Calls::shipped(&standards).expect("ready");
    let clock = Instant::now();
    fill(folder.path(), &calls);
    println!("made in {:.1} s", clock.elapsed().as_secs_f64());
    let scripts = by_text(&calls.scripts);
    let words = FactWords::of(&calls.scripts);
    for round in 0..3 {
        let clock = Instant::now();
        let mut store = SqliteStore::open(folder.path()).expect("a store");
        let Ok(Reply::Calls(list)) = wait(&mut store, Request::List) else { panic!("no list") };
        let listed = clock.elapsed();
        let Ok(Reply::Assessments(marks)) = wait(&mut store, Request::Assessments { rules: RULES }) else { panic!() };
        let Ok(Reply::Annotations(notes)) = wait(&mut store, Request::Annotations { of: None }) else { panic!() };
        let read = clock.elapsed();
        let opened = open(list, &marks, cases_on_all_cores(&marks), &notes, &scripts, &standards);
        let done = clock.elapsed();
        assert!(opened.unmarked.is_empty());
        println!(
            "round {round}: listed {:.2} s, marks {:.2} s, cohort {:.2} s: {:.2} s in all, {} of {} calls side by side",
            listed.as_secs_f64(),
            (read - listed).as_secs_f64(),
            (done - read).as_secs_f64(),
            done.as_secs_f64(),
            opened.cohort.taken.len(),
            marks.len()
        );
        let clock = Instant::now();
        let mut grid = Grid::of(&opened.cohort, &Filter::default(), &words);
        println!("grid {} x {}: {:.0} ms", grid.rows.len(), grid.columns.len(), 1e3 * clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        grid.sort(SortBy::Column(3), true);
        println!("sorted: {:.1} ms", 1e3 * clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        let _ = Figures::of(&opened.cohort, Question::Rung, Source::OwnCall, &Filter::default());
        println!("figures: {:.0} ms", 1e3 * clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        let _ = Leanings::of(&opened.cohort);
        println!("leaning: {:.0} ms", 1e3 * clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        let _ = Compared::of(&opened.cohort, &rightcall::cohort::Split::Registration);
        println!("groups: {:.0} ms", 1e3 * clock.elapsed().as_secs_f64());
        let clock = Instant::now();
        let found = suggestions(&opened.cohort, &words);
        println!("suggestions: {:.0} ms, {} calls", 1e3 * clock.elapsed().as_secs_f64(), found.len());
    }
}
