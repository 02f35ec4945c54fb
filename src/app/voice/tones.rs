//! The sounds of the line itself, worked out when they are wanted: nothing of them is recorded.

use std::f32::consts::TAU;

use super::player::Samples;

/// Samples a second: what voices are played at.
pub const RATE: u32 = 16_000;
/// A partial of a tone, of full scale: beside voices at -20 LUFS it is there and not in the way.
const LEVEL: f32 = 0.06;
/// In which a tone begins and ends, in seconds: no click.
const EDGE: f32 = 0.008;
/// Two rings, then a pause, as telephones in Britain ring: seconds of ring and of silence after it.
const CADENCE: [(f32, f32); 2] = [(0.4, 0.2), (0.4, 2.0)];

/// A sound of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A call waits on the desk.
    Ringing,
    /// The caller is there.
    Connected,
    /// It rings at whoever is called: 400 and 450 Hz in the British cadence (ITU-T E.180, supplement 2).
    Calling,
}

impl Tone {
    /// Its samples, between -1 and 1. What is repeated has its pause at its end.
    #[must_use]
    pub fn samples(self) -> Samples {
        match self {
            // A telephone's warble: two tones in turn, twenty times a second.
            Self::Ringing => cadence(|at| {
                let high = ((at * 20.0) as u32).is_multiple_of(2);
                sine(if high { 800.0 } else { 640.0 }, at)
            }),
            Self::Calling => cadence(|at| sine(400.0, at) + sine(450.0, at)),
            Self::Connected => {
                let mut samples = Vec::new();
                tone(&mut samples, 0.09, |at| sine(1000.0, at));
                samples.into()
            }
        }
    }
}

fn sine(hertz: f32, at: f32) -> f32 {
    libm::sinf(TAU * hertz * at)
}

fn cadence(wave: impl Fn(f32) -> f32) -> Samples {
    let mut samples = Vec::new();
    for (sounds, silent) in CADENCE {
        tone(&mut samples, sounds, &wave);
        samples.resize(samples.len() + (silent * RATE as f32) as usize, 0.0);
    }
    samples.into()
}

fn tone(samples: &mut Vec<f32>, seconds: f32, wave: impl Fn(f32) -> f32) {
    let long = (seconds * RATE as f32) as usize;
    samples.extend((0..long).map(|n| {
        let (at, left) = (n as f32 / RATE as f32, (long - n) as f32 / RATE as f32);
        LEVEL * (at.min(left) / EDGE).min(1.0) * wave(at)
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_two_rings_and_a_pause_without_clicks() {
        for tone in [Tone::Ringing, Tone::Calling, Tone::Connected] {
            let samples = tone.samples();
            assert!(samples.iter().all(|sample| sample.abs() <= 0.13), "{tone:?} is too loud");
            assert!(samples[0].abs() < 0.001 && samples[samples.len() - 1].abs() < 0.01, "{tone:?} clicks");
        }
        let ring = Tone::Calling.samples();
        assert_eq!(ring.len(), 48_000, "three seconds");
        let sounds = |from: usize, until: usize| ring[from..until].iter().any(|sample| sample.abs() > 0.01);
        assert!(sounds(0, 6_400) && !sounds(6_400, 9_600) && sounds(9_600, 16_000) && !sounds(16_000, 48_000));
    }
}
