//! From the rate of the line to that of a device.

use super::opus;

/// From the rate of the line to that of the device, straight from one sample to the next: the line has nothing above
/// 3.4 kHz that would be bent by it.
pub struct Line {
    step: f32,
    /// Between the last sample and the next, 0 to 1.
    at: f32,
    last: f32,
    next: f32,
}

impl Line {
    /// To a device of so many samples a second.
    pub fn new(rate: u32) -> Self {
        Self { step: opus::RATE as f32 / rate.max(1) as f32, at: 1.0, last: 0.0, next: 0.0 }
    }

    /// The next sample of the device; `sample` gives the next of the line.
    pub fn next(&mut self, mut sample: impl FnMut() -> f32) -> f32 {
        while self.at >= 1.0 {
            (self.last, self.next) = (self.next, sample());
            self.at -= 1.0;
        }
        let between = self.last + (self.next - self.last) * self.at;
        self.at += self.step;
        between
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_given_the_same_sound_at_its_own_rate() {
        for rate in [16_000, 44_100, 48_000, 8_000] {
            let mut asked = 0;
            let mut line = Line::new(rate);
            // A second of a slow rise from 0 to 1.
            let given: Vec<f32> = (0..rate)
                .map(|_| {
                    line.next(|| {
                        asked += 1;
                        asked as f32 / 16_000.0
                    })
                })
                .collect();
            assert!((15_990..=16_010).contains(&asked), "{asked} samples of the line are a second at {rate}");
            assert!(given.is_sorted(), "{rate}");
            let middle = given[given.len() / 2];
            assert!((0.49..0.51).contains(&middle), "{middle} at {rate}");
        }
    }
}
