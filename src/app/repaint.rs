//! Without a graphics card only what has changed is painted: a word and a waveform, not the whole window around them.

mod tiles;

use bevy::camera::ClearColorConfig;
use bevy::prelude::*;
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

/// What stands on the screen.
#[derive(Resource, Default)]
struct Painted {
    tiles: Tiles,
    /// Pictures since everything was painted.
    since: u32,
}

/// The texture that the camera paints on keeps its content from one picture to the next: what has not changed is still there.
fn only_changes(
    wake: Res<Wake>,
    clear: Res<ClearColor>,
    mut painted: ResMut<Painted>,
    mut views: Query<(&mut EguiRenderOutput, &EguiOutput, &mut Camera), With<PrimaryEguiContext>>,
) {
    if !wake.without_card() {
        return;
    }
    for (mut output, told, mut camera) in &mut views {
        let size = camera.physical_target_size().unwrap_or_default();
        let output = output.bypass_change_detection();
        let textures_kept =
            output.textures_delta.set.iter().all(|(_, deltas)| deltas.iter().all(|delta| delta.pos.is_some()));
        let dirty = painted.tiles.changes(&output.paint_jobs, [size.x, size.y], told.pixels_per_point);
        // Whatever went wrong is put right when the window comes to rest.
        let whole = !textures_kept || wake.comes_to_rest() || painted.since >= WHOLE_EVERY;
        let clears = match dirty {
            Some(dirty) if !whole => {
                let ground = egui_color(clear.0);
                output.paint_jobs = tiles::within(&output.paint_jobs, &dirty, ground);
                painted.since += 1;
                ClearColorConfig::None
            }
            _ => {
                painted.since = 0;
                ClearColorConfig::Default
            }
        };
        camera.clear_color = clears;
    }
}

fn egui_color(color: Color) -> egui::Color32 {
    let [red, green, blue, _] = color.to_srgba().to_u8_array();
    egui::Color32::from_rgb(red, green, blue)
}
