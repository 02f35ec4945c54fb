//! The search over small directories: each filter, the ranking, opening times, data that is wrong.

use super::hours::{parse_date, parse_time, window};
use super::samples::{directory, ids, searched, service, weekly};
use super::*;
use crate::standards::{Day::*, Hours, Journey, OnDate};
use jiff::civil::{DateTime, date};

const EVERY_DAY: [crate::standards::Day; 7] = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];

fn with(alter: impl FnOnce(&mut Service)) -> Service {
    let mut one = service("one");
    alter(&mut one);
    one
}

fn lists(service: Service, alter: impl FnOnce(&mut Query)) -> bool {
    let directory = directory(vec![service]);
    let results = searched(&directory, alter);
    assert_eq!(results.found.is_empty(), results.gap);
    !results.gap
}

fn opening(hours: Hours, now: DateTime, minutes: Option<u32>) -> Option<OpenState> {
    opening_of(with(|s| s.hours = hours), now, minutes)
}

fn opening_of(service: Service, now: DateTime, minutes: Option<u32>) -> Option<OpenState> {
    let directory = directory(vec![service]);
    let results = searched(&directory, |query| {
        query.now = now;
        query.minutes = minutes;
    });
    results.found.first().map(|found| found.open)
}

/// November 2026: the 1st is a Sunday.
fn november(day: i8, hour: i8, minute: i8) -> DateTime {
    date(2026, 11, day).at(hour, minute, 0, 0)
}

#[test]
fn stage_one() {
    assert!(lists(with(|_| {}), |_| {}));
    assert!(!lists(with(|s| s.active = false), |_| {}));
    assert!(lists(with(|s| s.at = (100, -100)), |_| {}), "the range is a square");
    assert!(!lists(with(|s| s.at = (101, 0)), |_| {}));
    assert!(!lists(with(|s| s.at = (0, -101)), |_| {}));
    assert!(lists(with(|s| s.takes = vec!["other".into(), "group".into()]), |_| {}));
    assert!(!lists(with(|s| s.takes = vec!["other".into()]), |_| {}));
    assert!(!lists(with(|s| s.refuses = vec!["group".into()]), |_| {}));
    assert!(!lists(with(|s| s.sex = Some(Sex::Male)), |_| {}));
    assert!(lists(with(|s| s.sex = Some(Sex::Female)), |_| {}));
    assert!(lists(with(|s| s.sex = Some(Sex::Male)), |q| q.sex = None));
}

#[test]
fn practices() {
    let local = || with(|s| s.practices = vec!["Mill Lane".into(), "St Bryd's".into()]);
    assert!(!lists(local(), |_| {}));
    assert!(lists(local(), |q| q.gp_practice = "the MILL LANE surgery"));
    assert!(lists(local(), |q| q.gp_practice = "St Bryds Medical Centre"));
    assert!(!lists(local(), |q| q.gp_practice = "Mill Laneway"));
    let own = || with(|s| s.own_practice = true);
    assert!(lists(own(), |q| q.gp_practice = "Anywhere"));
    for none in ["", "  ", "none", "N/A", "Not registered"] {
        assert!(!lists(own(), |q| q.gp_practice = none), "{none}");
    }
    assert!(!lists(with(|s| s.practices = vec![String::new()]), |q| q.gp_practice = "Anywhere"));
}

#[test]
fn stage_two() {
    assert!(!lists(with(|s| s.capacity = Capacity::Red), |_| {}));
    assert!(lists(with(|s| s.capacity = Capacity::Amber), |_| {}));
    let in_this_call = |usual, now| {
        let capacity = [("other".into(), Capacity::Red), ("one".into(), now)];
        let directory = directory(vec![with(|s| s.capacity = usual)]);
        searched(&directory, |q| q.capacity = &capacity).found.first().map(|found| found.capacity)
    };
    assert_eq!(in_this_call(Capacity::Red, Capacity::Amber), Some(Capacity::Amber));
    assert_eq!(in_this_call(Capacity::Green, Capacity::Red), None);
    assert!(!lists(with(|s| s.meets = vec!["other".into()]), |_| {}));
    assert!(!lists(with(|s| s.roles = vec!["clinical-advisor".into()]), |_| {}));
    assert!(lists(with(|s| s.roles = vec!["clinical-advisor".into()]), |q| q.role = "clinical-advisor"));
    assert!(!lists(with(|s| s.from_age = Some(41)), |_| {}));
    assert!(lists(with(|s| s.from_age = Some(40)), |_| {}));
    assert!(lists(with(|s| s.to_age = Some(40)), |_| {}));
    assert!(!lists(with(|s| s.to_age = Some(39)), |_| {}));
    assert!(!lists(with(|s| s.hours = Hours::Never), |_| {}));
}

