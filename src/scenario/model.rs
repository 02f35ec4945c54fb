//! What an author writes: one call. See `docs/scenario-language.md`.

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::call::Action;
use crate::standards::{Capacity, FieldName, Id, Sex};

/// `scenarios/<slug>.ron`: one call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// The slug; equals the file name. Hidden from trainees until the debrief.
    pub id: Id,
    /// Neutral number by which the call is known before its debrief.
    pub number: u32,
    /// Hidden until the debrief.
    pub title: String,
    pub version: u32,
    pub review: Review,
    /// The version of `dispositions.ron` for which codes were chosen.
    pub standards: String,
    pub sources: Vec<String>,
    /// From the coarse list only.
    pub content_notes: Vec<ContentNote>,
    pub difficulty: Difficulty,
    pub line: Line,
    /// Civil date and time at which the call begins, `YYYY-MM-DDTHH:MM`.
    pub clock: String,
    /// Ids of the roles that may take it.
    pub roles: Vec<Id>,
    /// The other half of a look-alike pair.
    #[serde(default)]
    pub twin: Option<Id>,
    /// Symptom group for the directory.
    pub symptom_group: Id,
    pub caller: Caller,
    pub patient: Patient,
    /// Others who can be heard.
    #[serde(default)]
    pub others: Vec<Other>,
    /// What goes on behind the caller from the beginning, as a caption: `[a television in the next room]`. What is heard
    /// of it says `heard`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Reception::is_clear")]
    pub reception: Reception,
    /// What is heard of captions and words: sounds, and an author's own recordings. What is not named here is spoken by
    /// a clip or the system, a caption not at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heard: Vec<Heard>,
    /// Warnings on file for this address or patient.
    #[serde(default)]
    pub special_notes: Vec<String>,
    #[serde(default)]
    pub previous_contacts: Vec<String>,
    /// Summary care record; clinicians only.
    #[serde(default)]
    pub summary_record: Vec<String>,
    /// What a health advisor has handed over, for the roles named.
    #[serde(default)]
    pub handover: Option<Handover>,
    /// The first thing the caller says; one wording is chosen.
    pub opening: Vec<Arc<str>>,
    pub facts: Vec<Fact>,
    pub answers: Vec<Answer>,
    #[serde(default)]
    pub beats: Vec<Beat>,
    /// How the caller takes the offer of a service; anything else is agreed to.
    #[serde(default)]
    pub offers: Vec<OfferAnswer>,
    /// What a clinician says who is asked.
    #[serde(default)]
    pub clinician_says: Vec<Arc<str>>,
    /// Changes to the directory while this call lasts.
    #[serde(default)]
    pub capacity: Vec<(Id, Capacity)>,
    pub model: Model,
    /// What happened next: told in the debrief.
    pub afterwards: String,
    /// Criteria of this call besides the common ones.
    #[serde(default)]
    pub criteria: Vec<OwnCriterion>,
    #[serde(default)]
    pub variants: Vec<Variant>,
    /// Questions for the clinical reviewer.
    #[serde(default)]
    pub open_points: Vec<String>,
}

/// Whether a clinician has signed the call off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Review {
    /// Draft, not clinically reviewed.
    Draft { author: String },
    Reviewed {
        by: Vec<Reviewer>,
        /// `YYYY-MM-DD`; after it the review has lapsed.
        until: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviewer {
    pub name: String,
    pub registration: String,
    /// `YYYY-MM-DD`.
    pub on: String,
    /// [`Scenario::content_hash`] of what was signed for.
    pub content: String,
}

/// What a trainee is told before a call; deliberately coarse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum ContentNote {
    SelfHarm,
    Abuse,
    Death,
    HarmToAChild,
    Distress,
    Swearing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Difficulty {
    Starter,
    Standard,
    Stretch,
}

/// The line on which the call came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Line {
    Symptomatic,
    Prescription,
    Dental,
    Information,
    Professional,
    MentalHealth,
    /// A clinician rings back with a handover in hand.
    CallBack,
}

/// Who is on the line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    pub name: Arc<str>,
    pub relation: Relation,
    /// In the caller's words, for instance "I'm her daughter"; needed unless the patient rings.
    #[serde(default)]
    pub relation_words: Option<Arc<str>>,
    /// Id of a manner.
    pub manner: Id,
    /// Mood at the start: 0 desperate, 100 at ease.
    #[serde(default = "even")]
    pub mood: u32,
    #[serde(default)]
    pub voice: Voice,
}

