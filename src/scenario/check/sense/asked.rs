//! Whoever asks for what matters hears it from the call, not from the bank: the bank's line is the same in every call,
//! and whoever has heard it before knows that nothing is there.

use std::collections::BTreeMap;

use super::solve::Truth;
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::{Answer, Beat, Fact, Person, Relation};
use crate::standards::{Kind, Utterance};

/// Why something should have an answer of the call's own.
struct Reason {
    place: Place,
    /// Goes on from "`q-x` …".
    text: String,
}

impl Sense<'_> {
    pub(super) fn asked(&mut self) {
        self.answered_by_the_bank();
        self.without_a_last_answer();
        self.fact_and_question();
    }

    /// Questions without an answer of the call's own, though the call turns on what they ask for.
    fn answered_by_the_bank(&mut self) {
        let call = self.call;
        let rings = call.caller.relation == Relation::Patient;
        let mut found: BTreeMap<(usize, Person), Reason> = BTreeMap::new();
        // Of a cue a question may be named as well as a feature.
        let mut want = |sense: &Self, feature: &str, person: Person, reason: &dyn Fn() -> Reason| {
            let itself = sense.standards.utterance(feature).map(|(n, _)| n);
            for n in sense.standards.probing(feature).iter().copied().chain(itself) {
                if is_fair(&sense.standards.bank[n]) && !sense.reach.own.contains_key(&(n, person)) {
                    found.entry((n, person)).or_insert_with(reason);
                }
            }
        };
        for (n, fact) in call.facts.iter().enumerate() {
            let mut knowing = vec![Person::Caller];
            if !rings && call.patient.reachable {
                knowing.push(Person::Patient);
            }
            knowing.retain(|person| fact.known_to.contains(person) || rings && !fact.known_to.is_empty());
            for person in knowing {
                want(self, &fact.feature, person, &|| Reason {
                    place: Place::fact(n).field("feature"),
                    text: format!("asks for `{}`, and what is so is the fact `{}`", fact.feature, fact.id),
                });
            }
        }
        for (n, feature) in call.model.assured_by.iter().enumerate() {
            want(self, feature, Person::Caller, &|| Reason {
                place: Place::model().field("assured_by").index(n),
                text: format!("asks for `{feature}`, by which a right outcome is assured"),
            });
        }
        for (n, beat) in call.beats.iter().enumerate() {
            for (at, feature) in beat.picked_up_by.iter().enumerate() {
                want(self, feature, Person::Caller, &|| Reason {
                    place: Place::beat(n).field("picked_up_by").index(at),
                    text: format!("picks up the cue `{}`", beat.id),
                });
            }
        }
        for ((n, person), reason) in found {
            let utterance = &self.standards.bank[n];
            let who = if person == Person::Caller { "caller" } else { "patient" };
            let message = format!(
                "`{}` {}: the {who} answers with the bank's “{}”",
                utterance.id, reason.text, utterance.default
            );
            let hint = format!("add an answer to `{}` in words of this call", utterance.id);
            self.warning(codes::BANK_ANSWERS, reason.place, message, hint);
        }
    }

    /// Answers that all have a condition, where none of them may hold: the bank speaks in between.
    fn without_a_last_answer(&mut self) {
        let call = self.call;
        let mut by_key: BTreeMap<(&str, Person), Vec<usize>> = BTreeMap::new();
        for (n, answer) in call.answers.iter().enumerate().filter(|(n, _)| !self.reach.answers[*n].is_empty()) {
            if let Some(key) = answer.to.as_ref().or(answer.feature.as_ref()) {
                by_key.entry((key, answer.by)).or_default().push(n);
            }
        }
        let world = self.reach.world(call, self.standards);
        let mut open = Vec::new();
        for ((key, person), list) in by_key {
            let settled = |n: &usize| {
                self.reach.answers[*n].iter().any(|u| self.reach.own.get(&(*u, person)).is_some_and(|settled| *settled))
            };
            if list.iter().any(settled) {
                continue;
            }
            let none: Vec<_> = list.iter().filter_map(|&n| Some((call.answers[n].when.as_ref()?, false))).collect();
            let given = super::reach::given_for(call, &call.answers[list[0]]);
            if none.len() == list.len() && world.truth_of(&none, &given) != Truth::Never {
                open.push((list[list.len() - 1], key));
            }
        }
        for (n, key) in open {
            let message = format!("every answer to `{key}` has a condition, and where none holds the bank answers");
            let hint = "let the last of them have no `when`: it is heard where the others are not";
            self.warning(codes::NO_LAST_ANSWER, Place::answer(n).field("when"), message, hint);
        }
    }

    /// A fact comes out of a question about its feature, or of a cue that such a question picks up.
    fn fact_and_question(&mut self) {
        let call = self.call;
        let mut found = Vec::new();
        for (n, fact) in call.facts.iter().enumerate() {
            let telling: Vec<&Answer> = call.answers.iter().filter(|answer| answer.tells.contains(&fact.id)).collect();
            let cues = call.beats.iter().filter(|beat| beat.tells.contains(&fact.id) && !beat.picked_up_by.is_empty());
            let by_question = telling.iter().any(|answer| self.is_about(answer, fact));
            let by_cue = cues.clone().any(|cue| self.is_picked_up_by(cue, fact));
            if by_question || by_cue || telling.is_empty() && cues.count() == 0 {
                continue;
            }
            found.push((n, fact));
        }
        for (n, fact) in found {
            let message =
                format!("nothing that tells `{}` has to do with a question about `{}`", fact.id, fact.feature);
            let hint = "give the fact the feature that its questions ask for, or let a question about it tell the fact";
            self.warning(codes::FACT_AND_QUESTION, Place::fact(n).field("feature"), message, hint);
        }
    }

    /// Whether an answer is to a question about the feature of a fact.
    fn is_about(&self, answer: &Answer, fact: &Fact) -> bool {
        let asks = |id: &str| self.standards.utterance(id).is_some_and(|(_, u)| u.probes.contains(&fact.feature));
        answer.feature.as_ref() == Some(&fact.feature) || answer.to.as_ref().is_some_and(|id| asks(id))
    }

    fn is_picked_up_by(&self, cue: &Beat, fact: &Fact) -> bool {
        cue.picked_up_by.iter().any(|id| {
            *id == fact.feature || self.standards.utterance(id).is_some_and(|(_, u)| u.probes.contains(&fact.feature))
        })
    }
}

/// A question that a trainee is taught to ask.
fn is_fair(utterance: &Utterance) -> bool {
    utterance.kind == Kind::Question && utterance.flaws.is_empty()
}
