//! Looking whether files have changed.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often it is looked.
const EVERY: Duration = Duration::from_millis(400);
/// As deep as the checker goes.
const DEEP: usize = 32;

/// Size and time of every file below these paths.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp(Vec<(PathBuf, u64, Option<SystemTime>)>);

impl Stamp {
    pub(super) fn of(paths: &[PathBuf]) -> Self {
        let mut files = Vec::new();
        for path in paths {
            stamp(path, &mut files, 0);
        }
        Self(files)
    }

    /// Returns when something is otherwise than it was.
    pub(super) fn wait(&self, paths: &[PathBuf]) {
        loop {
            std::thread::sleep(EVERY);
            if Self::of(paths) != *self {
                return;
            }
        }
    }
}

fn stamp(path: &Path, files: &mut Vec<(PathBuf, u64, Option<SystemTime>)>, depth: usize) {
    let Ok(about) = std::fs::metadata(path) else {
        // An editor that saves takes a file away for a moment.
        files.push((path.to_owned(), 0, None));
        return;
    };
    if !about.is_dir() {
        files.push((path.to_owned(), about.len(), about.modified().ok()));
        return;
    }
    let mut inner: Vec<PathBuf> =
        std::fs::read_dir(path).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    inner.sort();
    for path in inner.iter().filter(|path| !path.is_symlink()) {
        if depth < DEEP {
            stamp(path, files, depth + 1);
        }
    }
}
