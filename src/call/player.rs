//! Playing a call without a window: from a list of actions, at given times or each in its turn.

use serde::{Deserialize, Serialize};

use super::action::{Action, TimedAction};
use super::engine::Call;
use super::refusal::Refusal;

/// An action of an actions file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scripted {
    /// Milliseconds of call time; absent: as soon as nobody is speaking and a breath has been drawn.
    #[serde(default)]
    pub at: Option<u32>,
    #[serde(rename = "do")]
    pub action: Action,
}

/// An action that was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("action {}: {refusal}", .index + 1)]
pub struct Stopped {
    /// Place in the list, from 0.
    pub index: usize,
    pub refusal: Refusal,
}

/// Plays the actions and returns them with their times. What stands in the queue of a clinician is
/// waited for, and a transfer that fails is tried once more.
///
/// # Errors
/// [`Stopped`] at the first action that is refused; what went before has been done.
pub fn play<'a>(
    call: &mut Call,
    actions: impl IntoIterator<Item = (Option<u32>, &'a Action)>,
) -> Result<Vec<TimedAction>, Stopped> {
    let mut done = Vec::new();
    let mut actions = actions.into_iter().enumerate().peekable();
    while let Some((index, (at, action))) = actions.next() {
        // Something refused before may have let time pass: what is done then is done then, and a replay, which knows
        // nothing of the refusal, has to be told so.
        let at = at.unwrap_or_else(|| turn(call, action)).max(call.state().now);
        call.act(at, action).map_err(|refusal| Stopped { index, refusal })?;
        done.push(TimedAction { at, action: action.clone() });
        // A handover that nobody took is tried once more, as anybody would.
        let next_is_one = actions.peek().is_some_and(|(_, (_, next))| matches!(next, Action::Transfer { .. }));
        if matches!(action, Action::Transfer { .. }) && call.state().ended.is_none() && !next_is_one {
            let at = call.next_turn();
            call.act(at, action).map_err(|refusal| Stopped { index, refusal })?;
            done.push(TimedAction { at, action: action.clone() });
        }
    }
    Ok(done)
}

/// When a patient player does this.
fn turn(call: &Call, action: &Action) -> u32 {
    // Whoever asked a clinician waits for the answer before they take the caller off hold.
    if matches!(action, Action::Interrupt) {
        // In the middle of what is being said.
        let state = call.state();
        state.lines.last().map_or(state.now, |line| line.from.midpoint(line.until))
    } else if matches!(action, Action::Resume) {
        call.clinician_due()
            .map_or_else(|| call.next_turn(), |due| due.saturating_add(call.next_turn() - call.state().now))
    } else if call.state().lines.is_empty() {
        0
    } else {
        call.next_turn()
    }
}
