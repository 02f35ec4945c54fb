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
mod say;
#[cfg_attr(target_os = "linux", path = "desktop/speech_dispatcher.rs")]
#[cfg_attr(not(target_os = "linux"), path = "desktop/system_speech.rs")]
mod system;

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use bevy::log::warn;

use super::line::{How, carried};
use super::opus;
use super::player::{Clip, Device, Fetched, Player, Position, Samples, Spoken};
use mix::Mix;
use output::{AHEAD, Output};
use say::Mouth;

/// Where there was nothing to be heard with, it is tried again after so long.
const DEAF: Duration = Duration::from_secs(5);
/// A server that has not asked in so long has gone. A null sink that begins anew takes two seconds.
const GONE: Duration = Duration::from_millis(2500);
/// Clips that are kept ready.
const DECODED: usize = 24;

/// What wakes the loop.
pub type Wake = Box<dyn Fn() + Send + Sync>;

/// An order for the thread.
enum Order {
    /// Whether the line is bad, and the turn of the call.
    Open(String, bool, u64),
    /// Bytes behind those of the pack.
    Add(Vec<u8>),
    Close,
    Prepare(Vec<Clip>, u32),
    /// When it begins, and the turn of the line.
    Play(Vec<Clip>, u32, Instant, u64),
    /// Once, beside whatever is spoken, unless it is hushed before: the last is how often it has been.
    Beside(Vec<Clip>, u32, u64),
    /// Something is to be heard, or no longer: samples are asked for, or not.
    Settle,
    /// What there is to be heard with is looked up.
    Look,
    /// From now on it is heard with this.
    Device(String),
    WakeIn(u32),
}

/// What both sides see.
#[derive(Default)]
struct Shared {
    fetched: Fetched,
    /// Of the call that was opened last.
    turn: u64,
    /// The pack, until it is taken.
    read: Option<Vec<u8>>,
    /// When there was nothing to be heard with.
    deaf: Option<Instant>,
    /// What there was has gone: a headset was pulled out.
    lost: bool,
    /// Absent until it has been looked up.
    devices: Option<Vec<Device>>,
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
    /// The system's own voice.
    mouth: Mouth,
    volume: u32,
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
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::from(wake);
        let (shared, woken) = (both.clone(), wake.clone());
        // What is heard with may not be given from thread to thread: it begins and ends in this one.
        let work = move || {
            Worker::new(shared, woken).work(&taken);
        };
        std::thread::Builder::new().name("voice".into()).spawn(work)?;
        Ok(Self { orders, both, mouth: Mouth::new(wake), volume: 100 })
    }

    fn order(&self, order: Order) {
        // Where the thread is gone, nobody is heard: `position` says so.
        _ = self.orders.send(order);
    }
}

impl Player for Desktop {
    fn can_be_heard(&self) -> bool {
        // A headset may be plugged in again, a server may have begun.
        self.both.lock().deaf.is_none_or(|since| now().saturating_duration_since(since) > DEAF)
    }

    fn open(&mut self, pack: &str, poor: bool) {
        let mut shared = self.both.lock();
        (shared.fetched, shared.read) = (Fetched::Coming, None);
        shared.turn += 1;
        let turn = shared.turn;
        drop(shared);
        self.order(Order::Open(pack.to_owned(), poor, turn));
        // Whether the system can speak is known when the first line comes.
        self.mouth.wake_up();
    }

    fn add(&mut self, recording: &[u8]) {
        self.order(Order::Add(recording.to_vec()));
    }

    fn close(&mut self) {
        let mut shared = self.both.lock();
        (shared.fetched, shared.read) = (Fetched::Closed, None);
        shared.turn += 1;
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
        self.mouth.stop();
        let turn = self.both.lock().mix.expect(percent);
        let begins = now() + Duration::from_millis(u64::try_from(begins).unwrap_or(0));
        self.order(Order::Play(clips.to_vec(), percent, begins, turn));
    }

    fn can_say(&self) -> bool {
        self.mouth.can_say()
    }

    fn say(&mut self, words: &Spoken) {
        self.both.lock().mix.stop(Duration::ZERO);
        self.mouth.say(words.clone(), self.volume);
    }

    fn stop(&mut self, after: u32) {
        self.mouth.stop();
        self.both.lock().mix.stop(Duration::from_millis(after.into()));
    }

