//! Competences and roles.

use super::section;
use super::words::{PERMISSIONS, decides};
use crate::app::screens::reading::{Entry, Group, Section};
use crate::app::theme::{icons, widgets};
use crate::standards::{Competence, Role, Standards};

pub fn competences(standards: &Standards) -> Section {
    let of = &standards.competences;
    let rules = &standards.marking;
    let levels =
        format!("secure from {} % of the points, building from {} %", rules.secure_percent, rules.building_percent);
    let entries = of.competences.iter().map(|one| competence(one, &levels)).collect();
    section(icons::IDENTIFICATION_BADGE, "Competences", &of.header, vec![Group::new("Competences", entries)])
}

fn competence(of: &Competence, levels: &str) -> Entry {
    let shared = if of.core { "core, for every role" } else { "differs with the role" };
    let levels = if of.scored { levels } else { "practised and never marked" };
    Entry::new(format!("competence {}", of.id), format!("{} {}", of.id, of.name))
        .text(&of.about)
        .pair("Shared", shared)
        .list("What an observer would see or hear", &of.indicators)
        .pair("Levels", levels)
        .pair("In a call audit", &of.crosswalk.audit)
        .pair("In the clinical audit toolkit", &of.crosswalk.rcgp)
        .pair("In the workforce blueprint", &of.crosswalk.blueprint)
}

pub fn roles(standards: &Standards) -> Section {
    let of = &standards.roles;
    let entries = of.roles.iter().map(|one| role(standards, one)).collect();
    section(icons::USERS_THREE, "Roles", &of.header, vec![Group::new("Roles", entries)])
}

fn role(standards: &Standards, of: &Role) -> Entry {
    let (may, may_not): (Vec<_>, Vec<_>) = PERMISSIONS.iter().partition(|(permission, _)| of.may.contains(permission));
    let words = |list: Vec<&(_, &'static str)>| list.into_iter().map(|(_, words)| *words).collect::<Vec<_>>();
    let exits = of.early_exits.iter().filter_map(|code| standards.disposition(code)).map(|d| d.name.as_str());
    Entry::new(format!("role {}", of.id), &of.name)
        .icon(widgets::registration(of.registered))
        .beside(if of.registered { "Registered" } else { "Non-registered" })
        .text(&of.scope)
        .pair("Level", format!("{} of the career framework, which is not a pay band", of.level))
        .pair("Decides", decides(of.decides))
        .list("May", words(may))
        .list("May not", words(may_not))
        .list("May choose without waiting for a guide, which is marked as an early exit", exits)
}
