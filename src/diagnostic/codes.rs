//! The codes of diagnostics. A code keeps its meaning for ever; each has a page under `docs/diagnostics`.

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

/// About the form of a file and what it refers to, not about what it means.
#[must_use]
pub fn is_about_form(code: &str) -> bool {
    code < FACT_UNHEARD
}

// What a call means: facts, answers and model held against each other.
/// A fact that nobody tells, or not everybody who knows it.
pub const FACT_UNHEARD: &str = "R0036";
/// A key fact that comes to light whatever one does.
pub const FACT_UNMISSABLE: &str = "R0037";
/// A condition that always holds.
pub const ALWAYS_SO: &str = "R0038";
/// Somebody tells what they do not know.
pub const TELLS_UNKNOWN: &str = "R0039";
/// An outcome that is right and later than a fact allows.
pub const FACT_AND_OUTCOME: &str = "R0040";
/// An outcome that is more urgent than anything asks for.
pub const OUTCOME_UNFOUNDED: &str = "R0041";
/// A service where none is needed, none where one is.
pub const REFERRAL_AND_OUTCOME: &str = "R0042";
/// A mark that nobody can win.
pub const CANNOT_WIN: &str = "R0043";
/// A mark that nobody can lose.
pub const CANNOT_LOSE: &str = "R0044";
/// A model call that is refused, decides otherwise, or falls short of full marks.
pub const MODEL_CALL: &str = "R0045";
/// A role of the call without a model call.
pub const NO_MODEL_CALL: &str = "R0046";
/// An unsafe outcome above the acceptable range, or one that cannot be.
pub const UNSAFE_ABOVE: &str = "R0047";
/// A look-alike twin that is none.
pub const TWIN: &str = "R0048";
/// A twist that leaves the answer as it is.
pub const TWIST_SAME: &str = "R0049";
/// A surface variant that changes what decides.
pub const SURFACE_CHANGES: &str = "R0050";
/// A variant that nobody can tell from the call.
pub const VARIANT_SAME: &str = "R0051";
/// Names or pronouns of the call left in a variant.
pub const NAME_LEFT: &str = "R0052";
/// A cue said twice.
pub const CUE_TWICE: &str = "R0053";
/// A cue that comes only on asking.
pub const CUE_ASKED_FOR: &str = "R0054";
/// Too few decoys.
pub const FEW_DECOYS: &str = "R0055";
/// A service of the model that is closed, filtered or unable, or declined.
pub const SERVICE_UNABLE: &str = "R0056";
/// A trap that the filters remove.
pub const TRAP_FILTERED: &str = "R0057";
/// An address that names no place, or another.
pub const PLACE_UNKNOWN: &str = "R0058";
/// A guide that does not lead to the right outcome, or is not for this patient.
pub const GUIDE_AND_OUTCOME: &str = "R0059";
/// No worsening advice in the model.
pub const NO_SAFETY_NET: &str = "R0060";
pub const NO_SOURCES: &str = "R0061";
pub const NO_CONTENT_NOTE: &str = "R0062";
pub const NO_OPEN_POINTS: &str = "R0063";
/// A review, or standards, past their date.
pub const LAPSED: &str = "R0064";
/// A signature for other content than this.
pub const SIGNED_OTHERWISE: &str = "R0065";
/// Words or sentences too hard for whoever says or hears them.
pub const TOO_HARD: &str = "R0066";
/// A caller who names a diagnosis without having been told it.
pub const DIAGNOSIS_SAID: &str = "R0067";
/// A poor line in a model call.
pub const POOR_MODEL_LINE: &str = "R0068";
/// Utterances that no scenario answers: information.
pub const UNANSWERED: &str = "R0069";
/// Answers by outcome that leave the best one out, or name one that nobody could arrange.
pub const ANSWER_AND_OUTCOME: &str = "R0086";
/// A question on which the call turns, answered by the bank.
pub const BANK_ANSWERS: &str = "R0087";
/// Answers that all have a condition.
pub const NO_LAST_ANSWER: &str = "R0088";
/// An answer that a variant has and the call has not.
pub const ONLY_IN_VARIANT: &str = "R0089";
/// An answer that one half of a pair has and the other has not.
pub const ONLY_IN_TWIN: &str = "R0090";
/// A fact that no question about its feature brings out.
pub const FACT_AND_QUESTION: &str = "R0091";
/// One reply to outcomes that are not alike.
pub const REPLY_UNLIKE: &str = "R0092";
/// An acceptable outcome far from the best.
pub const ACCEPTABLE_FAR: &str = "R0093";
/// A bound that names an outcome which is right nowhere.
pub const BOUND_NOWHERE: &str = "R0094";
/// A reply that speaks of something else than the outcome.
pub const REPLY_SAYS: &str = "R0095";
/// Lines of a call that has clips, without one: information.
pub const NO_CLIP: &str = "R0096";
/// A sound or a recording for what is heard nowhere, or is no caption.
pub const HEARD_NOWHERE: &str = "R0097";
/// A recording that cannot be played.
pub const RECORDING: &str = "R0098";

// What a service can get wrong.
/// Steps of a guide out of order of urgency.
pub const GUIDE_ORDER: &str = "R0070";
/// A question that sends on to a guide and decides there.
pub const DECIDES_THERE: &str = "R0071";
/// A step, or a guide, that leads nowhere or asks what nobody may be asked.
pub const GUIDE_STEP: &str = "R0072";
/// A need that no service meets, a service that nobody is ever sent to.
pub const NEVER_FOUND: &str = "R0073";
/// Opening hours that cannot be meant.
pub const HOURS: &str = "R0074";
/// A role that may what it must not, or may not what it must.
pub const ROLE: &str = "R0075";
/// A ladder that contradicts itself.
pub const LADDER: &str = "R0076";
/// A feature that nobody can ask for, a heading with nothing under it.
pub const NOBODY_ASKS: &str = "R0077";
/// A wording that cannot be said to everybody.
pub const WORDING: &str = "R0078";
/// Two utterances that nobody can tell apart.
pub const SAME_WORDING: &str = "R0079";
/// Words by which two places are known.
pub const PLACE_WORDS: &str = "R0084";
/// Marks that nobody gets, or a rule that marks nothing.
pub const MARKING: &str = "R0085";
// Found by playing the call (`rightcall check --explore`, `rightcall explore`).
/// No play reached the line.
pub const UNHEARD: &str = "R0080";
/// A habit beats the call.
pub const HABIT: &str = "R0081";
/// Playing broke what nobody can break by playing.
pub const BROKEN_BY_PLAY: &str = "R0082";
/// An example play does not come out as expected.
pub const PLAY_DIFFERS: &str = "R0083";
