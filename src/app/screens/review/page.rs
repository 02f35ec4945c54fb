//! The review room, painted.

use std::cell::RefCell;

use bevy_egui::egui::{self, Ui, vec2};

use super::followed::{Listed, sessions_ui};
use super::marks::{SaidOfMarks, calibration_ui, contested_ui};
use super::model::{From, Order, RoomModel};
use super::{RoomAction, Standing, grid, panels, planning};
use crate::app::screens::parts::{
    Bar, GAP, count, fixed_columns, icon_button, leads_to, screen_ui, tag, under_or_over,
};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

/// How things stand.
pub struct View<'a> {
    pub from: From,
    pub model: Option<&'a RoomModel>,
    /// Something is being worked out.
    pub busy: bool,
    pub trouble: Option<&'a str>,
    pub sessions: &'a [Listed],
    /// What people say of marks.
    pub said: Option<&'a SaidOfMarks>,
}

/// From this width on the panels stand beside the grid.
const BESIDE: f32 = 1050.0;

/// The whole screen.
pub fn room_ui(ui: &mut Ui, view: &View, standing: &mut Standing) -> Option<RoomAction> {
    let bar = Bar { title: "Review room", beside: "learning together, not performance management" };
    let right = |ui: &mut Ui| {
        let handing = icon_button(ui, icons::FOLDER_OPEN, "Hand out and bring back");
        tag(ui, icons::EYE_SLASH, "Pseudonyms only");
        handing.clicked().then_some(RoomAction::Handing)
    };
    screen_ui(ui, &bar, right, |ui| {
        let action = source_ui(ui, view, standing);
        action.or(match view.model {
            None => waiting_ui(ui, view),
            Some(model) if model.cohort.taken.is_empty() && view.busy => waiting_ui(ui, view),
            Some(model) if model.cohort.taken.is_empty() => empty_ui(ui, view),
            Some(model) => full_ui(ui, view, model, standing),
        })
    })
}

/// Where the calls come from and how the rows are ordered.
fn source_ui(ui: &mut Ui, view: &View, standing: &mut Standing) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    if let Some(why) = view.trouble {
        widgets::notice(ui, p.safety, p.safety_soft, |ui| {
            ui.add(egui::Label::new(rich(why, text::regular(text::BODY), p.text)).wrap());
        });
    }
    ui.horizontal_wrapped(|ui| {
        let sources = [(From::HandedOver, "Calls handed over"), (From::Simulated, "Explore with a simulated team")];
        for (from, words) in sources {
            if widgets::choice(ui, view.from == from, words).clicked() && view.from != from {
                action = Some(RoomAction::From(from));
            }
        }
        if view.model.is_some_and(|model| !model.cohort.taken.is_empty()) {
            ui.add_space(16.0);
            widgets::caption(ui, "Order");
            for (order, words) in [(Order::Name, "By name"), (Order::Site, "By site")] {
                if widgets::choice(ui, standing.order == order, words).clicked() {
                    action = Some(RoomAction::Sort(order));
                }
            }
            let open = view.said.map_or(0, SaidOfMarks::open);
            if open > 0 {
                ui.add_space(16.0);
                let words = format!("{} to answer", count(open, "contested mark", "contested marks"));
                if leads_to(ui, &format!("{}  {words}", icons::HAND_PALM), &words).clicked() {
                    standing.to_contested = true;
                }
            }
        }
    });
    if let Some(model) = view.model {
        if model.grid.simulated {
            widgets::notice(ui, p.over, p.over_soft, |ui| {
                let all = model.cohort.members.iter().all(|member| member.simulated);
                let words = if all {
                    "Simulated people. Nobody real decided any of this."
                } else {
                    "Simulated people are among these. Nobody real decided what stands beside their names."
                };
                let words = rich(format!("{}  {words}", icons::INFO), text::bold(text::BODY), p.text);
                ui.add(egui::Label::new(words).wrap());
            });
        }
        if view.busy && !model.cohort.taken.is_empty() {
            widgets::caption(ui, "What has come in since is being put beside these…");
        }
        if model.unmarked > 0 {
            let words = format!("{} calls are still being marked and are not among these.", model.unmarked);
            widgets::caption(ui, &words);
        }
        if model.grid.draft {
            widgets::caption(ui, "Some of these calls are drafts, not clinically reviewed: so is what is in range.");
        }
    }
    ui.add_space(4.0);
    action
}

fn waiting_ui(ui: &mut Ui, view: &View) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let words = if view.busy { "Putting the calls side by side…" } else { "Looking for calls…" };
    let label = ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
    None
}

