//! Finding an utterance from what was typed.
//!
//! Two uses: the ask bar searches while one types ([`Index::search`]); words said freely are
//! resolved once, when they are said ([`Index::resolve`]). Both score every utterance in
//! thousandths, from two shares: how much of what was typed the utterance knows, and how much of
//! the utterance was typed. The scenario plays no part. All arithmetic is in integers, and no
//! result depends on the order of a hash map: the same text finds the same on every platform.

mod index;
mod marks;
#[cfg(test)]
mod phrases;
mod score;
#[cfg(test)]
mod tests;
mod typed;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::standards::{Flaw, Kind, Matcher, Utterance};
use words::{Reader, Weight, Word};

/// Raised whenever a text could be resolved otherwise than before.
pub const MATCHER_VERSION: u32 = 1;

/// The nearest utterances offered for words that were not understood.
const NEAREST: usize = 3;
/// Utterances below this score, in thousandths, are not even near.
const NEAR: u32 = 120;

/// What can be said, prepared for finding it. Built once per standards.
pub struct Index {
    reader: Reader,
    /// One per utterance, in bank order.
    entries: Vec<Entry>,
    /// Stem to term.
    stems: BTreeMap<String, Term>,
    /// Every known word as it is written, sorted: for prefixes and typing errors.
    spellings: Vec<Spelling>,
    /// By term: weight in thousandths of a bit.
    weights: Vec<u32>,
    /// By term: the concepts that the word alone stands for.
    concepts: Vec<Vec<Term>>,
    /// First stem of a synonym of several words to all of its stems and the concept.
    phrases: BTreeMap<String, Vec<(Vec<String>, Term)>>,
    /// By term: who uses it.
    postings: Vec<Vec<u32>>,
}

/// A stem or a concept: position in [`Index::weights`].
type Term = u32;

/// What the scores are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    /// The ask bar: headings and search terms count in full, words may be unfinished.
    Search,
    /// Words said freely: advice and poor lines have to be said, a keyword of them is not enough.
    Resolve,
}

/// One utterance, taken apart.
struct Entry {
    kind: Kind,
    /// `you` and `third`, each as a whole.
    wordings: Vec<Field>,
    /// Sentences of wordings that have several.
    sentences: Vec<Field>,
    topic: Field,
    terms: Vec<Field>,
    /// `you` and `third` in plain letters, for whoever types a line as it stands.
    plain: Vec<String>,
    /// Utterances of the same number have the same wording.
    same: u32,
    /// One of the deliberately poor ones.
    poor: bool,
    /// Pushes towards an answer.
    leading: bool,
    /// Asks something, whatever sort of utterance it is.
    asks: bool,
    /// Reads back what was typed into the contact record.
    reads_back: bool,
}

/// A wording, topic or search term: its words with their weights.
struct Field {
    slots: Vec<Slot>,
    total: u32,
}

/// One word of a field: its stem and the concepts it stands for.
struct Slot {
    kind: Weight,
    weight: u32,
    terms: Vec<Term>,
}

/// A known word as it is written.
struct Spelling {
    word: String,
    term: Term,
    /// Which letters occur: a quick test before a distance is computed.
    letters: u32,
    /// How it sounds, roughly.
    consonants: String,
}

/// An utterance found while typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Position in the slice from which the index was built.
    pub utterance: usize,
    /// In thousandths.
    pub score: u32,
}

/// What words said freely were taken to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// One utterance is near enough, and clearly nearer than every other.
    Understood {
        /// Position in the slice from which the index was built.
        utterance: usize,
        /// In thousandths.
        score: u32,
    },
    /// None is, or several are.
    Unclear {
        /// The three nearest, best first; fewer where nothing is near.
        nearest: Vec<usize>,
    },
}

impl Index {
    /// Utterances for a text half typed: by any word, inflection, lay term or typing error; the
    /// last word may be unfinished. Lines that have the words as they were typed, two or more of them, come first
    /// (advice from three on: two words of it are more often asked about than said); then the best, equals in bank
    /// order.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<Hit> {
        let mut hits = self.score(typed, Use::Search);
        let phrase = plain(words::beginning(typed));
        if phrase.trim().contains(' ') {
            let few = phrase.split_whitespace().count() < 3;
            let as_typed = |hit: &Hit| {
                let entry = &self.entries[hit.utterance];
                let is_advice = matches!(entry.kind, Kind::Interim | Kind::Worsening);
                !(few && is_advice) && entry.plain.iter().any(|line| line.contains(&phrase))
            };
            let found: BTreeSet<usize> = hits.iter().map(|hit| hit.utterance).collect();
            let others = (0..self.entries.len()).filter(|utterance| !found.contains(utterance));
            hits.extend(others.map(|utterance| Hit { utterance, score: 0 }).filter(as_typed));
            hits.sort_by_key(|hit| !as_typed(hit));
        }
        hits.truncate(limit);
        hits
    }

    /// What words said freely mean, by the threshold and the margin of the standards.
    pub fn resolve(&self, text: &str, rules: &Matcher) -> Resolution {
        let hits = self.score(text, Use::Resolve);
        if let Some(&best) = hits.first()
            && best.score >= rules.threshold
            && !words::only_keeps_in_touch(&self.reader.words(text))
        {
            let same = self.entries[best.utterance].same;
            let second = hits.iter().find(|hit| self.entries[hit.utterance].same != same);
            if best.score - second.map_or(0, |hit| hit.score) >= rules.margin {
                return Resolution::Understood { utterance: best.utterance, score: best.score };
            }
        }
        let near = hits.iter().filter(|hit| hit.score >= NEAR);
        Resolution::Unclear { nearest: near.map(|hit| hit.utterance).take(NEAREST).collect() }
    }
}

/// Lower-case letters and digits, words apart by one space, a space before the first: `contains` then finds a
/// phrase from the beginning of a word on.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 1);
    for word in text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’')) {
        let letters = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        plain.push(' ');
        let before = plain.len();
        plain.extend(letters);
        if plain.len() == before {
            plain.pop();
        }
    }
    plain
}
