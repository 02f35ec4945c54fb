//! One transaction: texts by shelf and key, and what its errors mean.

use js_sys::{Array, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use super::PLACE;
use super::bindings::{self, Handle};
use crate::records::store::Failure;

/// A transaction under way. It ends with [`Change::done`]; dropped before, it has changed nothing.
pub(super) struct Change {
    handle: Handle,
    over: bool,
}

impl Change {
    pub(super) fn begin(write: bool) -> Result<Self, Failure> {
        bindings::begin(write).map(|handle| Self { handle, over: false }).map_err(|problem| failure(&problem))
    }

    /// Returns when everything is on the disk.
    pub(super) async fn done(mut self) -> Result<(), Failure> {
        self.over = true;
        bindings::done(&self.handle).await.map_err(|problem| failure(&problem))
    }

    pub(super) async fn text(&self, shelf: &str, key: &str) -> Result<Option<String>, Failure> {
        let found = bindings::get(&self.handle, shelf, key).await;
        Ok(found.map_err(|problem| failure(&problem))?.as_string())
    }

    /// Reads back what was kept as JSON.
    pub(super) async fn get<T: DeserializeOwned>(&self, shelf: &str, key: &str) -> Result<Option<T>, Failure> {
        self.text(shelf, key).await?.map(|json| parse(&json, key)).transpose()
    }

    pub(super) fn put_text(&self, shelf: &str, key: &str, value: &str) -> Result<(), Failure> {
        bindings::put(&self.handle, shelf, key, value).map_err(|problem| failure(&problem))
    }

    pub(super) fn put(&self, shelf: &str, key: &str, value: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_string(value).map_err(|problem| Failure::Invalid(problem.to_string()))?;
        self.put_text(shelf, key, &json)
    }

    pub(super) fn remove(&self, shelf: &str, key: &str) -> Result<(), Failure> {
        bindings::remove(&self.handle, shelf, key).map_err(|problem| failure(&problem))
    }

    /// Removes everything whose key begins with the prefix and a stroke; with an empty one, everything.
    pub(super) fn remove_below(&self, shelf: &str, prefix: &str) -> Result<(), Failure> {
        bindings::remove_below(&self.handle, shelf, prefix).map_err(|problem| failure(&problem))
    }

    /// Key and value of the same, in the order of the keys.
    pub(super) async fn all_texts(&self, shelf: &str, prefix: &str) -> Result<Vec<(String, String)>, Failure> {
        let found = bindings::all(&self.handle, shelf, prefix).await.map_err(|problem| failure(&problem))?;
        let mut found = found.unchecked_into::<Array>().into_iter().filter_map(|text| text.as_string());
        let mut pairs = Vec::new();
        while let (Some(key), Some(value)) = (found.next(), found.next()) {
            pairs.push((key, value));
        }
        Ok(pairs)
    }

    pub(super) async fn all<T: DeserializeOwned>(&self, shelf: &str, prefix: &str) -> Result<Vec<T>, Failure> {
        self.all_texts(shelf, prefix).await?.iter().map(|(key, json)| parse(json, key)).collect()
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        if !self.over {
            bindings::give_up(&self.handle);
        }
    }
}

fn parse<T: DeserializeOwned>(json: &str, key: &str) -> Result<T, Failure> {
    serde_json::from_str(json)
        .map_err(|problem| Failure::Damaged { path: PLACE.into(), what: format!("entry `{key}`: {problem}") })
}

/// What an error of the browser's means.
pub(super) fn failure(problem: &JsValue) -> Failure {
    let read = |name: &str| Reflect::get(problem, &name.into()).ok().and_then(|value| value.as_string());
    let why = read("message").filter(|why| !why.is_empty());
    let path = PLACE.to_owned();
    match read("name").unwrap_or_default().as_str() {
        "QuotaExceededError" => Failure::DiskFull { path },
        // A database of a higher version than ours.
        "VersionError" => Failure::Newer { path, found: 2, known: 1 },
        "SecurityError" | "NotSupportedError" | "InvalidAccessError" | "BlockedError" => {
            Failure::Unusable { path, why: why.unwrap_or_else(|| "the browser does not allow it".into()) }
        }
        name => Failure::Disk { path, why: why.unwrap_or_else(|| name.to_owned()) },
    }
}
