//! Words: what a caller would say, and what a model call should not.

use std::sync::Arc;

use super::{Place, Sense};
use crate::call::Action;
use crate::diagnostic::codes;
use crate::scenario::Relation;
use crate::standards::words::holds;

/// Nobody says a longer sentence on the telephone, in words.
const SENTENCE: usize = 45;

impl Sense<'_> {
    pub(super) fn words(&mut self) {
        self.poor_lines();
        let call = self.call;
        let knows_the_words = call.caller.relation == Relation::Professional;
        // What the caller may have been told is put together only where somebody names something.
        let mut known: Option<String> = None;
        let mut lines: Vec<(Place, &'static str, usize, &Arc<str>)> = Vec::new();
        for (n, say) in call.opening.iter().enumerate() {
            lines.push((Place::root("opening"), "", n, say));
        }
        for (n, answer) in call.answers.iter().enumerate() {
            for (field, list) in [("say", &answer.say), ("again", &answer.again)] {
                lines.extend(list.iter().enumerate().map(|(w, say)| (Place::answer(n), field, w, say)));
            }
        }
        for (n, beat) in call.beats.iter().enumerate() {
            lines.extend(beat.say.iter().enumerate().map(|(w, say)| (Place::beat(n), "say", w, say)));
        }
        for (of, field, wording, line) in lines {
            let place = || if field.is_empty() { of.clone() } else { of.clone().field(field) }.index(wording);
            let heard = self.shared.heard(line);
            if heard.longest > SENTENCE {
                let message = format!("a sentence of {} words is hard to follow on the telephone", heard.longest);
                self.warning(codes::TOO_HARD, place(), message, "make two or three sentences of it");
            }
            if knows_the_words {
                continue;
            }
            if let Some(word) = &heard.jargon {
                let message = format!("a caller would not say “{word}”");
                let hint = "say it as somebody would who has never worked in a hospital";
                self.warning(codes::TOO_HARD, place(), message, hint);
            }
            if heard.diagnoses.is_empty() {
                continue;
            }
            let known = known.get_or_insert_with(|| self.known_diagnoses());
            let named = heard.diagnoses.iter().map(|&n| self.shared.vocabulary.diagnosis(n));
            if let Some(word) = named.into_iter().find(|word| !holds(known, word)) {
                let message = format!("the caller names “{word}”, and nothing says that they were told so");
                let hint = "let them say what they feel or see; or have a fact, a note or a record name it";
                self.warning(codes::DIAGNOSIS_SAID, place(), message, hint);
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
