//! A session led through as a trainer would, found by label.

use std::time::Duration;

use bevy_egui::egui::{self, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::frame::{Do, Form, View, session_ui};
use super::*;
use crate::app::screens::testing;
use crate::app::voice::Position;
use crate::app::voice::fake::{Fake, pack};
use crate::call::speech;
use crate::sharing::agenda::{Format, Step};
use crate::sharing::facilitation::Facilitation;
use crate::sharing::session::{Codes, PlannedCall};

struct Stage {
    session: Session,
    form: Form,
    clip: Option<Clip>,
    now: u32,
    did: Vec<Do>,
}

pub(in crate::app::screens) fn planned() -> Plan {
    let library = testing::library();
    let entry = testing::entry(library, "back-saddle-numb");
    let script = entry.script(&library.standards, None).expect("ready");
    let (best, acceptable) = crate::marking::model_outcomes(&script, "health-advisor");
    Plan {
        id: "a".repeat(32),
        name: "Tuesday huddle".into(),
        when: String::new(),
        format: Format::Huddle,
        facilitation: Facilitation::Pendleton,
        facilitator: "Robin".into(),
        invited: 3,
        calls: vec![PlannedCall {
            call: entry.scenario.neutral_name(),
            scenario: script.scenario_hash.as_str().into(),
            variant: None,
            role: "health-advisor".into(),
            record: None,
            owner: None,
            clip: None,
            best: best.clone(),
            acceptable: acceptable.to_vec(),
            prompts: vec!["Two asked about numbness, one did not. What made the difference?".into()],
        }],
        seed: 5,
        simulated: true,
    }
}

/// What happens is applied at once, as if the disk were quick.
fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let library = testing::library();
    let session = Session::planned(planned());
    let clip = Clip::of(&session, library, None);
    let stage = Stage { session, form: Form::default(), clip, now: 0, did: Vec::new() };
    let codes = Codes::new(5, &library.standards);
    testing::harness(size, stage, move |ui, stage: &mut Stage| {
        let view = View {
            session: Some(&stage.session),
            standards: &library.standards,
            now: stage.now,
            clip: stage.clip.as_ref(),
            next_seat: stage.session.in_of().0 + 1,
            busy: false,
            codes: Some(&codes),
            round: "K7P4X",
            choosing: false,
        };
        for done in session_ui(ui, &view, &mut stage.form) {
            let event = match &done {
                Do::Happen(event) => Some(event.clone()),
                Do::Begin(present) => Some(SessionEvent::Begun { at: "2026-11-27T10:00".into(), present: *present }),
                Do::Next => Some(SessionEvent::Next { at: stage.now }),
                Do::Close => Some(SessionEvent::Closed { at: stage.now }),
                Do::PlayOrStop => {
                    stage.clip.iter_mut().for_each(Clip::play_or_stop);
                    None
                }
                _ => None,
            };
            if let Some(event) = event {
                stage.form.refused = stage.session.apply(&event).err();
                if matches!(event, SessionEvent::Part { .. }) {
                    stage.clip = Clip::of(&stage.session, library, None);
                }
                if let Some(next) = follows(&event, stage.now) {
                    stage.form.refused = stage.session.apply(&next).err();
                }
            }
            stage.did.push(done);
        }
    })
}

fn click(harness: &mut Harness<'static, Stage>, label: &str) {
    harness.run();
    harness.get_by_label(label).click_accesskit();
    harness.run();
}

fn types(harness: &mut Harness<'static, Stage>, label: &str, words: &str) {
    harness.run();
    harness.get_by_label(label).focus();
    harness.run();
    harness.event(egui::Event::Text(words.into()));
    harness.run();
}

fn put_in(harness: &mut Harness<'static, Stage>, disposition: &str) {
    let codes = Codes::new(5, &testing::library().standards);
    let coded = codes.list.iter().find(|coded| &*coded.disposition == disposition).expect("it has a code");
    types(harness, "Code", &coded.code.to_lowercase());
    click(harness, "Put it in");
}

