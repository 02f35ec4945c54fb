//! Finding services: the directory as a person on the telephone meets it.
//!
//! Stage 1: active, in range, right for symptom group, sex and practice. Stage 2: capacity, need,
//! role, age, opening times. What is left is ranked by type, then by distance, and the list is cut
//! to a few of each type. Pure: the moment of the search is an argument.

mod born;
mod hours;
mod place;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod tests;

pub use born::{age_on, date_of_birth};
pub use hours::{OpenState, parse_date, parse_time, window};
pub use place::place_in;

use hours::Clock;
use jiff::civil::DateTime;

use crate::standards::{Capacity, Directory, Id, Place, Service, Sex};

/// What is being looked for: for whom, from where, how soon.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Civil time of the search.
    pub now: DateTime,
    /// Timeframe of the disposition in minutes; absent where it has none.
    pub minutes: Option<u32>,
    /// Id of the clinical need.
    pub need: &'a str,
    /// Id of the symptom group.
    pub symptom_group: &'a str,
    /// Whole years.
    pub age_years: u32,
    /// Not asked of a service when absent.
    pub sex: Option<Sex>,
    pub place: &'a Place,
    /// The practice as recorded; may be empty.
    pub gp_practice: &'a str,
    /// Id of the role that refers.
    pub role: &'a str,
    /// Capacity of services during this call, where it is not that of the directory.
    pub capacity: &'a [(Id, Capacity)],
}

/// One service that can be offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Index into the services of the directory.
    pub service: usize,
    /// As the crow flies, in units of 100 m.
    pub distance: u32,
    pub open: OpenState,
    /// Green or amber.
    pub capacity: Capacity,
    /// The journey in words, where it is not what the distance suggests.
    pub journey: Option<String>,
    /// Returned because nothing else was left.
    pub catch_all: bool,
}

/// What a search returns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Results {
    /// Best first.
    pub found: Vec<Found>,
    /// Nothing was left but, perhaps, the catch-all.
    pub gap: bool,
    /// Services that passed stage 1 and failed exactly one test of stage 2, as indices into the
    /// services of the directory.
    pub missed_by_one: Vec<usize>,
}

/// Rank of a type that the directory does not list: after all others.
const UNRANKED: u8 = u8::MAX;

/// How many of a type that the directory does not list are kept.
const KEPT: u8 = 2;

/// At most so many are returned when nothing else is left.
const CATCH_ALL: usize = 2;

/// Rank of the type; the patient's own practice first; promoted; square of the distance; place in the
/// directory.
type Order = (u8, bool, u8, u64, usize);

/// Searches the directory.
#[must_use]
pub fn search(directory: &Directory, query: &Query) -> Results {
    let clock = Clock::new(directory, query.now, query.minutes);
    let mut results = Results::default();
    let mut left: Vec<(Order, Found)> = Vec::new();
    for (index, service) in directory.services.iter().enumerate() {
        let Some(square) = reached(directory, service, query.place) else { continue };
        if !suits(service, query) {
            continue;
        }
        let capacity = capacity(service, query);
        let failed = [
            capacity == Capacity::Red,
            !holds(&service.meets, query.need),
            !service.roles.is_empty() && !holds(&service.roles, query.role),
            service.from_age.is_some_and(|age| query.age_years < age)
                || service.to_age.is_some_and(|age| query.age_years > age),
        ];
        let failed = failed.into_iter().filter(|failed| *failed).count();
        if failed > 1 {
            continue;
        }
        match (failed, clock.opening(service)) {
            (0, Some(open)) => {
                let rank =
                    directory.types.iter().find(|kind| kind.id == service.kind).map_or(UNRANKED, |kind| kind.rank);
                let order = (rank, !service.own_practice, service.promoted, square, index);
                left.push((order, found(service, query, index, square, open, false)));
            }
            (0, None) | (1, Some(_)) => results.missed_by_one.push(index),
            _ => {}
        }
    }
    left.sort_unstable_by_key(|(order, _)| *order);
    results.found = keep_the_first(directory, left.into_iter().map(|(_, found)| found));
    if results.found.is_empty() {
        results.gap = true;
        results.found = catch_all(directory, query, &clock);
    }
    results
}

