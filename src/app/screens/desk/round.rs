//! Coming back round: how many calls return on each day of the next three weeks.

use bevy_egui::egui::{Align2, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::when;

/// The line, or what stands in its place.
pub fn round_ui(ui: &mut Ui, counts: &[u16], today: Date) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(rich("Coming back round", text::bold(text::TRANSCRIPT), p.text));
        ui.label(rich("the next three weeks", text::regular(14.0), p.text3));
    });
    if counts.iter().all(|n| *n == 0) {
        let words = "Nothing yet. What you miss in a call comes back after 2, 7 and 21 days, told another way.";
        ui.label(rich(words, text::regular(text::BODY), p.text2));
        return;
    }
    if ui.available_width() < 560.0 {
        for (day, n) in days(counts, today) {
            ui.label(rich(format!("{day}: {n}"), text::regular(text::BODY), p.text));
        }
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 72.0), Sense::hover());
    let words = days(counts, today).map(|(day, n)| format!("{n} on {day}")).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, format!("Coming back: {words}")));
    let painter = ui.painter();
    let y = rect.bottom() - 22.0;
    let step = (rect.width() - 56.0) / (counts.len().max(2) - 1) as f32;
    let x = |at: usize| rect.left() + 28.0 + at as f32 * step;
    painter.hline(rect.left() + 14.0..=rect.right() - 14.0, y, Stroke::new(2.0, p.line));
    for (at, n) in counts.iter().enumerate() {
        let center = pos2(x(at), y);
        if *n == 0 {
            painter.circle_filled(center, 3.0, p.edge);
            continue;
        }
        let (fill, edge, ink) = if at == 0 { (p.cue_soft, p.cue, p.cue) } else { (p.bg2, p.edge, p.text) };
        painter.circle(center, if *n > 1 { 15.0 } else { 12.0 }, fill, Stroke::new(1.5, edge));
        painter.text(center, Align2::CENTER_CENTER, n, text::bold(14.0), ink);
    }
    for at in (0..counts.len()).step_by(7) {
        let align = if at == 0 {
            Align2::LEFT_TOP
        } else if at + 1 == counts.len() {
            Align2::RIGHT_TOP
        } else {
            Align2::CENTER_TOP
        };
        let aside = if at == 0 {
            -14.0
        } else if at + 1 == counts.len() {
            16.0
        } else {
            0.0
        };
        let name = name(today, at);
        painter.text(pos2(x(at) + aside, rect.top() + 6.0), align, name, text::regular(text::CAPTION), p.text2);
    }
}

fn days(counts: &[u16], today: Date) -> impl Iterator<Item = (String, u16)> {
    let busy = counts.iter().enumerate().filter(|(_, n)| **n > 0);
    busy.map(move |(at, n)| (name(today, at), *n))
}

fn name(today: Date, at: usize) -> String {
    if at == 0 {
        return "Today".into();
    }
    let later: Span = i32::try_from(at).unwrap_or(0).days();
    when::in_short(today.saturating_add(later))
}
