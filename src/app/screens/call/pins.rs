//! What was kept for the handover, in its order, and the notes.

use bevy_egui::egui::{self, CornerRadius, Sense, Ui, vec2};

use super::state::{Do, Draft};
use super::transcript::SLOTS;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Slot};

pub fn notes_id() -> egui::Id {
    egui::Id::new("notes")
}

/// The lines pinned to a slot.
pub fn texts(live: &Live, slot: Slot) -> impl Iterator<Item = String> {
    let state = live.call().state();
    let pinned = state.pins.iter().filter(move |pin| pin.slot == slot);
    pinned.filter_map(|pin| state.lines.get(usize::try_from(pin.line).ok()?)).map(|line| line.text.to_string())
}

/// All that was kept, in order, as one text.
pub fn summary(live: &Live, notes: &str) -> String {
    let mut kept: Vec<String> = SLOTS.iter().flat_map(|(slot, ..)| texts(live, *slot)).collect();
    kept.extend((!notes.is_empty()).then(|| notes.to_owned()));
    kept.join("\n").chars().take(crate::call::COMMENT_TEXT).collect()
}

pub fn pins_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let p = Palette::of(ui);
    let state = live.call().state();
    let mut todo = None;
    widgets::title(ui, "My pins", "Handover in SBAR order");
    for (slot, _, letter, name) in SLOTS {
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::hover());
            ui.painter().rect_filled(rect, CornerRadius::same(5), p.bg3);
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, letter, text::bold(14.0), p.text);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(rich(name, text::regular(text::CAPTION), p.text3));
                let pins = state.pins.iter().filter(|pin| pin.slot == slot);
                for pin in pins {
                    let Some(line) = usize::try_from(pin.line).ok().and_then(|n| state.lines.get(n)) else { continue };
                    ui.horizontal(|ui| {
                        let off = ui.small_button(icons::X);
                        widgets::named(ui, &off, &format!("Unpin line at {}", widgets::clock(line.from)));
                        if off.clicked() {
                            todo = Some(Do::Act(Action::Unpin { line: pin.line }));
                        }
                        ui.label(rich(widgets::clock(line.from), text::mono(text::CAPTION), p.text3));
                        ui.add(egui::Label::new(rich(line.text.to_string(), text::regular(14.0), p.text)).truncate());
                    });
                }
            });
        });
    }
    todo
}

pub fn notes_ui(ui: &mut Ui, notes: &mut Draft) -> Option<Do> {
    widgets::caption(ui, "Notes for the record");
    let response = widgets::area(ui, notes_id(), &mut notes.text, 4, "Notes for the record", "");
    let news = response.lost_focus().then(|| notes.take_news()).flatten();
    news.map(|text| Do::Act(Action::Note(text)))
}
