//! Calls to keep.

use std::collections::BTreeMap;

use rightcall::call::{Action, Ending, Event, Speaker, TimedAction, TimedEvent};
use rightcall::records::{
    Annotation, AnnotationKind, Failure, Head, Kept, Mode, Record, Reply, Request, Store, Target, Text, wait,
};

pub fn id(n: u128) -> String {
    format!("{n:032x}")
}

/// A scenario, then the list of the standards, then their files.
pub fn texts() -> Vec<Text> {
    let files = [("roles.ron", "(roles: [])\n"), ("guides.ron", "(guides: [\"é\"])\n")];
    let files: BTreeMap<String, String> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let mut texts = vec![Text::new("tight-chest", "( id: \"tight-chest\" )\n")];
    texts.extend(Text::standards(&files));
    texts
}

pub fn head(n: u128) -> Head {
    let texts = texts();
    Head {
        id: id(n),
        rules: 1,
        call: "call-0412".into(),
        scenario: texts[0].hash.as_str().into(),
        standards: texts[1].hash.as_str().into(),
        variant: None,
        seed: u64::MAX - 3,
        role: "health-advisor".into(),
        mode: Mode::Exam,
        by: "wren".to_owned(),
        taken: "2026-03-14T20:40".to_owned(),
    }
}

pub fn action(n: u32) -> TimedAction {
    let action = match n % 3 {
        0 => Action::Say { utterance: format!("q-{n}").into(), to: None },
        1 => Action::Note(format!("numb on wiping, {n} 🩺")),
        _ => Action::Hold,
    };
    TimedAction { at: n * 1000, action }
}

pub fn events(n: u32) -> Vec<TimedEvent> {
    let line = Event::Line {
        line: n,
        by: Speaker::Caller,
        text: format!("Well. It’s line {n}.").into(),
        until: n * 1000 + 900,
        utterance: None,
        beat: None,
    };
    vec![TimedEvent { at: n * 1000, event: line }]
}

pub fn ended(at: u32) -> Vec<TimedEvent> {
    vec![TimedEvent { at, event: Event::Ended(Ending::Closed) }]
}

/// A call of some actions.
pub fn kept(n: u128, actions: u32, finished: bool) -> Kept {
    let mut record = Record::begun(head(n));
    for k in 0..actions {
        record.actions.push(action(k));
        record.events.extend(events(k));
        record.clock = action(k).at;
    }
    if finished {
        record.clock += 500;
        record.events.extend(ended(record.clock));
    }
    Kept { record, finished }
}

/// Takes the call of [`kept`] in a store.
pub fn take(store: &mut dyn Store, n: u128, actions: u32, finished: bool) {
    let head = Box::new(head(n));
    saved(store, Request::Begin { head, texts: texts() });
    for k in 0..actions {
        saved(store, act(n, k));
    }
    if finished {
        let clock = kept(n, actions, true).record.clock;
        saved(store, Request::Finish { id: id(n), clock, events: ended(clock) });
    }
}

pub fn act(n: u128, sequence: u32) -> Request {
    let (action, events) = (Box::new(action(sequence)), events(sequence));
    Request::Act { id: id(n), sequence, action, events }
}

pub fn annotation(n: u128, of: Option<u128>) -> Annotation {
    Annotation {
        id: id(n),
        by: "dr-robin".to_owned(),
        target: of.map(|of| Target { record: id(of), event: Some(1) }),
        at: "2026-03-15T09:00".to_owned(),
        kind: AnnotationKind::Comment,
        text: "You stayed calm.".to_owned(),
        shared: true,
    }
}

pub fn saved(store: &mut dyn Store, request: Request) {
    assert_eq!(wait(store, request), Ok(Reply::Saved));
}

pub fn refused(store: &mut dyn Store, request: Request) -> Failure {
    wait(store, request).expect_err("to be refused")
}

pub fn load(store: &mut dyn Store, n: u128) -> Kept {
    match wait(store, Request::Load(id(n))) {
        Ok(Reply::Record(kept)) => *kept,
        other => panic!("{other:?}"),
    }
}

pub fn ids(store: &mut dyn Store, request: Request) -> Vec<String> {
    match wait(store, request) {
        Ok(Reply::Calls(calls)) => calls.into_iter().map(|call| call.head.id).collect(),
        other => panic!("{other:?}"),
    }
}
