//! The page of a session.

use super::{CallPack, DRAFT_LABEL, LABEL, Pack, SIMULATED_LABEL};
use crate::practice::INTERVALS;
use crate::review::html::{Html, escaped};
use crate::sharing::agenda::Step;
use crate::sharing::follow_up::say_kept;
use crate::sharing::room::{Figure, Figures};
use crate::sharing::session::{By, CallState, PlannedCall, Reveal, Session};
use crate::sharing::words::percent;

const STYLE: &str = include_str!("page.css");

/// The page: plan, what was decided, said and agreed. One file of HTML for screen and A4.
#[must_use]
pub fn page(pack: &Pack<'_>) -> String {
    let session = pack.session;
    let plan = &session.plan;
    let mut page = Html::default();
    // The name that is there unless somebody types another says it already.
    let what = "Skill-sharing session";
    let title = if plan.name.starts_with(what) { plan.name.clone() } else { format!("{what}: {}", plan.name) };
    begin(&mut page, &title);
    banner(&mut page, plan.simulated, pack.calls.iter().any(|call| call.draft));
    page.raw("<section><h2>The session</h2><dl>");
    page.pair("When", &when(session));
    page.pair("Led by", &plan.facilitator);
    page.pair("There", &format!("{} of {} invited", session.present, plan.invited));
    page.pair("Format", plan.format.name());
    page.pair("Way of talking", plan.facilitation.name());
    let minutes = |step: Step| format!("{} {} min", step.name().to_lowercase(), plan.format.minutes(step));
    let each: Vec<String> = Step::OF_A_CALL.iter().map(|step| minutes(*step)).collect();
    let agenda = format!("{}; each call: {}; {}", minutes(Step::SetUp), each.join(", "), minutes(Step::Close));
    page.pair("Minutes", &agenda);
    page.raw("</dl></section>");
    learning_points(&mut page, pack);
    for (n, (planned, state)) in plan.calls.iter().zip(&session.calls).enumerate() {
        call(&mut page, pack, n, planned, state);
    }
    if !session.take_aways.is_empty() {
        page.raw("<section><h2>What people take along</h2>");
        page.list(session.take_aways.iter().map(String::as_str));
        page.raw("</section>");
    }
    page.raw("</main></body></html>");
    page.0
}

/// As it was planned, and when it began: to the minute, which is as near as anybody wants to know.
pub(super) fn when(session: &Session) -> String {
    let begun = session.begun.as_deref().unwrap_or_default().get(..16).map(|at| at.replace('T', ", "));
    let planned = session.plan.when.trim();
    match begun {
        Some(begun) if planned.is_empty() => begun,
        Some(begun) => format!("{planned}, begun {begun} UTC"),
        None => planned.to_owned(),
    }
}

