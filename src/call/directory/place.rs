//! Which place of the area a recorded address names.

use crate::call::fields::without_accents;
use crate::standards::{Directory, Place};

/// The place that a recorded address names: the one with the longest of its `known_by` words in the
/// address, whole words, whatever the case and the apostrophes. Of two equally long ones the place
/// that stands first in the directory.
///
/// A postcode may be written without its space: `tv43ab` holds the district `TV4`.
#[must_use]
pub fn place_in<'d>(directory: &'d Directory, text: &str) -> Option<&'d Place> {
    let address = plain(text, true);
    let mut best: Option<(usize, &Place)> = None;
    for place in &directory.places {
        for known in &place.known_by {
            let known = plain(known, false);
            let length = known.chars().count();
            // Two spaces alone are no word.
            if length > 2 && address.contains(&known) && best.is_none_or(|(longest, _)| length > longest) {
                best = Some((length, place));
            }
        }
    }
    best.map(|(_, place)| place)
}

/// The words alone, in lower case, each with one space before it and one after the last; whole
/// postcodes in two words where `postcodes` says so.
pub(super) fn plain(text: &str, postcodes: bool) -> String {
    let text = without_accents(text);
    let kept = text.chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`'));
    let spaced: String = kept.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let mut words = String::with_capacity(spaced.len() + 2);
    for word in spaced.to_lowercase().split_whitespace() {
        words.push(' ');
        match (postcodes, word.len().checked_sub(3)) {
            (true, Some(at)) if is_postcode(word) => {
                let (district, rest) = word.split_at(at);
                words.push_str(district);
                words.push(' ');
                words.push_str(rest);
            }
            _ => words.push_str(word),
        }
    }
    words.push(' ');
    words
}

/// A whole postcode written as one word, for instance `tv43ab`.
fn is_postcode(word: &str) -> bool {
    let bytes = word.as_bytes();
    let [.., district_end, digit, a, b] = bytes else { return false };
    (5..=7).contains(&bytes.len())
        && bytes.iter().all(u8::is_ascii_alphanumeric)
        && bytes[0].is_ascii_alphabetic()
        && bytes[..bytes.len() - 3].iter().any(u8::is_ascii_digit)
        && district_end.is_ascii_alphanumeric()
        && digit.is_ascii_digit()
        && a.is_ascii_alphabetic()
        && b.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::directory::samples::{directory, place};

    fn found(text: &str) -> Option<String> {
        let mut directory = directory(Vec::new());
        directory.places = vec![
            place("south", &["TV4", "Tanner's Row", "Southfold"]),
            place("centre", &["TV1", "Canal Street", "row"]),
            place("far", &["TV40", "Canal Street"]),
            place("none", &["", "  ", "'"]),
        ];
        place_in(&directory, text).map(|place| place.id.to_string())
    }

    #[test]
    fn whole_words_in_any_case() {
        assert_eq!(found("14 TANNERS ROW, Harrowmere").as_deref(), Some("south"));
        assert_eq!(found("14 Tanner’s  row").as_deref(), Some("south"));
        assert_eq!(found("flat 2, southfold").as_deref(), Some("south"));
        assert_eq!(found("Southfolding"), None);
        assert_eq!(found(""), None);
        assert_eq!(found("'' , ."), None);
    }

    #[test]
    fn the_longest_word_wins_and_then_the_first_place() {
        assert_eq!(found("Tanner's Row, TV1 2AB").as_deref(), Some("south"));
        assert_eq!(found("9 Canal Street TV4 2AB").as_deref(), Some("centre"));
        assert_eq!(found("Low Row, TV4").as_deref(), Some("south"), "equally long: first in the directory");
    }

    #[test]
    fn postcodes_with_and_without_their_space() {
        assert_eq!(found("tv4 2ab").as_deref(), Some("south"));
        assert_eq!(found("TV42AB").as_deref(), Some("south"));
        assert_eq!(found("TV402AB").as_deref(), Some("far"));
        assert_eq!(found("TV4"), Some("south".into()));
        assert_eq!(found("TV5 2AB"), None);
        assert_eq!(found("ÄÖÜ12é"), None);
    }
}
