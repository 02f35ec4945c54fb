//! Deciding, and finding somewhere to go.

use super::action::Confidence;
use super::directory::{self, Query};
use super::engine::Call;
use super::event::{Event, Speaker};
use super::refusal::Refusal;
use super::state::{Decision, Rejection};
use crate::records::Mode;
use crate::scenario::{Line, Trigger};
use crate::standards::{Decides, Disposition, FieldName, Id, Permission, Refer};

/// What a reason or a comment may hold, in characters.
pub const COMMENT_TEXT: usize = 1000;

impl Call {
    pub(super) fn decide(&mut self, code: &Id, reason: &str, confidence: Confidence) -> Result<(), Refusal> {
        if self.state.decision.is_some() {
            return Err(Refusal::AlreadyDecided);
        }
        if reason.chars().count() > COMMENT_TEXT {
            return Err(Refusal::TooLong(COMMENT_TEXT));
        }
        let script = self.script.clone();
        let disposition =
            script.standards.disposition(code).ok_or_else(|| Refusal::UnknownDisposition(code.clone()))?;
        let early = self.may_decide_on(disposition)?;
        let on_ladder = self.role().decides == Decides::OnLadder || self.mode == Mode::JudgementExercise;
        if on_ladder && reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        let at = self.state.now;
        self.state.decision = Some(Decision {
            disposition: code.clone(),
            reason: reason.trim().into(),
            confidence,
            early,
            at,
            event: self.events.len(),
        });
        let reason = reason.trim().into();
        self.emit(at, Event::Decided { disposition: code.clone(), reason, confidence, early });
        self.set_off(at, |trigger| matches!(trigger, Trigger::Decided));
        Ok(())
    }

    /// Whether the role may decide on this now; `Ok(true)` where that is before the guide yielded.
    ///
    /// # Errors
    /// A [`Refusal`] that says what stands in the way.
    pub fn may_decide_on(&self, disposition: &Disposition) -> Result<bool, Refusal> {
        let role = self.role();
        if disposition.registered_only && !role.registered {
            return Err(Refusal::Scope("this outcome is for registered clinicians"));
        }
        let code = &disposition.code;
        let early = role.early_exits.contains(code);
        match role.decides {
            Decides::OnLadder => Ok(false),
            _ if self.mode == Mode::JudgementExercise => Ok(false),
            Decides::ByGuide => {
                let yielded = self.state.guide.as_ref().and_then(|g| g.yields.as_ref());
                if yielded == Some(code) {
                    Ok(false)
                } else if early {
                    Ok(true)
                } else {
                    Err(Refusal::NotYielded(code.clone()))
                }
            }
            Decides::HandsOver => {
                let symptomatic =
                    matches!(self.script.scenario.line, Line::Symptomatic | Line::MentalHealth | Line::CallBack);
                let routine = matches!(&*disposition.setting, "prescription" | "dental" | "information" | "closed");
                if early || (!symptomatic && routine) { Ok(false) } else { Err(Refusal::HandsOver(code.clone())) }
            }
        }
    }

    pub(super) fn revise(&mut self) -> Result<(), Refusal> {
        if self.state.decision.take().is_none() {
            return Err(Refusal::Undecided);
        }
        self.state.listed = None;
        self.state.gap = false;
        self.state.offered.clear();
        self.state.rejected.clear();
        self.state.accepted = None;
        self.emit(self.state.now, Event::Revised);
        Ok(())
    }

    pub(super) fn search(&mut self) -> Result<(), Refusal> {
        let script = self.script.clone();
        let decision = self.state.decision.as_ref().ok_or(Refusal::Undecided)?;
        let disposition = script
            .standards
            .disposition(&decision.disposition)
            .ok_or_else(|| Refusal::UnknownDisposition(decision.disposition.clone()))?;
        let (Refer::Search, Some(need)) = (disposition.refer, &disposition.need) else {
            return Err(Refusal::NothingToSearch);
        };
        if self.state.accepted.is_some() {
            return Err(Refusal::AlreadyAccepted);
        }
        let validation = script.standards.marking.validation.on && disposition.validated_as.is_some();
        if validation && !self.role().registered && !self.state.asked_clinician {
            return Err(Refusal::ValidationFirst);
        }
        let results = self.query(disposition, need)?;
        let services: Vec<Id> = results
            .found
            .iter()
            .filter_map(|found| script.standards.directory.services.get(found.service))
            .map(|service| service.id.clone())
            .collect();
        self.state.offered.clear();
        self.state.rejected.clear();
        self.state.gap = results.gap;
        self.state.listed = Some(services.clone());
        self.emit(self.state.now, Event::Listed { services, gap: results.gap });
        Ok(())
    }

