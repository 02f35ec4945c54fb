//! Small directories for tests.

use super::{Query, Results, search};
use crate::standards::*;

pub(super) fn header() -> Header {
    Header { version: "1".into(), effective_from: "2026-11-01".into(), effective_until: None, note: String::new() }
}

pub(super) fn place(id: &str, known_by: &[&str]) -> Place {
    Place { id: id.into(), name: id.into(), known_by: known_by.iter().map(|word| (*word).into()).collect(), at: (0, 0) }
}

/// Type 1 ranks before type 2; two of each are kept. One place, `here`, at the origin.
pub(super) fn directory(services: Vec<Service>) -> Directory {
    let kind = |id, rank| ServiceType { id, name: String::new(), rank, keep: 2 };
    Directory {
        header: header(),
        area: "Testshire".into(),
        places: vec![place("here", &["here"])],
        types: vec![kind(1, 1), kind(2, 2), kind(3, 2)],
        symptom_groups: Vec::new(),
        public_holidays: vec!["2026-12-25".into(), "not a date".into()],
        range: 100,
        catch_all: vec!["last".into()],
        services,
    }
}

/// Always open, of type 1, meets `need`, at the origin.
pub(super) fn service(id: &str) -> Service {
    Service {
        id: id.into(),
        name: id.into(),
        kind: 1,
        about: String::new(),
        at: (0, 0),
        journeys: Vec::new(),
        hours: Hours::Always,
        holiday_hours: None,
        on_dates: Vec::new(),
        from_age: None,
        to_age: None,
        sex: None,
        practices: Vec::new(),
        own_practice: false,
        meets: vec!["need".into()],
        takes: Vec::new(),
        refuses: Vec::new(),
        roles: Vec::new(),
        capacity: Capacity::Green,
        delivery: Delivery::Go,
        notes: String::new(),
        active: true,
        promoted: 0,
    }
}

pub(super) fn weekly(spans: &[(&[Day], &str, &str)]) -> Hours {
    let span =
        |(days, from, to): &(&[Day], &str, &str)| Span { days: days.to_vec(), from: (*from).into(), to: (*to).into() };
    Hours::Weekly(spans.iter().map(span).collect())
}

/// A search from `here`, for a woman of 40, on a Tuesday at noon, within an hour; altered as wished.
pub(super) fn searched<'a>(directory: &'a Directory, alter: impl FnOnce(&mut Query<'a>)) -> Results {
    let mut query = Query {
        now: jiff::civil::date(2026, 11, 3).at(12, 0, 0, 0),
        minutes: None,
        need: "need",
        symptom_group: "group",
        age_years: 40,
        sex: Some(Sex::Female),
        place: &directory.places[0],
        gp_practice: "",
        role: "health-advisor",
        capacity: &[],
    };
    alter(&mut query);
    search(directory, &query)
}

pub(super) fn ids<'d>(directory: &'d Directory, results: &Results) -> Vec<&'d str> {
    results.found.iter().map(|found| &*directory.services[found.service].id).collect()
}
