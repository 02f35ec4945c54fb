//! The few widgets that all screens share.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, Frame, Layout, Margin, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, WidgetType, vec2,
};

use super::palette::Palette;
use super::text::{self, rich};

/// A panel: rounded, with a line around.
pub fn panel(ui: &Ui) -> Frame {
    let p = Palette::of(ui);
    Frame::new()
        .fill(p.bg1)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(12))
        .inner_margin(Margin::symmetric(14, 12))
}

/// The same, as wide as there is room.
pub fn in_panel<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        contents(ui)
    });
    shown.inner
}

/// A card inside a panel.
pub fn card(ui: &Ui) -> Frame {
    let p = Palette::of(ui);
    Frame::new()
        .fill(p.bg2)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(12, 10))
}

/// A coloured notice.
pub fn notice<R>(ui: &mut Ui, color: Color32, soft: Color32, contents: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new()
        .fill(soft)
        .stroke(Stroke::new(1.0, color))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            contents(ui)
        })
        .inner
}

/// Title of a panel with a few words beside it.
pub fn title(ui: &mut Ui, title: &str, beside: &str) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        let heading = ui.label(rich(title, text::bold(text::PANEL_TITLE), p.text));
        ui.ctx().accesskit_node_builder(heading.id, |node| {
            node.set_role(egui::accesskit::Role::Heading);
            node.set_label(title);
            node.set_level(2);
            // Only a plain label has its name from its value.
            node.set_label(title);
            node.clear_value();
        });
        if !beside.is_empty() {
            ui.label(rich(beside, text::regular(text::CAPTION), p.text3));
        }
    });
}

/// The title of a page, for screen readers a heading.
pub fn heading(ui: &mut Ui, title: &str) -> Response {
    let p = Palette::of(ui);
    let response = ui.label(rich(title, text::bold(text::PAGE_TITLE), p.text));
    is_title(ui, &response, title);
    response
}

/// Words that are the title of a page, for screen readers a heading of the first level.
pub fn is_title(ui: &Ui, response: &Response, title: &str) {
    is_heading(ui, response, 1, title);
}

/// Words that are a heading of this level.
pub fn is_heading(ui: &Ui, response: &Response, level: usize, title: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(level);
        node.set_label(title);
        node.clear_value();
    });
}

/// A part of a page that a screen reader knows by its role: a list, an item of it, a row, a cell.
pub fn part<R>(ui: &mut Ui, role: egui::accesskit::Role, name: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let within = |ui: &mut Ui| {
        is_part(ui, role, name);
        contents(ui)
    };
    ui.scope(within).inner
}

/// All of this is a part with that role.
pub fn is_part(ui: &Ui, role: egui::accesskit::Role, name: &str) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(role);
        if !name.is_empty() {
            node.set_label(name);
        }
    });
}

/// Two columns side by side, where there is room; else one below the other.
pub fn two_columns(ui: &mut Ui, from: f32, mut contents: impl FnMut(&mut Ui, usize)) {
    if ui.available_width() < from {
        contents(ui, 0);
        contents(ui, 1);
        return;
    }
    ui.columns(2, |columns| {
        for (n, column) in columns.iter_mut().enumerate() {
            // Columns justify their text: nobody reads that well.
            column.with_layout(Layout::top_down(Align::Min), |ui| contents(ui, n));
        }
    });
}

/// The sign of a registered role, or of one that is not.
pub fn registration(registered: bool) -> &'static str {
    if registered { super::icons::DIAMOND } else { super::icons::CIRCLE }
}

/// A small label over a field or a list.
pub fn caption(ui: &mut Ui, words: &str) -> Response {
    let p = Palette::of(ui);
    ui.label(rich(words, text::regular(text::CAPTION), p.text3))
}

/// A plain button.
pub fn button(ui: &mut Ui, words: &str) -> Response {
    let response = ui.add(egui::Button::new(words));
    ring(ui, &response);
    response
}

/// The main button of a screen.
pub fn primary(ui: &mut Ui, words: &str) -> Response {
    let p = Palette::of(ui);
    // One that cannot be pressed fades: on the accent its words would fade into it.
    let (color, fill) = if ui.is_enabled() { (p.on_accent, p.accent) } else { (p.text, p.bg2) };
    let words = rich(words, text::bold(text::BODY), color);
    let response = ui.add(egui::Button::new(words).fill(fill).min_size(vec2(0.0, 36.0)));
    ring(ui, &response);
    response
}

/// A button that can be chosen, as in a row of alternatives.
pub fn choice(ui: &mut Ui, chosen: bool, words: &str) -> Response {
    let p = Palette::of(ui);
    let text = if chosen {
        rich(format!("{} {words}", super::icons::CHECK), text::bold(text::BODY), p.accent)
    } else {
        rich(words, text::regular(text::BODY), p.text)
    };
    let mut button = egui::Button::new(text);
    if chosen {
        button = button.fill(p.accent_soft).stroke(Stroke::new(1.0, p.accent));
    }
    let response = ui.add(button);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, enabled, chosen, words));
    ring(ui, &response);
    response
}