#[test]
fn the_ground_rules_come_first_and_the_call_is_heard_in_parts() {
    let mut harness = harness(egui::vec2(1440.0, 900.0));
    harness.run();
    harness.get_by_label_contains("Nobody's call is played without their yes today.");
    harness.get_by_label_contains("Simulated people are in this team.");
    click(&mut harness, "Begin the session");
    assert_eq!(harness.state().session.present, 3);
    click(&mut harness, "Begin with the first call");
    assert_eq!(harness.state().session.step, Step::Listen);
    let play = |harness: &Harness<'static, Stage>, word: &str| {
        let (from, to) = harness.state().clip.as_ref().expect("a clip").range;
        format!("{word} {} to {}", crate::call::clock(from), crate::call::clock(to))
    };
    let words = play(&harness, "Play");
    click(&mut harness, &words);
    assert!(harness.state().clip.as_ref().is_some_and(Clip::playing));
    let words = play(&harness, "Stop");
    click(&mut harness, &words);
    assert!(!harness.state().clip.as_ref().is_some_and(Clip::playing));
}

#[test]
fn decisions_are_not_seen_before_the_reveal_and_the_reveal_asks_once() {
    let mut harness = harness(egui::vec2(1440.0, 900.0));
    click(&mut harness, "Begin the session");
    click(&mut harness, "Begin with the first call");
    click(&mut harness, "On to the blind round");
    put_in(&mut harness, "Dx02");
    put_in(&mut harness, "Dx05");
    harness.get_by_label("2 of 3 in");
    assert!(harness.query_by_label_contains("in range").is_none(), "nothing is shown yet");
    types(&mut harness, "Code", "AAA");
    click(&mut harness, "Put it in");
    harness.get_by_label_contains("A code is a letter, a digit and a letter");
    click(&mut harness, "Reveal the decisions");
    assert_eq!(harness.state().session.step, Step::Decide, "it asks");
    harness.get_by_label_contains("2 of 3 are in.");
    // Said once, and no third time.
    click(&mut harness, "Reveal without them");
    assert_eq!(harness.state().session.step, Step::Reveal);
    harness.get_by_label_contains("2 decisions, made blind");
    assert!(harness.query_all_by_label_contains("in range").next().is_some());
}

#[test]
fn whoever_volunteers_speaks_first_with_three_and_three() {
    let mut harness = harness(egui::vec2(1440.0, 1400.0));
    click(&mut harness, "Begin the session");
    for step in ["Begin with the first call", "On to the blind round"] {
        click(&mut harness, step);
    }
    for code in ["Dx02", "Dx02", "Dx05"] {
        put_in(&mut harness, code);
    }
    click(&mut harness, "Reveal the decisions");
    types(&mut harness, "Who speaks first", "Wren");
    click(&mut harness, "Speaks first");
    click(&mut harness, "On to the talk");
    harness.get_by_label_contains("Two asked about numbness");
    click(&mut harness, "4 of 5");
    for n in 1..=3 {
        types(&mut harness, "Something that went well", &format!("well {n}"));
        click(&mut harness, "Add to “Went well”");
    }
    for n in 1..=3 {
        types(&mut harness, "Something to do differently", &format!("otherwise {n}"));
        click(&mut harness, "Add to “Might do differently”");
    }
    assert!(harness.state().session.calls[0].volunteer_is_done());
    click(&mut harness, "What do we agree on?");
    types(&mut harness, "Learning point", "Ask about numbness before anything else.");
    // What is missing is said; and the key that is pressed for it does not come to "nothing here".
    click(&mut harness, "Agree on it");
    harness.get_by_label_contains("Who keeps an eye on it?");
    assert!(harness.state().session.calls[0].agreed.is_none());
    types(&mut harness, "Who keeps an eye on it", "Robin");
    types(&mut harness, "Looked at again on", "next week");
    click(&mut harness, "Agree on it");
    harness.get_by_label_contains("Again on a date like");
    assert!(!harness.state().session.calls[0].nothing_agreed);
    harness.state_mut().form.review = "2026-12-11".into();
    click(&mut harness, "Agree on it");
    let agreed = harness.state().session.calls[0].agreed.clone().expect("agreed");
    assert_eq!((agreed.agree, agreed.of, agreed.owner.as_str()), (3, 3, "Robin"));
    click(&mut harness, "Close the session");
    harness.get_by_label_contains("Ask about numbness before anything else.");
    types(&mut harness, "What somebody takes along", "I ask sooner.");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().session.take_aways, ["I ask sooner."]);
    click(&mut harness, "End the session");
    assert!(harness.state().session.over);
    harness.get_by_label("Back to the review room");
    harness.get_by_label("Close, done");
    click(&mut harness, "Write page and table");
    assert_eq!(harness.state_mut().did.pop(), Some(Do::Pack));
}

