//! The model calls, played: what an expert says and does, and what they hear.

use super::Told;
use super::words::field;
use crate::app::library::model_call;
use crate::app::screens::call::speaker_in;
use crate::app::screens::reading::{Block, Entry, Group, Tone};
use crate::app::theme::widgets::clock;
use crate::call::{Confidence, Ending, Event, LookUp, Recorded, Sbar, Script, Slot, Speaker, TimedEvent};
use crate::standards::{Id, Stage};

/// The same every time it is read.
const SEED: u64 = 0;

/// One group for each model call that was written.
pub fn calls(told: &Told, variant: Option<&Id>) -> Vec<Group> {
    told.scenario.model.calls.iter().map(|model| group(told, variant, &model.role)).collect()
}

fn group(told: &Told, variant: Option<&Id>, role: &Id) -> Group {
    let twist = if variant.is_some() { ", with the twist" } else { "" };
    let name = format!("Model call{twist}: {}", told.role(role));
    let decides = |id: &Id| told.standards.role(id).map(|role| role.decides);
    let has_own = |id: &Id| told.scenario.model.calls.iter().any(|call| call.role == *id);
    let alike = told.scenario.roles.iter().filter(|id| !has_own(id) && decides(id) == decides(role));
    let entry = Entry::new(format!("{} model {role}", told.id), format!("As {}", told.role(role)))
        .pair("The same for", told.names(alike, |told, id| told.role(id)));
    let entry = match transcript(told, variant, role) {
        Ok(blocks) => entry.blocks(blocks),
        Err(why) => entry.marked(Tone::Caution, format!("this call cannot be played: {why}")),
    };
    Group::new(name, vec![entry])
}

fn transcript(told: &Told, variant: Option<&Id>, role: &Id) -> Result<Vec<Block>, String> {
    let script = Script::new(told.standards.clone(), told.scenario.clone(), told.entry.hash.clone(), variant.cloned())?;
    let call = model_call(script, role, SEED)?;
    let mut events: Vec<&TimedEvent> = call.events().iter().collect();
    events.sort_by_key(|timed| timed.at);
    Ok(events.into_iter().filter_map(|timed| block(told, timed)).collect())
}

fn block(told: &Told, timed: &TimedEvent) -> Option<Block> {
    let at = clock(timed.at);
    let Event::Line { by, text, .. } = &timed.event else {
        return did(told, &timed.event).map(|text| Block::Did { at, text });
    };
    let who = speaker_in(told.scenario, by);
    Some(Block::Line { at, who, text: text.to_string(), own: *by == Speaker::Trainee })
}

/// What was done between the lines, if it is worth a word.
fn did(told: &Told, event: &Event) -> Option<String> {
    Some(match event {
        Event::Cut { .. } => "cut short".into(),
        Event::Fact { fact, .. } => format!("comes to light: {}", told.fact(fact)),
        Event::Stage(stage) => format!("stage: {}", stage_name(*stage)),
        Event::OnTheLine(person) => format!("now on the line: {}", super::words::who(*person)),
        Event::Held => "on hold".into(),
        Event::Resumed => "off hold".into(),
        Event::LookedUp { what, found } => {
            let what = match what {
                LookUp::SpecialNotes => "special notes",
                LookUp::PreviousContacts => "previous contacts",
                LookUp::SummaryRecord => "summary care record",
            };
            let found = if found.is_empty() { "nothing on file".to_owned() } else { found.join(" / ") };
            format!("{what}: {found}")
        }
        Event::Transferred { sbar } => format!("handed over to a clinician. {}", sbar_words(sbar)),
        Event::TransferFailed { .. } => "no clinician was free to take the call".into(),
        Event::Field { name, text } => format!("written, {}: {text}", field(*name)),
        Event::FieldConfirmed(name) => format!("ticked as read back: {}", field(*name)),
        Event::Pinned { slot, .. } => format!("line pinned to {}", slot_name(*slot)),
        Event::Note(text) => format!("notes: {text}"),
        Event::GuideChosen(id) => format!("guide chosen: {}", told.guide(id)),
        Event::Recorded { question, answer, .. } => {
            let answer = match answer {
                Recorded::Yes => "yes",
                Recorded::No => "no",
                Recorded::NotSure => "not sure",
            };
            format!("recorded {answer}: {}", told.line(question))
        }
        Event::Yielded { disposition, .. } => format!("the guide yields {}", told.outcome(disposition)),
        Event::Decided { disposition, reason, confidence, early } => {
            let sure = match confidence {
                Confidence::Guess => "a guess",
                Confidence::Leaning => "leaning",
                Confidence::Fairly => "fairly sure",
                Confidence::Certain => "certain",
            };
            let early = if *early { ", before the guide had ended" } else { "" };
            let reason = if reason.is_empty() { String::new() } else { format!(": {reason}") };
            format!("decided: {} ({sure}{early}){reason}", told.outcome(disposition))
        }
        Event::Revised => "decision taken back".into(),
        Event::Listed { services, .. } => {
            format!("the directory lists {}", told.names(services, |told, id| told.service(id)))
        }
        Event::Offered { service, accepts } => {
            format!("offered {}: {}", told.service(service), if *accepts { "agreed" } else { "declined" })
        }
        Event::Accepted(service) => format!("referred to {}", told.service(service)),
        Event::Rejected { service, reason, comment } => {
            let reason = told.standards.reject_reason(*reason).map_or("", |one| &one.name);
            let comment = if comment.is_empty() { String::new() } else { format!(", {comment}") };
            format!("passed over {}: {}{comment}", told.service(service), reason.to_lowercase())
        }
        Event::Ticked(id) => format!("ticked as said: {}", told.line(id)),
        Event::Paused => "paused".into(),
        Event::Ended(how) => match how {
            Ending::Closed => "call closed".into(),
            Ending::Transferred => "call handed over".into(),
            Ending::Early => "broken off".into(),
            Ending::TimeUp | Ending::TooLong => "ended by itself".into(),
        },
        Event::Line { .. }
        | Event::Mood(_)
        | Event::Beat(_)
        | Event::ClinicianAnswered { .. }
        | Event::Unpinned { .. } => return None,
    })
}

fn stage_name(stage: Stage) -> &'static str {
    let stages = crate::app::screens::standards::words::STAGES;
    stages.iter().find(|(one, _)| *one == stage).map_or("", |(_, name)| name)
}

fn slot_name(slot: Slot) -> &'static str {
    match slot {
        Slot::Situation => "Situation",
        Slot::Background => "Background",
        Slot::Assessment => "Assessment",
        Slot::Recommendation => "Recommendation",
    }
}

fn sbar_words(sbar: &Sbar) -> String {
    let parts = [
        ("Situation", &sbar.situation),
        ("Background", &sbar.background),
        ("Assessment", &sbar.assessment),
        ("Recommendation", &sbar.recommendation),
    ];
    let said = parts.iter().filter(|(_, words)| !words.is_empty()).map(|(name, words)| format!("{name}: {words}"));
    said.collect::<Vec<_>>().join(" ")
}
