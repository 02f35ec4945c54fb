//! An author's own recordings: what they may be, and how long they last. Whoever plays decodes them.

use std::collections::BTreeMap;
use std::io::Cursor;
#[cfg(not(target_arch = "wasm32"))]
use std::path::{Path, PathBuf};
#[cfg(target_arch = "wasm32")]
use std::sync::Arc;

/// No recording is larger, in bytes.
pub const RECORDING_LIMIT: usize = 20 << 20;
/// No recording is longer, in milliseconds.
pub const LONGEST_RECORDING: u32 = 180_000;

/// How long a recording lasts, in milliseconds.
///
/// # Errors
/// A sentence that says why it cannot be used: neither Ogg Opus nor WAV, damaged, empty, too large or too long.
pub fn millis(bytes: &[u8]) -> Result<u32, String> {
    if bytes.len() > RECORDING_LIMIT {
        return Err(format!("it has more than {} MiB", RECORDING_LIMIT >> 20));
    }
    let millis = if bytes.starts_with(b"RIFF") {
        wav(bytes)?
    } else if bytes.starts_with(b"OggS") {
        opus(bytes).ok_or("it is no Ogg Opus file, or does not go to its end")?
    } else {
        return Err("it is neither an Ogg Opus nor a WAV file".into());
    };
    match millis {
        0 => Err("nothing is heard in it".into()),
        _ if millis > u64::from(LONGEST_RECORDING) => Err("it is longer than three minutes".into()),
        _ => Ok(u32::try_from(millis).unwrap_or(LONGEST_RECORDING)),
    }
}

/// Where the recordings of a scenario lie that was read from this file.
#[cfg(not(target_arch = "wasm32"))]
#[must_use]
pub fn folder_of(file: &str) -> &Path {
    let folder = Path::new(file).parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// The recording of this name in a folder, or below it.
///
/// # Errors
/// A sentence, and what to do: it is not there, not inside the folder, or cannot be played.
#[cfg(not(target_arch = "wasm32"))]
pub fn read_in(folder: &Path, name: &str) -> Result<Vec<u8>, (String, &'static str)> {
    let path = folder.join(name);
    let there = path.canonicalize().ok().filter(|path| path.is_file());
    let (Ok(folder), Some(path)) = (folder.canonicalize(), there) else {
        let hint = "look at its name, capital letters too: it is looked for from the folder of the scenario";
        return Err((format!("there is no file `{}`", path.display()), hint));
    };
    // A link may lead anywhere.
    if !path.starts_with(&folder) {
        let hint = "put it into the folder of the scenario, and name it by its path from there";
        return Err((format!("`{name}` is not inside the scenario's folder"), hint));
    }
    let bytes = crate::ron_text::read_file(&path, RECORDING_LIMIT).map_err(|problem| {
        (format!("`{name}`: {}", problem.message), "shorten it, or save it in mono, or as Ogg Opus (`.ogg`)")
    })?;
    millis(&bytes).map_err(|sentence| {
        let known = bytes.starts_with(b"RIFF") || bytes.starts_with(b"OggS");
        let hint =
            if known { "listen to it, and save it again" } else { "save it as Ogg Opus (`.ogg`) or WAV (`.wav`)" };
        (format!("`{name}` cannot be played: {sentence}"), hint)
    })?;
    Ok(bytes)
}

/// Where the recordings of calls are that were not shipped.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By hash of a call's text, the folder in which it was found.
    #[cfg(not(target_arch = "wasm32"))]
    pub folders: BTreeMap<String, PathBuf>,
    /// Files that were given to a page, by name: without the folders that they lay in.
    #[cfg(target_arch = "wasm32")]
    pub given: BTreeMap<String, Arc<[u8]>>,
}

impl Places {
    /// A recording that the call with this hash names.
    ///
    /// # Errors
    /// A sentence: where it is, is not known, or it is not there, or it cannot be played.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn read(&self, hash: &str, name: &str) -> Result<Vec<u8>, String> {
        let folder = self.folders.get(hash).ok_or_else(|| format!("`{name}`: the folder of this call is not known"))?;
        read_in(folder, name).map_err(|(sentence, _)| sentence)
    }

    /// The same.
    ///
    /// # Errors
    /// A sentence: it has not been given.
    #[cfg(target_arch = "wasm32")]
    pub fn read(&self, _: &str, name: &str) -> Result<Vec<u8>, String> {
        let file = name.rsplit('/').next().unwrap_or(name);
        let bytes = self.given.get(file).ok_or_else(|| format!("`{file}` has not been given to this page"))?;
        Ok(bytes.to_vec())
    }
}

