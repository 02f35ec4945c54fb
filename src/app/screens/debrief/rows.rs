//! What is on the transcript of a debrief: every line, and what was done between the lines.

use std::sync::Arc;

use crate::app::library::Library;
use crate::call::{Call, Ending, Event, LookUp, Recorded, Speaker};
use crate::marking::field_name;
use crate::scenario::Person;
use crate::standards::Standards;

/// Whose a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    Own,
    Other,
    Sound,
    /// Nothing said: something done.
    Moment,
}

/// One row of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Milliseconds of call time: first word, last word.
    pub at: u32,
    pub until: u32,
    pub who: String,
    pub text: String,
    pub voice: Voice,
    /// Number of the line; absent for a moment.
    pub line: Option<u32>,
    /// Place of its event: what a comment is about.
    pub event: u32,
    /// Who is heard with which words, or which sound, where that is not the trainee.
    pub heard: Option<(Speaker, Arc<str>)>,
    /// It is said over the line before it.
    pub over: bool,
}

impl Row {
    /// What a screen reader says.
    pub fn says(&self) -> String {
        let at = crate::call::clock(self.at);
        match self.voice {
            Voice::Own | Voice::Other => format!("{at} {}: {}", self.who, self.text),
            Voice::Sound | Voice::Moment => format!("{at} {}", self.text),
        }
    }
}

/// All rows in the order of the call.
pub fn rows(call: &Call, library: &Library) -> Vec<Row> {
    let last_note = call.events().iter().rposition(|timed| matches!(timed.event, Event::Note(_)));
    let mut rows = Vec::new();
    for (n, timed) in call.events().iter().enumerate() {
        let event = u32::try_from(n).unwrap_or(u32::MAX);
        let moment = |text: String| Row {
            at: timed.at,
            until: timed.at,
            who: String::new(),
            text,
            voice: Voice::Moment,
            line: None,
            event,
            heard: None,
            over: false,
        };
        match &timed.event {
            Event::Line { line, .. } => rows.extend(spoken(call, *line, event)),
            // Notes are kept with every word; what they came to is enough.
            Event::Note(_) if last_note != Some(n) => {}
            other => rows.extend(done(call, &library.standards, other).map(moment)),
        }
    }
    rows.sort_by_key(|row| row.at);
    rows
}

/// The same of somebody else's call: nobody who reads it said or did any of it.
pub fn told_of(rows: &mut [Row], name: &str) {
    for row in rows {
        if row.voice == Voice::Own {
            name.clone_into(&mut row.who);
        }
        if row.line.is_some() {
            continue;
        }
        if let Some(did) = row.text.strip_prefix("You ") {
            row.text = format!("{name} {did}").replacen(". Your reason: ", ". Their reason: ", 1);
        } else if let Some(notes) = row.text.strip_prefix("Your notes: ") {
            row.text = format!("Their notes: {notes}");
        }
    }
}

fn spoken(call: &Call, number: u32, event: u32) -> Option<Row> {
    let line = call.state().lines.get(number as usize)?;
    let scenario = &call.script().scenario;
    let first = |name: &str| name.split_whitespace().next().unwrap_or(name).to_owned();
    let (who, voice) = match &line.by {
        Speaker::Trainee => ("You".into(), Voice::Own),
        Speaker::Caller => (first(&scenario.caller.name), Voice::Other),
        Speaker::Patient => (first(&scenario.patient.name), Voice::Other),
        Speaker::Other(name) => (first(name), Voice::Other),
        Speaker::Clinician => ("Clinician".into(), Voice::Other),
        Speaker::Sound => (String::new(), Voice::Sound),
    };
    let text = match voice {
        Voice::Sound if !line.text.starts_with('[') => format!("[{}]", line.text),
        _ => line.text.to_string(),
    };
    // Of a line that was cut short nobody heard the end.
    let heard = (voice != Voice::Own && !line.cut).then(|| (line.by.clone(), line.text.clone()));
    Some(Row { at: line.from, until: line.until, who, text, voice, line: Some(number), event, heard, over: line.over })
}

