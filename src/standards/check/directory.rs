//! The directory of services.

use std::collections::{BTreeMap, BTreeSet};

use super::super::findings::Findings;
use super::super::model::{Hours, Place, Service};
use super::{each, header, named, one_of};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

pub(super) fn directory(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let file = &findings.standards.directory;
    header(findings, &file.header, root);
    let places = root.field("places");
    findings.unique("place", each(&file.places, &places).map(|(place, at)| (&*place.id, at.field("id"))));
    let types = root.field("types");
    unique_numbers(findings, "service type", file.types.iter().map(|kind| kind.id), &types);
    for (kind, at) in each(&file.types, &types) {
        if !(1..=10).contains(&kind.rank) {
            findings.error(codes::OUT_OF_RANGE, &at.field("rank"), "a rank goes from 1 to 10", "");
        }
    }
    named(findings, "symptom group", &file.symptom_groups, &root.field("symptom_groups"));
    for (date, at) in each(&file.public_holidays, &root.field("public_holidays")) {
        findings.date(date, &at);
    }
    let catch_all = root.field("catch_all");
    if file.catch_all.is_empty() {
        findings.error(
            codes::EMPTY,
            &catch_all,
            "`catch_all` needs a service",
            "it is returned when nothing else is left",
        );
    }
    for (id, at) in each(&file.catch_all, &catch_all) {
        findings.service(id, &at);
    }
    let services = root.field("services");
    findings.unique("service", each(&file.services, &services).map(|(s, at)| (&*s.id, at.field("id"))));
    for (service, at) in each(&file.services, &services) {
        one(findings, service, &at);
        can_be_found(findings, service, &at);
    }
    for (kind, at) in each(&file.types, &types) {
        findings.filled(&kind.name, "the name", &at.field("name"));
        if kind.keep == 0 {
            let message = format!("no service of the type {} is ever listed", kind.id);
            let hint = "`keep` is how many of the type a search returns";
            findings.error(codes::NEVER_FOUND, &at.field("keep"), message, hint);
        }
    }
    for (id, at) in each(&file.catch_all, &catch_all) {
        if findings.standards.service(id).is_some_and(|service| !service.active) {
            let message = format!("`{id}` is returned when nothing else is left, and is not active");
            findings.error(codes::NEVER_FOUND, &at, message, "name one that is always there");
        }
    }
    if file.range == 0 {
        let message = "every service is out of range";
        findings.error(codes::NEVER_FOUND, &root.field("range"), message, "`range` is in units of 100 m");
    }
    place_words(findings, &file.places, &places);
}

/// A place is known by words of its own.
fn place_words(findings: &mut Findings<'_>, places: &[Place], list: &Cursor<'_>) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (place, at) in each(places, list) {
        let words = at.field("known_by");
        if place.known_by.iter().all(|word| word.trim().is_empty()) {
            let message = format!("no address names `{}`: it is known by nothing", place.id);
            findings.error(codes::PLACE_WORDS, &words, message, "add its postcode district, its name, a street");
        }
        for (word, at) in each(&place.known_by, &words) {
            if let Some(other) = known.insert(word.to_lowercase(), &place.id).filter(|other| *other != &*place.id) {
                let message = format!("`{other}` is known by “{word}” as well");
                let hint = "an address with this word is taken to be in the place that stands first";
                findings.warning(codes::PLACE_WORDS, &at, message, hint);
            }
        }
    }
}

