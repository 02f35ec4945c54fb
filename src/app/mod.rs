//! The window: a Bevy application over the engine, one plugin per screen.

mod bringing;
mod caller;
mod egui;
mod files;
mod focus;
#[cfg(not(target_arch = "wasm32"))]
mod icon;
mod keyboard;
mod keys;
mod library;
mod live;
mod offers;
mod past;
mod profile;
#[cfg(not(target_arch = "wasm32"))]
mod readers;
mod repaint;
mod screens;
mod sets;
mod settings;
mod shell;
mod store;
mod taking;
mod theme;
mod voice;
#[cfg(target_arch = "wasm32")]
mod web;
mod when;

use std::path::PathBuf;
#[cfg(not(target_arch = "wasm32"))]
use std::process::ExitCode;

#[cfg(not(target_arch = "wasm32"))]
use bevy::ecs::schedule::{ScheduleLabel, SingleThreadedExecutor};
use bevy::log::{DEFAULT_FILTER, Level, LogPlugin};
use bevy::prelude::*;
#[cfg(not(target_arch = "wasm32"))]
use bevy::render::{ExtractSchedule, RenderApp, pipelined_rendering::PipelinedRenderingPlugin};
#[cfg(not(target_arch = "wasm32"))]
use bevy::window::{WindowResizeConstraints, WindowResolution};

/// What the command line can say about the window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Where calls are kept; absent: where the operating system keeps an application's data.
    pub data: Option<PathBuf>,
    /// A standards folder in place of the shipped standards.
    pub standards: Option<PathBuf>,
    /// A folder of calls beside the shipped ones.
    pub scenarios: Option<PathBuf>,
}

/// Opens the window; returns when it is closed.
#[cfg(not(target_arch = "wasm32"))]
pub fn run(options: Options) -> ExitCode {
    run_with(options, |_| ())
}

/// The same with something added: for whoever drives the window from outside, as `docs/pictures/remake.rs` does.
#[cfg(not(target_arch = "wasm32"))]
pub fn run_with(options: Options, more: impl FnOnce(&mut App)) -> ExitCode {
    #[cfg(target_os = "linux")]
    if ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        eprintln!("rightcall: there is no display here to open a window on; see rightcall --help for what needs none");
        return ExitCode::FAILURE;
    }
    let opened = library::Library::open(options.standards.as_deref()).and_then(|mut library| {
        let said = options.scenarios.as_deref().map_or(Ok(Vec::new()), |folder| library.add_folder(folder))?;
        said.iter().for_each(|line| eprintln!("{line}"));
        Ok(library)
    });
    let library = match opened {
        Ok(library) => library,
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            return ExitCode::FAILURE;
        }
    };
    let mut app = build(library);
    on_one_thread(&mut app);
    app.insert_resource(store::DataDir(options.data));
    more(&mut app);
    match app.run() {
        AppExit::Success => ExitCode::SUCCESS,
        AppExit::Error(code) => ExitCode::from(code.get()),
    }
}

/// Waits on the page for the user to start, and takes its canvas.
#[cfg(target_arch = "wasm32")]
pub fn open_in_browser() {
    web::open();
}

fn build(library: library::Library) -> App {
    let mut app = App::new();
    let plugins = DefaultPlugins
        .set(WindowPlugin { primary_window: Some(window()), ..default() })
        // The sound server's client calls it an error when we hang up.
        .set(LogPlugin { level: Level::WARN, filter: format!("{DEFAULT_FILTER}pulseaudio=off"), ..default() });
    // A picture is painted and done with: nothing waits for the next one, which may come in an hour.
    #[cfg(not(target_arch = "wasm32"))]
    let plugins = plugins.disable::<PipelinedRenderingPlugin>();
    app.add_plugins(plugins);
    app.insert_resource(library).add_plugins(plugin);
    app
}

/// Some hundred small systems make up a picture: handing them from thread to thread costs more than it gains.
#[cfg(not(target_arch = "wasm32"))]
fn on_one_thread(app: &mut App) {
    let one_thread = |world: &mut World| {
        let mut schedules = world.resource_mut::<Schedules>();
        for (_, schedule) in schedules.iter_mut() {
            // It has rules of its own for what it leaves to be done afterwards.
            if schedule.label() != ExtractSchedule.intern() {
                schedule.set_executor(SingleThreadedExecutor::new());
            }
        }
    };
    one_thread(app.world_mut());
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        one_thread(render.world_mut());
    }
}

fn plugin(app: &mut App) {
    app.init_state::<Screen>();
    app.add_plugins((
        settings::plugin,
        egui::plugin,
        repaint::plugin,
        focus::plugin,
        keyboard::plugin,
        store::plugin,
        profile::plugin,
    ));
    app.add_plugins((bringing::plugin, sets::plugin, voice::plugin));
    app.add_plugins((files::plugin, past::plugin, offers::plugin, taking::plugin, shell::plugin, screens::plugin));
    #[cfg(not(target_arch = "wasm32"))]
    app.add_plugins((icon::plugin, readers::plugin));
    #[cfg(target_arch = "wasm32")]
    app.add_plugins(web::plugin);
}

#[cfg(not(target_arch = "wasm32"))]
fn window() -> Window {
    Window {
        title: "Rightcall".into(),
        name: Some("rightcall".into()),
        resolution: WindowResolution::new(1440, 900),
        resize_constraints: WindowResizeConstraints { min_width: 1024.0, min_height: 700.0, ..default() },
        ..default()
    }
}

/// The canvas of the page, as large as the page; what the browser does with keys and wheel it goes on doing.
#[cfg(target_arch = "wasm32")]
fn window() -> Window {
    Window {
        title: "Rightcall".into(),
        canvas: Some("#picture".into()),
        fit_canvas_to_parent: true,
        prevent_default_event_handling: false,
        // winit would take the keyboard from Start.
        focused: false,
        ..default()
    }
}

/// What is on the screen.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    /// Who is practising; what this is and is not.
    #[default]
    FirstRun,
    /// Where a shift begins: what rings, what is due, how it went.
    Desk,
    /// The calls that can be taken.
    Calls,
    /// A call being taken.
    Call,
    /// A call that was taken, marked.
    Debrief,
    /// What the service agrees on, to read and search.
    Standards,
    /// Trainers only: how an expert takes each call.
    Answers,
    /// Trainers only: everybody's calls side by side.
    Review,
    /// What was taken for a call set, to be handed back.
    HandBack,
    /// Trainers only: call sets to be handed out, and files that come back.
    Handing,
    /// Trainers only: a skill-sharing session, shown to a room.
    Session,
    /// Deciding for a session on one's own device.
    Round,
    Settings,
}
