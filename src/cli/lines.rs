//! `rightcall lines`: what a call can speak, for whoever gives it a voice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::library::{self, Problems};
use super::{Format, say};
use crate::call::Script;
use crate::call::directory::age_on;
use crate::call::speech::{self, CLINICIAN, Line};
use crate::scenario::{Relation, Voice, Voices};
use crate::standards::{Id, Sex};

/// Lists every line that a call can speak, in all its variants, and who speaks them. `voices/render` reads it.
///
/// As JSON: `calls`, each with its `number`; `surfaces`, the call as written first and then its variants; `speakers`,
/// with what is known of them; and `lines`. A line has `who` speaks it, the `delivery` (the id of the speaker's manner,
/// or `plain`), the `text`, the `key` by which its clip is found, and the places of the `surfaces` that can speak it.
#[derive(Debug, Args)]
pub struct LinesArgs {
    /// Scenario files, or slugs of shipped ones; none for all that Rightcall ships with.
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Serialize)]
struct CallLines {
    number: u32,
    surfaces: Vec<Option<Id>>,
    speakers: Vec<Person>,
    lines: Vec<Spoken>,
}

/// What is known of somebody who speaks, for the choice of a voice.
#[derive(Clone, PartialEq, Serialize)]
struct Person {
    who: Arc<str>,
    /// `caller`, `patient`, `other` or `clinician`; a patient who rings is the caller.
    part: &'static str,
    /// Not known of a caller who rings for somebody else.
    sex: Option<Sex>,
    /// `YYYY-MM-DD`.
    born: Option<String>,
    /// In whole years, when the call begins.
    age: Option<u32>,
    /// What the caller is to the patient.
    relation: Option<Relation>,
    voice: Option<Voice>,
}

#[derive(Serialize)]
struct Spoken {
    key: String,
    #[serde(flatten)]
    line: Words,
    surfaces: Vec<usize>,
}

#[derive(Serialize)]
struct Words {
    who: Arc<str>,
    delivery: Arc<str>,
    text: Arc<str>,
}

pub(super) fn run(args: &LinesArgs, standards: Option<&Path>) -> Result<(), Problems> {
    let standards = library::standards(standards)?;
    let shipped = crate::scenario::shipped();
    let named: Vec<String> = match args.scenarios.is_empty() {
        true => shipped.iter().map(|(slug, _)| (*slug).to_owned()).collect(),
        false => args.scenarios.clone(),
    };
    let mut calls = Vec::with_capacity(named.len());
    for name in named {
        let loaded = library::scenario(&name)?;
        let variants = loaded.scenario.variants.iter().map(|variant| Some(&*variant.id));
        let scripts =
            std::iter::once(None).chain(variants).map(|variant| library::script(standards.clone(), &loaded, variant));
        calls.push(of_call(&scripts.collect::<Result<Vec<_>, _>>()?));
    }
    calls.sort_by_key(|call| call.number);
    match args.format {
        Format::Json => say(&format!("{:#}\n", serde_json::json!({ "calls": calls }))),
        Format::Human => say(&calls.iter().map(in_words).collect::<Vec<_>>().join("\n")),
    }
    Ok(())
}

fn of_call(scripts: &[Arc<Script>]) -> CallLines {
    let mut lines: BTreeMap<Line, Vec<usize>> = BTreeMap::new();
    let mut speakers: Vec<Person> = Vec::new();
    for (place, script) in scripts.iter().enumerate() {
        for line in speech::lines(script) {
            lines.entry(line).or_default().push(place);
        }
        // The same name in two surfaces is the same person.
        for person in people(script) {
            if !speakers.iter().any(|known| known.who == person.who) {
                speakers.push(person);
            }
        }
    }
    speakers.retain(|person| lines.keys().any(|line| line.who == person.who));
    let spoken = |(line, surfaces): (Line, Vec<usize>)| Spoken {
        key: speech::key(&line),
        line: Words { who: line.who, delivery: line.delivery, text: line.text },
        surfaces,
    };
    CallLines {
        number: scripts.first().map_or(0, |script| script.scenario.number),
        surfaces: scripts.iter().map(|script| script.variant.clone()).collect(),
        speakers,
        lines: lines.into_iter().map(spoken).collect(),
    }
}

fn people(script: &Script) -> Vec<Person> {
    let (caller, patient) = (&script.scenario.caller, &script.scenario.patient);
    let rings = script.patient_rings();
    let age = age_on(&patient.born, script.clock.date());
    let nobody = |who: &Arc<str>, part| Person {
        who: who.clone(),
        part,
        sex: None,
        born: None,
        age: None,
        relation: None,
        voice: None,
    };
    let known = |who: &Arc<str>, part| Person {
        sex: Some(patient.sex),
        born: Some(patient.born.clone()),
        age,
        ..nobody(who, part)
    };
    let ringing = if rings { known(&caller.name, "caller") } else { nobody(&caller.name, "caller") };
    let mut all = vec![Person { relation: Some(caller.relation), voice: Some(caller.voice.clone()), ..ringing }];
    if !rings {
        all.push(known(&patient.name, "patient"));
    }
    let others = &script.scenario.others;
    all.extend(others.iter().map(|other| nobody(&other.name, "other")));
    // Somebody whom a beat names and the scenario does not is heard under the id.
    for beat in &script.scenario.beats {
        if let Voices::Other(id) = &beat.by
            && !others.iter().any(|other| other.id == *id)
        {
            all.push(nobody(id, "other"));
        }
    }
    all.push(nobody(&CLINICIAN.into(), "clinician"));
    all
}

fn in_words(call: &CallLines) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "call {:04}: {} lines in {} surfaces", call.number, call.lines.len(), call.surfaces.len());
    for person in &call.speakers {
        let _ = writeln!(out, "  {} ({})", person.who, person.part);
        for spoken in call.lines.iter().filter(|spoken| spoken.line.who == person.who) {
            let _ = writeln!(out, "    {}  {:<10} {}", spoken.key, spoken.line.delivery, spoken.line.text);
        }
    }
    out
}
