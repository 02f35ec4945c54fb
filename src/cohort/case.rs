//! A marked call in short: what agreement needs of it, kept beside the assessment as its summary.

use serde::{Deserialize, Serialize};

use crate::call::{Event, Recorded, Script};
use crate::marking::{Assessment, FactStatus, ReferralStatus, Verdict};
use crate::practice;
use crate::records::{Assessed, AssessmentKey, Record};
use crate::standards::{Id, Standards};

/// Raised when something is added to [`Case`]: older summaries are made afresh.
const VERSION: u32 = 1;

/// A marked call in short. It has everything in it that the desk's own summary has, under the same names, so
/// that one kept summary serves both.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Case {
    case: u32,
    shape: u32,
    pub verdict: Verdict,
    pub points: u32,
    pub out_of: u32,
    /// Rungs from the acceptable range: under negative, over positive.
    pub steps: i32,
    pub caps: Vec<Id>,
    /// Key facts that were never asked, or given and ignored.
    pub missed: Vec<Id>,
    /// Competence, points, out of.
    pub competences: Vec<(Id, u32, u32)>,
    /// Code decided on; absent: none, or handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Id>,
    pub transferred: bool,
    /// Number of the rung decided on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rung: Option<u32>,
    /// Rungs of the most and of the least urgent acceptable outcome in this role.
    pub range: (u32, u32),
    /// Rung of the best outcome in this role.
    pub best: u32,
    pub setting_ok: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Id>,
    pub referral: ReferralStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<Id>,
    /// Answers that stood at the end, by question.
    pub recorded: Vec<(Id, Recorded)>,
    /// Key facts.
    pub facts: Vec<(Id, FactStatus)>,
    pub draft: bool,
    /// Milliseconds of call time.
    pub clock: u32,
}

impl Case {
    /// Short of a record and its mark.
    #[must_use]
    pub fn of(record: &Record, mark: &Assessment, standards: &Standards) -> Self {
        let (mut guide, mut recorded): (Option<Id>, Vec<(Id, Recorded)>) = (None, Vec::new());
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

    /// A kept summary; none where it is from before there was all that is needed.
    #[must_use]
    pub fn read(summary: &str) -> Option<Self> {
        serde_json::from_str::<Self>(summary).ok().filter(|case| case.case == VERSION)
    }

    /// In the acceptable range and in a fitting setting; `None` without a decision of one's own.
    #[must_use]
    pub fn is_right(&self) -> Option<bool> {
        self.rung.map(|_| self.steps == 0 && self.setting_ok)
    }

    /// An assessment as it is kept, with this as its summary. `None` only if it cannot be written as JSON.
    #[must_use]
    pub fn assessed(record: &Record, mark: &Assessment, script: &Script) -> Option<Assessed> {
        let head = &record.head;
        let key = AssessmentKey {
            record: head.id.clone(),
            scenario: head.scenario.clone(),
            standards: head.standards.clone(),
            rules: mark.rules,
        };
        let summary = serde_json::to_string(&Self::of(record, mark, &script.standards)).ok()?;
        Some(Assessed { key, summary, full: serde_json::to_string(mark).ok()? })
    }
}
