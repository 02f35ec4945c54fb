//! Guides: every question is in the bank, every path ends.

use std::collections::BTreeSet;

use super::super::findings::Findings;
use super::super::model::{Guide, Next, Step};
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
    }
}

fn steps(findings: &mut Findings<'_>, steps: &[Step], at: &Cursor<'_>) {
    for (step, at) in each(steps, at) {
        findings.utterance(&step.question, &at.field("question"));
        for (id, at) in each(&step.or, &at.field("or")) {
            findings.utterance(id, &at);
        }
        findings.filled(&step.yes_means, "what “yes” means", &at.field("yes_means"));
        for (next, at) in [(&step.yes, at.field("yes")), (&step.not_sure, at.field("not_sure"))] {
            match next {
                Next::Continue => {}
                Next::Yield(code) => findings.disposition(code, &at.index(0)),
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
