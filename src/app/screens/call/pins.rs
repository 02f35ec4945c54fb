//! What was kept for the handover, in its order, and the notes.

use bevy_egui::egui::{self, CornerRadius, Sense, Stroke, Ui, vec2};

use super::state::{Do, Draft};
use super::transcript::SLOTS;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Line, Slot};

pub fn notes_id() -> egui::Id {
    egui::Id::new("notes")
}

/// The lines pinned to a slot, with their numbers.
fn pinned(live: &Live, slot: Slot) -> impl Iterator<Item = (u32, &Line)> {
    let state = live.call().state();
    let pins = state.pins.iter().filter(move |pin| pin.slot == slot);
    pins.filter_map(|pin| Some((pin.line, state.lines.get(usize::try_from(pin.line).ok()?)?)))
}

/// The words pinned to a slot.
pub fn texts(live: &Live, slot: Slot) -> impl Iterator<Item = String> {
    pinned(live, slot).map(|(_, line)| line.text.to_string())
}

/// All that was kept, in order, as one text.
pub fn summary(live: &Live, notes: &str) -> String {
    let mut kept: Vec<String> = SLOTS.iter().flat_map(|(slot, ..)| texts(live, *slot)).collect();
    kept.extend((!notes.is_empty()).then(|| notes.to_owned()));
    kept.join("\n").chars().take(crate::call::COMMENT_TEXT).collect()
}

pub fn pins_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let p = Palette::of(ui);
    let mut todo = None;
    widgets::title(ui, "My pins", "Handover in SBAR order");
    ui.spacing_mut().item_spacing.y = 6.0;
    for (n, (slot, _, letter, name)) in SLOTS.into_iter().enumerate() {
        if n > 0 {
            let at = ui.cursor().top() - 2.0;
            ui.painter().hline(ui.max_rect().x_range(), at, Stroke::new(1.0, p.line));
        }
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
            ui.painter().rect_filled(rect, CornerRadius::same(6), p.bg3);
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, letter, text::bold(text::BODY), p.text);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                ui.label(rich(name, text::regular(text::CAPTION), p.text3));
                let mut none = true;
                for (number, line) in pinned(live, slot) {
                    none = false;
                    todo = todo.take().or(pin_ui(ui, number, line));
                }
                if none {
                    ui.label(rich("Nothing yet", text::regular(text::BODY), p.text3));
                }
            });
        });
    }
    todo
}

fn pin_ui(ui: &mut Ui, number: u32, line: &Line) -> Option<Do> {
    let p = Palette::of(ui);
    let time = widgets::clock(line.from);
    let mut off = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let mut job = egui::text::LayoutJob::default();
        let words = egui::text::TextFormat::simple(text::regular(14.5), p.text);
        job.append(&line.text, 0.0, words);
        job.append(&time, 6.0, egui::text::TextFormat::simple(text::mono(text::CAPTION), p.text3));
        job.wrap.max_width = (ui.available_width() - 40.0).max(60.0);
        let words = ui.painter().layout_job(job);
        ui.add(egui::Label::new(words));
        let button = egui::Button::new(rich(icons::X, text::regular(text::CAPTION), p.text3));
        let button = ui.add(button.frame_when_inactive(false).min_size(vec2(24.0, 24.0)));
        widgets::named(ui, &button, &format!("Unpin line at {time}"));
        widgets::ring(ui, &button);
        if button.on_hover_text("Unpin").clicked() {
            off = Some(Do::Act(Action::Unpin { line: number }));
        }
    });
    off
}

pub fn notes_ui(ui: &mut Ui, notes: &mut Draft) -> Option<Do> {
    widgets::caption(ui, "Notes for the record");
    let response = widgets::area(ui, notes_id(), &mut notes.text, 3, "Notes for the record", "");
    let news = response.lost_focus().then(|| notes.take_news()).flatten();
    news.map(|text| Do::Act(Action::Note(text)))
}