/// A pill.
pub fn chip(ui: &mut Ui, chosen: bool, words: &str) -> Response {
    let p = Palette::of(ui);
    let color = if chosen { p.accent } else { p.text };
    let mut button =
        egui::Button::new(rich(words, text::regular(text::CAPTION), color)).corner_radius(CornerRadius::same(14));
    if chosen {
        button = button.fill(p.accent_soft).stroke(Stroke::new(1.0, p.accent));
    }
    let response = ui.add(button);
    ring(ui, &response);
    response
}

/// A word in a coloured box.
pub fn badge(ui: &mut Ui, words: &str, color: Color32, soft: Color32) -> Response {
    Frame::new()
        .fill(soft)
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(8, 3))
        .show(ui, |ui| ui.label(rich(words, text::bold(text::CAPTION), color)))
        .inner
}

/// What the keyboard has come to must be seen.
fn scroll_to_focus(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// The ring of whatever has the keyboard: 2 px, 2 px outside.
pub fn ring(ui: &Ui, response: &Response) {
    scroll_to_focus(response);
    if response.has_focus() {
        let p = Palette::of(ui);
        ui.painter().rect_stroke(
            response.rect.expand(2.0),
            CornerRadius::same(10),
            Stroke::new(2.0, p.accent),
            StrokeKind::Outside,
        );
    }
}

/// A row that can be chosen, painted by the caller into the rectangle that comes back.
pub fn row(ui: &mut Ui, id: egui::Id, height: f32, chosen: bool, says: &str) -> (Rect, Response) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let response = ui.interact(rect, id, Sense::CLICK);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, enabled, chosen, says));
    let fill = if chosen {
        p.bg3
    } else if response.hovered() {
        p.bg2
    } else {
        Color32::TRANSPARENT
    };
    let edge = if chosen { Stroke::new(1.0, p.edge) } else { Stroke::NONE };
    ui.painter().rect(rect, CornerRadius::same(6), fill, edge, StrokeKind::Inside);
    (rect, response)
}

/// A row laid out from the right.
pub fn right<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.with_layout(Layout::right_to_left(Align::Center), contents).inner
}

/// A field of one line with a name for those who cannot see it. `Enter` leaves the keyboard in it.
pub fn field(ui: &mut Ui, id: egui::Id, words: &mut String, name: &str, hint: &str) -> Response {
    let p = Palette::of(ui);
    let response = ui.add(
        egui::TextEdit::singleline(words)
            .id(id)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(10, 7))
            .return_key(None)
            .hint_text(rich(hint, text::regular(text::BODY), p.text3)),
    );
    named(ui, &response, name);
    scroll_to_focus(&response);
    response
}

/// A field of several lines.
pub fn area(ui: &mut Ui, id: egui::Id, words: &mut String, rows: usize, name: &str, hint: &str) -> Response {
    let p = Palette::of(ui);
    let response = ui.add(
        egui::TextEdit::multiline(words)
            .id(id)
            .desired_width(f32::INFINITY)
            .desired_rows(rows)
            .margin(Margin::symmetric(10, 7))
            .hint_text(rich(hint, text::regular(text::BODY), p.text3)),
    );
    named(ui, &response, name);
    scroll_to_focus(&response);
    response
}

/// A field for a PIN, of this width.
pub fn secret(ui: &mut Ui, id: egui::Id, words: &mut String, name: &str, width: f32) -> Response {
    let p = Palette::of(ui);
    let field = egui::TextEdit::singleline(words).id(id).password(true).desired_width(width);
    let hint = rich(name, text::regular(text::BODY), p.text3);
    let response = ui.add(field.margin(Margin::symmetric(10, 7)).return_key(None).hint_text(hint));
    named(ui, &response, name);
    scroll_to_focus(&response);
    response
}

/// Whether `Enter` is pressed in this field; asked before it is painted, so that nobody else sees the key.
pub fn entered(ui: &Ui, id: egui::Id) -> bool {
    ui.memory(|memory| memory.has_focus(id))
        && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter))
}

/// Gives a widget its name for a screen reader.
pub fn named(ui: &Ui, response: &Response, name: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_label(name);
        // What a label says is its value.
        if node.role() == egui::accesskit::Role::Label {
            node.set_value(name);
        }
    });
}

pub use crate::call::clock;

/// A box to tick.
pub fn tick(ui: &mut Ui, ticked: &mut bool, words: &str, name: &str) -> Response {
    let p = Palette::of(ui);
    let response = ui
        .scope(|ui| {
            let widgets = &mut ui.visuals_mut().widgets;
            for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
                state.corner_radius = CornerRadius::same(4);
                state.bg_fill = if *ticked { p.accent } else { p.bg2 };
                if *ticked {
                    state.fg_stroke = Stroke::new(2.0, p.on_accent);
                }
            }
            ui.checkbox(ticked, rich(words, text::regular(text::CAPTION), p.text3))
        })
        .inner;
    named(ui, &response, name);
    scroll_to_focus(&response);
    response
}
