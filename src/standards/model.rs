//! The shapes of the files in a standards folder. One file, one struct; every file carries a
//! [`Header`], because what a service agrees on changes over time.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stable name: of an utterance, a feature, a fact, a service, a disposition code…
///
/// Cheap to copy, because every event of a call carries several.
pub type Id = Arc<str>;

/// What every standards file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Version of this file's content, for instance `2026.11`.
    pub version: String,
    /// First day on which the content applies, `YYYY-MM-DD`.
    pub effective_from: String,
    /// Last day on which it applies; open when absent.
    #[serde(default)]
    pub effective_until: Option<String>,
    /// What a reader should know: where it comes from and that it is a draft.
    pub note: String,
}

// ---------------------------------------------------------------- competences

/// `competences.ron`: the competency set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Competences {
    pub header: Header,
    pub competences: Vec<Competence>,
}

/// One competence, C1 to C12.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Competence {
    /// `C1` … `C12`.
    pub id: Id,
    pub name: String,
    /// What it is called where a call was read and nobody was heard, if that shows something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when_read: Option<String>,
    /// What it is, in one or two sentences.
    pub about: String,
    /// Shared by registered and non-registered staff alike.
    pub core: bool,
    /// Well-being is practised and never marked.
    pub scored: bool,
    /// What an observer would see or hear.
    pub indicators: Vec<String>,
    pub crosswalk: Crosswalk,
}

/// The same competence in the words of other frameworks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Crosswalk {
    /// Call-audit competence; empty where there is none.
    pub audit: String,
    /// Clinical audit toolkit criteria; empty where there is none.
    pub rcgp: String,
    /// Workforce blueprint theme; empty where there is none.
    pub blueprint: String,
}

// ---------------------------------------------------------------------- roles

/// `roles.ron`: who takes calls and what each may do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    pub header: Header,
    pub roles: Vec<Role>,
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// `service-advisor`, `health-advisor`, `senior-health-advisor`, `clinical-advisor`…
    pub id: Id,
    pub name: String,
    /// Career framework level, 2 to 9. Not a pay band.
    pub level: u8,
    /// On a professional register.
    pub registered: bool,
    pub decides: Decides,
    pub may: Vec<Permission>,
    /// Dispositions that a role which decides by guide may choose without waiting for the guide:
    /// an ambulance now, a clinician now. Marked as an early exit.
    #[serde(default)]
    pub early_exits: Vec<Id>,
    /// Scope of practice in one or two sentences.
    pub scope: String,
}

/// How a role reaches a disposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Decides {
    /// Recognises and hands over; never triages symptoms.
    HandsOver,
    /// Works through a guide, which yields the disposition.
    ByGuide,
    /// Chooses on the ladder, time by care setting, with a reason.
    OnLadder,
}

/// Something that only some roles may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Permission {
    /// Ask about symptoms and record answers in a guide.
    AssessSymptoms,
    /// Decide otherwise than the guide says, with a reason.
    Override,
    /// Read the summary care record.
    ReadSummaryRecord,
    /// Read special notes and previous contacts.
    ReadNotes,
    /// Hand a live call to a clinician.
    Transfer,
    /// Give advice about a prescribed dose.
    AdviseOnDose,
    /// Name a likely condition to the caller.
    NameCondition,
    /// Reject a service as not clinically appropriate.
    RejectClinically,
}

// --------------------------------------------------------------- dispositions

/// `dispositions.ron`: the outcomes of triage and the ladder on which they stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Dispositions {
    pub header: Header,
    /// Rows of the ladder, most urgent first.
    pub rungs: Vec<Named>,
    /// Columns of the ladder, left to right.
    pub columns: Vec<Named>,
    /// Care settings; finer than columns.
    pub settings: Vec<Named>,
    /// Clinical needs ("discriminators") by which the directory finds a service.
    pub needs: Vec<Named>,
    pub dispositions: Vec<Disposition>,
}

/// An id and the words for it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub id: Id,
    pub name: String,
}

