//! Scripts for whoever leads the talk, in our own words, after three published ways of debriefing.

use serde::{Deserialize, Serialize};

/// A way of leading the talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Facilitation {
    /// Reactions, description, analysis, summary (Eppich and Cheng 2015).
    #[default]
    Pearls,
    /// What went well first, by the volunteer and then by the room; then what to do differently (Pendleton 1984).
    Pendleton,
    /// Two columns: keep, and change.
    PlusDelta,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Volunteer,
    Room,
    Facilitator,
}

/// One part of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub title: &'static str,
    pub turn: Turn,
    /// Sentences to say or ask; one of them is enough.
    pub say: &'static [&'static str],
}

impl Facilitation {
    pub const ALL: [Self; 3] = [Self::Pearls, Self::Pendleton, Self::PlusDelta];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pearls => "PEARLS",
            Self::Pendleton => "Pendleton",
            Self::PlusDelta => "Plus and delta",
        }
    }

    /// What it is good for, in a sentence.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::Pearls => "Feelings first, then what happened, then why; for calls that weigh on people.",
            Self::Pendleton => "Strict turns; for a group that does not know each other yet. It can feel stiff.",
            Self::PlusDelta => "Two columns and no ceremony; for a huddle.",
        }
    }

    /// The parts in their order.
    #[must_use]
    pub fn parts(self) -> &'static [Part] {
        match self {
            Self::Pearls => PEARLS,
            Self::Pendleton => PENDLETON,
            Self::PlusDelta => PLUS_DELTA,
        }
    }
}

/// What is said before every session, whatever the script.
pub const GROUND_RULES: [&str; 5] = [
    "We are here to learn how we decide. Nothing said here is about how anybody does their job.",
    "What is said about a call stays in this room; what we agree goes out.",
    "Everybody here wants callers to be safe, and did what made sense at the time.",
    "Nobody's call is played without their yes today. A yes can be taken back at any moment.",
    "Nobody has to speak. Whoever needs a minute takes one.",
];

const PEARLS: &[Part] = &[
    Part {
        title: "Reactions",
        turn: Turn::Volunteer,
        say: &["How was that call for you?", "What is the first thing that comes to mind?"],
    },
    Part {
        title: "What happened",
        turn: Turn::Volunteer,
        say: &[
            "In two sentences: who rang, and what was the matter?",
            "What did you take to be the most important thing to sort out?",
        ],
    },
    Part {
        title: "Looking closer: by themselves",
        turn: Turn::Volunteer,
        say: &["How would you score it? Three things that went well, three you might do differently."],
    },
    Part {
        title: "Looking closer: together",
        turn: Turn::Room,
        say: &[
            "I noticed that we landed on different rungs. I would like to know what each of us heard. What did you go by?",
            "Whoever would have done it differently: what exactly would you have said?",
        ],
    },
    Part {
        title: "A word of teaching, if one is needed",
        turn: Turn::Facilitator,
        say: &["There is one thing here that none of us could have known. It is this, and here is where it stands."],
    },
    Part {
        title: "Taking it along",
        turn: Turn::Room,
        say: &["What is one thing that you will do on your next shift because of this?"],
    },
];

const PENDLETON: &[Part] = &[
    Part { title: "Facts only", turn: Turn::Facilitator, say: &["Is anything about the call itself unclear?"] },
    Part {
        title: "The volunteer: what went well",
        turn: Turn::Volunteer,
        say: &["Score yourself, and name three things that you would do the same way again."],
    },
    Part {
        title: "The room: what went well",
        turn: Turn::Room,
        say: &["What did you hear that you would like to copy? Say the words that were used."],
    },
    Part {
        title: "The volunteer: what to do differently",
        turn: Turn::Volunteer,
        say: &["If the same person rang again tonight, what three things would you change?"],
    },
    Part {
        title: "The room: what to do differently",
        turn: Turn::Room,
        say: &["Whoever sees it differently offers another way: what would you say, word for word?"],
    },
    Part {
        title: "What we agree",
        turn: Turn::Room,
        say: &["What do we all do from now on, who keeps an eye on it, and when do we look again?"],
    },
];

const PLUS_DELTA: &[Part] = &[
    Part {
        title: "Plus",
        turn: Turn::Volunteer,
        say: &["Score yourself. What worked, that is worth keeping? Three things, then the room adds."],
    },
    Part {
        title: "Delta",
        turn: Turn::Volunteer,
        say: &["What would you change next time? Three things, then the room adds: a change, not a complaint."],
    },
    Part {
        title: "One thing",
        turn: Turn::Room,
        say: &["Of everything on the board: which one thing do we take along?"],
    },
];
