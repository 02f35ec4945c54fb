//! The call on one line: stages, who spoke when, and the marks where they sit.

use bevy_egui::egui::{Align2, CornerRadius, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::mark::Mark;
use super::rows::{Row, Voice};
use super::view::Do;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::call::{Call, Event, clock};
use crate::standards::Stage;

/// A stage in a word or two.
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Open => "Open",
        Stage::First => "Emergency check",
        Stage::Story => "Story",
        Stage::Detail => "Detail",
        Stage::Context => "Context",
        Stage::Plan => "Plan",
        Stage::Close | Stage::Any => "Close",
    }
}

/// The stages as they were declared, from when to when.
pub fn stages(call: &Call) -> Vec<(&'static str, u32, u32)> {
    let mut stages = vec![(stage_name(Stage::Open), 0, 0)];
    for timed in call.events() {
        if let Event::Stage(stage) = timed.event {
            stages.push((stage_name(stage), timed.at, timed.at));
        }
    }
    let end = call.state().now;
    for n in 0..stages.len() {
        stages[n].2 = stages.get(n + 1).map_or(end, |next| next.1);
    }
    stages.retain(|(_, from, until)| until > from);
    stages
}

/// What the timeline shows.
pub struct Timeline<'a> {
    pub stages: &'a [(&'static str, u32, u32)],
    pub rows: &'a [Row],
    /// What whoever took the call is called.
    pub own: &'a str,
    pub marks: &'a [Mark],
    /// Places of the marks that are listed.
    pub shown: &'a [usize],
    pub chosen: Option<usize>,
    /// The chosen moment.
    pub at: Option<u32>,
    /// Where the playing is.
    pub playing: Option<u32>,
    pub end: u32,
    /// So many marks stand over each other at most.
    pub deep: usize,
}

/// Side of a mark, and of the place it takes.
const MARK: f32 = 24.0;
const BIN: f32 = 27.0;

/// Paints it; what was chosen.
pub fn timeline_ui(ui: &mut Ui, model: &Timeline) -> Option<Do> {
    let p = Palette::of(ui);
    let names = if ui.available_width() > 520.0 { 66.0 } else { 48.0 };
    let bins = bins(model, ui.available_width() - names);
    let deep = bins.iter().map(|(_, marks)| marks.len()).max().unwrap_or(0).clamp(1, model.deep);
    let marks_height = deep as f32 * (MARK + 3.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 76.0 + marks_height + 22.0), Sense::hover());
    let track = rect.with_min_x(rect.left() + names).shrink2(vec2(MARK / 2.0, 0.0));
    let x = |at: u32| track.left() + at as f32 / model.end.max(1) as f32 * track.width();
    stages_ui(ui, model, rect, &x, p);
    let small = text::regular(text::CAPTION);
    for (words, y) in [("Caller", 40.0), (model.own, 64.0), ("Marks", 76.0 + marks_height / 2.0)] {
        let at = pos2(rect.left(), rect.top() + y);
        ui.painter().text(at, Align2::LEFT_CENTER, words, small.clone(), p.text2);
    }
    for row in model.rows.iter().filter(|row| row.line.is_some()) {
        let (top, color) = match row.voice {
            Voice::Own => (57.0, p.text3),
            _ => (33.0, p.accent),
        };
        let right = x(row.until).max(x(row.at) + 2.0);
        let block = Rect::from_min_max(pos2(x(row.at), rect.top() + top), pos2(right, rect.top() + top + 14.0));
        ui.painter().rect_filled(block, CornerRadius::same(3), color);
    }
    let mut done = blocks_ui(ui, model, rect, track);
    let marks_top = rect.top() + 76.0;
    ui.painter().hline(track.x_range(), marks_top + marks_height / 2.0, Stroke::new(1.0, p.line));
    times_ui(ui, model, rect, &x, p);
    if let Some(at) = model.at {
        ui.painter().vline(x(at), rect.top() + 24.0..=rect.bottom() - 18.0, Stroke::new(2.0, p.text));
    }
    if let Some(at) = model.playing {
        ui.painter().vline(x(at), rect.top() + 24.0..=rect.bottom() - 18.0, Stroke::new(2.0, p.accent));
    }
    for (middle, marks) in &bins {
        let middle = track.left() + middle;
        for (n, &mark) in marks.iter().take(model.deep).enumerate() {
            let more = if n + 1 == model.deep { marks.len() - model.deep } else { 0 };
            let centre = pos2(middle, marks_top + (n as f32 + 0.5) * (MARK + 3.0));
            let place = Rect::from_center_size(centre, vec2(MARK, MARK));
            if n == 0 {
                let (strong, _) = model.marks[mark].kind.colors(p);
                ui.painter().vline(middle, marks_top - 5.0..=place.top(), Stroke::new(1.5, strong));
            }
            done = mark_ui(ui, model, mark, more, place).or(done);
        }
    }
    done
}

