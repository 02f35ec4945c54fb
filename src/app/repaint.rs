//! Without a graphics card only what has changed is painted: a word and a waveform, not the whole window around them.

mod tiles;

use std::time::Duration;

#[cfg(target_arch = "wasm32")]
use bevy::camera::CameraOutputMode;
use bevy::camera::ClearColorConfig;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::{EguiOutput, EguiPostUpdateSet, EguiRenderOutput, PrimaryEguiContext, egui};

use super::egui::Wake;
use tiles::Tiles;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Painted>();
    app.add_systems(
        PostUpdate,
        only_changes.after(EguiPostUpdateSet::ProcessOutput).before(EguiPostUpdateSet::PostProcessOutput),
    );
}

/// A picture that was not painted (the window was covered, a shader was not ready) leaves an old piece behind:
/// everything is painted anew this often, in pictures that change something.
const WHOLE_EVERY: u32 = 60;

/// A page shows what was painted on it until something else is, so there is less to put right; and somebody who types
/// should not have to wait for it. There everything is painted anew when nothing has moved for so long.
const WHOLE_AFTER: Duration = Duration::from_secs(5);
/// The first pictures of a page, while its shaders are made.
const FIRST_PICTURES: u32 = 8;

/// What stands on the screen.
#[derive(Resource, Default)]
struct Painted {
    tiles: Tiles,
    /// Pictures since everything was painted.
    since: u32,
    /// When something was painted last, in the time since the start.
    at: Duration,
    /// Pictures of all.
    pictures: u32,
    window: UVec2,
}

impl Painted {
    /// Whether it is time to put right whatever went wrong. `moves`: this picture differs from the last.
    fn mends(&self, now: Duration, moves: bool, wake: &mut Wake) -> bool {
        if !cfg!(target_arch = "wasm32") {
            return wake.comes_to_rest() || self.since >= WHOLE_EVERY;
        }
        if self.pictures <= FIRST_PICTURES {
            return true;
        }
        if self.since == 0 {
            return false;
        }
        // A timer may be a little early.
        let mends = !moves && now.saturating_sub(self.at) >= WHOLE_AFTER / 2;
        if !mends {
            // Always the same time: Bevy paints at once whenever another one is asked for.
            wake.within(WHOLE_AFTER);
        }
        mends
    }
}

/// The texture that the camera paints on keeps its content from one picture to the next: what has not changed is still there.
fn only_changes(
    mut wake: ResMut<Wake>,
    clear: Res<ClearColor>,
    time: Res<Time<Real>>,
    windows: Query<&Window, With<PrimaryWindow>>,
    mut painted: ResMut<Painted>,
    mut views: Query<(&mut EguiRenderOutput, &EguiOutput, &mut Camera), With<PrimaryEguiContext>>,
) {
    if !wake.without_card() {
        return;
    }
    let now = time.elapsed();
    let window = windows.single().map(Window::physical_size).unwrap_or_default();
    for (mut output, told, mut camera) in &mut views {
        let size = camera.physical_target_size().unwrap_or_default();
        let output = output.bypass_change_detection();
        let textures_kept =
            output.textures_delta.set.iter().all(|(_, deltas)| deltas.iter().all(|delta| delta.pos.is_some()));
        let dirty = painted.tiles.changes(&output.paint_jobs, [size.x, size.y], told.pixels_per_point);
        painted.pictures = painted.pictures.saturating_add(1);
        let moves = dirty.as_ref().is_none_or(|dirty| !dirty.is_empty());
        let same_window = window == painted.window;
        painted.window = window;
        let whole = !textures_kept || !same_window || painted.mends(now, moves, &mut wake);
        match dirty {
            Some(dirty) if !whole => {
                let ground = egui_color(clear.0);
                output.paint_jobs = tiles::within(&output.paint_jobs, &dirty, ground);
                if moves {
                    (painted.since, painted.at) = (painted.since + 1, now);
                }
                camera.clear_color = ClearColorConfig::None;
                show(&mut camera, &dirty, told.pixels_per_point);
            }
            _ => {
                (painted.since, painted.at) = (0, now);
                camera.clear_color = ClearColorConfig::Default;
                show(&mut camera, &[], told.pixels_per_point);
            }
        }
    }
}

/// What of the camera's texture goes to the screen: on a desktop all of it, it may have been covered.
#[cfg(not(target_arch = "wasm32"))]
fn show(_: &mut Camera, _: &[egui::Rect], _: f32) {}

/// What of the camera's texture goes to the page: these areas, and nothing at all if the texture is as it was.
/// Without areas, and with everything painted anew, all of it.
#[cfg(target_arch = "wasm32")]
fn show(camera: &mut Camera, areas: &[egui::Rect], pixels_per_point: f32) {
    let is_whole = matches!(camera.clear_color, ClearColorConfig::Default);
    if areas.is_empty() && !is_whole {
        camera.output_mode = CameraOutputMode::Skip;
        return;
    }
    let clear_color = if is_whole { ClearColorConfig::Default } else { ClearColorConfig::None };
    camera.output_mode = CameraOutputMode::Write { blend_state: None, clear_color };
    let pixels = areas.iter().flat_map(|area| {
        let area = *area * pixels_per_point;
        [area.left(), area.top(), area.width(), area.height()].map(|length| length.round() as i32)
    });
    super::web::page::paints(&pixels.collect::<Vec<_>>());
}

fn egui_color(color: Color) -> egui::Color32 {
    let [red, green, blue, _] = color.to_srgba().to_u8_array();
    egui::Color32::from_rgb(red, green, blue)
}
