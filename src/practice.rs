//! Spaced practice: a call in which something was missed comes back after 2, 7 and 21 days.
//!
//! The days are counted from when the call was last taken. A return that goes well leads to the next
//! interval, and after the third the call is done. A return in which something is missed begins again.
//! Whoever takes a call sooner than it is due waits the same interval from then: it is the gap that
//! teaches. Calls that were guided or broken off do not count, and each return is under another variant
//! than the one met last.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::call::Ending;
use crate::marking::{Assessment, FactStatus, Verdict};
use crate::records::Mode;
use crate::standards::Id;

/// Days after which a missed call comes back, each counted from when it was last taken.
pub const INTERVALS: [u16; 3] = [2, 7, 21];

/// A call as it was taken, as far as spacing needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Neutral name of the call, `call-0412`.
    pub call: Id,
    /// Absent: as written.
    pub variant: Option<Id>,
    pub on: Date,
    pub outcome: Outcome,
}

/// What spacing makes of a call that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// In range, and everything that mattered came to light.
    Well,
    /// Something to come back to.
    Missed,
    /// Guided or broken off: practice, and no more than that.
    DoesNotCount,
}

impl Outcome {
    /// What to make of a call of this mode that came to this end with this verdict, where `missed` says
    /// whether a key fact was never asked or was given and ignored.
    pub fn of(mode: Mode, ending: Option<Ending>, verdict: Verdict, missed: bool) -> Self {
        if mode == Mode::Guided || matches!(ending, None | Some(Ending::Early)) {
            Self::DoesNotCount
        } else if verdict == Verdict::Right && !missed {
            Self::Well
        } else {
            Self::Missed
        }
    }
}

/// Ids of the key facts that were never asked, or given and ignored.
pub fn missed(assessment: &Assessment) -> Vec<Id> {
    let missed = assessment.facts.iter().filter(|fact| fact.key && fact.status != FactStatus::Elicited);
    missed.map(|fact| fact.id.clone()).collect()
}

/// A call that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Neutral name of the call.
    pub call: Id,
    /// Its variants, besides the call as written.
    pub variants: Vec<Id>,
}

/// A call that comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub call: Id,
    /// Under which variant; absent: as written.
    pub variant: Option<Id>,
    /// The day from which on it is due.
    pub on: Date,
    /// The day on which it was last taken.
    pub last: Date,
    /// Place in [`INTERVALS`].
    pub stage: usize,
}

impl Due {
    /// Days between the last time and this one.
    pub fn interval(&self) -> u16 {
        INTERVALS.get(self.stage).copied().unwrap_or_default()
    }
}

/// The calls that come back today or should have come back before, longest due first.
pub fn due(history: &[Taken], offered: &[Offered], today: Date) -> Vec<Due> {
    let mut due = schedule(history, offered);
    due.retain(|due| due.on <= today);
    due
}

/// Every call that comes back, by day and name. Calls that are not offered any more are left out.
pub fn schedule(history: &[Taken], offered: &[Offered]) -> Vec<Due> {
    let mut history: Vec<&Taken> = history.iter().collect();
    // A stable sort: calls of one day stay in the order in which they were taken.
    history.sort_by_key(|taken| taken.on);
    let mut waiting: BTreeMap<&Id, (usize, Date)> = BTreeMap::new();
    for taken in &history {
        let call = &taken.call;
        match (taken.outcome, waiting.get(call)) {
            (Outcome::Missed, _) => _ = waiting.insert(call, (0, taken.on)),
            (Outcome::Well, Some(&(stage, last))) => {
                let in_time = day_after(last, INTERVALS[stage]) <= taken.on;
                let stage = if in_time { stage + 1 } else { stage };
                if stage < INTERVALS.len() {
                    waiting.insert(call, (stage, taken.on));
                } else {
                    waiting.remove(call);
                }
            }
            (Outcome::Well, None) | (Outcome::DoesNotCount, _) => {}
        }
    }
    let due = offered.iter().filter_map(|offer| {
        let &(stage, last) = waiting.get(&offer.call)?;
        let variant = next_variant_of(&history, offer);
        Some(Due { call: offer.call.clone(), variant, on: day_after(last, INTERVALS[stage]), last, stage })
    });
    let mut due: Vec<Due> = due.collect();
    due.sort_by(|a, b| (a.on, &a.call).cmp(&(b.on, &b.call)));
    due
}

/// Under which variant a call is to be met next: one that was never met, as written first, or else the
/// one met longest ago. Never the last, unless there is no other.
pub fn next_variant(history: &[Taken], offer: &Offered) -> Option<Id> {
    let mut history: Vec<&Taken> = history.iter().collect();
    history.sort_by_key(|taken| taken.on);
    next_variant_of(&history, offer)
}

fn next_variant_of(history: &[&Taken], offer: &Offered) -> Option<Id> {
    let last_met = |variant: Option<&Id>| {
        history.iter().rposition(|taken| taken.call == offer.call && taken.variant.as_ref() == variant)
    };
    let all = std::iter::once(None).chain(offer.variants.iter().map(Some));
    all.min_by_key(|variant| last_met(*variant)).flatten().cloned()
}

