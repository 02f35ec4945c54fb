//! Everything a call handler can say, and for trainers what is poor in it.

use super::guides::said;
use super::outcomes::name_of;
use super::words::{STAGES, flaw, kind, wording};
use super::{draft, version};
use crate::app::screens::reading::{Entry, Group, Section};
use crate::app::theme::icons;
use crate::standards::{Header, Kind, Standards, Utterance};

fn is_advice(line: &Utterance) -> bool {
    matches!(line.kind, Kind::Interim | Kind::Worsening)
}

/// Questions, statements and instructions by stage; poor ones are left out.
pub fn lines(standards: &Standards) -> Section {
    let good = || standards.bank.iter().filter(|line| line.flaws.is_empty() && !is_advice(line));
    let groups = STAGES.iter().map(|(stage, name)| {
        let here = good().filter(|line| line.stage == *stage);
        Group::new(*name, here.map(|line| entry(standards, line)).collect())
    });
    let groups = groups.filter(|group| !group.entries.is_empty()).collect();
    part(standards, icons::CHATS_CIRCLE, "Question bank", &["questions.ron", "statements.ron"], groups)
}

pub fn advice(standards: &Standards) -> Section {
    let groups = [Kind::Interim, Kind::Worsening].map(|of| {
        let here = standards.bank.iter().filter(|line| line.kind == of && line.flaws.is_empty());
        Group::new(kind(of), here.map(|line| entry(standards, line)).collect())
    });
    part(standards, icons::FIRST_AID, "Advice bank", &["advice.ron"], groups.into())
}

pub fn poor_lines(standards: &Standards) -> Section {
    let poor = standards.bank.iter().filter(|line| !line.flaws.is_empty());
    let entries = poor.map(|line| {
        let flaws: Vec<&str> = line.flaws.iter().map(|of| flaw(*of)).collect();
        Entry::new(format!("poor {}", line.id), wording(&line.you))
            .pair("What is wrong", flaws.join(", "))
            .text(line.why_poor.as_deref().unwrap_or(""))
            .list("Better", line.better.iter().map(|id| said(standards, id)))
            .pair("Usual answer", &*line.default)
    });
    let files = ["questions.ron", "statements.ron"];
    let group = Group::new("Poor lines", entries.collect());
    let mut section = part(standards, icons::EAR_SLASH, "Poor lines (trainers only)", &files, vec![group]);
    section.note =
        "Lines that are deliberately poor. In a call they look like all others, so please keep this list to yourself. "
            .to_owned()
            + &section.note;
    section
}

/// A section made from several files: one version where they agree.
fn part(standards: &Standards, icon: &'static str, name: &str, files: &[&str], groups: Vec<Group>) -> Section {
    let headers: Vec<&Header> =
        files.iter().filter_map(|file| standards.bank_part(file)).map(|part| &part.header).collect();
    let mut versions: Vec<String> = headers.iter().map(|header| version(header)).collect();
    versions.dedup();
    let mut notes: Vec<&str> = headers.iter().map(|header| header.note.as_str()).collect();
    notes.dedup();
    Section {
        icon,
        name: name.to_owned(),
        version: versions.join("; "),
        watermark: headers.iter().find_map(|header| draft(header)),
        note: notes.join(" "),
        groups,
    }
}

fn entry(standards: &Standards, line: &Utterance) -> Entry {
    let topics = &standards.topics;
    let features = line.probes.iter().map(|id| name_of(&topics.features, id)).collect::<Vec<_>>().join(", ");
    let beside = format!("{} · {} · {}", kind(line.kind), name_of(&topics.systems, &line.system), line.topic);
    let third = line.third.as_ref().map(|text| wording(text)).unwrap_or_default();
    Entry::new(format!("line {}", line.id), wording(&line.you))
        .beside(beside)
        .pair("About somebody else", third)
        .pair("Asks for", features)
        .pair("Also found by", line.terms.join(", "))
}
