//! The voices of a call: its recorded clips, played while its lines are spoken.
//!
//! The engine knows how long a line takes and not how it sounds. While a voice is heard it says how far its line has
//! come (`Voices::hear`); without one, time passes by itself and the words are read.

#[cfg(not(target_arch = "wasm32"))]
mod desktop;
#[cfg(test)]
pub mod fake;
mod line;
mod noises;
#[cfg(not(target_arch = "wasm32"))]
mod opus;
#[cfg(target_arch = "wasm32")]
mod page;
mod player;
mod recorded;
mod side;
mod stretch;
#[cfg(test)]
mod tests;
pub mod tones;
mod words;

use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
#[cfg(not(target_arch = "wasm32"))]
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};

use super::Screen;
#[cfg(not(target_arch = "wasm32"))]
use super::library::Library;
use super::screens::call::InHand;
use super::sets::{Recordings, Sets};
use super::settings::Settings;
use crate::call::speech::{self, Inventory, Pack};
use crate::call::{Script, Speaker};
use crate::scenario::Noise;
use player::{Clip, Fetched, Player, Spoken};
pub use player::{Device, Position};
use recorded::Recorded;
pub use side::Side;
pub use tones::Tone;
use words::Words;

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(Voices::new(player()));
    #[cfg(not(target_arch = "wasm32"))]
    app.add_systems(Startup, begin);
    app.add_systems(Update, carry.run_if(resource_exists_and_changed::<Sets>));
    // What rings on a screen does not ring on the next.
    app.add_systems(OnExit(Screen::Desk), hang_up);
    app.add_systems(OnExit(Screen::Call), hang_up);
    app.add_systems(
        Update,
        rest.run_if(not(in_state(Screen::Call).or_else(in_state(Screen::Debrief)).or_else(in_state(Screen::Session)))),
    );
}

/// Calls that came in a set have their recordings from there.
fn carry(sets: Res<Sets>, mut voices: ResMut<Voices>) {
    voices.carry(sets.recordings());
}

fn hang_up(mut voices: ResMut<Voices>) {
    voices.keep_sounding(None);
}

/// Nobody listens elsewhere; a call that is still in hand is gone on with where it stood.
fn rest(in_hand: Res<InHand>, mut voices: ResMut<Voices>) {
    voices.hold(true);
    if in_hand.live.is_none() {
        voices.close();
    }
}

#[cfg(target_arch = "wasm32")]
fn player() -> Box<dyn Player> {
    Box::new(page::Page::new())
}

#[cfg(not(target_arch = "wasm32"))]
fn player() -> Box<dyn Player> {
    Box::new(player::Silent)
}

/// The desktop's player wakes the loop, so it begins with it.
#[cfg(not(target_arch = "wasm32"))]
fn begin(proxy: Option<Res<EventLoopProxyWrapper>>, library: Res<Library>, mut voices: ResMut<Voices>) {
    voices.recorded.places.clone_from(&library.places);
    let Some(proxy) = proxy.map(|proxy| (**proxy).clone()) else { return };
    // The loop is gone when nobody listens: then there is nothing to wake.
    let wake = move || _ = proxy.send_event(WinitUserEvent::WakeUp);
    match desktop::Desktop::new(Box::new(wake)) {
        Ok(player) => voices.player = Box::new(player),
        Err(problem) => warn!("no sound: {problem}"),
    }
}

/// A voice that has not been heard for so long of real time, while it should be, is not waited for.
const PATIENCE: Duration = Duration::from_millis(600);
/// How often it is looked after meanwhile.
const SHORT: Duration = Duration::from_millis(60);
/// Whoever comes to a line so late, in milliseconds of call time, reads it.
const TOO_LATE: u32 = 400;
/// A line that begins within so many milliseconds of real time is given to the player.
const NEAR: u32 = 700;
/// From when a picture is asked for until it is seen, about, in milliseconds: words are shown so much before their time.
const SEEN: u32 = 70;
/// A picture is asked for a little after a word begins, never just before, in milliseconds.
const AFTER: u32 = 12;

