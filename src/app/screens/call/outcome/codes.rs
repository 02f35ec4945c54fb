//! A cell with several codes: a short list of plain names, in table order.

use bevy_egui::egui::{self, Popup, PopupCloseBehavior, Rect, ScrollArea, Ui};

use super::cells;
use super::roving;
use super::state::{Cell, Outcome};
use crate::app::live::Live;
use crate::app::theme::widgets;
use crate::standards::Id;

/// The row of a code.
pub fn row_id(code: &Id) -> egui::Id {
    egui::Id::new("which of these").with(&**code)
}

/// The list beside its cell; closed by choosing, `Esc`, or a click elsewhere.
pub fn codes_ui(ui: &Ui, live: &Live, state: &mut Outcome, cell: Cell, beside: Rect) {
    let codes: Vec<(Id, String)> = cells::codes(live, cell).iter().map(|d| (d.code.clone(), d.name.clone())).collect();
    let window = ui.ctx().content_rect();
    let mut open = true;
    let mut chosen = None;
    Popup::new(egui::Id::new("codes").with(cell), ui.ctx().clone(), beside, ui.layer_id())
        .open_bool(&mut open)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .width((window.width() - 60.0).min(420.0))
        .frame(widgets::panel(ui))
        .show(|ui| {
            ui.set_width((window.width() - 60.0).min(420.0));
            widgets::caption(ui, "Which of these?");
            let rows: Vec<egui::Id> = codes.iter().map(|(code, _)| row_id(code)).collect();
            roving::rove(ui, &rows, &mut state.code_row);
            ScrollArea::vertical().max_height(window.height() * 0.5).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 4.0;
                for ((code, name), id) in codes.iter().zip(rows) {
                    let on = state.chosen.as_ref() == Some(code);
                    if roving::row(ui, id, state.code_row, on, name, "").clicked() {
                        chosen = Some(code.clone());
                    }
                }
            });
        });
    if let Some(code) = chosen {
        state.chosen = Some(code);
        state.open_cell = None;
        state.land = true;
    } else if !open {
        state.open_cell = None;
    }
}
