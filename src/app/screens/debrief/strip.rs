//! The decision on the ladder: acceptable range, model answer, own decision, and the steps between.

use std::sync::Arc;

use bevy_egui::egui::{self, Align2, Color32, CornerRadius, Galley, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::app::library::Library;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::marking::Assessment;

/// The ladder as a strip. Rungs count from the most urgent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip {
    pub rungs: Vec<String>,
    /// First and last acceptable rung.
    pub range: (usize, usize),
    pub best: usize,
    pub best_words: String,
    /// Absent: nothing was decided, or a clinician decides.
    pub decided: Option<usize>,
    pub decided_words: String,
    /// Under negative, over positive.
    pub steps: i32,
}

impl Strip {
    /// Nothing where the model answer stands on no rung.
    pub fn new(mark: &Assessment, library: &Library) -> Option<Self> {
        let standards = &library.standards;
        let rung = |code: &str| standards.rung_of(code).and_then(|rung| usize::try_from(rung).ok());
        let name = |code: &str| standards.disposition(code).map_or_else(|| code.to_owned(), |d| d.name.clone());
        let triage = &mark.triage;
        let best = rung(&triage.best)?;
        let acceptable = || triage.acceptable.iter().filter_map(|code| rung(code)).chain([best]);
        let decided = triage.decided.as_deref();
        Some(Self {
            rungs: standards.dispositions.rungs.iter().map(|rung| rung.name.clone()).collect(),
            range: (acceptable().min()?, acceptable().max()?),
            best,
            best_words: name(&triage.best),
            decided: decided.filter(|_| !triage.transferred).and_then(rung),
            decided_words: match decided {
                _ if triage.transferred => "You handed over to a clinician, who decides".into(),
                None => "Nothing was decided".into(),
                Some(code) => name(code),
            },
            steps: triage.steps,
        })
    }

    /// All of it in a sentence, for a screen reader.
    pub fn says(&self) -> String {
        let rung = |n: usize| self.rungs.get(n).map_or("", String::as_str);
        let (low, high) = self.range;
        let range = if low == high { rung(low).to_owned() } else { format!("{} to {}", rung(low), rung(high)) };
        let steps = match self.steps {
            0 => String::new(),
            n if n < 0 => format!(", {} under", super::wording::steps(n.unsigned_abs()).to_lowercase()),
            n => format!(", {} over", super::wording::steps(n.unsigned_abs()).to_lowercase()),
        };
        let decided = &self.decided_words;
        format!("Your decision: {decided}{steps}. Model answer: {}. Acceptable range: {range}.", self.best_words)
    }

    fn own_color(&self, p: &Palette) -> Color32 {
        match self.steps {
            0 => p.ok,
            ..0 => p.under,
            1.. => p.over,
        }
    }

    /// What stands over a rung: icon and heading, then the outcome.
    fn labels(&self, p: &Palette) -> Vec<(usize, String, &str, Color32)> {
        let own = match self.steps {
            0 => icons::CHECK,
            ..0 => icons::ARROW_DOWN,
            1.. => icons::ARROW_UP,
        };
        match self.decided {
            Some(rung) if rung == self.best && self.decided_words == self.best_words => {
                let heading = format!("{} Model answer and your decision", icons::CHECK);
                vec![(rung, heading, self.best_words.as_str(), p.ok)]
            }
            decided => {
                let model = (self.best, format!("{} Model answer", icons::CHECK), self.best_words.as_str(), p.ok);
                let own = decided.map(|rung| {
                    let heading = format!("{own} Your decision");
                    (rung, heading, self.decided_words.as_str(), self.own_color(p))
                });
                let mut labels: Vec<_> = std::iter::once(model).chain(own).collect();
                labels.sort_by_key(|label| label.0);
                labels
            }
        }
    }
}

/// Space between rungs.
const GAP: f32 = 8.0;

/// The strip; lying where there is room, standing where there is none.
pub fn strip_ui(ui: &mut Ui, strip: &Strip) {
    let p = Palette::of(ui);
    let least: Vec<f32> = strip.rungs.iter().map(|name| longest_word(ui, name) + 12.0).collect();
    let gaps = GAP * (strip.rungs.len().max(1) - 1) as f32 + 8.0;
    let spare = ui.available_width() - gaps - least.iter().sum::<f32>();
    if spare >= 0.0 {
        let more = spare / least.len().max(1) as f32;
        let widths: Vec<f32> = least.iter().map(|width| width + more).collect();
        lying_ui(ui, strip, &widths, p);
    } else {
        standing_ui(ui, strip, p);
    }
}

fn longest_word(ui: &Ui, name: &str) -> f32 {
    let words = name.split(' ').map(|word| galley(ui, word, text::bold(text::CAPTION), Color32::WHITE, 400.0).size().x);
    words.fold(0.0, f32::max)
}

fn galley(ui: &Ui, words: &str, font: egui::FontId, color: Color32, width: f32) -> Arc<Galley> {
    ui.painter().layout(words.to_owned(), font, color, width)
}

fn centred(ui: &Ui, words: &str, font: egui::FontId, color: Color32, width: f32) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, color, width);
    job.halign = egui::Align::Center;
    ui.painter().layout_job(job)
}

fn pill(ui: &Ui, strip: &Strip, n: usize, rect: Rect, p: &Palette) {
    let ink = if p.dark { p.bg0 } else { Color32::WHITE };
    let inside = strip.range.0 <= n && n <= strip.range.1;
    let (fill, color, bold) = if strip.decided == Some(n) {
        (strip.own_color(p), ink, true)
    } else if strip.best == n {
        (p.ok, ink, true)
    } else if inside {
        (Color32::TRANSPARENT, p.text, false)
    } else {
        (p.bg3, p.text2, false)
    };
    ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
    let font = if bold { text::bold(text::CAPTION) } else { text::regular(text::CAPTION) };
    let words = centred(ui, &strip.rungs[n], font, color, rect.width() - 4.0);
    let top = rect.center().y - words.size().y / 2.0;
    ui.painter().galley(pos2(rect.center().x, top), words, color);
}

/// Dashes around a rectangle.
fn dashed(ui: &Ui, rect: Rect, fill: Color32, color: Color32) {
    ui.painter().rect_filled(rect, CornerRadius::same(8), fill);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    ui.painter().extend(Shape::dashed_line(&corners, Stroke::new(1.5, color), 5.0, 4.0));
}

fn lying_ui(ui: &mut Ui, strip: &Strip, widths: &[f32], p: &Palette) {
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
            left += width + GAP;
            pill
        })
        .collect();
    let band = Rect::from_min_max(pills[strip.range.0].min, pills[strip.range.1].max).expand(4.0);
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
        let x = pills[pair[0]].center().x.midpoint(pills[pair[1]].center().x);
        let words = format!("step {}", step + 1);
        ui.painter().text(pos2(x, y + 4.0), Align2::CENTER_TOP, words, text::regular(text::CAPTION), color);
    }
}

/// The strip on end: a list of rungs, for narrow windows and large text.
fn standing_ui(ui: &mut Ui, strip: &Strip, p: &Palette) {
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
