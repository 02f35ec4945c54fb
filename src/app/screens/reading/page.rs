//! A book on the screen: what there is on the left, what is read on the right, the search over both.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, EventFilter, Frame, Id, Key, Margin, Modifiers, Panel, Response, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::blocks::{block_ui, heading, line};
use super::book::{Book, Entry, Section};
use super::search::{Found, search};
use crate::app::keys::{self, Command};
use crate::app::screens::NOTICE;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// So many results are painted at most.
const MOST: usize = 60;
/// Wider lines are hard to read.
const WIDEST: f32 = 780.0;

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
    jump: bool,
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

    fn open(&mut self, section: usize, group: usize) {
        (self.section, self.group) = (section, group);
        self.searching = false;
        self.reading = true;
        self.at = None;
    }
}

fn field() -> Id {
    Id::new("find in the book")
}

fn result(n: usize) -> Id {
    Id::new(("found in the book", n))
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

fn find_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
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
        if response.lost_focus() && pressed(Key::Enter) && !place.query.trim().is_empty() {
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

fn contents_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    ui.spacing_mut().item_spacing.y = 2.0;
    heading(ui, 2, "Contents", text::PANEL_TITLE);
    for (n, section) in book.sections.iter().enumerate() {
        let open = n == place.section;
        let id = Id::new((book.title, "section", n));
        let shown = open && !place.searching;
        if row_ui(ui, id, 0.0, section.icon, &section.name, shown).clicked() {
            place.open(n, 0);
        }
        if open && section.groups.len() > 1 {
            for (g, group) in section.groups.iter().enumerate() {
                let id = Id::new((book.title, "group", n, g));
                if row_ui(ui, id, 28.0, "", &group.name, shown && g == place.group).clicked() {
                    place.open(n, g);
                }
            }
        }
    }
}

/// One line of the contents.
fn row_ui(ui: &mut Ui, id: Id, indent: f32, icon: &str, words: &str, chosen: bool) -> Response {
    let p = Palette::of(ui);
    let width = ui.available_width();
    let left = if icon.is_empty() { indent + 8.0 } else { indent + 36.0 };
    let font = if chosen { text::bold(text::BODY) } else { text::regular(text::BODY) };
    let color = if chosen { p.text } else { p.text2 };
    let galley = ui.painter().layout(words.to_owned(), font, color, (width - left - 8.0).max(60.0));
    let (rect, _) = ui.allocate_exact_size(vec2(width, (galley.size().y + 8.0).max(30.0)), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, words));
    let fill = match (chosen, response.hovered()) {
        (true, _) => p.bg3,
        (false, true) => p.bg2,
        (false, false) => Color32::TRANSPARENT,
    };
    let area = rect.with_min_x(rect.left() + indent);
    ui.painter().rect_filled(area, CornerRadius::same(6), fill);
    let middle = rect.center().y;
    if !icon.is_empty() {
        let font = if chosen { text::icon_fill(20.0) } else { text::regular(20.0) };
        let color = if chosen { p.accent } else { p.text2 };
        ui.painter().text(pos2(rect.left() + indent + 18.0, middle), egui::Align2::CENTER_CENTER, icon, font, color);
    } else if chosen {
        let bar =
            egui::Rect::from_min_max(pos2(area.left(), area.top() + 6.0), pos2(area.left() + 3.0, area.bottom() - 6.0));
        ui.painter().rect_filled(bar, CornerRadius::same(2), p.accent);
    }
    ui.painter().galley(pos2(rect.left() + left, middle - galley.size().y / 2.0), galley, color);
    inner_ring(ui, &response);
    response
}

/// The ring of a row that fills its panel: inside, where a scroll area does not cut it off.
fn inner_ring(ui: &Ui, response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        let stroke = Stroke::new(2.0, Palette::of(ui).accent);
        ui.painter().rect_stroke(response.rect, CornerRadius::same(6), stroke, StrokeKind::Inside);
    }
}

fn body_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
    if place.searching {
        found_ui(ui, book, place);
    } else if let Some(section) = book.sections.get(place.section) {
        section_ui(ui, book, section, place);
    }
}

fn section_ui(ui: &mut Ui, book: &Book, section: &Section, place: &mut Place) {
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
        let has_table = entry.body.iter().any(|block| matches!(block, super::Block::Table(_)));
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

fn found_ui(ui: &mut Ui, book: &Book, place: &mut Place) {
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
