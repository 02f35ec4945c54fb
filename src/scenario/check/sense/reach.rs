//! What can be heard in a call: which answers, which beats, which facts.

use std::collections::{BTreeMap, BTreeSet};

use super::solve::{Given, Truth, World};
use crate::scenario::{Answer, Beat, Moment, Person, Relation, Scenario, Trigger};
use crate::standards::Standards;

/// Utterances, as places in the bank, that the call answers itself, and by whom; whether always.
pub(super) type Own = BTreeMap<(usize, Person), bool>;

/// What can be heard, by place in the call.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Answers with the utterances that bring them out, as places in the bank; none: never given.
    pub answers: Vec<Vec<usize>>,
    /// Utterances that the call answers itself, and by whom; whether always, so that the bank never does.
    pub own: Own,
    pub beats: Vec<bool>,
    /// Facts that somebody tells, asked or by themselves.
    pub told: Vec<bool>,
}

/// Who can be on the line. A patient who rings is answered for as the caller.
pub(super) fn persons(call: &Scenario) -> Vec<Person> {
    match (call.caller.relation == Relation::Patient, call.patient.reachable) {
        (true, _) => vec![Person::Patient],
        (false, true) => vec![Person::Caller, Person::Patient],
        (false, false) => vec![Person::Caller],
    }
}

/// Whether a person answers at all.
fn answers_at_all(call: &Scenario, by: Person) -> bool {
    by == Person::Caller || call.caller.relation != Relation::Patient && call.patient.reachable
}

/// What is so when an answer of this person is looked for.
pub(super) fn given_for(call: &Scenario, answer: &Answer) -> Given<'static> {
    let rings = call.caller.relation == Relation::Patient;
    Given { person: Some(if rings { Person::Patient } else { answer.by }), ..Given::default() }
}

/// What is so when a beat comes.
pub(super) fn given_at<'a>(beat: &'a Beat) -> Given<'a> {
    match &beat.at {
        Trigger::Told(id) => Given { told: Some(id), ..Given::default() },
        Trigger::Said(id) => Given { said: Some(id), ..Given::default() },
        Trigger::Beat(id) => Given { beat: Some(id), ..Given::default() },
        // A decision can be taken back before a delay is over.
        Trigger::Decided => Given { decided: beat.delay == 0, ..Given::default() },
        _ => Given::default(),
    }
}

impl Reach {
    /// Works out what can be heard: what depends on what cannot be, falls away in turn.
    pub fn of(call: &Scenario, standards: &Standards) -> Self {
        let mut reach = Self {
            answers: vec![vec![0]; call.answers.len()],
            own: Own::new(),
            beats: vec![true; call.beats.len()],
            told: vec![true; call.facts.len()],
        };
        loop {
            let next = reach.step(call, standards);
            let done = next.beats == reach.beats && next.told == reach.told;
            reach = next;
            if done {
                return reach;
            }
        }
    }

    /// What is known of the call for the solver.
    pub fn world<'a>(&self, call: &'a Scenario, standards: &'a Standards) -> World<'a> {
        let ids = |so: &[bool], ids: Vec<&'a str>| -> BTreeSet<&'a str> {
            ids.into_iter().zip(so).filter(|(_, so)| **so).map(|(id, _)| id).collect()
        };
        World {
            standards,
            told: ids(&self.told, call.facts.iter().map(|fact| &*fact.id).collect()),
            lasting: call.facts.iter().filter(|f| f.from.is_none() && f.until.is_none()).map(|f| &*f.id).collect(),
            beats: ids(&self.beats, call.beats.iter().map(|beat| &*beat.id).collect()),
            roles: call.roles.iter().map(|role| &**role).collect(),
            persons: persons(call),
        }
    }

    fn step(&self, call: &Scenario, standards: &Standards) -> Self {
        let world = self.world(call, standards);
        let truths: Vec<Truth> = call
            .answers
            .iter()
            .map(|a| a.when.as_ref().map_or(Truth::Always, |when| world.truth(when, &given_for(call, a))))
            .collect();
        let (answers, own) = orders(call, standards, &truths);
        let happens = |beat: &Beat| {
            let set_off = match &beat.at {
                Trigger::Told(id) => world.told.contains(&**id),
                Trigger::Beat(id) => world.beats.contains(&**id),
                _ => true,
            };
            let conditions: Vec<_> =
                beat.when.iter().map(|w| (w, true)).chain(beat.unless.iter().map(|w| (w, false))).collect();
            set_off && world.truth_of(&conditions, &given_at(beat)) != Truth::Never
        };
        let beats: Vec<bool> = call.beats.iter().map(happens).collect();
        // What begins after something that never happens never holds, and nobody tells it.
        let begins = |moment: &Option<Moment>| match moment {
            Some(Moment::Beat(id)) => world.beats.contains(&**id),
            _ => true,
        };
        let by_answer = call.answers.iter().zip(&answers).filter(|(_, by)| !by.is_empty()).flat_map(|(a, _)| &a.tells);
        let by_beat = call.beats.iter().zip(&beats).filter(|(_, happens)| **happens).flat_map(|(b, _)| &b.tells);
        let telling: BTreeSet<&str> = by_answer.chain(by_beat).map(|id| &**id).collect();
        let told = call.facts.iter().map(|f| telling.contains(&*f.id) && begins(&f.from)).collect();
        Self { answers, own, beats, told }
    }
}

/// For each answer the utterances that bring it out: those for which nothing before it is always given. Beside them the
/// utterances that are answered at all, and whether always.
fn orders(call: &Scenario, standards: &Standards, truths: &[Truth]) -> (Vec<Vec<usize>>, Own) {
    let mut by_key: BTreeMap<(&str, Person), Vec<usize>> = BTreeMap::new();
    for (n, answer) in call.answers.iter().enumerate() {
        if let Some(id) = answer.to.as_ref().or(answer.feature.as_ref()) {
            by_key.entry((id, answer.by)).or_default().push(n);
        }
    }
    let mut brought_out = vec![Vec::new(); call.answers.len()];
    let mut own = Own::new();
    for person in [Person::Caller, Person::Patient] {
        if !answers_at_all(call, person) {
            continue;
        }
        let mut tried: BTreeSet<usize> = BTreeSet::new();
        for ((id, by), _) in by_key.iter().filter(|((_, by), _)| *by == person) {
            debug_assert_eq!(*by, person);
            let utterances = standards.utterance(id).map(|(n, _)| n).into_iter();
            tried.extend(utterances.chain(standards.probing(id).iter().copied()));
        }
        for utterance in tried {
            let asked = &standards.bank[utterance];
            let keys = std::iter::once(&asked.id).chain(&asked.probes);
            let order = keys.filter_map(|key| by_key.get(&(&**key, person))).flatten();
            for &n in order {
                match truths[n] {
                    Truth::Never => {}
                    Truth::Sometimes => {
                        brought_out[n].push(utterance);
                        own.entry((utterance, person)).or_insert(false);
                    }
                    Truth::Always => {
                        brought_out[n].push(utterance);
                        own.insert((utterance, person), true);
                        break;
                    }
                }
            }
        }
    }
    (brought_out, own)
}
