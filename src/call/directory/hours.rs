//! When a service is open, in civil time and to the minute.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use crate::standards::{Day, Directory, Hours, Service, Span};

/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// A service that closes sooner than this, in minutes from now, counts as closed.
const CLOSING: i64 = 30;

/// No window is longer than this, in minutes: 31 days.
const LONGEST: i64 = 31 * DAY;

/// Open for so many days without a break is open always.
const WITHOUT_A_BREAK: i64 = 8;

/// When a service is open, as seen from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenState {
    /// At all hours.
    Always,
    /// Open now, until this moment of civil time.
    OpenUntil(DateTime),
    /// Shut now; opens at this moment of civil time, within the window.
    OpensAt(DateTime),
}

/// Minutes after midnight, 0 to 1440, of a time written as `HH:MM`; `24:00` is the midnight that
/// ends the day. Anything else is not a time.
#[must_use]
pub fn parse_time(text: &str) -> Option<u16> {
    let [h1, h2, b':', m1, m2] = *text.as_bytes() else { return None };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
    let hours = digit(h1)? * 10 + digit(h2)?;
    let minutes = digit(m1)? * 10 + digit(m2)?;
    let time = hours * 60 + minutes;
    (minutes < 60 && time <= 1440).then_some(time)
}

/// A date written as `YYYY-MM-DD`.
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2];
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let two = |tens: u8, ones: u8| (tens - b'0').cast_signed() * 10 + (ones - b'0').cast_signed();
    let year = i16::from(two(y1, y2)) * 100 + i16::from(two(y3, y4));
    Date::new(year, two(m1, m2), two(d1, d2)).ok()
}

/// Days since 1 January 1970 (the civil calendar in whole numbers, after Howard Hinnant).
fn day_number(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Monday is 0.
fn weekday(day_number: i64) -> i64 {
    (day_number + 3).rem_euclid(7)
}

fn bit(day: Day) -> u8 {
    match day {
        Day::Mon => 1,
        Day::Tue => 2,
        Day::Wed => 4,
        Day::Thu => 8,
        Day::Fri => 16,
        Day::Sat => 32,
        Day::Sun => 64,
    }
}

/// Length of the window of a search, in minutes from now: the session-time rule. `minutes` is the
/// timeframe of the disposition.
///
/// At once or without a timeframe: an hour. Up to an hour: the timeframe. Longer: an hour less.
#[must_use]
pub fn window(minutes: Option<u32>) -> i64 {
    match i64::from(minutes.unwrap_or(0)) {
        0 => 60,
        1..=30 => 30,
        hour @ 31..=60 => hour,
        longer => (longer - 60).min(LONGEST),
    }
}

/// A span of a week, read: days as bits, minutes after midnight from and to.
type Read = (u8, i64, i64);

fn read(span: &Span) -> Option<Read> {
    let (from, to) = (i64::from(parse_time(&span.from)?), i64::from(parse_time(&span.to)?));
    let days = span.days.iter().fold(0, |days, &day| days | bit(day));
    (from < DAY).then_some((days, from, if to <= from { to + DAY } else { to }))
}

/// The moment of a search, and what is the same for every service.
pub(super) struct Clock {
    now: DateTime,
    today: i64,
    /// Minutes after the midnight that began today.
    minute: i64,
    /// End of the window, counted in the same way.
    until: i64,
    /// Day numbers of the public holidays that can be read.
    holidays: Vec<i64>,
}

impl Clock {
    pub(super) fn new(directory: &Directory, now: DateTime, minutes: Option<u32>) -> Clock {
        let minute = i64::from(now.hour()) * 60 + i64::from(now.minute());
        Clock {
            now,
            today: day_number(now.date()),
            minute,
            until: minute + window(minutes),
            holidays: directory.public_holidays.iter().filter_map(|day| parse_date(day)).map(day_number).collect(),
        }
    }

    /// How the service is open within the window; `None` where it is not, or closes too soon.
    ///
    /// Hours on a single date win over open at all hours, that over public holidays, those over the
    /// week. A span belongs to the day on which it begins and may run past midnight.
    pub(super) fn opening(&self, service: &Service) -> Option<OpenState> {
        if service.on_dates.is_empty() {
            match service.hours {
                Hours::Always => return Some(OpenState::Always),
                Hours::Never if service.holiday_hours.is_none() => return None,
                _ => {}
            }
        }
        let last = self.until.div_euclid(DAY) + 1;
        let open = self.open_spans(service, last);
        let Some(&(_, end)) = open.iter().find(|(from, to)| *from <= self.minute && self.minute < *to) else {
            let (from, _) = open.iter().find(|(from, _)| *from > self.minute)?;
            return (*from < self.until).then(|| OpenState::OpensAt(self.moment(*from)));
        };
        if end - self.minute < CLOSING {
            return None;
        }
        if end < (last + 1) * DAY {
            return Some(OpenState::OpenUntil(self.moment(end)));
        }
        let last = last + WITHOUT_A_BREAK;
        let open = self.open_spans(service, last);
        let end = open.iter().find(|(from, to)| *from <= self.minute && self.minute < *to).map_or(end, |span| span.1);
        let always = end >= (last + 1) * DAY;
        Some(if always { OpenState::Always } else { OpenState::OpenUntil(self.moment(end)) })
    }

    /// When the service is open from yesterday to the `last` day counted from today, in minutes
    /// after the midnight that began today, in order; what touches is one span.
    fn open_spans(&self, service: &Service, last: i64) -> Vec<(i64, i64)> {
        let week: Vec<Read> = match &service.hours {
            Hours::Weekly(spans) => spans.iter().filter_map(read).collect(),
            Hours::Always | Hours::Never => Vec::new(),
        };
        let mut open: Vec<(i64, i64)> = Vec::with_capacity(16);
        for day in -1..=last {
            let number = self.today + day;
            let start = day * DAY;
            let mut add = |from: i64, to: i64| open.push((start + from, start + to));
            let on_date =
                service.on_dates.iter().find(|on| parse_date(&on.date).is_some_and(|date| day_number(date) == number));
            let holiday = service.holiday_hours.as_ref().filter(|_| self.holidays.contains(&number));
            let today = 1 << weekday(number);
            match (on_date.map(|on| &on.hours), &service.hours, holiday) {
                // Hours on one date are for that date, whichever days of the week they name.
                (Some(Hours::Weekly(spans)), ..) => {
                    spans.iter().filter_map(read).for_each(|(_, from, to)| add(from, to));
                }
                (Some(Hours::Always), ..) | (None, Hours::Always, _) | (None, _, Some(Hours::Always)) => add(0, DAY),
                (Some(Hours::Never), ..) | (None, _, Some(Hours::Never)) => {}
                (None, _, Some(Hours::Weekly(spans))) => {
                    let spans = spans.iter().filter_map(read).filter(|(days, ..)| days & today != 0);
                    spans.for_each(|(_, from, to)| add(from, to));
                }
                (None, _, None) => {
                    week.iter().filter(|(days, ..)| days & today != 0).for_each(|(_, from, to)| add(*from, *to));
                }
            }
        }
        open.sort_unstable();
        open.dedup_by(|next, before| {
            let touches = next.0 <= before.1;
            if touches {
                before.1 = before.1.max(next.1);
            }
            touches
        });
        open
    }

    fn moment(&self, minute: i64) -> DateTime {
        let midnight = self.now.date().at(0, 0, 0, 0);
        midnight.saturating_add(minute.clamp(-2 * DAY, LONGEST * 2).minutes())
    }
}
