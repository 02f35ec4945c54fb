//! The player of the page: `web/page/voice.js`.

use wasm_bindgen::prelude::*;

use super::player::{Clip, Fetched, Player, Position, Samples};
use super::stretch::stretch;

#[wasm_bindgen(js_namespace = ["rightcall", "voice"])]
extern "C" {
    fn can_be_heard() -> bool;
    fn open(pack: &str);
    fn close();
    /// 0 closed, 1 coming, 2 here, 3 none, 4 failed.
    fn fetched() -> u32;
    /// The pack, once, or null.
    fn take() -> JsValue;
    /// Start and end of each clip.
    fn prepare(clips: &[u32], percent: u32);
    fn play(clips: &[u32], percent: u32, begins: i32);
    fn stop();
    /// Milliseconds; -1 coming, -2 failed, infinite: over.
    fn position() -> f64;
    fn hold(held: bool);
    fn volume(percent: u32);
    /// At the rate of the line; nothing ends it.
    fn sound(samples: &[f32], again: bool);
    fn wake_in(milliseconds: u32);
    /// Who changes the speed of samples at the rate of the line.
    fn stretch_with(closure: &Closure<dyn Fn(Vec<f32>, u32) -> Vec<f32>>);
}

/// The page's own.
pub struct Page;

impl Page {
    pub fn new() -> Self {
        let closure =
            Closure::<dyn Fn(Vec<f32>, u32) -> Vec<f32>>::new(|samples: Vec<f32>, percent| stretch(&samples, percent));
        stretch_with(&closure);
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

    fn open(&mut self, pack: &str) {
        open(pack);
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

    fn stop(&mut self) {
        stop();
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
