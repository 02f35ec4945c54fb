//! Questions to ask the room, drawn from what was really different: "Seven heard the alarm, two acted on it."

use std::collections::BTreeMap;

use super::words::{FactWords, capital, number};
use crate::call::{Event, Recorded};
use crate::cohort::{Cohort, FEWEST_IN_A_GROUP, Taken};
use crate::marking::FactStatus;
use crate::records::Record;
use crate::standards::Id;

/// A question with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// One or two sentences, the last a question. Nobody is named.
    pub text: String,
    pub about: PromptAbout,
    /// From 0, all alike, to 1, the room is halved: the largest first.
    pub split: f64,
}

/// What was different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptAbout {
    Urgency,
    /// A key fact.
    Fact(Id),
    Guide,
    /// A question of a guide.
    Answer(Id),
    Service,
}

/// How evenly the room is split into two.
fn split(part: usize, of: usize) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a number of people")]
    let (part, of) = (part as f64, of as f64);
    if of == 0.0 { 0.0 } else { 2.0 * part.min(of - part) / of }
}

/// The questions that a call raises, those that split the room most first. None where fewer than
/// [`FEWEST_IN_A_GROUP`] took it: in so few everybody knows who is meant.
#[must_use]
pub fn prompts(cohort: &Cohort, item: usize, words: &FactWords) -> Vec<Prompt> {
    let taken: Vec<&Taken> = cohort.taken.iter().filter(|taken| taken.item == item).collect();
    if taken.len() < FEWEST_IN_A_GROUP {
        return Vec::new();
    }
    let mut found = facts(cohort, item, &taken, words);
    found.extend(urgency(cohort, &taken));
    found.extend(answers(cohort, &taken));
    let guide = |id: &Id| cohort.standards().guide(id).map_or_else(|| id.to_string(), |guide| guide.title.clone());
    let guides = taken.iter().filter_map(|taken| taken.case.guide.as_ref());
    let ask = "What in the caller's words made you choose?";
    found.extend(two_choices(guides, guide, "worked from the guide", ask, PromptAbout::Guide));
    let service =
        |id: &Id| cohort.standards().service(id).map_or_else(|| id.to_string(), |service| service.name.clone());
    let services = taken.iter().filter_map(|taken| taken.case.service.as_ref());
    let ask = "What can each of them do tonight, and what can it not?";
    found.extend(two_choices(services, service, "sent the patient to", ask, PromptAbout::Service));
    found.retain(|prompt| prompt.split > 0.0);
    // A stable sort: alike, they stay in this order.
    found.sort_by(|a, b| b.split.total_cmp(&a.split));
    found
}

fn facts(cohort: &Cohort, item: usize, taken: &[&Taken], words: &FactWords) -> Vec<Prompt> {
    let mut counts: BTreeMap<&Id, [usize; 3]> = BTreeMap::new();
    for (fact, status) in taken.iter().flat_map(|taken| &taken.case.facts) {
        let place = match status {
            FactStatus::Elicited => 0,
            FactStatus::GivenAndIgnored => 1,
            FactStatus::NeverAsked => 2,
        };
        counts.entry(fact).or_default()[place] += 1;
    }
    let prompt = |(fact, [acted, ignored, never]): (&Id, [usize; 3])| {
        let (heard, all) = (acted + ignored, acted + ignored + never);
        let is = words.say(&cohort.items[item], fact);
        let is = is.trim_end_matches('.');
        let (text, split) = if ignored > 0 && split(acted, heard) >= split(heard, all) {
            let acted = if acted == 0 { "nobody".to_owned() } else { number(acted) };
            let text = format!(
                "{} heard this, {acted} acted on it: “{is}”. What did the others take it for?",
                capital(&number(heard))
            );
            (text, split(ignored, heard).max(split(heard, all)))
        } else {
            let text = format!(
                "{} found this out, {} never asked: “{is}”. What would have made you ask?",
                capital(&number(heard)),
                number(never)
            );
            (text, split(heard, all))
        };
        Prompt { text, about: PromptAbout::Fact(fact.clone()), split }
    };
    counts.into_iter().filter(|(_, [_, ignored, never])| ignored + never > 0).map(prompt).collect()
}

