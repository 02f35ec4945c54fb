//! The packs of clips in a folder, as `rightcall check --voices` looks for them.

use std::path::Path;
use std::sync::Arc;

use crate::call::speech::{Pack, pack_name_of};
use crate::diagnostic::{Diagnostic, Position, codes};
use crate::ron_text;
use crate::scenario::Loaded;
use crate::scenario::check::unvoiced;
use crate::standards::Standards;

/// No pack is larger, in bytes.
const PACK_LIMIT: usize = 64 << 20;

/// Lines of a call without a clip, and packs that cannot be read. Nothing where the call has no pack.
pub(super) fn unvoiced_of(folder: &Path, loaded: &Loaded, standards: &Arc<Standards>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut packs: Vec<Option<Pack>> = Vec::new();
    let variants = loaded.scenario.variants.iter().map(|variant| Some(&*variant.id));
    for variant in std::iter::once(None).chain(variants) {
        let file = folder.join(format!("{}.voices", pack_name_of(loaded.scenario.number, variant)));
        let read = file.is_file().then(|| {
            let bytes = ron_text::read_file(&file, PACK_LIMIT)?;
            let name = file.display().to_string();
            Pack::read(&bytes)
                .map_err(|sentence| Diagnostic::error(codes::UNREADABLE, &name, Position::START, sentence))
        });
        let read = read.transpose();
        packs.push(read.unwrap_or_else(|problem| {
            found.push(problem);
            None
        }));
    }
    let has = |surface: usize, key: &str| packs.get(surface)?.as_ref().map(|pack| pack.clip(key).is_some());
    found.extend(unvoiced(loaded, standards, &has));
    found
}
