//! Whatever makes a voice audible: one line at a time, its packs before that. The page has one, the desktop another.

use std::sync::Arc;

/// Where a clip is: between which bytes of the pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clip {
    pub start: u32,
    pub end: u32,
}

/// How far the pack of a call has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fetched {
    /// No call is open.
    #[default]
    Closed,
    Coming,
    Here,
    /// Nobody has recorded this call.
    None,
    /// It could not be had.
    Failed,
}

/// How far what is played has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Not heard yet.
    Coming,
    /// Milliseconds of the clips, at the speed at which they were recorded.
    At(u32),
    Over,
    /// It cannot be heard.
    Failed,
}

/// Words that the system's own voice speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    pub text: Arc<str>,
    /// Which voice, where there are several: whoever speaks has the same all along.
    pub who: u32,
    /// The speed, in hundredths.
    pub percent: u32,
}

/// Something to be heard with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What the system knows it by.
    pub id: String,
    /// What people know it by.
    pub name: String,
}

/// A sound, at the rate of [`super::tones::RATE`].
pub type Samples = Arc<[f32]>;

/// A way to be heard.
pub trait Player: Send + Sync {
    /// There is something to be heard with.
    fn can_be_heard(&self) -> bool {
        true
    }
    /// Fetches the pack of this name, in place of any other. What is heard of it goes over a bad line where `poor` says so.
    fn open(&mut self, pack: &str, poor: bool);
    /// Puts a recording behind everything in the pack: from there it is a clip.
    fn add(&mut self, _recording: &[u8]) {}
    /// Lets go of it.
    fn close(&mut self);
    fn fetched(&self) -> Fetched;
    /// The pack, once, when it has come.
    fn take_pack(&mut self) -> Option<Vec<u8>>;
    /// These will be played, at this speed in hundredths.
    fn prepare(&mut self, clips: &[Clip], percent: u32);
    /// Plays them one after another, in place of what is being played. The line begins in so many milliseconds; below
    /// nought it has begun already.
    fn play(&mut self, clips: &[Clip], percent: u32, begins: i32);
    /// The system has a voice of its own for what has no clip.
    fn can_say(&self) -> bool {
        false
    }
    /// Has it speak, in place of what is being played. Where it is, `position` says by the time that has passed.
    fn say(&mut self, _words: &Spoken) {}
    /// Falls silent in so many milliseconds.
    fn stop(&mut self, after: u32);
    /// Clips that are heard once beside whatever is spoken, however that goes on.
    fn beside(&mut self, _clips: &[Clip], _percent: u32) {}
    /// The same of samples.
    fn beside_samples(&mut self, _samples: Samples) {}
    /// Nothing is heard beside any more, and what was cut to its word ends at once: what follows is something else.
    fn hush(&mut self) {}
    /// Heard again and again behind whatever is spoken, in place of what was.
    fn behind(&mut self, _samples: Option<Samples>) {}
    /// Looks anew for what there is to be heard with.
    fn look(&mut self) {}
    /// What there is to be heard with, where it can be chosen; the first is what the system takes by itself.
    fn devices(&mut self) -> Vec<Device> {
        Vec::new()
    }
    /// Is heard with this from now on; empty: whatever the system takes.
    fn set_device(&mut self, _id: &str) {}
    fn position(&self) -> Position;
    /// Everything stands still, and goes on where it stood.
    fn hold(&mut self, held: bool);
    /// In hundredths.
    fn set_volume(&mut self, percent: u32);
    /// A sound of the line, at the rate of [`super::tones::RATE`], beside whatever is spoken and in place of the one
    /// before; once, or again and again. `None` ends it.
    fn sound(&mut self, sound: Option<(Samples, bool)>);
    /// Wakes the loop in so many milliseconds, instead of when that was last asked.
    fn wake_in(&mut self, milliseconds: u32);
}

/// Nobody is heard.
#[cfg(not(target_arch = "wasm32"))]
pub struct Silent;

#[cfg(not(target_arch = "wasm32"))]
impl Player for Silent {
    fn can_be_heard(&self) -> bool {
        false
    }
    fn open(&mut self, _: &str, _: bool) {}
    fn close(&mut self) {}
    fn fetched(&self) -> Fetched {
        Fetched::None
    }
    fn take_pack(&mut self) -> Option<Vec<u8>> {
        None
    }
    fn prepare(&mut self, _: &[Clip], _: u32) {}
    fn play(&mut self, _: &[Clip], _: u32, _: i32) {}
    fn stop(&mut self, _: u32) {}
    fn position(&self) -> Position {
        Position::Failed
    }
    fn hold(&mut self, _: bool) {}
    fn set_volume(&mut self, _: u32) {}
    fn sound(&mut self, _: Option<(Samples, bool)>) {}
    fn wake_in(&mut self, _: u32) {}
}
