//! Calls handed out, brought back and talked about, with simulated people through the real engine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bringing::{InMemory, Source, Survey, Wanted, join, look_alike};
use super::call_set::{CallSet, KnownCall, Order, Progress, SetCall, calls_of_set, known_calls, load};
use super::decisions::by_text;
use super::opening::{SimulatedTeam, cases, items_of_set, open, sets};
use super::pack::{CallPack, Pack, evidence, evidence_page, evidence_table, page, table};
use super::plan::{FollowUp, ReasonKind, suggestions};
use super::returning::{HandBack, hand_back, withdrawal, withdrawal_file};
use super::room::{
    Cell, Compared, Figure, Figures, Grid, Leanings, SortBy, contested, contested_lines, mark_lines, spoken_of,
};
use super::session::Session;
use super::*;
use crate::call::{Ending, RULES};
use crate::cohort::{Case, Cohort, Filter, Question, Source as Decided, Split};
use crate::marking;
use crate::records::exchange::{bring_in, check};
use crate::records::{
    Annotation, AnnotationKind, Item, Kept, MemoryStore, Mode, Reply, Request, Shared, Target, Text, Upheld, wait,
};
use crate::scenario::{self, Loaded};
use crate::simulation::{self, Calls, Taken};
use crate::standards::Standards;

fn calls() -> Calls {
    Calls::shipped(&Standards::shipped()).expect("the shipped calls are ready")
}

fn library() -> Vec<Loaded> {
    let load = |(slug, text): &(&str, &str)| scenario::load(slug, text.as_bytes()).expect("shipped");
    scenario::shipped().iter().map(load).collect()
}

fn known() -> BTreeMap<String, KnownCall> {
    known_calls(&library())
}

fn set() -> CallSet {
    let call = |loaded: &Loaded, variant: Option<&crate::standards::Id>| SetCall {
        call: loaded.scenario.neutral_name(),
        scenario: loaded.hash.clone(),
        variant: variant.cloned(),
        seed: 5,
    };
    let library = library();
    let first = &library[0];
    CallSet {
        format: 1,
        name: "Core \"set\" 2".to_owned(),
        note: "Carbon monoxide:\nask about the house.".to_owned(),
        by: "robin".to_owned(),
        due: Some("2026-12-11".to_owned()),
        order: Order::Shuffled,
        mode: Mode::Exam,
        role: None,
        calls: vec![
            call(first, None),
            call(first, first.scenario.variants.first().map(|v| &v.id)),
            call(&library[2], None),
        ],
        texts: Vec::new(),
        recordings: Vec::new(),
    }
}

fn note(n: u32, by: &str, record: Option<&str>, kind: AnnotationKind, text: &str) -> Annotation {
    Annotation {
        id: format!("{n:032x}"),
        by: by.to_owned(),
        target: record.map(|record| Target { record: record.to_owned(), event: None }),
        at: format!("2026-03-01T10:{:02}", n % 60),
        kind,
        text: text.to_owned(),
        shared: false,
    }
}

fn cohort(people: u32, each: u32, seed: u64) -> (Cohort, Calls) {
    let calls = calls();
    let team = SimulatedTeam::new(&calls, people, each, seed, &Standards::shipped());
    assert!(
        team.cohort.is_simulated() && team.cohort.taken.iter().all(|taken| team.records.contains_key(&taken.record))
    );
    (team.cohort, calls)
}

/// A store with the calls of one simulated person, under another name.
fn taken_by(name: &str, number: u32, each: u32) -> (MemoryStore, Vec<Taken>) {
    let calls = calls();
    let mut store = MemoryStore::new();
    let person = simulation::person(number, 3);
    let mut items: Vec<Item> = Text::standards(&Standards::shipped().texts).into_iter().map(Item::Text).collect();
    items.extend(library().into_iter().map(|l| Item::Text(Text::new(&*l.scenario.neutral_name(), l.text))));
    let mut all = Vec::new();
    for n in 0..each {
        let place = (0..calls.scripts.len()).filter(|p| calls.scripts[*p].scenario.roles.contains(&person.role));
        let place = place.collect::<Vec<_>>()[n as usize];
        let Some(mut taken) = simulation::take(&calls, place, &person, n, 3) else { continue };
        name.clone_into(&mut taken.record.head.by);
        items.push(Item::Record(Box::new(Kept { record: taken.record.clone(), finished: true })));
        all.push(taken);
    }
    wait(&mut store, Request::Import { items, only_check: false }).expect("kept");
    (store, all)
}

fn keep(store: &mut MemoryStore, annotation: Annotation) {
    wait(store, Request::Annotate(Box::new(annotation))).expect("kept");
}

fn annotations(store: &mut MemoryStore) -> Vec<Annotation> {
    match wait(store, Request::Annotations { of: None }) {
        Ok(Reply::Annotations(all)) => all,
        other => panic!("{other:?}"),
    }
}

