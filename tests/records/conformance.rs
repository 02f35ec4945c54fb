//! What every store does alike. A further store is one more line in `stores!`; the browser's runs the same in
//! `web/test/browser`.

use rightcall::call::{Action, Ending, Event, TimedAction, TimedEvent};
use rightcall::records::{
    Annotation, AnnotationKind, Assessed, AssessmentKey, Failure, Item, Kept, Outcome, Reply, Request, Store,
};

use super::sample::{act, action, annotation, ended, head, id, kept, texts};

/// A store of which one can wait for the answer.
pub trait Asks: Store {
    async fn ask(&mut self, request: Request) -> Result<Reply, Failure>;

    /// Lets the store get on with what it is doing.
    async fn pause();
}

#[cfg(not(target_arch = "wasm32"))]
mod here {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use rightcall::records::{Failure, MemoryStore, Reply, Request, SqliteStore, wait};

    use super::Asks;

    macro_rules! waits {
        ($($store:ty)+) => {
            $(impl Asks for $store {
                async fn ask(&mut self, request: Request) -> Result<Reply, Failure> {
                    wait(self, request)
                }

                async fn pause() {
                    std::thread::yield_now();
                }
            })+
        };
    }

    waits!(MemoryStore SqliteStore);

    /// Runs what never has to wait.
    pub fn run(test: impl Future<Output = ()>) {
        let done = pin!(test).poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(done, Poll::Ready(()));
    }
}

