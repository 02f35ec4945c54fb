//! The ladder of outcomes, and the headings of the bank.

use std::collections::{BTreeMap, BTreeSet};

use super::super::findings::Findings;
use super::super::model::{Disposition, Refer};
use super::each;
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

pub(super) fn ladder(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let standards = findings.standards;
    let file = &standards.dispositions;
    let list = root.field("dispositions");
    let mut families: BTreeMap<&str, &Disposition> = BTreeMap::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for (disposition, at) in each(&file.dispositions, &list) {
        findings.filled(&disposition.name, "the name", &at.field("name"));
        findings.filled(&disposition.group, "the group", &at.field("group"));
        let family = disposition.family.as_ref().unwrap_or(&disposition.code);
        let first = families.entry(family).or_insert(disposition);
        if first.rung != disposition.rung {
            let message = format!("`{}` and `{}` are one decision, on two rungs", first.code, disposition.code);
            let hint = "a family is the same decision under another heading: give both the same rung";
            findings.error(codes::LADDER, &at.field("rung"), message, hint);
        }
        if let Some(other) = names.insert(disposition.name.to_lowercase(), &disposition.code) {
            let message = format!("`{other}` has the same name");
            findings.error(codes::LADDER, &at.field("name"), message, "nobody can tell the two apart");
        }
        if disposition.need.is_some() && disposition.refer != Refer::Search {
            let message = format!("`{}` names a need, and nothing is searched for it", disposition.code);
            findings.warning(codes::LADDER, &at.field("need"), message, "leave it out, or write `refer: Search`");
        }
    }
    by_minutes(findings, &list);
    for (name, ids, used) in [
        ("rungs", &file.rungs, file.dispositions.iter().map(|d| &d.rung).collect::<BTreeSet<_>>()),
        ("columns", &file.columns, file.dispositions.iter().map(|d| &d.column).collect()),
        ("settings", &file.settings, file.dispositions.iter().map(|d| &d.setting).collect()),
    ] {
        for (item, at) in each(ids, &root.field(name)) {
            if !used.contains(&item.id) {
                let message = format!("no outcome has `{}`", item.id);
                findings.warning(codes::LADDER, &at, message, format!("leave it out of `{name}`"));
            }
        }
    }
    let wanted: BTreeSet<_> = file.dispositions.iter().filter_map(|d| d.need.as_ref()).collect();
    for (need, at) in each(&file.needs, &root.field("needs")) {
        let met = standards.directory.services.iter().any(|service| service.active && service.meets.contains(&need.id));
        if wanted.contains(&need.id) && !met {
            let message = format!("no service meets the need `{}`", need.id);
            let hint = "an outcome with this need can be arranged with nobody: add it to `meets` of a service";
            findings.warning(codes::NEVER_FOUND, &at, message, hint);
        }
    }
}

/// In one care setting, sooner is never on a lower rung.
fn by_minutes(findings: &mut Findings<'_>, list: &Cursor<'_>) {
    let standards = findings.standards;
    let all = &standards.dispositions.dispositions;
    for (disposition, at) in each(all, list) {
        let Some(minutes) = disposition.minutes else { continue };
        let Some(rung) = standards.rung(&disposition.rung) else { continue };
        let contradicts = |other: &&Disposition| {
            other.setting == disposition.setting
                && other.refer == disposition.refer
                && other.need == disposition.need
                && other.minutes.is_some_and(|theirs| theirs > minutes)
                && standards.rung(&other.rung).is_some_and(|theirs| theirs < rung)
        };
        if let Some(other) = all.iter().find(contradicts) {
            let message = format!("`{}` is sooner than `{}`, and stands below it", disposition.code, other.code);
            let hint = "a rung says how urgent a decision is: put the sooner of the two on the more urgent one";
            findings.warning(codes::LADDER, &at.field("rung"), message, hint);
        }
    }
}

/// Whatever is listed can be asked for, and every heading has something under it.
pub(super) fn headings(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let standards = findings.standards;
    let file = &standards.topics;
    for (feature, at) in each(&file.features, &root.field("features")) {
        if standards.probing(&feature.id).is_empty() {
            let message = format!("no question asks for `{}`", feature.id);
            findings.warning(codes::NOBODY_ASKS, &at, message, "add it to `probes` of a question, or leave it out");
        }
    }
    let used: BTreeSet<_> = standards.bank.iter().map(|utterance| &utterance.system).collect();
    for (system, at) in each(&file.systems, &root.field("systems")) {
        if !used.contains(&system.id) {
            let message = format!("nothing stands under the heading `{}`", system.id);
            findings.warning(codes::NOBODY_ASKS, &at, message, "leave it out, or file a question under it");
        }
    }
    for (region, at) in each(&file.regions, &root.field("regions")) {
        if region.systems.is_empty() && region.features.is_empty() {
            let message = format!("nothing belongs to the part of the body `{}`", region.id);
            findings.warning(codes::NOBODY_ASKS, &at, message, "name a system or a feature");
        }
    }
    for (group, at) in each(&file.synonyms, &root.field("synonyms")) {
        if group.len() < 2 {
            let message = "a word that is the same as no other";
            findings.warning(codes::NOBODY_ASKS, &at, message, "name at least two, or leave the list out");
        }
    }
    for (name, list) in [("jargon", &file.jargon), ("diagnoses", &file.diagnoses)] {
        for (word, at) in each(list, &root.field(name)) {
            if *word != word.to_lowercase() || word.trim().is_empty() {
                let message = format!("`{word}` is not in lower case, and so never found");
                findings.error(codes::NEVER_HEARD, &at, message, format!("write `{}`", word.to_lowercase()));
            }
        }
    }
}