#[test]
fn missed_by_one_test_of_stage_two() {
    let shut = with(|s| s.hours = Hours::Never);
    let red_and_shut = with(|s| {
        s.hours = Hours::Never;
        s.capacity = Capacity::Red;
    });
    let red = with(|s| s.capacity = Capacity::Red);
    let red_and_old = with(|s| {
        s.capacity = Capacity::Red;
        s.to_age = Some(3);
    });
    let far = with(|s| s.at = (101, 0));
    let directory = directory(vec![shut, red_and_shut, red, red_and_old, far, service("good")]);
    assert_eq!(searched(&directory, |_| {}).missed_by_one, [0, 2]);
}

#[test]
fn ranking() {
    let far_first_type = with(|s| s.at = (60, 0));
    let near_second_type = with(|s| {
        s.id = "near".into();
        s.kind = 2;
        s.at = (1, 0);
    });
    let other_type_of_that_rank = with(|s| {
        s.id = "other".into();
        s.kind = 3;
        s.at = (0, 0);
    });
    let demoted = with(|s| {
        s.id = "demoted".into();
        s.promoted = 1;
    });
    let own = with(|s| {
        s.id = "own".into();
        s.kind = 3;
        s.own_practice = true;
        s.at = (90, 0);
    });
    let unknown_type = with(|s| {
        s.id = "unknown".into();
        s.kind = 99;
    });
    let directory =
        directory(vec![unknown_type, near_second_type, own, other_type_of_that_rank, demoted, far_first_type]);
    let results = searched(&directory, |q| q.gp_practice = "Anywhere");
    assert_eq!(ids(&directory, &results), ["one", "demoted", "own", "other", "near", "unknown"]);
}

#[test]
fn distance_decides_exactly_and_is_shown_rounded_down() {
    let at = |id: &str, at| {
        let mut one = service(id);
        one.at = at;
        one
    };
    let directory = directory(vec![at("b", (-3, 5)), at("a", (4, 4)), at("c", (0, 6)), at("d", (6, 0))]);
    let results = searched(&directory, |_| {});
    assert_eq!(ids(&directory, &results), ["a", "b"], "two of a type are kept");
    assert_eq!(results.found.iter().map(|found| found.distance).collect::<Vec<_>>(), [5, 5]);
}

#[test]
fn as_many_of_a_type_as_it_says() {
    let mut directory = directory(vec![service("a"), service("b"), service("c")]);
    for (keep, kept) in [(0, 0), (1, 1), (2, 2), (9, 3)] {
        directory.types[0].keep = keep;
        assert_eq!(searched(&directory, |_| {}).found.len(), kept);
    }
}

#[test]
fn journeys_are_told_from_their_place() {
    let journey =
        |from: &str| with(|s| s.journeys = vec![Journey { from: from.into(), says: "over the bridge".into() }]);
    let told = |from| searched(&directory(vec![journey(from)]), |_| {}).found[0].journey.clone();
    assert_eq!(told("here").as_deref(), Some("over the bridge"));
    assert_eq!(told("there"), None);
}

#[test]
fn catch_all_when_nothing_else_is_left() {
    let last = |at, capacity| {
        let mut last = service("last");
        last.at = at;
        last.capacity = capacity;
        last.meets.clear();
        last.from_age = Some(80);
        last
    };
    let shut = with(|s| s.hours = Hours::Never);
    let directory = directory(vec![
        shut,
        last((9, 0), Capacity::Green),
        last((200, 0), Capacity::Green),
        last((2, 0), Capacity::Red),
        last((7, 0), Capacity::Amber),
        last((8, 0), Capacity::Green),
    ]);
    let results = searched(&directory, |_| {});
    assert!(results.gap);
    assert_eq!(results.found.iter().map(|found| found.service).collect::<Vec<_>>(), [4, 5]);
    assert!(results.found.iter().all(|found| found.catch_all));
    assert_eq!(results.missed_by_one, [0]);
}

