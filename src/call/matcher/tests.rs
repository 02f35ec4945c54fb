//! What a user notices, with the bank that is shipped; and what must hold for any text.

use std::sync::OnceLock;

use proptest::prelude::*;
use serde::de::DeserializeOwned;

use super::phrases::{KNOWN_WRONG, MEANT, NOT_MEANT};
use super::*;
use crate::standards::{Bank, Topics};

/// The values that the matcher was tuned to; `marking.ron` should hold the same.
const RULES: Matcher = Matcher { version: MATCHER_VERSION, threshold: 600, margin: 70 };

/// So many of the phrasings in [`MEANT`] are understood, at the least.
const UNDERSTOOD: usize = 181;

struct Shipped {
    utterances: Vec<Utterance>,
    index: Index,
}

impl Shipped {
    fn id(&self, utterance: usize) -> &str {
        &self.utterances[utterance].id
    }

    fn found(&self, typed: &str, limit: usize) -> Vec<&str> {
        self.index.search(typed, limit).iter().map(|hit| self.id(hit.utterance)).collect()
    }

    /// What was understood; nothing where it was unclear.
    fn understood(&self, text: &str) -> Option<&str> {
        match self.index.resolve(text, &RULES) {
            Resolution::Understood { utterance, .. } => Some(self.id(utterance)),
            Resolution::Unclear { .. } => None,
        }
    }
}

fn read<T: DeserializeOwned>(file: &str) -> T {
    let path = format!("{}/assets/standards/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("`{path}`: {error}"));
    ron::Options::default()
        .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME)
        .from_str(&text)
        .unwrap_or_else(|error| panic!("`{path}`: {error}"))
}

fn shipped() -> &'static Shipped {
    static SHIPPED: OnceLock<Shipped> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let files = ["questions.ron", "statements.ron", "advice.ron"];
        let utterances: Vec<Utterance> = files.iter().flat_map(|file| read::<Bank>(file).utterances).collect();
        let index = Index::new(&utterances, &read::<Topics>("topics.ron").synonyms);
        Shipped { utterances, index }
    })
}

#[test]
fn any_word_inflection_lay_term_or_typing_error_finds_it_among_the_first_three() {
    for (typed, wanted) in [
        ("saddle", "q-saddle-numb"),
        ("numb bum", "q-saddle-numb"),
        ("wee", "q-passing-urine"),
        ("blader", "q-bladder-control"),
        ("medic tak", "q-medicines"),
        ("chest pane", "q-chest-pain-now"),
        ("breathing", "q-breathing-now"),
        ("whats your date of birth", "q-patient-details"),
        ("dob", "q-patient-details"),
        ("any chance you are pregnant", "q-pregnant"),
        ("pregnent", "q-pregnant"),
        ("can you feel when you wipe", "q-saddle-numb"),
        ("where are you right now", "q-location-now"),
        ("adress", "q-location-now"),
        ("are you numb between your legs", "q-saddle-numb"),
        ("have you had anything for the pain", "q-what-taken"),
        ("do your legs feel weak", "q-weak-limb"),
        ("diarrea", "q-diarrhoea"),
        ("vomited", "q-vomiting"),
        ("DON\u{2019}T DRIVE", "ai-not-drive"),
        ("samaritans", "ai-mh-option"),
        ("jabs", "q-vaccines"),
    ] {
        let found = shipped().found(typed, 3);
        assert!(found.contains(&wanted), "`{typed}` found {found:?}");
    }
}

#[test]
fn a_line_that_has_the_words_as_typed_comes_first() {
    let bank = shipped();
    for typed in ["I have you at", "anything gets worse", "breathing all right"] {
        let first = bank.found(typed, 1);
        let line = bank.utterances.iter().find(|utterance| Some(&&*utterance.id) == first.first()).expect("a line");
        let words = [Some(&line.you), line.third.as_ref()];
        let has = words.into_iter().flatten().any(|text| text.to_lowercase().contains(&typed.to_lowercase()));
        assert!(has, "`{typed}` found first: {}", line.you);
    }
}

