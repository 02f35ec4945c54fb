//! The pin beside a line, the same beside every line, and what else can be done with the line.

use bevy_egui::egui::{self, Color32, CornerRadius, Rect, Sense, Ui, WidgetInfo, WidgetType};

use super::state::Do;
use super::transcript::{SLOTS, id};
use super::{contact, voice};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::{Action, FIELDS, Line};

pub fn pin_ui(ui: &Ui, live: &Live, number: u32, line: &Line, rect: Rect) -> Option<Do> {
    let p = Palette::of(ui);
    let pinned = live.call().state().pins.iter().find(|pin| pin.line == number);
    let letter = pinned.and_then(|pin| SLOTS.iter().find(|slot| slot.0 == pin.slot)).map(|slot| slot.2);
    // By keyboard a line is pinned from the transcript: a stop at every line would be in the way.
    let response = ui.interact(rect, id().with(("pin", number)), Sense::CLICK);
    let at = widgets::clock(line.from);
    let says = match letter {
        Some(letter) => format!("Pinned to {letter}, line at {at}"),
        None => format!("Pin line at {at}"),
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &says));
    let painter = ui.painter();
    let fill = match (letter, response.hovered()) {
        (Some(_), _) => p.cue_soft,
        (None, true) => p.bg3,
        (None, false) => Color32::TRANSPARENT,
    };
    painter.rect_filled(rect, CornerRadius::same(5), fill);
    match letter {
        Some(letter) => {
            let (left, right) = rect.split_left_right_at_fraction(0.52);
            let center = egui::Align2::CENTER_CENTER;
            painter.text(left.center(), center, icons::PUSH_PIN, text::icon_fill(13.0), p.cue);
            painter.text(right.center(), center, letter, text::bold(14.0), p.cue);
        }
        None => {
            let center = egui::Align2::CENTER_CENTER;
            painter.text(rect.center(), center, icons::PUSH_PIN, text::regular(15.0), p.text3);
        }
    }
    let mut todo = None;
    egui::Popup::menu(&response).show(|ui| todo = menu_ui(ui, number, line, letter.is_some()));
    response.on_hover_text("Pin it, quote it back, write it down");
    todo
}

fn menu_ui(ui: &mut Ui, number: u32, line: &Line, pinned: bool) -> Option<Do> {
    let mut todo = None;
    for (slot, _, letter, name) in SLOTS {
        if ui.button(format!("{letter}  {name}")).clicked() {
            todo = Some(Do::Act(Action::Pin { line: number, slot }));
        }
    }
    if pinned && ui.button("Unpin").clicked() {
        todo = Some(Do::Act(Action::Unpin { line: number }));
    }
    if voice::is_voice(&line.by) {
        if ui.button("Quote it back").clicked() {
            todo = Some(Do::Act(Action::QuoteBack { line: number }));
        }
        // egui's own arrow is not among our letters.
        let write = egui::Button::new("Write it into the record").right_text(icons::CARET_RIGHT);
        egui::containers::menu::SubMenuButton::from_button(write).ui(ui, |ui| {
            for (field, name) in FIELDS.iter().enumerate() {
                if ui.button(contact::name_of(*name)).clicked() {
                    todo = Some(Do::Fill(field, contact::heard(*name, &line.text)));
                }
            }
        });
    }
    todo
}
