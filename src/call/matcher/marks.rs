//! Which words of a wording were meant by what was typed: shown to whoever searches.

use std::ops::Range;

use super::words::Weight;
use super::{Index, Use};

impl Index {
    /// The parts of a wording, in bytes, for which it was found: what was typed where the word begins
    /// with it, else the whole word. In order, none twice.
    pub fn marks(&self, typed: &str, wording: &str) -> Vec<Range<usize>> {
        let words = self.reader.words(typed);
        let unfinished = typed.chars().next_back().is_some_and(char::is_alphanumeric);
        let meant: Vec<_> = words.iter().zip(self.typed(&words, Use::Search, unfinished)).collect();
        let telling = meant.iter().any(|(_, typed)| typed.kind != Weight::Stop);
        let mut marks = Vec::new();
        for part in parts(wording) {
            let Some(word) = self.reader.words(&wording[part.clone()]).into_iter().next() else { continue };
            let Some(term) = self.stems.get(&word.stem) else { continue };
            let own = &self.concepts[*term as usize];
            let hits = meant.iter().filter(|(_, typed)| {
                (typed.kind != Weight::Stop || !telling)
                    && typed.matches.iter().any(|(found, _)| found == term || own.contains(found))
            });
            let begun = hits.map(|(typed, _)| match word.surface.starts_with(&typed.surface) {
                true => typed.surface.len(),
                false => part.len(),
            });
            if let Some(length) = begun.max() {
                let end = (part.start + length).min(part.end);
                let end = if wording.is_char_boundary(end) { end } else { part.end };
                marks.push(part.start..end);
            }
        }
        marks
    }
}

/// The words of a text as they stand in it.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(belongs)?;
        let end = text[start..].find(|c| !belongs(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some(start..end)
    })
}