fn listed(store: &mut MemoryStore) -> Vec<crate::records::Summary> {
    match wait(store, Request::List) {
        Ok(Reply::Calls(calls)) => calls,
        other => panic!("{other:?}"),
    }
}

fn returned(store: &mut MemoryStore, by: &str, what: &[Shared]) -> String {
    let records = listed(store).into_iter().map(|call| call.head.id).collect();
    let what = HandBack {
        by: by.to_owned(),
        records,
        what: what.iter().copied().collect(),
        to: "my trainer".to_owned(),
        consent: format!("{:032x}", what.iter().fold(900, |n, one| n * 7 + *one as u128)),
        at: format!("2026-03-02T10:{:02}", what.len()),
    };
    let mut out = Vec::new();
    hand_back(store, &what, &mut out).expect("written");
    String::from_utf8(out).expect("text")
}

fn brought(files: &[&str]) -> MemoryStore {
    let mut store = MemoryStore::new();
    for file in files {
        let reading = check("back.jsonl", file.as_bytes(), &mut store).expect("read");
        assert!(reading.is_good(), "{:?}", reading.bad);
        bring_in("back.jsonl", file.as_bytes(), &mut store).expect("brought in");
    }
    store
}

#[test]
fn a_call_set_is_read_as_it_was_written_and_names_no_scenario() {
    let set = set();
    let text = set.write();
    let read = load("set.ron", text.as_bytes()).expect("readable");
    assert_eq!(read.set, set);
    assert_eq!(read.check(&known(), &Standards::shipped()), []);
    for loaded in library() {
        assert!(!text.contains(&*loaded.scenario.id) && !text.contains(&loaded.scenario.title));
    }
    let orders: BTreeSet<Vec<u64>> = (0..12)
        .map(|n| {
            let calls = set.in_order(&read.hash, &format!("p{n}"));
            calls.iter().map(|call| set.calls.iter().position(|c| c == *call).expect("one") as u64).collect()
        })
        .collect();
    assert!(orders.len() > 2 && orders.iter().all(|order| order.len() == 3));
    assert_eq!(set.in_order(&read.hash, "wren"), set.in_order(&read.hash, "wren"));
    assert_eq!(set.days_left("2026-12-09".parse().expect("a day")), Some(2));
}

#[test]
fn a_scenario_of_ones_own_travels_in_the_set() {
    let mut own = set();
    let text = library()[1].text.replace("number: 427", "number: 9427").replace("number: 412", "number: 9412");
    let loaded = scenario::load("own.ron", text.as_bytes()).expect("readable");
    own.texts = vec![format!("{text}// a \"# fence\n")];
    let hash = crate::ron_text::hash(&own.texts[0]);
    own.calls.push(SetCall { call: loaded.scenario.neutral_name(), scenario: hash, variant: None, seed: 1 });
    let read = load("set.ron", own.write().as_bytes()).expect("readable");
    assert_eq!(read.set, own);
    assert_eq!(read.check(&known(), &Standards::shipped()), []);
    assert_eq!(read.scenarios().expect("one").len(), 1);
}

/// A call of one's own that is recorded, and what it is recorded with.
fn recorded() -> (Loaded, &'static [u8]) {
    let heard = "number: 9427, heard: [(text: \"[a chair]\", audio: \"sounds/chair.opus\")]";
    let text = library()[0].text.replace("number: 427", heard);
    let loaded = scenario::load("own.ron", text.as_bytes()).expect("readable");
    (loaded, include_bytes!("../app/voice/tone.opus"))
}

#[test]
fn a_call_of_ones_own_travels_with_its_recordings() {
    let (own, tone) = recorded();
    let mut set = set();
    let call = |loaded: &Loaded| SetCall {
        call: loaded.scenario.neutral_name(),
        scenario: loaded.hash.clone(),
        variant: None,
        seed: 1,
    };
    set.calls.push(call(&own));
    let mut silent = set.clone();
    let gone = silent.carry(&own.scenario, &own.text, |name| Err(format!("`{name}` is gone")));
    assert_eq!(gone, ["`sounds/chair.opus` is gone"]);
    assert_eq!(silent.format, 1, "older versions of Rightcall can open it");
    let read = |_: &str| Ok(tone.to_vec());
    assert_eq!(set.carry(&own.scenario, &own.text, read), Vec::<String>::new());
    assert_eq!(set.carry(&own.scenario, &own.text, read), Vec::<String>::new(), "once is enough");
    let loaded = load("set.ron", set.write().as_bytes()).expect("readable");
    assert_eq!(loaded.set, set);
    assert_eq!(loaded.check(&known(), &Standards::shipped()), []);
    assert_eq!(loaded.set.recordings[0].bytes(), Ok(tone.to_vec()));

    let finds = |change: &dyn Fn(&mut CallSet)| -> Vec<(String, u32)> {
        let mut changed = set.clone();
        change(&mut changed);
        let loaded = load("set.ron", changed.write().as_bytes()).expect("readable");
        loaded.check(&known(), &Standards::shipped()).into_iter().map(|p| (p.code, p.line)).collect()
    };
    let line = set.write().lines().position(|line| line.contains("name: \"sounds/chair.opus\"")).expect("it is there");
    let one = |code: &str| vec![(code.to_owned(), u32::try_from(line + 1).expect("a short file"))];
    assert_eq!(finds(&|set| set.recordings[0].audio.push('!')), one("R0098"));
    assert_eq!(finds(&|set| set.recordings[0].audio.truncate(400)), one("R0098"));
    assert_eq!(finds(&|set| set.recordings[0].name = "other.opus".into()), one("R0020"));
    let twice = |set: &mut CallSet| set.recordings.push(set.recordings[0].clone());
    assert_eq!(finds(&twice).len(), 1);
}

