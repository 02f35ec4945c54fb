//! The picture of the window in the task bar: the logo, painted by hand.

use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy::winit::WINIT_WINDOWS;
use winit::window::Icon;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, set.run_if(run_once));
}

/// Width and height in pixels.
const SIZE: u32 = 64;

fn set(window: Query<Entity, With<PrimaryWindow>>) {
    let Ok(entity) = window.single() else { return };
    // A window without a picture is no trouble: what fails here is left.
    if let Ok(icon) = Icon::from_rgba(pixels(), SIZE, SIZE) {
        WINIT_WINDOWS.with_borrow(|windows| {
            if let Some(window) = windows.get_window(entity) {
                window.set_window_icon(Some(icon));
            }
        });
    }
}

/// RGBA, row by row: a rounded square with a speech bubble and a tick.
fn pixels() -> Vec<u8> {
    let accent = [0x57_u8, 0xD0, 0xC0];
    let ink = [0x06_u8, 0x21, 0x1E];
    let mut all = Vec::new();
    for y in 0..SIZE {
        for x in 0..SIZE {
            // In the units of the logo, which is 44 wide.
            let at = Vec2::new(x as f32 + 0.5, y as f32 + 0.5) * 44.0 / SIZE as f32;
            let square = rounded(at - Vec2::splat(22.0), Vec2::splat(22.0), 10.0);
            let bubble = rounded(at - Vec2::new(22.0, 20.0), Vec2::new(13.0, 10.0), 5.0).abs() - 1.5;
            let tick = to_line(at, Vec2::new(16.0, 20.0), Vec2::new(20.5, 24.5)).min(to_line(
                at,
                Vec2::new(20.5, 24.5),
                Vec2::new(28.5, 16.0),
            )) - 1.5;
            let tail = (at.x - 15.0).min(37.0 - at.y).min(at.y - 30.0).min(22.0 - at.x - (at.y - 30.0));
            let inside = (0.5 - bubble.min(tick).min(-tail)).clamp(0.0, 1.0);
            for (a, i) in accent.into_iter().zip(ink) {
                all.push((f32::from(a) * (1.0 - inside) + f32::from(i) * inside) as u8);
            }
            all.push(((0.5 - square).clamp(0.0, 1.0) * 255.0) as u8);
        }
    }
    all
}

/// Distance to a rounded rectangle around the origin, negative inside.
fn rounded(at: Vec2, half: Vec2, radius: f32) -> f32 {
    let corner = at.abs() - half + Vec2::splat(radius);
    corner.max(Vec2::ZERO).length() + corner.x.max(corner.y).min(0.0) - radius
}

fn to_line(at: Vec2, from: Vec2, to: Vec2) -> f32 {
    let along = ((at - from).dot(to - from) / (to - from).length_squared()).clamp(0.0, 1.0);
    at.distance(from + (to - from) * along)
}
