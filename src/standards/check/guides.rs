//! Guides: every question is in the bank, every path ends, the most urgent comes first.

use std::collections::BTreeSet;

use super::super::findings::Findings;
use super::super::model::{Guide, Kind, Next, Step};
use super::{each, header};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

pub(super) fn guides(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.guides;
    header(findings, &file.header, root);
    findings.disposition(&file.not_sure_to, &root.field("not_sure_to"));
    if file.not_sure_limit == 0 {
        let hint = "it is the number of “not sure” that lead to a clinician";
        findings.error(codes::OUT_OF_RANGE, &root.field("not_sure_limit"), "`not_sure_limit` is at least 1", hint);
    }
    let list = root.field("guides");
    findings.unique("guide", each(&file.guides, &list).map(|(guide, at)| (&*guide.id, at.field("id"))));
    let opening = root.field("opening");
    steps(findings, &file.opening, &opening);
    in_order(findings, &file.opening, None, &opening);
    for (guide, at) in each(&file.guides, &list) {
        findings.disposition(&guide.otherwise, &at.field("otherwise"));
        let own = at.field("steps");
        steps(findings, &guide.steps, &own);
        let all = each(&file.opening, &opening).chain(each(&guide.steps, &own));
        findings.unique("guide question", all.map(|(step, at)| (&*step.question, at.field("question"))));
        if guide.from_age.zip(guide.to_age).is_some_and(|(from, to)| to < from) {
            findings.error(codes::OUT_OF_RANGE, &at.field("to_age"), "the oldest age lies below the youngest", "");
        }
        circle(findings, guide, &at);
        findings.filled(&guide.title, "the title", &at.field("title"));
        findings.filled(&guide.limits, "for whom the guide is", &at.field("limits"));
        if guide.steps.is_empty() {
            let message = format!("the guide `{}` asks nothing", guide.id);
            findings.error(codes::GUIDE_STEP, &own, message, "add a step, most urgent first");
        }
        if findings.standards.disposition(&guide.otherwise).is_some_and(|d| d.registered_only) {
            only_registered(findings, &guide.otherwise, &at.field("otherwise"));
        }
        in_order(findings, &guide.steps, Some(&guide.otherwise), &own);
        decides_there(findings, guide, &own);
    }
}

/// The rung to which an answer leads.
fn rung(findings: &Findings<'_>, next: &Next) -> Option<u32> {
    match next {
        Next::Yield(code) => findings.standards.rung_of(code),
        Next::Continue | Next::GoTo(_) => None,
    }
}

/// The most urgent first: whoever works through a guide comes to what cannot wait before what can.
fn in_order(findings: &mut Findings<'_>, steps: &[Step], otherwise: Option<&str>, list: &Cursor<'_>) {
    let standards = findings.standards;
    let mut last: Option<(u32, &Step)> = None;
    for (step, at) in each(steps, list) {
        let Some(here) = rung(findings, &step.yes) else { continue };
        match last {
            Some((before, earlier)) if here < before => {
                let message =
                    format!("`{}` is more urgent than `{}`, which is asked before it", step.question, earlier.question);
                let hint = "put the step that leads to the more urgent outcome first";
                findings.error(codes::GUIDE_ORDER, &at.field("question"), message, hint);
            }
            _ => last = Some((here, step)),
        }
    }
    let end = otherwise.and_then(|code| standards.rung_of(code));
    if let (Some(end), Some((before, step))) = (end, last)
        && end < before
    {
        let message =
            format!("with no to everything the guide comes to something more urgent than `{}` does", step.question);
        let at = list.index(steps.len().saturating_sub(1)).field("yes");
        findings.error(codes::GUIDE_ORDER, &at, message, "let `otherwise` be the least urgent outcome of the guide");
    }
    for (n, (step, at)) in each(steps, list).enumerate() {
        let Some(unsure) = rung(findings, &step.not_sure) else { continue };
        let later = steps[n + 1..].iter().filter_map(|step| rung(findings, &step.yes)).min();
        // One rung, such as one category of ambulance, is no difference here.
        if later.is_some_and(|later| unsure > later.saturating_add(1)) {
            let message = format!("not sure of `{}` leads to less than a later yes could have led to", step.question);
            let hint = "let it go on, or lead to something at least as urgent";
            findings.error(codes::GUIDE_ORDER, &at.field("not_sure"), message, hint);
        }
    }
}