#[test]
fn what_is_wrong_with_a_set_is_said_with_its_place() {
    let good = set().write();
    let finds = |text: &str| -> Vec<(String, u32)> {
        let problems = match load("set.ron", text.as_bytes()) {
            Ok(set) => set.check(&known(), &Standards::shipped()),
            Err(problems) => problems,
        };
        assert!(problems.iter().all(|p| p.file == "set.ron" && p.column > 0), "{problems:?}");
        problems.into_iter().map(|problem| (problem.code, problem.line)).collect()
    };
    let hash = library()[2].hash.clone();
    for (from, to, code, line) in [
        ("2026-12-11", "2026-13-11", "R0023", 7),
        ("mode: Exam", "mode: Guided", "R0026", 9),
        ("role: None", "role: \"health-adviser\"", "R0014", 10),
        ("\"Core \\\"set\\\" 2\"", "\" \"", "R0025", 4),
        (hash.as_str(), "0000000000000000000000000000000000000000000000000000000000000000", "R0020", 14),
        ("format: 1", "format: 3", "R0026", 3),
        ("order: Shuffled", "order: Shuffled, colour: 3", "R0002", 8),
        ("order: Shuffled", "order: Shuffled, order: AsListed", "R0003", 8),
    ] {
        let changed = good.replace(from, to);
        assert_ne!(changed, good, "{from}");
        assert_eq!(finds(&changed), [(code.to_owned(), line)], "{from} → {to}");
    }
    assert!(!finds(&good[..good.len() / 2]).is_empty());
    assert!(!finds(&"[".repeat(100_000)).is_empty());
}

#[test]
fn progress_is_known_from_what_was_taken_for_the_set() {
    let (mut store, taken) = taken_by("wren", 1, 2);
    let id = &taken[0].record.head.id;
    let head = &taken[0].record.head;
    let hash = "b".repeat(64);
    let kind = AnnotationKind::InSet { set: hash.clone(), name: "Core".to_owned() };
    keep(&mut store, note(1, "wren", Some(id), kind, ""));
    let (calls, notes) = (listed(&mut store), annotations(&mut store));
    let own = calls_of_set(&hash, "wren", &calls, &notes);
    assert_eq!(own.len(), 1);
    let call = SetCall {
        call: head.call.clone(),
        scenario: head.scenario.to_string(),
        variant: head.variant.clone(),
        seed: 1,
    };
    let other = SetCall { scenario: "c".repeat(64), ..call.clone() };
    assert!(matches!(set().progress(&call, &own), Progress::Done(summary) if summary.head.id == *id));
    assert_eq!(set().progress(&other, &own), Progress::Waiting);
    let broken_off = crate::records::Summary { ending: Some(Ending::Early), ..own[0].clone() };
    assert_eq!(set().progress(&call, &[&broken_off]), Progress::Waiting, "it can be taken again");
    assert!(
        matches!(set().progress(&call, &[&broken_off, own[0]]), Progress::Done(summary) if summary.ending != Some(Ending::Early))
    );
    assert_eq!(sets(&notes)[&hash], "Core");
}

#[test]
fn what_is_not_shared_stays_at_home() {
    let (mut store, taken) = taken_by("wren", 1, 3);
    let id = taken[0].record.head.id.clone();
    keep(&mut store, note(1, "wren", Some(&id), AnnotationKind::Reflection, "I was zonked"));
    keep(&mut store, note(2, "wren", Some(&id), AnnotationKind::Comment, "for me alone"));
    keep(&mut store, note(3, "wren", None, AnnotationKind::Site("Hillside".into()), ""));
    keep(&mut store, note(4, "kite", None, AnnotationKind::Site("Elsewhere".into()), ""));

    let whole = returned(&mut store, "wren", &[Shared::Calls]);
    assert!(whole.contains("Hillside") && !whole.contains("zonked") && !whole.contains("for me alone"));
    assert!(!whole.contains("Elsewhere"), "others' annotations are theirs");
    let with_words = returned(&mut store, "wren", &[Shared::Calls, Shared::Reflections]);
    assert!(with_words.contains("I was zonked") && !with_words.contains("for me alone"));

    let decisions = returned(&mut store, "wren", &[Shared::Decisions]);
    assert!(!decisions.contains("\"record\":{") && !decisions.contains("\"Say\"") && !decisions.contains("zonked"));
    // Not one word that was said on the phone is in it.
    for timed in &taken[0].record.events {
        if let crate::call::Event::Line { text, .. } = &timed.event {
            assert!(text.len() < 20 || !decisions.contains(&**text));
        }
    }
}

