//! What a telephone line does to a sound: a clip has been through it already, a recording of an author's has not, and a
//! bad line does more.

use std::f32::consts::TAU;

use super::stretch::stretch;
use super::tones::RATE;

/// Root mean square of a recording, of full scale: about −20 LUFS for speech in the band of a line.
const LEVEL: f32 = 0.1;
/// No sample is larger.
const PEAK: f32 = 0.97;

/// What becomes of a clip before it is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// The speed, in hundredths.
    pub percent: u32,
    /// The line is bad.
    pub poor: bool,
    /// It has not been through a line: somebody's own recording.
    pub raw: bool,
}

/// A clip as it is heard.
#[must_use]
pub fn carried(samples: Vec<f32>, how: How) -> Vec<f32> {
    let samples = if how.raw { even(telephone(&samples)) } else { samples };
    let samples = if how.percent == 100 { samples } else { stretch(&samples, how.percent) };
    if how.poor { poor(&samples) } else { samples }
}

/// A filter of second order (Robert Bristow-Johnson's cookbook).
struct Filter {
    b: [f32; 3],
    a: [f32; 2],
    x: [f32; 2],
    y: [f32; 2],
}

impl Filter {
    /// `q` of a Butterworth filter's section.
    fn new(rate: u32, hertz: f32, q: f32, high: bool) -> Self {
        let w = TAU * hertz / rate as f32;
        let (cos, alpha) = (libm::cosf(w), libm::sinf(w) / (2.0 * q));
        let (edge, middle) = if high { ((1.0 + cos) / 2.0, -(1.0 + cos)) } else { ((1.0 - cos) / 2.0, 1.0 - cos) };
        let scale = 1.0 / (1.0 + alpha);
        Self {
            b: [edge * scale, middle * scale, edge * scale],
            a: [-2.0 * cos * scale, (1.0 - alpha) * scale],
            x: [0.0; 2],
            y: [0.0; 2],
        }
    }

    fn next(&mut self, x: f32) -> f32 {
        let y = self.b[0] * x + self.b[1] * self.x[0] + self.b[2] * self.x[1]
            - self.a[0] * self.y[0]
            - self.a[1] * self.y[1];
        self.x = [x, self.x[0]];
        self.y = [y, self.y[0]];
        y
    }
}

/// Butterworth, fourth order, at both ends of the band.
fn band(samples: &[f32], low: f32, high: f32) -> Vec<f32> {
    let mut filters = [(low, 0.541, true), (low, 1.307, true), (high, 0.541, false), (high, 1.307, false)]
        .map(|(hertz, q, is_high)| Filter::new(RATE, hertz, q, is_high));
    samples.iter().map(|sample| filters.iter_mut().fold(*sample, |sample, filter| filter.next(sample))).collect()
}

/// What a line carries of a sound at another rate, at the rate of the line.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn at_its_rate(samples: &[f32], rate: u32) -> Vec<f32> {
    // What is above would come down as something else.
    let high = 3400.0_f32.min(rate as f32 * 0.45);
    let mut filters = [0.541, 1.307].map(|q| Filter::new(rate, high, q, false));
    let low: Vec<f32> =
        samples.iter().map(|sample| filters.iter_mut().fold(*sample, |sample, filter| filter.next(sample))).collect();
    let step = f64::from(rate) / f64::from(RATE);
    let long = (samples.len() as f64 / step) as usize;
    let at = |n: usize| {
        let place = n as f64 * step;
        let (before, into) = (place as usize, (place % 1.0) as f32);
        let sample = |n: usize| low.get(n).copied().unwrap_or(0.0);
        sample(before) + (sample(before + 1) - sample(before)) * into
    };
    (0..long).map(at).collect()
}

/// From 300 to 3,400 Hz.
#[must_use]
pub fn telephone(samples: &[f32]) -> Vec<f32> {
    band(samples, 300.0, 3400.0)
}

/// As loud as the clips are, where anything is heard.
fn even(mut samples: Vec<f32>) -> Vec<f32> {
    let parts: Vec<f32> = samples
        .chunks(RATE as usize / 10)
        .map(|part| part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32)
        .collect();
    let most = parts.iter().copied().fold(0.0, f32::max);
    // Pauses do not count: whatever is 20 dB below the loudest.
    let loud: Vec<f32> = parts.into_iter().filter(|power| *power > most / 100.0).collect();
    let now = libm::sqrtf(loud.iter().sum::<f32>() / loud.len().max(1) as f32);
    if now > 1e-5 {
        for sample in &mut samples {
            *sample = (*sample * LEVEL / now).clamp(-PEAK, PEAK);
        }
    }
    samples
}

/// A gap in the line comes after so many seconds, and lasts so long: short enough that the word can be guessed.
const HOLDS: (f32, f32) = (0.5, 1.6);
const GAP: (f32, f32) = (0.03, 0.085);
/// Crackle, of full scale.
const CRACKLE: f32 = 0.006;

