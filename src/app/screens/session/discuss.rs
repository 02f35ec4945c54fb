//! The talk: whose call it is speaks first, then the room; and what they agree on.

use bevy_egui::egui::{self, CornerRadius, Sense, Ui, vec2};

use super::dots;
use super::frame::{Do, Form, LARGE, USUAL, View};
use super::steps::{count_ui, row_of_buttons, short_field, words};
use crate::app::screens::parts::said_ui;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::app::when;
use crate::records::Rating;
use crate::sharing::session::{By, CallState, LearningPoint, Session, SessionEvent, Side, THREE};

/// Who speaks first, if anybody wants to.
pub fn volunteer_ui(ui: &mut Ui, session: &Session, form: &mut Form, todo: &mut Vec<Do>) {
    let Some(call) = session.calls.get(session.call) else { return };
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Who speaks first?", "whoever took the call, or somebody who would");
        match &call.volunteer {
            Some(Some(name)) => words(ui, &format!("{name} speaks first."), LARGE),
            Some(None) => words(ui, "Nobody has to. We talk about the call, not about a person.", LARGE),
            None => {}
        }
        ui.horizontal_wrapped(|ui| {
            let id = egui::Id::new("volunteer");
            let on = widgets::entered(ui, id);
            short_field(ui, id, &mut form.volunteer, 220.0, 60, ("Who speaks first", "Name or pseudonym"));
            if (widgets::button(ui, "Speaks first").clicked() || on) && !form.volunteer.trim().is_empty() {
                let name = Some(std::mem::take(&mut form.volunteer).trim().to_owned());
                todo.push(Do::Happen(SessionEvent::Volunteer { name }));
            }
            if widgets::button(ui, "Nobody wants to").clicked() {
                todo.push(Do::Happen(SessionEvent::Volunteer { name: None }));
            }
        });
    });
}

/// Two columns, the questions to the room, and the script beside them.
pub fn discuss_ui(ui: &mut Ui, view: &View, session: &Session, form: &mut Form, todo: &mut Vec<Do>) {
    dots::dots_ui(ui, view, false);
    let Some(call) = session.calls.get(session.call) else { return };
    if call.volunteer.is_none() {
        volunteer_ui(ui, session, form, todo);
        return;
    }
    if let Some(Some(name)) = &call.volunteer
        && !call.volunteer_is_done()
    {
        score_ui(ui, name, call, todo);
    }
    let wide = ui.available_width() > 1000.0;
    let width = if wide { (ui.available_width() - 24.0) / 3.0 } else { ui.available_width() };
    let layout =
        if wide { egui::Layout::left_to_right(egui::Align::Min) } else { egui::Layout::top_down(egui::Align::Min) };
    ui.with_layout(layout, |ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        for part in 0..3 {
            ui.allocate_ui_with_layout(vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(width);
                match part {
                    0 => side_ui(ui, Side::WentWell, call, form, todo),
                    1 => side_ui(ui, Side::Differently, call, form, todo),
                    _ => ask_ui(ui, session, form),
                }
            });
        }
    });
}

fn score_ui(ui: &mut Ui, name: &str, call: &CallState, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, &format!("{name} first"), "a score, three that went well, three to do differently");
        ui.horizontal_wrapped(|ui| {
            ui.label(rich("How was it, out of five?", text::regular(USUAL), p.text));
            for stars in 1..=5_u8 {
                let Ok(rating) = Rating::try_from(stars) else { continue };
                let choice = widgets::choice(ui, call.self_score == Some(rating), &stars.to_string());
                widgets::named(ui, &choice, &format!("{stars} of 5"));
                if choice.clicked() {
                    todo.push(Do::Happen(SessionEvent::SelfScore(rating)));
                }
            }
        });
    });
    ui.add_space(8.0);
}

fn side_ui(ui: &mut Ui, side: Side, call: &CallState, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let (title, list, typed) = match side {
        Side::WentWell => ("Went well", &call.well, &mut form.well),
        Side::Differently => ("Might do differently", &call.differently, &mut form.differently),
    };
    let own = list.iter().filter(|(by, _)| *by == By::Volunteer).count();
    let volunteer = matches!(call.volunteer, Some(Some(_))) && !call.volunteer_is_done();
    let name = call.volunteer.clone().flatten().unwrap_or_default();
    widgets::in_panel(ui, |ui| {
        let beside = match volunteer {
            true if own < THREE => format!("{name}: {own} of {THREE}"),
            true => format!("{name} has said {THREE}"),
            false => "the room".to_owned(),
        };
        widgets::title(ui, title, &beside);
        for (n, (by, said)) in list.iter().enumerate() {
            ui.horizontal_top(|ui| {
                let (disc, _) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::hover());
                let (fill, ink) = if side == Side::WentWell { (p.ok_soft, p.ok) } else { (p.cue_soft, p.cue) };
                ui.painter().rect_filled(disc, CornerRadius::same(13), fill);
                ui.painter().text(
                    disc.center(),
                    egui::Align2::CENTER_CENTER,
                    (n + 1).to_string(),
                    text::bold(text::BODY),
                    ink,
                );
                let said = if *by == By::Room { format!("{said}  (the room)") } else { said.clone() };
                ui.add(egui::Label::new(rich(said, text::regular(LARGE), p.text)).wrap());
            });
        }
        let id = egui::Id::new("said").with(title);
        let on = widgets::entered(ui, id);
        let name = if side == Side::WentWell { "Something that went well" } else { "Something to do differently" };
        widgets::field(ui, id, typed, name, "In their words");
        if (widgets::button(ui, &format!("Add to “{title}”")).clicked() || on) && !typed.trim().is_empty() {
            let by = if volunteer { By::Volunteer } else { By::Room };
            todo.push(Do::Happen(SessionEvent::Said { side, by, text: std::mem::take(typed).trim().to_owned() }));
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    });
}

