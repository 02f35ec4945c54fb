//! The model answer as it is for one role, and what the marking asks of a call.

use super::witness;
use crate::call::{Action, Call, Ending, Event, Light, Line, Speaker};
use crate::records::Mode;
use crate::scenario::{Bound, Escalate, Model, Referral, Scenario};
use crate::standards::{Decides, Disposition, Id, Kind, Standards, Utterance, Weights};

/// A call, its model answer and the weights, side by side.
pub(super) struct View<'c> {
    pub call: &'c Call,
    pub standards: &'c Standards,
    pub scenario: &'c Scenario,
    pub model: &'c Model,
    pub weights: &'c Weights,
    pub best: &'c Id,
    pub acceptable: &'c [Id],
    pub escalate: Escalate,
    /// Handed over to a clinician.
    pub transferred: bool,
    /// The services that are right for this role.
    pub referral: Option<&'c Referral>,
    /// Decided, and what on.
    pub decided: Option<&'c Disposition>,
    /// Number of the first own line that narrows the story down, or of the decision.
    pub detail_from: u32,
}

impl<'c> View<'c> {
    pub(super) fn new(call: &'c Call) -> Self {
        let script = call.script();
        let standards: &Standards = &script.standards;
        let scenario = &script.scenario;
        let model = &scenario.model;
        let role = &call.role().id;
        let own = model.by_role.iter().find(|m| m.role == *role);
        let best = own.and_then(|m| m.best.as_ref()).unwrap_or(&model.best);
        let acceptable = own.and_then(|m| m.acceptable.as_ref()).unwrap_or(&model.acceptable);
        let state = call.state();
        let decided_at = state.decision.as_ref().map_or(u32::MAX, |d| d.at);
        let detail_from = state
            .lines
            .iter()
            .zip(0..)
            .find(|(line, _)| {
                if line.from > decided_at {
                    return true;
                }
                use crate::standards::Stage;
                line.by == Speaker::Trainee
                    && line.utterance.is_some_and(|n| {
                        matches!(standards.bank[n].stage, Stage::Detail | Stage::Context | Stage::Plan)
                    })
            })
            .map_or(u32::MAX, |(_, n)| n);
        View {
            call,
            standards,
            scenario,
            model,
            weights: &standards.marking.weights,
            best,
            acceptable,
            referral: own.and_then(|m| m.referral.as_ref()).or(model.referral.as_ref()),
            // Whoever recognises and hands over does what is theirs by handing over.
            escalate: match own {
                Some(own) => own.escalate,
                None if call.role().decides == Decides::HandsOver => Escalate::Expected,
                None => Escalate::default(),
            },
            transferred: state.ended == Some(Ending::Transferred),
            decided: state.decision.as_ref().and_then(|d| standards.disposition(&d.disposition)),
            detail_from,
        }
    }

    /// Decides by guide, and is not given the free ladder for once.
    pub(super) fn by_guide(&self) -> bool {
        self.call.role().decides == Decides::ByGuide && self.call.mode() != Mode::JudgementExercise
    }

    /// Assesses symptoms at all.
    pub(super) fn assesses(&self) -> bool {
        self.call.role().decides != Decides::HandsOver
    }

    /// Handing over is not held against the role.
    pub(super) fn rightly_transferred(&self) -> bool {
        self.transferred && self.escalate != Escalate::Needless
    }

    /// Own lines with their numbers and what was said from the bank.
    pub(super) fn own_lines(&self) -> impl Iterator<Item = (u32, &'c Line, Option<&'c Utterance>)> {
        let bank = &self.standards.bank;
        (0..)
            .zip(&self.call.state().lines)
            .filter(|(_, l)| l.by == Speaker::Trainee)
            .map(move |(n, l)| (n, l, l.utterance.and_then(|u| bank.get(u))))
    }

    pub(super) fn is_acceptable(&self, code: &str) -> bool {
        &**self.best == code || self.acceptable.iter().any(|a| &**a == code)
    }

    /// Rung of the most urgent and of the least urgent acceptable outcome.
    pub(super) fn range(&self) -> (u32, u32) {
        let rungs = std::iter::once(self.best).chain(self.acceptable).filter_map(|code| self.standards.rung_of(code));
        rungs.fold((u32::MAX, 0), |(low, high), rung| (low.min(rung), high.max(rung)))
    }

    /// Rungs outside the range: under negative, over positive.
    pub(super) fn steps(&self) -> i32 {
        let Some(rung) = self.decided.and_then(|d| self.standards.rung(&d.rung)) else { return 0 };
        let (low, high) = self.range();
        let far = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        if rung > high {
            -far(rung - high)
        } else if rung < low {
            far(low - rung)
        } else {
            0
        }
    }

    pub(super) fn rung_of_bound(&self, bound: &Bound) -> Option<u32> {
        match bound {
            Bound::Code(code) => self.standards.rung_of(code),
            Bound::Rung(rung) => self.standards.rung(rung),
        }
    }

    /// How many questions an expert asks in this role; `None` where no model call says.
    pub(super) fn model_questions(&self) -> Option<u32> {
        let role = self.call.role();
        let same = self.model.calls.iter().find(|c| c.role == role.id);
        let alike = || {
            self.model.calls.iter().find(|c| self.standards.role(&c.role).is_some_and(|r| r.decides == role.decides))
        };
        let questions = same.or_else(alike)?.actions.iter().filter(|action| match action {
            Action::Say { utterance, .. } => {
                self.standards.utterance(utterance).is_some_and(|(_, u)| u.kind == Kind::Question)
            }
            _ => false,
        });
        u32::try_from(questions.count()).ok()
    }

    /// Number of the last line that was heard before the decision, or before the end.
    pub(super) fn decision_line(&self) -> Vec<u32> {
        let at = self.call.state().decision.as_ref().map_or(u32::MAX, |d| d.at);
        let lines = (0..).zip(&self.call.state().lines);
        lines.filter(|(_, line)| line.until <= at).map(|(n, _)| n).last().into_iter().collect()
    }

    /// When it was decided, or handed over, in milliseconds of call time.
    pub(super) fn decided_at(&self) -> Option<u32> {
        let decided = self.call.state().decision.as_ref().map(|d| d.at);
        if self.transferred { witness::last(self, |event| matches!(event, Event::Transferred { .. })) } else { decided }
    }

    /// Words of this fact are in the text, which is in lower case.
    pub(super) fn mentions(&self, fact: &crate::scenario::Fact, text: &str) -> bool {
        fact.noted.iter().any(|word| text.contains(word.as_str()))
    }

    /// How a fact came to light before the decision; later it can no longer have been a ground for it.
    pub(super) fn light(&self, fact: usize) -> Option<Light> {
        let decided = self.call.state().decision.as_ref().map_or(u32::MAX, |d| d.at);
        self.call.light(fact).filter(|light| light.at <= decided)
    }

    /// A feature was asked for, or what is so of it came to light by itself, before the decision.
    pub(super) fn covered(&self, feature: &str) -> bool {
        let state = self.call.state();
        let decided = state.decision.as_ref().map_or(u32::MAX, |d| d.at);
        let asked = self.call.first_asked(feature).and_then(|n| state.lines.get(usize::try_from(n).ok()?));
        asked.is_some_and(|line| line.from <= decided)
            || self.scenario.facts.iter().enumerate().any(|(n, f)| &*f.feature == feature && self.light(n).is_some())
    }

    pub(super) fn feature_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.standards.feature(id).map_or(id, |f| &f.name)
    }
}
