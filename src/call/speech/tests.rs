use std::sync::{Arc, OnceLock};

use proptest::prelude::*;

use super::*;
use crate::call::{Action, Call, Event, play};
use crate::explore::{Dice, wander};
use crate::records::Mode;
use crate::scenario::{self, Scenario};
use crate::standards::{Id, Standards};

const ROLES: [&str; 4] = ["service-advisor", "health-advisor", "senior-health-advisor", "clinical-advisor"];

/// Every surface of every shipped call, and what it can speak.
fn surfaces() -> &'static [(Arc<Script>, Inventory)] {
    static SURFACES: OnceLock<Vec<(Arc<Script>, Inventory)>> = OnceLock::new();
    SURFACES.get_or_init(|| {
        let mut all = Vec::new();
        for (slug, text) in scenario::shipped() {
            let loaded = scenario::load(&format!("{slug}.ron"), text.as_bytes()).expect("a shipped scenario is read");
            let mut add = |scenario: Scenario, variant: Option<Id>| {
                let script = Script::new(Standards::shipped(), scenario, loaded.hash.clone(), variant).expect("ready");
                let inventory = Inventory::of(&script);
                all.push((script, inventory));
            };
            add(loaded.scenario.clone(), None);
            for variant in &loaded.scenario.variants {
                add(loaded.scenario.overlaid(variant), Some(variant.id.clone()));
            }
        }
        all
    })
}

fn surface(slug: &str) -> &'static (Arc<Script>, Inventory) {
    surfaces().iter().find(|(script, _)| &*script.scenario.id == slug && script.variant.is_none()).expect("shipped")
}

/// What was heard that has no line in the inventory, and whether the pieces make up what was said.
fn missing(call: &Call, inventory: &Inventory) -> Vec<String> {
    let mut missing = Vec::new();
    for timed in call.events() {
        let Event::Line { by, text, .. } = &timed.event else { continue };
        let pieces = inventory.pieces(call.script(), by, text);
        missing.extend(pieces.iter().filter(|p| !inventory.lines().contains(*p)).map(|p| format!("{p:?}")));
        let silent = matches!(by, Speaker::Trainee | Speaker::Sound);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let spoken: String = pieces.iter().map(|p| letters(&p.text)).collect();
        let said = text.split('[').next().unwrap_or_default();
        if spoken != if silent { String::new() } else { letters(said) } {
            missing.push(format!("{by:?} says {text:?} in the pieces {pieces:?}"));
        }
    }
    missing
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_heard_in_a_play_can_be_spoken(surface in 0..surfaces().len(), role in 0..ROLES.len(), seed in any::<u64>()) {
        let (script, inventory) = &surfaces()[surface];
        let mut call = Call::new(script.clone(), ROLES[role], seed, Mode::Coach).expect("the role is known");
        wander(&mut call, &mut Dice::new(seed, "speech"));
        prop_assert_eq!(missing(&call, inventory), Vec::<String>::new());
    }

    #[test]
    fn any_bytes_are_a_pack_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..200), index in "\\PC{0,60}") {
        let _ = Pack::read(&bytes);
        let mut begun = MAGIC.to_vec();
        begun.extend(&bytes);
        let _ = Pack::read(&begun);
        let _ = Pack::read(&pack(&index, &bytes));
    }

    #[test]
    fn a_clip_is_always_inside_the_file(clips in prop::collection::btree_map(any::<u64>(), (any::<u32>(), any::<u32>()), 0..4), near in any::<bool>(), bytes in 0_usize..64) {
        let clips: Vec<_> = clips.into_iter().map(|(key, (offset, length))| {
            let near_by = |n: u32| if near { n % 48 } else { n };
            (format!("{key:016x}"), near_by(offset), near_by(length), 1000, [0, 40, 100])
        }).collect();
        let file = pack(&serde_json::json!({ "clips": clips }).to_string(), &vec![7; bytes]);
        if let Ok(read) = Pack::read(&file) {
            for (key, ..) in &clips {
                let clip = read.clip(key).expect("it is in the index");
                prop_assert!(file.get(clip.at.clone()).is_some_and(|clip| clip.iter().all(|b| *b == 7)));
            }
        }
    }
}

/// Every utterance of the bank, put twice, to everybody who can be spoken with.
#[test]
fn every_answer_to_every_question_can_be_spoken() {
    for (script, inventory) in surfaces() {
        for (part, utterances) in script.standards.bank.chunks(30).enumerate() {
            for person in [Person::Caller, Person::Patient] {
                let mut call = Call::new(script.clone(), ROLES[1], part as u64, Mode::Coach).expect("known");
                for utterance in utterances.iter().chain(utterances) {
                    let say = Action::Say { utterance: utterance.id.clone(), to: Some(person) };
                    let _ = play(&mut call, [(None, &say)]);
                }
                assert_eq!(missing(&call, inventory), Vec::<String>::new(), "{}", script.scenario.id);
            }
        }
    }
}

