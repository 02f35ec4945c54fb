//! What lists, practice and competences need of an assessment: a part of its kept summary (`cohort::Case`), under the
//! same names.

use serde::{Deserialize, Serialize};

use crate::marking::{Assessment, Verdict};
use crate::practice;
use crate::standards::Id;

/// Raised when something is added to [`Mark`]: older summaries are made afresh.
const SHAPE: u32 = 1;

/// An assessment in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub verdict: Verdict,
    pub points: u32,
    pub out_of: u32,
    #[serde(default)]
    shape: u32,
    /// Rungs from the acceptable range: under negative, over positive.
    #[serde(default)]
    pub steps: i32,
    #[serde(default)]
    pub caps: Vec<Id>,
    /// Key facts that were never asked, or given and ignored.
    #[serde(default)]
    pub missed: Vec<Id>,
    /// Competence, points, out of.
    #[serde(default)]
    pub competences: Vec<(Id, u32, u32)>,
}

impl Mark {
    /// An assessment in short.
    pub fn of(mark: &Assessment) -> Self {
        Mark {
            verdict: mark.verdict,
            points: mark.points,
            out_of: mark.out_of,
            shape: SHAPE,
            steps: mark.triage.steps,
            caps: mark.safety_caps.iter().map(|cap| cap.id.clone()).collect(),
            missed: practice::missed(mark),
            competences: mark.competences.iter().map(|c| (c.id.clone(), c.points, c.out_of)).collect(),
        }
    }

    /// A kept summary; none where it is from before there was all that is needed.
    pub fn read(summary: &str) -> Option<Self> {
        serde_json::from_str::<Mark>(summary).ok().filter(|mark| mark.shape == SHAPE)
    }
}
