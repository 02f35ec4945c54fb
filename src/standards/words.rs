//! Words that only people of the trade use, and names of conditions: lists of a service.

use std::collections::BTreeMap;

use super::model::Topics;

/// Phrases looked for together: a text is gone through once, however many there are. Phrases and texts are in lower
/// case.
#[derive(Debug)]
pub(crate) struct Phrases<'a> {
    list: Vec<&'a str>,
    /// The first two bytes → places in the list.
    by_start: BTreeMap<[u8; 2], Vec<usize>>,
    /// A bit for every pair of bytes with which a phrase begins: nearly every place of a text is passed over by it.
    starts: Box<[u64; 1024]>,
}

impl<'a> Phrases<'a> {
    pub fn of(list: impl IntoIterator<Item = &'a str>) -> Self {
        // One letter is no phrase.
        let list: Vec<&str> = list.into_iter().filter(|phrase| phrase.len() > 1).collect();
        let mut by_start: BTreeMap<[u8; 2], Vec<usize>> = BTreeMap::new();
        let mut starts = Box::new([0; 1024]);
        for (n, phrase) in list.iter().enumerate() {
            let start = [phrase.as_bytes()[0], phrase.as_bytes()[1]];
            by_start.entry(start).or_default().push(n);
            let (at, bit) = slot(start);
            starts[at] |= bit;
        }
        Self { list, by_start, starts }
    }

    /// Places in the list of the phrases that are met, with where they begin; those that are parts of words as well.
    pub fn in_text<'b>(&'b self, text: &'b str) -> impl Iterator<Item = (usize, usize)> + 'b {
        let bytes = text.as_bytes();
        let candidates = bytes.windows(2).enumerate().filter(|(_, pair)| {
            let (at, bit) = slot([pair[0], pair[1]]);
            self.starts[at] & bit != 0
        });
        candidates.flat_map(move |(at, pair)| {
            let begin = self.by_start.get(&[pair[0], pair[1]]).into_iter().flatten();
            let met = begin.copied().filter(move |&n| bytes[at..].starts_with(self.list[n].as_bytes()));
            met.map(move |n| (at, n))
        })
    }

    pub fn get(&self, n: usize) -> &'a str {
        self.list[n]
    }

    /// Those that stand by themselves.
    fn words_in<'b>(&'b self, text: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.in_text(text).filter(|&(at, n)| by_itself(text, at, self.list[n])).map(|(_, n)| n)
    }
}

fn slot(pair: [u8; 2]) -> (usize, u64) {
    let n = usize::from(u16::from_be_bytes(pair));
    (n / 64, 1 << (n % 64))
}

/// Words to look for, each where it stands by itself.
#[derive(Debug)]
pub(crate) struct Vocabulary<'a> {
    jargon: Phrases<'a>,
    diagnoses: Phrases<'a>,
}

impl<'a> Vocabulary<'a> {
    pub fn of(topics: &'a Topics) -> Self {
        let of = |list: &'a [String]| Phrases::of(list.iter().map(String::as_str));
        Self { jargon: of(&topics.jargon), diagnoses: of(&topics.diagnoses) }
    }

    /// A word of the trade in a text in lower case.
    pub fn jargon_in(&self, text: &str) -> Option<&'a str> {
        self.jargon.words_in(text).next().map(|n| self.jargon.get(n))
    }

    /// Conditions named in a text in lower case, as places in the list: [`Vocabulary::diagnosis`].
    pub fn diagnoses_in<'b>(&'b self, text: &'b str) -> impl Iterator<Item = usize> + 'b {
        self.diagnoses.words_in(text)
    }

    pub fn diagnosis(&self, n: usize) -> &'a str {
        self.diagnoses.get(n)
    }
}

/// Whether the word, or words, stand in the text by themselves.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(word)
        .any(|(at, word)| !joined(text[..at].chars().next_back()) && !joined(text[at + word.len()..].chars().next()))
}

/// Whether nothing that belongs to it stands before or behind what was met: of a single word a hyphen belongs to it
/// ("post-stroke" is another word).
fn by_itself(text: &str, at: usize, word: &str) -> bool {
    let single = word.chars().all(is_of_a_word);
    let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || single && c == '-');
    !joined(text[..at].chars().next_back()) && !joined(text[at + word.len()..].chars().next())
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

/// Words of the longest sentence.
pub(crate) fn longest_sentence(text: &str) -> usize {
    let sentences = text.split(['.', '!', '?', ';', ':', '…']);
    sentences.map(|sentence| sentence.split_whitespace().count()).max().unwrap_or(0)
}
