//! A list that is one stop for `Tab`: arrow keys move in it, and whatever has the keyboard is a row of its own
//! for a screen reader.

use bevy_egui::egui::{
    self, CornerRadius, EventFilter, Id, Key, Modifiers, Response, Sense, Stroke, StrokeKind, Ui, vec2,
};

use crate::app::keyboard::behind_letters;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// Moves the keyboard among the rows, before they are painted; `here` is the row that `Tab` comes to.
pub fn rove(ui: &Ui, rows: &[Id], here: &mut Option<Id>) {
    if here.is_none_or(|id| !rows.contains(&id)) {
        *here = rows.first().copied();
    }
    let Some(place) = ui.memory(|memory| memory.focused()).and_then(|id| rows.iter().position(|row| *row == id)) else {
        return;
    };
    lock_arrows(ui, rows[place]);
    // Sideways there is nothing: whoever tries must not land on another panel's button.
    let _ = pressed(ui, Key::ArrowLeft) || pressed(ui, Key::ArrowRight);
    let last = rows.len() - 1;
    let there = if pressed(ui, Key::ArrowDown) {
        (place + 1).min(last)
    } else if pressed(ui, Key::ArrowUp) {
        place.saturating_sub(1)
    } else if pressed(ui, Key::PageDown) {
        (place + 8).min(last)
    } else if pressed(ui, Key::PageUp) {
        place.saturating_sub(8)
    } else if pressed(ui, Key::Home) {
        0
    } else if pressed(ui, Key::End) {
        last
    } else {
        place
    };
    *here = Some(rows[there]);
    if there != place {
        ui.memory_mut(|memory| memory.request_focus(rows[there]));
    }
}

/// Whether a key was pressed; nobody else sees it then.
pub fn pressed(ui: &Ui, key: Key) -> bool {
    let pressed = ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed {
        // Locking takes egui a frame: who is quicker would be led elsewhere.
        ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::None));
    }
    pressed
}

/// Whether `Enter` was pressed in a field that filters a list. Letters that came in the same frame are not in the list
/// yet: then the answer comes a frame later, and what was typed behind the key goes into the field after it.
pub fn entered(ui: &Ui, field: Id) -> bool {
    let waits = field.with("entered");
    if let Some(then) = ui.data_mut(|data| data.remove_temp::<String>(waits)) {
        if !then.is_empty() {
            ui.input_mut(|input| input.events.push(egui::Event::Text(then)));
        }
        return true;
    }
    let is_enter = |event: &egui::Event| match event {
        egui::Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.is_none() => Some(()),
        _ => None,
    };
    if let Some(((), then)) = behind_letters(ui, is_enter) {
        ui.data_mut(|data| data.insert_temp(waits, then));
        ui.ctx().request_repaint();
        return false;
    }
    pressed(ui, Key::Enter)
}

/// egui itself would move the keyboard by arrow keys.
pub fn lock_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Only the row that `Tab` comes to is a stop; all can be clicked.
pub fn sense(id: Id, here: Option<Id>) -> Sense {
    if here == Some(id) { Sense::click() } else { Sense::CLICK }
}

/// A row with words that wrap, and smaller ones below.
pub fn row(ui: &mut Ui, id: Id, here: Option<Id>, chosen: bool, words: &str, below: &str) -> Response {
    let p = Palette::of(ui);
    let width = ui.available_width();
    let font = if chosen { text::bold(text::BODY) } else { text::regular(text::BODY) };
    let wrap = (width - 20.0).max(40.0);
    let lay = |words: &str, font, color| ui.painter().layout(words.to_owned(), font, color, wrap);
    let above = lay(words, font, p.text);
    let under = (!below.is_empty()).then(|| lay(below, text::regular(text::CAPTION), p.text3));
    let height = above.size().y + under.as_ref().map_or(0.0, |galley| galley.size().y + 2.0) + 12.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height.max(30.0)), Sense::hover());
    let response = ui.interact(rect, id, sense(id, here));
    let enabled = ui.is_enabled();
    response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::Button, enabled, chosen, words));
    let (fill, edge) = match (chosen, response.hovered()) {
        (true, _) => (p.accent_soft, p.accent),
        (false, true) => (p.bg3, p.edge),
        (false, false) => (p.bg2, p.edge),
    };
    ui.painter().rect(rect, CornerRadius::same(8), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let at = rect.min + vec2(10.0, 6.0);
    let gap = above.size().y + 2.0;
    ui.painter().galley(at, above, p.text);
    if let Some(under) = under {
        ui.painter().galley(at + vec2(0.0, gap), under, p.text3);
    }
    widgets::ring(ui, &response);
    response
}

/// A pill that is one of several: what is chosen has a tick, not a colour alone.
pub fn pill(ui: &mut Ui, chosen: bool, shown: &str, name: &str) -> Response {
    let tick = if chosen { format!("{}  {shown}", icons::CHECK) } else { shown.to_owned() };
    let pill = widgets::chip(ui, chosen, &tick);
    let enabled = ui.is_enabled();
    pill.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, enabled, chosen, name));
    pill
}

/// Words that wrap.
pub fn words(ui: &mut Ui, words: impl Into<String>, font: egui::FontId, color: egui::Color32) -> Response {
    ui.add(egui::Label::new(rich(words, font, color)).wrap())
}

/// Widgets that stay who they are when others come and go above: egui numbers them, and the keyboard would be
/// with somebody else.
pub fn steady<R>(ui: &mut Ui, name: impl std::hash::Hash + std::fmt::Debug, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope_builder(egui::UiBuilder::new().id(Id::new("outcome").with(name)), contents).inner
}