/// One question at a time, from what was really different; and what the script says.
fn ask_ui(ui: &mut Ui, session: &Session, form: &mut Form) {
    let p = Palette::of(ui);
    let Some(planned) = session.plan.calls.get(session.call) else { return };
    widgets::in_panel(ui, |ui| {
        let all = planned.prompts.len();
        form.prompt = form.prompt.min(all.saturating_sub(1));
        let beside = if all > 1 { format!("{} of {all}", form.prompt + 1) } else { String::new() };
        widgets::title(ui, "Ask the room", &beside);
        match planned.prompts.get(form.prompt) {
            Some(prompt) => _ = ui.add(egui::Label::new(rich(prompt, text::bold(LARGE), p.text)).wrap()),
            None => words(ui, "What did you go by? What would you have wanted to know?", LARGE),
        }
        if all > 1 {
            ui.horizontal(|ui| {
                for (icon, name, by) in
                    [(icons::CARET_LEFT, "Question before", all - 1), (icons::CARET_RIGHT, "Next question", 1)]
                {
                    let button = widgets::button(ui, icon);
                    widgets::named(ui, &button, name);
                    if button.clicked() {
                        form.prompt = (form.prompt + by) % all;
                    }
                }
            });
        }
        ui.separator();
        widgets::caption(ui, &format!("{}: what one may say", session.plan.facilitation.name()));
        for part in session.plan.facilitation.parts() {
            ui.label(rich(part.title, text::bold(text::BODY), p.text));
            for line in part.say {
                ui.add(egui::Label::new(rich(*line, text::regular(text::BODY), p.text2)).wrap());
            }
        }
    });
}

/// One learning point, with whoever keeps an eye on it and when it is looked at again.
pub fn agree_ui(ui: &mut Ui, view: &View, session: &Session, form: &mut Form, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    dots::dots_ui(ui, view, false);
    let Some(call) = session.calls.get(session.call) else { return };
    widgets::in_panel(ui, |ui| {
        widgets::title(ui, "Our learning point", "what we will do, so that somebody who was not here understands it");
        if let Some(point) = &call.agreed {
            words(ui, &format!("“{}”", point.text), LARGE);
            let words = format!("{} of {} agree. {} keeps an eye on it.", point.agree, point.of, point.owner);
            ui.label(rich(words, text::regular(USUAL), p.text2));
        }
        if call.nothing_agreed {
            words(ui, "Nothing was agreed on this call.", LARGE);
        }
        let today = when::here_and_now().date();
        widgets::area(ui, egui::Id::new("learning point"), &mut form.point, 3, "Learning point", "We will…");
        ui.horizontal_wrapped(|ui| {
            let owner = "Who keeps an eye on it";
            short_field(ui, egui::Id::new("point owner"), &mut form.owner, 200.0, 60, (owner, owner));
            let again = format!("Again on, like {}", today.saturating_add(jiff::Span::new().weeks(2)));
            let review = ("Looked at again on", again.as_str());
            short_field(ui, egui::Id::new("point review"), &mut form.review, 220.0, 10, review);
            if form.agree == 0 {
                form.agree = session.present;
            }
            count_ui(ui, &mut form.agree, &format!("of {} agree", session.present));
        });
        let date = form.review.trim();
        let bad = !date.is_empty() && date.parse::<jiff::civil::Date>().is_err();
        // It can always be pressed: else the key that is meant for it comes to what stands beside it, which is the
        // opposite.
        let missing = match (form.point.trim(), form.owner.trim()) {
            ("", _) => Some("What is agreed on?"),
            (_, "") => Some("Who keeps an eye on it?"),
            _ if bad => Some("Again on a date like 2026-12-24, or nothing."),
            _ => None,
        };
        if missing.is_none() {
            form.point_asked = false;
        }
        if let Some(missing) = missing.filter(|_| form.point_asked || bad) {
            said_ui(ui, Some(&Err(missing.to_owned())));
        }
        row_of_buttons(ui, |ui| {
            let agree = widgets::primary(ui, "Agree on it").clicked();
            form.point_asked |= agree && missing.is_some();
            if agree && missing.is_none() {
                todo.push(Do::Happen(SessionEvent::Agreed(LearningPoint {
                    text: form.point.trim().to_owned(),
                    on: today.to_string(),
                    owner: form.owner.trim().to_owned(),
                    review: date.to_owned(),
                    agree: form.agree.min(session.present),
                    of: session.present,
                })));
            }
            if widgets::button(ui, "We agree on nothing here").clicked() {
                todo.push(Do::Happen(SessionEvent::NothingAgreed));
            }
        });
    });
}
