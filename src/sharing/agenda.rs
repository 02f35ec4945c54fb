//! How the minutes of a session are spent: presets that fit a rota.

use serde::{Deserialize, Serialize};

/// What happens at one time of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub enum Step {
    /// What it is for, who sees what, who agrees to what.
    SetUp,
    /// A part of the call is heard.
    Listen,
    /// Everybody decides for themselves, in silence.
    Decide,
    /// All decisions at once, without names.
    Reveal,
    /// The volunteer first, then the room.
    Discuss,
    /// One learning point.
    Agree,
    /// What each takes along; thanks.
    Close,
}

impl Step {
    /// Those that come once for each call, in their order.
    pub const OF_A_CALL: [Self; 5] = [Self::Listen, Self::Decide, Self::Reveal, Self::Discuss, Self::Agree];

    /// In plain words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SetUp => "Set up",
            Self::Listen => "Listen",
            Self::Decide => "Decide blind",
            Self::Reveal => "Reveal",
            Self::Discuss => "Discuss",
            Self::Agree => "Agree",
            Self::Close => "Close",
        }
    }
}

/// A preset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub enum Format {
    /// Fifteen minutes, three people, one call: between two shifts.
    Huddle,
    /// Forty-five minutes, one call, and time to talk.
    OneCall,
    /// Forty-five minutes, two calls: no more than two, or there is no time to talk.
    TwoCalls,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Huddle, Self::OneCall, Self::TwoCalls];

    /// In plain words, with minutes and people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Huddle => "Huddle: 15 minutes, three people, one call",
            Self::OneCall => "45 minutes, one call",
            Self::TwoCalls => "45 minutes, two calls",
        }
    }

    /// The most calls.
    #[must_use]
    pub fn calls(self) -> usize {
        if self == Self::TwoCalls { 2 } else { 1 }
    }

    /// Minutes of a step; those of a call for each call.
    #[must_use]
    pub fn minutes(self, step: Step) -> u32 {
        match (self, step) {
            (Self::Huddle, Step::SetUp | Step::Decide | Step::Reveal) => 1,
            (Self::Huddle, Step::Listen | Step::Agree | Step::Close) => 2,
            (Self::Huddle, Step::Discuss) => 6,
            (_, Step::SetUp | Step::Listen | Step::Agree) => 3,
            (_, Step::Decide) => 2,
            (_, Step::Reveal) => 1,
            (Self::TwoCalls, Step::Discuss) => 10,
            (Self::OneCall, Step::Discuss) => 29,
            (_, Step::Close) => 4,
        }
    }

    /// Minutes of the whole with so many calls.
    #[must_use]
    pub fn total(self, calls: usize) -> u32 {
        let of_a_call: u32 = Step::OF_A_CALL.iter().map(|step| self.minutes(*step)).sum();
        let calls = u32::try_from(calls).unwrap_or(u32::MAX);
        self.minutes(Step::SetUp) + of_a_call.saturating_mul(calls) + self.minutes(Step::Close)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_take_as_long_as_they_say() {
        assert_eq!(Format::Huddle.total(1), 15);
        assert_eq!(Format::OneCall.total(1), 45);
        assert_eq!(Format::TwoCalls.total(2), 45);
    }
}
