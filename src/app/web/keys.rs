//! Keys of the page in the words of Bevy.

use bevy::input::keyboard::{Key, KeyCode};

macro_rules! named {
    ($type:ident, $name:expr, $($variant:ident)+) => {
        match $name { $(stringify!($variant) => Some($type::$variant),)+ _ => None }
    };
}

/// The place of a key on the keyboard, from `KeyboardEvent.code`.
pub fn place(code: &str) -> KeyCode {
    let known = named!(
        KeyCode, code,
        KeyA KeyB KeyC KeyD KeyE KeyF KeyG KeyH KeyI KeyJ KeyK KeyL KeyM KeyN KeyO KeyP KeyQ KeyR KeyS KeyT KeyU KeyV
        KeyW KeyX KeyY KeyZ Digit0 Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Minus Equal
        BracketLeft BracketRight Backslash Semicolon Quote Backquote Comma Period Slash Space Enter NumpadEnter Tab
        Escape Backspace Delete Insert Home End PageUp PageDown ArrowUp ArrowDown ArrowLeft ArrowRight
        ShiftLeft ShiftRight ControlLeft ControlRight AltLeft AltRight SuperLeft SuperRight
        Numpad0 Numpad1 Numpad2 Numpad3 Numpad4 Numpad5 Numpad6 Numpad7 Numpad8 Numpad9 NumpadAdd NumpadSubtract
        F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12
    );
    known.unwrap_or(KeyCode::F35)
}

/// What a key means, from `KeyboardEvent.key`.
pub fn meaning(key: &str) -> Key {
    if key == " " {
        return Key::Space;
    }
    if key.chars().count() == 1 {
        return Key::Character(key.into());
    }
    let known = named!(
        Key, key,
        Enter Tab Escape Backspace Delete Insert Home End PageUp PageDown ArrowUp ArrowDown ArrowLeft ArrowRight
        Shift Control Alt AltGraph Meta Super F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12
    );
    known.unwrap_or(Key::F35)
}

/// Whether a key only changes what others mean.
pub fn is_modifier(key: &str) -> bool {
    matches!(key, "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "Super")
}
