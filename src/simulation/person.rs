//! A simulated person and what they are like.

use super::SIMULATED;
use crate::agreement::normal_quantile;
use crate::call::Stream;
use crate::standards::Id;

/// Somebody who takes calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Pseudonym; begins with [`SIMULATED`].
    pub name: String,
    pub role: Id,
    /// On a professional register, as the role says.
    pub registered: bool,
    pub site: String,
    /// d′: how many standard deviations apart urgent and not urgent calls look to them, 0.3 to 3.8.
    pub discrimination: f64,
    /// Where they draw the line, in standard deviations from the middle: below zero they call it urgent more readily.
    pub threshold: f64,
    /// Share of the questions of a good call that they ask, 0.4 to 0.98.
    pub listening: f64,
    /// How freely they say that they are certain: what they see times this is what their confidence goes by, around 1.
    pub boldness: f64,
    /// Share of typing, reading back and advice that they do, 0.5 to 1.
    pub diligence: f64,
}

const SITES: [&str; 3] = ["Hillside", "Riverside", "Docklands"];

/// The person of this number in the cohort of this seed.
#[must_use]
pub fn person(number: u32, seed: u64) -> Person {
    let mut stream = Stream::at(seed, "simulated/person", "", number);
    let registered = stream.draw(100) < 40;
    let senior = stream.draw(100) < 15;
    let site = SITES[stream.draw(3) as usize].to_owned();
    let role = match (registered, senior) {
        (false, false) => "health-advisor",
        (false, true) => "senior-health-advisor",
        (true, _) => "clinical-advisor",
    };
    // Who listens better tells better apart, as far as it goes.
    let hears = normal(&mut stream);
    let listening = (0.78 + 0.12 * hears).clamp(0.4, 0.98);
    let discrimination = (1.9 + 0.45 * hears + 0.6 * normal(&mut stream)).clamp(0.3, 3.8);
    let cautious = if registered { 0.1 } else { -0.25 };
    Person {
        name: format!("{SIMULATED}{:04}", number + 1),
        role: role.into(),
        registered,
        site,
        discrimination,
        threshold: cautious + 0.6 * normal(&mut stream),
        listening,
        // A stream of its own: what was drawn of a person before stays.
        boldness: libm::exp(0.3 * normal(&mut Stream::at(seed, "simulated/boldness", "", number))),
        diligence: (0.85 + 0.1 * normal(&mut stream)).clamp(0.5, 1.0),
    }
}

/// One draw from the standard normal distribution.
pub(super) fn normal(stream: &mut Stream) -> f64 {
    normal_quantile(share(stream))
}

/// One draw between 0 and 1, both excluded.
pub(super) fn share(stream: &mut Stream) -> f64 {
    (f64::from(stream.draw(u32::MAX)) + 0.5) / f64::from(u32::MAX)
}
