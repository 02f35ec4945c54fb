//! A call set on the desk: who hands it out and by when, what to know before, its calls and how far one is.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Align, Layout, Ui};

use super::model::{mentions, mode_words};
use super::{DeskAction, SetAction};
use crate::app::screens::parts::{Look, badge, count, icon_button, large_title, lines};
use crate::app::sets::{HowFar, Row, SetOnDesk};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::app::when;

/// A set, and how it lies there.
#[derive(Clone)]
pub struct SetView {
    pub set: SetOnDesk,
    /// All of its calls are shown.
    pub whole: bool,
    /// Its note is shown although something has been begun.
    pub note: bool,
    /// It is asked whether it is to be put away.
    pub putting_away: bool,
}

/// How many calls are shown at first.
const SHOWN: usize = 5;

/// The panel.
pub fn set_ui(ui: &mut Ui, view: &SetView) -> Option<DeskAction> {
    let mut made = None;
    widgets::panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        made = head_ui(ui, view);
        made = made.take().or(rows_ui(ui, view));
        ui.add_space(4.0);
        made = made.take().or(foot_ui(ui, view));
    });
    made.map(|made| match made {
        Made::GoOn(id) => DeskAction::GoOn(id),
        Made::Debrief(id) => DeskAction::Debrief(id),
        Made::Set(action) => DeskAction::Set(view.set.hash.clone(), action),
    })
}

enum Made {
    GoOn(String),
    Debrief(String),
    Set(SetAction),
}

fn head_ui(ui: &mut Ui, view: &SetView) -> Option<Made> {
    let p = Palette::of(ui);
    let set = &view.set;
    let mut made = None;
    let from = if set.by.is_empty() { "A call set".to_owned() } else { format!("A call set from {}", set.by) };
    large_title(ui, &set.name, &from);
    ui.horizontal_wrapped(|ui| {
        if let Some(look) = due_look(set, p) {
            badge(ui, &look);
        }
        let progress = format!("{} of {} done", set.done(), set.rows.len());
        ui.label(rich(progress, text::bold(text::BODY), p.text));
        let role = set.role.as_ref().map_or_else(|| "In your own role".to_owned(), |role| format!("As a {role}"));
        ui.label(rich(format!("{role} · {}", mode_words(set.mode)), text::regular(text::BODY), p.text2));
    });
    if set.note.is_empty() {
        return None;
    }
    if view.note || !set.is_begun() {
        widgets::notice(ui, p.accent, p.accent_soft, |ui| {
            ui.label(rich("Before the first call", text::bold(text::BODY), p.text));
            ui.label(rich(&set.note, text::regular(text::BODY), p.text));
        });
    }
    if set.is_begun() {
        let words = if view.note { "Fold the note" } else { "Read the note again" };
        if widgets::button(ui, words).clicked() {
            made = Some(Made::Set(SetAction::Note));
        }
    }
    made
}

/// When it is due, in words and never in colour alone.
fn due_look(set: &SetOnDesk, p: &Palette) -> Option<Look> {
    let (due, left) = (set.due?, set.days_left?);
    let on = when::in_short(due);
    let days = |n: i64| count(usize::try_from(n).unwrap_or(usize::MAX), "day", "days");
    Some(match left {
        ..0 => (icons::WARNING_CIRCLE, format!("Was due on {on}, {} ago", days(-left)), p.safety, p.safety_soft),
        0 => (icons::CLOCK_COUNTDOWN, "Due today".to_owned(), p.cue, p.cue_soft),
        1..4 => (icons::CLOCK_COUNTDOWN, format!("Due on {on}, {} left", days(left)), p.cue, p.cue_soft),
        _ => (icons::CALENDAR_BLANK, format!("Due on {on}, {} left", days(left)), p.text2, p.bg3),
    })
}

