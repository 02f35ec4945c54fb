//! The strip lying: rungs in a row, labels over them, the steps beneath.

use std::sync::Arc;

use bevy_egui::egui::{self, Align2, Galley, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::{Strip, centred, dashed, galley, pill};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;

pub fn lying_ui(ui: &mut Ui, strip: &Strip, widths: &[f32], gap: f32, p: &Palette) {
    let full = ui.available_width();
    let labels = strip.labels(p);
    let most = if labels.len() == 1 { full.min(420.0) } else { (full / 2.0 - 8.0).min(340.0) };
    let over: Vec<_> = labels
        .iter()
        .map(|(rung, heading, words, color)| {
            let heading = centred(ui, heading, text::bold(text::BODY), *color, most);
            let words = centred(ui, words, text::regular(14.0), p.text, most);
            (*rung, heading, words)
        })
        .collect();
    let label_height = over.iter().map(|(_, heading, words)| heading.size().y + words.size().y).fold(0.0, f32::max);
    let pill_height = 38.0;
    let below = if strip.steps == 0 { 24.0 } else { 34.0 };
    let (rect, response) =
        ui.allocate_exact_size(vec2(full, label_height + 10.0 + pill_height + below), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, strip.says()));
    let top = rect.top() + label_height + 8.0;
    let mut left = rect.left() + 4.0;
    let pills: Vec<Rect> = widths
        .iter()
        .map(|width| {
            let pill = Rect::from_min_size(pos2(left, top + 4.0), vec2(*width, pill_height - 4.0));
            left += width + gap;
            pill
        })
        .collect();
    let band = Rect::from_min_max(pills[strip.range.0].min, pills[strip.range.1].max).expand((gap - 1.0).min(4.0));
    dashed(ui, band, p.ok_soft, p.ok);
    for (n, rect) in pills.iter().enumerate() {
        pill(ui, strip, n, *rect, p);
    }
    labels_ui(ui, rect, &over, &pills, p);
    let y = band.bottom() + 12.0;
    steps_ui(ui, strip, &pills, y, p);
    legend_ui(ui, strip, rect, band, (&pills, y), p);
}

/// What the dashes mean, and which way is less urgent: beside the arrow where there is room.
fn legend_ui(ui: &Ui, strip: &Strip, rect: Rect, band: Rect, (pills, y): (&[Rect], f32), p: &Palette) {
    let small = text::regular(text::CAPTION);
    let top = y - 8.0;
    let arrow = strip.decided.filter(|_| strip.steps != 0).map(|decided| {
        let edge = if strip.steps < 0 { strip.range.1 } else { strip.range.0 };
        let (from, to) = (pills[edge].center().x, pills[decided].center().x);
        from.min(to) - 8.0..=from.max(to) + 8.0
    });
    let free = |left: f32, width: f32| {
        let inside = rect.left() <= left && left + width <= rect.right();
        inside && arrow.as_ref().is_none_or(|arrow| left + width < *arrow.start() || *arrow.end() < left)
    };
    let range = galley(ui, "Acceptable range", small.clone(), p.ok, rect.width());
    let width = range.size().x;
    let beside = arrow.as_ref().map_or(band.left(), |arrow| arrow.end() + 4.0);
    let left = [band.left() + 2.0, band.right() - width - 2.0, beside].into_iter().find(|left| free(*left, width));
    let mut end = rect.left();
    if let Some(left) = left {
        ui.painter().galley(pos2(left, top), range, p.ok);
        end = left + width;
    }
    let less = galley(ui, &format!("less urgent {}", icons::ARROW_RIGHT), small, p.text3, rect.width());
    let at = rect.right() - less.size().x;
    if free(at, less.size().x) && end + 12.0 < at {
        ui.painter().galley(pos2(at, top), less, p.text3);
    }
}

/// Labels over their rungs, pushed apart where they would meet.
fn labels_ui(ui: &Ui, rect: Rect, over: &[(usize, Arc<Galley>, Arc<Galley>)], pills: &[Rect], p: &Palette) {
    let half = |n: usize| over[n].1.size().x.max(over[n].2.size().x) / 2.0;
    let clamp = |x: f32, half: f32| x.clamp(rect.left() + half, (rect.right() - half).max(rect.left() + half));
    let mut centres: Vec<f32> = (0..over.len()).map(|n| clamp(pills[over[n].0].center().x, half(n))).collect();
    if let [first, second] = centres.as_mut_slice() {
        let apart = half(0) + half(1) + 20.0;
        let missing = apart - (*second - *first);
        if missing > 0.0 {
            let room = *first - half(0) - rect.left();
            let left = (missing / 2.0).min(room).max(missing - (rect.right() - half(1) - *second));
            *first -= left;
            *second += missing - left;
        }
    }
    for (n, (rung, heading, words)) in over.iter().enumerate() {
        let x = centres[n];
        ui.painter().galley(pos2(x, rect.top()), heading.clone(), p.text);
        let y = rect.top() + heading.size().y;
        ui.painter().galley(pos2(x, y), words.clone(), p.text);
        let pill = pills[*rung].center_top();
        if (pill.x - x).abs() > half(n) {
            let from = pos2(x + half(n).copysign(pill.x - x), y + words.size().y / 2.0);
            ui.painter().line(vec![from, pos2(pill.x, from.y), pill], Stroke::new(1.0, p.text3));
        }
    }
}

/// An arrow from the nearest edge of the range, with its steps counted.
fn steps_ui(ui: &Ui, strip: &Strip, pills: &[Rect], y: f32, p: &Palette) {
    let (Some(decided), true) = (strip.decided, strip.steps != 0) else { return };
    let color = strip.own_color(p);
    let edge = if strip.steps < 0 { strip.range.1 } else { strip.range.0 };
    let (from, to) = (pills[edge].center().x, pills[decided].center().x);
    let stroke = Stroke::new(2.0, color);
    ui.painter().hline(from.min(to)..=from.max(to), y, stroke);
    let back = if to > from { -8.0 } else { 8.0 };
    ui.painter().line(vec![pos2(to + back, y - 5.0), pos2(to, y), pos2(to + back, y + 5.0)], stroke);
    let way: Vec<usize> = if edge < decided { (edge..=decided).collect() } else { (decided..=edge).rev().collect() };
    for (step, pair) in way.windows(2).enumerate() {
        let (one, other) = (pills[pair[0]].center().x, pills[pair[1]].center().x);
        let x = one.midpoint(other);
        // Where the rungs are narrow the number alone counts.
        let words = if (one - other).abs() < 44.0 { (step + 1).to_string() } else { format!("step {}", step + 1) };
        ui.painter().text(pos2(x, y + 4.0), Align2::CENTER_TOP, words, text::regular(text::CAPTION), color);
    }
}
