//! Files and folders that are dropped on the window: calls and a call set come in, many files are looked into first.

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::window::FileDragAndDrop;
use bevy::winit::EventLoopProxyWrapper;

use super::Files;
use crate::app::Screen;
use crate::app::bringing::Bringing;
use crate::app::egui::Wake;
use crate::app::library::Library;
use crate::app::past::Past;
use crate::app::profile::{Who, Workspace};
use crate::app::store::Shelf;

/// While somebody is on the phone nothing is brought in.
pub const FINISH_FIRST: &str = "Finish or leave the call before you bring in a file.";

#[allow(clippy::too_many_arguments, reason = "a system has as many arguments as it needs resources")]
pub fn take(
    mut drops: MessageReader<FileDragAndDrop>,
    mut files: ResMut<Files>,
    mut bringing: ResMut<Bringing>,
    (library, who, shelf): (Res<Library>, Res<Who>, Res<Shelf>),
    mut past: ResMut<Past>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    screen: Res<State<Screen>>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) {
    let paths: Vec<PathBuf> = drops
        .read()
        .filter_map(|drop| match drop {
            FileDragAndDrop::DroppedFile { path_buf, .. } => Some(path_buf.clone()),
            _ => None,
        })
        .collect();
    if paths.is_empty() || matches!(screen.get(), Screen::FirstRun | Screen::Session) {
        return;
    }
    wake.now();
    if *screen.get() == Screen::Call {
        past.trouble = Some(FINISH_FIRST.into());
        return;
    }
    let Some(folder) = shelf.folder() else { return };
    // What people handed back is for a trainer to look into; what one brings oneself comes in at once.
    let is_set = paths.len() == 1 && paths[0].extension().is_some_and(|end| end.eq_ignore_ascii_case("ron"));
    if who.workspace == Workspace::Trainer && !is_set {
        bringing.look_into(paths, &library.standards, folder);
        next.set(Screen::Handing);
    } else if !files.busy() {
        let first = paths.into_iter().next().unwrap_or_default();
        files.import(proxy.as_deref(), folder, first, false);
        next.set(Screen::Settings);
    }
}
