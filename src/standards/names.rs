//! Ids read many times over, held in memory once.

use super::model::Id;

/// A power of two; a service's marks name some hundred ids.
const SLOTS: usize = 1024;

/// Ids that were read before: an equal one is given again instead of being made anew. Of two ids that fall into the
/// same place the later one stays, so that this never grows.
#[derive(Debug, Clone)]
pub struct Names(Vec<Option<Id>>);

impl Default for Names {
    fn default() -> Self {
        Self(vec![None; SLOTS])
    }
}

impl Names {
    /// The id with these letters.
    #[must_use]
    pub fn id(&mut self, letters: &str) -> Id {
        // FNV-1a: short texts, and where they fall decides nothing but speed.
        let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let hash = letters.bytes().fold(0x811c_9dc5, mix);
        let slot = &mut self.0[(hash ^ (hash >> 16)) as usize % SLOTS];
        match slot {
            Some(known) if **known == *letters => known.clone(),
            _ => slot.insert(letters.into()).clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn an_id_read_twice_is_held_once() {
        let mut names = Names::default();
        let (first, again) = (names.id("q-fit-now"), names.id("q-fit-now"));
        assert!(Arc::ptr_eq(&first, &again));
    }

    #[test]
    fn what_is_read_comes_back_however_many_there_are() {
        let mut names = Names::default();
        for number in (0..3 * SLOTS).chain(0..3 * SLOTS) {
            let letters = format!("fact-{number}");
            assert_eq!(*names.id(&letters), *letters);
        }
    }
}
