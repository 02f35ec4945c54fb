//! The patient's facts: who knows each, what it means at least, and every way in which it can come to light.

use super::Told;
use super::words::{voice, who};
use crate::app::screens::reading::{Entry, Tone};
use crate::app::theme::icons;
use crate::scenario::{Fact, Person};

pub fn facts(told: &Told) -> Vec<Entry> {
    told.scenario.facts.iter().map(|one| fact(told, one)).collect()
}

pub fn fact(told: &Told, of: &Fact) -> Entry {
    let known: Vec<&str> = of.known_to.iter().map(|person| who(*person)).collect();
    let least = of.at_least.as_ref().map(|bound| told.bound(bound)).unwrap_or_default();
    let mut entry = Entry::new(format!("{} fact {}", told.id, of.id), &of.is)
        .icon(if of.key { icons::KEY } else { "" })
        .beside(told.feature(&of.feature));
    if of.key {
        entry = entry.text("Key: it has to be elicited.");
    }
    if of.worrying {
        entry = entry.marked(Tone::Caution, "a guide's question about it is to be recorded as yes");
    }
    let ways = ways(told, of);
    let silent = ways.is_empty();
    entry = entry
        .pair("Means at least", least)
        .pair("Known to", known.join(" and "))
        .pair("Holds from", of.from.as_ref().map(|moment| told.moment(moment)).unwrap_or_default())
        .pair("Holds until", of.until.as_ref().map(|moment| told.moment(moment)).unwrap_or_default())
        .list("Comes to light", ways)
        .pair("Counts as noted by", of.noted.join(", "));
    if silent { entry.text("No answer and nothing that happens tells it.") } else { entry }
}

/// In the order in which the caller would try them.
fn ways(told: &Told, of: &Fact) -> Vec<String> {
    let mut ways = Vec::new();
    for answer in told.scenario.answers.iter().filter(|answer| answer.tells.contains(&of.id)) {
        let asked = match (&answer.to, &answer.feature) {
            (Some(line), _) => format!("asked “{}”", told.line(line)),
            (None, Some(feature)) => format!("asked in any way about {}", told.feature(feature).to_lowercase()),
            (None, None) => continue,
        };
        let by = if answer.by == Person::Patient { " of the patient" } else { "" };
        let when = answer.when.as_ref().map(|when| format!(", if {}", told.when(when))).unwrap_or_default();
        let says = answer.say.first().map(|say| format!(": “{say}”")).unwrap_or_default();
        ways.push(format!("{asked}{by}{when}{says}"));
    }
    for beat in told.scenario.beats.iter().filter(|beat| beat.tells.contains(&of.id)) {
        let trigger = told.trigger(&beat.at, beat.delay);
        let when = beat.when.as_ref().map(|when| format!(", if {}", told.when(when))).unwrap_or_default();
        let unless = beat.unless.as_ref().map(|when| format!(", unless {}", told.when(when))).unwrap_or_default();
        let says = beat.say.first().or(beat.sound.as_ref()).map(|say| format!(": “{say}”")).unwrap_or_default();
        ways.push(format!("unasked from {}, {trigger}{when}{unless}{says}", voice(&beat.by)));
    }
    ways
}