/// One disposition.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Disposition {
    /// Published code, for instance `Dx02`.
    pub code: Id,
    /// Plain name, for instance "Emergency department within 1 hour".
    pub name: String,
    /// Group heading, for instance "Emergency department".
    pub group: String,
    /// Id of a care setting.
    pub setting: Id,
    /// Timeframe in minutes; absent where the outcome has none.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Id of a rung: assigned, not computed from the minutes.
    pub rung: Id,
    /// Id of a column.
    pub column: Id,
    pub refer: Refer,
    /// Id of the clinical need that a service must meet; only for `refer: Search`.
    #[serde(default)]
    pub need: Option<Id>,
    /// Codes that are the same decision under another clinical heading share a family;
    /// absent: the code is its own family.
    #[serde(default)]
    pub family: Option<Id>,
    /// The code of its validation by a clinician, where one exists.
    #[serde(default)]
    pub validated_as: Option<Id>,
    /// Only for roles with a registration.
    #[serde(default)]
    pub registered_only: bool,
    /// What differs between published lists, for the person who keeps this file.
    #[serde(default)]
    pub drift: Option<String>,
}

/// What has to be arranged once a disposition is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Refer {
    /// An ambulance or the police: arranged without a search.
    Dispatch,
    /// A service from the directory.
    Search,
    /// Nothing: advice only.
    Nothing,
}

// ----------------------------------------------------------------------- bank

/// `questions.ron`, `statements.ron`, `advice.ron`: everything a call handler can say.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    pub header: Header,
    pub utterances: Vec<Utterance>,
}

/// One thing a call handler can say, the same in every call.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Utterance {
    /// Never renamed or reused.
    pub id: Id,
    pub kind: Kind,
    pub stage: Stage,
    /// A short heading, for instance "read back location".
    pub topic: String,
    /// Body system or area: `general`, `neuro`, `circulation`… (see `topics.ron`).
    pub system: Id,
    /// Features it asks for.
    #[serde(default)]
    pub probes: Vec<Id>,
    /// Wording when the patient is on the line. `{name}`, `{they}`, `{them}`, `{their}` and the
    /// other placeholders are filled in from the call.
    pub you: Arc<str>,
    /// Wording when somebody else is on the line; absent: the same.
    #[serde(default)]
    pub third: Option<Arc<str>>,
    /// Search terms, lay words among them.
    #[serde(default)]
    pub terms: Vec<String>,
    /// What the caller says when the scenario defines nothing; empty: says nothing.
    #[serde(default)]
    pub default: Arc<str>,
    /// The default denies something that could be dangerous, or says that it is normal.
    #[serde(default)]
    pub denies: bool,
    /// Only the patient can feel it; somebody else has to ask.
    #[serde(default)]
    pub felt: bool,
    /// Reads back what was typed into this field of the contact record.
    #[serde(default)]
    pub reads_back: Option<FieldName>,
    /// Change of the caller's mood, in points of 0 to 100.
    #[serde(default)]
    pub mood: i32,
    /// Acknowledges what the caller feels.
    #[serde(default)]
    pub empathy: bool,
    /// What is wrong with it, if it is one of the deliberately poor ones.
    #[serde(default)]
    pub flaws: Vec<Flaw>,
    /// What to say instead, for the debrief.
    #[serde(default)]
    pub better: Vec<Id>,
    /// Why it is poor, in one sentence, for the debrief.
    #[serde(default)]
    pub why_poor: Option<String>,
}

/// What sort of thing an utterance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Kind {
    Question,
    Statement,
    Instruction,
    /// Advice: what to do now or while waiting.
    Interim,
    /// Advice: when to ring again, and how.
    Worsening,
}

/// Where in a call an utterance belongs; also the stages a trainee declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum Stage {
    /// Who, where, consent.
    Open,
    /// Immediate threats to life.
    First,
    /// The main problem in the caller's words.
    Story,
    /// Narrowing down.
    Detail,
    /// Health, medicines, home.
    Context,
    /// Offering the outcome.
    Plan,
    Close,
    Any,
}

/// What makes an utterance poor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Flaw {
    Jargon,
    Leading,
    DoubleBarrelled,
    Vague,
    Judging,
    Dismissive,
    FalseReassurance,
    FalsePromise,
    /// Names a likely condition.
    Diagnosis,
    /// Advises on a prescribed dose.
    DoseAdvice,
    ClosesTheCaller,
    Interrupting,
    Stigma,
    Inequality,
}

