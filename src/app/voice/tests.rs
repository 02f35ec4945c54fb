//! What is heard, and what time does meanwhile.

use std::sync::Arc;
use std::time::Duration;

use super::fake::{Fake, pack};
use super::player::Position;
use super::{PATIENCE, Part, Piece, Tone, Voices};
use crate::app::screens::testing;
use crate::app::settings::Settings;
use crate::call::Script;

const KEY: &str = "00112233445566ff";
const TICK: Duration = Duration::from_millis(60);

/// A line of four words of which the clip lasts 2 seconds and the engine thinks 1.32.
fn part(line: u32) -> Part {
    let text = "none of them hurts".into();
    let pieces = [Piece { text: "none of them hurts".into(), key: KEY.into() }];
    Part { line, who: 0, from: 1000, until: 2320, text, pieces: pieces.into() }
}

fn voices() -> (Voices, Fake) {
    let (mut voices, fake) = Fake::voices(pack(&[(KEY.into(), 2000)]));
    voices.open(&surfaces().0);
    (voices, fake)
}

/// 412 as written and in its first variant.
fn surfaces() -> (Arc<Script>, Arc<Script>) {
    let library = testing::library();
    let entry = testing::entry(library, "back-saddle-numb");
    let surface = |variant| entry.script(&library.standards, variant).expect("ready");
    (surface(None), surface(entry.scenario.variants.first().map(|variant| variant.id.clone())))
}

#[test]
fn the_voice_says_how_far_its_line_has_come() {
    let (mut voices, fake) = voices();
    let part = part(3);
    // Until it is heard, the line waits for it.
    let waits = voices.hear(Some(&part), 1010, TICK);
    assert_eq!(fake.told().played.len(), 1);
    fake.is_at(0);
    let first = voices.hear(Some(&part), 1010, TICK);
    assert_eq!(first, waits);
    assert!(first.is_some_and(|clock| (1000..1100).contains(&clock)), "the first word: {first:?}");
    fake.is_at(5);
    voices.hear(Some(&part), 1010, TICK);
    let next = fake.told().wakes.expect("the loop wakes for the second word");
    fake.is_at(5 + next);
    let second = voices.hear(Some(&part), 1010, TICK).expect("a voice is heard");
    assert!((1330..1400).contains(&second), "the second word of four is marked: {second}");
    fake.is_at(1999);
    assert!(voices.hear(Some(&part), 2200, TICK).is_some_and(|clock| clock < 2320));
    // Longer than the clip was to be, and still speaking: the next line waits.
    fake.is_at(2300);
    assert_eq!(voices.hear(Some(&part), 2300, TICK), Some(2319));
    fake.told().position = Position::Over;
    assert_eq!(voices.hear(Some(&part), 2319, TICK), Some(2320));
    assert_eq!(voices.hear(None, 2320, TICK), None);
    assert_eq!(fake.told().played.len(), 1, "it is played once");
    assert!(!voices.is_speaking());
}

#[test]
fn nobody_waits_for_a_voice_that_does_not_come() {
    // It is not in the pack.
    let (mut voices, fake) = voices();
    let mut other = part(1);
    other.pieces = [Piece { text: "no".into(), key: "0".repeat(16) }].into();
    assert_eq!(voices.hear(Some(&other), 1000, TICK), None);
    assert!(fake.told().played.is_empty());
    // It never begins; and it stops in the middle.
    for begins in [false, true] {
        let part = part(if begins { 3 } else { 2 });
        assert!(voices.hear(Some(&part), 1000, TICK).is_some());
        if begins {
            fake.is_at(700);
            assert!(voices.hear(Some(&part), 1000, TICK).is_some());
        }
        let mut waited = Duration::ZERO;
        while voices.hear(Some(&part), 1000, TICK).is_some() {
            waited += TICK;
            assert!(waited < PATIENCE + TICK * 2, "the line is stuck");
        }
        assert_eq!(voices.hear(Some(&part), 1500, TICK), None, "and it is not begun anew");
    }
    // The player says that it cannot.
    fake.told().position = Position::Failed;
    let part = part(4);
    voices.hear(Some(&part), 1000, TICK);
    fake.told().position = Position::Failed;
    assert_eq!(voices.hear(Some(&part), 1000, TICK), None);
}

#[test]
fn a_line_that_is_come_to_late_is_read() {
    let (mut voices, fake) = voices();
    assert_eq!(voices.hear(Some(&part(3)), 1900, TICK), None);
    assert!(fake.told().played.is_empty());
    // From its beginning it is heard.
    assert_eq!(voices.hear(None, 900, TICK), None);
    assert!(voices.hear(Some(&part(3)), 1000, TICK).is_some());
}