macro_rules! stores {
    ($($test:ident),+ $(,)?) => {
        #[cfg(not(target_arch = "wasm32"))]
        mod memory { $(#[test] fn $test() { super::here::run(super::$test(&mut rightcall::records::MemoryStore::new())); })+ }
        #[cfg(not(target_arch = "wasm32"))]
        mod sqlite {
            $(#[test] fn $test() {
                let folder = tempfile::tempdir().expect("a folder");
                let mut store = rightcall::records::SqliteStore::open(folder.path()).expect("a store");
                super::here::run(super::$test(&mut store));
            })+
        }

        /// Their names, for whoever runs them one by one.
        #[cfg(target_arch = "wasm32")]
        pub const ALL: &[&str] = &[$(stringify!($test)),+];

        /// Runs the one of this name.
        #[cfg(target_arch = "wasm32")]
        pub async fn run_one<S: Asks>(name: &str, store: &mut S) {
            match name {
                $(stringify!($test) => $test(store).await,)+
                _ => panic!("there is no `{name}`"),
            }
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

async fn ask<S: Asks>(store: &mut S, request: Request) -> Result<Reply, Failure> {
    store.ask(request).await
}

async fn saved<S: Asks>(store: &mut S, request: Request) {
    assert_eq!(store.ask(request).await, Ok(Reply::Saved));
}

async fn refused<S: Asks>(store: &mut S, request: Request) -> Failure {
    store.ask(request).await.expect_err("to be refused")
}

async fn load<S: Asks>(store: &mut S, n: u128) -> Kept {
    match store.ask(Request::Load(id(n))).await {
        Ok(Reply::Record(kept)) => *kept,
        other => panic!("{other:?}"),
    }
}

async fn ids<S: Asks>(store: &mut S, request: Request) -> Vec<String> {
    match store.ask(request).await {
        Ok(Reply::Calls(calls)) => calls.into_iter().map(|call| call.head.id).collect(),
        other => panic!("{other:?}"),
    }
}

/// Takes the call of [`kept`] in a store.
async fn take<S: Asks>(store: &mut S, n: u128, actions: u32, finished: bool) {
    saved(store, Request::Begin { head: Box::new(head(n)), texts: texts() }).await;
    for k in 0..actions {
        saved(store, act(n, k)).await;
    }
    if finished {
        let clock = kept(n, actions, true).record.clock;
        saved(store, Request::Finish { id: id(n), clock, events: ended(clock) }).await;
    }
}

pub async fn a_call_from_beginning_to_end<S: Asks>(store: &mut S) {
    take(store, 1, 5, true).await;
    assert_eq!(load(store, 1).await, kept(1, 5, true));
    let Ok(Reply::Calls(calls)) = ask(store, Request::List).await else { panic!() };
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].head, head(1));
    assert!(calls[0].finished);
    assert_eq!((calls[0].actions, calls[0].clock), (5, 4500));
    assert_eq!(calls[0].ending, Some(Ending::Closed));
    assert_eq!(ids(store, Request::Unfinished).await, Vec::<String>::new());
    let again = Request::Begin { head: Box::new(head(1)), texts: texts() };
    assert_eq!(refused(store, again).await, Failure::AlreadyPresent { id: id(1) });
}

pub async fn a_call_is_appended_to_in_order<S: Asks>(store: &mut S) {
    take(store, 1, 2, false).await;
    for wrong in [0, 1, 3, u32::MAX] {
        let wrong = Request::Act { id: id(1), sequence: wrong, action: Box::new(action(0)), events: Vec::new() };
        assert!(matches!(refused(store, wrong).await, Failure::OutOfOrder { expected: 2, .. }));
    }
    assert_eq!(refused(store, act(9, 0)).await, Failure::NoCall { id: id(9) });
    saved(store, act(1, 2)).await;
    saved(store, Request::Finish { id: id(1), clock: 2500, events: ended(2500) }).await;
    let over = Failure::Finished { id: id(1) };
    assert_eq!(refused(store, act(1, 3)).await, over);
    assert_eq!(refused(store, Request::ClockMark { id: id(1), at: 9 }).await, over);
    let again = Request::Finish { id: id(1), clock: 9, events: Vec::new() };
    assert_eq!(refused(store, again).await, over);
    assert_eq!(refused(store, Request::Resume(id(1))).await, over);
    assert_eq!(refused(store, Request::Abandon(id(1))).await, over);
    assert_eq!(load(store, 1).await, kept(1, 3, true));
}

pub async fn an_unfinished_call_is_resumed<S: Asks>(store: &mut S) {
    take(store, 1, 3, false).await;
    take(store, 2, 1, true).await;
    saved(store, Request::ClockMark { id: id(1), at: 9000 }).await;
    saved(store, Request::ClockMark { id: id(1), at: 4000 }).await;
    assert_eq!(ids(store, Request::Unfinished).await, [id(1)]);
    let mut expected = kept(1, 3, false);
    expected.record.clock = 9000;
    assert_eq!(load(store, 1).await, expected);
    let resumed = ask(store, Request::Resume(id(1))).await;
    assert_eq!(resumed, Ok(Reply::Record(Box::new(expected))));
    saved(store, act(1, 3)).await;
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
    saved(store, revise).await;
    let Ok(Reply::Calls(calls)) = ask(store, Request::Unfinished).await else { panic!() };
    assert_eq!(calls[0].decided.as_deref(), Some("Dx011"));
    assert!(!calls[0].elsewhere);
}

pub async fn texts_are_kept_by_hash<S: Asks>(store: &mut S) {
    let all = texts();
    let without = |n: usize| {
        let texts = all.iter().enumerate().filter(|(k, _)| *k != n).map(|(_, text)| text.clone());
        Request::Begin { head: Box::new(head(1)), texts: texts.collect() }
    };
    for (n, text) in all.iter().enumerate() {
        let missing = Failure::NoText { hash: text.hash.clone() };
        assert_eq!(refused(store, without(n)).await, missing);
    }
    assert_eq!(ids(store, Request::List).await, Vec::<String>::new());
    let mut changed = all.clone();
    changed[0].text.push('x');
    let changed = Request::Begin { head: Box::new(head(1)), texts: changed };
    assert!(matches!(refused(store, changed).await, Failure::Invalid(_)));
    take(store, 1, 1, true).await;
    // The second time they are here.
    saved(store, Request::Begin { head: Box::new(head(2)), texts: Vec::new() }).await;
    let scenario = ask(store, Request::Texts(all[0].hash.clone())).await;
    assert_eq!(scenario, Ok(Reply::Texts(vec![all[0].clone()])));
    let Ok(Reply::Texts(standards)) = ask(store, Request::Texts(all[1].hash.clone())).await else { panic!() };
    assert_eq!(standards, all[1..]);
    let none = Failure::NoText { hash: "0".repeat(64) };
    assert_eq!(refused(store, Request::Texts("0".repeat(64))).await, none);
}

pub async fn annotations_are_appended<S: Asks>(store: &mut S) {
    take(store, 1, 1, true).await;
    let (on_call, alone) = (annotation(7, Some(1)), annotation(6, None));
    saved(store, Request::Annotate(Box::new(on_call.clone()))).await;
    saved(store, Request::Annotate(Box::new(alone.clone()))).await;
    let mut other = on_call.clone();
    other.text = "Something else.".to_owned();
    let present = Failure::AlreadyPresent { id: id(7) };
    assert_eq!(refused(store, Request::Annotate(Box::new(other))).await, present);
    let stray = Request::Annotate(Box::new(annotation(8, Some(99))));
    assert_eq!(refused(store, stray).await, Failure::NoCall { id: id(99) });
    let mut nameless = annotation(9, None);
    nameless.id = "../../etc".to_owned();
    let nameless = Request::Annotate(Box::new(nameless));
    assert!(matches!(refused(store, nameless).await, Failure::Invalid(_)));
    let of_call = ask(store, Request::Annotations { of: Some(id(1)) }).await;
    assert_eq!(of_call, Ok(Reply::Annotations(vec![on_call.clone()])));
    let all = ask(store, Request::Annotations { of: None }).await;
    assert_eq!(all, Ok(Reply::Annotations(vec![alone, on_call])));
    assert_eq!(load(store, 1).await, kept(1, 1, true));
}

pub async fn imports_say_what_becomes_of_each_item<S: Asks>(store: &mut S) {
    take(store, 1, 2, true).await;
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
    assert_eq!(ask(store, import(true)).await, Ok(Reply::Imported(checked)));
    assert_eq!(ids(store, Request::List).await, [id(1)]);
    let done = vec![AlreadyHere, New, AlreadyHere, Differs, New, New, Stray];
    assert_eq!(ask(store, import(false)).await, Ok(Reply::Imported(done)));
    assert_eq!(load(store, 1).await, kept(1, 2, true));
    assert_eq!(load(store, 3).await, kept(3, 4, true));
    let again = vec![AlreadyHere, AlreadyHere, AlreadyHere, Differs, AlreadyHere, AlreadyHere, Stray];
    assert_eq!(ask(store, import(false)).await, Ok(Reply::Imported(again)));
}

pub async fn an_unfinished_call_grows_by_import<S: Asks>(store: &mut S) {
    async fn import<S: Asks>(store: &mut S, kept: Kept) -> Outcome {
        let items = vec![Item::Record(Box::new(kept))];
        match store.ask(Request::Import { items, only_check: false }).await {
            Ok(Reply::Imported(outcomes)) => outcomes[0],
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(import(store, kept(1, 2, false)).await, Outcome::New);
    assert_eq!(ids(store, Request::Unfinished).await, [id(1)]);
    saved(store, act(1, 2)).await;
    assert_eq!(load(store, 1).await, kept(1, 3, false));
    assert_eq!(import(store, kept(1, 2, false)).await, Outcome::AlreadyHere);
    assert_eq!(import(store, kept(1, 5, true)).await, Outcome::Continued);
    assert_eq!(load(store, 1).await, kept(1, 5, true));
    assert_eq!(import(store, kept(1, 3, false)).await, Outcome::AlreadyHere);
    assert_eq!(import(store, kept(1, 6, true)).await, Outcome::Differs);
    assert_eq!(load(store, 1).await, kept(1, 5, true));
    let Ok(Reply::Calls(calls)) = ask(store, Request::List).await else { panic!() };
    assert_eq!((calls[0].actions, calls[0].finished), (5, true));
}

pub async fn calls_are_thrown_away<S: Asks>(store: &mut S) {
    take(store, 1, 2, false).await;
    saved(store, Request::Annotate(Box::new(annotation(7, Some(1))))).await;
    saved(store, Request::Abandon(id(1))).await;
    assert_eq!(refused(store, Request::Load(id(1))).await, Failure::NoCall { id: id(1) });
    assert_eq!(ask(store, Request::Annotations { of: None }).await, Ok(Reply::Annotations(vec![])));
    let scenario = Request::Texts(texts()[0].hash.clone());
    assert!(matches!(refused(store, scenario.clone()).await, Failure::NoText { .. }));
    take(store, 2, 2, true).await;
    let mut other = head(3);
    other.by = "robin".to_owned();
    saved(store, Request::Begin { head: Box::new(other), texts: texts() }).await;
    // Wren said something of Robin's call and in a session, and where they work.
    let by_wren = |one| Annotation { by: "wren".to_owned(), ..one };
    let session = AnnotationKind::Session { session: id(40), sequence: 0 };
    let session = Annotation { kind: session, ..by_wren(annotation(12, None)) };
    let site = Annotation { kind: AnnotationKind::Site("Hillside".to_owned()), ..by_wren(annotation(13, None)) };
    let (own, robins) = (by_wren(annotation(9, Some(2))), by_wren(annotation(10, Some(3))));
    for one in [own, robins.clone(), session.clone(), site] {
        saved(store, Request::Annotate(Box::new(one))).await;
    }
    saved(store, Request::Wipe { by: Some("wren".to_owned()) }).await;
    assert_eq!(ids(store, Request::List).await, [id(3)]);
    let left = Ok(Reply::Annotations(vec![robins, session]));
    assert_eq!(ask(store, Request::Annotations { of: None }).await, left, "what is others' as well stays with them");
    assert!(ask(store, scenario.clone()).await.is_ok());
    saved(store, Request::Annotate(Box::new(annotation(8, None)))).await;
    saved(store, Request::Wipe { by: None }).await;
    assert_eq!(ids(store, Request::List).await, Vec::<String>::new());
    assert_eq!(ask(store, Request::Annotations { of: None }).await, Ok(Reply::Annotations(vec![])));
    assert!(ask(store, scenario).await.is_err());
}

pub async fn assessments_are_a_cache<S: Asks>(store: &mut S) {
    take(store, 1, 2, true).await;
    let key = |rules| AssessmentKey { record: id(1), scenario: head(1).scenario, standards: head(1).standards, rules };
    let assessed = |rules, points: u32| Assessed {
        key: key(rules),
        summary: points.to_string(),
        full: format!("{{\"points\":{points}}}"),
    };
    for (rules, points) in [(1, 10), (2, 20), (1, 11)] {
        saved(store, Request::PutAssessment(Box::new(assessed(rules, points)))).await;
    }
    let found = ask(store, Request::Assessment(key(1))).await;
    assert_eq!(found, Ok(Reply::Assessments(vec![assessed(1, 11)])));
    let none = ask(store, Request::Assessment(key(3))).await;
    assert_eq!(none, Ok(Reply::Assessments(vec![])));
    let brief = Assessed { full: String::new(), ..assessed(2, 20) };
    let under_2 = ask(store, Request::Assessments { rules: 2 }).await;
    assert_eq!(under_2, Ok(Reply::Assessments(vec![brief])));
    let mut lost = assessed(1, 1);
    lost.key.record = id(5);
    let several = vec![lost.clone(), assessed(1, 12), assessed(3, 30)];
    let lost = Request::PutAssessment(Box::new(lost));
    assert_eq!(refused(store, lost).await, Failure::NoCall { id: id(5) });
    // Several at once: what is about a call that is not here is left out, the others are kept.
    saved(store, Request::PutAssessments(several)).await;
    for (rules, points) in [(1, 12), (2, 20), (3, 30)] {
        let found = ask(store, Request::Assessment(key(rules))).await;
        assert_eq!(found, Ok(Reply::Assessments(vec![assessed(rules, points)])));
    }
    let of_lost = AssessmentKey { record: id(5), ..key(1) };
    assert_eq!(ask(store, Request::Assessment(of_lost)).await, Ok(Reply::Assessments(vec![])));
}

pub async fn settings_stay_until_everything_goes<S: Asks>(store: &mut S) {
    let put = |name: &str, value: Option<&str>| Request::PutSetting {
        name: name.to_owned(),
        value: value.map(str::to_owned),
    };
    let kept = |pairs: &[(&str, &str)]| {
        Ok(Reply::Settings(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
    };
    assert_eq!(ask(store, Request::Settings).await, kept(&[]));
    saved(store, put("window", Some("{}"))).await;
    saved(store, put("window", Some("{\"theme\":\"light\"}"))).await;
    saved(store, put("profiles", Some("[]"))).await;
    saved(store, put("profiles", None)).await;
    saved(store, Request::Wipe { by: Some("wren".to_owned()) }).await;
    assert_eq!(ask(store, Request::Settings).await, kept(&[("window", "{\"theme\":\"light\"}")]));
    assert!(matches!(refused(store, put(&"n".repeat(65), Some(""))).await, Failure::Invalid(_)));
    saved(store, Request::Wipe { by: None }).await;
    assert_eq!(ask(store, Request::Settings).await, kept(&[]));
}

pub async fn answers_come_in_order<S: Asks>(store: &mut S) {
    let mut tickets = vec![store.submit(Request::Begin { head: Box::new(head(1)), texts: texts() })];
    tickets.extend((0..20).map(|k| store.submit(act(1, k))));
    let mut answered = Vec::new();
    while answered.len() < tickets.len() {
        for (ticket, answer) in store.poll() {
            assert_eq!(answer, Ok(Reply::Saved));
            answered.push(ticket);
        }
        S::pause().await;
    }
    assert_eq!(answered, tickets);
    assert_eq!(store.poll(), Vec::new());
    assert_eq!(load(store, 1).await, kept(1, 20, false));
}

pub async fn what_cannot_be_exported_is_refused<S: Asks>(store: &mut S) {
    take(store, 1, 1, false).await;
    let long = TimedAction { at: 1, action: Action::Note("\u{1}".repeat(60_000)) };
    let long = Request::Act { id: id(1), sequence: 1, action: Box::new(long), events: Vec::new() };
    assert!(matches!(refused(store, long).await, Failure::Invalid(_)));
    for wrong in ["", "../../../../tmp/x", "A0000000000000000000000000000000"] {
        let mut head = head(1);
        head.id = wrong.to_owned();
        let begin = Request::Begin { head: Box::new(head), texts: texts() };
        assert!(matches!(refused(store, begin).await, Failure::Invalid(_)));
        let none = Failure::NoCall { id: wrong.to_owned() };
        assert_eq!(refused(store, Request::Resume(wrong.to_owned())).await, none);
        assert_eq!(refused(store, Request::Load(wrong.to_owned())).await, none);
    }
    assert_eq!(load(store, 1).await, kept(1, 1, false));
}
