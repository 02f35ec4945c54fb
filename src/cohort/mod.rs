//! Many people's calls side by side: who took what, what they decided, and tables of ratings of it.
//!
//! Deciding on one's own call and deciding on a replay of the same call are different things and never pooled.
//! Groups of fewer than [`FEWEST_IN_A_GROUP`] are hidden, and groups are compared only on calls whose acceptable
//! range is the same for all of them.

mod case;
mod groups;
mod people;
mod reports;
mod tables;
#[cfg(test)]
mod tests;

pub use case::Case;
pub use groups::{Filter, Group, Split};
pub use people::{Consents, Joins};
pub use reports::{FactCount, Flag, ItemReport, PersonReport};
pub use tables::{Question, Source, Table};

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::call::Ending;
use crate::records::{Annotation, AnnotationKind, Mode, Shared, Summary};
use crate::simulation::is_simulated;
use crate::standards::{Id, Standards};

/// Smaller groups are hidden: in them everybody knows who is meant.
pub const FEWEST_IN_A_GROUP: usize = 5;

/// Somebody whose calls are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Pseudonym; of several that are one person, the first.
    pub name: String,
    /// The role in which their last call was taken.
    pub role: Id,
    pub registered: bool,
    /// Empty where nobody said.
    pub site: String,
    pub simulated: bool,
}

/// A call as it can be taken by many: scenario, version of its text, and surface.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// Neutral name, `call-0412`.
    pub call: Id,
    pub variant: Option<Id>,
    /// Hash of the scenario's text: an edited call is another call.
    pub scenario: Id,
}

/// A call that somebody took.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Number of the member.
    pub member: usize,
    /// Number of the item.
    pub item: usize,
    pub record: String,
    /// Civil date and time; may be empty.
    pub on: String,
    pub role: Id,
    /// Its owner lets others see the call itself, and not only what was decided.
    pub replay: bool,
    pub case: Case,
}

/// A decision on the replay of somebody's call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Pseudonym of who judged.
    pub by: String,
    /// Number of the record that was replayed, among those that were judged.
    pub replay: usize,
    pub disposition: Id,
}

/// Everybody's calls.
#[derive(Debug, Clone)]
pub struct Cohort {
    pub members: Vec<Member>,
    pub items: Vec<Item>,
    /// First goes, by item, then member.
    pub taken: Vec<Taken>,
    pub judged: Vec<Judged>,
    /// Calls left out, by why: seen by whoever asks why a call is not there.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// Some scenario is a draft: whatever is said of agreement says so too.
    pub draft: bool,
    standards: Arc<Standards>,
}

/// Why a call does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    Unfinished,
    /// Guided, or a judgement exercise: another thing than the call.
    OtherMode,
    /// Broken off.
    BrokenOff,
    /// Taken before by the same person.
    Again,
    /// Its owner no longer shows it.
    ConsentWithdrawn,
}

