//! The list over the ask bar, painted: what was found, and last of all one's own words.

use std::sync::Arc;

use bevy_egui::egui::text::{LayoutJob, TextFormat};
use bevy_egui::egui::{self, Align2, CornerRadius, Key, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::ask_rows::Row;
use super::state::Ask;
use crate::app::keys::{self, Command};
use crate::app::library::Library;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;

/// Where the list is in the tree of a screen reader.
pub fn list_id() -> egui::Id {
    egui::Id::new("what can be said")
}

/// Where a row of it is.
pub fn row_id(n: usize) -> egui::Id {
    list_id().with(n)
}

/// The list; the place of the row that was clicked. `tallest` is the height of the whole ask bar.
pub fn list_ui(
    ui: &mut Ui,
    library: &Library,
    rows: &[Row],
    own_words: Option<&Row>,
    ask: &mut Ask,
    tallest: f32,
) -> Option<usize> {
    if rows.is_empty() && own_words.is_none() {
        return None;
    }
    ui.scope_builder(egui::UiBuilder::new().id(list_id()), |ui| {
        ui.ctx().accesskit_node_builder(list_id(), |node| {
            node.set_role(egui::accesskit::Role::ListBox);
            node.set_label("What can be said or done");
        });
        rows_ui(ui, library, rows, own_words, ask, tallest)
    })
    .inner
}

fn rows_ui(
    ui: &mut Ui,
    library: &Library,
    rows: &[Row],
    own_words: Option<&Row>,
    ask: &mut Ask,
    tallest: f32,
) -> Option<usize> {
    let mut picked = None;
    let height = if ui.available_width() > 560.0 { 33.0 } else { 29.0 };
    let own_height = if own_words.is_some() { height } else { 0.0 };
    let room = (tallest - 100.0 - own_height).max(3.0 * height);
    let room = whole_rows(ui, rows, height, room);
    let typed = ask.typed.trim().to_owned();
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.y, 0.0);
    let arrows = format!("{} {}", icons::ARROW_UP, icons::ARROW_DOWN);
    let scroll = egui::ScrollArea::vertical().id_salt("found").max_height(room).min_scrolled_height(room);
    scroll.show(ui, |ui| {
        let width = ui.available_width();
        for (n, row) in rows.iter().enumerate() {
            let marks = if row.found { library.index.marks(&typed, &row.text) } else { Vec::new() };
            let job = marked(&row.text, &marks, Palette::of(ui));
            let key = match n {
                _ if n == ask.chosen => "Enter",
                0 if rows.len() > 1 => &arrows,
                _ => "",
            };
            let painted = Painted { job, beside: &row.beside, key, width, height };
            if row_ui(ui, n, &painted, row, ask) {
                picked = Some(n);
            }
        }
    });
    if let Some(row) = own_words {
        let p = Palette::of(ui);
        let words = format!("{}  {}", icons::QUOTES, row.text);
        let job = LayoutJob::single_section(words, TextFormat::simple(text::regular(text::BODY), p.text2));
        let key = keys::words(ui.ctx(), Command::SayAsTyped);
        let key = if ask.chosen == rows.len() { "Enter" } else { &key };
        let painted = Painted { job, beside: &row.beside, key, width: ui.available_width(), height };
        if row_ui(ui, rows.len(), &painted, row, ask) {
            picked = Some(rows.len());
        }
    }
    announce(ui, rows.get(ask.chosen).or(own_words), ask.chosen, rows.len() + own_words.iter().len());
    ui.spacing_mut().item_spacing.y = gap;
    ui.add_space(2.0);
    picked
}

/// The keyboard stays in the field while one goes up and down: a screen reader is told where one is.
fn announce(ui: &Ui, chosen: Option<&Row>, place: usize, of: usize) {
    let Some(row) = chosen else { return };
    // There the field itself says which option is the active one.
    if cfg!(target_arch = "wasm32") {
        return;
    }
    let rect = Rect::from_min_size(ui.cursor().min, vec2(1.0, 1.0));
    let status = ui.interact(rect, ui.id().with("chosen row"), egui::Sense::hover());
    ui.ctx().accesskit_node_builder(status.id, |node| {
        node.set_role(egui::accesskit::Role::Status);
        node.set_live(egui::accesskit::Live::Polite);
        node.set_value(format!("{} of {of}: {}", place + 1, row.text));
    });
}

/// As much room as whole rows take: none is cut in two.
fn whole_rows(ui: &Ui, rows: &[Row], height: f32, room: f32) -> f32 {
    let width = ui.available_width() - ui.spacing().scroll.allocated_width();
    let mut whole = 0.0;
    for row in rows {
        let tall = layout(ui, &plain(row, Palette::of(ui)), &row.beside, width).tall.max(height);
        if whole > 0.0 && whole + tall > room {
            break;
        }
        whole += tall;
    }
    whole
}