#[test]
fn session_time_rule() {
    for (minutes, length) in [
        (None, 60),
        (Some(0), 60),
        (Some(1), 30),
        (Some(30), 30),
        (Some(31), 31),
        (Some(60), 60),
        (Some(120), 60),
        (Some(720), 660),
        (Some(1440), 1380),
        (Some(u32::MAX), 31 * 1440),
    ] {
        assert_eq!(window(minutes), length, "{minutes:?}");
    }
}

#[test]
fn open_at_some_time_in_the_window() {
    let nine_to_five = || weekly(&[(&[Mon, Tue, Wed, Thu, Fri], "09:00", "17:00")]);
    let tuesday = |hour, minute| november(3, hour, minute);
    let five = OpenState::OpenUntil(tuesday(17, 0));
    assert_eq!(opening(nine_to_five(), tuesday(9, 0), None), Some(five));
    assert_eq!(opening(nine_to_five(), tuesday(16, 30), None), Some(five), "exactly half an hour is enough");
    assert_eq!(opening(nine_to_five(), tuesday(16, 31), None), None);
    assert_eq!(opening(nine_to_five(), tuesday(16, 31), Some(1440)), None, "closing soon, though open tomorrow");
    assert_eq!(opening(nine_to_five(), tuesday(8, 1), None), Some(OpenState::OpensAt(tuesday(9, 0))));
    assert_eq!(opening(nine_to_five(), tuesday(8, 0), None), None, "the window ends as it opens");
    assert_eq!(opening(nine_to_five(), tuesday(8, 31), Some(30)), Some(OpenState::OpensAt(tuesday(9, 0))));
    let tomorrow = OpenState::OpensAt(november(4, 9, 0));
    assert_eq!(opening(nine_to_five(), tuesday(17, 0), Some(1440)), Some(tomorrow));
    assert_eq!(opening(nine_to_five(), november(6, 18, 0), Some(1440)), None, "Friday evening, 24 hours");
    let monday = OpenState::OpensAt(november(9, 9, 0));
    assert_eq!(opening(nine_to_five(), november(6, 18, 0), Some(4320)), Some(monday));
    assert_eq!(opening(nine_to_five(), november(6, 18, 0), Some(u32::MAX)), Some(monday));
}

#[test]
fn past_midnight_and_over_the_weekend() {
    let out_of_hours = || {
        weekly(&[
            (&[Mon, Tue, Wed, Thu, Fri], "18:30", "08:00"),
            (&[Sat, Sun], "00:00", "24:00"),
            (&[Mon], "00:00", "08:00"),
        ])
    };
    let until = |at| Some(OpenState::OpenUntil(at));
    assert_eq!(opening(out_of_hours(), november(3, 23, 0), None), until(november(4, 8, 0)));
    assert_eq!(opening(out_of_hours(), november(4, 3, 0), None), until(november(4, 8, 0)));
    assert_eq!(opening(out_of_hours(), november(6, 19, 0), None), until(november(9, 8, 0)), "all weekend");
    assert_eq!(opening(out_of_hours(), november(8, 23, 50), None), until(november(9, 8, 0)));
    assert_eq!(opening(out_of_hours(), november(3, 12, 0), None), None);
    assert_eq!(opening(out_of_hours(), november(3, 7, 35), Some(720)), None, "closing, though it opens again in time");
    assert_eq!(opening(weekly(&[(&EVERY_DAY, "00:00", "24:00")]), november(3, 12, 0), None), Some(OpenState::Always));
    assert_eq!(opening(weekly(&[(&EVERY_DAY, "09:00", "09:00")]), november(3, 12, 0), None), Some(OpenState::Always));
    assert_eq!(opening(weekly(&[(&[], "00:00", "24:00")]), november(3, 12, 0), None), None, "on no day");
    assert_eq!(opening(weekly(&[(&[Tue], "18:00", "24:00")]), november(3, 19, 0), None), until(november(4, 0, 0)));
}

