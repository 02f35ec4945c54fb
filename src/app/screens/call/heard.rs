//! The voices of a call in hand: what is due is played, and while somebody is heard the clock goes by them.

use std::time::Duration;

use super::voice;
use crate::app::live::Live;
use crate::app::settings::Settings;
use crate::app::voice::{Part, Tone, Voices};
use crate::call::Line;

/// A call that is not older than this, in milliseconds of call time, has just been connected.
const AT_ONCE: u32 = 500;

/// The voices of this call are there, or on their way, and stand still whenever the call does.
pub fn listen(live: &mut Live, voices: &mut Voices, waits: bool, settings: &Settings) {
    live.captions = settings.captions;
    let over = live.call().state().ended.is_some();
    let comes_up = voices.open(live.call().script());
    if comes_up && live.clock() < AT_ONCE {
        voices.sound(Tone::Connected);
    }
    if over {
        voices.stop();
    }
    let stands = waits || live.paused() || over;
    voices.hold(stands);
    // It rings at the clinician who was asked, until they answer.
    let calls = !stands && live.call().clinician_due().is_some();
    voices.keep_sounding(calls.then_some(Tone::Calling));
}

/// Time passes: by the voice that is heard, or by itself.
pub fn pass(live: &mut Live, voices: &mut Voices, passed: Duration, speech: u32) {
    if live.paused() || live.call().state().ended.is_some() {
        return;
    }
    let part = due(live, voices);
    let heard = voices.hear(part.as_ref(), live.clock(), passed);
    if let Some(part) = &part {
        live.hears(part.from, heard.is_some());
    }
    match heard {
        Some(clock) => live.follow(clock),
        None => live.tick(passed, speech),
    }
    // What begins now is heard now, and what has been spoken makes room.
    let now = due(live, voices);
    if now.as_ref().map(|part| part.line) != part.map(|part| part.line) {
        let heard = voices.hear(now.as_ref(), live.clock(), Duration::ZERO);
        if let Some(part) = &now {
            live.hears(part.from, heard.is_some());
        }
    }
    expect(live, voices, speech);
}

fn due(live: &Live, voices: &mut Voices) -> Option<Part> {
    voice::spoken_now(live).map(|(number, line)| part(live, voices, number, line))
}

fn part(live: &Live, voices: &mut Voices, number: u32, line: &Line) -> Part {
    let pieces = voices.pieces(live.call().script(), &line.by, &line.text);
    Part { line: number, from: line.from, until: line.until, text: line.text.clone(), pieces }
}

/// So far ahead it is looked what will happen by itself, in milliseconds of call time.
const AHEAD: u32 = 1500;

/// What comes next is made ready, and the loop wakes when it begins.
fn expect(live: &Live, voices: &mut Voices, speech: u32) {
    if voices.is_speaking() || live.stands_still() {
        return;
    }
    let clock = live.clock();
    let percent = if live.to_be_heard() { speech.max(1) } else { 100 };
    let real = |at: u32| at.saturating_sub(clock).saturating_mul(100) / percent;
    let by_itself = live.call().next_event_at();
    // Beats and the opening are not known before they happen; but if nobody does anything, they do.
    let ahead = by_itself.filter(|at| at.saturating_sub(clock) <= AHEAD && voices.is_open()).map(|at| {
        let mut ahead = live.call().clone();
        ahead.advance(at);
        ahead
    });
    let next = voice::spoken_next(ahead.as_ref().unwrap_or(live.call()), clock);
    let something = next.map(|(_, line)| line.from).into_iter().chain(by_itself).min();
    let part = next.map(|(number, line)| part(live, voices, number, line));
    voices.expect(part.as_ref().map(|part| (part, real(part.from))), something.map(real));
}
