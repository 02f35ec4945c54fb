//! The decision on the ladder: acceptable range, model answer, own decision, and the steps between.

mod lying;
mod standing;

use std::sync::Arc;

use bevy_egui::egui::{self, Color32, CornerRadius, Galley, Rect, Shape, Stroke, Ui, pos2};

use crate::app::library::Library;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
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
    /// "Your", or whose.
    pub whose: String,
}

impl Strip {
    /// The decision is this person's, and not the reader's.
    pub fn told_of(&mut self, name: &str) {
        self.whose = format!("{name}'s");
        if let Some(did) = self.decided_words.strip_prefix("You ") {
            self.decided_words = format!("{name} {did}");
        }
    }

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
            whose: "Your".into(),
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
        let whose = &self.whose;
        format!("{whose} decision: {decided}{steps}. Model answer: {}. Acceptable range: {range}.", self.best_words)
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
                let whose = if self.whose == "Your" { "your" } else { &self.whose };
                let heading = format!("{} Model answer and {whose} decision", icons::CHECK);
                vec![(rung, heading, self.best_words.as_str(), p.ok)]
            }
            decided => {
                let model = (self.best, format!("{} Model answer", icons::CHECK), self.best_words.as_str(), p.ok);
                let own = decided.map(|rung| {
                    let heading = format!("{own} {} decision", self.whose);
                    (rung, heading, self.decided_words.as_str(), self.own_color(p))
                });
                let mut labels: Vec<_> = std::iter::once(model).chain(own).collect();
                labels.sort_by_key(|label| label.0);
                labels
            }
        }
    }
}

/// Space within a rung, and between two: the roomiest that fits.
const SPACING: [(f32, f32); 3] = [(12.0, 8.0), (8.0, 6.0), (6.0, 4.0)];

/// The strip; lying where there is room, standing where there is none.
pub fn strip_ui(ui: &mut Ui, strip: &Strip) {
    let p = Palette::of(ui);
    let words: Vec<f32> = strip.rungs.iter().map(|name| least_width(ui, name)).collect();
    let count = words.len().max(1) as f32;
    let room = ui.available_width() - 8.0 - words.iter().sum::<f32>();
    let fitting = SPACING.into_iter().find(|(within, between)| within * count + between * (count - 1.0) <= room);
    match fitting {
        Some((_, between)) => {
            let more = (room - between * (count - 1.0)) / count;
            let widths: Vec<f32> = words.iter().map(|width| width + more).collect();
            lying::lying_ui(ui, strip, &widths, between, p);
        }
        None => standing::standing_ui(ui, strip, p),
    }
}

/// How wide a name is at least, on two lines at most.
fn least_width(ui: &Ui, name: &str) -> f32 {
    let wide = |words: &[&str]| {
        galley(ui, &words.join(" "), text::bold(text::CAPTION), Color32::WHITE, f32::INFINITY).size().x
    };
    let words: Vec<&str> = name.split(' ').collect();
    let broken = (1..words.len()).map(|at| wide(&words[..at]).max(wide(&words[at..])));
    broken.fold(wide(&words), f32::min)
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
