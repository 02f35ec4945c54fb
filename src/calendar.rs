//! Months in words, and the century of a short year: one list for whoever writes a date or reads one.

use jiff::civil::Date;

/// The months by name, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a day's month.
#[must_use]
pub fn month_of(day: Date) -> &'static str {
    usize::try_from(day.month() - 1).ok().and_then(|n| MONTHS.get(n)).copied().unwrap_or("")
}

/// A year of birth of which the last two digits were given, from 0 to 99: up to 26 of this century.
#[must_use]
pub fn full_year(short: i16) -> i16 {
    if short <= 26 { 2000 + short } else { 1900 + short }
}
