//! Simulated people: believable, the same again, and theirs are real records.

use super::*;
use crate::call::Ending;
use crate::marking::{self, Verdict};
use crate::records::replay;

fn calls() -> Calls {
    Calls::shipped(&Standards::shipped()).expect("the shipped calls are ready")
}

#[test]
fn the_same_seed_gives_the_same_calls_and_another_seed_others() {
    let calls = calls();
    let records = |seed| cohort(&calls, 3, 4, seed).map(|taken| taken.record).collect::<Vec<_>>();
    assert_eq!(records(5), records(5));
    assert_ne!(records(5), records(6));
    assert!(records(5).iter().all(|record| is_simulated(&record.head.by)));
}

#[test]
fn their_records_replay_to_the_same_events() {
    let calls = calls();
    for taken in cohort(&calls, 4, 3, 1) {
        let again = replay(&taken.record, taken.call.script()).expect("it replays");
        assert_eq!(again.events(), taken.record.events.as_slice());
        assert!(taken.record.check().is_ok());
    }
}

#[test]
fn a_cohort_closes_its_calls_decides_mostly_right_and_errs_both_ways() {
    let calls = calls();
    let (mut all, mut early, mut verdicts) = (0, 0, std::collections::BTreeMap::new());
    for taken in cohort(&calls, 20, 8, 2) {
        all += 1;
        early += u32::from(taken.call.state().ended == Some(Ending::Early));
        *verdicts.entry(marking::mark(&taken.call, "").verdict).or_insert(0) += 1;
    }
    let of = |verdict| verdicts.get(&verdict).copied().unwrap_or(0);
    assert_eq!(all, 160);
    assert!(early < 16, "{early} of {all} were broken off: {verdicts:?}");
    let right = of(Verdict::Right) + of(Verdict::RightNotAssured);
    assert!((50..=140).contains(&right), "{verdicts:?}");
    assert!(of(Verdict::OverTriage) > 5 && of(Verdict::Unsafe) + of(Verdict::UnderTriage) > 5, "{verdicts:?}");
}
