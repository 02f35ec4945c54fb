//! Call sets in the store: a list of them, and the text of each in pieces, because a setting is bounded.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::Sets;
use crate::app::library::Library;
use crate::app::store::{Purpose, Shelf};
use crate::records::Request;
use crate::sharing::call_set::SET_LIMIT;

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

/// What has changed is kept: texts before the list that names them.
pub fn keep(mut sets: ResMut<Sets>, mut shelf: ResMut<Shelf>) {
    if !sets.is_changed() || shelf.trouble.is_some() {
        return;
    }
    let now: BTreeMap<String, BTreeSet<String>> =
        sets.all.iter().map(|opened| (opened.loaded.hash.clone(), opened.people.clone())).collect();
    let Some(saved) = sets.saved.as_ref().filter(|saved| **saved != now) else { return };
    let mut put = |name: String, value: Option<String>| {
        shelf.ask(Purpose::Keep, Request::PutSetting { name, value });
    };
    // One that has been opened again, from a file that can be read, is listed once.
    let is_elsewhere = |one: &&Listed| !now.contains_key(&one.hash);
    let mut listed: Vec<Listed> = sets.unreadable.iter().filter(is_elsewhere).cloned().collect();
    for opened in &sets.all {
        let (hash, text) = (&opened.loaded.hash, opened.loaded.text());
        let pieces = pieces(text);
        if !saved.contains_key(hash) {
            for (n, piece) in pieces.iter().enumerate() {
                put(name(hash, n), Some((*piece).to_owned()));
            }
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
    for hash in saved.keys().filter(|hash| !now.contains_key(*hash)) {
        // A set has few pieces; what is not there is taken away without a word.
        for n in 0..=SET_LIMIT / PIECE {
            put(name(hash, n), None);
        }
    }
    sets.saved = Some(now);
}
