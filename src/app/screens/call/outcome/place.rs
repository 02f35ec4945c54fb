//! Where the search goes from: place and age, as recorded. Both can be put right here.

use bevy_egui::egui::{self, CornerRadius, Frame, Margin, Stroke, Ui};

use super::super::state::{CallUi, Do, Draft};
use super::{chosen, roving};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, FIELDS, directory};
use crate::standards::FieldName;

fn draft(state: &mut CallUi, name: FieldName) -> Option<&mut Draft> {
    let place = FIELDS.iter().position(|field| *field == name)?;
    state.fields.get_mut(place)
}

fn id(name: FieldName) -> egui::Id {
    egui::Id::new(("search from", name as u8))
}

/// Place and age, each put right where it cannot be read; the field that the search waits for.
pub fn place_ui(ui: &mut Ui, live: &Live, state: &mut CallUi, todo: &mut Vec<Do>) -> Option<egui::Id> {
    let call = live.call();
    let born = draft(state, FieldName::DateOfBirth).map_or(String::new(), |draft| draft.text.clone());
    let age = directory::age_on(&born, call.wall_clock().date());
    let mut entered = false;
    ui.horizontal(|ui| {
        widgets::right(ui, |ui| {
            if let Some(age) = age {
                fact_ui(ui, &format!("Age {age}"));
            }
            if let Some(place) = draft(state, FieldName::Location) {
                entered = field_ui(ui, FieldName::Location, place, "Where is the patient?", todo);
            }
        });
    });
    let place = draft(state, FieldName::Location).map_or(String::new(), |draft| draft.text.clone());
    let known = directory::place_in(&call.script().standards.directory, &place).is_some();
    let why = if place.trim().is_empty() {
        "No place is recorded yet: the search goes from there"
    } else {
        "The directory does not know this place. A street, village or postcode helps"
    };
    complain(ui, FieldName::Location, known, place.trim().is_empty(), why);
    // Half a date may read as one: the field stays while it is typed in.
    let typing = ui.memory(|memory| memory.has_focus(id(FieldName::DateOfBirth)));
    if let Some(draft) = draft(state, FieldName::DateOfBirth).filter(|_| age.is_none() || typing) {
        entered |= field_ui(ui, FieldName::DateOfBirth, draft, "Date of birth: day / month / year", todo);
        let why = if born.trim().is_empty() {
            "No date of birth is recorded yet"
        } else {
            "This does not read as a date of birth"
        };
        complain(ui, FieldName::DateOfBirth, age.is_some(), born.trim().is_empty(), why);
    }
    let missing = match (known, age) {
        (false, _) => Some(id(FieldName::Location)),
        (true, None) => Some(id(FieldName::DateOfBirth)),
        (true, Some(_)) => None,
    };
    match (entered, missing) {
        (true, Some(field)) => ui.memory_mut(|memory| memory.request_focus(field)),
        (true, None) => state.outcome.land = true,
        (false, _) => {}
    }
    missing
}

/// Not while it is being typed; an empty field says what it waits for.
fn complain(ui: &mut Ui, name: FieldName, fine: bool, empty: bool, why: &str) {
    if !fine && (empty || !ui.memory(|memory| memory.has_focus(id(name)))) {
        chosen::complaint(ui, why);
    }
}

/// Something recorded, not to be changed here.
fn fact_ui(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    Frame::new()
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(10, 7))
        .show(ui, |ui| ui.label(rich(words, text::regular(14.0), p.text2)));
}

/// A field of the contact record; whether `Enter` was pressed in it.
fn field_ui(ui: &mut Ui, name: FieldName, draft: &mut Draft, hint: &str, todo: &mut Vec<Do>) -> bool {
    let p = Palette::of(ui);
    let id = id(name);
    let icon = if name == FieldName::Location { icons::MAP_PIN } else { icons::CALENDAR_BLANK };
    let entered = ui.memory(|memory| memory.has_focus(id)) && roving::pressed(ui, egui::Key::Enter);
    let response = ui.add(
        egui::TextEdit::singleline(&mut draft.text)
            .id(id)
            .desired_width(f32::INFINITY)
            .margin(Margin { left: 34, right: 10, top: 7, bottom: 7 })
            .hint_text(rich(hint, text::regular(text::BODY), p.text3)),
    );
    widgets::named(ui, &response, hint);
    let at = egui::pos2(response.rect.left() + 18.0, response.rect.center().y);
    ui.painter().text(at, egui::Align2::CENTER_CENTER, icon, text::regular(17.0), p.text2);
    if (entered || response.lost_focus())
        && let Some(text) = draft.take_news()
    {
        todo.push(Do::Act(Action::Field { name, text }));
    }
    entered
}
