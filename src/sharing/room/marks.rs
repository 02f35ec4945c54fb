//! The machine's marks of one call with those of people beside them, and what was contested.

use std::collections::{BTreeMap, BTreeSet};

use crate::cohort::{Consents, Joins};
use crate::marking::Assessment;
use crate::records::{Annotation, AnnotationKind, AssessmentKey, Shared, Summary, Upheld};
use crate::standards::Id;

/// A criterion with everything that was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkLine {
    /// Id of the criterion.
    pub criterion: String,
    pub text: String,
    pub why: String,
    pub points: u32,
    pub out_of: u32,
    /// Marks of people, beside the machine's and never in its place; the last of each.
    pub human: Vec<HumanMark>,
    pub contested: Vec<ContestedMark>,
}

/// What a trainer gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HumanMark {
    pub by: String,
    pub points: u32,
    /// Their words; may be empty.
    pub text: String,
}

/// Somebody who does not agree with a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestedMark {
    /// Id of the annotation: what an answer names.
    pub id: String,
    pub record: String,
    pub criterion: Id,
    pub by: String,
    pub at: String,
    pub text: String,
    /// The last answer: by whom, who is right, why. `None`: still open.
    pub answer: Option<(String, Upheld, String)>,
}

/// A contested mark with the call and the criterion it is about, as the review room lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestedLine {
    pub mark: ContestedMark,
    /// Neutral name, `call-0412`.
    pub call: Id,
    /// What the criterion asks for, and what was seen.
    pub text: String,
    pub why: String,
    /// The machine's, which stands.
    pub points: u32,
    pub out_of: u32,
}

/// Keys of the assessments that somebody said something of, of calls whose owners let others see them: what a store
/// is asked for before [`contested_lines`] and a calibration can be shown.
#[must_use]
pub fn spoken_of(annotations: &[Annotation], calls: &[Summary], rules: u32) -> Vec<AssessmentKey> {
    use AnnotationKind::{Contested, Marked};
    let spoken = annotations.iter().filter(|one| matches!(one.kind, Contested { .. } | Marked { .. }));
    let records: BTreeSet<&str> = spoken.filter_map(Annotation::record).collect();
    let joins = Joins::of(annotations);
    let consents = Consents::of(annotations, &joins);
    let shown = calls
        .iter()
        .map(|call| &call.head)
        .filter(|head| records.contains(&*head.id) && consents.shows(joins.person(&head.by), &head.id, Shared::Calls));
    let key = |head: &crate::records::Head| AssessmentKey {
        record: head.id.clone(),
        scenario: head.scenario.clone(),
        standards: head.standards.clone(),
        rules,
    };
    shown.map(key).collect()
}

/// The contested marks of these calls, those without an answer first, then by call: `marks` are what [`spoken_of`]
/// asked for. A mark of a criterion that is no longer there, or of a call that is not shown, is left out.
#[must_use]
pub fn contested_lines(annotations: &[Annotation], calls: &[Summary], marks: &[Assessment]) -> Vec<ContestedLine> {
    let names: BTreeMap<&str, &Id> = calls.iter().map(|call| (&*call.head.id, &call.head.call)).collect();
    let line = |mark: ContestedMark| {
        let of = marks.iter().find(|one| one.record == mark.record)?;
        let criterion = of.criteria.iter().find(|one| *one.id == *mark.criterion)?;
        let (text, why) = (criterion.text.clone(), criterion.why.clone());
        let (points, out_of) = (criterion.points, criterion.out_of);
        Some(ContestedLine { call: (*names.get(&*mark.record)?).clone(), text, why, points, out_of, mark })
    };
    let mut lines: Vec<ContestedLine> = contested(annotations).into_iter().filter_map(line).collect();
    // Calls before people: what was contested of one call stands together.
    lines.sort_by(|a, b| (a.mark.answer.is_some(), &a.call).cmp(&(b.mark.answer.is_some(), &b.call)));
    lines
}

/// The marks of a call, each with what people say about it. `annotations`: those of its record.
#[must_use]
pub fn mark_lines(mark: &Assessment, annotations: &[Annotation]) -> Vec<MarkLine> {
    let contested: Vec<ContestedMark> =
        contested(annotations).into_iter().filter(|one| one.record == mark.record).collect();
    let line = |criterion: &crate::marking::Criterion| MarkLine {
        criterion: criterion.id.clone(),
        text: criterion.text.clone(),
        why: criterion.why.clone(),
        points: criterion.points,
        out_of: criterion.out_of,
        human: human(mark, annotations, &criterion.id, criterion.out_of),
        contested: contested.iter().filter(|one| *one.criterion == *criterion.id).cloned().collect(),
    };
    mark.criteria.iter().map(line).collect()
}

fn human(mark: &Assessment, annotations: &[Annotation], criterion: &str, out_of: u32) -> Vec<HumanMark> {
    let mut found: Vec<&Annotation> = annotations
        .iter()
        .filter(|one| one.record() == Some(mark.record.as_str()))
        .filter(|one| matches!(&one.kind, AnnotationKind::Marked { criterion: of, .. } if **of == *criterion))
        .collect();
    // The last of each person comes first, and the others fall away.
    found.sort_by(|a, b| (&a.by, &b.at, &b.id).cmp(&(&b.by, &a.at, &a.id)));
    found.dedup_by(|a, b| a.by == b.by);
    let human = |one: &Annotation| match one.kind {
        AnnotationKind::Marked { points, .. } => {
            Some(HumanMark { by: one.by.clone(), points: points.min(out_of), text: one.text.clone() })
        }
        _ => None,
    };
    found.into_iter().filter_map(human).collect()
}

/// Every contested mark, those still open first, then by time.
#[must_use]
pub fn contested(annotations: &[Annotation]) -> Vec<ContestedMark> {
    let answer = |id: &str| {
        let mut answers: Vec<&Annotation> = annotations
            .iter()
            .filter(|one| matches!(&one.kind, AnnotationKind::Answered { contested, .. } if contested == id))
            .collect();
        answers.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
        answers.last().and_then(|one| match one.kind {
            AnnotationKind::Answered { upheld, .. } => Some((one.by.clone(), upheld, one.text.clone())),
            _ => None,
        })
    };
    let mut found: Vec<ContestedMark> = annotations
        .iter()
        .filter_map(|one| match (&one.kind, one.record()) {
            (AnnotationKind::Contested { criterion }, Some(record)) => Some(ContestedMark {
                id: one.id.clone(),
                record: record.to_owned(),
                criterion: criterion.clone(),
                by: one.by.clone(),
                at: one.at.clone(),
                text: one.text.clone(),
                answer: answer(&one.id),
            }),
            _ => None,
        })
        .collect();
    found.sort_by(|a, b| (a.answer.is_some(), &a.at, &a.id).cmp(&(b.answer.is_some(), &b.at, &b.id)));
    found
}