/// What was done, in words; nothing for what only the engine needs to know.
fn done(call: &Call, standards: &Standards, event: &Event) -> Option<String> {
    let outcome = |code: &str| standards.disposition(code).map_or_else(|| code.to_owned(), |d| d.name.clone());
    let service = |id: &str| standards.service(id).map_or_else(|| id.to_owned(), |s| s.name.clone());
    let scenario = &call.script().scenario;
    let words = match event {
        Event::Stage(stage) => format!("Stage: {}", super::timeline::stage_name(*stage)),
        Event::OnTheLine(Person::Patient) => format!("{} comes to the phone", scenario.patient.name),
        Event::OnTheLine(Person::Caller) => format!("{} is back on the phone", scenario.caller.name),
        Event::Held => "You put the call on hold".into(),
        Event::Resumed => "You took the call off hold".into(),
        Event::LookedUp { what, .. } => match what {
            LookUp::SpecialNotes => "You looked up the special notes".into(),
            LookUp::PreviousContacts => "You looked up the previous contacts".into(),
            LookUp::SummaryRecord => "You looked up the summary record".into(),
        },
        Event::Transferred { .. } => "You handed the call to a clinician".into(),
        Event::TransferFailed { .. } => "No clinician was free".into(),
        Event::Field { name, text } if text.trim().is_empty() => format!("You cleared {}", field_name(*name)),
        Event::Field { name, text } => format!("You recorded {}: {text}", field_name(*name)),
        Event::FieldConfirmed(name) => format!("You ticked {} as confirmed aloud", field_name(*name)),
        Event::Note(text) => format!("Your notes: {text}"),
        Event::GuideChosen(id) => {
            format!("You chose the guide “{}”", standards.guide(id).map_or(&**id, |guide| &guide.title))
        }
        Event::Recorded { guide, question, answer } => {
            let means = call.step_of(guide, question).map_or("", |step| &step.yes_means);
            let answer = match answer {
                Recorded::Yes => "yes",
                Recorded::No => "no",
                Recorded::NotSure => "not sure",
            };
            format!("You recorded {answer}: {means}")
        }
        Event::Yielded { disposition, .. } => format!("The guide gave: {}", outcome(disposition)),
        Event::Decided { disposition, reason, .. } if reason.trim().is_empty() => {
            format!("You decided: {}", outcome(disposition))
        }
        Event::Decided { disposition, reason, .. } => {
            format!("You decided: {}. Your reason: {reason}", outcome(disposition))
        }
        Event::Revised => "You took the decision back".into(),
        Event::Listed { gap: true, .. } => "The directory had nothing open but the catch-all".into(),
        Event::Listed { services, .. } => match services.len() {
            1 => "The directory listed one service".into(),
            n => format!("The directory listed {n} services"),
        },
        Event::Accepted(id) => format!("You referred to {}", service(id)),
        Event::Rejected { service: id, reason, comment } => {
            let reasons = &standards.reject_reasons.reasons;
            let reason = reasons.iter().find(|known| known.id == *reason).map_or("", |known| &known.name);
            let comment = if comment.is_empty() { String::new() } else { format!(" ({comment})") };
            format!("You passed over {}: {reason}{comment}", service(id))
        }
        Event::Ticked(id) => {
            let wording = call.script().wording(id, call.speaking_with()).map_or("", |words| words);
            format!("You ticked as said: “{wording}”")
        }
        Event::Paused => "You paused the call".into(),
        Event::Ended(ending) => match ending {
            Ending::Closed => "You closed the call".into(),
            Ending::Transferred => "The clinician has the call".into(),
            Ending::Early => "You broke the call off".into(),
            Ending::TimeUp => "The call ended after 60 minutes".into(),
            Ending::TooLong => "The call ended: too many steps".into(),
        },
        Event::Line { .. }
        | Event::Cut { .. }
        | Event::Fact { .. }
        | Event::Mood(_)
        | Event::Beat(_)
        | Event::ClinicianAnswered { .. }
        | Event::Pinned { .. }
        | Event::Unpinned { .. }
        | Event::Offered { .. } => return None,
    };
    Some(words)
}
