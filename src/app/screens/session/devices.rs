//! Files from people's own devices on their way into the blind round. On the desktop several are chosen at once, or all
//! of a folder are read; in the browser one after the other.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A file's name and what is in it.
pub type Contents = (String, Vec<u8>);
/// What came of choosing files, or why nothing did.
pub type Chosen = Result<Vec<Contents>, String>;

/// More files, or a longer one, are not looked at.
#[cfg(not(target_arch = "wasm32"))]
const MOST: usize = 300;
#[cfg(not(target_arch = "wasm32"))]
const LONGEST: u64 = 2 << 20;

/// What is under way.
#[derive(Default, Clone)]
pub struct Devices {
    busy: bool,
    read: Arc<Mutex<Option<Chosen>>>,
}

impl Devices {
    /// A file is being chosen.
    pub fn busy(&self) -> bool {
        self.busy
    }

    /// What was chosen, once.
    pub fn take(&mut self) -> Option<Chosen> {
        if !self.busy {
            return None;
        }
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        self.busy = false;
        Some(read)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Devices {
    /// Shows the system's dialogue.
    pub fn choose(&mut self) {
        if std::mem::replace(&mut self.busy, true) {
            return;
        }
        let dialogue = rfd::AsyncFileDialog::new().add_filter("Decisions", &["jsonl"]);
        let chosen = dialogue.set_title("Decisions from devices").pick_files();
        let read = self.read.clone();
        let job = async move {
            let files = match chosen.await {
                Some(files) => files.iter().take(MOST).map(|file| contents(file.path())).collect(),
                None => Err(crate::app::files::NOT_CHOSEN.to_owned()),
            };
            *read.lock().unwrap_or_else(PoisonError::into_inner) = Some(files);
        };
        bevy::tasks::AsyncComputeTaskPool::get().spawn(job).detach();
    }

    /// Reads a file, or every file of calls in a folder.
    ///
    /// # Errors
    /// A sentence with the place.
    pub fn read(place: &Path) -> Chosen {
        let failed = |why: std::io::Error| format!("`{}` cannot be read: {why}", place.display());
        if !place.is_dir() {
            return Ok(vec![contents(place)?]);
        }
        let mut files = Vec::new();
        for entry in std::fs::read_dir(place).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|end| end == "jsonl") && path.is_file() {
                files.push(path);
            }
        }
        if files.is_empty() {
            return Err(format!("there is no file of decisions (.jsonl) in `{}`", place.display()));
        }
        files.sort();
        files.iter().take(MOST).map(|path| contents(path)).collect()
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn contents(path: &Path) -> Result<Contents, String> {
    use std::io::Read;
    let failed = |why: std::io::Error| format!("`{}` cannot be read: {why}", path.display());
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(failed)?.take(LONGEST).read_to_end(&mut bytes).map_err(failed)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok((name, bytes))
}

#[cfg(target_arch = "wasm32")]
impl Devices {
    /// Lets the user choose a file.
    pub fn choose(&mut self) {
        use crate::app::web::page;
        if std::mem::replace(&mut self.busy, true) {
            return;
        }
        let read = self.read.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let chosen = page::file(&page::choose(".jsonl").await);
            let files = chosen.map(|file| vec![file]).ok_or_else(|| crate::app::files::NOT_CHOSEN.to_owned());
            *read.lock().unwrap_or_else(PoisonError::into_inner) = Some(files);
            page::wake();
        });
    }

    /// A browser has no places.
    ///
    /// # Errors
    /// Always.
    pub fn read(_: &Path) -> Chosen {
        Err(crate::app::files::NOT_CHOSEN.to_owned())
    }
}
