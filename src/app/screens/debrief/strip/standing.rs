//! The strip on end: a list of rungs, for narrow windows and large text.

use std::sync::Arc;

use bevy_egui::egui::{self, Align2, Galley, Rect, Sense, Ui, pos2, vec2};

use super::{Strip, dashed, galley, pill};
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;

/// The strip on end: a list of rungs, for narrow windows and large text.
pub fn standing_ui(ui: &mut Ui, strip: &Strip, p: &Palette) {
    let pill_width = strip
        .rungs
        .iter()
        .map(|name| galley(ui, name, text::bold(text::CAPTION), p.text, f32::INFINITY).size().x + 16.0);
    let pill_width = pill_width.fold(90.0, f32::max).min(ui.available_width() * 0.45);
    let full = ui.available_width();
    let beside = full - pill_width - 24.0;
    let labels = strip.labels(p);
    let words = |ui: &Ui, n: usize| -> Vec<Arc<Galley>> {
        let of = labels.iter().filter(|label| label.0 == n);
        of.flat_map(|(_, heading, words, color)| {
            [
                galley(ui, heading, text::bold(text::BODY), *color, beside),
                galley(ui, words, text::regular(14.0), p.text, beside),
            ]
        })
        .collect()
    };
    let beside: Vec<Vec<Arc<Galley>>> = (0..strip.rungs.len()).map(|n| words(ui, n)).collect();
    let height = |n: usize| beside[n].iter().map(|words| words.size().y).sum::<f32>().max(28.0) + 4.0;
    let heights: Vec<f32> = (0..strip.rungs.len()).map(height).collect();
    let (rect, response) = ui.allocate_exact_size(vec2(full, heights.iter().sum::<f32>() + 8.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, strip.says()));
    let mut y = rect.top() + 4.0;
    let pills: Vec<Rect> = heights
        .iter()
        .map(|height| {
            let pill = Rect::from_min_size(pos2(rect.left() + 4.0, y), vec2(pill_width, height - 4.0));
            y += height;
            pill
        })
        .collect();
    let band = Rect::from_min_max(pills[strip.range.0].min, pills[strip.range.1].max).expand(3.0);
    dashed(ui, band, p.ok_soft, p.ok);
    let edge = if strip.steps < 0 { strip.range.1 } else { strip.range.0 };
    for (n, rect) in pills.iter().enumerate() {
        pill(ui, strip, n, *rect, p);
        let mut at = pos2(rect.right() + 14.0, rect.top());
        for words in &beside[n] {
            ui.painter().galley(at, words.clone(), p.text);
            at.y += words.size().y;
        }
        let between = strip.decided.filter(|_| strip.steps != 0).filter(|decided| {
            n.abs_diff(edge) > 0 && n.abs_diff(*decided) + n.abs_diff(edge) == decided.abs_diff(edge)
        });
        if between.is_some() && beside[n].is_empty() {
            let words = format!("step {}", n.abs_diff(edge));
            ui.painter().text(
                rect.right_center() + vec2(14.0, 0.0),
                Align2::LEFT_CENTER,
                words,
                text::regular(text::CAPTION),
                strip.own_color(p),
            );
        }
    }
    widgets::caption(ui, "Most urgent at the top. Dashes: the acceptable range.");
}
