//! What a checker finds: diagnostics of one file, and the ids that have to lead somewhere.

use std::collections::BTreeMap;

use super::load::Standards;
use super::model::Utterance;
use crate::diagnostic::{Diagnostic, codes};
use crate::ron_text::{Cursor, nearest};

/// More than an author reads, and a bound on what a hostile file costs.
const FINDINGS_LIMIT: usize = 200;
/// Looking for what may have been meant is the dear part of a finding.
const SUGGESTIONS_LIMIT: usize = 40;

/// Placeholders that are filled in wherever a wording is said.
const PLACEHOLDERS: [&str; 12] = [
    "name",
    "they",
    "them",
    "their",
    "trainee",
    "caller_name",
    "relationship",
    "patient_name",
    "dob",
    "address",
    "phone",
    "gp_practice",
];

/// Diagnostics of one file, as they are found.
pub(crate) struct Findings<'a> {
    file: &'a str,
    pub standards: &'a Standards,
    list: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    pub fn new(file: &'a str, standards: &'a Standards) -> Self {
        Self { file, standards, list: Vec::new() }
    }

    pub fn file(&self) -> &'a str {
        self.file
    }

    /// All of them, by place.
    pub fn into_list(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|found| (found.line, found.column));
        // The same place is met again through each variant.
        self.list.dedup();
        self.list
    }

    pub fn error(&mut self, code: &str, at: &Cursor<'_>, message: impl Into<String>, hint: impl Into<String>) {
        if self.list.len() < FINDINGS_LIMIT {
            self.list.push(Diagnostic::error(code, self.file, at.position(), message).hint(hint));
        }
    }

    pub fn warning(&mut self, code: &str, at: &Cursor<'_>, message: impl Into<String>, hint: impl Into<String>) {
        if self.list.len() < FINDINGS_LIMIT {
            self.list.push(Diagnostic::warning(code, self.file, at.position(), message).hint(hint));
        }
    }

    /// An id that nothing has, with what may have been meant.
    pub fn unknown<'b>(
        &mut self,
        code: &str,
        what: &str,
        id: &str,
        at: &Cursor<'_>,
        all: impl Iterator<Item = &'b str>,
    ) {
        let near = if self.list.len() < SUGGESTIONS_LIMIT { nearest(id, all) } else { None };
        let hint = near.map_or(String::new(), |near| format!("did you mean `{near}`?"));
        let shown: String = id.chars().take(80).collect();
        self.error(code, at, format!("there is no {what} `{shown}`"), hint);
    }

    pub fn utterance(&mut self, id: &str, at: &Cursor<'_>) -> Option<&'a Utterance> {
        let found = self.standards.utterance(id);
        if found.is_none() {
            let all = self.standards.bank.iter().map(|u| &*u.id);
            self.unknown(codes::UNKNOWN_UTTERANCE, "utterance", id, at, all);
        }
        found.map(|(_, utterance)| utterance)
    }

    pub fn feature(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.feature(id).is_none() {
            let all = self.standards.topics.features.iter().map(|f| &*f.id);
            self.unknown(codes::UNKNOWN_FEATURE, "feature", id, at, all);
        }
    }

    /// Where either may be named: what picks a cue up.
    pub fn utterance_or_feature(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.utterance(id).is_none() && self.standards.feature(id).is_none() {
            let utterances = self.standards.bank.iter().map(|u| &*u.id);
            let all = utterances.chain(self.standards.topics.features.iter().map(|f| &*f.id));
            self.unknown(codes::UNKNOWN_UTTERANCE, "utterance or feature", id, at, all);
        }
    }

    pub fn disposition(&mut self, code: &str, at: &Cursor<'_>) {
        if self.standards.disposition(code).is_none() {
            let all = self.standards.dispositions.dispositions.iter().map(|d| &*d.code);
            self.unknown(codes::UNKNOWN_DISPOSITION, "disposition", code, at, all);
        }
    }

    pub fn rung(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.rung(id).is_none() {
            let all = self.standards.dispositions.rungs.iter().map(|r| &*r.id);
            self.unknown(codes::UNKNOWN_STEP, "rung", id, at, all);
        }
    }

    pub fn setting(&mut self, id: &str, at: &Cursor<'_>) {
        let settings = &self.standards.dispositions.settings;
        if !settings.iter().any(|setting| &*setting.id == id) {
            let all = settings.iter().map(|s| &*s.id);
            self.unknown(codes::UNKNOWN_STEP, "care setting", id, at, all);
        }
    }

    pub fn role(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.role(id).is_none() {
            let all = self.standards.roles.roles.iter().map(|r| &*r.id);
            self.unknown(codes::UNKNOWN_ROLE, "role", id, at, all);
        }
    }

    pub fn guide(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.guide(id).is_none() {
            let all = self.standards.guides.guides.iter().map(|g| &*g.id);
            self.unknown(codes::UNKNOWN_GUIDE, "guide", id, at, all);
        }
    }

    pub fn service(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.service(id).is_none() {
            let all = self.standards.directory.services.iter().map(|s| &*s.id);
            self.unknown(codes::UNKNOWN_SERVICE, "service", id, at, all);
        }
    }

    pub fn place(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.place(id).is_none() {
            let all = self.standards.directory.places.iter().map(|p| &*p.id);
            self.unknown(codes::UNKNOWN_SERVICE, "place", id, at, all);
        }
    }

    pub fn symptom_group(&mut self, id: &str, at: &Cursor<'_>) {
        let groups = &self.standards.directory.symptom_groups;
        if !groups.iter().any(|group| &*group.id == id) {
            let all = groups.iter().map(|g| &*g.id);
            self.unknown(codes::UNKNOWN_SERVICE, "symptom group", id, at, all);
        }
    }

    pub fn competence(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.competence(id).is_none() {
            let all = self.standards.competences.competences.iter().map(|c| &*c.id);
            self.unknown(codes::UNKNOWN_COMPETENCE, "competence", id, at, all);
        }
    }

    pub fn manner(&mut self, id: &str, at: &Cursor<'_>) {
        if self.standards.manner(id).is_none() {
            let all = self.standards.topics.manners.iter().map(|m| &*m.id);
            self.unknown(codes::UNKNOWN_NAME, "manner", id, at, all);
        }
    }

    /// Nothing of one kind has the id of another of its kind.
    pub fn unique<'b>(&mut self, what: &str, ids: impl Iterator<Item = (&'b str, Cursor<'b>)>) {
        let mut seen: BTreeMap<&str, Cursor<'_>> = BTreeMap::new();
        for (id, at) in ids {
            if id.trim().is_empty() {
                self.error(codes::EMPTY, &at, format!("the id of this {what} is empty"), "");
            }
            if let Some(first) = seen.get(id) {
                let hint = format!("the other is on line {}", first.position().line);
                self.error(codes::DUPLICATE_ID, &at, format!("two of kind {what} have the id `{id}`"), hint);
            } else {
                seen.insert(id, at);
            }
        }
    }

    pub fn date(&mut self, text: &str, at: &Cursor<'_>) -> Option<jiff::civil::Date> {
        let date = text.parse().ok().filter(|_| text.len() == "2026-03-14".len());
        if date.is_none() {
            let message = format!("`{text}` is not a date");
            self.error(codes::BAD_DATE, at, message, "dates are written YYYY-MM-DD, for instance 2026-03-14");
        }
        date
    }

    pub fn filled(&mut self, text: &str, what: &str, at: &Cursor<'_>) {
        if text.trim().is_empty() {
            self.error(codes::EMPTY, at, format!("{what} is empty"), "");
        }
    }

    /// Whether the count is allowed.
    pub fn at_most(&mut self, count: usize, most: usize, what: &str, at: &Cursor<'_>) -> bool {
        if count > most {
            let message = format!("{count} {what} are more than the {most} allowed");
            self.error(codes::OUT_OF_RANGE, at, message, "");
        }
        count <= most
    }

    pub fn percent(&mut self, value: u32, what: &str, at: &Cursor<'_>) {
        if value > 100 {
            let message = format!("{what} is {value}, and goes from 0 to 100");
            self.error(codes::OUT_OF_RANGE, at, message, "");
        }
    }

    /// Every placeholder is one that is filled in here; `besides` names those of this place alone.
    pub fn placeholders(&mut self, text: &str, besides: &[&str], at: &Cursor<'_>) {
        for part in text.split('{').skip(1) {
            let name = part.split_once('}').map_or(part, |(name, _)| name);
            if !PLACEHOLDERS.contains(&name) && !besides.contains(&name) {
                let list: Vec<_> = PLACEHOLDERS.iter().chain(besides).map(|p| format!("{{{p}}}")).collect();
                let name: String = name.chars().take(30).collect();
                let message = format!("nothing is filled in for `{{{name}}}` here");
                self.error(codes::PLACEHOLDER, at, message, format!("the placeholders are {}", list.join(" ")));
            }
        }
    }
}
