//! What the system is given: the samples of a line, then silence; and how far of them is heard.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::opus::RATE;
use super::super::player::Position;

/// In which a voice that is cut goes silent: 30 ms.
const FADE: usize = RATE as usize * 30 / 1000;
/// The server asks more often than this, or has stopped asking.
const ASKS: Duration = Duration::from_millis(100);

/// A line on its way to the server.
#[derive(Default)]
pub struct Mix {
    clips: Vec<Arc<[f32]>>,
    /// Samples of silence before it begins.
    before: usize,
    /// Samples that were given to the server since it began, silence behind its end among them.
    given: usize,
    state: State,
    /// Of the line that was asked for last.
    turn: u64,
    hushed: u64,
    percent: u32,
    pub volume: f32,
    /// Samples until it is silent, of a line that was cut: it fades in the last of them.
    fades: Option<usize>,
    /// When the server asked last.
    asked: Option<Instant>,
    held: bool,
    /// A sound of the line, how far it has come, and whether it begins again.
    sound: Option<Sounding>,
    /// What is heard once beside the voice.
    beside: Vec<Sounding>,
    /// What goes on behind it.
    behind: Option<Sounding>,
}

/// Samples, how far they have come, and whether they begin again.
struct Sounding {
    samples: Arc<[f32]>,
    at: usize,
    again: bool,
}

impl Sounding {
    fn new(samples: Arc<[f32]>, again: bool) -> Self {
        Self { samples, at: 0, again }
    }

    /// The next sample; nothing when it is over.
    fn next(&mut self) -> Option<f32> {
        if self.again && self.at >= self.samples.len() {
            self.at = 0;
        }
        let sample = self.samples.get(self.at).copied();
        self.at += 1;
        sample
    }
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Silent,
    Coming,
    Playing,
    Failed,
}

impl Mix {
    /// A line is about to be played, at this speed in hundredths. Returns its turn.
    pub fn expect(&mut self, percent: u32) -> u64 {
        self.stop(Duration::ZERO);
        self.turn += 1;
        (self.state, self.percent) = (State::Coming, percent);
        self.turn
    }

    /// Here is the line of this turn, to begin in a while, unless nobody wants it any more.
    pub fn play(&mut self, turn: u64, clips: Vec<Arc<[f32]>>, before: Duration) {
        if self.state == State::Coming && self.turn == turn {
            self.before = samples(before);
            (self.clips, self.given, self.fades, self.state) = (clips, 0, None, State::Playing);
        }
    }

    /// The line of this turn cannot be heard.
    pub fn fail(&mut self, turn: u64) {
        if self.state == State::Coming && self.turn == turn {
            self.state = State::Failed;
        }
    }

    /// It falls silent in a while.
    pub fn stop(&mut self, after: Duration) {
        if self.state == State::Playing {
            self.fades = Some(samples(after) + FADE);
        }
        self.state = State::Silent;
    }

    /// Nothing is heard beside the voice any more, and what was cut ends at once.
    pub fn hush(&mut self) {
        self.hushed += 1;
        self.beside.clear();
        self.fades = self.fades.map(|left| left.min(FADE));
    }

    /// How often that was asked: what was on its way before is not wanted.
    pub fn hushed(&self) -> u64 {
        self.hushed
    }

    /// Heard once beside the voice.
    pub fn beside(&mut self, samples: Arc<[f32]>) {
        self.beside.push(Sounding::new(samples, false));
    }

    /// Goes on behind the voice, in place of what did.
    pub fn behind(&mut self, samples: Option<Arc<[f32]>>) {
        self.behind = samples.filter(|samples| !samples.is_empty()).map(|samples| Sounding::new(samples, true));
    }

    pub fn hold(&mut self, held: bool, now: Instant) {
        self.held = held;
        self.asked = self.asked.map(|_| now);
    }

    /// A sound of the line in place of the one before, once or again and again; `None` ends it.
    pub fn sound(&mut self, sound: Option<(Arc<[f32]>, bool)>) {
        self.sound = sound.map(|(samples, again)| Sounding::new(samples, again));
    }

    /// A sound of the line is heard.
    pub fn sounds(&self) -> bool {
        self.sound.is_some()
    }

    /// Nothing is to be heard. Between lines samples are asked for all the same: a server that begins anew may take its time.
    pub fn is_quiet(&self) -> bool {
        self.held && self.sound.is_none()
    }