#[test]
fn who_no_longer_shares_a_reflection_hands_back_none() {
    let (mut store, taken) = taken_by("wren", 1, 1);
    let id = taken[0].record.head.id.clone();
    let shared = note(1, "wren", Some(&id), AnnotationKind::Reflection, "I was zonked");
    keep(&mut store, Annotation { shared: true, ..shared });
    assert!(returned(&mut store, "wren", &[Shared::Calls]).contains("zonked"));
    keep(&mut store, note(2, "wren", Some(&id), AnnotationKind::Reflection, "I was zonked"));
    assert!(!returned(&mut store, "wren", &[Shared::Calls]).contains("zonked"), "it was taken back");
    let asked = returned(&mut store, "wren", &[Shared::Calls, Shared::Reflections]);
    assert_eq!(asked.matches("zonked").count(), 1, "the last one alone");
}

#[test]
fn decisions_alone_are_compared_like_whole_calls_and_cannot_be_replayed() {
    let (mut store, taken) = taken_by("wren", 1, 6);
    let standards = Standards::shipped();
    let scripts = by_text(&calls().scripts);
    let notes = annotations(&mut brought(&[&returned(&mut store, "wren", &[Shared::Decisions])]));
    let opened = open(Vec::new(), &[], Vec::new(), &notes, &scripts, &standards);
    assert!(opened.cohort.taken.len() >= 4 && opened.cohort.taken.iter().all(|taken| !taken.replay));
    for shared in &opened.cohort.taken {
        let whole = taken.iter().find(|t| t.record.head.id == shared.record).expect("one");
        let mark = marking::mark(&whole.call, "");
        let case = Case::of(&whole.record, &mark, &standards);
        let of =
            |case: &Case| (case.decided.clone(), case.rung, case.steps, case.setting_ok, case.range, case.referral);
        assert_eq!(of(&shared.case), of(&case), "{}", shared.record);
    }
    // Whole and decision of one call are one call.
    let both = brought(&[
        &returned(&mut store, "wren", &[Shared::Decisions]),
        &returned(&mut store, "wren", &[Shared::Calls]),
    ]);
    let again = opened_from(both);
    assert_eq!(again.taken.len(), opened.cohort.taken.len());
}

/// The cohort of a store, all its calls marked.
fn opened_from(mut store: MemoryStore) -> Cohort {
    let standards = Standards::shipped();
    let scripts = by_text(&calls().scripts);
    let calls = listed(&mut store);
    for call in &calls {
        let Ok(Reply::Record(kept)) = wait(&mut store, Request::Load(call.head.id.clone())) else {
            panic!("no record")
        };
        let script = &scripts[&(call.head.scenario.to_string(), call.head.variant.clone())];
        let mark = marking::mark(&crate::records::replay(&kept.record, script).expect("it replays"), &call.head.id);
        let kept = Case::assessed(&kept.record, &mark, &standards).expect("JSON");
        wait(&mut store, Request::PutAssessment(Box::new(kept))).expect("kept");
    }
    let Ok(Reply::Assessments(marks)) = wait(&mut store, Request::Assessments { rules: RULES }) else { panic!() };
    let notes = annotations(&mut store);
    let opened = open(calls, &marks, cases(&marks), &notes, &scripts, &standards);
    assert_eq!(opened.unmarked, [""; 0]);
    opened.cohort
}

#[test]
fn a_later_file_takes_back_what_an_earlier_one_shared() {
    let (mut store, taken) = taken_by("wren", 1, 4);
    let whole = returned(&mut store, "wren", &[Shared::Calls]);
    let all = opened_from(brought(&[&whole])).taken.len();
    assert!(all >= 3);
    let everything = withdrawal_file(&withdrawal("wren", None, Vec::new(), &"d".repeat(32), "2026-04-01T10:00"));
    let out = opened_from(brought(&[&whole, &everything]));
    assert!(out.taken.is_empty());
    let one = withdrawal("wren", Some(&taken[0].record.head.id), Vec::new(), &"e".repeat(32), "2026-04-01T10:00");
    assert_eq!(opened_from(brought(&[&whole, &withdrawal_file(&one)])).taken.len(), all - 1);
    // The words are taken back, the decisions stay.
    let words = withdrawal("wren", None, vec![Shared::Calls], &"f".repeat(32), "2026-04-01T10:00");
    let left = opened_from(brought(&[&whole, &withdrawal_file(&words)]));
    assert!(left.taken.len() == all && left.taken.iter().all(|taken| !taken.replay));
    // Somebody else's word counts for nothing.
    let others = withdrawal("kite", Some(&taken[0].record.head.id), Vec::new(), &"9".repeat(32), "2026-04-01T10:00");
    assert_eq!(opened_from(brought(&[&whole, &withdrawal_file(&others)])).taken.len(), all);
}

