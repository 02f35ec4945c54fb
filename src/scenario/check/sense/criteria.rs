//! Marks that nobody can win, or nobody can lose.

use super::solve::{Given, Truth};
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::standards::Decides;

impl Sense<'_> {
    pub(super) fn criteria(&mut self) {
        self.own_criteria();
        self.handover();
        self.assured_by();
    }

    fn own_criteria(&mut self) {
        let call = self.call;
        let world = self.reach.world(call, self.standards);
        for (n, criterion) in call.criteria.iter().enumerate() {
            let place = Place::criterion(n);
            let at_end = Given { decided: false, ..Given::default() };
            let truth = world.truth(&criterion.when, &at_end);
            let when = place.clone().field("when");
            match truth {
                Truth::Never => {
                    let message = format!("nobody can win the criterion `{}`", criterion.id);
                    let hint = "nothing in this call makes its `when` hold";
                    self.error(codes::CANNOT_WIN, when, message, hint);
                }
                Truth::Always => {
                    let message = format!("nobody can lose the criterion `{}`", criterion.id);
                    let hint = "its `when` holds whatever is done: it gives points for nothing";
                    self.error(codes::CANNOT_LOSE, when, message, hint);
                }
                Truth::Sometimes => {}
            }
            let assesses =
                |id: &crate::standards::Id| self.roles.iter().any(|r| r.id == *id && r.decides != Decides::HandsOver);
            if !criterion.roles.is_empty() && !criterion.roles.iter().any(assesses) {
                let message =
                    format!("nobody can win the criterion `{}`: none of its roles is marked on it", criterion.id);
                let hint = "name a role of this call that assesses symptoms, or leave `roles` out";
                self.error(codes::CANNOT_WIN, place.clone().field("roles"), message, hint);
            }
            if self.standards.competence(&criterion.competence).is_some_and(|c| !c.scored) {
                let message = format!("the competence `{}` is never marked", criterion.competence);
                let hint = "choose another competence: this one is practised, not scored";
                self.error(codes::CANNOT_WIN, place.field("competence"), message, hint);
            }
        }
    }

    /// What a handover has to mention can be mentioned.
    fn handover(&mut self) {
        let call = self.call;
        for (n, id) in call.model.handover.iter().enumerate() {
            let Some(at) = call.facts.iter().position(|fact| fact.id == *id) else { continue };
            let place = Place::model().field("handover").index(n);
            if call.facts[at].noted.is_empty() {
                let message = format!("nothing counts as mentioning `{id}`, and the handover has to mention it");
                let hint = format!("add `noted: […]` to the fact `{id}`: parts of words, in lower case");
                self.error(codes::CANNOT_WIN, place, message, hint);
            } else if !self.reach.told[at] && call.facts[at].known_to.is_empty() {
                let message = format!("`{id}` never comes to light, and the handover has to mention it");
                self.error(codes::CANNOT_WIN, place, message, "let somebody tell it, or leave it out here");
            }
        }
    }

    fn assured_by(&mut self) {
        for (n, feature) in self.call.model.assured_by.iter().enumerate() {
            if self.standards.probing(feature).is_empty() {
                let message = format!("no question asks for `{feature}`: nobody can be assured by it");
                let place = Place::model().field("assured_by").index(n);
                self.error(codes::CANNOT_WIN, place, message, "name a feature that a question of the bank asks for");
            }
        }
    }
}