#[test]
fn sound_can_be_switched_off_and_made_quiet_in_the_middle_of_a_line() {
    let (mut voices, fake) = voices();
    let part = part(3);
    assert!(voices.hear(Some(&part), 1000, TICK).is_some());
    let quiet = Settings { volume_percent: 25, ..Settings::default() };
    voices.set(&quiet);
    assert_eq!(fake.told().volume, 25);
    voices.set(&Settings { sound: false, ..quiet });
    assert_eq!(voices.hear(Some(&part), 1200, TICK), None);
    assert_eq!(fake.told().stopped, 1);
    // Nothing is fetched for whoever does not want to hear it.
    voices.close();
    voices.open(&surfaces().1);
    assert_eq!(fake.told().opened, ["0412"]);
}

#[test]
fn what_was_cut_or_left_is_not_heard_on() {
    let (mut voices, fake) = voices();
    assert!(voices.hear(Some(&part(3)), 1000, TICK).is_some());
    voices.hold(true);
    assert!(fake.told().held);
    voices.hold(false);
    assert!(voices.is_speaking(), "it goes on where it stood");
    assert_eq!(voices.hear(None, 1400, TICK), None);
    assert_eq!((fake.told().stopped, voices.is_speaking()), (1, false));
}

#[test]
fn a_pack_that_cannot_be_read_is_no_voice() {
    let (mut voices, _) = Fake::voices(b"RCV2 and nothing more".to_vec());
    voices.open(&surfaces().0);
    assert_eq!(voices.hear(Some(&part(1)), 1000, TICK), None);
    assert!(voices.why_silent().is_some());
}

#[test]
fn what_comes_next_begins_by_the_players_clock_unless_something_else_happens() {
    let (mut voices, fake) = voices();
    let next = part(3);
    // Far ahead it is made ready and not begun.
    voices.expect(Some((&next, 5000)), Some(5000));
    assert!(fake.told().played.is_empty());
    assert_eq!(fake.told().wakes, Some(5001));
    voices.expect(Some((&next, 400)), Some(400));
    assert_eq!(fake.told().played.len(), 1);
    assert_eq!(fake.told().begins, 400);
    assert!(!voices.is_speaking());
    // Nothing is due yet, and it is not begun twice.
    assert_eq!(voices.hear(None, 700, TICK), None);
    voices.expect(Some((&next, 300)), Some(300));
    fake.is_at(0);
    assert!(voices.hear(Some(&next), 1000, TICK).is_some_and(|clock| clock < 1100));
    assert_eq!(fake.told().played.len(), 1);
    assert!(voices.is_speaking() && fake.told().stopped == 0);
    assert_eq!(voices.hear(None, 2320, TICK), None);

    // The trainee speaks first: somebody else answers.
    voices.expect(Some((&part(4), 400)), Some(400));
    voices.expect(Some((&part(5), 600)), Some(600));
    assert_eq!(fake.told().stopped, 2);
    assert_eq!(fake.told().played.len(), 3);
    voices.expect(None, None);
    assert_eq!(fake.told().stopped, 3);
    // Another line than was planned is due.
    voices.expect(Some((&part(6), 400)), Some(400));
    assert!(voices.hear(Some(&part(7)), 1000, TICK).is_some());
    assert_eq!(fake.told().stopped, 4);
    assert_eq!(fake.told().begins, 0);
    // Sound is switched off before it comes.
    voices.stop();
    voices.expect(Some((&part(8), 400)), Some(400));
    voices.set(&Settings { sound: false, ..Settings::default() });
    assert_eq!(fake.told().stopped, 6);
}

#[test]
fn each_surface_has_a_pack_of_its_own_and_one_without_says_that_it_is_read() {
    let (written, variant) = surfaces();
    let (mut voices, fake) = Fake::voices(pack(&[(KEY.into(), 900)]));
    voices.open(&written);
    voices.open(&written);
    assert_eq!(voices.why_silent(), None);
    fake.told().mute = true;
    voices.open(&variant);
    assert!(voices.why_silent().is_some_and(|why| why.contains("no voice")));
    let opened = fake.told().opened.clone();
    assert_eq!(opened[0], "0412");
    assert!(opened.len() == 2 && opened[1].starts_with("0412-"), "{opened:?}");
    // Nothing of the surface before is left.
    assert_eq!(voices.hear(Some(&part(1)), 1000, TICK), None);
}

#[test]
fn the_line_sounds_beside_the_voice_unless_sound_is_off() {
    let (mut voices, fake) = voices();
    voices.keep_sounding(Some(Tone::Ringing));
    assert!(matches!(fake.told().sounds, Some((_, true))));
    voices.sound(Tone::Connected);
    assert!(matches!(fake.told().sounds, Some((_, false))));
    voices.keep_sounding(Some(Tone::Calling));
    voices.set(&Settings { sound: false, ..Settings::default() });
    assert_eq!(fake.told().sounds, None);
    voices.sound(Tone::Connected);
    voices.keep_sounding(Some(Tone::Calling));
    assert_eq!(fake.told().sounds, None);
    voices.set(&Settings::default());
    voices.keep_sounding(Some(Tone::Calling));
    voices.keep_sounding(None);
    assert_eq!(fake.told().sounds, None);
}

