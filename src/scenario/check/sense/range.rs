//! The range of what is right: together on the ladder, and bounds that name something that can be right.

use super::model::Right;
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::{Bound, Unsafe};
use crate::standards::{Disposition, Id, Refer};

/// An acceptable outcome stands at most so many rungs above the best, and below it.
const RUNGS: (u32, u32) = (2, 3);
/// More rungs than this between two right outcomes leave one out that is right as well.
const GAP: u32 = 2;
/// The column of the ladder for special services: none of them stands for another.
const SPECIAL: &str = "other";

impl Sense<'_> {
    pub(super) fn range(&mut self) {
        let call = self.call;
        for role in self.roles.clone() {
            let right = Right::of(&call.model, role);
            let Some(best) = self.standards.disposition(right.best) else { continue };
            for (n, code) in right.acceptable.iter().enumerate() {
                let Some(other) = self.standards.disposition(code) else { continue };
                if let Some(why) = self.not_acceptable_beside(best, other, &right) {
                    let message = format!(
                        "{} is acceptable where {} is best, and {why}",
                        self.named(code),
                        self.named(right.best)
                    );
                    let hint = "see which outcome it should have been; what is merely forgiven need not be right";
                    self.warning(codes::ACCEPTABLE_FAR, right.place_of_acceptable(&call.model, n + 1), message, hint);
                }
            }
        }
        self.bounds();
    }

    /// Why an outcome cannot be as good as the best.
    fn not_acceptable_beside(&self, best: &Disposition, other: &Disposition, right: &Right<'_>) -> Option<String> {
        let standards = self.standards;
        let (at, of_best) = (standards.rung_of(&other.code)?, standards.rung_of(&best.code)?);
        let mut rungs: Vec<u32> = right.codes().filter_map(|code| standards.rung_of(code)).collect();
        rungs.sort_unstable();
        let next = rungs.iter().rev().find(|rung| **rung < at);
        let after = rungs.iter().find(|rung| **rung > at);
        let to_hospital = |d: &Disposition| d.refer == Refer::Dispatch || &*d.column == "ed";
        let stands_for = |d: &Disposition| d.validated_as.as_ref() == Some(&other.code);
        let head = other.family.as_ref().filter(|head| **head != other.code);
        if of_best.saturating_sub(at) > RUNGS.0 {
            Some(format!("it is {} rungs more urgent", of_best - at))
        } else if at.saturating_sub(of_best) > RUNGS.1 {
            Some(format!("it is {} rungs later", at - of_best))
        } else if at > of_best && next.is_some_and(|next| at - next > GAP)
            || at < of_best && after.is_some_and(|after| after - at > GAP)
        {
            Some("what lies between is not".into())
        } else if other.refer == Refer::Dispatch && !to_hospital(best) {
            Some("it sends an ambulance".into())
        } else if (&*other.column == SPECIAL || &*best.column == SPECIAL) && other.setting != best.setting {
            Some("it is a service for something else".into())
        } else if standards.dispositions.dispositions.iter().any(stands_for) {
            Some("it is a clinician's check of an outcome, and no outcome".into())
        } else if let Some(head) = head
            && best.family.as_ref() != Some(head)
            && !right.codes().any(|code| code == head)
        {
            Some(format!("it is a heading of `{head}`, which is not"))
        } else {
            None
        }
    }

    /// What a bound names is right somewhere in the scenario: in the call itself where it says what comes too late.
    fn bounds(&mut self) {
        let (call, standards) = (self.call, self.standards);
        let own: Vec<&Id> = self.roles.iter().flat_map(|role| Right::of(&call.model, role).codes()).collect();
        let mut found = Vec::new();
        for (n, predicate) in call.model.unsafe_if.iter().enumerate() {
            let Unsafe::Later(code) = predicate else { continue };
            if !own.iter().any(|right| standards.same_decision(right, code)) {
                let place = Place::model().field("unsafe_if").index(n).index(0);
                let rung = standards.disposition(code).map_or("…", |d| &*d.rung);
                let hint = format!(
                    "name the latest right outcome; to leave room between right and unsafe write `Rung(later_than: \"{rung}\")`"
                );
                found.push((
                    place,
                    format!("later than {} is unsafe, and that is no right outcome", self.named(code)),
                    hint,
                ));
            }
        }
        for (n, fact) in call.facts.iter().enumerate() {
            let Some(Bound::Code(code)) = &fact.at_least else { continue };
            if !self.shared.rights.iter().any(|right| standards.same_decision(right, code)) {
                let message = format!(
                    "`{}` means at least {}, which is right neither here nor in a variant",
                    fact.id,
                    self.named(code)
                );
                let rung = standards.disposition(code).map_or("…", |d| &*d.rung);
                let hint = format!(
                    "name an outcome that is right once this is known; where only the urgency is meant write `Rung(\"{rung}\")`"
                );
                found.push((Place::fact(n).field("at_least").index(0), message, hint));
            }
        }
        for (place, message, hint) in found {
            self.warning(codes::BOUND_NOWHERE, place, message, hint);
        }
    }
}
