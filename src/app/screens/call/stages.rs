//! The stages of a call: where the trainee says they are. Any can be opened, none gates another.

use bevy_egui::egui::text::{LayoutJob, TextFormat};
use bevy_egui::egui::{
    self, Align, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::state::Do;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::{Action, Event};
use crate::standards::Stage;

/// The stages a trainee can declare: in full, and where there is little room.
const STAGES: [(Stage, &str, &str); 7] = [
    (Stage::Open, "Open", "Open"),
    (Stage::First, "Emergency check", "Emergency"),
    (Stage::Story, "Story", "Story"),
    (Stage::Detail, "Detail", "Detail"),
    (Stage::Context, "Context", "Context"),
    (Stage::Plan, "Plan", "Plan"),
    (Stage::Close, "Close", "Close"),
];

/// As one strip, with numbers where there is room.
pub fn strip_ui(ui: &mut Ui, live: &Live, roomy: bool) -> Option<Do> {
    let mut todo = None;
    ui.spacing_mut().item_spacing.x = 0.0;
    for (n, (stage, ..)) in STAGES.iter().enumerate() {
        let ends = (n == 0, n + 1 == STAGES.len());
        if stage_ui(ui, live, n, roomy, ends).clicked() {
            todo = Some(Do::Act(Action::EnterStage(*stage)));
        }
    }
    todo
}

/// One below the other as room allows, for the tab.
pub fn list_ui(ui: &mut Ui, live: &Live) -> Option<Do> {
    let mut todo = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (n, (stage, ..)) in STAGES.iter().enumerate() {
            if stage_ui(ui, live, n, true, (true, true)).clicked() {
                todo = Some(Do::Act(Action::EnterStage(*stage)));
            }
        }
    });
    todo
}

/// How wide the strip is.
pub fn width(ui: &Ui, live: &Live, roomy: bool) -> f32 {
    (0..STAGES.len()).map(|n| words(ui, live, n, roomy).size().x + padding(roomy) * 2.0).sum()
}

fn padding(roomy: bool) -> f32 {
    if roomy { 12.0 } else { 9.0 }
}

fn standing(live: &Live, n: usize) -> (bool, bool) {
    let stage = STAGES[n].0;
    let here = live.call().state().stage == stage;
    let declared = |event: &crate::call::TimedEvent| event.event == Event::Stage(stage);
    let been = stage == Stage::Open || live.call().events().iter().any(declared);
    (here, been && !here)
}

fn words(ui: &Ui, live: &Live, n: usize, roomy: bool) -> std::sync::Arc<egui::Galley> {
    let p = Palette::of(ui);
    let (here, been) = standing(live, n);
    let (_, long, short) = STAGES[n];
    let mut job = LayoutJob::default();
    let mut add = |words: &str, gap: f32, font, color| {
        job.append(words, gap, TextFormat { valign: Align::Center, ..TextFormat::simple(font, color) });
    };
    if been {
        add(icons::CHECK_CIRCLE, 0.0, text::icon_fill(16.0), p.accent);
    } else if roomy {
        let color = if here { p.accent } else { p.text3 };
        add(&format!("{}", n + 1), 0.0, text::mono(text::CAPTION), color);
    }
    let (font, color) = if here { (text::bold(14.0), p.text) } else { (text::regular(14.0), p.text2) };
    let gap = if been || roomy { 7.0 } else { 0.0 };
    add(if roomy { long } else { short }, gap, font, color);
    ui.painter().layout_job(job)
}

fn stage_ui(ui: &mut Ui, live: &Live, n: usize, roomy: bool, (first, last): (bool, bool)) -> egui::Response {
    let p = Palette::of(ui);
    let (here, been) = standing(live, n);
    let words = words(ui, live, n, roomy);
    let size = vec2(words.size().x + padding(roomy) * 2.0, 34.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let enabled = ui.is_enabled();
    let state = if been { ", opened before" } else { "" };
    let says = format!("Stage {}: {}{state}", n + 1, STAGES[n].1);
    response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, enabled, here, &says));
    let (fill, edge) = match (here, response.hovered()) {
        (true, _) => (p.accent_soft, Stroke::new(1.0, p.accent)),
        (false, true) => (p.bg3, Stroke::new(1.0, p.edge)),
        (false, false) => (p.bg1, Stroke::new(1.0, p.edge)),
    };
    let round = |is: bool| if is { 8 } else { 0 };
    let corners = CornerRadius { nw: round(first), sw: round(first), ne: round(last), se: round(last) };
    // Neighbours share an edge.
    let shape = Rect::from_min_max(rect.min, pos2(rect.right() + if last { 0.0 } else { 1.0 }, rect.bottom()));
    ui.painter().rect(shape, corners, fill, edge, StrokeKind::Inside);
    let at = pos2(rect.left() + padding(roomy), rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, p.text);
    widgets::ring(ui, &response);
    response
}
