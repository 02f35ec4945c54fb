//! What the words of a text may stand for: known words, synonyms, beginnings, typing errors.

use std::ops::Bound;

use super::index::{SOFT, STOP, consonants, letters};
use super::words::{Weight, Word};
use super::{Index, Term, Use};

/// How well a typed word matches a term, in thousandths.
mod quality {
    pub const SAME: u32 = 1_000;
    pub const PHRASE: u32 = 900;
    pub const SYNONYM: u32 = 850;
    pub const UNFINISHED: u32 = 800;
    pub const ONE_SLIP: u32 = 750;
    pub const KIN: u32 = 650;
    pub const TWO_SLIPS: u32 = 600;
    pub const PART_OF_PHRASE: u32 = 600;
    pub const ABBREVIATED: u32 = 550;
}

/// Weight of a word that nothing in the bank resembles.
const UNKNOWN: u32 = 4_500;

/// One word of what was typed.
pub(super) struct Typed {
    pub kind: Weight,
    pub weight: u32,
    /// Says what is meant: more than "what" or "now".
    pub telling: bool,
    /// Terms it may stand for, and how well, in thousandths.
    pub matches: Vec<(Term, u32)>,
}

impl Index {
    /// The words of a text; the last one may be unfinished.
    pub(super) fn typed(&self, words: &[Word], used: Use, unfinished: bool) -> Vec<Typed> {
        let concepts = self.concepts_of(words);
        // Whoever types in capitals throughout names nobody by a capital.
        let shouted = words.iter().filter(|word| word.capital).count() * 2 > words.len();
        let last = words.len().saturating_sub(1);
        let words = words.iter().zip(concepts).enumerate();
        words
            .map(|(position, (word, concepts))| {
                let unfinished = unfinished && position == last;
                let name = word.capital && !shouted;
                self.typed_word(word, concepts, used, unfinished, name)
            })
            .collect()
    }

    fn typed_word(&self, word: &Word, concepts: Vec<Term>, used: Use, unfinished: bool, name: bool) -> Typed {
        let mut kind = word.weight;
        let mut matches = Vec::new();
        let mut weight = None;
        if let Some(&term) = self.stems.get(&word.stem) {
            let mut terms = vec![term];
            terms.extend(concepts);
            let in_phrase = terms[1..] != self.concepts[term as usize];
            if in_phrase {
                kind = Weight::Content;
            }
            weight = Some(self.weight_of(kind, &terms));
            let (own, meant) = match in_phrase {
                true => (quality::PART_OF_PHRASE, quality::PHRASE),
                false => (quality::SAME, quality::SYNONYM),
            };
            matches.push((term, own));
            matches.extend(terms[1..].iter().map(|&concept| (concept, meant)));
        }
        if kind == Weight::Content {
            self.kin(&word.stem, &mut matches);
        }
        if unfinished {
            let before = matches.len();
            self.beginning_with(&word.surface, quality::UNFINISHED, &mut matches);
            if matches.len() > before {
                kind = Weight::Content;
                weight = weight.map(|weight| weight.max(SOFT));
            }
        }
        if weight.is_none() && kind == Weight::Content && !name {
            self.misspelt(&word.surface, used, &mut matches);
            if used == Use::Search && !unfinished && word.surface.len() >= 3 {
                self.beginning_with(&word.surface, quality::ABBREVIATED, &mut matches);
            }
        }
        let weight = weight.unwrap_or_else(|| match kind {
            Weight::Stop => STOP,
            Weight::Soft | Weight::Asking => SOFT,
            Weight::Content if matches.is_empty() && name => STOP,
            Weight::Content => {
                let weights = matches.iter().map(|(term, _)| self.weights[*term as usize]);
                weights.min().unwrap_or(UNKNOWN)
            }
        });
        let telling = match kind {
            Weight::Content => true,
            Weight::Asking => !matches!(word.stem.as_str(), "what" | "how"),
            Weight::Stop | Weight::Soft => false,
        };
        Typed { kind, weight, telling, matches }
    }

    /// Words of the same family that the stemmer keeps apart: "pregnant", "pregnancy".
    fn kin(&self, stem: &str, matches: &mut Vec<(Term, u32)>) {
        const SHARED: usize = 5;
        const ENDING: usize = 3;
        let Some(shared) = stem.get(..SHARED) else { return };
        if stem.len() > SHARED + ENDING {
            return;
        }
        let from = (Bound::Included(shared), Bound::Unbounded);
        for (other, &term) in self.stems.range::<str, _>(from) {
            if !other.starts_with(shared) {
                break;
            }
            if other != stem && other.len() <= SHARED + ENDING {
                matches.push((term, quality::KIN));
            }
        }
    }

    /// Known words that begin like this.
    fn beginning_with(&self, start: &str, quality: u32, matches: &mut Vec<(Term, u32)>) {
        let from = self.spellings.partition_point(|known| known.word.as_str() < start);
        for known in &self.spellings[from..] {
            if !known.word.starts_with(start) {
                break;
            }
            matches.push((known.term, quality));
            for &concept in &self.concepts[known.term as usize] {
                matches.push((concept, quality * quality::SYNONYM / 1_000));
            }
        }
    }

    /// Known words from which this one differs by the fewest slips: one in four letters or more,
    /// two in eight, or two that leave the sound alone. Words of four letters have too many
    /// neighbours to be corrected in words said freely, two letters that changed places apart.
    fn misspelt(&self, word: &str, used: Use, matches: &mut Vec<(Term, u32)>) {
        let length = word.chars().count();
        let allowed = match length {
            0..4 => return,
            4..8 => 1,
            _ => 2,
        };
        let letters = letters(word);
        let sound = consonants(word);
        let mut found: Vec<(Term, usize)> = Vec::new();
        for known in &self.spellings {
            let known_length = known.word.chars().count();
            let swapped = known.letters == letters && known_length == length;
            if used == Use::Resolve && length == 4 && !swapped {
                continue;
            }
            let sounds = known.consonants == sound && known_length >= 4;
            let allowed = if sounds { 2 } else { allowed };
            if known_length < 3
                || known_length.abs_diff(length) > allowed
                || (known.letters ^ letters).count_ones() as usize > 2 * allowed
                // In short words the first letter is rarely the wrong one.
                || length < 6 && known.word.chars().next() != word.chars().next()
            {
                continue;
            }
            let slips = strsim::osa_distance(word, &known.word);
            if slips <= allowed {
                found.push((known.term, if sounds { slips.min(1) } else { slips }));
            }
        }
        let Some(fewest) = found.iter().map(|(_, slips)| *slips).min() else { return };
        let quality = if fewest <= 1 { quality::ONE_SLIP } else { quality::TWO_SLIPS };
        for (term, _) in found.into_iter().filter(|(_, slips)| *slips == fewest) {
            matches.push((term, quality));
            for &concept in &self.concepts[term as usize] {
                matches.push((concept, quality * quality::SYNONYM / 1_000));
            }
        }
    }
}
