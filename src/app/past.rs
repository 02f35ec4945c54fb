//! What was taken before: the lists of the store and the marks beside them, for every screen.

mod mark;
mod opening;

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use jiff::civil::Date;

use super::Screen;
use super::egui::Wake;
use super::store::{Answered, Purpose, Shelf};
use super::when;
use crate::call::{Ending, RULES};
use crate::practice::{self, Outcome};
use crate::records::{Assessed, Mode, Reply, Request, Summary};
use crate::standards::Id;
pub use mark::{Mark, assessed};
pub use opening::{Reopen, Wish, reopened};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Past>();
    app.add_plugins(opening::plugin);
    for screen in [Screen::Desk, Screen::Calls] {
        app.add_systems(OnEnter(screen), ask);
    }
    // The first screen is entered before the store is open.
    app.add_systems(PostStartup, ask);
    app.add_systems(Update, (take_lists, mark_what_is_not).chain());
}

/// What was taken before.
#[derive(Resource, Default)]
pub struct Past {
    /// Begun and not finished.
    pub unfinished: Vec<Summary>,
    /// Finished, in the order in which they were taken.
    pub calls: Vec<Taken>,
    /// What went wrong with keeping or opening calls, in a sentence.
    pub trouble: Option<String>,
    finished: Vec<Summary>,
    marks: BTreeMap<String, Mark>,
    /// Cannot be marked: said once, and not tried again.
    hopeless: BTreeSet<String>,
    /// The lists and the marks have come.
    complete: bool,
}

/// A finished call.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// Id of its record.
    pub id: String,
    /// Neutral name of the call, `call-0412`.
    pub call: Id,
    /// The number in that name.
    pub number: u32,
    pub variant: Option<Id>,
    pub role: Id,
    pub mode: Mode,
    /// Pseudonym of whoever took it.
    pub by: String,
    /// The day, where the user is; absent where the record does not say.
    pub on: Option<Date>,
    pub ending: Option<Ending>,
    /// Absent until it has been marked; guided calls never are.
    pub mark: Option<Mark>,
}

impl Taken {
    fn of(call: &Summary, mark: Option<&Mark>) -> Self {
        let head = &call.head;
        Taken {
            id: head.id.clone(),
            call: head.call.clone(),
            number: head.call.strip_prefix("call-").and_then(|n| n.parse().ok()).unwrap_or_default(),
            variant: head.variant.clone(),
            role: head.role.clone(),
            mode: head.mode,
            by: head.by.clone(),
            on: when::here(&head.taken).map(|at| at.date()),
            ending: call.ending,
            mark: mark.cloned(),
        }
    }

    /// What spacing makes of it: nothing where there is no day or no mark yet.
    pub fn for_practice(&self) -> Option<practice::Taken> {
        let broken_off = Outcome::of(self.mode, self.ending, crate::marking::Verdict::Right, false);
        let outcome = match &self.mark {
            _ if broken_off == Outcome::DoesNotCount => broken_off,
            Some(mark) => Outcome::of(self.mode, self.ending, mark.verdict, !mark.missed.is_empty()),
            None => return None,
        };
        Some(practice::Taken { call: self.call.clone(), variant: self.variant.clone(), on: self.on?, outcome })
    }
}

impl Past {
    /// The calls of one pseudonym, and those taken on this machine before anybody had one.
    pub fn own<'a>(&'a self, by: &'a str) -> impl DoubleEndedIterator<Item = &'a Taken> + Clone {
        self.calls.iter().filter(move |taken| taken.by.is_empty() || taken.by == by)
    }

    /// Whether everything that was kept has been heard of.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// A call has been marked.
    pub fn put(&mut self, record: &str, mark: Mark) {
        if let Some(taken) = self.calls.iter_mut().find(|taken| taken.id == record) {
            taken.mark = Some(mark.clone());
        }
        self.marks.insert(record.to_owned(), mark);
    }

    fn take_marks(&mut self, marks: &[Assessed]) {
        for assessed in marks {
            if let Some(mark) = Mark::read(&assessed.summary) {
                self.marks.insert(assessed.key.record.clone(), mark);
            }
        }
        self.complete = true;
        self.put_together();
    }

    fn put_together(&mut self) {
        self.calls = self.finished.iter().map(|call| Taken::of(call, self.marks.get(&call.head.id))).collect();
    }

    /// The next finished call that has no mark yet.
    fn without_mark(&self, under_way: impl Fn(&str) -> bool) -> Option<&Taken> {
        self.calls.iter().rev().find(|taken| {
            taken.mark.is_none()
                && taken.mode != Mode::Guided
                && !self.hopeless.contains(&taken.id)
                && !under_way(&taken.id)
        })
    }
}

/// Asks for all lists afresh.
pub fn ask(mut shelf: ResMut<Shelf>) {
    shelf.ask(Purpose::Unfinished, Request::Unfinished);
    shelf.ask(Purpose::Calls, Request::List);
    shelf.ask(Purpose::Assessments, Request::Assessments { rules: RULES });
}

fn take_lists(mut answers: MessageReader<Answered>, mut past: ResMut<Past>, mut wake: ResMut<Wake>) {
    for answer in answers.read() {
        match (answer.purpose, &answer.result) {
            (Purpose::Unfinished, Ok(Reply::Calls(calls))) => past.unfinished.clone_from(calls),
            (Purpose::Calls, Ok(Reply::Calls(calls))) => {
                past.finished = calls.iter().filter(|call| call.finished).cloned().collect();
                past.put_together();
            }
            (Purpose::Assessments, Ok(Reply::Assessments(marks))) => past.take_marks(marks),
            (Purpose::Abandon | Purpose::Assessments | Purpose::Calls | Purpose::Unfinished, Err(failure)) => {
                past.trouble = Some(failure.to_string());
            }
            _ => continue,
        }
        wake.now();
    }
}

/// How many calls are on their way to be marked at any time.
const AT_ONCE: usize = 2;

/// Finished calls without a mark get one, a few at a time, while everything else goes on.
fn mark_what_is_not(past: Res<Past>, mut openings: ResMut<opening::Openings>, mut shelf: ResMut<Shelf>) {
    if !past.is_complete() {
        return;
    }
    while openings.to_be_marked() < AT_ONCE
        && let Some(taken) = past.without_mark(|id| openings.is_marking(id))
    {
        openings.begin(Wish::Mark, taken.id.clone(), &mut shelf);
    }
}

#[cfg(test)]
#[path = "past/tests.rs"]
mod tests;
