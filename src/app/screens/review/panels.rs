//! The panels around the grid: agreement, leaning, groups, and what is worth a session.

use bevy_egui::egui::{
    self, Align2, CornerRadius, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};

use super::model::{Figure, RoomModel, Side};
use super::{RoomAction, Standing};
use crate::agreement::Interval;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::cohort::Question;

/// Agreement on one question, each statistic under its own name, with its limits.
pub fn agreement_ui(ui: &mut Ui, model: &RoomModel) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let cohort = &model.cohort;
    let beside = format!("{} people, {} calls, {} ratings", cohort.members.len(), cohort.items.len(), model.decisions);
    widgets::title(ui, "Agreement", &beside);
    ui.horizontal_wrapped(|ui| {
        for question in Question::ALL {
            if widgets::choice(ui, question == model.question, question.name()).clicked() {
                action = Some(RoomAction::Ask(question));
            }
        }
    });
    for figure in &model.figures {
        ui.separator();
        figure_ui(ui, figure, model.too_few.is_some(), p);
    }
    if let Some(why) = &model.too_few {
        widgets::caption(ui, &sentence(why));
    }
    widgets::caption(
        ui,
        "Limits: 95 %, from a thousand draws of the calls. Read the interval, not the dot. Deciding on one's own call; \
         judging one replay together is another thing and is not mixed in.",
    );
    action
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

fn shown(value: f64, share: bool) -> String {
    if share { format!("{:.0} %", value * 100.0) } else { format!("{value:.2}") }
}

fn figure_ui(ui: &mut Ui, figure: &Figure, too_few: bool, p: &Palette) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 38.0), Sense::hover());
    let value = match &figure.value {
        Ok(_) if too_few && !figure.share => Err("too few to interpret".to_owned()),
        other => other.clone(),
    };
    let limits = figure.limits.filter(|_| value.is_ok());
    let words = match (&value, limits) {
        (Err(why), _) => why.clone(),
        (Ok(value), None) => shown(*value, figure.share),
        (Ok(value), Some(at)) => {
            format!(
                "{}, {} to {}",
                shown(*value, figure.share),
                shown(at.low, figure.share),
                shown(at.high, figure.share)
            )
        }
    };
    response.widget_info(|| {
        WidgetInfo::labeled(WidgetType::Label, true, format!("{}, {}: {words}", figure.name, figure.about))
    });
    let painter = ui.painter();
    painter.text(rect.left_top() + vec2(0.0, 1.0), Align2::LEFT_TOP, figure.name, text::regular(text::BODY), p.text);
    let below = text::regular(text::CAPTION);
    painter.text(rect.left_bottom(), Align2::LEFT_BOTTOM, figure.about, below.clone(), p.text3);
    match value {
        Err(why) => {
            let room = rect.width() * 0.46;
            let galley = painter.layout(why, below, p.text2, room);
            painter.galley(
                pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0),
                galley,
                p.text2,
            );
        }
        Ok(value) => {
            let right = rect.right();
            painter.text(
                pos2(right, rect.top() + 1.0),
                Align2::RIGHT_TOP,
                shown(value, figure.share),
                text::mono_bold(text::BODY),
                p.text,
            );
            if let Some(at) = limits {
                let words = format!("{} to {}", shown(at.low, figure.share), shown(at.high, figure.share));
                painter.text(
                    pos2(right, rect.bottom()),
                    Align2::RIGHT_BOTTOM,
                    words,
                    text::mono(text::CAPTION),
                    p.text2,
                );
            }
            let scale = Rect::from_min_max(pos2(right - 200.0, rect.top()), pos2(right - 108.0, rect.bottom()));
            if rect.width() > 400.0 {
                dot(painter, scale, if figure.share { 0.0 } else { -1.0 }, value, limits, p);
            }
        }
    }
}

/// A value on its scale from `low` to 1, with its limits.
fn dot(painter: &Painter, rect: Rect, low: f64, value: f64, limits: Option<Interval>, p: &Palette) {
    let y = rect.center().y;
    let x = |value: f64| egui::lerp(rect.x_range(), ((value - low) / (1.0 - low)).clamp(0.0, 1.0) as f32);
    painter.hline(rect.x_range(), y, Stroke::new(2.0, p.line));
    for tick in [rect.left(), rect.center().x, rect.right()] {
        painter.vline(tick, y - 5.0..=y + 5.0, Stroke::new(1.0, p.line));
    }
    if let Some(limits) = limits {
        painter.line_segment([pos2(x(limits.low), y), pos2(x(limits.high), y)], Stroke::new(3.0, p.accent));
    }
    painter.circle(pos2(x(value), y), 5.0, p.text, Stroke::new(2.0, p.bg1));
}