#[test]
fn dates_before_always_before_holidays_before_the_week() {
    let christmas = date(2026, 12, 25).at(12, 0, 0, 0);
    let on = |date: &str, hours| vec![OnDate { date: date.into(), hours }];
    let ten_to_two = || weekly(&[(&EVERY_DAY, "10:00", "14:00")]);
    let two = Some(OpenState::OpenUntil(date(2026, 12, 25).at(14, 0, 0, 0)));

    let week = || weekly(&[(&EVERY_DAY, "08:00", "20:00")]);
    let eight = Some(OpenState::OpenUntil(date(2026, 12, 25).at(20, 0, 0, 0)));
    assert_eq!(opening_of(with(|s| s.hours = week()), christmas, None), eight, "no holiday hours: as in the week");

    let holiday = |hours, holiday| {
        with(|s| {
            s.hours = hours;
            s.holiday_hours = Some(holiday);
        })
    };
    assert_eq!(opening_of(holiday(week(), Hours::Never), christmas, None), None);
    assert_eq!(opening_of(holiday(week(), ten_to_two()), christmas, None), two);
    let sundays = weekly(&[(&[Sun], "10:00", "14:00")]);
    assert_eq!(opening_of(holiday(week(), sundays), christmas, None), None, "Christmas 2026 is a Friday");
    assert_eq!(opening_of(holiday(Hours::Always, Hours::Never), christmas, None), Some(OpenState::Always));
    assert_eq!(opening_of(holiday(Hours::Never, ten_to_two()), christmas, None), two);
    assert_eq!(opening_of(holiday(Hours::Never, ten_to_two()), november(3, 12, 0), None), None);

    let dated = |hours, date, on_date| {
        with(|s| {
            s.hours = hours;
            s.holiday_hours = Some(Hours::Never);
            s.on_dates = on(date, on_date);
        })
    };
    assert_eq!(opening_of(dated(week(), "2026-12-25", ten_to_two()), christmas, None), two);
    assert_eq!(opening_of(dated(Hours::Always, "2026-12-25", Hours::Never), christmas, None), None);
    let on_a_monday = weekly(&[(&[Mon], "10:00", "14:00")]);
    assert_eq!(opening_of(dated(week(), "2026-12-25", on_a_monday), christmas, None), two, "the date says which day");
    assert_eq!(opening_of(dated(week(), "2026-12-26", ten_to_two()), christmas, None), None);
    let eve = date(2026, 12, 24).at(12, 0, 0, 0);
    let until_christmas = Some(OpenState::OpenUntil(date(2026, 12, 25).at(0, 0, 0, 0)));
    assert_eq!(opening_of(dated(Hours::Always, "2026-12-25", Hours::Never), eve, None), until_christmas);
}

#[test]
fn times_and_dates_as_written() {
    assert_eq!(parse_time("00:00"), Some(0));
    assert_eq!(parse_time("09:05"), Some(545));
    assert_eq!(parse_time("24:00"), Some(1440));
    for wrong in ["", "9:00", "24:01", "25:00", "12:60", "12.30", "1200", "ab:cd", "12:3é", "-1:00", "12:000"] {
        assert_eq!(parse_time(wrong), None, "{wrong}");
    }
    assert_eq!(parse_date("2026-12-25"), Some(date(2026, 12, 25)));
    for wrong in ["", "2026-13-01", "2026-02-30", "26-12-25", "2026/12/25", "-026-12-25", "2026-12-2x"] {
        assert_eq!(parse_date(wrong), None, "{wrong}");
    }
}

#[test]
fn nothing_in_the_data_can_break_it() {
    let odd = with(|s| {
        s.at = (i32::MIN, i32::MAX);
        s.hours = weekly(&[(&EVERY_DAY, "24:00", "25:00"), (&[Tue], "", "17:00"), (&[Tue], "10:00", "12:31")]);
        s.on_dates = vec![OnDate { date: "never".into(), hours: Hours::Always }];
    });
    let mut directory = directory(vec![odd]);
    directory.range = u32::MAX;
    directory.types.clear();
    directory.catch_all = vec!["no such".into(), "one".into()];
    directory.places[0].at = (i32::MAX, i32::MIN);
    for now in [DateTime::MIN, DateTime::MAX, november(3, 12, 0), date(-9999, 1, 1).at(0, 0, 0, 0)] {
        for minutes in [None, Some(0), Some(u32::MAX)] {
            let _ = searched(&directory, |query| {
                query.now = now;
                query.minutes = minutes;
            });
        }
    }
    let results = searched(&directory, |_| {});
    assert_eq!(ids(&directory, &results), ["one"], "what can be read of its hours counts");
    assert_eq!(results.found[0].distance, u32::MAX);
    let empty = super::samples::directory(Vec::new());
    assert!(searched(&empty, |_| {}).gap);
}
