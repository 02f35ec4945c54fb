//! The call is heard: the clock goes by the voice, and whatever waits for the end of a line waits for its end.

use std::time::Duration;

use bevy_egui::egui::vec2;
use egui_kittest::kittest::Queryable;

use super::super::heard::{listen, pass};
use super::super::state::{Do, Sound};
use super::super::transcript::last_words;
use super::super::voice;
use super::{Call, Hands, Set, call, live};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::settings::{Captions, Settings};
use crate::app::voice::fake::{Fake, pack};
use crate::app::voice::{Position, Voices};
use crate::call::speech::{self, Inventory};
use crate::call::{Action, Script, Speaker};
use crate::records::Mode;
use crate::scenario::{self, Heard, Noise, Over, Scenario, Trigger};

const TICK: Duration = Duration::from_millis(80);

/// The call that every test takes, with a clip of three seconds for everything that can be said in it.
fn heard() -> (Live, Voices, Fake) {
    let library = Library::open(None).unwrap();
    let mut live = live(&library, &Set::default());
    let lines = Inventory::of(live.call().script());
    let clips: Vec<_> = lines.lines().iter().map(|line| (speech::key(line), 3000)).collect();
    let (mut voices, fake) = Fake::voices(pack(&clips));
    listen(&mut live, &mut voices, false, &Settings::default());
    (live, voices, fake)
}

fn act(live: &mut Live, action: Action) {
    live.act(action);
    while live.next_write().is_some() {
        live.settled(Ok(()));
    }
}

fn until_heard(live: &mut Live, voices: &mut Voices) {
    for _ in 0..200 {
        pass(live, voices, TICK, 100);
        if voices.is_speaking() {
            return;
        }
    }
    panic!("nobody is heard");
}

#[test]
fn a_line_lasts_as_long_as_its_voice() {
    let (mut live, mut voices, fake) = heard();
    // Nobody greets them: the caller begins by themselves.
    until_heard(&mut live, &mut voices);
    let (_, line) = voice::spoken_now(&live).expect("the opening");
    let (from, until) = (line.from, line.until);
    assert!(live.clock() - from <= 80, "at once: {} after {from}", live.clock());
    fake.is_at(1500);
    pass(&mut live, &mut voices, TICK, 100);
    let half = (live.clock() - from) * 100 / (until - from);
    assert!((30..=70).contains(&half), "half of the clip, half of the line: {half} %");
    // However much time passes: until the voice is over, the line is.
    for at in 1501..1600 {
        fake.is_at(at);
        pass(&mut live, &mut voices, Duration::from_secs(1), 200);
    }
    assert!(live.clock() < until);
    fake.told().position = Position::Over;
    pass(&mut live, &mut voices, TICK, 100);
    assert!(live.clock() >= until && !voices.is_speaking());
    assert_eq!(fake.told().played.len(), 1);
}

#[test]
fn interrupting_stops_the_voice_and_a_pause_holds_it() {
    let (mut live, mut voices, fake) = heard();
    until_heard(&mut live, &mut voices);
    fake.is_at(700);
    pass(&mut live, &mut voices, TICK, 100);
    act(&mut live, Action::Pause);
    listen(&mut live, &mut voices, false, &Settings::default());
    let before = live.clock();
    pass(&mut live, &mut voices, Duration::from_secs(5), 100);
    assert!(fake.told().held && voices.is_speaking());
    assert_eq!(live.clock(), before);
    live.toggle_pause();
    listen(&mut live, &mut voices, false, &Settings::default());
    assert!(!fake.told().held);
    act(&mut live, Action::Interrupt);
    pass(&mut live, &mut voices, TICK, 100);
    assert!(!voices.is_speaking());
    assert_eq!(fake.told().stopped, 1);
}

#[test]
fn every_word_of_a_played_call_has_its_clip() {
    let (live, mut voices, _) = heard();
    let script = live.call().script().clone();
    let taken = crate::app::library::model_call(script.clone(), "health-advisor", 7).unwrap();
    let mut spoken = 0;
    for line in &taken.state().lines {
        let pieces = voices.pieces(&script, &line.by, &line.text);
        assert_eq!(pieces.is_empty(), matches!(line.by, Speaker::Trainee | Speaker::Sound), "{line:?}");
        spoken += pieces.len();
    }
    assert!(spoken > 10, "{spoken} clips");
}