/// A line that has no clip.
fn unrecorded(line: u32) -> Part {
    let pieces = [Piece { text: "none of them hurts".into(), key: "0".repeat(16) }].into();
    Part { pieces, ..part(line) }
}

#[test]
fn what_has_no_clip_is_spoken_by_the_system_where_it_has_a_voice() {
    let (mut voices, fake) = voices();
    fake.told().speaks = true;
    let said = unrecorded(3);
    assert!(voices.hear(Some(&said), 1000, TICK).is_some());
    assert_eq!(
        fake.told().said.iter().map(|words| (&*words.text, words.who)).collect::<Vec<_>>(),
        [("none of them hurts", 0)]
    );
    // It has to be made first, and is waited for longer than a clip.
    for _ in 0..20 {
        assert!(voices.hear(Some(&said), 1000, TICK).is_some());
    }
    fake.is_at(600);
    let middle = voices.hear(Some(&said), 1000, TICK).expect("it is heard");
    assert!((1400..1900).contains(&middle), "{middle}");
    // Slower than was thought: the line is not over before the voice is.
    for n in 0..60 {
        fake.is_at(1300 + n * 60);
        assert!(voices.hear(Some(&said), 2000, TICK).is_some_and(|clock| clock < 2320), "{n}");
    }
    fake.told().position = Position::Over;
    assert_eq!(voices.hear(Some(&said), 2319, TICK), Some(2320));
    assert_eq!(voices.hear(None, 2320, TICK), None);
    // What has a clip is not.
    assert!(voices.hear(Some(&part(4)), 1000, TICK).is_some());
    assert_eq!(fake.told().said.len(), 1);
    assert_eq!(fake.told().played.len(), 1);
    // A system that never says that it has come to the end is not waited for without end.
    let endless = unrecorded(6);
    voices.hear(Some(&endless), 1000, TICK);
    fake.is_at(60_000);
    assert_eq!(voices.hear(Some(&endless), 1000, TICK), None);
    // Nor is anything for whoever wants none of it.
    voices.set(&Settings { system_voice: false, ..Settings::default() });
    assert_eq!(voices.hear(Some(&unrecorded(5)), 1000, TICK), None);
    assert_eq!(fake.told().said.len(), 2);
}

#[test]
fn nobody_begins_with_the_systems_voice_and_goes_on_with_their_own() {
    let (mut voices, fake) = Fake::voices(pack(&[(KEY.into(), 2000)]));
    (fake.told().speaks, fake.told().coming) = (true, true);
    voices.open(&surfaces().0);
    assert_eq!(voices.hear(Some(&part(3)), 1000, TICK), None, "the pack is still on its way");
    assert!(fake.told().said.is_empty());
    fake.told().coming = false;
    voices.open(&surfaces().0);
    assert!(voices.hear(Some(&part(4)), 1000, TICK).is_some());
    assert_eq!(fake.told().played.len(), 1);
    // A line that was read is tried again when it is played once more.
    voices.hear(None, 1000, TICK);
    voices.hear(Some(&part(3)), 3000, TICK);
    assert_eq!(voices.hear(Some(&part(3)), 1000, TICK), None, "it came too late");
    voices.begin_anew();
    assert!(voices.hear(Some(&part(3)), 1000, TICK).is_some());
}

#[test]
fn what_is_heard_beside_ends_with_the_call_it_belongs_to() {
    let (mut voices, fake) = voices();
    voices.stop();
    assert_eq!(fake.told().hushed, 0);
    voices.is_heard_beside(crate::scenario::Noise::Wheeze);
    voices.hold(true);
    assert_eq!(fake.told().hushed, 0, "a pause holds it");
    voices.stop();
    assert_eq!(fake.told().hushed, 1);
    voices.hold(false);
    assert!(voices.is_said_beside(&part(3)));
    voices.close();
    assert_eq!(fake.told().hushed, 2);
}

