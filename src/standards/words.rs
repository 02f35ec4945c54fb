//! Words that only people of the trade use, and names of conditions: lists of a service.

use super::model::Topics;

/// Words to look for, each where it stands by itself.
#[derive(Debug)]
pub(crate) struct Vocabulary<'a> {
    jargon: &'a [String],
    diagnoses: &'a [String],
}

impl<'a> Vocabulary<'a> {
    pub fn of(topics: &'a Topics) -> Self {
        Self { jargon: &topics.jargon, diagnoses: &topics.diagnoses }
    }

    pub fn is_empty(&self) -> bool {
        self.jargon.is_empty() && self.diagnoses.is_empty()
    }

    /// A word of the trade in a text in lower case.
    pub fn jargon_in(&self, text: &str) -> Option<&'a str> {
        self.jargon.iter().map(String::as_str).find(|word| holds(text, word))
    }

    /// A condition named in a text in lower case that is not in what is known.
    pub fn diagnosis_in(&self, text: &str, known: &str) -> Option<&'a str> {
        self.diagnoses.iter().map(String::as_str).find(|word| holds(text, word) && !holds(known, word))
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