fn surveyed(files: Vec<(&str, String)>, store: &mut MemoryStore) -> Survey {
    let source = |(name, text): (&str, String)| -> Box<dyn Source> {
        Box::new(InMemory { name: name.to_owned(), bytes: Arc::from(text.into_bytes()) })
    };
    let mut survey = Survey::new(files.into_iter().map(source).collect(), &Standards::shipped());
    let mut last = 0;
    while survey.step(store).expect("looked at") {
        let now = survey.progress();
        assert!(now.bytes.0 >= last && now.bytes.0 <= now.bytes.1);
        last = now.bytes.0;
    }
    survey
}

#[test]
fn many_files_are_surveyed_before_anything_is_kept_and_come_in_as_chosen() {
    let (mut wren, _) = taken_by("wren", 1, 3);
    let (mut kite, _) = taken_by("Kite 2", 2, 2);
    keep(&mut kite, note(7, "Kite 2", None, AnnotationKind::Site("Hillside".into()), ""));
    let wren = returned(&mut wren, "wren", &[Shared::Calls]);
    let kite = returned(&mut kite, "Kite 2", &[Shared::Calls]);
    // A third file is broken in the middle of its last record.
    let broken = kite.replace("Kite 2", "kite-2");
    let cut = broken.rfind("\"actions\"").expect("a record");
    let broken = broken[..cut].to_owned();
    let files = vec![("wren.jsonl", wren.clone()), ("kite.jsonl", kite), ("broken.jsonl", broken), ("w2.jsonl", wren)];
    let mut store = MemoryStore::new();
    let survey = surveyed(files, &mut store);
    assert!(listed(&mut store).is_empty(), "nothing is kept yet");
    assert_eq!(survey.files.iter().map(|file| file.is_good()).collect::<Vec<_>>(), [true, true, false, true]);
    let bad = &survey.files[2].reading.bad[0];
    assert!(bad.file == "broken.jsonl" && bad.line > 1 && survey.files[2].good().records == 1, "{bad:?}");
    let people = survey.people();
    let of = |name: &str| people.iter().find(|person| person.by == name).expect("there");
    assert_eq!((of("Kite 2").new, of("Kite 2").site.as_str()), (2, "Hillside"));
    assert!(of("wren").from.starts_with("2026-01") && !of("wren").roles.is_empty());
    let names: Vec<String> = people.iter().map(|person| person.by.clone()).collect();
    assert_eq!(look_alike(names.iter().map(String::as_str)), [vec!["Kite 2", "kite-2"]]);

    let only_wren = Wanted { people: Some(BTreeSet::from(["wren".to_owned()])), ..Wanted::default() };
    let mut bring = survey.bring(only_wren);
    while bring.step(&mut store).expect("brought in") {}
    assert_eq!((bring.brought.new.records, bring.brought.already_here.records), (3, 3));
    assert!(listed(&mut store).iter().all(|call| call.head.by == "wren"));
}

#[test]
fn one_person_on_two_machines_is_one_after_a_join() {
    let (mut a, _) = taken_by("wren", 1, 3);
    let (mut b, _) = taken_by("wren-home", 2, 3);
    let mut store = brought(&[&returned(&mut a, "wren", &[Shared::Calls])]);
    let second =
        returned(&mut b, "wren-home", &[Shared::Calls]).replace(&format!("{:032x}", 900 * 7), &format!("{:032x}", 999));
    bring_in("b", second.as_bytes(), &mut store).expect("brought in");
    keep(&mut store, join("wren", "wren-home", &"7".repeat(32), "2026-03-09T10:00"));
    assert_eq!(opened_from(store).members.len(), 1);
}

#[test]
fn files_that_are_no_exports_are_refused_soon_and_harm_nothing() {
    let mut store = MemoryStore::new();
    let header = "{\"rightcall\":\"export\",\"format\":1}\n";
    let hostile = vec![
        ("zeros.jsonl", "\0".repeat(1 << 20)),
        ("page.jsonl", "<html></html>".to_owned()),
        ("rubbish.jsonl", header.to_owned() + &"rubbish\n".repeat(2_000_000)),
        ("deep.jsonl", header.to_owned() + &"[".repeat(900_000)),
        ("empty.jsonl", String::new()),
    ];
    let survey = surveyed(hostile, &mut store);
    assert!(survey.files.iter().all(|file| !file.is_good() && !file.reading.bad.is_empty()));
    // It was given up long before the end.
    assert!(survey.files[2].reading.more_bad < 5_000);
    assert!(survey.people().is_empty());
}

