//! `rightcall find`: the ids that an author needs, by the words for them.

use std::fmt::Write as _;
use std::path::Path;

use clap::Args;

use super::library::{self, Problems};
use super::say;
use crate::standards::{Next, Standards, Step};

/// Finds ids of the standards: questions, statements, advice, features, outcomes, guides, services, places.
///
/// Every word has to be found, in the id or in the words for it. The id of a guide shows its steps.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// One word or several.
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
}

pub(super) fn run(args: &FindArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let words: Vec<String> =
        args.words.iter().flat_map(|word| word.split_whitespace()).map(str::to_lowercase).collect();
    let found = find(&standards, &words);
    if found.is_empty() {
        return Err(format!("nothing has all of these words: {}", words.join(" ")).into());
    }
    say(&found);
    Ok(())
}

fn find(standards: &Standards, words: &[String]) -> String {
    let mut out = String::new();
    let has = |texts: &[&str]| {
        let all = texts.join("\n").to_lowercase();
        // From the beginning of a word: "ear" is not in "clear".
        let begins =
            |word: &str| all.match_indices(word).any(|(at, _)| !all[..at].ends_with(|c: char| c.is_alphanumeric()));
        words.iter().all(|word| begins(word))
    };
    let mut part = |name: &str, rows: Vec<(String, String)>| {
        if !rows.is_empty() {
            let _ = writeln!(out, "{name}");
            for (id, words) in rows {
                let _ = writeln!(out, "  {id:<24} {words}");
            }
        }
    };
    let said = standards.bank.iter().filter(|u| u.flaws.is_empty()).filter(|u| {
        let terms = u.terms.join("\n");
        has(&[&u.id, &u.topic, &u.you, &terms])
    });
    let asks = |probes: &[crate::standards::Id]| {
        let list: Vec<&str> = probes.iter().map(|id| &**id).collect();
        if list.is_empty() { String::new() } else { format!("   [asks for {}]", list.join(", ")) }
    };
    part("to be said", said.map(|u| (u.id.to_string(), format!("{}{}", u.you, asks(&u.probes)))).collect());
    let features = standards.topics.features.iter().filter(|one| has(&[&one.id, &one.name]));
    part("features", features.map(|one| (one.id.to_string(), one.name.clone())).collect());
    let outcomes = standards.dispositions.dispositions.iter().filter(|one| has(&[&one.code, &one.name, &one.group]));
    part(
        "outcomes",
        outcomes
            .map(|one| (one.code.to_string(), format!("{}   [{}, rung {}]", one.name, one.setting, one.rung)))
            .collect(),
    );
    let services = standards.directory.services.iter().filter(|one| has(&[&one.id, &one.name, &one.about]));
    part("services", services.map(|one| (one.id.to_string(), service_words(one))).collect());
    let places = standards.directory.places.iter().filter(|one| has(&[&one.id, &one.name]));
    part(
        "places",
        places
            .map(|one| (one.id.to_string(), format!("{}   [an address with: {}]", one.name, one.known_by.join(", "))))
            .collect(),
    );
    let groups = standards.directory.symptom_groups.iter().filter(|one| has(&[&one.id, &one.name]));
    part("symptom groups", groups.map(|one| (one.id.to_string(), one.name.clone())).collect());
    let manners = standards.topics.manners.iter().filter(|one| has(&["manner", &one.id, &one.name]));
    part("manners", manners.map(|one| (one.id.to_string(), one.name.clone())).collect());
    let guides: Vec<_> = standards
        .guides
        .guides
        .iter()
        .filter(|one| {
            let terms = one.terms.join("\n");
            has(&["guide", &one.id, &one.title, &terms])
        })
        .collect();
    part("guides", guides.iter().map(|one| (one.id.to_string(), format!("{}. {}", one.title, one.limits))).collect());
    let asked_for = |id: &str| guides.iter().find(|guide| *guide.id == *id && words.len() == 1);
    if let Some(guide) = words.first().and_then(|word| asked_for(word)) {
        let steps = standards.guides.opening.iter().chain(&guide.steps);
        let mut rows: Vec<(String, String)> = steps.map(|step| (step.question.to_string(), step_words(step))).collect();
        rows.push(("otherwise".into(), guide.otherwise.to_string()));
        part("its steps", rows);
    }
    out
}

/// With the notes, which have to be read.
fn service_words(service: &crate::standards::Service) -> String {
    let notes = if service.notes.is_empty() { String::new() } else { format!(" {}", service.notes) };
    format!("{}. {}{notes}   [meets {}]", service.name, service.about, service.meets.join(", "))
}

fn step_words(step: &Step) -> String {
    let next = |next: &Next| match next {
        Next::Continue => "goes on".to_owned(),
        Next::Yield(code) => code.to_string(),
        Next::GoTo(guide) => format!("guide {guide}"),
    };
    format!("yes is: {}   [yes: {}; not sure: {}]", step.yes_means, next(&step.yes), next(&step.not_sure))
}
