//! What is heard besides whoever speaks: sounds, what goes on in the background, somebody who talks over another.

use std::sync::Arc;

use super::{Part, Said, Told, Voices};
use crate::call::Speaker;
use crate::scenario::Noise;

/// A caption, or words that are said over another line.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub number: u32,
    pub by: &'a Speaker,
    pub text: &'a Arc<str>,
    /// In milliseconds of call time.
    pub from: u32,
    pub until: u32,
    /// It is said over another line.
    pub over: bool,
}

/// Plays what has begun since a moment of call time, and what goes on behind.
pub(super) fn pass(told: &impl Told, voices: &mut Voices, since: u32) {
    if !voices.is_open() {
        return;
    }
    let (script, now) = (told.script().clone(), told.clock());
    let mut behind = Noise::Quiet;
    let mut begun = Vec::new();
    told.sides(&mut |side| {
        if side.from > now {
            return;
        }
        let is_sound = *side.by == Speaker::Sound;
        let heard = script.heard(side.text).filter(|_| is_sound);
        if let Some(noise) = heard.and_then(|heard| heard.behind) {
            behind = noise;
        }
        if (since..now).contains(&side.from) && (side.over || heard.is_some()) {
            let part = if is_sound {
                Part::of_a_caption(&side)
            } else {
                let said = Said { by: side.by, text: side.text, from: side.from, until: side.until };
                Part::new(voices, &script, side.number, &said)
            };
            begun.push((part, heard.and_then(|heard| heard.plays)));
        }
    });
    for (part, plays) in begun {
        // A recording comes before a sound that is worked out.
        if !voices.is_said_beside(&part)
            && let Some(noise) = plays
        {
            voices.is_heard_beside(noise);
        }
    }
    if told.is_on_hold() {
        behind = Noise::Quiet;
        voices.hush();
    }
    voices.goes_on_behind(behind);
}
