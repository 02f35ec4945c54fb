//! Handing calls back: an ordinary export with what its owner lets others see in it, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use crate::call::{Ending, Event};
use crate::records::exchange::{Counts, ExportError, write_header, write_item};
use crate::records::{
    Annotation, AnnotationKind, DecisionOnly, Failure, Item, Kept, Record, Reply, Request, Shared, Store, Target, wait,
};

/// What somebody hands back, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandBack {
    /// Pseudonym of the owner; calls of others are never written.
    pub by: String,
    /// Ids of the calls.
    pub records: BTreeSet<String>,
    /// What of them may be seen. Without [`Shared::Calls`] no record is written, with [`Shared::Decisions`] what was
    /// decided is.
    pub what: BTreeSet<Shared>,
    /// Who may see it, in the owner's words.
    pub to: String,
    /// Fresh id for the consent that goes with it, from the shell.
    pub consent: String,
    /// Civil date and time, from the shell.
    pub at: String,
}

impl HandBack {
    /// The consent that goes with the file. It is also to be kept where the calls are, so that its owner sees later
    /// what they agreed to.
    #[must_use]
    pub fn consent(&self) -> Annotation {
        let what: Vec<Shared> = self.what.iter().copied().collect();
        consent(
            &self.by,
            None,
            &self.consent,
            &self.at,
            AnnotationKind::Consent { given: !what.is_empty(), to: self.to.clone(), what },
        )
    }
}

/// Takes back what was shared of one call, or without one of all calls: an annotation to be kept here and sent, in a
/// file of its own ([`withdrawal_file`]), to whoever had the calls. `what` empty: everything.
#[must_use]
pub fn withdrawal(by: &str, record: Option<&str>, what: Vec<Shared>, id: &str, at: &str) -> Annotation {
    consent(by, record, id, at, AnnotationKind::Consent { given: false, to: String::new(), what })
}

fn consent(by: &str, record: Option<&str>, id: &str, at: &str, kind: AnnotationKind) -> Annotation {
    Annotation {
        id: id.to_owned(),
        by: by.to_owned(),
        target: record.map(|record| Target { record: record.to_owned(), event: None }),
        at: at.to_owned(),
        kind,
        text: String::new(),
        shared: true,
    }
}

/// A file that takes back what an earlier one shared: the annotation alone.
#[must_use]
pub fn withdrawal_file(withdrawal: &Annotation) -> String {
    let header = write_header(Counts { annotations: 1, ..Counts::default() });
    header + &write_item(&Item::Annotation(Box::new(withdrawal.clone())))
}

/// A file for whoever took a call: what `by` says of it to others, their marks and answers. `None`: nothing yet. It is
/// imported where the call is.
#[must_use]
pub fn answer_file(by: &str, record: &str, annotations: &[Annotation]) -> Option<String> {
    use AnnotationKind::{Answered, Comment, Marked};
    let is_theirs = |one: &&Annotation| {
        let kind = matches!(one.kind, Answered { .. } | Marked { .. }) || (one.kind == Comment && one.shared);
        kind && one.by == by && one.record() == Some(record)
    };
    let mut own: Vec<&Annotation> = annotations.iter().filter(is_theirs).collect();
    own.sort_by(|a, b| a.id.cmp(&b.id));
    own.dedup_by(|a, b| a.id == b.id);
    let header = write_header(Counts { annotations: own.len() as u64, ..Counts::default() });
    let lines = own.iter().map(|one| write_item(&Item::Annotation(Box::new((*one).clone()))));
    (!own.is_empty()).then(|| header + &lines.collect::<String>())
}

/// Writes the file. Waits for the store; in a browser for one in memory.
///
/// # Errors
/// What the store or the writer says; a part may have been written.
pub fn hand_back(store: &mut dyn Store, what: &HandBack, to: &mut dyn Write) -> Result<Counts, ExportError> {
    let unexpected = || Failure::Invalid("the store gave an answer of the wrong kind".to_owned());
    let mut calls = Vec::new();
    for id in &what.records {
        let Reply::Record(kept) = wait(store, Request::Load(id.clone()))? else { return Err(unexpected().into()) };
        if kept.record.head.by == what.by && kept.finished {
            calls.push(kept);
        }
    }
    let Reply::Annotations(all) = wait(store, Request::Annotations { of: None })? else {
        return Err(unexpected().into());
    };
    let whole = what.what.contains(&Shared::Calls);
    let ids: BTreeSet<&str> = calls.iter().map(|kept| &*kept.record.head.id).collect();
    let mut annotations = vec![what.consent()];
    // Before anything is left out: whoever no longer shares a reflection has appended another that is not shared, and that
    // is their last word.
    let last = last_reflections(&all, &what.by);
    let said_last = |one: &&Annotation| one.kind != AnnotationKind::Reflection || last.contains(&*one.id);
    annotations.extend(all.iter().filter(said_last).filter(|one| goes_along(one, what, &ids, whole)).cloned());
    if !whole && what.what.contains(&Shared::Decisions) {
        annotations.extend(calls.iter().filter_map(|kept| decision_of(&kept.record, &all)));
    }
    annotations.sort_by(|a, b| a.id.cmp(&b.id));
    annotations.dedup_by(|a, b| a.id == b.id);
    if !whole {
        calls.clear();
    }
    write(store, &calls, &annotations, to)
}

