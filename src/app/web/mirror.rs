//! The elements of the page that stand where the widgets are.

use std::collections::BTreeMap;

use bevy::prelude::*;
use bevy_egui::{EguiContext, EguiOutput, EguiPostUpdateSet, PrimaryEguiContext};
use serde::Serialize;

use super::hear::Heard;
use super::nodes::{Element, Elements};
use super::page;
use crate::app::keys;
use crate::app::screens::call::{InHand, spoken};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Fields>();
    app.add_systems(PostUpdate, show.after(EguiPostUpdateSet::ProcessOutput));
}

/// The texts of the fields as the widgets have them, by id.
#[derive(Resource, Default)]
pub struct Fields(BTreeMap<String, (String, bool)>);

impl Fields {
    pub fn text(&self, id: &str) -> &str {
        self.0.get(id).map_or("", |(text, _)| text)
    }

    /// What it has is not shown, and so not known.
    pub fn is_secret(&self, id: &str) -> bool {
        self.0.get(id).is_some_and(|(_, secret)| *secret)
    }
}

/// What is new, as `web/page/mirror.js` reads it.
#[derive(Serialize)]
struct Update<'a> {
    /// Id and parent of every element in order, where that has changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<Vec<(&'a str, String)>>,
    /// Elements that are new or have changed.
    set: Vec<&'a Element>,
    /// What has the keyboard.
    focus: Option<String>,
    /// Nothing is on its way to the widgets: texts and focus are as they say.
    settled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    log: Option<&'a Log>,
    /// The keys that we want although something is held with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    chords: Option<&'a [String]>,
    /// Every key is wanted: the settings listen for one.
    listening: bool,
}

/// The transcript of the call in hand.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
struct Log {
    /// Which call.
    of: String,
    lines: Vec<(u32, String)>,
}

#[derive(Default)]
struct Shown {
    elements: BTreeMap<String, Element>,
    order: Vec<(String, u64)>,
    focus: Option<String>,
    log: Log,
    chords: Vec<String>,
    listening: bool,
    unsettled: bool,
}

fn show(
    mut contexts: Query<(&mut EguiContext, &EguiOutput), With<PrimaryEguiContext>>,
    heard: Res<Heard>,
    in_hand: Res<InHand>,
    mut fields: ResMut<Fields>,
    mut shown: Local<Shown>,
) {
    let Ok((mut context, output)) = contexts.single_mut() else { return };
    let ctx = context.get_mut();
    let Some(tree) = &output.platform_output.accesskit_update else { return };
    let Elements { all } = Elements::of(tree, ctx.zoom_factor().into());
    let focus = Some(tree.focus.0.to_string()).filter(|id| all.iter().any(|(element, _)| element.id == *id));
    let log =
        in_hand.live.as_ref().map_or_else(Log::default, |live| Log { of: live.head.id.clone(), lines: spoken(live) });
    let chords = keys::chords(ctx);
    let listening = keys::is_listening(ctx);
    let settled = heard.is_settled() && !page::composing();
    fields.0 = all
        .iter()
        .filter(|(element, _)| matches!(element.role, "text" | "area" | "password" | "editcombo"))
        .map(|(element, _)| {
            let text = element.value.clone().unwrap_or_default();
            (element.id.clone(), (text, element.role == "password"))
        })
        .collect();

    let order: Vec<(String, u64)> = all.iter().map(|(element, parent)| (element.id.clone(), *parent)).collect();
    let reordered = order != shown.order;
    let changed = |element: &Element| shown.elements.get(&element.id) != Some(element);
    let update = Update {
        order: reordered.then(|| all.iter().map(|(element, parent)| (&*element.id, parent.to_string())).collect()),
        set: all.iter().map(|(element, _)| element).filter(|element| changed(element)).collect(),
        log: (log != shown.log).then_some(&log),
        chords: (chords != shown.chords).then_some(&chords),
        listening,
        settled,
        focus: focus.clone(),
    };
    let nothing_new = update.order.is_none()
        && update.set.is_empty()
        && update.log.is_none()
        && update.chords.is_none()
        && listening == shown.listening
        && focus == shown.focus
        && !shown.unsettled;
    if !nothing_new && let Ok(json) = serde_json::to_string(&update) {
        page::update(&json);
    }
    // One more after everything has settled: what was typed and not taken is taken back.
    let unsettled = !settled || (!nothing_new && !shown.unsettled);
    let elements = all.into_iter().map(|(element, _)| (element.id.clone(), element)).collect();
    *shown = Shown { elements, order, focus, log, chords, listening, unsettled };
}
