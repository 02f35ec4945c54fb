//! The panels around the grid: agreement, leaning, groups, and what is worth a session.

use bevy_egui::egui::{
    self, Align2, CornerRadius, Painter, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::RoomAction;
use super::model::RoomModel;
use crate::agreement::Interval;
use crate::app::screens::parts::{registered_mark, triangle, under_or_over};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::cohort::{Question, Source};
use crate::sharing::room::{Figure, FigureLine, GroupFigures};

/// Agreement on one question, each statistic under its own name, with its limits.
pub fn agreement_ui(ui: &mut Ui, model: &RoomModel) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let figures = &model.figures;
    let beside = format!("{} people, {} items, {} ratings", figures.people, figures.items, figures.decisions);
    widgets::title(ui, "Agreement", &beside);
    ui.horizontal_wrapped(|ui| {
        for question in Question::ALL {
            if widgets::choice(ui, question == figures.question, question.name()).clicked() {
                action = Some(RoomAction::Ask(question, figures.source));
            }
        }
    });
    // Deciding on one's own call is asking and judging, deciding on one replay is judging alone: never in one number.
    ui.horizontal_wrapped(|ui| {
        for (source, words) in [(Source::OwnCall, "On their own calls"), (Source::Replay, "On the same replay")] {
            if widgets::choice(ui, source == figures.source, words).clicked() {
                action = Some(RoomAction::Ask(figures.question, source));
            }
        }
    });
    for line in &figures.lines {
        ui.separator();
        figure_ui(ui, line, p);
    }
    let drawn = format!("Limits: 95 %, {}. Read the limits, not the figure alone.", figures.bootstrap.words());
    widgets::caption(ui, &drawn);
    action
}

fn shown(value: f64, share: bool) -> String {
    if share { format!("{:.0} %", value * 100.0) } else { format!("{value:.2}") }
}

fn between(limits: Interval, share: bool) -> String {
    format!("{} to {}", shown(limits.low, share), shown(limits.high, share))
}

/// A figure in words.
fn in_words(figure: &Figure, share: bool) -> String {
    match figure {
        Figure::Known { value, limits } => format!("{}, {}", shown(*value, share), between(*limits, share)),
        Figure::TooFew(why) | Figure::Undefined(why) => why.clone(),
    }
}

