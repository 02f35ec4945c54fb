//! The player of the desktop. Where nothing can be heard, the call is read.
//!
//! A thread of its own reads packs, decodes and gives orders; the samples are asked for by the system ([`output`]).

mod folder;
mod mix;
#[cfg_attr(target_os = "linux", path = "desktop/pulse.rs")]
#[cfg_attr(not(target_os = "linux"), path = "desktop/device.rs")]
mod output;
#[cfg(any(not(target_os = "linux"), test))]
mod rate;

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bevy::log::warn;

use super::opus;
use super::player::{Clip, Fetched, Player, Position, Samples};
use super::stretch::stretch;
use mix::Mix;
use output::{AHEAD, Output};

/// Clips that are kept ready.
const DECODED: usize = 24;

/// What wakes the loop.
pub type Wake = Box<dyn Fn() + Send>;

/// An order for the thread.
enum Order {
    Open(String),
    Close,
    Prepare(Vec<Clip>, u32),
    /// The last is when it begins.
    Play(Vec<Clip>, u32, Instant),
    Hold,
    /// A sound of the line has been given to the mix, or taken from it.
    Sound,
    WakeIn(u32),
}

/// What both sides see.
#[derive(Default)]
struct Shared {
    fetched: Fetched,
    /// The pack, until it is taken.
    read: Option<Vec<u8>>,
    /// There was nothing to be heard with.
    deaf: bool,
    /// What there was has gone: a headset was pulled out.
    lost: bool,
    mix: Mix,
}

#[derive(Clone, Default)]
struct Both(Arc<Mutex<Shared>>);

impl Both {
    fn lock(&self) -> MutexGuard<'_, Shared> {
        // Nothing in it can be half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The player.
pub struct Desktop {
    orders: Sender<Order>,
    both: Both,
}

impl Desktop {
    /// Begins the thread.
    ///
    /// # Errors
    /// There is no thread to be had.
    pub fn new(wake: Wake) -> std::io::Result<Self> {
        let (orders, taken) = channel();
        let both = Both::default();
        // Until a call is taken up, nothing is asked for.
        both.lock().mix.hold(true, now());
        let shared = both.clone();
        // What is heard with may not be given from thread to thread: it begins and ends in this one.
        let work = move || {
            let worker = Worker { both: shared, wake, output: None, pack: Vec::new(), ready: BTreeMap::new(), turn: 0 };
            worker.work(&taken);
        };
        std::thread::Builder::new().name("voice".into()).spawn(work)?;
        Ok(Self { orders, both })
    }

    fn order(&self, order: Order) {
        // Where the thread is gone, nobody is heard: `position` says so.
        _ = self.orders.send(order);
    }
}

impl Player for Desktop {
    fn can_be_heard(&self) -> bool {
        !self.both.lock().deaf
    }

    fn open(&mut self, pack: &str) {
        let mut shared = self.both.lock();
        (shared.fetched, shared.read) = (Fetched::Coming, None);
        drop(shared);
        self.order(Order::Open(pack.to_owned()));
    }

    fn close(&mut self) {
        let mut shared = self.both.lock();
        (shared.fetched, shared.read) = (Fetched::Closed, None);
        drop(shared);
        self.order(Order::Close);
    }

    fn fetched(&self) -> Fetched {
        self.both.lock().fetched
    }

    fn take_pack(&mut self) -> Option<Vec<u8>> {
        self.both.lock().read.take()
    }

    fn prepare(&mut self, clips: &[Clip], percent: u32) {
        self.order(Order::Prepare(clips.to_vec(), percent));
    }

    fn play(&mut self, clips: &[Clip], percent: u32, begins: i32) {
        self.both.lock().mix.expect(percent);
        let begins = now() + Duration::from_millis(u64::try_from(begins).unwrap_or(0));
        self.order(Order::Play(clips.to_vec(), percent, begins));
    }

    fn stop(&mut self) {
        self.both.lock().mix.stop();
    }