/// Square of the distance, in units of 100 m, of an active service within the square of the range.
fn reached(directory: &Directory, service: &Service, place: &Place) -> Option<u64> {
    let east = i64::from(service.at.0).abs_diff(i64::from(place.at.0));
    let north = i64::from(service.at.1).abs_diff(i64::from(place.at.1));
    let range = u64::from(directory.range);
    (service.active && east <= range && north <= range)
        .then(|| east.saturating_mul(east).saturating_add(north.saturating_mul(north)))
}

/// Symptom group, sex and practice.
fn suits(service: &Service, query: &Query) -> bool {
    (service.takes.is_empty() || holds(&service.takes, query.symptom_group))
        && !holds(&service.refuses, query.symptom_group)
        && (service.sex.is_none() || query.sex.is_none() || service.sex == query.sex)
        && (!service.own_practice || has_practice(query.gp_practice))
        && (service.practices.is_empty() || service.practices.iter().any(|word| names(query.gp_practice, word)))
}

fn holds(ids: &[Id], id: &str) -> bool {
    ids.iter().any(|one| &**one == id)
}

/// Whether a practice was recorded, and not that there is none.
fn has_practice(recorded: &str) -> bool {
    let recorded = recorded.trim();
    let none = ["-", "?", "none", "no", "nil", "n/a", "na", "unknown", "no gp", "not registered", "unregistered"];
    !recorded.is_empty() && !none.iter().any(|none| recorded.eq_ignore_ascii_case(none))
}

/// Whether the recorded practice holds the word or words, whatever the case.
fn names(practice: &str, word: &str) -> bool {
    let word = place::plain(word, false);
    // Two spaces alone are no word.
    word.len() > 2 && place::plain(practice, false).contains(&word)
}

fn capacity(service: &Service, query: &Query) -> Capacity {
    let now = query.capacity.iter().rfind(|(id, _)| *id == service.id);
    now.map_or(service.capacity, |(_, capacity)| *capacity)
}

fn found(service: &Service, query: &Query, index: usize, square: u64, open: OpenState, catch_all: bool) -> Found {
    Found {
        service: index,
        distance: u32::try_from(square.isqrt()).unwrap_or(u32::MAX),
        open,
        capacity: capacity(service, query),
        journey: service
            .journeys
            .iter()
            .find(|journey| journey.from == query.place.id)
            .map(|journey| journey.says.clone()),
        catch_all,
    }
}

/// No more of each type than the directory says.
fn keep_the_first(directory: &Directory, ranked: impl Iterator<Item = Found>) -> Vec<Found> {
    let mut kept: Vec<(u16, u8)> = Vec::new();
    let fits = |found: &Found| {
        let Some(service) = directory.services.get(found.service) else { return false };
        let keep = directory.types.iter().find(|kind| kind.id == service.kind).map_or(KEPT, |kind| kind.keep);
        match kept.iter_mut().find(|(kind, _)| *kind == service.kind) {
            Some((_, count)) => {
                *count = count.saturating_add(1);
                *count <= keep
            }
            None => {
                kept.push((service.kind, 1));
                keep > 0
            }
        }
    };
    ranked.filter(fits).collect()
}

/// Nearest first, those that are in range, open and not full.
fn catch_all(directory: &Directory, query: &Query, clock: &Clock) -> Vec<Found> {
    let mut left: Vec<(u64, usize, Found)> = Vec::new();
    for (index, service) in directory.services.iter().enumerate() {
        if !directory.catch_all.contains(&service.id) || capacity(service, query) == Capacity::Red {
            continue;
        }
        if let (Some(square), Some(open)) = (reached(directory, service, query.place), clock.opening(service)) {
            left.push((square, index, found(service, query, index, square, open, true)));
        }
    }
    left.sort_unstable_by_key(|(square, index, _)| (*square, *index));
    left.into_iter().take(CATCH_ALL).map(|(.., found)| found).collect()
}
