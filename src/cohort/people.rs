//! What people say about themselves and their calls: joins, sites, consent and its withdrawal. All annotations.

use std::collections::{BTreeMap, BTreeSet};

use crate::records::{Annotation, AnnotationKind, Shared};

/// Which pseudonyms are one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joins(BTreeMap<String, String>);

impl Joins {
    /// Joins in any order, also over several steps; the name that comes first in the alphabet stands for all.
    #[must_use]
    pub fn of(annotations: &[Annotation]) -> Self {
        let mut joins = Self::default();
        for annotation in annotations {
            if let AnnotationKind::Join { with } = &annotation.kind {
                let (a, b) = (joins.root(&annotation.by).to_owned(), joins.root(with).to_owned());
                let (first, other) = if a <= b { (a, b) } else { (b, a) };
                if first != other {
                    joins.0.insert(other, first);
                }
            }
        }
        let names: Vec<String> = joins.0.keys().cloned().collect();
        for name in names {
            let root = joins.root(&name).to_owned();
            joins.0.insert(name, root);
        }
        joins
    }

    fn root<'a>(&'a self, name: &'a str) -> &'a str {
        let mut at = name;
        while let Some(next) = self.0.get(at) {
            at = next;
        }
        at
    }

    /// The name under which this pseudonym counts.
    #[must_use]
    pub fn person<'a>(&'a self, by: &'a str) -> &'a str {
        self.0.get(by).map_or(by, String::as_str)
    }
}

/// What each person lets others see of their calls: the last word counts, that of the owner alone.
///
/// Consent comes with an export, so where nobody said anything calls may be shown. Whoever takes back everything
/// takes back what they had given for single calls before; a single call that was taken back stays so until it is
/// given again by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consents {
    all: BTreeMap<String, Word>,
    /// By person, then record.
    single: BTreeMap<String, BTreeMap<String, Word>>,
}

/// What somebody said last, and when in the order of everything that was said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Word {
    order: usize,
    what: BTreeSet<Shared>,
}

impl Word {
    fn say(&mut self, order: usize, given: bool, what: &[Shared]) {
        self.order = order;
        match (given, what) {
            (true, []) => self.what = BTreeSet::from([Shared::Calls]),
            (true, what) => self.what = what.iter().copied().collect(),
            (false, []) => self.what.clear(),
            (false, what) => self.what.retain(|kind| !what.contains(kind)),
        }
        if self.what.contains(&Shared::Calls) {
            self.what.insert(Shared::Decisions);
        }
    }
}

impl Consents {
    /// The last word of each person on each call, and on all of theirs.
    #[must_use]
    pub fn of(annotations: &[Annotation], joins: &Joins) -> Self {
        let mut words: Vec<&Annotation> = annotations.iter().collect();
        words.retain(|annotation| matches!(annotation.kind, AnnotationKind::Consent { .. }));
        words.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
        let mut found = Self::default();
        for (order, annotation) in words.into_iter().enumerate() {
            let AnnotationKind::Consent { given, what, .. } = &annotation.kind else { continue };
            let person = joins.person(&annotation.by).to_owned();
            // Where nothing was said before, everything was shown: part of it is taken back.
            let before = || Word { order, what: BTreeSet::from([Shared::Calls, Shared::Decisions]) };
            let word = match annotation.record() {
                Some(record) => found.single.entry(person).or_default().entry(record.to_owned()).or_insert_with(before),
                None => found.all.entry(person).or_insert_with(before),
            };
            word.say(order, *given, what);
        }
        found
    }

    /// Whether this much of this call of this person may be shown.
    #[must_use]
    pub fn shows(&self, person: &str, record: &str, what: Shared) -> bool {
        let unsaid = matches!(what, Shared::Calls | Shared::Decisions);
        self.said(person, record, what).unwrap_or(unsaid)
    }

    /// The same where somebody has said so themselves; where nobody said anything, it is not.
    #[must_use]
    pub fn has_shown(&self, person: &str, record: &str, what: Shared) -> bool {
        self.said(person, record, what).unwrap_or(false)
    }

    /// What they said last, if anything.
    fn said(&self, person: &str, record: &str, what: Shared) -> Option<bool> {
        let single = self.single.get(person).and_then(|records| records.get(record));
        let word = match (single, self.all.get(person)) {
            (Some(single), Some(all)) if all.what.is_empty() && all.order > single.order => all,
            (Some(single), _) => single,
            (None, Some(all)) => all,
            (None, None) => return None,
        };
        Some(word.what.contains(&what))
    }
}

/// The site that each person named last.
pub(super) fn sites(annotations: &[Annotation], joins: &Joins) -> BTreeMap<String, String> {
    let mut order: Vec<&Annotation> = annotations.iter().collect();
    order.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
    let named = order.into_iter().filter_map(|annotation| match &annotation.kind {
        AnnotationKind::Site(site) => Some((joins.person(&annotation.by).to_owned(), site.clone())),
        _ => None,
    });
    named.collect()
}