#[test]
fn the_clock_of_a_session_goes_by_the_second() {
    let at = |words: &str| crate::app::when::here(words).expect("a time");
    let begun = at("2026-11-27T19:44:51.814");
    assert_eq!(seconds_since(begun, Some(at("2026-11-27T19:44:58.900"))), 7);
    assert_eq!(seconds_since(begun, Some(at("2026-11-27T19:47:00.000"))), 128);
    assert_eq!(seconds_since(begun, Some(at("2026-11-27T19:40:00.000"))), 0, "the clock was put back");
    // What a session begins with is exact enough for that.
    let now = crate::app::when::now_exactly();
    assert!(now.len() > "2026-11-27T19:44".len() && crate::app::when::here(&now).is_some());
}

#[test]
fn cards_can_be_printed_once_it_has_begun_as_well() {
    let mut harness = harness(egui::vec2(1440.0, 900.0));
    for step in ["Begin the session", "Cards to print for the blind round"] {
        click(&mut harness, step);
    }
    assert_eq!(harness.state().did.last(), Some(&Do::Cards));
}

#[test]
fn a_clip_plays_in_its_own_time_and_stops_at_its_end() {
    let library = testing::library();
    let session = Session::planned(planned());
    let mut clip = Clip::of(&session, library, None).expect("the call is here");
    assert!(clip.model && clip.heard().is_empty());
    let (mut voices, _) = Fake::voices(Vec::new());
    clip.play_or_stop();
    clip.play(Duration::from_secs(20), &mut voices);
    let heard = clip.heard().len();
    assert!(heard > 0 && heard < clip.lines.len());
    while clip.play(Duration::from_secs(30), &mut voices) {}
    assert_eq!(clip.heard().len(), clip.lines.len());
    assert!(!clip.playing());
}

#[test]
fn a_clip_is_heard_where_its_call_has_voices_and_waits_for_them() {
    let library = testing::library();
    let session = Session::planned(planned());
    let mut clip = Clip::of(&session, library, None).expect("the call is here");
    let lines = speech::lines(&clip.script);
    let clips: Vec<_> = lines.iter().map(|line| (speech::key(line), 4000)).collect();
    let (mut voices, fake) = Fake::voices(pack(&clips));
    voices.open(&clip.script);
    clip.play_or_stop();
    voices.hold(false);
    let tick = Duration::from_millis(200);
    while !voices.is_speaking() {
        assert!(clip.play(tick, &mut voices), "nobody is heard");
    }
    let here = clip.at();
    fake.is_at(20);
    for _ in 0..3 {
        clip.play(tick, &mut voices);
    }
    assert!(clip.at() < here + 400, "the line is as far as its voice: {here}, {}", clip.at());
    fake.told().position = Position::Over;
    clip.play(tick, &mut voices);
    assert!(!voices.is_speaking() && clip.at() > here);
    // To the end: nothing is heard after it.
    fake.told().position = Position::Failed;
    while clip.play(Duration::from_secs(5), &mut voices) {}
    assert!(!voices.is_speaking());
}

