//! How I lean: the last decisions, under, in and over the acceptable range, as shapes and words.

use bevy_egui::egui::{Align2, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use crate::app::past::Taken;
use crate::app::screens::parts::triangle;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::marking::Verdict;
use crate::records::Mode;

/// How many decisions are looked at.
const LAST: usize = 20;
/// What lies further out than this stands in the last column.
const FURTHEST: i32 = 3;

/// Decisions by rungs from the acceptable range, from three under to three over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lean {
    pub columns: [u32; 7],
    /// How many of those in range were capped: the time was right, and something unsafe was left.
    pub capped: u32,
    /// How many were exercises in judgement, without a call around them.
    pub exercises: u32,
}

impl Lean {
    /// The last decisions of these calls.
    pub fn of(own: &[&Taken]) -> Self {
        let mut lean = Self::default();
        let marks = own.iter().rev().filter_map(|taken| Some((taken.mode, taken.counted_mark()?)));
        for (mode, mark) in marks.filter(|(_, mark)| mark.verdict != Verdict::NotDecided).take(LAST) {
            lean.capped += u32::from(mark.steps == 0 && !mark.caps.is_empty());
            lean.exercises += u32::from(mode == Mode::JudgementExercise);
            let place = mark.steps.clamp(-FURTHEST, FURTHEST) + FURTHEST;
            if let Some(column) = usize::try_from(place).ok().and_then(|at| lean.columns.get_mut(at)) {
                *column += 1;
            }
        }
        lean
    }

    pub fn under(&self) -> u32 {
        self.columns[..3].iter().sum()
    }

    pub fn in_range(&self) -> u32 {
        self.columns[3]
    }

    pub fn over(&self) -> u32 {
        self.columns[4..].iter().sum()
    }

    fn all(&self) -> u32 {
        self.columns.iter().sum()
    }

    /// The same in words.
    pub fn words(&self) -> String {
        let capped = if self.capped > 0 { format!(" ({} of them capped)", self.capped) } else { String::new() };
        format!("{} under, {} in range{capped}, {} over", self.under(), self.in_range(), self.over())
    }

    /// What was looked at.
    fn beside(&self) -> String {
        let among = match (self.exercises, self.all()) {
            (0, _) => "",
            (some, all) if some == all => ", exercises in judgement",
            _ => ", exercises in judgement among them",
        };
        match self.all() {
            1 => format!("your last decision{among}"),
            all => format!("your last {all} decisions, all topics{among}"),
        }
    }
}

/// The panel.
pub fn lean_ui(ui: &mut Ui, lean: &Lean) {
    let p = Palette::of(ui);
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let all = lean.all();
        if all == 0 {
            widgets::title(ui, "How I lean", "");
            let words = "After your first decision, this shows whether you lean later or sooner than was needed.";
            ui.label(rich(words, text::regular(text::BODY), p.text2));
            return;
        }
        widgets::title(ui, "How I lean", &lean.beside());
        let tallest = lean.columns.iter().enumerate().map(|(at, n)| if at == 3 { n.div_ceil(3) } else { *n }).max();
        let rows = tallest.unwrap_or(1).max(3) as f32;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), rows * 13.0 + 36.0), Sense::hover());
        let words = lean.words();
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &words));
        let painter = ui.painter();
        let base = rect.bottom() - 26.0;
        painter.hline(rect.x_range(), base, Stroke::new(1.0, p.line));
        let gap = (rect.width() / 9.0).min(42.0);
        for (at, n) in lean.columns.iter().enumerate() {
            let x = rect.center().x + (at as f32 - 3.0) * gap;
            for nth in 0..*n {
                if at == 3 {
                    let across = (nth % 3) as f32 - 1.0;
                    let center = pos2(x + across * 12.0, base - 8.0 - (nth / 3) as f32 * 13.0);
                    // The last rings are those that were capped: right in time, and not safe.
                    if nth + lean.capped < *n {
                        painter.circle_filled(center, 5.0, p.ok);
                    } else {
                        painter.circle_stroke(center, 4.25, Stroke::new(1.5, p.ok));
                    }
                } else {
                    let center = pos2(x, base - 8.0 - nth as f32 * 13.0);
                    triangle(painter, center, at > 3, if at < 3 { p.under } else { p.over });
                }
            }
        }
        let font = text::regular(text::CAPTION);
        let y = rect.bottom();
        let under = format!("under, {}", lean.under());
        let over = format!("over, {}", lean.over());
        triangle(painter, pos2(rect.left() + 6.0, y - 8.0), false, p.under);
        painter.text(pos2(rect.left() + 17.0, y), Align2::LEFT_BOTTOM, under, font.clone(), p.under);
        let capped = if lean.capped > 0 { format!(" ({} capped)", lean.capped) } else { String::new() };
        let middle = format!("in range, {}{capped}", lean.in_range());
        painter.text(pos2(rect.center().x, y), Align2::CENTER_BOTTOM, middle, font.clone(), p.ok);
        painter.text(pos2(rect.right() - 17.0, y), Align2::RIGHT_BOTTOM, over, font, p.over);
        triangle(painter, pos2(rect.right() - 6.0, y - 8.0), true, p.over);
    });
}
