//! Sessions played through as a trainer would, and what they refuse.

use super::*;
use crate::records::Rating;
use crate::sharing::agenda::{Format, Step};
use crate::sharing::facilitation::Facilitation;
use crate::standards::Standards;

fn call(record: Option<&str>, owner: Option<&str>) -> PlannedCall {
    PlannedCall {
        call: "call-0412".into(),
        scenario: "0".repeat(64),
        variant: None,
        role: "health-advisor".into(),
        record: record.map(Into::into),
        owner: owner.map(Into::into),
        clip: Some((10_000, 60_000)),
        best: "Dx02".into(),
        acceptable: vec!["Dx011".into()],
        prompts: vec!["Seven heard the alarm, two acted on it.".to_owned()],
    }
}

pub(in crate::sharing) fn plan() -> Plan {
    Plan {
        id: "5".repeat(32),
        name: "Late shift".to_owned(),
        when: "2026-11-25T14:00".to_owned(),
        format: Format::TwoCalls,
        facilitation: Facilitation::Pearls,
        facilitator: "robin".to_owned(),
        invited: 3,
        calls: vec![call(Some(&"a".repeat(32)), Some("wren")), call(None, None)],
        seed: 7,
        simulated: false,
    }
}

fn next(at: u32) -> SessionEvent {
    SessionEvent::Next { at }
}

fn decided(seat: &str, code: &str) -> SessionEvent {
    SessionEvent::Decided { seat: seat.to_owned(), disposition: code.into(), registered: None, by: Channel::Typed }
}

fn said(side: Side, by: By, text: &str) -> SessionEvent {
    SessionEvent::Said { side, by, text: text.to_owned() }
}

fn point() -> LearningPoint {
    LearningPoint {
        text: "Follow the beep.".to_owned(),
        on: "2026-11-25".to_owned(),
        owner: "kite".to_owned(),
        review: "2026-12-16".to_owned(),
        agree: 2,
        of: 3,
    }
}

/// A whole session of two calls, as it happens.
pub(in crate::sharing) fn play() -> Vec<SessionEvent> {
    let mut events = vec![
        SessionEvent::Planned(Box::new(plan())),
        SessionEvent::Begun { at: "2026-11-25T14:02".to_owned(), present: 3 },
        SessionEvent::Consent { call: 0, given: true },
        next(170),
        decided("1", "Dx02"),
        next(350),
        decided("2", "Dx05"),
        decided("3", "Dx05"),
        decided("3", "Dx011"),
        next(480),
        SessionEvent::Volunteer { name: Some("wren".to_owned()) },
        next(540),
        SessionEvent::SelfScore(Rating::try_from(3).expect("1 to 5")),
    ];
    for n in 1..=THREE {
        events.push(said(Side::WentWell, By::Volunteer, &format!("well {n}")));
        events.push(said(Side::Differently, By::Volunteer, &format!("differently {n}")));
    }
    events.extend([
        said(Side::WentWell, By::Room, "a clear summary"),
        next(1_100),
        SessionEvent::Agreed(point()),
        next(1_300),
        next(1_400),
        decided("1", "Dx02"),
        SessionEvent::NotAll,
        next(1_500),
        SessionEvent::Volunteer { name: None },
        next(1_560),
        said(Side::Differently, By::Room, "ask for the number first"),
        next(2_100),
        SessionEvent::NothingAgreed,
        next(2_200),
        SessionEvent::TakeAway("The beep.".to_owned()),
        SessionEvent::Closed { at: 2_600 },
        SessionEvent::FollowedUp {
            call: 0,
            on: "2026-12-16".to_owned(),
            words: "heard in most calls".to_owned(),
            kept: Kept::Partly,
        },
    ]);
    events
}

#[test]
fn a_session_is_played_through_and_goes_on_wherever_it_was_broken_off() {
    let events = play();
    let whole = Session::of(&events).expect("it can happen");
    assert!(whole.over && whole.step == Step::Close);
    assert_eq!(whole.calls[0].agreed, Some(point()));
    assert_eq!(whole.calls[0].decisions.len(), 3);
    assert_eq!(whole.take_aways, ["The beep."]);
    let kept: Vec<_> = (0..)
        .zip(&events)
        .map(|(n, event)| event.annotation(&plan().id, n, "robin", &format!("{n:032x}"), "2026-11-25T14:00"))
        .collect();
    assert!(kept.iter().all(|one| one.check().is_ok()));
    for cut in 1..=events.len() {
        let again = events_of(&plan().id, &kept[..cut]).expect("read back");
        let mut session = Session::of(&again).expect("so far");
        for event in &events[cut..] {
            session.apply(event).expect("it goes on");
        }
        assert_eq!(session, whole);
    }
    assert!(events_of(&plan().id, &kept[1..]).unwrap_err().contains("missing"));
    assert_eq!(sessions(&kept), [plan()]);
}