#[test]
fn two_words_that_stand_in_advice_do_not_give_it() {
    for typed in ["trouble breathing", "chest pain"] {
        let first = shipped().found(typed, 1);
        assert!(!first[0].starts_with('a'), "`{typed}` found first: {first:?}");
    }
}

#[test]
fn every_utterance_is_found_by_its_own_words() {
    let bank = shipped();
    for utterance in &bank.utterances {
        for typed in [Some(&utterance.you), utterance.third.as_ref()].into_iter().flatten() {
            let found = bank.found(typed, 3);
            assert!(found.contains(&&*utterance.id), "`{typed}` found {found:?}");
        }
    }
}

#[test]
fn every_utterance_said_word_for_word_is_understood_or_offered() {
    let bank = shipped();
    for utterance in &bank.utterances {
        match bank.index.resolve(&utterance.you, &RULES) {
            Resolution::Understood { utterance: found, .. } => {
                assert_eq!(bank.utterances[found].you, utterance.you);
            }
            Resolution::Unclear { nearest } => {
                let nearest: Vec<&str> = nearest.into_iter().map(|near| bank.id(near)).collect();
                assert!(nearest.contains(&&*utterance.id), "`{}`: {nearest:?}", utterance.you);
            }
        }
    }
}

#[test]
fn a_word_half_typed_finds_what_the_whole_word_finds() {
    for (typed, wanted) in [("sadd", "q-saddle-numb"), ("pregn", "q-pregnant"), ("loudsp", "i-loudspeaker")] {
        let found = shipped().found(typed, 3);
        assert!(found.contains(&wanted), "`{typed}` found {found:?}");
    }
}

#[test]
fn free_words_are_understood_rightly_or_not_at_all() {
    let bank = shipped();
    let mut right = 0;
    let mut wrong = Vec::new();
    for (text, wanted) in MEANT {
        match bank.understood(text) {
            Some(id) if wanted.contains(&id) => right += 1,
            Some(id) => wrong.push((*text, id)),
            None => {}
        }
    }
    println!("{right} of {} understood", MEANT.len());
    wrong.retain(|wrong| !KNOWN_WRONG.contains(wrong));
    assert_eq!(wrong, []);
    assert!(right >= UNDERSTOOD, "only {right} of {} understood", MEANT.len());
}

#[test]
fn what_means_nothing_in_the_bank_or_too_much_stays_unclear() {
    for text in NOT_MEANT {
        assert_eq!(shipped().understood(text), None, "`{text}`");
    }
    let nonsense = shipped().index.resolve("asdf qwer", &RULES);
    assert_eq!(nonsense, Resolution::Unclear { nearest: Vec::new() });
    let Resolution::Unclear { nearest } = shipped().index.resolve("blood", &RULES) else {
        panic!("`blood` was understood");
    };
    assert_eq!(nearest.len(), 3);
}

#[test]
fn asking_neutrally_is_never_taken_for_leading_nor_plain_words_for_jargon() {
    let bank = shipped();
    for text in ["do you have any chest pain", "any chest pain?", "have you got chest pain"] {
        assert_eq!(bank.understood(text), Some("q-chest-pain-now"), "`{text}`");
    }
    let text = "you haven't got any chest pain, have you";
    assert_eq!(bank.understood(text), Some("bad-leading-no-pain"));
    assert_eq!(bank.understood("any saddle numbness"), Some("q-saddle-numb"));
    assert_eq!(bank.understood("any saddle paraesthesia"), Some("bad-jargon-paraesthesia"));
}

#[test]
fn the_same_wording_under_two_ids_does_not_make_it_unclear() {
    let twins: Vec<Utterance> = ["q-one", "q-two"]
        .into_iter()
        .map(|id| {
            let text = format!(
                "(id: \"{id}\", kind: Question, stage: Open, topic: \"{id}\", system: \"general\", \
                 you: \"Do you keep bees?\")"
            );
            ron::from_str(&text).expect("an utterance")
        })
        .collect();
    let index = Index::new(&twins, &[]);
    let found = index.resolve("do you keep any bees", &RULES);
    assert!(matches!(found, Resolution::Understood { utterance: 0, .. }), "{found:?}");
}

