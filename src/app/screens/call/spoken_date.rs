//! A date of birth as people say it, written as it is recorded: "third of the eighth, fifteen".

use crate::calendar::{MONTHS, full_year};

const UNITS: [(&str, &str); 20] = [
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("four", "fourth"),
    ("five", "fifth"),
    ("six", "sixth"),
    ("seven", "seventh"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("ten", "tenth"),
    ("eleven", "eleventh"),
    ("twelve", "twelfth"),
    ("thirteen", "thirteenth"),
    ("fourteen", "fourteenth"),
    ("fifteen", "fifteenth"),
    ("sixteen", "sixteenth"),
    ("seventeen", "seventeenth"),
    ("eighteen", "eighteenth"),
    ("nineteen", "nineteenth"),
    ("twenty", "twentieth"),
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The first date in a line, as `03/08/2015`.
pub fn spoken_date(line: &str) -> Option<String> {
    // Whoever is short of breath stops between the words.
    let lower = line.to_lowercase().replace("...", " ").replace('…', " ");
    lower.split(['.', '?', '!']).find_map(|sentence| {
        let words: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        (0..words.len()).find_map(|from| date(&words[from..]))
    })
}

fn date(words: &[&str]) -> Option<String> {
    let (day, rest) = ordinal(words)?;
    let rest = skip(skip(rest, "of"), "the");
    let (month, rest) = month(rest)?;
    let year = year(skip(rest, "of"))?;
    (day <= 31 && month <= 12).then(|| format!("{day:02}/{month:02}/{year}"))
}

fn skip<'w>(words: &'w [&'w str], word: &str) -> &'w [&'w str] {
    match words {
        [first, rest @ ..] if *first == word => rest,
        _ => words,
    }
}

/// Third, twenty-third, 23rd.
fn ordinal<'w>(words: &'w [&'w str]) -> Option<(usize, &'w [&'w str])> {
    let [first, rest @ ..] = words else { return None };
    let single = |word: &str| UNITS.iter().position(|(_, ordinal)| *ordinal == word).map(|n| n + 1);
    if let Some(n) = single(first) {
        return Some((n, rest));
    }
    if *first == "thirtieth" {
        return Some((30, rest));
    }
    if let (Some(tens), [second, rest @ ..]) = (ten(first), rest)
        && let Some(unit) = single(second).filter(|unit| *unit < 10)
    {
        return Some((tens + unit, rest));
    }
    let digits = first.trim_end_matches(|c: char| c.is_alphabetic());
    let n = digits.parse().ok().filter(|_| digits.len() < first.len())?;
    Some((n, rest))
}

fn ten(word: &str) -> Option<usize> {
    TENS.iter().position(|ten| *ten == word).map(|n| (n + 2) * 10)
}

fn month<'w>(words: &'w [&'w str]) -> Option<(usize, &'w [&'w str])> {
    if let [first, rest @ ..] = words
        && let Some(n) = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(first))
    {
        return Some((n + 1, rest));
    }
    ordinal(words)
}

/// 2015, fifteen, oh-six, eighty-one, nineteen eighty-one, twenty-ten.
fn year(words: &[&str]) -> Option<usize> {
    let first = words.first()?;
    if let Ok(year) = first.parse::<usize>() {
        return match first.len() {
            4 => Some(year),
            2 => Some(of_century(year)),
            _ => None,
        };
    }
    match words {
        ["oh", unit, ..] => number(&[unit]).filter(|n| *n < 10).map(|n| 2000 + n),
        ["two", "thousand", "and", rest @ ..] => number(rest).map(|n| 2000 + n),
        ["two", "thousand", ..] => Some(2000),
        ["nineteen", rest @ ..] if number(rest).is_some() => number(rest).map(|n| 1900 + n),
        ["twenty", rest @ ..] if number(rest).is_some_and(|n| n >= 10) => number(rest).map(|n| 2000 + n),
        _ => number(words).map(of_century),
    }
}

fn of_century(year: usize) -> usize {
    i16::try_from(year).ok().and_then(|year| usize::try_from(full_year(year)).ok()).unwrap_or(year)
}

/// Below a hundred.
fn number(words: &[&str]) -> Option<usize> {
    let single = |word: &str| UNITS.iter().position(|(name, _)| *name == word).map(|n| n + 1);
    let [first, rest @ ..] = words else { return None };
    match ten(first) {
        Some(tens) => Some(tens + rest.first().and_then(|unit| single(unit)).filter(|unit| *unit < 10).unwrap_or(0)),
        None => single(first),
    }
}

#[cfg(test)]
mod tests {
    use super::spoken_date;
    use crate::calendar::MONTHS;

    #[test]
    fn dates_are_read_as_callers_say_them() {
        for (said, written) in [
            ("Isla Bickley, I, S, L, A. Third of August 2015.", "03/08/2015"),
            ("Isla Bickley. Third of the eighth, fifteen. Ten, going on thirty.", "03/08/2015"),
            ("Maddie Hurst, H, U, R, S, T. Twenty-second of the eleventh, twenty-ten. Fifteen.", "22/11/2010"),
            ("Donna Pryce. Fourteenth of the ninth, eighty-one.", "14/09/1981"),
            ("Ellis Marwood. Twenty-second of the third, oh-six.", "22/03/2006"),
            ("Dom Reilly. Thirtieth of the seventh, ninety.", "30/07/1990"),
            ("Joyce Pell, twenty-seventh of February 1958. Sixty-eight, to save you the sum.", "27/02/1958"),
            ("the 7th of May nineteen eighty", "07/05/1980"),
            ("Twentieth of the eleventh, seventy-four.", "20/11/1974"),
        ] {
            assert_eq!(spoken_date(said).as_deref(), Some(written), "{said}");
        }
        assert_eq!(spoken_date("It's the first time, since the second of the month."), None);
        assert_eq!(spoken_date("Two of them, in May."), None);
    }

    #[test]
    fn every_shipped_caller_can_be_written_down() {
        let library = crate::app::library::Library::open(None).unwrap();
        for entry in &library.entries {
            let variants = entry.scenario.variants.iter().map(|v| Some(v.id.clone())).chain([None]);
            for variant in variants {
                let scenario = entry.as_taken(variant.as_ref());
                for answer in scenario.answers.iter().filter(|a| a.to.as_deref() == Some("q-patient-details")) {
                    let has_date = |said: &str| {
                        said.contains(" of the ")
                            || MONTHS.iter().any(|m| said.to_lowercase().contains(&m.to_lowercase()))
                    };
                    for said in answer.say.iter().filter(|said| has_date(said)) {
                        let heard = super::super::contact::heard(crate::standards::FieldName::DateOfBirth, said);
                        let read = crate::call::directory::date_of_birth(&heard);
                        assert!(read.is_some(), "{}: {said}", entry.scenario.id);
                    }
                }
            }
        }
    }
}