/// A word that is cut into is heard for no longer, in milliseconds.
const LONGEST_WORD: u32 = 450;
/// How long a word takes the system's voice, in milliseconds, until it has been heard.
const SAID_WORD: u32 = 330;
/// The system's voice has to be made before it is heard: it is waited for so long.
const SYSTEM_PATIENCE: Duration = Duration::from_millis(2500);

/// Beyond twice what was guessed, the system's voice is given so many milliseconds.
const LONGEST_GUESS: u32 = 2500;

/// A line and the clips that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub line: u32,
    /// Who speaks, where the system gives them a voice: 0 the caller, 1 the patient, then others.
    pub who: u32,
    /// First word and last, in milliseconds of call time.
    pub from: u32,
    pub until: u32,
    pub text: Arc<str>,
    pub pieces: Arc<[Piece]>,
}

impl Part {
    /// What somebody says between two moments of call time.
    pub fn new(voices: &mut Voices, script: &Arc<Script>, number: u32, said: &Said<'_>) -> Self {
        let pieces = voices.pieces(script, said.by, said.text);
        let who = who(said.by);
        Self { line: number, who, from: said.from, until: said.until, text: said.text.clone(), pieces }
    }

    /// A caption has no clip; it may have a recording.
    fn of_a_caption(side: &Side<'_>) -> Self {
        let pieces = [Piece { text: side.text.clone(), key: String::new() }].into();
        let text = side.text.clone();
        Self { line: side.number, who: who(side.by), from: side.from, until: side.until, text, pieces }
    }
}

/// Words of somebody, and between which moments of call time they are said.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    pub by: &'a Speaker,
    pub text: &'a Arc<str>,
    pub from: u32,
    pub until: u32,
}

fn who(by: &Speaker) -> u32 {
    match by {
        Speaker::Caller | Speaker::Trainee | Speaker::Sound => 0,
        Speaker::Patient => 1,
        Speaker::Clinician => 2,
        // The same for the same name; that two others have one voice is no harm.
        Speaker::Other(name) => 3 + name.bytes().fold(0, |sum, byte| (sum + u32::from(byte)) % 4),
    }
}

/// Words that one clip holds, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub text: Arc<str>,
    pub key: String,
}

/// Something that passes in time and is spoken: a call, a replay, a part of either.
pub trait Told {
    /// What is spoken at this moment.
    fn due(&self, voices: &mut Voices) -> Option<Part>;
    /// Where it is, in milliseconds of call time.
    fn clock(&self) -> u32;
    /// The voice that is heard has come to this moment.
    fn follow(&mut self, to: u32);
    /// Nobody is heard, and time passes by itself.
    fn tick(&mut self, passed: Duration);
    /// A voice speaks the line that began then, or does not.
    fn hears(&mut self, _from: u32, _heard: bool) {}
    /// What is told.
    fn script(&self) -> &Arc<Script>;
    /// Shows everything that is heard besides, in order.
    fn sides(&self, see: &mut dyn FnMut(Side<'_>));
    /// Nobody hears the other end.
    fn is_on_hold(&self) -> bool {
        false
    }
}

/// Time passes: by the voice that is heard, or by itself.
pub fn pass(told: &mut impl Told, voices: &mut Voices, passed: Duration) {
    let before = told.clock();
    let part = told.due(voices);
    let heard = voices.hear(part.as_ref(), before, passed);
    if let Some(part) = &part {
        told.hears(part.from, heard.is_some());
    }
    match heard {
        Some(clock) => told.follow(clock),
        None => told.tick(passed),
    }
    // What begins now is heard now, and what has been spoken makes room.
    let now = told.due(voices);
    if now.as_ref().map(|part| part.line) != part.map(|part| part.line) {
        let heard = voices.hear(now.as_ref(), told.clock(), Duration::ZERO);
        if let Some(part) = &now {
            told.hears(part.from, heard.is_some());
        }
    }
    side::pass(told, voices, before);
}

/// What is being heard.
#[derive(Debug)]
struct Speaking {
    line: u32,
    words: Words,
    /// Where it was last, and for how long that has not changed.
    at: u32,
    still: Duration,
    /// By the system's voice, for so long of real time.
    system: Option<Duration>,
}

/// How it is to sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sound {
    on: bool,
    volume: u32,
    percent: u32,
    /// What has no clip is spoken by the system.
    system: bool,
}

/// The voices of the call that is taken or looked at, and what is being heard of them.
#[derive(Resource)]
pub struct Voices {
    player: Box<dyn Player>,
    /// What the pack was asked for by, and its name.
    of: Option<(Arc<Script>, String)>,
    /// Absent until it has come, and where it cannot be read.
    pack: Option<Pack>,
    sound: Sound,
    held: bool,
    speaking: Option<Speaking>,
    /// What will be heard at its time, unless something else happens before.
    planned: Option<(Part, Speaking)>,
    /// A line that is read, whatever comes: its voice was late, or was switched off.
    read: Option<u32>,
    /// A line that has been made ready.
    expected: Option<u32>,
    /// What the script in hand can speak.
    inventory: Option<(Arc<Script>, Inventory)>,
    /// The sound of the line that goes on and on.
    goes_on: Option<Tone>,
    /// What is heard behind whoever speaks.
    behind: Noise,
    /// Something may be heard beside whoever speaks, or the end of what was cut.
    loud: bool,
    /// The author's own recordings.
    recorded: Recorded,
    /// How long a word takes the system's voice, in milliseconds.
    said_word: u32,
    device: String,
}

impl Voices {
    fn new(player: Box<dyn Player>) -> Self {
        Self {
            player,
            of: None,
            pack: None,
            sound: Sound { on: true, volume: 100, percent: 100, system: true },
            held: true,
            speaking: None,
            planned: None,
            read: None,
            expected: None,
            inventory: None,
            goes_on: None,
            behind: Noise::Quiet,
            loud: false,
            recorded: Recorded::default(),
            said_word: SAID_WORD,
            device: String::new(),
        }
    }

