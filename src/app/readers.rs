//! Screen readers: what they want is done at once, also while the window sleeps.
//!
//! Their adapter puts what they ask for into a queue, from a thread of its own, and wakes nobody. And a
//! reader that has just come is given an empty window until something is painted again.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy::a11y::{AccessibilityRequested, ActionRequest};
use bevy::prelude::*;
use bevy::winit::accessibility::{WinitActionRequestHandler, WinitActionRequestHandlers};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use bevy_egui::{EguiInput, EguiOutput, EguiPostUpdateSet, EguiPreUpdateSet, PrimaryEguiContext, egui};
use egui::accesskit::{Node, Role};

use super::egui::Wake;
use super::theme::icons::without_icons;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, hand_on.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass));
    app.add_systems(Update, watch);
    app.add_systems(PostUpdate, stay_awake);
    app.add_systems(
        PostUpdate,
        name_plainly.after(EguiPostUpdateSet::ProcessOutput).before(EguiPostUpdateSet::PostProcessOutput),
    );
}

/// How often it is looked whether a reader wants something, and whether one has come at all.
const WANTS: Duration = Duration::from_millis(40);
const COMES: Duration = Duration::from_millis(500);
/// Frames for a reader that has just come: the tree it was given at first has to be in place.
const GREETING: u8 = 4;

type Queue = Arc<Mutex<WinitActionRequestHandler>>;

/// Begins to look, once there is a window. Nothing is kept busy: two looks a second without a reader.
fn watch(
    handlers: Option<Res<WinitActionRequestHandlers>>,
    requested: Option<Res<AccessibilityRequested>>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    mut looking: Local<bool>,
) {
    let (Some(handlers), Some(requested), Some(proxy)) = (handlers, requested, proxy) else { return };
    if *looking || handlers.is_empty() {
        return;
    }
    *looking = true;
    let queues: Vec<Queue> = handlers.values().cloned().collect();
    let (requested, proxy) = (requested.clone(), (**proxy).clone());
    let looks = move || {
        let mut greetings = 0;
        let mut here = false;
        loop {
            std::thread::sleep(if here { WANTS } else { COMES });
            if requested.get() != here {
                here = !here;
                greetings = GREETING;
            }
            let wants = queues.iter().any(|queue| queue.lock().is_ok_and(|queue| !queue.is_empty()));
            let greets = greetings > 0;
            greetings = greetings.saturating_sub(1);
            // The window is gone when nobody listens.
            if (wants || greets) && proxy.send_event(WinitUserEvent::WakeUp).is_err() {
                return;
            }
        }
    };
    if let Err(problem) = std::thread::Builder::new().name("readers".into()).spawn(looks) {
        warn!("screen readers cannot be waited for: {problem}");
    }
}

/// What a reader does, for egui: in this frame, from the adapter's queue, or from the frame before.
fn hand_on(
    handlers: Option<Res<WinitActionRequestHandlers>>,
    mut late: MessageReader<ActionRequest>,
    mut inputs: Query<&mut EguiInput, With<PrimaryEguiContext>>,
    mut wake: ResMut<Wake>,
) {
    let mut requests: Vec<_> = late.read().map(|request| request.0.clone()).collect();
    for queue in handlers.iter().flat_map(|handlers| handlers.values()) {
        if let Ok(mut queue) = queue.lock() {
            requests.extend(queue.drain(..));
        }
    }
    if requests.is_empty() {
        return;
    }
    wake.now();
    for mut input in &mut inputs {
        input.0.events.extend(requests.iter().cloned().map(egui::Event::AccessKitActionRequest));
    }
}

/// What came while this frame was painted is looked at in the next.
fn stay_awake(mut requests: MessageReader<ActionRequest>, mut wake: ResMut<Wake>) {
    if requests.read().count() > 0 {
        wake.now();
    }
}

/// What a reader is given says nothing of our icon font, and the window has the name that stands in its title.
fn name_plainly(mut outputs: Query<&mut EguiOutput, With<PrimaryEguiContext>>, windows: Query<&Window>) {
    for mut output in &mut outputs {
        let Some(update) = output.bypass_change_detection().platform_output.accesskit_update.as_mut() else { continue };
        let root = update.tree.as_ref().map(|tree| tree.root);
        for (id, node) in &mut update.nodes {
            if Some(*id) == root
                && let Ok(window) = windows.single()
            {
                node.set_label(window.title.as_str());
            }
            speak_plainly(node);
        }
    }
}

fn speak_plainly(node: &mut Node) {
    if let Some(label) = node.label().map(without_icons) {
        node.set_label(label);
    }
    // What was typed is the user's, whatever it is; and the letters of a run of text are counted one by one.
    let is_typed = node.placeholder().is_some()
        || matches!(
            node.role(),
            Role::TextRun
                | Role::TextInput
                | Role::MultilineTextInput
                | Role::PasswordInput
                | Role::SearchInput
                | Role::EditableComboBox
        );
    if let Some(value) = node.value().filter(|_| !is_typed).map(without_icons) {
        node.set_value(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_not_read_out() {
        let mut node = Node::new(Role::Button);
        node.set_label("\u{e0b8} Service Advisor");
        speak_plainly(&mut node);
        assert_eq!(node.label(), Some("Service Advisor"));
        let mut label = Node::new(Role::Label);
        label.set_value("\u{e1a0}  Training simulation");
        speak_plainly(&mut label);
        assert_eq!(label.value(), Some("Training simulation"));
    }

    #[test]
    fn what_is_typed_stays_as_it_is() {
        let mut field = Node::new(Role::TextInput);
        field.set_placeholder("a word");
        field.set_value(" two  ");
        speak_plainly(&mut field);
        assert_eq!(field.value(), Some(" two  "));
    }
}
