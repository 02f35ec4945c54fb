//! Calls out of the store into a file and back, at the user's word. How a file is chosen, written and read is the
//! desktop's in `desktop.rs` and the browser's in `app/web/files.rs`.

#[cfg(not(target_arch = "wasm32"))]
mod desktop;

#[cfg(target_arch = "wasm32")]
use std::path::Path;
use std::path::PathBuf;

#[cfg(not(target_arch = "wasm32"))]
pub use desktop::{Files, GOES_TO, IMPORT, IS_SURE, NOT_CHOSEN, hear, plugin, put, usual_place};

#[cfg(target_arch = "wasm32")]
pub use super::web::files::{Files, GOES_TO, IMPORT, IS_SURE, NOT_CHOSEN, hear, plugin, put, usual_place};
use crate::records::exchange::{self, Audience};
use crate::records::{Annotation, AnnotationKind, fresh_id};
use crate::sharing::call_set;

/// What is dropped while files are being looked into, brought in or marked would break that off.
pub const BUSY: &str = "Files are being brought in. Drop these again when that is done.";

/// For whose eyes a file of one's own calls is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eyes {
    /// One's own: with everything one wrote.
    Mine,
    /// The trainer's: without what is not shared.
    Trainer,
}

impl From<Eyes> for Audience {
    fn from(eyes: Eyes) -> Self {
        match eyes {
            Eyes::Mine => Self::Author,
            Eyes::Trainer => Self::Others,
        }
    }
}

/// What a file is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Export,
    Import,
    /// Where a call set is to be written.
    Set,
    /// Several files of calls, to be looked into. A page has its own way of choosing several.
    #[cfg_attr(target_arch = "wasm32", allow(dead_code))]
    Many,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A file was chosen in the system's dialogue: the desktop's answer alone.
    #[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "whoever hears of it is the same for both"))]
    Chosen(Wanted, PathBuf),
    /// The same of several.
    #[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "whoever hears of it is the same for both"))]
    ChosenMany(Vec<PathBuf>),
    /// None was, or the system has no dialogue to show.
    NotChosen,
    Exported(String),
    Imported(String),
    /// It is a call set: `app/sets.rs` takes it up.
    Set {
        name: String,
        bytes: Vec<u8>,
    },
    /// Some of the file is bad: what is good can be had.
    PartlyBad {
        file: PathBuf,
        why: String,
        good: bool,
    },
    Failed(String),
}

/// What is said of a file of which some is bad.
pub(in crate::app) fn partly_bad(file: PathBuf, reading: &exchange::Reading) -> Told {
    let first = reading.bad.iter().take(3).map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let more = reading.bad.len().saturating_sub(3) as u64 + reading.more_bad;
    let more = if more > 0 { format!("\nand {more} more") } else { String::new() };
    let good = reading.new.records + reading.new.annotations > 0;
    Told::PartlyBad { file, why: first + &more, good }
}

/// What is said of a file that was taken in.
pub(in crate::app) fn imported(brought: &exchange::Brought) -> Told {
    let mut report = format!("{} imported", exchange::say(brought.new));
    if brought.already_here.records > 0 {
        report += &format!(", {} already here", exchange::calls_of(brought.already_here.records));
    }
    Told::Imported(report)
}

/// Whether a file is no export but a call set, by its first bytes and, where they leave it open, by all of it.
pub(in crate::app) fn is_call_set(bytes: &[u8]) -> bool {
    call_set::is_meant(bytes)
}

/// Where somebody works, to be said along with what they hand back, unless that is what they said last.
///
/// # Errors
/// The system gives no random numbers.
pub(in crate::app) fn site_to_say(
    said: &[Annotation],
    by: &str,
    site: &str,
    at: &str,
) -> Result<Option<Annotation>, String> {
    let last = said.iter().rev().find_map(|one| match &one.kind {
        AnnotationKind::Site(site) if one.by == by => Some(site.as_str()),
        _ => None,
    });
    if site.is_empty() || last == Some(site) {
        return Ok(None);
    }
    Ok(Some(Annotation {
        id: fresh_id().map_err(|failure| failure.to_string())?,
        by: by.to_owned(),
        target: None,
        at: at.to_owned(),
        kind: AnnotationKind::Site(site.to_owned()),
        text: String::new(),
        shared: true,
    }))
}

/// What is said of a file that was handed back.
pub(in crate::app) fn handed_back(counts: exchange::Counts, decisions: bool, place: &str) -> String {
    let what = if decisions { "What you decided" } else { "Your calls" };
    let calls = if decisions { String::new() } else { format!(" ({})", exchange::calls_of(counts.records)) };
    format!("{what}{calls}: written to {place}. Give that file to whoever handed out the set.")
}

/// The end of a path: the name of a download.
#[cfg(target_arch = "wasm32")]
pub(in crate::app) fn name_of(file: &Path) -> String {
    file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}