/// Whether any search could ever list the service.
fn can_be_found(findings: &mut Findings<'_>, service: &Service, at: &Cursor<'_>) {
    let directory = &findings.standards.directory;
    let reaches = |place: &Place| {
        let apart = |a: i32, b: i32| i64::from(a).abs_diff(i64::from(b)) <= u64::from(directory.range);
        apart(service.at.0, place.at.0) && apart(service.at.1, place.at.1)
    };
    if service.meets.is_empty() {
        let message = format!("`{}` meets no need: nobody is ever sent there", service.id);
        findings.warning(codes::NEVER_FOUND, &at.field("meets"), message, "say in `meets` what it can do");
    } else if !directory.places.iter().any(reaches) {
        let message = format!("`{}` is out of range of every place", service.id);
        findings.warning(codes::NEVER_FOUND, &at.field("at"), message, "east and north, in units of 100 m");
    }
    for (group, at) in each(&service.takes, &at.field("takes")) {
        if service.refuses.contains(group) {
            let message = format!("`{}` takes `{group}` and refuses it", service.id);
            findings.error(codes::NEVER_FOUND, &at, message, "leave it out in one place");
        }
    }
    let never = |hours: &Hours| match hours {
        Hours::Never => true,
        Hours::Always => false,
        Hours::Weekly(spans) => spans.iter().all(|span| span.days.is_empty()),
    };
    if service.active && never(&service.hours) && service.on_dates.iter().all(|on| never(&on.hours)) {
        let message = format!("`{}` is never open", service.id);
        findings.warning(codes::HOURS, &at.field("hours"), message, "say when it is, or write `active: false`");
    }
    let dates = at.field("on_dates");
    let mut seen = BTreeSet::new();
    for (on, at) in each(&service.on_dates, &dates) {
        if !seen.insert(&on.date) {
            let message = format!("there are two sets of hours for {}", on.date);
            findings.error(codes::HOURS, &at.field("date"), message, "keep one");
        }
    }
    findings.filled(&service.name, "the name", &at.field("name"));
    findings.filled(&service.about, "what it is", &at.field("about"));
}

/// Nothing of one kind has the number of another of its kind.
pub(super) fn unique_numbers(
    findings: &mut Findings<'_>,
    what: &str,
    numbers: impl Iterator<Item = u16>,
    list: &Cursor<'_>,
) {
    let mut seen = BTreeSet::new();
    for (n, number) in numbers.enumerate() {
        if !seen.insert(number) {
            let message = format!("two of kind {what} have the number {number}");
            findings.error(codes::DUPLICATE_ID, &list.index(n).field("id"), message, "");
        }
    }
}

fn one(findings: &mut Findings<'_>, service: &Service, at: &Cursor<'_>) {
    let standards = findings.standards;
    if standards.service_type(service.kind).is_none() {
        let message = format!("there is no service type {}", service.kind);
        findings.error(codes::UNKNOWN_SERVICE, &at.field("kind"), message, "types are listed under `types`");
    }
    for (need, at) in each(&service.meets, &at.field("meets")) {
        one_of(findings, "clinical need", need, &standards.dispositions.needs, &at);
    }
    for (groups, name) in [(&service.takes, "takes"), (&service.refuses, "refuses")] {
        for (group, at) in each(groups, &at.field(name)) {
            findings.symptom_group(group, &at);
        }
    }
    for (role, at) in each(&service.roles, &at.field("roles")) {
        findings.role(role, &at);
    }
    for (journey, at) in each(&service.journeys, &at.field("journeys")) {
        findings.place(&journey.from, &at.field("from"));
    }
    hours(findings, &service.hours, &at.field("hours"));
    if let Some(holiday) = &service.holiday_hours {
        hours(findings, holiday, &at.field("holiday_hours"));
    }
    for (on, at) in each(&service.on_dates, &at.field("on_dates")) {
        findings.date(&on.date, &at.field("date"));
        hours(findings, &on.hours, &at.field("hours"));
    }
    if service.from_age.zip(service.to_age).is_some_and(|(from, to)| to < from) {
        findings.error(codes::OUT_OF_RANGE, &at.field("to_age"), "the oldest age lies below the youngest", "");
    }
}

fn hours(findings: &mut Findings<'_>, hours: &Hours, at: &Cursor<'_>) {
    let Hours::Weekly(spans) = hours else { return };
    let list = at.index(0);
    for (span, at) in each(spans, &list) {
        if span.days.is_empty() {
            let message = "these hours are on no day";
            findings.error(codes::HOURS, &at.field("days"), message, "name the days, or leave the hours out");
        }
        for (text, name) in [(&span.from, "from"), (&span.to, "to")] {
            let is_midnight = name == "to" && text == "24:00";
            if !is_midnight && !is_time(text) {
                let message = format!("`{text}` is not a time");
                findings.error(
                    codes::BAD_DATE,
                    &at.field(name),
                    message,
                    "times are written HH:MM, for instance 08:30",
                );
            }
        }
    }
}

/// `HH:MM`.
fn is_time(text: &str) -> bool {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    match text.split_once(':') {
        Some((hour, minute)) => digits(hour) && digits(minute) && hour < "24" && minute < "60",
        None => false,
    }
}