/// A field of the contact record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
pub enum FieldName {
    Location,
    CallBack,
    CallerName,
    Relation,
    PatientName,
    DateOfBirth,
    GpPractice,
}

/// `topics.ron`: headings under which the bank is browsed, and the caller's manners.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Topics {
    pub header: Header,
    /// Body systems and areas that utterances name.
    pub systems: Vec<Named>,
    /// Parts of the body by which the bank is browsed. Standards older than the body map have none.
    #[serde(default)]
    pub regions: Vec<Region>,
    /// Features: what can be asked for, and the words for it in a debrief.
    pub features: Vec<Named>,
    /// Groups of synonyms for the free-text matcher.
    pub synonyms: Vec<Vec<String>>,
    pub manners: Vec<Manner>,
    /// What somebody says who is asked about what only the patient can know.
    pub would_have_to_ask: Vec<Arc<str>>,
    /// What a caller says to words that nobody understood.
    pub what_do_you_mean: Vec<Arc<str>>,
    /// What a caller says to a wrong read-back; `{truth}` is filled in.
    pub corrections: Vec<Arc<str>>,
    /// What a caller says when offered a service and content with it.
    pub agrees: Vec<Arc<str>>,
    /// What a caller says when taken off hold.
    pub back_from_hold: Vec<Arc<str>>,
    /// What a clinician says who has been asked, when the scenario says nothing.
    pub clinician_says: Vec<Arc<str>>,
    /// Words that only people of the trade use, in lower case: the checker warns where a caller says
    /// one, or a line of the bank that is not poor. Standards older than the list have none.
    #[serde(default)]
    pub jargon: Vec<String>,
    /// Names of conditions, in lower case: a caller says one only if they were told.
    #[serde(default)]
    pub diagnoses: Vec<String>,
}

/// A part of the body on the body map, and what can be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// `head`, `chest`, `lower-back`…
    pub id: Id,
    pub name: String,
    /// Ids of body systems that belong here as a whole.
    #[serde(default)]
    pub systems: Vec<Id>,
    /// Ids of features: whatever asks for them belongs here.
    #[serde(default)]
    pub features: Vec<Id>,
}

/// A caller's manner of speaking.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Manner {
    pub id: Id,
    pub name: String,
    /// What a default answer may begin with; an empty one for nothing.
    pub lead_ins: Vec<Arc<str>>,
    /// What an answer given before begins with when it is asked for again.
    pub again: Vec<Arc<str>>,
    /// Pause before answering, in milliseconds of call time.
    pub pause_ms: u32,
}

// --------------------------------------------------------------------- guides

/// `guides.ron`: training questionnaires, most dangerous first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Guides {
    pub header: Header,
    /// Steps that every guide begins with.
    pub opening: Vec<Step>,
    /// So many "not sure" in one guide lead to [`Guides::not_sure_to`].
    pub not_sure_limit: u32,
    /// Code of a disposition.
    pub not_sure_to: Id,
    pub guides: Vec<Guide>,
}

/// One guide: for one main symptom.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    pub id: Id,
    /// The main symptom, in plain words.
    pub title: String,
    /// For whom, in plain words.
    pub limits: String,
    /// Youngest age in whole years.
    #[serde(default)]
    pub from_age: Option<u32>,
    /// Oldest age in whole years.
    #[serde(default)]
    pub to_age: Option<u32>,
    /// Search terms.
    #[serde(default)]
    pub terms: Vec<String>,
    pub steps: Vec<Step>,
    /// Code of the disposition when no step applied.
    pub otherwise: Id,
}

/// One question of a guide, recorded as yes, no or not sure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The question under which the answer is recorded; unique within guide and opening.
    pub question: Id,
    /// Other utterances that serve as well.
    #[serde(default)]
    pub or: Vec<Id>,
    /// What "yes" means here: the worrying answer, in plain words.
    pub yes_means: String,
    pub yes: Next,
    pub not_sure: Next,
}

