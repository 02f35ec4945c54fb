//! A call and its assessment as text.

use std::fmt::Write as _;

use crate::call::{Call, Event, Speaker, clock};
use crate::marking::{Assessment, FactStatus, Part, ReferralStatus, Verdict};

/// Everything that was heard and done, in order.
pub(super) fn transcript(call: &Call) -> String {
    let scenario = &call.script().scenario;
    let mut out = String::new();
    let who = |by: &Speaker| match by {
        Speaker::Trainee => "You".to_owned(),
        Speaker::Caller => first_name(&scenario.caller.name),
        Speaker::Patient => first_name(&scenario.patient.name),
        Speaker::Other(name) => name.to_string(),
        Speaker::Clinician => "Clinician".to_owned(),
        Speaker::Sound => String::new(),
    };
    let mut events: Vec<_> = call.events().iter().collect();
    events.sort_by_key(|e| e.at);
    for timed in events {
        let at = clock(timed.at);
        let line = match &timed.event {
            Event::Line { by, text, .. } => format!("{:<10} {text}", who(by)),
            Event::Cut { .. } => "           [cut short]".to_owned(),
            Event::Fact { .. } | Event::Mood(_) | Event::Beat(_) | Event::ClinicianAnswered { .. } => continue,
            other => format!("           · {}", doing(other)),
        };
        let _ = writeln!(out, "{at}  {line}");
    }
    out
}

fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}

fn doing(event: &Event) -> String {
    match event {
        Event::Stage(stage) => format!("stage: {stage:?}"),
        Event::OnTheLine(person) => format!("on the line: {person:?}"),
        Event::Held => "on hold".into(),
        Event::Resumed => "off hold".into(),
        Event::LookedUp { what, found } if found.is_empty() => format!("{what:?}: nothing on file"),
        Event::LookedUp { what, found } => format!("{what:?}: {}", found.join(" / ")),
        Event::Transferred { .. } => "handed over to a clinician".into(),
        Event::TransferFailed { .. } => "no clinician was free to take the call".into(),
        Event::Field { name, text } => format!("{name:?}: {text}"),
        Event::FieldConfirmed(name) => format!("{name:?} confirmed"),
        Event::Pinned { line, slot } => format!("line {line} pinned to {slot:?}"),
        Event::Unpinned { line } => format!("line {line} unpinned"),
        Event::Note(text) => format!("notes: {text}"),
        Event::GuideChosen(id) => format!("guide: {id}"),
        Event::Recorded { question, answer, .. } => format!("{question}: {answer:?}"),
        Event::Yielded { disposition, .. } => format!("the guide yields {disposition}"),
        Event::Decided { disposition, reason, confidence, .. } => {
            format!("decided: {disposition} ({confidence:?}) {reason}")
        }
        Event::Revised => "decision taken back".into(),
        Event::Listed { services, gap } => {
            format!("directory{}: {}", if *gap { " (catch-all)" } else { "" }, services.join(", "))
        }
        Event::Offered { service, accepts } => {
            format!("offered {service}: {}", if *accepts { "agreed" } else { "declined" })
        }
        Event::Accepted(service) => format!("referred to {service}"),
        Event::Rejected { service, reason, comment } => format!("passed over {service} ({reason}) {comment}"),
        Event::Ticked(id) => format!("ticked {id}"),
        Event::Paused => "paused".into(),
        Event::Ended(how) => format!("ended: {how:?}"),
        Event::Line { .. }
        | Event::Cut { .. }
        | Event::Fact { .. }
        | Event::Mood(_)
        | Event::Beat(_)
        | Event::ClinicianAnswered { .. } => String::new(),
    }
}

/// An assessment in words.
pub(super) fn assessment(mark: &Assessment) -> String {
    let mut out = String::new();
    let verdict = match mark.verdict {
        Verdict::Right => "right",
        Verdict::RightNotAssured => "right, not assured: what mattered was not asked",
        Verdict::UnderTriage => "under-triage",
        Verdict::OverTriage => "over-triage",
        Verdict::WrongSetting => "right urgency, wrong care setting",
        Verdict::Unsafe => "unsafe",
        Verdict::NotDecided => "no decision",
    };
    let _ = writeln!(out, "{} as {}: {verdict}, {} of {} points", mark.scenario, mark.role, mark.points, mark.out_of);
    if mark.draft {
        let _ = writeln!(out, "  draft, not clinically reviewed");
    }
    let triage = &mark.triage;
    let setting = if triage.setting_ok { "right" } else { "not right" };
    let _ = match &triage.decided {
        _ if triage.transferred => writeln!(out, "  handed to a clinician; best {}", triage.best),
        None => writeln!(out, "  decided on nothing; best {}", triage.best),
        Some(code) => {
            writeln!(out, "  decided {code}, best {}, {} steps, care setting {setting}", triage.best, triage.steps)
        }
    };
    let referral = match mark.referral.status {
        ReferralStatus::Best => "the best service",
        ReferralStatus::Acceptable => "an acceptable service",
        ReferralStatus::Other => "not an acceptable service",
        ReferralStatus::Missing => "no service arranged",
        ReferralStatus::NotNeeded => "none needed",
    };
    let _ = writeln!(out, "  referral: {referral}");
    for cap in &mark.safety_caps {
        let _ = writeln!(out, "  ! safety cap ({}): {}", cap.id, cap.text);
    }
    for fact in mark.facts.iter().filter(|f| f.key) {
        let status = match fact.status {
            FactStatus::Elicited => "✓ elicited",
            FactStatus::NeverAsked => "– never asked",
            FactStatus::GivenAndIgnored => "! given and ignored",
        };
        let _ = writeln!(out, "  {status}: {}", fact.is);
    }
    for (part, name) in Part::ALL {
        let criteria: Vec<_> = mark.criteria.iter().filter(|c| c.part == part).collect();
        let (points, out_of) =
            criteria.iter().fold((0, 0), |(points, out_of), c| (points + c.points, out_of + c.out_of));
        let _ = writeln!(out, "  {name}: {points} of {out_of}");
        for lost in criteria.iter().filter(|c| c.points < c.out_of) {
            let lines: Vec<String> = lost.evidence.iter().map(u32::to_string).collect();
            let lines = match (lines.is_empty(), lost.at) {
                (false, _) => format!(" [lines {}]", lines.join(", ")),
                (true, Some(at)) => format!(" [at {}]", clock(at)),
                (true, None) => String::new(),
            };
            let _ = writeln!(
                out,
                "    {} {} of {}: {} ({}){lines}",
                lost.competence, lost.points, lost.out_of, lost.text, lost.why
            );
        }
    }
    out
}
