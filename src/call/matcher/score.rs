//! Scoring every utterance against a text.

use super::words::{Opening, Weight, Word, beginning, leads, opening};
use super::{Entry, Field, Hit, Index, Kind, Use};

/// A text of less weight than one telling word counts as one.
const TEXT_FLOOR: u32 = 4_000;
/// So does a field, though less.
const FIELD_FLOOR: u32 = 2_500;
/// What a match counts in one sentence of a wording, against 1,000 in the whole.
const SENTENCE: u32 = 950;
/// In a search term when words are said freely.
const TERM_SAID: u32 = 860;
/// In a wording when one searches.
const WORDING_TYPED: u32 = 900;
/// What remains, in thousandths, of the score of an utterance of another sort than the text: a
/// statement when a question was asked, a neutral question held against a leading one.
const OTHER_SORT: u32 = 600;
/// What remains when no word tells much: "what would you like", "with you now".
const EMPTY: u32 = 600;
/// Unless the utterance was said as it stands.
const WORD_FOR_WORD: u32 = 950;

impl Index {
    /// Every utterance with something in common with the text, best first, equals in bank order.
    pub(super) fn score(&self, text: &str, used: Use) -> Vec<Hit> {
        let text = beginning(text);
        let words = self.reader.words(text);
        let unfinished = used == Use::Search && text.chars().next_back().is_some_and(char::is_alphanumeric);
        let typed = self.typed(&words, used, unfinished);
        let manner = (used == Use::Resolve).then(|| Manner::of(text, &words));

        // By utterance: how much of what was typed it knows.
        let mut known = vec![0u32; self.entries.len()];
        let mut touched = vec![false; self.entries.len()];
        let mut best = vec![0u32; self.entries.len()];
        // By term: how well it was typed.
        let mut quality = vec![0u32; self.weights.len()];
        for word in &typed {
            for &(term, match_quality) in &word.matches {
                let slot = &mut quality[term as usize];
                *slot = match_quality.max(*slot);
                for &position in &self.postings[term as usize] {
                    let best = &mut best[position as usize];
                    *best = match_quality.max(*best);
                }
            }
            for ((best, known), touched) in best.iter_mut().zip(&mut known).zip(&mut touched) {
                *known += word.weight * *best / 1_000;
                *touched |= *best > 0 && word.kind != Weight::Stop;
                *best = 0;
            }
        }
        let total = typed.iter().map(|word| word.weight).sum::<u32>();
        // What is read back is in no bank.
        let unlike: u32 = typed.iter().filter(|word| word.matches.is_empty()).map(|word| word.weight).sum();

        let telling = typed.iter().any(|word| word.telling && !word.matches.is_empty());

        let mut hits = Vec::new();
        for (position, entry) in self.entries.iter().enumerate() {
            if !touched[position] {
                continue;
            }
            let meant = if entry.reads_back { total - unlike } else { total };
            let of_typed = known[position] * 1_000 / meant.max(TEXT_FLOOR);
            let of_entry = entry.covered(&quality, total, used);
            let of_typed = match used {
                Use::Search => of_typed,
                Use::Resolve => {
                    let at_once = entry.said_at_once(&quality) * 1_000 / meant.max(TEXT_FLOOR);
                    (6 * of_typed + 4 * at_once.min(of_typed)) / 10
                }
            };
            let mut score = mean(of_typed, of_entry);
            if !telling && used == Use::Resolve && score < WORD_FOR_WORD {
                score = score * EMPTY / 1_000;
            }
            if manner.is_some_and(|manner| !manner.suits(entry)) {
                score = score * OTHER_SORT / 1_000;
            }
            if score > 0 {
                hits.push(Hit { utterance: position, score });
            }
        }
        // Stable: equals stay in bank order.
        hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
        hits
    }
}

impl Entry {
    /// Weight of what was typed of the one field that holds most of it: words that stand
    /// scattered over wordings and search terms need not belong together.
    fn said_at_once(&self, quality: &[u32]) -> u32 {
        self.fields().map(|field| field.typed(quality)).max().unwrap_or(0)
    }

    /// How much of it was typed, in thousandths: the field that fits best, and to a lesser part
    /// the whole wording.
    fn covered(&self, quality: &[u32], total: u32, used: Use) -> u32 {
        let whole = best_of(&self.wordings, quality);
        let sentence = best_of(&self.sentences, quality) * SENTENCE / 1_000;
        let wording = whole.max(sentence);
        let said_in_full = self.poor || matches!(self.kind, Kind::Interim | Kind::Worsening);
        match used {
            // Headings and search terms are there to be found by.
            Use::Search => {
                let headings = std::iter::once(&self.topic).chain(&self.terms);
                let heading = headings.map(|field| field.found_by(quality, total)).max();
                let best = heading.unwrap_or(0).max(wording * WORDING_TYPED / 1_000);
                (5 * best + whole) / 6
            }
            Use::Resolve if said_in_full => (2 * wording + whole) / 3,
            Use::Resolve => {
                let topic = self.topic.covered(quality);
                let term = best_of(&self.terms, quality) * TERM_SAID / 1_000;
                let best = wording.max(topic).max(term);
                (2 * best + whole) / 3
            }
        }
    }
}

impl Field {
    /// How much of it was typed, in thousandths.
    fn covered(&self, quality: &[u32]) -> u32 {
        self.typed(quality) * 1_000 / self.total.max(FIELD_FLOOR)
    }

    /// The same, and less where it is only a part of what was typed: "chest" for "chest pain".
    fn found_by(&self, quality: &[u32], total: u32) -> u32 {
        let of_typed = self.typed(quality) * 1_000 / total.max(1);
        self.covered(quality) * (600 + 400 * of_typed.min(1_000) / 1_000) / 1_000
    }

    /// Weight of what was typed of it.
    fn typed(&self, quality: &[u32]) -> u32 {
        let slots = self.slots.iter().map(|slot| {
            let best = slot.terms.iter().map(|term| quality[*term as usize]).max();
            slot.weight * best.unwrap_or(0) / 1_000
        });
        slots.sum()
    }
}

fn best_of(fields: &[Field], quality: &[u32]) -> u32 {
    fields.iter().map(|field| field.covered(quality)).max().unwrap_or(0)
}

/// Harmonic mean in which what was typed counts three times: one says less than the bank does,
/// but what one says one means.
fn mean(of_typed: u32, of_entry: u32) -> u32 {
    let weights = of_typed + 3 * of_entry;
    (4 * of_typed * of_entry).checked_div(weights).unwrap_or(0)
}

/// In what manner something was said.
#[derive(Debug, Clone, Copy)]
struct Manner {
    opening: Opening,
    asks: bool,
    leads: bool,
}

impl Manner {
    fn of(text: &str, words: &[Word]) -> Self {
        let opening = opening(words);
        let asks =
            text.contains('?') || matches!(opening, Opening::QuestionWord | Opening::Request | Opening::Question);
        Self { opening, asks, leads: leads(words) }
    }

    /// Whether an utterance is of the sort that was said.
    fn suits(self, entry: &Entry) -> bool {
        let sort = match entry.kind {
            Kind::Question => self.opening != Opening::Instruction || self.leads && self.asks,
            Kind::Instruction => !self.asks || self.opening == Opening::Request,
            Kind::Statement | Kind::Interim | Kind::Worsening => !self.asks || entry.asks,
        };
        // Nobody reads back by asking what or where.
        let read_back = !entry.reads_back || self.opening != Opening::QuestionWord;
        // Whoever asked neutrally did not lead.
        sort && read_back && (!entry.leading || self.leads)
    }
}
