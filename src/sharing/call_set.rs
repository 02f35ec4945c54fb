//! A call set: calls in an order, with role, mode and due date, that a trainer hands out as one file.
//!
//! A set names its calls by their neutral names and by the hash of their text, never by a slug, so that who opens it
//! learns nothing of what a call is about. Calls of a service's own travel in it as texts, with the recordings that they
//! speak with. A *hot-topic pack* is a
//! call set with a note. Whatever was taken for a set says so by an annotation ([`AnnotationKind::InSet`]), so the
//! file that comes back is an ordinary export.
//!
//! [`AnnotationKind::InSet`]: crate::records::AnnotationKind::InSet

use std::collections::{BTreeMap, BTreeSet};

use base64ct::{Base64, Encoding};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::call::speech::recording;
use crate::call::{Ending, Stream};
use crate::diagnostic::{Diagnostic, codes};
use crate::records::{Annotation, AnnotationKind, Mode, Summary, is_hash};
use crate::ron_text::{self, Cursor, Tree};
use crate::scenario::{self, Loaded, Scenario};
use crate::standards::{Id, Standards};

/// The newest version of the shape of [`CallSet`] that is read. A set without recordings is written as version 1, so that
/// older versions of Rightcall can open it.
pub const SET_FORMAT: u32 = 2;
/// The largest file of a call set, in bytes: some hundred calls of a service's own, or twenty minutes of recordings at
/// telephone quality.
pub const SET_LIMIT: usize = 16 << 20;
/// The most calls in one set.
pub const MOST_CALLS: usize = 200;
/// The longest name, and the longest note, in characters.
const NAME_LENGTH: usize = 80;
const NOTE_LENGTH: usize = 4_000;

/// Calls that are handed out together.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CallSet {
    /// [`SET_FORMAT`] of whoever wrote it.
    pub format: u32,
    pub name: String,
    /// For a hot-topic pack: what everybody should know before, shown before the first call. Empty: none.
    #[serde(default)]
    pub note: String,
    /// Pseudonym or name of whoever hands it out.
    #[serde(default)]
    pub by: String,
    /// Last day on which it should come back, `YYYY-MM-DD`.
    #[serde(default)]
    pub due: Option<String>,
    #[serde(default)]
    pub order: Order,
    /// With help and marks as one goes, or as in an examination.
    #[serde(default)]
    pub mode: Mode,
    /// Id of the role in which everybody takes it; absent: each in their own.
    #[serde(default)]
    pub role: Option<Id>,
    pub calls: Vec<SetCall>,
    /// Texts of scenarios that are not shipped.
    #[serde(default)]
    pub texts: Vec<String>,
    /// What those scenarios are recorded with.
    #[serde(default)]
    pub recordings: Vec<Carried>,
}

/// A recording that travels in a set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Hash of the text of the scenario that names it.
    pub scenario: String,
    /// As the scenario names it.
    pub name: String,
    /// The file in base64 (RFC 4648, padded).
    pub audio: String,
}

impl Carried {
    /// The recording as a file has it.
    ///
    /// # Errors
    /// A sentence that says why it cannot be played.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        let bytes = Base64::decode_vec(&self.audio).map_err(|_| "it is damaged (no base64)".to_owned())?;
        recording::millis(&bytes)?;
        Ok(bytes)
    }
}

/// In which order the calls are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
pub enum Order {
    #[default]
    AsListed,
    /// Each person another order, the same for one person however often it is opened.
    Shuffled,
}

/// One call of a set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct SetCall {
    /// Neutral name, `call-0412`.
    pub call: Id,
    /// Hash of the scenario's text: an edited call is another call.
    pub scenario: String,
    #[serde(default)]
    pub variant: Option<Id>,
    /// The same for everybody, so that everybody meets the same caller.
    #[serde(default)]
    pub seed: u64,
}

/// A call set with the text it was read from.
#[derive(Debug, Clone)]
pub struct LoadedSet {
    /// As the user named it.
    pub file: String,
    pub set: CallSet,
    /// Names the set wherever it lies: [`ron_text::hash`] of its text.
    pub hash: String,
    tree: Tree,
}

/// A scenario that a set may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCall {
    pub call: Id,
    pub variants: BTreeSet<Id>,
    pub roles: BTreeSet<Id>,
}

/// How far somebody is with one call of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'s> {
    /// Also where it was broken off: that is compared with nobody's, and can be taken again.
    Waiting,
    /// Begun; the record goes on.
    Begun(&'s Summary),
    Done(&'s Summary),
}

/// The calls that a set may name, by hash of their text.
#[must_use]
pub fn known_calls<'l>(library: impl IntoIterator<Item = &'l Loaded>) -> BTreeMap<String, KnownCall> {
    library.into_iter().map(|loaded| (loaded.hash.clone(), KnownCall::of(&loaded.scenario))).collect()
}

