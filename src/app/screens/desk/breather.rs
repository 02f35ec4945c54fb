//! Take a breather: a page on which nothing is asked and nothing measured.

use bevy_egui::egui::{Align2, Sense, Stroke, Ui, UiBuilder, vec2};

use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// Seconds in, and seconds out.
const IN: f32 = 4.0;
const OUT: f32 = 6.0;

/// The page. `seconds` since it was opened; absent: nothing moves. Whether it is left.
pub fn breather_ui(ui: &mut Ui, seconds: Option<f32>, fresh: bool) -> bool {
    let p = Palette::of(ui);
    let mut left = false;
    let width = ui.available_width().min(560.0);
    let rect = Align2::CENTER_TOP.align_size_within_rect(vec2(width, ui.available_height()), ui.max_rect());
    ui.painter().rect_filled(ui.max_rect(), 0, p.bg0);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink(16.0)), |ui| {
        bevy_egui::egui::ScrollArea::vertical().id_salt("breather").show(ui, |ui| {
            ui.vertical_centered(|ui| {
                // In a small window the words and the way back matter more.
                let height = ui.available_height();
                if height > 440.0 {
                    ui.add_space((height * 0.12).min(90.0));
                    circle_ui(ui, seconds, p);
                    ui.add_space(16.0);
                }
                ui.label(rich("Take your time", text::bold(text::HERO), p.text));
                for words in [
                    "Nothing is timed, measured or kept here. The phone is quiet until you come back.",
                    "If it helps, breathe in for four and out for six. Or look out of a window, or fetch some water.",
                    "If a call has stayed with you, tell somebody: a colleague, your team leader, or whoever looks \
                     after staff where you work. That is what they are there for.",
                ] {
                    ui.add_space(2.0);
                    ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
                }
                ui.add_space(8.0);
                let back = widgets::primary(ui, "Back to the desk");
                if fresh {
                    back.request_focus();
                    back.scroll_to_me(None);
                }
                left = back.clicked() || ui.input(|input| input.key_pressed(bevy_egui::egui::Key::Escape));
                ui.add_space(16.0);
            });
        });
    });
    left
}

/// A circle that grows and shrinks as one breathes; without `seconds` it stands still.
pub fn circle_ui(ui: &mut Ui, seconds: Option<f32>, p: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(150.0, 150.0), Sense::hover());
    let (full, words) = match seconds {
        None => (0.6, ""),
        Some(seconds) => {
            let at = seconds % (IN + OUT);
            let (part, words) = if at < IN { (at / IN, "in") } else { (1.0 - (at - IN) / OUT, "out") };
            // Slow at both ends, as breath is.
            (part * part * (3.0 - 2.0 * part), words)
        }
    };
    let painter = ui.painter();
    painter.circle_stroke(rect.center(), 74.0, Stroke::new(1.5, p.line));
    painter.circle(rect.center(), 36.0 + 36.0 * full, p.accent_soft, Stroke::new(2.0, p.accent));
    painter.text(rect.center(), Align2::CENTER_CENTER, words, text::regular(text::TRANSCRIPT), p.accent);
}
