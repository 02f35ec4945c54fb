//! Exports as files of the desktop.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::Path;

use super::line::Counts;
use super::write::{Audience, ExportError, export};
use crate::records::store::Store;

/// Writes an export beside the file and moves it there when it is whole: [`whole_file`].
///
/// # Errors
/// As [`export`].
pub fn export_to(
    store: &mut dyn Store,
    wanted: Option<&BTreeSet<String>>,
    audience: Audience,
    file: &Path,
) -> Result<Counts, ExportError> {
    whole_file(file, |out| export(store, wanted, audience, out))
}

/// Writes beside the file and moves it there when it is whole: an older file is not lost to a full disk.
///
/// # Errors
/// What `write` says, or the disk.
pub fn whole_file<T>(
    file: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let special = file.metadata().is_ok_and(|metadata| !metadata.is_file());
    let beside = if special {
        file.to_owned()
    } else {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        file.with_file_name(name)
    };
    let mut out = BufWriter::new(for_the_owner().open(&beside)?);
    let written = write(&mut out).and_then(|done| {
        out.flush()?;
        if !special {
            out.get_ref().sync_all()?;
            std::fs::rename(&beside, file)?;
        }
        Ok(done)
    });
    if written.is_err() && !special && std::fs::remove_file(&beside).is_err() {
        // The part stays behind; its name says what it is.
    }
    written
}

/// What people said and thought in their calls is nobody else's on this machine.
fn for_the_owner() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Opens a file to import from.
///
/// # Errors
/// A sentence: it is not there, or a folder, or may not be read.
pub fn open(file: &Path) -> Result<BufReader<File>, String> {
    let name = file.display();
    match File::open(file) {
        Ok(_) if file.is_dir() => Err(format!("`{name}` is a folder, not a file")),
        Ok(opened) => Ok(BufReader::with_capacity(1 << 16, opened)),
        Err(problem) => Err(format!("`{name}` cannot be read: {}", plain(&problem))),
    }
}

/// An error of the operating system's without its number.
pub fn plain(problem: &io::Error) -> String {
    let text = problem.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
