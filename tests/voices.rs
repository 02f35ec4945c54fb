//! The packs that ship: whole files, no clip that nobody speaks, as long as they say.

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::scripts;
use rightcall::call::Script;
use rightcall::call::speech::{self, Pack};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/voices")
}

/// The surface of a call that has its clips in the pack of this name.
fn surface(pack: &str) -> Arc<Script> {
    let of_pack = scripts().into_iter().find(|script| speech::pack_name(script) == pack);
    of_pack.unwrap_or_else(|| panic!("no surface has its clips in {pack}"))
}

#[test]
fn every_pack_is_in_the_manifest_and_holds_what_can_be_spoken_and_nothing_else() {
    // Without a manifest there are no packs: that is held against the folder below.
    let read = std::fs::read_to_string(folder().join("manifest.json")).unwrap_or_else(|_| r#"{"packs":{}}"#.into());
    let manifest: serde_json::Value = serde_json::from_str(&read).expect("JSON");
    let mut listed = Vec::new();
    for (name, pack) in manifest["packs"].as_object().expect("packs by name") {
        let file = format!("{name}.voices");
        let bytes = std::fs::read(folder().join(&file)).expect("the pack");
        assert_eq!(pack["bytes"].as_u64(), u64::try_from(bytes.len()).ok(), "{file}");
        assert_eq!(pack["blake3"].as_str(), Some(blake3::hash(&bytes).to_hex().as_str()), "{file}");
        check(name, &bytes);
        listed.push(file);
    }
    let mut there: Vec<String> = std::fs::read_dir(folder())
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter(|name| name.ends_with(".voices"))
        .collect();
    there.sort();
    listed.sort();
    assert_eq!(listed, there);
}

fn check(file: &str, bytes: &[u8]) {
    let pack = Pack::read(bytes).unwrap_or_else(|sentence| panic!("{file}: {sentence}"));
    let lines = speech::lines(&surface(file));
    let (mut found, mut words_known) = (0, 0);
    for line in &lines {
        let Some(found_clip) = pack.clip(&speech::key(line)) else { continue };
        found += 1;
        let (clip, millis) = (&bytes[found_clip.at.clone()], found_clip.millis);
        let known = found_clip.begins.len();
        assert!(known == 0 || known == line.text.split(' ').count(), "{file}: {line:?} has {known} words");
        words_known += usize::from(known > 0);
        let head = clip.windows(8).position(|w| w == b"OpusHead").expect("a stream of Opus");
        assert!(clip.starts_with(b"OggS") && clip[head + 9] == 1, "{file}: {line:?} is not mono");
        let skip = i64::from(u16::from_le_bytes([clip[head + 10], clip[head + 11]]));
        let last = clip.windows(4).rposition(|w| w == b"OggS").expect("a page");
        let end = i64::from_le_bytes(clip[last + 6..last + 14].try_into().expect("eight bytes"));
        assert_eq!((end - skip) / 48, i64::from(millis), "{file}: {line:?}");
        // Nobody takes a second for a word, and nobody says ten in one. Figures are words when they are spoken.
        let count = |of: usize| u32::try_from(of).expect("few");
        let words = count(line.text.split_whitespace().count());
        let spoken = words + count(line.text.chars().filter(char::is_ascii_digit).count());
        assert!((80 * words..1_000 + 1_500 * spoken).contains(&millis), "{file}: {line:?} lasts {millis} ms");
    }
    assert!(words_known * 10 >= found * 9, "{file}: of {found} clips {words_known} say when their words begin");
    assert_eq!(found, pack.len(), "{file} has clips that nobody speaks: run voices/render");
}

/// What `voices/cast.json` says of somebody: everything by which they sound as they do.
fn cast<'a>(cast: &'a serde_json::Value, number: u32, who: &str) -> &'a serde_json::Value {
    let own = &cast["calls"][format!("{number:04}")][who];
    if own.is_null() { &cast["everywhere"][who] } else { own }
}

#[test]
fn everybody_is_cast_no_two_in_a_call_sound_alike_and_twins_do() {
    let read =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("voices/cast.json")).expect("the cast");
    let read: serde_json::Value = serde_json::from_str(&read).expect("JSON");
    let all = scripts();
    for script in &all {
        let number = script.scenario.number;
        let lines = speech::lines(script);
        let mut voices: BTreeMap<String, &str> = BTreeMap::new();
        for line in &lines {
            let voice = cast(&read, number, &line.who);
            assert!(voice["mix"].is_object(), "nobody is cast for {} in call {number}", line.who);
            assert!(read["deliveries"][&*line.delivery].is_object(), "nobody knows how to speak {}", line.delivery);
            let of = voices.entry(voice.to_string()).or_insert(&line.who);
            assert_eq!(*of, &*line.who, "call {number}: two people with one voice");
        }
        let twin = script.scenario.twin.as_ref().filter(|_| script.variant.is_none());
        let twin = twin.and_then(|id| all.iter().find(|other| other.scenario.id == *id && other.variant.is_none()));
        if let Some(twin) = twin {
            let caller = |of: &Script| cast(&read, of.scenario.number, &of.scenario.caller.name).clone();
            assert_eq!(caller(script), caller(twin), "{number} and its twin give themselves away");
            assert_eq!(script.scenario.caller.manner, twin.scenario.caller.manner);
        }
    }
}
