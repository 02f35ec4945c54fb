//! The pieces of an entry, painted.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::text::{LayoutJob, TextFormat};
use bevy_egui::egui::{self, Color32, Response, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::book::{Block, Link, Table, Tone};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// A heading, also for those who cannot see its size.
pub fn heading(ui: &mut Ui, level: usize, words: &str, size: f32) -> Response {
    let p = Palette::of(ui);
    let response = ui.add(egui::Label::new(rich(words, text::bold(size), p.text)).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_level(level);
        // Only a plain label has its name from its value.
        node.set_label(words);
        node.clear_value();
    });
    response
}

/// One piece; the id of an entry that somebody wants to come to.
pub fn block_ui(ui: &mut Ui, block: &Block) -> Option<String> {
    let p = Palette::of(ui);
    match block {
        Block::Text(words) => {
            ui.label(rich(words, text::regular(text::BODY), p.text));
        }
        Block::Small(words) => {
            ui.label(rich(words, text::regular(text::CAPTION), p.text3));
        }
        Block::Pair(name, value) => {
            let mut job = LayoutJob::default();
            job.append(&format!("{name}: "), 0.0, TextFormat::simple(text::regular(text::BODY), p.text3));
            job.append(value, 0.0, TextFormat::simple(text::regular(text::BODY), p.text));
            ui.label(job);
        }
        Block::List(name, items) => list_ui(ui, name, items),
        Block::Marked(tone, words) => marked_ui(ui, *tone, words),
        Block::Line { at, who, text, own } => line_ui(ui, at, who, text, *own),
        Block::Did { at, text } => did_ui(ui, at, text),
        Block::Table(table) => return table_ui(ui, table),
    }
    None
}

fn list_ui(ui: &mut Ui, name: &str, items: &[String]) {
    let p = Palette::of(ui);
    if !name.is_empty() {
        ui.label(rich(format!("{name}:"), text::regular(text::BODY), p.text3));
    }
    ui.scope(|ui| {
        widgets::is_part(ui, Role::List, name);
        ui.spacing_mut().item_spacing.y = 4.0;
        for item in items {
            ui.horizontal_top(|ui| {
                widgets::is_part(ui, Role::ListItem, "");
                let (dot, _) = ui.allocate_exact_size(vec2(14.0, 20.0), Sense::hover());
                ui.painter().circle_filled(dot.center(), 2.5, p.text3);
                ui.add(egui::Label::new(rich(item, text::regular(text::BODY), p.text)).wrap());
            });
        }
    });
}

fn marked_ui(ui: &mut Ui, tone: Tone, words: &str) {
    let p = Palette::of(ui);
    let (icon, color) = match tone {
        Tone::Best => (icons::CHECK_CIRCLE, p.ok),
        Tone::Acceptable => (icons::CIRCLE, p.text2),
        Tone::Unsafe => (icons::SHIELD_WARNING, p.safety),
        Tone::Caution => (icons::WARNING, p.cue),
    };
    ui.horizontal_top(|ui| {
        let (place, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
        ui.painter().text(place.center(), egui::Align2::CENTER_CENTER, icon, text::regular(18.0), color);
        let mut job = LayoutJob::default();
        job.append(&format!("{}: ", tone.word()), 0.0, TextFormat::simple(text::bold(text::BODY), color));
        job.append(words, 0.0, TextFormat::simple(text::regular(text::BODY), p.text));
        ui.add(egui::Label::new(job).wrap());
    });
}

fn line_ui(ui: &mut Ui, at: &str, who: &str, words: &str, own: bool) {
    let p = Palette::of(ui);
    let width = ui.available_width();
    let (time_w, who_w) = if width > 480.0 { (56.0, 84.0) } else { (52.0, 0.0) };
    let color = if own { p.text2 } else { p.text };
    let who_color = if own { p.accent } else { p.text3 };
    let mut job = LayoutJob::default();
    // In a narrow window the name stands before the words.
    if who_w == 0.0 && !who.is_empty() {
        job.append(&format!("{who}: "), 0.0, TextFormat::simple(text::regular(text::BODY), who_color));
    }
    let font = if who.is_empty() { text::italic(text::TRANSCRIPT) } else { text::regular(text::TRANSCRIPT) };
    job.append(words, 0.0, TextFormat::simple(font, color));
    job.wrap.max_width = (width - time_w - who_w).max(80.0);
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y + 4.0), Sense::hover());
    let says = if who.is_empty() { format!("{at} {words}") } else { format!("{at} {who}: {words}") };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
    let painter = ui.painter();
    let top = rect.top() + 2.0;
    let left_top = egui::Align2::LEFT_TOP;
    painter.text(pos2(rect.left(), top + 2.0), left_top, at, text::mono(text::CAPTION), p.text3);
    if who_w > 0.0 {
        let mut name =
            LayoutJob::single_section(who.to_owned(), TextFormat::simple(text::regular(text::CAPTION), who_color));
        name.wrap = egui::text::TextWrapping::truncate_at_width(who_w - 8.0);
        let name = painter.layout_job(name);
        painter.galley(pos2(rect.left() + time_w, top + 2.0), name, who_color);
    }
    painter.galley(pos2(rect.left() + time_w + who_w, top), galley, color);
}

