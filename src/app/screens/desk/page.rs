//! The desk as a whole: two columns where there is room, one where there is not.

use bevy_egui::egui::{self, Frame, Layout, Margin, ScrollArea, Ui, vec2};

use super::DeskAction;
use super::lean::lean_ui;
use super::list::practice_ui;
use super::model::{DeskModel, Waiting};
use super::recent::recent_ui;
use super::ring::ring_ui;
use super::wheel::wheel_ui;
use crate::app::screens::parts::{header_ui, icon_button, tag};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};

/// The screen.
pub fn desk_ui(ui: &mut Ui, model: &DeskModel) -> Option<DeskAction> {
    let p = Palette::of(ui);
    let mut action = header_ui(ui, &model.greeting, &model.beside, |ui| {
        let breather = icon_button(ui, icons::PAUSE_CIRCLE, "Take a breather");
        tag(ui, icons::GRADUATION_CAP, "Training simulation, not clinical decision support");
        breather.clicked().then_some(DeskAction::Breathe)
    });
    let body = Frame::new().fill(p.bg0).inner_margin(Margin { left: 20, right: 12, top: 14, bottom: 0 });
    egui::CentralPanel::default().frame(body).show(ui, |ui| {
        ScrollArea::vertical().id_salt("desk").auto_shrink(false).show(ui, |ui| {
            let height = ui.available_height() - 16.0;
            ui.set_max_width(ui.available_width() - 8.0);
            ui.spacing_mut().item_spacing.y = 14.0;
            let top = ui.cursor().top();
            action = action.take().or(notices_ui(ui, model));
            let height = height - (ui.cursor().top() - top);
            let room = ui.available_width();
            if room >= 860.0 {
                let side = (room * 0.325).clamp(300.0, 424.0);
                let columns = [room - side - 14.0, side];
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = 14.0;
                    column(ui, columns[0], |ui| action = action.take().or(left_ui(ui, model, height)));
                    column(ui, columns[1], |ui| action = action.take().or(right_ui(ui, model, height)));
                });
            } else {
                action = action.take().or(left_ui(ui, model, 0.0));
                action = action.take().or(right_ui(ui, model, 0.0));
            }
            ui.add_space(2.0);
        });
    });
    action
}

fn column(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(egui::Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing = vec2(8.0, 14.0);
        contents(ui);
    });
}

fn left_ui(ui: &mut Ui, model: &DeskModel, height: f32) -> Option<DeskAction> {
    let top = ui.cursor().top();
    let mut action = None;
    if let Some(ringing) = &model.ringing {
        action = ring_ui(ui, ringing);
    }
    let height = height - (ui.cursor().top() - top);
    tight(ui, |ui| action.take().or(practice_ui(ui, model, height)))
}

fn right_ui(ui: &mut Ui, model: &DeskModel, height: f32) -> Option<DeskAction> {
    let top = ui.cursor().top();
    tight(ui, |ui| {
        if let Some(wheel) = &model.wheel {
            wheel_ui(ui, wheel);
        }
    });
    tight(ui, |ui| lean_ui(ui, &model.lean));
    let height = height - (ui.cursor().top() - top);
    tight(ui, |ui| recent_ui(ui, model, height))
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
