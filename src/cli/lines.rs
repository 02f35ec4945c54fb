//! `rightcall lines`: what a call can speak, for whoever gives it a voice.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::library::{self, Problems};
use super::{Format, say};
use crate::call::directory::age_on;
use crate::call::speech::{self, CLINICIAN, Inventory, Line};
use crate::call::{Call, Script};
use crate::explore::{Dice, play_leniently, wander};
use crate::records::Mode;
use crate::scenario::{Relation, Voice, Voices};
use crate::standards::{Id, Sex};

/// Lists every line that a call can speak, in all its variants, and who speaks them. `voices/render` reads it.
///
/// As JSON: `calls`, each with its `number`; `surfaces`, the call as written first and then its variants, each with the
/// name of its `pack`; `speakers`, with what is known of them; and `lines`. A line has `who` speaks it, the `delivery` (the id of the speaker's manner,
/// or `plain`), the `text`, the `key` by which its clip is found, the places of the `surfaces` that can speak it, and how
/// often it was `heard` when the call was played: what is heard most is worth a voice first.
#[derive(Debug, Args)]
pub struct LinesArgs {
    /// Scenario files, or slugs of shipped ones; none for all that Rightcall ships with.
    #[arg(value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Each role plays so often as an expert does, and as often at random.
const SEEDS: u64 = 6;

#[derive(Serialize)]
struct CallLines {
    number: u32,
    surfaces: Vec<Surface>,
    speakers: Vec<Person>,
    lines: Vec<Spoken>,
}

#[derive(Serialize)]
struct Surface {
    variant: Option<Id>,
    pack: String,
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
    heard: u32,
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
    let mut heard: BTreeMap<Line, u32> = BTreeMap::new();
    for (place, script) in scripts.iter().enumerate() {
        let inventory = Inventory::of(script);
        for line in inventory.lines() {
            lines.entry(line.clone()).or_default().push(place);
        }
        for line in played(script).iter().flat_map(|call| spoken_in(call, &inventory)) {
            *heard.entry(line).or_default() += 1;
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
        heard: heard.get(&line).copied().unwrap_or(0),
        line: Words { who: line.who, delivery: line.delivery, text: line.text },
        surfaces,
    };
    CallLines {
        number: scripts.first().map_or(0, |script| script.scenario.number),
        surfaces: scripts
            .iter()
            .map(|script| Surface { variant: script.variant.clone(), pack: speech::pack_name(script) })
            .collect(),
        speakers,
        lines: lines.into_iter().map(spoken).collect(),
    }
}

/// How an expert takes the call in every role, and how somebody takes it who does anything.
fn played(script: &Arc<Script>) -> Vec<Call> {
    let mut calls = Vec::new();
    for role in &script.scenario.roles {
        for seed in 0..SEEDS {
            let call = || Call::new(script.clone(), role, seed, Mode::Coach).ok();
            if let (Some(mut call), Some(actions)) = (call(), script.model_call(role)) {
                play_leniently(&mut call, &actions);
                calls.push(call);
            }
            if let Some(mut call) = call() {
                wander(&mut call, &mut Dice::new(seed, role));
                calls.push(call);
            }
        }
    }
    calls
}

fn spoken_in(call: &Call, inventory: &Inventory) -> Vec<Line> {
    let lines = call.state().lines.iter();
    lines.flat_map(|line| inventory.pieces(call.script(), &line.by, &line.text)).collect()
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
