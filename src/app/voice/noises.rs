//! What is heard behind a caller and beside them: worked out when it is wanted, nothing of it is recorded.
//!
//! All of it comes down a telephone line: nothing below 300 or above 3,400 Hz carries it. What goes on in the background
//! is as loud as a room behind somebody who speaks into the telephone, what happens once a little louder.

use std::f32::consts::TAU;

use super::player::Samples;
use super::tones::RATE;
use crate::scenario::Noise;

/// Root mean square of what goes on in the background, of full scale: 20 dB below a voice at −20 LUFS.
const BEHIND: f32 = 0.010;
/// Of what is heard once.
const ONCE: f32 = 0.035;
/// How long the background is until it begins anew, in seconds.
const LOOP: f32 = 12.0;
/// In which the end of the background goes over into its beginning, in seconds.
const SEAM: f32 = 0.5;
/// No sample is larger.
const PEAK: f32 = 0.25;

/// Heard once, with its caption.
#[must_use]
pub fn once(noise: Noise) -> Samples {
    let mut samples = down_the_line(&Work::new(noise).once(noise));
    let edge = (0.02 * RATE as f32) as usize;
    let long = samples.len();
    for (n, sample) in samples.iter_mut().enumerate() {
        *sample *= (n.min(long - n) as f32 / edge as f32).min(1.0);
    }
    level(&mut samples, ONCE);
    samples.into()
}

/// Heard softly, again and again, without a seam.
#[must_use]
pub fn behind(noise: Noise) -> Samples {
    let seam = (SEAM * RATE as f32) as usize;
    let made = down_the_line(&Work::new(noise).on_and_on(noise, LOOP + SEAM));
    let long = made.len().saturating_sub(seam);
    let mut samples = made.get(..long).unwrap_or_default().to_vec();
    for (n, (begin, end)) in samples.iter_mut().zip(made.get(long..).unwrap_or_default()).enumerate() {
        // By power: the two have nothing to do with each other.
        let into = n as f32 / seam as f32;
        *begin = *begin * libm::sqrtf(into) + end * libm::sqrtf(1.0 - into);
    }
    level(&mut samples, BEHIND);
    samples.into()
}

/// Sets the loudness where anything is heard, and keeps peaks in bounds.
fn level(samples: &mut [f32], wanted: f32) {
    let loud: Vec<f32> = samples.iter().map(|sample| sample * sample).filter(|power| *power > 1e-8).collect();
    let now = libm::sqrtf(loud.iter().sum::<f32>() / loud.len().max(1) as f32);
    if now > 0.0 {
        for sample in samples {
            *sample = (*sample * wanted / now).clamp(-PEAK, PEAK);
        }
    }
}

/// From 300 to 3,400 Hz, as [`super::line`] has it.
fn down_the_line(samples: &[f32]) -> Vec<f32> {
    super::line::telephone(samples)
}

/// Makes sounds out of sines and dice. The same every time.
struct Work(u32);

/// A resonance: what a mouth, a cup or a door makes of a push.
struct Resonance {
    a: f32,
    b: f32,
    gain: f32,
    last: [f32; 2],
}

impl Resonance {
    fn new(hertz: f32, width: f32) -> Self {
        let r = libm::expf(-std::f32::consts::PI * width / RATE as f32);
        Self { a: 2.0 * r * libm::cosf(TAU * hertz / RATE as f32), b: -r * r, gain: 1.0 - r, last: [0.0; 2] }
    }

    fn tune(&mut self, hertz: f32, width: f32) {
        let Self { a, b, gain, .. } = Self::new(hertz, width);
        (self.a, self.b, self.gain) = (a, b, gain);
    }

    fn next(&mut self, pushed: f32) -> f32 {
        let out = self.gain * pushed + self.a * self.last[0] + self.b * self.last[1];
        self.last = [out, self.last[0]];
        out
    }
}

fn count(seconds: f32) -> usize {
    (seconds * RATE as f32) as usize
}

fn at(n: usize) -> f32 {
    n as f32 / RATE as f32
}

fn sine(hertz: f32, at: f32) -> f32 {
    libm::sinf(TAU * ((hertz * at) % 1.0))
}

