//! The grid: people by calls. Names and heads stand still while the rest scrolls; only what is seen is painted.

use bevy_egui::egui::{
    self, Align2, Color32, CornerRadius, EventFilter, Id, Key, Modifiers, Painter, Rect, Response, ScrollArea, Sense,
    Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, WidgetType, accesskit::Role, pos2, vec2,
};

use super::model::{Line, Order, RoomModel, in_short, says};
use super::{RoomAction, Standing};
use crate::app::screens::parts::triangle;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::sharing::room::Cell;

const NAME: f32 = 118.0;
pub const HEAD: f32 = 66.0;
pub const ROW: f32 = 27.0;
const COLUMN: f32 = 54.0;

/// Where the cell of a row and a column is in the tree of a screen reader.
fn cell_id(row: usize, column: usize) -> Id {
    Id::new("review cell").with((row, column))
}

/// The grid; what was asked for.
pub fn grid_ui(ui: &mut Ui, model: &RoomModel, standing: &mut Standing) -> Option<RoomAction> {
    let mut action = keys(ui, model, standing);
    let area = ui.available_rect_before_wrap();
    let body = Rect::from_min_max(area.min + vec2(NAME, HEAD), area.max);
    let whole = vec2(model.grid.columns.len() as f32 * COLUMN, model.lines.len() as f32 * ROW);
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Grid);
        node.set_label("Who decided what: people by calls");
        node.set_row_count(model.lines.len());
        node.set_column_count(model.grid.columns.len());
    });
    // The heads are the first row for a screen reader, and painted last.
    let mut head = row_in(ui, "heads", Rect::from_min_max(area.min, pos2(area.right(), body.top())));
    let mut part = ui.new_child(UiBuilder::new().id_salt("grid body").max_rect(body));
    let mut scroll = ScrollArea::both().id_salt("grid").auto_shrink([false, true]);
    if let Some(offset) = standing.scroll_to.take().map(|(row, column)| offset(row, column, body, standing.offset)) {
        scroll = scroll.scroll_offset(offset);
    }
    let shown = scroll.show_viewport(&mut part, |ui, viewport| {
        ui.set_min_size(whole);
        let origin = ui.min_rect().min;
        let rows = range(viewport.top(), viewport.bottom(), ROW, model.lines.len());
        let columns = range(viewport.left(), viewport.right(), COLUMN, model.grid.columns.len());
        for row in rows {
            let Line::Person(member) = model.lines[row] else { continue };
            let left = origin + vec2(0.0, row as f32 * ROW);
            let line = row_in(ui, row, Rect::from_min_size(left, vec2(whole.x, ROW)));
            for column in columns.clone() {
                let at = left + vec2(column as f32 * COLUMN, 0.0);
                let rect = Rect::from_min_size(at, vec2(COLUMN, ROW)).shrink2(vec2(2.0, 1.5));
                let response = cell_ui(&line, model, standing, rect, row, column, member);
                if response.clicked() {
                    standing.at = (row, column);
                    let record = model.record(member, column);
                    action = record.map(|record| RoomAction::Open(record.to_owned())).or(action.take());
                }
            }
        }
    });
    standing.offset = shown.state.offset;
    ui.allocate_rect(Rect::from_min_max(area.min, pos2(area.right(), shown.inner_rect.bottom())), Sense::hover());
    let p = Palette::of(ui);
    let names =
        ui.painter_at(Rect::from_min_max(pos2(area.left(), body.top()), pos2(body.left(), shown.inner_rect.bottom())));
    names_ui(&names, model, body.top() - standing.offset.y, area.left(), p);
    lines_ui(ui, model, shown.inner_rect, standing.offset.y, p);
    let heads = Rect::from_min_max(pos2(body.left(), area.top()), pos2(shown.inner_rect.right(), body.top()));
    action.or(heads_ui(&mut head, model, standing, heads, area.left()))
}

/// A row of the grid for a screen reader: what is in it stands under it.
fn row_in(ui: &mut Ui, name: impl egui::AsIdSalt, rect: Rect) -> Ui {
    let row = ui.new_child(UiBuilder::new().id_salt(name).max_rect(rect));
    widgets::is_part(&row, Role::Row, "");
    row
}

/// The places that are seen, one more on either side.
fn range(from: f32, to: f32, step: f32, all: usize) -> std::ops::Range<usize> {
    let first = ((from / step).floor().max(0.0) as usize).min(all);
    let last = ((to / step).ceil().max(0.0) as usize).min(all);
    first..last
}

/// How far to scroll so that a cell is seen.
fn offset(row: usize, column: usize, body: Rect, now: egui::Vec2) -> egui::Vec2 {
    let fit = |at: f32, size: f32, room: f32, now: f32| now.clamp((at + size - room).max(0.0), at.max(0.0));
    vec2(
        fit(column as f32 * COLUMN, COLUMN, body.width() - 12.0, now.x),
        fit(row as f32 * ROW, ROW, body.height() - 12.0, now.y),
    )
}

