//! The codes of diagnostics. A code keeps its meaning for ever; `docs/diagnostics.md` lists them.

/// The text is not RON (or JSON).
pub const SYNTAX: &str = "R0001";
/// A value of the wrong type, an unknown field, a missing field.
pub const TYPE: &str = "R0002";
/// The same field or key twice.
pub const DUPLICATE_KEY: &str = "R0003";
/// The file is larger than its kind may be.
pub const TOO_LARGE: &str = "R0004";
/// The file is not UTF-8.
pub const NOT_UTF8: &str = "R0005";
/// Brackets nested too deep.
pub const TOO_DEEP: &str = "R0006";
/// A control character.
pub const FORBIDDEN_CHARACTER: &str = "R0007";
/// The file is missing or cannot be read.
pub const UNREADABLE: &str = "R0008";

// References: an id that nothing has.
pub const UNKNOWN_UTTERANCE: &str = "R0010";
pub const UNKNOWN_FEATURE: &str = "R0011";
pub const UNKNOWN_DISPOSITION: &str = "R0012";
/// A rung, column, care setting or clinical need of the ladder.
pub const UNKNOWN_STEP: &str = "R0013";
pub const UNKNOWN_ROLE: &str = "R0014";
pub const UNKNOWN_GUIDE: &str = "R0015";
/// A service, type of service, place, symptom group or reject reason of the directory.
pub const UNKNOWN_SERVICE: &str = "R0016";
pub const UNKNOWN_COMPETENCE: &str = "R0017";
pub const UNKNOWN_FACT: &str = "R0018";
pub const UNKNOWN_BEAT: &str = "R0019";
/// A body system, a manner, somebody in the room.
pub const UNKNOWN_NAME: &str = "R0020";
/// Two things of one kind with the same id.
pub const DUPLICATE_ID: &str = "R0021";
/// The id of a scenario is not the name of its file.
pub const ID_AND_FILE: &str = "R0022";
/// Not a date, a time, or one that cannot be.
pub const BAD_DATE: &str = "R0023";
/// An answer to an utterance and a feature, or to neither.
pub const ANSWER_TO_WHAT: &str = "R0024";
/// Something that has to be there is empty.
pub const EMPTY: &str = "R0025";
/// Too many, too long, out of range.
pub const OUT_OF_RANGE: &str = "R0026";
/// The model answer contradicts itself.
pub const CONTRADICTION: &str = "R0027";
/// A twist without a model answer, a surface variant with one.
pub const VARIANT_KIND: &str = "R0028";
/// A placeholder that nothing fills in.
pub const PLACEHOLDER: &str = "R0029";
/// The bank's default answer would deny a fact of the scenario.
pub const BANK_DEFAULT: &str = "R0030";
/// Guides, or beats, that wait for each other.
pub const CIRCLE: &str = "R0031";
/// A variant leaves a fact out, and somebody still tells it.
pub const STILL_TOLD: &str = "R0032";
/// Can never be heard.
pub const NEVER_HEARD: &str = "R0033";
/// Chosen for other standards than these.
pub const OTHER_STANDARDS: &str = "R0034";
/// Advice of the wrong kind.
pub const ADVICE_KIND: &str = "R0035";

// Found by playing the call (`rightcall check --explore`, `rightcall explore`).
/// No play reached the line.
pub const UNHEARD: &str = "R0080";
/// A habit beats the call.
pub const HABIT: &str = "R0081";
/// Playing broke what nobody can break by playing.
pub const BROKEN_BY_PLAY: &str = "R0082";
/// An example play does not come out as expected.
pub const PLAY_DIFFERS: &str = "R0083";
