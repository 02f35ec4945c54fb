//! A call at a glance: who rings, what is on file, why the answer is what it is, what happened next.

use super::Told;
use super::words::{field, line, relation};
use crate::app::library::{content_note, difficulty};
use crate::app::screens::reading::Entry;
use crate::app::screens::standards::words::date;
use crate::app::theme::{icons, widgets};
use crate::scenario::{Handover, Review, Scenario};
use crate::standards::Sex;

pub fn about(told: &Told) -> Vec<Entry> {
    let scenario = told.scenario;
    let id = |part: &str| format!("{} {part}", told.id);
    let mut all = vec![
        call(told),
        review(told),
        people(scenario, id("people")),
        Entry::new(id("why"), "Why").text(&scenario.model.rationale),
        Entry::new(id("afterwards"), "What happened afterwards").text(&scenario.afterwards),
        Entry::new(id("opening"), "How it begins").list("One of these", scenario.opening.iter().map(|say| &**say)),
    ];
    let on_file = [
        ("Special notes", &scenario.special_notes),
        ("Previous contacts", &scenario.previous_contacts),
        ("Summary care record, for clinicians", &scenario.summary_record),
    ];
    if on_file.iter().any(|(_, list)| !list.is_empty()) {
        let entry = Entry::new(id("file"), "On file");
        all.push(on_file.into_iter().fold(entry, |entry, (name, list)| entry.list(name, list)));
    }
    if let Some(handover) = &scenario.handover {
        all.push(handed(told, handover, id("given handover")));
    }
    all.retain(|entry| !entry.body.is_empty());
    all
}

fn call(told: &Told) -> Entry {
    let scenario = told.scenario;
    let twin = scenario.twin.as_ref().and_then(|twin| told.library.by_slug(twin));
    let twin = twin.map(|entry| format!("{:04} · {}", entry.scenario.number, entry.scenario.title));
    let roles = scenario.roles.iter().map(|id| {
        let registered = told.standards.role(id).is_some_and(|role| role.registered);
        let words = if registered { "registered" } else { "non-registered" };
        format!("{} {} ({words})", widgets::registration(registered), told.role(id))
    });
    let notes: Vec<&str> = scenario.content_notes.iter().map(|note| content_note(*note)).collect();
    let group = told.standards.directory.symptom_groups.iter().find(|one| one.id == scenario.symptom_group);
    Entry::new(format!("{} call", told.id), &scenario.title)
        .icon(icons::PHONE)
        .pair("Number", format!("{:04}", scenario.number))
        .pair("Twin", twin.unwrap_or_default())
        .list("Written for", roles)
        .pair("Line", line(scenario.line))
        .pair("Difficulty", difficulty(scenario.difficulty).to_lowercase())
        .pair("Content notes", notes.join(", "))
        .pair("Symptom group", group.map_or("", |group| &group.name))
        .pair("Rings", rings(&scenario.clock))
        .found_by(scenario.id.to_string())
}

fn rings(clock: &str) -> String {
    clock.split_once('T').map_or_else(|| clock.to_owned(), |(day, time)| format!("{}, {time}", date(day)))
}

fn review(told: &Told) -> Entry {
    let scenario = told.scenario;
    let entry = Entry::new(format!("{} review", told.id), "Review");
    let entry = match &scenario.review {
        Review::Draft { author } => {
            entry.icon(icons::PENCIL_SIMPLE).text(format!("Draft by {author}: not clinically reviewed."))
        }
        Review::Reviewed { by, until } => {
            let state = if scenario.is_reviewed() {
                format!("Signed, until {}.", date(until))
            } else {
                "It was signed and has been changed since: the signatures no longer hold.".into()
            };
            let names = by.iter().map(|one| format!("{}, {}, on {}", one.name, one.registration, date(&one.on)));
            entry.icon(icons::SEAL_CHECK).text(state).list("By", names)
        }
    };
    entry
        .list("Questions to the reviewer", &scenario.open_points)
        .list("Sources", &scenario.sources)
        .pair("Written for standards", &scenario.standards)
}

pub fn people(scenario: &Scenario, id: String) -> Entry {
    let (caller, patient) = (&scenario.caller, &scenario.patient);
    let sex = match patient.sex {
        Sex::Female => "female",
        Sex::Male => "male",
    };
    let others: Vec<&str> = scenario.others.iter().map(|other| &*other.name).collect();
    Entry::new(id, "Who")
        .icon(icons::USERS)
        .pair("Caller", format!("{}, {}; {} in manner", caller.name, relation(caller.relation), caller.manner))
        .pair("Mood at the start", format!("{} of 100, where 0 is desperate", caller.mood))
        .pair("Patient", format!("{}, born {}, {sex}", patient.name, date(&patient.born)))
        .pair("Is at", &*patient.at)
        .pair("Call-back number", &*patient.call_back)
        .pair("GP practice", &*patient.gp)
        .pair("On the phone", if patient.reachable { "" } else { "the patient cannot come to the phone" })
        .pair("Also there", others.join(", "))
}

pub fn handed(told: &Told, handover: &Handover, id: String) -> Entry {
    let fields: Vec<&str> = handover.fields.iter().map(|name| field(*name)).collect();
    Entry::new(id, "The handover that is given")
        .text(&handover.says)
        .pair("Given to", told.names(&handover.roles, |told, id| told.role(id)))
        .list("It leaves out", &handover.leaves_out)
        .pair("Filled in already", fields.join(", "))
}