#[test]
fn logarithms_are_exact_where_they_can_be() {
    assert_eq!([1, 2, 4, 1_024].map(index::log2_milli), [0, 1_000, 2_000, 10_000]);
    // 1.58496…, 8.53138…
    assert_eq!([3, 370].map(index::log2_milli), [1_584, 8_531]);
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("pain".to_owned()),
        Just("{name}'s".to_owned()),
        Just("breathing".to_owned()),
        Just("can't".to_owned()),
        Just("\0".to_owned()),
        Just("\u{130}\u{301}\u{202e}".to_owned()),
        Just("{".to_owned()),
        Just("\u{2019}\u{2019}".to_owned()),
        "[a-z]{1,12}",
        "\\PC{0,8}",
    ];
    prop_oneof![
        any::<String>(),
        prop::collection::vec(word, 0..60).prop_map(|words| words.join(" ")),
        ("\\PC{1,3}", 1usize..20_000).prop_map(|(piece, times)| piece.repeat(times)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..Default::default() })]

    #[test]
    fn any_text_gives_bounded_results_and_the_same_again(text in any_text()) {
        let bank = shipped();
        let hits = bank.index.search(&text, 8);
        prop_assert!(hits.len() <= 8);
        prop_assert!(hits.iter().all(|hit| hit.score <= 1_000));
        let sorted = hits.is_sorted_by(|a, b| (b.score, a.utterance) < (a.score, b.utterance));
        prop_assert!(sorted);
        prop_assert_eq!(&hits, &bank.index.search(&text, 8));
        let resolution = bank.index.resolve(&text, &RULES);
        if let Resolution::Unclear { nearest } = &resolution {
            prop_assert!(nearest.len() <= 3);
        }
        prop_assert_eq!(resolution, bank.index.resolve(&text, &RULES));
    }

    #[test]
    fn only_the_first_four_hundred_characters_count(text in any_text()) {
        let bank = shipped();
        let cut: String = text.chars().take(400).collect();
        prop_assert_eq!(bank.index.resolve(&text, &RULES), bank.index.resolve(&cut, &RULES));
    }

    #[test]
    fn any_bank_can_be_indexed(texts in prop::collection::vec(any_text(), 1..6)) {
        let utterance: Utterance = ron::from_str(
            "(id: \"q-x\", kind: Question, stage: Open, topic: \"\", system: \"general\", you: \"\")",
        ).expect("an utterance");
        let utterances: Vec<_> = texts
            .iter()
            .map(|text| Utterance { you: text.as_str().into(), ..utterance.clone() })
            .collect();
        let index = Index::new(&utterances, std::slice::from_ref(&texts));
        for text in &texts {
            index.search(text, 3);
            index.resolve(text, &RULES);
        }
    }
}

#[test]
fn what_was_typed_is_marked_in_what_was_found() {
    let index = &shipped().index;
    let marked = |typed: &str, wording: &str| -> Vec<String> {
        index.marks(typed, wording).into_iter().map(|part| wording[part].to_owned()).collect()
    };
    assert_eq!(marked("medic tak", "Have you taken any medicine for this?"), ["tak", "medic"]);
    // A typing error, an inflection and a lay term mark the whole word.
    assert_eq!(marked("breathng", "How is your breathing right now?"), ["breathing"]);
    assert_eq!(marked("the you", "What have you taken?"), ["you"]);
    assert!(marked("zzqx", "Is the patient awake?").is_empty());
    assert!(marked("", "Is the patient awake?").is_empty());
}

proptest! {
    #[test]
    fn marks_are_parts_of_the_wording_in_order(typed in "\\PC{0,40}", wording in "\\PC{0,80}") {
        let mut end = 0;
        for part in shipped().index.marks(&typed, &wording) {
            prop_assert!(part.start >= end && part.end > part.start);
            prop_assert!(wording.get(part.clone()).is_some());
            end = part.end;
        }
    }
}