    fn position(&self) -> Position {
        self.both.lock().mix.position(now(), AHEAD)
    }

    fn hold(&mut self, held: bool) {
        self.both.lock().mix.hold(held, now());
        self.order(Order::Hold);
    }

    fn set_volume(&mut self, percent: u32) {
        self.both.lock().mix.volume = percent as f32 / 100.0;
    }

    fn sound(&mut self, sound: Option<(Samples, bool)>) {
        self.both.lock().mix.sound(sound);
        self.order(Order::Sound);
    }

    fn wake_in(&mut self, milliseconds: u32) {
        self.order(Order::WakeIn(milliseconds));
    }
}

#[allow(clippy::disallowed_methods, reason = "the window is the shell: here the clock is read")]
fn now() -> Instant {
    Instant::now()
}

/// A clip that is ready, and the turn in which it was wanted last.
type Ready = (u64, Arc<[f32]>);

/// The thread.
struct Worker {
    both: Both,
    wake: Wake,
    output: Option<Output>,
    pack: Vec<u8>,
    /// By place in the pack and speed.
    ready: BTreeMap<(u32, u32), Ready>,
    turn: u64,
}

impl Worker {
    fn work(mut self, orders: &Receiver<Order>) {
        let mut due: Option<Instant> = None;
        loop {
            let order = match due {
                None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => orders.recv_timeout(due.saturating_duration_since(now())),
            };
            match order {
                Ok(Order::WakeIn(milliseconds)) => due = Some(now() + Duration::from_millis(milliseconds.into())),
                Ok(order) => self.carry_out(order),
                Err(RecvTimeoutError::Timeout) => {
                    due = None;
                    (self.wake)();
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Open(pack) => {
                self.open(&pack);
                (self.wake)();
            }
            Order::Close => {
                self.pack.clear();
                self.ready.clear();
                if !self.both.lock().mix.sounds() {
                    self.output = None;
                }
            }
            Order::Sound => {
                if !self.both.lock().mix.sounds() || self.connected() {
                    self.settle();
                }
            }
            Order::Prepare(clips, percent) => _ = self.samples(&clips, percent),
            Order::Play(clips, percent, begins) => {
                let there = self.output.is_some() && !self.both.lock().lost;
                if !there && self.connected() {
                    self.settle();
                }
                match self.samples(&clips, percent) {
                    Ok(samples) => {
                        let before = begins.saturating_duration_since(now());
                        self.both.lock().mix.play(samples, before);
                    }
                    Err(problem) => {
                        warn!("{problem}");
                        self.both.lock().mix.fail();
                    }
                }
                (self.wake)();
            }
            Order::Hold => self.settle(),
            Order::WakeIn(_) => {}
        }
    }

    /// Samples are asked for while something is to be heard.
    fn settle(&mut self) {
        let Some(output) = &self.output else { return };
        let quiet = self.both.lock().mix.is_quiet();
        if let Err(problem) = output.run(!quiet) {
            warn!("sound has stopped: {problem}");
            self.both.lock().lost = true;
        }
    }

    /// There is something to be heard with.
    fn connected(&mut self) -> bool {
        if std::mem::take(&mut self.both.lock().lost) {
            self.output = None;
        }
        if self.output.is_none() && !self.both.lock().deaf {
            match Output::open(&self.both) {
                Ok(output) => self.output = Some(output),
                // Without fuss: the screen says that there is no sound.
                Err(problem) => {
                    bevy::log::info!("no sound: {problem}");
                    self.both.lock().deaf = true;
                }
            }
        }
        self.output.is_some()
    }

    fn open(&mut self, pack: &str) {
        self.ready.clear();
        self.pack.clear();
        let (read, fetched) = match folder::pack(pack) {
            Ok(Some(read)) if self.connected() => (Some(read), Fetched::Here),
            Ok(_) => (None, Fetched::None),
            Err(problem) => {
                warn!("{problem}");
                (None, Fetched::Failed)
            }
        };
        if let Some(read) = &read {
            self.pack.clone_from(read);
        }
        let mut shared = self.both.lock();
        (shared.read, shared.fetched) = (read, fetched);
        drop(shared);
        self.settle();
    }

    /// The clips one after another, decoded and at their speed.
    fn samples(&mut self, clips: &[Clip], percent: u32) -> Result<Vec<Arc<[f32]>>, String> {
        self.turn += 1;
        let mut all = Vec::new();
        for clip in clips {
            let name = (clip.start, percent);
            let known = self.ready.get(&name).map(|(_, samples)| samples.clone());
            let samples = match known {
                Some(samples) => samples,
                None => {
                    let bytes = self.pack.get(clip.start as usize..clip.end as usize);
                    let samples = opus::decode(bytes.ok_or("a clip is not in its pack")?)?;
                    Arc::from(stretch(&samples, percent))
                }
            };
            self.ready.insert(name, (self.turn, samples.clone()));
            all.push(samples);
        }
        while self.ready.len() > DECODED {
            let oldest = self.ready.iter().min_by_key(|(_, (turn, _))| *turn).map(|(name, _)| *name);
            oldest.and_then(|name| self.ready.remove(&name));
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    const TONE: &[u8] = include_bytes!("tone.opus");

    /// With a server at the socket: `pulseaudio --start --load="module-null-sink"`, then `cargo test -- --ignored`.
    #[cfg(target_os = "linux")]
    #[test]
    #[ignore = "needs a PulseAudio or PipeWire server"]
    fn a_server_plays_a_clip_to_its_end() {
        let (both, woken) = (Both::default(), Arc::new(Mutex::new(0)));
        let count = woken.clone();
        let wake: Wake = Box::new(move || *count.lock().expect("whole") += 1);
        let mut worker =
            Worker { both: both.clone(), wake, output: None, pack: TONE.to_vec(), ready: BTreeMap::new(), turn: 0 };
        worker.output = Some(Output::open(&both).expect("a server"));
        both.lock().mix.volume = 1.0;
        worker.both.lock().mix.hold(false, now());
        worker.carry_out(Order::Hold);
        let clip = Clip { start: 0, end: TONE.len() as u32 };
        both.lock().mix.expect(100);
        let begin = now();
        worker.carry_out(Order::Play(vec![clip, clip], 100, begin + Duration::from_millis(200)));
        let mut seen = Vec::new();
        let long = loop {
            match both.lock().mix.position(now(), AHEAD) {
                Position::Over => break begin.elapsed(),
                Position::At(at) => seen.push(at),
                other => panic!("{other:?}"),
            }
            assert!(begin.elapsed() < Duration::from_secs(5), "it stands still at {:?}", seen.last());
            std::thread::sleep(Duration::from_millis(10));
        };
        // 200 ms until it begins, a second of tone, and what the server holds.
        assert!((1200..1500).contains(&long.as_millis()), "{long:?}");
        assert!(seen.is_sorted() && seen.iter().any(|at| (400..600).contains(at)), "{seen:?}");
        assert_eq!(*woken.lock().expect("whole"), 1);
        // Held, it stands still.
        both.lock().mix.expect(100);
        worker.carry_out(Order::Play(vec![clip], 100, now()));
        both.lock().mix.hold(true, now());
        worker.carry_out(Order::Hold);
        std::thread::sleep(Duration::from_millis(700));
        assert!(matches!(both.lock().mix.position(now(), AHEAD), Position::At(at) if at < 300));
    }

    #[test]
    fn without_a_server_the_call_is_read() {
        // The thread says so by itself; nobody waits for it.
        let shared = Shared { deaf: true, ..Shared::default() };
        let (orders, taken) = channel();
        let both = Both(Arc::new(Mutex::new(shared)));
        let mut player = Desktop { orders, both };
        drop(taken);
        assert!(!player.can_be_heard());
        player.open("0412");
        player.play(&[], 100, 0);
        assert_eq!(player.position(), Position::Coming);
        player.stop();
        assert_eq!(player.position(), Position::Failed);
    }
}
