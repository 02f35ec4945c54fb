//! From what a store keeps to a cohort: lists, kept marks in short, annotations.

mod said;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::decisions::{Scripts, shared_decisions};
use crate::cohort::{Case, Cohort};
use crate::marking::{self, Assessment};
use crate::records::{Annotation, AnnotationKind, Assessed, Head, Kept, Mode, Record, Summary};
use crate::simulation::{self, Calls};
use crate::standards::{Names, Standards};

/// A cohort, and what is still missing from it.
#[derive(Debug, Clone)]
pub struct Opened {
    pub cohort: Cohort,
    /// Ids of finished calls without a kept mark of today's rules, newest first: to be marked in the background, after
    /// which the cohort is opened anew.
    pub unmarked: Vec<String>,
}

/// What kept marks say in short, in their order; none where it is from before there was all that is needed.
#[must_use]
pub fn cases(marks: &[Assessed]) -> Vec<Option<Case>> {
    let mut names = Names::default();
    marks.iter().map(|mark| Case::read(&mark.summary, &mut names)).collect()
}

/// Puts together what a store answers to `List`, `Assessments { rules }` and `Annotations { of: None }`. `cases`: what
/// [`cases()`] made of the marks.
#[must_use]
pub fn open(
    calls: Vec<Summary>,
    marks: &[Assessed],
    mut cases: Vec<Option<Case>>,
    annotations: &[Annotation],
    scripts: &Scripts,
    standards: &Arc<Standards>,
) -> Opened {
    let mut by_record: Vec<(u64, usize)> =
        marks.iter().enumerate().map(|(place, mark)| (beginning(&mark.key.record), place)).collect();
    by_record.sort_unstable();
    // Marked under the text that the call was taken with, and no other.
    let mark_of = |head: &Head| {
        let wanted = beginning(&head.id);
        let from = by_record.partition_point(|(beginning, _)| *beginning < wanted);
        let alike = by_record[from..].iter().take_while(|(beginning, _)| *beginning == wanted);
        alike.map(|(_, place)| *place).find(|&place| {
            let key = &marks[place].key;
            key.record == head.id && key.scenario == head.scenario && key.standards == head.standards
        })
    };
    let mut unmarked = Vec::new();
    let mut ready = Vec::with_capacity(calls.len());
    for call in calls.into_iter().filter(|call| call.finished && call.head.mode != Mode::Guided) {
        let head = &call.head;
        match mark_of(head).and_then(|place| cases.get_mut(place)?.take()) {
            Some(case) => ready.push((call, case)),
            None => unmarked.push((call.head.taken.clone(), call.head.id.clone())),
        }
    }
    unmarked.sort_by(|a, b| b.cmp(a));
    let decided = annotations.iter().filter_map(|one| match &one.kind {
        AnnotationKind::Decided(shared) => Some(&*shared.record),
        _ => None,
    });
    let decided: BTreeSet<&str> = decided.collect();
    let ids = ready.iter().map(|(call, _)| &*call.head.id);
    let whole: BTreeSet<&str> = ids.filter(|id| decided.contains(id)).collect();
    let alone = shared_decisions(annotations, &whole, scripts);
    ready.extend(alone);
    Opened {
        cohort: Cohort::new(ready, annotations, standards),
        unmarked: unmarked.into_iter().map(|(_, id)| id).collect(),
    }
}

/// The first eight bytes of an id: what is looked up by it lies together in memory.
fn beginning(id: &str) -> u64 {
    id.bytes().take(8).fold(0, |number, byte| number << 8 | u64::from(byte))
}

/// A simulated team, to explore with: nothing of it is kept, and everything in it says that nobody real is meant.
#[derive(Debug, Clone)]
pub struct SimulatedTeam {
    pub cohort: Cohort,
    /// The calls, by id, for their replay.
    pub records: BTreeMap<String, Record>,
    /// Marks that simulated people contest, and those that simulated trainers give.
    pub said: Vec<Annotation>,
    /// Every call of which something is said, with its mark.
    pub spoken_of: Vec<(Summary, Assessment)>,
}

impl SimulatedTeam {
    /// So many people with so many calls each, through the real engine: some 20,000 calls a second in a release build.
    #[must_use]
    pub fn new(calls: &Calls, people: u32, each: u32, seed: u64, standards: &Arc<Standards>) -> Self {
        let (mut ready, mut records, mut marked) = (Vec::new(), BTreeMap::new(), Vec::new());
        for taken in simulation::cohort(calls, people, each, seed) {
            let mark = marking::mark(&taken.call, &taken.record.head.id);
            let case = Case::of(&taken.record, &mark, standards);
            let kept = Kept { record: taken.record, finished: true };
            ready.push((Summary::of(&kept), case));
            marked.push((Summary::of(&kept), mark));
            records.insert(kept.record.head.id.clone(), kept.record);
        }
        let said = said::said(&marked, seed);
        let records_of: BTreeSet<&str> = said.iter().filter_map(Annotation::record).collect();
        marked.retain(|(call, _)| records_of.contains(&*call.head.id));
        Self { cohort: Cohort::new(ready, &said, standards), records, said, spoken_of: marked }
    }
}

/// Numbers of the items of a cohort that somebody took for a call set, by the annotations that say so.
#[must_use]
pub fn items_of_set(cohort: &Cohort, annotations: &[Annotation], set: &str) -> BTreeSet<usize> {
    let records: BTreeSet<&str> = annotations
        .iter()
        .filter_map(|one| match &one.kind {
            AnnotationKind::InSet { set: of, .. } if of == set => one.record(),
            AnnotationKind::Decided(decided) if decided.set.as_deref() == Some(set) => Some(&*decided.record),
            _ => None,
        })
        .collect();
    cohort.taken.iter().filter(|taken| records.contains(&*taken.record)).map(|taken| taken.item).collect()
}

/// The call sets that are named in annotations: hash and name.
#[must_use]
pub fn sets(annotations: &[Annotation]) -> BTreeMap<String, String> {
    let named = annotations.iter().filter_map(|one| match &one.kind {
        AnnotationKind::InSet { set, name } => Some((set.clone(), name.clone())),
        _ => None,
    });
    named.collect()
}
