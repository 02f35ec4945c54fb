//! The list of calls, painted.

use bevy_egui::egui::{self, Align, Color32, Frame, Layout, Margin, Ui, vec2};

use super::CallsAction;
use super::model::{CallsModel, Card, Recent, verdict_words};
use crate::app::library::call_number;
use crate::app::screens::NOTICE;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::app::theme::{Theme, icons};
use crate::marking::Verdict;
use crate::records::Mode;

/// The whole screen.
pub fn calls_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    egui::Panel::top("calls top")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(20, 12)))
        .show_separator_line(false)
        .show(ui, |ui| action = top_ui(ui, model));
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0).inner_margin(Margin::same(16))).show(ui, |ui| {
        if let Some(trouble) = &model.trouble {
            widgets::notice(ui, p.safety, p.safety_soft, |ui| {
                ui.label(format!(
                    "Calls are not being kept: {trouble}. You can take a call and export it before you leave."
                ));
            });
            ui.add_space(8.0);
        }
        let side = (ui.available_width() * 0.32).clamp(300.0, 420.0);
        egui::Panel::right("calls side")
            .exact_size(side)
            .resizable(false)
            .frame(Frame::new())
            .show_separator_line(false)
            .show(ui, |ui| {
                egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    action = action.take().or(past_ui(ui, model));
                });
            });
        egui::CentralPanel::default().frame(Frame::new().inner_margin(Margin { right: 12, ..Margin::ZERO })).show(
            ui,
            |ui| {
                egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    action = action.take().or(how_ui(ui, model));
                    ui.add_space(4.0);
                    action = action.take().or(cards_ui(ui, model));
                });
            },
        );
    });
    action
}

fn top_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.label(rich("Rightcall", text::bold(text::PAGE_TITLE), p.text));
            ui.label(rich(NOTICE, text::regular(text::CAPTION), p.text2));
        });
        widgets::right(ui, |ui| {
            let theme = if model.settings.theme == Theme::Dark { "Light colours" } else { "Dark colours" };
            if widgets::button(ui, theme).clicked() {
                action = Some(CallsAction::Theme);
            }
            let larger = ui.button("A+");
            widgets::named(ui, &larger, "Larger text");
            if larger.on_hover_text("Larger (Ctrl +)").clicked() {
                action = Some(CallsAction::Zoom(1));
            }
            let smaller = ui.button("A−");
            widgets::named(ui, &smaller, "Smaller text");
            if smaller.on_hover_text("Smaller (Ctrl −)").clicked() {
                action = Some(CallsAction::Zoom(-1));
            }
            let speed = format!("Speech {} %", model.settings.speech_percent);
            if widgets::button(ui, &speed).on_hover_text("How fast people speak in a call").clicked() {
                action = Some(CallsAction::Speech);
            }
        });
    });
    action
}

fn how_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::caption(ui, "I take calls as");
        ui.horizontal_wrapped(|ui| {
            for (id, name) in &model.roles {
                if widgets::choice(ui, model.role.as_ref() == Some(id), name).clicked() {
                    action = Some(CallsAction::Role(id.clone()));
                }
            }
        });
        ui.label(rich(&model.scope, text::regular(text::CAPTION), p.text2));
        ui.add_space(4.0);
        widgets::caption(ui, "How");
        ui.horizontal_wrapped(|ui| {
            for (mode, name) in &model.modes {
                if widgets::choice(ui, model.mode == *mode, name).clicked() {
                    action = Some(CallsAction::Mode(*mode));
                }
            }
        });
        let about = match model.mode {
            Mode::Coach => "Everything to be seen, as often as you like.",
            Mode::Exam => "Tension and words not yet spoken are hidden.",
            Mode::JudgementExercise => {
                "An exercise: you are given the free ladder, which your role does not have at work."
            }
            Mode::Guided => "Untimed and never marked.",
        };
        ui.label(rich(about, text::regular(text::CAPTION), p.text2));
    });
    action
}

fn cards_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "Calls", "who is calling, never what about");
        if model.cards.is_empty() {
            ui.label(rich("There are no calls here yet.", text::regular(text::BODY), p.text2));
        }
        for card in &model.cards {
            ui.separator();
            action = action.take().or(card_ui(ui, card));
        }
    });
    action
}

