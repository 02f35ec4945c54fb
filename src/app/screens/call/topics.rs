//! The bank by topic and by part of the body. Choosing either narrows the list of the ask bar.

use bevy_egui::egui::{self, Ui, vec2};

use super::body;
use super::filter::Filter;
use super::state::{CallUi, Do};
use crate::app::library::Library;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

pub fn topics_ui(ui: &mut Ui, library: &Library, state: &mut CallUi) -> Option<Do> {
    let mut todo = None;
    ui.set_min_width(ui.available_width());
    widgets::title(ui, "Topics", &format!("{} lines to say", library.standards.bank.len()));
    egui::ScrollArea::vertical().id_salt("topics").auto_shrink(false).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let body = ui.vertical(|ui| {
                ui.set_width(body::WIDTH);
                body::body_ui(ui, library, state)
            });
            let list = ui.vertical(|ui| list_ui(ui, library, state.ask.filter.as_ref()));
            todo = body.inner.or(list.inner);
        });
    });
    todo
}

fn list_ui(ui: &mut Ui, library: &Library, chosen: Option<&Filter>) -> Option<Do> {
    let p = Palette::of(ui);
    let mut todo = None;
    ui.spacing_mut().item_spacing.y = 5.0;
    ui.spacing_mut().button_padding = vec2(7.0, 4.0);
    for system in &library.standards.topics.systems {
        let count = library.standards.bank.iter().filter(|u| u.system == system.id).count();
        if count == 0 {
            continue;
        }
        let filter = Filter::Topic(system.id.clone());
        let on = chosen == Some(&filter);
        let color = if on { p.accent } else { p.text };
        let count = count.to_string();
        let mut button = egui::Button::new(rich(&system.name, text::regular(14.0), color))
            .right_text(rich(&count, text::mono(text::CAPTION), p.text3))
            .min_size(vec2(ui.available_width(), 30.0))
            .corner_radius(egui::CornerRadius::same(6))
            .wrap();
        if on {
            button = button.fill(p.accent_soft).stroke(egui::Stroke::new(1.0, p.accent));
        }
        let response = ui.add(button);
        widgets::named(ui, &response, &format!("Topic {}, {count} lines", system.name));
        body::pressed(ui, &response, on);
        widgets::ring(ui, &response);
        if response.clicked() {
            todo = Some(Do::Filter((!on).then_some(filter)));
        }
    }
    todo
}
