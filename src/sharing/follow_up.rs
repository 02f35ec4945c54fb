//! What became of a learning point: whether it is time to look at it again, what was found, and whether the next round
//! on its call agreed better.

use super::plan::FollowUp;
use super::session::{Kept, LearningPoint, Session};
use crate::cohort::Cohort;
use crate::standards::Id;

/// A learning point as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Place of the call in its session.
    pub place: u32,
    /// Neutral name of the call.
    pub call: Id,
    pub point: LearningPoint,
    pub due: Due,
    /// Looked at again: when, what was found, whether it was kept.
    pub looked_at: Vec<(String, String, Kept)>,
    /// The next round on this call beside the one before; `None`: these are other people's calls.
    pub since: Option<FollowUp>,
}

/// Whether it is time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// No date was agreed, or it is still to come.
    Later,
    /// The date has come, and nobody has looked since.
    Now,
    /// Looked at on that date or after it.
    Done,
}

/// The learning points of a session. `today`: a civil date, `YYYY-MM-DD`. Simulated calls say nothing of a real team,
/// and real ones nothing of a simulated.
#[must_use]
pub fn points(session: &Session, cohort: Option<&Cohort>, today: &str) -> Vec<Point> {
    let cohort = cohort.filter(|cohort| cohort.is_simulated() == session.plan.simulated);
    let calls = (0..).zip(session.plan.calls.iter().zip(&session.calls));
    calls
        .filter_map(|(place, (planned, state))| {
            let point = state.agreed.clone()?;
            let dated = !point.review.is_empty();
            let seen = state.followed_up.iter().any(|(on, ..)| !dated || *on >= point.review);
            let due = match () {
                () if seen => Due::Done,
                () if dated && *point.review <= *today => Due::Now,
                () => Due::Later,
            };
            let since = cohort.map(|cohort| FollowUp::of(cohort, &planned.call, &point.on));
            let looked_at = state.followed_up.clone();
            Some(Point { place, call: planned.call.clone(), point, due, looked_at, since })
        })
        .collect()
}

/// What became of it, in words.
#[must_use]
pub fn say_kept(kept: Kept) -> &'static str {
    match kept {
        Kept::Yes => "kept",
        Kept::Partly => "kept in part",
        Kept::No => "not kept",
    }
}
