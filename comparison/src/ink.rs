//! The call in Ink.

use std::fmt::Write;

use bladeink::story::Story;
use bladeink_compiler::Compiler;
use rightcall::scenario::Scenario;
use rightcall::standards::Standards;

use crate::call::{condition, mood, name, outcomes, topics};

/// A line as Ink's content: what would be taken for logic is masked.
fn said(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '{' | '}' | '|' | '~' | '#' | '<' | '\\' | '/' | '-' | '>').then_some('\\').into_iter().chain([c])).collect()
}

/// Wordings of a line; one is drawn.
fn wordings<T: AsRef<str>>(list: &[T]) -> String {
    let list: Vec<String> = list.iter().map(|text| said(text.as_ref())).collect();
    if list.len() == 1 { list[0].clone() } else { format!("{{~{}}}", list.join("|")) }
}

pub fn translate(call: &Scenario, standards: &Standards) -> String {
    let mut ink = String::new();
    let topics = topics(call, standards);
    let _ = writeln!(ink, "VAR mood = {}\nVAR decided = \"\"\nVAR role = \"health-advisor\"", call.caller.mood);
    for fact in &call.facts {
        let _ = writeln!(ink, "VAR {} = false", name("told", &fact.id));
    }
    for utterance in &standards.bank {
        let _ = writeln!(ink, "VAR {} = 0", name("said", &utterance.id));
    }
    let _ = writeln!(ink, "-> begin\n=== begin ===\n{}\n-> ask\n=== ask ===", wordings(&call.opening));
    for topic in &topics {
        let said = name("said", &topic.utterance.id);
        let _ = writeln!(ink, "+ [{}]\n    ~ {said} = {said} + 1\n    {{", topic.utterance.id);
        for answer in &topic.answers {
            let when = answer.when.as_ref().map_or("else".into(), |when| condition(when, "", "and", "or", "not "));
            let _ = writeln!(ink, "    - {when}:");
            if !answer.again.is_empty() {
                let _ = writeln!(ink, "        {{ {said} > 1: {} | {} }}", wordings(&answer.again), wordings(&answer.say));
            } else {
                let _ = writeln!(ink, "        {}", wordings(&answer.say));
            }
            for fact in &answer.tells {
                let _ = writeln!(ink, "        ~ {} = true", name("told", fact));
            }
            let _ = writeln!(ink, "        ~ mood = mood + {}", mood(topic, answer));
            if answer.when.is_none() {
                break;
            }
        }
        let _ = writeln!(ink, "    }}\n    -> ask");
    }
    for code in outcomes(call) {
        let _ = writeln!(ink, "+ [{code}]\n    ~ decided = \"{code}\"\n    -> ask");
    }
    ink.push_str("+ [close]\n    -> END\n");
    ink
}

/// Compiled and made ready to play.
pub fn ready(ink: &str) -> (String, Story) {
    let json = Compiler::new().compile(ink).expect("it compiles");
    let story = Story::new_with_seed(&json, 1).expect("it is read");
    (json, story)
}

/// Says one thing, and reads on to the next choice.
pub fn step(story: &mut Story, what: &str) -> String {
    let choices = story.get_current_choices();
    let at = choices.iter().position(|choice| choice.text.trim() == what);
    story.choose_choice_index(at.unwrap_or_else(|| panic!("no choice {what}"))).expect("it can be chosen");
    story.continue_maximally().expect("it goes on")
}

/// From the beginning to the last question of what is `asked`: what was heard, and how many steps it took.
pub fn run(story: &mut Story, best: &str, (asked, decided): (&[&str], usize)) -> (String, u32) {
    let mut heard = story.continue_maximally().expect("it begins");
    let mut steps = 1;
    for n in 0..=asked.len() {
        if n == decided {
            heard += &step(story, best);
            steps += 1;
        }
        if let Some(asked) = asked.get(n) {
            heard += &step(story, asked);
            steps += 1;
        }
    }
    (heard, steps)
}
