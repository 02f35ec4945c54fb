//! Trainer calibration: several trainers mark the same replays, and their agreement is shown as that of anybody.

use std::collections::BTreeMap;

use crate::agreement::{Bootstrap, Measures, Rating, Ratings, Scale};
use crate::marking::Assessment;
use crate::records::{Annotation, AnnotationKind};
use crate::sharing::room::{FigureLine, ordered_lines};

/// A mark as trainers give it, on one scale for all criteria whatever they are worth.
const STEPS: [&str; 3] = ["none of it", "part of it", "all of it"];

/// How alike trainers mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Pseudonyms, in the order of the columns.
    pub trainers: Vec<String>,
    pub lines: Vec<CalibrationLine>,
    /// Ordered, on [`CalibrationLine::STEPS`]; limits from resampling criteria.
    pub measures: Measures,
    /// Why it cannot be interpreted yet, in words.
    pub too_few: Option<String>,
}

/// One criterion of one call.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationLine {
    pub record: String,
    pub criterion: String,
    pub text: String,
    /// The machine's step, which is not one of the raters.
    pub machine: usize,
    /// Step of each trainer; `None`: not marked.
    pub steps: Vec<Option<usize>>,
    /// How far apart the lowest and the highest are, in steps.
    pub apart: usize,
}

impl CalibrationLine {
    /// Words for the steps.
    pub const STEPS: [&'static str; 3] = STEPS;

    /// How many trainers gave each step: numbers and no names.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for step in self.steps.iter().flatten() {
            if let Some(count) = counts.get_mut(*step) {
                *count += 1;
            }
        }
        counts
    }
}

fn step(points: u32, out_of: u32) -> usize {
    match points {
        0 => 0,
        points if points >= out_of => 2,
        _ => 1,
    }
}

impl Calibration {
    /// How alike they mark, each figure with limits or as a sentence, in the words that stand over trainees' decisions.
    #[must_use]
    pub fn figures(&self) -> Vec<FigureLine> {
        ordered_lines(self.too_few.as_deref(), &self.measures)
    }

    /// How many calls they have marked.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.lines.iter().map(|line| &*line.record).collect::<std::collections::BTreeSet<_>>().len()
    }

    /// Of the marks that trainers gave for these calls; lines on which they are furthest apart first.
    #[must_use]
    pub fn of(marks: &[Assessment], annotations: &[Annotation]) -> Self {
        let mut given: BTreeMap<(&str, &str, &str), (&str, &str, u32)> = BTreeMap::new();
        for one in annotations {
            if let (AnnotationKind::Marked { criterion, points }, Some(record)) = (&one.kind, one.record()) {
                let new = (one.at.as_str(), one.id.as_str(), *points);
                let last = given.entry((record, criterion, &one.by)).or_insert(new);
                *last = (*last).max(new);
            }
        }
        let in_question = |(record, _, _): &(&str, &str, &str)| marks.iter().any(|mark| mark.record == *record);
        let mut trainers: Vec<String> =
            given.keys().filter(|key| in_question(key)).map(|(_, _, by)| (*by).to_owned()).collect();
        trainers.sort();
        trainers.dedup();
        let mut lines = Vec::new();
        let mut ratings = Vec::new();
        for mark in marks {
            for criterion in mark.criteria.iter().filter(|criterion| criterion.out_of > 0) {
                let of = |by: &String| {
                    let key = (mark.record.as_str(), criterion.id.as_str(), by.as_str());
                    given.get(&key).map(|(_, _, points)| step(*points, criterion.out_of))
                };
                let steps: Vec<Option<usize>> = trainers.iter().map(of).collect();
                let marked = || steps.iter().flatten().copied();
                let (Some(low), Some(high)) = (marked().min(), marked().max()) else { continue };
                let item = u32::try_from(lines.len()).unwrap_or(u32::MAX);
                for (rater, step) in (0..).zip(&steps) {
                    let value = step.and_then(|step| u32::try_from(step).ok()).map(f64::from);
                    ratings.extend(value.map(|value| Rating { rater, item, value }));
                }
                lines.push(CalibrationLine {
                    record: mark.record.clone(),
                    criterion: criterion.id.clone(),
                    text: criterion.text.clone(),
                    machine: step(criterion.points, criterion.out_of),
                    steps,
                    apart: high - low,
                });
            }
        }
        let ratings = Ratings::new(ratings, Some(Scale::labels(STEPS.len())));
        lines.sort_by_key(|line| std::cmp::Reverse(line.apart));
        Self {
            trainers,
            lines,
            measures: Measures::of(&ratings, Some(Bootstrap::LEFT_OUT)),
            too_few: ratings.too_few(),
        }
    }
}
