//! A call set being made: what is chosen and typed of it, and the file it becomes.

use crate::app::library::Library;
use crate::app::sets::{known, listed};
use crate::records::{Mode, fresh_id};
use crate::scenario;
use crate::sharing::call_set::{CallSet, Order, SetCall, load};
use crate::standards::Id;

/// What is chosen and typed.
#[derive(Debug, Default)]
pub struct Draft {
    pub name: String,
    pub note: String,
    pub by: String,
    pub due: String,
    pub order: Order,
    pub mode: Mode,
    /// Absent: each in their own.
    pub role: Option<Id>,
    /// Slug and variant, in their order.
    pub calls: Vec<(Id, Option<Id>)>,
    /// Number, caller or title of a call to be chosen.
    pub search: String,
    /// How many more calls are shown than at first.
    pub more: usize,
    pub file: String,
    pub said: Option<Result<String, String>>,
    /// Recordings that are not in the set that was written last, and why: a sentence each.
    pub unrecorded: Vec<String>,
    /// Drawn once for a draft: writing it twice gives the same file.
    seed: Option<u64>,
}

impl Draft {
    /// Puts a call into the set, or takes it out.
    pub fn flip(&mut self, slug: &Id, variant: Option<&Id>) {
        let is_it = |call: &(Id, Option<Id>)| call.0 == *slug && call.1.as_ref() == variant;
        match self.calls.iter().position(is_it) {
            Some(place) => _ = self.calls.remove(place),
            None => self.calls.push((slug.clone(), variant.cloned())),
        }
    }

    pub fn has(&self, slug: &Id, variant: Option<&Id>) -> bool {
        self.calls.iter().any(|call| call.0 == *slug && call.1.as_ref() == variant)
    }

    /// The file.
    ///
    /// # Errors
    /// What is wrong with the set, a line each.
    pub fn text(&mut self, library: &Library) -> Result<String, String> {
        let seed = match self.seed {
            Some(seed) => seed,
            None => {
                let id = fresh_id().map_err(|failure| failure.to_string())?;
                *self.seed.insert(u64::from_str_radix(&id[..8], 16).unwrap_or(1))
            }
        };
        let (set, unrecorded) = self.set(library, seed);
        self.unrecorded = unrecorded;
        let text = set.write();
        let loaded = load("the set", text.as_bytes()).map_err(|problems| listed(&problems))?;
        let problems = loaded.check(&known(library), &library.standards);
        if problems.is_empty() {
            return Ok(text);
        }
        // There is no file yet in which a place could be looked for.
        let lines: Vec<String> = problems.iter().take(6).map(|problem| sentence(&problem.message)).collect();
        Err(lines.join("\n"))
    }

    /// The set, and what is not heard in it.
    fn set(&self, library: &Library, seed: u64) -> (CallSet, Vec<String>) {
        let due = self.due.trim();
        let mut set = CallSet {
            format: 1,
            name: self.name.trim().to_owned(),
            note: self.note.trim().to_owned(),
            by: self.by.trim().to_owned(),
            due: (!due.is_empty()).then(|| due.to_owned()),
            order: self.order,
            mode: self.mode,
            role: self.role.clone(),
            calls: Vec::new(),
            texts: Vec::new(),
            recordings: Vec::new(),
        };
        let mut unrecorded = Vec::new();
        for (slug, variant) in &self.calls {
            let Some(entry) = library.by_slug(slug) else { continue };
            if scenario::shipped().iter().all(|(_, text)| *text != entry.text) {
                let read = |name: &str| library.places.read(&entry.hash, name);
                unrecorded.extend(set.carry(&entry.scenario, &entry.text, read));
            }
            let call = entry.scenario.neutral_name();
            set.calls.push(SetCall { call, scenario: entry.hash.clone(), variant: variant.clone(), seed });
        }
        (set, unrecorded)
    }
}

fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