    fn beside(&mut self, clips: &[Clip], percent: u32) {
        let hushed = self.both.lock().mix.hushed();
        self.order(Order::Beside(clips.to_vec(), percent, hushed));
    }

    fn hush(&mut self) {
        self.both.lock().mix.hush();
    }

    fn look(&mut self) {
        self.order(Order::Look);
    }

    fn beside_samples(&mut self, samples: Samples) {
        self.both.lock().mix.beside(samples);
        self.order(Order::Settle);
    }

    fn behind(&mut self, samples: Option<Samples>) {
        self.both.lock().mix.behind(samples);
        self.order(Order::Settle);
    }

    fn devices(&mut self) -> Vec<Device> {
        let known = self.both.lock().devices.clone();
        if known.is_none() {
            self.order(Order::Look);
        }
        known.unwrap_or_default()
    }

    fn set_device(&mut self, id: &str) {
        self.order(Order::Device(id.to_owned()));
    }

    fn position(&self) -> Position {
        if let Some(position) = self.mouth.position(now()) {
            return position;
        }
        self.both.lock().mix.position(now(), AHEAD)
    }

    fn hold(&mut self, held: bool) {
        if held {
            // It cannot go on in the middle of a line: that is read.
            self.mouth.stop();
        }
        self.both.lock().mix.hold(held, now());
        self.order(Order::Settle);
    }

    fn set_volume(&mut self, percent: u32) {
        self.volume = percent;
        self.both.lock().mix.volume = percent as f32 / 100.0;
    }

