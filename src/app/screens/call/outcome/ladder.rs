//! The ladder: how soon, by whom. All cells look alike; what does not exist is a dot.

use bevy_egui::egui::text::LayoutJob;
use bevy_egui::egui::{
    self, Align, Align2, CornerRadius, Key, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::state::{Cell, Outcome};
use super::{cells, codes, roving};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::standards::{Disposition, Named};

fn cell_id(cell: Cell) -> egui::Id {
    egui::Id::new("ladder").with(cell)
}

/// The cell that has the keyboard, in words: where the heads of the columns have been scrolled away.
pub fn here(ui: &Ui, live: &Live, state: &Outcome) -> Option<String> {
    let cell = state.cell.filter(|cell| ui.memory(|memory| memory.has_focus(cell_id(*cell))))?;
    let d = &live.call().script().standards.dispositions;
    Some(format!("{}: {}", d.rungs.get(cell.0)?.name, d.columns.get(cell.1)?.name))
}

/// Height of the rows: the smallest that a hand can hit, and more where there is room.
const ROW: (f32, f32) = (26.0, 38.0);
/// What stands below the ladder.
const BELOW: f32 = 290.0;

pub fn ladder_ui(ui: &mut Ui, live: &Live, room: f32, state: &mut Outcome) {
    let d = &live.call().script().standards.dispositions;
    let size: Cell = (d.rungs.len(), d.columns.len());
    let width = ui.available_width();
    let labels = label_width(ui, &d.rungs).min(width * 0.3);
    let cell_w = (width - labels) / size.1 as f32;
    let heads: Vec<_> = d.columns.iter().map(|column| head(ui, column, cell_w)).collect();
    let head_h = 28.0 + heads.iter().map(|galley| galley.size().y).fold(0.0, f32::max);
    let cell_h = ((room - head_h - BELOW) / size.0 as f32).clamp(ROW.0, ROW.1);
    let grid = egui::UiBuilder::new().id(egui::Id::new("ladder"));
    ui.scope_builder(grid, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(egui::accesskit::Role::Group);
            node.set_label("Ladder: time by care setting; arrow keys move, Space chooses");
        });
        let (rect, _) = ui.allocate_exact_size(vec2(width, head_h + size.0 as f32 * cell_h), Sense::hover());
        let all: Vec<Cell> = (0..size.0).flat_map(|row| (0..size.1).map(move |column| (row, column))).collect();
        let there: Vec<Cell> = all.into_iter().filter(|cell| !cells::codes(live, *cell).is_empty()).collect();
        take_up(live, state);
        keys(ui, live, &there, state);
        for (n, (column, galley)) in d.columns.iter().zip(heads).enumerate() {
            let x = rect.left() + labels + (n as f32 + 0.5) * cell_w;
            paint_head(ui, column, galley, pos2(x, rect.top() + head_h - 4.0));
        }
        for (row, rung) in d.rungs.iter().enumerate() {
            let y = rect.top() + head_h + (row as f32 + 0.5) * cell_h;
            let p = Palette::of(ui);
            ui.painter().text(pos2(rect.left(), y), Align2::LEFT_CENTER, &rung.name, text::regular(14.0), p.text);
            for (column, named) in d.columns.iter().enumerate() {
                let center = pos2(rect.left() + labels + (column as f32 + 0.5) * cell_w, y);
                if !there.contains(&(row, column)) {
                    ui.painter().circle_filled(center, 2.5, p.line);
                    continue;
                }
                let place = Rect::from_center_size(center, vec2(cell_w - 4.0, cell_h - 2.0));
                cell_ui(ui, live, state, (row, column), place, &format!("{}, {}", rung.name, named.name));
            }
        }
    });
}

fn label_width(ui: &Ui, rungs: &[Named]) -> f32 {
    let width = |rung: &Named| {
        ui.painter().layout_no_wrap(rung.name.clone(), text::regular(14.0), egui::Color32::PLACEHOLDER).size().x
    };
    rungs.iter().map(width).fold(60.0, f32::max) + 8.0
}

fn word_width(ui: &Ui, word: &str) -> f32 {
    ui.painter().layout_no_wrap(word.to_owned(), text::regular(text::CAPTION), egui::Color32::PLACEHOLDER).size().x
}

fn head(ui: &Ui, column: &Named, width: f32) -> std::sync::Arc<egui::Galley> {
    let p = Palette::of(ui);
    // A long word may reach a little over its cell; broken, nobody reads it.
    let longest = column.name.split(' ').map(|word| word_width(ui, word)).fold(0.0, f32::max);
    let width = (width - 2.0).max(longest.min(width + 12.0) + 1.0);
    let mut job = LayoutJob::simple(column.name.clone(), text::regular(text::CAPTION), p.text2, width);
    job.halign = Align::Center;
    ui.painter().layout_job(job)
}