fn empty_ui(ui: &mut Ui, view: &View) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let words = match view.from {
        From::HandedOver => {
            "No calls to compare yet. Hand out a call set and bring back what people return, or explore with a simulated \
             team."
        }
        From::Simulated => "No call of this library can be taken by a simulated person.",
    };
    ui.add(egui::Label::new(rich(words, text::regular(text::TRANSCRIPT), p.text2)).wrap());
    None
}

fn full_ui(ui: &mut Ui, view: &View, model: &RoomModel, standing: &mut Standing) -> Option<RoomAction> {
    let room = ui.available_width();
    if room < BESIDE {
        let made = widgets::in_panel(ui, |ui| who_ui(ui, model, standing, 420.0));
        let made = made.or(widgets::in_panel(ui, |ui| panels::agreement_ui(ui, model)));
        let made = made.or(widgets::in_panel(ui, |ui| planning::plan_ui(ui, model, standing)));
        let made = made.or(sessions(ui, view, standing));
        widgets::in_panel(ui, |ui| panels::sides_ui(ui, model));
        widgets::in_panel(ui, |ui| panels::leaning_ui(ui, model));
        return made.or(said_ui(ui, view, standing));
    }
    let side = (room * 0.3).clamp(330.0, 420.0);
    // Both columns change how the page stands, one after the other.
    let standing = RefCell::new(standing);
    let calls = |ui: &mut Ui| {
        let tall = (ui.ctx().content_rect().bottom() - ui.cursor().top() - 300.0).clamp(240.0, 560.0);
        let made = widgets::in_panel(ui, |ui| who_ui(ui, model, &mut standing.borrow_mut(), tall));
        let half = (ui.available_width() - GAP) / 2.0;
        let leaning = |ui: &mut Ui| {
            widgets::in_panel(ui, |ui| panels::leaning_ui(ui, model));
            None
        };
        let sides = |ui: &mut Ui| {
            widgets::in_panel(ui, |ui| panels::sides_ui(ui, model));
            None
        };
        let made = made.or(fixed_columns(ui, half, false, leaning, sides));
        made.or(said_ui(ui, view, &mut standing.borrow_mut()))
    };
    let beside = |ui: &mut Ui| {
        let made = widgets::in_panel(ui, |ui| panels::agreement_ui(ui, model));
        let made = made.or(widgets::in_panel(ui, |ui| planning::plan_ui(ui, model, &mut standing.borrow_mut())));
        made.or(sessions(ui, view, &mut standing.borrow_mut()))
    };
    fixed_columns(ui, side, false, calls, beside)
}

fn sessions(ui: &mut Ui, view: &View, standing: &mut Standing) -> Option<RoomAction> {
    if view.sessions.is_empty() {
        return None;
    }
    widgets::in_panel(ui, |ui| sessions_ui(ui, view.sessions, standing))
}

/// Contested marks where there are any; how alike trainers mark, or how they come to know it.
fn said_ui(ui: &mut Ui, view: &View, standing: &mut Standing) -> Option<RoomAction> {
    let said = view.said?;
    let any = !said.contested.is_empty();
    let contested = any.then(|| widgets::in_panel(ui, |ui| contested_ui(ui, said, standing)));
    contested.flatten().or(widgets::in_panel(ui, |ui| calibration_ui(ui, said)))
}

fn who_ui(ui: &mut Ui, model: &RoomModel, standing: &mut Standing, tall: f32) -> Option<RoomAction> {
    let p = Palette::of(ui);
    widgets::title(ui, "Who decided what", "steps from the acceptable range, on the urgency ladder");
    ui.horizontal_wrapped(|ui| {
        let font = text::regular(text::CAPTION);
        ui.label(rich("•  in range", font.clone(), p.ok));
        under_or_over(ui, false, "under-triage", font.clone(), p.under);
        under_or_over(ui, true, "over-triage", font.clone(), p.over);
        ui.label(rich("–  not taken", font.clone(), p.text3));
        ui.label(rich(format!("{} transferred to a clinician", icons::PHONE_TRANSFER), font.clone(), p.text2));
        if model.numbers.iter().any(|number| number.ends_with(char::is_alphabetic)) {
            ui.label(rich("a, b, c: one call, told in other ways", font, p.text3));
        }
    });
    let rows = model.lines.len() as f32 * grid::ROW + grid::HEAD + 14.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), rows.min(tall)), egui::Sense::hover());
    let mut part = ui.new_child(egui::UiBuilder::new().id_salt("who decided what").max_rect(rect));
    let action = grid::grid_ui(&mut part, model, standing);
    panels::items_ui(ui, model);
    action
}
