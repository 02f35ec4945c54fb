//! A player that tests hold in their hands.

use std::sync::{Arc, Mutex, MutexGuard};

use super::Voices;
use super::player::{Clip, Device, Fetched, Player, Position, Samples, Spoken};

/// What it was told, and what it says.
pub struct Told {
    pub pack: Option<Vec<u8>>,
    /// There is none.
    pub mute: bool,
    pub opened: Vec<String>,
    pub played: Vec<Vec<Clip>>,
    /// In how many milliseconds the last of them begins.
    pub begins: i32,
    pub stopped: usize,
    pub hushed: usize,
    /// It has not come yet.
    pub coming: bool,
    pub held: bool,
    pub volume: u32,
    pub position: Position,
    pub wakes: Option<u32>,
    /// How many samples the sound of the line has, and whether it goes on and on.
    pub sounds: Option<(usize, bool)>,
    /// The line is bad.
    pub poor: bool,
    /// In how many milliseconds it was last told to be silent.
    pub after: u32,
    /// Recordings behind the pack.
    pub added: Vec<Vec<u8>>,
    /// The system has a voice, and what it said.
    pub speaks: bool,
    pub said: Vec<Spoken>,
    /// What was played beside, and how many samples each noise had.
    pub beside: Vec<Vec<Clip>>,
    pub noises: Vec<usize>,
    /// How many samples go on behind.
    pub behind: Option<usize>,
    pub devices: Vec<Device>,
    pub device: String,
}

/// The player's other end.
#[derive(Clone)]
pub struct Fake(Arc<Mutex<Told>>);

impl Fake {
    /// Voices with this pack, and the player that plays it.
    pub fn voices(pack: Vec<u8>) -> (Voices, Self) {
        let told = Told {
            pack: Some(pack),
            mute: false,
            opened: Vec::new(),
            played: Vec::new(),
            begins: 0,
            stopped: 0,
            hushed: 0,
            coming: false,
            held: true,
            volume: 100,
            position: Position::Coming,
            wakes: None,
            sounds: None,
            poor: false,
            after: 0,
            added: Vec::new(),
            speaks: false,
            said: Vec::new(),
            beside: Vec::new(),
            noises: Vec::new(),
            behind: None,
            devices: Vec::new(),
            device: String::new(),
        };
        let fake = Self(Arc::new(Mutex::new(told)));
        (Voices::new(Box::new(fake.clone())), fake)
    }

    pub fn told(&self) -> MutexGuard<'_, Told> {
        self.0.lock().expect("no test has stopped in the middle of it")
    }

    pub fn is_at(&self, milliseconds: u32) {
        self.told().position = Position::At(milliseconds);
    }
}

/// A pack of clips of one byte each, by key and milliseconds.
pub fn pack(clips: &[(String, u32)]) -> Vec<u8> {
    let mut sorted = clips.to_vec();
    sorted.sort();
    sorted.dedup();
    let index: Vec<_> = sorted.iter().enumerate().map(|(n, (key, millis))| (key, n, 1, millis, [0_u16; 0])).collect();
    let index = serde_json::json!({ "clips": index }).to_string();
    let mut bytes = b"RCV2".to_vec();
    bytes.extend(u32::try_from(index.len()).expect("short").to_le_bytes());
    bytes.extend(index.as_bytes());
    bytes.extend(vec![0; sorted.len()]);
    bytes
}

impl Player for Fake {
    fn open(&mut self, pack: &str, poor: bool) {
        self.told().poor = poor;
        self.told().opened.push(pack.to_owned());
    }

    fn close(&mut self) {}

    fn fetched(&self) -> Fetched {
        let told = self.told();
        match (told.mute, told.coming) {
            (true, _) => Fetched::None,
            (false, true) => Fetched::Coming,
            (false, false) => Fetched::Here,
        }
    }

    fn take_pack(&mut self) -> Option<Vec<u8>> {
        let mut told = self.told();
        if told.coming { None } else { told.pack.take() }
    }

    fn prepare(&mut self, _: &[Clip], _: u32) {}

    fn play(&mut self, clips: &[Clip], _: u32, begins: i32) {
        let mut told = self.told();
        told.played.push(clips.to_vec());
        told.begins = begins;
        told.position = Position::Coming;
    }

    fn stop(&mut self, after: u32) {
        let mut told = self.told();
        told.stopped += 1;
        told.after = after;
    }

    fn hush(&mut self) {
        self.told().hushed += 1;
    }

    fn add(&mut self, recording: &[u8]) {
        self.told().added.push(recording.to_vec());
    }

    fn can_say(&self) -> bool {
        self.told().speaks
    }

    fn say(&mut self, words: &Spoken) {
        let mut told = self.told();
        told.said.push(words.clone());
        told.position = Position::Coming;
    }

    fn beside(&mut self, clips: &[Clip], _: u32) {
        self.told().beside.push(clips.to_vec());
    }

    fn beside_samples(&mut self, samples: Samples) {
        self.told().noises.push(samples.len());
    }

    fn behind(&mut self, samples: Option<Samples>) {
        self.told().behind = samples.map(|samples| samples.len());
    }

    fn devices(&mut self) -> Vec<Device> {
        self.told().devices.clone()
    }

    fn set_device(&mut self, id: &str) {
        self.told().device = id.to_owned();
    }

    fn position(&self) -> Position {
        self.told().position
    }

    fn hold(&mut self, held: bool) {
        self.told().held = held;
    }

    fn set_volume(&mut self, percent: u32) {
        self.told().volume = percent;
    }

    fn sound(&mut self, sound: Option<(Samples, bool)>) {
        self.told().sounds = sound.map(|(samples, again)| (samples.len(), again));
    }

    fn wake_in(&mut self, milliseconds: u32) {
        self.told().wakes = Some(milliseconds);
    }
}