#[test]
fn a_recording_stays_where_it_is_when_the_call_is_made_ready_once_more() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.opus"), include_bytes!("tone.opus")).expect("written");
    let library = testing::library();
    let mut scenario = testing::entry(library, "back-saddle-numb").scenario.clone();
    let audio = Some("mine.opus".into());
    scenario.heard =
        vec![crate::scenario::Heard { text: "none of them hurts".into(), plays: None, behind: None, audio }];
    let script =
        |hash: &str| Script::new(library.standards.clone(), scenario.clone(), hash.into(), None).expect("ready");
    let packed = pack(&[(KEY.into(), 2000)]);
    let (mut voices, fake) = Fake::voices(packed.clone());
    for hash in ["mine", "edited"] {
        voices.recorded.places.folders.insert(hash.into(), folder.path().to_owned());
    }
    let heard_from = |voices: &mut Voices, line| {
        assert!(voices.hear(Some(&part(line)), 1000, TICK).is_some());
        fake.told().played.last().expect("played")[0].start as usize
    };
    voices.open(&script("mine"));
    assert_eq!(heard_from(&mut voices, 3), packed.len());
    // The model call of the same surface.
    voices.open(&script("mine"));
    assert_eq!((heard_from(&mut voices, 4), fake.told().added.len()), (packed.len(), 1));
    // The same surface of other words: behind what the player has.
    voices.open(&script("edited"));
    assert_eq!(heard_from(&mut voices, 5), packed.len() + include_bytes!("tone.opus").len());
}

#[test]
fn whoever_is_cut_off_says_the_word_to_its_end() {
    let (mut voices, fake) = voices();
    let part = part(3);
    voices.hear(Some(&part), 1000, TICK);
    fake.is_at(100);
    voices.hear(Some(&part), 1000, TICK);
    voices.hear(None, 1100, TICK);
    // "none" is over after some half second of the two.
    let after = fake.told().after;
    assert!((250..=450).contains(&after), "{after}");
    // A pause in the middle of a line is not a cut: there it stands still.
    assert_eq!(fake.told().stopped, 1);
}

#[test]
fn a_recording_of_the_authors_comes_before_a_clip() {
    use crate::scenario::{Heard, Reception};

    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("mine.opus"), include_bytes!("tone.opus")).expect("written");
    let library = testing::library();
    let mut scenario = testing::entry(library, "back-saddle-numb").scenario.clone();
    let own = |text: &str, file: &str| Heard { text: text.into(), plays: None, behind: None, audio: Some(file.into()) };
    scenario.heard =
        vec![own("none of them hurts", "mine.opus"), own("[a chair]", "gone.opus"), own("no", "../x.opus")];
    scenario.reception = Reception::Poor;
    let script = Script::new(library.standards.clone(), scenario, "mine".into(), None).expect("ready");
    let packed = pack(&[(KEY.into(), 2000)]);
    let (mut voices, fake) = Fake::voices(packed.clone());
    voices.recorded.places.folders.insert("mine".into(), folder.path().to_owned());
    voices.open(&script);
    voices.open(&script);
    assert_eq!(fake.told().added, [include_bytes!("tone.opus").to_vec()], "once, and nothing from elsewhere");
    assert!(fake.told().poor);
    assert!(voices.hear(Some(&part(3)), 1000, TICK).is_some());
    let played = fake.told().played[0].clone();
    assert_eq!((played.len(), played[0].start as usize), (1, packed.len()));
    // Half a second long, not two: that is over.
    fake.is_at(500);
    assert_eq!(voices.hear(Some(&part(3)), 1000, TICK), Some(2319));
    // The next call knows nothing of it.
    voices.open(&surfaces().1);
    assert!(!fake.told().poor);
}

#[test]
fn a_recording_that_travelled_in_a_call_set_is_heard_also_when_the_set_is_opened_later() {
    use crate::scenario::Heard;

    let tone: &[u8] = include_bytes!("tone.opus");
    let library = testing::library();
    let mut scenario = testing::entry(library, "back-saddle-numb").scenario.clone();
    let audio = Some("sounds/mine.opus".into());
    scenario.heard = vec![Heard { text: "none of them hurts".into(), plays: None, behind: None, audio }];
    let script = Script::new(library.standards.clone(), scenario, "mine".into(), None).expect("ready");
    let packed = pack(&[(KEY.into(), 2000)]);
    let (mut voices, fake) = Fake::voices(packed.clone());
    voices.open(&script);
    assert!(fake.told().added.is_empty());
    let of = |hash: &str| [((hash.to_owned(), "sounds/mine.opus".to_owned()), Arc::from(tone))].into();
    voices.carry(of("another"));
    voices.open(&script);
    assert!(fake.told().added.is_empty(), "another call's recording");
    voices.carry(of("mine"));
    voices.open(&script);
    assert_eq!(fake.told().added, [tone.to_vec()]);
    assert!(voices.hear(Some(&part(3)), 1000, TICK).is_some());
    assert_eq!(fake.told().played[0][0].start as usize, packed.len(), "behind the pack, not over it");
}

#[test]
fn it_is_heard_with_what_was_chosen() {
    let (mut voices, fake) = voices();
    voices.set(&Settings { output: "headset".into(), ..Settings::default() });
    assert_eq!(fake.told().device, "headset");
}
