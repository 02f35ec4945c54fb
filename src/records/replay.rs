//! A record played again.

use std::sync::Arc;

use super::record::Record;
use crate::call::{Call, RULES, Refusal, Script};

/// Why a record cannot be played again as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    #[error("the record was made with another scenario (`{wanted}`, not `{given}`)")]
    OtherScenario { wanted: String, given: String },
    #[error("the record was made with other standards (`{wanted}`, not `{given}`)")]
    OtherStandards { wanted: String, given: String },
    #[error("{0}")]
    Role(Refusal),
    #[error("action {} of the record is refused: {refusal}", .index + 1)]
    Refused { index: usize, refusal: Refusal },
    #[error("replay gives another event {} than the record holds, under the same rules", .index + 1)]
    Differs { index: usize },
}

/// Plays the actions of a record again.
///
/// Under the record's own rules the events have to come out the same. Under other rules the call is
/// what the actions come to today, and the stored events stay the witness of what was seen.
///
/// # Errors
/// A [`ReplayError`] when scenario or standards are not those of the record, or it does not replay.
pub fn replay(record: &Record, script: &Arc<Script>) -> Result<Call, ReplayError> {
    let head = &record.head;
    if *script.scenario_hash != *head.scenario {
        let (wanted, given) = (head.scenario.to_string(), script.scenario_hash.clone());
        return Err(ReplayError::OtherScenario { wanted, given });
    }
    if *script.standards.hash != *head.standards {
        let (wanted, given) = (head.standards.to_string(), script.standards.hash.clone());
        return Err(ReplayError::OtherStandards { wanted, given });
    }
    let mut call = Call::new(script.clone(), &head.role, head.seed, head.mode).map_err(ReplayError::Role)?;
    for (index, timed) in record.actions.iter().enumerate() {
        call.act(timed.at, &timed.action).map_err(|refusal| ReplayError::Refused { index, refusal })?;
    }
    call.advance(record.clock);
    if head.rules == RULES {
        let replayed = call.events();
        let same = replayed.iter().zip(&record.events).take_while(|(a, b)| a == b).count();
        if same < replayed.len().max(record.events.len()) {
            return Err(ReplayError::Differs { index: same });
        }
    }
    Ok(call)
}
