//! The search field, and what it finds.

use bevy_egui::egui::{
    self, Align, CornerRadius, Id, Key, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::blocks::heading;
use super::book::Book;
use super::contents::inner_ring;
use super::page::{Place, WIDEST};
use super::search::{Found, search};
use crate::app::keys::{self, Command};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// So many results are painted at most.
const MOST: usize = 60;

/// The search field.
pub fn field() -> Id {
    Id::new("find in the book")
}

fn result(n: usize) -> Id {
    Id::new(("found in the book", n))
}

pub fn find_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    let p = Palette::of(ui);
    let hint = format!("{} ({})", book.find, keys::words(ui.ctx(), Command::Find));
    let left_to_right = egui::Layout::left_to_right(Align::Center);
    let size = vec2(ui.available_width(), 34.0);
    ui.allocate_ui_with_layout(size, left_to_right, |ui| {
        let left = !place.query.trim().is_empty() && !place.searching;
        let buttons = if place.query.is_empty() { 0.0 } else { 48.0 } + if left { 92.0 } else { 0.0 };
        let width = (ui.available_width() - buttons).max(120.0);
        let response = ui
            .scope(|ui| {
                ui.set_width(width);
                widgets::field(ui, field(), &mut place.query, book.find, &hint)
            })
            .inner;
        if response.changed() {
            place.searching = !place.query.trim().is_empty();
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        if response.has_focus() && pressed(Key::Enter) && !place.query.trim().is_empty() {
            let first = search(book, &place.query).first().map(|found| found.entry.id.clone());
            if let Some(id) = first {
                place.go(book, &id);
            }
        } else if response.has_focus() && pressed(Key::ArrowDown) && place.searching {
            ui.memory_mut(|memory| memory.request_focus(result(0)));
        }
        let mut clear = response.lost_focus() && pressed(Key::Escape);
        if !place.query.is_empty() {
            let button = ui.add(egui::Button::new(rich(icons::X, text::regular(text::BODY), p.text)));
            widgets::ring(ui, &button);
            widgets::named(ui, &button, "Clear the search");
            clear |= button.clicked();
        }
        if left {
            let back = widgets::button(ui, "Results");
            widgets::named(ui, &back, "Back to what was found");
            if back.clicked() {
                place.searching = true;
                place.at = None;
            }
        }
        if clear {
            place.query.clear();
            place.searching = false;
        }
    });
}

pub fn found_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 4.0;
    let found = search(book, &place.query);
    heading(ui, 2, &format!("Found for “{}”", place.query.trim()), text::PAGE_TITLE);
    let words = match found.len() {
        0 => "Nothing holds all of these words. Try one of them, or another.".to_owned(),
        1 => "1 entry".to_owned(),
        many if many > MOST => format!("{many} entries, the first {MOST} of them here. One more word narrows it down."),
        many => format!("{many} entries"),
    };
    let count = ui.label(rich(words, text::regular(text::BODY), p.text2));
    ui.ctx().accesskit_node_builder(count.id, |node| node.set_live(egui::accesskit::Live::Polite));
    let mut go = None;
    for (n, found) in found.iter().take(MOST).enumerate() {
        if found_row_ui(ui, book, n, found).clicked() {
            go = Some(found.entry.id.clone());
        }
    }
    if let Some(id) = go {
        place.go(book, &id);
    }
}

fn found_row_ui(ui: &mut Ui, book: &Book, n: usize, found: &Found) -> Response {
    let p = Palette::of(ui);
    let section = &book.sections[found.section];
    let mut standing = section.name.clone();
    if section.groups.len() > 1 {
        standing = format!("{standing} · {}", section.groups[found.group].name);
    }
    let width = ui.available_width().min(WIDEST);
    let inner = (width - 20.0).max(80.0);
    let lay = |words: &str, font, color| ui.painter().layout(words.to_owned(), font, color, inner);
    let mut galleys = vec![
        lay(&found.entry.title, text::bold(text::BODY), p.text),
        lay(&standing, text::regular(text::CAPTION), p.text3),
    ];
    if let Some(around) = &found.around {
        galleys.push(lay(around, text::regular(text::CAPTION), p.text2));
    }
    let height: f32 = galleys.iter().map(|galley| galley.size().y + 2.0).sum();
    let (rect, _) = ui.allocate_exact_size(vec2(width, height + 12.0), Sense::hover());
    let response = ui.interact(rect, result(n), Sense::click());
    let says = format!("{}, {standing}", found.entry.title);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &says));
    let fill = if response.hovered() || response.has_focus() { p.bg3 } else { p.bg2 };
    ui.painter().rect(rect, CornerRadius::same(6), fill, Stroke::new(1.0, p.line), StrokeKind::Inside);
    let mut top = rect.top() + 6.0;
    for galley in galleys {
        let height = galley.size().y + 2.0;
        ui.painter().galley(pos2(rect.left() + 10.0, top), galley, p.text);
        top += height;
    }
    inner_ring(ui, &response);
    response
}
