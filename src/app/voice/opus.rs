//! What a clip holds: one Opus stream in Ogg, decoded at the rate of a telephone line.

use opus_decoder::OpusDecoder;

pub use super::tones::RATE;

/// Opus counts at this rate, whatever was recorded. The decoder is asked for nothing else: what it makes of speech at 16 or
/// 8 kHz is noise (opus-decoder 0.1.1).
const COUNTED: u32 = 48_000;
/// Samples that are decoded for each that is kept. Nothing of a telephone line is lost between them: it ends at 3.4 kHz.
const STEP: usize = (COUNTED / RATE) as usize;
/// The longest clip, in seconds: a line of call takes no longer.
const LONGEST: usize = 180;

/// The samples of a clip.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn decode(bytes: &[u8]) -> Result<Vec<f32>, String> {
    // The decoder stops at some packets that no encoder writes: a clip that was damaged is no reason to be silent for good.
    let caught = std::panic::catch_unwind(|| decoded(bytes));
    caught.unwrap_or_else(|_| Err("a clip is damaged".into()))
}

fn decoded(bytes: &[u8]) -> Result<Vec<f32>, String> {
    let Packets { packets, last } = packets(bytes)?;
    let mut packets = packets.iter();
    let head = packets.next().filter(|head| head.starts_with(b"OpusHead") && head.len() >= 19);
    let head = head.ok_or("a clip does not begin as Opus does")?;
    packets.next().ok_or("a clip ends before its first sound")?;
    let skip = u16::from_le_bytes([head[10], head[11]]);
    let mut decoder = OpusDecoder::new(COUNTED, 1).map_err(|problem| problem.to_string())?;
    let mut piece = vec![0.0; decoder.max_frame_size_per_channel()];
    let mut samples = Vec::new();
    for packet in packets {
        let long = decoder
            .decode_float(packet, &mut piece, false)
            .map_err(|problem| format!("a clip cannot be decoded: {problem}"))?;
        samples.extend_from_slice(piece.get(..long).unwrap_or(&piece));
        if samples.len() > LONGEST * COUNTED as usize {
            return Err("a clip is longer than three minutes".into());
        }
    }
    // What the encoder put before the first sound, and behind the last.
    let skip = usize::from(skip);
    let end = usize::try_from(last).unwrap_or(usize::MAX);
    samples.truncate(end.max(skip));
    Ok(samples.get(skip..).unwrap_or_default().iter().copied().step_by(STEP).collect())
}

/// The packets of an Ogg file, and the place of its last sample.
struct Packets {
    packets: Vec<Vec<u8>>,
    last: u64,
}

fn packets(mut bytes: &[u8]) -> Result<Packets, String> {
    const BROKEN: &str = "a clip ends in the middle of a page";
    let mut found = Packets { packets: Vec::new(), last: u64::MAX };
    let mut open: Vec<u8> = Vec::new();
    while !bytes.is_empty() {
        let (head, rest) = bytes.split_at_checked(27).ok_or(BROKEN)?;
        if !head.starts_with(b"OggS") {
            return Err("a clip is not an Ogg file".into());
        }
        let place: [u8; 8] = head[6..14].try_into().map_err(|_| BROKEN)?;
        if let Ok(place) = u64::try_from(i64::from_le_bytes(place)) {
            found.last = place;
        }
        let (laces, mut rest) = rest.split_at_checked(head[26].into()).ok_or(BROKEN)?;
        for lace in laces {
            let (segment, more) = rest.split_at_checked((*lace).into()).ok_or(BROKEN)?;
            open.extend_from_slice(segment);
            rest = more;
            // A segment that is not full ends its packet.
            if *lace < 255 {
                found.packets.push(std::mem::take(&mut open));
            }
        }
        bytes = rest;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone of 300 Hz and half a second, as libopus writes it at 16 kHz and 12 kbit/s.
    const TONE: &[u8] = include_bytes!("tone.opus");

    #[test]
    fn a_clip_is_as_long_and_as_high_as_it_was_recorded() {
        let samples = decode(TONE).expect("a clip");
        assert_eq!(samples.len(), 8000);
        let crossings = samples[1600..6400].windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!((88..=92).contains(&crossings), "{crossings} periods in 0.3 s");
        let loud = samples.iter().map(|s| s * s).sum::<f32>() / 8000.0;
        assert!((0.02..0.2).contains(&loud), "{loud}");
    }

    /// A caller's words as they are packed, and 0.4 s from their middle as libopus decodes them, 16-bit samples at 16 kHz.
    const SPEECH: &[u8] = include_bytes!("speech.opus");
    const REFERENCE: &[u8] = include_bytes!("speech.pcm");
    /// Where in the clip the reference begins, in samples.
    const FROM: usize = 8_000;

    #[test]
    fn speech_is_what_the_reference_decoder_makes_of_it() {
        let samples = decode(SPEECH).expect("a clip");
        let reference: Vec<f32> =
            REFERENCE.chunks_exact(2).map(|two| f32::from(i16::from_le_bytes([two[0], two[1]])) / 32_768.0).collect();
        let power = |of: &[f32]| of.iter().map(|s| s * s).sum::<f32>();
        let alike = |lag: usize| {
            let part = &samples[FROM - 20 + lag..][..reference.len()];
            let both = part.iter().zip(&reference).map(|(a, b)| a * b).sum::<f32>();
            both / (power(part) * power(&reference)).sqrt()
        };
        let best = (0..40).map(alike).fold(0.0, f32::max);
        assert!(best > 0.97, "correlation {best}");
    }

    #[test]
    fn a_broken_clip_is_a_sentence() {
        for end in (0..TONE.len()).step_by(97) {
            if let Ok(samples) = decode(&TONE[..end]) {
                assert!(samples.len() <= 8000);
            }
        }
        for at in (0..TONE.len()).step_by(97) {
            let mut bytes = TONE.to_vec();
            bytes[at] ^= 0xA5;
            _ = decode(&bytes);
        }
        assert_eq!(decode(b"").unwrap_err(), "a clip does not begin as Opus does");
        assert_eq!(decode(&[0; 40]).unwrap_err(), "a clip is not an Ogg file");
    }
}
