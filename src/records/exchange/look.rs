//! A first look at a JSON text: is it JSON, how deep, has it a key twice, which keys are at the top.
//!
//! `serde_json` does the reading; this only watches. It comes before any type is built, because
//! `serde` lets the last of two equal keys win where it does not know the key.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{DEPTH_LIMIT, codes};

/// The most keys of one object; a record has fifteen.
const KEY_LIMIT: usize = 200;

/// What is wrong with a JSON text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    /// Both from 1; the column in characters.
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) message: String,
}

impl Fault {
    /// At a place in a text of one or several lines that `serde_json` has found.
    pub(super) fn of(text: &str, code: &'static str, problem: &serde_json::Error) -> Self {
        let message = problem.to_string();
        let place = format!(" at line {} column {}", problem.line(), problem.column());
        let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
        let line = text.split('\n').nth(problem.line().saturating_sub(1)).unwrap_or_default();
        let before = problem.column().saturating_sub(1).min(line.len());
        // Bytes that begin a character.
        let column = line.as_bytes()[..before].iter().filter(|&&b| b & 0xC0 != 0x80).count() + 1;
        Self { code, line: problem.line().max(1), column, message }
    }
}

/// The keys of the object that the text is; none where it is something else.
pub(super) fn look(text: &str) -> Result<BTreeSet<String>, Fault> {
    let code = Cell::new(None);
    let top = Cell::new(BTreeSet::new());
    let mut json = serde_json::Deserializer::from_str(text);
    let seen =
        Look { depth: 0, code: &code, top: &top }.deserialize(&mut json).and_then(|()| json.end()).map_err(|problem| {
            let code = code.get().unwrap_or(if problem.is_eof() { codes::CUT_OFF } else { codes::NOT_JSON });
            let mut fault = Fault::of(text, code, &problem);
            if code == codes::CUT_OFF {
                fault.message = "the text ends in the middle of a value".to_owned();
            }
            fault
        });
    seen.map(|()| top.take())
}

/// Walks a value of any kind, `depth` brackets deep.
#[derive(Clone, Copy)]
struct Look<'a> {
    depth: usize,
    /// Set when the error is one of ours.
    code: &'a Cell<Option<&'static str>>,
    top: &'a Cell<BTreeSet<String>>,
}

impl Look<'_> {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_LIMIT {
            self.code.set(Some(codes::TOO_DEEP));
            return Err(E::custom(format!("brackets are nested more than {DEPTH_LIMIT} deep")));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Look<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Look<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let deeper = self.deeper()?;
        while seq.next_element_seed(deeper)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let deeper = self.deeper()?;
        // Objects are small: looking through a list is quicker than a set.
        let mut keys: Vec<Cow<'de, str>> = Vec::new();
        while let Some(key) = map.next_key_seed(Key)? {
            if keys.contains(&key) {
                self.code.set(Some(codes::KEY_TWICE));
                return Err(A::Error::custom(format!("the key `{key}` stands here twice")));
            }
            if keys.len() == KEY_LIMIT {
                self.code.set(Some(codes::TOO_LONG));
                return Err(A::Error::custom(format!("an object has more than {KEY_LIMIT} keys")));
            }
            keys.push(key);
            map.next_value_seed(deeper)?;
        }
        if self.depth == 0 {
            self.top.set(keys.into_iter().map(Cow::into_owned).collect());
        }
        Ok(())
    }
}

/// A key, borrowed from the text where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (&'static str, usize, usize) {
        let fault = look(text).expect_err(text);
        (fault.code, fault.line, fault.column)
    }

    #[test]
    fn what_is_wrong_and_where() {
        assert_eq!(fault("{\"é\":1,\"é\":2}"), (codes::KEY_TWICE, 1, 10));
        assert_eq!(fault("{\"a\":\n [1, }"), (codes::NOT_JSON, 2, 6));
        assert_eq!(fault("{\"a\":[1").0, codes::CUT_OFF);
        assert_eq!(fault(&"[".repeat(200_000)), (codes::TOO_DEEP, 1, 65));
        assert_eq!(fault(&"{\"a\":".repeat(65)).0, codes::TOO_DEEP);
        assert_eq!(fault("{} {}").0, codes::NOT_JSON);
    }

    #[test]
    fn the_deepest_allowed() {
        let deep = "[".repeat(64) + &"]".repeat(64);
        assert!(look(&deep).expect("64 is allowed").is_empty());
        let keys = look("{\"b\":{\"c\":1.5},\"a\":null}").expect("JSON");
        assert_eq!(keys.into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