#[test]
fn the_grid_shows_everybody_once_and_sorts() {
    let (cohort, calls) = cohort(24, 10, 2);
    let words = FactWords::of(&calls.scripts);
    let mut grid = Grid::of(&cohort, &Filter::default(), &words);
    assert!(grid.simulated && grid.draft && grid.rows.len() == 24);
    let filled = |grid: &Grid| {
        let cells = (0..grid.rows.len()).flat_map(|row| (0..grid.columns.len()).map(move |column| (row, column)));
        cells.filter(|(row, column)| grid.cell(*row, *column) != Cell::NotTaken).count()
    };
    assert_eq!(filled(&grid), cohort.taken.len());
    assert!(grid.by_registration && grid.rows.is_sorted_by_key(|row| !row.registered));
    for (row, of) in grid.rows.iter().enumerate() {
        for column in 0..grid.columns.len() {
            if let Cell::Decided { steps, taken, .. } = grid.cell(row, column) {
                let taken = &cohort.taken[taken];
                assert_eq!((taken.member, taken.item, taken.case.steps), (of.member, grid.columns[column].item, steps));
            }
        }
    }
    grid.sort(SortBy::Under, true);
    assert_eq!(filled(&grid), cohort.taken.len());
    grid.sort(SortBy::Column(0), false);
    let steps: Vec<i32> = (0..grid.rows.len())
        .filter(|row| grid.rows[*row].registered)
        .filter_map(|row| match grid.cell(row, 0) {
            Cell::Decided { steps, .. } => Some(steps),
            _ => None,
        })
        .collect();
    assert!(steps.is_sorted());
    assert!(grid.columns.iter().all(|column| column.right.is_some() == (column.people >= 5)));
}

#[test]
fn figures_come_with_limits_or_a_reason() {
    let (cohort, _) = cohort(16, 14, 4);
    for question in Question::ALL {
        let figures = Figures::of(&cohort, question, Decided::OwnCall, &Filter::default());
        assert!(figures.simulated && figures.lines.len() >= 4, "{question:?}");
        for line in &figures.lines {
            if let Figure::Known { value, limits } = &line.figure {
                assert!(limits.low <= limits.high && (-1.0..=1.0).contains(value), "{line:?}");
            }
        }
    }
    let few = Figures::of(&cohort, Question::Rung, Decided::Replay, &Filter::default());
    assert!(few.lines.iter().all(|line| matches!(&line.figure, Figure::TooFew(why) if why.contains("too few"))));
}

#[test]
fn groups_are_compared_only_where_they_may_be() {
    let (cohort, _) = cohort(30, 20, 4);
    let compared = Compared::of(&cohort, &Split::Registration);
    assert_eq!((compared.groups.len(), compared.hidden), (2, 0));
    assert!(compared.calls.0 <= compared.calls.1);
    let (mut small, _) = self::cohort(7, 12, 4);
    for (n, member) in small.members.iter_mut().enumerate() {
        member.site = if n < 2 { "A" } else { "B" }.to_owned();
    }
    let compared = Compared::of(&small, &Split::Site);
    assert!(compared.groups.iter().all(|group| group.people >= 5) && compared.hidden > 0);
    let leanings = Leanings::of(&small);
    assert_eq!(leanings.dots.len() + leanings.too_few, 7);
}

#[test]
fn a_session_is_planned_from_where_there_is_most_to_learn() {
    let (cohort, calls) = cohort(30, 20, 6);
    let words = FactWords::of(&calls.scripts);
    let found = suggestions(&cohort, &words);
    assert!(found.len() > 5);
    assert!(found.is_sorted_by(|a, b| a.weight >= b.weight));
    let first = &found[0];
    assert!(
        first.people >= 5 && !first.reasons.is_empty() && first.reasons.iter().all(|r| r.words.ends_with(['.', '?']))
    );
    assert!(found.iter().any(|s| s.reasons.iter().any(|r| matches!(r.kind, ReasonKind::SharedMiss(_)))));
    assert!(found.iter().any(|s| s.reasons.iter().any(|r| matches!(r.kind, ReasonKind::Strength(_)))));
    // Prompts say what was really different, in numbers of people, and name nobody.
    let prompts: Vec<&str> = found.iter().flat_map(|s| &s.prompts).map(|p| p.text.as_str()).collect();
    assert!(prompts.iter().any(|text| text.contains("acted on it")) && prompts.iter().all(|text| text.ends_with('?')));
    assert!(prompts.iter().all(|text| !text.contains("simulated")));
    for prompt in prompts.iter().take(3) {
        println!("{prompt}");
    }
    // Where all decide alike there is nothing to say.
    let (mut alike, _) = self::cohort(8, 6, 6);
    for taken in &mut alike.taken {
        (taken.case.rung, taken.case.steps, taken.case.setting_ok) = (Some(3), 0, true);
        taken.case.facts.clear();
    }
    assert!(suggestions(&alike, &words).is_empty());
}