fn urgency(cohort: &Cohort, taken: &[&Taken]) -> Option<Prompt> {
    let mut rungs: BTreeMap<u32, usize> = BTreeMap::new();
    for rung in taken.iter().filter_map(|taken| taken.case.rung) {
        *rungs.entry(rung).or_insert(0) += 1;
    }
    let all: usize = rungs.values().sum();
    let name = |rung: u32| cohort.standards().dispositions.rungs.get(rung as usize).map_or("", |named| &named.name);
    let ((soonest, first), (latest, last)) = (rungs.first_key_value()?, rungs.last_key_value()?);
    let most = rungs.values().copied().max()?;
    (rungs.len() > 1).then(|| Prompt {
        text: format!(
            "We are spread over {} rungs: {} at “{}”, {} at “{}”. What would move you from one to the other?",
            number(rungs.len()),
            number(*first),
            name(*soonest),
            number(*last),
            name(*latest)
        ),
        about: PromptAbout::Urgency,
        split: split(most, all).max(0.01),
    })
}

fn answers(cohort: &Cohort, taken: &[&Taken]) -> Vec<Prompt> {
    let mut counts: BTreeMap<&Id, [usize; 3]> = BTreeMap::new();
    for (question, answer) in taken.iter().flat_map(|taken| &taken.case.recorded) {
        let place = match answer {
            Recorded::Yes => 0,
            Recorded::No => 1,
            Recorded::NotSure => 2,
        };
        counts.entry(question).or_default()[place] += 1;
    }
    let asked = |question: &Id| {
        let steps = cohort.standards().guides.guides.iter().flat_map(|guide| &guide.steps);
        let mut steps = steps.filter(|step| step.question == *question);
        steps.next().and_then(|step| cohort.standards().utterance(&step.question)).map(|(_, line)| line.you.clone())
    };
    let prompt = |(question, [yes, no, not_sure]): (&Id, [usize; 3])| {
        let all = yes + no + not_sure;
        let unsure = if not_sure > 0 { format!(", {} “not sure”", number(not_sure)) } else { String::new() };
        Some(Prompt {
            text: format!(
                "“{}” {} recorded yes, {} no{unsure}. What did the caller say, and what did it mean to you?",
                asked(question)?,
                capital(&number(yes)),
                number(no)
            ),
            about: PromptAbout::Answer(question.clone()),
            split: split(yes.max(no).max(not_sure), all),
        })
    };
    counts.into_iter().filter(|(_, n)| n.iter().sum::<usize>() >= FEWEST_IN_A_GROUP).filter_map(prompt).collect()
}

/// The two that were chosen most.
fn two_choices<'c>(
    chosen: impl Iterator<Item = &'c Id>,
    name: impl Fn(&Id) -> String,
    what: &str,
    ask: &str,
    about: PromptAbout,
) -> Option<Prompt> {
    let mut counts: BTreeMap<&Id, usize> = BTreeMap::new();
    chosen.for_each(|id| *counts.entry(id).or_insert(0) += 1);
    let all: usize = counts.values().sum();
    let mut order: Vec<(&Id, usize)> = counts.into_iter().collect();
    order.sort_by(|(a, n), (b, m)| (m, a).cmp(&(n, b)));
    let [(first, most), (second, fewer), ..] = order[..] else { return None };
    Some(Prompt {
        text: format!(
            "{} {what} “{}”, {} “{}”. {ask}",
            capital(&number(most)),
            name(first),
            number(fewer),
            name(second)
        ),
        about,
        split: split(most, all),
    })
}

/// From where to where a record has to be played for a fact to be heard, in milliseconds of call time: the line that
/// told it, with the one before it. `None` where it did not come to light.
#[must_use]
pub fn clip_of(record: &Record, fact: &Id) -> Option<(u32, u32)> {
    let told = record.events.iter().find_map(|timed| match &timed.event {
        Event::Fact { fact: id, line, .. } if id == fact => Some(*line),
        _ => None,
    })?;
    let times = |number: u32| {
        record.events.iter().find_map(|timed| match &timed.event {
            Event::Line { line, until, .. } if *line == number => Some((timed.at, *until)),
            _ => None,
        })
    };
    let (at, until) = times(told)?;
    let from = told.checked_sub(1).and_then(times).map_or(at, |(before, _)| before);
    Some((from, until))
}