#[test]
fn the_opening_begins_at_its_time_although_nobody_knows_it_before() {
    let (mut live, mut voices, fake) = heard();
    while fake.told().played.is_empty() {
        pass(&mut live, &mut voices, TICK, 100);
        assert!(live.clock() < 3000, "it is begun before its time has come");
    }
    let (begins, clock) = (fake.told().begins, live.clock());
    fake.is_at(0);
    until_heard(&mut live, &mut voices);
    let (_, line) = voice::spoken_now(&live).expect("the opening");
    assert_eq!(i64::from(clock) + i64::from(begins), i64::from(line.from));
    assert_eq!(fake.told().played.len(), 1);
    // Whoever is greeted answers, and says nothing else at that time.
    let (mut live, mut voices, fake) = heard();
    while fake.told().played.is_empty() {
        pass(&mut live, &mut voices, TICK, 100);
    }
    act(&mut live, Action::Say { utterance: "s-greet".into(), to: None });
    pass(&mut live, &mut voices, TICK, 100);
    assert_eq!(fake.told().stopped, 1);
    assert!(!voices.is_speaking());
}

fn with_sound(sound: Sound) -> Call {
    let mut call = call(&Set { size: vec2(1356.0, 900.0), ..Set::default() });
    call.state_mut().ui.sound = sound;
    call.run_steps(2);
    call
}

#[test]
fn sound_is_switched_by_a_button_that_says_why_there_is_none() {
    let mut call = with_sound(Sound { on: true, silent: None, pressed: false });
    call.get_by_label("Sound off").click();
    call.run_steps(2);
    assert_eq!(call.state().done.last(), Some(&Do::Sound));
    assert!(call.state().ui.sound.pressed);
    let call = with_sound(Sound { on: true, silent: Some("No sound here: captions only"), pressed: false });
    assert!(call.has("Sound off. No sound here: captions only"));
    let call = with_sound(Sound::default());
    assert!(call.has("Sound on"));
}

#[test]
fn what_is_heard_can_be_left_unwritten_and_what_is_not_is_shown() {
    let (mut live, mut voices, fake) = heard();
    live.captions = Captions::Unheard;
    until_heard(&mut live, &mut voices);
    fake.is_at(100);
    pass(&mut live, &mut voices, TICK, 100);
    let opening = voice::spoken_now(&live).expect("the opening").1.text.clone();
    let (_, words) = last_words(&live).expect("a line");
    assert!(words.contains("heard") && !words.contains(opening.split(' ').next().expect("a word")), "{words}");
    assert_eq!(live.lines_heard(), (1, 1));
    // The voice fails in the middle: the words are there, and the line counts as read.
    fake.told().position = Position::Failed;
    pass(&mut live, &mut voices, TICK, 100);
    assert_eq!(last_words(&live).expect("a line").1, &*opening);
    assert_eq!(live.lines_heard(), (0, 1));
}

#[test]
fn whoever_needs_captions_has_them_in_an_exam() {
    let mut examined = call(&Set { mode: Mode::Exam, ..Set::default() });
    examined.say("hello");
    examined.hear_out();
    examined.say("breathing now");
    examined.hear_out();
    assert!(!examined.has("Hello, you're through"));
    examined.state_mut().live.captions = Captions::Whole;
    examined.run_steps(2);
    assert!(examined.has("Hello, you're through") && !examined.has("Earlier lines are hidden"));
    // It stays an exam.
    assert!(!examined.has("Tension"));
}

#[test]
fn it_rings_at_a_clinician_who_was_asked_and_a_call_is_connected_once() {
    let (mut live, mut voices, fake) = heard();
    assert!(matches!(fake.told().sounds, Some((_, false))), "connected");
    until_heard(&mut live, &mut voices);
    fake.told().position = Position::Over;
    for _ in 0..40 {
        pass(&mut live, &mut voices, TICK, 100);
    }
    act(&mut live, Action::Say { utterance: "s-greet".into(), to: None });
    fake.told().position = Position::Failed;
    for _ in 0..400 {
        pass(&mut live, &mut voices, TICK, 100);
    }
    act(&mut live, Action::Hold);
    act(&mut live, Action::AskClinician { question: "May I send them?".into() });
    assert_eq!(live.refused, None);
    let settings = Settings::default();
    listen(&mut live, &mut voices, false, &settings);
    assert!(matches!(fake.told().sounds, Some((_, true))), "it rings");
    let mut waited = 0;
    while live.call().clinician_due().is_some() {
        pass(&mut live, &mut voices, Duration::from_secs(1), 100);
        waited += 1;
        assert!(waited < 600, "nobody answers");
    }
    listen(&mut live, &mut voices, false, &settings);
    assert_eq!(fake.told().sounds, None);
}

