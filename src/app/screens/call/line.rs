//! One line of the transcript: when, who, the words, the pin.

use std::sync::Arc;

use bevy_egui::egui::text::{LayoutJob, TextFormat, TextWrapping};
use bevy_egui::egui::{
    self, Align2, CornerRadius, Galley, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::caption::{Caption, Style, is_spoken_now, readable};
use super::state::Do;
use super::{pin_menu, transcript, voice};
use crate::app::live::Live;
use crate::app::settings::reduced_motion;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::{Line, Speaker};

/// Where a line is in the tree of a screen reader.
pub fn id_of(number: u32) -> egui::Id {
    transcript::id().with(("line", number))
}

/// Widths of time, name and pin; the words have the rest.
struct Columns {
    time: f32,
    name: f32,
    words: f32,
}

const PIN: f32 = 34.0;

fn columns(width: f32) -> Columns {
    let (time, name) = if width > 520.0 { (58.0, 66.0) } else { (52.0, 58.0) };
    Columns { time, name, words: (width - time - name - PIN - 20.0).max(60.0) }
}

fn lay_out(ui: &Ui, live: &Live, line: &Line, width: f32) -> (Caption, Arc<Galley>) {
    let p = Palette::of(ui);
    let live_line = is_spoken_now(live, line) && voice::is_voice(&line.by);
    let large = live_line && width > 480.0;
    let size = if large { text::LIVE } else { text::TRANSCRIPT };
    let caption = Caption::new(live, line, Style { size, still: reduced_motion(ui.ctx()) }, p);
    let mut job = caption.job.clone();
    job.wrap.max_width = columns(width).words;
    let galley = ui.painter().layout_job(job);
    (caption, galley)
}

/// How tall a line is.
pub fn height(ui: &Ui, live: &Live, line: &Line, width: f32) -> f32 {
    tall(&lay_out(ui, live, line, width).1, is_spoken_now(live, line))
}

fn tall(galley: &Galley, spoken_now: bool) -> f32 {
    (galley.size().y + if spoken_now { 20.0 } else { 12.0 }).max(32.0)
}

pub fn line_ui(ui: &mut Ui, live: &Live, number: u32, line: &Line, chosen: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let spoken_now = is_spoken_now(live, line);
    let width = ui.available_width();
    let (caption, galley) = lay_out(ui, live, line, width);
    let (rect, _) = ui.allocate_exact_size(vec2(width, tall(&galley, spoken_now)), Sense::hover());
    describe(ui, live, number, line, rect);
    if chosen || spoken_now {
        let edge = if chosen { Stroke::new(2.0, p.accent) } else { Stroke::new(1.0, p.line) };
        ui.painter().rect(rect, CornerRadius::same(6), p.bg2, edge, StrokeKind::Inside);
    }
    if chosen {
        ui.scroll_to_rect(rect, None);
    }
    let columns = columns(width);
    let painter = ui.painter();
    let top = rect.top() + if spoken_now { 10.0 } else { 6.0 };
    let left = rect.left() + 6.0;
    // On the line of the first words, whatever their size.
    let first = galley.rows.first().map_or(20.0, |row| row.rect().height());
    let middle = top + first / 2.0;
    let time = widgets::clock(line.from);
    painter.text(pos2(left, middle), Align2::LEFT_CENTER, time, text::mono(text::CAPTION), p.text3);
    let name_color = match (&line.by, spoken_now) {
        (Speaker::Trainee, _) => p.accent,
        (_, true) => p.text,
        (_, false) => p.text3,
    };
    let format = TextFormat::simple(text::regular(14.0), name_color);
    let mut name = LayoutJob::single_section(transcript::speaker(live, &line.by), format);
    name.wrap = TextWrapping::truncate_at_width(columns.name - 8.0);
    let name = painter.layout_job(name);
    painter.galley(pos2(left + columns.time, middle - name.size().y / 2.0), name, name_color);
    let at = pos2(left + columns.time + columns.name, top);
    caption.paint_mark(painter, &galley, at, p);
    painter.galley(at, galley, p.text);
    let pin = Rect::from_min_size(pos2(rect.right() - PIN - 4.0, middle - 13.0), vec2(PIN, 26.0));
    pin_menu::pin_ui(ui, live, number, line, pin)
}

/// When, who and the words.
pub fn says(live: &Live, line: &Line) -> String {
    let name = transcript::speaker(live, &line.by);
    let by = if name.is_empty() { String::new() } else { format!(" {name}:") };
    format!("{}{by} {}", widgets::clock(line.from), readable(live, line))
}

/// The line for a screen reader. The last one is read out as it comes.
fn describe(ui: &Ui, live: &Live, number: u32, line: &Line, rect: Rect) {
    let response = ui.interact(rect, id_of(number), Sense::hover());
    let says = says(live, line);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
    // Word by word it would begin anew with each.
    let complete = !live.is_listened_to() || !is_spoken_now(live, line);
    if line.by != Speaker::Trainee && complete && transcript::last_line(live) == Some(number) {
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
    }
}
