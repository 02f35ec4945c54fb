//! The desk as a whole: two columns where there is room, one where there is not.

use bevy_egui::egui::{Ui, vec2};

use super::DeskAction;
use super::lean::lean_ui;
use super::list::practice_ui;
use super::model::{DeskModel, Waiting};
use super::recent::recent_ui;
use super::ring::ring_ui;
use super::set::set_ui;
use super::wheel::wheel_ui;
use crate::app::screens::parts::{Bar, columns, icon_button, screen_ui, tag};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// The screen.
pub fn desk_ui(ui: &mut Ui, model: &DeskModel) -> Option<DeskAction> {
    let bar = Bar { title: &model.greeting, beside: &model.beside };
    let height = ui.available_height() - 64.0 - 32.0;
    let right = |ui: &mut Ui| {
        let breather = icon_button(ui, icons::PAUSE_CIRCLE, "Take a breather");
        tag(ui, icons::GRADUATION_CAP, "Training simulation, not clinical decision support");
        breather.clicked().then_some(DeskAction::Breathe)
    };
    screen_ui(ui, &bar, right, |ui| {
        ui.spacing_mut().item_spacing.y = 14.0;
        let top = ui.cursor().top();
        let mut action = notices_ui(ui, model);
        let height = height - (ui.cursor().top() - top);
        let room = ui.available_width();
        if room >= 860.0 {
            let side = (room * 0.325).clamp(300.0, 424.0);
            let columns = columns(ui, side, |ui| left_ui(ui, model, height), |ui| right_ui(ui, model, height));
            action = action.or(columns);
        } else {
            action = action.take().or(left_ui(ui, model, 0.0));
            action = action.take().or(right_ui(ui, model, 0.0));
        }
        action
    })
}

fn left_ui(ui: &mut Ui, model: &DeskModel, height: f32) -> Option<DeskAction> {
    let top = ui.cursor().top();
    let mut action = None;
    if let Some(ringing) = &model.ringing {
        action = ring_ui(ui, ringing);
    }
    for view in &model.sets {
        action = tight(ui, |ui| action.take().or(set_ui(ui, view)));
    }
    for file in &model.unreadable {
        tight(ui, |ui| unreadable_ui(ui, file));
    }
    let height = height - (ui.cursor().top() - top);
    tight(ui, |ui| action.take().or(practice_ui(ui, model, height)))
}

fn right_ui(ui: &mut Ui, model: &DeskModel, height: f32) -> Option<DeskAction> {
    let top = ui.cursor().top();
    if let Some(wheel) = &model.wheel {
        tight(ui, |ui| wheel_ui(ui, wheel));
    }
    tight(ui, |ui| lean_ui(ui, &model.lean));
    let height = height - (ui.cursor().top() - top);
    tight(ui, |ui| recent_ui(ui, model, height))
}

/// Whoever misses a set is told where it is.
fn unreadable_ui(ui: &mut Ui, file: &str) {
    let p = Palette::of(ui);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "A call set is not shown", file);
        let words = "Its calls, or what it asks for, are not in this version of Rightcall or not in these standards. It is kept, and \
                     lies here again when they are. Whoever handed it out can give you one that fits.";
        ui.label(rich(words, text::regular(text::BODY), p.text2));
    });
}

/// What stands within a panel stands closer than the panels.
fn tight<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        contents(ui)
    })
    .inner
}

fn notices_ui(ui: &mut Ui, model: &DeskModel) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let mut action = None;
    if let Some(why) = model.saving_is_off {
        widgets::notice(ui, p.safety, p.safety_soft, |ui| {
            let words = format!("Saving is off: {why}. Export before you leave.");
            ui.label(rich(words, text::regular(text::BODY), p.text));
        });
    }
    if let Some(trouble) = model.trouble {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(rich(trouble, text::regular(text::BODY), p.text));
                if widgets::button(ui, "All right").clicked() {
                    action = Some(DeskAction::TroubleSeen);
                }
            });
        });
    }
    if let Some(waiting) = &model.waiting {
        action = action.or(waiting_ui(ui, waiting));
    }
    if model.guided {
        action = action.or(guided_ui(ui));
    }
    action
}

fn guided_ui(ui: &mut Ui) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::notice(ui, p.accent, p.accent_soft, |ui| {
        ui.label(rich("Your first call", text::bold(text::PANEL_TITLE), p.text));
        let words = "A guided call to find your way round. It has no clock and is never marked, and you can stop when \
                     you like.";
        ui.label(rich(words, text::regular(text::BODY), p.text));
        ui.horizontal_wrapped(|ui| {
            if widgets::primary(ui, "Begin with a guided call").clicked() {
                action = Some(DeskAction::Guided);
            }
            if widgets::button(ui, "I know my way round").clicked() {
                action = Some(DeskAction::NotGuided);
            }
        });
    });
    action
}

fn waiting_ui(ui: &mut Ui, waiting: &Waiting) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::notice(ui, p.accent, p.accent_soft, |ui| {
        ui.horizontal_wrapped(|ui| {
            let at = widgets::clock(waiting.at);
            let words = if waiting.in_hand {
                format!("{} is paused at {at} and waits for you.", waiting.number)
            } else {
                format!("{} was left at {at}. You can go on with it.", waiting.number)
            };
            ui.label(rich(words, text::regular(text::BODY), p.text));
            if widgets::button(ui, "Go on").clicked() {
                action = Some(DeskAction::GoOn(waiting.id.clone()));
            }
            if waiting.more > 0 {
                let more = format!("{} more to go on with", waiting.more);
                if widgets::button(ui, &more).clicked() {
                    action = Some(DeskAction::AllCalls);
                }
            }
        });
    });
    action
}