#[test]
fn whether_the_next_round_agreed_better_is_said_only_with_enough_people() {
    let (mut cohort, _) = cohort(24, 12, 8);
    let call = cohort.items[cohort.taken[0].item].call.clone();
    let few = FollowUp::of(&cohort, &call, "2030-01-01");
    assert!(few.after.same_rung.is_none() && few.words().contains("not in yet"));
    // After the session everybody is on one rung.
    for (n, taken) in cohort.taken.iter_mut().enumerate() {
        let after = n % 2 == 0;
        taken.on = if after { "2026-12-01T10:00" } else { "2026-10-01T10:00" }.to_owned();
        if after {
            taken.case.decided = taken.case.decided.as_ref().map(|_| "Dx02".into());
        }
    }
    let better = FollowUp::of(&cohort, &call, "2026-11-25");
    assert_eq!(better.after.same_rung, Some(1.0));
    assert!(better.words().starts_with("The next round agreed better"), "{}", better.words());
}

#[test]
fn human_marks_stand_beside_the_machines_and_contested_ones_have_an_answer() {
    let calls = calls();
    let taken = simulation::cohort(&calls, 1, 1, 2).next().expect("one");
    let record = taken.record.head.id.clone();
    let mark = marking::mark(&taken.call, &record);
    let criterion: crate::standards::Id = mark.criteria[0].id.as_str().into();
    let marked = |points| AnnotationKind::Marked { criterion: criterion.clone(), points };
    let notes = [
        note(1, "robin", Some(&record), marked(0), ""),
        note(2, "robin", Some(&record), marked(99), "on second thoughts"),
        note(3, "dove", Some(&record), marked(1), ""),
        note(4, "wren", Some(&record), AnnotationKind::Contested { criterion: criterion.clone() }, "I did say it"),
        note(
            5,
            "dove",
            None,
            AnnotationKind::Answered { contested: format!("{:032x}", 4), upheld: Upheld::Objection },
            "you did",
        ),
    ];
    let lines = mark_lines(&mark, &notes);
    assert_eq!(lines[0].points, mark.criteria[0].points, "the machine's stays");
    let human: Vec<(&str, u32)> = lines[0].human.iter().map(|mark| (mark.by.as_str(), mark.points)).collect();
    assert_eq!(human, [("dove", 1.min(lines[0].out_of)), ("robin", lines[0].out_of)]);
    assert_eq!(contested(&notes)[0].answer, Some(("dove".to_owned(), Upheld::Objection, "you did".to_owned())));
    let calibration = calibration::Calibration::of(&[mark], &notes);
    assert_eq!((calibration.trainers.len(), calibration.lines.len()), (2, 1));
    assert!(calibration.too_few.is_some());
}

#[test]
fn the_pack_has_everything_asks_nobody_and_names_no_decision() {
    let standards = Standards::shipped();
    let mut session = Session::of(&super::session::played()).expect("it can happen");
    session.calls[0].well.push((super::session::By::Room, "<script>alert(1)</script> =1+1".to_owned()));
    session.plan.simulated = true;
    let calls = [CallPack { title: "The gym".to_owned(), draft: true, ..CallPack::default() }, CallPack::default()];
    let pack = Pack { session: &session, standards: &standards, calls: &calls };
    let (html, csv) = (page(&pack), table(&pack));
    for text in [&html, &csv] {
        for words in
            ["Late shift", "Follow the beep.", "a clear summary", "kite", "Simulated people", "draft", "The gym"]
        {
            assert!(text.contains(words), "{words}");
        }
        assert!(!text.contains("wren"), "who spoke first is not written down");
    }
    assert!(!html.contains("<script") && !html.contains("http:") && !html.contains("https:") && !html.contains("src="));
    assert!(html.contains("lang=\"en-GB\"") && html.contains("<caption>") && html.contains("scope=\"row\""));
    assert!(csv.lines().count() > 20 && csv.starts_with('\u{feff}'));
    if let Some(file) = std::env::var_os("RIGHTCALL_PACK") {
        std::fs::write(file, html).expect("written");
    }
}

/// So many simulated people with so many calls each, marked.
fn marked(people: u32, each: u32, seed: u64) -> Vec<(crate::records::Summary, Case)> {
    let standards = Standards::shipped();
    let calls = calls();
    let taken = simulation::cohort(&calls, people, each, seed).map(|taken| {
        let mark = marking::mark(&taken.call, &taken.record.head.id);
        let case = Case::of(&taken.record, &mark, &standards);
        (crate::records::Summary::of(&Kept { record: taken.record, finished: true }), case)
    });
    taken.collect()
}

