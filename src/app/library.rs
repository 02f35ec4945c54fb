//! The calls that can be taken, and the standards they are taken by.

use std::path::Path;
use std::sync::Arc;

use bevy::prelude::Resource;

use crate::call::matcher::Index;
use crate::call::{Call, Script, play};
use crate::diagnostic::Diagnostic;
use crate::records::{Head, Mode, Text};
use crate::scenario::{self, ContentNote, Difficulty, Scenario};
use crate::standards::{Id, Standards};

/// Everything that can be taken, and by what.
#[derive(Resource)]
pub struct Library {
    pub standards: Arc<Standards>,
    /// The search over the bank.
    pub index: Arc<Index>,
    pub entries: Vec<Entry>,
}

/// One scenario.
#[derive(Clone)]
pub struct Entry {
    pub scenario: Scenario,
    pub text: String,
    pub hash: String,
}

impl Library {
    /// Reads standards and the shipped scenarios.
    ///
    /// # Errors
    /// What keeps the standards from being used.
    pub fn open(standards: Option<&Path>) -> Result<Self, Vec<Diagnostic>> {
        let standards = match standards {
            // A browser has no folders.
            #[cfg(not(target_arch = "wasm32"))]
            Some(folder) => Arc::new(Standards::from_dir(folder)?),
            _ => Standards::shipped(),
        };
        let mut entries = Vec::new();
        for (slug, text) in scenario::shipped() {
            let loaded = scenario::load(&format!("{slug}.ron"), text.as_bytes())?;
            entries.push(Entry::from(loaded));
        }
        entries.sort_by_key(|entry| entry.scenario.number);
        Ok(Self::with(standards, entries))
    }

    /// These calls under these standards: what is here, or what a kept call was taken under.
    pub fn with(standards: Arc<Standards>, entries: Vec<Entry>) -> Self {
        let index = Arc::new(Index::new(&standards.bank, &standards.topics.synonyms));
        Self { standards, index, entries }
    }

    /// The same, for a worker beside the window.
    pub fn again(&self) -> Self {
        Self { standards: self.standards.clone(), index: self.index.clone(), entries: self.entries.clone() }
    }

    pub fn by_slug(&self, slug: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.scenario.id == slug)
    }

    /// By the name under which records know it; it may have changed since.
    pub fn by_neutral_name(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| &*entry.scenario.neutral_name() == name)
    }

    /// The scenario that a record was taken from, if it has not changed since.
    pub fn of(&self, head: &Head) -> Option<&Entry> {
        self.entries.iter().find(|entry| *entry.hash == *head.scenario)
    }
}

impl From<scenario::Loaded> for Entry {
    fn from(loaded: scenario::Loaded) -> Self {
        Self { scenario: loaded.scenario, text: loaded.text, hash: loaded.hash }
    }
}

impl Entry {
    /// The call as a variant has it.
    pub fn as_taken(&self, variant: Option<&Id>) -> Scenario {
        variant.and_then(|id| self.scenario.variant(id)).unwrap_or_else(|| self.scenario.clone())
    }

    /// The call made ready to be played.
    ///
    /// # Errors
    /// A sentence.
    pub fn script(&self, standards: &Arc<Standards>, variant: Option<Id>) -> Result<Arc<Script>, String> {
        Script::new(standards.clone(), self.as_taken(variant.as_ref()), self.hash.clone(), variant)
    }

    /// What has to be kept beside a record of it.
    pub fn texts(&self, standards: &Standards) -> Vec<Text> {
        let mut texts = Text::standards(&standards.texts);
        texts.push(Text::new(&*self.scenario.neutral_name(), &*self.text));
        texts
    }
}

/// A difficulty in words.
pub fn difficulty(difficulty: Difficulty) -> &'static str {
    match difficulty {
        Difficulty::Starter => "Starter",
        Difficulty::Standard => "Standard",
        Difficulty::Stretch => "Stretch",
    }
}

/// A content note in words.
pub fn content_note(note: ContentNote) -> &'static str {
    match note {
        ContentNote::SelfHarm => "Self-harm",
        ContentNote::Abuse => "Abuse",
        ContentNote::Death => "Death",
        ContentNote::HarmToAChild => "Harm to a child",
        ContentNote::Distress => "Distress",
        ContentNote::Swearing => "Swearing",
    }
}

/// The name by which a call is known before its debrief.
pub fn call_number(number: u32) -> String {
    format!("Call {number:04}")
}

/// The same from the name under which records know it.
pub fn number_of(call: &str) -> String {
    let number = call.strip_prefix("call-").and_then(|number| number.parse().ok());
    number.map_or_else(|| "A call".to_owned(), call_number)
}

/// The call as an expert takes it.
///
/// # Errors
/// A sentence: the role is not known or has no model call, or it cannot be played.
pub fn model_call(script: Arc<Script>, role: &str, seed: u64) -> Result<Call, String> {
    let actions = script.model_call(role).ok_or("there is no model call for this role")?;
    let mut call = Call::new(script, role, seed, Mode::Coach).map_err(|refusal| refusal.to_string())?;
    play(&mut call, actions.iter().map(|action| (None, action))).map_err(|stopped| stopped.to_string())?;
    Ok(call)
}