impl Work {
    fn new(noise: Noise) -> Self {
        Self(0x9e37_79b9 ^ ((noise as u32 + 1) << 8))
    }

    /// Between 0 and 1.
    fn die(&mut self) -> f32 {
        // Marsaglia's xorshift: a sound needs no better.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 >> 8) as f32 / (1_u32 << 24) as f32
    }

    fn hiss(&mut self) -> f32 {
        self.die() * 2.0 - 1.0
    }

    fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.die()
    }

    fn once(&mut self, noise: Noise) -> Vec<f32> {
        match noise {
            Noise::Quiet => Vec::new(),
            Noise::Door => {
                // It creaks, and falls to.
                let mut made = self.creak(0.7, 420.0, 760.0);
                made.extend(vec![0.0; count(0.25)]);
                made.extend(self.thud(0.35));
                made
            }
            Noise::Knock => [self.thud(0.22), self.thud(0.3)].concat(),
            Noise::Scrape => self.creak(0.8, 620.0, 480.0),
            Noise::Rattle => self.rattle(0.9),
            Noise::Beeps => self.beeps(2, 1000.0, 0.18, 0.14),
            Noise::Alarm => self.beeps(4, 3100.0, 0.12, 0.1),
            Noise::Dog => [self.bark(), vec![0.0; count(0.22)], self.bark()].concat(),
            Noise::Baby => self.cry(1.1),
            Noise::Wheeze => self.wheeze(3.2),
            Noise::Clock => self.strike(2.0),
            Noise::Bird => self.chirps(1.4),
            Noise::Television => self.murmur(2.5),
            Noise::Music | Noise::Humming => self.tune(3.2, noise == Noise::Humming),
            Noise::Traffic => self.rush(2.5, 500.0, 900.0),
            Noise::Water => self.rush(2.0, 1500.0, 2500.0),
            Noise::Engine => self.engine(2.0),
        }
    }

    /// What goes on is made of what is heard once, with pauses as they come.
    fn on_and_on(&mut self, noise: Noise, seconds: f32) -> Vec<f32> {
        let long = count(seconds);
        let pause = match noise {
            Noise::Quiet => return Vec::new(),
            Noise::Television => return self.murmur(seconds),
            Noise::Music | Noise::Humming => return self.tune(seconds, noise == Noise::Humming),
            Noise::Traffic => return self.rush(seconds, 500.0, 900.0),
            Noise::Water => return self.rush(seconds, 1500.0, 2500.0),
            Noise::Engine => return self.engine(seconds),
            Noise::Wheeze => (0.3, 0.6),
            Noise::Baby => (0.25, 0.8),
            Noise::Bird => (0.3, 1.6),
            Noise::Alarm => (1.4, 1.4),
            Noise::Beeps => (1.8, 1.8),
            Noise::Dog | Noise::Knock | Noise::Scrape | Noise::Rattle | Noise::Door | Noise::Clock => (1.5, 4.0),
        };
        let mut made = Vec::with_capacity(long);
        while made.len() < long {
            made.extend(self.once(noise));
            let silent = self.between(pause.0, pause.1);
            made.resize(made.len() + count(silent), 0.0);
        }
        made.truncate(long);
        made
    }

    /// Something falls on wood: a few low resonances that die away.
    fn thud(&mut self, seconds: f32) -> Vec<f32> {
        let parts: [(f32, f32); 3] =
            [(340.0, 14.0), (560.0, 22.0), (910.0, 40.0)].map(|(hertz, dies)| (hertz * self.between(0.95, 1.05), dies));
        (0..count(seconds))
            .map(|n| {
                let t = at(n);
                let tones: f32 = parts.iter().map(|(hertz, dies)| sine(*hertz, t) * libm::expf(-t * dies)).sum();
                tones + 0.8 * self.hiss() * libm::expf(-t * 120.0)
            })
            .collect()
    }

    /// Wood or metal that sticks and slips, from one pitch to another.
    fn creak(&mut self, seconds: f32, from: f32, to: f32) -> Vec<f32> {
        let long = count(seconds);
        let mut body = [Resonance::new(from, 60.0), Resonance::new(from * 2.3, 90.0)];
        let mut next = 0;
        (0..long)
            .map(|n| {
                let into = n as f32 / long as f32;
                let mut push = 0.06 * self.hiss();
                if n >= next {
                    push += 1.0;
                    let slips = self.between(55.0, 95.0);
                    next = n + (RATE as f32 / slips) as usize;
                }
                let hertz = from + (to - from) * into;
                body[0].tune(hertz, 60.0);
                body[1].tune(hertz * 2.3, 90.0);
                let swell = libm::sinf(std::f32::consts::PI * into);
                swell * (body[0].next(push) + 0.6 * body[1].next(push))
            })
            .collect()
    }

    fn rattle(&mut self, seconds: f32) -> Vec<f32> {
        let mut made = vec![0.0; count(seconds)];
        let mut begin = 0.0;
        while begin < seconds - 0.15 {
            let (hertz, loud) = (self.between(1700.0, 2900.0), libm::expf(-begin * 2.0) * self.between(0.5, 1.0));
            for (n, sample) in made.iter_mut().skip(count(begin)).take(count(0.14)).enumerate() {
                let t = at(n);
                *sample += loud * libm::expf(-t * 45.0) * (sine(hertz, t) + 0.5 * sine(hertz * 0.63, t));
            }
            begin += self.between(0.05, 0.16);
        }
        made
    }

    fn beeps(&mut self, times: usize, hertz: f32, long: f32, pause: f32) -> Vec<f32> {
        let mut made = Vec::new();
        for _ in 0..times {
            let samples = count(long);
            made.extend((0..samples).map(|n| {
                let edge = (at(n).min(at(samples - n)) / 0.006).min(1.0);
                edge * sine(hertz, at(n))
            }));
            made.resize(made.len() + count(pause), 0.0);
        }
        made
    }

    /// A throat: a buzz at a pitch, through two resonances.
    fn throat(&mut self, seconds: f32, pitch: impl Fn(f32) -> f32, mouth: [(f32, f32); 2], breath: f32) -> Vec<f32> {
        let long = count(seconds);
        let mut resonances = mouth.map(|(hertz, width)| Resonance::new(hertz, width));
        let mut phase = 0.0;
        (0..long)
            .map(|n| {
                let into = n as f32 / long as f32;
                phase += pitch(into) / RATE as f32;
                let push = (1.0 - 2.0 * (phase % 1.0)) + breath * self.hiss();
                resonances.iter_mut().map(|resonance| resonance.next(push)).sum()
            })
            .collect()
    }

    fn bark(&mut self) -> Vec<f32> {
        let high = self.between(380.0, 430.0);
        let made = self.throat(0.17, |into| high * (1.25 - 0.6 * into), [(820.0, 140.0), (1500.0, 220.0)], 0.7);
        shaped(made, |into| (into * 14.0).min(1.0) * libm::expf(-into * 2.4))
    }

    fn cry(&mut self, seconds: f32) -> Vec<f32> {
        let high = self.between(430.0, 520.0);
        let pitch = move |into: f32| {
            high * (0.85 + 0.3 * libm::sinf(std::f32::consts::PI * into)) * (1.0 + 0.012 * sine(6.0, into))
        };
        let made = self.throat(seconds, pitch, [(1100.0, 180.0), (2900.0, 300.0)], 0.15);
        shaped(made, |into| (into * 10.0).min(1.0).min((1.0 - into) * 5.0))
    }

    /// In, a whistle of several notes out.
    fn wheeze(&mut self, seconds: f32) -> Vec<f32> {
        let long = count(seconds);
        let (mut air, mut whistles) =
            (Resonance::new(1200.0, 900.0), [430.0, 610.0, 890.0].map(|hertz| Resonance::new(hertz, 22.0)));
        (0..long)
            .map(|n| {
                let into = n as f32 / long as f32;
                let breath = self.hiss();
                // A third of it breathes in.
                let (swell, whistle) = if into < 0.33 {
                    (libm::sinf(std::f32::consts::PI * into / 0.33), 0.25)
                } else {
                    (libm::sinf(std::f32::consts::PI * (into - 0.33) / 0.67), 1.0)
                };
                let notes: f32 = whistles.iter_mut().map(|whistle| whistle.next(breath)).sum();
                swell * (0.5 * air.next(breath) + 2.2 * whistle * notes)
            })
            .collect()
    }

    fn strike(&mut self, seconds: f32) -> Vec<f32> {
        let parts = [(523.0, 1.0, 1.6), (1046.0, 0.6, 2.4), (1391.0, 0.4, 3.4), (2093.0, 0.2, 5.0)];
        (0..count(seconds))
            .map(|n| {
                let t = at(n);
                parts.iter().map(|(hertz, loud, dies)| loud * sine(*hertz, t) * libm::expf(-t * dies)).sum()
            })
            .collect()
    }

    fn chirps(&mut self, seconds: f32) -> Vec<f32> {
        let mut made = Vec::new();
        while made.len() < count(seconds) {
            let (from, to, long) =
                (self.between(2200.0, 2700.0), self.between(2600.0, 3200.0), self.between(0.05, 0.12));
            let samples = count(long);
            let mut phase = 0.0;
            for n in 0..samples {
                let into = n as f32 / samples as f32;
                phase += (from + (to - from) * into) / RATE as f32;
                made.push(libm::sinf(std::f32::consts::PI * into) * libm::sinf(TAU * (phase % 1.0)));
            }
            let silent = self.between(0.04, 0.22);
            made.resize(made.len() + count(silent), 0.0);
        }
        made
    }

    /// A tune of five notes, plucked or hummed.
    fn tune(&mut self, seconds: f32, hummed: bool) -> Vec<f32> {
        const NOTES: [f32; 5] = [392.0, 440.0, 523.3, 587.3, 659.3];
        let mut made = Vec::new();
        let mut place = 2;
        while made.len() < count(seconds) {
            let beat = if hummed { self.between(0.4, 0.7) } else { 0.32 };
            // Up or down a note, or the same again.
            place = (place + (self.die() * 3.0) as usize).saturating_sub(1).min(NOTES.len() - 1);
            let hertz = NOTES[place];
            let samples = count(beat);
            made.extend((0..samples).map(|n| {
                let (t, into) = (at(n), n as f32 / samples as f32);
                let swell = if hummed { (into * 8.0).min(1.0).min((1.0 - into) * 8.0) } else { libm::expf(-t * 5.0) };
                let wave = 1.0 + if hummed { 0.008 * sine(5.0, t) } else { 0.0 };
                let overtone = if hummed { 0.25 } else { 0.5 };
                swell * (sine(hertz * wave, t) + overtone * sine(hertz * 2.0, t) + 0.2 * sine(hertz * 3.0, t))
            }));
        }
        made.truncate(count(seconds));
        made
    }

    /// Speech that nobody can make out: syllables of two voices in turn, in sentences.
    fn murmur(&mut self, seconds: f32) -> Vec<f32> {
        let mut made = Vec::new();
        let mut low = true;
        while made.len() < count(seconds) {
            low = !low;
            let pitch = if low { self.between(105.0, 125.0) } else { self.between(185.0, 215.0) };
            for _ in 0..(6 + (self.die() * 8.0) as usize) {
                let mouth = [(self.between(320.0, 720.0), 110.0), (self.between(900.0, 2100.0), 180.0)];
                let (long, falls) = (self.between(0.09, 0.22), self.between(0.9, 1.1));
                let syllable = self.throat(long, move |into| pitch * (1.0 + (falls - 1.0) * into), mouth, 0.25);
                made.extend(shaped(syllable, |into| libm::sinf(std::f32::consts::PI * into)));
                let silent = self.between(0.0, 0.06);
                made.resize(made.len() + count(silent), 0.0);
            }
            let silent = self.between(0.25, 0.7);
            made.resize(made.len() + count(silent), 0.0);
        }
        made.truncate(count(seconds));
        made
    }

    /// Noise around a pitch that swells and falls: water, wind, cars that pass.
    fn rush(&mut self, seconds: f32, hertz: f32, width: f32) -> Vec<f32> {
        let mut body = Resonance::new(hertz, width);
        let (slow, slower) = (self.between(0.11, 0.17), self.between(0.29, 0.41));
        (0..count(seconds))
            .map(|n| {
                let t = at(n);
                let swell = 0.62 + 0.25 * sine(slow, t) + 0.13 * sine(slower, t);
                swell * body.next(self.hiss())
            })
            .collect()
    }

    fn engine(&mut self, seconds: f32) -> Vec<f32> {
        let revs = self.between(88.0, 96.0);
        let mut phase = 0.0;
        let (mut low, mut high) = (Resonance::new(520.0, 200.0), Resonance::new(1900.0, 500.0));
        (0..count(seconds))
            .map(|n| {
                phase += revs * (1.0 + 0.06 * sine(0.7, at(n))) / RATE as f32;
                let push = (1.0 - 2.0 * (phase % 1.0)) + 0.4 * self.hiss();
                low.next(push) + 0.7 * high.next(push)
            })
            .collect()
    }
}

