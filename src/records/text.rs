//! The texts a record refers to, by hash: its scenario and its standards.
//!
//! Standards are several files. What names them is a list, one `name hash` a line, sorted by name;
//! the hash of that list is the hash of the standards, so the list is kept as a text like any other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::ron_text::hash as text_hash;

/// Name under which the list of the standards' files is kept.
pub const STANDARDS_LIST: &str = "standards";
/// The longest text kept, in bytes.
pub const TEXT_LIMIT: usize = 8 << 20;
/// The longest name of a text, in bytes.
const NAME_LIMIT: usize = 1024;

/// One text, known by its hash.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// [`text_hash`] of the text.
    pub hash: String,
    /// What people call it: the neutral name of a scenario, the file name of a standards file. Only the
    /// hash counts.
    pub name: String,
    pub text: String,
}

impl Text {
    /// A text with its hash.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { hash: text_hash(&text), name: name.into(), text }
    }

    /// The texts of a set of standards, file name → text: the list first, then every file.
    pub fn standards(files: &BTreeMap<String, String>) -> Vec<Self> {
        let kept: Vec<Self> = files.iter().map(|(name, text)| Self::new(name, text)).collect();
        let list: String = kept.iter().map(|file| format!("{} {}\n", file.name, file.hash)).collect();
        let mut texts = vec![Self::new(STANDARDS_LIST, list)];
        texts.extend(kept);
        texts
    }

    /// The files a list of standards names, as (file name, hash); none for any other text.
    pub fn listed(&self) -> Vec<(&str, &str)> {
        if self.name != STANDARDS_LIST {
            return Vec::new();
        }
        let lines = self.text.lines().filter_map(|line| line.rsplit_once(' '));
        lines.filter(|(_, hash)| is_hash(hash)).collect()
    }

    /// Whether hash, name and text belong together.
    ///
    /// # Errors
    /// One sentence.
    pub fn check(&self) -> Result<(), String> {
        if self.name.len() > NAME_LIMIT {
            return Err("the name of a text is too long".to_owned());
        }
        if self.text.len() > TEXT_LIMIT {
            return Err(format!("text `{}` is longer than {} MiB", self.name, TEXT_LIMIT >> 20));
        }
        let found = text_hash(&self.text);
        if found == self.hash {
            Ok(())
        } else {
            Err(format!("text `{}` has the hash `{found}`, not `{}`", self.name, self.hash))
        }
    }
}

/// 64 lower-case hexadecimal digits.
pub fn is_hash(text: &str) -> bool {
    is_hex(text, 64)
}

/// 32 lower-case hexadecimal digits: 128 bits, the id of a record or an annotation.
pub fn is_id(text: &str) -> bool {
    is_hex(text, 32)
}

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_ignores_byte_order_marks_and_line_ends() {
        assert_eq!(text_hash("\u{feff}a\r\nb\r\n"), text_hash("a\nb\n"));
        assert_ne!(text_hash("a\rb"), text_hash("a\nb"));
        assert!(is_hash(&text_hash("")));
    }

    #[test]
    fn the_hash_of_standards_is_that_of_their_list() {
        let files = [("b.ron", "2"), ("a file.ron", "1")].map(|(n, t)| (n.to_owned(), t.to_owned()));
        let texts = Text::standards(&BTreeMap::from(files));
        let expected = format!("a file.ron {}\nb.ron {}\n", text_hash("1"), text_hash("2"));
        assert_eq!(texts[0].hash, text_hash(&expected));
        let hash = text_hash("1");
        assert_eq!(texts[0].listed()[0], ("a file.ron", hash.as_str()));
        assert!(texts.iter().all(|text| text.check().is_ok()));
    }
}
