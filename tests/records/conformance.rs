//! What every store does alike. A further store is one more line in `stores!`.

use rightcall::call::{Action, Ending, Event, TimedAction, TimedEvent};
use rightcall::records::{
    Assessed, AssessmentKey, Failure, Item, Kept, MemoryStore, Outcome, Reply, Request, SqliteStore, Store, wait,
};

use super::sample::*;

macro_rules! stores {
    ($($test:ident),+ $(,)?) => {
        mod memory { $(#[test] fn $test() { super::$test(&mut super::MemoryStore::new()); })+ }
        mod sqlite {
            $(#[test] fn $test() {
                let folder = tempfile::tempdir().expect("a folder");
                super::$test(&mut super::SqliteStore::open(folder.path()).expect("a store"));
            })+
        }
    };
}

stores!(
    a_call_from_beginning_to_end,
    a_call_is_appended_to_in_order,
    an_unfinished_call_is_resumed,
    texts_are_kept_by_hash,
    annotations_are_appended,
    imports_say_what_becomes_of_each_item,
    an_unfinished_call_grows_by_import,
    calls_are_thrown_away,
    assessments_are_a_cache,
    settings_stay_until_everything_goes,
    answers_come_in_order,
    what_cannot_be_exported_is_refused,
);

fn a_call_from_beginning_to_end(store: &mut dyn Store) {
    take(store, 1, 5, true);
    assert_eq!(load(store, 1), kept(1, 5, true));
    let Ok(Reply::Calls(calls)) = wait(store, Request::List) else { panic!() };
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].head, head(1));
    assert!(calls[0].finished);
    assert_eq!((calls[0].actions, calls[0].clock), (5, 4500));
    assert_eq!(calls[0].ending, Some(Ending::Closed));
    assert_eq!(ids(store, Request::Unfinished), Vec::<String>::new());
    let again = Request::Begin { head: Box::new(head(1)), texts: texts() };
    assert_eq!(refused(store, again), Failure::AlreadyPresent { id: id(1) });
}

fn a_call_is_appended_to_in_order(store: &mut dyn Store) {
    take(store, 1, 2, false);
    for wrong in [0, 1, 3, u32::MAX] {
        let wrong = Request::Act { id: id(1), sequence: wrong, action: Box::new(action(0)), events: Vec::new() };
        assert!(matches!(refused(store, wrong), Failure::OutOfOrder { expected: 2, .. }));
    }
    assert_eq!(refused(store, act(9, 0)), Failure::NoCall { id: id(9) });
    saved(store, act(1, 2));
    saved(store, Request::Finish { id: id(1), clock: 2500, events: ended(2500) });
    let over = Failure::Finished { id: id(1) };
    assert_eq!(refused(store, act(1, 3)), over);
    assert_eq!(refused(store, Request::ClockMark { id: id(1), at: 9 }), over);
    let again = Request::Finish { id: id(1), clock: 9, events: Vec::new() };
    assert_eq!(refused(store, again), over);
    assert_eq!(refused(store, Request::Resume(id(1))), over);
    assert_eq!(refused(store, Request::Abandon(id(1))), over);
    assert_eq!(load(store, 1), kept(1, 3, true));
}

