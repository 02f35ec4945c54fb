//! The voices of a call in hand: what is due is played, and while somebody is heard the clock goes by them.

use std::sync::Arc;
use std::time::Duration;

use super::voice::{held_since, spoken_next, spoken_now};
use crate::app::live::Live;
use crate::app::settings::Settings;
use crate::app::voice::{self, Part, Said, Side, Told, Tone, Voices};
use crate::call::{Line, Script, Speaker};

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
    voice::pass(&mut InHand { live, speech }, voices, passed);
    expect(live, voices, speech);
}

/// The call in hand, and the speed of what is read of it, in hundredths.
struct InHand<'a> {
    live: &'a mut Live,
    speech: u32,
}

impl Told for InHand<'_> {
    fn due(&self, voices: &mut Voices) -> Option<Part> {
        spoken_now(self.live).map(|(number, line)| part(self.live, voices, number, line))
    }

    fn script(&self) -> &Arc<Script> {
        self.live.call().script()
    }

    fn sides(&self, see: &mut dyn FnMut(Side<'_>)) {
        see_all(&self.live.call().state().lines, see);
    }

    fn is_on_hold(&self) -> bool {
        held_since(self.live).is_some()
    }

    fn clock(&self) -> u32 {
        self.live.clock()
    }

    fn follow(&mut self, to: u32) {
        self.live.follow(to);
    }

    fn tick(&mut self, passed: Duration) {
        self.live.tick(passed, self.speech);
    }

    fn hears(&mut self, from: u32, heard: bool) {
        self.live.hears(from, heard);
    }
}

fn part(live: &Live, voices: &mut Voices, number: u32, line: &Line) -> Part {
    Part::new(voices, live.call().script(), number, &said(line))
}

/// The words of a line and when they are said.
pub fn said(line: &Line) -> Said<'_> {
    Said { by: &line.by, text: &line.text, from: line.from, until: line.until }
}

/// Shows captions, and what is said over other lines.
pub fn see_all<'a>(lines: impl IntoIterator<Item = &'a Line>, see: &mut dyn FnMut(Side<'_>)) {
    for (number, line) in (0..).zip(lines) {
        if line.over || line.by == Speaker::Sound {
            let Line { by, text, from, until, over, .. } = line;
            see(Side { number, by, text, from: *from, until: *until, over: *over });
        }
    }
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
    let next = spoken_next(ahead.as_ref().unwrap_or(live.call()), clock);
    let something = next.map(|(_, line)| line.from).into_iter().chain(by_itself).min();
    let part = next.map(|(number, line)| part(live, voices, number, line));
    voices.expect(part.as_ref().map(|part| (part, real(part.from))), something.map(real));
}