#[test]
fn the_part_that_is_played_can_be_chosen_and_given_up_again() {
    let mut harness = harness(egui::vec2(1440.0, 900.0));
    for step in ["Begin the session", "Begin with the first call"] {
        click(&mut harness, step);
    }
    let whole = harness.state().clip.as_ref().expect("a clip").range;
    types(&mut harness, "From, in minutes and seconds", "0:30");
    types(&mut harness, "To, in minutes and seconds", "75");
    click(&mut harness, "Only this part");
    let clip = harness.state().clip.as_ref().expect("a clip");
    assert_eq!(clip.range, (30_000, 75_000));
    assert!(clip.lines.iter().all(|line| (30_000..=75_000).contains(&line.from())) && !clip.lines.is_empty());
    harness.get_by_label("Play 00:30 to 01:15");
    // What makes no part is told, and changes nothing.
    types(&mut harness, "From, in minutes and seconds", "1:20");
    types(&mut harness, "To, in minutes and seconds", "soon");
    click(&mut harness, "Only this part");
    harness.get_by_label_contains("Write minutes and seconds, for instance 2:30.");
    assert_eq!(harness.state().clip.as_ref().map(|clip| clip.range), Some((30_000, 75_000)));
    click(&mut harness, "All of it");
    assert_eq!(harness.state().clip.as_ref().map(|clip| clip.range), Some(whole));
}

#[test]
fn a_session_fits_a_small_window_and_large_text() {
    for size in [egui::vec2(1024.0, 700.0), egui::vec2(512.0, 350.0)] {
        let mut harness = harness(size);
        click(&mut harness, "Begin the session");
        let on = harness.get_by_label("Begin with the first call").rect();
        assert!(on.right() <= size.x && on.bottom() <= size.y, "{on:?} in {size:?}");
    }
}

#[test]
fn two_cards_put_in_before_the_first_is_kept_are_two() {
    let mut meeting = Meeting { session: Some(Session::planned(planned())), ..Meeting::default() };
    let session = meeting.session.as_mut().expect("there is one");
    for event in [
        SessionEvent::Begun { at: "2026-11-27T10:00".into(), present: 3 },
        SessionEvent::Next { at: 1 },
        SessionEvent::Next { at: 2 },
    ] {
        session.apply(&event).expect("it can happen");
    }
    for seat in 1..=3 {
        assert_eq!(meeting.next_seat(), seat);
        meeting.happen(SessionEvent::Decided {
            seat: seat.to_string(),
            disposition: "Dx02".into(),
            registered: None,
            by: crate::sharing::session::Channel::Typed,
        });
    }
    assert_eq!(meeting.waiting.len(), 3);
}

/// A meeting in the blind round of its first call.
fn deciding() -> Meeting {
    let mut session = Session::planned(planned());
    for event in [
        SessionEvent::Begun { at: "2026-11-27T10:00".into(), present: 3 },
        SessionEvent::Next { at: 1 },
        SessionEvent::Next { at: 2 },
    ] {
        session.apply(&event).expect("it can happen");
    }
    Meeting { session: Some(session), ..Meeting::default() }
}

#[test]
fn somebodys_call_is_played_after_their_yes_and_the_model_call_after_their_no() {
    let library = testing::library();
    let head = testing::head(library, "back-saddle-numb", "health-advisor", crate::records::Mode::Coach, None);
    let live = testing::taken(library, head, "back-saddle-numb", |action| vec![action]);
    let mut plan = planned();
    plan.calls[0].record = Some(live.head.id.clone());
    plan.calls[0].owner = Some("Wren".into());
    let mut session = Session::planned(plan);
    let clip = |session: &Session| {
        let record = matches!(session.plays(0), Plays::Record(_)).then(|| live.record());
        Clip::of(session, library, record).expect("something is played")
    };
    assert!(clip(&session).model, "nobody was asked");
    session.apply(&SessionEvent::Consent { call: 0, given: true }).expect("a yes");
    let own = clip(&session);
    assert!(!own.model && own.lines.len() > 5);
    session.apply(&SessionEvent::Consent { call: 0, given: false }).expect("taken back");
    assert!(clip(&session).model);
}

