//! Before a call that may be hard to hear: what it mentions, and that one may pass it over.

use bevy_egui::egui::{self, Align2, ScrollArea, Ui, UiBuilder, vec2};

use super::desk::mentions;
use super::parts::picture;
use crate::app::library::call_number;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// What was made of the warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    Start,
    NotThisOne,
}

/// The page, for a call with this number and these content notes. It takes the keyboard when it is `fresh`.
pub fn before_ui(ui: &mut Ui, (number, notes): (u32, &[&str]), fresh: bool) -> Option<Before> {
    let p = Palette::of(ui);
    let mut made = None;
    let width = ui.available_width().min(600.0);
    let rect = Align2::CENTER_TOP.align_size_within_rect(vec2(width, ui.available_height()), ui.max_rect());
    ui.painter().rect_filled(ui.max_rect(), 0, p.bg0);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink(16.0)), |ui| {
        ScrollArea::vertical().id_salt("before").show(ui, |ui| {
            ui.add_space((ui.available_height() * 0.15).min(120.0));
            widgets::panel(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                picture(ui, icons::HAND_HEART, text::regular(34.0), p.accent);
                ui.label(rich("Before you start", text::bold(text::HERO), p.text));
                let notes = mentions(notes).unwrap_or_else(|| "nothing in particular".into());
                let about = format!("{} mentions {notes}.", call_number(number));
                ui.label(rich(about, text::bold(text::LIVE), p.text));
                for words in [
                    "You can pass it over: nobody is told, and nothing is held against you.",
                    "If you take it, you can pause whenever you like and break it off at any time.",
                ] {
                    ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
                }
                ui.add_space(8.0);
                ui.horizontal_wrapped(|ui| {
                    if widgets::primary(ui, "Start the call").clicked() {
                        made = Some(Before::Start);
                    }
                    let pass = widgets::button(ui, "Not this one");
                    if fresh {
                        pass.request_focus();
                    }
                    if pass.clicked() || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                        made = Some(Before::NotThisOne);
                    }
                });
            });
        });
    });
    made
}
