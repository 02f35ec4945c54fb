//! Files of a disk, chosen in the system's dialogue: read and written on a task of its own, so that nothing waits.

mod dropped;

use std::collections::BTreeSet;
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use bevy::prelude::*;
use bevy::tasks::{AsyncComputeTaskPool, Task, block_on, poll_once};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use rfd::AsyncFileDialog;

use super::{Eyes, Told, Wanted};
use crate::app::egui::Wake;
use crate::records::{Annotation, Options, Reply, Request, Shared, SqliteStore, exchange, wait};
use crate::sharing::call_set::SET_LIMIT;
use crate::sharing::returning::{HandBack, hand_back, withdrawal_file};

pub fn plugin(app: &mut App) {
    app.init_resource::<Files>();
    // Before anything that asks what was told.
    app.add_systems(PreUpdate, hear).add_systems(Update, dropped::take);
}

/// What the button says that brings a file in.
pub const IMPORT: &str = "Import calls or a call set";
/// Where the calls of a shift are written.
pub const GOES_TO: &str = "to the file above";
/// What was written is on the disk when that is said.
pub const IS_SURE: bool = true;
/// When no file was chosen.
pub const NOT_CHOSEN: &str =
    "No file was chosen, or this system has no file dialogue to show. A place can be typed above.";

/// What is under way with files.
#[derive(Resource, Default)]
pub struct Files {
    task: Option<Task<Told>>,
    /// Where the dialogue was told to write: it asks itself about a file that is there.
    chosen: Option<PathBuf>,
    /// What was told last, until somebody takes it.
    pub told: Option<Told>,
}

impl Files {
    pub fn busy(&self) -> bool {
        self.task.is_some()
    }

    fn start(&mut self, proxy: Option<&EventLoopProxyWrapper>, job: impl Future<Output = Told> + Send + 'static) {
        if self.busy() {
            return;
        }
        self.told = None;
        let proxy = proxy.map(|proxy| (**proxy).clone());
        self.task = Some(AsyncComputeTaskPool::get().spawn(async move {
            let told = job.await;
            // The window is gone when nobody listens: then there is nothing to wake.
            if let Some(proxy) = proxy {
                _ = proxy.send_event(WinitUserEvent::WakeUp);
            }
            told
        }));
    }

    /// Shows the system's dialogue.
    pub fn choose(&mut self, proxy: Option<&EventLoopProxyWrapper>, wanted: Wanted, usual: &Path) {
        let (kinds, ends): (&str, &[&str]) = match wanted {
            Wanted::Export | Wanted::Many => ("Calls", &["jsonl"]),
            Wanted::Import => ("Calls and call sets", &["jsonl", "ron"]),
            Wanted::Set => ("Call sets", &["ron"]),
        };
        let mut dialogue = AsyncFileDialog::new().add_filter(kinds, ends);
        if let Some(folder) = usual.parent().filter(|folder| folder.is_dir()) {
            dialogue = dialogue.set_directory(folder);
        }
        if let Some(name) = usual.file_name() {
            dialogue = dialogue.set_file_name(name.to_string_lossy());
        }
        // The dialogue is made here, on the main thread, as some systems ask for.
        match wanted {
            Wanted::Export | Wanted::Set => {
                let title = if wanted == Wanted::Set { "Write a call set" } else { "Export calls" };
                let chosen = dialogue.set_title(title).save_file();
                self.start(proxy, async move {
                    chosen.await.map_or(Told::NotChosen, |file| Told::Chosen(wanted, file.path().to_owned()))
                });
            }
            Wanted::Import => {
                let chosen = dialogue.set_title(IMPORT).pick_file();
                self.start(proxy, async move {
                    chosen.await.map_or(Told::NotChosen, |file| Told::Chosen(wanted, file.path().to_owned()))
                });
            }
            Wanted::Many => {
                let chosen = dialogue.set_title("Files that came back").pick_files();
                self.start(proxy, async move {
                    let paths = |files: Vec<rfd::FileHandle>| files.iter().map(|file| file.path().to_owned()).collect();
                    chosen.await.map_or(Told::NotChosen, |files| Told::ChosenMany(paths(files)))
                });
            }
        }
    }

    /// Where to write: nothing that is there is written over, unless the dialogue has asked.
    fn place(&mut self, file: PathBuf) -> PathBuf {
        if self.chosen.take().is_some_and(|chosen| chosen == file) { file } else { free(file) }
    }

    /// Writes the calls of one pseudonym from the store in `folder` to a file.
    pub fn export(
        &mut self,
        proxy: Option<&EventLoopProxyWrapper>,
        folder: &Path,
        by: &str,
        eyes: Eyes,
        file: PathBuf,
    ) {
        let (folder, by, file) = (folder.to_owned(), by.to_owned(), self.place(file));
        self.start(proxy, async move { export(&folder, &by, eyes, &file).map_or_else(Told::Failed, Told::Exported) });
    }