/// Telling urgent from not, apart from how readily one calls it urgent.
pub fn leaning_ui(ui: &mut Ui, model: &RoomModel) {
    let p = Palette::of(ui);
    widgets::title(ui, "Telling apart, and leaning", "");
    let found = |n: usize| {
        let report = &model.people[n];
        Some((n, report.threshold?, report.discrimination?))
    };
    let points: Vec<_> = (0..model.people.len()).filter_map(found).collect();
    if points.is_empty() {
        let words = "Shown from twenty calls a person, urgent and not. With fewer it would say more about the calls than \
                     about the person.";
        ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
        return;
    }
    let height = (ui.available_height() - 44.0).clamp(90.0, 150.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let plot = rect.with_min_x(rect.left() + 40.0);
    ui.painter().rect_filled(plot, CornerRadius::same(8), p.bg2);
    let most = points.iter().map(|(_, _, d)| d.shrunk).fold(2.0_f64, f64::max) + 0.3;
    let wide = points.iter().map(|(_, c, _)| c.shrunk.abs()).fold(0.6_f64, f64::max) + 0.2;
    let at = |c: f64, d: f64| {
        pos2(
            egui::lerp(plot.x_range(), ((c / wide + 1.0) / 2.0) as f32),
            egui::lerp(plot.bottom()..=plot.top(), (d.max(0.0) / most) as f32),
        )
    };
    let small = text::regular(text::CAPTION);
    for level in 1..=(most as u32) {
        let y = at(0.0, level.into()).y;
        ui.painter().hline(plot.x_range(), y, Stroke::new(1.0, p.line));
        ui.painter().text(pos2(plot.left() - 6.0, y), Align2::RIGHT_CENTER, level.to_string(), small.clone(), p.text3);
    }
    ui.painter().extend(Shape::dashed_line(
        &[pos2(plot.center().x, plot.top()), pos2(plot.center().x, plot.bottom())],
        Stroke::new(1.0, p.edge),
        4.0,
        4.0,
    ));
    ui.painter().text(pos2(rect.left(), plot.top()), Align2::LEFT_TOP, "d′", small.clone(), p.text3);
    let over = ui.input(|input| input.pointer.hover_pos());
    for (n, c, d) in &points {
        let member = &model.cohort.members[*n];
        let place = at(c.shrunk, d.shrunk);
        mark(ui.painter(), place, member.registered, p);
        if over.is_some_and(|over| over.distance(place) < 8.0) || points.len() <= 6 {
            ui.painter().text(place + vec2(9.0, 0.0), Align2::LEFT_CENTER, &member.name, small.clone(), p.text);
        }
    }
    let says: Vec<String> = points
        .iter()
        .map(|(n, c, d)| format!("{}: d′ {:.1}, threshold {:+.1}", model.cohort.members[*n].name, d.shrunk, c.shrunk))
        .collect();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, says.join("; ")));
    ui.horizontal(|ui| {
        ui.label(rich("▲ leans urgent", small.clone(), p.over));
        widgets::right(ui, |ui| ui.label(rich("leans calm ▼", small.clone(), p.under)));
    });
    legend_ui(ui, p);
}

/// Registered is a filled diamond, not registered an open circle.
fn mark(painter: &Painter, at: Pos2, registered: bool, p: &Palette) {
    if registered {
        let points = [vec2(0.0, -6.0), vec2(6.0, 0.0), vec2(0.0, 6.0), vec2(-6.0, 0.0)].map(|by| at + by);
        painter.add(Shape::convex_polygon(points.to_vec(), p.text, Stroke::NONE));
    } else {
        painter.circle(at, 5.0, p.bg1, Stroke::new(2.0, p.text));
    }
}

fn legend_ui(ui: &mut Ui, p: &Palette) {
    ui.horizontal(|ui| {
        for (registered, words) in [(false, "not registered"), (true, "registered")] {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
            mark(ui.painter(), rect.center(), registered, p);
            ui.label(rich(words, text::regular(text::CAPTION), p.text2));
        }
    });
}

/// Registered and not, side by side.
pub fn sides_ui(ui: &mut Ui, model: &RoomModel) {
    let p = Palette::of(ui);
    widgets::title(ui, "Registered and not", "95 % intervals; calls with one range for both");
    let [first, second] = model.sides.as_slice() else { return };
    if first.people.is_none() && second.people.is_none() {
        ui.label(rich("Groups of fewer than five people are not shown.", text::regular(text::BODY), p.text2));
        return;
    }
    for (n, name, ink) in [(0, "In range", p.text), (1, "▼ Under", p.under), (2, "▲ Over", p.over), (3, "AC1", p.text)]
    {
        side_ui(ui, n, name, ink, [first, second], p);
    }
    legend_ui(ui, p);
    for side in [first, second].into_iter().filter(|side| side.people.is_none()) {
        widgets::caption(ui, &format!("{}: fewer than five people, not shown", side.name));
    }
}

