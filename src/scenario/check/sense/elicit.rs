//! Facts that can be brought out and can be missed; answers, beats and conditions that can be so.

use super::reach::{given_at, given_for};
use super::solve::{Given, Truth, World};
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::{Answer, Beat, Fact, Person, Relation, Trigger, Voices, When};
use crate::standards::{Kind, Stage};

/// Whatever comes by itself sooner than this, comes before anybody could have decided: seconds of
/// call time, and own lines.
const SOON: (u32, u32) = (30, 4);

impl Sense<'_> {
    pub(super) fn elicit(&mut self) {
        self.facts();
        let call = self.call;
        let world = self.reach.world(call, self.standards);
        let mut odd = Vec::new();
        for (n, answer) in call.answers.iter().enumerate() {
            if let Some(when) = &answer.when {
                conditions(&world, when, &given_for(call, answer), &Place::answer(n).field("when"), &mut odd);
            }
        }
        for (n, beat) in call.beats.iter().enumerate() {
            for (when, name) in [(&beat.when, "when"), (&beat.unless, "unless")] {
                if let Some(when) = when {
                    conditions(&world, when, &given_at(beat), &Place::beat(n).field(name), &mut odd);
                }
            }
        }
        for (place, truth) in odd {
            match truth {
                Truth::Never => {
                    let hint = "nothing in this call makes it so: leave it out, or see what it should have been";
                    self.warning(codes::NEVER_HEARD, place, "this holds at no time", hint);
                }
                _ => {
                    let hint = "leave it out, or see what it should have been";
                    self.warning(codes::ALWAYS_SO, place, "this holds at every time", hint);
                }
            }
        }
        self.answers();
        self.beats();
    }

    /// Each fact can be brought out of everybody who knows it, and a key fact can be missed.
    fn facts(&mut self) {
        let call = self.call;
        let rings = call.caller.relation == Relation::Patient;
        for (n, fact) in call.facts.iter().enumerate() {
            if fact.known_to.is_empty() {
                continue;
            }
            if !self.reach.told[n] {
                self.never_told(n, fact);
                continue;
            }
            for person in [Person::Caller, Person::Patient] {
                let asked = if rings { Person::Caller } else { person };
                let can_be_asked = asked == Person::Caller || call.patient.reachable;
                if rings && person == Person::Patient || !fact.known_to.contains(&person) || !can_be_asked {
                    continue;
                }
                if !self.is_told_by(fact, asked) {
                    let who = if asked == Person::Caller { "caller" } else { "patient" };
                    let message = format!("the {who} knows `{}`, and tells it to no question", fact.id);
                    let hint = format!(
                        "add `tells: [\"{}\"]` to an answer by the {who}, or take the {who} out of `known_to`",
                        fact.id
                    );
                    self.warning(codes::FACT_UNHEARD, Place::fact(n).field("known_to"), message, hint);
                }
            }
            if fact.key {
                self.can_be_missed(fact);
            }
        }
        self.tells_unknown();
    }

    fn never_told(&mut self, n: usize, fact: &Fact) {
        let message = format!("nobody ever tells `{}`", fact.id);
        let hint = format!(
            "add `tells: [\"{}\"]` to the answer that says so; writing the words into `say` is not enough",
            fact.id
        );
        let place = Place::fact(n).field("id");
        if fact.key {
            self.error(codes::FACT_UNHEARD, place, message, hint);
        } else {
            self.warning(codes::FACT_UNHEARD, place, message, hint);
        }
    }

    fn is_told_by(&self, fact: &Fact, person: Person) -> bool {
        let answers = self.call.answers.iter().zip(&self.reach.answers);
        let mut told = answers.filter(|(_, by)| !by.is_empty());
        let beats = self.call.beats.iter().zip(&self.reach.beats);
        // What somebody lets slip is told as well: a cue need not be an answer besides.
        let lets_slip = |beat: &Beat| match beat.by {
            Voices::Caller => person == Person::Caller,
            Voices::Patient => person == Person::Patient,
            Voices::Other(_) => false,
        };
        told.any(|(answer, _)| answer.by == person && answer.tells.contains(&fact.id))
            || beats.filter(|(_, happens)| **happens).any(|(b, _)| lets_slip(b) && b.tells.contains(&fact.id))
    }

    /// What comes to light whatever one does is no test of asking.
    fn can_be_missed(&mut self, fact: &Fact) {
        for (place, beat) in self.call.beats.iter().enumerate().filter(|(_, beat)| beat.tells.contains(&fact.id)) {
            let soon = match beat.at {
                Trigger::Seconds(seconds) => seconds.saturating_add(beat.delay) <= SOON.0,
                Trigger::Lines(lines) => lines <= SOON.1 && beat.delay <= SOON.0,
                _ => false,
            };
            // Unless it has been told already: then it comes either way.
            let either_way = beat.unless.as_ref().is_none_or(|w| matches!(w, When::Told(id) if *id == fact.id));
            if soon && either_way && beat.when.is_none() {
                let message =
                    format!("`{}` cannot be missed: the beat `{}` tells it at the beginning", fact.id, beat.id);
                let hint = "let it be asked for, or let the beat come later, or leave out `key: true`";
                self.warning(codes::FACT_UNMISSABLE, Place::beat(place).field("tells"), message, hint);
                return;
            }
        }
        for (place, answer) in self.call.answers.iter().enumerate() {
            if answer.when.is_some() || !answer.tells.contains(&fact.id) {
                continue;
            }
            let in_every_call = self.reach.answers[place]
                .iter()
                .map(|&n| &self.standards.bank[n])
                .find(|u| u.kind == Kind::Statement && u.stage == Stage::Open);
            if let Some(utterance) = in_every_call {
                let message = format!(
                    "`{}` cannot be missed: `{}` is said in every call, and its answer tells it",
                    fact.id, utterance.id
                );
                let hint = format!("let a question about `{}` bring it out, or leave out `key: true`", fact.feature);
                self.warning(codes::FACT_UNMISSABLE, Place::answer(place).field("tells"), message, hint);
                return;
            }
        }
    }

    /// Nobody tells what they do not know.
    fn tells_unknown(&mut self) {
        let call = self.call;
        let rings = call.caller.relation == Relation::Patient;
        for (n, answer) in call.answers.iter().enumerate() {
            for (t, id) in answer.tells.iter().enumerate() {
                let Some(fact) = call.facts.iter().find(|fact| fact.id == *id) else { continue };
                let knows = fact.known_to.contains(&answer.by) || rings && !fact.known_to.is_empty();
                if !knows {
                    let who = if answer.by == Person::Caller { "caller" } else { "patient" };
                    let message = format!("the {who} tells `{id}` and does not know it");
                    let hint = format!("add the {who} to `known_to` of `{id}`, or take it out of `tells`");
                    self.warning(codes::TELLS_UNKNOWN, Place::answer(n).field("tells").index(t), message, hint);
                }
            }
        }
    }

    /// Answers that are never given, but for those that a condition of their own keeps from it.
    fn answers(&mut self) {
        let call = self.call;
        let world = self.reach.world(call, self.standards);
        let mut dead = Vec::new();
        for (n, answer) in call.answers.iter().enumerate() {
            let own = answer.when.as_ref().map_or(Truth::Sometimes, |when| world.truth(when, &given_for(call, answer)));
            if self.reach.answers[n].is_empty() && own != Truth::Never && !behind_its_like(&call.answers, n) {
                dead.push((n, self.why_dead(answer)));
            }
        }
        for (n, (message, hint)) in dead {
            self.warning(codes::NEVER_HEARD, Place::answer(n), message, hint);
        }
    }

    fn why_dead(&self, answer: &Answer) -> (String, String) {
        let rings = self.call.caller.relation == Relation::Patient;
        if answer.by == Person::Patient && rings {
            return (
                "this is never said: the patient rings, and answers as the caller".into(),
                "leave `by` out".into(),
            );
        }
        if answer.by == Person::Patient && !self.call.patient.reachable {
            let hint = "leave the answer out, or `reachable: false` of the patient";
            return ("this is never said: the patient cannot come to the phone".into(), hint.into());
        }
        match &answer.feature {
            Some(feature) if self.standards.probing(feature).is_empty() => {
                (format!("this is never said: no question asks for `{feature}`"), "answer a question instead".into())
            }
            Some(feature) => {
                let message = format!("this is never said: every question about `{feature}` has an answer of its own");
                (message, "leave it out, or give one of those answers a `when`".into())
            }
            None => {
                let hint = "give the answer before it a `when` that does not always hold";
                ("this is never said: an answer before it is always given".into(), hint.into())
            }
        }
    }

    fn beats(&mut self) {
        let mut dead = Vec::new();
        let world = self.reach.world(self.call, self.standards);
        for (n, beat) in self.call.beats.iter().enumerate().filter(|(n, _)| !self.reach.beats[*n]) {
            // A condition that can never be is named by itself.
            let alone = |when: &Option<When>| {
                when.as_ref().is_some_and(|when| world.truth(when, &given_at(beat)) == Truth::Never)
            };
            if !alone(&beat.when) {
                dead.push((n, why_never(beat)));
            }
        }
        for (n, why) in dead {
            let message = format!("the beat `{}` never happens: {why}", self.call.beats[n].id);
            self.warning(codes::NEVER_HEARD, Place::beat(n).field("id"), message, "see what should set it off");
        }
    }
}

