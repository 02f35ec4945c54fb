//! What part of the bank is listed: a topic, a part of the body, or a way of speaking.

use crate::app::library::Library;
use crate::standards::{Id, Utterance};

/// What the list of the ask bar is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Id of a body system.
    Topic(Id),
    /// Id of a region of the body map.
    Region(Id),
    Say(Say),
}

/// Something one does with words beside asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    Acknowledge,
    SummariseBack,
    SlowDown,
    ExplainWhy,
}

impl Say {
    pub const ALL: [Self; 4] = [Self::Acknowledge, Self::SummariseBack, Self::SlowDown, Self::ExplainWhy];

    pub fn name(self) -> &'static str {
        match self {
            Self::Acknowledge => "Acknowledge",
            Self::SummariseBack => "Summarise back",
            Self::SlowDown => "Slow them down",
            Self::ExplainWhy => "Explain why",
        }
    }

    /// Headings of the bank that belong here. Poor lines stand under the same headings as good ones:
    /// a list must not sort them out.
    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Acknowledge => &["empathy", "empathy, fear", "encourage", "normalise", "allow uncertainty"],
            Self::SummariseBack => &["summarise back", "teach-back"],
            Self::SlowDown => &["control", "firm control", "several voices", "first boundary", "last boundary"],
            Self::ExplainWhy => &[
                "why I ask",
                "silence",
                "warn of personal question",
                "confidentiality",
                "confidentiality and its limits",
                "hold for clinical advice",
                "manage expectation",
                "honest timing",
            ],
        }
    }
}

impl Filter {
    /// In words, for the chip that takes it away again.
    pub fn name(&self, library: &Library) -> String {
        let topics = &library.standards.topics;
        let found = match self {
            Self::Topic(id) => topics.systems.iter().find(|system| system.id == *id).map(|system| &system.name),
            Self::Region(id) => topics.regions.iter().find(|region| region.id == *id).map(|region| &region.name),
            Self::Say(say) => return say.name().into(),
        };
        found.cloned().unwrap_or_default()
    }

    /// Places in the bank of what it lets through, in the order of the bank.
    pub fn places(&self, library: &Library) -> Vec<usize> {
        let bank = &library.standards.bank;
        let all = |lets: &dyn Fn(&Utterance) -> bool| (0..bank.len()).filter(|n| lets(&bank[*n])).collect();
        match self {
            Self::Topic(id) => all(&|utterance| utterance.system == *id),
            Self::Region(id) => {
                let Some(region) = library.standards.topics.regions.iter().find(|region| region.id == *id) else {
                    return Vec::new();
                };
                let asks = |utterance: &Utterance| {
                    utterance.probes.iter().any(|feature| region.features.contains(feature))
                        || region.systems.contains(&utterance.system)
                };
                // A poor line asks for no feature, and belongs wherever its heading does.
                let headings: Vec<&str> = bank.iter().filter(|u| asks(u)).map(|u| u.topic.as_str()).collect();
                all(&|utterance| asks(utterance) || headings.contains(&utterance.topic.as_str()))
            }
            Self::Say(say) => all(&|utterance| {
                let reads_back = *say == Say::SummariseBack && utterance.reads_back.is_some();
                reads_back || say.headings().contains(&utterance.topic.as_str())
            }),
        }
    }
}
