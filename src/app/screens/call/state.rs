//! How the call screen stands: what is typed, chosen, open. Nothing of the call itself.

use super::outcome::state::Outcome;
use crate::app::live::Live;
use crate::call::{Action, FIELDS, LookUp, Sbar};
use crate::standards::Id;

/// Something to be done, from any panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    Act(Action),
    /// Say exactly these words: understood or not.
    SayFreely(String),
    View(View),
    /// Opens or closes the ask bar below the outcome.
    SayBar(bool),
    Open(Over),
    CloseOver,
    Pause,
    /// Lets time pass until everything under way has been said.
    Skip,
    FocusAsk,
    FocusTranscript,
    FocusNotes,
    Export,
    /// Writes what somebody said into this field of the contact record.
    Fill(usize, String),
    /// Goes to the debrief of a call that is over and not kept.
    Leave,
}

/// What fills the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    #[default]
    Talk,
    /// Decide, refer, advise.
    Outcome,
}

/// What lies over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    Hold,
    Transfer,
    BreakOff,
    OnFile(LookUp),
    Handover,
}

#[derive(Default)]
pub struct CallUi {
    pub view: View,
    pub over: Option<Over>,
    pub ask: Ask,
    /// The line chosen by keyboard.
    pub line: Option<u32>,
    /// What is typed in the fields of the contact record, and what of it the call knows.
    pub fields: Vec<Draft>,
    pub notes: Draft,
    pub question: String,
    pub sbar: Sbar,
    pub outcome: Outcome,
    pub said: Option<String>,
    /// The ask bar is to be given the keyboard as soon as nothing lies over it.
    pub fresh: bool,
    /// The call is over and may be left without being kept.
    pub left: bool,
}

/// The ask bar.
#[derive(Default)]
pub struct Ask {
    pub typed: String,
    pub chosen: usize,
    /// Id of a body system whose utterances are listed.
    pub topic: Option<Id>,
    /// Words that were not understood, and what is nearest.
    pub unclear: Option<(String, Vec<usize>)>,
}

/// Text being typed.
#[derive(Default)]
pub struct Draft {
    pub text: String,
    known: String,
}

impl Draft {
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), known: text.to_owned() }
    }

    /// What was heard stands in the field, as if typed.
    pub fn fill(&mut self, text: &str) {
        text.clone_into(&mut self.text);
    }

    /// What has been typed since the call last heard of it.
    pub fn take_news(&mut self) -> Option<String> {
        if self.text.trim() == self.known.trim() {
            return None;
        }
        self.known.clone_from(&self.text);
        Some(self.text.trim().to_owned())
    }
}

impl CallUi {
    pub fn new(live: &Live) -> Self {
        let call = live.call();
        let fields = FIELDS.iter().map(|name| Draft::new(&call.field(*name).unwrap_or_default())).collect();
        let handed_over = call.script().scenario.handover.as_ref().is_some_and(|h| h.roles.contains(&call.role().id));
        Self {
            fields,
            notes: Draft::new(&call.state().notes),
            fresh: true,
            over: (handed_over && live.clock() == 0).then_some(Over::Handover),
            ..Self::default()
        }
    }

    /// What is typed and not known to the call yet, as actions.
    pub fn typed(&mut self) -> Vec<Action> {
        let mut actions: Vec<Action> = FIELDS
            .iter()
            .zip(&mut self.fields)
            .filter_map(|(name, draft)| Some(Action::Field { name: *name, text: draft.take_news()? }))
            .collect();
        actions.extend(self.notes.take_news().map(Action::Note));
        actions
    }
}