    fn long(&self) -> usize {
        self.clips.iter().map(|clip| clip.len()).sum()
    }

    /// The next samples, as 32-bit floats.
    #[cfg(any(target_os = "linux", test))]
    pub fn fill(&mut self, bytes: &mut [u8], now: Instant) {
        self.is_asked(now);
        for to in bytes.chunks_mut(4) {
            let sample = self.sample().to_le_bytes();
            let long = to.len();
            to.copy_from_slice(&sample[..long]);
        }
    }

    /// Samples are wanted, and have not been asked for in this long.
    pub fn waits_for(&self, long: Duration, now: Instant) -> bool {
        !self.is_quiet() && self.asked.is_some_and(|asked| now.saturating_duration_since(asked) > long)
    }

    /// Samples are asked for at this moment.
    pub fn is_asked(&mut self, now: Instant) {
        self.asked = Some(now);
    }

    /// The next sample, between -1 and 1.
    pub fn sample(&mut self) -> f32 {
        let call = if self.held { 0.0 } else { self.next() + self.next_beside() };
        let line = self.sound.as_mut().map(Sounding::next);
        if line == Some(None) {
            self.sound = None;
        }
        (call + line.flatten().unwrap_or(0.0)).clamp(-1.0, 1.0) * self.volume
    }

    fn next_beside(&mut self) -> f32 {
        let mut sum = self.behind.as_mut().and_then(Sounding::next).unwrap_or(0.0);
        self.beside.retain_mut(|sounding| {
            let sample = sounding.next();
            sum += sample.unwrap_or(0.0);
            sample.is_some()
        });
        sum
    }

    fn next(&mut self) -> f32 {
        let fading = match &mut self.fades {
            None if self.state == State::Playing => 1.0,
            None | Some(0) => return 0.0,
            Some(left) => {
                *left -= 1;
                (*left as f32 / FADE as f32).min(1.0)
            }
        };
        let at = self.given.checked_sub(self.before);
        self.given += 1;
        let Some(mut at) = at else { return 0.0 };
        for clip in &self.clips {
            if let Some(sample) = clip.get(at) {
                return sample * fading;
            }
            at -= clip.len();
        }
        0.0
    }

    /// How far it is heard, where the server holds so many samples.
    pub fn position(&self, now: Instant, ahead: u32) -> Position {
        match self.state {
            State::Silent | State::Failed => Position::Failed,
            State::Coming => Position::Coming,
            State::Playing => {
                let since =
                    self.asked.filter(|_| !self.held).map_or(Duration::ZERO, |at| now.saturating_duration_since(at));
                let since = since.min(ASKS).as_millis() as u64;
                let [given, ahead, long] = [self.given as u64, ahead.into(), self.long() as u64]
                    .map(|samples| samples * 1000 / u64::from(RATE));
                let before = self.before as u64 * 1000 / u64::from(RATE);
                let heard = (given + since).saturating_sub(ahead + before);
                if heard >= long {
                    return Position::Over;
                }
                Position::At(u32::try_from(heard * u64::from(self.percent) / 100).unwrap_or(u32::MAX))
            }
        }
    }
}

