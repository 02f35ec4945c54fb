//! A call that cannot be kept, written where it can be found.

#[cfg(not(target_arch = "wasm32"))]
use std::path::PathBuf;

use bevy_egui::egui;

use crate::app::library::{Library, call_number};
use crate::app::live::Live;
use crate::records::exchange::write_one;

/// Writes the call so far to the first folder that takes it, else to the clipboard; says where it is.
pub fn export(ctx: &egui::Context, live: &Live, library: &Library) -> String {
    let record = live.record();
    let texts = library.of(&record.head).map(|entry| entry.texts(&library.standards)).unwrap_or_default();
    let file = write_one(&record, &texts);
    let number = call_number(live.call().script().scenario.number).to_lowercase().replace(' ', "-");
    let name = format!("rightcall-{number}-{}.jsonl", &record.head.id[..8.min(record.head.id.len())]);
    keep(ctx, &name, file)
}

/// The browser asks where, or puts it among the downloads.
#[cfg(target_arch = "wasm32")]
fn keep(_: &egui::Context, name: &str, file: String) -> String {
    crate::app::web::page::download(name, &file);
    format!("Downloaded as {name}")
}

#[cfg(not(target_arch = "wasm32"))]
fn keep(ctx: &egui::Context, name: &str, file: String) -> String {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let folders =
        [home.clone().map(|h| h.join("Downloads")), home, std::env::current_dir().ok(), Some(std::env::temp_dir())];
    for path in folders.into_iter().flatten().map(|folder| folder.join(name)) {
        if std::fs::write(&path, &file).is_ok() {
            return format!("Exported to {}", path.display());
        }
    }
    ctx.copy_text(file);
    "No folder takes the export; it is on the clipboard".into()
}
