//! What people say about themselves and their calls: joins, sites, consent and its withdrawal. All annotations.

use std::collections::{BTreeMap, BTreeSet};

use crate::records::{Annotation, AnnotationKind};

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

/// Whose calls may not be shown any longer. Consent comes with an export; only its withdrawal takes calls out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withdrawn {
    people: BTreeSet<String>,
    records: BTreeSet<String>,
    /// Calls that were shown again after all of a person's had been withdrawn.
    given: BTreeSet<String>,
}

impl Withdrawn {
    /// The last word of each person on each call, and on all of theirs.
    #[must_use]
    pub fn of(annotations: &[Annotation], joins: &Joins) -> Self {
        let mut order: Vec<&Annotation> = annotations.iter().collect();
        order.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
        let mut found = Self::default();
        for annotation in order {
            let AnnotationKind::Consent { given, .. } = &annotation.kind else { continue };
            let person = joins.person(&annotation.by);
            match (annotation.record(), given) {
                (Some(record), true) => {
                    found.records.remove(record);
                    found.given.insert(record.to_owned());
                }
                (Some(record), false) => {
                    found.given.remove(record);
                    found.records.insert(record.to_owned());
                }
                (None, true) => {
                    found.people.remove(person);
                }
                (None, false) => {
                    found.people.insert(person.to_owned());
                }
            }
        }
        found
    }

    /// Whether this call of this person may not be shown.
    #[must_use]
    pub fn covers(&self, person: &str, record: &str) -> bool {
        self.records.contains(record) || (self.people.contains(person) && !self.given.contains(record))
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
