//! The shape of an assessment: what `rightcall mark` prints and the debrief shows.

use serde::{Deserialize, Serialize};

use crate::standards::Id;

/// A call held against its model answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// Id of the record.
    pub record: String,
    /// Slug of the scenario.
    pub scenario: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Id>,
    pub role: Id,
    /// Rules under which it was marked.
    pub rules: u32,
    /// The scenario is a draft, not clinically reviewed.
    pub draft: bool,
    pub verdict: Verdict,
    /// After any cap.
    pub points: u32,
    /// Before any cap.
    pub earned: u32,
    pub out_of: u32,
    pub triage: Triage,
    pub referral: ReferralMark,
    pub facts: Vec<FactMark>,
    /// Why the points are capped; empty: they are not.
    pub safety_caps: Vec<Cap>,
    pub competences: Vec<CompetenceMark>,
    pub criteria: Vec<Criterion>,
}

/// The one verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// In the acceptable range, and what mattered was asked.
    Right,
    /// In the acceptable range without asking what mattered: marked, not capped.
    RightNotAssured,
    /// Later than the acceptable range.
    UnderTriage,
    /// Sooner than the acceptable range.
    OverTriage,
    /// Right urgency, another care setting than any acceptable outcome's.
    WrongSetting,
    /// An unsafe outcome: the points are capped.
    Unsafe,
    /// Broken off, or out of time, without a decision.
    NotDecided,
}

/// Urgency and care setting, apart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Triage {
    /// Code decided on; absent: none. After a handover: what the clinician reached.
    pub decided: Option<Id>,
    pub best: Id,
    pub acceptable: Vec<Id>,
    /// Rungs from the nearest edge of the acceptable range: under negative, over positive.
    pub steps: i32,
    pub setting_ok: bool,
    /// Handed over to a clinician instead of decided.
    pub transferred: bool,
    /// What the guide yielded, where one was used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide_yielded: Option<Id>,
}

/// The chosen service against the best.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ReferralMark {
    pub chosen: Option<Id>,
    pub best: Option<Id>,
    pub status: ReferralStatus,
    /// The directory had nothing but the catch-all.
    pub gap: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReferralStatus {
    Best,
    Acceptable,
    Other,
    /// A service was needed and none was arranged.
    Missing,
    /// None was needed and none was arranged, or an ambulance was sent as it should be.
    NotNeeded,
}

/// A fact of the scenario; the key ones are marked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct FactMark {
    pub id: Id,
    /// In plain words.
    pub is: String,
    pub key: bool,
    pub status: FactStatus,
    /// Lines of the transcript that show it.
    pub evidence: Vec<u32>,
}

/// What became of a fact: the causes of inconsistent telephone triage (Belman 2002).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactStatus {
    Elicited,
    NeverAsked,
    GivenAndIgnored,
}

/// A bound on the verdict for an unsafe outcome.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// `missed-emergency`, `unsafe-outcome`, `unsafe-advice`, `out-of-scope`, `no-safety-net`.
    pub id: Id,
    /// One sentence.
    pub text: String,
    pub evidence: Vec<u32>,
}

/// All criteria of one competence together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CompetenceMark {
    pub id: Id,
    pub points: u32,
    pub out_of: u32,
}

/// The part of the marking to which a criterion belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Triage,
    Referral,
    Assessment,
    Safety,
    Communication,
    Record,
}

impl Part {
    /// All parts in their order, with the words for them.
    pub const ALL: [(Part, &str); 6] = [
        (Part::Triage, "Triage"),
        (Part::Referral, "Onward referral"),
        (Part::Assessment, "Assessment"),
        (Part::Safety, "Safety"),
        (Part::Communication, "Communication"),
        (Part::Record, "Record and handover"),
    ];
}

/// One mark.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    pub id: String,
    pub part: Part,
    /// Id of the one competence to which it belongs.
    pub competence: Id,
    /// What it asks, in plain words.
    pub text: String,
    /// What earned or lost it, in plain words.
    pub why: String,
    pub points: u32,
    pub out_of: u32,
    /// Lines of the transcript that earned or lost it.
    pub evidence: Vec<u32>,
    /// Moment of the call that did, in milliseconds, where what was done was no line: something typed,
    /// chosen or arranged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<u32>,
}
