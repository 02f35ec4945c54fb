//! A marked call in short: what agreement needs of it, kept beside the assessment as its summary.

use serde::{Deserialize, Serialize};

use crate::call::{Confidence, Event, Recorded, Script};
use crate::marking::{Assessment, FactStatus, ReferralStatus, Verdict, model_outcomes, referral_status};
use crate::practice;
use crate::records::{Assessed, AssessmentKey, DecisionOnly, Head, Record};
use crate::standards::{Id, Names, Standards};

/// Raised when something is added to [`Case`]: older summaries are made afresh.
const VERSION: u32 = 2;

/// A marked call in short. It has everything in it that the desk's own summary has, under the same names, so
/// that one kept summary serves both. Of another kind of text than [`Id`] only while it is read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Case<I = Id> {
    case: u32,
    shape: u32,
    pub verdict: Verdict,
    pub points: u32,
    pub out_of: u32,
    /// Rungs from the acceptable range: under negative, over positive.
    pub steps: i32,
    pub caps: Vec<I>,
    /// Key facts that were never asked, or given and ignored.
    pub missed: Vec<I>,
    /// Competence, points, out of.
    pub competences: Vec<(I, u32, u32)>,
    /// Code decided on; absent: none, or handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<I>,
    pub transferred: bool,
    /// How sure they said they were; absent without a decision, or where it was not shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Number of the rung decided on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<u32>,
    /// Rungs of the most and of the least urgent acceptable outcome in this role.
    pub range: (u32, u32),
    /// Rung of the best outcome in this role.
    pub best: u32,
    pub setting_ok: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<I>,
    pub referral: ReferralStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<I>,
    /// Answers that stood at the end, by question.
    pub recorded: Vec<(I, Recorded)>,
    /// Key facts.
    pub facts: Vec<(I, FactStatus)>,
    pub draft: bool,
    /// Milliseconds of call time.
    pub clock: u32,
}

impl Case {
    /// Short of a record and its mark.
    #[must_use]
    pub fn of(record: &Record, mark: &Assessment, standards: &Standards) -> Self {
        let (mut guide, mut recorded): (Option<Id>, Vec<(Id, Recorded)>) = (None, Vec::new());
        let mut sure = None;
        for timed in &record.events {
            match &timed.event {
                // Whoever begins another guide begins anew.
                Event::GuideChosen(id) => {
                    guide = Some(id.clone());
                    recorded.clear();
                }
                Event::Recorded { question, answer, .. } => {
                    // Recorded anew: what followed falls away.
                    if let Some(earlier) = recorded.iter().position(|(known, _)| known == question) {
                        recorded.truncate(earlier);
                    }
                    recorded.push((question.clone(), *answer));
                }
                Event::Decided { confidence, .. } => sure = Some(*confidence),
                Event::Revised => sure = None,
                _ => {}
            }
        }
        let rung = |code: &Id| standards.rung_of(code);
        let rungs = std::iter::once(&mark.triage.best).chain(&mark.triage.acceptable).filter_map(rung);
        let decided = mark.triage.decided.clone().filter(|_| !mark.triage.transferred);
        Self {
            case: VERSION,
            shape: 1,
            verdict: mark.verdict,
            points: mark.points,
            out_of: mark.out_of,
            steps: mark.triage.steps,
            caps: mark.safety_caps.iter().map(|cap| cap.id.clone()).collect(),
            missed: practice::missed(mark),
            competences: mark.competences.iter().map(|c| (c.id.clone(), c.points, c.out_of)).collect(),
            rung: decided.as_ref().and_then(rung),
            decided,
            transferred: mark.triage.transferred,
            confidence: sure.filter(|_| !mark.triage.transferred),
            range: rungs.fold((u32::MAX, 0), |(low, high), rung| (low.min(rung), high.max(rung))),
            best: rung(&mark.triage.best).unwrap_or(0),
            setting_ok: mark.triage.setting_ok,
            service: mark.referral.chosen.clone(),
            referral: mark.referral.status,
            guide,
            recorded,
            facts: mark.facts.iter().filter(|f| f.key).map(|f| (f.id.clone(), f.status)).collect(),
            draft: mark.draft,
            clock: record.clock,
        }
    }

