//! The contact record: where and how to reach them first, then who they are.

use bevy_egui::egui::{self, Key, Modifiers, Ui};

use super::spoken_date::spoken_date;
use super::state::{Do, Draft};
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::directory::date_of_birth;
use crate::call::{Action, FIELD_TEXT, FIELDS};
use crate::standards::FieldName;

/// If the line drops, these two are what counts.
pub const ORDER_BEGINS_WITH: FieldName = FieldName::Location;

pub fn name_of(field: FieldName) -> &'static str {
    match field {
        FieldName::Location => "Where is the patient now?",
        FieldName::CallBack => "Call-back number",
        FieldName::CallerName => "Caller's name",
        FieldName::Relation => "Relation to patient",
        FieldName::PatientName => "Patient's name",
        FieldName::DateOfBirth => "Date of birth",
        FieldName::GpPractice => "GP practice",
    }
}

/// What of a line belongs into a field: for whoever writes by mouse alone.
pub fn heard(field: FieldName, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_end_matches(['.', ',', ';'])).collect();
    let part = match field {
        FieldName::DateOfBirth => (2..=6)
            .rev()
            .flat_map(|length| words.windows(length))
            .map(|words| words.join(" "))
            .find(|words| date_of_birth(words).is_some())
            .or_else(|| spoken_date(line)),
        FieldName::CallBack => {
            let digits: String = line.chars().filter(|c| c.is_ascii_digit() || *c == ' ').collect();
            Some(digits.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|digits| !digits.is_empty())
        }
        _ => None,
    };
    part.unwrap_or_else(|| line.chars().take(FIELD_TEXT).collect())
}

fn id(n: usize) -> egui::Id {
    egui::Id::new(("contact record", n))
}

pub fn contact_ui(ui: &mut Ui, live: &Live, drafts: &mut [Draft]) -> Vec<Do> {
    let mut todo = Vec::new();
    widgets::title(ui, "Contact record", "Tick only what was confirmed aloud");
    ui.spacing_mut().item_spacing.y = 4.0;
    let mut n = 0;
    // Where and how to reach them take a row each; the others stand in pairs where there is room.
    for row in [1, 1, 2, 2, 1] {
        let pair = row == 2 && ui.available_width() > 330.0;
        let range = n..n + row;
        if pair {
            ui.columns(2, |columns| {
                for (column, n) in columns.iter_mut().zip(range) {
                    todo.extend(field_ui(column, live, n, drafts));
                }
            });
        } else {
            for n in range {
                todo.extend(field_ui(ui, live, n, drafts));
            }
        }
        n += row;
    }
    ui.spacing_mut().item_spacing.y = 8.0;
    todo
}

fn field_ui(ui: &mut Ui, live: &Live, n: usize, drafts: &mut [Draft]) -> Vec<Do> {
    let p = Palette::of(ui);
    let (Some(&name), Some(draft)) = (FIELDS.get(n), drafts.get_mut(n)) else { return Vec::new() };
    let mut todo = Vec::new();
    let known = live.call().state().fields.iter().find(|f| f.name == name);
    let mut confirmed = known.is_some_and(|field| field.confirmed);
    ui.horizontal(|ui| {
        ui.label(rich(name_of(name), text::regular(text::CAPTION), p.text3));
        widgets::right(ui, |ui| {
            let words = if ui.available_width() > 130.0 { "Confirm" } else { "" };
            let tick = widgets::tick(ui, &mut confirmed, words, &format!("{} confirmed aloud", name_of(name)));
            if tick.clicked() && confirmed {
                todo.push(Do::Act(Action::ConfirmField { name }));
            }
        });
    });
    let hint = if name == FieldName::DateOfBirth { "day / month / year" } else { "" };
    // Taken before the field sees it: the next one must not see it again.
    let on = ui.memory(|memory| memory.has_focus(id(n)))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let response = widgets::field(ui, id(n), &mut draft.text, name_of(name), hint);
    if on {
        let next = if n + 1 < FIELDS.len() { id(n + 1) } else { super::pins::notes_id() };
        ui.memory_mut(|memory| memory.request_focus(next));
    }
    if (on || response.lost_focus())
        && let Some(text) = draft.take_news()
    {
        todo.insert(0, Do::Act(Action::Field { name, text }));
    }
    todo
}
