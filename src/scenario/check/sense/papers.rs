//! What belongs to a draft: sources, open points, content notes, a review that holds.

use super::{Place, Sense};
use crate::diagnostic::{Severity, codes};
use crate::scenario::{ContentNote, Review};
use crate::standards::words::Phrases;

/// What somebody ought to be told before they take a call, and the words by which it is met. Only
/// words that mean nothing else.
const SUBJECTS: [(ContentNote, &str, &[&str]); 5] = [
    (
        ContentNote::SelfHarm,
        "SelfHarm",
        &[
            "kill myself",
            "killing myself",
            "end it all",
            "end my life",
            "cut myself on purpose",
            "kill himself",
            "kill herself",
            "suicid",
        ],
    ),
    (
        ContentNote::Abuse,
        "Abuse",
        &[
            "he hits me",
            "he hit me",
            "she hits me",
            "she hit me",
            "beats me",
            "raped",
            "he strangled",
            "he choked me",
            "forced me",
        ],
    ),
    (
        ContentNote::Death,
        "Death",
        &[
            "is dying",
            "he's dying",
            "she's dying",
            "last days of life",
            "hospice",
            "end of life",
            "passed away",
            "his funeral",
            "her funeral",
        ],
    ),
    (
        ContentNote::HarmToAChild,
        "HarmToAChild",
        &[
            "hit the baby",
            "shook the baby",
            "shaken the baby",
            "hit the child",
            "non-accidental",
            "injury does not fit",
        ],
    ),
    (
        ContentNote::Swearing,
        "Swearing",
        &[
            "fuck",
            "shit",
            "bastard",
            "bollocks",
            "bloody hell",
            "piss off",
            "pissed off",
            "arsehole",
            "wanker",
            "for christ's sake",
            "for god's sake",
        ],
    ),
];

/// A caller whose mood starts below this is in distress.
const DISTRESS: u32 = 30;

impl Sense<'_> {
    /// Looked at once: it is so for all variants.
    pub(super) fn papers(&mut self) {
        let call = self.call;
        if call.sources.iter().all(|source| source.trim().is_empty()) {
            let message = "nothing says what the call relies on";
            let hint = "name guidance in `sources`, so that a reviewer can check it and see when it changes";
            self.warning(codes::NO_SOURCES, Place::root("sources"), message, hint);
        }
        let is_draft = matches!(call.review, Review::Draft { .. });
        if is_draft && call.open_points.iter().all(|point| point.trim().is_empty()) {
            let message = "a draft without a question to its reviewer";
            let hint = "write into `open_points` what you were not sure of: an outcome, a service, a wording";
            self.warning(codes::NO_OPEN_POINTS, Place::root("open_points"), message, hint);
        }
        if let Review::Reviewed { by, .. } = &call.review
            && !by.is_empty()
        {
            let content = call.content_hash();
            for (n, reviewer) in by.iter().enumerate().filter(|(_, reviewer)| reviewer.content != content) {
                let message = format!("{} signed for something else than what is written here", reviewer.name);
                let hint = "what was signed has been changed since: have it signed again, or write `Draft(author: …)`";
                let place = Place::root("review").field("by").index(n).field("content");
                self.add(codes::SIGNED_OTHERWISE, Severity::Error, place, message, hint);
            }
        }
        self.content_notes();
    }

    fn content_notes(&mut self) {
        let call = self.call;
        let lines = call.answers.iter().flat_map(|a| a.say.iter().chain(&a.again)).map(|say| &**say);
        let beats = call.beats.iter().flat_map(|beat| &beat.say).map(|say| &**say);
        let facts = call.facts.iter().map(|fact| fact.is.as_str());
        let rest = call.opening.iter().map(|say| &**say).chain([call.afterwards.as_str()]);
        let mut left: Vec<_> = SUBJECTS.iter().filter(|(note, ..)| !call.content_notes.contains(note)).collect();
        let phrases = Phrases::of(left.iter().flat_map(|(_, _, words)| words.iter().copied()));
        let mut met = Vec::new();
        for text in lines.chain(beats).chain(facts).chain(rest) {
            let text = text.to_lowercase();
            for word in phrases.in_text(&text).map(|(_, n)| phrases.get(n)) {
                if let Some(at) = left.iter().position(|(_, _, words)| words.contains(&word)) {
                    met.push((left.remove(at).1, word));
                }
            }
            if left.is_empty() {
                break;
            }
        }
        for (name, word) in met {
            let message = format!("“{word}” is met in this call, and no content note says so");
            let hint = format!("add `{name}` to `content_notes`: people are asked before such a call begins");
            self.warning(codes::NO_CONTENT_NOTE, Place::root("content_notes"), message, hint);
        }
        if call.caller.mood < DISTRESS && !call.content_notes.contains(&ContentNote::Distress) {
            let message = format!("the caller begins at a mood of {}, and no content note says so", call.caller.mood);
            let hint = "add `Distress` to `content_notes`, or let the caller begin calmer";
            self.warning(codes::NO_CONTENT_NOTE, Place::root("content_notes"), message, hint);
        }
    }
}