    /// From now on it is to sound like this.
    pub fn set(&mut self, settings: &Settings) {
        let sound = Sound {
            on: settings.sound,
            volume: settings.volume_percent.into(),
            percent: settings.voice_percent.into(),
            system: settings.system_voice,
        };
        if settings.output != self.device {
            self.device.clone_from(&settings.output);
            self.player.set_device(&self.device);
        }
        if sound != self.sound {
            self.player.set_volume(sound.volume);
            self.sound = sound;
            if !sound.on {
                self.stop();
                self.player.sound(None);
                self.goes_on = None;
            }
        }
    }

    /// This call is taken or looked at: its voices are fetched, if there is to be any sound. Returns whether they were
    /// asked for just now.
    pub fn open(&mut self, script: &Arc<Script>) -> bool {
        let mut new = false;
        let known = self.of.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, script));
        if !known && self.sound.on && self.player.can_be_heard() {
            let name = speech::pack_name(script);
            new = self.of.as_ref().is_none_or(|(_, known)| *known != name);
            if new {
                self.stop();
                self.pack = None;
                self.expected = None;
                self.player.set_volume(self.sound.volume);
                self.player.open(&name, !script.scenario.reception.is_clear());
            }
            match &self.of {
                _ if new => self.recorded.forget(),
                // The same call, made ready once more: the model call, a replay.
                Some((known, _)) if known.scenario_hash == script.scenario_hash => {}
                _ => self.recorded.look_again(),
            }
            self.of = Some((script.clone(), name));
        }
        // Before the pack: it may come in between, and recordings lie behind it.
        let fetched = self.player.fetched();
        if let Some(bytes) = self.player.take_pack() {
            self.recorded.begins_at(bytes.len());
            match Pack::read(&bytes) {
                Ok(pack) => self.pack = Some(pack),
                Err(problem) => warn!("{problem}"),
            }
        }
        if let Some((script, _)) = &self.of
            && matches!(fetched, Fetched::Here | Fetched::None | Fetched::Failed)
        {
            self.recorded.read(script, &mut *self.player);
        }
        new
    }

    /// A sound of the line, once: it is over by itself.
    pub fn sound(&mut self, tone: Tone) {
        if self.sound.on && self.player.can_be_heard() {
            self.player.set_volume(self.sound.volume);
            self.player.sound(Some((tone.samples(), false)));
            self.goes_on = None;
        }
    }

    /// A sound that is heard again and again until it is another, or none.
    pub fn keep_sounding(&mut self, tone: Option<Tone>) {
        let tone = tone.filter(|_| self.sound.on && self.player.can_be_heard());
        if self.goes_on != tone {
            self.player.set_volume(self.sound.volume);
            self.player.sound(tone.map(|tone| (tone.samples(), true)));
            self.goes_on = tone;
        }
    }

    /// No call is in hand any more.
    pub fn close(&mut self) {
        if self.of.take().is_some() {
            self.stop();
            self.hold(true);
            self.player.close();
            self.pack = None;
            self.recorded.forget();
        }
        self.inventory = None;
    }

    /// Why nobody is heard in the call that is open, in a few words. Absent: somebody is, or will be when the voices have
    /// come.
    pub fn why_silent(&self) -> Option<&'static str> {
        if !self.player.can_be_heard() {
            return Some("No sound here: captions only");
        }
        if !self.recorded.is_empty() || (self.sound.system && self.player.can_say()) {
            return None;
        }
        match self.player.fetched() {
            Fetched::None => Some("This call has no voice yet: captions only"),
            Fetched::Here if self.pack.is_none() => Some("The voice of this call cannot be read: captions only"),
            Fetched::Failed => Some("The voice could not be fetched: captions only"),
            Fetched::Closed | Fetched::Coming | Fetched::Here => None,
        }
    }

    /// The clips of what somebody says in this call, by name.
    pub fn pieces(&mut self, script: &Arc<Script>, by: &Speaker, text: &Arc<str>) -> Arc<[Piece]> {
        if self.pack.is_none() && self.recorded.is_empty() {
            return Arc::new([]);
        }
        if !self.inventory.as_ref().is_some_and(|(known, _)| Arc::ptr_eq(known, script)) {
            self.inventory = Some((script.clone(), Inventory::of(script)));
        }
        let Some((_, inventory)) = &self.inventory else { return Arc::new([]) };
        inventory.pieces(script, by, text).into_iter().map(Piece::from).collect()
    }

    /// Everything stands still while nobody listens: in a pause, elsewhere, out of sight.
    pub fn hold(&mut self, held: bool) {
        if self.held != held {
            self.held = held;
            self.player.hold(held);
        }
    }

    /// Nobody speaks, and nothing is heard behind or beside them.
    pub fn stop(&mut self) {
        self.fall_silent(0);
        self.goes_on_behind(Noise::Quiet);
        self.hush();
    }

    /// Nothing is heard beside whoever speaks.
    fn hush(&mut self) {
        if std::mem::take(&mut self.loud) {
            self.player.hush();
        }
    }

    /// A line that was read is tried anew: it is played once more.
    pub fn begin_anew(&mut self) {
        self.stop();
        self.read = None;
    }

    /// Whoever speaks is heard for so many milliseconds more.
    fn fall_silent(&mut self, after: u32) {
        let planned = self.planned.take().is_some();
        if self.speaking.take().is_some() || planned {
            self.player.stop(after);
            self.loud |= after > 0;
        }
    }

    /// This is heard behind whoever speaks, from now on.
    fn goes_on_behind(&mut self, noise: Noise) {
        let noise = if self.sound.on && self.player.can_be_heard() { noise } else { Noise::Quiet };
        if self.behind != noise {
            self.behind = noise;
            self.player.behind((noise != Noise::Quiet).then(|| noises::behind(noise)));
        }
    }

    /// This is heard once, beside whoever speaks.
    fn is_heard_beside(&mut self, noise: Noise) {
        if self.sound.on && self.player.can_be_heard() && noise != Noise::Quiet {
            self.player.beside_samples(noises::once(noise));
            self.loud = true;
        }
    }

    /// Somebody says this while somebody else speaks, or a recording is heard where a caption comes; nothing where there
    /// is no clip. Returns whether it is heard.
    fn is_said_beside(&mut self, part: &Part) -> bool {
        let clips = self.clips(part).filter(|_| self.sound.on);
        if let Some((clips, _)) = &clips {
            self.player.beside(clips, self.sound.percent);
            self.loud = true;
        }
        clips.is_some()
    }

    /// What there is to be heard with, where it can be chosen.
    pub fn devices(&mut self) -> Vec<Device> {
        self.player.devices()
    }

    /// What travels in call sets, from now on.
    fn carry(&mut self, recordings: Recordings) {
        if self.recorded.carried != recordings {
            self.recorded.carried = recordings;
            self.recorded.look_again();
        }
    }

    /// A file that was given to the program: it is heard where a call names it. For as long as the program runs.
    #[cfg(target_arch = "wasm32")]
    pub fn give(&mut self, name: &str, recording: Arc<[u8]>) {
        self.recorded.places.given.insert(name.to_owned(), recording);
        self.recorded.look_again();
    }

    /// There is sound, and a call is open.
    pub fn is_open(&self) -> bool {
        self.sound.on && self.of.is_some()
    }

    /// Somebody is heard.
    pub fn is_speaking(&self) -> bool {
        self.speaking.is_some()
    }

    /// Looks anew for what there is to be heard with.
    pub fn look(&mut self) {
        self.player.look();
    }

    /// What is spoken at this moment of call time, if anything. Returns the moment at which its voice is; nothing where
    /// nobody is heard, and time passes by itself. `passed` is real time.
    pub fn hear(&mut self, part: Option<&Part>, clock: u32, passed: Duration) -> Option<u32> {
        // Another line is tried anew.
        self.read = self.read.filter(|read| part.is_some_and(|part| part.line == *read));
        let part = part.filter(|part| self.sound.on && self.read != Some(part.line));
        if self.speaking.as_ref().map(|speaking| speaking.line) != part.map(|part| part.line) {
            match self.planned.take() {
                Some((planned, speaking)) if Some(&planned) == part => self.speaking = Some(speaking),
                // Its time has not come.
                planned if part.is_none() && self.speaking.is_none() => self.planned = planned,
                planned => {
                    self.planned = planned;
                    // Whoever is cut off says the word to its end, and so speaks for a moment with whoever cuts in.
                    let left =
                        self.speaking.as_ref().map_or(0, |speaking| speaking.words.to_next(speaking.at).unwrap_or(0));
                    self.fall_silent((left * 100 / self.sound.percent.max(1)).min(LONGEST_WORD));
                }
            }
        }
        let part = part?;
        if self.speaking.is_none() {
            let late = clock.saturating_sub(part.from);
            let begins = i32::try_from(late).ok().filter(|_| late <= TOO_LATE).map(std::ops::Neg::neg);
            self.speaking = begins.and_then(|begins| self.begin(part, begins));
        }
        let position = self.player.position();
        let Some(speaking) = &mut self.speaking else {
            self.read = Some(part.line);
            return None;
        };
        let at = match position {
            Position::At(at) => at,
            Position::Coming => 0,
            Position::Over => {
                if let Some(took) = speaking.system.filter(|took| !took.is_zero()) {
                    // The next line is expected to be as quick.
                    let words = part.text.split(' ').count().max(1) as u128;
                    let word = took.as_millis() * u128::from(self.sound.percent) / 100 / words;
                    self.said_word = u32::try_from(word).unwrap_or(SAID_WORD).clamp(SAID_WORD / 2, SAID_WORD * 2);
                }
                (speaking.at, speaking.still) = (speaking.words.long(), Duration::ZERO);
                return Some(part.until);
            }
            Position::Failed => return self.give_up(part),
        };
        if let (Some(took), Position::At(_)) = (&mut speaking.system, position) {
            *took += passed;
        }
        if at != speaking.at {
            (speaking.at, speaking.still) = (at, Duration::ZERO);
        } else {
            // A picture that took long says nothing of the voice.
            speaking.still += passed.min(SHORT);
            // The system's voice has to be made.
            let patience = if speaking.system.is_some() { SYSTEM_PATIENCE } else { PATIENCE };
            if speaking.still > patience {
                return self.give_up(part);
            }
        }
        // How long the system's voice takes is only guessed: it may speak on, but not for ever.
        let long = speaking.words.long();
        if speaking.system.is_some() && at > long.saturating_mul(2).saturating_add(LONGEST_GUESS) {
            return self.give_up(part);
        }
        let at = if speaking.system.is_some() { at.min(long.saturating_sub(1)) } else { at };
        let at = at.saturating_add(SEEN * self.sound.percent / 100);
        let next = speaking.words.to_next(at).unwrap_or(0).saturating_mul(100) / self.sound.percent.max(1) + AFTER;
        let again = if speaking.still.is_zero() { u32::MAX } else { SHORT.as_millis() as u32 };
        self.player.wake_in(next.min(again));
        // The end is when the clip has been heard out, not a moment before.
        let last = part.until.saturating_sub(1).max(part.from);
        Some(speaking.words.moment(at, part.from, part.until).min(last))
    }

    /// Begins to speak in so many milliseconds: by clips if every one is here, or by the system's voice, which begins at
    /// once.
    fn begin(&mut self, part: &Part, begins: i32) -> Option<Speaking> {
        let speaking = |words, system| Speaking { line: part.line, words, at: u32::MAX, still: Duration::ZERO, system };
        if let Some((clips, words)) = self.clips(part) {
            self.player.play(&clips, self.sound.percent, begins);
            return Some(speaking(words, None));
        }
        // Nobody begins with one voice and goes on with another.
        if self.player.fetched() == Fetched::Coming {
            return None;
        }
        let is_said = part.text.chars().any(char::is_alphanumeric) && !part.text.starts_with('[');
        if !self.sound.system || !is_said || !self.player.can_say() {
            return None;
        }
        let long = u32::try_from(part.text.split(' ').count()).unwrap_or(u32::MAX).saturating_mul(self.said_word);
        let words = Words::new(&part.text, &[(&part.text, long, &[])]);
        self.player.say(&Spoken { text: part.text.clone(), who: part.who, percent: self.sound.percent });
        Some(speaking(words, Some(Duration::ZERO)))
    }

    /// Nothing is waited for: the rest of the line is read.
    fn give_up(&mut self, part: &Part) -> Option<u32> {
        self.fall_silent(0);
        self.read = Some(part.line);
        None
    }

    /// What will be said next and in how many milliseconds of real time, if nothing comes in between; and when something
    /// happens at all. Its clips are made ready, and when its time is near they begin by the player's clock: a picture
    /// that takes long does not keep it waiting.
    pub fn expect(&mut self, next: Option<(&Part, u32)>, something: Option<u32>) {
        let has_any = self.pack.is_some() || !self.recorded.is_empty() || self.player.can_say();
        if !self.sound.on || !has_any || self.speaking.is_some() {
            return;
        }
        if self.planned.as_ref().is_some_and(|(planned, _)| next.is_none_or(|(part, _)| part != planned)) {
            self.fall_silent(0);
        }
        if let Some((part, milliseconds)) = next.filter(|_| self.planned.is_none())
            && let Some((clips, _)) = self.clips(part)
        {
            if milliseconds <= NEAR {
                let begins = i32::try_from(milliseconds).unwrap_or(i32::MAX);
                self.planned = self.begin(part, begins).map(|speaking| (part.clone(), speaking));
            } else if self.expected != Some(part.line) {
                self.expected = Some(part.line);
                self.player.prepare(&clips, self.sound.percent);
            }
        }
        if let Some(milliseconds) = something.filter(|milliseconds| *milliseconds > 0) {
            self.player.wake_in(milliseconds.saturating_add(1));
        }
    }

    /// The clips of a line and the time of its words; nothing if one of them is not here.
    fn clips(&self, part: &Part) -> Option<(Vec<Clip>, Words)> {
        let mut clips = Vec::new();
        let mut long = Vec::new();
        for piece in &*part.pieces {
            if let Some((clip, millis)) = self.recorded.clip(&piece.text) {
                clips.push(clip);
                long.push((&*piece.text, millis, [].as_slice()));
                continue;
            }
            let clip = self.pack.as_ref()?.clip(&piece.key)?;
            let place = |at: usize| u32::try_from(at).ok();
            clips.push(Clip { start: place(clip.at.start)?, end: place(clip.at.end)? });
            long.push((&*piece.text, clip.millis, clip.begins.as_slice()));
        }
        let words = Words::new(&part.text, &long);
        (!clips.is_empty() && words.long() > 0).then_some((clips, words))
    }
}

impl From<speech::Line> for Piece {
    fn from(line: speech::Line) -> Self {
        Self { key: speech::key(&line), text: line.text }
    }
}
