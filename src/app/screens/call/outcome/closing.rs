//! The end of the call: referred and closed.

use bevy_egui::egui::{self, CornerRadius, Sense, Stroke, StrokeKind, Ui, vec2};

use super::super::state::Do;
use super::roving;
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Action;

/// What closing is, where there is room for it; and the button.
pub fn closing_ui(ui: &mut Ui, live: &Live, roomy: bool) -> Option<Do> {
    let p = Palette::of(ui);
    ui.add_space(8.0);
    if roomy {
        let when = if live.call().state().decision.is_some() {
            "You can close at any point."
        } else {
            "You can close once you have decided."
        };
        widgets::card(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let words = format!("{}  {when} Ticks are checked against what was said on the call.", icons::INFO);
            roving::words(ui, words, text::regular(14.0), p.text2);
        });
    }
    let words = rich(format!("{}  Refer and close", icons::PHONE_DISCONNECT), text::regular(text::PANEL_TITLE), p.text);
    let height = if roomy { 46.0 } else { 36.0 };
    let button = egui::Button::new(words).min_size(vec2(ui.available_width(), height));
    let close = ui.vertical_centered_justified(|ui| ui.add(button)).inner;
    widgets::named(ui, &close, "Refer and close");
    widgets::ring(ui, &close);
    if roomy {
        ui.vertical_centered(|ui| key_ui(ui, &keys::words(ui.ctx(), Command::ReferAndClose)));
    }
    close.clicked().then_some(Do::Act(Action::Close))
}

/// A key, boxed.
fn key_ui(ui: &mut Ui, key: &str) {
    let p = Palette::of(ui);
    let galley = ui.painter().layout_no_wrap(key.to_owned(), text::mono(text::CAPTION), p.text2);
    let (rect, _) = ui.allocate_exact_size(galley.size() + vec2(12.0, 6.0), Sense::hover());
    ui.painter().rect_stroke(rect, CornerRadius::same(4), Stroke::new(1.0, p.edge), StrokeKind::Inside);
    ui.painter().galley(rect.min + vec2(6.0, 3.0), galley, p.text2);
}
