//! Sessions that are kept: to go on with, and what became of what was agreed in them.

use bevy_egui::egui::{self, Ui};

use super::{RoomAction, Standing};
use crate::app::library::number_of;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::cohort::Cohort;
use crate::sharing::follow_up::{Due, Point, points, say_kept};
use crate::sharing::session::{Kept, Plan, Session};

/// A session as it is listed.
pub struct Listed {
    pub plan: Plan,
    /// As it stands; absent where its events cannot be read: opening it says why.
    pub session: Option<Session>,
    pub points: Vec<Point>,
}

impl Listed {
    /// `today`: a civil date.
    pub fn new(plan: Plan, session: Option<Session>, cohort: Option<&Cohort>, today: &str) -> Self {
        let mut listed = Self { plan, session, points: Vec::new() };
        listed.look(cohort, today);
        listed
    }

    /// Other calls are there to be held against what was agreed.
    pub fn look(&mut self, cohort: Option<&Cohort>, today: &str) {
        self.points = self.session.as_ref().map(|session| points(session, cohort, today)).unwrap_or_default();
    }
}

/// What is being written on a point.
#[derive(Default)]
pub struct Looking {
    /// Id of the session and place of the call.
    about: Option<(String, u32)>,
    words: String,
    kept: Option<Kept>,
}

/// The list.
pub fn sessions_ui(ui: &mut Ui, sessions: &[Listed], standing: &mut Standing) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    let due = sessions.iter().flat_map(|one| &one.points).filter(|point| point.due == Due::Now).count();
    let beside = if due > 0 { format!("{due} to be looked at again") } else { String::new() };
    widgets::title(ui, "Sessions", &beside);
    for one in sessions {
        ui.separator();
        ui.horizontal(|ui| {
            widgets::right(ui, |ui| {
                let open = widgets::button(ui, "Open");
                widgets::named(ui, &open, &format!("Open the session {}", one.plan.name));
                if open.clicked() {
                    action = Some(RoomAction::OpenSession(one.plan.id.clone()));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let when = if one.plan.when.is_empty() { String::new() } else { format!(", {}", one.plan.when) };
                    let words = rich(format!("{}{when}", one.plan.name), text::bold(text::BODY), p.text);
                    ui.add(egui::Label::new(words).wrap());
                });
            });
        });
        for point in &one.points {
            action = point_ui(ui, &one.plan, point, &mut standing.looking).or(action.take());
        }
    }
    action
}

/// What was agreed, by when it is looked at again, and what has become of it.
fn point_ui(ui: &mut Ui, plan: &Plan, point: &Point, looking: &mut Looking) -> Option<RoomAction> {
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing.y = 3.0;
    let agreed = &point.point;
    let call = number_of(&point.call);
    words(ui, &format!("{call}: “{}”", agreed.text), text::regular(text::BODY), p.text);
    let again = match (&*agreed.review, point.due) {
        ("", _) => String::new(),
        (review, Due::Now) => format!(", to be looked at again since {review}"),
        (review, _) => format!(", to be looked at again on {review}"),
    };
    let who = format!("Agreed on {}, {} keeps an eye on it{again}.", agreed.on, agreed.owner);
    let due = point.due == Due::Now;
    let shown = if due { format!("{} {who}", icons::CALENDAR_CHECK) } else { who };
    words(ui, &shown, text::regular(text::CAPTION), if due { p.cue } else { p.text2 });
    if let Some(since) = &point.since {
        words(ui, &since.words(), text::regular(text::CAPTION), p.text2);
    }
    for (on, said, kept) in &point.looked_at {
        let found = format!("{} {on}, {}: {said}", icons::CHECK, say_kept(*kept));
        words(ui, &found, text::regular(text::CAPTION), p.text2);
    }
    let about = (plan.id.clone(), point.place);
    if looking.about.as_ref() == Some(&about) {
        return looking_ui(ui, about, &call, looking);
    }
    let look = widgets::button(ui, "Look at it again");
    widgets::named(ui, &look, &format!("Look again at what was agreed on {call}, {}", plan.name));
    if look.clicked() {
        *looking = Looking { about: Some(about), ..Looking::default() };
    }
    None
}

fn looking_ui(ui: &mut Ui, about: (String, u32), call: &str, looking: &mut Looking) -> Option<RoomAction> {
    let mut action = None;
    widgets::caption(ui, "Was it kept?");
    ui.horizontal_wrapped(|ui| {
        for (kept, words) in [(Kept::Yes, "Kept"), (Kept::Partly, "Kept in part"), (Kept::No, "Not kept")] {
            if widgets::choice(ui, looking.kept == Some(kept), words).clicked() {
                looking.kept = Some(kept);
            }
        }
    });
    let id = egui::Id::new("looked at again");
    widgets::area(ui, id, &mut looking.words, 2, &format!("What was found on {call}"), "How do we know?");
    ui.horizontal_wrapped(|ui| {
        let words = looking.words.trim();
        let ready = looking.kept.filter(|_| !words.is_empty());
        let keep = ui.add_enabled_ui(ready.is_some(), |ui| widgets::primary(ui, "Write it down")).inner;
        if let Some(kept) = ready.filter(|_| keep.clicked()) {
            let (session, call) = about;
            action = Some(RoomAction::FollowUp { session, call, words: words.to_owned(), kept });
        }
        if widgets::button(ui, "Not now").clicked() {
            looking.about = None;
        }
    });
    if action.is_some() {
        *looking = Looking::default();
    }
    action
}

fn words(ui: &mut Ui, words: &str, font: egui::FontId, ink: egui::Color32) {
    ui.add(egui::Label::new(rich(words, font, ink)).wrap());
}
