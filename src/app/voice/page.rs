//! The player of the page: `web/page/voice.js`.

use wasm_bindgen::prelude::*;

use super::player::{Clip, Packs, Player, Position};
use super::stretch::stretch;

#[wasm_bindgen(js_namespace = ["rightcall", "voice"])]
extern "C" {
    fn can_be_heard() -> bool;
    fn open(number: &str);
    fn close();
    /// 0 closed, 1 coming, 2 here, 3 none, 4 failed.
    fn packs() -> u32;
    /// The next pack, or null.
    fn take() -> JsValue;
    /// Pack, start, end of each clip.
    fn prepare(clips: &[u32], percent: u32);
    fn play(clips: &[u32], percent: u32, begins: i32);
    fn stop();
    /// Milliseconds; -1 coming, -2 failed, infinite: over.
    fn position() -> f64;
    fn hold(held: bool);
    fn volume(percent: u32);
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
    clips.iter().flat_map(|clip| [clip.pack, clip.start, clip.end]).collect()
}

impl Player for Page {
    fn can_be_heard(&self) -> bool {
        can_be_heard()
    }

    fn open(&mut self, number: u32) {
        open(&format!("{number:04}"));
    }

    fn close(&mut self) {
        close();
    }

    fn packs(&self) -> Packs {
        match packs() {
            1 => Packs::Coming,
            2 => Packs::Here,
            3 => Packs::None,
            4 => Packs::Failed,
            _ => Packs::Closed,
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

    fn wake_in(&mut self, milliseconds: u32) {
        wake_in(milliseconds);
    }
}