/// A row laid out.
struct Laid {
    words: Arc<egui::Galley>,
    beside: Arc<egui::Galley>,
    keys: f32,
    tall: f32,
}

fn layout(ui: &Ui, words: &LayoutJob, beside: &str, width: f32) -> Laid {
    let p = Palette::of(ui);
    let roomy = width > 500.0;
    let keys = if roomy { 96.0 } else { 0.0 };
    let beside = if roomy { beside } else { "" };
    let beside = ui.painter().layout_no_wrap(beside.to_owned(), text::regular(text::CAPTION), p.text3);
    let mut job = words.clone();
    job.wrap.max_width = (width - 32.0 - beside.size().x - keys).max(120.0);
    let words = ui.painter().layout_job(job);
    Laid { tall: words.size().y + 10.0, words, beside, keys }
}

fn plain(row: &Row, p: &Palette) -> LayoutJob {
    LayoutJob::single_section(row.text.clone(), TextFormat::simple(text::regular(text::BODY), p.text))
}

/// How one row looks.
struct Painted<'a> {
    job: LayoutJob,
    beside: &'a str,
    key: &'a str,
    width: f32,
    height: f32,
}

/// One row; whether it was clicked.
fn row_ui(ui: &mut Ui, n: usize, painted: &Painted<'_>, row: &Row, ask: &mut Ask) -> bool {
    let p = Palette::of(ui);
    let Laid { words, beside, keys, tall } = layout(ui, &painted.job, painted.beside, painted.width);
    let chosen = n == ask.chosen;
    let says = if row.beside.is_empty() { row.text.clone() } else { format!("{}, {}", row.text, row.beside) };
    let (rect, response) = widgets::row(ui, row_id(n), tall.max(painted.height), chosen, &says);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::ListBoxOption);
        node.set_selected(chosen);
    });
    let painter = ui.painter();
    let middle = rect.center().y;
    painter.galley(pos2(rect.left() + 10.0, middle - words.size().y / 2.0), words, p.text);
    let at = pos2(rect.right() - keys - beside.size().x - 8.0, middle - beside.size().y / 2.0);
    painter.galley(at, beside, p.text3);
    if keys > 0.0 && !painted.key.is_empty() {
        let words = ui.painter().layout_no_wrap(painted.key.to_owned(), text::mono(text::CAPTION), p.text2);
        let size = words.size() + vec2(10.0, 4.0);
        let place = Align2::RIGHT_CENTER.anchor_size(pos2(rect.right() - 8.0, middle), size);
        key_paint(ui, place, words);
    }
    let by_key = |input: &egui::InputState| {
        [Key::ArrowDown, Key::ArrowUp, Key::PageDown, Key::PageUp].into_iter().any(|key| input.key_down(key))
    };
    if chosen && ui.input(by_key) {
        ui.scroll_to_rect(rect, None);
    }
    if response.clicked() {
        ask.chosen = n;
    }
    response.clicked()
}

/// A key as it stands on the keyboard.
pub fn key_ui(ui: &mut Ui, words: &str) {
    let galley = ui.painter().layout_no_wrap(words.to_owned(), text::mono(text::CAPTION), Palette::of(ui).text2);
    let (rect, _) = ui.allocate_exact_size(galley.size() + vec2(10.0, 4.0), egui::Sense::hover());
    key_paint(ui, rect, galley);
}

/// The same, painted into its place.
fn key_paint(ui: &Ui, rect: Rect, words: Arc<egui::Galley>) {
    let p = Palette::of(ui);
    let edge = Stroke::new(1.0, p.edge);
    ui.painter().rect(rect, CornerRadius::same(4), p.bg1, edge, StrokeKind::Inside);
    ui.painter().galley(rect.min + vec2(5.0, 2.0), words, p.text2);
}

/// What was typed stands out.
fn marked(words: &str, marks: &[std::ops::Range<usize>], p: &Palette) -> LayoutJob {
    let plain = TextFormat::simple(text::regular(text::BODY), p.text);
    let strong = TextFormat::simple(text::bold(text::BODY), p.accent);
    let mut job = LayoutJob::default();
    let mut at = 0;
    for mark in marks {
        job.append(&words[at..mark.start], 0.0, plain.clone());
        job.append(&words[mark.clone()], 0.0, strong.clone());
        at = mark.end;
    }
    job.append(&words[at..], 0.0, plain);
    job
}