fn an_unfinished_call_is_resumed(store: &mut dyn Store) {
    take(store, 1, 3, false);
    take(store, 2, 1, true);
    saved(store, Request::ClockMark { id: id(1), at: 9000 });
    saved(store, Request::ClockMark { id: id(1), at: 4000 });
    assert_eq!(ids(store, Request::Unfinished), [id(1)]);
    let mut expected = kept(1, 3, false);
    expected.record.clock = 9000;
    assert_eq!(load(store, 1), expected);
    let resumed = wait(store, Request::Resume(id(1)));
    assert_eq!(resumed, Ok(Reply::Record(Box::new(expected))));
    saved(store, act(1, 3));
    let decided = |disposition: &str| TimedEvent {
        at: 9500,
        event: Event::Decided {
            disposition: disposition.into(),
            reason: "".into(),
            confidence: rightcall::call::Confidence::Fairly,
            early: false,
        },
    };
    let revise = Request::Act {
        id: id(1),
        sequence: 4,
        action: Box::new(TimedAction { at: 9500, action: Action::Revise }),
        events: vec![decided("Dx02"), TimedEvent { at: 9500, event: Event::Revised }, decided("Dx011")],
    };
    saved(store, revise);
    let Ok(Reply::Calls(calls)) = wait(store, Request::Unfinished) else { panic!() };
    assert_eq!(calls[0].decided.as_deref(), Some("Dx011"));
    assert!(!calls[0].elsewhere);
}

fn texts_are_kept_by_hash(store: &mut dyn Store) {
    let all = texts();
    let without = |n: usize| {
        let texts = all.iter().enumerate().filter(|(k, _)| *k != n).map(|(_, text)| text.clone());
        Request::Begin { head: Box::new(head(1)), texts: texts.collect() }
    };
    for (n, text) in all.iter().enumerate() {
        let missing = Failure::NoText { hash: text.hash.clone() };
        assert_eq!(refused(store, without(n)), missing);
    }
    assert_eq!(ids(store, Request::List), Vec::<String>::new());
    let mut changed = all.clone();
    changed[0].text.push('x');
    let changed = Request::Begin { head: Box::new(head(1)), texts: changed };
    assert!(matches!(refused(store, changed), Failure::Invalid(_)));
    take(store, 1, 1, true);
    // The second time they are here.
    saved(store, Request::Begin { head: Box::new(head(2)), texts: Vec::new() });
    let scenario = wait(store, Request::Texts(all[0].hash.clone()));
    assert_eq!(scenario, Ok(Reply::Texts(vec![all[0].clone()])));
    let Ok(Reply::Texts(standards)) = wait(store, Request::Texts(all[1].hash.clone())) else { panic!() };
    assert_eq!(standards, all[1..]);
    let none = Failure::NoText { hash: "0".repeat(64) };
    assert_eq!(refused(store, Request::Texts("0".repeat(64))), none);
}

fn annotations_are_appended(store: &mut dyn Store) {
    take(store, 1, 1, true);
    let (on_call, alone) = (annotation(7, Some(1)), annotation(6, None));
    saved(store, Request::Annotate(Box::new(on_call.clone())));
    saved(store, Request::Annotate(Box::new(alone.clone())));
    let mut other = on_call.clone();
    other.text = "Something else.".to_owned();
    let present = Failure::AlreadyPresent { id: id(7) };
    assert_eq!(refused(store, Request::Annotate(Box::new(other))), present);
    let stray = Request::Annotate(Box::new(annotation(8, Some(99))));
    assert_eq!(refused(store, stray), Failure::NoCall { id: id(99) });
    let mut nameless = annotation(9, None);
    nameless.id = "../../etc".to_owned();
    let nameless = Request::Annotate(Box::new(nameless));
    assert!(matches!(refused(store, nameless), Failure::Invalid(_)));
    let of_call = wait(store, Request::Annotations { of: Some(id(1)) });
    assert_eq!(of_call, Ok(Reply::Annotations(vec![on_call.clone()])));
    let all = wait(store, Request::Annotations { of: None });
    assert_eq!(all, Ok(Reply::Annotations(vec![alone, on_call])));
    assert_eq!(load(store, 1), kept(1, 1, true));
}