/// What has been recorded once is not asked again: a question that sends on to a guide and decides
/// there would decide nothing.
fn decides_there(findings: &mut Findings<'_>, guide: &Guide, list: &Cursor<'_>) {
    let standards = findings.standards;
    for (step, at) in each(&guide.steps, list) {
        for (next, name) in [(&step.yes, "yes"), (&step.not_sure, "not_sure")] {
            let Next::GoTo(id) = next else { continue };
            let Some(there) = standards.guide(id) else { continue };
            let decides = |other: &&Step| other.question == step.question && other.yes != Next::Continue;
            if there.steps.iter().any(|other| decides(&other)) {
                let message = format!("`{}` sends on to `{id}`, and decides there", step.question);
                let hint = "it is not asked again there, so its step is passed over: ask something else here, or there";
                findings.error(codes::DECIDES_THERE, &at.field(name), message, hint);
                break;
            }
        }
    }
}

fn only_registered(findings: &mut Findings<'_>, code: &str, at: &Cursor<'_>) {
    let message = format!("a guide leads to `{code}`, which only registered roles may decide on");
    findings.error(codes::GUIDE_STEP, at, message, "whoever works by guides could go no further: choose another");
}

fn steps(findings: &mut Findings<'_>, steps: &[Step], at: &Cursor<'_>) {
    for (step, at) in each(steps, at) {
        let or = at.field("or");
        let questions = std::iter::once((&step.question, at.field("question"))).chain(each(&step.or, &or));
        for (id, at) in questions {
            let Some(utterance) = findings.utterance(id, &at) else { continue };
            if utterance.kind != Kind::Question || !utterance.flaws.is_empty() {
                let message = format!("`{id}` is no question that a guide may rest on");
                let hint = "name a question of the bank that is not one of the poor ones";
                findings.error(codes::GUIDE_STEP, &at, message, hint);
            }
        }
        if step.or.contains(&step.question) {
            let message = format!("`{}` serves for itself", step.question);
            findings.warning(codes::GUIDE_STEP, &at.field("or"), message, "leave it out of `or`");
        }
        findings.filled(&step.yes_means, "what “yes” means", &at.field("yes_means"));
        for (next, at) in [(&step.yes, at.field("yes")), (&step.not_sure, at.field("not_sure"))] {
            match next {
                Next::Continue => {}
                Next::Yield(code) => {
                    findings.disposition(code, &at.index(0));
                    if findings.standards.disposition(code).is_some_and(|d| d.registered_only) {
                        only_registered(findings, code, &at.index(0));
                    }
                }
                Next::GoTo(guide) => findings.guide(guide, &at.index(0)),
            }
        }
    }
}

/// A guide that leads on to itself would ask for ever.
fn circle(findings: &mut Findings<'_>, guide: &Guide, at: &Cursor<'_>) {
    let standards = findings.standards;
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Guide> = vec![guide];
    while let Some(next) = open.pop() {
        for step in &next.steps {
            for next in [&step.yes, &step.not_sure] {
                let Next::GoTo(id) = next else { continue };
                if *id == guide.id {
                    let message = format!("the guide `{id}` leads back to itself");
                    findings.error(
                        codes::CIRCLE,
                        &at.field("id"),
                        message,
                        "let one of its `GoTo` yield a disposition",
                    );
                    return;
                }
                if reached.insert(id.clone()) {
                    open.extend(standards.guide(id));
                }
            }
        }
    }
}