    /// Brings in what is good in a file: all of it, or with `keep_good` even where some is bad.
    pub fn import(&mut self, proxy: Option<&EventLoopProxyWrapper>, folder: &Path, file: PathBuf, keep_good: bool) {
        let folder = folder.to_owned();
        self.start(proxy, async move { import(&folder, file, keep_good).unwrap_or_else(Told::Failed) });
    }

    /// Brings in several files, each where all of it is good.
    pub fn import_all(&mut self, proxy: Option<&EventLoopProxyWrapper>, folder: &Path, mut files: Vec<PathBuf>) {
        if files.len() == 1 {
            return self.import(proxy, folder, files.remove(0), false);
        }
        let folder = folder.to_owned();
        self.start(proxy, async move { import_all(&folder, files) });
    }

    /// Writes a text to a file: a call set.
    pub fn write(&mut self, proxy: Option<&EventLoopProxyWrapper>, file: PathBuf, contents: String) {
        let file = self.place(file);
        self.start(proxy, async move { write_for_others(&file, &contents).map_or_else(Told::Failed, Told::Exported) });
    }

    /// Writes what somebody hands back, and keeps in the store in `folder` what they agreed to. `site`: where they work.
    pub fn hand_back(
        &mut self,
        proxy: Option<&EventLoopProxyWrapper>,
        folder: &Path,
        what: HandBack,
        site: String,
        file: PathBuf,
    ) {
        let (folder, file) = (folder.to_owned(), self.place(file));
        self.start(
            proxy,
            async move { write_back(&folder, &what, &site, &file).map_or_else(Told::Failed, Told::Exported) },
        );
    }

    /// Writes a file that takes back what was shared, and keeps that in the store in `folder`.
    pub fn take_back(
        &mut self,
        proxy: Option<&EventLoopProxyWrapper>,
        folder: &Path,
        withdrawal: Annotation,
        file: PathBuf,
    ) {
        let (folder, file) = (folder.to_owned(), self.place(file));
        self.start(proxy, async move {
            let done = write(&file, &withdrawal_file(&withdrawal)).and_then(|words| {
                let mut store = SqliteStore::open(&folder).map_err(|failure| failure.to_string())?;
                let kept = wait(&mut store, Request::Annotate(Box::new(withdrawal)));
                kept.map_err(|failure| failure.to_string())?;
                Ok(format!("{words} Give it to everybody who had your calls: what you shared is taken back there."))
            });
            done.map_or_else(Told::Failed, Told::Exported)
        });
    }
}

pub fn hear(mut files: ResMut<Files>, mut wake: ResMut<Wake>) {
    if let Some(told) = files.bypass_change_detection().task.as_mut().and_then(|task| block_on(poll_once(task))) {
        files.task = None;
        if let Told::Chosen(Wanted::Export | Wanted::Set, file) = &told {
            files.chosen = Some(file.clone());
        }
        files.told = Some(told);
        wake.now();
    }
}

/// This name, or where a file has it, the next that none has: `calls.jsonl`, `calls-2.jsonl`. What is no file, a device,
/// can be written to as it is.
fn free(file: PathBuf) -> PathBuf {
    let is_there = |file: &Path| file.metadata().is_ok_and(|metadata| metadata.is_file());
    if !is_there(&file) {
        return file;
    }
    let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, ending) = (name(file.file_stem()), name(file.extension()));
    let ending = if ending.is_empty() { ending } else { format!(".{ending}") };
    let numbered = |n: u32| file.with_file_name(format!("{stem}-{n}{ending}"));
    (2..=u32::MAX).map(numbered).find(|file| !is_there(file)).unwrap_or_else(|| file.clone())
}

fn export(folder: &Path, by: &str, eyes: Eyes, file: &Path) -> Result<String, String> {
    let mut store = SqliteStore::open_with(folder, Options { only_read: true, ..Options::default() })
        .map_err(|failure| failure.to_string())?;
    let Reply::Calls(calls) = wait(&mut store, Request::List).map_err(|failure| failure.to_string())? else {
        return Err("the store gave an answer of the wrong kind".into());
    };
    let own: BTreeSet<String> = calls.into_iter().filter(|call| call.head.by == by).map(|call| call.head.id).collect();
    let counts =
        exchange::export_to(&mut store, Some(&own), eyes.into(), file).map_err(|problem| not_written(file, problem))?;
    Ok(format!("{} written to {}", exchange::say(counts), file.display()))
}

