//! The player of the page: `web/page/voice.js`.

use wasm_bindgen::prelude::*;

use super::line::{How, carried};
use super::player::{Clip, Fetched, Player, Position, Samples, Spoken};

#[wasm_bindgen(js_namespace = ["rightcall", "voice"])]
extern "C" {
    fn can_be_heard() -> bool;
    fn open(pack: &str, poor: bool);
    fn add(recording: &[u8]);
    fn close();
    /// 0 closed, 1 coming, 2 here, 3 none, 4 failed.
    fn fetched() -> u32;
    /// The pack, once, or null.
    fn take() -> JsValue;
    /// Start and end of each clip.
    fn prepare(clips: &[u32], percent: u32);
    fn play(clips: &[u32], percent: u32, begins: i32);
    fn stop(after: u32);
    fn can_say() -> bool;
    fn say(text: &str, who: u32, percent: u32);
    fn beside(clips: &[u32], percent: u32);
    fn beside_samples(samples: &[f32]);
    fn behind(samples: &[f32]);
    fn hush();
    /// Milliseconds; -1 coming, -2 failed, infinite: over.
    fn position() -> f64;
    fn hold(held: bool);
    fn volume(percent: u32);
    /// At the rate of the line; nothing ends it.
    fn sound(samples: &[f32], again: bool);
    fn wake_in(milliseconds: u32);
    /// Who makes of a clip what is heard: samples at the rate of the line, the speed, whether the line is bad, whether it
    /// has not been through a line.
    fn carry_with(closure: &Closure<Carry>);
}

type Carry = dyn Fn(Vec<f32>, u32, bool, bool) -> Vec<f32>;

/// The page's own.
pub struct Page;

impl Page {
    pub fn new() -> Self {
        let closure = Closure::<Carry>::new(|samples, percent, poor, raw| carried(samples, How { percent, poor, raw }));
        carry_with(&closure);
        // It is called for as long as the page is there.
        closure.forget();
        Self
    }
}

fn flat(clips: &[Clip]) -> Vec<u32> {
    clips.iter().flat_map(|clip| [clip.start, clip.end]).collect()
}

impl Player for Page {
    fn can_be_heard(&self) -> bool {
        can_be_heard()
    }

    fn open(&mut self, pack: &str, poor: bool) {
        open(pack, poor);
    }

    fn add(&mut self, recording: &[u8]) {
        add(recording);
    }

    fn close(&mut self) {
        close();
    }

    fn fetched(&self) -> Fetched {
        match fetched() {
            1 => Fetched::Coming,
            2 => Fetched::Here,
            3 => Fetched::None,
            4 => Fetched::Failed,
            _ => Fetched::Closed,
        }
    }

    fn take_pack(&mut self) -> Option<Vec<u8>> {
        take().dyn_into::<js_sys::Uint8Array>().ok().map(|bytes| bytes.to_vec())
    }

    fn prepare(&mut self, clips: &[Clip], percent: u32) {
        prepare(&flat(clips), percent);
    }

    fn play(&mut self, clips: &[Clip], percent: u32, begins: i32) {
        play(&flat(clips), percent, begins);
    }

    fn stop(&mut self, after: u32) {
        stop(after);
    }

    fn can_say(&self) -> bool {
        can_say()
    }

    fn say(&mut self, words: &Spoken) {
        say(&words.text, words.who, words.percent);
    }

    fn beside(&mut self, clips: &[Clip], percent: u32) {
        beside(&flat(clips), percent);
    }

    fn beside_samples(&mut self, samples: Samples) {
        beside_samples(&samples);
    }

    fn hush(&mut self) {
        hush();
    }

    fn behind(&mut self, samples: Option<Samples>) {
        behind(samples.as_deref().unwrap_or_default());
    }

    fn position(&self) -> Position {
        match position() {
            at if at == f64::INFINITY => Position::Over,
            at if at >= 0.0 => Position::At(at as u32),
            -1.0 => Position::Coming,
            _ => Position::Failed,
        }
    }

    fn hold(&mut self, held: bool) {
        hold(held);
    }

    fn set_volume(&mut self, percent: u32) {
        volume(percent);
    }

    fn sound(&mut self, tone: Option<(Samples, bool)>) {
        match tone {
            Some((samples, again)) => sound(&samples, again),
            None => sound(&[], false),
        }
    }

    fn wake_in(&mut self, milliseconds: u32) {
        wake_in(milliseconds);
    }
}
