//! A store that forgets: for tests, and for a call whose saving is off or has failed.

use std::collections::BTreeMap;

use super::annotation::Annotation;
use super::record::{Kept, Record};
use super::store::{
    Assessed, AssessmentKey, Failure, Item, Outcome, Reply, Request, Store, Summary, Ticket, call_id, check_texts,
    compare,
};
use super::text::Text;

/// Keeps everything in memory and answers at the next poll.
#[derive(Debug, Default)]
pub struct MemoryStore {
    records: BTreeMap<String, Kept>,
    texts: BTreeMap<String, Text>,
    annotations: BTreeMap<String, Annotation>,
    assessments: BTreeMap<AssessmentKey, Assessed>,
    settings: BTreeMap<String, String>,
    answers: Vec<(Ticket, Result<Reply, Failure>)>,
    submitted: u64,
    failing: Option<Failure>,
}

impl MemoryStore {
    pub fn new() -> Self {
        Self::default()
    }

    /// From now on every request fails like this; `None`: works again. For trying out what happens
    /// when a disk is full.
    pub fn fail_with(&mut self, failure: Option<Failure>) {
        self.failing = failure;
    }

    fn answer(&mut self, request: Request) -> Result<Reply, Failure> {
        if let Some(failure) = &self.failing {
            return Err(failure.clone());
        }
        request.check()?;
        match request {
            Request::Begin { head, texts } => {
                if self.records.contains_key(&head.id) {
                    return Err(Failure::AlreadyPresent { id: head.id });
                }
                check_texts(&head, &texts, |hash| Ok(self.texts.get(hash).cloned()))?;
                for text in texts {
                    self.texts.entry(text.hash.clone()).or_insert(text);
                }
                let record = Record::begun(*head);
                let id = record.head.id.clone();
                self.records.insert(id, Kept { record, finished: false });
            }
            Request::Act { id, sequence, action, events } => {
                let record = self.going_on(&id)?;
                let expected = u32::try_from(record.actions.len()).unwrap_or(u32::MAX);
                if sequence != expected {
                    return Err(Failure::OutOfOrder { id, expected, found: sequence });
                }
                record.clock = record.clock.max(action.at);
                record.actions.push(*action);
                record.events.extend(events);
            }
            Request::ClockMark { id, at } => {
                let record = self.going_on(&id)?;
                record.clock = record.clock.max(at);
            }
            Request::Finish { id, clock, events } => {
                let record = self.going_on(&id)?;
                record.clock = clock;
                record.events.extend(events);
                if let Some(kept) = self.records.get_mut(&id) {
                    kept.finished = true;
                }
            }
            Request::Resume(id) => {
                self.going_on(&id)?;
                return Ok(Reply::Record(Box::new(self.records[&id].clone())));
            }
            Request::Abandon(id) => {
                self.going_on(&id)?;
                self.forget(&id);
                self.forget_unused_texts();
            }
            Request::Wipe { by } => self.wipe(by.as_deref()),
            Request::List => return Ok(Reply::Calls(self.calls(|_| true))),
            Request::Unfinished => return Ok(Reply::Calls(self.calls(|kept| !kept.finished))),
            Request::Load(id) => {
                let kept = self.records.get(&id).cloned().ok_or(Failure::NoCall { id })?;
                return Ok(Reply::Record(Box::new(kept)));
            }
            Request::Texts(hash) => return self.texts(&hash),
            Request::Annotate(annotation) => {
                self.outcome_of_annotation(&annotation).must_be_new(&annotation)?;
                self.annotations.insert(annotation.id.clone(), *annotation);
            }
            Request::Annotations { of } => {
                let wanted = |a: &&Annotation| of.is_none() || a.record() == of.as_deref();
                let mut found: Vec<_> = self.annotations.values().filter(wanted).cloned().collect();
                found.sort_by(|a, b| (&a.at, &a.id).cmp(&(&b.at, &b.id)));
                return Ok(Reply::Annotations(found));
            }
            Request::Import { items, only_check } => {
                let import = |item| self.import(item, only_check);
                return Ok(Reply::Imported(items.into_iter().map(import).collect()));
            }
            Request::PutAssessment(assessed) => {
                if !self.records.contains_key(&assessed.key.record) {
                    return Err(Failure::NoCall { id: assessed.key.record });
                }
                self.assessments.insert(assessed.key.clone(), *assessed);
            }
            Request::PutAssessments(all) => {
                let here = all.into_iter().filter(|assessed| self.records.contains_key(&assessed.key.record));
                self.assessments.extend(here.map(|assessed| (assessed.key.clone(), assessed)));
            }
            Request::PutSetting { name, value: Some(value) } => drop(self.settings.insert(name, value)),
            Request::PutSetting { name, value: None } => drop(self.settings.remove(&name)),
            Request::Settings => return Ok(Reply::Settings(self.settings.clone())),
            Request::Assessment(key) => {
                let found = self.assessments.get(&key).cloned();
                return Ok(Reply::Assessments(found.into_iter().collect()));
            }
            Request::Assessments { rules } => {
                let of_rules = self.assessments.values().filter(|a| a.key.rules == rules);
                let brief = |a: &Assessed| Assessed { full: String::new(), ..a.clone() };
                return Ok(Reply::Assessments(of_rules.map(brief).collect()));
            }
        }
        Ok(Reply::Saved)
    }

