//! A row of tabs: one at a time is shown.

use bevy_egui::egui::{self, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::state::Tab;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;

/// The tabs in equal widths; the one that was chosen.
pub fn tabs_ui(ui: &mut Ui, tabs: &[(Tab, String)], shown: Tab, width: f32) -> Option<Tab> {
    let p = Palette::of(ui);
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_role(egui::accesskit::Role::TabList));
        ui.spacing_mut().item_spacing.x = 0.0;
        let each = width / tabs.len() as f32;
        for (tab, name) in tabs {
            let on = *tab == shown;
            let (rect, response) = ui.allocate_exact_size(vec2(each, 34.0), Sense::click());
            let enabled = ui.is_enabled();
            response.widget_info(|| WidgetInfo::selected(WidgetType::Button, enabled, on, name));
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_role(egui::accesskit::Role::Tab);
                node.set_selected(on);
            });
            let color = if on || response.hovered() { p.text } else { p.text2 };
            let size = if each > 76.0 { text::BODY } else { 14.0 };
            let font = if on { text::bold(size) } else { text::regular(size) };
            ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, name, font, color);
            if on {
                let under = [pos2(rect.left(), rect.bottom() - 1.5), pos2(rect.right(), rect.bottom() - 1.5)];
                ui.painter().line_segment(under, Stroke::new(3.0, p.accent));
            }
            widgets::ring(ui, &response);
            if response.clicked() {
                chosen = Some(*tab);
            }
        }
    });
    chosen
}
