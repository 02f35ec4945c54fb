//! What people add to a call afterwards: reflections, comments, ratings, contested marks, consents.
//!
//! Annotations are appended and never part of a record. Who takes one back appends another.

use serde::{Deserialize, Serialize};

use super::record::Mode;
use super::text::{is_hash, is_id};
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
    Consent {
        given: bool,
        to: String,
        /// What of it; empty, as in files from before this was asked: the calls.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        what: Vec<Shared>,
    },
    /// Two pseudonyms are one person.
    Join { with: String },
    /// Where the author works, in their service's words.
    Site(String),
    /// What the author, who watched a replay of the call, would have decided. In the file of a device for a blind round
    /// the text is the id of their role, where they say it.
    Judged {
        /// Code of a disposition.
        disposition: Id,
    },
    /// The author took the call as part of a call set.
    InSet {
        /// Hash of the set's text, 64 hexadecimal digits.
        set: String,
        /// What the trainer called it.
        name: String,
    },
    /// How much of the call its author heard: of so many lines that were spoken to them, so many by a voice.
    Heard { lines: u32, of: u32 },
    /// What the author decided on a call of which they share nothing else.
    Decided(Box<DecisionOnly>),
    /// What the author, a trainer, gives for a criterion: kept beside the machine's mark and never in its place.
    Marked {
        /// Id of the criterion.
        criterion: Id,
        points: u32,
    },
    /// What happened next in a skill-sharing session: the event is the annotation's text, as JSON.
    Session {
        /// Id of the session.
        session: String,
        /// From 0, without gaps.
        sequence: u32,
    },
    /// What became of a contested mark; the words are the annotation's text.
    Answered {
        /// Id of the annotation that contests.
        contested: String,
        upheld: Upheld,
    },
}

/// What somebody lets others see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Shared {
    /// The calls, word for word, with their marks.
    Calls,
    /// What was decided, and nothing else of the call.
    Decisions,
    SelfRatings,
    Reflections,
    Comments,
}

impl Shared {
    /// All of them, in the order in which they are asked for, with words for whoever is asked.
    pub const ALL: [(Self, &str); 5] = [
        (Self::Calls, "the calls, word for word"),
        (Self::Decisions, "what was decided, and nothing else of the calls"),
        (Self::SelfRatings, "how I rated them myself"),
        (Self::Reflections, "what I wrote about them for myself"),
        (Self::Comments, "my comments"),
    ];
}

/// Who was right about a contested mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Upheld {
    /// The mark stands.
    Mark,
    /// Whoever contested it is right.
    Objection,
    /// It goes to whoever reviews the scenario.
    ForReview,
}

/// A call of which only the decision is shared: enough to compare decisions, and no word that was said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionOnly {
    /// Id of the record, which stays with its owner.
    pub record: String,
    /// Neutral name of the call, `call-0412`.
    pub call: Id,
    /// Hash of the scenario's text.
    pub scenario: String,
    /// Hash of the standards.
    pub standards: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Id>,
    pub role: Id,
    pub mode: Mode,
    /// Civil date and time at which the call was begun; may be empty.
    pub taken: String,
    /// Code decided on; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Id>,
    /// Handed over instead.
    pub transferred: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Id>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<Id>,
    /// Length of the call in milliseconds of call time.
    pub clock: u32,
    /// Hash of the call set for which it was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<String>,
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

/// Whether a call was read rather than heard: fewer than half of its lines had a voice, or nothing says that they had.
#[must_use]
pub fn was_read(record: &str, annotations: &[Annotation]) -> bool {
    // A call that was left and gone on with says it of each part.
    let (mut heard, mut spoken) = (0, 0);
    for one in annotations.iter().filter(|one| one.record() == Some(record)) {
        if let AnnotationKind::Heard { lines, of } = one.kind {
            heard += u64::from(lines);
            spoken += u64::from(of);
        }
    }
    heard * 2 < spoken || spoken == 0
}

impl Annotation {
    /// Whether it is its author's alone, besides what is said of their own calls: consents, where they work. What they
    /// said of others' calls, and what happened in a session, is others' as well.
    #[must_use]
    pub fn goes_with_its_author(&self) -> bool {
        self.target.is_none() && !matches!(self.kind, AnnotationKind::Session { .. })
    }

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
        match &self.kind {
            AnnotationKind::InSet { set, .. } if !is_hash(set) => {
                return Err(format!("`{set}` is not a hash of 64 hexadecimal digits"));
            }
            AnnotationKind::Answered { contested: id, .. } | AnnotationKind::Session { session: id, .. }
                if !is_id(id) =>
            {
                return Err(format!("`{id}` is not an id of 32 hexadecimal digits"));
            }
            AnnotationKind::Decided(decided) => decided.check()?,
            _ => {}
        }
        match serde_json::to_string(self) {
            Ok(json) if json.len() <= ANNOTATION_LIMIT => Ok(()),
            Ok(_) => Err(format!("the annotation is longer than {} KiB", ANNOTATION_LIMIT >> 10)),
            Err(problem) => Err(problem.to_string()),
        }
    }
}

impl DecisionOnly {
    fn check(&self) -> Result<(), String> {
        if !is_id(&self.record) {
            return Err(format!("`{}` is not an id of 32 hexadecimal digits", self.record));
        }
        let hashes = [&self.scenario, &self.standards];
        match hashes.into_iter().find(|hash| !is_hash(hash)) {
            Some(hash) => Err(format!("`{hash}` is not a hash of 64 hexadecimal digits")),
            None => Ok(()),
        }
    }
}
