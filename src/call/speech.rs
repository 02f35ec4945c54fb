//! What a call can speak: its lines, cut into the pieces that are recorded ahead of time.
//!
//! A lead-in ("Like I said…") is a piece of its own, spoken before whatever it leads into. Sounds
//! (`[…]`) are no lines: they are captions. How a clip is found is [`key`]; where clips are kept,
//! [`Pack`].

mod inventory;
mod pack;
pub mod recording;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use pack::{Clip, MAGIC, Pack};

use super::event::Speaker;
use super::script::Script;
use crate::scenario::Person;

/// What a clinician who is asked is called in [`Line::who`].
pub const CLINICIAN: &str = "clinician";
/// How somebody speaks who has no manner: others in the room, the clinician.
pub const PLAIN: &str = "plain";

/// Words that one person speaks in one way: what one clip holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line {
    /// The speaker's name as the scenario has it, or [`CLINICIAN`].
    pub who: Arc<str>,
    /// How it is spoken: the id of the speaker's manner, or [`PLAIN`].
    pub delivery: Arc<str>,
    /// The words, as the transcript shows them.
    pub text: Arc<str>,
}

/// Everything that this script can speak, looked up by line. Made once a call: it is too much for every line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inventory(BTreeSet<Line>);

impl Inventory {
    /// Every line that a play of this script can speak.
    #[must_use]
    pub fn of(script: &Script) -> Self {
        Self(lines(script))
    }

    #[must_use]
    pub fn lines(&self) -> &BTreeSet<Line> {
        &self.0
    }

    /// The pieces of what somebody says, in order: the whole text where that is a line, otherwise
    /// the lead-in and what it leads into. What is not in the inventory is one piece. Nothing for a
    /// sound, the trainee, and words without a letter in them.
    #[must_use]
    pub fn pieces(&self, script: &Script, by: &Speaker, text: &Arc<str>) -> Vec<Line> {
        let Some((who, delivery)) = voice(script, by).filter(|_| is_spoken(text)) else { return Vec::new() };
        let piece = |text: Arc<str>| Line { who: who.clone(), delivery: delivery.clone(), text };
        let whole = piece(text.clone());
        if self.0.contains(&whole) {
            return vec![whole];
        }
        for lead in lead_ins(script, by) {
            let Some(rest) = text.strip_prefix(&**lead).and_then(|rest| rest.strip_prefix(' ')) else { continue };
            let rest = piece(rest.into());
            let led_into = is_spoken(&rest.text);
            if led_into && !self.0.contains(&rest) {
                continue;
            }
            let lead = is_spoken(lead).then(|| piece(lead.clone()));
            return lead.into_iter().chain(led_into.then_some(rest)).collect();
        }
        vec![whole]
    }
}

/// Every line that a play of this script can speak: the scenario's wordings, and those of the
/// standards in the voices of this call.
#[must_use]
pub fn lines(script: &Script) -> BTreeSet<Line> {
    inventory::lines(script)
}

/// [`Inventory::pieces`] for a single line.
#[must_use]
pub fn pieces(script: &Script, by: &Speaker, text: &Arc<str>) -> Vec<Line> {
    Inventory::of(script).pieces(script, by, text)
}

/// The name of a line's clip: the first 16 hexadecimal digits of BLAKE3 over who, delivery and text, with a line
/// feed between them, as UTF-8.
#[must_use]
pub fn key(line: &Line) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in [&*line.who, "\n", &*line.delivery, "\n", &*line.text] {
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// The name of the pack in which a surface has its clips: the call's number, and for a variant the first eight hexadecimal
/// digits of BLAKE3 over number and id. Whoever sees it learns nothing of the variant.
#[must_use]
pub fn pack_name(script: &Script) -> String {
    pack_name_of(script.scenario.number, script.variant.as_deref())
}

/// The same by the number of the call and the id of the variant; without one, as written.
#[must_use]
pub fn pack_name_of(number: u32, variant: Option<&str>) -> String {
    let number = format!("{number:04}");
    match variant {
        None => number,
        Some(variant) => {
            let hash = blake3::hash(format!("{number}\n{variant}").as_bytes()).to_hex();
            format!("{number}-{}", &hash[..8])
        }
    }
}

/// Who is heard, and how they speak. `None` for the trainee and for sounds.
#[must_use]
pub fn voice(script: &Script, by: &Speaker) -> Option<(Arc<str>, Arc<str>)> {
    let plain = || Arc::from(PLAIN);
    let manner = |person| script.manner(person).map_or_else(plain, |manner| manner.id.clone());
    match by {
        Speaker::Caller => Some((script.scenario.caller.name.clone(), manner(Person::Caller))),
        Speaker::Patient => Some((script.scenario.patient.name.clone(), manner(Person::Patient))),
        Speaker::Other(name) => Some((name.clone(), plain())),
        Speaker::Clinician => Some((CLINICIAN.into(), plain())),
        Speaker::Trainee | Speaker::Sound => None,
    }
}

/// Whether there is anything to be spoken: not a sound, and a letter or digit in it.
fn is_spoken(text: &str) -> bool {
    !text.starts_with('[') && text.chars().any(char::is_alphanumeric)
}

/// What this speaker may begin an answer with.
fn lead_ins<'a>(script: &'a Script, by: &Speaker) -> impl Iterator<Item = &'a Arc<str>> {
    let person = match by {
        Speaker::Caller => Some(Person::Caller),
        Speaker::Patient => Some(Person::Patient),
        _ => None,
    };
    let manner = person.and_then(|person| script.manner(person));
    manner.into_iter().flat_map(|manner| manner.lead_ins.iter().chain(&manner.again)).filter(|lead| !lead.is_empty())
}

#[cfg(test)]
mod tests;