/// The same call, changed, with a clip of three seconds for everything.
fn heard_as(change: impl FnOnce(&mut Scenario)) -> (Live, Voices, Fake) {
    let library = Library::open(None).unwrap();
    let mut scenario = library.by_slug("back-saddle-numb").expect("shipped").scenario.clone();
    change(&mut scenario);
    let script = Script::new(library.standards.clone(), scenario, "own".into(), None).unwrap();
    let mut live = Live::begin(&script, live(&library, &Set::default()).head).unwrap();
    let clips: Vec<_> = Inventory::of(&script).lines().iter().map(|line| (speech::key(line), 3000)).collect();
    let (mut voices, fake) = Fake::voices(pack(&clips));
    listen(&mut live, &mut voices, false, &Settings::default());
    (live, voices, fake)
}

fn of_a_caption(text: &str, plays: Option<Noise>, behind: Option<Noise>) -> Heard {
    Heard { text: text.into(), plays, behind, audio: None }
}

#[test]
fn what_goes_on_behind_the_caller_is_heard_with_the_call_and_not_on_hold() {
    let caption = "[a television in another room]";
    let (mut live, mut voices, fake) = heard_as(|scenario| {
        scenario.background = Some(caption.into());
        scenario.heard = vec![of_a_caption(caption, None, Some(Noise::Television))];
    });
    pass(&mut live, &mut voices, TICK, 100);
    assert!(fake.told().behind.is_some(), "the television");
    // A screen reader tells what is added to the transcript, not what it begins with.
    assert!(voice::begun(&live).is_empty());
    while live.clock() < 500 {
        pass(&mut live, &mut voices, TICK, 100);
    }
    assert_eq!(voice::begun(&live).len(), 1);
    let first = &live.call().state().lines[0];
    assert_eq!((&first.by, &*first.text, first.until), (&Speaker::Sound, caption, 0));
    act(&mut live, Action::Hold);
    for _ in 0..200 {
        fake.told().position = Position::Over;
        pass(&mut live, &mut voices, TICK, 100);
    }
    assert!(voice::held_since(&live).is_some());
    assert_eq!(fake.told().behind, None);
    act(&mut live, Action::Resume);
    pass(&mut live, &mut voices, TICK, 100);
    assert!(fake.told().behind.is_some());
}

#[test]
fn sounds_and_whoever_talks_over_another_are_heard_beside_them() {
    let (mut live, mut voices, fake) = heard_as(|call| {
        let mut beat = call.beats[0].clone();
        (beat.at, beat.delay, beat.when, beat.unless) = (Trigger::Seconds(12), 0, None, None);
        beat.sound = Some("[a dog]".into());
        beat.say = vec!["There is somebody at the door, will you wait?".into()];
        beat.over = Some(Over { by: scenario::Voices::Other("partner".into()), say: "I'll get it.".into() });
        call.others = vec![scenario::Other { id: "partner".into(), name: "Chris".into() }];
        call.beats = vec![beat];
        call.heard = vec![of_a_caption("[a dog]", Some(Noise::Dog), None)];
    });
    while live.clock() < 25_000 {
        fake.told().position = Position::Over;
        pass(&mut live, &mut voices, TICK, 100);
    }
    assert_eq!(fake.told().noises.len(), 1, "the dog, once");
    assert_eq!(fake.told().beside.len(), 1, "Chris, once");
    let state = live.call().state();
    let of = |text: &str| state.lines.iter().find(|line| line.text.contains(text)).expect("it is said");
    let (said, over) = (of("somebody at the door"), of("I'll get it"));
    assert!(said.from < over.from && over.from < said.until && over.over && !said.over, "{said:?} {over:?}");
    // The caller is the one who is followed.
    assert!(live.lines_heard().0 >= 2);
}