/// One figure: with its limits, or the sentence why there is none.
pub fn figure_ui(ui: &mut Ui, line: &FigureLine, p: &Palette) {
    let share = line.is_share;
    let why = match &line.figure {
        Figure::Known { .. } => None,
        Figure::TooFew(why) | Figure::Undefined(why) => Some(why.clone()),
    };
    let room = ui.available_width() * 0.5;
    let below = text::regular(text::CAPTION);
    let why = why.map(|why| ui.painter().layout(why, below.clone(), p.text2, room));
    let about = ui.painter().layout(line.about.to_owned(), below, p.text3, ui.available_width() - room);
    let height = why.as_ref().map_or(38.0, |galley| galley.size().y).max(21.0 + about.size().y).max(38.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let says = format!("{}, {}: {}", line.name, line.about, in_words(&line.figure, share));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
    let painter = ui.painter();
    painter.text(rect.left_top() + vec2(0.0, 1.0), Align2::LEFT_TOP, line.name, text::regular(text::BODY), p.text);
    painter.galley(rect.left_top() + vec2(0.0, 21.0), about, p.text3);
    if let Some(why) = why {
        painter.galley(pos2(rect.right() - why.size().x, rect.top()), why, p.text2);
    }
    if let Figure::Known { value, limits } = line.figure {
        let right = rect.right();
        let number = text::mono_bold(text::BODY);
        painter.text(pos2(right, rect.top() + 1.0), Align2::RIGHT_TOP, shown(value, share), number, p.text);
        let words = between(limits, share);
        painter.text(pos2(right, rect.bottom()), Align2::RIGHT_BOTTOM, words, text::mono(text::CAPTION), p.text2);
        // Between what it is and its number, where there is room.
        let left = (right - 190.0).max(rect.right() - room + 6.0);
        let scale = Rect::from_min_max(pos2(left, rect.top()), pos2(right - 112.0, rect.bottom()));
        if scale.width() > 44.0 {
            dot(painter, scale, if share { 0.0 } else { -1.0 }, value, Some(limits), p);
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
    let leanings = &model.leanings;
    widgets::title(ui, "Telling apart, and leaning", "");
    if leanings.dots.is_empty() {
        let words = "Shown from twenty calls a person, urgent and not. With fewer it would say more about the calls than \
                     about the person.";
        ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 130.0), Sense::hover());
    let plot = rect.with_min_x(rect.left() + 30.0);
    ui.painter().rect_filled(plot, CornerRadius::same(8), p.bg2);
    let most = leanings.dots.iter().map(|dot| dot.discrimination.0).fold(2.0_f64, f64::max) + 0.3;
    let wide = leanings.dots.iter().map(|dot| dot.threshold.0.abs()).fold(0.6_f64, f64::max) + 0.2;
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
    let middle = [pos2(plot.center().x, plot.top()), pos2(plot.center().x, plot.bottom())];
    ui.painter().extend(Shape::dashed_line(&middle, Stroke::new(1.0, p.edge), 4.0, 4.0));
    ui.painter().text(rect.left_top(), Align2::LEFT_TOP, "d'", small.clone(), p.text3);
    let over = ui.input(|input| input.pointer.hover_pos());
    for dot in &leanings.dots {
        let place = at(dot.threshold.0, dot.discrimination.0);
        registered_mark(ui.painter(), place, 6.0, leanings.by_registration && dot.registered, p);
        // A name only for whoever asks for it, dot by dot.
        if over.is_some_and(|over| over.distance(place) < 8.0) {
            let name = &model.cohort.members[dot.member].name;
            ui.painter().text(place + vec2(9.0, 0.0), Align2::LEFT_CENTER, name, small.clone(), p.text);
        }
    }
    let range = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (d, c) = (
        range(&mut leanings.dots.iter().map(|dot| dot.discrimination.0)),
        range(&mut leanings.dots.iter().map(|dot| dot.threshold.0)),
    );
    let says = format!(
        "{} people: d' from {:.1} to {:.1}, threshold from {:+.1} to {:+.1}; below zero leans urgent",
        leanings.dots.len(),
        d.0,
        d.1,
        c.0,
        c.1
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
    ui.horizontal(|ui| {
        under_or_over(ui, true, "leans urgent", small.clone(), p.over);
        widgets::right(ui, |ui| ui.label(rich("leans calm", small.clone(), p.under)));
    });
    if leanings.by_registration {
        legend_ui(ui, p);
    }
    if leanings.too_few > 0 {
        widgets::caption(ui, &format!("{} people have too few calls for a dot.", leanings.too_few));
    }
}

fn legend_ui(ui: &mut Ui, p: &Palette) {
    ui.horizontal(|ui| {
        for (registered, words) in [(false, "not registered"), (true, "registered")] {
            let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
            registered_mark(ui.painter(), rect.center(), 6.0, registered, p);
            ui.label(rich(words, text::regular(text::CAPTION), p.text2));
        }
    });
}

/// Registered and not, side by side.
pub fn sides_ui(ui: &mut Ui, model: &RoomModel) {
    let p = Palette::of(ui);
    let compared = &model.compared;
    let (same, all) = compared.calls;
    widgets::title(ui, "Registered and not", &format!("{same} of {all} calls have one range for both"));
    if compared.groups.len() < 2 {
        let words = "Groups of fewer than five people are not shown, and one alone is compared with nothing.";
        ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
        return;
    }
    type Pick = fn(&GroupFigures) -> &Figure;
    let rows: [(&str, egui::Color32, bool, Pick); 4] = [
        ("In range", p.text, true, |group| &group.in_range),
        ("Under", p.under, true, |group| &group.under),
        ("Over", p.over, true, |group| &group.over),
        ("AC1", p.text, false, |group| &group.ac1),
    ];
    for (name, ink, share, pick) in rows {
        side_ui(ui, (name, ink, share), [&compared.groups[0], &compared.groups[1]], pick, p);
    }
    legend_ui(ui, p);
}

fn side_ui(
    ui: &mut Ui,
    (name, ink, share): (&str, egui::Color32, bool),
    groups: [&GroupFigures; 2],
    pick: fn(&GroupFigures) -> &Figure,
    p: &Palette,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::hover());
    let value = |group: &GroupFigures| match pick(group) {
        Figure::Known { value, .. } => shown(*value, share),
        _ => "–".to_owned(),
    };
    let words = format!("{} / {}", value(groups[0]), value(groups[1]));
    let told = groups.map(|group| format!("{} {}", group.name, in_words(pick(group), share)));
    let says = format!("{}: {}", name, told.join("; "));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
    let painter = ui.painter();
    let shift = match name {
        "Under" | "Over" => {
            triangle(painter, rect.left_center() + vec2(6.0, 0.0), name == "Over", ink);
            18.0
        }
        _ => 0.0,
    };
    let at = rect.left_center() + vec2(shift, 0.0);
    painter.text(at, Align2::LEFT_CENTER, name, text::regular(text::BODY), ink);
    painter.text(rect.right_center(), Align2::RIGHT_CENTER, words, text::mono(14.0), p.text);
    let scale = Rect::from_min_max(pos2(rect.left() + 92.0, rect.top()), pos2(rect.right() - 116.0, rect.bottom()));
    if scale.width() < 60.0 {
        return;
    }
    let low = if share { 0.0 } else { -1.0 };
    let x = |value: f64| egui::lerp(scale.x_range(), ((value - low) / (1.0 - low)).clamp(0.0, 1.0) as f32);
    for (group, y, registered) in [(groups[0], -6.0, true), (groups[1], 6.0, false)] {
        let y = scale.center().y + y;
        painter.hline(scale.x_range(), y, Stroke::new(1.0, p.line));
        let Figure::Known { value, limits } = pick(group) else { continue };
        painter.line_segment([pos2(x(limits.low), y), pos2(x(limits.high), y)], Stroke::new(2.0, p.text2));
        registered_mark(painter, pos2(x(*value), y), 6.0, registered, p);
    }
}

/// How hard each call is, and whether it looks broken: under the grid.
pub fn items_ui(ui: &mut Ui, model: &RoomModel) {
    let p = Palette::of(ui);
    let flagged: Vec<String> = model
        .grid
        .columns
        .iter()
        .zip(&model.numbers)
        .filter(|(column, _)| !column.flags.is_empty())
        .map(|(column, number)| format!("{number}: {}", column.flags.join("; ")))
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