    fn sound(&mut self, sound: Option<(Samples, bool)>) {
        self.both.lock().mix.sound(sound);
        self.order(Order::Settle);
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
    wake: Arc<dyn Fn() + Send + Sync>,
    output: Option<Output>,
    /// Samples are asked for.
    runs: bool,
    device: String,
    pack: Vec<u8>,
    /// Bytes of it that have been through a line: all before an author's recordings.
    carried: usize,
    poor: bool,
    /// By place in the pack and speed.
    ready: BTreeMap<(u32, u32), Ready>,
    turn: u64,
}

impl Worker {
    fn new(both: Both, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self {
            both,
            wake,
            output: None,
            runs: false,
            device: String::new(),
            pack: Vec::new(),
            carried: 0,
            poor: false,
            ready: BTreeMap::new(),
            turn: 0,
        }
    }

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
            Order::Open(pack, poor, turn) => {
                self.poor = poor;
                self.open(&pack, turn);
                (self.wake)();
            }
            Order::Add(bytes) => {
                self.pack.extend(bytes);
                // A call that has nothing else is heard by them.
                self.connected();
            }
            Order::Close => {
                self.pack.clear();
                self.ready.clear();
                let mut shared = self.both.lock();
                shared.mix.behind(None);
                drop(shared);
                if !self.both.lock().mix.sounds() {
                    (self.output, self.runs) = (None, false);
                }
            }
            Order::Settle => {
                let wanted = !self.is_quiet();
                if !wanted || self.connected() {
                    self.settle();
                }
            }
            Order::Beside(clips, percent, hushed) => match self.samples(&clips, percent) {
                Ok(samples) => {
                    let all: Vec<f32> = samples.iter().flat_map(|clip| clip.iter().copied()).collect();
                    let mut shared = self.both.lock();
                    if shared.mix.hushed() == hushed {
                        shared.mix.beside(all.into());
                    }
                    drop(shared);
                    self.carry_out(Order::Settle);
                }
                Err(problem) => warn!("{problem}"),
            },
            Order::Look => {
                let found = output::devices().unwrap_or_else(|problem| {
                    bevy::log::info!("no sound: {problem}");
                    Vec::new()
                });
                self.both.lock().devices = Some(found);
                (self.wake)();
            }
            Order::Device(id) => {
                if self.device != id {
                    self.device = id;
                    let was = self.output.take().is_some();
                    self.runs = false;
                    self.both.lock().deaf = None;
                    if was && self.connected() {
                        self.settle();
                    }
                }
            }
            Order::Prepare(clips, percent) => _ = self.samples(&clips, percent),
            Order::Play(clips, percent, begins, turn) => {
                if self.runs && self.both.lock().mix.waits_for(GONE, now()) {
                    // A server that was begun anew has forgotten us, and says nothing.
                    self.both.lock().lost = true;
                }
                let there = self.output.is_some() && !self.both.lock().lost || self.connected();
                if there {
                    self.settle();
                }
                let nobody = || "there is nothing to be heard with".to_owned();
                match if there { self.samples(&clips, percent) } else { Err(nobody()) } {
                    Ok(samples) => {
                        // What is given now is heard when all that the system holds has been.
                        let held = Duration::from_millis(u64::from(AHEAD) * 1000 / u64::from(opus::RATE));
                        let before = begins.saturating_duration_since(now()).saturating_sub(held);
                        self.both.lock().mix.play(turn, samples, before);
                    }
                    Err(problem) => {
                        warn!("{problem}");
                        self.both.lock().mix.fail(turn);
                    }
                }
                (self.wake)();
            }
            Order::WakeIn(_) => {}
        }
    }

    /// Samples are asked for while something is to be heard.
    fn settle(&mut self) {
        let runs = !self.is_quiet();
        let Some(output) = self.output.as_ref().filter(|_| runs != self.runs) else { return };
        if let Err(problem) = output.run(runs) {
            warn!("sound has stopped: {problem}");
            self.both.lock().lost = true;
        } else if runs {
            self.both.lock().mix.is_asked(now());
        }
        self.runs = runs;
    }

    fn is_quiet(&self) -> bool {
        self.both.lock().mix.is_quiet()
    }

    /// There is something to be heard with.
    fn connected(&mut self) -> bool {
        if std::mem::take(&mut self.both.lock().lost) {
            (self.output, self.runs) = (None, false);
        }
        let tried = |since: Instant| now().saturating_duration_since(since) <= DEAF;
        if self.output.is_none() && !self.both.lock().deaf.is_some_and(tried) {
            // A headset that was chosen may be at home today.
            let chosen = Output::open(&self.both, &self.device);
            let opened = if self.device.is_empty() { chosen } else { chosen.or_else(|_| Output::open(&self.both, "")) };
            match opened {
                Ok(output) => {
                    (self.output, self.runs) = (Some(output), false);
                    self.both.lock().deaf = None;
                }
                // Without fuss: the screen says that there is no sound.
                Err(problem) => {
                    bevy::log::info!("no sound: {problem}");
                    self.both.lock().deaf = Some(now());
                }
            }
        }
        self.output.is_some()
    }

    fn open(&mut self, pack: &str, turn: u64) {
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
        self.carried = self.pack.len();
        let mut shared = self.both.lock();
        // Another call may have been opened meanwhile.
        if shared.turn == turn {
            (shared.read, shared.fetched) = (read, fetched);
        }
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
                    let bytes = bytes.ok_or("a clip is not in its pack")?;
                    let raw = clip.start as usize >= self.carried;
                    let samples = if raw { opus::decode_recording(bytes)? } else { opus::decode(bytes)? };
                    Arc::from(carried(samples, How { percent, poor: self.poor, raw }))
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

    /// What comes out of the server's default sink, from now on: when it was written down, and the loudest sample of it.
    #[cfg(target_os = "linux")]
    fn written_down() -> (std::process::Child, std::sync::mpsc::Receiver<(Instant, i16)>) {
        use std::io::Read;
        use std::process::{Command, Stdio};

        let options = ["-d", "@DEFAULT_MONITOR@", "--rate=8000", "--channels=1", "--format=s16le", "--latency-msec=5"];
        let parec = Command::new("parec").args(options).stdout(Stdio::piped()).spawn();
        let mut parec = parec.expect("parec is there (Debian: pulseaudio-utils)");
        let mut out = parec.stdout.take().expect("its output");
        let (heard, hearing) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 80];
            while out.read_exact(&mut bytes).is_ok() {
                let loudest = bytes.as_chunks().0.iter().map(|two| i16::from_le_bytes(*two).saturating_abs()).max();
                if heard.send((now(), loudest.unwrap_or(0))).is_err() {
                    break;
                }
            }
        });
        (parec, hearing)
    }

    /// Prints how long after the beginning of a line its sound comes out of the server (`-- --ignored --nocapture`).
    #[cfg(target_os = "linux")]
    #[test]
    #[ignore = "needs a PulseAudio or PipeWire server, and parec"]
    fn a_line_is_heard_soon_after_it_begins() {
        let both = Both::default();
        let mut worker = Worker::new(both.clone(), Arc::new(|| ()));
        (worker.pack, worker.carried) = (TONE.to_vec(), TONE.len());
        worker.output = Some(Output::open(&both, "").expect("a server"));
        both.lock().mix.volume = 1.0;
        both.lock().mix.hold(false, now());
        worker.carry_out(Order::Settle);
        let (mut parec, hearing) = written_down();
        std::thread::sleep(Duration::from_millis(2500));
        let clip = Clip { start: 0, end: TONE.len() as u32 };
        // Foreseen, as most lines are, and not: the caller's answer to what was asked just now.
        for (name, ahead) in [("foreseen", 700), ("at once", 0)] {
            let mut late = Vec::new();
            for _ in 0..8 {
                while hearing.try_recv().is_ok() {}
                let begin = now() + Duration::from_millis(ahead);
                let turn = both.lock().mix.expect(100);
                worker.carry_out(Order::Play(vec![clip], 100, begin, turn));
                let heard = loop {
                    let (when, loudest) = hearing.recv_timeout(Duration::from_secs(5)).expect("it is heard");
                    if loudest > 300 {
                        break when;
                    }
                };
                late.push(heard.saturating_duration_since(begin).as_millis());
                std::thread::sleep(Duration::from_millis(1100));
            }
            println!("{name}: heard after {late:?} ms");
            assert!(late.iter().all(|late| *late <= 150), "{name}: {late:?} ms");
        }
        parec.kill().expect("it ends");
        parec.wait().expect("it has ended");
    }

    /// With a server at the socket: `pulseaudio --start --load="module-null-sink"`, then `cargo test -- --ignored`.
    #[cfg(target_os = "linux")]
    #[test]
    #[ignore = "needs a PulseAudio or PipeWire server"]
    fn a_server_plays_a_clip_to_its_end() {
        let (both, woken) = (Both::default(), Arc::new(Mutex::new(0)));
        let count = woken.clone();
        let mut worker = Worker::new(both.clone(), Arc::new(move || *count.lock().expect("whole") += 1));
        (worker.pack, worker.carried) = (TONE.to_vec(), TONE.len());
        worker.output = Some(Output::open(&both, "").expect("a server"));
        both.lock().mix.volume = 1.0;
        worker.both.lock().mix.hold(false, now());
        worker.carry_out(Order::Settle);
        // A null sink that begins anew is two seconds ahead of itself.
        std::thread::sleep(Duration::from_millis(2500));
        let clip = Clip { start: 0, end: TONE.len() as u32 };
        let turn = both.lock().mix.expect(100);
        let begin = now();
        worker.carry_out(Order::Play(vec![clip, clip], 100, begin + Duration::from_millis(200), turn));
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
        // 200 ms until it begins, and a second of tone.
        assert!((1100..1500).contains(&long.as_millis()), "{long:?}");
        assert!(seen.is_sorted() && seen.iter().any(|at| (400..600).contains(at)), "{seen:?}");
        assert_eq!(*woken.lock().expect("whole"), 1);
        // Held, it stands still.
        let turn = both.lock().mix.expect(100);
        worker.carry_out(Order::Play(vec![clip], 100, now(), turn));
        both.lock().mix.hold(true, now());
        worker.carry_out(Order::Settle);
        std::thread::sleep(Duration::from_millis(700));
        assert!(matches!(both.lock().mix.position(now(), AHEAD), Position::At(at) if at < 300));
    }

    #[test]
    fn without_a_server_the_call_is_read() {
        // The thread says so by itself; nobody waits for it.
        let shared = Shared { deaf: Some(now()), ..Shared::default() };
        let (orders, taken) = channel();
        let both = Both(Arc::new(Mutex::new(shared)));
        let mut player = Desktop { orders, both, mouth: Mouth::without(), volume: 100 };
        drop(taken);
        assert!(!player.can_be_heard() && !player.can_say());
        player.open("0412", false);
        player.play(&[], 100, 0);
        assert_eq!(player.position(), Position::Coming);
        player.stop(0);
        assert_eq!(player.position(), Position::Failed);
    }
}
