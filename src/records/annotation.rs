//! What people add to a call afterwards: reflections, comments, ratings, contested marks, consents.
//!
//! Annotations are appended and never part of a record. Who takes one back appends another.

use serde::{Deserialize, Serialize};

use super::text::is_id;
use crate::standards::Id;

/// The longest annotation, in bytes of its JSON.
pub const ANNOTATION_LIMIT: usize = 256 << 10;

/// One annotation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    /// 128 random bits in lower-case hexadecimal, from the shell: the key for import.
    pub id: String,
    /// Pseudonym of the author.
    pub by: String,
    /// What it is about; absent where it is about people and not about one call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Civil date and time, from the shell; may be empty.
    #[serde(default)]
    pub at: String,
    pub kind: AnnotationKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether the author shows it to others; a reflection is one's own until then.
    #[serde(default)]
    pub shared: bool,
}

/// A call, or one event of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Id of the record.
    pub record: String,
    /// Index into the record's events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<u32>,
}

/// What is being said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub enum AnnotationKind {
    /// What the trainee makes of the call.
    Reflection,
    /// What somebody else makes of it.
    Comment,
    /// "How was that?"
    SelfRating(Rating),
    /// The author does not agree with a mark.
    Contested {
        /// Id of the criterion.
        criterion: Id,
    },
    /// The author lets somebody see this call (or, without a target, all their calls), or no longer.
    Consent { given: bool, to: String },
    /// Two pseudonyms are one person.
    Join { with: String },
    /// Where the author works, in their service's words.
    Site(String),
    /// What the author, who watched a replay of the call, would have decided.
    Judged {
        /// Code of a disposition.
        disposition: Id,
    },
}

/// A rating from 1, poor, to 5, very good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rating(u8);

impl TryFrom<u8> for Rating {
    type Error = String;

    fn try_from(stars: u8) -> Result<Self, String> {
        match stars {
            1..=5 => Ok(Self(stars)),
            _ => Err(format!("a rating is from 1 to 5, not {stars}")),
        }
    }
}

impl From<Rating> for u8 {
    fn from(rating: Rating) -> Self {
        rating.0
    }
}

impl Annotation {
    /// Id of the record it is about.
    pub fn record(&self) -> Option<&str> {
        self.target.as_ref().map(|target| target.record.as_str())
    }

    /// Whether it can be kept.
    ///
    /// # Errors
    /// One sentence.
    pub fn check(&self) -> Result<(), String> {
        if !is_id(&self.id) {
            return Err(format!("`{}` is not an id of 32 hexadecimal digits", self.id));
        }
        if let Some(record) = self.record().filter(|record| !is_id(record)) {
            return Err(format!("`{record}` is not an id of 32 hexadecimal digits"));
        }
        match serde_json::to_string(self) {
            Ok(json) if json.len() <= ANNOTATION_LIMIT => Ok(()),
            Ok(_) => Err(format!("the annotation is longer than {} KiB", ANNOTATION_LIMIT >> 10)),
            Err(problem) => Err(problem.to_string()),
        }
    }
}