#[test]
fn a_lead_in_is_a_piece_of_its_own() {
    let (script, inventory) = surface("back-saddle-numb");
    let default = inventory.lines().iter().find(|l| &*l.text == "Yes, that's right.").expect("a line").clone();
    let manner = script.manner(Person::Caller).expect("a manner");
    let lead = manner.again.first().expect("a lead-in");
    let said: Arc<str> = format!("{lead} {}", default.text).into();
    let pieces = inventory.pieces(script, &Speaker::Caller, &said);
    let texts: Vec<_> = pieces.iter().map(|p| &*p.text).collect();
    assert_eq!(texts, [&**lead, "Yes, that's right."]);
    assert!(pieces.iter().all(|p| *p.who == *script.scenario.caller.name && p.delivery == manner.id));
}

#[test]
fn an_unknown_line_is_one_piece_and_a_sound_is_none() {
    let (script, inventory) = surface("back-saddle-numb");
    let new: Arc<str> = "Like I said… something that nobody has written yet.".into();
    let pieces = inventory.pieces(script, &Speaker::Caller, &new);
    assert_eq!(pieces.iter().map(|p| &*p.text).collect::<Vec<_>>(), [&*new]);
    assert!(inventory.pieces(script, &Speaker::Sound, &"[a chair scrapes]".into()).is_empty());
    assert!(inventory.pieces(script, &Speaker::Trainee, &"Hello?".into()).is_empty());
    assert!(inventory.pieces(script, &Speaker::Caller, &"…".into()).is_empty());
    assert!(inventory.lines().iter().all(|l| !l.text.starts_with('[')));
}

#[test]
fn the_clinician_and_others_in_the_room_have_lines_of_their_own() {
    let (script, inventory) = surface("filling-in-a-tissue");
    let by = |who: &str| inventory.lines().iter().filter(|l| &*l.who == who).count();
    assert!(by(CLINICIAN) > 0);
    assert!(by(&script.scenario.caller.name) > 100);
    assert!(by("Carla") > 0);
}

#[test]
fn a_key_is_that_of_the_render_tool() {
    let line = Line { who: "Donna Pryce".into(), delivery: "jokey".into(), text: "Like I said…".into() };
    // python: blake3(b"Donna Pryce\njokey\n" + "Like I said…".encode()).hexdigest()[:16]
    assert_eq!(key(&line), "f4b749ac77827c3a");
}

#[test]
fn a_pack_gives_its_clips_and_says_what_is_wrong_with_it() {
    let index = r#"{"clips":[["0123456789abcdef",0,3,250,[]],["fedcba9876543210",3,2,900,[2,90]]]}"#;
    let file = pack(index, b"onetw");
    let read = Pack::read(&file).expect("it is one");
    let clip = read.clip("fedcba9876543210").expect("it is there");
    assert_eq!((&file[clip.at.clone()], clip.millis, &*clip.begins), (&b"tw"[..], 900, &[2, 90][..]));
    assert_eq!((read.len(), read.clip("0000000000000000"), read.clip("x")), (2, None, None));
    let wrong = |file: &[u8]| Pack::read(file).expect_err("it is wrong");
    let sentences = [
        wrong(b"OggS"),
        wrong(b"RCV2"),
        wrong(&file[..40]),
        wrong(&pack(index, b"onet")),
        wrong(&pack("{}", b"")),
        wrong(&pack(r#"{"clips":[["0123456789ABCDEF",0,1,1,[]]]}"#, b"x")),
        wrong(&pack(r#"{"clips":[["01",0,1,1,[]]]}"#, b"x")),
        wrong(&pack(r#"{"clips":[["fedcba9876543210",0,1,1,[]],["0123456789abcdef",0,1,1,[]]]}"#, b"x")),
        wrong(&pack(r#"{"clips":[["0123456789abcdef",4294967295,4294967295,1,[]]]}"#, b"x")),
        wrong(&pack(r#"{"clips":[["0123456789abcdef",0,1,90,[3,2]]]}"#, b"x")),
        wrong(&pack(r#"{"clips":[["0123456789abcdef",0,1,90,[3,10]]]}"#, b"x")),
    ];
    insta::assert_snapshot!(sentences.join("\n"));
}

fn pack(index: &str, clips: &[u8]) -> Vec<u8> {
    let length = u32::try_from(index.len()).expect("small").to_le_bytes();
    [MAGIC, &length[..], index.as_bytes(), clips].concat()
}