/// What follows an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub enum Next {
    Continue,
    /// Code of a disposition.
    Yield(Id),
    /// Id of a guide, taken up after its opening steps.
    GoTo(Id),
}

// ------------------------------------------------------------------ directory

/// `directory.ron`: where patients of a fictional area can go.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Directory {
    pub header: Header,
    pub area: String,
    pub places: Vec<Place>,
    pub types: Vec<ServiceType>,
    /// Symptom groups that scenarios name.
    pub symptom_groups: Vec<Named>,
    /// Days on which holiday hours apply, `YYYY-MM-DD`.
    #[serde(default)]
    pub public_holidays: Vec<String>,
    /// Services farther than this are out of range, in units of 100 m.
    pub range: u32,
    /// Services returned when nothing else is left, nearest first, two at the most.
    pub catch_all: Vec<Id>,
    pub services: Vec<Service>,
}

/// Somewhere in the area.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    pub id: Id,
    pub name: String,
    /// Words in an address by which it is known: postcode district, village, street.
    pub known_by: Vec<String>,
    /// East, north, in units of 100 m.
    pub at: (i32, i32),
}

/// A type of service, with its place in the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceType {
    pub id: u16,
    pub name: String,
    /// 1 (first) to 10 (last).
    pub rank: u8,
    /// How many of the type are returned.
    pub keep: u8,
}

/// One service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    pub id: Id,
    pub name: String,
    /// Id of a service type.
    pub kind: u16,
    /// What it is, in words for the trainee.
    pub about: String,
    /// East, north, in units of 100 m.
    pub at: (i32, i32),
    /// Time to get there where it is not what the distance suggests.
    #[serde(default)]
    pub journeys: Vec<Journey>,
    pub hours: Hours,
    /// Hours on public holidays; absent: as on the day of the week.
    #[serde(default)]
    pub holiday_hours: Option<Hours>,
    /// Hours on single dates; they win over everything else.
    #[serde(default)]
    pub on_dates: Vec<OnDate>,
    /// Youngest age in whole years.
    #[serde(default)]
    pub from_age: Option<u32>,
    /// Oldest age in whole years.
    #[serde(default)]
    pub to_age: Option<u32>,
    /// Only for this sex.
    #[serde(default)]
    pub sex: Option<Sex>,
    /// Only for patients of practices whose recorded name holds one of these words.
    #[serde(default)]
    pub practices: Vec<String>,
    /// The patient's own practice: for whoever has one recorded.
    #[serde(default)]
    pub own_practice: bool,
    /// Needs that it meets (ids from `dispositions.ron`).
    pub meets: Vec<Id>,
    /// Symptom groups that it takes; empty: all.
    #[serde(default)]
    pub takes: Vec<Id>,
    /// Symptom groups that it does not take.
    #[serde(default)]
    pub refuses: Vec<Id>,
    /// Roles that may refer; empty: all.
    #[serde(default)]
    pub roles: Vec<Id>,
    #[serde(default)]
    pub capacity: Capacity,
    pub delivery: Delivery,
    /// The free text that has to be read.
    #[serde(default)]
    pub notes: String,
    /// Left out while false.
    #[serde(default = "yes")]
    pub active: bool,
    /// Rank within its type is decided by this first, then by distance; smaller is earlier.
    #[serde(default)]
    pub promoted: u8,
}

fn yes() -> bool {
    true
}

/// A journey that is longer or shorter than it looks on a map.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Id of a place.
    pub from: Id,
    /// What a trainee reads, for instance "55 minutes on foot, over the bridge".
    pub says: String,
}

/// When a service is open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub enum Hours {
    Always,
    Never,
    Weekly(Vec<Span>),
}

/// Hours on some days of the week; past midnight where `to` is not after `from`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub days: Vec<Day>,
    /// `HH:MM`.
    pub from: String,
    /// `HH:MM`; `24:00` for midnight.
    pub to: String,
}

/// Hours on one date.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct OnDate {
    /// `YYYY-MM-DD`.
    pub date: String,
    pub hours: Hours,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// Capacity: red is hidden, amber is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize, JsonSchema)]
