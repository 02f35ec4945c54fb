//! Whatever makes a voice audible: one line at a time, its packs before that. The page has one, the desktop another.

/// Where a clip is: which pack of the call, and between which bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clip {
    pub pack: u32,
    pub start: u32,
    pub end: u32,
}

/// How far the voices of a call have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Packs {
    /// No call is open.
    #[default]
    Closed,
    Coming,
    Here,
    /// Nobody has recorded this call.
    None,
    /// They could not be had.
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

/// A way to be heard.
pub trait Player: Send + Sync {
    /// There is something to be heard with.
    fn can_be_heard(&self) -> bool {
        true
    }
    /// Fetches the voices of the call with this number, in place of any other's.
    fn open(&mut self, number: u32);
    /// Lets go of them.
    fn close(&mut self);
    fn packs(&self) -> Packs;
    /// The next pack that has come, whole; each once, in their order.
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
    fn open(&mut self, _: u32) {}
    fn close(&mut self) {}
    fn packs(&self) -> Packs {
        Packs::None
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
    fn wake_in(&mut self, _: u32) {}
}
