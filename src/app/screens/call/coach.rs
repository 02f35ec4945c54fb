//! The guide of the first call: panels arrive one by one, each with a sentence of what it is for.

use bevy_egui::egui::{self, CornerRadius, Frame, Margin, Stroke, Ui};

use super::state::{Do, View};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::Speaker;

/// A part of the screen that arrives when it is explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Caller,
    Topics,
    Pins,
    Stages,
    /// Speak to the patient, hold, transfer.
    Help,
}

/// How far the guide has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coach {
    step: usize,
    /// Lines the trainee had said when the step began.
    since: usize,
    dismissed: bool,
    /// What the outcome is for has been read.
    outcome_read: bool,
}

/// One step: what it says, which part arrives with it, and after how many lines it has been read.
struct Step {
    says: &'static str,
    part: Option<Part>,
    lines: usize,
}

const STEPS: [Step; 9] = [
    Step {
        says: "You speak here. Type a word or two, such as “hello”, choose a line with the arrow keys or the \
               mouse, and press Enter.",
        part: None,
        lines: 1,
    },
    Step {
        says: "What is said appears above, word by word. Take your time: this call has no clock and is not marked.",
        part: None,
        lines: 1,
    },
    Step {
        says: "The contact record: ask where the patient is and for a number, write them down, read them back, \
               and then tick them.",
        part: None,
        lines: 3,
    },
    Step { says: "On the line: whom you are speaking to, and how they sound.", part: Some(Part::Caller), lines: 2 },
    Step {
        says: "Topics: when you are stuck for words, choose a topic or a part of the body to see what can be asked.",
        part: Some(Part::Topics),
        lines: 2,
    },
    Step {
        says: "Pins: keep a line for the handover with the pin beside it, or go up into the transcript and press \
               S, B, A or R.",
        part: Some(Part::Pins),
        lines: 2,
    },
    Step {
        says: "Stages: say where you are in the call. Any can be opened at any time.",
        part: Some(Part::Stages),
        lines: 2,
    },
    Step {
        says: "Help: you can speak to the patient, hold and ask a clinician, or hand the call over.",
        part: Some(Part::Help),
        lines: 2,
    },
    Step {
        says: "When you have heard enough, choose Decide. You can come back to the caller at any time.",
        part: None,
        lines: usize::MAX,
    },
];

const LAST: usize = STEPS.len() - 1;

/// On the outcome there is one sentence for all of it.
const OUTCOME: &str = "Decide, then refer, then advise. The caller stays on the line, and you can go back to them.";

fn own_lines(live: &Live) -> usize {
    live.call().state().lines.iter().filter(|line| line.by == Speaker::Trainee).count()
}

impl Coach {
    /// Whoever comes back to a call knows the screen already.
    pub fn new(live: &Live) -> Self {
        let step = if own_lines(live) == 0 { 0 } else { LAST };
        Self { step, since: own_lines(live), ..Self::default() }
    }

    /// A step that has been done gives way to the next.
    pub fn advance(&mut self, live: &Live) {
        let own = own_lines(live);
        if own.saturating_sub(self.since) >= STEPS[self.step].lines {
            self.next(live);
        }
    }

    pub fn next(&mut self, live: &Live) {
        if self.step == LAST {
            self.dismissed = true;
        }
        self.step = (self.step + 1).min(LAST);
        self.since = own_lines(live);
    }

    /// Everything is there from now on.
    pub fn dismiss(&mut self) {
        self.dismissed = true;
    }

    /// The sentence on the outcome has been read.
    pub fn read_outcome(&mut self) {
        self.outcome_read = true;
    }

    pub fn is_shown(&self, view: View) -> bool {
        let read = self.dismissed || (view == View::Outcome && self.outcome_read);
        !read
    }

    /// Whether a part of the screen has arrived.
    pub fn shows(&self, part: Part) -> bool {
        self.dismissed || STEPS[..=self.step].iter().any(|step| step.part == Some(part))
    }
}

/// Whether a part of the screen is there.
pub fn shows(coach: Option<&Coach>, part: Part) -> bool {
    coach.is_none_or(|coach| coach.shows(part))
}

pub fn coach_ui(ui: &mut Ui, coach: &Coach, view: View) -> Option<Do> {
    let p = Palette::of(ui);
    if !coach.is_shown(view) {
        return None;
    }
    let mut todo = None;
    let frame = Frame::new()
        .fill(p.accent_soft)
        .stroke(Stroke::new(1.0, p.accent))
        .corner_radius(CornerRadius::same(8))
        .inner_margin(Margin::symmetric(12, 8));
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        if view == View::Outcome {
            // There the panels need the room.
            widgets::right(ui, |ui| {
                todo = widgets::button(ui, "Got it").clicked().then_some(Do::NextStep);
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| says_ui(ui, OUTCOME));
            });
            return;
        }
        says_ui(ui, STEPS[coach.step].says);
        ui.horizontal_wrapped(|ui| {
            let words = if coach.step == LAST { "Got it" } else { "Next" };
            if widgets::button(ui, words).clicked() {
                todo = Some(Do::NextStep);
            }
            let beside = format!("{} of {}", coach.step + 1, STEPS.len());
            ui.label(rich(beside, text::regular(text::CAPTION), p.text3));
            if coach.step < LAST && widgets::button(ui, "Show everything").clicked() {
                todo = Some(Do::NoGuide);
            }
        });
    });
    todo
}

fn says_ui(ui: &mut Ui, says: &str) {
    let p = Palette::of(ui);
    let words = format!("{}  {says}", icons::CHAT_CIRCLE_DOTS);
    let said = ui.add(egui::Label::new(rich(words, text::regular(text::BODY), p.text)).wrap());
    ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(egui::accesskit::Live::Polite));
}