fn did_ui(ui: &mut Ui, at: &str, words: &str) {
    let p = Palette::of(ui);
    let width = ui.available_width();
    let indent = if width > 480.0 { 140.0 } else { 52.0 };
    let galley =
        ui.painter().layout(words.to_owned(), text::regular(text::CAPTION), p.text3, (width - indent).max(80.0));
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y + 2.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("{at} {words}")));
    ui.painter().galley(rect.min + vec2(indent, 1.0), galley, p.text3);
}

fn table_ui(ui: &mut Ui, table: &Table) -> Option<String> {
    let mut go = None;
    let width = ui.available_width();
    if width < 820.0 {
        for (row, cells) in &table.rows {
            heading(ui, 5, row, text::BODY);
            for (column, links) in table.columns.iter().zip(cells).filter(|(_, links)| !links.is_empty()) {
                widgets::caption(ui, column);
                links_ui(ui, links, row, column, &mut go);
            }
            ui.add_space(6.0);
        }
        return go;
    }
    widgets::part(ui, Role::Table, "", |ui| wide_table_ui(ui, table, &mut go));
    go
}

fn wide_table_ui(ui: &mut Ui, table: &Table, go: &mut Option<String>) {
    let p = Palette::of(ui);
    let first = 128.0;
    let each = (ui.available_width() - first) / cast(table.columns.len());
    let row_of = |ui: &mut Ui, above: bool, cells: &mut dyn FnMut(&mut Ui, usize)| {
        ui.horizontal_top(|ui| {
            widgets::is_part(ui, Role::Row, "");
            ui.spacing_mut().item_spacing.x = 0.0;
            for n in 0..=table.columns.len() {
                let wide = if n == 0 { first } else { each };
                let role = match (above, n) {
                    (true, 1..) => Role::ColumnHeader,
                    (false, 0) => Role::RowHeader,
                    _ => Role::Cell,
                };
                ui.allocate_ui_with_layout(vec2(wide, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                    widgets::is_part(ui, role, "");
                    ui.set_min_width(wide);
                    ui.set_max_width(wide - 8.0);
                    ui.spacing_mut().item_spacing.y = 2.0;
                    cells(ui, n);
                });
            }
        });
    };
    row_of(ui, true, &mut |ui, n| {
        if let Some(column) = n.checked_sub(1).and_then(|n| table.columns.get(n)) {
            ui.label(rich(column, text::bold(text::CAPTION), p.text2));
        }
    });
    for (row, cells) in &table.rows {
        line(ui);
        row_of(ui, false, &mut |ui, n| match n.checked_sub(1) {
            None => {
                ui.label(rich(row, text::bold(text::CAPTION), p.text2));
            }
            Some(n) => links_ui(ui, &cells[n], row, &table.columns[n], go),
        });
    }
}

/// A hairline.
pub fn line(ui: &mut Ui) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, p.line));
}

fn links_ui(ui: &mut Ui, links: &[Link], row: &str, column: &str, go: &mut Option<String>) {
    let p = Palette::of(ui);
    for link in links {
        let words = rich(&link.words, text::regular(text::CAPTION), p.text).underline();
        ui.scope(|ui| {
            ui.spacing_mut().button_padding = vec2(4.0, 3.0);
            let button = egui::Button::new(words).wrap().fill(Color32::TRANSPARENT).stroke(Stroke::NONE);
            let response = ui.add(button.min_size(vec2(ui.available_width(), 24.0)));
            widgets::ring(ui, &response);
            widgets::named(ui, &response, &format!("{}: {row}, {column}", link.words));
            if response.clicked() {
                *go = Some(link.to.clone());
            }
        });
    }
}

fn cast(count: usize) -> f32 {
    f32::from(u16::try_from(count.max(1)).unwrap_or(u16::MAX))
}
