//! What a clip holds: one Opus stream in Ogg, decoded at the rate of a telephone line.

use opus_decoder::OpusDecoder;

use super::line::at_its_rate;

pub use super::tones::RATE;

/// Opus counts at this rate, whatever was recorded. The decoder is asked for nothing else: what it makes of speech at 16 or
/// 8 kHz is noise (opus-decoder 0.1.1).
const COUNTED: u32 = 48_000;
/// Samples that are decoded for each that is kept.
const STEP: usize = (COUNTED / RATE) as usize;
/// The longest clip, in seconds: a line of call takes no longer.
const LONGEST: usize = 180;

/// The samples of a clip.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn decode(bytes: &[u8]) -> Result<Vec<f32>, String> {
    // Nothing of a telephone line is lost between those that are kept: it ends at 3.4 kHz.
    Ok(all(bytes)?.into_iter().step_by(STEP).collect())
}

/// The samples of an author's recording, which has not been through a line: Ogg Opus or WAV.
///
/// # Errors
/// A sentence that says what is wrong with it.
pub fn decode_recording(bytes: &[u8]) -> Result<Vec<f32>, String> {
    if !bytes.starts_with(b"RIFF") {
        return Ok(at_its_rate(&all(bytes)?, COUNTED));
    }
    let wrong = |problem: hound::Error| format!("a recording cannot be read: {problem}");
    let mut read = hound::WavReader::new(std::io::Cursor::new(bytes)).map_err(wrong)?;
    let spec = read.spec();
    let samples: Result<Vec<f32>, _> = match spec.sample_format {
        hound::SampleFormat::Float => read.samples::<f32>().collect(),
        hound::SampleFormat::Int => {
            let full = (1_u64 << (spec.bits_per_sample.clamp(1, 32) - 1)) as f32;
            read.samples::<i32>().map(|sample| sample.map(|sample| sample as f32 / full)).collect()
        }
    };
    // The line has one ear.
    let channels = usize::from(spec.channels).max(1);
    let mono: Vec<f32> = samples
        .map_err(wrong)?
        .chunks(channels)
        .map(|frame| frame.iter().sum::<f32>() / channels as f32)
        .map(|sample| if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 })
        .collect();
    Ok(at_its_rate(&mono, spec.sample_rate.max(1)))
}

/// The samples of an Opus stream at the rate at which it counts.
fn all(bytes: &[u8]) -> Result<Vec<f32>, String> {
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
    samples.drain(..skip.min(samples.len()));
    Ok(samples)
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

    #[test]
    fn a_recording_is_heard_whatever_it_was_recorded_with() {
        let tone = decode_recording(TONE).expect("a recording");
        assert_eq!(tone.len(), 8000);
        let spec = |channels, sample_format, bits_per_sample| hound::WavSpec {
            channels,
            sample_rate: 44_100,
            bits_per_sample,
            sample_format,
        };
        for (channels, format, bits) in
            [(1, hound::SampleFormat::Int, 16), (2, hound::SampleFormat::Int, 24), (1, hound::SampleFormat::Float, 32)]
        {
            let mut bytes = std::io::Cursor::new(Vec::new());
            let mut writer = hound::WavWriter::new(&mut bytes, spec(channels, format, bits)).expect("in memory");
            for n in 0..44_100 {
                let sample = 0.5 * libm::sinf(std::f32::consts::TAU * 500.0 * n as f32 / 44_100.0);
                for _ in 0..channels {
                    match format {
                        hound::SampleFormat::Float => writer.write_sample(sample),
                        hound::SampleFormat::Int => writer.write_sample((sample * (1_i64 << (bits - 1)) as f32) as i32),
                    }
                    .expect("a sample");
                }
            }
            writer.finalize().expect("whole");
            let heard = decode_recording(&bytes.into_inner()).expect("a recording");
            let loud = heard[4000..].iter().map(|s| s * s).sum::<f32>() / (heard.len() - 4000) as f32;
            assert!((0.34..0.37).contains(&libm::sqrtf(loud)), "{format:?}, {bits} bits: {loud}");
        }
        assert!(decode_recording(b"RIFF").is_err() && decode_recording(b"OggS").is_err());
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
