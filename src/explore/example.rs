//! Example plays: how somebody else takes the call, and what ought to come of it. They are kept beside
//! the scenario, and `rightcall test` plays them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::changes::{Changes, changed};
use crate::call::{Call, Script, Scripted, play};
use crate::diagnostic::Diagnostic;
use crate::marking::{self, Assessment, FactStatus, Verdict};
use crate::records::Mode;
use crate::ron_text::{self, ACTIONS_LIMIT, Tree};
use crate::standards::Id;

/// `scenarios/plays/<slug>/<name>.ron`: one play, and what is expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows, in a sentence.
    pub about: String,
    pub role: Id,
    /// Id of a variant; absent: the call as written.
    #[serde(default)]
    pub variant: Option<Id>,
    #[serde(default)]
    pub seed: u64,
    /// The model call with these changes; without any it is the model call.
    #[serde(default)]
    pub changes: Changes,
    /// Or every action by itself, as in a file of actions.
    #[serde(default)]
    pub actions: Option<Vec<Scripted>>,
    pub expect: Expected,
}

/// What ought to come of a play. What is not named is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    #[serde(default)]
    pub verdict: Option<Outcome>,
    /// Code decided on.
    #[serde(default)]
    pub decided: Option<Id>,
    /// Service accepted.
    #[serde(default)]
    pub service: Option<Id>,
    /// Least and most, in hundredths of the points to be had.
    #[serde(default)]
    pub points: Option<(u32, u32)>,
    /// Ids of the safety caps: these and no others.
    #[serde(default)]
    pub caps: Option<Vec<Id>>,
    /// Facts that came to light.
    #[serde(default)]
    pub elicited: Vec<Id>,
    #[serde(default)]
    pub never_asked: Vec<Id>,
    /// Given and ignored.
    #[serde(default)]
    pub ignored: Vec<Id>,
    /// Ids of criteria that earn all their points, as `rightcall mark --format json` has them.
    #[serde(default)]
    pub earned: Vec<String>,
    /// Ids of criteria that lose some.
    #[serde(default)]
    pub lost: Vec<String>,
}

/// A verdict, as it is written in RON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[allow(missing_docs, reason = "the same as in `Verdict`")]
pub enum Outcome {
    Right,
    RightNotAssured,
    UnderTriage,
    OverTriage,
    WrongSetting,
    Unsafe,
    NotDecided,
}

impl From<Verdict> for Outcome {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Right => Self::Right,
            Verdict::RightNotAssured => Self::RightNotAssured,
            Verdict::UnderTriage => Self::UnderTriage,
            Verdict::OverTriage => Self::OverTriage,
            Verdict::WrongSetting => Self::WrongSetting,
            Verdict::Unsafe => Self::Unsafe,
            Verdict::NotDecided => Self::NotDecided,
        }
    }
}

/// One thing that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The field of `expect`.
    pub field: &'static str,
    pub expected: String,
    pub got: String,
}

/// Reads an example.
///
/// # Errors
/// Everything that keeps the text from being one.
pub fn load_example(file: &str, bytes: &[u8]) -> Result<(Example, Tree), Vec<Diagnostic>> {
    ron_text::read(file, bytes, ACTIONS_LIMIT)
}

impl Example {
    /// Plays it.
    ///
    /// # Errors
    /// A sentence where role or variant are not the call's, or an action is refused.
    pub fn play(&self, script: &Arc<Script>) -> Result<Call, String> {
        let mut call = Call::new(script.clone(), &self.role, self.seed, Mode::Coach).map_err(|r| r.to_string())?;
        match &self.actions {
            Some(actions) => {
                let actions = actions.iter().map(|one| (one.at, &one.action));
                play(&mut call, actions).map_err(|stopped| stopped.to_string())?;
            }
            None if script.model_call(&self.role).is_none() => {
                return Err(format!("there is no model call for the role `{}`: write `actions`", self.role));
            }
            None => {
                changed(&mut call, &self.changes);
            }
        }
        Ok(call)
    }

    /// What came out otherwise than expected; empty where all is well.
    #[must_use]
    pub fn differences(&self, call: &Call) -> Vec<Difference> {
        let mark = marking::mark(call, "");
        let mut list = Vec::new();
        let mut differ = |field: &'static str, expected: String, got: String| {
            if expected != got {
                list.push(Difference { field, expected, got });
            }
        };
        let wanted = &self.expect;
        let or_nothing = |id: Option<&Id>| id.map_or("nothing".to_owned(), |id| (**id).to_owned());
        if let Some(verdict) = wanted.verdict {
            differ("verdict", format!("{verdict:?}"), format!("{:?}", Outcome::from(mark.verdict)));
        }
        if let Some(code) = &wanted.decided {
            differ("decided", (**code).to_owned(), or_nothing(mark.triage.decided.as_ref()));
        }
        if let Some(service) = &wanted.service {
            differ("service", (**service).to_owned(), or_nothing(mark.referral.chosen.as_ref()));
        }
        if let Some((least, most)) = wanted.points {
            let share = if mark.out_of == 0 { 0 } else { mark.points * 100 / mark.out_of };
            if !(least..=most).contains(&share) {
                differ("points", format!("{least} to {most} %"), format!("{share} %"));
            }
        }
        if let Some(caps) = &wanted.caps {
            let words = |mut ids: Vec<&str>| {
                ids.sort_unstable();
                if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
            };
            let got = mark.safety_caps.iter().map(|cap| &*cap.id).collect();
            differ("caps", words(caps.iter().map(|id| &**id).collect()), words(got));
        }
        let facts = [
            ("elicited", &wanted.elicited, FactStatus::Elicited),
            ("never_asked", &wanted.never_asked, FactStatus::NeverAsked),
            ("ignored", &wanted.ignored, FactStatus::GivenAndIgnored),
        ];
        for (field, ids, status) in facts {
            for id in ids {
                let got = mark.facts.iter().find(|fact| fact.id == *id).map(|fact| fact.status);
                differ(
                    field,
                    format!("`{id}` {}", status_words(Some(status))),
                    format!("`{id}` {}", status_words(got)),
                );
            }
        }
        for (field, ids, in_full) in [("earned", &wanted.earned, true), ("lost", &wanted.lost, false)] {
            for id in ids {
                let expected = if in_full { "all its points" } else { "fewer points than there are" };
                match mark.criteria.iter().find(|criterion| criterion.id == *id) {
                    None => differ(
                        field,
                        format!("`{id}` {expected}"),
                        format!("no criterion `{id}`; there are: {}", ids_of(&mark)),
                    ),
                    Some(one) if (one.points == one.out_of) != in_full => {
                        let got = format!("`{id}` {} of {}: {} ({})", one.points, one.out_of, one.text, one.why);
                        differ(field, format!("`{id}` {expected}"), got);
                    }
                    Some(_) => {}
                }
            }
        }
        list
    }
}

fn ids_of(mark: &Assessment) -> String {
    let ids: Vec<&str> = mark.criteria.iter().map(|criterion| &*criterion.id).collect();
    ids.join(", ")
}

fn status_words(status: Option<FactStatus>) -> &'static str {
    match status {
        Some(FactStatus::Elicited) => "elicited",
        Some(FactStatus::NeverAsked) => "never asked",
        Some(FactStatus::GivenAndIgnored) => "given and ignored",
        None => "is no fact of this call",
    }
}
