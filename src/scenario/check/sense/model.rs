//! Whether facts, answers and the model answer say the same.

use super::{Place, Sense};
use crate::call::Action;
use crate::diagnostic::codes;
use crate::scenario::{Bound, Escalate, Model, Unsafe};
use crate::standards::{Decides, Id, Refer, Role};

/// What is right for one role.
pub(super) struct Right<'a> {
    pub best: &'a Id,
    pub acceptable: &'a [Id],
    pub referral: Option<&'a crate::scenario::Referral>,
    pub escalate: Escalate,
    /// Place of the role's own differences in `by_role`.
    pub own: Option<usize>,
}

impl<'a> Right<'a> {
    pub fn of(model: &'a Model, role: &Role) -> Self {
        let own = model.by_role.iter().position(|own| own.role == role.id);
        let by_role = own.map(|n| &model.by_role[n]);
        let escalate = match by_role {
            Some(own) => own.escalate,
            None if role.decides == Decides::HandsOver => Escalate::Expected,
            None => Escalate::default(),
        };
        Self {
            best: by_role.and_then(|own| own.best.as_ref()).unwrap_or(&model.best),
            acceptable: by_role.and_then(|own| own.acceptable.as_deref()).unwrap_or(&model.acceptable),
            referral: by_role.and_then(|own| own.referral.as_ref()).or(model.referral.as_ref()),
            escalate,
            own,
        }
    }

    pub fn codes(&self) -> impl Iterator<Item = &'a Id> + use<'a> {
        std::iter::once(self.best).chain(self.acceptable)
    }

    /// Where the best outcome stands: the role's own, or that of all.
    fn place(&self, model: &Model) -> Place {
        match self.own {
            Some(n) if model.by_role[n].best.is_some() => Place::model().field("by_role").index(n).field("best"),
            _ => Place::model().field("best"),
        }
    }

    pub fn place_of_acceptable(&self, model: &Model, at: usize) -> Place {
        match (self.own, at) {
            (_, 0) => self.place(model),
            (Some(n), _) if model.by_role[n].acceptable.is_some() => {
                Place::model().field("by_role").index(n).field("acceptable").index(at - 1)
            }
            _ => Place::model().field("acceptable").index(at - 1),
        }
    }
}

