//! What in a call shows that a condition holds, or that it does not: lines to point at, or a moment.

use super::view::View;
use crate::call::{Event, Line};
use crate::scenario::When;
use crate::standards::FieldName;

/// Lines in their order, and a moment for what is no line.
#[derive(Default)]
pub(super) struct Witness {
    pub lines: Vec<u32>,
    /// Milliseconds of call time.
    pub at: Option<u32>,
}

impl Witness {
    fn line(line: Option<u32>) -> Self {
        Self { lines: line.into_iter().collect(), at: None }
    }

    fn join(mut self, other: Self) -> Self {
        self.lines.extend(other.lines);
        self.lines.sort_unstable();
        self.lines.dedup();
        self.at = self.at.or(other.at);
        self
    }
}

/// What shows why a condition holds at the end of the call, or why not. Empty where nothing was said
/// or done that could be pointed at.
pub(super) fn of(view: &View, when: &When) -> Witness {
    let call = view.call;
    let said = |id: &str| Some(call.said(id)).filter(|said| said.times > 0).map(|said| said.first);
    match when {
        When::Told(id) | When::Holds(id) => {
            let Some(n) = call.script().fact(id) else { return Witness::default() };
            // What was asked for and did not come to light is pointed at, too.
            let asked = || call.first_asked(&view.scenario.facts[n].feature);
            Witness::line(call.light(n).map(|light| light.line).or_else(asked))
        }
        When::Said(id) => Witness::line(said(id)),
        When::SaidBefore(first, second) => Witness::line(said(first)).join(Witness::line(said(second))),
        When::Asked(feature) => Witness::line(call.first_asked(feature)),
        When::Beat(id) => {
            let Some(n) = view.scenario.beats.iter().position(|beat| beat.id == *id) else { return Witness::default() };
            let line = (0..).zip(&call.state().lines).find(|(_, line)| line.beat == Some(n)).map(|(line, _)| line);
            Witness { at: call.beat_at(n), ..Witness::line(line) }
        }
        When::Decided | When::DecidedOn(_) => {
            let at = call.state().decision.as_ref().map(|decision| decision.at);
            let lines = if at.is_some() { view.decision_line() } else { vec![] };
            Witness { lines, at }
        }
        When::All(parts) => some_of(view, parts, !call.is(when)),
        When::Any(parts) => some_of(view, parts, !call.is(when)),
        When::Not(part) => of(view, part),
        When::Mood { .. } | When::After(_) | When::Before(_) | When::Role(_) | When::Speaking(_) => Witness::default(),
    }
}

/// The parts that bring about what the whole is: those that fail where it fails.
fn some_of(view: &View, parts: &[When], failed: bool) -> Witness {
    let telling = parts.iter().filter(|part| view.call.is(part) != failed);
    telling.map(|part| of(view, part)).fold(Witness::default(), Witness::join)
}

/// When something last happened, in milliseconds of call time.
pub(super) fn last(view: &View, is: impl Fn(&Event) -> bool) -> Option<u32> {
    view.call.events().iter().rev().find(|timed| is(&timed.event)).map(|timed| timed.at)
}

/// Number of the line that was being spoken, or had last been spoken, at this moment.
pub(super) fn line_at(view: &View, at: u32) -> Option<u32> {
    (0..).zip(&view.call.state().lines).take_while(|(_, line)| line.from <= at).last().map(|(n, _)| n)
}

/// The lines that say what belongs into a field: where it was read back, or where it was asked for,
/// with the answer.
pub(super) fn field_lines(view: &View, field: FieldName) -> Vec<u32> {
    let features: &[&str] = match field {
        FieldName::Location => &["location"],
        FieldName::CallBack => &["call-back-number"],
        FieldName::CallerName => &["caller-name", "patient-name"],
        FieldName::Relation => &["caller-relationship", "caller-name"],
        FieldName::PatientName => &["patient-name", "caller-name"],
        FieldName::DateOfBirth => &["date-of-birth"],
        FieldName::GpPractice => &["gp-practice"],
    };
    let Some(asked) = features.iter().find_map(|feature| view.call.first_asked(feature)) else { return vec![] };
    std::iter::once(asked).chain(answer_to(&view.call.state().lines, asked)).collect()
}

/// Number of the line that answers this one.
fn answer_to(lines: &[Line], asked: u32) -> Option<u32> {
    let utterance = lines.get(asked as usize)?.utterance;
    (0..)
        .zip(lines)
        .skip(asked as usize + 1)
        .take(3)
        .find(|(_, line)| utterance.is_some() && line.utterance == utterance)
        .map(|(n, _)| n)
}
