//! The model call with something changed: the short way to write down how somebody else takes it.

use serde::{Deserialize, Serialize};

use super::players::play_leniently;
use crate::call::{Action, Call, Confidence, Recorded, TimedAction};
use crate::standards::{FieldName, Id};

/// What is otherwise than in the model call. What is not named stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Changes {
    /// Ids of questions, statements and advice that are not said, and not ticked.
    #[serde(default)]
    pub leave_out: Vec<Id>,
    /// Fields of the contact record that are neither typed nor confirmed.
    #[serde(default)]
    pub leave_fields: Vec<FieldName>,
    /// No notes are written.
    #[serde(default)]
    pub leave_notes: bool,
    /// Said as well, before the guide or the decision.
    #[serde(default)]
    pub say: Vec<Id>,
    /// Another guide.
    #[serde(default)]
    pub guide: Option<Id>,
    /// Other answers in the guide: question and answer. Where the guide then goes another way, what the
    /// model does not record is recorded as no.
    #[serde(default)]
    pub record: Vec<(Id, Recorded)>,
    /// Another outcome; with a guide, where absent, what the guide yields.
    #[serde(default)]
    pub decide: Option<Id>,
    /// Another reason for it.
    #[serde(default)]
    pub reason: Option<String>,
    /// Another service: what stands above it is passed over. Absent, after another outcome: the first
    /// that the caller agrees to.
    #[serde(default)]
    pub service: Option<Id>,
}

impl Changes {
    fn decides_otherwise(&self) -> bool {
        self.guide.is_some() || !self.record.is_empty() || self.decide.is_some() || self.reason.is_some()
    }
}

/// Takes a call as its model call does, but for the changes. What is refused is left out. Nothing is
/// done where the role has no model call.
pub fn changed(call: &mut Call, changes: &Changes) -> Vec<TimedAction> {
    let Some(model) = call.script().model_call(&call.role().id) else { return Vec::new() };
    let mut done = Vec::new();
    let mut before_decision = true;
    for action in &model {
        let decides = matches!(
            action,
            Action::ChooseGuide(_) | Action::Record { .. } | Action::Decide { .. } | Action::Transfer { .. }
        );
        if decides && std::mem::take(&mut before_decision) {
            for id in &changes.say {
                done.extend(play_leniently(call, &[Action::Say { utterance: id.clone(), to: None }]));
            }
            if changes.decides_otherwise() {
                done.extend(decide(call, &model, changes));
                if changes.service.is_none() {
                    done.extend(refer(call, None));
                }
            }
        }
        match action {
            Action::Say { utterance: id, .. } | Action::TickAdvice(id) if changes.leave_out.contains(id) => {}
            Action::Field { name, .. } | Action::ConfirmField { name } if changes.leave_fields.contains(name) => {}
            Action::Note(_) if changes.leave_notes => {}
            _ if decides && changes.decides_otherwise() => {}
            Action::Reject { .. } | Action::Offer(_) | Action::Accept(_) | Action::Search
                if changes.decides_otherwise() || changes.service.is_some() =>
            {
                if call.state().accepted.is_none()
                    && let Some(service) = &changes.service
                {
                    done.extend(refer(call, Some(service)));
                }
            }
            _ => done.extend(play_leniently(call, std::slice::from_ref(action))),
        }
    }
    done
}

/// The way to another outcome.
fn decide(call: &mut Call, model: &[Action], changes: &Changes) -> Vec<TimedAction> {
    let mut done = Vec::new();
    let chosen = model.iter().find_map(|action| match action {
        Action::ChooseGuide(guide) => Some(guide),
        _ => None,
    });
    if let Some(guide) = changes.guide.as_ref().or(chosen) {
        done.extend(play_leniently(call, &[Action::ChooseGuide(guide.clone())]));
    }
    while let Some(question) = call.step().map(|step| step.question.clone()) {
        let other = changes.record.iter().find(|(id, _)| *id == question).map(|(_, answer)| *answer);
        let as_model = || {
            model.iter().find_map(|action| match action {
                Action::Record { question: id, answer } if *id == question => Some(*answer),
                _ => None,
            })
        };
        let answer = other.or_else(as_model).unwrap_or(Recorded::No);
        let played = play_leniently(call, &[Action::Record { question, answer }]);
        if played.is_empty() {
            // Refused, for instance because time is up: nothing leads on from here.
            break;
        }
        done.extend(played);
    }
    let yielded = call.state().guide.as_ref().and_then(|guide| guide.yields.clone());
    let of_model = model.iter().find_map(|action| match action {
        Action::Decide { disposition, reason, .. } => Some((disposition.clone(), reason.clone())),
        _ => None,
    });
    let code = changes.decide.clone().or(yielded).or_else(|| of_model.as_ref().map(|(code, _)| code.clone()));
    if let Some(disposition) = code {
        let reason = changes.reason.clone().or_else(|| of_model.map(|(_, reason)| reason));
        let reason = reason.filter(|reason| !reason.is_empty()).unwrap_or_else(|| "as always".into());
        done.extend(play_leniently(call, &[Action::Decide { disposition, reason, confidence: Confidence::Certain }]));
    }
    done
}

/// Searches, passes over what stands above, and settles on the service, or on the first that the
/// caller agrees to.
pub(super) fn refer(call: &mut Call, wanted: Option<&Id>) -> Vec<TimedAction> {
    let mut done = play_leniently(call, &[Action::Search]);
    let reasons = &call.script().standards.reject_reasons.reasons;
    let reason = reasons.iter().find(|reason| !reason.clinician_only).map_or(0, |reason| reason.id);
    for service in call.state().listed.clone().unwrap_or_default() {
        if wanted.is_none_or(|wanted| *wanted == service) {
            done.extend(play_leniently(call, &[Action::Offer(service.clone()), Action::Accept(service.clone())]));
            if call.state().accepted.is_some() {
                break;
            }
        }
        done.extend(play_leniently(call, &[Action::Reject { service, reason, comment: "not for this caller".into() }]));
    }
    done
}
