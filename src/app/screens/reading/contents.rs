//! What there is to read: sections, and the groups of the one that is open.

use bevy_egui::egui::{
    self, Color32, CornerRadius, Id, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::blocks::heading;
use super::book::Book;
use super::page::Place;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;

pub fn contents_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    ui.spacing_mut().item_spacing.y = 2.0;
    heading(ui, 2, "Contents", text::PANEL_TITLE);
    for (n, section) in book.sections.iter().enumerate() {
        let open = n == place.section;
        let id = Id::new((book.title, "section", n));
        let shown = open && !place.searching;
        if row_ui(ui, id, 0.0, section.icon, &section.name, shown).clicked() {
            place.open(n, 0);
        }
        if open && section.groups.len() > 1 {
            for (g, group) in section.groups.iter().enumerate() {
                let id = Id::new((book.title, "group", n, g));
                if row_ui(ui, id, 28.0, "", &group.name, shown && g == place.group).clicked() {
                    place.open(n, g);
                }
            }
        }
    }
}

/// One line of the contents.
fn row_ui(ui: &mut Ui, id: Id, indent: f32, icon: &str, words: &str, chosen: bool) -> Response {
    let p = Palette::of(ui);
    let width = ui.available_width();
    let left = if icon.is_empty() { indent + 8.0 } else { indent + 36.0 };
    let font = if chosen { text::bold(text::BODY) } else { text::regular(text::BODY) };
    let color = if chosen { p.text } else { p.text2 };
    let galley = ui.painter().layout(words.to_owned(), font, color, (width - left - 8.0).max(60.0));
    let (rect, _) = ui.allocate_exact_size(vec2(width, (galley.size().y + 8.0).max(30.0)), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, words));
    let fill = match (chosen, response.hovered()) {
        (true, _) => p.bg3,
        (false, true) => p.bg2,
        (false, false) => Color32::TRANSPARENT,
    };
    let area = rect.with_min_x(rect.left() + indent);
    ui.painter().rect_filled(area, CornerRadius::same(6), fill);
    let middle = rect.center().y;
    if !icon.is_empty() {
        let font = if chosen { text::icon_fill(20.0) } else { text::regular(20.0) };
        let color = if chosen { p.accent } else { p.text2 };
        ui.painter().text(pos2(rect.left() + indent + 18.0, middle), egui::Align2::CENTER_CENTER, icon, font, color);
    } else if chosen {
        let bar =
            egui::Rect::from_min_max(pos2(area.left(), area.top() + 6.0), pos2(area.left() + 3.0, area.bottom() - 6.0));
        ui.painter().rect_filled(bar, CornerRadius::same(2), p.accent);
    }
    ui.painter().galley(pos2(rect.left() + left, middle - galley.size().y / 2.0), galley, color);
    inner_ring(ui, &response);
    response
}

/// The ring of a row that fills its panel: inside, where a scroll area does not cut it off.
pub fn inner_ring(ui: &Ui, response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter().rect_stroke(response.rect, CornerRadius::same(6), stroke, StrokeKind::Inside);
    }
}