impl Cohort {
    /// Puts calls side by side. `calls`: what lists show of each, and its mark in short; joins, sites, withdrawn
    /// consents and decisions on replays are found among the annotations.
    #[must_use]
    pub fn new(calls: Vec<(Summary, Case)>, annotations: &[Annotation], standards: &Arc<Standards>) -> Self {
        let joins = Joins::of(annotations);
        let consents = Consents::of(annotations, &joins);
        let sites = people::sites(annotations, &joins);
        let mut left_out: BTreeMap<LeftOut, usize> = BTreeMap::new();
        let mut why = |reason| *left_out.entry(reason).or_insert(0) += 1;
        let mut order: Vec<(Summary, Case)> = Vec::with_capacity(calls.len());
        for (summary, case) in calls {
            let head = &summary.head;
            if !summary.finished {
                why(LeftOut::Unfinished);
            } else if matches!(head.mode, Mode::Guided | Mode::JudgementExercise) {
                why(LeftOut::OtherMode);
            } else if summary.ending == Some(Ending::Early) {
                why(LeftOut::BrokenOff);
            } else if !consents.shows(joins.person(&head.by), &head.id, Shared::Decisions) {
                why(LeftOut::ConsentWithdrawn);
            } else {
                order.push((summary, case));
            }
        }
        order.sort_by(|(a, _), (b, _)| (&a.head.taken, &a.head.id).cmp(&(&b.head.taken, &b.head.id)));
        let mut members: Vec<Member> = Vec::new();
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        let mut items: BTreeMap<Item, usize> = BTreeMap::new();
        let mut taken: Vec<Taken> = Vec::with_capacity(order.len());
        for (summary, case) in order {
            let head = summary.head;
            let name = joins.person(&head.by);
            let member = numbers.get(name).copied().unwrap_or_else(|| {
                members.push(Member {
                    name: name.to_owned(),
                    role: head.role.clone(),
                    registered: false,
                    site: sites.get(name).cloned().unwrap_or_default(),
                    simulated: is_simulated(name),
                });
                numbers.insert(name.to_owned(), members.len() - 1);
                members.len() - 1
            });
            // They are in order of time: the last role stands.
            members[member].role.clone_from(&head.role);
            members[member].registered = standards.role(&head.role).is_some_and(|role| role.registered);
            let next = items.len();
            let item = Item { call: head.call, variant: head.variant, scenario: head.scenario };
            let item = *items.entry(item).or_insert(next);
            // A decision that came alone has no actions, and no call behind it.
            let replay = summary.actions > 0 && consents.shows(&members[member].name, &head.id, Shared::Calls);
            taken.push(Taken { member, item, record: head.id, on: head.taken, role: head.role, replay, case });
        }
        // A stable sort: of several goes the first stays. The calls themselves are moved once.
        taken.sort_by_cached_key(|taken| (taken.item, taken.member));
        let before = taken.len();
        taken.dedup_by_key(|taken| (taken.item, taken.member));
        if before > taken.len() {
            left_out.insert(LeftOut::Again, before - taken.len());
        }
        let mut named: Vec<(usize, Item)> = items.into_iter().map(|(item, number)| (number, item)).collect();
        named.sort_unstable_by_key(|(number, _)| *number);
        Self {
            draft: taken.iter().any(|taken| taken.case.draft),
            members,
            items: named.into_iter().map(|(_, item)| item).collect(),
            taken,
            judged: judged(annotations, &joins),
            left_out,
            standards: standards.clone(),
        }
    }

    /// The standards by which outcomes are ordered.
    #[must_use]
    pub fn standards(&self) -> &Standards {
        &self.standards
    }

    /// Somebody in it is simulated: whatever is shown says so.
    #[must_use]
    pub fn is_simulated(&self) -> bool {
        self.members.iter().any(|member| member.simulated)
    }

    /// The calls of each member, by when they were taken.
    #[must_use]
    pub fn by_member(&self) -> Vec<Vec<&Taken>> {
        let mut by = vec![Vec::new(); self.members.len()];
        for taken in &self.taken {
            by[taken.member].push(taken);
        }
        for calls in &mut by {
            calls.sort_by(|a: &&Taken, b| (&a.on, &a.record).cmp(&(&b.on, &b.record)));
        }
        by
    }
}

/// Decisions on replays; of several by one person on one replay the last stands.
fn judged(annotations: &[Annotation], joins: &Joins) -> Vec<Judged> {
    let mut replays: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found: BTreeMap<(usize, &str), Id> = BTreeMap::new();
    let mut order: Vec<&Annotation> = annotations.iter().collect();
    order.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
    for annotation in order {
        if let (AnnotationKind::Judged { disposition }, Some(record)) = (&annotation.kind, annotation.record()) {
            let next = replays.len();
            let replay = *replays.entry(record).or_insert(next);
            found.insert((replay, joins.person(&annotation.by)), disposition.clone());
        }
    }
    let judged = |((replay, by), disposition): ((usize, &str), Id)| Judged { by: by.to_owned(), replay, disposition };
    found.into_iter().map(judged).collect()
}
