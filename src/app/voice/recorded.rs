//! Recordings that an author has named: they come before clips.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::log::warn;

use super::player::{Clip, Player};
use crate::app::sets::Recordings;
use crate::call::Script;
use crate::call::speech::recording::{self, Places};

/// The recordings of the call that is open.
#[derive(Debug, Default)]
pub struct Recorded {
    /// What travels in call sets.
    pub carried: Recordings,
    /// Where the others are.
    pub places: Places,
    /// By the words or the caption: where it is, and how long in milliseconds.
    clips: BTreeMap<Arc<str>, (Clip, u32)>,
    /// They have been looked for.
    read: bool,
    /// Bytes that the player has.
    long: u32,
}

impl Recorded {
    /// Another call.
    pub fn forget(&mut self) {
        self.clips.clear();
        self.read = false;
        self.long = 0;
    }

    /// There are others than there were: they are looked for again. What the player has already it keeps.
    pub fn look_again(&mut self) {
        self.clips.clear();
        self.read = false;
    }

    /// The player has a pack of so many bytes.
    pub fn begins_at(&mut self, bytes: usize) {
        self.long = u32::try_from(bytes).unwrap_or(u32::MAX);
    }

    pub fn is_empty(&self) -> bool {
        self.clips.is_empty()
    }

    pub fn clip(&self, text: &str) -> Option<(Clip, u32)> {
        self.clips.get(text).copied()
    }

    /// Gives the player the recordings of this call, once. What cannot be played is left out: the line has a clip, or the
    /// system's voice, or is read.
    pub fn read(&mut self, script: &Script, player: &mut dyn Player) {
        if std::mem::replace(&mut self.read, true) {
            return;
        }
        for heard in &script.scenario.heard {
            let Some(audio) = &heard.audio else { continue };
            let bytes = match self.bytes(script, audio) {
                Ok(bytes) => bytes,
                Err(problem) => {
                    warn!("{problem}");
                    continue;
                }
            };
            let (Ok(millis), Some(end)) = (
                recording::millis(&bytes),
                u32::try_from(bytes.len()).ok().and_then(|long| self.long.checked_add(long)),
            ) else {
                continue;
            };
            player.add(&bytes);
            self.clips.insert(heard.text.clone(), (Clip { start: self.long, end }, millis));
            self.long = end;
        }
    }

    fn bytes(&self, script: &Script, name: &str) -> Result<Vec<u8>, String> {
        let carried = self.carried.get(&(script.scenario_hash.clone(), name.to_owned()));
        carried.map_or_else(|| self.places.read(&script.scenario_hash, name), |bytes| Ok(bytes.to_vec()))
    }
}
