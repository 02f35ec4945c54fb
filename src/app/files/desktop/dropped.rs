//! Files and folders that are dropped on the window: calls and a call set come in, many files are looked into first.

use std::path::PathBuf;

use bevy::prelude::*;
use bevy::window::FileDragAndDrop;
use bevy::winit::EventLoopProxyWrapper;

use super::super::BUSY;
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
    if who.workspace == Workspace::Trainer && !is_set && bringing.is_busy() {
        past.trouble = Some(BUSY.into());
    } else if who.workspace == Workspace::Trainer && !is_set {
        bringing.look_into(paths, &library.standards, folder);
        next.set(Screen::Handing);
    } else if !files.busy() {
        files.import_all(proxy.as_deref(), folder, paths);
        next.set(Screen::Settings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::bringing::Stage;
    use crate::app::profile::Profile;
    use crate::app::{bringing, offers, past, profile, sets, store};

    /// What becomes of these files, dropped on this screen.
    fn dropped(names: &[&str], screen: Screen, trainer: bool) -> App {
        let folder = tempfile::tempdir().expect("a folder");
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, bevy::state::app::StatesPlugin));
        app.init_state::<Screen>().init_resource::<Wake>().add_message::<FileDragAndDrop>();
        app.insert_resource(Library::open(None).expect("the shipped calls"));
        app.insert_resource(store::DataDir(Some(folder.path().join("data"))));
        app.init_resource::<crate::app::screens::call::InHand>().init_resource::<crate::app::screens::debrief::Shown>();
        app.add_plugins((store::plugin, profile::plugin, past::plugin, offers::plugin));
        app.add_plugins((super::super::plugin, bringing::plugin, sets::plugin));
        app.world_mut().resource_mut::<NextState<Screen>>().set(screen);
        for _ in 0..6 {
            app.update();
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let mut who = app.world_mut().resource_mut::<Who>();
        who.add(Profile { name: "Wren".into(), ..Profile::default() }).expect("added");
        if trainer {
            who.workspace = Workspace::Trainer;
        }
        for name in names {
            let path_buf = folder.path().join(name);
            std::fs::write(&path_buf, "( name: 3 )").expect("written");
            let drop = FileDragAndDrop::DroppedFile { window: Entity::PLACEHOLDER, path_buf };
            app.world_mut().write_message(drop);
        }
        for _ in 0..40 {
            app.update();
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        app
    }

    fn screen(app: &App) -> Screen {
        *app.world().resource::<State<Screen>>().get()
    }

    #[test]
    fn a_trainers_files_are_looked_into_and_ones_own_come_in_at_once() {
        let many = dropped(&["a.jsonl", "b.jsonl"], Screen::Desk, true);
        assert_eq!(screen(&many), Screen::Handing);
        let bringing = many.world().resource::<Bringing>();
        assert!(matches!(&bringing.stage, Stage::Found(found) if found.files == 2 && found.bad.len() == 2));
        let own = dropped(&["set.ron"], Screen::Desk, false);
        assert_eq!(screen(&own), Screen::Settings);
        let told = &own.world().resource::<Files>().told;
        let Some(crate::app::files::Told::Failed(why)) = told else { panic!("{told:?}") };
        assert!(why.starts_with("This call set cannot be taken.") && why.contains("set.ron:1:"), "{why}");
    }

    #[test]
    fn of_several_files_each_is_said_what_became_of_it() {
        let several = dropped(&["a.jsonl", "set.ron"], Screen::Desk, false);
        assert_eq!(screen(&several), Screen::Settings);
        let told = &several.world().resource::<Files>().told;
        let Some(crate::app::files::Told::Failed(why)) = told else { panic!("{told:?}") };
        assert!(why.contains("a.jsonl") && why.contains("set.ron is a call set: drop it by itself"), "{why}");
    }

    #[test]
    fn nobody_is_taken_out_of_a_call() {
        let busy = dropped(&["a.jsonl"], Screen::Call, false);
        assert_eq!(screen(&busy), Screen::Call);
        assert_eq!(busy.world().resource::<Past>().trouble.as_deref(), Some(FINISH_FIRST));
    }
}
