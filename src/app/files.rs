//! Calls out of the store into a file and back, at the user's word. How a file is chosen, written and read is the
//! desktop's in `desktop.rs` and the browser's in `app/web/files.rs`.

#[cfg(not(target_arch = "wasm32"))]
mod desktop;

use std::path::PathBuf;

#[cfg(not(target_arch = "wasm32"))]
pub use desktop::{Files, GOES_TO, IMPORT, NOT_CHOSEN, plugin, put, usual_place};

#[cfg(target_arch = "wasm32")]
pub use super::web::files::{Files, GOES_TO, IMPORT, NOT_CHOSEN, plugin, put, usual_place};
use crate::records::exchange::{self, Audience};

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
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// A file was chosen in the system's dialogue: the desktop's answer alone.
    #[cfg_attr(target_arch = "wasm32", allow(dead_code, reason = "whoever hears of it is the same for both"))]
    Chosen(Wanted, PathBuf),
    /// None was, or the system has no dialogue to show.
    NotChosen,
    Exported(String),
    Imported(String),
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
