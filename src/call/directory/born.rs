//! A date of birth as somebody typed it, and the age that follows.

use jiff::civil::Date;

use crate::calendar::{MONTHS, full_year};

/// Nobody is older, in years.
const OLDEST: u32 = 130;

/// A date of birth as typed: `1982-02-03`, `3/2/1982`, `03.02.82`, `3 Feb 1982`,
/// `3rd of February 1982`, `03021982`… The day stands before the month, as in England.
///
/// A year of two digits up to 26 is of this century; [`age_on`], which knows the day, does better.
#[must_use]
pub fn date_of_birth(text: &str) -> Option<Date> {
    let typed = read(text)?;
    let year = match typed.year {
        Year::Full(year) => year,
        Year::Short(year) => full_year(year),
    };
    typed.of(year)
}

/// Whole years of age on a day, from a date of birth as typed (see [`date_of_birth`]); absent where
/// it cannot be read, lies in the future, or is more than 130 years ago.
///
/// A year of two digits is of this century unless that is still to come.
#[must_use]
pub fn age_on(born: &str, now: Date) -> Option<u32> {
    let typed = read(born)?;
    let born = match typed.year {
        Year::Full(year) => typed.of(year)?,
        Year::Short(year) => {
            let century = now.year() / 100 * 100;
            typed.of(century + year).filter(|date| *date <= now).or_else(|| typed.of(century - 100 + year))?
        }
    };
    if born > now {
        return None;
    }
    let before_birthday = (now.month(), now.day()) < (born.month(), born.day());
    let years = i32::from(now.year()) - i32::from(born.year()) - i32::from(before_birthday);
    u32::try_from(years).ok().filter(|years| *years <= OLDEST)
}

enum Year {
    Full(i16),
    /// The last two digits.
    Short(i16),
}

struct Typed {
    day: i8,
    month: i8,
    year: Year,
}

impl Typed {
    fn of(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// A run of digits, and how many.
type Number = (u32, usize);

fn read(text: &str) -> Option<Typed> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut named: Option<(i8, usize)> = None;
    let lower = text.trim().to_lowercase();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let same = |c: char| kind(c) == kind(first);
        let (run, after) = rest.split_at(rest.find(|c| !same(c)).unwrap_or(rest.len()));
        rest = after;
        if first.is_ascii_digit() {
            if run.len() > 8 || numbers.len() == 3 {
                return None;
            }
            numbers.push((run.parse().ok()?, run.len()));
        } else if first.is_alphabetic() {
            match month(run) {
                Some(month) if named.is_none() => named = Some((month, numbers.len())),
                None if is_filler(run) => {}
                _ => return None,
            }
        }
    }
    match (named, numbers.as_slice()) {
        // 1982 February 3
        (Some((month, 1)), &[year @ (_, 4), day]) => typed(day, month, year),
        (Some((month, _)), &[day, year]) => typed(day, month, year),
        (None, &[year @ (_, 4), (month, _), day] | &[day, (month, _), year]) => {
            typed(day, i8::try_from(month).ok()?, year)
        }
        (None, &[(number, 8)]) => {
            let day_first = typed((number / 1_000_000, 2), two(number / 10_000), (number % 10_000, 4));
            day_first
                .filter(Typed::is_a_date)
                .or_else(|| typed((number % 100, 2), two(number / 100), (number / 10_000, 4)))
        }
        (None, &[(number, 6)]) => typed((number / 10_000, 2), two(number / 100), (number % 100, 2)),
        _ => None,
    }
}

impl Typed {
    fn is_a_date(&self) -> bool {
        matches!(self.year, Year::Full(year) if self.of(year).is_some())
    }
}

/// The last two digits.
fn two(number: u32) -> i8 {
    i8::try_from(number % 100).unwrap_or(0)
}

fn typed(day: Number, month: i8, year: Number) -> Option<Typed> {
    let number = i16::try_from(year.0).ok()?;
    let year = match year.1 {
        4 if (1850..=2200).contains(&number) => Year::Full(number),
        2 => Year::Short(number),
        _ => return None,
    };
    Some(Typed { day: i8::try_from(day.0).ok()?, month, year })
}

/// A month by name, whole or by its first letters, three at least.
fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|month| word.len() >= 3 && month.to_lowercase().starts_with(word));
    let at = at.or_else(|| (word == "sept").then_some(8));
    i8::try_from(at? + 1).ok()
}

fn is_filler(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "of" | "the" | "born" | "on" | "dob" | "in")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn as_people_type_it() {
        for typed in [
            "1982-02-03",
            "3/2/1982",
            "03.02.82",
            "3 Feb 1982",
            "3rd of February 1982",
            "03/02/82",
            " 3-2-1982 ",
            "3 2 82",
            "3RD FEBRUARY, 1982",
            "February 3rd 1982",
            "1982 Feb 3",
            "born on the 3rd of Feb '82",
            "DOB: 03.02.1982",
            "03021982",
            "19820203",
            "030282",
            "1982/2/3",
        ] {
            assert_eq!(date_of_birth(typed), Some(date(1982, 2, 3)), "{typed}");
            assert_eq!(age_on(typed, date(2026, 11, 3)), Some(44), "{typed}");
        }
        assert_eq!(date_of_birth("20101010"), Some(date(2010, 10, 10)));
        assert_eq!(date_of_birth("20051982"), Some(date(1982, 5, 20)));
        assert_eq!(date_of_birth("1 sept 2001"), Some(date(2001, 9, 1)));
    }

    #[test]
    fn what_is_no_date_of_birth() {
        for typed in [
            "",
            "44",
            "forty-four",
            "1982",
            "Feb 1982",
            "31/2/1982",
            "3/13/1982",
            "3/2/982",
            "3 Feb Mar 1982",
            "3/2/1982/5",
            "0/0/0",
            "99999999999999999999",
            "3 m 1982",
            "3/2/9999",
            "é/ß/1982",
        ] {
            assert_eq!(date_of_birth(typed), None, "{typed}");
            assert_eq!(age_on(typed, date(2026, 11, 3)), None, "{typed}");
        }
    }

    #[test]
    fn the_birthday_counts() {
        assert_eq!(age_on("2017-11-03", date(2026, 11, 2)), Some(8));
        assert_eq!(age_on("2017-11-03", date(2026, 11, 3)), Some(9));
        assert_eq!(age_on("29/02/2008", date(2026, 2, 28)), Some(17));
        assert_eq!(age_on("29/02/2008", date(2026, 3, 1)), Some(18));
        assert_eq!(age_on("2026-08-28", date(2026, 11, 3)), Some(0));
    }

    #[test]
    fn the_future_and_the_past() {
        assert_eq!(age_on("2026-11-04", date(2026, 11, 3)), None);
        assert_eq!(age_on("04.11.26", date(2026, 11, 3)), Some(99), "a short year is never in the future");
        assert_eq!(age_on("03.11.26", date(2026, 11, 3)), Some(0));
        assert_eq!(age_on("1.1.1890", date(2026, 11, 3)), None);
        assert_eq!(age_on("29.2.26", date(2026, 11, 3)), None, "neither 2026 nor 1926 was a leap year");
    }
}