/// What a writer says, as a sentence with the path.
fn not_written(file: &Path, problem: exchange::ExportError) -> String {
    match problem {
        exchange::ExportError::Write(problem) => {
            format!("`{}` cannot be written: {}", file.display(), exchange::plain(&problem))
        }
        exchange::ExportError::Store(failure) => failure.to_string(),
    }
}

fn write(file: &Path, contents: &str) -> Result<String, String> {
    exchange::whole_file(file, |out| out.write_all(contents.as_bytes()).map_err(Into::into))
        .map_err(|problem| not_written(file, problem))?;
    Ok(format!("Written to {}.", file.display()))
}

/// A call set is there to be handed out: whoever finds it in a shared folder can read it.
fn write_for_others(file: &Path, contents: &str) -> Result<String, String> {
    let said = write(file, contents)?;
    #[cfg(unix)]
    {
        let all = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(file, all).map_err(|why| format!("{} cannot be shared: {why}", file.display()))?;
    }
    Ok(said)
}

fn write_back(folder: &Path, what: &HandBack, site: &str, file: &Path) -> Result<String, String> {
    let mut store = SqliteStore::open(folder).map_err(|failure| failure.to_string())?;
    let keep = |store: &mut SqliteStore, one: Annotation| {
        wait(store, Request::Annotate(Box::new(one))).map(drop).map_err(|failure| failure.to_string())
    };
    let said = match wait(&mut store, Request::Annotations { of: None }).map_err(|failure| failure.to_string())? {
        Reply::Annotations(said) => said,
        _ => Vec::new(),
    };
    if let Some(site) = super::site_to_say(&said, &what.by, site, &what.at)? {
        keep(&mut store, site)?;
    }
    let counts = exchange::whole_file(file, |out| hand_back(&mut store, what, out))
        .map_err(|problem| not_written(file, problem))?;
    keep(&mut store, what.consent())?;
    let decisions = !what.what.contains(&Shared::Calls);
    Ok(super::handed_back(counts, decisions, &file.display().to_string()))
}

/// The contents of a file that is meant to be a call set.
fn call_set(file: &Path) -> Option<Vec<u8>> {
    let mut from = exchange::open(file).ok()?;
    // An export, which may be large, is known by its first bytes.
    if !super::is_call_set(from.fill_buf().ok()?) {
        return None;
    }
    let mut bytes = Vec::new();
    from.take(SET_LIMIT as u64 + 1).read_to_end(&mut bytes).ok()?;
    super::is_call_set(&bytes).then_some(bytes)
}

fn import(folder: &Path, file: PathBuf, keep_good: bool) -> Result<Told, String> {
    let name = file.display().to_string();
    if let Some(bytes) = call_set(&file) {
        return Ok(Told::Set { name, bytes });
    }
    let mut store = SqliteStore::open(folder).map_err(|failure| failure.to_string())?;
    let reading = exchange::check(&name, exchange::open(&file)?, &mut store).map_err(|failure| failure.to_string())?;
    if !reading.is_good() && !keep_good {
        return Ok(super::partly_bad(file, &reading));
    }
    let brought =
        exchange::bring_in(&name, exchange::open(&file)?, &mut store).map_err(|failure| failure.to_string())?;
    Ok(super::imported(&brought))
}

/// A file of this name in the folder where people look for what they saved.
pub fn usual_place(name: &str) -> PathBuf {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let downloads = home.clone().map(|home| home.join("Downloads")).filter(|folder| folder.is_dir());
    downloads.or(home).unwrap_or_else(std::env::temp_dir).join(name)
}

/// A line each.
fn import_all(folder: &Path, files: Vec<PathBuf>) -> Told {
    let (mut lines, mut failed) = (Vec::new(), false);
    for file in files {
        let name = file.display().to_string();
        let line = match import(folder, file, false) {
            Ok(Told::Imported(words)) => Ok(words),
            Ok(Told::PartlyBad { why, .. }) | Err(why) => Err(why),
            Ok(Told::Set { .. }) => Err(format!("{name} is a call set: drop it by itself")),
            Ok(_) => continue,
        };
        failed |= line.is_err();
        lines.push(line.map_or_else(|why| why, |words| format!("{name}: {words}")));
    }
    let said = lines.join("\n");
    if failed { Told::Failed(said) } else { Told::Imported(said) }
}

/// Puts a text there: a page, a table. Where it lies, as a sentence.
///
/// # Errors
/// A sentence with the place and why it cannot be written.
pub fn put(name: &str, contents: &str) -> Result<String, String> {
    let place = free(usual_place(name));
    match std::fs::write(&place, contents) {
        Ok(()) => Ok(format!("Written to {}.", place.display())),
        Err(why) => Err(format!("{} cannot be written: {why}", place.display())),
    }
}

#[cfg(test)]
mod tests;