    /// What can be said of a call of which the decision alone is shared: urgency, setting and service, held against
    /// the model answer here; no points, facts or answers.
    #[must_use]
    pub fn of_decision(shared: &DecisionOnly, script: &Script) -> Self {
        let standards = &script.standards;
        let (best, acceptable) = model_outcomes(script, &shared.role);
        let disposition = |code: &Id| standards.disposition(code);
        let rung = |code: &Id| standards.rung_of(code);
        let all = || std::iter::once(best).chain(acceptable);
        let (low, high) = all().filter_map(rung).fold((u32::MAX, 0), |(l, h), r| (l.min(r), h.max(r)));
        let decided = shared.disposition.clone().filter(|_| !shared.transferred);
        let on = decided.as_ref().and_then(rung);
        let far = |rungs: u32| i32::try_from(rungs).unwrap_or(i32::MAX);
        let steps = match on {
            Some(on) if on > high => -far(on - high),
            Some(on) if on < low => far(low - on),
            _ => 0,
        };
        let setting = decided.as_ref().and_then(disposition).map(|decided| &decided.setting);
        let setting_ok = shared.transferred
            || setting.is_some_and(|own| all().filter_map(disposition).any(|one| one.setting == *own));
        let model = &script.scenario.model;
        let own = model.by_role.iter().find(|own| own.role == shared.role);
        let wanted = own.and_then(|own| own.referral.as_ref()).or(model.referral.as_ref());
        let refer = shared.disposition.as_ref().and_then(disposition).map(|decided| decided.refer);
        let acceptable = shared.disposition.as_ref().is_some_and(|code| all().any(|one| one == code));
        let referral = referral_status(wanted, shared.service.as_ref(), refer, acceptable);
        let verdict = match (&decided, steps.signum()) {
            (None, _) => Verdict::NotDecided,
            (_, -1) => Verdict::UnderTriage,
            (_, 1) => Verdict::OverTriage,
            _ if !setting_ok => Verdict::WrongSetting,
            // Whether what mattered was asked is not shared.
            _ => Verdict::RightNotAssured,
        };
        Self {
            case: VERSION,
            shape: 1,
            verdict,
            points: 0,
            out_of: 0,
            steps,
            caps: Vec::new(),
            missed: Vec::new(),
            competences: Vec::new(),
            rung: on,
            decided,
            transferred: shared.transferred,
            confidence: None,
            range: (low, high),
            best: rung(best).unwrap_or(0),
            setting_ok,
            service: shared.service.clone(),
            referral,
            guide: shared.guide.clone(),
            recorded: Vec::new(),
            facts: Vec::new(),
            draft: !script.reviewed,
            clock: shared.clock,
        }
    }

    /// A kept summary; none where it is from before there was all that is needed. `names` are those of the summaries
    /// read before it: a hundred thousand of them have the same few hundred ids.
    #[must_use]
    pub fn read(summary: &str, names: &mut Names) -> Option<Self> {
        let read = match serde_json::from_str::<Case<&str>>(summary) {
            Ok(case) => case.named(names),
            // An id with something escaped in it cannot be lent.
            Err(_) => serde_json::from_str(summary).ok()?,
        };
        Some(read).filter(|case| case.case == VERSION)
    }

    /// In the acceptable range and in a fitting setting; `None` without a decision of one's own.
    #[must_use]
    pub fn is_right(&self) -> Option<bool> {
        self.rung.map(|_| self.steps == 0 && self.setting_ok)
    }

    /// An assessment as it is kept, with this as its summary. `None` only if it cannot be written as JSON.
    #[must_use]
    pub fn assessed(record: &Record, mark: &Assessment, standards: &Standards) -> Option<Assessed> {
        let Head { id, scenario, standards: hash, .. } = record.head.clone();
        let key = AssessmentKey { record: id, scenario, standards: hash, rules: mark.rules };
        let summary = serde_json::to_string(&Self::of(record, mark, standards)).ok()?;
        Some(Assessed { key, summary, full: serde_json::to_string(mark).ok()? })
    }
}

impl Case<&str> {
    fn named(self, names: &mut Names) -> Case {
        let mut id = |text: &str| names.id(text);
        Case {
            case: self.case,
            shape: self.shape,
            verdict: self.verdict,
            points: self.points,
            out_of: self.out_of,
            steps: self.steps,
            caps: self.caps.into_iter().map(&mut id).collect(),
            missed: self.missed.into_iter().map(&mut id).collect(),
            competences: self.competences.into_iter().map(|(name, points, of)| (id(name), points, of)).collect(),
            decided: self.decided.map(&mut id),
            transferred: self.transferred,
            confidence: self.confidence,
            rung: self.rung,
            range: self.range,
            best: self.best,
            setting_ok: self.setting_ok,
            service: self.service.map(&mut id),
            referral: self.referral,
            guide: self.guide.map(&mut id),
            recorded: self.recorded.into_iter().map(|(question, answer)| (id(question), answer)).collect(),
            facts: self.facts.into_iter().map(|(fact, status)| (id(fact), status)).collect(),
            draft: self.draft,
            clock: self.clock,
        }
    }
}
