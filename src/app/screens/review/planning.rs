//! What is worth a session, and the session planned from it.

use std::collections::BTreeMap;

use bevy_egui::egui::{self, Ui};

use super::model::RoomModel;
use super::{RoomAction, Standing};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::sharing::agenda::Format;
use crate::sharing::facilitation::Facilitation;

/// What is typed of the next session.
pub struct Next {
    pub name: String,
    pub when: String,
    pub format: Format,
    pub facilitation: Facilitation,
    pub invited: u32,
    /// Whose call is played, by column; empty: the model call.
    pub whose: BTreeMap<usize, String>,
}

impl Default for Next {
    fn default() -> Self {
        Self {
            name: "Skill-sharing session".into(),
            when: String::new(),
            format: Format::OneCall,
            facilitation: Facilitation::default(),
            invited: 8,
            whose: BTreeMap::new(),
        }
    }
}

/// Calls by how much there is to learn from them, to be put into a session.
pub fn plan_ui(ui: &mut Ui, model: &RoomModel, standing: &mut Standing) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::title(ui, "Plan a session", "Most to learn from, first");
    if model.plan.is_empty() {
        let words = "Nothing stands out: five people or more have to have decided on a call, and differently.";
        ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
    }
    for suggestion in model.plan.iter().take(8) {
        let Some(column) = model.column_of(suggestion.item) else { continue };
        let number = &model.numbers[column];
        ui.separator();
        ui.horizontal_top(|ui| {
            let mut planned = standing.planned.contains(&column);
            let tick = widgets::tick(ui, &mut planned, "", &format!("Call {number} in the session"));
            widgets::ring(ui, &tick);
            if tick.clicked() {
                action = Some(RoomAction::Plan(column));
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                let check = if suggestion.check_item { ", check the call first" } else { "" };
                ui.label(rich(format!("Call {number}{check}"), text::bold(text::BODY), p.text));
                for reason in suggestion.reasons.iter().take(2) {
                    let words = rich(&reason.words, text::regular(text::CAPTION), p.text2);
                    ui.add(egui::Label::new(words).wrap());
                }
            });
        });
    }
    ui.separator();
    action.or(next_ui(ui, model, standing))
}

/// Whose call is played: nobody's, unless somebody is named who is asked for their yes in the session. No list of
/// people to pick from.
fn whose_ui(ui: &mut Ui, model: &RoomModel, standing: &mut Standing) {
    // What a team that is made up here said is in no store.
    if !model.kept {
        return;
    }
    for column in &standing.planned {
        let Some(number) = model.numbers.get(*column) else { continue };
        let typed = standing.next.whose.entry(*column).or_default();
        let name = format!("Whose call {number} is played");
        let id = egui::Id::new("whose call").with(*column);
        widgets::field(ui, id, typed, &name, &format!("{number}: the model call, or whose"));
    }
}

/// The record that is played, and its owner, where somebody is named. Who has shared nothing cannot be.
///
/// # Errors
/// A sentence.
pub fn played(model: &RoomModel, standing: &Standing, column: usize) -> Result<Option<(String, String)>, String> {
    let typed = standing.next.whose.get(&column).map_or("", |typed| typed.trim());
    if typed.is_empty() || !model.kept {
        return Ok(None);
    }
    let number = model.numbers.get(column).map_or("", String::as_str);
    let of = |row: &usize| model.grid.rows[*row].name.to_lowercase() == typed.to_lowercase();
    let shared = (0..model.grid.rows.len()).find(of).and_then(|row| Some((row, model.record(row, column)?)));
    match shared {
        Some((row, record)) => Ok(Some((record.to_owned(), model.grid.rows[row].name.clone()))),
        None => Err(format!("{typed} has not shared a call {number}, so it cannot be played.")),
    }
}

fn next_ui(ui: &mut Ui, model: &RoomModel, standing: &mut Standing) -> Option<RoomAction> {
    let p = Palette::of(ui);
    whose_ui(ui, model, standing);
    let next = &mut standing.next;
    widgets::field(ui, egui::Id::new("session name"), &mut next.name, "Name of the session", "");
    widgets::field(ui, egui::Id::new("session when"), &mut next.when, "When", "When, as it is written on the rota");
    widgets::caption(ui, "Format");
    ui.horizontal_wrapped(|ui| {
        for format in Format::ALL {
            if widgets::choice(ui, next.format == format, format.name()).clicked() {
                next.format = format;
            }
        }
    });
    widgets::caption(ui, "How the talk is led");
    ui.horizontal_wrapped(|ui| {
        for way in Facilitation::ALL {
            if widgets::choice(ui, next.facilitation == way, way.name()).clicked() {
                next.facilitation = way;
            }
        }
    });
    widgets::caption(ui, next.facilitation.about());
    ui.horizontal_wrapped(|ui| {
        crate::app::screens::session::count_ui(ui, &mut next.invited, "invited");
    });
    let calls = standing.planned.len();
    let most = next.format.calls();
    let ready = calls > 0 && calls <= most && !next.name.trim().is_empty();
    let words = match calls {
        0 => "Tick a call, or press Space on its column.".to_owned(),
        n if n > most => format!("{n} calls are ticked; this format has time for {most}."),
        n => format!("{n} call{}, {} minutes", if n == 1 { "" } else { "s" }, next.format.total(n)),
    };
    ui.label(rich(words, text::regular(text::BODY), if calls > most { p.cue } else { p.text2 }));
    let create = format!("{}  Create session", icons::PRESENTATION_CHART);
    let create = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, &create)).inner;
    widgets::named(ui, &create, "Create session");
    create.clicked().then_some(RoomAction::Create)
}
