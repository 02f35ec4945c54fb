//! The call screen as a whole: caller and topics, transcript and ask bar, record and actions.

use bevy_egui::egui::{self, Frame, Margin, Rect, Ui, vec2};

use super::coach::{self, Coach, Part};
use super::state::{CallUi, Do, Room, Tab, View};
use super::top::Stages;
use super::{actions, ask_bar, caller, contact, outcome, overlays, pins, small, tabs, top, topics, transcript};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::palette::Palette;
use crate::app::theme::widgets;

/// The whole screen; what was asked for.
pub fn call_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi) -> Vec<Do> {
    let p = Palette::of(ui);
    let mut todo = Vec::new();
    if state.over.is_none() && !live.paused() && std::mem::take(&mut state.fresh) {
        todo.push(Do::FocusAsk);
    }
    if live.paused() {
        ui.disable();
    }
    if let Some(coach) = &mut state.coach {
        coach.advance(live);
    }
    let room = Room::of(ui.available_size());
    state.room = room;
    let width = ui.available_width() - 32.0;
    let stages = coach::shows(state.coach.as_ref(), Part::Stages).then(|| top::stages(ui, live, width));
    let margin = if room == Room::Small { Margin::symmetric(8, 2) } else { Margin::symmetric(16, 6) };
    let bar = egui::Panel::top("call top")
        .frame(Frame::new().fill(p.bg1).inner_margin(margin))
        .show_separator_line(true)
        .show(ui, |ui| match (room, state.view) {
            (Room::Small, View::Talk) => todo.extend(small::top_ui(ui, live, state)),
            _ => todo.extend(top::top_ui(ui, live, state.sound, room, stages)),
        });
    debug_assert!(bar.response.rect.is_finite());
    overlays::warning_ui(ui, live, state, &mut todo);
    match (state.view, room) {
        (View::Outcome, _) => {
            if let Some(coach) = state.coach.as_ref().filter(|coach| coach.is_shown(View::Outcome)) {
                let frame = Frame::new().inner_margin(Margin::symmetric(12, 6));
                egui::Panel::top("coach")
                    .frame(frame)
                    .show_separator_line(false)
                    .show(ui, |ui| todo.extend(coach::coach_ui(ui, coach, View::Outcome)));
            }
            outcome::outcome_ui(ui, live, library, state, &mut todo);
        }
        (View::Talk, Room::Wide) => wide_ui(ui, live, library, state, &mut todo),
        (View::Talk, Room::Medium) => medium_ui(ui, live, library, state, stages, &mut todo),
        (View::Talk, Room::Small) => small::small_ui(ui, live, library, state, &mut todo),
    }
    overlays::overlays_ui(ui, live, state, &mut todo);
    todo
}

fn wide_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, todo: &mut Vec<Do>) {
    let gap = 12.0;
    let area = ui.available_rect_before_wrap().shrink2(vec2(16.0, gap));
    let left = (area.width() * 0.216).clamp(240.0, 292.0);
    let right = (area.width() * 0.294).clamp(330.0, 398.0);
    let (left, rest) = area.split_left_right_at_x(area.left() + left);
    let (centre, right) = rest.split_left_right_at_x(area.right() - right);
    // In the order of `Tab`: the ask bar, the transcript, the record, the actions, the topics.
    within(ui, "centre", centre.shrink2(vec2(gap, 0.0)), |ui| centre_ui(ui, live, library, state, gap, todo));
    let offers = offered(live, state.coach.as_ref());
    let (above, below) = right.split_top_bottom_at_y(right.bottom() - actions::height(offers.len(), 2) - gap);
    within(ui, "record", above, |ui| {
        egui::ScrollArea::vertical().id_salt("record").auto_shrink(false).show(ui, |ui| {
            let bottom = ui.max_rect().bottom();
            widgets::in_panel(ui, |ui| todo.extend(contact::contact_ui(ui, live, &mut state.fields)));
            if coach::shows(state.coach.as_ref(), Part::Pins) {
                ui.add_space(gap - ui.spacing().item_spacing.y);
                let tall = (bottom - ui.cursor().top() - 26.0).max(0.0);
                widgets::in_panel(ui, |ui| {
                    ui.set_min_height(tall);
                    todo.extend(pins::pins_ui(ui, live));
                    todo.extend(pins::notes_ui(ui, &mut state.notes));
                });
            }
        });
    });
    let below = below.with_min_y(below.top() + gap);
    within(ui, "actions", below, |ui| todo.extend(actions::actions_ui(ui, &offers, 2)));
    within(ui, "left", left, |ui| {
        if coach::shows(state.coach.as_ref(), Part::Caller) {
            todo.extend(caller::caller_ui(ui, live));
            ui.add_space(gap - ui.spacing().item_spacing.y);
        }
        if coach::shows(state.coach.as_ref(), Part::Topics) {
            widgets::in_panel(ui, |ui| todo.extend(topics::topics_ui(ui, library, state)));
        }
    });
}

