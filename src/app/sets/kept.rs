//! Call sets in the store: a list of them, and the text of each in pieces, because a setting is bounded.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::Sets;
use crate::app::library::Library;
use crate::app::past::Past;
use crate::app::store::{Answered, Purpose, Shelf};
use crate::records::{Reply, Request};

/// Name under which the list is kept.
const LIST: &str = "call-sets";
/// Bytes of a piece.
const PIECE: usize = 200 << 10;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Listed {
    hash: String,
    /// As the user named it.
    file: String,
    pub people: BTreeSet<String>,
    pieces: usize,
}

impl Listed {
    /// Its name, without the folders.
    pub fn file(&self) -> &str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file)
    }
}

fn name(hash: &str, piece: usize) -> String {
    format!("call-set-{}-{piece}", hash.get(..32).unwrap_or(hash))
}

/// A text in pieces that end where a letter ends.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let (mut rest, mut pieces) = (text, Vec::new());
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Takes up what the store has. A set that this version cannot take any more is left where it is, and lies on nobody's
/// desk: another version, or the standards it was made for, may know it.
pub fn read(all: &BTreeMap<String, String>, library: &Library, sets: &mut Sets) {
    let listed: Vec<Listed> = all.get(LIST).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    let mut saved = BTreeMap::new();
    for one in listed {
        let text: Option<String> = (0..one.pieces).map(|n| all.get(&name(&one.hash, n)).map(String::as_str)).collect();
        let mut taken = text.is_some();
        for person in &one.people {
            let opened = text.as_ref().map(|text| sets.open(&one.file, text.as_bytes(), library, person));
            if let Some(Err(why)) = opened {
                warn!("a call set that was kept cannot be taken any more: {why}");
                taken = false;
            }
        }
        if taken {
            saved.insert(one.hash, one.people);
        } else {
            sets.unreadable.push(one);
        }
    }
    sets.saved = Some(saved);
}

/// What has changed is kept: put into what another window may have kept meanwhile.
pub fn keep(mut sets: ResMut<Sets>, mut shelf: ResMut<Shelf>) {
    if !sets.is_changed() || sets.merging || shelf.trouble.is_some() {
        return;
    }
    if sets.saved.as_ref().is_some_and(|saved| *saved != now(&sets)) {
        sets.merging = true;
        shelf.ask(Purpose::SetsKept, Request::Settings);
    }
}

/// Who has which set, by its hash.
fn now(sets: &Sets) -> BTreeMap<String, BTreeSet<String>> {
    sets.all.iter().map(|opened| (opened.loaded.hash.clone(), opened.people.clone())).collect()
}

/// Texts before the list that names them.
pub fn merge(
    mut answers: MessageReader<Answered>,
    mut sets: ResMut<Sets>,
    mut past: ResMut<Past>,
    mut shelf: ResMut<Shelf>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::SetsKept) {
        let now = now(&sets);
        sets.merging = false;
        let saved = sets.saved.replace(now.clone()).unwrap_or_default();
        let there: Vec<Listed> = match &answer.result {
            Ok(Reply::Settings(all)) => {
                all.get(LIST).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
            }
            Ok(_) => continue,
            Err(failure) => {
                past.trouble = Some(format!("Call sets cannot be kept: {failure}"));
                continue;
            }
        };
        let nobody = BTreeSet::new();
        let of = |list: &'_ BTreeMap<String, BTreeSet<String>>, hash: &str| list.get(hash).unwrap_or(&nobody).clone();
        let mut put = |name: String, value: Option<String>| {
            shelf.ask(Purpose::Keep, Request::PutSetting { name, value });
        };
        let mut listed: Vec<Listed> = Vec::new();
        for mut one in there.iter().cloned() {
            let (before, here) = (of(&saved, &one.hash), of(&now, &one.hash));
            one.people.retain(|person| !before.contains(person) || here.contains(person));
            one.people.extend(here.difference(&before).cloned());
            if !one.people.is_empty() {
                listed.push(one);
            }
        }
        for opened in &sets.all {
            let (hash, text) = (&opened.loaded.hash, opened.loaded.text());
            // What another window has put away stays away.
            if listed.iter().any(|one| one.hash == *hash) || saved.contains_key(hash) {
                continue;
            }
            let pieces = pieces(text);
            for (n, piece) in pieces.iter().enumerate() {
                put(name(hash, n), Some((*piece).to_owned()));
            }
            listed.push(Listed {
                hash: hash.clone(),
                file: opened.loaded.file.clone(),
                people: opened.people.clone(),
                pieces: pieces.len(),
            });
        }
        if let Ok(json) = serde_json::to_string(&listed) {
            put(LIST.into(), Some(json));
        }
        for gone in there.iter().filter(|one| listed.iter().all(|kept| kept.hash != one.hash)) {
            for n in 0..gone.pieces {
                put(name(&gone.hash, n), None);
            }
        }
    }
}
