//! The directory of services, and the reasons for passing one over.

use super::outcomes::name_of;
use super::section;
use super::words::{ages, capacity, date, delivery, hours, sex};
use crate::app::screens::reading::{Entry, Group, Section};
use crate::app::theme::icons;
use crate::standards::{Id, Named, Service, Standards};

pub fn directory(standards: &Standards) -> Section {
    let of = &standards.directory;
    let catch_all = of.catch_all.iter().filter_map(|id| standards.service(id)).map(|one| one.name.as_str());
    let area = Entry::new("directory", &of.area)
        .text("Only services that are open, able and within reach are listed in a call, in the order of their type, then by distance. Read the text of a service before you offer it.")
        .pair("Out of range", format!("farther than {} km", of.range / 10))
        .list("Where nothing else is left", catch_all)
        .pair("Public holidays", of.public_holidays.iter().map(|day| date(day)).collect::<Vec<_>>().join(", "));
    let places = of.places.iter().map(|place| {
        Entry::new(format!("place {}", place.id), &place.name).pair("Known by", place.known_by.join(", "))
    });
    let mut about = vec![area];
    about.extend(places);
    let mut groups = vec![Group::new("The area", about)];
    let mut types: Vec<_> = of.types.iter().collect();
    types.sort_by_key(|one| one.rank);
    for one in types {
        let here = of.services.iter().filter(|service| service.kind == one.id);
        let entries: Vec<Entry> = here.map(|of| service(standards, of, &one.name)).collect();
        if !entries.is_empty() {
            groups.push(Group::new(&one.name, entries));
        }
    }
    section(icons::SIGNPOST, "Directory of services", &of.header, groups)
}

fn service(standards: &Standards, of: &Service, kind: &str) -> Entry {
    let named = |list: &[Named], ids: &[Id]| ids.iter().map(|id| name_of(list, id)).collect::<Vec<_>>().join(", ");
    let groups = &standards.directory.symptom_groups;
    let takes = if of.takes.is_empty() { "everything".into() } else { named(groups, &of.takes) };
    let role = |id: &Id| standards.role(id).map_or_else(|| id.to_string(), |role| role.name.clone());
    let place = |id: &Id| standards.place(id).map_or_else(|| id.to_string(), |place| place.name.clone());
    let mut entry = Entry::new(format!("service {}", of.id), &of.name)
        .beside(kind)
        .text(&of.about)
        .pair("Read before you offer it", &of.notes)
        .pair("Open", hours(&of.hours))
        .pair("On public holidays", of.holiday_hours.as_ref().map(hours).unwrap_or_default())
        .list("On single days", of.on_dates.iter().map(|one| format!("{}: {}", date(&one.date), hours(&one.hours))))
        .pair("How", delivery(of.delivery))
        .pair("Capacity", capacity(of.capacity))
        .pair("Takes", takes)
        .pair("Does not take", named(groups, &of.refuses))
        .pair("Offers", named(&standards.dispositions.needs, &of.meets))
        .pair("Ages", ages(of.from_age, of.to_age))
        .pair("Sex", of.sex.map_or("", sex))
        .pair("Only for patients of", of.practices.join(", "))
        .pair("May refer", of.roles.iter().map(role).collect::<Vec<_>>().join(", "))
        .list("Getting there", of.journeys.iter().map(|one| format!("from {}: {}", place(&one.from), one.says)));
    if of.own_practice {
        entry = entry.text("The patient's own practice: for whoever has one recorded.");
    }
    if !of.active {
        entry = entry.text("Out of use at present: never listed.");
    }
    entry
}

pub fn reject_reasons(standards: &Standards) -> Section {
    let of = &standards.reject_reasons;
    let mut groups: Vec<(&str, Vec<Entry>)> = Vec::new();
    for one in &of.reasons {
        let mut needs = Vec::new();
        if one.needs_comment {
            needs.push("Needs a few words.");
        }
        if one.clinician_only {
            needs.push("Only for roles that may pass a service over on clinical grounds.");
        }
        let entry = Entry::new(format!("reason {}", one.id), &one.name)
            .beside(format!("{} · number {}", one.category, one.id))
            .text(needs.join(" "));
        match groups.iter_mut().find(|(category, _)| *category == one.category) {
            Some((_, entries)) => entries.push(entry),
            None => groups.push((&one.category, vec![entry])),
        }
    }
    let mut entries = vec![
        Entry::new("reasons", "When a reason is asked for")
            .text("Only for services that stand above the one you choose; what stands below needs none."),
    ];
    entries.extend(groups.into_iter().flat_map(|(_, entries)| entries));
    section(icons::PROHIBIT, "Reasons to pass a service over", &of.header, vec![Group::new("Reasons", entries)])
}
