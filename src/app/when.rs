//! The clock of the machine, and days as people speak of them.
//!
//! Records keep civil time in UTC without saying so. What is shown is the day and hour where the user
//! is: by the machine's own time zone, or that of the United Kingdom where there is none to be read.

#[cfg(not(target_arch = "wasm32"))]
use std::sync::OnceLock;
use std::time::Duration;

use bevy::time::{Real, Time};
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;

use crate::calendar::month_of;
use crate::practice::days_between;

/// Since 1970.
#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::disallowed_methods, reason = "the window is the shell: here the clock is read")]
fn since_1970() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()
}

/// Since 1970.
#[cfg(target_arch = "wasm32")]
fn since_1970() -> Duration {
    Duration::from_millis(super::web::page::now().max(0.0) as u64)
}

/// How much time has passed for whoever sees the screen: none while the page is out of sight.
pub fn passed(time: &Time<Real>) -> Duration {
    #[cfg(target_arch = "wasm32")]
    if super::web::page::was_hidden() {
        return Duration::ZERO;
    }
    time.delta()
}

/// Civil date and time in UTC, to the minute: what a record keeps.
pub fn now() -> String {
    let minutes = i64::try_from(since_1970().as_secs() / 60).unwrap_or(0);
    let epoch = date(1970, 1, 1).at(0, 0, 0, 0);
    let now = epoch.saturating_add(jiff::Span::new().minutes(minutes));
    format!("{}T{:02}:{:02}", now.date(), now.hour(), now.minute())
}

/// The same to the millisecond: what was said last is what counts.
pub fn now_exactly() -> String {
    let since = since_1970();
    let epoch = date(1970, 1, 1).at(0, 0, 0, 0);
    let milliseconds = i64::try_from(since.as_millis()).unwrap_or(0);
    let now = epoch.saturating_add(jiff::Span::new().milliseconds(milliseconds));
    let milliseconds = since.subsec_millis();
    format!("{}T{:02}:{:02}:{:02}.{milliseconds:03}", now.date(), now.hour(), now.minute(), now.second())
}

/// Date and time where the user is, now.
pub fn here_and_now() -> DateTime {
    here(&now()).unwrap_or_default()
}

/// Where the user is, the date and time that a record keeps.
#[cfg(target_arch = "wasm32")]
pub fn here(kept: &str) -> Option<DateTime> {
    let utc = in_zone(kept, &TimeZone::UTC)?;
    let since = utc.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond();
    let minutes = super::web::page::minutes_from_utc(since as f64) as i64;
    Some(utc.saturating_add(jiff::Span::new().minutes(minutes.clamp(-1440, 1440))))
}

/// Where the user is, the date and time that a record keeps.
#[cfg(not(target_arch = "wasm32"))]
pub fn here(kept: &str) -> Option<DateTime> {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    in_zone(kept, ZONE.get_or_init(zone))
}

fn in_zone(kept: &str, zone: &TimeZone) -> Option<DateTime> {
    let utc: DateTime = kept.parse().ok()?;
    let instant = utc.to_zoned(TimeZone::UTC).ok()?;
    Some(instant.with_time_zone(zone.clone()).datetime())
}

/// What the United Kingdom keeps, in the words of POSIX.
#[cfg(not(target_arch = "wasm32"))]
const UNITED_KINGDOM: &str = "GMT0BST,M3.5.0/1,M10.5.0";

#[cfg(not(target_arch = "wasm32"))]
fn zone() -> TimeZone {
    let own = match std::env::var("TZ") {
        Ok(name) => named(name.trim_start_matches(':')),
        Err(_) => read("/etc/localtime"),
    };
    own.or_else(|| TimeZone::posix(UNITED_KINGDOM).ok()).unwrap_or(TimeZone::UTC)
}

#[cfg(not(target_arch = "wasm32"))]
fn named(name: &str) -> Option<TimeZone> {
    if name.is_empty() || name == "UTC" {
        return Some(TimeZone::UTC);
    }
    let path = if name.starts_with('/') { name.into() } else { format!("/usr/share/zoneinfo/{name}") };
    read(&path).or_else(|| TimeZone::posix(name).ok())
}

#[cfg(not(target_arch = "wasm32"))]
fn read(path: &str) -> Option<TimeZone> {
    let bytes = std::fs::read(path).ok()?;
    TimeZone::tzif(path, &bytes).ok()
}

/// What one says on meeting at this hour.
pub fn greeting(hour: i8) -> &'static str {
    match hour {
        5..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

fn weekday(day: Date) -> &'static str {
    usize::try_from(day.weekday().to_monday_zero_offset()).ok().and_then(|n| WEEKDAYS.get(n)).copied().unwrap_or("")
}

/// "Sunday 22 November".
pub fn in_full(day: Date) -> String {
    format!("{} {} {}", weekday(day), day.day(), month_of(day))
}

/// "Sun 22 Nov".
pub fn in_short(day: Date) -> String {
    let short = |word: &str| word.get(..3).unwrap_or(word).to_owned();
    format!("{} {} {}", short(weekday(day)), day.day(), short(month_of(day)))
}

/// "Today", "Yesterday", "Friday", "12 November", "12 November 2025".
pub fn day(day: Date, today: Date) -> String {
    match days_between(day, today) {
        0 => "Today".into(),
        1 => "Yesterday".into(),
        2..7 => weekday(day).into(),
        _ if day.year() == today.year() => format!("{} {}", day.day(), month_of(day)),
        _ => format!("{} {} {}", day.day(), month_of(day), day.year()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_call_in_summer_belongs_to_the_next_day() {
        let zone = TimeZone::posix(UNITED_KINGDOM).unwrap();
        let local = |kept| in_zone(kept, &zone).map(|at| at.to_string());
        assert_eq!(local("2026-07-01T23:30").as_deref(), Some("2026-07-02T00:30:00"));
        assert_eq!(local("2026-12-01T23:30").as_deref(), Some("2026-12-01T23:30:00"));
        assert_eq!(local(""), None);
        assert_eq!(local("yesterday"), None);
    }

    #[test]
    fn days_are_named_as_people_name_them() {
        let today = date(2026, 11, 22);
        let said = |on| day(on, today);
        assert_eq!(in_full(today), "Sunday 22 November");
        assert_eq!(in_short(today), "Sun 22 Nov");
        assert_eq!(said(today), "Today");
        assert_eq!(said(date(2026, 11, 21)), "Yesterday");
        assert_eq!(said(date(2026, 11, 16)), "Monday");
        assert_eq!(said(date(2026, 11, 15)), "15 November");
        assert_eq!(said(date(2025, 11, 22)), "22 November 2025");
        assert_eq!(said(date(2026, 11, 23)), "23 November");
        assert_eq!((greeting(8), greeting(12), greeting(3)), ("Good morning", "Good afternoon", "Good evening"));
    }

    #[test]
    fn what_is_kept_can_be_read_again() {
        assert!(here(&now()).is_some());
    }
}
