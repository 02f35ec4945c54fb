//! What was taken before: the lists of the store and the marks beside them, for every screen.

mod mark;
mod opening;

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::*;
use jiff::civil::Date;

use super::Screen;
use super::egui::Wake;
use super::profile::{Profile, Who, Workspace};
use super::store::{Answered, Purpose, Shelf};
use super::{offers, when};
use crate::call::{Ending, RULES};
use crate::cohort::{Consents, Joins};
use crate::marking::Verdict;
use crate::practice::{self, Outcome};
use crate::records::{Annotation, Assessed, Mode, Reply, Request, Shared, Summary};
use crate::standards::Id;
pub use mark::Mark;
use opening::Openings;
pub use opening::{Known, mark_from};
pub use opening::{Reopen, Wish};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Past>();
    app.add_plugins(opening::plugin);
    for screen in [Screen::Desk, Screen::Calls] {
        app.add_systems(OnEnter(screen), ask);
    }
    // The first screen is entered before the store is open.
    app.add_systems(PostStartup, ask);
    app.add_systems(Update, (take_lists, opening::hear, mark_what_is_not, offers::renew).chain());
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
    /// Who shows what of their calls.
    consents: Consents,
    joins: Joins,
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

    /// Whether it was taken to its end and was more than the guided first call.
    pub fn counts(&self) -> bool {
        Outcome::of(self.mode, self.ending, Verdict::Right, false) != Outcome::DoesNotCount
    }

    /// Its mark, where it counts and has one.
    pub fn counted_mark(&self) -> Option<&Mark> {
        self.mark.as_ref().filter(|_| self.counts())
    }

    /// What spacing makes of it: nothing where there is no day or no mark yet.
    pub fn for_practice(&self) -> Option<practice::Taken> {
        let outcome = match &self.mark {
            Some(mark) => Outcome::of(self.mode, self.ending, mark.verdict, !mark.missed.is_empty()),
            None if self.counts() => return None,
            None => Outcome::DoesNotCount,
        };
        Some(practice::Taken { call: self.call.clone(), variant: self.variant.clone(), on: self.on?, outcome })
    }
}

impl Past {
    /// The calls of one pseudonym, and those taken on this machine before anybody had one.
    pub fn own(&self, by: &str) -> impl DoubleEndedIterator<Item = &Taken> {
        self.calls.iter().filter(move |taken| taken.by.is_empty() || taken.by == by)
    }

    /// The calls of whoever has no profile here: what was handed over to a trainer as a file, and has not been taken back.
    /// What colleagues took on this machine is theirs.
    pub fn handed_over(&self, profiles: &[Profile]) -> impl DoubleEndedIterator<Item = &Taken> {
        let is_here = move |by: &str| profiles.iter().any(|profile| profile.name == by);
        let shown = |taken: &&Taken| self.shows(&taken.by, &taken.id, Shared::Calls);
        self.calls.iter().filter(move |taken| !taken.by.is_empty() && !is_here(&taken.by)).filter(shown)
    }

    /// Whether this much of a call may be shown to others.
    pub fn shows(&self, by: &str, record: &str, what: Shared) -> bool {
        self.consents.shows(self.joins.person(by), record, what)
    }

    /// What was said of people and calls, consents among it.
    pub fn take_consents(&mut self, said: &[Annotation]) {
        self.joins = Joins::of(said);
        self.consents = Consents::of(said, &self.joins);
    }

    /// Calls of one pseudonym that can be gone on with here, in the order in which they were begun.
    pub fn unfinished_of(&self, by: &str) -> Vec<&Summary> {
        let own = |call: &&Summary| call.head.by.is_empty() || call.head.by == by;
        self.unfinished.iter().filter(own).filter(|call| !call.elsewhere).collect()
    }

    /// What was taken, finished or not, as the store lists it.
    pub fn summaries(&self) -> impl Iterator<Item = &Summary> {
        self.finished.iter().chain(&self.unfinished)
    }

    /// Pseudonyms of everybody whose calls are here.
    pub fn people(&self) -> BTreeSet<&str> {
        self.calls.iter().map(|taken| taken.by.as_str()).filter(|by| !by.is_empty()).collect()
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

    /// Own calls that ought to have a mark and have none, the latest first; for a trainer, then those handed over.
    pub fn without_mark<'a>(&'a self, who: &'a Who) -> impl Iterator<Item = &'a str> {
        let waits =
            |taken: &&Taken| taken.mark.is_none() && taken.mode != Mode::Guided && !self.hopeless.contains(&taken.id);
        let trainer = who.workspace == Workspace::Trainer;
        let handed_over = self.handed_over(who.profiles()).rev().filter(move |_| trainer);
        self.own(who.name()).rev().chain(handed_over).filter(waits).map(|taken| taken.id.as_str())
    }
}

/// Asks for all lists afresh.
pub fn ask(mut shelf: ResMut<Shelf>) {
    ask_again(&mut shelf);
}

/// The same, from a system that has the store already.
pub fn ask_again(shelf: &mut Shelf) {
    shelf.ask(Purpose::Unfinished, Request::Unfinished);
    shelf.ask(Purpose::Calls, Request::List);
    shelf.ask(Purpose::Assessments, Request::Assessments { rules: RULES });
    shelf.ask(Purpose::Consents, Request::Annotations { of: None });
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
            (Purpose::Consents, Ok(Reply::Annotations(said))) => past.take_consents(said),
            (Purpose::Keep, Err(failure)) => {
                past.trouble =
                    Some(format!("What was changed here could not be kept, and is gone after a restart: {failure}"));
            }
            (Purpose::Abandon | Purpose::Assessments | Purpose::Calls | Purpose::Unfinished, Err(failure)) => {
                past.trouble = Some(failure.to_string());
                past.complete = true;
            }
            _ => continue,
        }
        wake.now();
    }
}

/// How many calls are on their way to be marked at any time.
const AT_ONCE: usize = 2;

/// Finished calls without a mark get one, one's own first, a few at a time, while everything else goes on.
fn mark_what_is_not(past: Res<Past>, who: Res<Who>, mut openings: ResMut<Openings>, mut shelf: ResMut<Shelf>) {
    if !past.complete || !(past.is_changed() || who.is_changed()) {
        return;
    }
    for id in past.without_mark(&who) {
        if openings.to_be_marked() >= AT_ONCE {
            return;
        }
        if !openings.is_marking(id) {
            openings.begin(Wish::Mark, id.to_owned(), &mut shelf);
        }
    }
}

#[cfg(test)]
mod tests;
