//! Questions, statements and advice.

use std::collections::BTreeMap;

use super::super::findings::Findings;
use super::super::load::BANK_FILES;
use super::super::model::{Flaw, Kind, Utterance};
use super::super::words::{Vocabulary, longest_sentence};
use super::{each, header};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

/// How long a wording may be, in characters.
const WORDING: usize = 600;
/// Nobody follows a longer sentence on the telephone, in words.
const SENTENCE: usize = 45;

/// One file of the bank.
pub(super) fn utterances(findings: &mut Findings<'_>, root: &Cursor<'_>) {
    let standards = findings.standards;
    let Some(part) = standards.bank_part(findings.file()) else { return };
    header(findings, &part.header, root);
    let list = root.field("utterances");
    let bank = &standards.bank[part.utterances.clone()];
    findings.unique("utterance", each(bank, &list).map(|(u, at)| (&*u.id, at.field("id"))));
    elsewhere(findings, bank, part.utterances.start, &list);
    same_wording(findings, bank, &list);
    let vocabulary = Vocabulary::of(&standards.topics);
    for (utterance, at) in each(bank, &list) {
        one(findings, utterance, &vocabulary, &at);
    }
}

/// An id of one file must not be in a file before it.
fn elsewhere(findings: &mut Findings<'_>, bank: &[Utterance], start: usize, list: &Cursor<'_>) {
    let before: BTreeMap<&str, ()> = findings.standards.bank[..start].iter().map(|u| (&*u.id, ())).collect();
    for (utterance, at) in each(bank, list) {
        if before.contains_key(&*utterance.id) {
            let message = format!("`{}` is in another file of the bank as well", utterance.id);
            let hint = format!("an id is unique in {} together", BANK_FILES.join(", "));
            findings.error(codes::DUPLICATE_ID, &at.field("id"), message, hint);
        }
    }
}

/// Two lines that read the same: nobody knows which they chose, and neither does the search.
fn same_wording(findings: &mut Findings<'_>, bank: &[Utterance], list: &Cursor<'_>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (utterance, at) in each(bank, list) {
        let words: String = utterance.you.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        if let Some(other) = seen.insert(words, &utterance.id).filter(|other| *other != &*utterance.id) {
            let message = format!("`{other}` is worded the same");
            let hint = "nobody can tell the two apart: word one of them differently, or leave it out";
            findings.error(codes::SAME_WORDING, &at.field("you"), message, hint);
        }
    }
}

/// A wording that can be said to whoever is on the line, and understood.
fn wording(findings: &mut Findings<'_>, utterance: &Utterance, vocabulary: &Vocabulary<'_>, at: &Cursor<'_>) {
    let is_poor = !utterance.flaws.is_empty();
    if utterance.kind == Kind::Question && utterance.felt && utterance.third.is_none() && !is_poor {
        let message =
            format!("`{}` asks what only the patient feels, and has no wording for anybody else", utterance.id);
        let hint = "add `third: …`, with {name}, {they} and {their} for the patient";
        findings.warning(codes::WORDING, at, message, hint);
    }
    if is_poor && utterance.better.is_empty() && utterance.flaws.iter().all(|flaw| *flaw != Flaw::DoseAdvice) {
        let message = format!("`{}` is poor, and nothing says what would be better", utterance.id);
        findings.warning(codes::WORDING, at, message, "add `better: [\"…\"]`, or say so in `why_poor`");
    }
    if utterance.denies && utterance.probes.is_empty() {
        let message = format!("`{}` denies, and asks for nothing", utterance.id);
        findings.warning(codes::WORDING, &at.field("denies"), message, "say in `probes` what it asks for");
    }
    for (name, text) in [("you", Some(&utterance.you)), ("third", utterance.third.as_ref())] {
        let Some(text) = text else { continue };
        let lower = text.to_lowercase();
        if let Some(word) = vocabulary.jargon_in(&lower).filter(|_| !is_poor) {
            let message = format!("not everybody knows what “{word}” means");
            let hint = "say it in plain words, or call the line poor: `flaws: [Jargon]`";
            findings.warning(codes::TOO_HARD, &at.field(name), message, hint);
        }
        if longest_sentence(text) > SENTENCE && !is_poor {
            let message = format!("a sentence of {} words is hard to follow on the telephone", longest_sentence(text));
            findings.warning(codes::TOO_HARD, &at.field(name), message, "make two or three sentences of it");
        }
    }
}

fn one(findings: &mut Findings<'_>, utterance: &Utterance, vocabulary: &Vocabulary<'_>, at: &Cursor<'_>) {
    wording(findings, utterance, vocabulary, at);
    let systems = &findings.standards.topics.systems;
    if !systems.iter().any(|system| system.id == utterance.system) {
        let all = systems.iter().map(|system| &*system.id);
        findings.unknown(codes::UNKNOWN_NAME, "body system", &utterance.system, &at.field("system"), all);
    }
    for (feature, at) in each(&utterance.probes, &at.field("probes")) {
        findings.feature(feature, &at);
    }
    let better = at.field("better");
    for (id, at) in each(&utterance.better, &better) {
        if let Some(other) = findings.utterance(id, &at)
            && (other.id == utterance.id || !other.flaws.is_empty())
        {
            let message = format!("`{id}` is no better: it has flaws of its own, or is the same");
            findings.error(codes::CONTRADICTION, &at, message, "name one without flaws");
        }
    }
    if !utterance.flaws.is_empty() && utterance.why_poor.is_none() {
        let message = format!("`{}` has flaws and does not say why", utterance.id);
        findings.warning(codes::EMPTY, at, message, "add `why_poor: …` for the debrief");
    }
    if utterance.denies && utterance.default.is_empty() {
        let message = format!("`{}` denies and has no default", utterance.id);
        findings.error(codes::CONTRADICTION, at, message, "add `default: …` or leave `denies` out");
    }
    let besides: &[&str] = if utterance.reads_back.is_some() { &["field"] } else { &[] };
    let wordings =
        [("you", Some(&utterance.you)), ("third", utterance.third.as_ref()), ("default", Some(&utterance.default))];
    for (name, text) in wordings {
        let Some(text) = text else { continue };
        let at = at.field(name);
        findings.placeholders(text, if name == "default" { &[] } else { besides }, &at);
        if name != "default" {
            findings.filled(text, "the wording", &at);
        }
        if text.chars().count() > WORDING {
            findings.error(codes::OUT_OF_RANGE, &at, format!("a wording has at most {WORDING} characters"), "");
        }
    }
    if utterance.reads_back.is_some() && !utterance.you.contains("{field}") {
        let message = format!("`{}` reads a field back without saying it", utterance.id);
        findings.error(codes::PLACEHOLDER, &at.field("you"), message, "put `{field}` where what was typed is said");
    }
    if utterance.mood.unsigned_abs() > 100 {
        findings.error(codes::OUT_OF_RANGE, &at.field("mood"), "a mood changes by 100 at most", "");
    }
}
