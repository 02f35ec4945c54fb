//! The call in Yarn.

use std::collections::HashMap;
use std::fmt::Write;

use rightcall::scenario::Scenario;
use rightcall::standards::Standards;
use yarnspinner::compiler::{Compilation, Compiler, File};
use yarnspinner::core::{Library, YarnValue};
use yarnspinner::runtime::{Dialogue, DialogueEvent, MemoryVariableStorage, StringTableTextProvider, VariableStorage};

use crate::call::{condition, mood, name, outcomes, topics};

/// A line as Yarn's content: what would be taken for markup or logic is masked, and a colon, which names a speaker.
fn said(text: &str) -> String {
    text.chars().flat_map(|c| matches!(c, '{' | '}' | '[' | ']' | '<' | '>' | '#' | '/' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// Wordings of a line; one is drawn.
fn wordings<T: AsRef<str>>(list: &[T], indent: &str, yarn: &mut String) {
    if let [only] = list {
        let _ = writeln!(yarn, "{indent}{}", said(only.as_ref()));
        return;
    }
    let _ = writeln!(yarn, "{indent}<<set $drawn to dice({})>>", list.len());
    for (n, text) in list.iter().enumerate() {
        let word = if n == 0 { "if" } else { "elseif" };
        let _ = writeln!(yarn, "{indent}<<{word} $drawn == {}>>\n{indent}{}", n + 1, said(text.as_ref()));
    }
    let _ = writeln!(yarn, "{indent}<<endif>>");
}

pub fn translate(call: &Scenario, standards: &Standards) -> String {
    let mut yarn = String::from("title: Begin\n---\n");
    let topics = topics(call, standards);
    let _ = writeln!(
        yarn,
        "<<declare $mood = {}>>\n<<declare $drawn = 0>>\n<<declare $decided = \"\">>\n<<declare $role = \"health-advisor\">>",
        call.caller.mood
    );
    for fact in &call.facts {
        let _ = writeln!(yarn, "<<declare ${} = false>>", name("told", &fact.id));
    }
    for utterance in &standards.bank {
        let _ = writeln!(yarn, "<<declare ${} = 0>>", name("said", &utterance.id));
    }
    wordings(&call.opening, "", &mut yarn);
    yarn.push_str("<<jump Ask>>\n===\ntitle: Ask\n---\n");
    for topic in &topics {
        let said = name("said", &topic.utterance.id);
        let _ = writeln!(yarn, "-> {}\n    <<set ${said} to ${said} + 1>>", topic.utterance.id);
        let mut open = false;
        for answer in &topic.answers {
            let word = match (&answer.when, open) {
                (Some(when), false) => format!("<<if {}>>", condition(when, "$", "&&", "||", "!")),
                (Some(when), true) => format!("<<elseif {}>>", condition(when, "$", "&&", "||", "!")),
                (None, true) => "<<else>>".into(),
                (None, false) => String::new(),
            };
            open |= answer.when.is_some();
            if !word.is_empty() {
                let _ = writeln!(yarn, "    {word}");
            }
            if answer.again.is_empty() {
                wordings(&answer.say, "    ", &mut yarn);
            } else {
                let _ = writeln!(yarn, "    <<if ${said} > 1>>");
                wordings(&answer.again, "    ", &mut yarn);
                let _ = writeln!(yarn, "    <<else>>");
                wordings(&answer.say, "    ", &mut yarn);
                let _ = writeln!(yarn, "    <<endif>>");
            }
            for fact in &answer.tells {
                let _ = writeln!(yarn, "    <<set ${} to true>>", name("told", fact));
            }
            let _ = writeln!(yarn, "    <<set $mood to $mood + {}>>", mood(topic, answer));
            if answer.when.is_none() {
                break;
            }
        }
        if open {
            yarn.push_str("    <<endif>>\n");
        }
        yarn.push_str("    <<jump Ask>>\n");
    }
    for code in outcomes(call) {
        let _ = writeln!(yarn, "-> {code}\n    <<set $decided to \"{code}\">>\n    <<jump Ask>>");
    }
    yarn.push_str("-> close\n    <<stop>>\n===\n");
    yarn
}

pub fn compile(yarn: &str) -> Compilation {
    Compiler::new()
        .extend_library(Library::standard_library())
        .extend_library(drawing())
        .add_file(File { file_name: "call.yarn".into(), source: yarn.into() })
        .compile()
        .unwrap_or_else(|problem| panic!("{problem}"))
}

/// Wordings are drawn by a function of the host, as games do.
fn drawing() -> Library {
    let mut library = Library::new();
    library.add_function("dice", |sides: f32| -> f32 { if sides > 1.0 { 2.0 } else { 1.0 } });
    library
}

/// Made ready to play, at the beginning of the call.
pub fn ready(compilation: &Compilation) -> Dialogue {
    let mut texts = StringTableTextProvider::new();
    texts.extend_base_language(compilation.string_table.iter().map(|(id, info)| (id.clone(), info.text.clone())));
    let mut dialogue = Dialogue::new(Box::new(MemoryVariableStorage::new()), Box::new(texts));
    dialogue.library_mut().extend(drawing());
    dialogue.replace_program(compilation.program.clone().expect("there is one"));
    dialogue.set_node("Begin").expect("there is one");
    dialogue
}

/// What is heard up to the next options, and the options.
fn onward(dialogue: &mut Dialogue, heard: &mut String) -> Vec<(String, yarnspinner::runtime::OptionId)> {
    loop {
        for event in dialogue.continue_().expect("it goes on") {
            match event {
                DialogueEvent::Line(line) => {
                    heard.push_str(&line.text);
                    heard.push('\n');
                }
                DialogueEvent::Options(options) => {
                    return options.into_iter().map(|option| (option.line.text, option.id)).collect();
                }
                DialogueEvent::DialogueComplete => return Vec::new(),
                _ => {}
            }
        }
    }
}

type Options = Vec<(String, yarnspinner::runtime::OptionId)>;

pub fn step(dialogue: &mut Dialogue, options: &Options, what: &str, heard: &mut String) -> Options {
    let chosen = options.iter().find(|(text, _)| text == what).unwrap_or_else(|| panic!("no option {what}"));
    dialogue.set_selected_option(chosen.1).expect("it can be chosen");
    onward(dialogue, heard)
}

/// From the beginning to the last question of what is `asked`.
pub fn run(dialogue: &mut Dialogue, best: &str, (asked, decided): (&[&str], usize)) -> (String, u32) {
    let mut heard = String::new();
    let mut options = onward(dialogue, &mut heard);
    let mut steps = 1;
    for n in 0..=asked.len() {
        if n == decided {
            options = step(dialogue, &options, best, &mut heard);
            steps += 1;
        }
        if let Some(asked) = asked.get(n) {
            options = step(dialogue, &options, asked, &mut heard);
            steps += 1;
        }
    }
    (heard, steps)
}

/// Yarn's runtime gives its variables and the name of its node; where in the node it stands cannot be kept.
pub fn save(dialogue: &Dialogue) -> String {
    let kept: (String, HashMap<String, YarnValue>) =
        (dialogue.current_node().unwrap_or_default(), dialogue.variable_storage().variables().into_iter().collect());
    serde_json::to_string(&kept).expect("plain data")
}

pub fn restore(compilation: &Compilation, kept: &str) -> Dialogue {
    let (node, variables): (String, HashMap<String, YarnValue>) = serde_json::from_str(kept).expect("as saved");
    let mut dialogue = ready(compilation);
    VariableStorage::extend(dialogue.variable_storage_mut(), variables.into_iter().collect()).expect("as saved");
    dialogue.set_node(node).expect("there is one");
    dialogue
}