fn write(
    store: &mut dyn Store,
    calls: &[Box<Kept>],
    annotations: &[Annotation],
    to: &mut dyn Write,
) -> Result<Counts, ExportError> {
    let mut hashes: BTreeSet<String> = BTreeSet::new();
    for head in calls.iter().map(|kept| &kept.record.head) {
        hashes.extend([head.scenario.to_string(), head.standards.to_string()]);
    }
    let mut texts = BTreeMap::new();
    for hash in hashes {
        match wait(store, Request::Texts(hash)) {
            Ok(Reply::Texts(found)) => texts.extend(found.into_iter().map(|text| (text.hash.clone(), text))),
            // It was not in the file that the record came from.
            Ok(_) | Err(Failure::NoText { .. }) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let count = |n: usize| n as u64;
    let counts =
        Counts { texts: count(texts.len()), records: count(calls.len()), annotations: count(annotations.len()) };
    to.write_all(write_header(counts).as_bytes())?;
    for text in texts.into_values() {
        to.write_all(write_item(&Item::Text(text)).as_bytes())?;
    }
    for kept in calls {
        to.write_all(write_item(&Item::Record(kept.clone())).as_bytes())?;
    }
    for annotation in annotations {
        to.write_all(write_item(&Item::Annotation(Box::new(annotation.clone()))).as_bytes())?;
    }
    to.flush()?;
    Ok(counts)
}

/// Whether an annotation goes into the file. One about a call goes only where the call does.
fn goes_along(one: &Annotation, what: &HandBack, ids: &BTreeSet<&str>, whole: bool) -> bool {
    let own = one.by == what.by;
    if one.record().is_some_and(|record| !whole || !ids.contains(record)) {
        return false;
    }
    match &one.kind {
        AnnotationKind::Site(_) | AnnotationKind::Join { .. } => own,
        AnnotationKind::InSet { .. } | AnnotationKind::Contested { .. } | AnnotationKind::Heard { .. } => {
            own && one.target.is_some()
        }
        AnnotationKind::Reflection => own && (one.shared || what.what.contains(&Shared::Reflections)),
        AnnotationKind::SelfRating(_) => own && (one.shared || what.what.contains(&Shared::SelfRatings)),
        AnnotationKind::Comment if own => one.shared || what.what.contains(&Shared::Comments),
        // What others said of one's call is theirs to share.
        AnnotationKind::Comment | AnnotationKind::Marked { .. } | AnnotationKind::Answered { .. } => one.shared,
        AnnotationKind::Judged { .. } => own,
        // The consent that was given with another file says nothing of this one.
        AnnotationKind::Consent { .. } | AnnotationKind::Decided(_) | AnnotationKind::Session { .. } => false,
    }
}

/// Of a call somebody's last reflection is what they say of it: the ids of those.
fn last_reflections<'a>(all: &'a [Annotation], by: &str) -> BTreeSet<&'a str> {
    let mut last: BTreeMap<Option<&str>, (&str, &str)> = BTreeMap::new();
    for one in all.iter().filter(|one| one.by == by && one.kind == AnnotationKind::Reflection) {
        let when = (&*one.at, &*one.id);
        let known = last.entry(one.record()).or_insert(when);
        *known = when.max(*known);
    }
    last.into_values().map(|(_, id)| id).collect()
}

/// What was decided on a call, without the call; `None` for one that was broken off. The same call gives the same
/// annotation, so that a file that comes twice counts once.
#[must_use]
pub fn decision_of(record: &Record, annotations: &[Annotation]) -> Option<Annotation> {
    let head = &record.head;
    let (mut disposition, mut service, mut guide, mut ending) = (None, None, None, None);
    for timed in &record.events {
        match &timed.event {
            Event::Decided { disposition: code, .. } => disposition = Some(code.clone()),
            Event::Revised => disposition = None,
            Event::Accepted(id) => service = Some(id.clone()),
            Event::GuideChosen(id) => guide = Some(id.clone()),
            Event::Ended(how) => ending = Some(*how),
            _ => {}
        }
    }
    if ending == Some(Ending::Early) {
        return None;
    }
    let set = annotations.iter().find_map(|one| match &one.kind {
        AnnotationKind::InSet { set, .. } if one.record() == Some(&head.id) => Some(set.clone()),
        _ => None,
    });
    let decided = DecisionOnly {
        record: head.id.clone(),
        call: head.call.clone(),
        scenario: head.scenario.to_string(),
        standards: head.standards.to_string(),
        variant: head.variant.clone(),
        role: head.role.clone(),
        mode: head.mode,
        taken: head.taken.clone(),
        disposition,
        transferred: ending == Some(Ending::Transferred),
        service,
        guide,
        clock: record.clock,
        set,
    };
    let id = blake3::hash(format!("decision\n{}", head.id).as_bytes()).to_hex();
    Some(Annotation {
        id: id[..32].to_owned(),
        by: head.by.clone(),
        target: None,
        at: head.taken.clone(),
        kind: AnnotationKind::Decided(Box::new(decided)),
        text: String::new(),
        shared: true,
    })
}
