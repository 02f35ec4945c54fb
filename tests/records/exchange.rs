//! Export → import → export is the identity, for calls with anything in them.

use std::collections::BTreeSet;
use std::io::BufReader;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rightcall::call::{Action, Confidence, Ending, Event, Sbar, Speaker, TimedAction, TimedEvent};
use rightcall::records::exchange::{Audience, LINE_LIMIT, Reader, bring_in, check, export, read_records, write_one};
use rightcall::records::{
    Annotation, AnnotationKind, Head, Item, Kept, MemoryStore, Mode, Rating, Record, Reply, Request, SqliteStore,
    Store, Target, Text, wait,
};

use super::sample;

fn exported(store: &mut dyn Store) -> String {
    let mut bytes = Vec::new();
    export(store, None, Audience::Author, &mut bytes).expect("exported");
    String::from_utf8(bytes).expect("text")
}

fn import(store: &mut dyn Store, file: &str) {
    let reading = check("a.jsonl", file.as_bytes(), store).expect("checked");
    assert_eq!(reading.bad, []);
    assert_eq!(reading.warnings, []);
    bring_in("a.jsonl", file.as_bytes(), store).expect("imported");
}

/// Text with everything in it that is awkward.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,12}",
        any::<String>(),
        Just("\u{0}\u{1}\u{7f}\u{85}\u{2028}\u{feff}\u{fffd}\u{10ffff}".to_owned()),
        Just("e\u{301}\u{202e}abc\u{1f469}\u{1f3fd}\u{200d}\u{2695}\u{fe0f}\r\n\t\"\\/".to_owned()),
        Just(String::new()),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        text().prop_map(|t| Action::Say { utterance: t.into(), to: None }),
        (text(), option::of(text())).prop_map(|(text, r)| Action::SayFree { text, resolved: r.map(Into::into) }),
        any::<u32>().prop_map(|line| Action::QuoteBack { line }),
        text().prop_map(Action::Note),
        Just(Action::Hold),
        (text(), any::<u16>(), text()).prop_map(|(service, reason, comment)| Action::Reject {
            service: service.into(),
            reason,
            comment,
        }),
        text().prop_map(|situation| Action::Transfer { sbar: Sbar { situation, ..Sbar::default() } }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (any::<u32>(), text(), option::of(text())).prop_map(|(line, text, name)| Event::Line {
            line,
            by: name.map_or(Speaker::Caller, |name| Speaker::Other(name.into())),
            text: text.into(),
            until: line,
            utterance: None,
            beat: None,
        }),
        text().prop_map(|t| Event::Note(t.into())),
        text().prop_map(|t| Event::Decided {
            disposition: t.clone().into(),
            reason: t.into(),
            confidence: Confidence::Guess,
            early: true,
        }),
        Just(Event::Ended(Ending::TimeUp)),
        Just(Event::Revised),
        vec(text(), 0..3).prop_map(|found| Event::LookedUp {
            what: rightcall::call::LookUp::SpecialNotes,
            found: found.into_iter().map(Into::into).collect(),
        }),
    ]
}

fn kept() -> impl Strategy<Value = Kept> {
    let mode = prop_oneof![Just(Mode::Coach), Just(Mode::Exam), Just(Mode::JudgementExercise), Just(Mode::Guided)];
    let head = (any::<u128>(), any::<u32>(), any::<u64>(), option::of(text()), text(), text(), mode).prop_map(
        |(id, rules, seed, variant, by, taken, mode)| Head {
            id: sample::id(id),
            rules,
            seed,
            variant: variant.map(Into::into),
            by,
            taken,
            mode,
            ..sample::head(0)
        },
    );
    let actions = vec((any::<u32>(), action()), 0..6);
    let events = vec((any::<u32>(), event()), 0..8);
    (head, actions, events, any::<u32>(), any::<bool>()).prop_map(|(head, actions, events, clock, finished)| {
        let actions = actions.into_iter().map(|(at, action)| TimedAction { at, action });
        let events = events.into_iter().map(|(at, event)| TimedEvent { at, event });
        let record = Record { actions: actions.collect(), events: events.collect(), clock, ..Record::begun(head) };
        Kept { record, finished }
    })
}