#[test]
fn words_that_are_refused_stand_in_their_field_again() {
    let mut meeting = deciding();
    let event = SessionEvent::Said {
        side: crate::sharing::session::Side::WentWell,
        by: crate::sharing::session::By::Room,
        text: "a clear summary".into(),
    };
    meeting.happen(event);
    assert!(meeting.form.refused.is_some() && meeting.waiting.is_empty());
    assert_eq!(meeting.form.well, "a clear summary");
    // Somebody types on meanwhile: neither is lost.
    meeting.form.take_away = "and more".into();
    meeting.form.give_back(&SessionEvent::TakeAway("the beep".into()));
    assert_eq!(meeting.form.take_away, "the beep and more");
    meeting.form.give_back(&SessionEvent::Volunteer { name: Some("Wren".into()) });
    assert_eq!(meeting.form.volunteer, "Wren");
}

#[test]
fn files_of_devices_are_read_from_a_folder_and_say_nothing_of_what_is_in_them() {
    use crate::sharing::session::{decision_file, round_word};
    let library = testing::library();
    let mut meeting = deciding();
    let plan = planned();
    assert_eq!(meeting.round(), round_word(&plan.id, 0));
    let folder = std::env::temp_dir().join(format!("rightcall-devices-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, by: &str, call: usize, code: &str, n: u32| {
        let (word, id) = (round_word(&plan.id, call), format!("{n:032x}"));
        let at = format!("2026-11-27T10:0{n}");
        let file = decision_file(&word, by, None, &code.into(), &id, &at);
        std::fs::write(folder.join(name), file).expect("written");
    };
    write("one.jsonl", "Wren", 0, "Dx02", 1);
    write("two.jsonl", "Kite", 0, "Dx05", 2);
    write("other.jsonl", "Dove", 1, "Dx05", 3);
    std::fs::write(folder.join("notes.txt"), "not looked at").expect("written");
    let read = |meeting: &mut Meeting| {
        let files = Devices::read(&folder).expect("they can be read");
        meeting.take_files(&files, library);
        // As if the disk were quick.
        while let Some(event) = meeting.waiting.pop_front() {
            meeting.session.as_mut().expect("one").apply(&event).expect("it can happen");
        }
        meeting.form.devices_said.clone().expect("something is said")
    };
    assert_eq!(read(&mut meeting), Ok("2 decisions are in. 1 file is of another round.".into()));
    // Kite thinks again; who was in stays in.
    write("two.jsonl", "Kite", 0, "Dx02", 4);
    let said = read(&mut meeting).expect("all are good");
    assert!(said.starts_with("2 decisions were read, 1 of them new."), "{said}");
    std::fs::write(folder.join("broken.jsonl"), "<html>").expect("written");
    let said = read(&mut meeting).expect_err("one is broken");
    assert!(said.contains("broken.jsonl") && !said.contains("Dx02") && !said.contains("Kite"), "{said}");
    let session = meeting.session.as_ref().expect("one");
    assert_eq!(session.in_of().0, 2);
    assert_eq!(meeting.next_seat(), 1, "a card goes on counting cards");
    std::fs::remove_dir_all(&folder).expect("gone");
    assert!(Devices::read(&folder).is_err_and(|why| why.contains("rightcall-devices")));
}

#[test]
fn a_round_is_handed_in_by_typing_where_the_files_lie() {
    let mut harness = harness(egui::vec2(1440.0, 1200.0));
    for step in ["Begin the session", "Begin with the first call", "On to the blind round"] {
        click(&mut harness, step);
    }
    harness.get_by_label("K7P4X");
    types(&mut harness, "Folder or file of decisions", "/tmp/decisions");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().did.last(), Some(&Do::ReadDevices));
    click(&mut harness, "Choose files…");
    assert_eq!(harness.state().did.last(), Some(&Do::ChooseDevices));
}
