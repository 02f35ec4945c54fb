//! The voice as a line of bars: one shape a line, filled as far as it has been spoken.

use bevy_egui::egui::{CornerRadius, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::voice;
use crate::app::live::Live;
use crate::app::settings::reduced_motion;
use crate::app::theme::palette::Palette;

/// From one bar to the next, in points.
const STEP: f32 = 5.0;

pub fn wave_ui(ui: &mut Ui, live: &Live, width: f32, height: f32) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let heard = voice::heard_now(live);
    let says = match heard {
        Some(_) => "A voice is heard",
        None if voice::held_since(live).is_some() => "On hold, nothing is heard",
        None => "Nothing is heard",
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, says));
    let still = reduced_motion(ui.ctx());
    let bars = ((rect.width() / STEP) as u32).max(1);
    let spoken = heard.map(|(_, line)| if still { bars } else { voice::progress(live, line) * bars / 1000 });
    let painter = ui.painter();
    for bar in 0..bars {
        let x = rect.left() + STEP * (bar as f32 + 0.5);
        let (tall, color) = match (heard, spoken) {
            (Some((number, line)), Some(spoken)) if bar < spoken => {
                (loudness(number, &line.text, bar, bars) as f32 / 1000.0 * height * 0.92, p.accent)
            }
            _ => (3.0, p.bg3),
        };
        let bar = Rect::from_center_size(pos2(x, rect.center().y), vec2(3.0, tall.max(3.0)));
        painter.rect_filled(bar, CornerRadius::same(1), color);
    }
    if let Some(spoken) = spoken.filter(|_| !still) {
        let x = rect.left() + STEP * spoken as f32;
        painter.vline(x, rect.y_range(), Stroke::new(2.0, p.text));
    }
}

/// How loud a line is at one bar, in thousandths: the same each time, low between words. Every word
/// takes as long as any other, as in the caption.
fn loudness(line: u32, text: &str, bar: u32, bars: u32) -> u32 {
    let words = text.split_ascii_whitespace().count().max(1) as u32;
    let at = bar * words * 100 / bars.max(1);
    if bars > 2 * words && at % 100 >= 80 {
        return 120;
    }
    let stress = 550 + hash(line, at / 100) % 450;
    let syllable = 300 + hash(line.wrapping_add(7919), bar) % 700;
    stress * syllable / 1000
}

fn hash(a: u32, b: u32) -> u32 {
    let mut mixed = a.wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0x85EB_CA77) ^ 0x27D4_EB2F;
    for _ in 0..2 {
        mixed ^= mixed >> 15;
        mixed = mixed.wrapping_mul(0x2C1B_3C6D);
        mixed ^= mixed >> 12;
    }
    mixed
}

#[cfg(test)]
mod tests {
    use super::loudness;

    #[test]
    fn a_line_has_one_shape_and_another_line_another() {
        let shape =
            |line| (0..50).map(|bar| loudness(line, "It started on Sunday night.", bar, 50)).collect::<Vec<_>>();
        assert_eq!(shape(3), shape(3));
        assert_ne!(shape(3), shape(4));
        assert!(shape(3).iter().all(|loud| (100..=1000).contains(loud)));
        // Between two words it is quiet.
        assert_eq!(loudness(3, "It started", 4, 10), 120);
    }
}
