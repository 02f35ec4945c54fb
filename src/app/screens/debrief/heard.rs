//! The replay is heard: by the clips of the call, line for line.

use std::sync::Arc;
use std::time::Duration;

use super::replay::Replay;
use super::rows::Row;
use crate::app::voice::{Part, Voices};
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
    let part = due(replay, rows, script, voices);
    let clock = replay.clock().unwrap_or(0);
    match voices.hear(part.as_ref(), clock, passed) {
        Some(clock) => replay.follow(clock),
        None => replay.tick(passed, speech, rows),
    }
    let now = due(replay, rows, script, voices);
    if now.as_ref().map(|part| part.line) != part.map(|part| part.line) {
        voices.hear(now.as_ref(), replay.clock().unwrap_or(0), Duration::ZERO);
    }
    replay.is_heard = voices.is_open() && voices.why_silent().is_none();
}

fn due(replay: &Replay, rows: &[Row], script: &Arc<Script>, voices: &mut Voices) -> Option<Part> {
    let row = replay.spoken(rows)?;
    let (by, text) = row.heard.as_ref()?;
    let pieces = voices.pieces(script, by, text);
    Some(Part { line: row.line?, from: row.at, until: row.until, text: text.clone(), pieces })
}