/// How many calls come back on each of so many days from today on, if every one is taken on its day and
/// goes well. What is overdue counts for today.
pub fn round(schedule: &[Due], today: Date, days: u16) -> Vec<u16> {
    let mut counts = vec![0; days.into()];
    for due in schedule {
        let mut at = i64::from(days_between(today, due.on).max(0));
        for stage in due.stage..INTERVALS.len() {
            if let Some(count) = usize::try_from(at).ok().and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
            at += INTERVALS.get(stage + 1).copied().map_or(0, i64::from);
        }
    }
    counts
}

/// Days from one day to another; negative if it lies before.
pub fn days_between(from: Date, to: Date) -> i32 {
    // Two days of jiff's calendar are never further apart than this can hold.
    from.until(to).map_or(0, |span| span.get_days())
}

fn day_after(day: Date, days: u16) -> Date {
    day.saturating_add(Span::new().days(days))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day(n: u16) -> Date {
        day_after(date(2026, 11, 1), n)
    }

    fn taken(call: &str, variant: Option<&str>, n: u16, outcome: Outcome) -> Taken {
        Taken { call: call.into(), variant: variant.map(Id::from), on: day(n), outcome }
    }

    fn offered() -> Vec<Offered> {
        let offer = |call: &str, variants: &[&str]| Offered {
            call: call.into(),
            variants: variants.iter().map(|id| Id::from(*id)).collect(),
        };
        vec![offer("call-0001", &["a", "b"]), offer("call-0002", &["a"]), offer("call-0003", &[])]
    }

    /// Stage and day of what one call waits for.
    fn waits(history: &[Taken]) -> Option<(u16, Date)> {
        let due = schedule(history, &offered());
        assert!(due.len() < 2);
        due.first().map(|due| (due.interval(), due.on))
    }

    #[test]
    fn what_was_missed_comes_back_after_2_7_and_21_days_and_is_done() {
        let mut history = vec![taken("call-0001", None, 0, Outcome::Missed)];
        assert_eq!(waits(&history), Some((2, day(2))));
        history.push(taken("call-0001", Some("a"), 2, Outcome::Well));
        assert_eq!(waits(&history), Some((7, day(9))));
        // Late is as good as in time; the next gap counts from then.
        history.push(taken("call-0001", Some("b"), 12, Outcome::Well));
        assert_eq!(waits(&history), Some((21, day(33))));
        history.push(taken("call-0001", None, 33, Outcome::Well));
        assert_eq!(waits(&history), None);
    }

    #[test]
    fn what_goes_well_at_once_does_not_come_back() {
        assert_eq!(waits(&[taken("call-0001", None, 0, Outcome::Well)]), None);
    }

    #[test]
    fn missed_again_begins_again() {
        let history = [
            taken("call-0001", None, 0, Outcome::Missed),
            taken("call-0001", Some("a"), 2, Outcome::Well),
            taken("call-0001", Some("b"), 9, Outcome::Missed),
        ];
        assert_eq!(waits(&history), Some((2, day(11))));
    }

    #[test]
    fn sooner_than_due_waits_the_same_interval_from_then() {
        let history = [taken("call-0001", None, 0, Outcome::Missed), taken("call-0001", Some("a"), 1, Outcome::Well)];
        assert_eq!(waits(&history), Some((2, day(3))));
    }

    #[test]
    fn guided_and_broken_off_calls_do_not_count() {
        let history =
            [taken("call-0001", None, 0, Outcome::Missed), taken("call-0001", Some("a"), 2, Outcome::DoesNotCount)];
        assert_eq!(waits(&history), Some((2, day(2))));
        assert_eq!(waits(&history[1..]), None);
        let of = |mode, ending| Outcome::of(mode, ending, Verdict::UnderTriage, true);
        assert_eq!(of(Mode::Guided, Some(Ending::Closed)), Outcome::DoesNotCount);
        assert_eq!(of(Mode::Coach, Some(Ending::Early)), Outcome::DoesNotCount);
        assert_eq!(of(Mode::Coach, None), Outcome::DoesNotCount);
        assert_eq!(of(Mode::Exam, Some(Ending::TimeUp)), Outcome::Missed);
        let closed = |verdict, missed| Outcome::of(Mode::Coach, Some(Ending::Closed), verdict, missed);
        assert_eq!(closed(Verdict::Right, false), Outcome::Well);
        assert_eq!(closed(Verdict::Right, true), Outcome::Missed);
        assert_eq!(closed(Verdict::RightNotAssured, false), Outcome::Missed);
    }

    #[test]
    fn it_comes_back_as_what_was_met_longest_ago() {
        let mut history = vec![taken("call-0001", Some("a"), 0, Outcome::Missed)];
        let next = |history: &[Taken]| next_variant(history, &offered()[0]);
        assert_eq!(next(&[]), None);
        assert_eq!(next(&history), None);
        history.push(taken("call-0001", None, 2, Outcome::Missed));
        assert_eq!(next(&history).as_deref(), Some("b"));
        history.push(taken("call-0001", Some("b"), 4, Outcome::DoesNotCount));
        assert_eq!(next(&history).as_deref(), Some("a"));
        // A call without variants comes back as it is.
        assert_eq!(next_variant(&[taken("call-0003", None, 0, Outcome::Missed)], &offered()[2]), None);
    }

    #[test]
    fn the_coming_weeks_count_what_follows_too() {
        let history = [taken("call-0001", None, 0, Outcome::Missed), taken("call-0002", None, 3, Outcome::Missed)];
        let counts = round(&schedule(&history, &offered()), day(3), 22);
        let busy: Vec<_> = (0..).zip(&counts).filter(|(_, n)| **n > 0).map(|(at, n)| (at, *n)).collect();
        // The first is a day late; both go on a week after they are taken.
        assert_eq!(busy, [(0, 1), (2, 1), (7, 1), (9, 1)]);
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trouble() {
        let mut last = taken("call-0001", None, 0, Outcome::Missed);
        last.on = Date::MAX;
        assert_eq!(waits(std::slice::from_ref(&last)), Some((2, Date::MAX)));
        assert_eq!(round(&schedule(&[last], &offered()), Date::MIN, 3), [0, 0, 0]);
    }

    fn any_taken() -> impl Strategy<Value = Taken> {
        let call = prop::sample::select(vec!["call-0001", "call-0002", "call-0003", "call-0009"]);
        let variant = prop::option::of(prop::sample::select(vec!["a", "b", "gone"]));
        let outcome = prop::sample::select(vec![Outcome::Well, Outcome::Missed, Outcome::DoesNotCount]);
        (call, variant, 0_u16..60, outcome).prop_map(|(call, variant, n, outcome)| taken(call, variant, n, outcome))
    }

    proptest! {
        #[test]
        fn nothing_comes_back_unmissed_or_too_soon(history in prop::collection::vec(any_taken(), 0..40)) {
            for due in schedule(&history, &offered()) {
                let own = || history.iter().filter(|taken| taken.call == due.call);
                let counted = || own().filter(|taken| taken.outcome != Outcome::DoesNotCount);
                prop_assert!(own().any(|taken| taken.outcome == Outcome::Missed));
                prop_assert_eq!(counted().map(|taken| taken.on).max(), Some(due.last));
                prop_assert_eq!(days_between(due.last, due.on), i32::from(due.interval()));
            }
        }

        #[test]
        fn another_variant_than_last_met(history in prop::collection::vec(any_taken(), 0..40)) {
            for due in schedule(&history, &offered()) {
                let offer = offered().into_iter().find(|offer| offer.call == due.call);
                let variants = offer.map(|offer| offer.variants).unwrap_or_default();
                let last = history.iter().filter(|taken| taken.call == due.call).max_by_key(|taken| taken.on);
                prop_assert!(due.variant.as_ref().is_none_or(|id| variants.contains(id)));
                if let Some(last) = last && !variants.is_empty() {
                    prop_assert_ne!(&due.variant, &last.variant);
                }
            }
        }

        #[test]
        fn what_does_not_count_moves_nothing(history in prop::collection::vec(any_taken(), 0..40)) {
            let counted: Vec<_> =
                history.iter().filter(|taken| taken.outcome != Outcome::DoesNotCount).cloned().collect();
            let days = |history: &[Taken]| -> Vec<(Id, Date)> {
                schedule(history, &offered()).into_iter().map(|due| (due.call, due.on)).collect()
            };
            prop_assert_eq!(days(&history), days(&counted));
        }

        #[test]
        fn calls_do_not_disturb_each_other(history in prop::collection::vec(any_taken(), 0..40)) {
            let mut apart = Vec::new();
            for offer in offered() {
                let own: Vec<_> = history.iter().filter(|taken| taken.call == offer.call).cloned().collect();
                apart.extend(schedule(&own, &[offer]));
            }
            apart.sort_by(|a, b| (a.on, &a.call).cmp(&(b.on, &b.call)));
            prop_assert_eq!(schedule(&history, &offered()), apart);
        }

        #[test]
        fn three_good_returns_end_it(history in prop::collection::vec(any_taken(), 0..40), late in 0_u16..5) {
            let mut history = history;
            for _ in INTERVALS {
                for due in schedule(&history, &offered()) {
                    let on = day_after(due.on, late);
                    history.push(Taken { call: due.call, variant: due.variant, on, outcome: Outcome::Well });
                }
            }
            prop_assert_eq!(schedule(&history, &offered()), []);
        }

        #[test]
        fn the_round_agrees_with_what_is_due(history in prop::collection::vec(any_taken(), 0..40), n in 0_u16..80) {
            let schedule = schedule(&history, &offered());
            let counts = round(&schedule, day(n), 22);
            prop_assert_eq!(usize::from(counts[0]), due(&history, &offered(), day(n)).len());
        }
    }
}
