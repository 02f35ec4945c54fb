//! Random choices, drawn by position: asking one extra question must not reword every later line.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// One of `0..n` for this seed, purpose, id and occurrence; 0 where there is nothing to choose.
///
/// The same on every platform: ChaCha8 keyed by a hash of the position, one `u32`, and the range
/// by multiply and shift.
pub fn draw(seed: u64, purpose: &str, id: &str, occurrence: u32, n: u32) -> u32 {
    if n < 2 {
        return 0;
    }
    Stream::at(seed, purpose, id, occurrence).draw(n)
}

/// Many draws at one position: a resample, a person's traits.
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of this position; its first draw is that of [`draw`].
    #[must_use]
    pub fn at(seed: u64, purpose: &str, id: &str, occurrence: u32) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(purpose.as_bytes());
        hasher.update(&[0]);
        hasher.update(id.as_bytes());
        hasher.update(&[0]);
        hasher.update(&occurrence.to_le_bytes());
        Self(ChaCha8Rng::from_seed(*hasher.finalize().as_bytes()))
    }

    /// The next of `0..n`; 0 where there is nothing to choose.
    pub fn draw(&mut self, n: u32) -> u32 {
        let word = u64::from(self.0.next_u32());
        u32::try_from((word * u64::from(n)) >> 32).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn a_draw_depends_on_its_position_alone() {
        let first = draw(7, "say", "q-sleep", 0, 1000);
        for other in 0..50 {
            draw(7, "say", "q-other", other, 1000);
        }
        assert_eq!(first, draw(7, "say", "q-sleep", 0, 1000));
        assert_ne!(first, draw(8, "say", "q-sleep", 0, 1000));
        assert_ne!(first, draw(7, "say", "q-sleep", 1, 1000));
        assert_ne!(first, draw(7, "again", "q-sleep", 0, 1000));
    }

    #[test]
    fn draws_are_the_same_on_every_platform() {
        // Frozen: a change here changes what callers say in every kept record.
        let drawn: Vec<u32> = (0..6).map(|n| draw(42, "say", "q-sleep", n, 100)).collect();
        insta::assert_debug_snapshot!(drawn);
    }

    #[test]
    fn all_values_come_up() {
        let mut seen = [0_u32; 3];
        for seed in 0..300 {
            seen[draw(seed, "say", "x", 0, 3) as usize] += 1;
        }
        assert!(seen.iter().all(|&n| n > 60), "{seen:?}");
    }
}