fn wav(bytes: &[u8]) -> Result<u64, String> {
    let read = hound::WavReader::new(Cursor::new(bytes)).map_err(|problem| format!("it is no WAV file: {problem}"))?;
    Ok(u64::from(read.duration()) * 1000 / u64::from(read.spec().sample_rate.max(1)))
}

/// The last page says how many samples there are, at 48 kHz; the head, how many of them are not heard.
fn opus(bytes: &[u8]) -> Option<u64> {
    let head = bytes.windows(8).take(4096).position(|at| at == b"OpusHead")?;
    let skip = u16::from_le_bytes(bytes.get(head + 10..head + 12)?.try_into().ok()?);
    let (mut rest, mut last) = (bytes, None);
    while !rest.is_empty() {
        if !rest.starts_with(b"OggS") {
            return None;
        }
        let place = u64::from_le_bytes(rest.get(6..14)?.try_into().ok()?);
        // Where no packet ends on the page, it has no place.
        if place != u64::MAX {
            last = Some(place);
        }
        let segments = usize::from(*rest.get(26)?);
        let long: usize = rest.get(27..27 + segments)?.iter().map(|lace| usize::from(*lace)).sum();
        rest = rest.get(27 + segments + long..)?;
    }
    Some(last?.saturating_sub(skip.into()) / 48)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TONE: &[u8] = include_bytes!("../../app/voice/tone.opus");

    fn wav(samples: usize) -> Vec<u8> {
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: 16_000,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut bytes, spec).expect("a file in memory");
        for _ in 0..samples {
            writer.write_sample(0_i16).expect("a sample");
        }
        writer.finalize().expect("whole");
        bytes.into_inner()
    }

    #[test]
    fn a_recording_is_as_long_as_it_says() {
        assert_eq!(millis(TONE), Ok(500));
        assert_eq!(millis(&wav(4_000)), Ok(250));
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let sentence = |bytes: &[u8]| millis(bytes).expect_err("it cannot be used");
        assert_eq!(sentence(b"ID3"), "it is neither an Ogg Opus nor a WAV file");
        assert_eq!(sentence(&TONE[..TONE.len() - 9]), "it is no Ogg Opus file, or does not go to its end");
        assert_eq!(sentence(&wav(0)), "nothing is heard in it");
        assert_eq!(sentence(&wav(16_000 * 181)), "it is longer than three minutes");
        assert!(sentence(b"RIFF....WAVEfmt").starts_with("it is no WAV file"));
        assert_eq!(sentence(&vec![0; RECORDING_LIMIT + 1]), "it has more than 20 MiB");
    }

    #[test]
    fn a_recording_is_taken_from_its_folder_and_from_nowhere_else() {
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().join("calls");
        std::fs::create_dir_all(folder.join("sounds")).expect("made");
        std::fs::write(folder.join("sounds/tone.opus"), TONE).expect("written");
        std::fs::write(place.path().join("secret.wav"), wav(100)).expect("written");
        assert_eq!(read_in(&folder, "sounds/tone.opus"), Ok(TONE.to_vec()));
        let refused = |name: &str| read_in(&folder, name).expect_err("it is refused").0;
        assert!(refused("none.wav").contains("there is no file") && refused("sounds").contains("there is no file"));
        assert!(refused("../secret.wav").contains("not inside"));
        std::fs::write(folder.join("song.wav"), b"ID3").expect("written");
        assert!(read_in(&folder, "song.wav").is_err_and(|(_, hint)| hint.contains("Ogg Opus")));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(place.path().join("secret.wav"), folder.join("link.wav")).expect("linked");
            assert!(refused("link.wav").contains("not inside"));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_recording_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..200), of in 0..3_usize) {
            let begin: &[u8] = [&b""[..], b"RIFF", TONE][of];
            _ = millis(&[begin, &bytes].concat());
        }
    }
}