fn paint_head(ui: &Ui, column: &Named, galley: std::sync::Arc<egui::Galley>, bottom: egui::Pos2) {
    let p = Palette::of(ui);
    let top = bottom.y - galley.size().y;
    ui.painter().galley(pos2(bottom.x, top), galley, p.text2);
    let icon = match &*column.id {
        "999" => icons::AMBULANCE,
        "ed" => icons::HOSPITAL,
        "clinician" => icons::HEADSET,
        "primary-care" => icons::STETHOSCOPE,
        "home-or-chemist" => icons::HOUSE_LINE,
        "other" => icons::DOTS_THREE_CIRCLE,
        _ => return,
    };
    ui.painter().text(pos2(bottom.x, top - 2.0), Align2::CENTER_BOTTOM, icon, text::regular(20.0), p.text2);
}

fn cell_ui(ui: &Ui, live: &Live, state: &mut Outcome, cell: Cell, place: Rect, says: &str) {
    let p = Palette::of(ui);
    let codes = cells::codes(live, cell);
    let response = ui.interact(place, cell_id(cell), roving::sense(cell_id(cell), state.cell.map(cell_id)));
    let decided = live.call().state().decision.as_ref().map(|decision| &decision.disposition);
    let chosen = codes.iter().any(|d| Some(&d.code) == decided.or(state.chosen.as_ref()));
    let category = cells::category(&codes);
    let says = match (&category, codes.len()) {
        (Some(category), _) => format!("{says}, {category}"),
        (None, 1) => says.to_owned(),
        (None, _) => format!("{says}, several outcomes"),
    };
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, &says));
    let (fill, edge) = match (chosen, response.hovered() || state.open_cell == Some(cell)) {
        (true, _) => (p.accent, p.accent),
        (false, true) => (p.bg3, p.edge),
        (false, false) => (p.bg2, p.edge),
    };
    let painter = ui.painter();
    painter.rect(place, CornerRadius::same(6), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    if chosen {
        painter.text(place.center(), Align2::CENTER_CENTER, icons::CHECK_FAT, text::icon_fill(16.0), p.on_accent);
    } else if let Some(category) = category {
        painter.text(place.center(), Align2::CENTER_CENTER, category, text::regular(text::CAPTION), p.text2);
    }
    widgets::ring(ui, &response);
    if state.cell == Some(cell) && state.chosen.is_none() && decided.is_none() {
        state.land(live, &response);
    }
    if response.clicked() {
        if decided.is_some() {
            state.ask_to_change(Some(cell));
        } else {
            choose(state, cell, &codes);
        }
    }
    if state.open_cell == Some(cell) {
        codes::codes_ui(ui, live, state, cell, place);
    }
}

/// One code is chosen at once; several are listed.
fn choose(state: &mut Outcome, cell: Cell, codes: &[&Disposition]) {
    let again = state.open_cell == Some(cell);
    state.cell = Some(cell);
    state.open_cell = None;
    if let [only] = codes {
        state.chosen = Some(only.code.clone());
        state.land = true;
    } else if !again {
        state.open_cell = Some(cell);
        state.land = false;
        let on = codes.iter().find(|d| Some(&d.code) == state.chosen.as_ref()).or(codes.first());
        state.code_row = on.map(|d| codes::row_id(&d.code));
        state.fresh_codes = true;
    }
}

/// A cell that was clicked while a decision stood, once that has been taken back.
fn take_up(live: &Live, state: &mut Outcome) {
    if live.call().state().decision.is_some() || live.busy() {
        return;
    }
    if let Some(cell) = state.change_to.take() {
        choose(state, cell, &cells::codes(live, cell));
    }
}

/// Arrow keys go from cell to cell; gaps are skipped.
fn keys(ui: &Ui, live: &Live, there: &[Cell], state: &mut Outcome) {
    if state.cell.is_none_or(|cell| !there.contains(&cell)) {
        let decided = live.call().state().decision.as_ref().map(|decision| &decision.disposition);
        let chosen = decided.or(state.chosen.as_ref()).and_then(|code| cells::place(live, code));
        state.cell = chosen.or(there.first().copied());
    }
    let focused = ui.memory(|memory| memory.focused());
    let Some(here) = there.iter().copied().find(|cell| Some(cell_id(*cell)) == focused) else { return };
    roving::lock_arrows(ui, cell_id(here));
    let next = |on: &dyn Fn(&Cell) -> bool, last: bool| {
        let mut row = there.iter().copied().filter(|cell| on(cell));
        if last { row.next_back() } else { row.next() }
    };
    // Columns have long gaps: the nearest cell of the next row that has any.
    let near = |row: Option<usize>| {
        let row = row?;
        there.iter().copied().filter(|cell| cell.0 == row).min_by_key(|cell| cell.1.abs_diff(here.1))
    };
    let to = if roving::pressed(ui, Key::ArrowRight) {
        next(&|cell| cell.0 == here.0 && cell.1 > here.1, false)
    } else if roving::pressed(ui, Key::ArrowLeft) {
        next(&|cell| cell.0 == here.0 && cell.1 < here.1, true)
    } else if roving::pressed(ui, Key::ArrowDown) {
        near(there.iter().map(|cell| cell.0).filter(|row| *row > here.0).min())
    } else if roving::pressed(ui, Key::ArrowUp) {
        near(there.iter().map(|cell| cell.0).filter(|row| *row < here.0).max())
    } else {
        None
    };
    state.cell = Some(to.unwrap_or(here));
    if let Some(to) = to {
        ui.memory_mut(|memory| memory.request_focus(cell_id(to)));
    }
}