fn imports_say_what_becomes_of_each_item(store: &mut dyn Store) {
    take(store, 1, 2, true);
    let mut other = kept(1, 2, true);
    other.record.head.seed = 5;
    let record = |kept: Kept| Item::Record(Box::new(kept));
    let items = vec![
        Item::Text(texts()[0].clone()),
        Item::Text(rightcall::records::Text::new("new", "new")),
        record(kept(1, 2, true)),
        record(other),
        record(kept(3, 4, true)),
        Item::Annotation(Box::new(annotation(50, Some(3)))),
        Item::Annotation(Box::new(annotation(51, Some(4)))),
    ];
    let import = |only_check| Request::Import { items: items.clone(), only_check };
    use Outcome::{AlreadyHere, Differs, New, Stray};
    // A check keeps nothing: the record of the annotation is not here yet.
    let checked = vec![AlreadyHere, New, AlreadyHere, Differs, New, Stray, Stray];
    assert_eq!(wait(store, import(true)), Ok(Reply::Imported(checked)));
    assert_eq!(ids(store, Request::List), [id(1)]);
    let done = vec![AlreadyHere, New, AlreadyHere, Differs, New, New, Stray];
    assert_eq!(wait(store, import(false)), Ok(Reply::Imported(done)));
    assert_eq!(load(store, 1), kept(1, 2, true));
    assert_eq!(load(store, 3), kept(3, 4, true));
    let again = vec![AlreadyHere, AlreadyHere, AlreadyHere, Differs, AlreadyHere, AlreadyHere, Stray];
    assert_eq!(wait(store, import(false)), Ok(Reply::Imported(again)));
}

