//! What exploration and fuzzing have found, so that it stays found.

mod common;

use common::*;
use rightcall::call::{Action, Call, TimedAction, play};
use rightcall::records::{Mode, replay};

/// `rightcall explore`, 27 November 2026: an action was recorded at a time that had passed when it was done, because
/// something refused before it had let time go by. A replay, which knows nothing of the refusal, did it earlier.
#[test]
fn what_is_done_after_a_refusal_is_recorded_when_it_was_done() {
    let script = script("throat-plain");
    let mut call = Call::new(script.clone(), "health-advisor", 0, Mode::Coach).expect("the role is known");
    let say = Action::Say { utterance: "s-greet".into(), to: None };
    // Nobody is on hold: refused, and a breath has been drawn.
    assert!(play(&mut call, [(None, &Action::Resume)]).is_err());
    let done: Vec<TimedAction> = play(&mut call, [(None, &say)]).expect("it can be said");
    let again = replay(&record(&call, done), &script).expect("it replays");
    assert_eq!(again.events(), call.events());
}