fn why_never(beat: &Beat) -> String {
    match &beat.at {
        Trigger::Told(id) if beat.unless.is_none() && beat.when.is_none() => format!("nobody tells `{id}`"),
        Trigger::Beat(id) if beat.unless.is_none() && beat.when.is_none() => format!("`{id}` never happens"),
        _ => "when it is due, `when` and `unless` always stand in its way, or what sets it off never comes".into(),
    }
}

/// Behind an answer to the very same that has no condition: the first stage has said so.
fn behind_its_like(answers: &[Answer], n: usize) -> bool {
    let key = |answer: &Answer| (answer.to.clone(), answer.feature.clone(), answer.by);
    answers[..n].iter().any(|before| before.when.is_none() && key(before) == key(&answers[n]))
}

/// Parts of a condition that hold never, or always, where that makes them useless.
pub(super) fn conditions<'a>(
    world: &World<'a>,
    when: &'a When,
    given: &Given<'a>,
    place: &Place,
    odd: &mut Vec<(Place, Truth)>,
) {
    let truth = world.truth(when, given);
    if truth != Truth::Sometimes {
        odd.push((place.clone(), truth));
        return;
    }
    match when {
        When::All(list) | When::Any(list) => {
            for (n, part) in list.iter().enumerate() {
                conditions(world, part, given, &place.clone().index(0).index(n), odd);
            }
        }
        When::Not(not) => conditions(world, not, given, &place.clone().index(0), odd),
        _ => {}
    }
}
