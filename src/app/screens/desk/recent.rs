//! Recent calls, each leading to its debrief.

use bevy_egui::egui::{Align, Align2, Id, Layout, Ui, pos2, vec2};

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
    let p = Palette::of(ui);
    let (icon, words, color, soft) = verdict_look(call.taken, p);
    let says = format!("Debrief of {}, {}: {words}", call.title, call.day);
    let (rect, response) = widgets::row(ui, Id::new(("recent", &call.taken.id)), 44.0, false, &says);
    let painter = ui.painter();
    let badge = painter.layout_no_wrap(words, text::bold(text::CAPTION), color);
    let icon = painter.layout_no_wrap(icon.to_owned(), text::regular(15.0), color);
    let width = badge.size().x + icon.size().x + 21.0;
    let boxed = bevy_egui::egui::Rect::from_center_size(
        pos2(rect.right() - width / 2.0 - 2.0, rect.center().y),
        vec2(width, 24.0),
    );
    painter.rect_filled(boxed, bevy_egui::egui::CornerRadius::same(4), soft);
    let middle = |height: f32| boxed.center().y - height / 2.0;
    painter.galley(pos2(boxed.left() + 8.0, middle(icon.size().y)), icon.clone(), color);
    painter.galley(pos2(boxed.left() + 13.0 + icon.size().x, middle(badge.size().y)), badge, color);
    let room = (boxed.left() - rect.left() - 12.0).max(40.0);
    let mut title = bevy_egui::egui::text::LayoutJob::simple_singleline(
        call.title.clone(),
        text::regular(text::BODY),
        p.text,
    );
    title.wrap = bevy_egui::egui::text::TextWrapping::truncate_at_width(room);
    let title = painter.layout_job(title);
    painter.galley(rect.left_top() + vec2(4.0, 3.0), title, p.text);
    let at = rect.left_bottom() + vec2(4.0, -3.0);
    painter.text(at, Align2::LEFT_BOTTOM, &call.day, text::regular(text::CAPTION), p.text3);
    widgets::ring(ui, &response);
    response.clicked().then(|| DeskAction::Debrief(call.taken.id.clone()))
}