/// Head and heading of a page of ours.
pub(super) fn begin(page: &mut Html, title: &str) {
    page.raw("<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    // Even a text that got past the escaping could ask nobody for anything.
    page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    page.element("title", title);
    page.raw(&format!("<style>\n{STYLE}</style></head><body><main>"));
    page.element("h1", title);
}

pub(super) fn banner(page: &mut Html, simulated: bool, draft: bool) {
    page.raw("<div class=\"banner\">");
    if simulated {
        page.raw(&format!("<p><strong>{SIMULATED_LABEL}</strong></p>"));
    }
    if draft {
        page.paragraph(DRAFT_LABEL);
    }
    page.paragraph(LABEL);
    page.raw("</div>");
}

/// "Call 0412".
fn call_name(planned: &PlannedCall) -> String {
    planned.call.strip_prefix("call-").map_or_else(|| planned.call.to_string(), |number| format!("Call {number}"))
}

fn learning_points(page: &mut Html, pack: &Pack<'_>) {
    page.raw("<section><h2>What we agreed</h2>");
    let mut any = false;
    for (planned, state) in pack.session.plan.calls.iter().zip(&pack.session.calls) {
        let Some(point) = &state.agreed else { continue };
        any = true;
        page.raw("<div class=\"point\">");
        page.element("blockquote", &point.text);
        page.raw("<dl>");
        page.pair("From", &call_name(planned));
        page.pair("Agreed", &format!("{}, {} of {}", point.on, point.agree, point.of));
        page.pair("Kept an eye on by", &point.owner);
        page.pair("Looked at again", &point.review);
        for (on, words, kept) in &state.followed_up {
            page.pair(&format!("On {on}"), &format!("{}: {words}", say_kept(*kept)));
        }
        page.raw("</dl></div>");
    }
    if any {
        let days: Vec<String> = INTERVALS.iter().map(ToString::to_string).collect();
        page.paragraph(&format!(
            "What somebody missed in these calls comes back on their desk after {} days.",
            days.join(", ")
        ));
    } else {
        page.paragraph("Nothing was agreed.");
    }
    page.raw("</section>");
}

fn call(page: &mut Html, pack: &Pack<'_>, n: usize, planned: &PlannedCall, state: &CallState) {
    let empty = CallPack::default();
    let beside = pack.calls.get(n).unwrap_or(&empty);
    page.raw("<section class=\"call\">");
    let title = if beside.title.is_empty() { String::new() } else { format!(": {}", beside.title) };
    page.element("h2", &format!("{}{title}", call_name(planned)));
    if !beside.reasons.is_empty() {
        page.element("h3", "Why this call");
        page.list(beside.reasons.iter().map(String::as_str));
    }
    if let Some(figures) = &beside.before {
        before(page, figures);
    }
    if let Some(reveal) = Reveal::of(planned, state, pack.standards) {
        round(page, &reveal);
    }
    for (heading, list) in [("Went well", &state.well), ("Might do differently", &state.differently)] {
        if !list.is_empty() {
            page.element("h3", heading);
            page.raw("<ul>");
            for (by, text) in list {
                let who = match by {
                    By::Volunteer => "whoever spoke first",
                    By::Room => "the room",
                };
                page.raw(&format!("<li>{} <span class=\"by\">({who})</span></li>", escaped(text)));
            }
            page.raw("</ul>");
        }
    }
    if let Some(score) = state.self_score {
        page.paragraph(&format!("Their own score: {} of 5.", u8::from(score)));
    }
    if !planned.prompts.is_empty() {
        page.element("h3", "Questions for the room");
        page.list(planned.prompts.iter().map(String::as_str));
    }
    if let Some(follow_up) = &beside.follow_up {
        page.element("h3", "Since then");
        page.paragraph(&follow_up.words());
    }
    page.raw("</section>");
}

fn round(page: &mut Html, reveal: &Reveal) {
    page.element("h3", "Decided blind, on the same replay");
    page.paragraph(&format!(
        "{} {}: {} in range, {} later, {} sooner{}. Model answer: {}.",
        reveal.people,
        if reveal.people == 1 { "decision" } else { "decisions" },
        reveal.in_range,
        reveal.under,
        reveal.over,
        reveal
            .same_rung_pairs
            .map_or_else(String::new, |share| format!("; {} of pairs on the same rung", percent(share))),
        reveal.model
    ));
    let mut columns = vec!["Rung", "Decisions", "Outcomes"];
    if reveal.by_registration {
        columns.insert(2, "Of them registered");
    }
    page.table("Most urgent first; ✓ acceptable", columns);
    for rung in reveal.rungs.iter().filter(|rung| rung.dots > 0 || rung.in_range) {
        let name = format!("{}{}", if rung.in_range { "✓ " } else { "" }, rung.name);
        let dots = format!("{} {}", "●".repeat(rung.dots.min(60)), rung.dots);
        let outcomes: Vec<String> = rung.outcomes.iter().map(|(name, n)| format!("{name} ({n})")).collect();
        let (outcomes, registered) = (outcomes.join("; "), rung.registered.to_string());
        let mut cells = vec![name.as_str(), dots.as_str(), outcomes.as_str()];
        if reveal.by_registration {
            cells.insert(2, &registered);
        }
        page.row(cells);
    }
    page.end_table();
}

fn before(page: &mut Html, figures: &Figures) {
    page.element("h3", "Before the session, on their own calls");
    let caption = format!(
        "{}: {} people, {} calls, {} decisions; 95 % limits {}",
        figures.question.name(),
        figures.people,
        figures.items,
        figures.decisions,
        figures.bootstrap.words()
    );
    page.table(&caption, ["What", "Between whom", "Value", "95 % limits"]);
    for line in &figures.lines {
        let shown = |value: f64| if line.is_share { percent(value) } else { format!("{value:.2}") };
        let (value, limits) = match &line.figure {
            Figure::Known { value, limits } => {
                (shown(*value), format!("{} to {}", shown(limits.low), shown(limits.high)))
            }
            Figure::TooFew(why) | Figure::Undefined(why) => ("–".to_owned(), why.clone()),
        };
        page.row([line.name, line.about, value.as_str(), limits.as_str()]);
    }
    page.end_table();
}