impl KnownCall {
    /// What a set may say of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        Self {
            call: scenario.neutral_name(),
            variants: scenario.variants.iter().map(|variant| variant.id.clone()).collect(),
            roles: scenario.roles.iter().cloned().collect(),
        }
    }
}

/// Whether a file is meant to be a call set, however wrong it may be: RON that is no scenario. What is wrong with it
/// is for [`load`] to say.
#[must_use]
pub fn is_meant(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !text.starts_with(b"(") && !text.starts_with(b"CallSet") && !text.starts_with(b"/") {
        return false;
    }
    let Ok(text) = ron_text::normalise("", bytes, SET_LIMIT) else { return true };
    let (tree, _) = Tree::parse(text);
    !["number", "caller", "facts"].iter().any(|field| tree.find(field).is_some())
}

/// Reads a call set. Whether its calls are there is another matter: [`LoadedSet::check`].
///
/// # Errors
/// Everything that keeps the text from being a call set, each with file, line and column.
pub fn load(file_name: &str, bytes: &[u8]) -> Result<LoadedSet, Vec<Diagnostic>> {
    let (set, tree) = ron_text::read::<CallSet>(file_name, bytes, SET_LIMIT)?;
    if !(1..=SET_FORMAT).contains(&set.format) {
        let at = tree.root().field("format").position();
        let message = format!(
            "the call set has format {}, this version of Rightcall reads formats 1 to {SET_FORMAT}",
            set.format
        );
        let hint = "use the version of Rightcall that wrote it, or a later one";
        return Err(vec![Diagnostic::error(codes::OUT_OF_RANGE, file_name, at, message).hint(hint)]);
    }
    let hash = ron_text::hash(tree.text());
    Ok(LoadedSet { file: file_name.to_owned(), set, hash, tree })
}

impl CallSet {
    /// Puts a scenario that is not shipped into the set, with its recordings as `read` finds them by name. What could not
    /// be read comes back, a sentence each: those lines are spoken otherwise.
    pub fn carry(
        &mut self,
        call: &Scenario,
        text: &str,
        read: impl Fn(&str) -> Result<Vec<u8>, String>,
    ) -> Vec<String> {
        if self.texts.iter().any(|there| there == text) {
            return Vec::new();
        }
        self.texts.push(text.to_owned());
        let (hash, mut silent) = (ron_text::hash(text), Vec::new());
        for name in call.recordings() {
            match read(name) {
                Ok(bytes) => self.recordings.push(Carried {
                    scenario: hash.clone(),
                    name: name.to_owned(),
                    audio: Base64::encode_string(&bytes),
                }),
                Err(sentence) => silent.push(sentence),
            }
        }
        if !self.recordings.is_empty() {
            self.format = SET_FORMAT;
        }
        silent
    }

    /// The calls in this person's order.
    #[must_use]
    pub fn in_order(&self, hash: &str, person: &str) -> Vec<&SetCall> {
        let mut calls: Vec<&SetCall> = self.calls.iter().collect();
        if self.order == Order::Shuffled {
            let mut stream = Stream::at(0, "set/order", &format!("{hash}\n{person}"), 0);
            for n in (1..calls.len()).rev() {
                let below = u32::try_from(n + 1).unwrap_or(u32::MAX);
                calls.swap(n, stream.draw(below) as usize);
            }
        }
        calls
    }