fn an_unfinished_call_grows_by_import(store: &mut dyn Store) {
    let import = |store: &mut dyn Store, kept: Kept| {
        let items = vec![Item::Record(Box::new(kept))];
        match wait(store, Request::Import { items, only_check: false }) {
            Ok(Reply::Imported(outcomes)) => outcomes[0],
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(import(store, kept(1, 2, false)), Outcome::New);
    assert_eq!(ids(store, Request::Unfinished), [id(1)]);
    saved(store, act(1, 2));
    assert_eq!(load(store, 1), kept(1, 3, false));
    assert_eq!(import(store, kept(1, 2, false)), Outcome::AlreadyHere);
    assert_eq!(import(store, kept(1, 5, true)), Outcome::Continued);
    assert_eq!(load(store, 1), kept(1, 5, true));
    assert_eq!(import(store, kept(1, 3, false)), Outcome::AlreadyHere);
    assert_eq!(import(store, kept(1, 6, true)), Outcome::Differs);
    assert_eq!(load(store, 1), kept(1, 5, true));
    let Ok(Reply::Calls(calls)) = wait(store, Request::List) else { panic!() };
    assert_eq!((calls[0].actions, calls[0].finished), (5, true));
}

fn calls_are_thrown_away(store: &mut dyn Store) {
    take(store, 1, 2, false);
    saved(store, Request::Annotate(Box::new(annotation(7, Some(1)))));
    saved(store, Request::Abandon(id(1)));
    assert_eq!(refused(store, Request::Load(id(1))), Failure::NoCall { id: id(1) });
    assert_eq!(wait(store, Request::Annotations { of: None }), Ok(Reply::Annotations(vec![])));
    let scenario = Request::Texts(texts()[0].hash.clone());
    assert!(matches!(refused(store, scenario.clone()), Failure::NoText { .. }));
    take(store, 2, 2, true);
    let mut other = head(3);
    other.by = "robin".to_owned();
    saved(store, Request::Begin { head: Box::new(other), texts: texts() });
    saved(store, Request::Wipe { by: Some("wren".to_owned()) });
    assert_eq!(ids(store, Request::List), [id(3)]);
    assert!(wait(store, scenario.clone()).is_ok());
    saved(store, Request::Annotate(Box::new(annotation(8, None))));
    saved(store, Request::Wipe { by: None });
    assert_eq!(ids(store, Request::List), Vec::<String>::new());
    assert_eq!(wait(store, Request::Annotations { of: None }), Ok(Reply::Annotations(vec![])));
    assert!(wait(store, scenario).is_err());
}

fn assessments_are_a_cache(store: &mut dyn Store) {
    take(store, 1, 2, true);
    let key = |rules| AssessmentKey { record: id(1), scenario: head(1).scenario, standards: head(1).standards, rules };
    let assessed = |rules, points: u32| Assessed {
        key: key(rules),
        summary: points.to_string(),
        full: format!("{{\"points\":{points}}}"),
    };
    for (rules, points) in [(1, 10), (2, 20), (1, 11)] {
        saved(store, Request::PutAssessment(Box::new(assessed(rules, points))));
    }
    let found = wait(store, Request::Assessment(key(1)));
    assert_eq!(found, Ok(Reply::Assessments(vec![assessed(1, 11)])));
    let none = wait(store, Request::Assessment(key(3)));
    assert_eq!(none, Ok(Reply::Assessments(vec![])));
    let brief = Assessed { full: String::new(), ..assessed(2, 20) };
    let under_2 = wait(store, Request::Assessments { rules: 2 });
    assert_eq!(under_2, Ok(Reply::Assessments(vec![brief])));
    let mut lost = assessed(1, 1);
    lost.key.record = id(5);
    let lost = Request::PutAssessment(Box::new(lost));
    assert_eq!(refused(store, lost), Failure::NoCall { id: id(5) });
}

fn settings_stay_until_everything_goes(store: &mut dyn Store) {
    let put = |name: &str, value: Option<&str>| Request::PutSetting {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    };
    let kept = |pairs: &[(&str, &str)]| {
        Ok(Reply::Settings(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    };
    assert_eq!(wait(store, Request::Settings), kept(&[]));
    saved(store, put("window", Some("{}")));
    saved(store, put("window", Some("{\"theme\":\"light\"}")));
    saved(store, put("profiles", Some("[]")));
    saved(store, put("profiles", None));
    saved(store, Request::Wipe { by: Some("wren".to_owned()) });
    assert_eq!(wait(store, Request::Settings), kept(&[("window", "{\"theme\":\"light\"}")]));
    assert!(matches!(refused(store, put(&"n".repeat(65), Some(""))), Failure::Invalid(_)));
    saved(store, Request::Wipe { by: None });
    assert_eq!(wait(store, Request::Settings), kept(&[]));
}

fn answers_come_in_order(store: &mut dyn Store) {
    let mut tickets = vec![store.submit(Request::Begin { head: Box::new(head(1)), texts: texts() })];
    tickets.extend((0..20).map(|k| store.submit(act(1, k))));
    let mut answered = Vec::new();
    while answered.len() < tickets.len() {
        for (ticket, answer) in store.poll() {
            assert_eq!(answer, Ok(Reply::Saved));
            answered.push(ticket);
        }
        std::thread::yield_now();
    }
    assert_eq!(answered, tickets);
    assert_eq!(store.poll(), Vec::new());
    assert_eq!(load(store, 1), kept(1, 20, false));
}

fn what_cannot_be_exported_is_refused(store: &mut dyn Store) {
    take(store, 1, 1, false);
    let long = TimedAction { at: 1, action: Action::Note("\u{1}".repeat(60_000)) };
    let long = Request::Act { id: id(1), sequence: 1, action: Box::new(long), events: Vec::new() };
    assert!(matches!(refused(store, long), Failure::Invalid(_)));
    for wrong in ["", "../../../../tmp/x", "A0000000000000000000000000000000"] {
        let mut head = head(1);
        head.id = wrong.to_owned();
        let begin = Request::Begin { head: Box::new(head), texts: texts() };
        assert!(matches!(refused(store, begin), Failure::Invalid(_)));
        let none = Failure::NoCall { id: wrong.to_owned() };
        assert_eq!(refused(store, Request::Resume(wrong.to_owned())), none);
        assert_eq!(refused(store, Request::Load(wrong.to_owned())), none);
    }
    assert_eq!(load(store, 1), kept(1, 1, false));
}
