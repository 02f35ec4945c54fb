//! Dispositions: the ladder as a table, and each of them by rung.

use super::section;
use super::words::minutes;
use crate::app::screens::reading::{Block, Entry, Group, Link, Section, Table};
use crate::app::theme::icons;
use crate::standards::{Disposition, Id, Named, Refer, Standards};

pub fn outcomes(standards: &Standards, trainer: bool) -> Section {
    let of = &standards.dispositions;
    let mut groups = vec![Group::new("By urgency and setting", vec![ladder(standards)])];
    for rung in &of.rungs {
        let here = of.dispositions.iter().filter(|one| one.rung == rung.id);
        groups.push(Group::new(&rung.name, here.map(|one| outcome(standards, one, trainer)).collect()));
    }
    section(icons::STEPS, "Outcomes (dispositions)", &of.header, groups)
}

fn ladder(standards: &Standards) -> Entry {
    let of = &standards.dispositions;
    let cell = |rung: &Id, column: &Id| {
        let here = of.dispositions.iter().filter(|one| one.rung == *rung && one.column == *column);
        links(here)
    };
    let rows = of.rungs.iter().map(|rung| {
        let cells = of.columns.iter().map(|column| cell(&rung.id, &column.id)).collect();
        (rung.name.clone(), cells)
    });
    let table = Table { columns: of.columns.iter().map(|column| column.name.clone()).collect(), rows: rows.collect() };
    Entry::new("ladder", "The ladder")
        .text("Rows by urgency, the most urgent first; columns by where the patient is cared for. Choose one to read about it.")
        .blocks([Block::Table(table)])
}

/// One link for all codes of one decision: the plainest, which is the shortest.
fn links<'a>(here: impl Iterator<Item = &'a Disposition>) -> Vec<Link> {
    let mut families: Vec<Vec<&Disposition>> = Vec::new();
    let family = |one: &Disposition| one.family.clone().unwrap_or_else(|| one.code.clone());
    for one in here {
        match families.iter_mut().find(|others| family(others[0]) == family(one)) {
            Some(others) => others.push(one),
            None => families.push(vec![one]),
        }
    }
    let link = |mut of: Vec<&Disposition>| {
        of.sort_by_key(|one| (one.family.as_ref().is_some_and(|family| *family != one.code), one.code.len()));
        let more = match of.len() {
            1 => String::new(),
            many => format!(" (and {} more for it)", many - 1),
        };
        Link { words: format!("{} {}{more}", of[0].code, of[0].name), to: id(of[0]) }
    };
    families.into_iter().map(link).collect()
}

fn id(of: &Disposition) -> String {
    format!("outcome {}", of.code)
}

fn outcome(standards: &Standards, of: &Disposition, trainer: bool) -> Entry {
    let refer = match of.refer {
        Refer::Dispatch => "arranged at once, without a search",
        Refer::Search => "a service from the directory",
        Refer::Nothing => "nothing; advice only",
    };
    let mut entry = Entry::new(id(of), format!("{} {}", of.code, of.name))
        .pair("Group", &of.group)
        .pair("Care setting", name_of(&standards.dispositions.settings, &of.setting))
        .pair("Time", minutes(of.minutes))
        .pair("To arrange", refer)
        .pair(
            "The service must offer",
            of.need.as_ref().map_or("", |need| name_of(&standards.dispositions.needs, need)),
        )
        .pair("Checked by a clinician, it becomes", of.validated_as.as_ref().map_or("", |code| code));
    if of.registered_only {
        entry = entry.text("Only for roles with a registration.");
    }
    if let Some(drift) = of.drift.as_ref().filter(|_| trainer) {
        entry = entry.pair("Differs between published lists", drift);
    }
    entry
}

/// The words for an id, or the id.
pub fn name_of<'a>(list: &'a [Named], id: &'a Id) -> &'a str {
    list.iter().find(|one| one.id == *id).map_or(id, |one| &one.name)
}
