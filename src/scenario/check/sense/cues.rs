//! Cues and decoys: what is let slip once, unasked, and colour that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::{Beat, Person, Trigger};
use crate::standards::Kind;

/// An answer of fewer words has no colour.
const COLOUR: usize = 5;

impl Sense<'_> {
    pub(super) fn cues(&mut self) {
        self.said_twice();
        for (n, beat) in self.call.beats.iter().enumerate().filter(|(_, beat)| !beat.picked_up_by.is_empty()) {
            self.only_on_asking(n, beat);
            self.can_be_picked_up(n, beat);
        }
        self.decoys();
    }

    /// A line that is let slip is let slip once.
    fn said_twice(&mut self) {
        let call = self.call;
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for (n, beat) in call.beats.iter().enumerate() {
            for (w, wording) in beat.say.iter().enumerate() {
                let words = plain(wording);
                if words.split(' ').count() < 3 {
                    continue;
                }
                let before = *said.entry(words).or_insert(n);
                let set_off_alike = call.beats[before].at == beat.at;
                if before != n && (set_off_alike || !exclude_each_other(&call.beats[before], beat)) {
                    let message = format!("the beats `{}` and `{}` say the same", call.beats[before].id, beat.id);
                    let hint = "a cue is let slip once: leave one of them out, or word it differently";
                    self.warning(codes::CUE_TWICE, Place::beat(n).field("say").index(w), message, hint);
                }
            }
        }
        for (n, beat) in call.beats.iter().enumerate().filter(|(_, beat)| !beat.picked_up_by.is_empty()) {
            let like = |before: &&Beat| {
                !beat.tells.is_empty()
                    && before.tells == beat.tells
                    && before.picked_up_by == beat.picked_up_by
                    && !exclude_each_other(before, beat)
                    && !before.say.iter().any(|say| beat.say.iter().any(|other| plain(say) == plain(other)))
            };
            if let Some(before) = call.beats[..n].iter().find(like) {
                let message = format!("the cues `{}` and `{}` let the same slip", before.id, beat.id);
                let hint = "a cue is let slip once: leave one out, or let one come `unless: Beat(…)` of the other";
                self.warning(codes::CUE_TWICE, Place::beat(n).field("id"), message, hint);
            }
        }
        self.answered_with_a_cue();
    }

    /// The line of a cue is not also an answer.
    fn answered_with_a_cue(&mut self) {
        let call = self.call;
        let cues = call.beats.iter().filter(|beat| !beat.picked_up_by.is_empty());
        let lines: BTreeMap<String, &Beat> =
            cues.flat_map(|beat| beat.say.iter().map(move |say| (plain(say), beat))).collect();
        // A line of another length in words is passed over without being made plain.
        let lengths: BTreeSet<usize> = lines.keys().map(|line| line.split(' ').count()).collect();
        for (n, answer) in call.answers.iter().enumerate() {
            for (w, wording) in answer.say.iter().enumerate().filter(|(_, say)| lengths.contains(&count(say))) {
                if let Some(beat) = lines.get(&plain(wording)) {
                    let message = format!("this is the cue `{}`, word for word", beat.id);
                    let hint = "a cue is let slip once, unasked: word the answer differently";
                    self.warning(codes::CUE_TWICE, Place::answer(n).field("say").index(w), message, hint);
                }
            }
        }
    }

    /// A cue comes unasked.
    fn only_on_asking(&mut self, n: usize, beat: &Beat) {
        let picks_up = |id: &str| {
            let utterance = self.standards.utterance(id).map(|(_, u)| u);
            beat.picked_up_by.iter().any(|by| **by == *id || utterance.is_some_and(|u| u.probes.contains(by)))
        };
        let asked = match &beat.at {
            Trigger::Said(id) => picks_up(id).then(|| format!("`{id}` was said")),
            Trigger::Told(id) => {
                let fact = self.call.facts.iter().find(|fact| fact.id == *id);
                fact.filter(|f| beat.picked_up_by.contains(&f.feature)).map(|_| format!("`{id}` came to light"))
            }
            _ => None,
        };
        if let Some(after) = asked {
            let message = format!("the cue `{}` comes only after {after}, by which it counts as picked up", beat.id);
            let hint = "let it come unasked: at a number of lines, at a second, or in silence";
            self.warning(codes::CUE_ASKED_FOR, Place::beat(n).field("at"), message, hint);
        }
    }

    /// Somebody can ask for what a cue is about.
    fn can_be_picked_up(&mut self, n: usize, beat: &Beat) {
        let is_askable = |id: &str| self.standards.utterance(id).is_some() || !self.standards.probing(id).is_empty();
        if !beat.picked_up_by.iter().any(|id| is_askable(id)) {
            let message = format!("nobody can pick up the cue `{}`: no question asks for it", beat.id);
            let hint = "name a question, or a feature that a question asks for";
            self.error(codes::CANNOT_WIN, Place::beat(n).field("picked_up_by"), message, hint);
        }
    }

    /// Colour gives nothing away if there is as much of it where nothing matters.
    fn decoys(&mut self) {
        let call = self.call;
        let matters: BTreeSet<&str> = call.facts.iter().filter(|fact| fact.key).map(|fact| &*fact.id).collect();
        if matters.is_empty() {
            return;
        }
        let (mut telling, mut decoys) = (BTreeSet::new(), BTreeSet::new());
        for (n, answer) in call.answers.iter().enumerate() {
            let Some(key) = answer.to.as_ref().or(answer.feature.as_ref()) else { continue };
            if answer.by != Person::Caller || self.reach.answers[n].is_empty() {
                continue;
            }
            let question =
                self.standards.utterance(key).is_none_or(|(_, u)| u.kind == Kind::Question && u.flaws.is_empty());
            if answer.tells.iter().any(|id| matters.contains(&**id)) {
                telling.insert(key);
            } else if answer.tells.is_empty()
                && question
                && answer.say.iter().any(|say| say.split_whitespace().count() >= COLOUR)
            {
                decoys.insert(key);
            }
        }
        let decoys = decoys.difference(&telling).count();
        if decoys < telling.len() {
            let message =
                format!("{} answers tell what decides, and {decoys} lead nowhere: colour gives it away", telling.len());
            let hint = format!(
                "add {} answers that sound like something and tell no fact, to questions that anybody may ask",
                telling.len() - decoys
            );
            self.warning(codes::FEW_DECOYS, Place::root("answers"), message, hint);
        }
    }
}

/// One of them comes only if the other has not.
fn exclude_each_other(a: &Beat, b: &Beat) -> bool {
    use crate::scenario::When;
    let stops = |beat: &Beat, other: &Beat| {
        let names = |when: &When| match when {
            When::Beat(id) => *id == other.id,
            When::Told(id) => other.tells.contains(id),
            When::Any(list) => list.iter().any(|w| match w {
                When::Beat(id) => *id == other.id,
                When::Told(id) => other.tells.contains(id),
                _ => false,
            }),
            _ => false,
        };
        beat.unless.as_ref().is_some_and(names)
    };
    let opposed = || match (&a.when, &b.when) {
        (Some(When::Not(not)), Some(other)) | (Some(other), Some(When::Not(not))) => **not == *other,
        _ => false,
    };
    stops(a, b) || stops(b, a) || opposed()
}

/// How many words `plain` leaves.
fn count(text: &str) -> usize {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// The words alone, in lower case.
fn plain(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    kept.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