    fn going_on(&mut self, id: &str) -> Result<&mut Record, Failure> {
        let id = call_id(id)?.to_owned();
        match self.records.get_mut(&id) {
            None => Err(Failure::NoCall { id }),
            Some(kept) if kept.finished => Err(Failure::Finished { id }),
            Some(kept) => Ok(&mut kept.record),
        }
    }

    fn calls(&self, wanted: impl Fn(&Kept) -> bool) -> Vec<Summary> {
        let wanted = self.records.values().filter(|kept| wanted(kept));
        let mut calls: Vec<Summary> = wanted.map(Summary::of).collect();
        calls.sort_by(|a, b| (&a.head.taken, &a.head.id).cmp(&(&b.head.taken, &b.head.id)));
        calls
    }

    fn texts(&self, hash: &str) -> Result<Reply, Failure> {
        let text = self.texts.get(hash).ok_or_else(|| Failure::NoText { hash: hash.to_owned() })?;
        let listed = text.listed().into_iter().filter_map(|(_, hash)| self.texts.get(hash));
        Ok(Reply::Texts(std::iter::once(text).chain(listed).cloned().collect()))
    }

    fn outcome_of_annotation(&self, new: &Annotation) -> Outcome {
        match self.annotations.get(&new.id) {
            Some(here) if here == new => Outcome::AlreadyHere,
            Some(_) => Outcome::Differs,
            None if new.record().is_none_or(|id| self.records.contains_key(id)) => Outcome::New,
            None => Outcome::Stray,
        }
    }

    fn import(&mut self, item: Item, only_check: bool) -> Outcome {
        let outcome = match &item {
            Item::Text(text) if self.texts.contains_key(&text.hash) => Outcome::AlreadyHere,
            Item::Text(_) => Outcome::New,
            Item::Record(new) => match self.records.get(&new.record.head.id) {
                None => Outcome::New,
                Some(here) => compare(here, new),
            },
            Item::Annotation(new) => self.outcome_of_annotation(new),
        };
        if !only_check && matches!(outcome, Outcome::New | Outcome::Continued) {
            match item {
                Item::Text(text) => drop(self.texts.insert(text.hash.clone(), text)),
                Item::Record(new) => {
                    drop(self.records.insert(new.record.head.id.clone(), *new));
                }
                Item::Annotation(new) => drop(self.annotations.insert(new.id.clone(), *new)),
            }
        }
        outcome
    }

    fn forget(&mut self, id: &str) {
        self.records.remove(id);
        self.annotations.retain(|_, annotation| annotation.record() != Some(id));
        self.assessments.retain(|key, _| key.record != id);
    }

    fn wipe(&mut self, by: Option<&str>) {
        let of = |kept: &&Kept| by.is_none_or(|by| kept.record.head.by == by);
        let ids = self.records.values().filter(of).map(|kept| kept.record.head.id.clone());
        for id in ids.collect::<Vec<_>>() {
            self.forget(&id);
        }
        if by.is_none() {
            self.settings.clear();
        }
        self.annotations
            .retain(|_, annotation| by.is_some_and(|by| annotation.by != by || !annotation.goes_with_its_author()));
        self.forget_unused_texts();
    }

    fn forget_unused_texts(&mut self) {
        let mut used = std::collections::BTreeSet::new();
        for Kept { record, .. } in self.records.values() {
            used.insert(record.head.scenario.to_string());
            if used.insert(record.head.standards.to_string())
                && let Some(list) = self.texts.get(&*record.head.standards)
            {
                used.extend(list.listed().into_iter().map(|(_, hash)| hash.to_owned()));
            }
        }
        self.texts.retain(|hash, _| used.contains(hash));
    }
}

impl Store for MemoryStore {
    fn submit(&mut self, request: Request) -> Ticket {
        self.submitted += 1;
        let ticket = Ticket(self.submitted);
        let answer = self.answer(request);
        self.answers.push((ticket, answer));
        ticket
    }

    fn poll(&mut self) -> Vec<(Ticket, Result<Reply, Failure>)> {
        std::mem::take(&mut self.answers)
    }
}