fn even() -> u32 {
    60
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Relation {
    /// The patient rings.
    Patient,
    Parent,
    Spouse,
    AdultChild,
    Carer,
    Relative,
    Friend,
    Bystander,
    Professional,
}

/// For the spoken voice; nothing is decided by it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    #[serde(default)]
    pub accent: String,
    #[serde(default)]
    pub age: String,
    #[serde(default)]
    pub pace_percent: Option<u32>,
}

/// Whom the call is about.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Patient {
    pub name: Arc<str>,
    /// What others call the patient: fills `{name}`.
    pub known_as: Arc<str>,
    /// `YYYY-MM-DD`.
    pub born: String,
    pub sex: Sex,
    #[serde(default)]
    pub pronoun: Option<Pronoun>,
    /// Where the patient is, as the caller would say it.
    pub at: Arc<str>,
    /// Id of the place in the directory that this is.
    pub place: Id,
    pub call_back: Arc<str>,
    pub gp: Arc<str>,
    /// Can come to the phone (only where somebody else rings).
    #[serde(default = "reachable")]
    pub reachable: bool,
    /// What is heard when the patient cannot or will not.
    #[serde(default)]
    pub not_reachable_says: Option<Arc<str>>,
    /// The manner in which the patient speaks, where different from the caller's.
    #[serde(default)]
    pub manner: Option<Id>,
}

fn reachable() -> bool {
    true
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Pronoun {
    She,
    He,
    They,
}

/// Somebody else in the room.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Other {
    pub id: Id,
    pub name: Arc<str>,
}

/// How well the line carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
pub enum Reception {
    #[default]
    Clear,
    /// A mobile at the edge of its network: thin, and gone for moments at a time.
    Poor,
}

impl Reception {
    #[must_use]
    pub fn is_clear(&self) -> bool {
        *self == Self::Clear
    }
}

/// What is heard where these words, or this caption, come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heard {
    /// A caption (`[a door opens]`) or a wording of the call or the bank, to the letter.
    pub text: Arc<str>,
    /// Heard once, with the caption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plays: Option<Noise>,
    /// Heard softly from then on, in place of what was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behind: Option<Noise>,
    /// A recording in the scenario's folder: Ogg Opus or WAV, three minutes at most. Comes before a clip and the system's
    /// speech.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audio: Option<Arc<str>>,
}

/// A sound that is worked out, not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Noise {
    /// Nothing: what was heard behind the caller stops.
    Quiet,
    /// Voices in a box that nobody can make out.
    Television,
    /// A tune on a wireless.
    Music,
    Traffic,
    /// A baby that cries.
    Baby,
    /// A smoke or carbon monoxide alarm: four beeps and a pause.
    Alarm,
    /// A pump or a monitor: two beeps.
    Beeps,
    Dog,
    Bird,
    /// A tap, a bath, rain.
    Water,
    /// An engine at work next door: a strimmer, a mower.
    Engine,
    /// A door that opens and shuts.
    Door,
    /// A knock, a thud.
    Knock,
    /// Something is dragged: a chair.
    Scrape,
    /// A cup, cutlery.
    Rattle,
    /// Breath that whistles.
    Wheeze,
    /// Somebody hums to themselves.
    Humming,
    /// A clock strikes.
    Clock,
}

/// Who speaks or knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize, Serialize, JsonSchema)]
pub enum Person {
    #[default]
    Caller,
    Patient,
}

/// A call as a clinician meets it who rings back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Ids of the roles that get it.
    pub roles: Vec<Id>,
    /// What it says.
    pub says: String,
    /// What it leaves out; told in the debrief.
    pub leaves_out: Vec<String>,
    /// Fields of the contact record that are filled in already.
    #[serde(default)]
    pub fields: Vec<FieldName>,
}

/// The value of a feature for this patient.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub id: Id,
    pub feature: Id,
    /// In plain words, for the debrief and the reviewer.
    pub is: String,
    pub known_to: Vec<Person>,
    /// Holds from then on only.
    #[serde(default)]
    pub from: Option<Moment>,
    /// Holds until then only.
    #[serde(default)]
    pub until: Option<Moment>,
    /// What it means at least.
    #[serde(default)]
    pub at_least: Option<Bound>,
    /// Has to be elicited.
    #[serde(default)]
    pub key: bool,
    /// A guide's question about this feature is to be recorded as yes.
    #[serde(default)]
    pub worrying: bool,
    /// Words by which notes and handover are taken to mention it (lower case, parts of words).
    #[serde(default)]
    pub noted: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Bound {
    /// At least as urgent as this disposition.
    Code(Id),
    /// At least as urgent as this rung.
    Rung(Id),
}

/// A point of the call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Moment {
    /// Seconds of call time.
    Seconds(u32),
    /// After a beat.
    Beat(Id),
    /// After an utterance was said.
    Said(Id),
}