#[test]
fn nothing_happens_before_its_time() {
    let events = play();
    let upto = |n: usize| Session::of(&events[..n]).expect("so far");
    let refuses = |n: usize, event: &SessionEvent, why: Refused| {
        let session = upto(n);
        assert_eq!(session.check(event), Err(why), "{event:?} after {n}");
        let mut tried = session.clone();
        assert!(tried.apply(event).is_err());
        assert_eq!(tried, session, "a refusal changes nothing");
    };
    refuses(1, &next(1), Refused::NotBegun);
    refuses(2, &next(1), Refused::NotAsked);
    refuses(2, &decided("1", "Dx02"), Refused::OtherStep);
    refuses(2, &SessionEvent::Consent { call: 1, given: true }, Refused::NoCall);
    let part = |call, from, to| SessionEvent::Part { call, model: false, from, to };
    refuses(3, &part(0, 5_000, 5_000), Refused::NoPart);
    refuses(3, &part(9, 0, 5_000), Refused::NoCall);
    refuses(10, &part(0, 0, 5_000), Refused::Revealed);
    refuses(5, &SessionEvent::TakenBack { seat: "9".to_owned() }, Refused::NoSeat);
    // Listening, then deciding: one of three is in.
    refuses(6, &next(400), Refused::NotEverybody);
    let before_reveal = upto(9);
    assert_eq!(before_reveal.in_of(), (3, 3));
    assert_eq!(Reveal::of(&plan().calls[0], &before_reveal.calls[0], &Standards::shipped()), None);
    refuses(10, &decided("4", "Dx02"), Refused::Revealed);
    refuses(10, &said(Side::WentWell, By::Room, "early"), Refused::OtherStep);
    refuses(12, &said(Side::WentWell, By::Room, "before the volunteer"), Refused::VolunteerFirst);
    refuses(13, &said(Side::WentWell, By::Volunteer, "  "), Refused::Empty);
    refuses(21, &next(1_200), Refused::NothingWritten);
    refuses(21, &SessionEvent::Agreed(LearningPoint { agree: 4, ..point() }), Refused::TooMany);
    refuses(22, &SessionEvent::Closed { at: 1 }, Refused::OtherStep);
    refuses(play().len(), &next(9_999), Refused::Over);
}

#[test]
fn a_call_is_played_only_while_its_owner_says_yes() {
    let events = play();
    let mut session = Session::of(&events[..4]).expect("listening");
    let record = "a".repeat(32);
    assert_eq!(session.plays(0), Plays::Record(&record));
    session.apply(&SessionEvent::Consent { call: 0, given: false }).expect("at any moment");
    assert_eq!(session.plays(0), Plays::ModelCall);
    assert_eq!(session.plays(1), Plays::ModelCall, "there is no record");
}

#[test]
fn a_part_of_the_call_as_it_was_taken_is_none_of_the_model_call() {
    let mut session = Session::of(&play()[..4]).expect("listening");
    let planned = session.part(0, false);
    assert_eq!(session.part(0, true), None);
    let part = SessionEvent::Part { call: 0, model: false, from: 30_000, to: 90_000 };
    session.apply(&part).expect("before the reveal");
    assert_eq!((session.part(0, false), session.part(0, true)), (Some((30_000, 90_000)), None));
    assert_ne!(session.part(0, false), planned);
    session.apply(&SessionEvent::Part { call: 0, model: true, from: 0, to: 60_000 }).expect("before the reveal");
    assert_eq!(session.part(0, true), Some((0, 60_000)));
    assert_eq!(session.part(1, true), None);
}

#[test]
fn the_reveal_has_dots_and_no_names_and_groups_only_where_they_are_large() {
    let standards = Standards::shipped();
    let session = Session::of(&play()[..10]).expect("revealed");
    let reveal = Reveal::of(&plan().calls[0], &session.calls[0], &standards).expect("revealed");
    assert_eq!((reveal.people, reveal.in_range, reveal.under, reveal.over), (3, 2, 1, 0));
    assert_eq!(reveal.rungs.iter().map(|rung| rung.dots).sum::<usize>(), 3);
    assert!(!reveal.by_registration && reveal.same_rung_pairs == Some(0.0));
    assert!(!format!("{reveal:?}").contains("wren"));
    // Five and five may be told apart, five and four not.
    let of = |others: u32| {
        let mut state = session.calls[0].clone();
        state.decisions.clear();
        for n in 0..5 + others {
            let decision = Decision { disposition: "Dx02".into(), registered: Some(n < 5), by: Channel::Card };
            state.decisions.insert(n.to_string(), decision);
        }
        Reveal::of(&plan().calls[0], &state, &standards).expect("revealed").by_registration
    };
    assert!(of(5) && !of(4));
}

