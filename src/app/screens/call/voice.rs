//! How the caller is heard: who speaks, how far they have come, how they sound.

use crate::app::live::Live;
use crate::call::{Call, Event, Line, Speaker};
use crate::records::Mode;
use crate::scenario::Person;
use crate::standards::Manner;

/// A voice on the other end of the line.
pub fn is_voice(by: &Speaker) -> bool {
    !matches!(by, Speaker::Trainee | Speaker::Sound | Speaker::Clinician)
}

/// What is said when a transcript first appears is not read out by a screen reader, which tells what is added. So what there
/// is from the beginning (a bad line, a background) comes so many milliseconds of call time later, or with the first words.
const AFTER_THE_SCREEN: u32 = 400;

/// Lines that have begun, with their numbers.
pub fn begun(live: &Live) -> Vec<(u32, &Line)> {
    let clock = live.clock();
    let lines = &live.call().state().lines;
    let begun = lines.partition_point(|line| line.from <= clock);
    let waits = clock < AFTER_THE_SCREEN && lines[..begun].iter().all(|line| line.until == 0);
    let begun = if waits { 0 } else { begun };
    (0_u32..).zip(&lines[..begun]).collect()
}

/// The line that is being heard from the other end, and its number.
pub fn heard_now(live: &Live) -> Option<(u32, &Line)> {
    let clock = live.clock();
    let lines = if held_since(live).is_some() { Vec::new() } else { begun(live) };
    lines.into_iter().rev().find(|(_, line)| clock < line.until && !line.cut && !line.over && is_voice(&line.by))
}

/// The line that somebody speaks at this moment, and its number: whoever is not the trainee, on hold or not.
pub fn spoken_now(live: &Live) -> Option<(u32, &Line)> {
    let clock = live.clock();
    begun(live).into_iter().rev().find(|(_, line)| clock < line.until && is_told(line))
}

/// The next line that somebody will speak after this moment, where that is known already.
pub fn spoken_next(call: &Call, clock: u32) -> Option<(u32, &Line)> {
    (0_u32..).zip(&call.state().lines).find(|(_, line)| line.from > clock && is_told(line))
}

/// A voice speaks it to whoever listens: it has not been cut off, and is not said over another line.
fn is_told(line: &Line) -> bool {
    line.by.has_voice() && !line.cut && !line.over
}

/// How far a line has been spoken, in thousandths.
pub fn progress(live: &Live, line: &Line) -> u32 {
    let long = u64::from(planned(live, line).max(1));
    let passed = u64::from(live.clock().min(line.until).saturating_sub(line.from));
    u32::try_from(passed * 1000 / long).unwrap_or(1000).min(1000)
}

/// How many of a line's words have been spoken in full: each takes as long as any other.
pub fn words_spoken(live: &Live, line: &Line, words: usize) -> usize {
    let passed = u64::from(live.clock().min(line.until).saturating_sub(line.from));
    (words as u64 * passed / u64::from(planned(live, line).max(1))) as usize
}

/// How long the line would take, cut short or not.
fn planned(live: &Live, line: &Line) -> u32 {
    if !line.cut {
        return line.until - line.from;
    }
    let timing = &live.call().script().standards.marking.timing;
    let words = u32::try_from(line.text.split_ascii_whitespace().count()).unwrap_or(1);
    words.saturating_mul(timing.caller_per_word)
}

/// First name of whoever is on the line: the rest is asked for.
pub fn on_the_line(live: &Live) -> String {
    let scenario = &live.call().script().scenario;
    let name = match live.call().state().on_the_line {
        Person::Patient => &scenario.patient.name,
        Person::Caller => &scenario.caller.name,
    };
    first_name(name)
}

pub fn first_name(name: &str) -> String {
    name.split(' ').next().unwrap_or(name).to_owned()
}

/// Whether the patient is the one who is spoken to.
pub fn with_patient(live: &Live) -> bool {
    live.call().state().on_the_line == Person::Patient || live.call().script().patient_rings()
}

/// What the person on the line is doing, in a few words.
pub fn doing(live: &Live) -> String {
    if let Some(since) = held_since(live) {
        format!("On hold {}", crate::call::clock(live.clock().saturating_sub(since)))
    } else if live.paused() {
        "paused".into()
    } else if heard_now(live).is_some() {
        "speaking now".into()
    } else {
        "listening".into()
    }
}

/// Since when the caller has been on hold. They finish what they are saying first.
pub fn held_since(live: &Live) -> Option<u32> {
    let call = live.call();
    let held = call.events().iter().rev().find(|event| event.event == Event::Held).map_or(0, |event| event.at);
    (call.state().held && held <= live.clock()).then_some(held)
}

/// Tension as the voice shows it, 1 to 5; an exam does not show it.
pub fn tension(live: &Live) -> Option<u32> {
    (live.mode() != Mode::Exam).then(|| 5 - live.call().state().mood.min(99) / 20)
}

/// How they sound, in plain words.
pub fn sounds(live: &Live, tension: u32) -> String {
    let word = match tension {
        0 | 1 => "Calm",
        2 => "Steady",
        3 => "Uneasy",
        4 => "Worried",
        _ => "Distressed",
    };
    match pace(live) {
        Some(pace) => format!("{word}, {pace}"),
        None => word.into(),
    }
}

/// How quickly they answer.
fn pace(live: &Live) -> Option<&'static str> {
    let script = live.call().script();
    let manner = match live.call().state().on_the_line {
        Person::Patient => script.scenario.patient.manner.as_ref().unwrap_or(&script.scenario.caller.manner),
        Person::Caller => &script.scenario.caller.manner,
    };
    let manner: Option<&Manner> = script.standards.manner(manner);
    match manner?.pause_ms {
        0..=550 => Some("hurried"),
        551..=1000 => None,
        _ => Some("hesitant"),
    }
}