/// What somebody says to an utterance, or to any utterance that asks for a feature.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Id of an utterance; either this or `feature`.
    #[serde(default)]
    pub to: Option<Id>,
    #[serde(default)]
    pub feature: Option<Id>,
    #[serde(default)]
    pub by: Person,
    /// The first answer whose condition holds is given.
    #[serde(default)]
    pub when: Option<When>,
    /// One wording is chosen.
    pub say: Vec<Arc<str>>,
    /// When asked for again; otherwise the same with the manner's "like I said".
    #[serde(default)]
    pub again: Vec<Arc<str>>,
    /// Ids of facts that come to light.
    #[serde(default)]
    pub tells: Vec<Id>,
    /// Change of mood, besides the utterance's own.
    #[serde(default)]
    pub mood: i32,
    /// What is heard besides, for captions: `[a chair scrapes]`.
    #[serde(default)]
    pub sound: Option<Arc<str>>,
}

/// Something that happens by itself, once.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beat {
    pub id: Id,
    pub at: Trigger,
    /// Seconds after the trigger.
    #[serde(default)]
    pub delay: u32,
    #[serde(default)]
    pub when: Option<When>,
    #[serde(default)]
    pub unless: Option<When>,
    #[serde(default)]
    pub by: Voices,
    /// One wording is chosen; empty for a sound alone.
    #[serde(default)]
    pub say: Vec<Arc<str>>,
    #[serde(default)]
    pub sound: Option<Arc<str>>,
    /// While it is said, somebody else says something over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Over>,
    #[serde(default)]
    pub tells: Vec<Id>,
    #[serde(default)]
    pub mood: i32,
    /// A cue: to be picked up by one of these utterances or features.
    #[serde(default)]
    pub picked_up_by: Vec<Id>,
    /// Feeling is shown, and an empathic line is called for.
    #[serde(default)]
    pub calls_for_empathy: bool,
}

/// What somebody says over another's words: it begins in their middle, and neither stops.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Over {
    pub by: Voices,
    pub say: Arc<str>,
}

/// Who is heard in a beat.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
pub enum Voices {
    #[default]
    Caller,
    Patient,
    /// Id of one of `others`.
    Other(Id),
}

/// What sets a beat off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Trigger {
    /// Seconds of call time.
    Seconds(u32),
    /// The trainee has said this.
    Said(Id),
    /// So many lines of the trainee's.
    Lines(u32),
    /// A fact has come to light.
    Told(Id),
    /// Another beat has happened.
    Beat(Id),
    /// The mood has fallen below this, or is below it from the start.
    MoodBelow(u32),
    /// Nobody has spoken for so many seconds.
    Silence(u32),
    /// A disposition has been decided.
    Decided,
    /// The caller was put on hold.
    Held,
}

/// A condition on what has happened in the call so far.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum When {
    /// The fact has come to light.
    Told(Id),
    /// The fact holds at this moment.
    Holds(Id),
    /// The trainee has said this.
    Said(Id),
    /// The first was said before the second, and the second was said.
    SaidBefore(Id, Id),
    /// Any utterance asking for this feature was said.
    Asked(Id),
    /// The beat has happened.
    Beat(Id),
    Mood {
        #[serde(default)]
        below: Option<u32>,
        #[serde(default)]
        from: Option<u32>,
    },
    /// Seconds of call time.
    After(u32),
    Before(u32),
    Decided,
    /// Decided on this code.
    DecidedOn(Id),
    /// The role of the trainee.
    Role(Id),
    /// Who is on the line.
    Speaking(Person),
    All(Vec<When>),
    Any(Vec<When>),
    Not(Box<When>),
}

/// How the caller takes the offer of a service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferAnswer {
    pub service: Id,
    pub say: Vec<Arc<str>>,
    #[serde(default = "reachable")]
    pub accepts: bool,
}

/// How an expert takes the call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub best: Id,
    #[serde(default)]
    pub acceptable: Vec<Id>,
    pub unsafe_if: Vec<Unsafe>,
    #[serde(default)]
    pub referral: Option<Referral>,
    /// Advice to be said: what to do now.
    #[serde(default)]
    pub interim: Vec<Id>,
    /// Advice to be said: when to ring again.
    pub worsening: Vec<Id>,
    /// Facts that a handover has to mention.
    #[serde(default)]
    pub handover: Vec<Id>,
    /// Features without which a right outcome is "right, not assured".
    #[serde(default)]
    pub assured_by: Vec<Id>,
    pub rationale: String,
    /// Ids of the guides that serve; the first is the best.
    pub guides: Vec<Id>,
    /// Guides that tempt, and why they mislead.
    #[serde(default)]
    pub wrong_guides: Vec<(Id, String)>,
    /// Services that tempt, and why they mislead.
    #[serde(default)]
    pub traps: Vec<(Id, String)>,
    /// Roles that see some of it otherwise.
    #[serde(default)]
    pub by_role: Vec<RoleModel>,
    /// How an expert takes it, per role.
    pub calls: Vec<ModelCall>,
}

