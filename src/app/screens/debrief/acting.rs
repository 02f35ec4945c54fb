//! What each action does to a debrief, and what is left to do outside.

use super::model::Page;
use super::view::{About, Do, Draft, Outcome, Step};
use crate::records::{Annotation, AnnotationKind, Rating};
use crate::sharing::returning::answer_file;
use crate::standards::Id;

impl Page {
    /// Opens a call that is looked at again, now that it is known what was said of it.
    pub fn open(&mut self) {
        let said = |note: &Annotation| {
            let about = matches!(note.kind, AnnotationKind::SelfRating(_) | AnnotationKind::Reflection);
            about && note.by == self.viewer
        };
        let asks = self.is_own() && !self.notes.iter().any(said);
        self.view.open(asks, self.heavy);
    }

    /// Does it; what is left to do outside.
    pub fn act(&mut self, what: Do) -> Vec<Outcome> {
        match what {
            Do::Ready => self.go_to(Step::Rating),
            Do::Rated => return self.rated().into_iter().collect(),
            Do::Leave => {
                self.view.replay.stop();
                if self.heavy && self.view.asked && self.view.step == Step::Page {
                    self.go_to(Step::Farewell);
                    return vec![];
                }
                // What was said of it is kept, also when the rest has to wait.
                let said = if self.view.step == Step::Rating { self.rated() } else { None };
                return said.into_iter().chain([Outcome::Leave]).collect();
            }
            Do::Filter(filter) => {
                self.view.filter = filter;
                let shown = self.shown();
                if !self.view.chosen.is_some_and(|n| shown.contains(&n))
                    && let Some(&first) = shown.first()
                {
                    self.choose(first);
                }
            }
            Do::Tab(tab) => {
                self.view.tab = tab;
                (self.view.show_mark, self.view.show_row) = (true, true);
            }
            Do::Mark(n) => self.choose(n),
            Do::Walk(by) => self.walk(by),
            Do::Row(row) => self.choose_row(row),
            Do::WalkRows(by) => {
                let row = self.view.row.map_or(0, |row| row.saturating_add_signed(by));
                self.choose_row(row.min(self.rows.len().saturating_sub(1)));
            }
            Do::PlayOrStop if self.view.replay.playing() => self.view.replay.stop(),
            Do::PlayOrStop => self.play(self.view.row.unwrap_or(0)),
            Do::Play(row) => self.play(row),
            Do::WriteComment(row) => self.write(About::Row(row)),
            Do::Contest(mark) => self.write(About::Mark(mark)),
            Do::GiveOwn(mark) => self.write(About::Own(mark)),
            Do::Answer(mark, place) => self.write(About::Answer(mark, place)),
            Do::Drop => self.leave_draft(),
            Do::Send => return self.send().into_iter().collect(),
            Do::SaveReflection => return self.reflect().into_iter().collect(),
            Do::Share(share) => {
                self.view.share = share;
                self.view.has_typed();
                return self.reflect().into_iter().collect();
            }
            Do::Story(open) => self.view.story = open,
            Do::ForOwner => return self.for_owner().map(Outcome::ForOwner).into_iter().collect(),
        }
        vec![]
    }

    fn go_to(&mut self, step: Step) {
        self.view.step = step;
        self.view.fresh = true;
    }

    fn rated(&mut self) -> Option<Outcome> {
        self.view.asked = true;
        self.go_to(Step::Page);
        let text = self.view.went_well.trim().to_owned();
        let rating = self.view.rating.and_then(|stars| Rating::try_from(stars).ok());
        let kind = match rating {
            Some(rating) => AnnotationKind::SelfRating(rating),
            None if text.is_empty() => return None,
            // Without a rating it is the beginning of the reflection, which goes on on the page.
            None => {
                self.view.reflection.clone_from(&text);
                AnnotationKind::Reflection
            }
        };
        Some(Outcome::Annotate { kind, text, shared: false, event: None })
    }

    fn choose(&mut self, n: usize) {
        self.view.walked = true;
        self.view.chosen = Some(n);
        self.view.show_mark = true;
        self.view.row = self.marks[n].rows.first().copied();
        self.view.show_row = true;
        self.view.replay.stop();
        // An empty reason goes with its mark; words that were written wait there.
        let stays = |draft: &Draft| draft.mark().is_none_or(|of| of == n) || draft.is_begun();
        if !self.view.draft.as_ref().is_none_or(stays) {
            self.view.draft = None;
        }
    }

