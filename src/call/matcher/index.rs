//! Building the index: fields, concepts, weights, postings.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{EVERYDAY, Weight};
use super::{Entry, Field, Flaw, Index, Reader, Slot, Spelling, Term, Utterance, Word};

/// Weight of a stop word, in thousandths of a bit.
pub(super) const STOP: u32 = 150;
/// Weight of a soft word at the most.
pub(super) const SOFT: u32 = 1_600;
/// Weight of a question word at the most.
const ASKING: u32 = 3_000;
/// Weight of any other word at the least.
const LEAST: u32 = 1_000;

impl Index {
    /// Prepares a bank: all utterances, in bank order, and the groups of words that mean the same.
    pub fn new(utterances: &[Utterance], synonyms: &[Vec<String>]) -> Self {
        let mut index = Self {
            reader: Reader::new(),
            entries: Vec::with_capacity(utterances.len()),
            stems: BTreeMap::new(),
            spellings: Vec::new(),
            weights: Vec::new(),
            concepts: Vec::new(),
            phrases: BTreeMap::new(),
            postings: Vec::new(),
        };
        let mut spellings = BTreeMap::new();
        for group in EVERYDAY {
            index.learn_group(group.iter().copied(), &mut spellings);
        }
        for group in synonyms {
            index.learn_group(group.iter().map(String::as_str), &mut spellings);
        }
        let mut wordings = BTreeMap::new();
        for utterance in utterances {
            let entry = index.learn_utterance(utterance, &mut wordings, &mut spellings);
            index.entries.push(entry);
        }
        index.weigh();
        index.spellings = spellings
            .into_iter()
            .map(|(word, term)| Spelling { letters: letters(&word), consonants: consonants(&word), word, term })
            .collect();
        index
    }

    /// One more term.
    fn new_term(&mut self) -> Term {
        let term = self.weights.len() as Term;
        self.weights.push(0);
        self.concepts.push(Vec::new());
        self.postings.push(Vec::new());
        term
    }

    fn term(&mut self, word: &Word, spellings: &mut BTreeMap<String, Term>) -> Term {
        let term = match self.stems.get(&word.stem) {
            Some(&term) => term,
            None => {
                let term = self.new_term();
                self.stems.insert(word.stem.clone(), term);
                term
            }
        };
        if !spellings.contains_key(&word.surface) {
            spellings.insert(word.surface.clone(), term);
        }
        term
    }

