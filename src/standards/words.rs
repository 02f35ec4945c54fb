//! Words that only people of the trade use, and names of conditions: lists of a service.

use std::collections::BTreeSet;

use super::model::Topics;

/// Words to look for, each where it stands by itself.
#[derive(Debug)]
pub(crate) struct Vocabulary<'a> {
    jargon: List<'a>,
    diagnoses: List<'a>,
}

/// Single words are looked up, so that a line costs by its own length; the few that are several are searched.
#[derive(Debug, Default)]
struct List<'a> {
    words: BTreeSet<&'a str>,
    several: Vec<&'a str>,
}

impl<'a> List<'a> {
    fn of(list: &'a [String]) -> Self {
        let (several, words): (Vec<&str>, Vec<&str>) =
            list.iter().map(String::as_str).partition(|word| !word.chars().all(is_of_a_word));
        Self { words: words.into_iter().collect(), several }
    }

    fn in_text<'b>(&'b self, text: &'b str) -> impl Iterator<Item = &'a str> + 'b {
        let single = text.split(|c| !is_of_a_word(c)).filter_map(|word| self.words.get(word).copied());
        single.chain(self.several.iter().copied().filter(|word| holds(text, word)))
    }
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '-'
}

impl<'a> Vocabulary<'a> {
    pub fn of(topics: &'a Topics) -> Self {
        Self { jargon: List::of(&topics.jargon), diagnoses: List::of(&topics.diagnoses) }
    }

    /// A word of the trade in a text in lower case.
    pub fn jargon_in(&self, text: &str) -> Option<&'a str> {
        self.jargon.in_text(text).next()
    }

    /// A condition named in a text in lower case that is not in what is known.
    pub fn diagnosis_in(&self, text: &str, known: &str) -> Option<&'a str> {
        self.diagnoses.in_text(text).find(|word| !holds(known, word))
    }
}

/// Whether the word, or words, stand in the text with nothing before or behind them that belongs to them.
fn holds(text: &str, word: &str) -> bool {
    let mut from = 0;
    while let Some(at) = text[from..].find(word).map(|at| at + from) {
        let before = text[..at].chars().next_back();
        let behind = text[at + word.len()..].chars().next();
        let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if !joined(before) && !joined(behind) {
            return true;
        }
        from = at + word.len().max(1);
        if from > text.len() || !text.is_char_boundary(from) {
            return false;
        }
    }
    false
}

/// Words of the longest sentence.
pub(crate) fn longest_sentence(text: &str) -> usize {
    let sentences = text.split(['.', '!', '?', ';', ':', '…']);
    sentences.map(|sentence| sentence.split_whitespace().count()).max().unwrap_or(0)
}
