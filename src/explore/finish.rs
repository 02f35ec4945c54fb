//! The way out: from wherever a call stands, somebody can bring it to its end.

use crate::call::{Action, Call, Confidence, Recorded, Refusal, Sbar, TimedAction, play};
use crate::standards::{Decides, Id};

/// A guide has no more steps than this; the way through one must end.
const STEPS: usize = 500;

/// Ends a call as somebody would who wants to go home: off hold, decide on what can be decided, close.
/// What it does is returned.
///
/// # Errors
/// The refusal at which there is no way out.
pub fn finish(call: &mut Call) -> Result<Vec<TimedAction>, Refusal> {
    let mut done = Vec::new();
    let mut act = |call: &mut Call, action: Action| {
        let played = play(call, [(None, &action)]).map_err(|stopped| stopped.refusal)?;
        done.extend(played);
        Ok(())
    };
    // Time may run out on the way: then it is at its end as well.
    while call.state().ended.is_none() {
        let step = if call.state().held {
            act(call, Action::Resume)
        } else if call.state().decision.is_some() {
            act(call, Action::Close)
        } else {
            decide(call, &mut act)
        };
        match step {
            Ok(()) | Err(Refusal::Ended) => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(done)
}

fn decide(call: &mut Call, act: &mut impl FnMut(&mut Call, Action) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let script = call.script().clone();
    let on = |code: &Id| Action::Decide {
        disposition: code.clone(),
        reason: "nothing else is left".into(),
        confidence: Confidence::Guess,
    };
    match call.role().decides {
        Decides::OnLadder => act(call, on(&script.scenario.model.best)),
        Decides::ByGuide => {
            for _ in 0..STEPS {
                let guide = call.state().guide.as_ref();
                if let Some(code) = guide.and_then(|guide| guide.yields.clone()) {
                    return act(call, on(&code));
                }
                let next = guide.and_then(|guide| guide.next.clone());
                match (
                    next,
                    script.scenario.model.guides.first().or(script.standards.guides.guides.first().map(|g| &g.id)),
                ) {
                    (Some(question), _) => act(call, Action::Record { question, answer: Recorded::No })?,
                    (None, Some(guide)) => act(call, Action::ChooseGuide(guide.clone()))?,
                    (None, None) => return Err(Refusal::NoGuide),
                }
            }
            Err(Refusal::Undecided)
        }
        Decides::HandsOver => {
            let sbar = Sbar { situation: "for you".into(), ..Sbar::default() };
            act(call, Action::Transfer { sbar })
        }
    }
}
