//! The four actions, all alike.

use bevy_egui::egui::{self, Align2, Ui, pos2, vec2};

use super::state::{Do, Over, View};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::Action;
use crate::scenario::Person;

/// One action as it is offered.
pub struct Offer {
    icon: &'static str,
    name: &'static str,
    command: &'static str,
    does: Do,
}

/// The four, as they are just now.
pub fn offers(live: &Live) -> [Offer; 4] {
    let state = live.call().state();
    let (speak, person) = match state.on_the_line {
        Person::Caller => ("Speak to the patient", Person::Patient),
        Person::Patient => ("Back to the caller", Person::Caller),
    };
    let hold = if state.held { "On hold" } else { "Hold & ask a clinician" };
    [
        Offer { icon: icons::USER_SWITCH, name: speak, command: "/patient", does: Do::Act(Action::SpeakTo(person)) },
        Offer { icon: icons::PAUSE_CIRCLE, name: hold, command: "/hold", does: Do::Open(Over::Hold) },
        Offer {
            icon: icons::PHONE_TRANSFER,
            name: "Warm transfer",
            command: "/transfer",
            does: Do::Open(Over::Transfer),
        },
        Offer { icon: icons::SIGNPOST, name: "Decide", command: "/decide", does: Do::View(View::Outcome) },
    ]
}

/// In pairs, with the command beneath; in one column, beside it.
pub fn actions_ui(ui: &mut Ui, offers: &[Offer], columns: usize) -> Option<Do> {
    let mut todo = None;
    let gap = if columns > 1 { 8.0 } else { 6.0 };
    ui.spacing_mut().item_spacing = vec2(gap, gap);
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    for row in offers.chunks(columns) {
        ui.horizontal(|ui| {
            for offer in row {
                if action_ui(ui, width, columns == 1, offer).clicked() {
                    todo = Some(offer.does.clone());
                }
            }
        });
    }
    todo
}

/// How tall all of them are.
pub fn height(offers: usize, columns: usize) -> f32 {
    let rows = offers.div_ceil(columns) as f32;
    if columns > 1 { rows * 52.0 + (rows - 1.0) * 8.0 } else { rows * 38.0 + (rows - 1.0) * 6.0 }
}

fn action_ui(ui: &mut Ui, width: f32, flat: bool, offer: &Offer) -> egui::Response {
    let p = Palette::of(ui);
    let response = ui.add_sized(vec2(width, if flat { 38.0 } else { 52.0 }), egui::Button::new(""));
    widgets::named(ui, &response, offer.name);
    widgets::ring(ui, &response);
    let rect = response.rect;
    let painter = ui.painter_at(rect);
    let middle = rect.center().y;
    painter.text(pos2(rect.left() + 21.0, middle), Align2::CENTER_CENTER, offer.icon, text::regular(21.0), p.text2);
    let command = painter.layout_no_wrap(offer.command.to_owned(), text::mono(text::CAPTION), p.text3);
    // "Hold & ask a clinician" is the longest: it fits at every width that a column can have.
    let size = if width < 178.0 { 14.0 } else { text::BODY };
    let name = painter.layout_no_wrap(offer.name.to_owned(), text::regular(size), p.text);
    let left = rect.left() + 40.0;
    if flat {
        let at = pos2(rect.right() - 10.0 - command.size().x, middle - command.size().y / 2.0);
        painter.galley(pos2(left, middle - name.size().y / 2.0), name, p.text);
        painter.galley(at, command, p.text3);
    } else {
        let tall = name.size().y + command.size().y + 1.0;
        let top = middle - tall / 2.0;
        let below = top + name.size().y + 1.0;
        painter.galley(pos2(left, top), name, p.text);
        painter.galley(pos2(left, below), command, p.text3);
    }
    response
}
