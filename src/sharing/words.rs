//! Words for numbers and facts, so that a reason or a question reads as somebody would say it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::call::Script;
use crate::cohort::Item;
use crate::standards::Id;

/// What key facts say, by call: a cohort knows their ids alone.
#[derive(Debug, Clone, Default)]
pub struct FactWords(BTreeMap<(String, Option<Id>), BTreeMap<Id, String>>);

impl FactWords {
    /// Of these scripts.
    #[must_use]
    pub fn of(scripts: &[Arc<Script>]) -> Self {
        let words = |script: &Arc<Script>| {
            let facts = script.scenario.facts.iter().map(|fact| (fact.id.clone(), fact.is.clone()));
            ((script.scenario_hash.clone(), script.variant.clone()), facts.collect())
        };
        Self(scripts.iter().map(words).collect())
    }

    /// What a fact of a call says; its id where the call is not here.
    #[must_use]
    pub fn say(&self, item: &Item, fact: &Id) -> String {
        let facts = self.0.get(&(item.scenario.to_string(), item.variant.clone()));
        facts.and_then(|facts| facts.get(fact)).map_or_else(|| fact.to_string(), Clone::clone)
    }
}

const SMALL: [&str; 13] =
    ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// A number up to twelve in words, a larger one in figures.
#[must_use]
pub fn number(n: usize) -> String {
    SMALL.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// The same at the beginning of a sentence.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `18 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