fn cell_ui(
    ui: &Ui,
    model: &RoomModel,
    standing: &Standing,
    rect: Rect,
    row: usize,
    column: usize,
    member: usize,
) -> Response {
    let p = Palette::of(ui);
    let cell = model.grid.cell(member, column);
    let here = standing.at == (row, column);
    let sense = if here { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, cell_id(row, column), sense);
    let told = || {
        let name = &model.grid.rows[member].name;
        format!("{name}, call {}: {}", model.numbers[column], says(cell))
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, told()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::GridCell);
        node.set_row_index(row);
        node.set_column_index(column);
    });
    paint(ui.painter(), rect, cell, p);
    if response.hovered() && cell != Cell::NotTaken {
        ui.painter().rect_stroke(rect, CornerRadius::same(5), Stroke::new(1.0, p.edge), StrokeKind::Inside);
    }
    widgets::ring(ui, &response);
    if response.hovered() { response.on_hover_text(told()) } else { response }
}

/// Shape and number first, colour third: filled from two steps on.
fn paint(painter: &Painter, rect: Rect, cell: Cell, p: &Palette) {
    let radius = CornerRadius::same(5);
    match cell {
        Cell::NotTaken => {
            painter.text(rect.center(), Align2::CENTER_CENTER, "–", text::regular(text::CAPTION), p.text3);
        }
        Cell::Transferred | Cell::NotDecided => {
            painter.rect_filled(rect, radius, p.bg2);
            let icon = if cell == Cell::Transferred { icons::PHONE_TRANSFER } else { icons::PROHIBIT };
            painter.text(rect.center(), Align2::CENTER_CENTER, icon, text::regular(15.0), p.text2);
        }
        Cell::Decided { steps: 0, .. } => {
            painter.rect_filled(rect, radius, p.bg3);
            painter.circle_filled(rect.center(), 2.5, p.ok);
        }
        Cell::Decided { steps, .. } => {
            let (strong, soft) = if steps < 0 { (p.under, p.under_soft) } else { (p.over, p.over_soft) };
            let far = steps.unsigned_abs() >= 2;
            let (fill, ink) = if far { (strong, ink_on(p, steps < 0)) } else { (soft, strong) };
            painter.rect_filled(rect, radius, fill);
            triangle(painter, rect.center() - vec2(8.0, 0.0), steps > 0, ink);
            let at = rect.center() + vec2(2.0, 0.0);
            let words = steps.unsigned_abs().to_string();
            painter.text(at, Align2::LEFT_CENTER, words, text::bold(text::CAPTION), ink);
        }
    }
}

/// Ink on the full colour of under and over, by the design's tokens.
fn ink_on(p: &Palette, under: bool) -> Color32 {
    match (p.dark, under) {
        (false, _) => Color32::WHITE,
        (true, true) => Color32::from_rgb(0x2A, 0x12, 0x06),
        (true, false) => Color32::from_rgb(0x17, 0x11, 0x3A),
    }
}

fn names_ui(painter: &Painter, model: &RoomModel, top: f32, left: f32, p: &Palette) {
    let clip = painter.clip_rect();
    for row in range(clip.top() - top, clip.bottom() - top, ROW, model.lines.len()) {
        let y = top + (row as f32 + 0.5) * ROW;
        match &model.lines[row] {
            Line::Heading(words) => {
                painter.text(pos2(left, y), Align2::LEFT_CENTER, words, text::bold(text::CAPTION), p.text);
            }
            Line::Person(member) => {
                let name = &model.grid.rows[*member].name;
                let mut job = egui::text::LayoutJob::simple_singleline(name.clone(), text::regular(14.0), p.text2);
                job.wrap = egui::text::TextWrapping::truncate_at_width(NAME - 16.0);
                let galley = painter.layout_job(job);
                painter.galley(pos2(left + 8.0, y - galley.size().y / 2.0), galley, p.text2);
            }
        }
    }
}

/// The line beside a heading.
fn lines_ui(ui: &Ui, model: &RoomModel, seen: Rect, offset: f32, p: &Palette) {
    let painter = ui.painter_at(seen);
    for row in range(offset, offset + seen.height(), ROW, model.lines.len()) {
        if matches!(model.lines[row], Line::Heading(_)) {
            let y = seen.top() - offset + (row as f32 + 0.5) * ROW;
            painter.hline(seen.x_range(), y, Stroke::new(1.0, p.line));
        }
    }
}

