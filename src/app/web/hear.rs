//! What is done on the elements of the page, handed on to the widgets: one thing a frame, in its order.
//!
//! A frame may be slow and a hand quick: what was typed before `Enter` has to be in its field when `Enter` is looked
//! at, and what comes after it belongs to what `Enter` brought about.

use std::collections::VecDeque;

use bevy::ecs::message::MessageWriter;
use bevy::input::ButtonState;
use bevy::input::keyboard::KeyboardInput;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy_egui::{EguiContext, EguiGlobalSettings, EguiInput, EguiPreUpdateSet, PrimaryEguiContext, egui};
use egui::accesskit::{Action, ActionRequest, NodeId, TreeId};
use serde::Deserialize;

use super::mirror::Fields;
use super::{edit, keys, page};
use crate::app::egui::Wake;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Heard>();
    app.add_systems(Startup, leave_the_clipboard_to_the_page);
    app.add_systems(First, hear);
    app.add_systems(PreUpdate, hand_on.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass));
}

/// Something done on the page. Ids are those of AccessKit, as texts.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "is")]
enum Done {
    Key {
        code: String,
        key: String,
        down: bool,
        repeat: bool,
    },
    /// The text of a field went from one to another; the caret is in characters.
    Edit {
        id: String,
        from: String,
        to: String,
        caret: usize,
    },
    /// The selection of a field, in characters.
    Select {
        id: String,
        anchor: usize,
        focus: usize,
    },
    Focus {
        id: String,
    },
    Click {
        id: String,
    },
}

/// What was done and has not had its turn.
#[derive(Resource, Default)]
pub struct Heard {
    queue: VecDeque<Done>,
    /// This frame's, apart from the keys.
    now: Vec<Done>,
}

impl Heard {
    /// Everything that was done has been handed on: what the widgets say now is how it is.
    pub fn is_settled(&self) -> bool {
        self.queue.is_empty()
    }
}

/// What the fields of the page do with copy and paste is theirs; nobody has to do it a second time.
fn leave_the_clipboard_to_the_page(mut settings: ResMut<EguiGlobalSettings>) {
    settings.input_system_settings.run_write_web_clipboard_messages_system = false;
    settings.input_system_settings.run_write_ime_messages_system = false;
}

fn hear(
    mut heard: ResMut<Heard>,
    window: Query<Entity, With<PrimaryWindow>>,
    mut inputs: MessageWriter<KeyboardInput>,
    mut wake: ResMut<Wake>,
) {
    let Heard { queue, now } = &mut *heard;
    let json = page::take();
    if !json.is_empty() {
        match serde_json::from_str::<Vec<Done>>(&json) {
            Ok(done) => queue.extend(done),
            Err(problem) => warn!("the page said what nobody understands: {problem}"),
        }
    }
    now.clear();
    let Ok(window) = window.single() else { return };
    let (mut typed, mut commanded) = (false, false);
    while let Some(done) = queue.pop_front() {
        let types = match &done {
            Done::Edit { .. } | Done::Select { .. } => true,
            Done::Key { key, down, .. } if !down || keys::is_modifier(key) => {
                inputs.write(message(window, &done));
                continue;
            }
            _ => false,
        };
        if commanded || (typed && !types) {
            queue.push_front(done);
            wake.now();
            return;
        }
        (typed, commanded) = (typed || types, commanded || !types);
        match done {
            Done::Key { .. } => _ = inputs.write(message(window, &done)),
            // Of one field one edit a frame: the next begins where this one ends.
            Done::Edit { .. } => {
                now.push(done);
                commanded = true;
            }
            _ => now.push(done),
        }
        wake.now();
    }
}

fn message(window: Entity, done: &Done) -> KeyboardInput {
    let Done::Key { code, key, down, repeat } = done else { unreachable!("only keys are written as keys") };
    KeyboardInput {
        key_code: keys::place(code),
        logical_key: keys::meaning(key),
        state: if *down { ButtonState::Pressed } else { ButtonState::Released },
        text: None,
        repeat: *repeat,
        window,
    }
}

fn hand_on(
    mut heard: ResMut<Heard>,
    fields: Res<Fields>,
    mut contexts: Query<(&mut EguiContext, &mut EguiInput), With<PrimaryEguiContext>>,
) {
    let Ok((mut context, mut input)) = contexts.single_mut() else { return };
    let ctx = context.get_mut();
    let events = &mut input.0.events;
    for done in heard.now.drain(..) {
        match done {
            Done::Edit { id, from, to, caret } => edit::edit(ctx, events, &fields, &id, &from, &to, caret),
            Done::Select { id, anchor, focus } => edit::select(ctx, &id, anchor, focus),
            Done::Focus { id } => events.extend(request(&id, Action::Focus)),
            Done::Click { id } => events.extend(request(&id, Action::Click)),
            Done::Key { .. } => {}
        }
    }
}

fn request(id: &str, action: Action) -> Option<egui::Event> {
    let target_node = NodeId(id.parse().ok()?);
    let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node, data: None };
    Some(egui::Event::AccessKitActionRequest(request))
}
