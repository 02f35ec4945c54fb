//! Speech quicker or slower at the same pitch: short pieces are laid over one another where they fit best (WSOLA).

/// A piece: 32 ms at the 16,000 samples a second of a telephone line, a few periods of any voice. Pieces overlap by half.
const PIECE: usize = 512;
const HALF: usize = PIECE / 2;
/// How far a piece may be looked for from where it should begin: 8 ms, a period of a deep voice.
const REACH: usize = 128;
/// Every second sample is enough to see what fits.
const STEP: usize = 2;

/// The same at so many hundredths of its speed. What is too short for it stays as it is.
pub fn stretch(samples: &[f32], percent: u32) -> Vec<f32> {
    let percent = percent.clamp(50, 200) as usize;
    if percent == 100 || samples.len() < 2 * PIECE {
        return samples.to_vec();
    }
    let long = samples.len() * 100 / percent;
    let mut out = vec![0.0; long + PIECE];
    // The first piece is taken as it is; what would come after it is what the next has to be like.
    let mut taken = 0;
    let mut to = 0;
    lay(&mut out, to, &samples[..PIECE], true);
    while to + HALF < long {
        to += HALF;
        let wanted = to * percent / 100;
        let follows = taken + HALF;
        if wanted.max(follows) + PIECE + REACH > samples.len() {
            // The rest, as far as it goes.
            let rest = wanted.min(samples.len().saturating_sub(HALF));
            lay(&mut out, to, &samples[rest..samples.len().min(rest + PIECE)], false);
            continue;
        }
        taken = best(samples, follows, wanted);
        lay(&mut out, to, &samples[taken..taken + PIECE], false);
    }
    out.truncate(long);
    out
}

/// Where around `wanted` a piece begins that is most like the one that begins at `follows`.
fn best(samples: &[f32], follows: usize, wanted: usize) -> usize {
    let like = &samples[follows..follows + HALF];
    let from = wanted.saturating_sub(REACH);
    let alike = |at: usize| {
        let piece = &samples[at..at + HALF];
        let (mut product, mut energy) = (0.0, 1e-9);
        for (a, b) in like.iter().step_by(STEP).zip(piece.iter().step_by(STEP)) {
            product += a * b;
            energy += b * b;
        }
        product / f32::sqrt(energy)
    };
    let mut found = (wanted, f32::MIN);
    for at in (from..=wanted + REACH).step_by(STEP) {
        let alike = alike(at);
        if alike > found.1 {
            found = (at, alike);
        }
    }
    found.0
}

/// Lays a piece over what is there: it rises over its first half and falls over its second, and two of them add up
/// to one.
fn lay(out: &mut [f32], at: usize, piece: &[f32], first: bool) {
    for (n, (to, sample)) in out[at..].iter_mut().zip(piece).enumerate() {
        let rising = (n as f32 + 0.5) / HALF as f32;
        let share = match n < HALF {
            true if first => 1.0,
            true => rising,
            false => 2.0 - rising,
        };
        *to += sample * share;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 16_000;

    #[allow(clippy::disallowed_methods, reason = "a tone to try it with")]
    fn tone(hertz: f32, seconds: f32) -> Vec<f32> {
        let samples = (seconds * RATE as f32) as usize;
        (0..samples).map(|n| (n as f32 * hertz * std::f32::consts::TAU / RATE as f32).sin() * 0.5).collect()
    }

    fn crossings(samples: &[f32]) -> usize {
        samples.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count()
    }

    #[test]
    fn a_tone_lasts_longer_or_shorter_and_keeps_its_pitch_and_loudness() {
        let tone = tone(170.0, 2.0);
        for percent in [80, 90, 110, 120, 130] {
            let out = stretch(&tone, percent);
            assert_eq!(out.len(), tone.len() * 100 / percent as usize, "{percent} %");
            let middle = &out[4000..out.len() - 4000];
            let hertz = crossings(middle) as f32 * RATE as f32 / middle.len() as f32;
            assert!((hertz - 170.0).abs() < 4.0, "{percent} %: {hertz} Hz");
            let loud = middle.iter().map(|s| s * s).sum::<f32>() / middle.len() as f32;
            assert!((loud - 0.125).abs() < 0.02, "{percent} %: {loud}");
            assert!(out.iter().all(|s| s.abs() <= 1.0));
        }
    }

    #[test]
    fn what_is_short_or_empty_is_no_trouble() {
        assert_eq!(stretch(&[], 130), Vec::<f32>::new());
        assert_eq!(stretch(&[0.25; 100], 80), vec![0.25; 100]);
        for long in 1024..1400 {
            for percent in [50, 80, 99, 130, 200] {
                assert_eq!(stretch(&vec![0.1; long], percent).len(), long * 100 / percent as usize);
            }
        }
        assert_eq!(stretch(&[0.5; 4000], 100), vec![0.5; 4000]);
    }
}