pub enum Capacity {
    #[default]
    Green,
    Amber,
    Red,
}

/// How the patient and the service come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Delivery {
    /// The service rings the patient.
    CallsBack,
    /// The patient rings.
    Ring,
    /// The referral is sent, the patient rings first and then goes.
    RingAndGo,
    /// The patient goes.
    Go,
    /// The service comes to the patient.
    Visits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Sex {
    Female,
    Male,
}

/// `reject-reasons.ron`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RejectReasons {
    pub header: Header,
    pub reasons: Vec<RejectReason>,
}

/// Why a service was passed over.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RejectReason {
    pub id: u16,
    pub name: String,
    /// Patient, Service, Clinician or Other.
    pub category: String,
    /// A few words have to be added.
    #[serde(default)]
    pub needs_comment: bool,
    /// Only with [`Permission::RejectClinically`].
    #[serde(default)]
    pub clinician_only: bool,
}

// -------------------------------------------------------------------- marking

/// `marking.ron`: weights, thresholds and switches. No number in it is a national pass mark.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MarkingRules {
    pub header: Header,
    pub weights: Weights,
    /// Points for urgency by steps under the acceptable range: `[0]` is in range; past the end: 0.
    pub under: Vec<u32>,
    /// The same for steps over.
    pub over: Vec<u32>,
    /// A capped call keeps at most so many hundredths of the points.
    pub cap_percent: u32,
    /// Outcomes at least as urgent as this code are emergencies: missing one is a cap of its own.
    pub emergency: Id,
    /// From so many hundredths a competence is shown as secure, and as building.
    pub secure_percent: u32,
    pub building_percent: u32,
    /// Features to be excluded before the story is narrowed down; one of each list is enough.
    pub exclude_first: Vec<Vec<Id>>,
    /// Questions up to this many hundredths of the model call's are within call control…
    pub questions_percent: u32,
    /// …and so is a model call of few questions plus this many.
    pub questions_spare: u32,
    /// At most one empathic line in so many of one's own is natural.
    pub empathy_one_in: u32,
    /// A cue counts as picked up within so many of one's own lines after it.
    pub cue_within: u32,
    pub matcher: Matcher,
    pub clinician: Clinician,
    pub validation: Validation,
    pub timing: Timing,
}

/// Points for each criterion.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The best of the acceptable outcomes.
    pub best: u32,
    pub setting: u32,
    pub guide_chosen: u32,
    pub recorded_as_said: u32,
    pub full_path: u32,
    pub reason_given: u32,
    pub service: u32,
    pub service_acceptable: u32,
    pub reject_reasons: u32,
    pub key_fact: u32,
    pub key_fact_ignored: u32,
    pub exclude_first: u32,
    pub identity_first: u32,
    pub asked: u32,
    pub read_back: u32,
    pub worsening_advice: u32,
    pub interim_advice: u32,
    pub true_ticks: u32,
    pub scope: u32,
    pub escalation: u32,
    pub cue: u32,
    pub empathy: u32,
    pub plain_language: u32,
    pub fair_questions: u32,
    pub call_control: u32,
    pub field: u32,
    pub noted_fact: u32,
    pub handover: u32,
    /// Taken off for each slip within a criterion.
    pub slip: u32,
}

/// Thresholds of the free-text matcher, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Matcher {
    /// Raised whenever the matcher could resolve a text otherwise.
    pub version: u32,
    pub threshold: u32,
    /// The best has to lead the second by this much.
    pub margin: u32,
}

/// How easily a clinician is had.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Clinician {
    /// Shortest and longest wait in the queue, in seconds of call time.
    pub wait_seconds: (u32, u32),
    /// So many transfers of a thousand fail at the first try.
    pub transfer_fails: u32,
}

/// Validation of emergency department and Category 3 and 4 outcomes by a clinician.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Validation {
    /// While on, a non-registered role has to ask a clinician before such an outcome is arranged.
    pub on: bool,
}

/// How long speech takes, in milliseconds of call time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Timing {
    pub caller_per_word: u32,
    pub trainee_per_word: u32,
    /// Between the end of a line and what a player without a window does next.
    pub thinking: u32,
}