impl Sense<'_> {
    pub(super) fn model(&mut self) {
        for role in self.assessing().collect::<Vec<_>>() {
            self.facts_and_outcome(role);
        }
        for role in self.roles.clone() {
            self.outcome_and_service(role);
            self.model_call(role);
        }
        self.unsafe_bounds();
        self.safety_net();
        self.offers();
    }

    /// Rung of the least that a fact means.
    pub(super) fn bound(&self, bound: &Bound) -> Option<u32> {
        match bound {
            Bound::Code(code) => self.standards.rung_of(code),
            Bound::Rung(rung) => self.standards.rung(rung),
        }
    }

    /// No outcome is later than a fact allows, and none sooner than anything asks for.
    fn facts_and_outcome(&mut self, role: &Role) {
        let (call, standards) = (self.call, self.standards);
        let right = Right::of(&call.model, role);
        let bounds: Vec<(usize, u32)> = call
            .facts
            .iter()
            .enumerate()
            .filter(|(_, fact)| !fact.known_to.is_empty() || fact.key)
            .filter_map(|(n, fact)| Some((n, self.bound(fact.at_least.as_ref()?)?)))
            .collect();
        for (n, code) in right.codes().enumerate() {
            if !self.can_be_arranged(code) {
                let message = format!("nobody could arrange {} in this call", self.named(code));
                let hint = "no service of the directory takes it for this symptom: choose another outcome, or add one";
                self.error(codes::SERVICE_UNABLE, right.place_of_acceptable(&call.model, n), message, hint);
            }
            let Some(rung) = standards.rung_of(code) else { continue };
            if let Some(&(fact, _)) = bounds.iter().filter(|(_, bound)| *bound < rung).min_by_key(|(_, bound)| *bound) {
                let fact = &call.facts[fact];
                let message = format!("{} is later than the fact `{}` allows", self.named(code), fact.id);
                let hint = "whoever decides so is told that they ignored the fact: change the outcome, or `at_least`";
                self.error(codes::FACT_AND_OUTCOME, right.place_of_acceptable(&call.model, n), message, hint);
            }
        }
        // Asking a clinician is what a guide yields where nobody is sure.
        if right.escalate != Escalate::Needless && *right.best == standards.guides.not_sure_to {
            return;
        }
        // What a fact means is a bound: the best may lie above it, and the range reaches down to it.
        let Some(latest) = right.codes().filter_map(|code| standards.rung_of(code)).max() else { return };
        let emergency = standards.rung_of(&standards.marking.emergency).unwrap_or(0);
        let soonest = bounds.iter().map(|(_, bound)| *bound).min();
        if soonest.is_some_and(|soonest| latest < soonest) || soonest.is_none() && latest <= emergency {
            let message = format!("no fact asks for {}", self.named(right.best));
            let hint = "say of the fact that decides what it means: `at_least: Code(…)`; or choose a later outcome";
            self.warning(codes::OUTCOME_UNFOUNDED, right.place(&call.model), message, hint);
        }
    }

    /// Where a service has to be found there is one, and nowhere else.
    fn outcome_and_service(&mut self, role: &Role) {
        let (call, standards) = (self.call, self.standards);
        let right = Right::of(&call.model, role);
        let Some(best) = standards.disposition(right.best) else { return };
        // Whoever hands over leaves the rest to the clinician.
        if right.escalate == Escalate::Expected && role.decides != Decides::OnLadder {
            return;
        }
        match (right.referral, best.refer) {
            (None, Refer::Search) => {
                let message = format!("{} needs a service, and the model names none", self.named(right.best));
                let hint = "add `referral: (best: \"svc-…\")`";
                self.error(codes::REFERRAL_AND_OUTCOME, right.place(&call.model), message, hint);
            }
            (Some(_), Refer::Nothing | Refer::Dispatch) if !right.codes().any(|code| self.is_searched(code)) => {
                let message = format!("{} needs no service, and the model names one", self.named(right.best));
                let place = match right.own {
                    Some(n) if call.model.by_role[n].referral.is_some() => {
                        Place::model().field("by_role").index(n).field("referral")
                    }
                    _ => Place::model().field("referral"),
                };
                self.error(codes::REFERRAL_AND_OUTCOME, place, message, "leave `referral` out, or change the outcome");
            }
            _ => {}
        }
    }

    pub(super) fn is_searched(&self, code: &str) -> bool {
        self.standards.disposition(code).is_some_and(|d| d.refer == Refer::Search)
    }

    /// Every role that may take the call has a model call, its own or that of a role that decides alike.
    fn model_call(&mut self, role: &Role) {
        let model = &self.call.model;
        let alike = |id: &Id| *id == role.id || self.standards.role(id).is_some_and(|r| r.decides == role.decides);
        let Some(at) = model.calls.iter().position(|call| alike(&call.role)) else {
            let message = format!("nothing shows how a {} takes this call", role.name.to_lowercase());
            let hint =
                format!("add `(role: \"{}\", actions: […])` to `calls`, or leave the role out of `roles`", role.id);
            self.error(codes::NO_MODEL_CALL, Place::model().field("calls"), message, hint);
            return;
        };
        let at = model.calls.iter().position(|call| call.role == role.id).unwrap_or(at);
        let right = Right::of(model, role);
        for (n, action) in model.calls[at].actions.iter().enumerate() {
            let Action::Decide { disposition, .. } = action else { continue };
            let is_last = !model.calls[at].actions[n + 1..].iter().any(|a| matches!(a, Action::Decide { .. }));
            if is_last && !self.standards.same_decision(disposition, right.best) {
                let message = format!(
                    "the model call decides on {}, the best outcome is {}",
                    self.named(disposition),
                    self.named(right.best)
                );
                let place = Place::model().field("calls").index(at).field("actions").index(n).field("disposition");
                self.error(codes::MODEL_CALL, place, message, "change one of the two");
            }
        }
    }

    /// What is called unsafe for coming too late lies below the acceptable range, and something does.
    fn unsafe_bounds(&mut self) {
        let (call, standards) = (self.call, self.standards);
        let rights: Vec<Right<'_>> = self.assessing().map(|role| Right::of(&call.model, role)).collect();
        let rungs = || rights.iter().flat_map(Right::codes).filter_map(|code| standards.rung_of(code));
        let Some(soonest) = rungs().min() else { return };
        let last = u32::try_from(standards.dispositions.rungs.len()).unwrap_or(u32::MAX).saturating_sub(1);
        for (n, predicate) in call.model.unsafe_if.iter().enumerate() {
            let place = Place::model().field("unsafe_if").index(n);
            match predicate {
                Unsafe::Code(code) if standards.rung_of(code).is_some_and(|rung| rung < soonest) => {
                    let message = format!("{} is more urgent than what is right, and so not unsafe", self.named(code));
                    let hint = "to decide too soon costs marks already; unsafe is what comes too late, or cannot help";
                    self.warning(codes::UNSAFE_ABOVE, place.index(0), message, hint);
                }
                Unsafe::Later(code) if standards.rung_of(code).is_some_and(|rung| rung >= last) => {
                    let message = format!("nothing is later than {}", self.named(code));
                    self.warning(codes::UNSAFE_ABOVE, place.index(0), message, "name a more urgent outcome");
                }
                Unsafe::Rung { later_than } if standards.rung(later_than).is_some_and(|rung| rung >= last) => {
                    let message = format!("nothing is later than the rung `{later_than}`");
                    self.warning(codes::UNSAFE_ABOVE, place.field("later_than"), message, "name a more urgent rung");
                }
                Unsafe::Setting(setting)
                    if !standards.dispositions.dispositions.iter().any(|d| d.setting == *setting) =>
                {
                    let message = format!("no outcome has the care setting `{setting}`");
                    self.warning(codes::UNSAFE_ABOVE, place.index(0), message, "leave it out");
                }
                _ => {}
            }
        }
        // Something later than what is right has to be unsafe where the right outcome is an emergency.
        let emergency = standards.rung_of(&standards.marking.emergency).unwrap_or(0);
        let latest = rungs().max().unwrap_or(0);
        let bounded = call.model.unsafe_if.iter().any(|p| matches!(p, Unsafe::Later(_) | Unsafe::Rung { .. }));
        if latest <= emergency && !bounded {
            let message = "an emergency, and no outcome is unsafe for coming too late";
            let hint = format!("add `Later(\"{}\")` to `unsafe_if`", call.model.best);
            self.warning(codes::UNSAFE_ABOVE, Place::model().field("unsafe_if"), message, hint);
        }
    }

    /// Everybody is told when to ring again.
    fn safety_net(&mut self) {
        let model = &self.call.model;
        if model.worsening.is_empty() && self.assessing().next().is_some() {
            let message = "nothing in the model says when to ring again";
            let hint = "add the advice for this call to `worsening`: a call without any is unsafe";
            self.error(codes::NO_SAFETY_NET, Place::model().field("worsening"), message, hint);
        }
    }

    /// The service that is right is one to which the caller agrees.
    fn offers(&mut self) {
        let call = self.call;
        for (n, offer) in call.offers.iter().enumerate().filter(|(_, offer)| !offer.accepts) {
            let rights = self.roles.iter().map(|role| Right::of(&call.model, role));
            if rights.filter_map(|right| right.referral).any(|referral| referral.best == offer.service) {
                let message = format!("the caller declines `{}`, which is the best service", offer.service);
                let hint = "leave out `accepts: false`, or choose another service";
                self.error(codes::SERVICE_UNABLE, Place::root("offers").index(n), message, hint);
            }
        }
    }
}