fn medium_ui(
    ui: &mut Ui,
    live: &Live,
    library: &Library,
    state: &mut CallUi,
    stages: Option<Stages>,
    todo: &mut Vec<Do>,
) {
    let gap = 8.0;
    let area = ui.available_rect_before_wrap().shrink2(vec2(10.0, gap));
    let right = (area.width() * 0.334).clamp(264.0, 322.0);
    let (centre, right) = area.split_left_right_at_x(area.right() - right);
    within(ui, "centre", centre.with_max_x(centre.right() - gap), |ui| {
        centre_ui(ui, live, library, state, gap, todo);
    });
    let offers = offered(live, state.coach.as_ref());
    let (above, below) = right.split_top_bottom_at_y(right.bottom() - actions::height(offers.len(), 1) - gap);
    within(ui, "record", above, |ui| {
        let frame = widgets::panel(ui).inner_margin(Margin::symmetric(12, 8));
        frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.spacing_mut().scroll.bar_inner_margin = 2.0;
            let names = tab_names(live, state.coach.as_ref(), stages == Some(Stages::Elsewhere));
            let shown = if names.iter().any(|(tab, _)| *tab == state.tab) { state.tab } else { Tab::Record };
            if names.len() > 1 {
                todo.extend(tabs::tabs_ui(ui, &names, shown, ui.available_width()).map(Do::Show));
            }
            tab_ui(ui, live, library, state, shown, todo);
        });
    });
    let below = below.with_min_y(below.top() + gap);
    within(ui, "actions", below, |ui| todo.extend(actions::actions_ui(ui, &offers, 1)));
}

/// Caller strip where there is no panel for it, transcript, ask bar.
fn centre_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, gap: f32, todo: &mut Vec<Do>) {
    let tallest = ui.available_height() * 0.42;
    egui::Panel::bottom("ask").frame(Frame::new()).resizable(false).show_separator_line(false).show(ui, |ui| {
        widgets::in_panel(ui, |ui| todo.extend(ask_bar::ask_ui(ui, live, library, state, tallest)));
    });
    if state.room == Room::Medium && coach::shows(state.coach.as_ref(), Part::Caller) {
        let below = Margin { bottom: gap as i8, ..Margin::ZERO };
        egui::Panel::top("caller strip")
            .frame(Frame::new().inner_margin(below))
            .resizable(false)
            .show_separator_line(false)
            .show(ui, |ui| caller::strip_ui(ui, live));
    }
    let margin = Margin { bottom: gap as i8, ..Margin::ZERO };
    egui::CentralPanel::default().frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        widgets::in_panel(ui, |ui| todo.extend(transcript::transcript_ui(ui, live, state)));
    });
}

/// The tabs that there are, with their names.
pub fn tab_names(live: &Live, coach: Option<&Coach>, more: bool) -> Vec<(Tab, String)> {
    let pins = live.call().state().pins.len();
    let pins = if pins == 0 { "Pins".to_owned() } else { format!("Pins · {pins}") };
    let mut names = vec![(Tab::Record, "Record".to_owned())];
    if coach::shows(coach, Part::Pins) {
        names.push((Tab::Pins, pins));
    }
    if coach::shows(coach, Part::Topics) {
        names.push((Tab::Topics, "Topics".to_owned()));
    }
    if more {
        names.push((Tab::More, "More".to_owned()));
    }
    names
}

/// What a tab holds.
pub fn tab_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, tab: Tab, todo: &mut Vec<Do>) {
    if tab == Tab::Topics {
        todo.extend(topics::topics_ui(ui, library, state));
        return;
    }
    egui::ScrollArea::vertical().id_salt(("tab", tab as u8)).auto_shrink(false).show(ui, |ui| match tab {
        Tab::Pins => todo.extend(pins::pins_ui(ui, live)),
        Tab::More => small::more_ui(ui, live, state, todo),
        _ => {
            todo.extend(contact::contact_ui(ui, live, &mut state.fields));
            if coach::shows(state.coach.as_ref(), Part::Pins) {
                todo.extend(pins::notes_ui(ui, &mut state.notes));
                todo.extend(caller::on_file_ui(ui, live));
            }
        }
    });
}

/// The actions that have arrived. Deciding is there from the first.
pub fn offered(live: &Live, coach: Option<&Coach>) -> Vec<actions::Offer> {
    let all = Vec::from(actions::offers(live));
    if coach::shows(coach, Part::Help) { all } else { all.into_iter().skip(3).collect() }
}

/// Paints into a part of the window.
fn within(ui: &mut Ui, name: &str, rect: Rect, contents: impl FnOnce(&mut Ui)) {
    let builder = egui::UiBuilder::new().id_salt(name).max_rect(rect).layout(egui::Layout::top_down(egui::Align::Min));
    ui.scope_builder(builder, contents);
}
