//! What a person can set: colours, size of text, speed of speech. Keys that work on every screen.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};

use super::egui::{Ui, Wake};
use super::theme::{self, Theme};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Settings>();
    app.add_systems(EguiPrimaryContextPass, keys.in_set(Ui::Over));
}

/// How the window is set.
#[derive(Resource, Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub theme: Theme,
    /// Size of everything, in hundredths.
    pub zoom_percent: u16,
    /// Speed of speech, in hundredths.
    pub speech_percent: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: Theme::Dark, zoom_percent: 100, speech_percent: 100 }
    }
}

/// Sizes that can be chosen.
const ZOOM: [u16; 7] = [75, 90, 100, 110, 125, 150, 200];
/// Speeds that can be chosen.
pub const SPEECH: [u16; 4] = [75, 100, 150, 200];

impl Settings {
    pub fn zoom(&self) -> f32 {
        f32::from(self.zoom_percent) / 100.0
    }

    /// The next larger or smaller size.
    pub fn zoom_by(&mut self, steps: isize) {
        let here = ZOOM.iter().position(|z| *z >= self.zoom_percent).unwrap_or(ZOOM.len() - 1);
        let there = here.saturating_add_signed(steps).min(ZOOM.len() - 1);
        self.zoom_percent = ZOOM[there];
    }

    /// The next speed, and after the fastest the slowest.
    pub fn next_speech(&mut self) {
        let here = SPEECH.iter().position(|s| *s == self.speech_percent).unwrap_or(0);
        self.speech_percent = SPEECH[(here + 1) % SPEECH.len()];
    }

    pub fn toggle_theme(&mut self) {
        self.theme = match self.theme {
            Theme::Dark => Theme::Light,
            Theme::Light => Theme::Dark,
        };
    }
}

/// `Ctrl` with `+`, `-` or `0` sets the size of everything.
fn keys(
    mut contexts: EguiContexts,
    mut settings: ResMut<Settings>,
    mut clear: ResMut<ClearColor>,
    mut wake: ResMut<Wake>,
    mut shown: Local<Option<Settings>>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    let pressed = |key| ctx.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, key));
    if pressed(egui::Key::Plus) || pressed(egui::Key::Equals) {
        settings.zoom_by(1);
    }
    if pressed(egui::Key::Minus) {
        settings.zoom_by(-1);
    }
    if pressed(egui::Key::Num0) {
        settings.zoom_percent = 100;
    }
    if shown.as_ref() != Some(&*settings) {
        theme::choose(ctx, settings.theme);
        ctx.set_zoom_factor(settings.zoom());
        let bg = match settings.theme {
            Theme::Dark => theme::palette::Palette::DARK.bg0,
            Theme::Light => theme::palette::Palette::LIGHT.bg0,
        };
        clear.0 = Color::srgb_u8(bg.r(), bg.g(), bg.b());
        *shown = Some(settings.clone());
        wake.now();
    }
    Ok(())
}
