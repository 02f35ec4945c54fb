//! Whatever makes a voice audible: one line at a time, its packs before that. The page has one, the desktop another.

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

/// A sound of the line itself.
pub type Samples = std::sync::Arc<[f32]>;

/// A way to be heard.
pub trait Player: Send + Sync {
    /// There is something to be heard with.
    fn can_be_heard(&self) -> bool {
        true
    }
    /// Fetches the pack of this name, in place of any other.
    fn open(&mut self, pack: &str);
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
    fn stop(&mut self);
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
    fn open(&mut self, _: &str) {}
    fn close(&mut self) {}
    fn fetched(&self) -> Fetched {
        Fetched::None
    }
    fn take_pack(&mut self) -> Option<Vec<u8>> {
        None
    }
    fn prepare(&mut self, _: &[Clip], _: u32) {}
    fn play(&mut self, _: &[Clip], _: u32, _: i32) {}
    fn stop(&mut self) {}
    fn position(&self) -> Position {
        Position::Failed
    }
    fn hold(&mut self, _: bool) {}
    fn set_volume(&mut self, _: u32) {}
    fn sound(&mut self, _: Option<(Samples, bool)>) {}
    fn wake_in(&mut self, _: u32) {}
}
