//! Takes the pictures: goes through the application by the names of its buttons and fields, as a screen reader does.
//!
//! `docs/pictures/remake` runs it on a virtual display, once for each part. Nothing here counts Tabs or pixels: what
//! is not found by its name stops with a list of what there is.

mod parts;

use std::path::PathBuf;
use std::time::Duration;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, RequestRedraw};
use bevy_egui::egui::accesskit::{Action, ActionRequest, Node, NodeId, TreeId};
use bevy_egui::egui::{self, Event};
use bevy_egui::{EguiContext, EguiInput, EguiOutput, EguiPostUpdateSet, EguiPreUpdateSet, PrimaryEguiContext};

/// Something a hand does, or waits for.
pub enum Step {
    /// Presses what has this name, begins with it, or has it within, whichever there is first.
    Press(&'static str),
    /// The same, if it is there.
    PressIfThere(&'static str),
    /// Gives it the keyboard.
    Focus(&'static str),
    Type(&'static str),
    Key(egui::Modifiers, egui::Key),
    /// Milliseconds.
    Wait(u64),
    /// Of the window, in pixels.
    Size(u32, u32),
    /// Goes on when this is to be read somewhere.
    Until(&'static str),
    Picture(String),
}

/// How often it is looked for something, ten times a second.
const LOOKS: u32 = 400;
/// After every step: what it set off is painted, and the display has it. A busy machine paints few frames a second.
const SETTLE: Duration = Duration::from_millis(300);
const FRAMES: u32 = 7;

#[derive(Resource)]
struct Script {
    steps: std::vec::IntoIter<Step>,
    now: Option<Step>,
    since: Duration,
    rest: Duration,
    frames: u32,
    looks: u32,
    out: PathBuf,
}

fn main() -> std::process::ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut next =
        |what: &str| arguments.next().unwrap_or_else(|| panic!("usage: pictures DATA OUT PART LOOK: no {what}"));
    let (data, out, part, look) = (next("DATA"), next("OUT"), next("PART"), next("LOOK"));
    let steps = parts::steps(&part, &look).into_iter();
    let script =
        Script { steps, now: None, since: Duration::ZERO, rest: SETTLE * 4, frames: 0, looks: 0, out: out.into() };
    let options = rightcall::app::Options { data: Some(data.into()), standards: None, scenarios: None };
    rightcall::app::run_with(options, |app| {
        app.insert_resource(script).init_resource::<Names>();
        app.add_systems(First, read_names.run_if(resource_exists::<Script>));
        app.add_systems(PostUpdate, take_names.after(EguiPostUpdateSet::ProcessOutput));
        app.add_systems(PreUpdate, act.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass));
    })
}

/// What is on the screen, by name, from top to bottom.
#[derive(Resource, Default)]
struct Names(Vec<(NodeId, Node)>);

fn read_names(
    mut contexts: Query<&mut EguiContext, With<PrimaryEguiContext>>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    for mut context in &mut contexts {
        context.get_mut().enable_accesskit();
    }
    redraw.write(RequestRedraw);
}

fn take_names(outputs: Query<&EguiOutput>, mut names: ResMut<Names>) {
    for update in outputs.iter().filter_map(|output| output.platform_output.accesskit_update.as_ref()) {
        names.0.clone_from(&update.nodes);
        let place = |node: &Node| node.bounds().map_or((0, 0), |at| (at.y0 as i64, at.x0 as i64));
        names.0.sort_by_key(|(_, node)| place(node));
    }
}

fn name(node: &Node) -> &str {
    node.label().or_else(|| node.value()).unwrap_or_default()
}

impl Names {
    /// What can be acted upon and bears this name, or else begins with it, or else has it within.
    fn find(&self, wanted: &str) -> Option<NodeId> {
        let usable = |node: &Node| {
            !node.is_disabled() && (node.supports_action(Action::Click) || node.supports_action(Action::Focus))
        };
        let by = |fits: &dyn Fn(&str) -> bool| {
            self.0.iter().find(|(_, node)| usable(node) && fits(name(node))).map(|(id, _)| *id)
        };
        // An icon may stand before the words.
        let nearly = || by(&|name| name.starts_with(wanted)).or_else(|| by(&|name| name.contains(wanted)));
        by(&|name| name == wanted).or_else(nearly)
    }

    fn reads(&self, wanted: &str) -> bool {
        self.0.iter().any(|(_, node)| name(node).contains(wanted))
    }

    fn all(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(_, node)| name(node)).filter(|name| !name.is_empty()).collect();
        names.join("\n  ")
    }
}

#[derive(SystemParam)]
struct Hands<'w, 's> {
    inputs: Query<'w, 's, &'static mut EguiInput, With<PrimaryEguiContext>>,
    windows: Query<'w, 's, &'static mut Window, With<PrimaryWindow>>,
    exit: MessageWriter<'w, AppExit>,
}

impl Hands<'_, '_> {
    fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        if let Ok(mut input) = self.inputs.single_mut() {
            input.0.events.extend(events);
        }
    }

    fn ask(&mut self, action: Action, target_node: NodeId) {
        let request = ActionRequest { action, target_tree: TreeId::ROOT, target_node, data: None };
        self.send([Event::AccessKitActionRequest(request)]);
    }
}

fn act(time: Res<Time<Real>>, names: Res<Names>, mut script: ResMut<Script>, mut hands: Hands) {
    // No window manager gives it the keyboard on a bare display.
    for mut input in &mut hands.inputs {
        input.0.focused = true;
    }
    script.since += time.delta();
    script.frames += 1;
    if script.since < script.rest || script.frames < FRAMES {
        return;
    }
    if script.now.is_none() {
        script.now = script.steps.next();
        script.looks = 0;
    }
    let Some(step) = script.now.take() else {
        hands.exit.write(AppExit::Success);
        return;
    };
    script.rest = SETTLE;
    let waits = match &step {
        Step::Press(wanted) | Step::Focus(wanted) => {
            let action = if matches!(step, Step::Press(_)) { Action::Click } else { Action::Focus };
            names.find(wanted).map(|id| hands.ask(action, id)).is_none()
        }
        Step::PressIfThere(wanted) => {
            if let Some(id) = names.find(wanted) {
                hands.ask(Action::Click, id);
            }
            false
        }
        Step::Until(wanted) => !names.reads(wanted),
        Step::Type(words) => {
            hands.send([Event::Text((*words).to_owned())]);
            false
        }
        Step::Key(modifiers, key) => {
            let press =
                |pressed| Event::Key { key: *key, physical_key: None, pressed, repeat: false, modifiers: *modifiers };
            hands.send([press(true), press(false)]);
            false
        }
        Step::Wait(milliseconds) => {
            script.rest = Duration::from_millis(*milliseconds);
            false
        }
        Step::Size(width, height) => {
            for mut window in &mut hands.windows {
                window.resolution.set_physical_resolution(*width, *height);
            }
            script.rest = SETTLE * 4;
            false
        }
        Step::Picture(name) => {
            picture(&script.out.join(format!("{name}.png")), &hands);
            false
        }
    };
    (script.since, script.frames) = (Duration::ZERO, 0);
    if waits {
        let wanted = match &step {
            Step::Press(wanted) | Step::Focus(wanted) | Step::Until(wanted) => wanted,
            _ => "",
        };
        wait(&mut script, wanted, &names);
        script.now = Some(step);
    }
}

/// Looks again in a moment, or gives up.
fn wait(script: &mut Script, wanted: &str, names: &Names) {
    (script.rest, script.frames) = (Duration::from_millis(100), FRAMES);
    script.looks += 1;
    assert!(script.looks < LOOKS, "“{wanted}” is not here. What is:\n  {}", names.all());
}

/// The window as the display shows it.
fn picture(file: &std::path::Path, hands: &Hands) {
    let size = hands.windows.iter().next().map(|window| (window.physical_width(), window.physical_height()));
    let (width, height) = size.expect("there is a window");
    let crop = format!("{width}x{height}+0+0");
    let taken = std::process::Command::new("import")
        .args(["-silent", "-window", "root", "-crop", &crop, "+repage"])
        .arg(file)
        .status();
    assert!(taken.is_ok_and(|status| status.success()), "`import` of ImageMagick took no picture");
    println!("{}", file.display());
}