fn samples(of: Duration) -> usize {
    usize::try_from(of.as_millis()).unwrap_or(0) * RATE as usize / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    const AHEAD: u32 = 160;

    fn ask(mix: &mut Mix, samples: usize, now: Instant) -> Vec<f32> {
        let mut bytes = vec![0; samples * 4];
        mix.fill(&mut bytes, now);
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().expect("four"))).collect()
    }

    #[test]
    fn a_line_is_heard_a_little_after_it_was_given_and_then_it_is_over() {
        let begin = super::super::now();
        let after = |milliseconds| begin + Duration::from_millis(milliseconds);
        let mut mix = Mix { volume: 0.5, ..Mix::default() };
        assert_eq!(mix.position(begin, AHEAD), Position::Failed);
        let turn = mix.expect(120);
        assert_eq!(mix.position(begin, AHEAD), Position::Coming);
        assert_eq!(ask(&mut mix, 160, begin), vec![0.0; 160]);
        mix.play(turn, vec![vec![1.0; 320].into(), vec![-1.0; 160].into()], Duration::from_millis(10));
        assert_eq!(ask(&mut mix, 160, begin), vec![0.0; 160], "it begins in 10 ms");
        assert_eq!(mix.position(begin, AHEAD), Position::At(0));
        // 20 ms given, of which the server holds 10.
        assert_eq!(ask(&mut mix, 320, after(10)), vec![0.5; 320]);
        assert_eq!(mix.position(after(10), AHEAD), Position::At(12));
        assert_eq!(mix.position(after(15), AHEAD), Position::At(18));
        mix.hold(true, after(15));
        assert_eq!(mix.position(after(900), AHEAD), Position::At(12));
        mix.hold(false, after(900));
        assert_eq!(ask(&mut mix, 200, after(910))[..161], [vec![-0.5; 160], vec![0.0]].concat());
        assert!(matches!(mix.position(after(910), AHEAD), Position::At(_)));
        assert_eq!(mix.position(after(925), AHEAD), Position::Over);
    }

    #[test]
    fn a_sound_of_the_line_is_heard_beside_the_voice_and_while_that_is_held() {
        let now = super::super::now();
        let mut mix = Mix { volume: 0.5, ..Mix::default() };
        mix.hold(true, now);
        assert!(mix.is_quiet());
        mix.sound(Some((vec![0.5; 100].into(), false)));
        assert!(!mix.is_quiet() && mix.sounds());
        let turn = mix.expect(100);
        mix.play(turn, vec![vec![0.25; 400].into()], Duration::ZERO);
        assert_eq!(ask(&mut mix, 60, now), [0.25; 60], "the voice stands still");
        mix.hold(false, now);
        assert_eq!(ask(&mut mix, 60, now), [[0.375; 40].as_slice(), &[0.125; 20]].concat());
        assert!(!mix.sounds(), "once");
        mix.sound(Some((vec![0.5; 10].into(), true)));
        mix.stop(Duration::ZERO);
        ask(&mut mix, FADE, now);
        assert_eq!(ask(&mut mix, 500, now), [0.25; 500]);
        mix.sound(None);
        assert_eq!(ask(&mut mix, 10, now), [0.0; 10]);
    }

    #[test]
    fn what_goes_on_behind_is_heard_with_the_call_and_not_while_it_is_held() {
        let now = super::super::now();
        let mut mix = Mix { volume: 1.0, ..Mix::default() };
        mix.behind(Some(vec![0.1; 7].into()));
        mix.beside(vec![0.2; 5].into());
        mix.beside(vec![0.4; 3].into());
        let heard: Vec<f32> = ask(&mut mix, 10, now).iter().map(|sample| (sample * 10.0).round()).collect();
        assert_eq!(heard, [7.0, 7.0, 7.0, 3.0, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        mix.hold(true, now);
        assert_eq!(ask(&mut mix, 5, now), [0.0; 5]);
        mix.hold(false, now);
        mix.behind(None);
        assert_eq!(ask(&mut mix, 5, now), [0.0; 5]);
    }

    #[test]
    fn whoever_is_cut_off_says_the_word_to_its_end() {
        let now = super::super::now();
        let mut mix = Mix { volume: 1.0, ..Mix::default() };
        let turn = mix.expect(100);
        mix.play(turn, vec![vec![1.0; 9000].into()], Duration::ZERO);
        ask(&mut mix, 160, now);
        mix.stop(Duration::from_millis(100));
        let rest = ask(&mut mix, 1600 + FADE + 10, now);
        assert!(rest[..1600].iter().all(|sample| *sample == 1.0) && rest[1600] < 1.0);
        assert_eq!(rest[1600 + FADE..], [0.0; 10]);
    }

    #[test]
    fn what_is_cut_falls_silent_and_what_comes_after_it_is_not_played() {
        let now = super::super::now();
        let mut mix = Mix { volume: 1.0, ..Mix::default() };
        let turn = mix.expect(100);
        mix.play(turn, vec![vec![1.0; 4000].into()], Duration::ZERO);
        ask(&mut mix, 160, now);
        mix.stop(Duration::ZERO);
        let rest = ask(&mut mix, FADE + 10, now);
        assert!(rest[..FADE].is_sorted_by(|a, b| a >= b) && rest[0] > 0.9, "it falls");
        assert_eq!(rest[FADE..], [0.0; 10]);
        mix.play(turn, vec![vec![1.0; 4000].into()], Duration::ZERO);
        assert_eq!(ask(&mut mix, 10, now), [0.0; 10], "nobody waits for it any more");
        assert_eq!(mix.position(now, AHEAD), Position::Failed);
        let turn = mix.expect(100);
        mix.fail(turn);
        assert_eq!(mix.position(now, AHEAD), Position::Failed);
    }
}
