//! Under the ask bar: what one does with words beside asking.

use bevy_egui::egui::{Ui, vec2};

use super::body::pressed;
use super::filter::{Filter, Say};
use super::state::{Ask, Do};
use super::voice;
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;

/// How long "wait quietly" waits, in seconds.
const QUIET: u32 = 10;

/// `crowded`: there is room for what is listed and hardly for anything else.
pub fn say_ui(ui: &mut Ui, live: &Live, library: &Library, ask: &Ask, crowded: bool) -> Option<Do> {
    if crowded && ask.filter.is_none() {
        return None;
    }
    let p = Palette::of(ui);
    let mut todo = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        ui.spacing_mut().button_padding = vec2(9.0, 4.0);
        ui.spacing_mut().interact_size.y = 26.0;
        if ui.available_width() > 560.0 {
            ui.label(rich("Say", text::regular(text::CAPTION), p.text3));
        }
        // What the list is narrowed to, to be taken away again.
        if let Some(filter) = ask.filter.as_ref().filter(|filter| !matches!(filter, Filter::Say(_))) {
            let name = filter.name(library);
            let chip = widgets::chip(ui, true, &format!("{}  {name}", icons::X));
            widgets::named(ui, &chip, &format!("Stop listing {name}"));
            if chip.clicked() {
                todo = Some(Do::Filter(None));
            }
        }
        for say in Say::ALL {
            let filter = Filter::Say(say);
            let on = ask.filter.as_ref() == Some(&filter);
            if crowded && !on {
                continue;
            }
            let words = if on { format!("{}  {}", icons::X, say.name()) } else { say.name().to_owned() };
            let chip = widgets::chip(ui, on, &words);
            widgets::named(ui, &chip, say.name());
            pressed(ui, &chip, on);
            if chip.clicked() {
                todo = Some(Do::Filter((!on).then_some(filter)));
            }
        }
        if crowded {
            return;
        }
        let wait = widgets::chip(ui, false, "Wait quietly");
        if wait.on_hover_text(format!("Say nothing for {QUIET} seconds of the call")).clicked() {
            todo = Some(Do::Act(Action::Wait { seconds: QUIET }));
        }
        if voice::heard_now(live).is_some() || live.to_be_heard() {
            let skip = widgets::chip(ui, false, icons::SKIP_FORWARD);
            widgets::named(ui, &skip, "Skip ahead");
            if skip.on_hover_text("Skip ahead to the end of what is being said").clicked() {
                todo = Some(Do::Skip);
            }
        }
    });
    todo
}
