//! The calls that can be taken, and the standards they are taken by.

use std::path::Path;
#[cfg(not(target_arch = "wasm32"))]
use std::path::PathBuf;
use std::sync::Arc;

use bevy::prelude::Resource;

use crate::call::matcher::Index;
use crate::call::speech::recording::Places;
use crate::call::{Call, Script, play};
use crate::diagnostic::Diagnostic;
#[cfg(not(target_arch = "wasm32"))]
use crate::diagnostic::{Position, codes};
use crate::records::{Head, Mode, Text};
#[cfg(not(target_arch = "wasm32"))]
use crate::ron_text::{self, SCENARIO_LIMIT};
use crate::scenario::{self, ContentNote, Difficulty, Scenario};
use crate::standards::{Id, Standards};

/// Everything that can be taken, and by what.
#[derive(Resource)]
pub struct Library {
    pub standards: Arc<Standards>,
    /// The search over the bank.
    pub index: Arc<Index>,
    pub entries: Vec<Entry>,
    /// Where calls that are not shipped have their recordings.
    pub places: Places,
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
        Self { standards, index, entries, places: Places::default() }
    }

    /// Puts a call beside the others, in place of those that go by the same number or slug: a call is taken by its slug.
    pub fn put(&mut self, entry: Entry) {
        self.entries.retain(|other| !is_same(&other.scenario, &entry.scenario));
        self.entries.push(entry);
        self.entries.sort_by_key(|entry| entry.scenario.number);
    }

    /// Puts the calls of a folder beside the shipped ones, in place of those of the same number or slug.
    ///
    /// # Errors
    /// What keeps any of them from being used, and a folder or a file that cannot be read.
    ///
    /// What is to be said of them all the same comes back: recordings that cannot be played, shipped calls that give way.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn add_folder(&mut self, folder: &Path) -> Result<Vec<String>, Vec<Diagnostic>> {
        let unreadable = |problem: std::io::Error| {
            let message = match problem.kind() {
                std::io::ErrorKind::NotFound => "there is no such folder".to_owned(),
                std::io::ErrorKind::NotADirectory => "this is a file: name the folder it lies in".to_owned(),
                _ => format!("the folder cannot be read: {problem}"),
            };
            vec![Diagnostic::error(codes::UNREADABLE, &folder.display().to_string(), Position::START, message)]
        };
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(folder).map_err(unreadable)?.flatten().map(|file| file.path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "ron"));
        files.sort();
        let (mut unusable, mut said) = (Vec::new(), Vec::new());
        for file in files {
            let bytes = ron_text::read_file(&file, SCENARIO_LIMIT).map_err(|problem| vec![problem])?;
            let loaded = match scenario::load(&file.display().to_string(), &bytes) {
                Ok(loaded) => loaded,
                Err(problems) => {
                    unusable.extend(problems);
                    continue;
                }
            };
            let problems = scenario::check::check(&loaded, &self.standards);
            unusable.extend(problems.into_iter().filter(Diagnostic::keeps_from_use));
            said.extend(scenario::check::unplayable(&loaded).iter().map(ToString::to_string));
            let entry = Entry::from(loaded);
            let own = &entry.scenario;
            for other in self.entries.iter().filter(|other| is_same(&other.scenario, own)) {
                let gives_way = call_number(other.scenario.number);
                said.push(format!(
                    "{}: it stands in place of {gives_way}, which has the same number or id",
                    file.display()
                ));
            }
            self.places.folders.insert(entry.hash.clone(), folder.to_owned());
            self.put(entry);
        }
        if unusable.is_empty() { Ok(said) } else { Err(unusable) }
    }

    /// The same, for a worker beside the window.
    pub fn again(&self) -> Self {
        Self {
            standards: self.standards.clone(),
            index: self.index.clone(),
            entries: self.entries.clone(),
            places: self.places.clone(),
        }
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

/// Both cannot stand in one list.
fn is_same(one: &Scenario, other: &Scenario) -> bool {
    one.number == other.number || one.id == other.id
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calls_of_a_folder_stand_beside_the_shipped_ones_with_the_folder_of_their_recordings() {
        let folder = tempfile::tempdir().expect("a folder");
        let (_, text) = scenario::shipped().iter().find(|(slug, _)| *slug == "throat-plain").expect("shipped");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
        let own =
            text.replacen("id: \"throat-plain\"", "id: \"own-throat\"", 1).replacen("number: 446", "number: 9046", 1);
        write("own-throat.ron", &own);
        // A shipped call that somebody has changed takes its place.
        write("throat-plain.ron", &text.replacen("number: 446", "number: 447", 1));
        write("notes.txt", "no call");
        let mut library = Library::open(None).expect("the shipped calls");
        let before = library.entries.len();
        let said = library.add_folder(folder.path()).expect("both are sound");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("throat-plain.ron") && said[0].contains("in place of Call 0446"), "{said:?}");
        assert_eq!(library.entries.len(), before + 1);
        let found = library.by_slug("own-throat").expect("it is there");
        assert_eq!(library.places.folders.get(&found.hash).map(PathBuf::as_path), Some(folder.path()));
        assert_eq!(library.by_slug("throat-plain").map(|entry| entry.scenario.number), Some(447));
        assert!(library.entries.is_sorted_by_key(|entry| entry.scenario.number));
        // What cannot be used is said, with file, line and column.
        write("bad.ron", "(id: 1)");
        let problems = library.add_folder(folder.path()).expect_err("one of them is bad");
        assert!(problems.iter().any(|problem| problem.file.ends_with("bad.ron") && problem.line == 1), "{problems:?}");
        let none = library.add_folder(&folder.path().join("none")).expect_err("there is none");
        assert!(none[0].message.contains("no such folder"));
        let file = library.add_folder(&folder.path().join("notes.txt")).expect_err("a file is no folder");
        assert!(file[0].message.contains("name the folder"));
        // A recording that is not there is said, and the call can be taken all the same.
        std::fs::remove_file(folder.path().join("bad.ron")).expect("it was there");
        write(
            "own-throat.ron",
            &own.replacen("heard: [", "heard: [(text: \"Yeah, wide awake.\", audio: \"gone.wav\"), ", 1),
        );
        let said = library.add_folder(folder.path()).expect("all are sound");
        assert!(said.iter().any(|line| line.contains("own-throat.ron:") && line.contains("gone.wav")), "{said:?}");
    }
}
