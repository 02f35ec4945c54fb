//! What is heard of captions and words: sounds, and an author's own recordings.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use super::super::model::{Answer, Beat, Heard, Scenario};
use super::{Checker, each};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

/// A caption is in square brackets.
fn is_caption(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']')
}

impl Checker<'_> {
    /// What goes on behind the caller is a caption.
    pub(super) fn background(&mut self, background: Option<&std::sync::Arc<str>>, at: &Cursor<'_>) {
        if let Some(text) = background {
            self.line(text, at);
            if !is_caption(text) {
                let hint = format!("write `[{}]`", text.trim_matches(['[', ']']));
                self.findings.error(codes::HEARD_NOWHERE, at, "what goes on behind the caller is no caption", hint);
            }
        }
    }

    /// `calls`: every call, as it is played, in which the list may be of use.
    pub(super) fn heard(&mut self, list: &[Heard], calls: &[Scenario], at: &Cursor<'_>) {
        self.findings.unique("entry", each(list, at).map(|(heard, at)| (&*heard.text, at.field("text"))));
        if list.is_empty() {
            return;
        }
        let captions: BTreeSet<&str> = calls.iter().flat_map(captions).collect();
        let words: BTreeSet<&str> = calls.iter().flat_map(|call| self.words(call)).collect();
        for (heard, at) in each(list, at) {
            if heard.plays.is_none() && heard.behind.is_none() && heard.audio.is_none() {
                let hint = "add `plays`, `behind` or `audio`";
                self.findings.error(codes::EMPTY, &at, "nothing is heard here", hint);
            }
            let caption = is_caption(&heard.text);
            if !caption && (heard.plays.is_some() || heard.behind.is_some()) {
                let hint = "name a caption in square brackets, as `sound` or `background` has it";
                let which = if heard.plays.is_some() { "plays" } else { "behind" };
                self.findings.error(codes::HEARD_NOWHERE, &at.field(which), "a sound goes with a caption", hint);
                continue;
            }
            let known = if caption { &captions } else { &words };
            if !known.contains(&*heard.text) {
                let what =
                    if caption { "no beat, answer or `background` has this caption" } else { "nobody says this" };
                let near = crate::ron_text::nearest(&heard.text, known.iter().copied());
                let hint = near.map_or_else(
                    || "take it from the call to the letter".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.findings.warning(
                    codes::HEARD_NOWHERE,
                    &at.field("text"),
                    format!("{what}: `{}`", heard.text),
                    hint,
                );
            }
            if let Some(audio) = &heard.audio
                && let Err((message, hint)) = recording_name(audio)
            {
                self.findings.error(codes::RECORDING, &at.field("audio"), message, hint);
            }
        }
    }

    /// Whatever may be said in the call, as far as it is written anywhere.
    fn words<'b>(&self, call: &'b Scenario) -> BTreeSet<&'b str>
    where
        Self: 'b,
    {
        let standards = self.findings.standards;
        let topics = &standards.topics;
        let own = call.answers.iter().flat_map(|answer| answer.say.iter().chain(&answer.again));
        let beats = call.beats.iter().flat_map(|beat| beat.say.iter().chain(beat.over.as_ref().map(|over| &over.say)));
        let offers = call.offers.iter().flat_map(|offer| &offer.say);
        let manners = topics.manners.iter().flat_map(|manner| manner.lead_ins.iter().chain(&manner.again));
        let bank = standards.bank.iter().map(|utterance| &utterance.default);
        let all = call.opening.iter().chain(own).chain(beats).chain(offers).chain(&call.clinician_says);
        let common = [
            &topics.agrees,
            &topics.back_from_hold,
            &topics.what_do_you_mean,
            &topics.would_have_to_ask,
            &topics.clinician_says,
        ];
        let all = all.chain(manners).chain(bank).chain(common.into_iter().flatten());
        all.chain(&call.patient.not_reachable_says).map(|text| &**text).collect()
    }
}

/// Every caption that may come in a call.
fn captions(call: &Scenario) -> BTreeSet<&str> {
    let answers = call.answers.iter().flat_map(|Answer { say, again, sound, .. }| say.iter().chain(again).chain(sound));
    let beats = call.beats.iter().flat_map(|Beat { say, sound, .. }| say.iter().chain(sound));
    let all = answers.chain(beats).chain(&call.opening).chain(&call.background);
    all.map(|text| &**text).filter(|text| is_caption(text)).collect()
}

/// A file inside the scenario's folder, of a kind that can be played.
///
/// # Errors
/// What is wrong with the name, and what to do.
pub(super) fn recording_name(name: &str) -> Result<(), (String, &'static str)> {
    let path = Path::new(name);
    let inside =
        path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) && !name.contains(':');
    if name.contains('\\') {
        return Err((format!("`{name}` names no file everywhere"), "write `/` between folder and file"));
    }
    if name.trim().is_empty() {
        return Err(("no file is named".to_owned(), "name a recording, or leave `audio` out"));
    }
    if !inside {
        let hint = "put it into the folder of the scenario, and name it by its path from there";
        return Err((format!("`{name}` is not inside the scenario's folder"), hint));
    }
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    if !matches!(&*ending, "ogg" | "opus" | "wav") {
        let message = format!("`{name}` is neither Ogg Opus nor WAV by its name, and nothing else can be played");
        return Err((message, "save it as Ogg Opus (`.ogg`, `.opus`) or WAV (`.wav`)"));
    }
    Ok(())
}