#[test]
fn a_persons_evidence_is_theirs_and_drafts_are_no_evidence() {
    let standards = Standards::shipped();
    let cases = marked(2, 4, 3);
    let name = cases[0].0.head.by.clone();
    let found = evidence(&name, &cases, &[], &standards);
    assert_eq!(found.on_drafts, 4);
    assert!(found.competences.iter().any(|(_, shown)| shown.len() == 4));
    let (html, csv) = (evidence_page(&found, &standards), evidence_table(&found));
    assert!(html.contains("Simulated people") && html.contains("draft") && csv.contains("draft"));
    assert!(!html.contains(&cases[7].0.head.by) && !csv.contains(&cases[7].0.head.by));
}

#[test]
fn listening_is_called_reading_where_a_call_was_read() {
    let standards = Standards::shipped();
    let cases = marked(1, 3, 5);
    let heard = |place: usize, lines, of| {
        let head = &cases[place].0.head;
        note(place as u32, &head.by, Some(&head.id), AnnotationKind::Heard { lines, of }, "")
    };
    // The first was heard, the second hardly; of the third nothing is known.
    let notes = [heard(0, 2, 4), heard(1, 2, 12)];
    let found = evidence(&cases[0].0.head.by, &cases, &notes, &standards);
    let named = |name: &str| {
        let of = found.competences.iter().find(|(one, _)| one.name == name).map(|(_, shown)| shown.len());
        of.unwrap_or_else(|| panic!("{name} is missing"))
    };
    assert_eq!((named("Active listening"), named("Cue recognition, read")), (1, 2));
    assert_eq!(named("Open and identify"), 3);
    assert!(evidence_page(&found, &standards).contains("C4 Cue recognition, read"));
}

#[test]
fn the_calls_of_a_set_are_found_in_a_cohort() {
    let (cohort, _) = cohort(3, 4, 2);
    let set = "b".repeat(64);
    let taken = &cohort.taken[1];
    let kind = AnnotationKind::InSet { set: set.clone(), name: "Core".to_owned() };
    let notes = [note(1, "x", Some(&taken.record), kind, "")];
    assert_eq!(items_of_set(&cohort, &notes, &set), BTreeSet::from([taken.item]));
}

#[test]
fn contested_marks_are_listed_only_of_calls_that_their_owners_show() {
    let team = SimulatedTeam::new(&calls(), 8, 6, 5, &Standards::shipped());
    let (shown, marks): (Vec<_>, Vec<_>) = team.spoken_of.iter().cloned().unzip();
    assert_eq!(spoken_of(&team.said, &shown, RULES).len(), shown.len());
    let lines = contested_lines(&team.said, &shown, &marks);
    assert!(lines.len() >= 3 && lines.is_sorted_by_key(|line| (line.mark.answer.is_some(), line.call.clone())));
    let owner = lines[0].mark.by.clone();
    let mut notes = team.said.clone();
    notes.push(withdrawal(&owner, None, Vec::new(), &"d".repeat(32), "2030-01-01T10:00"));
    let left: Vec<String> = spoken_of(&notes, &shown, RULES).into_iter().map(|key| key.record).collect();
    assert!(left.len() < shown.len());
    let marks: Vec<_> = marks.into_iter().filter(|mark| left.contains(&mark.record)).collect();
    assert!(contested_lines(&notes, &shown, &marks).iter().all(|line| line.mark.by != owner));
    // Simulated trainers are told apart from real ones wherever they are named.
    assert!(team.said.iter().all(|note| crate::simulation::is_simulated(&note.by)));
}

#[test]
fn a_learning_point_is_due_from_its_day_until_somebody_has_looked() {
    use crate::sharing::follow_up::{Due, points};
    use crate::sharing::session::{Kept as Was, SessionEvent};
    let mut session = Session::of(&super::session::played()).expect("it can happen");
    session.calls[0].followed_up.clear();
    let due = |session: &Session, today: &str| points(session, None, today).remove(0).due;
    let point = session.calls[0].agreed.clone().expect("agreed");
    assert_eq!((due(&session, "2026-12-15"), due(&session, &point.review)), (Due::Later, Due::Now));
    let look = |on: &str| SessionEvent::FollowedUp {
        call: 0,
        on: on.to_owned(),
        words: "half of us".into(),
        kept: Was::Partly,
    };
    // Too early does not count as the look that was agreed.
    session.apply(&look("2026-12-01")).expect("afterwards");
    assert_eq!(due(&session, "2026-12-20"), Due::Now);
    session.apply(&look("2026-12-17")).expect("afterwards");
    assert_eq!(due(&session, "2026-12-20"), Due::Done);
    assert_eq!(points(&session, None, "2026-12-20")[0].looked_at.len(), 2);
}
