//! Competences at a glance: a segment each, as long as the mean of its last calls.

use std::collections::BTreeMap;

use bevy_egui::egui::epaint::{PathShape, PathStroke};
use bevy_egui::egui::{
    Align2, Color32, Pos2, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, vec2,
};

use crate::app::past::Taken;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::standards::{Id, Standards};

/// How many calls a competence is judged by.
const LAST: usize = 5;
/// Before there are as many, nothing is called secure or to be revisited: one call says little about anybody.
const ENOUGH: usize = 3;

/// What came of each competence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wheel {
    pub segments: Vec<Segment>,
}

/// One competence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// "C2 Safety".
    pub name: String,
    /// Mean of the last calls in which it was marked; absent: none yet.
    pub percent: Option<u32>,
    pub level: Level,
}

/// How far it has come, by the thresholds of the standards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Secure,
    Building,
    Revisit,
    /// In fewer than three calls so far.
    TooEarly,
    NotMet,
}

impl Wheel {
    /// Of one's own calls; nothing before the first that was marked.
    pub fn of(own: &[&Taken], standards: &Standards) -> Option<Self> {
        let mut shares: BTreeMap<&Id, Vec<u32>> = BTreeMap::new();
        for mark in own.iter().rev().filter_map(|taken| taken.counted_mark()) {
            for (id, points, out_of) in mark.competences.iter().filter(|(_, _, out_of)| *out_of > 0) {
                let shares = shares.entry(id).or_default();
                if shares.len() < LAST {
                    shares.push(points.saturating_mul(100) / out_of);
                }
            }
        }
        if shares.is_empty() {
            return None;
        }
        let segments = standards.competences.competences.iter().map(|competence| {
            let shares = shares.get(&competence.id);
            let percent = shares.map(|all| all.iter().sum::<u32>() / u32::try_from(all.len()).unwrap_or(1).max(1));
            let level = match percent {
                None => Level::NotMet,
                Some(_) if shares.is_some_and(|all| all.len() < ENOUGH) => Level::TooEarly,
                Some(percent) if percent >= standards.marking.secure_percent => Level::Secure,
                Some(percent) if percent >= standards.marking.building_percent => Level::Building,
                Some(_) => Level::Revisit,
            };
            Segment { name: format!("{} {}", competence.id, competence.name), percent, level }
        });
        Some(Self { segments: segments.collect() })
    }

    pub fn count(&self, level: Level) -> usize {
        self.segments.iter().filter(|segment| segment.level == level).count()
    }

    /// Every competence in words.
    fn words(&self) -> String {
        let words = self.segments.iter().map(|segment| match segment.percent {
            Some(percent) if segment.level == Level::TooEarly => {
                format!("{}: {percent} of 100, in fewer than three calls", segment.name)
            }
            Some(percent) => format!("{}: {percent} of 100", segment.name),
            None => format!("{}: not met yet", segment.name),
        });
        words.collect::<Vec<_>>().join("; ")
    }
}

/// The panel.
pub fn wheel_ui(ui: &mut Ui, wheel: &Wheel) {
    let p = Palette::of(ui);
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "My competences", "your last five calls each; the calls are drafts");
        ui.horizontal(|ui| {
            paint(ui, wheel, p);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 8.0;
                let rows = [
                    (Level::Secure, icons::SEAL_CHECK, "secure", p.accent),
                    (Level::Building, icons::CIRCLE_HALF, "building", p.text2),
                    (Level::Revisit, icons::ARROW_COUNTER_CLOCKWISE, "to revisit", p.text2),
                    (Level::TooEarly, icons::HOURGLASS, "in fewer than three calls", p.text2),
                    (Level::NotMet, icons::CIRCLE_DASHED, "not met yet", p.text3),
                ];
                for (level, icon, words, color) in rows {
                    let n = wheel.count(level);
                    if n > 0 {
                        ui.horizontal(|ui| {
                            crate::app::screens::parts::picture(ui, icon, text::icon_fill(20.0), color);
                            ui.label(rich(format!("{n} {words}"), text::bold(text::BODY), p.text));
                        });
                    }
                }
            });
        });
    });
}

fn paint(ui: &mut Ui, wheel: &Wheel, p: &Palette) {
    let size = if ui.available_width() > 340.0 { 158.0 } else { 120.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(size, size), Sense::hover());
    let words = wheel.words();
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &words));
    response.on_hover_ui(|ui| {
        for segment in &wheel.segments {
            let percent = segment.percent.map_or("not met yet".to_owned(), |percent| format!("{percent} of 100"));
            ui.label(format!("{}: {percent}", segment.name));
        }
    });
    let (inner, outer) = (26.0, size / 2.0 - 3.0);
    let n = wheel.segments.len().max(1) as f32;
    let turn = std::f32::consts::TAU / n;
    for (at, segment) in wheel.segments.iter().enumerate() {
        let from = at as f32 * turn - std::f32::consts::FRAC_PI_2 + 0.03;
        let arc = Arc { center: rect.center(), from, to: from + turn - 0.06 };
        ui.painter().add(arc.sector(inner, outer, p.bg2));
        if let Some(percent) = segment.percent {
            let far = inner + (outer - inner) * percent.clamp(8, 100) as f32 / 100.0;
            let color = if segment.level == Level::Secure { p.accent } else { p.text3 };
            ui.painter().add(arc.sector(inner, far, color));
        } else {
            ui.painter().extend(arc.dashes(outer, p.edge));
        }
    }
    let secure = wheel.count(Level::Secure).to_string();
    let painter = ui.painter();
    painter.text(rect.center() - vec2(0.0, 6.0), Align2::CENTER_CENTER, secure, text::bold(text::PAGE_TITLE), p.text);
    let of = format!("of {}", wheel.segments.len());
    painter.text(rect.center() + vec2(0.0, 13.0), Align2::CENTER_CENTER, of, text::regular(text::CAPTION), p.text2);
}

struct Arc {
    center: Pos2,
    from: f32,
    to: f32,
}

impl Arc {
    fn points(&self, radius: f32) -> Vec<Pos2> {
        let steps = 10;
        let at = |n: i32| self.from + (self.to - self.from) * n as f32 / steps as f32;
        (0..=steps).map(|n| self.center + Vec2::angled(at(n)) * radius).collect()
    }

    /// A piece of the ring between two radii, as a thick line along its middle.
    fn sector(&self, inner: f32, outer: f32, color: Color32) -> Shape {
        let stroke = PathStroke { kind: StrokeKind::Middle, ..PathStroke::new(outer - inner, color) };
        Shape::Path(PathShape {
            points: self.points((inner + outer) / 2.0),
            closed: false,
            fill: Color32::TRANSPARENT,
            stroke,
        })
    }

    fn dashes(&self, radius: f32, color: Color32) -> Vec<Shape> {
        Shape::dashed_line(&self.points(radius), Stroke::new(1.0, color), 4.0, 4.0)
    }
}