fn side_ui(ui: &mut Ui, n: usize, name: &str, ink: egui::Color32, sides: [&Side; 2], p: &Palette) {
    let share = n < 3;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let words: Vec<String> = sides
        .iter()
        .map(|side| side.figures[n].map_or_else(|| "–".to_owned(), |(value, _)| shown(value, share)))
        .collect();
    let says = format!("{name}: {} {}, {} {}", sides[0].name, words[0], sides[1].name, words[1]);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, says.replace(['▲', '▼'], "")));
    let painter = ui.painter();
    painter.text(rect.left_center(), Align2::LEFT_CENTER, name, text::regular(text::BODY), ink);
    painter.text(rect.right_center(), Align2::RIGHT_CENTER, words.join(" / "), text::mono(14.0), p.text);
    let scale = Rect::from_min_max(pos2(rect.left() + 92.0, rect.top()), pos2(rect.right() - 104.0, rect.bottom()));
    if scale.width() < 60.0 {
        return;
    }
    let low = if share { 0.0 } else { -1.0 };
    let x = |value: f64| egui::lerp(scale.x_range(), ((value - low) / (1.0 - low)).clamp(0.0, 1.0) as f32);
    for (side, y, registered) in [(sides[0], -6.0, true), (sides[1], 6.0, false)] {
        let y = scale.center().y + y;
        painter.hline(scale.x_range(), y, Stroke::new(1.0, p.line));
        let Some((value, limits)) = side.figures[n] else { continue };
        if let Some(at) = limits {
            painter.line_segment([pos2(x(at.low), y), pos2(x(at.high), y)], Stroke::new(2.0, p.text2));
        }
        mark(painter, pos2(x(value), y), registered, p);
    }
}

/// Calls by how much there is to learn from them, to be put into a session.
pub fn plan_ui(ui: &mut Ui, model: &RoomModel, standing: &Standing) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::title(ui, "Plan a session", "Most to learn from, first");
    if model.plan.is_empty() {
        ui.label(rich("Everybody is in range on every call.", text::regular(text::BODY), p.text2));
    }
    for suggestion in &model.plan {
        let number = &model.columns[suggestion.column].number;
        ui.separator();
        ui.horizontal(|ui| {
            let mut planned = standing.planned.contains(&suggestion.column);
            let tick = widgets::tick(ui, &mut planned, "", &format!("Call {number} in the session"));
            widgets::ring(ui, &tick);
            if tick.clicked() {
                action = Some(RoomAction::Plan(suggestion.column));
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                ui.label(rich(format!("Call {number}"), text::bold(text::BODY), p.text));
                ui.label(rich(&suggestion.words, text::regular(text::CAPTION), p.text2));
            });
            widgets::right(ui, |ui| lean_ui(ui, suggestion.lean, p));
        });
    }
    action
}

fn lean_ui(ui: &mut Ui, lean: i32, p: &Palette) {
    let (words, ink, fill) = match lean {
        0 => ("▼▲".to_owned(), p.text2, p.bg3),
        lean if lean < 0 => (format!("▼ {}", lean.unsigned_abs()), p.under, p.under_soft),
        lean => (format!("▲ {lean}"), p.over, p.over_soft),
    };
    let galley = ui.painter().layout_no_wrap(words.clone(), text::bold(text::CAPTION), ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 8.0), Sense::hover());
    ui.painter().rect(rect, CornerRadius::same(4), fill, Stroke::NONE, StrokeKind::Inside);
    ui.painter().galley(rect.min + vec2(8.0, 4.0), galley, ink);
    let says = match lean {
        0 => "as many under as over".to_owned(),
        lean if lean < 0 => format!("{} more under than over", lean.unsigned_abs()),
        lean => format!("{lean} more over than under"),
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
}

/// How hard each call is, and whether it looks broken: under the grid.
pub fn items_ui(ui: &mut Ui, model: &RoomModel) {
    let p = Palette::of(ui);
    let flagged: Vec<String> = model
        .columns
        .iter()
        .filter_map(|column| {
            let report = model.calls.get(column.item).filter(|report| !report.flags.is_empty())?;
            let why: Vec<String> = report.flags.iter().map(|flag| super::words::flag(flag, &model.cohort)).collect();
            Some(format!("{}: {}", column.number, why.join("; ")))
        })
        .collect();
    if flagged.is_empty() {
        return;
    }
    widgets::notice(ui, p.cue, p.cue_soft, |ui| {
        let words = format!("{}  Check these calls before anybody is asked about them", icons::FLAG);
        ui.label(rich(words, text::bold(text::BODY), p.text));
        for line in flagged {
            ui.add(egui::Label::new(rich(line, text::regular(14.0), p.text2)).wrap());
        }
    });
}
