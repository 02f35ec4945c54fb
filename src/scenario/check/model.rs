//! The model answer: how an expert takes the call, and criteria of this call alone.

use super::super::model::{Model, OwnCriterion, Referral, Unsafe};
use super::{ACTIONS, Checker, each};
use crate::call::Action;
use crate::diagnostic::codes;
use crate::ron_text::Cursor;
use crate::standards::{Id, Kind};

impl Checker<'_> {
    fn referral(&mut self, referral: Option<&Referral>, at: &Cursor<'_>) {
        let Some(referral) = referral else { return };
        self.findings.service(&referral.best, &at.field("best"));
        for (id, at) in each(&referral.acceptable, &at.field("acceptable")) {
            self.findings.service(id, &at);
            if *id == referral.best {
                let message = format!("`{id}` is the best service as well");
                self.findings.error(codes::CONTRADICTION, &at, message, "leave it out here");
            }
        }
    }

    pub(super) fn model(&mut self, model: &Model, at: &Cursor<'_>) {
        self.outcome(&model.best, &model.acceptable, at);
        self.unsafe_outcomes(model, &at.field("unsafe_if"));
        self.referral(model.referral.as_ref(), &at.field("referral"));
        self.advice(&model.interim, &[Kind::Interim, Kind::Instruction], "what to do now", &at.field("interim"));
        self.advice(&model.worsening, &[Kind::Worsening], "when to ring again", &at.field("worsening"));
        self.facts(&model.handover, &at.field("handover"));
        for (feature, at) in each(&model.assured_by, &at.field("assured_by")) {
            self.findings.feature(feature, &at);
        }
        self.prose(&model.rationale, "the rationale", &at.field("rationale"));
        for (guide, at) in each(&model.guides, &at.field("guides")) {
            self.findings.guide(guide, &at);
        }
        for ((guide, why), at) in each(&model.wrong_guides, &at.field("wrong_guides")) {
            self.findings.guide(guide, &at.index(0));
            self.prose(why, "the reason", &at.index(1));
            if model.guides.contains(guide) {
                let message = format!("`{guide}` is one of the guides that serve as well");
                self.findings.error(codes::CONTRADICTION, &at, message, "leave it out in one place");
            }
        }
        for ((service, why), at) in each(&model.traps, &at.field("traps")) {
            self.findings.service(service, &at.index(0));
            self.prose(why, "the reason", &at.index(1));
        }
        let by_role = at.field("by_role");
        self.findings.unique("role", each(&model.by_role, &by_role).map(|(role, at)| (&*role.role, at.field("role"))));
        for (role, at) in each(&model.by_role, &by_role) {
            self.findings.role(&role.role, &at.field("role"));
            let best = role.best.as_ref().unwrap_or(&model.best);
            let acceptable = role.acceptable.as_ref().unwrap_or(&model.acceptable);
            self.referral(role.referral.as_ref(), &at.field("referral"));
            if role.best.is_some() || role.acceptable.is_some() {
                self.outcome(best, acceptable, &at);
            }
        }
        for (call, at) in each(&model.calls, &at.field("calls")) {
            self.findings.role(&call.role, &at.field("role"));
            let list = at.field("actions");
            self.findings.at_most(call.actions.len(), ACTIONS, "actions", &list);
            for (action, at) in each(&call.actions, &list) {
                self.action(action, &at);
            }
        }
    }

    fn outcome(&mut self, best: &Id, acceptable: &[Id], at: &Cursor<'_>) {
        self.findings.disposition(best, &at.field("best"));
        let list = at.field("acceptable");
        for (n, (code, at)) in each(acceptable, &list).enumerate() {
            self.findings.disposition(code, &at);
            if code == best {
                let message = format!("`{code}` is the best outcome as well");
                self.findings.error(codes::CONTRADICTION, &at, message, "leave it out of `acceptable`");
            } else if acceptable[..n].contains(code) {
                self.findings.error(codes::CONTRADICTION, &at, format!("`{code}` is listed twice"), "keep one");
            }
        }
    }

    /// No outcome is both right and unsafe.
    fn unsafe_outcomes(&mut self, model: &Model, list: &Cursor<'_>) {
        let standards = self.findings.standards;
        let by_role = model.by_role.iter().flat_map(|role| role.best.iter().chain(role.acceptable.iter().flatten()));
        let right: Vec<&Id> = std::iter::once(&model.best).chain(&model.acceptable).chain(by_role).collect();
        let clash = |checker: &mut Self, at: &Cursor<'_>, is_unsafe: &dyn Fn(&str) -> bool| {
            if let Some(code) = right.iter().find(|code| is_unsafe(code)) {
                let message = format!("by this `{code}` is unsafe, and it is a right outcome");
                checker.findings.error(codes::CONTRADICTION, at, message, "change one of the two");
            }
        };
        for (predicate, at) in each(&model.unsafe_if, list) {
            let inner = at.index(0);
            match predicate {
                Unsafe::Later(code) => {
                    self.findings.disposition(code, &inner);
                    let bound = standards.rung_of(code);
                    clash(self, &at, &|right| bound.is_some() && standards.rung_of(right) > bound);
                }
                Unsafe::Rung { later_than } => {
                    self.findings.rung(later_than, &at.field("later_than"));
                    let bound = standards.rung(later_than);
                    clash(self, &at, &|right| bound.is_some() && standards.rung_of(right) > bound);
                }
                Unsafe::Setting(setting) => {
                    self.findings.setting(setting, &inner);
                    clash(self, &at, &|right| standards.disposition(right).is_some_and(|d| d.setting == *setting));
                }
                Unsafe::Code(code) => {
                    self.findings.disposition(code, &inner);
                    clash(self, &at, &|right| right == &**code);
                }
                Unsafe::Service(service) => {
                    self.findings.service(service, &inner);
                    let mut referrals =
                        model.referral.iter().chain(model.by_role.iter().filter_map(|role| role.referral.as_ref()));
                    if referrals.any(|r| r.best == *service || r.acceptable.contains(service)) {
                        let message = format!("`{service}` is unsafe, and it is a right service");
                        self.findings.error(codes::CONTRADICTION, &at, message, "change one of the two");
                    }
                }
                Unsafe::Said(id) => {
                    self.findings.utterance(id, &inner);
                    if model.interim.contains(id) || model.worsening.contains(id) {
                        let message = format!("saying `{id}` is unsafe, and it is advice to be given");
                        self.findings.error(codes::CONTRADICTION, &at, message, "change one of the two");
                    }
                }
                Unsafe::Missing(id) => drop(self.findings.utterance(id, &inner)),
            }
        }
    }

    fn advice(&mut self, ids: &[Id], kinds: &[Kind], what: &str, at: &Cursor<'_>) {
        for (id, at) in each(ids, at) {
            if let Some(utterance) = self.findings.utterance(id, &at)
                && !kinds.contains(&utterance.kind)
            {
                let message = format!("`{id}` is no advice about {what}");
                let hint = "the bank has it as something else; choose from the advice of this kind";
                self.findings.warning(codes::ADVICE_KIND, &at, message, hint);
            }
        }
    }

    fn action(&mut self, action: &Action, at: &Cursor<'_>) {
        let inner = at.index(0);
        match action {
            Action::Say { utterance, .. } => drop(self.findings.utterance(utterance, &at.field("utterance"))),
            Action::SayFree { resolved: Some(id), .. } => drop(self.findings.utterance(id, &at.field("resolved"))),
            Action::ChooseGuide(id) => self.findings.guide(id, &inner),
            Action::Record { question, .. } => drop(self.findings.utterance(question, &at.field("question"))),
            Action::Decide { disposition, .. } => self.findings.disposition(disposition, &at.field("disposition")),
            Action::Offer(id) | Action::Accept(id) => self.findings.service(id, &inner),
            Action::Reject { service, reason, .. } => {
                self.findings.service(service, &at.field("service"));
                if self.findings.standards.reject_reason(*reason).is_none() {
                    let message = format!("there is no reject reason {reason}");
                    self.findings.error(codes::UNKNOWN_SERVICE, &at.field("reason"), message, "");
                }
            }
            Action::TickAdvice(id) => drop(self.findings.utterance(id, &inner)),
            _ => {}
        }
    }

    pub(super) fn criteria(&mut self, criteria: &[OwnCriterion], list: &Cursor<'_>) {
        self.findings.unique("criterion", each(criteria, list).map(|(c, at)| (&*c.id, at.field("id"))));
        for (criterion, at) in each(criteria, list) {
            self.findings.competence(&criterion.competence, &at.field("competence"));
            self.prose(&criterion.text, "the text", &at.field("text"));
            self.when(&criterion.when, &at.field("when"));
            for (role, at) in each(&criterion.roles, &at.field("roles")) {
                self.findings.role(role, &at);
            }
            if !(1..=100).contains(&criterion.points) {
                let message = "points go from 1 to 100";
                self.findings.error(codes::OUT_OF_RANGE, &at.field("points"), message, "");
            }
        }
    }
}