fn card_ui(ui: &mut Ui, card: &Card) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.horizontal(|ui| {
        let (disc, _) = ui.allocate_exact_size(vec2(44.0, 44.0), egui::Sense::hover());
        ui.painter().circle_filled(disc.center(), 21.0, p.bg3);
        ui.painter().text(
            disc.center(),
            egui::Align2::CENTER_CENTER,
            icons::PHONE_INCOMING,
            text::regular(22.0),
            p.accent,
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(rich(
                format!("{} · {}", call_number(card.number), card.caller),
                text::bold(text::TRANSCRIPT),
                p.text,
            ));
            ui.label(rich(&card.about, text::regular(text::CAPTION), p.text2));
            ui.label(rich(&card.notes, text::regular(text::CAPTION), p.text3));
        });
        widgets::right(ui, |ui| {
            if card.for_this_role {
                let answer = widgets::primary(ui, &format!("{}  Answer", icons::PHONE));
                widgets::named(ui, &answer, &format!("Answer {}", call_number(card.number)));
                if answer.clicked() {
                    action = Some(CallsAction::Take(card.slug.clone()));
                }
            } else {
                ui.label(rich("Not for this role", text::regular(text::CAPTION), p.text3));
            }
        });
    });
    action
}

fn past_ui(ui: &mut Ui, model: &CallsModel) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    if !model.unfinished.is_empty() {
        widgets::panel(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            widgets::title(ui, "To go on with", "");
            for call in &model.unfinished {
                let at = widgets::clock(call.at);
                if call.elsewhere {
                    ui.label(rich(
                        format!("{} is being taken in another window", call.number),
                        text::regular(text::BODY),
                        p.text2,
                    ));
                    continue;
                }
                ui.horizontal_wrapped(|ui| {
                    let words = format!("Go on with {} at {at}", call.number.to_lowercase());
                    if widgets::primary(ui, &words).clicked() {
                        action = Some(CallsAction::GoOn(call.id.clone()));
                    }
                    let away = widgets::button(ui, "Throw away");
                    widgets::named(ui, &away, &format!("Throw away {} at {at}", call.number.to_lowercase()));
                    if away.clicked() {
                        action = Some(CallsAction::ThrowAway(call.id.clone()));
                    }
                });
            }
        });
        ui.add_space(4.0);
    }
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        widgets::title(ui, "Recent calls", "");
        if model.recent.is_empty() {
            ui.label(rich(
                "None yet. What you take is listed here with its debrief.",
                text::regular(text::BODY),
                p.text2,
            ));
        }
        for call in &model.recent {
            ui.separator();
            action = action.take().or(recent_ui(ui, call));
        }
    });
    action
}

fn recent_ui(ui: &mut Ui, call: &Recent) -> Option<CallsAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.label(rich(&call.number, text::regular(text::BODY), p.text));
            ui.label(rich(&call.about, text::regular(text::CAPTION), p.text3));
            if let Some(verdict) = call.verdict {
                let (color, soft) = verdict_look(p, verdict);
                widgets::badge(ui, verdict_words(verdict), color, soft);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let debrief = widgets::button(ui, "Debrief");
            widgets::named(ui, &debrief, &format!("Debrief of {}, {}", call.number.to_lowercase(), call.about));
            if debrief.clicked() {
                action = Some(CallsAction::Debrief(call.id.clone()));
            }
        });
    });
    action
}

/// Colours of a verdict.
pub fn verdict_look(p: &Palette, verdict: Verdict) -> (Color32, Color32) {
    match verdict {
        Verdict::Right | Verdict::RightNotAssured => (p.ok, p.ok_soft),
        Verdict::UnderTriage => (p.under, p.under_soft),
        Verdict::OverTriage => (p.over, p.over_soft),
        Verdict::WrongSetting => (p.cue, p.cue_soft),
        Verdict::Unsafe => (p.safety, p.safety_soft),
        Verdict::NotDecided => (p.text2, p.bg3),
    }
}
