//! The clips of one surface of a call in one file.
//!
//! `RCV2`, the length of the index (`u32`, little-endian), the index as JSON
//! (`{"clips":[["<16 hex digits>",offset,length,milliseconds,[when each word begins,…]],…]}`, by key), then the clips one
//! after another, each a whole Ogg Opus stream. Offsets count from the end of the index; words, as they are parted by
//! spaces, begin in hundredths of a second, and none are listed where that is not known. A pack comes from our own build
//! and is checked all the same: nothing is read outside the file, and nothing is kept that is longer than it.

use std::ops::Range;

use serde::Deserialize;

/// How a pack begins.
pub const MAGIC: &[u8; 4] = b"RCV2";
/// The digits of a key.
const KEY: usize = 16;

/// Where the clips of a surface are in its file. The bytes stay with the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// By key.
    clips: Vec<Clip>,
}

/// One clip of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    key: u64,
    /// Where in the file it is.
    pub at: Range<usize>,
    /// How long it sounds, in milliseconds.
    pub millis: u32,
    /// When each of its words begins, in hundredths of a second, in order and within the clip; empty where that is not
    /// known.
    pub begins: Vec<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index<'a> {
    #[serde(borrow)]
    clips: Vec<(&'a str, u32, u32, u32, Vec<u16>)>,
}

impl Pack {
    /// Reads the index of a whole pack.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let rest = bytes.strip_prefix(MAGIC).ok_or("this is not a pack of voices: it does not begin with RCV2")?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or("the pack of voices ends before its index")?;
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (index, clips) = rest.split_at_checked(length).ok_or("the pack of voices ends within its index")?;
        let index: Index = serde_json::from_slice(index)
            .map_err(|e| format!("the index of the pack of voices cannot be read: {e}"))?;
        let begin = bytes.len() - clips.len();
        let mut read: Vec<Clip> = Vec::with_capacity(index.clips.len());
        for (key, offset, length, millis, begins) in index.clips {
            let number =
                number(key).ok_or_else(|| format!("`{key}` in the pack of voices is not a key of 16 digits"))?;
            if read.last().is_some_and(|last| last.key >= number) {
                return Err(format!("`{key}` is out of order in the pack of voices"));
            }
            let at = place(offset, length, clips.len())
                .ok_or_else(|| format!("the clip `{key}` lies outside the pack of voices"))?;
            if !begins.is_sorted() || begins.last().is_some_and(|last| u32::from(*last) * 10 > millis) {
                return Err(format!("the words of the clip `{key}` are out of order in the pack of voices"));
            }
            read.push(Clip { key: number, at: begin + at.start..begin + at.end, millis, begins });
        }
        Ok(Self { clips: read })
    }

    /// The clip of a line, by its key.
    #[must_use]
    pub fn clip(&self, key: &str) -> Option<&Clip> {
        let number = number(key)?;
        let found = self.clips.binary_search_by_key(&number, |clip| clip.key).ok()?;
        self.clips.get(found)
    }

    /// How many clips there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.clips.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clips.is_empty()
    }
}

/// The value of a key; its digits are lower case, so that there is one way to write it.
fn number(key: &str) -> Option<u64> {
    let written = key.len() == KEY && key.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    written.then(|| u64::from_str_radix(key, 16).ok()).flatten()
}

fn place(offset: u32, length: u32, size: usize) -> Option<Range<usize>> {
    let start = usize::try_from(offset).ok()?;
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    (start < end && end <= size).then_some(start..end)
}
