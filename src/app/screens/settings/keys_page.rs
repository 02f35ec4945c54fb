//! The keys: what each does, and another one for it.

use bevy_egui::egui::{self, Event, Key, KeyboardShortcut, Modifiers, Ui};

use super::page::Form;
use crate::app::keys::{Command, Keys, shown};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

pub fn keys_ui(ui: &mut Ui, keys: &mut Keys, form: &mut Form) {
    let p = Palette::of(ui);
    widgets::title(ui, "Keys", "choose one to change it");
    if let Some(command) = form.listening
        && let Some(chord) = heard(ui)
    {
        form.listening = None;
        form.key_said = take(keys, command, chord);
    }
    let mut place = None;
    for command in Command::ALL {
        let (name, at, _) = command.about();
        if place != Some(at) {
            place = Some(at);
            ui.add_space(4.0);
            widgets::caption(ui, at.name());
        }
        ui.horizontal(|ui| {
            let listening = form.listening == Some(command);
            let key = shown(&keys.of(command));
            let words = if listening { "Press the new key".to_owned() } else { key.clone() };
            let font = if listening { text::regular(text::CAPTION) } else { text::mono(text::CAPTION) };
            let button = egui::Button::new(rich(words, font, p.text)).min_size(egui::vec2(120.0, 26.0));
            let response = ui.add(button.selected(listening));
            widgets::ring(ui, &response);
            widgets::named(ui, &response, &format!("{name}: {}", if listening { "press the new key" } else { &key }));
            if response.clicked() {
                form.key_said = None;
                form.listening = if listening { None } else { Some(command) };
            }
            ui.label(rich(name, text::regular(text::BODY), p.text));
            if !keys.is_usual(command) {
                ui.label(rich("changed", text::regular(text::CAPTION), p.text3));
            }
        });
    }
    if let Some(said) = &form.key_said {
        let response = ui.label(rich(said, text::regular(text::BODY), p.text));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
    ui.add_space(4.0);
    if widgets::button(ui, "All keys as they were").clicked() {
        keys.reset();
        form.key_said = Some("All keys are as they were.".into());
    }
    let fixed = "Fixed: Tab and Shift Tab from one to the next, Enter or Space to press, arrows within a list.";
    ui.label(rich(fixed, text::regular(text::CAPTION), p.text3));
}

/// What came of it, in words.
fn take(keys: &mut Keys, command: Command, chord: KeyboardShortcut) -> Option<String> {
    let name = command.about().0;
    if matches!(chord.logical_key, Key::Tab | Key::Enter) && chord.modifiers == Modifiers::NONE {
        return Some(format!("{} is needed to get about.", shown(&chord)));
    }
    Some(match keys.set(command, chord) {
        Ok(()) => format!("{name}: {}.", shown(&chord)),
        Err(other) => format!("{} is the key of “{}” already.", shown(&chord), other.about().0),
    })
}

/// The key that was pressed, if one was; nobody else sees it.
fn heard(ui: &Ui) -> Option<KeyboardShortcut> {
    ui.input_mut(|input| {
        let found = input.events.iter().find_map(|event| match event {
            Event::Key { key, pressed: true, repeat: false, modifiers, .. } => {
                let mut held = Modifiers::NONE;
                held.alt = modifiers.alt;
                held.shift = modifiers.shift;
                held.command = modifiers.command || modifiers.ctrl;
                Some(KeyboardShortcut::new(held, *key))
            }
            _ => None,
        });
        if found.is_some() {
            input.events.retain(|event| !matches!(event, Event::Key { .. } | Event::Text(_)));
        }
        found
    })
}