/// A mobile at the edge of its network: a narrower band, a hiss, and moments in which nothing comes. The same for the same
/// clip.
fn poor(samples: &[f32]) -> Vec<f32> {
    let mut made = band(samples, 400.0, 2500.0);
    let mut state = samples.iter().fold(0x2545_f491_u32, |state, sample| state.rotate_left(5) ^ sample.to_bits()) | 1;
    let mut die = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 8) as f32 / (1_u32 << 24) as f32
    };
    let count = |(from, to): (f32, f32), die: f32| ((from + (to - from) * die) * RATE as f32) as usize;
    let mut gap = count(HOLDS, die());
    let mut back = gap + count(GAP, die());
    for (n, sample) in made.iter_mut().enumerate() {
        if n >= back {
            gap = n + count(HOLDS, die());
            back = gap + count(GAP, die());
        }
        // Over 3 ms: a gap is no click.
        let edge = RATE as usize * 3 / 1000;
        let open = if n < gap { (gap - n).min(edge) } else { edge.saturating_sub(back - n) };
        *sample = (*sample * open as f32 / edge as f32 + CRACKLE * (die() * 2.0 - 1.0)).clamp(-PEAK, PEAK);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f32, seconds: f32) -> Vec<f32> {
        (0..(seconds * RATE as f32) as usize).map(|n| 0.2 * libm::sinf(TAU * hertz * n as f32 / RATE as f32)).collect()
    }

    /// Decibels that are left of a tone.
    fn left(hertz: f32, through: impl Fn(&[f32]) -> Vec<f32>) -> f32 {
        let power = |samples: &[f32]| samples[8000..].iter().map(|s| s * s).sum::<f32>();
        let tone = tone(hertz, 1.0);
        10.0 * libm::log10f(power(&through(&tone)) / power(&tone))
    }

    #[test]
    fn a_line_carries_from_300_to_3400_hertz() {
        for (hertz, from, to) in
            [(100.0, -60.0, -30.0), (1000.0, -0.5, 0.5), (3000.0, -3.0, 0.5), (5000.0, -60.0, -15.0)]
        {
            let left = left(hertz, telephone);
            assert!((from..to).contains(&left), "{hertz} Hz: {left} dB");
        }
    }

    #[test]
    fn what_is_above_the_line_does_not_come_down_as_something_else() {
        for rate in [8_000, 22_050, 44_100, 48_000] {
            let tone = |hertz: f32| -> Vec<f32> {
                (0..rate).map(|n| 0.2 * libm::sinf(TAU * hertz * n as f32 / rate as f32)).collect()
            };
            let heard = at_its_rate(&tone(1000.0), rate);
            assert!((RATE as usize - 2..=RATE as usize).contains(&heard.len()), "{rate}: {}", heard.len());
            let crossings = heard.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
            assert!((995..=1001).contains(&crossings), "{rate}: {crossings} Hz");
            if rate > 20_000 {
                let power = |samples: &[f32]| samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32;
                let gone = 10.0 * libm::log10f(power(&at_its_rate(&tone(9000.0), rate)) / power(&heard));
                assert!(gone < -30.0, "{rate}: 9 kHz comes with {gone} dB");
            }
        }
    }

    #[test]
    fn a_recording_comes_as_loud_as_a_clip_and_a_clip_stays_as_it_is() {
        for loud in [0.01, 1.0, 4.0] {
            let recording: Vec<f32> = tone(1000.0, 1.0).iter().map(|sample| sample * loud).collect();
            let heard = carried(recording, How { percent: 100, poor: false, raw: true });
            let power = heard[8000..].iter().map(|s| s * s).sum::<f32>() / 8000.0;
            assert!((0.09..0.11).contains(&libm::sqrtf(power)), "{loud}: {}", libm::sqrtf(power));
        }
        let clip = tone(700.0, 0.5);
        assert_eq!(carried(clip.clone(), How { percent: 100, poor: false, raw: false }), clip);
        assert!(even(vec![0.0; 1000]).iter().all(|sample| *sample == 0.0), "silence stays silent");
    }

    #[test]
    fn a_bad_line_has_gaps_and_most_of_the_words() {
        let heard = carried(tone(1000.0, 10.0), How { percent: 100, poor: true, raw: false });
        let silent = |part: &&[f32]| part.iter().map(|s| s.abs()).fold(0.0, f32::max) < 0.02;
        let parts: Vec<&[f32]> = heard.chunks(RATE as usize / 100).collect();
        let gone = parts.iter().filter(|part| silent(part)).count() as f32 / parts.len() as f32;
        assert!((0.01..0.08).contains(&gone), "{gone} of it is gone");
        assert_eq!(heard.len(), 10 * RATE as usize);
        assert_eq!(
            heard,
            carried(tone(1000.0, 10.0), How { percent: 100, poor: true, raw: false }),
            "the same every time"
        );
    }
}