    /// How far somebody is. `calls`: the calls that were taken for this set ([`calls_of_set`]) by this person.
    #[must_use]
    pub fn progress<'s>(&self, call: &SetCall, calls: &[&'s Summary]) -> Progress<'s> {
        let mut own = calls
            .iter()
            .filter(|summary| *summary.head.scenario == *call.scenario && summary.head.variant == call.variant)
            .filter(|summary| summary.ending != Some(Ending::Early));
        let begun = own.clone().next().map_or(Progress::Waiting, |summary| Progress::Begun(summary));
        own.find(|summary| summary.finished).map_or(begun, |summary| Progress::Done(summary))
    }

    /// Days left until it is due, counted from today; below zero: overdue. `None` without a due date.
    #[must_use]
    pub fn days_left(&self, today: Date) -> Option<i64> {
        let due: Date = self.due.as_ref()?.parse().ok()?;
        today.until(due).ok().map(|span| i64::from(span.get_days()))
    }

    /// The file of the set, as a trainer may also read and change it.
    #[must_use]
    pub fn write(&self) -> String {
        let quoted = |text: &str| ron::to_string(text).unwrap_or_default();
        let optional = |text: Option<&str>| text.map_or_else(|| "None".to_owned(), quoted);
        let mut text = String::from(
            "// A call set of Rightcall's: training calls in an order, to be opened in the simulator.\n(\n",
        );
        let mut field = |name: &str, value: &str| text.push_str(&format!("    {name}: {value},\n"));
        field("format", &self.format.to_string());
        field("name", &quoted(&self.name));
        field("note", &quoted(&self.note));
        field("by", &quoted(&self.by));
        field("due", &optional(self.due.as_deref()));
        field("order", &format!("{:?}", self.order));
        field("mode", &format!("{:?}", self.mode));
        field("role", &optional(self.role.as_deref()));
        text.push_str("    calls: [\n");
        for call in &self.calls {
            let (name, hash) = (quoted(&call.call), quoted(&call.scenario));
            let variant = optional(call.variant.as_deref());
            text.push_str(&format!(
                "        (call: {name}, scenario: {hash}, variant: {variant}, seed: {}),\n",
                call.seed
            ));
        }
        text.push_str("    ],\n    texts: [\n");
        for scenario in &self.texts {
            text.push_str(&format!("        {},\n", raw(scenario)));
        }
        text.push_str("    ],\n");
        if !self.recordings.is_empty() {
            text.push_str("    recordings: [\n");
            for Carried { scenario, name, audio } in &self.recordings {
                let (scenario, name, audio) = (quoted(scenario), quoted(name), quoted(audio));
                text.push_str(&format!("        (scenario: {scenario}, name: {name}, audio: {audio}),\n"));
            }
            text.push_str("    ],\n");
        }
        text.push_str(")\n");
        text
    }
}

/// A text as a raw string, so that a scenario in a set reads as it does in its own file.
fn raw(text: &str) -> String {
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    format!("r{fence}\"{text}\"{fence}")
}

impl LoadedSet {
    /// The text that it was read from, as its hash has it.
    #[must_use]
    pub fn text(&self) -> &str {
        self.tree.text()
    }

    /// The scenarios that travel in the set.
    ///
    /// # Errors
    /// What keeps one of them from being a scenario; places are those within its own text.
    pub fn scenarios(&self) -> Result<Vec<Loaded>, Vec<Diagnostic>> {
        let name = |n: usize| format!("{}, text {}", self.file, n + 1);
        self.set.texts.iter().enumerate().map(|(n, text)| scenario::load(&name(n), text.as_bytes())).collect()
    }

    /// What is wrong with the set: names that lead nowhere, dates that are none. `known`: the calls there are
    /// besides those in the set ([`known_calls`]).
    #[must_use]
    pub fn check(&self, known: &BTreeMap<String, KnownCall>, standards: &Standards) -> Vec<Diagnostic> {
        let scenarios = match self.scenarios() {
            Ok(scenarios) => scenarios,
            Err(problems) => return problems,
        };
        let own = known_calls(&scenarios);
        let root = self.tree.root();
        let mut found = Findings { file: &self.file, list: Vec::new() };
        self.check_head(&root, standards, &mut found);
        let calls = root.field("calls");
        if self.set.calls.is_empty() {
            found.error(codes::EMPTY, &calls, "there is no call in the set".to_owned(), "name at least one");
        }
        if self.set.calls.len() > MOST_CALLS {
            let message = format!("{} calls are more than the {MOST_CALLS} of one set", self.set.calls.len());
            found.error(codes::OUT_OF_RANGE, &calls, message, "make several sets of it");
        }
        let mut seen = BTreeSet::new();
        for (n, call) in self.set.calls.iter().enumerate().take(MOST_CALLS) {
            let at = calls.index(n);
            if !seen.insert((&call.scenario, &call.variant)) {
                let message = format!("`{}` is in the set twice in the same words", call.call);
                found.error(codes::DUPLICATE_ID, &at, message, "a second go is not compared: leave one out");
            }
            match own.get(&call.scenario).or_else(|| known.get(&call.scenario)) {
                Some(there) => self.check_call(call, there, standards, &at, &mut found),
                None if !is_hash(&call.scenario) => {
                    let message = format!("`{}` is not a hash of 64 hexadecimal digits", call.scenario);
                    found.error(codes::UNKNOWN_NAME, &at.field("scenario"), message, "`rightcall set new` writes it");
                }
                None => {
                    let message = format!("the version of `{}` that the set names is not here", call.call);
                    let hint = "ask whoever made the set for one with the call's text in it, or update Rightcall";
                    found.error(codes::UNKNOWN_NAME, &at.field("scenario"), message, hint);
                }
            }
        }
        self.check_recordings(&scenarios, &mut found);
        found.list
    }

