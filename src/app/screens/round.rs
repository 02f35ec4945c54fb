//! Deciding for a session on one's own device: a word from the room, an outcome, a file to hand in. Blind: nothing here
//! says what is right, and nothing of it is kept.

#[cfg(test)]
mod tests;

use bevy::prelude::*;
use bevy_egui::egui::{self, Ui as EguiUi};
use bevy_egui::{EguiContexts, EguiPrimaryContextPass};

use super::parts::{Bar, said_ui, screen_ui, tag};
use crate::app::Screen;
use crate::app::egui::{Ui, Wake, whole_window};
use crate::app::files::put;
use crate::app::library::Library;
use crate::app::profile::Who;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::app::when;
use crate::records::fresh_id;
use crate::sharing::session::{Outcome, decision_file, outcomes, read_round};
use crate::standards::{Id, Standards};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Deciding>();
    app.add_systems(OnEnter(Screen::Round), begin);
    app.add_systems(EguiPrimaryContextPass, show.in_set(Ui::Screen).run_if(in_state(Screen::Round)));
}

/// What is typed and chosen.
#[derive(Resource, Default)]
pub struct Deciding {
    word: String,
    chosen: Option<Id>,
    said: Option<Result<String, String>>,
    /// The name in the file of whoever has none, the same as long as the window is open.
    guest: String,
    outcomes: Vec<Outcome>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Do {
    Write,
    Leave,
}

fn begin(mut deciding: ResMut<Deciding>, library: Res<Library>) {
    let guest = std::mem::take(&mut deciding.guest);
    *deciding = Deciding { guest, outcomes: outcomes(&library.standards), ..Deciding::default() };
}

fn show(
    mut contexts: EguiContexts,
    library: Res<Library>,
    who: Res<Who>,
    mut deciding: ResMut<Deciding>,
    mut next: ResMut<NextState<Screen>>,
    mut wake: ResMut<Wake>,
) -> Result {
    let mut ui = whole_window(contexts.ctx_mut()?);
    let deciding = &mut *deciding;
    let Some(done) = round_ui(&mut ui, &library.standards, deciding) else { return Ok(()) };
    wake.now();
    match done {
        Do::Leave => next.set(Screen::Settings),
        Do::Write => {
            let role = who.profile().and_then(|profile| profile.role.clone());
            let written = write(deciding, who.name(), role.as_ref());
            deciding.said = Some(written.and_then(|(name, file)| put(&name, &file)).map(|said| {
                format!("{said} Hand it to whoever leads the session. Another decision takes the place of this one.")
            }));
        }
    }
    Ok(())
}

/// Name and contents of the file.
fn write(deciding: &mut Deciding, name: &str, role: Option<&Id>) -> Result<(String, String), String> {
    let word = read_round(&deciding.word).map_err(|why| format!("{why}."))?;
    let disposition = deciding.chosen.clone().ok_or("Choose an outcome first.")?;
    let id = fresh_id().map_err(|why| why.to_string())?;
    if deciding.guest.is_empty() {
        deciding.guest = format!("guest {}", &id[..8]);
    }
    let by = if name.is_empty() { &deciding.guest } else { name };
    let file = decision_file(&word, by, role, &disposition, &id, &when::now_exactly());
    // The name of a file says nothing of whose it is, and two people's in one folder differ.
    Ok((format!("rightcall-decision-{}-{}.jsonl", word.to_lowercase(), &id[..6]), file))
}

fn round_ui(ui: &mut EguiUi, standards: &Standards, deciding: &mut Deciding) -> Option<Do> {
    let bar = Bar { title: "Decide in a session", beside: "by yourself, without a word" };
    let right = |ui: &mut EguiUi| {
        tag(ui, icons::EYE_SLASH, "The room sees dots without names");
        None
    };
    screen_ui(ui, &bar, right, |ui| {
        let done = widgets::in_panel(ui, |ui| hand_in_ui(ui, deciding));
        ui.add_space(8.0);
        widgets::in_panel(ui, |ui| outcomes_ui(ui, standards, deciding));
        done
    })
}

fn hand_in_ui(ui: &mut EguiUi, deciding: &mut Deciding) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    widgets::title(ui, "How soon, and by whom?", "");
    let words = "You have heard the call in the room. Type the word of the round, choose an outcome below and hand the \
                 file in. It has your pseudonym, so that nobody counts twice; the session keeps no name. An exercise in \
                 judgement, also for whoever decides by guide at work.";
    ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text2)).wrap());
    let chosen = deciding.outcomes.iter().find(|one| Some(&one.disposition) == deciding.chosen.as_ref());
    let chosen = chosen.map_or("Nothing chosen yet".to_owned(), |one| one.name.clone());
    ui.label(rich(chosen, text::bold(text::BODY), p.text));
    ui.horizontal_wrapped(|ui| {
        let id = egui::Id::new("word of the round");
        let entered = widgets::entered(ui, id);
        let field = egui::TextEdit::singleline(&mut deciding.word).id(id).desired_width(130.0).char_limit(10);
        let field = field.margin(egui::Margin::symmetric(10, 5)).font(text::mono(20.0)).hint_text("K7P4X");
        let field = ui.add(field);
        widgets::named(ui, &field, "Word of the round");
        let ready = deciding.chosen.is_some() && !deciding.word.trim().is_empty();
        let write = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, "Write my decision into a file")).inner;
        if (write.clicked() || entered) && ready {
            done = Some(Do::Write);
        }
        if widgets::button(ui, "Back to the settings").clicked() {
            done = Some(Do::Leave);
        }
    });
    said_ui(ui, deciding.said.as_ref());
    done
}

/// Every outcome by its rung, in as many columns as there is room for.
fn outcomes_ui(ui: &mut EguiUi, standards: &Standards, deciding: &mut Deciding) {
    widgets::title(ui, "Outcomes", "most urgent first");
    let columns = ((ui.available_width() / 380.0) as usize).clamp(1, 3);
    let Deciding { outcomes, chosen, said, .. } = deciding;
    let each = outcomes.len().div_ceil(columns).max(1);
    ui.columns(columns, |parts| {
        for (part, outcomes) in parts.iter_mut().zip(outcomes.chunks(each)) {
            part.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                let mut rung = None;
                for one in outcomes {
                    if rung != Some(one.rung) {
                        rung = Some(one.rung);
                        let named = standards.dispositions.rungs.get(one.rung as usize);
                        ui.add_space(4.0);
                        widgets::caption(ui, named.map_or("", |named| &named.name));
                    }
                    let on = chosen.as_ref() == Some(&one.disposition);
                    if outcome_ui(ui, on, &one.name).clicked() {
                        *chosen = Some(one.disposition.clone());
                        *said = None;
                    }
                }
            });
        }
    });
}

/// A choice whose words wrap.
fn outcome_ui(ui: &mut EguiUi, on: bool, name: &str) -> egui::Response {
    let p = Palette::of(ui);
    let (words, font, ink) = match on {
        true => (format!("{} {name}", icons::CHECK), text::bold(text::BODY), p.accent),
        false => (name.to_owned(), text::regular(text::BODY), p.text),
    };
    let mut button = egui::Button::new(rich(words, font, ink)).wrap();
    if on {
        button = button.fill(p.accent_soft).stroke(egui::Stroke::new(1.0, p.accent));
    }
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, on, name));
    widgets::ring(ui, &response);
    response
}
