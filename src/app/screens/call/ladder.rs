//! The ladder: how soon, by whom. All cells look alike; gaps are dots.

use bevy_egui::egui::{
    self, Align2, CornerRadius, EventFilter, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::state::Outcome;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::standards::{Disposition, Id};

fn id() -> egui::Id {
    egui::Id::new("ladder")
}

type Cell = (usize, usize);

/// What can be decided on in a cell.
fn codes(live: &Live, (row, column): Cell) -> Vec<&Disposition> {
    let d = &live.call().script().standards.dispositions;
    let (Some(rung), Some(column)) = (d.rungs.get(row), d.columns.get(column)) else { return Vec::new() };
    let here = d.dispositions.iter().filter(|x| x.rung == rung.id && x.column == column.id);
    here.filter(|x| live.call().may_decide_on(x).is_ok()).collect()
}

pub fn ladder_ui(ui: &mut Ui, live: &Live, state: &mut Outcome) {
    let p = Palette::of(ui);
    let d = &live.call().script().standards.dispositions;
    let (rows, columns) = (d.rungs.len(), d.columns.len());
    let width = ui.available_width();
    let label_w = (width * 0.24).clamp(92.0, 140.0);
    let cell_w = (width - label_w) / columns as f32;
    let (head_h, cell_h) = (54.0, 27.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, head_h + rows as f32 * cell_h), Sense::hover());
    let region = ui.interact(rect, id(), Sense::FOCUSABLE);
    region.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Ladder: time by care setting, arrow keys"));
    let exists = |cell| !codes(live, cell).is_empty();
    if state.chosen.is_none() {
        state.land(live, &region);
    }
    if region.has_focus() {
        keys(ui, live, state, (rows, columns), exists);
    }
    for (n, column) in d.columns.iter().enumerate() {
        let x = rect.left() + label_w + (n as f32 + 0.5) * cell_w;
        let mut job =
            egui::text::LayoutJob::simple(column.name.clone(), text::regular(text::CAPTION), p.text2, cell_w - 4.0);
        job.halign = egui::Align::Center;
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(x, rect.top() + head_h - 4.0 - galley.size().y), galley, p.text2);
    }
    for (row, rung) in d.rungs.iter().enumerate() {
        let y = rect.top() + head_h + (row as f32 + 0.5) * cell_h;
        ui.painter().text(pos2(rect.left(), y), Align2::LEFT_CENTER, &rung.name, text::regular(14.0), p.text);
        for (column, named) in d.columns.iter().enumerate() {
            let center = pos2(rect.left() + label_w + (column as f32 + 0.5) * cell_w, y);
            let cell = (row, column);
            if !exists(cell) {
                ui.painter().circle_filled(center, 1.5, p.line);
                continue;
            }
            let place = Rect::from_center_size(center, vec2(cell_w - 6.0, cell_h - 5.0));
            cell_ui(ui, live, state, cell, place, &format!("{}, {}", rung.name, named.name));
            if region.has_focus() && state.cell == Some(cell) {
                ui.painter().rect_stroke(
                    place.expand(2.0),
                    CornerRadius::same(7),
                    Stroke::new(2.0, p.accent),
                    StrokeKind::Outside,
                );
            }
        }
    }
    if let Some(cell) = state.open_cell {
        list_ui(ui, live, state, cell);
    }
}

fn cell_ui(ui: &Ui, live: &Live, state: &mut Outcome, cell: Cell, place: Rect, says: &str) {
    let p = Palette::of(ui);
    let response = ui.interact(place, id().with(cell), Sense::CLICK);
    let codes = codes(live, cell);
    let chosen = codes.iter().any(|d| Some(&d.code) == state.chosen.as_ref());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, says));
    let (fill, edge) = match (chosen, response.hovered() || state.open_cell == Some(cell)) {
        (true, _) => (p.accent, p.accent),
        (false, true) => (p.bg3, p.edge),
        (false, false) => (p.bg2, p.edge),
    };
    ui.painter().rect(place, CornerRadius::same(6), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    if chosen {
        ui.painter().text(place.center(), Align2::CENTER_CENTER, icons::CHECK, text::regular(16.0), p.on_accent);
    }
    if response.clicked() {
        choose(state, cell, &codes);
    }
}

/// One code is chosen at once; several are listed.
fn choose(state: &mut Outcome, cell: Cell, codes: &[&Disposition]) {
    state.cell = Some(cell);
    state.open_cell = Some(cell);
    state.chosen = match codes {
        [only] => {
            state.land = true;
            Some(only.code.clone())
        }
        several if several.iter().any(|d| Some(&d.code) == state.chosen.as_ref()) => state.chosen.clone(),
        _ => None,
    };
}

fn list_ui(ui: &mut Ui, live: &Live, state: &mut Outcome, cell: Cell) {
    let p = Palette::of(ui);
    let codes: Vec<(Id, String)> = codes(live, cell).iter().map(|d| (d.code.clone(), d.name.clone())).collect();
    if codes.len() < 2 {
        return;
    }
    ui.label(rich("Which of these?", text::regular(text::CAPTION), p.text3));
    for (code, name) in codes {
        if widgets::choice(ui, state.chosen.as_ref() == Some(&code), &name).clicked() {
            state.chosen = Some(code);
            state.land = true;
        }
    }
}

fn keys(ui: &Ui, live: &Live, state: &mut Outcome, (rows, columns): Cell, exists: impl Fn(Cell) -> bool) {
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
    let all = || (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))).filter(|cell| exists(*cell));
    let Some(here) = state.cell.or_else(|| all().next()) else { return };
    let mut cell = here;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowRight) {
        cell = all().filter(|c| c.0 == here.0 && c.1 > here.1).min().unwrap_or(here);
    }
    if pressed(Key::ArrowLeft) {
        cell = all().filter(|c| c.0 == here.0 && c.1 < here.1).max().unwrap_or(here);
    }
    // Rows are long gaps apart in some columns: the nearest cell of the next row that has any.
    let near = |c: &Cell| c.1.abs_diff(here.1);
    if pressed(Key::ArrowDown) {
        let row = all().filter(|c| c.0 > here.0).map(|c| c.0).min();
        cell = all().filter(|c| Some(c.0) == row).min_by_key(near).unwrap_or(here);
    }
    if pressed(Key::ArrowUp) {
        let row = all().filter(|c| c.0 < here.0).map(|c| c.0).max();
        cell = all().filter(|c| Some(c.0) == row).min_by_key(near).unwrap_or(here);
    }
    state.cell = Some(cell);
    if pressed(Key::Space) || pressed(Key::Enter) {
        choose(state, cell, &codes(live, cell));
    }
}
