//! Variants held against the call: a surface keeps the answer, a twist changes it, and neither leaves
//! the people of the call in its lines.

use std::collections::BTreeSet;

use super::model::Right;
use super::reach::Reach;
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::{Fact, Person, Pronoun, Relation, Scenario, Variant, VariantKind};
use crate::standards::{Decides, Kind, Sex};

impl Sense<'_> {
    pub(super) fn surface(&mut self, base: &Scenario, variant: &Variant, reach: &Reach) {
        match variant.kind {
            VariantKind::Surface => self.keeps_the_answer(base),
            VariantKind::Twist => self.changes_the_answer(base, variant),
        }
        self.changes_something(variant);
        self.answers_what_the_call_does_not(base, variant, reach);
        self.left_names(base, variant);
        self.left_pronouns(base, variant);
    }

    /// Under another surface what decides is the same.
    fn keeps_the_answer(&mut self, base: &Scenario) {
        let soonest = base.facts.iter().filter_map(|fact| self.bound_of(fact)).min();
        let weighs = |fact: &Fact| fact.key || fact.worrying || fact.at_least.is_some();
        for (n, fact) in self.call.facts.iter().enumerate() {
            let place = Place::fact(n);
            match base.facts.iter().find(|known| known.id == fact.id) {
                None if self.bound_of(fact).is_some_and(|bound| soonest.is_none_or(|soonest| bound < soonest)) => {
                    let message =
                        format!("the surface variant adds `{}`, which asks for more than the call does", fact.id);
                    let hint = "call it a `Twist` and give it a model answer, or leave out what makes the fact decide";
                    self.error(codes::SURFACE_CHANGES, place.field("id"), message, hint);
                }
                Some(known) => {
                    for (name, differs) in [
                        ("feature", known.feature != fact.feature && weighs(known)),
                        ("at_least", known.at_least != fact.at_least),
                        ("key", known.key != fact.key),
                        ("worrying", known.worrying != fact.worrying),
                    ] {
                        if differs {
                            let message = format!("under the surface variant `{}` has another `{name}`", fact.id);
                            let hint =
                                "a surface has the same right answer: keep it as in the call, or call it a `Twist`";
                            self.error(codes::SURFACE_CHANGES, place.clone().field(name), message, hint);
                        }
                    }
                }
                None => {}
            }
        }
        let left = self.call.facts.iter().filter_map(|fact| self.bound_of(fact)).min();
        if left != soonest && left.is_none_or(|left| soonest.is_some_and(|soonest| left > soonest)) {
            let message = "the surface variant leaves out the fact that decides";
            let hint = "call it a `Twist` and give it a model answer; or add a fact that means as much";
            self.error(codes::SURFACE_CHANGES, Place::root("variants"), message, hint);
        }
    }

    fn bound_of(&self, fact: &Fact) -> Option<u32> {
        self.bound(fact.at_least.as_ref()?)
    }

    fn changes_the_answer(&mut self, base: &Scenario, variant: &Variant) {
        if variant.facts.is_empty() && variant.without_facts.is_empty() {
            let message = "the twist changes no fact";
            let hint = "a twist is a fact that is otherwise, and with it the answer: add it to `facts`";
            self.error(codes::TWIST_SAME, Place::root("variants"), message, hint);
        }
        let Some(model) = &variant.model else { return };
        let decides: Vec<_> = self.roles.iter().filter(|role| role.decides != Decides::HandsOver).collect();
        let same = decides.iter().all(|role| {
            let (new, old) = (Right::of(model, role), Right::of(&base.model, role));
            self.standards.same_decision(new.best, old.best)
        });
        if same && !decides.is_empty() {
            let message = format!("the twist leaves {} the best outcome", self.named(&model.best));
            let hint = "let the twist change the answer, or call it a `Surface` and leave `model` out";
            self.error(codes::TWIST_SAME, Place::model().field("best"), message, hint);
        }
    }

    /// A variant that is met as another call.
    fn changes_something(&mut self, variant: &Variant) {
        let nothing = variant.caller.is_none()
            && variant.patient.is_none()
            && variant.opening.is_none()
            && variant.facts.is_empty()
            && variant.answers.is_empty()
            && variant.beats.is_empty()
            && variant.without_facts.is_empty()
            && variant.without_answers.is_empty()
            && variant.without_beats.is_empty();
        if nothing {
            let message = "nobody can tell this variant from the call";
            let hint = "change who rings, what is said or what is so; or leave the variant out";
            self.warning(codes::VARIANT_SAME, Place::root("variants"), message, hint);
        }
    }

    /// Where the call leaves an answer to the bank and the variant does not, the bank's line tells which of them it is.
    fn answers_what_the_call_does_not(&mut self, base: &Scenario, variant: &Variant, reach: &Reach) {
        let kept = base.kept_answers(variant).count();
        for n in 0..variant.answers.len() {
            // A patient who rings answers as the caller; one who cannot come to the phone is never heard in the call.
            let by = match (variant.answers[n].by, base.caller.relation, base.patient.reachable) {
                (_, Relation::Patient, _) | (Person::Caller, ..) => Person::Caller,
                (Person::Patient, _, true) => Person::Patient,
                (Person::Patient, _, false) => continue,
            };
            let only_here = self.reach.answers.get(kept + n).into_iter().flatten();
            // Advice differs with the answer, and what is asked of a woman is answered shortly by a man.
            let body = self.call.patient.sex != base.patient.sex && variant.answers[n].tells.is_empty();
            let only_here = only_here.copied().find(|&utterance| {
                let kind = self.standards.bank[utterance].kind;
                matches!(kind, Kind::Question | Kind::Instruction) && !body && !reach.own.contains_key(&(utterance, by))
            });
            if let Some(utterance) = only_here.map(|n| &self.standards.bank[n].id) {
                let message =
                    format!("the variant answers `{utterance}` in its own words, and the call in those of the bank");
                let hint =
                    format!("add an answer to `{utterance}` to the call: otherwise the bank's line tells which it is");
                self.warning(codes::ONLY_IN_VARIANT, Place::answer(kept + n), message, hint);
            }
        }
    }

    /// Names of the call's people in lines that a variant takes over.
    fn left_names(&mut self, base: &Scenario, variant: &Variant) {
        if variant.caller.is_none() && variant.patient.is_none() {
            return;
        }
        let gone = names(base).difference(&names(self.call)).copied().collect::<BTreeSet<&str>>();
        // Of somebody else who is in the call.
        let others: BTreeSet<&str> = base.others.iter().flat_map(|other| other.name.split_whitespace()).collect();
        let gone: BTreeSet<&str> = gone.difference(&others).copied().collect();
        if gone.is_empty() {
            return;
        }
        for (what, text) in self.lines_taken_over(base, variant) {
            if let Some(name) = words(text).find(|word| gone.contains(word)) {
                let message = format!("{what} still says “{name}”, who is not in this variant");
                let hint = "give the variant its own, or word the call's so that it fits both";
                self.warning(codes::NAME_LEFT, Place::root("variants"), message, hint);
            }
        }
    }

    /// She for he, in lines of a caller who speaks of the patient.
    fn left_pronouns(&mut self, base: &Scenario, variant: &Variant) {
        let third = |call: &Scenario| call.caller.relation != Relation::Patient;
        let (old, new) = (pronoun(base), pronoun(self.call));
        if !third(base) || third(self.call) && old == new || variant.patient.is_none() && variant.caller.is_none() {
            return;
        }
        let left: &[&str] = match old {
            Pronoun::She => &["she", "she's", "her", "hers", "herself"],
            Pronoun::He => &["he", "he's", "him", "his", "himself"],
            Pronoun::They => return,
        };
        let kept: Vec<usize> = base.kept_answers(variant).collect();
        for n in kept {
            let answer = &base.answers[n];
            if answer.by == Person::Patient {
                continue;
            }
            let mut said = answer.say.iter().chain(&answer.again);
            let is_left = |word: &str| left.iter().any(|left| left.eq_ignore_ascii_case(word));
            let found = said.find(|say| words(say).any(is_left));
            if let (Some(say), Some(key)) = (found, answer.to.as_ref().or(answer.feature.as_ref())) {
                let short: String = say.chars().take(40).collect();
                let message = format!("the answer to `{key}` still says “{}”: “{short}…”", left[0]);
                let hint = "give the variant its own answer, or word the call's so that it fits both";
                self.warning(codes::NAME_LEFT, Place::root("variants"), message, hint);
            }
        }
    }

    /// Lines of the call that are heard under the variant as well.
    fn lines_taken_over<'b>(&self, base: &'b Scenario, variant: &'b Variant) -> Vec<(String, &'b str)> {
        let mut lines: Vec<(String, &str)> = Vec::new();
        if variant.opening.is_none() {
            lines.extend(base.opening.iter().map(|say| ("the opening".to_owned(), &**say)));
        }
        for n in base.kept_answers(variant) {
            let answer = &base.answers[n];
            let Some(key) = answer.to.as_ref().or(answer.feature.as_ref()) else { continue };
            let said = answer.say.iter().chain(&answer.again);
            lines.extend(said.map(|say| (format!("the answer to `{key}`"), &**say)));
        }
        for beat in &base.beats {
            if !variant.without_beats.contains(&beat.id) && !variant.beats.iter().any(|own| own.id == beat.id) {
                lines.extend(beat.say.iter().map(|say| (format!("the beat `{}`", beat.id), &**say)));
            }
        }
        for offer in &base.offers {
            lines.extend(
                offer.say.iter().map(|say| (format!("the answer to the offer of `{}`", offer.service), &**say)),
            );
        }
        lines.extend(base.clinician_says.iter().map(|say| ("`clinician_says`".to_owned(), &**say)));
        for (name, list) in [
            ("special_notes", &base.special_notes),
            ("previous_contacts", &base.previous_contacts),
            ("summary_record", &base.summary_record),
        ] {
            lines.extend(list.iter().map(|text| (format!("`{name}`"), text.as_str())));
        }
        if let (Some(handover), None) = (&base.handover, &variant.handover) {
            lines.push(("the handover".into(), &handover.says));
        }
        if variant.afterwards.is_none() {
            lines.push(("`afterwards`".into(), &base.afterwards));
        }
        lines
    }
}

/// Words by which caller and patient are named.
fn names(call: &Scenario) -> BTreeSet<&str> {
    [&call.caller.name, &call.patient.name, &call.patient.known_as]
        .into_iter()
        .flat_map(|name| name.split_whitespace())
        .filter(|word| word.chars().count() > 2 && !matches!(*word, "Mrs" | "Miss" | "Dr"))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').map(|word| word.strip_suffix("'s").unwrap_or(word))
}

fn pronoun(call: &Scenario) -> Pronoun {
    call.patient.pronoun.unwrap_or(match call.patient.sex {
        Sex::Female => Pronoun::She,
        Sex::Male => Pronoun::He,
    })
}
