//! Sets up bevy_egui: the camera it paints on, our look, and a loop that sleeps while nothing moves.

use std::time::Duration;

use bevy::asset::AssetEventSystems;
use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use bevy::window::RequestRedraw;
use bevy::winit::{UpdateMode, WinitSettings};
use bevy_egui::{
    EguiContext, EguiInput, EguiPlugin, EguiPostUpdateSet, EguiPreUpdateSet, EguiPrimaryContextPass, EguiStartupSet,
    PrimaryEguiContext, egui,
};

use super::keyboard;
use super::settings::Settings;
use super::theme;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(EguiPlugin::default());
    app.insert_resource(ClearColor(Color::srgb_u8(0x0E, 0x14, 0x15)));
    app.insert_resource(settings(ASLEEP));
    app.init_resource::<Wake>();
    app.add_systems(PreStartup, spawn_camera.before(EguiStartupSet::InitContexts));
    app.add_systems(PreUpdate, dress_new_contexts.after(EguiPreUpdateSet::InitContexts));
    app.add_systems(
        PreUpdate,
        (drop_unchanged_modifiers, keyboard::one_command_a_frame, wake_after_input)
            .chain()
            .after(EguiPreUpdateSet::ProcessInput)
            .before(EguiPreUpdateSet::BeginPass),
    );
    // With the feature `accesskit`, bevy_egui forgets the order of its own output systems.
    app.configure_sets(
        PostUpdate,
        (
            EguiPostUpdateSet::EndPass,
            EguiPostUpdateSet::ProcessOutput,
            EguiPostUpdateSet::PostProcessOutput,
            // A letter that is new in the font's texture is painted in this frame, not in the next.
            AssetEventSystems,
        )
            .chain(),
    );
    app.configure_sets(EguiPrimaryContextPass, (Ui::Rail, Ui::Screen, Ui::Over).chain());
    app.add_systems(PostStartup, spare_the_processor);
    app.add_systems(Last, sleep);
}

/// What is painted when.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ui {
    /// The navigation, before the screen: what it leaves is the screen's.
    Rail,
    Screen,
    /// Over every screen.
    Over,
}

/// Nothing moves: the loop sleeps until somebody does something.
const ASLEEP: Duration = Duration::from_secs(3600);
/// Frames that follow an input: what it set off has to be painted.
const AFTER_INPUT: u8 = 3;

/// When the loop should wake by itself. bevy_egui ignores `request_repaint_after` in reactive mode,
/// so whoever moves something says so here, each frame.
#[derive(Resource, Default)]
pub struct Wake {
    after: Option<Duration>,
    frames: u8,
    /// The processor does the painting.
    without_card: bool,
}

impl Wake {
    /// Wake within this time, unless somebody wants it sooner.
    pub fn within(&mut self, time: Duration) {
        let time = if self.without_card { time.max(WITHOUT_CARD) } else { time };
        self.after = Some(self.after.map_or(time, |other| other.min(time)));
    }

    /// Paint again at once.
    pub fn now(&mut self) {
        self.frames = self.frames.max(AFTER_INPUT);
    }

    /// Whether the processor does the painting.
    pub fn without_card(&self) -> bool {
        self.without_card
    }

    /// Whether nothing that was set off is still to be painted after this picture.
    pub fn comes_to_rest(&self) -> bool {
        self.frames == 1
    }
}

fn settings(wait: Duration) -> WinitSettings {
    WinitSettings {
        focused_mode: UpdateMode::reactive_low_power(wait),
        unfocused_mode: UpdateMode::reactive_low_power(wait),
    }
}

fn sleep(mut wake: ResMut<Wake>, mut winit: ResMut<WinitSettings>, mut redraw: MessageWriter<RequestRedraw>) {
    let wait = wake.after.take().unwrap_or(ASLEEP);
    *winit = settings(wait);
    if wake.frames > 0 {
        wake.frames -= 1;
        redraw.write(RequestRedraw);
    }
}

/// Without a graphics card nothing that moves by itself is painted more often than this.
const WITHOUT_CARD: Duration = Duration::from_millis(160);

fn spare_the_processor(adapter: Option<Res<RenderAdapterInfo>>, mut wake: ResMut<Wake>) {
    // The type is wgpu's, which is not one of our dependencies: its name has to do.
    if adapter.is_some_and(|adapter| format!("{:?}", adapter.device_type) == "Cpu") {
        wake.without_card = true;
    }
}

fn spawn_camera(mut commands: Commands) {
    commands.spawn((Camera2d, Msaa::Off));
}

fn dress_new_contexts(
    mut contexts: Query<&mut EguiContext, Added<PrimaryEguiContext>>,
    settings: Res<Settings>,
    mut wake: ResMut<Wake>,
) {
    for mut context in &mut contexts {
        let ctx = context.get_mut();
        // There the tree is the page: without it nobody could type.
        #[cfg(target_arch = "wasm32")]
        ctx.enable_accesskit();
        theme::install(ctx, settings.theme);
        ctx.set_zoom_factor(settings.zoom());
        wake.now();
    }
}

/// bevy_egui reports the modifier keys every frame, and egui answers each report by asking for the
/// next frame: a still window would never sleep.
fn drop_unchanged_modifiers(mut inputs: Query<&mut EguiInput>, mut last: Local<egui::Modifiers>) {
    for mut input in &mut inputs {
        let events = &mut input.bypass_change_detection().0.events;
        events.retain(|event| match event {
            egui::Event::ModifiersChanged(modifiers) => {
                let changed = *modifiers != *last;
                *last = *modifiers;
                changed
            }
            _ => true,
        });
    }
}

fn wake_after_input(inputs: Query<&EguiInput>, mut wake: ResMut<Wake>) {
    if inputs.iter().any(|input| !input.0.events.is_empty()) {
        wake.now();
    }
}

fn room() -> egui::Id {
    egui::Id::new("room")
}

/// What the rail leaves for the screen.
pub fn leave_room(ctx: &egui::Context, rect: egui::Rect) {
    ctx.data_mut(|data| data.insert_temp(room(), rect));
}

/// All of the window that the rail leaves, as one area to paint in.
pub fn whole_window(ctx: &egui::Context) -> egui::Ui {
    let rect = ctx.data(|data| data.get_temp(room())).unwrap_or_else(|| ctx.content_rect());
    let ui = egui::Ui::new(
        ctx.clone(),
        egui::Id::new("window"),
        egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(rect),
    );
    ctx.accesskit_node_builder(ui.unique_id(), |node| node.set_role(egui::accesskit::Role::Main));
    ui
}
