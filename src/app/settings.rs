//! What a person can set: colours, size of text, sound, speed of speech, motion, feedback, keys. Kept in the store.

use bevy::prelude::*;
use bevy_egui::{EguiContexts, EguiPrimaryContextPass, egui};
use serde::{Deserialize, Serialize};

use super::egui::{Ui, Wake};
use super::keys::{self, Command, Keys};
use super::store::{Answered, Purpose, Shelf};
use super::theme::{self, Theme};
use crate::records::{Mode, Reply, Request};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Settings>();
    app.init_resource::<Saved>();
    app.add_systems(Update, (hear, keep).chain());
    app.add_systems(EguiPrimaryContextPass, apply.in_set(Ui::Over));
}

/// Name under which they are kept.
const SETTING: &str = "window";

/// How the window is set.
#[derive(Resource, Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    /// Size of everything, in hundredths: one of [`TEXT`].
    pub zoom_percent: u16,
    /// Speed of speech that is read, in hundredths: one of [`SPEECH`].
    pub speech_percent: u16,
    /// Callers are heard.
    pub sound: bool,
    /// How loud, in hundredths: one of [`VOLUME`].
    pub volume_percent: u16,
    /// Speed of recorded voices, in hundredths: one of [`VOICE`].
    pub voice_percent: u16,
    /// What has no clip is spoken by the system's own voice, where there is one.
    pub system_voice: bool,
    /// What it is heard with, as the system knows it; empty: whatever the system takes.
    pub output: String,
    /// Which words of a call are shown.
    pub captions: Captions,
    /// Nothing moves that need not.
    pub reduced_motion: bool,
    /// How calls are usually taken: coach or exam.
    pub feedback: Mode,
    pub keys: Keys,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            zoom_percent: 100,
            speech_percent: 100,
            sound: true,
            volume_percent: 100,
            voice_percent: 100,
            system_voice: true,
            output: String::new(),
            captions: Captions::default(),
            reduced_motion: false,
            feedback: Mode::Coach,
            keys: Keys::default(),
        }
    }
}

/// Which words of a call are shown. Nobody is marked by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Captions {
    /// All of them; in an exam as they are spoken, and what was said is gone.
    #[default]
    Spoken,
    /// All of them, in an exam too.
    Whole,
    /// Those that no voice speaks.
    Unheard,
}

impl Captions {
    /// All of them, in the order in which they are offered, with their names.
    pub const ALL: [(Self, &str); 3] =
        [(Self::Spoken, "As they speak"), (Self::Whole, "Always whole"), (Self::Unheard, "Only what is not heard")];
}

/// Sizes that can be chosen.
pub const TEXT: [u16; 6] = [100, 110, 125, 150, 175, 200];
/// Speeds that can be chosen.
pub const SPEECH: [u16; 5] = [75, 100, 125, 150, 200];
/// How loud voices can be.
pub const VOLUME: [u16; 4] = [25, 50, 75, 100];
/// How fast recorded voices can speak: beyond it they are hard to follow, or to listen to.
pub const VOICE: [u16; 6] = [80, 90, 100, 110, 120, 130];

impl Settings {
    pub fn zoom(&self) -> f32 {
        f32::from(self.zoom_percent.clamp(TEXT[0], TEXT[TEXT.len() - 1])) / 100.0
    }

    /// The next larger or smaller size.
    pub fn zoom_by(&mut self, steps: isize) {
        let here = TEXT.iter().position(|z| *z >= self.zoom_percent).unwrap_or(TEXT.len() - 1);
        let there = here.saturating_add_signed(steps).min(TEXT.len() - 1);
        self.zoom_percent = TEXT[there];
    }
}

fn motion() -> egui::Id {
    egui::Id::new("reduced motion")
}

/// Whether nothing is to move that need not.
pub fn reduced_motion(ctx: &egui::Context) -> bool {
    ctx.data(|data| data.get_temp(motion())).unwrap_or(false)
}

/// From now on this is so.
pub fn reduce_motion(ctx: &egui::Context, reduced: bool) {
    ctx.data_mut(|data| data.insert_temp(motion(), reduced));
}

fn hear(
    mut answers: MessageReader<Answered>,
    mut settings: ResMut<Settings>,
    mut saved: ResMut<Saved>,
    mut wake: ResMut<Wake>,
) {
    for answer in answers.read().filter(|answer| answer.purpose == Purpose::Settings) {
        if let Ok(Reply::Settings(all)) = &answer.result
            && let Some(kept) = all.get(SETTING).and_then(|json| serde_json::from_str(json).ok())
        {
            *settings = kept;
        }
        saved.0 = Some(settings.clone());
        wake.now();
    }
}

/// What the store has.
#[derive(Resource, Default)]
struct Saved(Option<Settings>);

fn keep(settings: Res<Settings>, mut saved: ResMut<Saved>, mut shelf: ResMut<Shelf>) {
    if saved.0.as_ref().is_none_or(|saved| *saved == *settings) || shelf.trouble.is_some() {
        return;
    }
    if let Ok(json) = serde_json::to_string(&*settings) {
        shelf.ask(Purpose::Keep, Request::PutSetting { name: SETTING.into(), value: Some(json) });
    }
    saved.0 = Some(settings.clone());
}

/// Sizes and sound by key; and what was set takes effect.
fn apply(
    mut contexts: EguiContexts,
    mut settings: ResMut<Settings>,
    mut clear: ResMut<ClearColor>,
    mut wake: ResMut<Wake>,
    mut shown: Local<Option<Settings>>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    if keys::pressed(ctx, Command::LargerText) {
        settings.zoom_by(1);
    }
    if keys::pressed(ctx, Command::SmallerText) {
        settings.zoom_by(-1);
    }
    if keys::pressed(ctx, Command::NormalText) {
        settings.zoom_percent = 100;
    }
    if keys::pressed(ctx, Command::Sound) {
        settings.sound = !settings.sound;
    }
    if shown.as_ref() != Some(&*settings) {
        theme::choose(ctx, settings.theme);
        ctx.set_zoom_factor(settings.zoom());
        keys::install(ctx, &settings.keys);
        reduce_motion(ctx, settings.reduced_motion);
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