    fn walk(&mut self, by: isize) {
        let shown = self.shown();
        let here = self.view.chosen.and_then(|n| shown.iter().position(|&other| other == n));
        let there = match here {
            Some(here) => here.saturating_add_signed(by).min(shown.len().saturating_sub(1)),
            None => 0,
        };
        if let Some(&n) = shown.get(there) {
            self.choose(n);
        }
    }

    /// The row, and the first listed mark that sits on it.
    fn choose_row(&mut self, row: usize) {
        if row >= self.rows.len() {
            return;
        }
        self.view.replay.stop();
        self.view.row = Some(row);
        self.view.show_row = true;
        let on_it = |n: &usize| self.marks[*n].rows.first() == Some(&row);
        self.view.chosen = self.shown().into_iter().find(on_it);
        self.view.show_mark = true;
    }

    fn play(&mut self, row: usize) {
        if let Some(row) = self.rows.get(row) {
            self.view.replay.start(row.at);
        }
    }

    fn write(&mut self, about: About) {
        self.view.replay.stop();
        self.view.said = None;
        // Nothing new is begun over words that are neither saved nor left.
        if let Some(draft) = self.view.draft.take_if(|draft| draft.about != about && draft.is_begun()) {
            self.go_on_writing(draft);
            self.view.said = Some(Ok("You were writing this. Save it, or leave it, first.".into()));
            return;
        }
        let (text, shared, fresh) = (String::new(), self.trainer, true);
        self.view.draft = Some(Draft { about, text, shared, fresh, points: None, upheld: None });
    }

    /// Words that were being written when somebody left: they stand where they stood.
    pub fn go_on_writing(&mut self, mut draft: Draft) {
        match draft.about {
            About::Row(row) if row < self.rows.len() => self.choose_row(row),
            About::Mark(n) | About::Own(n) | About::Answer(n, _) if n < self.marks.len() => self.choose(n),
            // The call is told in other words than then.
            _ => return,
        }
        draft.fresh = true;
        self.view.draft = Some(draft);
    }

    /// What was written is kept, or is not wanted: the keyboard goes back to what it was about.
    fn leave_draft(&mut self) {
        self.view.give_back = self.view.draft.take().map(|draft| draft.about);
        // What was written about a mark stands with it: that is to be seen.
        if matches!(self.view.give_back, Some(About::Mark(_) | About::Own(_) | About::Answer(..))) {
            self.view.show_said = true;
        }
    }

    fn send(&mut self) -> Option<Outcome> {
        let draft = self.view.draft.as_ref().filter(|draft| draft.is_ready())?;
        let (kind, event, shared) = match draft.about {
            About::Row(row) => (AnnotationKind::Comment, self.rows.get(row).map(|row| row.event), draft.shared),
            // Whoever looks after the call has to see it.
            About::Mark(n) => (AnnotationKind::Contested { criterion: self.criterion(n) }, None, true),
            About::Own(n) => {
                (AnnotationKind::Marked { criterion: self.criterion(n), points: draft.points? }, None, true)
            }
            About::Answer(n, place) => {
                let contested = self.said_of(n)?.contested.get(place)?.id.clone();
                (AnnotationKind::Answered { contested, upheld: draft.upheld? }, None, true)
            }
        };
        let text = draft.text.trim().to_owned();
        self.leave_draft();
        Some(Outcome::Annotate { kind, text, shared, event })
    }

    /// What a trainer said of somebody else's call, as a file for whoever took it.
    pub fn for_owner(&self) -> Option<String> {
        let may = self.may_judge() && !self.simulated;
        may.then(|| answer_file(&self.viewer, &self.head.id, &self.notes)).flatten()
    }

    fn criterion(&self, n: usize) -> Id {
        self.marks[n].id.as_str().into()
    }

    /// What has been written into the reflection and not been kept yet.
    pub fn unsaved(&mut self) -> Option<Outcome> {
        if self.view.typed { self.reflect() } else { None }
    }

    fn reflect(&mut self) -> Option<Outcome> {
        self.view.typed = false;
        let text = self.view.reflection.trim().to_owned();
        let shared = self.view.share;
        let kind = AnnotationKind::Reflection;
        (!text.is_empty()).then_some(Outcome::Annotate { kind, text, shared, event: None })
    }
}
