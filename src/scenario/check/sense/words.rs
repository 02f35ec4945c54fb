//! Words: what a caller would say, and what a model call should not.

use super::{Place, Sense};
use crate::call::Action;
use crate::diagnostic::codes;
use crate::scenario::Relation;
use crate::standards::words::{Vocabulary, longest_sentence};

/// Nobody says a longer sentence on the telephone, in words.
const SENTENCE: usize = 45;

impl Sense<'_> {
    pub(super) fn words(&mut self) {
        self.poor_lines();
        let call = self.call;
        let knows_the_words = call.caller.relation == Relation::Professional;
        let vocabulary = Vocabulary::of(&self.standards.topics);
        let known = self.known_diagnoses();
        let mut lines: Vec<(Place, &str)> = Vec::new();
        for (n, say) in call.opening.iter().enumerate() {
            lines.push((Place::root("opening").index(n), say));
        }
        for (n, answer) in call.answers.iter().enumerate() {
            for (field, list) in [("say", &answer.say), ("again", &answer.again)] {
                lines.extend(list.iter().enumerate().map(|(w, say)| (Place::answer(n).field(field).index(w), &**say)));
            }
        }
        for (n, beat) in call.beats.iter().enumerate() {
            let wordings = beat.say.iter().enumerate();
            lines.extend(wordings.map(|(w, say)| (Place::beat(n).field("say").index(w), &**say)));
        }
        for (place, line) in lines {
            if longest_sentence(line) > SENTENCE {
                let message =
                    format!("a sentence of {} words is hard to follow on the telephone", longest_sentence(line));
                self.warning(codes::TOO_HARD, place.clone(), message, "make two or three sentences of it");
            }
            if knows_the_words {
                continue;
            }
            let line = line.to_lowercase();
            if let Some(word) = vocabulary.jargon_in(&line) {
                let message = format!("a caller would not say “{word}”");
                let hint = "say it as somebody would who has never worked in a hospital";
                self.warning(codes::TOO_HARD, place.clone(), message, hint);
            }
            if let Some(word) = vocabulary.diagnosis_in(&line, &known) {
                let message = format!("the caller names “{word}”, and nothing says that they were told so");
                let hint = "let them say what they feel or see; or have a fact, a note or a record name it";
                self.warning(codes::DIAGNOSIS_SAID, place, message, hint);
            }
        }
    }

    /// What the caller may have been told: conditions on record, and facts that name them.
    fn known_diagnoses(&self) -> String {
        let call = self.call;
        let mut known = String::new();
        let facts = call.facts.iter().map(|fact| fact.is.as_str());
        let records = call.special_notes.iter().chain(&call.previous_contacts).chain(&call.summary_record);
        for text in facts.chain(records.map(String::as_str)) {
            known.push_str(&text.to_lowercase());
            known.push('\n');
        }
        known
    }

    /// A model call says nothing that a trainee is taught not to say.
    fn poor_lines(&mut self) {
        for (c, call) in self.call.model.calls.iter().enumerate() {
            for (n, action) in call.actions.iter().enumerate() {
                let (Action::Say { utterance, .. } | Action::SayFree { resolved: Some(utterance), .. }) = action else {
                    continue;
                };
                let Some((_, said)) = self.standards.utterance(utterance) else { continue };
                if let Some(flaw) = said.flaws.first() {
                    let message = format!("the model call says `{utterance}`, a poor line: {flaw:?}");
                    let better: Vec<_> = said.better.iter().map(|id| format!("`{id}`")).collect();
                    let hint = if better.is_empty() {
                        "leave it out".to_owned()
                    } else {
                        format!("say {} instead", better.join(" or "))
                    };
                    let place = Place::model().field("calls").index(c).field("actions").index(n);
                    self.error(codes::POOR_MODEL_LINE, place, message, hint);
                }
            }
        }
    }
}