/// The shown marks by their place, each with the middle of its place from the left of the track.
fn bins(model: &Timeline, width: f32) -> Vec<(f32, Vec<usize>)> {
    let width = (width - MARK).max(BIN);
    let count = (width / BIN).floor().max(1.0);
    let mut bins: Vec<(f32, Vec<usize>)> = Vec::new();
    for &mark in model.shown {
        let Some(at) = model.marks[mark].at else { continue };
        let x = at as f32 / model.end.max(1) as f32 * width;
        let bin = (x / width * count).floor().min(count - 1.0);
        let middle = (bin + 0.5) * width / count;
        match bins.iter_mut().find(|(known, _)| (*known - middle).abs() < 1.0) {
            Some((_, marks)) => marks.push(mark),
            None => bins.push((middle, vec![mark])),
        }
    }
    for (_, marks) in &mut bins {
        // The gravest first, and the chosen one before all.
        marks.sort_by_key(|&mark| (model.chosen != Some(mark), model.marks[mark].kind, mark));
    }
    bins
}

fn stages_ui(ui: &Ui, model: &Timeline, rect: Rect, x: &impl Fn(u32) -> f32, p: &Palette) {
    for (name, from, until) in model.stages {
        let bar = Rect::from_min_max(
            pos2(x(*from), rect.top()),
            pos2((x(*until) - 2.0).max(x(*from) + 1.0), rect.top() + 22.0),
        );
        ui.painter().rect_filled(bar, CornerRadius::same(4), p.bg2);
        let words = ui.painter().layout_no_wrap((*name).to_owned(), text::regular(text::CAPTION), p.text2);
        if words.size().x + 10.0 < bar.width() {
            ui.painter().galley(pos2(bar.left() + 5.0, bar.center().y - words.size().y / 2.0), words, p.text2);
        }
    }
}

fn times_ui(ui: &Ui, model: &Timeline, rect: Rect, x: &impl Fn(u32) -> f32, p: &Palette) {
    let room = x(60_000) - x(0);
    let every = [1_u32, 2, 5, 10, 20].into_iter().find(|minutes| room * *minutes as f32 > 90.0).unwrap_or(20);
    let y = rect.bottom() - 9.0;
    let chosen = model.at.map(x);
    for minute in (0..=model.end / 60_000).step_by(every as usize) {
        let at = x(minute * 60_000);
        if chosen.is_none_or(|chosen| (chosen - at).abs() > 52.0) {
            let words = clock(minute * 60_000);
            ui.painter().text(pos2(at, y), Align2::CENTER_CENTER, words, text::mono(text::CAPTION), p.text3);
        }
    }
    if let Some(at) = model.at {
        let middle = x(at).clamp(rect.left() + 24.0, rect.right() - 24.0);
        let pill = Rect::from_center_size(pos2(middle, y), vec2(50.0, 18.0));
        ui.painter().rect_filled(pill, CornerRadius::same(4), p.text);
        ui.painter().text(pill.center(), Align2::CENTER_CENTER, clock(at), text::mono_bold(text::CAPTION), p.bg0);
    }
}

/// A press between the marks goes to what was said then.
fn blocks_ui(ui: &mut Ui, model: &Timeline, rect: Rect, track: Rect) -> Option<Do> {
    let place = Rect::from_min_max(pos2(track.left(), rect.top() + 28.0), pos2(track.right(), rect.top() + 74.0));
    let response = ui.interact(place, ui.id().with("timeline"), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Timeline of the call"));
    let pointer = response.interact_pointer_pos().filter(|_| response.clicked())?;
    let share = ((pointer.x - track.left()) / track.width().max(1.0)).clamp(0.0, 1.0);
    let at = (share * model.end as f32) as u32;
    let row = model.rows.iter().rposition(|row| row.line.is_some() && row.at <= at)?;
    Some(Do::Row(row))
}

fn mark_ui(ui: &mut Ui, model: &Timeline, n: usize, more: usize, place: Rect) -> Option<Do> {
    let p = Palette::of(ui);
    let mark = &model.marks[n];
    let response = ui.interact(place, ui.id().with(("timeline mark", n)), Sense::CLICK);
    let says = format!("On the timeline at {}: {}", clock(mark.at.unwrap_or_default()), mark.title);
    let chosen = model.chosen == Some(n);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, &says));
    let (strong, soft) = mark.kind.colors(p);
    let edge = match (chosen, response.hovered()) {
        (true, _) => Stroke::new(2.0, p.text),
        (false, true) => Stroke::new(2.0, strong),
        (false, false) => Stroke::new(1.2, strong),
    };
    ui.painter().rect(place, CornerRadius::same(6), soft, edge, StrokeKind::Inside);
    if more > 0 {
        let words = format!("+{}", more + 1);
        ui.painter().text(place.center(), Align2::CENTER_CENTER, words, text::bold(text::CAPTION), p.text);
        let hint = format!("{} more marks here", more + 1);
        let clicked = response.on_hover_text(hint).clicked();
        return clicked.then_some(Do::Mark(n));
    }
    let font = mark.kind.font(15.0);
    ui.painter().text(place.center(), Align2::CENTER_CENTER, mark.kind.icon(), font, strong);
    let clicked = response.on_hover_text(format!("{}  {}", clock(mark.at.unwrap_or_default()), mark.title)).clicked();
    clicked.then_some(Do::Mark(n))
}

impl Timeline<'_> {
    /// Whether there is anything to paint.
    pub fn is_worth_it(&self) -> bool {
        self.end > 0 && self.rows.iter().any(|row| row.line.is_some())
    }
}
