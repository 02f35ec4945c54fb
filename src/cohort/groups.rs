//! Splitting a cohort: by role, registration, site, before and after a date.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cohort, FEWEST_IN_A_GROUP, Taken};
use crate::standards::Id;

/// Which calls are meant; what is absent is not asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    pub role: Option<Id>,
    pub registered: Option<bool>,
    pub site: Option<String>,
    /// Taken on this date, `YYYY-MM-DD`, or later.
    pub from: Option<String>,
    /// Taken before this date.
    pub before: Option<String>,
    /// Numbers of the items.
    pub items: Option<BTreeSet<usize>>,
    /// Numbers of the members.
    pub members: Option<BTreeSet<usize>>,
}

/// By what a cohort is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    Role,
    Registration,
    Site,
    /// Before this date, `YYYY-MM-DD`, and from it on.
    Date(String),
}

/// One part of a cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub people: usize,
    /// Too few people: nothing of it is shown, not even their number exactly.
    pub hidden: bool,
    pub filter: Filter,
}

impl Filter {
    /// Whether the call is meant.
    #[must_use]
    pub fn takes(&self, cohort: &Cohort, taken: &Taken) -> bool {
        let member = &cohort.members[taken.member];
        let day = taken.on.get(..10).unwrap_or(&taken.on);
        self.role.as_ref().is_none_or(|role| *role == taken.role)
            && self.registered.is_none_or(|registered| registered == member.registered)
            && self.site.as_ref().is_none_or(|site| *site == member.site)
            // A call without a date is in no period.
            && self.from.as_deref().is_none_or(|from| !day.is_empty() && day >= from)
            && self.before.as_deref().is_none_or(|before| !day.is_empty() && day < before)
            && self.items.as_ref().is_none_or(|items| items.contains(&taken.item))
            && self.members.as_ref().is_none_or(|members| members.contains(&taken.member))
    }
}

impl Cohort {
    /// The groups of a split. All are restricted to the calls that can be compared over them.
    #[must_use]
    pub fn groups(&self, split: &Split) -> Vec<Group> {
        let items = Some(self.comparable());
        let filter = || Filter { items: items.clone(), ..Filter::default() };
        let named: Vec<(String, Filter)> = match split {
            Split::Role => {
                let roles: BTreeSet<&Id> = self.taken.iter().map(|taken| &taken.role).collect();
                let name = |id: &Id| self.standards().role(id).map_or_else(|| id.to_string(), |role| role.name.clone());
                roles.into_iter().map(|id| (name(id), Filter { role: Some(id.clone()), ..filter() })).collect()
            }
            Split::Registration => [(true, "Registered"), (false, "Not registered")]
                .map(|(registered, name)| (name.to_owned(), Filter { registered: Some(registered), ..filter() }))
                .into(),
            Split::Site => {
                let sites: BTreeSet<&str> = self.members.iter().map(|member| member.site.as_str()).collect();
                let name = |site: &str| if site.is_empty() { "No site named".to_owned() } else { site.to_owned() };
                let site = |site: &str| (name(site), Filter { site: Some(site.to_owned()), ..filter() });
                sites.into_iter().map(site).collect()
            }
            Split::Date(date) => vec![
                (format!("Before {date}"), Filter { before: Some(date.clone()), ..filter() }),
                (format!("From {date}"), Filter { from: Some(date.clone()), ..filter() }),
            ],
        };
        let group = |(name, filter): (String, Filter)| {
            let members = self.taken.iter().filter(|taken| filter.takes(self, taken)).map(|taken| taken.member);
            let people = members.collect::<BTreeSet<_>>().len();
            Group { name, people, hidden: people < FEWEST_IN_A_GROUP, filter }
        };
        named.into_iter().map(group).collect()
    }

    /// Numbers of the calls of which the acceptable range is the same for everybody who took them.
    #[must_use]
    pub fn comparable(&self) -> BTreeSet<usize> {
        let mut ranges: BTreeMap<usize, Option<(u32, u32)>> = BTreeMap::new();
        for taken in &self.taken {
            let range = ranges.entry(taken.item).or_insert(Some(taken.case.range));
            if *range != Some(taken.case.range) {
                *range = None;
            }
        }
        ranges.into_iter().filter(|(_, range)| range.is_some()).map(|(item, _)| item).collect()
    }
}