    /// What the directory returns now for this disposition, from what was recorded.
    ///
    /// # Errors
    /// A [`Refusal`] where place or age are not recorded or not to be read.
    pub fn query(&self, disposition: &Disposition, need: &str) -> Result<directory::Results, Refusal> {
        let script = &self.script;
        let address = self.field(FieldName::Location).ok_or(Refusal::PlaceMissing)?;
        let place = directory::place_in(&script.standards.directory, &address)
            .ok_or_else(|| Refusal::PlaceUnknown(address.to_string()))?;
        let born = self.field(FieldName::DateOfBirth).ok_or(Refusal::AgeMissing)?;
        let now = self.wall_clock();
        let age_years = directory::age_on(&born, now.date()).ok_or_else(|| Refusal::AgeUnreadable(born.to_string()))?;
        let practice = self.field(FieldName::GpPractice).unwrap_or_default();
        Ok(directory::search(
            &script.standards.directory,
            &Query {
                now,
                minutes: disposition.minutes,
                need,
                symptom_group: &script.scenario.symptom_group,
                age_years,
                sex: Some(script.scenario.patient.sex),
                place,
                gp_practice: &practice,
                role: &self.role().id,
                capacity: &script.scenario.capacity,
            },
        ))
    }

    /// The scenario's clock at this moment of the call, to the minute.
    #[must_use]
    pub fn wall_clock(&self) -> jiff::civil::DateTime {
        use jiff::ToSpan;
        let minutes = i64::from(self.state.now / 60_000);
        self.script.clock.saturating_add(minutes.minutes())
    }

    pub(super) fn offer(&mut self, service: &Id) -> Result<(), Refusal> {
        self.stands_in_list(service)?;
        if self.state.held {
            return Err(Refusal::OnHold);
        }
        let script = self.script.clone();
        let name = script.standards.service(service).map_or("", |s| &s.name);
        let answer = script.scenario.offers.iter().find(|o| o.service == *service);
        let accepts = answer.is_none_or(|a| a.accepts);
        let at = self.turn();
        let (_, until) = self.speak(
            at,
            Speaker::Trainee,
            format!("I can send you to this place: {name}. Would that work for you?").into(),
            None,
            None,
        );
        let says = match answer {
            Some(answer) => answer.say.get(self.choose("offer", service, 0, answer.say.len())).cloned(),
            None => self.one_of("agrees", &script.standards.topics.agrees),
        };
        if let Some(says) = says {
            self.speak(until + 500, Speaker::Caller, says, None, None);
        }
        self.state.offered.retain(|(id, _)| id != service);
        self.state.offered.push((service.clone(), accepts));
        self.emit(at, Event::Offered { service: service.clone(), accepts });
        Ok(())
    }

    fn stands_in_list(&self, service: &Id) -> Result<usize, Refusal> {
        if self.state.accepted.is_some() {
            return Err(Refusal::AlreadyAccepted);
        }
        let listed = self.state.listed.as_ref().ok_or(Refusal::NotSearched)?;
        let place = listed.iter().position(|id| id == service).ok_or_else(|| Refusal::NotListed(service.clone()))?;
        if self.passed_over(service) {
            return Err(Refusal::PassedOver(service.clone()));
        }
        Ok(place)
    }

    fn passed_over(&self, service: &Id) -> bool {
        self.state.rejected.iter().any(|r| r.service == *service)
    }

    pub(super) fn accept(&mut self, service: &Id) -> Result<(), Refusal> {
        let place = self.stands_in_list(service)?;
        let offered = self.state.offered.iter().find(|(id, _)| id == service).ok_or(Refusal::NotOffered)?;
        if !offered.1 {
            return Err(Refusal::Declined);
        }
        let above = self.state.listed.iter().flatten().take(place).find(|id| !self.passed_over(id));
        if let Some(above) = above {
            return Err(Refusal::ReasonAbove(above.clone()));
        }
        self.state.accepted = Some(service.clone());
        self.emit(self.state.now, Event::Accepted(service.clone()));
        Ok(())
    }

    pub(super) fn reject(&mut self, service: &Id, reason: u16, comment: &str) -> Result<(), Refusal> {
        self.stands_in_list(service)?;
        let comment = comment.trim();
        if comment.chars().count() > COMMENT_TEXT {
            return Err(Refusal::TooLong(COMMENT_TEXT));
        }
        let reasons = &self.script.standards.reject_reasons.reasons;
        let known = reasons.iter().find(|r| r.id == reason).ok_or(Refusal::UnknownReason(reason))?;
        if known.clinician_only && !self.role().may.contains(&Permission::RejectClinically) {
            return Err(Refusal::Scope("only a clinician may reject a service as not clinically appropriate"));
        }
        if known.needs_comment && comment.is_empty() {
            return Err(Refusal::CommentMissing);
        }
        let event = self.events.len();
        self.state.rejected.push(Rejection { service: service.clone(), reason, comment: comment.into(), event });
        self.emit(self.state.now, Event::Rejected { service: service.clone(), reason, comment: comment.into() });
        Ok(())
    }
}
