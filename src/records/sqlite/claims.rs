//! Which process may append to an unfinished call: the one that holds a lock on its file in
//! `calls/`. The operating system lets go of it when the process ends, however it ends.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::open::io_failure;
use crate::records::store::{Failure, call_id};

/// The calls this store may append to.
pub(super) struct Claims {
    folder: PathBuf,
    held: BTreeMap<String, File>,
}

impl Claims {
    pub(super) fn new(data: &Path) -> Self {
        Self { folder: data.join("calls"), held: BTreeMap::new() }
    }

    fn path(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.lock"))
    }

    /// Makes this store the only one to append to a call.
    pub(super) fn take(&mut self, id: &str) -> Result<(), Failure> {
        let id = call_id(id)?;
        if self.held.contains_key(id) {
            return Ok(());
        }
        let path = self.path(id);
        std::fs::create_dir_all(&self.folder).map_err(|e| io_failure(&self.folder, &e))?;
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(|problem| io_failure(&path, &problem))?;
        // Another process that only looks whether a call is taken holds the lock for a moment.
        for _ in 0..5 {
            match file.try_lock() {
                Ok(()) => {
                    self.held.insert(id.to_owned(), file);
                    return Ok(());
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
                Err(TryLockError::Error(problem)) => return Err(io_failure(&path, &problem)),
            }
        }
        Err(Failure::InUse { id: id.to_owned() })
    }

    pub(super) fn holds(&self, id: &str) -> bool {
        self.held.contains_key(id)
    }

    /// Nobody will append to this call any more.
    pub(super) fn drop_for_ever(&mut self, id: &str) {
        self.held.remove(id);
        if call_id(id).is_ok() && std::fs::remove_file(self.path(id)).is_err() {
            // An empty file stays behind; it does no harm.
        }
    }

    /// Whether another process is taking this call.
    pub(super) fn is_elsewhere(&self, id: &str) -> bool {
        if self.held.contains_key(id) {
            return false;
        }
        let Ok(file) = File::open(self.path(id)) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}