#[test]
fn files_from_devices_become_decisions_without_names() {
    use crate::records::{Annotation, AnnotationKind, Target};
    let record = "a".repeat(32);
    let judged = |n: u32, by: &str, code: &str| Annotation {
        id: format!("{n:032x}"),
        by: by.to_owned(),
        target: Some(Target { record: record.clone(), event: None }),
        at: format!("2026-11-25T14:0{n}"),
        kind: AnnotationKind::Judged { disposition: code.into() },
        text: String::new(),
        shared: true,
    };
    let files = [judged(1, "wren", "Dx02"), judged(2, "kite", "Dx05"), judged(3, "wren", "Dx05")];
    let events = decisions_from_file(&files, &plan().id, &record, |one| Some(one.by == "kite"));
    assert_eq!(events.len(), 2, "the last word of each");
    let text = format!("{events:?}");
    assert!(!text.contains("wren") && !text.contains("kite") && !text.contains("Dx02"), "{text}");
    assert_eq!(events, decisions_from_file(&files, &plan().id, &record, |one| Some(one.by == "kite")));
}

#[test]
fn cards_have_every_code_and_no_request() {
    let standards = Standards::shipped();
    let page = cards(&plan(), &standards);
    for coded in &Codes::new(plan().seed, &standards).list {
        assert!(page.contains(&coded.code));
    }
    assert_eq!(page.matches("Card 3").count(), 2, "one a person and call");
    assert!(!page.contains("http") && !page.contains("src="));
}

#[test]
fn a_device_needs_the_word_of_the_round_alone() {
    let (plan, standards) = (plan(), Standards::shipped());
    let word = round_word(&plan.id, 0);
    assert_ne!(word, round_word(&plan.id, 1), "another call, another word");
    assert_eq!(read_round(&format!(" {}-{} ", word[..2].to_lowercase(), &word[2..])), Ok(word.clone()));
    for place in 0..word.len() {
        for other in "CDFGHJKLPQRTVWX23456789AB01".chars().filter(|other| *other != word.as_bytes()[place] as char) {
            let mut signs: Vec<char> = word.chars().collect();
            signs[place] = other;
            let wrong: String = signs.into_iter().collect();
            assert!(read_round(&wrong).is_err(), "{wrong} for {word}");
        }
    }
    let file = |word: &str, by: &str, role: Option<&str>, code: &str, n: u32| {
        let role = role.map(Into::into);
        let id = format!("{n:032x}");
        let text = decision_file(word, by, role.as_ref(), &code.into(), &id, &format!("2026-11-25T14:0{n}"));
        (format!("{by}-{n}.jsonl"), text.into_bytes())
    };
    let files = [
        file(&word, "wren", Some("health-advisor"), "Dx02", 1),
        file(&word, "wren", Some("health-advisor"), "Dx05", 2),
        file(&word, "kite", Some("clinical-advisor"), "Dx02", 3),
        file(&word, "dove", None, "Dx02", 4),
        file(&round_word(&plan.id, 1), "lark", None, "Dx02", 5),
        file(&word, "rook", None, "Dx-none", 6),
        ("page.jsonl".to_owned(), b"<html></html>".to_vec()),
        ("long.jsonl".to_owned(), vec![b'0'; 2 << 20]),
        ("empty.jsonl".to_owned(), Vec::new()),
    ];
    let read = read_devices(&files, &plan, 0, &standards);
    assert_eq!((read.events.len(), read.other_round, read.bad.len()), (3, 1, 4), "{:?}", read.bad);
    for name in ["rook-6.jsonl", "page.jsonl", "long.jsonl", "empty.jsonl"] {
        assert!(read.bad.iter().any(|bad| bad.contains(name)), "{name}: {:?}", read.bad);
    }
    let said = |event: &SessionEvent| match event {
        SessionEvent::Decided { seat, disposition, registered, by: Channel::File } => {
            assert!(seat.parse::<u64>().is_err(), "no card has the number {seat}");
            (disposition.to_string(), *registered)
        }
        other => panic!("{other:?}"),
    };
    let mut decided: Vec<_> = read.events.iter().map(said).collect();
    decided.sort();
    let expected = [("Dx02", None), ("Dx02", Some(true)), ("Dx05", Some(false))];
    assert_eq!(decided, expected.map(|(code, on)| (code.to_owned(), on)));
    // They go into the round as they are.
    let mut session = Session::of(&play()[..5]).expect("listening to the first call");
    for event in &read.events {
        session.apply(event).expect("decided");
    }
    assert_eq!(session.calls[0].decisions.len(), 4);
}
