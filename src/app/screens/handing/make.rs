//! A call set being made: what is chosen and typed of it, and the file it becomes.

use crate::app::library::Library;
use crate::app::sets::{known, listed};
use crate::records::{Mode, fresh_id};
use crate::scenario;
use crate::sharing::call_set::{CallSet, Order, SET_FORMAT, SetCall, load};
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
        let set = self.set(library, seed);
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

    fn set(&self, library: &Library, seed: u64) -> CallSet {
        let mut texts = Vec::new();
        let call = |(slug, variant): &(Id, Option<Id>)| {
            let entry = library.by_slug(slug)?;
            let shipped = scenario::shipped().iter().any(|(_, text)| *text == entry.text);
            if !shipped && !texts.contains(&entry.text) {
                texts.push(entry.text.clone());
            }
            let call = entry.scenario.neutral_name();
            Some(SetCall { call, scenario: entry.hash.clone(), variant: variant.clone(), seed })
        };
        let calls = self.calls.iter().filter_map(call).collect();
        let due = self.due.trim();
        CallSet {
            format: SET_FORMAT,
            name: self.name.trim().to_owned(),
            note: self.note.trim().to_owned(),
            by: self.by.trim().to_owned(),
            due: (!due.is_empty()).then(|| due.to_owned()),
            order: self.order,
            mode: self.mode,
            role: self.role.clone(),
            calls,
            texts,
        }
    }
}

fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
