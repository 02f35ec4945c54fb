//! What of a call both other languages can say: who begins, what can be asked, what is answered and when, what comes to
//! light, how the mood goes, and the decision.

use rightcall::scenario::{Answer, Person, Scenario, When};
use rightcall::standards::{Standards, Utterance};

/// One thing that can be said, with its answers in their order.
pub struct Topic<'a> {
    pub utterance: &'a Utterance,
    pub answers: Vec<&'a Answer>,
}

/// Everything that the call has an answer of its own to, in the order of the bank.
pub fn topics<'a>(call: &'a Scenario, standards: &'a Standards) -> Vec<Topic<'a>> {
    let of = |utterance: &'a Utterance| {
        let keys = std::iter::once(&utterance.id).chain(&utterance.probes);
        let answers = keys.flat_map(|key| {
            let to = move |answer: &&Answer| answer.to.as_ref().or(answer.feature.as_ref()) == Some(key);
            call.answers.iter().filter(|answer| answer.by == Person::Caller).filter(to)
        });
        Topic { utterance, answers: answers.collect() }
    };
    standards.bank.iter().map(of).filter(|topic| !topic.answers.is_empty()).collect()
}

/// Outcomes that anybody can decide on here: those named in the call.
pub fn outcomes(call: &Scenario) -> Vec<&str> {
    let mut codes: Vec<&str> = std::iter::once(&*call.model.best).chain(call.model.acceptable.iter().map(|c| &**c)).collect();
    for when in call.answers.iter().filter_map(|answer| answer.when.as_ref()) {
        named(when, &mut codes);
    }
    codes
}

fn named<'a>(when: &'a When, codes: &mut Vec<&'a str>) {
    match when {
        When::DecidedOn(code) if !codes.contains(&&**code) => codes.push(code),
        When::All(list) | When::Any(list) => list.iter().for_each(|when| named(when, codes)),
        When::Not(not) => named(not, codes),
        _ => {}
    }
}

/// A name that both languages take for a variable.
pub fn name(prefix: &str, id: &str) -> String {
    format!("{prefix}_{}", id.replace('-', "_"))
}

/// A condition in the notation of a language: `$` before every variable in Yarn, nothing in Ink. What neither has
/// (beats, moments of the call) never holds.
pub fn condition(when: &When, dollar: &str, and: &str, or: &str, not: &str) -> String {
    let inner = |when: &When| condition(when, dollar, and, or, not);
    let list = |list: &[When], by: &str| {
        format!("({})", list.iter().map(inner).collect::<Vec<_>>().join(&format!(" {by} ")))
    };
    match when {
        When::Told(id) | When::Holds(id) => format!("{dollar}{}", name("told", id)),
        When::Said(id) => format!("{dollar}{} > 0", name("said", id)),
        When::SaidBefore(a, b) => format!("({dollar}{} > 0 {and} {dollar}{} > 0)", name("said", a), name("said", b)),
        When::Mood { below: Some(below), .. } => format!("{dollar}mood < {below}"),
        When::Mood { from: Some(from), .. } => format!("{dollar}mood >= {from}"),
        When::Decided => format!("{dollar}decided != \"\""),
        When::DecidedOn(code) => format!("{dollar}decided == \"{code}\""),
        When::Role(role) => format!("{dollar}role == \"{role}\""),
        When::All(all) => list(all, and),
        When::Any(any) => list(any, or),
        When::Not(when) => format!("{not}({})", inner(when)),
        _ => "false".into(),
    }
}

/// Questions that are asked in the run that is timed: greeting, questions, the outcome told, the close.
const ASKED: [&str; 12] = [
    "s-greet",
    "q-reason-call",
    "q-main-symptom",
    "q-when-start",
    "q-pain-spread",
    "s-signpost-personal",
    "q-saddle-numb",
    "q-bladder-control",
    "q-weak-limb",
    "q-what-worries-you",
    "s-offer-outcome",
    "i-repeat-back",
];
/// The decision is taken before the outcome is told.
const DECIDED_BEFORE: &str = "s-offer-outcome";

/// What is said in the run that is timed, in all three: of [`ASKED`] what the call has an answer of its own to, and where
/// among them the decision is taken.
pub fn asked(call: &Scenario, standards: &Standards) -> (Vec<&'static str>, usize) {
    let topics = topics(call, standards);
    let known = |id: &&str| topics.iter().any(|topic| &*topic.utterance.id == *id);
    let list: Vec<&str> = ASKED.into_iter().filter(known).collect();
    let decided = list.iter().position(|id| *id == DECIDED_BEFORE).unwrap_or(list.len());
    (list, decided)
}

/// A change of mood that a question brings, from 0 to 100.
pub fn mood(topic: &Topic<'_>, answer: &Answer) -> i32 {
    topic.utterance.mood + answer.mood
}
