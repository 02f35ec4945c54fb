//! What has to hold whatever anybody does.

use crate::call::{Call, LONGEST, TimedAction};
use crate::marking::{self, Assessment};

/// How a play broke a rule that nobody can break by playing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Broken {
    /// Nobody could have ended the call.
    #[error("the call cannot be ended: {0}")]
    DeadEnd(String),
    /// Things go on happening without the trainee.
    #[error("{0} lines were said with nobody to answer")]
    Endless(usize),
    /// More points than there are, or a sum that is not one.
    #[error("the marks do not add up: {0}")]
    Marks(String),
    /// The same actions give other events, or other marks.
    #[error("played again, {0}")]
    Again(String),
}

/// Marks are within their bounds, and add up.
///
/// # Errors
/// [`Broken::Marks`] with what is wrong.
pub fn bounds(mark: &Assessment) -> Result<(), Broken> {
    let broken = |what: String| Err(Broken::Marks(what));
    if let Some(criterion) = mark.criteria.iter().find(|c| c.points > c.out_of) {
        return broken(format!("{} of {} for `{}`", criterion.points, criterion.out_of, criterion.id));
    }
    let sum = mark.criteria.iter().map(|c| u64::from(c.out_of)).sum::<u64>();
    if sum != u64::from(mark.out_of) {
        return broken(format!("{} are to be had, and the criteria come to {sum}", mark.out_of));
    }
    if mark.points > mark.earned || mark.earned > mark.out_of {
        return broken(format!("{} points, {} earned, of {}", mark.points, mark.earned, mark.out_of));
    }
    Ok(())
}

/// Left alone to the end of the hour, a call comes to rest: everything in it happens once.
pub(super) fn left_alone(call: &Call) -> Result<(), Broken> {
    let mut alone = call.clone();
    let before = alone.state().lines.len();
    // A beat has a sound and a line; besides, the caller may begin by themselves and a clinician answer.
    let most = 2 * alone.script().scenario.beats.len() + 4;
    alone.advance(LONGEST);
    let said = alone.state().lines.len() - before;
    if said > most || alone.state().ended.is_none() { Err(Broken::Endless(said)) } else { Ok(()) }
}

/// The same actions at the same times give the same call and the same marks.
pub(super) fn again(call: &Call, done: &[TimedAction]) -> Result<(), Broken> {
    let mut second = Call::new(call.script().clone(), &call.role().id, call.seed(), call.mode())
        .map_err(|refusal| Broken::Again(refusal.to_string()))?;
    for (n, timed) in done.iter().enumerate() {
        if let Err(refusal) = second.act(timed.at, &timed.action) {
            return Err(Broken::Again(format!("action {} is refused: {refusal}", n + 1)));
        }
    }
    second.advance(call.state().now);
    let same = second.events().iter().zip(call.events()).take_while(|(a, b)| a == b).count();
    if same < call.events().len().max(second.events().len()) {
        let what = |of: &Call| of.events().get(same).map_or("nothing".to_owned(), |timed| format!("{timed:?}"));
        return Err(Broken::Again(format!("event {} is {} instead of {}", same + 1, what(&second), what(call))));
    }
    if second.state() != call.state() {
        return Err(Broken::Again("the call stands otherwise".to_owned()));
    }
    if marking::mark(&second, "") != marking::mark(call, "") {
        return Err(Broken::Again("it is marked otherwise".to_owned()));
    }
    Ok(())
}