    fn learn_group<'a>(&mut self, group: impl Iterator<Item = &'a str>, spellings: &mut BTreeMap<String, Term>) {
        let concept = self.new_term();
        for synonym in group {
            let words = self.reader.words(synonym);
            for word in &words {
                self.term(word, spellings);
            }
            match words.as_slice() {
                [] => {}
                [word] => {
                    let term = self.stems[&word.stem] as usize;
                    if !self.concepts[term].contains(&concept) {
                        self.concepts[term].push(concept);
                    }
                }
                [first, ..] => {
                    let stems: Vec<_> = words.iter().map(|word| word.stem.clone()).collect();
                    let known = self.phrases.entry(first.stem.clone()).or_default();
                    if !known.iter().any(|one| one.0 == stems && one.1 == concept) {
                        known.push((stems, concept));
                    }
                }
            }
        }
    }

    fn learn_utterance(
        &mut self,
        utterance: &Utterance,
        wordings: &mut BTreeMap<Vec<String>, u32>,
        spellings: &mut BTreeMap<String, Term>,
    ) -> Entry {
        let mut stems = Vec::new();
        let mut whole = Vec::new();
        let mut sentences = Vec::new();
        let texts = [Some(&utterance.you), utterance.third.as_ref()];
        let plain = texts.into_iter().flatten().map(|text| super::plain(text)).collect();
        for text in texts.into_iter().flatten() {
            let read = self.reader.sentences(text);
            if read.len() > 1 {
                for sentence in &read {
                    sentences.push(self.field(sentence, spellings));
                }
            }
            let words: Vec<Word> = read.into_iter().flatten().collect();
            if stems.is_empty() {
                stems = words.iter().map(|word| word.stem.clone()).collect();
            }
            whole.push(self.field(&words, spellings));
        }
        let next = wordings.len() as u32;
        let same = *wordings.entry(stems).or_insert(next);
        let topic = self.reader.words(&utterance.topic);
        let topic = self.field(&topic, spellings);
        let mut terms = Vec::new();
        for term in &utterance.terms {
            let words = self.reader.words(term);
            if !words.is_empty() {
                terms.push(self.field(&words, spellings));
            }
        }
        let poor = !utterance.flaws.is_empty();
        if poor {
            // Whoever says it in plain words did not say it in jargon.
            for slot in whole.iter_mut().chain(&mut sentences).flat_map(|field| &mut field.slots) {
                slot.terms.truncate(1);
            }
        } else if let Some((_, name)) = utterance.id.split_once('-') {
            let words = self.reader.words(name);
            terms.push(self.field(&words, spellings));
        }
        Entry {
            kind: utterance.kind,
            wordings: whole,
            sentences,
            topic,
            terms,
            plain,
            same,
            poor,
            leading: utterance.flaws.contains(&Flaw::Leading),
            asks: utterance.you.contains('?'),
            reads_back: utterance.reads_back.is_some(),
        }
    }

    fn field(&mut self, words: &[Word], spellings: &mut BTreeMap<String, Term>) -> Field {
        let terms: Vec<Term> = words.iter().map(|word| self.term(word, spellings)).collect();
        let concepts = self.concepts_of(words);
        let slots = terms.into_iter().zip(concepts).zip(words);
        let slots = slots
            .map(|((term, mut concepts), word)| {
                concepts.insert(0, term);
                // The weight follows when every posting is known.
                Slot { kind: word.weight, weight: 0, terms: concepts }
            })
            .collect();
        Field { slots, total: 0 }
    }

    /// For each word, the concepts it stands for here: those of a phrase that it is part of, or
    /// else its own.
    pub(super) fn concepts_of(&self, words: &[Word]) -> Vec<Vec<Term>> {
        let mut found: Vec<Vec<Term>> = vec![Vec::new(); words.len()];
        for start in 0..words.len() {
            let Some(phrases) = self.phrases.get(&words[start].stem) else { continue };
            for (stems, concept) in phrases {
                let Some(part) = words.get(start..start + stems.len()) else { continue };
                if part.iter().zip(stems).all(|(word, stem)| word.stem == *stem) {
                    for concepts in &mut found[start..start + stems.len()] {
                        if !concepts.contains(concept) {
                            concepts.push(*concept);
                        }
                    }
                }
            }
        }
        for (concepts, word) in found.iter_mut().zip(words) {
            if concepts.is_empty()
                && let Some(&term) = self.stems.get(&word.stem)
            {
                concepts.clone_from(&self.concepts[term as usize]);
            }
        }
        found
    }

    /// Postings, then the weight of each term by its rarity, then that of each slot and field.
    fn weigh(&mut self) {
        let mut users: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); self.weights.len()];
        for (entry, position) in self.entries.iter().zip(0u32..) {
            for field in entry.fields() {
                for slot in &field.slots {
                    for &term in &slot.terms {
                        users[term as usize].insert(position);
                    }
                }
            }
        }
        let most = log2_milli(self.entries.len() as u32 + 1);
        for (weight, users) in self.weights.iter_mut().zip(&users) {
            *weight = most.saturating_sub(log2_milli(users.len().max(1) as u32)).max(LEAST);
        }
        self.postings = users.into_iter().map(|users| users.into_iter().collect()).collect();
        let mut entries = std::mem::take(&mut self.entries);
        for entry in &mut entries {
            for field in entry.fields_mut() {
                for slot in &mut field.slots {
                    slot.weight = self.weight_of(slot.kind, &slot.terms);
                }
                field.total = field.slots.iter().map(|slot| slot.weight).sum();
            }
        }
        self.entries = entries;
    }

    /// How much a word says: between the rarity of the word and that of what it means.
    pub(super) fn weight_of(&self, kind: Weight, terms: &[Term]) -> u32 {
        let Some((stem, concepts)) = terms.split_first() else { return STOP };
        let own = self.weights[*stem as usize];
        let natural = match concepts.iter().map(|term| self.weights[*term as usize]).min() {
            Some(meant) if self.postings[*stem as usize].is_empty() => meant,
            Some(meant) => (own + meant) / 2,
            None => own,
        };
        match kind {
            Weight::Stop => STOP,
            Weight::Soft => natural.min(SOFT),
            Weight::Asking => natural.min(ASKING),
            Weight::Content => natural,
        }
    }
}

impl Entry {
    /// Everything by which it can be found.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        let topic = std::iter::once(&self.topic);
        self.wordings.iter().chain(topic).chain(&self.terms)
    }

    fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        let topic = std::iter::once(&mut self.topic);
        let sentences = self.sentences.iter_mut();
        self.wordings.iter_mut().chain(sentences).chain(topic).chain(&mut self.terms)
    }
}

/// Which letters occur in a word, one bit each.
pub(super) fn letters(word: &str) -> u32 {
    word.chars().fold(0, |bits, c| {
        let bit = if c.is_ascii_lowercase() { c as u32 - 'a' as u32 } else { 26 };
        bits | 1 << bit
    })
}

/// Binary logarithm in thousandths, rounded down, without a float: whole part from the position
/// of the highest bit, ten bits of fraction by squaring.
pub(super) fn log2_milli(value: u32) -> u32 {
    let value = value.max(1);
    let whole = value.ilog2();
    // Between 1 and 2, with 30 bits of fraction.
    let mut mantissa = (u64::from(value) << 30) >> whole;
    let mut fraction = 0;
    for _ in 0..10 {
        mantissa = (mantissa * mantissa) >> 30;
        fraction <<= 1;
        if mantissa >= 2 << 30 {
            mantissa >>= 1;
            fraction += 1;
        }
    }
    whole * 1_000 + fraction * 1_000 / 1_024
}

/// How a word sounds, roughly: its first letter and the consonants after it, none twice in a row.
pub(super) fn consonants(word: &str) -> String {
    let mut sound = String::new();
    for (position, c) in word.chars().enumerate() {
        let c = match c {
            'c' | 'q' => 'k',
            'z' => 's',
            c => c,
        };
        let silent = position > 0 && matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w');
        if !silent && !sound.ends_with(c) {
            sound.push(c);
        }
    }
    sound
}
