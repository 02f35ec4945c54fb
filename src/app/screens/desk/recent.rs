//! Recent calls, each leading to its debrief.

use bevy_egui::egui::{Align, CornerRadius, Id, Layout, Rect, Ui, pos2, vec2};

use super::DeskAction;
use super::model::{DeskModel, Recent};
use crate::app::screens::parts::{leads_to, verdict_look};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// The panel, at least as high as this.
pub fn recent_ui(ui: &mut Ui, model: &DeskModel, height: f32) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.set_min_height((height - 26.0).max(0.0));
        ui.horizontal(|ui| {
            ui.label(rich("Recent calls", text::bold(text::PANEL_TITLE), p.text));
            if model.taken > 0 {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let all = format!("All {}", model.taken);
                    if leads_to(ui, &all, &format!("{all} calls that I took")).clicked() {
                        action = Some(DeskAction::AllTaken);
                    }
                });
            }
        });
        if model.recent.is_empty() {
            let words = "None yet. What you take is kept here, with its debrief.";
            ui.label(rich(words, text::regular(text::BODY), p.text2));
        }
        ui.spacing_mut().item_spacing.y = 1.0;
        for call in &model.recent {
            ui.separator();
            action = action.take().or(row_ui(ui, call));
        }
    });
    action
}

fn row_ui(ui: &mut Ui, call: &Recent) -> Option<DeskAction> {
    const BADGE: f32 = 24.0;
    let p = Palette::of(ui);
    let (icon, words, color, soft) = verdict_look(call.taken, p);
    let says = format!("Debrief of {}, {}: {words}", call.title(), call.day);
    let (rect, response) = widgets::row(ui, Id::new(("recent", &call.taken.id)), 44.0, false, &says);
    let painter = ui.painter();
    let lay = |words: String, font, color| painter.layout_no_wrap(words, font, color);
    let words = lay(words, text::bold(text::CAPTION), color);
    let icon = lay(icon.to_owned(), text::regular(15.0), color);
    let size = vec2(words.size().x + icon.size().x + 21.0, BADGE);
    let middle = rect.center().y;
    let boxed = Rect::from_center_size(pos2(rect.right() - size.x / 2.0 - 2.0, middle), size);
    painter.rect_filled(boxed, CornerRadius::same(4), soft);
    let words_left = boxed.left() + 13.0 + icon.size().x;
    painter.galley(pos2(boxed.left() + 8.0, middle - icon.size().y / 2.0), icon, color);
    painter.galley(pos2(words_left, middle - words.size().y / 2.0), words, color);
    // Where there is no room beside the number, the caller stands with the day.
    let room = boxed.left() - rect.left() - 12.0;
    let mut title = lay(call.title(), text::regular(text::BODY), p.text);
    let mut below = call.day.clone();
    if let Some(caller) = call.caller.filter(|_| title.size().x > room) {
        title = lay(call.number.clone(), text::regular(text::BODY), p.text);
        below = format!("{caller}, {below}");
    }
    painter.galley(rect.left_top() + vec2(4.0, 3.0), title, p.text);
    let below = painter.layout(below, text::regular(text::CAPTION), p.text3, room.max(60.0));
    painter.galley(rect.left_top() + vec2(4.0, 23.0), below, p.text3);
    widgets::ring(ui, &response);
    response.clicked().then(|| DeskAction::Debrief(call.taken.id.clone()))
}
