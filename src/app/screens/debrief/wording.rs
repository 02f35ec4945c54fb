//! The words of a debrief: what was needed, what a mark says, what to try next.

use super::mark::Kind;
use crate::app::library::Library;
use crate::call::{Call, Ending};
use crate::marking::{Assessment, Criterion, Verdict};

/// A fragment as a sentence.
pub fn sentence(fragment: &str) -> String {
    let mut chars = fragment.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut words: String = first.to_uppercase().chain(chars).collect();
    if !words.ends_with(['.', '?', '!', '”']) {
        words.push('.');
    }
    words
}

fn small(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// `Three steps`, of 3.
pub fn steps(far: u32) -> String {
    const COUNT: [&str; 12] =
        ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"];
    let count = usize::try_from(far).ok().and_then(|far| COUNT.get(far.checked_sub(1)?));
    match count {
        Some(count) if far == 1 => format!("{count} step"),
        Some(count) => format!("{count} steps"),
        None => format!("{far} steps"),
    }
}

/// One sentence or two that say what the patient needed.
pub fn headline(mark: &Assessment, ended: Option<Ending>, name: &str, best: &str) -> String {
    let far = steps(mark.triage.steps.unsigned_abs());
    let needed = format!("{name} needed: {best}.");
    match mark.verdict {
        _ if mark.triage.decided.is_none() && ended == Some(Ending::Early) => {
            "You broke this call off. Nothing is marked against you.".into()
        }
        Verdict::NotDecided => format!("Nothing was decided. {needed}"),
        Verdict::Unsafe if mark.triage.decided.is_none() => format!("Nothing was decided, and not safe. {needed}"),
        Verdict::Right if mark.triage.transferred => format!("In safe hands: you handed over to a clinician. {needed}"),
        Verdict::Right => format!("In range, and you asked what mattered. {needed}"),
        Verdict::RightNotAssured => format!("Right, not assured. {needed}"),
        Verdict::UnderTriage => format!("{far} under. {needed}"),
        Verdict::OverTriage => format!("{far} over. This was enough for {name}: {best}."),
        Verdict::WrongSetting => format!("The right urgency, another kind of place. {needed}"),
        Verdict::Unsafe if mark.triage.steps < 0 => format!("{far} under, and not safe. {needed}"),
        Verdict::Unsafe if mark.triage.steps > 0 => {
            format!("{far} over, and not safe to close like this. This was enough for {name}: {best}.")
        }
        Verdict::Unsafe => format!("In range, but not safe to close like this. {needed}"),
    }
}

/// The same of somebody else's call: whoever reads it did none of it.
pub fn told_of(headline: &str, name: &str) -> String {
    let spoken_to = [
        (
            "You broke this call off. Nothing is marked against you.",
            "broke this call off. Nothing is marked against them.",
        ),
        ("you handed over", "handed over"),
        ("you asked", "asked"),
    ];
    spoken_to
        .into_iter()
        .fold(headline.to_owned(), |words, (you, did)| words.replacen(you, &format!("{name} {did}"), 1))
}

/// What a mark says of itself. What was lost is never said in the words of what was asked for.
pub fn title(c: &Criterion, kind: Kind, call: &Call, library: &Library) -> String {
    if kind == Kind::Done {
        return c.text.clone();
    }
    let after = |colon: &str| c.text.split_once(colon).map_or(c.text.clone(), |(_, rest)| rest.trim().to_owned());
    if let Some((group, rest)) = c.id.split_once('/') {
        return match group {
            "fact" => match kind {
                Kind::Ignored => format!("Heard, not acted on: {}", small(&after(":"))),
                // The fact itself is the answer; what was not asked for is the question.
                Kind::NeverAsked => format!("Never asked: {}", feature(rest, call, library)),
                _ => format!("Not found out: {}", feature(rest, call, library)),
            },
            "cue" if kind == Kind::Ignored => format!("Heard, not acted on: {}", after(":")),
            "cue" => "Not heard: the call was over before it came".into(),
            "asked" => format!("Never asked: {}", small(c.text.trim_start_matches("Asked "))),
            "read-back" => format!("Never read back: {}", small(c.text.trim_start_matches("Read back "))),
            "advice" => format!("Not said: {}", after(":")),
            "field" if c.why == "left empty" => format!("Not recorded: {rest}"),
            "field" => format!("Recorded otherwise than it is: {rest}"),
            _ => format!("Not done: {}", small(&c.text)),
        };
    }
    let words = match c.id.as_str() {
        "urgency" if kind == Kind::Under => "Decided too late",
        "urgency" if kind == Kind::Over => "Decided sooner than was needed",
        "urgency" | "setting" | "best" | "reason" if c.why == "no decision" => "Nothing was decided",
        "setting" => "Another kind of place than was needed",
        "best" => "Not the outcome that fits best",
        "reason" => "The reason does not rest on what was said",
        "guide" if c.why.starts_with("no guide") => "No guide was chosen",
        "guide" => "Another guide than the main symptom's",
        "full-path" => "Left the guide before it had an answer",
        "recorded" if c.why.starts_with("nothing was recorded") => "Nothing was recorded in the guide",
        "recorded" if c.evidence.is_empty() => "Recorded in the guide without asking",
        "recorded" => "Recorded otherwise than it was said",
        "service" if c.why.starts_with("no service") => "No service was arranged",
        "service" => "Not the service that was needed",
        "reject-reasons" => "The list was not worked down",
        "exclude-first" => "Threats to life were not all excluded first",
        "identity-first" => "Place and number did not both come first",
        "true-ticks" => "Ticked what was not said",
        "scope" => "Went beyond the scope of the role",
        "notes" | "handover" if c.why.starts_with("never came to light") => {
            "What the next person needs was never found out"
        }
        "notes" => "The notes leave out what the next person needs",
        "handover" => "The handover leaves out what the clinician needs",
        _ if c.why.starts_with("there was too little") => {
            return format!("Too little said to mark: {}", small(&c.text));
        }
        "escalation" | "empathy" => return sentence(&c.why).trim_end_matches('.').to_owned(),
        "fair-questions" => "Questions that lead, double up or close",
        "plain-language" => "Words that not everybody understands or likes to hear",
        "respect" => "The caller's trust was put at risk",
        "honesty" => "Promised or reassured without grounds",
        "call-control" => "More than the call needed",
        _ => return format!("Not done: {}", small(&c.text)),
    };
    words.to_owned()
}

/// What earned or lost a mark, where its title does not say so already.
pub fn why(c: &Criterion, title: &str) -> String {
    let said = [
        "was never asked",
        "never asked",
        "never read back",
        "never said",
        "not done",
        "left empty",
        "done",
        "asked",
        "read back",
        "said",
        "as it is",
        "came to light",
        "taken up",
    ];
    let words = sentence(&c.why);
    if said.contains(&c.why.as_str()) || words.trim_end_matches('.') == title { String::new() } else { words }
}

/// What a fact is about, in the words of the topics.
fn feature(fact: &str, call: &Call, library: &Library) -> String {
    let known = call.script().scenario.facts.iter().find(|known| &*known.id == fact);
    let feature = known.and_then(|known| library.standards.feature(&known.feature));
    feature.map_or_else(|| fact.replace('-', " "), |named| named.name.clone())
}

/// What to try next, for who is not marked yet. At most three, each once.
pub fn next_time(lost: &[&str]) -> Vec<&'static str> {
    let hints: [(&[&str], &str); 8] = [
        (
            &["asked/", "identity-first"],
            "Ask where they are and for a number first: if the line drops, help can still come.",
        ),
        (&["read-back/"], "Read the place and the number back. It takes a few seconds and catches a slip."),
        (&["exclude-first"], "Ask about being alert, breathing and bleeding before you narrow the story down."),
        (&["fact/"], "When you have the story, ask one thing more about whatever worries you most in it."),
        (&["cue/", "empathy"], "When a caller lets something slip or sounds upset, take it up before you go on."),
        (&["advice/"], "Before you close, say what to do meanwhile and when to ring again."),
        (&["fair-questions", "plain-language"], "Ask one open thing at a time, in everyday words."),
        (&["field/", "notes"], "Write down what you hear as you hear it: the record is there beside the call."),
    ];
    let is_lost = |starts: &&[&str]| lost.iter().any(|id| starts.iter().any(|start| id.starts_with(start)));
    let mut told: Vec<&str> = hints.iter().filter(|(starts, _)| is_lost(starts)).map(|(_, words)| *words).collect();
    told.truncate(3);
    if told.is_empty() {
        told.push("Take this call again: the same caller, in other words. Then one from the list.");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_become_sentences() {
        assert_eq!(sentence("no guide was chosen"), "No guide was chosen.");
        assert_eq!(sentence("chose “Back pain”"), "Chose “Back pain”");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn at_most_three_things_to_try() {
        let all = ["asked/location", "read-back/location", "exclude-first", "fact/x", "cue/y"];
        assert_eq!(next_time(&all).len(), 3);
        assert_eq!(next_time(&[]).len(), 1);
    }
}
