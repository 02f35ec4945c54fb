//! The recordings that a scenario names, as they lie beside it.

use super::super::load::Loaded;
use super::super::model::Heard;
use super::heard::recording_name;
use crate::call::speech::recording;
use crate::diagnostic::{Diagnostic, codes};
use crate::ron_text::Cursor;

/// Recordings that are not there or cannot be played. `loaded` was read from a file of its own.
pub fn unplayable(loaded: &Loaded) -> Vec<Diagnostic> {
    let folder = recording::folder_of(&loaded.file);
    let root = loaded.tree.root();
    let mut found = Vec::new();
    let mut look = |list: &[Heard], at: &Cursor<'_>| {
        for (n, heard) in list.iter().enumerate() {
            // What is wrong with a name has been said.
            let Some(audio) = heard.audio.as_ref().filter(|audio| recording_name(audio).is_ok()) else { continue };
            if let Err((sentence, hint)) = recording::read_in(folder, audio) {
                let at = at.index(n).field("audio").position();
                found.push(Diagnostic::error(codes::RECORDING, &loaded.file, at, sentence).hint(hint));
            }
        }
    };
    look(&loaded.scenario.heard, &root.field("heard"));
    for (n, variant) in loaded.scenario.variants.iter().enumerate() {
        look(&variant.heard, &root.field("variants").index(n).field("heard"));
    }
    found
}
