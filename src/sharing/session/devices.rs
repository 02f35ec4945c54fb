//! The blind round from people's own devices: a word that is shown to the room, a file with one decision, and reading
//! many such files.

use std::collections::BTreeMap;

use super::cards::decisions_from_file;
use super::codes::{CodeError, round_code};
use super::event::{Plan, SessionEvent};
use crate::call::Stream;
use crate::records::exchange::{Counts, read_records, write_header, write_item};
use crate::records::{Annotation, AnnotationKind, Item, Target};
use crate::standards::{Id, Standards};

/// A longer file is no decision.
const LONGEST: usize = 1 << 20;

/// What people type into their own devices for one call of one session: five signs, of which one that is mistaken is
/// noticed.
#[must_use]
pub fn round_word(session: &str, call: usize) -> String {
    let occurrence = u32::try_from(call).unwrap_or(u32::MAX);
    let mut stream = Stream::at(0, "session/round", session, occurrence);
    round_code(|n| stream.draw(n))
}

/// The word as it was typed, in either case and with spaces or a hyphen in it.
///
/// # Errors
/// It is no such word, or a sign of it is wrong.
pub fn read_round(typed: &str) -> Result<String, CodeError> {
    super::codes::read_round(typed)
}

/// What a decision of this round is about, in place of a record: the device knows of the session nothing but the word.
fn target_of(word: &str) -> String {
    blake3::hash(format!("rightcall round {word}").as_bytes()).to_hex()[..32].to_owned()
}

/// The file of one device. `id` is fresh, from the shell; `at` a civil date and time; `role` says whether somebody is
/// on a register, and may be left out.
#[must_use]
pub fn decision_file(word: &str, by: &str, role: Option<&Id>, disposition: &Id, id: &str, at: &str) -> String {
    let annotation = Annotation {
        id: id.to_owned(),
        by: by.to_owned(),
        target: Some(Target { record: target_of(word), event: None }),
        at: at.to_owned(),
        kind: AnnotationKind::Judged { disposition: disposition.clone() },
        text: role.map(ToString::to_string).unwrap_or_default(),
        shared: true,
    };
    let header = write_header(Counts { annotations: 1, ..Counts::default() });
    header + &write_item(&Item::Annotation(Box::new(annotation)))
}

/// What was in some files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FromDevices {
    /// Decisions of this round, in an order that says nothing of whose they are.
    pub events: Vec<SessionEvent>,
    /// Files with decisions of another round alone.
    pub other_round: usize,
    /// What is wrong with the others, a sentence each, with the name of the file.
    pub bad: Vec<String>,
}

/// Reads the files of many devices for one call of a session; the last word of each person counts.
#[must_use]
pub fn read_devices(files: &[(String, Vec<u8>)], plan: &Plan, call: usize, standards: &Standards) -> FromDevices {
    let target = target_of(&round_word(&plan.id, call));
    let replayed = plan.calls.get(call).and_then(|planned| planned.record.as_deref());
    let mut found = FromDevices::default();
    let mut decisions: BTreeMap<String, Annotation> = BTreeMap::new();
    for (name, bytes) in files {
        if bytes.len() > LONGEST {
            found.bad.push(format!("`{name}` is longer than {} MiB and no decision", LONGEST >> 20));
            continue;
        }
        let read = read_records(name, bytes);
        let judged = |one: &Annotation| matches!(one.kind, AnnotationKind::Judged { .. });
        let all: Vec<Annotation> = read.annotations.into_iter().filter(judged).collect();
        let is_ours = |one: &&Annotation| one.record().is_some_and(|of| of == target || replayed == Some(of));
        let ours: Vec<&Annotation> = all.iter().filter(is_ours).collect();
        let unknown = ours.iter().find_map(|one| match &one.kind {
            AnnotationKind::Judged { disposition } => {
                standards.disposition(disposition).is_none().then_some(disposition)
            }
            _ => None,
        });
        match (ours.is_empty(), unknown, read.bad.first()) {
            (false, Some(code), _) => found.bad.push(format!("`{name}`: `{code}` is no outcome of these standards")),
            (false, None, _) => {
                // Wherever they watched it, it is this round.
                let of_round = |one: &Annotation| {
                    let target = Some(Target { record: target.clone(), event: None });
                    (one.id.clone(), Annotation { target, ..one.clone() })
                };
                decisions.extend(ours.into_iter().map(of_round));
            }
            (true, _, Some(bad)) => found.bad.push(bad.to_string()),
            (true, ..) if !all.is_empty() => found.other_round += 1,
            (true, ..) => found.bad.push(format!("`{name}` has no decision in it")),
        }
    }
    let decisions: Vec<Annotation> = decisions.into_values().collect();
    let registered = |one: &Annotation| standards.role(&one.text).map(|role| role.registered);
    found.events = decisions_from_file(&decisions, &plan.id, &target, registered);
    found
}
