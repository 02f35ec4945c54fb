//! One group of a section, entry by entry.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, Frame, Id, Margin, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2,
};

use super::blocks::{block_ui, heading, line};
use super::book::{Block, Book, Entry, Section};
use super::page::{Place, WIDEST};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

pub fn section_ui(ui: &mut Ui, book: &Book, section: &Section, place: &mut Place) {
    let p = Palette::of(ui);
    let Some(group) = section.groups.get(place.group) else { return };
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(WIDEST));
        heading(ui, 2, &section.name, text::PAGE_TITLE);
        ui.horizontal_wrapped(|ui| {
            if let Some(watermark) = section.watermark {
                widgets::badge(ui, watermark, p.cue, p.cue_soft);
            }
            ui.label(rich(&section.version, text::regular(text::CAPTION), p.text2));
        });
        if !section.note.is_empty() {
            ui.label(rich(&section.note, text::regular(text::CAPTION), p.text3));
        }
    });
    let level = if section.groups.len() > 1 {
        ui.add_space(4.0);
        heading(ui, 3, &group.name, text::LIVE);
        4
    } else {
        3
    };
    let mut go = None;
    for entry in &group.entries {
        line(ui);
        go = entry_ui(ui, entry, level, place).or(go);
    }
    if let Some(id) = go {
        place.go(book, &id);
        return;
    }
    line(ui);
    if let Some((name, section, group)) = after(book, place.section, place.group) {
        let next = widgets::button(ui, &format!("Next: {name}  {}", icons::ARROW_RIGHT));
        widgets::named(ui, &next, &format!("Next: {name}"));
        if next.clicked() {
            place.open(section, group);
        }
    }
    ui.add_space(12.0);
}

/// What comes next in the book.
fn after(book: &Book, section: usize, group: usize) -> Option<(String, usize, usize)> {
    if let Some(next) = book.sections[section].groups.get(group + 1) {
        return Some((next.name.clone(), section, group + 1));
    }
    book.sections.get(section + 1).map(|next| (next.name.clone(), section + 1, 0))
}

fn entry_ui(ui: &mut Ui, entry: &Entry, level: usize, place: &mut Place) -> Option<String> {
    let p = Palette::of(ui);
    let here = place.at.as_ref() == Some(&entry.id);
    let mut go = None;
    let fill = if here { p.bg2 } else { Color32::TRANSPARENT };
    let frame = Frame::new().fill(fill).corner_radius(CornerRadius::same(8)).inner_margin(Margin::symmetric(8, 6));
    let shown = frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let has_table = entry.body.iter().any(|block| matches!(block, Block::Table(_)));
        ui.scope(|ui| {
            if !has_table {
                ui.set_max_width(ui.available_width().min(WIDEST));
            }
            ui.spacing_mut().item_spacing.y = 5.0;
            entry_head_ui(ui, entry, level);
            for block in &entry.body {
                go = block_ui(ui, block).or(go.take());
            }
        });
    });
    if here {
        let rect = shown.response.rect;
        let response = ui.interact(rect, Id::new(("entry", &entry.id)), Sense::FOCUSABLE);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, &entry.title));
        if place.jump {
            place.jump = false;
            ui.scroll_to_rect(rect, Some(Align::TOP));
            response.request_focus();
        }
        let edge = if response.has_focus() { Stroke::new(2.0, p.accent) } else { Stroke::new(1.0, p.edge) };
        ui.painter().rect_stroke(rect, CornerRadius::same(8), edge, StrokeKind::Inside);
    }
    go
}

fn entry_head_ui(ui: &mut Ui, entry: &Entry, level: usize) {
    let p = Palette::of(ui);
    ui.horizontal_top(|ui| {
        if !entry.icon.is_empty() {
            let (place, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
            let middle = egui::Align2::CENTER_CENTER;
            ui.painter().text(place.center(), middle, entry.icon, text::regular(18.0), p.text2);
        }
        ui.vertical(|ui| {
            heading(ui, level, &entry.title, text::TRANSCRIPT);
            if !entry.beside.is_empty() {
                ui.label(rich(&entry.beside, text::regular(text::CAPTION), p.text3));
            }
        });
    });
}
