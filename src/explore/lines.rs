//! Every line that an author wrote to be heard, and which of them were.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::call::Call;
use crate::scenario::{Answer, Beat, Scenario};

/// The lines of a scenario and of its variants.
///
/// A line in a transcript shares its text with the scenario it was read from, so that a wording is
/// known by where it is kept, and not mistaken for another that reads the same.
#[derive(Debug)]
pub struct Lines {
    /// Where in the file, as [`crate::ron_text::Tree::find`] takes it, and the wording.
    all: Vec<(String, Arc<str>)>,
    places: BTreeMap<usize, usize>,
}

/// Where a text is kept. Only ever looked up: no result depends on it.
fn kept(text: &Arc<str>) -> usize {
    Arc::as_ptr(text).cast::<u8>().addr()
}

impl Lines {
    /// Everything to be heard, in the order of the file.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let mut lines = Self { all: Vec::new(), places: BTreeMap::new() };
        lines.wordings("opening", &scenario.opening);
        lines.silence("patient.not_reachable_says", scenario.patient.not_reachable_says.as_ref());
        lines.answers("answers", &scenario.answers);
        lines.beats("beats", &scenario.beats);
        for (n, offer) in scenario.offers.iter().enumerate() {
            lines.wordings(&format!("offers[{n}].say"), &offer.say);
        }
        lines.wordings("clinician_says", &scenario.clinician_says);
        lines.silence("background", scenario.background.as_ref());
        for (n, variant) in scenario.variants.iter().enumerate() {
            let of = |what: &str| format!("variants[{n}].{what}");
            lines.wordings(&of("opening"), variant.opening.as_deref().unwrap_or_default());
            lines.silence(&of("background"), variant.background.as_ref());
            let says = variant.patient.as_ref().and_then(|patient| patient.not_reachable_says.as_ref());
            lines.silence(&of("patient.not_reachable_says"), says);
            lines.answers(&of("answers"), &variant.answers);
            lines.beats(&of("beats"), &variant.beats);
        }
        lines
    }

    fn add(&mut self, path: String, text: &Arc<str>) {
        self.places.insert(kept(text), self.all.len());
        self.all.push((path, text.clone()));
    }

    fn silence(&mut self, path: &str, text: Option<&Arc<str>>) {
        if let Some(text) = text {
            self.add(path.to_owned(), text);
        }
    }

    fn wordings(&mut self, path: &str, wordings: &[Arc<str>]) {
        for (n, wording) in wordings.iter().enumerate() {
            self.add(format!("{path}[{n}]"), wording);
        }
    }

    fn answers(&mut self, path: &str, answers: &[Answer]) {
        for (n, answer) in answers.iter().enumerate() {
            self.wordings(&format!("{path}[{n}].say"), &answer.say);
            self.wordings(&format!("{path}[{n}].again"), &answer.again);
            self.silence(&format!("{path}[{n}].sound"), answer.sound.as_ref());
        }
    }

    fn beats(&mut self, path: &str, beats: &[Beat]) {
        for (n, beat) in beats.iter().enumerate() {
            self.wordings(&format!("{path}[{n}].say"), &beat.say);
            self.silence(&format!("{path}[{n}].sound"), beat.sound.as_ref());
            self.silence(&format!("{path}[{n}].over.say"), beat.over.as_ref().map(|over| &over.say));
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Path and wording of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all.iter().map(|(path, text)| (&**path, &**text))
    }

    pub(super) fn place(&self, text: &Arc<str>) -> Option<usize> {
        self.places.get(&kept(text)).copied()
    }
}

/// Which lines were heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard(Vec<bool>);

impl Heard {
    #[must_use]
    pub fn none(lines: &Lines) -> Self {
        Self(vec![false; lines.len()])
    }

    /// Takes note of what was heard in a call.
    pub fn hear(&mut self, call: &Call, lines: &Lines) {
        for line in &call.state().lines {
            // The bank's lines and the trainee's own are not the author's.
            if let Some(place) = lines.place(&line.text) {
                self.0[place] = true;
            }
        }
    }

    pub(super) fn is(&self, place: usize) -> bool {
        self.0.get(place).copied().unwrap_or(false)
    }

    pub(super) fn is_all(&self) -> bool {
        self.0.iter().all(|heard| *heard)
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (heard, too) in self.0.iter_mut().zip(&other.0) {
            *heard |= *too;
        }
    }

    /// How many were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().filter(|heard| **heard).count()
    }
}
