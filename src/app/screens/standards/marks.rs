//! How a call is marked, in words.

use super::guides::outcome;
use super::outcomes::name_of;
use super::section;
use crate::app::screens::reading::{Entry, Group, Section};
use crate::app::theme::icons;
use crate::standards::{MarkingRules, Standards};

pub fn marking(standards: &Standards) -> Section {
    let rules = &standards.marking;
    let groups = vec![
        Group::new("Six parts and their points", parts(standards)),
        Group::new("Caps and thresholds", thresholds(standards)),
        Group::new("How the simulator behaves", behaviour(rules)),
    ];
    section(icons::SEAL_CHECK, "Marking", &rules.header, groups)
}

fn points(n: u32) -> String {
    format!("{n} point{}", if n == 1 { "" } else { "s" })
}

/// "1 step too late: 8 points", for every step that the table names.
fn steps(table: &[u32], how: &str) -> Vec<String> {
    let last = table.len().saturating_sub(1);
    let line = |(n, earned): (usize, &u32)| {
        let more = if n == last { " or more" } else { "" };
        format!("{n} step{}{more} too {how}: {}", if n == 1 { "" } else { "s" }, points(*earned))
    };
    table.iter().enumerate().skip(1).map(line).collect()
}

fn parts(standards: &Standards) -> Vec<Entry> {
    let rules = &standards.marking;
    let w = &rules.weights;
    let in_range = rules.under.first().copied().unwrap_or(0);
    let mut urgency = vec![format!("in the acceptable range: {}", points(in_range))];
    urgency.extend(steps(&rules.under, "late"));
    urgency.extend(steps(&rules.over, "soon"));
    let line = |words: &str, n: u32| format!("{words}: {}", points(n));
    vec![
        Entry::new("mark triage", "Triage")
            .text("Urgency is counted in steps of the ladder from the nearest edge of the acceptable range. Too late costs more than too soon, and neither is free.")
            .list("Urgency", urgency)
            .list("Besides", [
                line("the best of the acceptable outcomes", w.best),
                line("the care setting", w.setting),
                line("with a guide, the one that fits", w.guide_chosen),
                line("with a guide, answers recorded as they were said", w.recorded_as_said),
                line("with a guide, worked through to its end", w.full_path),
                line("on the ladder, a reason from what was found", w.reason_given),
            ]),
        Entry::new("mark referral", "Onward referral").list("", [
            line("the best service", w.service),
            line("another acceptable service", w.service_acceptable),
            line("fitting reasons for what was passed over", w.reject_reasons),
        ]),
        Entry::new("mark assessment", "Assessment").list("", [
            line("each key fact that came to light", w.key_fact),
            line("a key fact that came to light and was not acted on", w.key_fact_ignored),
            line("threats to life excluded before the story is narrowed down", w.exclude_first),
        ]),
        Entry::new("mark safety", "Safety").list("", [
            line("location and call-back number before anything else", w.identity_first),
            line("each detail asked for", w.asked),
            line("each detail read back", w.read_back),
            line("each piece of advice on when to ring again", w.worsening_advice),
            line("each piece of advice on what to do now", w.interim_advice),
            line("ticks that are true", w.true_ticks),
            line("within the scope of the role", w.scope),
            line("a clinician brought in neither late nor needlessly", w.escalation),
        ]),
        Entry::new("mark communication", "Communication")
            .list("", [
                line("each cue that is picked up", w.cue),
                line("empathy where it is called for", w.empathy),
                line("plain language", w.plain_language),
                line("fair questions", w.fair_questions),
                line("call control", w.call_control),
            ])
            .text(format!(
                "A cue counts as picked up within the next {} of your own lines. One empathic line in {} is natural. Call control allows {} % of the model call's questions, and {} more.",
                rules.cue_within, rules.empathy_one_in, rules.questions_percent, rules.questions_spare
            )),
        Entry::new("mark record", "Record and handover").list("", [
            line("each field that says what the caller said", w.field),
            line("each fact that the notes mention", w.noted_fact),
            line("each fact that the handover mentions", w.handover),
        ]),
        Entry::new("mark slip", "Slips").text(format!("Each slip within a criterion takes {} off it.", points(w.slip))),
    ]
}

fn thresholds(standards: &Standards) -> Vec<Entry> {
    let rules = &standards.marking;
    let features = rules
        .exclude_first
        .iter()
        .map(|list| list.iter().map(|id| name_of(&standards.topics.features, id)).collect::<Vec<_>>().join(" or "));
    vec![
        Entry::new("mark caps", "Safety cap")
            .text(format!(
                "An unsafe outcome keeps at most {} % of the points, however well the rest went. Nothing else is capped.",
                rules.cap_percent
            ))
            .list("A cap is set by", [
                "a missed emergency",
                "an outcome that is not safe for this patient",
                "advice that is not safe here",
                "advice on a prescribed dose from a role that may not give it",
                "no word on when to ring again, and how",
            ]),
        Entry::new("mark emergency", "What counts as an emergency")
            .text(format!("{}, and everything more urgent.", outcome(standards, &rules.emergency))),
        Entry::new("mark assured", "Right, not assured")
            .text("A right outcome reached without asking what mattered is marked as right, not assured. It is not capped."),
        Entry::new("mark levels", "Competences")
            .list("", [
                format!("secure from {} % of the points", rules.secure_percent),
                format!("building from {} %", rules.building_percent),
            ])
            .text("The thresholds are the service's own. None is a national pass mark."),
        Entry::new("mark first", "To be excluded first")
            .text("Before the story is narrowed down, one question about each:")
            .list("", features),
    ]
}

fn behaviour(rules: &MarkingRules) -> Vec<Entry> {
    let (shortest, longest) = rules.clinician.wait_seconds;
    let validation = if rules.validation.on { "on" } else { "off" };
    let seconds = |ms: u32| format!("{}.{:02} s", ms / 1000, ms % 1000 / 10);
    vec![
        Entry::new("mark matcher", "Words of your own").text(format!(
            "What you type is taken for a line of the bank from {} of 1,000 on, if it leads the next by {}. Otherwise the nearest three are offered. Matcher version {}.",
            rules.matcher.threshold, rules.matcher.margin, rules.matcher.version
        )),
        Entry::new("mark clinician", "Reaching a clinician").text(format!(
            "The queue takes {shortest} to {longest} seconds. {} of 1,000 transfers fail at the first try.",
            rules.clinician.transfer_fails
        )),
        Entry::new("mark validation", "Checks by a clinician").text(format!(
            "Before an emergency department or a Category 3 or 4 ambulance is arranged by a non-registered role: {validation}."
        )),
        Entry::new("mark timing", "Speed of speech").text(format!(
            "A caller takes {} a word, you take {}. Settings can slow the clock or speed it up; marks stay the same.",
            seconds(rules.timing.caller_per_word),
            seconds(rules.timing.trainee_per_word)
        )),
    ]
}
