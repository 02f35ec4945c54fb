//! What a simulated person makes of a call: urgent or not, and on which outcome they settle.

use super::Calls;
use super::person::{Person, normal, share};
use crate::call::{Confidence, Script, Stream};
use crate::marking::model_outcomes;
use crate::scenario::Difficulty;
use crate::standards::{Id, Standards};

/// What they make of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judgement {
    pub intent: Intent,
    /// The outcome that somebody would choose who may choose freely.
    pub code: Id,
    pub confidence: Confidence,
    /// It looks urgent to them, whatever a guide then makes of it.
    pub looks_urgent: bool,
}

/// How what they see stands to what is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Intent {
    Right,
    /// Urgent, and they do not see it.
    Under,
    /// Not urgent, and they think it is.
    Over,
}

/// Perceives the call as signal detection has it: ±d′ ÷ 2 and noise, against the threshold.
pub(super) fn judge(calls: &Calls, script: &Script, person: &Person, stream: &mut Stream) -> Judgement {
    let standards: &Standards = &script.standards;
    let (best, acceptable) = model_outcomes(script, &person.role);
    let rung = standards.rung_of(best).unwrap_or(0);
    let urgent = rung <= calls.boundary;
    let ease = match script.scenario.difficulty {
        Difficulty::Starter => 1.15,
        Difficulty::Standard => 1.0,
        Difficulty::Stretch => 0.85,
    };
    let sign = if urgent { 0.5 } else { -0.5 };
    let seen = sign * person.discrimination * ease + normal(stream) - person.threshold;
    let confidence = match seen.abs() * person.boldness {
        far if far > 1.6 => Confidence::Certain,
        far if far > 0.8 => Confidence::Fairly,
        far if far > 0.3 => Confidence::Leaning,
        _ => Confidence::Guess,
    };
    let intent = match (urgent, seen > 0.0) {
        (true, false) => Intent::Under,
        (false, true) => Intent::Over,
        _ => Intent::Right,
    };
    let mut near = |under: bool| {
        // The nearest on the wrong side mostly, further ones more and more seldom.
        let wrong = |rung: u32| (rung > calls.boundary) == under;
        let allowed = |code: &Id| standards.disposition(code).is_some_and(|d| person.registered || !d.registered_only);
        let mut side: Vec<&Id> =
            calls.outcomes.iter().filter(|(rung, code)| wrong(*rung) && allowed(code)).map(|(_, code)| code).collect();
        if !under {
            side.reverse();
        }
        let mut n = 0;
        while n + 1 < side.len() && share(stream) < 0.45 {
            n += 1;
        }
        side.get(n).map_or_else(|| best.clone(), |code| (*code).clone())
    };
    let code = match intent {
        Intent::Under => near(true),
        Intent::Over => near(false),
        Intent::Right => right(calls, standards, best, acceptable, stream),
    };
    Judgement { intent, code, confidence, looks_urgent: seen > 0.0 }
}

/// Mostly the best, sometimes another acceptable one, seldom a step beside on the same side of the line.
fn right(calls: &Calls, standards: &Standards, best: &Id, acceptable: &[Id], stream: &mut Stream) -> Id {
    let drawn = share(stream);
    let pick = stream.draw(u32::try_from(acceptable.len()).unwrap_or(0)) as usize;
    if drawn < 0.7 {
        return best.clone();
    }
    if drawn < 0.88
        && let Some(other) = acceptable.get(pick)
    {
        return other.clone();
    }
    let rung = standards.rung_of(best).unwrap_or(0);
    let beside = calls
        .outcomes
        .iter()
        .filter(|(other, _)| other.abs_diff(rung) == 1 && (*other <= calls.boundary) == (rung <= calls.boundary));
    let beside: Vec<&Id> = beside.map(|(_, code)| code).collect();
    let place = stream.draw(u32::try_from(beside.len()).unwrap_or(0)) as usize;
    beside.get(place).map_or_else(|| best.clone(), |code| (*code).clone())
}
