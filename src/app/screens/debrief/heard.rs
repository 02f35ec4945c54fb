//! The replay is heard: by the clips of the call, line for line.

use std::sync::Arc;
use std::time::Duration;

use super::replay::Replay;
use super::rows::{Row, Voice};
use crate::app::voice::{self, Part, Said, Side, Told, Voices};
use crate::call::Script;

/// Time passes: by the voice that is heard, or by itself.
pub fn pass(
    replay: &mut Replay,
    rows: &[Row],
    script: &Arc<Script>,
    voices: &mut Voices,
    passed: Duration,
    speech: u32,
) {
    voice::pass(&mut Replayed { replay, rows, script, speech }, voices, passed);
    replay.is_heard = voices.is_open() && voices.why_silent().is_none();
}

struct Replayed<'a> {
    replay: &'a mut Replay,
    rows: &'a [Row],
    script: &'a Arc<Script>,
    speech: u32,
}

impl Told for Replayed<'_> {
    fn due(&self, voices: &mut Voices) -> Option<Part> {
        let row = self.replay.spoken(self.rows)?;
        let (by, text) = row.heard.as_ref()?;
        let said = Said { by, text, from: row.at, until: row.until };
        Some(Part::new(voices, self.script, row.line?, &said))
    }

    fn script(&self) -> &Arc<Script> {
        self.script
    }

    fn sides(&self, see: &mut dyn FnMut(Side<'_>)) {
        for row in self.rows {
            let (Some((by, text)), Some(number)) = (&row.heard, row.line) else { continue };
            if row.over || row.voice == Voice::Sound {
                see(Side { number, by, text, from: row.at, until: row.until, over: row.over });
            }
        }
    }

    fn clock(&self) -> u32 {
        self.replay.clock().unwrap_or(0)
    }

    fn follow(&mut self, to: u32) {
        self.replay.follow(to);
    }

    fn tick(&mut self, passed: Duration) {
        self.replay.tick(passed, self.speech, self.rows);
    }
}