/// Number and model answer of each call; a click sorts by it, and the column that is chosen is framed.
fn heads_ui(ui: &mut Ui, model: &RoomModel, standing: &mut Standing, heads: Rect, left: f32) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let small = text::regular(text::CAPTION);
    ui.painter().text(pos2(left, heads.top() + 12.0), Align2::LEFT_CENTER, "Call", small.clone(), p.text3);
    ui.painter().text(pos2(left, heads.top() + 32.0), Align2::LEFT_CENTER, "Model answer", small.clone(), p.text3);
    ui.painter().text(pos2(left, heads.top() + 52.0), Align2::LEFT_CENTER, "Right, %", small.clone(), p.text3);
    let mut action = None;
    let clip = ui.painter_at(heads);
    for column in range(standing.offset.x, standing.offset.x + heads.width(), COLUMN, model.grid.columns.len()) {
        let (head, number) = (&model.grid.columns[column], &model.numbers[column]);
        let best = head.model.as_deref().map_or_else(|| "–".to_owned(), in_short);
        let x = heads.left() - standing.offset.x + column as f32 * COLUMN;
        let rect = Rect::from_min_size(pos2(x, heads.top()), vec2(COLUMN, HEAD)).shrink(1.0);
        let response = ui.interact(rect.intersect(heads), Id::new("review head").with(column), Sense::click());
        let right = head.right.map(|right| (right * 100.0).round() as u32);
        let sorted = standing.order == Order::Call(column);
        let planned = standing.planned.contains(&column);
        let told = || {
            let sorted = if sorted { ", sorted by it" } else { "" };
            let planned = if planned { ", in the session" } else { "" };
            let right = right.map_or(String::new(), |right| format!(", {right} % right"));
            let item_total = head.item_total.map_or(String::new(), |r| format!(", item-total correlation {r:.1}"));
            let variant = head.variant.as_ref().map_or(String::new(), |variant| format!(" ({variant})"));
            let best = head.model.as_deref().unwrap_or("not known");
            format!("Call {number}{variant}, model answer {best}{right}{item_total}{sorted}{planned}")
        };
        response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, sorted, told()));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_role(Role::ColumnHeader));
        let ink = if planned { p.accent } else { p.text };
        clip.text(pos2(rect.center().x, heads.top() + 12.0), Align2::CENTER_CENTER, number, text::mono(14.0), ink);
        clip.text(pos2(rect.center().x, heads.top() + 32.0), Align2::CENTER_CENTER, &best, small.clone(), p.text3);
        if let Some(right) = right {
            let at = pos2(rect.center().x, heads.top() + 52.0);
            clip.text(at, Align2::CENTER_CENTER, right.to_string(), text::mono(text::CAPTION), p.text2);
        }
        if sorted || response.hovered() {
            let edge = if sorted { p.accent } else { p.edge };
            clip.rect_stroke(rect, CornerRadius::same(6), Stroke::new(1.0, edge), StrokeKind::Inside);
        }
        widgets::ring(ui, &response);
        let surface = head.variant.as_deref().unwrap_or("as written");
        if response.on_hover_text(format!("Call {number}, {surface}. Sort by this call")).clicked() {
            let order = if sorted { Order::Name } else { Order::Call(column) };
            action = Some(RoomAction::Sort(order));
        }
    }
    action
}

/// Arrows move, `Enter` opens the call, `Space` puts its column into the session.
fn keys(ui: &Ui, model: &RoomModel, standing: &mut Standing) -> Option<RoomAction> {
    let is_person = |row: usize| matches!(model.lines.get(row), Some(Line::Person(_)));
    let people = || (0..model.lines.len()).filter(|row| is_person(*row));
    if !is_person(standing.at.0) || standing.at.1 >= model.grid.columns.len() {
        standing.at = (people().next()?, 0);
    }
    let (row, column) = standing.at;
    if !ui.memory(|memory| memory.has_focus(cell_id(row, column))) {
        return None;
    }
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(cell_id(row, column), filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Space) {
        return Some(RoomAction::Plan(column));
    }
    if pressed(Key::Enter) {
        let Line::Person(member) = model.lines[row] else { return None };
        return model.record(member, column).map(|record| RoomAction::Open(record.to_owned()));
    }
    let last = model.grid.columns.len().saturating_sub(1);
    let mut there = (row, column);
    if pressed(Key::ArrowDown) {
        there.0 = people().find(|other| *other > row).unwrap_or(row);
    } else if pressed(Key::ArrowUp) {
        there.0 = people().take_while(|other| *other < row).last().unwrap_or(row);
    } else if pressed(Key::PageDown) {
        there.0 = people().find(|other| *other >= row + 12).or_else(|| people().next_back()).unwrap_or(row);
    } else if pressed(Key::PageUp) {
        there.0 = people().take_while(|other| *other + 12 <= row).last().or(people().next()).unwrap_or(row);
    }
    if pressed(Key::ArrowRight) {
        there.1 = (column + 1).min(last);
    } else if pressed(Key::ArrowLeft) {
        there.1 = column.saturating_sub(1);
    } else if pressed(Key::Home) {
        there.1 = 0;
    } else if pressed(Key::End) {
        there.1 = last;
    }
    if there != (row, column) {
        standing.at = there;
        standing.scroll_to = Some(there);
        ui.memory_mut(|memory| {
            memory.move_focus(egui::FocusDirection::None);
            memory.request_focus(cell_id(there.0, there.1));
        });
    }
    None
}