    fn check_recordings(&self, own: &[Loaded], found: &mut Findings<'_>) {
        let recordings = self.tree.root().field("recordings");
        let mut seen = BTreeSet::new();
        for (n, carried) in self.set.recordings.iter().enumerate() {
            let (at, name) = (recordings.index(n), &carried.name);
            let names_it =
                |call: &&Loaded| call.hash == carried.scenario && call.scenario.recordings().contains(&**name);
            if !own.iter().any(|call| names_it(&call)) {
                let message = format!("no call in this set is recorded with `{name}`");
                found.error(codes::UNKNOWN_NAME, &at, message, "leave it out");
            } else if !seen.insert((&carried.scenario, name)) {
                let message = format!("`{name}` is in the set twice");
                found.error(codes::DUPLICATE_ID, &at, message, "leave one out");
            }
            if let Err(sentence) = carried.bytes() {
                let message = format!("the recording `{name}` cannot be played: {sentence}");
                found.error(codes::RECORDING, &at.field("audio"), message, "have the set written again");
            }
        }
    }

    fn check_head(&self, root: &Cursor<'_>, standards: &Standards, found: &mut Findings<'_>) {
        let set = &self.set;
        if set.name.trim().is_empty() {
            found.error(codes::EMPTY, &root.field("name"), "the set has no name".to_owned(), "");
        }
        for (what, text, most) in [("name", &set.name, NAME_LENGTH), ("note", &set.note, NOTE_LENGTH)] {
            if text.chars().count() > most {
                let message = format!("the {what} is longer than {most} characters");
                found.error(codes::OUT_OF_RANGE, &root.field(what), message, "");
            }
        }
        if let Some(due) = set.due.as_ref().filter(|due| due.parse::<Date>().is_err()) {
            let message = format!("`{due}` is not a date like 2026-03-14");
            found.error(codes::BAD_DATE, &root.field("due"), message, "");
        }
        if !matches!(set.mode, Mode::Coach | Mode::Exam) {
            let message = "a set is taken in the mode `Coach` or `Exam`".to_owned();
            found.error(codes::OUT_OF_RANGE, &root.field("mode"), message, "");
        }
        if let Some(role) = set.role.as_ref().filter(|role| standards.role(role).is_none()) {
            let roles = standards.roles.roles.iter().map(|role| &*role.id);
            let near = ron_text::nearest(role, roles).map(|near| format!("did you mean `{near}`?"));
            let message = format!("there is no role `{role}`");
            found.error(codes::UNKNOWN_ROLE, &root.field("role"), message, &near.unwrap_or_default());
        }
    }

    fn check_call(
        &self,
        call: &SetCall,
        there: &KnownCall,
        standards: &Standards,
        at: &Cursor<'_>,
        found: &mut Findings<'_>,
    ) {
        if call.call != there.call {
            let message = format!("the text named is that of `{}`, not of `{}`", there.call, call.call);
            found.error(codes::CONTRADICTION, &at.field("call"), message, "");
        }
        if let Some(variant) = call.variant.as_ref().filter(|variant| !there.variants.contains(*variant)) {
            let message = format!("`{}` has no variant `{variant}`", call.call);
            found.error(codes::UNKNOWN_NAME, &at.field("variant"), message, "");
        }
        // A role that nobody knows was found fault with once.
        let role = self.set.role.as_ref().filter(|role| standards.role(role).is_some());
        if let Some(role) = role.filter(|role| !there.roles.contains(*role)) {
            let message = format!("`{}` is not for the role `{role}`", call.call);
            found.error(codes::CONTRADICTION, at, message, "leave the call out, or the role of the set");
        }
    }
}

struct Findings<'f> {
    file: &'f str,
    list: Vec<Diagnostic>,
}

impl Findings<'_> {
    fn error(&mut self, code: &str, at: &Cursor<'_>, message: String, hint: &str) {
        self.list.push(Diagnostic::error(code, self.file, at.position(), message).hint(hint));
    }
}

/// The calls that somebody took for a set, by the annotations that say so.
#[must_use]
pub fn calls_of_set<'s>(
    hash: &str,
    person: &str,
    calls: impl IntoIterator<Item = &'s Summary>,
    annotations: &[Annotation],
) -> Vec<&'s Summary> {
    let is_of_set =
        |a: &&Annotation| a.by == person && matches!(&a.kind, AnnotationKind::InSet { set, .. } if set == hash);
    let records: BTreeSet<&str> = annotations.iter().filter(is_of_set).filter_map(Annotation::record).collect();
    calls.into_iter().filter(|call| call.head.by == person && records.contains(&*call.head.id)).collect()
}
