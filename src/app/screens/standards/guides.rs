//! Guides: the questions in their order, what yes means, and where each answer leads.

use super::section;
use super::words::{ages, wording};
use crate::app::screens::reading::{Entry, Group, Section};
use crate::app::theme::icons;
use crate::standards::{Guide, Id, Next, Standards, Step};

pub fn guides(standards: &Standards) -> Section {
    let of = &standards.guides;
    let limit =
        format!("{} times “not sure” in one guide lead to {}.", of.not_sure_limit, outcome(standards, &of.not_sure_to));
    let how = Entry::new("guides", "How a guide is used")
        .text("Choose the guide of the main symptom, ask its questions in their order and record yes, no or not sure as you understood the caller. “Yes” is always the worrying answer.")
        .text(limit)
        .list("There is a guide for", of.guides.iter().map(|guide| guide.title.as_str()));
    let mut opening = vec![how];
    opening.extend(of.opening.iter().zip(1..).map(|(step, n)| question(standards, "opening", step, n)));
    let mut groups = vec![Group::new("Every guide begins with", opening)];
    groups.extend(of.guides.iter().map(|one| Group::new(&one.title, guide(standards, one))));
    section(icons::LIST_CHECKS, "Guides", &of.header, groups)
}

fn guide(standards: &Standards, of: &Guide) -> Vec<Entry> {
    let about = Entry::new(format!("guide {}", of.id), format!("For whom: {}", of.title.to_lowercase()))
        .text(&of.limits)
        .pair("Ages", ages(of.from_age, of.to_age))
        .small("Begins with the five questions that every guide begins with.".replace("five", &count(standards)))
        .found_by(of.terms.join(" "));
    let mut entries = vec![about];
    entries.extend(of.steps.iter().zip(1..).map(|(step, n)| question(standards, &of.id, step, n)));
    let end = Entry::new(format!("guide {} end", of.id), "When none of these applied")
        .pair("Leads to", outcome(standards, &of.otherwise));
    entries.push(end);
    entries
}

fn count(standards: &Standards) -> String {
    standards.guides.opening.len().to_string()
}

fn question(standards: &Standards, guide: &str, step: &Step, n: usize) -> Entry {
    Entry::new(format!("guide {guide} {}", step.question), format!("{n}. {}", said(standards, &step.question)))
        .pair("Yes means", &step.yes_means)
        .pair("Yes", next(standards, &step.yes))
        .pair("No", "the next question")
        .pair("Not sure", next(standards, &step.not_sure))
        .list("Served as well by", step.or.iter().map(|id| said(standards, id)))
}

/// A line of the bank as it is said about somebody else, or else to the patient.
pub fn said(standards: &Standards, id: &str) -> String {
    standards.utterance(id).map_or_else(|| id.to_owned(), |(_, line)| wording(&line.you))
}

fn next(standards: &Standards, next: &Next) -> String {
    match next {
        Next::Continue => "the next question".into(),
        Next::Yield(code) => format!("leads to {}", outcome(standards, code)),
        Next::GoTo(id) => {
            let title = standards.guide(id).map_or(&**id, |guide| guide.title.as_str());
            format!("go on with the guide “{title}”")
        }
    }
}

/// A disposition with its code.
pub fn outcome(standards: &Standards, code: &Id) -> String {
    standards.disposition(code).map_or_else(|| code.to_string(), |one| format!("{} ({code})", one.name))
}