fn shaped(mut samples: Vec<f32>, shape: impl Fn(f32) -> f32) -> Vec<f32> {
    let long = samples.len().max(1) as f32;
    for (n, sample) in samples.iter_mut().enumerate() {
        *sample *= shape(n as f32 / long);
    }
    samples
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub const ALL: [Noise; 17] = [
        Noise::Television,
        Noise::Music,
        Noise::Traffic,
        Noise::Baby,
        Noise::Alarm,
        Noise::Beeps,
        Noise::Dog,
        Noise::Bird,
        Noise::Water,
        Noise::Engine,
        Noise::Door,
        Noise::Knock,
        Noise::Scrape,
        Noise::Rattle,
        Noise::Wheeze,
        Noise::Humming,
        Noise::Clock,
    ];

    fn power(samples: &[f32]) -> f32 {
        samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32
    }

    /// The loudest 100 ms, in decibels of full scale.
    fn loudest(samples: &[f32]) -> f32 {
        let most = samples.chunks(1600).map(power).fold(0.0, f32::max);
        10.0 * libm::log10f(most.max(1e-12))
    }

    #[test]
    fn every_noise_is_heard_and_stays_behind_a_voice() {
        for noise in ALL {
            let (once, behind) = (once(noise), behind(noise));
            assert!((0.3..5.0).contains(&at(once.len())), "{noise:?} once: {} s", at(once.len()));
            assert!((11.0..13.0).contains(&at(behind.len())), "{noise:?} goes on for {} s", at(behind.len()));
            // A voice has -20 LUFS, and its loudest moments some 6 dB more.
            assert!((-36.0..-14.0).contains(&loudest(&once)), "{noise:?} once: {} dB", loudest(&once));
            assert!((-48.0..-24.0).contains(&loudest(&behind)), "{noise:?} behind: {} dB", loudest(&behind));
            assert!(once.iter().chain(&*behind).all(|sample| sample.abs() <= PEAK));
            assert!(once[0].abs() < 0.002 && once[once.len() - 1].abs() < 0.002, "{noise:?} clicks");
        }
        assert!(once(Noise::Quiet).is_empty() && behind(Noise::Quiet).is_empty());
    }

    #[test]
    fn the_background_has_no_seam() {
        for noise in ALL {
            let behind = behind(noise);
            let steps: Vec<f32> = behind.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
            let seam = (behind[0] - behind[behind.len() - 1]).abs();
            let largest = steps.iter().copied().fold(0.0, f32::max);
            assert!(seam <= largest * 1.5 + 1e-4, "{noise:?} jumps by {seam} where {largest} is usual");
        }
    }

    #[test]
    fn noises_differ_and_are_the_same_every_time() {
        for noise in ALL {
            assert_eq!(once(noise), once(noise));
        }
        let alarm = once(Noise::Alarm);
        let sounds: Vec<bool> = alarm.chunks(160).map(|part| power(part) > 1e-6).collect();
        let beeps = sounds.windows(2).filter(|pair| !pair[0] && pair[1]).count() + usize::from(sounds[0]);
        assert_eq!(beeps, 4, "an alarm is four beeps");
    }
}