fn annotation() -> impl Strategy<Value = Annotation> {
    let kind = prop_oneof![
        Just(AnnotationKind::Reflection),
        (1..=5_u8).prop_map(|n| AnnotationKind::SelfRating(Rating::try_from(n).expect("1 to 5"))),
        text().prop_map(|c| AnnotationKind::Contested { criterion: c.into() }),
        (any::<bool>(), text()).prop_map(|(given, to)| AnnotationKind::Consent { given, to, what: Vec::new() }),
        text().prop_map(|with| AnnotationKind::Join { with }),
    ];
    (any::<u128>(), text(), option::of(option::of(any::<u32>())), text(), kind, any::<bool>()).prop_map(
        |(id, text, target, at, kind, shared)| Annotation {
            id: sample::id(id),
            by: text.clone(),
            // The record is filled in.
            target: target.map(|event| Target { record: String::new(), event }),
            at,
            kind,
            text,
            shared,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn export_import_export_is_the_identity(
        calls in vec(kept(), 1..5),
        mut remarks in vec(annotation(), 0..4),
    ) {
        for remark in &mut remarks {
            if let Some(target) = &mut remark.target {
                target.record.clone_from(&calls[0].record.head.id);
            }
        }
        let mut first = MemoryStore::new();
        let items = sample::texts().into_iter().map(Item::Text)
            .chain(calls.iter().cloned().map(|kept| Item::Record(Box::new(kept))))
            .chain(remarks.into_iter().map(|remark| Item::Annotation(Box::new(remark))));
        let request = Request::Import { items: items.collect(), only_check: false };
        prop_assert!(wait(&mut first, request).is_ok());
        let file = exported(&mut first);

        let folder = tempfile::tempdir().expect("a folder");
        let mut second = SqliteStore::open(folder.path()).expect("a store");
        import(&mut second, &file);
        prop_assert_eq!(&exported(&mut second), &file);
        for kept in &calls {
            let id = kept.record.head.id.clone();
            prop_assert_eq!(
                wait(&mut second, Request::Load(id)),
                Ok(Reply::Record(Box::new(kept.clone())))
            );
        }
        // Once more changes nothing, and an editor's line ends and byte order mark do not matter.
        import(&mut second, &file);
        prop_assert_eq!(&exported(&mut second), &file);
        let mut third = MemoryStore::new();
        import(&mut third, &format!("\u{feff}{}", file.replace('\n', "\r\n\r\n")));
        prop_assert_eq!(&exported(&mut third), &file);
    }
}

#[test]
fn a_record_file_has_one_record() {
    let record = sample::kept(1, 4, true).record;
    let file = write_one(&record, &sample::texts());
    let found = read_records("r.jsonl", file.as_bytes());
    assert_eq!(found.bad, []);
    assert_eq!(found.records, [(6, sample::kept(1, 4, true))]);
    assert_eq!(found.texts.len(), 4);
    let mut store = MemoryStore::new();
    import(&mut store, &file);
    assert_eq!(exported(&mut store), file);
    // On its own, on one line and over many.
    for bare in [serde_json::to_string(&record), serde_json::to_string_pretty(&record)] {
        let found = read_records("r.json", bare.expect("JSON").as_bytes());
        assert_eq!(found.bad, []);
        assert_eq!(found.records, [(1, sample::kept(1, 4, true))]);
    }
}

#[test]
fn what_is_long_goes_on_in_further_lines() {
    let mut texts = sample::texts();
    let long = "\u{1}é\n".repeat(300_000);
    texts[0] = Text::new("long", long);
    let mut call = sample::kept(1, 0, true);
    call.record.head.scenario = texts[0].hash.as_str().into();
    for n in 0..900 {
        let note = Action::Note(format!("{n} {}", "“é\"\n".repeat(400)));
        call.record.actions.push(TimedAction { at: n, action: note });
        call.record.events.extend(sample::events(n));
    }
    for call in [call.clone(), {
        let mut call = call;
        call.record.events.clear();
        call.finished = false;
        call
    }] {
        let file = write_one(&call.record, &texts);
        assert!(file.lines().count() > 8);
        assert!(file.lines().all(|line| line.len() <= LINE_LIMIT));
        let mut store = MemoryStore::new();
        import(&mut store, &file);
        assert!(exported(&mut store) == file);
        assert!(sample::load(&mut store, 1) == call);
    }
}

#[test]
fn what_is_not_shared_is_left_out_for_others() {
    let mut store = MemoryStore::new();
    sample::take(&mut store, 1, 2, true);
    let remark = |n, kind, shared| Annotation { kind, shared, ..sample::annotation(n, Some(1)) };
    let contested = AnnotationKind::Contested { criterion: "urgency".into() };
    let remarks = [
        remark(10, AnnotationKind::Reflection, false),
        remark(11, AnnotationKind::Reflection, true),
        remark(12, AnnotationKind::SelfRating(Rating::try_from(2).expect("a rating")), false),
        remark(13, AnnotationKind::Comment, false),
        remark(14, contested, false),
    ];
    for remark in &remarks {
        sample::saved(&mut store, Request::Annotate(Box::new(remark.clone())));
    }
    let out = |store: &mut MemoryStore, audience| {
        let mut bytes = Vec::new();
        export(store, None, audience, &mut bytes).expect("exported");
        read_records("x", &bytes).annotations
    };
    assert_eq!(out(&mut store, Audience::Author), remarks);
    assert_eq!(out(&mut store, Audience::Others), [remarks[1].clone(), remarks[4].clone()]);
    // Shared once, and no longer.
    let taken_back = remark(15, AnnotationKind::Reflection, false);
    sample::saved(&mut store, Request::Annotate(Box::new(taken_back)));
    assert_eq!(out(&mut store, Audience::Others), [remarks[4].clone()]);
}

#[test]
fn some_calls_are_exported_with_what_is_theirs() {
    let mut store = MemoryStore::new();
    sample::take(&mut store, 1, 2, true);
    sample::take(&mut store, 2, 2, false);
    // What the author said of themselves goes along in their own file; what somebody else did, and sessions, do not.
    let own = Annotation { by: sample::head(2).by, ..sample::annotation(13, None) };
    let session = AnnotationKind::Session { session: sample::id(40), sequence: 0 };
    let session = Annotation { id: sample::id(14), kind: session, ..own.clone() };
    let others = [sample::annotation(10, Some(1)), sample::annotation(11, Some(2)), sample::annotation(12, None)];
    for remark in others.into_iter().chain([own.clone(), session]) {
        sample::saved(&mut store, Request::Annotate(Box::new(remark)));
    }
    let mut bytes = Vec::new();
    export(&mut store, Some(&BTreeSet::from([sample::id(2)])), Audience::Author, &mut bytes).expect("exported");
    let found = read_records("x", &bytes);
    assert_eq!(found.records.len(), 1);
    assert_eq!(found.records[0].1, sample::kept(2, 2, false));
    assert_eq!(found.annotations, [sample::annotation(11, Some(2)), own]);
    let mut for_others = Vec::new();
    export(&mut store, Some(&BTreeSet::from([sample::id(2)])), Audience::Others, &mut for_others).expect("exported");
    assert_eq!(read_records("x", &for_others).annotations, [sample::annotation(11, Some(2))]);
    let unknown = export(&mut store, Some(&BTreeSet::from([sample::id(3)])), Audience::Author, &mut bytes);
    assert!(unknown.expect_err("unknown").to_string().contains("there is no call"));
}

#[test]
fn the_frozen_export_of_format_1_opens_for_ever() {
    let file = std::fs::read("tests/old/export-1.jsonl").expect("the frozen export");
    let items: Vec<_> = Reader::new("export-1.jsonl", BufReader::new(&file[..])).collect();
    assert!(items.iter().all(Result::is_ok), "{items:?}");
    let mut store = MemoryStore::new();
    import(&mut store, std::str::from_utf8(&file).expect("text"));
    assert_eq!(exported(&mut store).as_bytes(), file);
    assert_eq!(sample::ids(&mut store, Request::Unfinished).len(), 1);
}

#[test]
fn the_frozen_store_of_version_1_opens_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy("tests/old/store-1.sqlite", folder.path().join("records.sqlite")).expect("the frozen store");
    let mut store = SqliteStore::open(folder.path()).expect("it opens");
    let file = std::fs::read_to_string("tests/old/export-1.jsonl").expect("the frozen export");
    assert_eq!(exported(&mut store), file);
}

/// Made once for each format, with `cargo test --test records -- --ignored freeze`, and kept.
#[test]
#[ignore = "makes the frozen files; they must not change once released"]
fn freeze() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut store = SqliteStore::open(folder.path()).expect("a store");
    sample::take(&mut store, 1, 5, true);
    sample::take(&mut store, 2, 3, false);
    let kinds = [
        AnnotationKind::Reflection,
        AnnotationKind::Comment,
        AnnotationKind::SelfRating(Rating::try_from(4).expect("1 to 5")),
        AnnotationKind::Contested { criterion: "call-back-read-back".into() },
        AnnotationKind::Consent { given: true, to: "team".to_owned(), what: Vec::new() },
        AnnotationKind::Join { with: "wren-2".to_owned() },
    ];
    for (n, kind) in (0..).zip(kinds) {
        let of = if n < 4 { Some(1) } else { None };
        let remark = Annotation { kind, ..sample::annotation(100 + n, of) };
        sample::saved(&mut store, Request::Annotate(Box::new(remark)));
    }
    let file = exported(&mut store);
    drop(store);
    std::fs::create_dir_all("tests/old").expect("made");
    std::fs::write("tests/old/export-1.jsonl", file).expect("written");
    std::fs::copy(folder.path().join("records.sqlite"), "tests/old/store-1.sqlite").expect("copied");
}
