//! Everything on the page of a session, as a table for a spreadsheet.

use super::{DRAFT_LABEL, LABEL, Pack, SIMULATED_LABEL, csv_row};
use crate::sharing::follow_up::say_kept;
use crate::sharing::room::Figure;
use crate::sharing::session::{By, Reveal};

/// The table: UTF-8 with a byte order mark, so that spreadsheets read it right; columns call, part, what, value, detail.
#[must_use]
pub fn table(pack: &Pack<'_>) -> String {
    let session = pack.session;
    let plan = &session.plan;
    let mut out = String::from("\u{feff}");
    let mut row = |call: &str, part: &str, what: &str, value: &str, detail: &str| {
        out.push_str(&csv_row([call, part, what, value, detail]));
    };
    row("call", "part", "what", "value", "detail");
    row("", "session", "label", LABEL, "");
    if plan.simulated {
        row("", "session", "label", SIMULATED_LABEL, "");
    }
    if pack.calls.iter().any(|call| call.draft) {
        row("", "session", "label", DRAFT_LABEL, "");
    }
    row("", "session", "name", &plan.name, "");
    row("", "session", "when", &super::page::when(session), "");
    row("", "session", "led by", &plan.facilitator, "");
    row("", "session", "there", &session.present.to_string(), &format!("of {} invited", plan.invited));
    row("", "session", "format", plan.format.name(), plan.facilitation.name());
    for text in &session.take_aways {
        row("", "session", "taken along", text, "");
    }
    for (n, (planned, state)) in plan.calls.iter().zip(&session.calls).enumerate() {
        let call: &str = &planned.call;
        if let Some(beside) = pack.calls.get(n) {
            row(call, "call", "title", &beside.title, "");
            beside.reasons.iter().for_each(|reason| row(call, "call", "why this call", reason, ""));
            for line in beside.before.iter().flat_map(|figures| &figures.lines) {
                let (value, detail) = match &line.figure {
                    Figure::Known { value, limits } => {
                        (value.to_string(), format!("{} to {}", limits.low, limits.high))
                    }
                    Figure::TooFew(why) | Figure::Undefined(why) => (String::new(), why.clone()),
                };
                row(call, "before", line.name, &value, &detail);
            }
            if let Some(follow_up) = &beside.follow_up {
                row(call, "since then", "agreement", &follow_up.words(), "");
            }
        }
        if let Some(reveal) = Reveal::of(planned, state, pack.standards) {
            for rung in reveal.rungs.iter().filter(|rung| rung.dots > 0 || rung.in_range) {
                let outcomes: Vec<String> = rung.outcomes.iter().map(|(name, n)| format!("{name} ({n})")).collect();
                let part = if rung.in_range { "decided blind, acceptable" } else { "decided blind" };
                row(call, part, &rung.name, &rung.dots.to_string(), &outcomes.join("; "));
                if reveal.by_registration {
                    row(call, "decided blind, registered", &rung.name, &rung.registered.to_string(), "");
                }
            }
            let pairs = reveal.same_rung_pairs.map_or_else(String::new, |share| share.to_string());
            row(call, "decided blind", "pairs on the same rung", &pairs, "");
        }
        for (part, list) in [("went well", &state.well), ("might do differently", &state.differently)] {
            for (by, text) in list {
                row(call, part, if *by == By::Volunteer { "volunteer" } else { "room" }, text, "");
            }
        }
        if let Some(score) = state.self_score {
            row(call, "volunteer", "own score, 1 to 5", &u8::from(score).to_string(), "");
        }
        planned.prompts.iter().for_each(|prompt| row(call, "question for the room", "", prompt, ""));
        if let Some(point) = &state.agreed {
            row(call, "agreed", &point.on, &point.text, &format!("{} of {}", point.agree, point.of));
            row(call, "agreed", "owner", &point.owner, &format!("looked at again {}", point.review));
        }
        for (on, words, kept) in &state.followed_up {
            row(call, "followed up", on, words, say_kept(*kept));
        }
    }
    out
}