/// Differences of the model answer for one role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleModel {
    pub role: Id,
    #[serde(default)]
    pub best: Option<Id>,
    #[serde(default)]
    pub acceptable: Option<Vec<Id>>,
    #[serde(default)]
    pub escalate: Escalate,
    /// The service for this role, where it is another.
    #[serde(default)]
    pub referral: Option<Referral>,
}

/// Whether handing the live call over, or asking a clinician, is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
pub enum Escalate {
    /// It takes a clinician from somebody else.
    #[default]
    Needless,
    /// Right either way.
    Acceptable,
    /// Not to do it is late.
    Expected,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    pub best: Id,
    #[serde(default)]
    pub acceptable: Vec<Id>,
}

/// An outcome that is unsafe: any one predicate is enough.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Unsafe {
    /// A rung later than that of this code.
    Later(Id),
    /// A rung later than this one.
    Rung {
        later_than: Id,
    },
    /// This care setting.
    Setting(Id),
    Code(Id),
    /// Referred to this service.
    Service(Id),
    /// Said, as advice or promise.
    Said(Id),
    /// Never said.
    Missing(Id),
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelCall {
    pub role: Id,
    pub actions: Vec<Action>,
}

/// A criterion of this call alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnCriterion {
    pub id: Id,
    pub competence: Id,
    pub text: String,
    pub points: u32,
    /// Won if this holds at the end.
    pub when: When,
    /// Only for these roles; empty: all.
    #[serde(default)]
    pub roles: Vec<Id>,
}

/// An overlay over the call: lists are merged by id, what is named replaces.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub id: Id,
    pub kind: VariantKind,
    /// For authors and the debrief.
    pub about: String,
    #[serde(default)]
    pub caller: Option<Caller>,
    #[serde(default)]
    pub patient: Option<Patient>,
    #[serde(default)]
    pub opening: Option<Vec<Arc<str>>>,
    #[serde(default)]
    pub handover: Option<Handover>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reception: Option<Reception>,
    /// Replace or add, by text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heard: Vec<Heard>,
    /// Replace or add, by id.
    #[serde(default)]
    pub facts: Vec<Fact>,
    #[serde(default)]
    pub without_facts: Vec<Id>,
    /// All answers of the base to the same utterance or feature by the same person give way.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// Answers to these utterances or features are left out.
    #[serde(default)]
    pub without_answers: Vec<Id>,
    /// Replace or add, by id.
    #[serde(default)]
    pub beats: Vec<Beat>,
    #[serde(default)]
    pub without_beats: Vec<Id>,
    /// Replaces the model answer; a twist needs it, a surface variant must not have it.
    #[serde(default)]
    pub model: Option<Model>,
    #[serde(default)]
    pub afterwards: Option<String>,
    #[serde(default)]
    pub criteria: Option<Vec<OwnCriterion>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum VariantKind {
    /// Another surface, the same right answer.
    Surface,
    /// A changed fact and another right answer.
    Twist,
}

impl Scenario {
    /// Signed off by reviewers whose signatures hold for the content as it is.
    #[must_use]
    pub fn is_reviewed(&self) -> bool {
        match &self.review {
            Review::Draft { .. } => false,
            Review::Reviewed { by, .. } => {
                let content = self.content_hash();
                !by.is_empty() && by.iter().all(|reviewer| reviewer.content == content)
            }
        }
    }

    /// Hash of everything but the review itself: a signature is void when the content changes.
    #[must_use]
    pub fn content_hash(&self) -> String {
        let unsigned = Scenario { review: Review::Draft { author: String::new() }, ..self.clone() };
        // A scenario is plain data with text for keys: it can always be written.
        crate::ron_text::hash(&serde_json::to_string(&unsigned).unwrap_or_default())
    }

    /// The recordings that the call names, as written and in its variants, each once.
    #[must_use]
    pub fn recordings(&self) -> BTreeSet<&str> {
        let variants = self.variants.iter().flat_map(|variant| &variant.heard);
        self.heard.iter().chain(variants).filter_map(|heard| heard.audio.as_deref()).collect()
    }

    /// The name by which the call is known before its debrief, and in records: `call-0412`.
    #[must_use]
    pub fn neutral_name(&self) -> Id {
        format!("call-{:04}", self.number).into()
    }
}
