//! Short codes for the blind round: three signs for an outcome, other ones in every session, so that nobody learns a
//! decision from a code that is called out.

use crate::call::Stream;
use crate::standards::{Id, Standards};

/// No vowels, so that no code is a word, and nothing that reads or sounds like another.
const LETTERS: [char; 15] = ['C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'P', 'Q', 'R', 'T', 'V', 'W', 'X'];
const FIRST_DIGIT: usize = 2;
const DIGITS: usize = 8;

/// The codes of one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// Most urgent first, then in the order of the standards.
    pub list: Vec<Coded>,
}

/// An outcome and its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// `K7P`: letter, digit, check letter. One sign mistaken is noticed.
    pub code: String,
    /// Code of the disposition.
    pub disposition: Id,
    /// Plain name.
    pub name: String,
    /// Its row of the ladder, 0 the most urgent.
    pub rung: u32,
}

/// Why what was typed is no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    #[error("a code is a letter, a digit and a letter, like K7P")]
    Shape,
    #[error("`{0}` is not one of today's codes: one of its signs is wrong")]
    Unknown(String),
    #[error("the word of a round is five signs, like K7P4X")]
    Round,
}

/// Something that can be decided on in a blind round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its row of the ladder, 0 the most urgent.
    pub rung: u32,
    /// Code of the disposition.
    pub disposition: Id,
    /// Plain name.
    pub name: String,
}

/// Every outcome, clinical headings of one decision being one: most urgent first, then in the order of the standards.
#[must_use]
pub fn outcomes(standards: &Standards) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for one in &standards.dispositions.dispositions {
        let Some(rung) = standards.rung(&one.rung) else { continue };
        let is_family = one.family.as_ref().is_none_or(|family| *family == one.code);
        let alone = |family: &Id| standards.disposition(family).is_none();
        if is_family || one.family.as_ref().is_some_and(alone) {
            outcomes.push(Outcome { rung, disposition: one.code.clone(), name: one.name.clone() });
        }
    }
    // A stable sort.
    outcomes.sort_by_key(|one| one.rung);
    outcomes
}

impl Codes {
    /// Codes for every outcome, clinical headings of one decision being one. At most 120.
    #[must_use]
    pub fn new(seed: u64, standards: &Standards) -> Self {
        let outcomes = outcomes(standards);
        let mut places: Vec<usize> = (0..LETTERS.len() * DIGITS).collect();
        let mut stream = Stream::at(seed, "session/codes", "", 0);
        for n in (1..places.len()).rev() {
            places.swap(n, stream.draw(u32::try_from(n + 1).unwrap_or(u32::MAX)) as usize);
        }
        let coded = |(Outcome { rung, disposition, name }, place)| Coded { code: code(place), disposition, name, rung };
        Self { list: outcomes.into_iter().zip(places).map(coded).collect() }
    }

    /// What a code means, typed in either case and with spaces or a hyphen in it.
    ///
    /// # Errors
    /// It is no code, or none of this session's.
    pub fn read(&self, typed: &str) -> Result<&Coded, CodeError> {
        let plain: String =
            typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).take(8).collect();
        let signs: Vec<char> = plain.chars().collect();
        let is_code = matches!(&signs[..], [a, b, c] if a.is_alphabetic() && b.is_ascii_digit() && c.is_alphabetic());
        if !is_code {
            return Err(CodeError::Shape);
        }
        self.list.iter().find(|coded| coded.code == plain).ok_or(CodeError::Unknown(plain))
    }
}

/// The word of a round: letter, digit, letter, digit, check letter.
pub(super) fn round_code(mut draw: impl FnMut(u32) -> u32) -> String {
    let mut draw = |n: usize| draw(u32::try_from(n).unwrap_or(u32::MAX)) as usize;
    let places = [draw(LETTERS.len()), draw(DIGITS), draw(LETTERS.len()), draw(DIGITS)];
    let signs = places.iter().enumerate().map(|(n, place)| match n % 2 {
        0 => LETTERS[place % LETTERS.len()],
        _ => char::from_digit((place + FIRST_DIGIT) as u32, 10).unwrap_or('2'),
    });
    signs.chain([round_check(places)]).collect()
}

/// The factors have none in common with 15, so one wrong sign changes the letter.
fn round_check([a, b, c, d]: [usize; 4]) -> char {
    LETTERS[(a * 7 + b * 2 + c * 4 + d * 11) % LETTERS.len()]
}

/// The word of a round as it was typed.
pub(super) fn read_round(typed: &str) -> Result<String, CodeError> {
    let plain: String = typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).take(8).collect();
    let signs: Vec<char> = plain.chars().collect();
    let letter = |sign: char| LETTERS.iter().position(|letter| *letter == sign);
    let digit = |sign: char| sign.to_digit(10).and_then(|digit| (digit as usize).checked_sub(FIRST_DIGIT));
    let &[a, b, c, d, check] = &signs[..] else { return Err(CodeError::Round) };
    let is_word = [a, c, check].iter().all(|sign| sign.is_alphabetic()) && [b, d].iter().all(char::is_ascii_digit);
    if !is_word {
        return Err(CodeError::Round);
    }
    let places = letter(a).zip(digit(b).filter(|n| *n < DIGITS)).zip(letter(c).zip(digit(d).filter(|n| *n < DIGITS)));
    match places {
        Some(((a, b), (c, d))) if round_check([a, b, c, d]) == check => Ok(plain),
        _ => Err(CodeError::Unknown(plain)),
    }
}

/// The check letter differs wherever one of the two signs does: 2 and 7 have no factor in common with 15.
fn code(place: usize) -> String {
    let (letter, digit) = (place / DIGITS, place % DIGITS);
    let check = LETTERS[(letter * 7 + digit * 2) % LETTERS.len()];
    format!("{}{}{check}", LETTERS[letter % LETTERS.len()], digit + FIRST_DIGIT)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_outcome_has_a_code_and_one_wrong_sign_is_noticed() {
        let standards = Standards::shipped();
        let codes = Codes::new(7, &standards);
        assert!(codes.list.len() > 20);
        let all: BTreeSet<&str> = codes.list.iter().map(|coded| coded.code.as_str()).collect();
        assert_eq!(all.len(), codes.list.len());
        for coded in &codes.list {
            let typed = format!(" {}-{} ", coded.code[..1].to_lowercase(), &coded.code[1..]);
            assert_eq!(codes.read(&typed), Ok(coded));
            for place in 0..3 {
                for other in LETTERS.iter().copied().chain('2'..='9') {
                    let mut signs: Vec<char> = coded.code.chars().collect();
                    if signs[place] != other {
                        signs[place] = other;
                        let wrong: String = signs.into_iter().collect();
                        assert!(codes.read(&wrong).is_err(), "{wrong} for {}", coded.code);
                    }
                }
            }
        }
        assert_ne!(codes, Codes::new(8, &standards), "another session, other codes");
    }
}
