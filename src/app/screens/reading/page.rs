//! A book on the screen: what there is on the left, what is read on the right, the search over both.

use bevy_egui::egui::{self, Align, EventFilter, Frame, Id, Key, Margin, Modifiers, Panel, ScrollArea, Ui, vec2};

use super::book::Book;
use super::contents::contents_ui;
use super::find::{field, find_ui, found_ui};
use super::section::section_ui;
use crate::app::keys::{self, Command};
use crate::app::screens::NOTICE;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// Wider lines are hard to read.
pub const WIDEST: f32 = 780.0;

/// Where in a book somebody is.
#[derive(Default)]
pub struct Place {
    pub section: usize,
    pub group: usize,
    pub query: String,
    /// What was found is shown in place of the section.
    pub searching: bool,
    /// The entry that was come to.
    pub at: Option<String>,
    /// It has still to be scrolled to.
    pub jump: bool,
    /// In a small window: a section is open, not the list of them.
    pub reading: bool,
}

impl Place {
    /// Comes to an entry, or stays if there is none of this id.
    pub fn go(&mut self, book: &Book, id: &str) {
        let Some((section, group)) = book.find(id) else { return };
        self.open(section, group);
        self.at = Some(id.to_owned());
        self.jump = true;
    }

    pub fn open(&mut self, section: usize, group: usize) {
        (self.section, self.group) = (section, group);
        self.searching = false;
        self.reading = true;
        self.at = None;
    }
}

/// The whole screen; whether something was done.
pub fn book_ui(ui: &mut Ui, book: &Book, place: &mut Place) -> bool {
    place.section = place.section.min(book.sections.len().saturating_sub(1));
    let groups = book.sections.get(place.section).map_or(0, |section| section.groups.len());
    place.group = place.group.min(groups.saturating_sub(1));
    let before = (place.section, place.group, place.searching, place.reading, place.query.clone(), place.at.clone());
    if keys::pressed(ui.ctx(), Command::Find) {
        ui.memory_mut(|memory| memory.request_focus(field()));
    }
    let size = ui.max_rect().size();
    if size.x < 760.0 || size.y < 480.0 {
        small_ui(ui, book, place);
    } else {
        roomy_ui(ui, book, place);
    }
    before != (place.section, place.group, place.searching, place.reading, place.query.clone(), place.at.clone())
}

fn roomy_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    let p = Palette::of(ui);
    Panel::top("book top")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(20, 12)))
        .show_separator_line(false)
        .show(ui, |ui| top_ui(ui, book, place));
    let plain = Frame::new().fill(p.bg0).inner_margin(Margin { left: 12, right: 0, top: 12, bottom: 12 });
    let side = (ui.available_width() * 0.26).clamp(230.0, 320.0);
    Panel::left("book contents").exact_size(side).resizable(false).frame(plain).show_separator_line(false).show(
        ui,
        |ui| {
            widgets::panel(ui).show(ui, |ui| {
                ScrollArea::vertical().id_salt("contents").auto_shrink(false).show(ui, |ui| {
                    contents_ui(ui, book, place);
                });
            });
        },
    );
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(12))).show(ui, |ui| {
        widgets::panel(ui).show(ui, |ui| {
            let where_to = (book.title, place.section, place.group, place.searching);
            ScrollArea::vertical().id_salt(where_to).auto_shrink(false).show(ui, |ui| {
                scroll_by_key(ui, book, place);
                body_ui(ui, book, place);
            });
        });
    });
}

/// One column that scrolls as a whole: the list of sections, or one of them.
fn small_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    let p = Palette::of(ui);
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(8))).show(ui, |ui| {
        let where_to = (book.title, place.section, place.group, place.searching, place.reading);
        ScrollArea::vertical().id_salt(where_to).auto_shrink(false).show(ui, |ui| {
            scroll_by_key(ui, book, place);
            top_ui(ui, book, place);
            ui.add_space(4.0);
            widgets::panel(ui).show(ui, |ui| {
                if place.searching {
                    found_ui(ui, book, place);
                } else if place.reading {
                    if widgets::button(ui, &format!("{}  Contents", icons::ARROW_LEFT)).clicked() {
                        place.reading = false;
                    }
                    body_ui(ui, book, place);
                } else {
                    contents_ui(ui, book, place);
                }
            });
        });
    });
}

fn top_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    let wide = ui.available_width() > 700.0;
    let title = |ui: &mut Ui| {
        let p = Palette::of(ui);
        widgets::heading(ui, book.title);
        ui.label(rich(NOTICE, text::regular(text::CAPTION), p.text2));
    };
    if !wide {
        title(ui);
        find_ui(ui, book, place);
        return;
    }
    ui.horizontal(|ui| {
        let left = ui.available_width() - 420.0;
        ui.vertical(|ui| {
            ui.set_max_width(left);
            ui.spacing_mut().item_spacing.y = 2.0;
            title(ui);
        });
        widgets::right(ui, |ui| {
            ui.allocate_ui_with_layout(vec2(400.0, 34.0), egui::Layout::top_down(Align::Max), |ui| {
                find_ui(ui, book, place);
            });
        });
    });
}

fn body_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    if place.searching {
        found_ui(ui, book, place);
    } else if let Some(section) = book.sections.get(place.section) {
        section_ui(ui, book, section, place);
    }
}

/// A page at a time from anywhere; line by line from the entry that was come to.
fn scroll_by_key(ui: &Ui, book: &Book, place: &Place) {
    let page = (ui.clip_rect().height() - 60.0).max(120.0);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let mut by = 0.0;
    if pressed(Key::PageDown) {
        by -= page;
    }
    if pressed(Key::PageUp) {
        by += page;
    }
    let entry = place.at.as_ref().filter(|id| book.find(id).is_some()).map(|id| Id::new(("entry", id)));
    if let Some(id) = entry.filter(|id| ui.memory(|memory| memory.has_focus(*id))) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        if pressed(Key::ArrowDown) {
            by -= 60.0;
        }
        if pressed(Key::ArrowUp) {
            by += 60.0;
        }
    }
    if by != 0.0 {
        ui.scroll_with_delta(vec2(0.0, by));
    }
}
