//! Guides as the call meets them: for this patient, and leading to the right outcome.

use std::collections::BTreeSet;

use super::model::Right;
use super::{Place, Sense};
use crate::call::{directory, steps};
use crate::diagnostic::codes;
use crate::scenario::Escalate;
use crate::standards::{Decides, Guide, Id, Next, Standards, Step};

/// So many steps are more than any guide has, with those that it sends on to.
const STEPS: usize = 1000;

/// What a guide comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub code: Id,
    /// Question of the step that was answered with yes.
    pub by: Option<Id>,
}

/// Works through a guide with true answers: yes where it is so, no everywhere else.
pub(crate) fn walk(standards: &Standards, guide: &Guide, is_so: impl Fn(&Step) -> bool) -> Outcome {
    let guides = &standards.guides;
    let mut answered: BTreeSet<&str> = BTreeSet::new();
    let mut been: BTreeSet<&str> = BTreeSet::new();
    let (mut guide, mut with_opening) = (guide, true);
    for _ in 0..STEPS {
        been.insert(&guide.id);
        let next = steps(guides, guide, with_opening).find(|step| !answered.contains(&*step.question));
        let Some(step) = next else { return Outcome { code: guide.otherwise.clone(), by: None } };
        answered.insert(&step.question);
        let by = Some(step.question.clone());
        match &step.yes {
            _ if !is_so(step) => {}
            Next::Continue => {}
            Next::Yield(code) => return Outcome { code: code.clone(), by },
            Next::GoTo(id) => match standards.guide(id).filter(|other| !been.contains(&*other.id)) {
                Some(other) => (guide, with_opening) = (other, false),
                None => return Outcome { code: guides.not_sure_to.clone(), by },
            },
        }
    }
    Outcome { code: guides.not_sure_to.clone(), by: None }
}

impl Sense<'_> {
    pub(super) fn guides(&mut self) {
        let by_guide: Vec<_> = self.roles.iter().copied().filter(|role| role.decides == Decides::ByGuide).collect();
        if by_guide.is_empty() {
            return;
        }
        if self.call.model.guides.is_empty() {
            let message = "no guide serves, and a role of this call decides by guide";
            let hint = "name the guide for the main symptom in `guides`, or leave out the roles that decide by guide";
            self.error(codes::GUIDE_AND_OUTCOME, Place::model().field("guides"), message, hint);
        }
        self.for_this_patient();
        let mut said = BTreeSet::new();
        for role in by_guide {
            let right = Right::of(&self.call.model, role);
            for (n, id) in self.call.model.guides.iter().enumerate() {
                let Some(guide) = self.standards.guide(id) else { continue };
                self.leads_to_the_answer(n, guide, &right, &mut said);
            }
        }
    }

    fn for_this_patient(&mut self) {
        let call = self.call;
        let clock: Option<jiff::civil::DateTime> = call.clock.parse().ok();
        let Some(age) = clock.and_then(|clock| directory::age_on(&call.patient.born, clock.date())) else { return };
        for (n, id) in call.model.guides.iter().enumerate() {
            let Some(guide) = self.standards.guide(id) else { continue };
            let too_young = guide.from_age.is_some_and(|from| age < from);
            if too_young || guide.to_age.is_some_and(|to| age > to) {
                let message = format!("the guide `{id}` is not for a patient of {age}: {}", guide.limits);
                let place = Place::model().field("guides").index(n);
                self.error(codes::GUIDE_AND_OUTCOME, place, message, "name a guide that is, or change `born`");
            }
        }
    }

    /// From what is so of the patient the guide comes to a right outcome.
    fn leads_to_the_answer(&mut self, n: usize, guide: &Guide, right: &Right<'_>, said: &mut BTreeSet<String>) {
        // What is so from the beginning, and what is so by the end.
        let outcomes = [false, true].map(|later| walk(self.standards, guide, |step| self.is_so(step, later)));
        let to_clinician = &self.standards.guides.not_sure_to;
        let is_right = |outcome: &Outcome| {
            right.codes().any(|code| self.standards.same_decision(code, &outcome.code))
                || right.escalate != Escalate::Needless && outcome.code == *to_clinician
        };
        if outcomes.iter().any(is_right) {
            self.decides_as_much(&outcomes, right, said);
            return;
        }
        let [outcome, _] = &outcomes;
        let by = outcome.by.as_ref().map_or_else(|| "at its end".to_owned(), |question| format!("by `{question}`"));
        let message = format!(
            "answered truly, the guide `{}` leads to {} {by}, and the right outcome is {}",
            guide.id,
            self.named(&outcome.code),
            self.named(right.best)
        );
        if said.insert(message.clone()) {
            let hint = "see which facts are `worrying`: they are the ones to be recorded as yes, in every step that asks for their feature";
            self.error(codes::GUIDE_AND_OUTCOME, Place::model().field("guides").index(n), message, hint);
        }
    }

    /// The fact by which the guide comes to a right outcome means as much as the latest that is right.
    fn decides_as_much(&mut self, outcomes: &[Outcome], right: &Right<'_>, said: &mut BTreeSet<String>) {
        // Where a clinician may be asked, a guide comes to more than the fact means.
        if right.escalate != Escalate::Needless {
            return;
        }
        let (call, standards) = (self.call, self.standards);
        let latest = right.codes().filter_map(|code| standards.rung_of(code)).max();
        for question in outcomes.iter().filter_map(|outcome| outcome.by.as_ref()) {
            let Some((_, utterance)) = standards.utterance(question) else { continue };
            for (n, fact) in call.facts.iter().enumerate() {
                if !fact.worrying || !utterance.probes.contains(&fact.feature) {
                    continue;
                }
                let bound = fact.at_least.as_ref().and_then(|bound| self.bound(bound));
                let less = bound.zip(latest).is_some_and(|(bound, latest)| bound > latest);
                let message =
                    format!("by `{}` the guide decides, and it means less than anything that is right", fact.id);
                if less && said.insert(message.clone()) {
                    let hint = "let `at_least` be the latest outcome that is still right";
                    self.warning(codes::OUTCOME_UNFOUNDED, Place::fact(n).field("at_least"), message, hint);
                }
            }
        }
    }

    /// Whether a step is to be recorded as yes.
    fn is_so(&self, step: &Step, later: bool) -> bool {
        let worrying: Vec<&Id> = self
            .call
            .facts
            .iter()
            .filter(|fact| fact.worrying && (later || fact.from.is_none()))
            .map(|fact| &fact.feature)
            .collect();
        std::iter::once(&step.question)
            .chain(&step.or)
            .filter_map(|id| self.standards.utterance(id))
            .any(|(_, utterance)| utterance.probes.iter().any(|feature| worrying.contains(&feature)))
    }
}
