//! The keyboard for egui, key by key in the order in which they were pressed.
//!
//! bevy_egui stamps every key of a frame with the modifiers held at its end: when a frame is slow and
//! a hand is quick, `Ctrl Enter` becomes `Enter`, and the letter before it is not typed.

use bevy::input::keyboard::{Key, KeyboardFocusLost, KeyboardInput};
use bevy::prelude::*;
use bevy_egui::helpers::{bevy_to_egui_key, bevy_to_egui_physical_key};
use bevy_egui::input::EguiInputEvent;
use bevy_egui::{
    EguiClipboard, EguiGlobalSettings, EguiInput, EguiInputSet, EguiPreUpdateSet, PrimaryEguiContext, egui,
};

use super::egui::Wake;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, take_over);
    app.add_systems(
        PreUpdate,
        write_keys.in_set(EguiPreUpdateSet::ProcessInput).in_set(EguiInputSet::ReadBevyMessages),
    );
}

fn take_over(mut settings: ResMut<EguiGlobalSettings>) {
    settings.input_system_settings.run_write_keyboard_input_messages_system = false;
}

fn write_keys(
    mut keys: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    contexts: Query<Entity, With<PrimaryEguiContext>>,
    mut clipboard: ResMut<EguiClipboard>,
    mut events: MessageWriter<EguiInputEvent>,
    mut held: Local<egui::Modifiers>,
) {
    if lost.read().count() > 0 {
        *held = egui::Modifiers::NONE;
    }
    let Ok(context) = contexts.single() else { return };
    for message in keys.read() {
        let pressed = message.state.is_pressed();
        hold(&mut held, &message.logical_key, pressed);
        let mut write = |event| {
            events.write(EguiInputEvent { context, event });
        };
        // AltGr reports itself as Ctrl and Alt on some systems, and types; so does Option on a Mac.
        let types = if cfg!(target_os = "macos") { !held.command } else { held.command == held.alt };
        if let (true, true, Some(text)) = (pressed, types, typed(message)) {
            write(egui::Event::Text(text));
        }
        let physical_key = bevy_to_egui_physical_key(&message.key_code);
        let Some(key) = bevy_to_egui_key(&message.logical_key).or(physical_key) else { continue };
        write(egui::Event::Key { key, physical_key, pressed, repeat: message.repeat, modifiers: *held });
        if pressed && held.command {
            match key {
                egui::Key::C => write(egui::Event::Copy),
                egui::Key::X => write(egui::Event::Cut),
                egui::Key::V => {
                    if let Some(text) = clipboard.get_text().filter(|text| !text.is_empty()) {
                        write(egui::Event::Paste(text));
                    }
                }
                _ => {}
            }
        }
    }
}

fn hold(held: &mut egui::Modifiers, key: &Key, down: bool) {
    let mac = cfg!(target_os = "macos");
    match key {
        Key::Control => {
            held.ctrl = down;
            held.command = if mac { held.mac_cmd } else { down };
        }
        Key::Super | Key::Meta if mac => (held.mac_cmd, held.command) = (down, down),
        Key::Shift => held.shift = down,
        Key::Alt => held.alt = down,
        _ => {}
    }
}

fn typed(message: &KeyboardInput) -> Option<String> {
    match &message.logical_key {
        Key::Character(text) if !text.chars().any(char::is_control) => Some(text.to_string()),
        Key::Space => Some(" ".into()),
        _ => None,
    }
}

/// What was typed before `Enter` has to be in its field when `Enter` is looked at, and what comes
/// after it belongs to what `Enter` brought about. Slow frames hold both: the rest waits for the next.
pub fn one_command_a_frame(
    mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>,
    mut held: Local<Vec<egui::Event>>,
    mut wake: ResMut<Wake>,
) {
    use egui::{Event, Key as K};
    let commands = [
        K::Enter,
        K::Escape,
        K::Tab,
        K::ArrowUp,
        K::ArrowDown,
        K::ArrowLeft,
        K::ArrowRight,
        K::Space,
        K::F9,
        K::PageUp,
        K::PageDown,
    ];
    for mut input in &mut inputs {
        let events = &mut input.bypass_change_detection().0.events;
        if !held.is_empty() {
            let new = std::mem::replace(events, std::mem::take(&mut held));
            events.extend(new);
        }
        let (mut begun, mut commanded) = (false, false);
        let cut = events.iter().position(|event| match event {
            // A space is typed and pressed: both belong together.
            Event::Text(text) if text == " " => commanded,
            Event::Text(_) | Event::Paste(_) | Event::PointerButton { pressed: true, .. } => {
                begun = true;
                commanded
            }
            Event::Key { key, pressed: true, modifiers, .. } if commands.contains(key) || modifiers.command => {
                let late = begun || commanded;
                commanded = true;
                late && (*key != K::Space || modifiers.command)
            }
            _ => false,
        });
        if let Some(cut) = cut {
            held.extend(events.drain(cut..));
            wake.now();
        }
    }
}

/// A key that came in one frame behind letters: what the letters find is not listed yet. The letters stay for their
/// field, and the key has to wait for the next frame. What `is_key` made of the key, and what was typed behind it.
pub fn behind_letters<K>(ui: &egui::Ui, is_key: impl Fn(&egui::Event) -> Option<K>) -> Option<(K, String)> {
    use egui::Event;
    ui.input_mut(|input| {
        let (place, key) = input.events.iter().enumerate().find_map(|(n, event)| Some((n, is_key(event)?)))?;
        let writes = |event: &Event| match event {
            Event::Text(_) | Event::Paste(_) | Event::Ime(_) => true,
            Event::Key { key, pressed: true, .. } => matches!(key, egui::Key::Backspace | egui::Key::Delete),
            _ => false,
        };
        if !input.events[..place].iter().any(writes) {
            return None;
        }
        let after = input.events.split_off(place);
        let typed = after.iter().filter_map(|event| match event {
            Event::Text(words) | Event::Paste(words) => Some(words.as_str()),
            _ => None,
        });
        let typed = typed.collect();
        // Only keys that were pressed are held back: egui has to see them let go.
        input.events.extend(after.into_iter().filter(|event| matches!(event, Event::Key { pressed: false, .. })));
        Some((key, typed))
    })
}
