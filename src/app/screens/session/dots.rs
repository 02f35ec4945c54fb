//! All decisions at once, as dots without names on the rungs of the ladder.

use bevy_egui::egui::{
    self, CornerRadius, Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::frame::{USUAL, View};
use crate::app::screens::parts::{registered_mark, under_or_over};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::sharing::session::Reveal;

/// The panel; small beside the talk.
pub fn dots_ui(ui: &mut Ui, view: &View, whole: bool) {
    let p = Palette::of(ui);
    let Some(reveal) = view.reveal() else { return };
    widgets::in_panel(ui, |ui| {
        let rings =
            if reveal.by_registration { "diamonds: registered, rings: not registered" } else { "a ring a person" };
        let beside = format!("{rings}; less urgent to the right");
        widgets::title(ui, &format!("{} decisions, made blind", reveal.people), &beside);
        rungs_ui(ui, &reveal, if whole { 34.0 } else { 22.0 }, p);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 18.0;
            ui.label(rich(format!("{} {} in range", icons::CHECK, reveal.in_range), text::bold(USUAL), p.ok));
            under_or_over(ui, false, format!("{} under", reveal.under), text::bold(USUAL), p.under);
            under_or_over(ui, true, format!("{} over", reveal.over), text::bold(USUAL), p.over);
            if let Some(share) = reveal.same_rung_pairs {
                let words = format!("same rung, pairs: {:.0} %", share * 100.0);
                ui.label(rich(words, text::regular(USUAL), p.text2));
            }
            ui.label(rich(format!("Model answer: {}", reveal.model), text::regular(USUAL), p.text));
        });
    });
    ui.add_space(8.0);
}

fn rungs_ui(ui: &mut Ui, reveal: &Reveal, dot: f32, p: &crate::app::theme::palette::Palette) {
    let most = reveal.rungs.iter().map(|rung| rung.dots).max().unwrap_or(0).max(1);
    let high = (most as f32 * dot).min(260.0);
    let step = high / most as f32;
    let label = 44.0;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), high + label + 12.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, says(reveal)));
    let width = rect.width() / reveal.rungs.len().max(1) as f32;
    let cell = |n: usize| Rect::from_min_size(rect.min + vec2(n as f32 * width, 0.0), vec2(width, rect.height()));
    let range: Vec<usize> = (0..reveal.rungs.len()).filter(|n| reveal.rungs[*n].in_range).collect();
    if let (Some(first), Some(last)) = (range.first(), range.last()) {
        let band = cell(*first).union(cell(*last)).shrink(2.0);
        ui.painter().rect_filled(band, CornerRadius::same(8), p.ok_soft);
        let corners = [band.left_top(), band.right_top(), band.right_bottom(), band.left_bottom(), band.left_top()];
        ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.5, p.ok), 6.0, 4.0));
    }
    for (n, rung) in reveal.rungs.iter().enumerate() {
        let area = cell(n);
        let foot = Rect::from_min_max(
            pos2(area.left() + 4.0, area.bottom() - label),
            pos2(area.right() - 4.0, area.bottom() - 6.0),
        );
        let (fill, ink) = if rung.is_best { (p.ok, p.bg0) } else { (p.bg3, p.text) };
        ui.painter().rect(foot, CornerRadius::same(6), fill, Stroke::NONE, StrokeKind::Inside);
        let name = if rung.is_best { format!("{} {}", icons::CHECK, rung.name) } else { rung.name.clone() };
        let mut job = egui::text::LayoutJob::simple(name, text::regular(text::CAPTION), ink, foot.width() - 4.0);
        job.halign = egui::Align::Center;
        job.wrap.max_rows = 2;
        let galley = ui.painter().layout_job(job);
        ui.painter().galley(pos2(foot.center().x, foot.center().y - galley.size().y / 2.0), galley, ink);
        for place in 0..rung.dots {
            let at = pos2(area.center().x, foot.top() - 6.0 - (place as f32 + 0.5) * step);
            let size = (step * 0.36).clamp(4.0, 10.0);
            let registered = reveal.by_registration && place < rung.registered;
            registered_mark(ui.painter(), at, size, registered, p);
        }
    }
}

/// The picture in words.
fn says(reveal: &Reveal) -> String {
    let there = reveal.rungs.iter().filter(|rung| rung.dots > 0);
    let words: Vec<String> = there
        .map(|rung| format!("{}: {}{}", rung.name, rung.dots, if rung.in_range { ", in range" } else { "" }))
        .collect();
    words.join("; ")
}
