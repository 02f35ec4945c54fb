//! How the three panels of the outcome stand: what is typed, chosen, open. Nothing of the call itself.

use bevy_egui::egui;

use crate::app::live::Live;
use crate::call::{Action, Confidence};
use crate::standards::{Id, Refer};

/// One of the three panels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    #[default]
    Decide,
    Refer,
    Advise,
}

impl Part {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Decide, Self::Refer, Self::Advise];

    pub fn name(self) -> &'static str {
        match self {
            Self::Decide => "Decide",
            Self::Refer => "Refer",
            Self::Advise => "Advise",
        }
    }

    pub fn number(self) -> &'static str {
        match self {
            Self::Decide => "1",
            Self::Refer => "2",
            Self::Advise => "3",
        }
    }

    /// The panel at which a call stands.
    pub fn of(live: &Live) -> Self {
        match refers(live) {
            None => Self::Decide,
            Some(Refer::Search) if live.call().state().accepted.is_none() => Self::Refer,
            Some(_) => Self::Advise,
        }
    }

    /// Whether what this panel is for has been done.
    pub fn done(self, live: &Live) -> bool {
        match self {
            Self::Decide => live.call().state().decision.is_some(),
            Self::Refer => Self::of(live) == Self::Advise,
            Self::Advise => false,
        }
    }
}

/// What the decision asks to be arranged; absent: undecided.
pub fn refers(live: &Live) -> Option<Refer> {
    let call = live.call();
    let decision = call.state().decision.as_ref()?;
    call.script().standards.disposition(&decision.disposition).map(|d| d.refer)
}

/// Row and column of the ladder.
pub type Cell = (usize, usize);

/// What deciding still waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Reason,
    Confidence,
}

/// The three panels.
#[derive(Default)]
pub struct Outcome {
    /// The panel that is shown where there is room for one.
    pub part: Part,
    /// The ask bar is open below the panels.
    pub saying: bool,
    /// It is given the keyboard as soon as it is there.
    pub fresh_ask: bool,
    pub guide_search: String,
    /// The row of a list that `Tab` comes to.
    pub guide_row: Option<egui::Id>,
    pub other_guide: bool,
    /// A clinician looks at a guide in place of the ladder.
    pub checklist: bool,
    /// The question whose answer is being changed.
    pub correcting: Option<Id>,
    /// The ladder's cell under the keyboard.
    pub cell: Option<Cell>,
    /// The cell whose codes are listed.
    pub open_cell: Option<Cell>,
    pub code_row: Option<egui::Id>,
    /// They have just been opened: the keyboard goes to them.
    pub fresh_codes: bool,
    pub chosen: Option<Id>,
    pub reason: String,
    pub confidence: Option<Confidence>,
    pub missing: Option<Missing>,
    /// It is asked whether the decision is to be taken back.
    pub changing: bool,
    /// The question has just been opened: the keyboard goes to it.
    pub fresh_question: bool,
    /// The cell to be chosen when it has been.
    pub change_to: Option<Cell>,
    /// The service that had the keyboard last.
    pub service: Option<Id>,
    /// It was offered by its button, which goes: the card is given the keyboard.
    pub fresh_card: bool,
    pub rejecting: Option<Id>,
    /// The reasons have just been opened: the keyboard goes to them.
    pub fresh_reasons: bool,
    pub reject_reason: Option<u16>,
    /// A reason that needs a comment was chosen: the keyboard goes there.
    pub fresh_comment: bool,
    /// One that needs none: to the button.
    pub fresh_submit: bool,
    pub comment: String,
    pub comment_missing: bool,
    /// The service to be referred to once there is a reason for all that stand above it.
    pub choosing: Option<Id>,
    pub advice_search: String,
    pub advice_row: Option<egui::Id>,
    /// Only what has been said or ticked is listed.
    pub only_given: bool,
    /// Something was done: the keyboard goes to what comes next.
    pub land: bool,
}

impl Outcome {
    /// The keyboard comes here, if it is on its way and what was done is done.
    pub fn land(&mut self, live: &Live, on: &egui::Response) {
        if self.land && !live.busy() {
            self.land = false;
            on.request_focus();
            on.scroll_to_me(None);
        }
    }

    /// `Esc` closes something here before it leads to the ask bar.
    pub fn holds_escape(&self) -> bool {
        self.open_cell.is_some() || self.changing || self.rejecting.is_some() || self.correcting.is_some()
    }

    /// What is open is closed; the keyboard goes back to where it came from.
    pub fn close(&mut self) {
        if self.open_cell.take().is_none() {
            self.changing = false;
            self.change_to = None;
            self.correcting = None;
            self.stop_rejecting();
        }
        self.land = true;
    }

    /// Taking the decision back clears what was arranged: that is asked first.
    pub fn ask_to_change(&mut self, to: Option<Cell>) {
        self.changing = true;
        self.fresh_question = true;
        self.change_to = to;
        self.part = Part::Decide;
    }

    /// The reasons for passing over a service are opened.
    pub fn reject(&mut self, service: &Id) {
        self.stop_rejecting();
        self.rejecting = Some(service.clone());
        self.fresh_reasons = true;
    }

    pub fn stop_rejecting(&mut self) {
        self.rejecting = None;
        self.reject_reason = None;
        self.comment.clear();
        self.comment_missing = false;
        self.choosing = None;
    }

    /// An action is on its way: what was chosen or open for it is cleared.
    pub fn after(&mut self, action: &Action) {
        match action {
            Action::Decide { .. } | Action::Revise => {
                self.chosen = None;
                self.open_cell = None;
                self.confidence = None;
                self.missing = None;
                self.changing = false;
                self.stop_rejecting();
            }
            Action::ChooseGuide(_) => {
                self.other_guide = false;
                self.chosen = None;
                self.correcting = None;
            }
            Action::Record { .. } => {
                self.chosen = None;
                self.correcting = None;
            }
            Action::Reject { .. } => {
                let choosing = self.choosing.take();
                self.stop_rejecting();
                self.choosing = choosing;
            }
            Action::Search | Action::Accept(_) => self.stop_rejecting(),
            _ => return,
        }
        self.land = true;
    }
}