fn rows_ui(ui: &mut Ui, view: &SetView) -> Option<Made> {
    let rows = &view.set.rows;
    let mut made = None;
    // What is to be done next is in sight, with what was done just before it.
    let next = rows.iter().position(|row| !matches!(row.state, HowFar::Done(_))).unwrap_or(0);
    let shown = if view.whole || rows.len() <= SHOWN + 1 {
        &rows[..]
    } else {
        let from = next.min(rows.len() - SHOWN);
        &rows[from..from + SHOWN]
    };
    widgets::part(ui, Role::List, "", |ui| {
        for row in shown {
            ui.separator();
            let of_row = widgets::part(ui, Role::ListItem, "", |ui| row_ui(ui, row));
            made = made.take().or(of_row);
        }
    });
    if shown.len() < rows.len() || view.whole && rows.len() > SHOWN + 1 {
        ui.separator();
        let words = if view.whole { "Fewer".to_owned() } else { format!("All {} calls", rows.len()) };
        let fold = widgets::button(ui, &words);
        widgets::named(ui, &fold, &format!("{words} of {}", view.set.name));
        if fold.clicked() {
            made = Some(Made::Set(SetAction::Unfold));
        }
    }
    made
}

fn row_ui(ui: &mut Ui, row: &Row) -> Option<Made> {
    let p = Palette::of(ui);
    let mut made = None;
    let title = format!("{} · {}", row.number, row.caller);
    let mut about = row.who.clone();
    if let Some(notes) = mentions(&row.notes) {
        about += &format!(" · mentions {notes}");
    }
    let words = |ui: &mut Ui, height: f32| {
        let strong = (title.as_str(), text::bold(text::BODY), p.text);
        lines(ui, height, &[strong, (&about, text::regular(text::CAPTION), p.text3)]);
    };
    if ui.available_width() > 480.0 {
        ui.horizontal(|ui| {
            ui.set_min_height(44.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                made = button_ui(ui, row);
                badge(ui, &state_look(&row.state, p));
                ui.with_layout(Layout::left_to_right(Align::Min), |ui| words(ui, 44.0));
            });
        });
    } else {
        words(ui, 0.0);
        ui.horizontal_wrapped(|ui| {
            badge(ui, &state_look(&row.state, p));
            made = button_ui(ui, row);
        });
    }
    made
}

fn state_look(state: &HowFar, p: &Palette) -> Look {
    match state {
        HowFar::Waiting => (icons::CIRCLE_DASHED, "Waiting".into(), p.text2, p.bg3),
        HowFar::NotForRole => (icons::LOCK_SIMPLE, "Not for your role".into(), p.text2, p.bg3),
        HowFar::Begun(_) => (icons::CIRCLE_HALF, "Begun".into(), p.cue, p.cue_soft),
        HowFar::Done(_) => (icons::CHECK_CIRCLE, "Done".into(), p.ok, p.ok_soft),
    }
}

fn button_ui(ui: &mut Ui, row: &Row) -> Option<Made> {
    let (words, made) = match &row.state {
        HowFar::NotForRole => return None,
        HowFar::Waiting => ("Start", Made::Set(SetAction::Start(row.place))),
        HowFar::Begun(id) => ("Go on", Made::GoOn(id.clone())),
        HowFar::Done(id) => ("Debrief", Made::Debrief(id.clone())),
    };
    let button = widgets::button(ui, words);
    let name = match words {
        "Start" => format!("Start {} of the set. {}", row.number.to_lowercase(), row.who),
        "Go on" => format!("Go on with {} of the set", row.number.to_lowercase()),
        _ => format!("Debrief of {} of the set", row.number.to_lowercase()),
    };
    widgets::named(ui, &button, &name);
    button.clicked().then_some(made)
}

fn foot_ui(ui: &mut Ui, view: &SetView) -> Option<Made> {
    let p = Palette::of(ui);
    let name = &view.set.name;
    let mut made = None;
    ui.separator();
    if view.putting_away {
        let words = "Take this set off your desk? The calls you took for it stay, and the file can be opened again.";
        ui.label(rich(words, text::regular(text::BODY), p.text));
        ui.horizontal_wrapped(|ui| {
            if widgets::button(ui, "Keep it here").clicked() {
                made = Some(Made::Set(SetAction::Keep));
            }
            if widgets::button(ui, "Yes, put it away").clicked() {
                made = Some(Made::Set(SetAction::Away));
            }
        });
        return made;
    }
    ui.horizontal_wrapped(|ui| {
        let back = icon_button(ui, icons::EXPORT, "Hand back…");
        widgets::named(ui, &back, &format!("Hand back {name}…"));
        if back.clicked() {
            made = Some(Made::Set(SetAction::HandBack));
        }
        let away = widgets::button(ui, "Put away…");
        widgets::named(ui, &away, &format!("Put away {name}…"));
        if away.clicked() {
            made = Some(Made::Set(SetAction::PutAway));
        }
    });
    made
}
