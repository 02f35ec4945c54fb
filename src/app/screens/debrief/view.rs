//! How a debrief stands: what is chosen and being typed, and what each action does to that.

use super::mark::{Filter, Kind, Mark};
use super::model::Page;
use super::replay::Replay;
use crate::records::{Annotation, AnnotationKind, Rating};

/// What comes before what: nobody is shown a mark before being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// "Take a minute", after a call that weighs.
    Minute,
    /// "How was that?"
    Rating,
    Page,
    /// A gentle word on the way out.
    Farewell,
}

/// Which half of the call is shown where both have no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    #[default]
    Marks,
    Transcript,
}

/// What can be done here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Do {
    Ready,
    Rated,
    Leave,
    Filter(Filter),
    Tab(Tab),
    Mark(usize),
    /// To the next mark, or to the one before.
    Walk(isize),
    /// A row of the transcript was chosen.
    Row(usize),
    WalkRows(isize),
    /// Plays on from the chosen row, or stops.
    PlayOrStop,
    Play(usize),
    WriteComment(usize),
    Contest(usize),
    /// Keeps the comment, or the contested mark, that is being written.
    Send,
    Drop,
    SaveReflection,
    Share(bool),
    Story(bool),
}

/// What has to be kept, or where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Annotate { kind: AnnotationKind, text: String, shared: bool, event: Option<u32> },
    Leave,
}

/// Something being written about a row or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub about: About,
    pub text: String,
    pub shared: bool,
    /// It has just been opened and wants the keyboard.
    pub fresh: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Row(usize),
    Mark(usize),
}

/// How the page stands.
#[derive(Debug, Clone)]
pub struct View {
    pub step: Step,
    pub rating: Option<u8>,
    pub went_well: String,
    pub filter: Filter,
    pub tab: Tab,
    pub chosen: Option<usize>,
    pub row: Option<usize>,
    /// To be scrolled to once: the chosen mark, the chosen row.
    pub show_mark: bool,
    pub show_row: bool,
    /// Somebody has chosen something: only then does the page scroll to it.
    pub walked: bool,
    pub replay: Replay,
    pub draft: Option<Draft>,
    pub reflection: String,
    pub share: bool,
    /// What happened afterwards is open to be read.
    pub story: bool,
    /// What became of what was last saved.
    pub said: Option<Result<String, String>>,
    /// The screen has just changed and wants the keyboard at its beginning.
    pub fresh: bool,
    typed: bool,
    just_now: bool,
}

impl View {
    pub fn new(just_now: bool, heavy: bool, unmarked: bool, telling: Option<usize>, marks: &[Mark]) -> Self {
        let step = match (just_now, heavy) {
            (true, true) => Step::Minute,
            (true, false) => Step::Rating,
            (false, _) => Step::Page,
        };
        let first = || (0..marks.len()).find(|&n| !unmarked || marks[n].kind == Kind::Done);
        let chosen = telling.or_else(first);
        Self {
            step,
            rating: None,
            went_well: String::new(),
            filter: Filter::All,
            tab: Tab::Marks,
            chosen,
            row: chosen.and_then(|n| marks[n].rows.first().copied()),
            show_mark: true,
            show_row: true,
            walked: false,
            replay: Replay::default(),
            draft: None,
            reflection: String::new(),
            share: false,
            story: !heavy,
            said: None,
            fresh: true,
            typed: false,
            just_now,
        }
    }

    /// The viewer's own words of earlier stand where they can go on with them.
    pub fn take_notes(&mut self, notes: &[Annotation], viewer: &str) {
        let own = |note: &&Annotation| note.by == viewer;
        if let Some(last) = notes.iter().filter(own).rfind(|note| note.kind == AnnotationKind::Reflection)
            && !self.typed
        {
            self.reflection.clone_from(&last.text);
            self.share = last.shared;
        }
    }

    /// The reflection has been changed here: what the store has must not take its place.
    pub fn has_typed(&mut self) {
        self.typed = true;
    }

    /// The chosen moment, in milliseconds of call time.
    pub fn at(&self, page: &Page) -> Option<u32> {
        let mark = self.chosen.and_then(|n| page.marks[n].at);
        mark.or_else(|| self.row.map(|row| page.rows[row].at))
    }
}

impl Page {
    /// Does it; what is left to do outside.
    pub fn act(&mut self, what: Do) -> Option<Outcome> {
        match what {
            Do::Ready => self.go_to(Step::Rating),
            Do::Rated => return self.rated(),
            Do::Leave => {
                self.view.replay.stop();
                if self.heavy && self.view.just_now && self.view.step == Step::Page {
                    self.go_to(Step::Farewell);
                } else {
                    return Some(Outcome::Leave);
                }
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
            Do::Drop => self.view.draft = None,
            Do::Send => return self.send(),
            Do::SaveReflection => return self.reflect(),
            Do::Share(share) => {
                self.view.share = share;
                self.view.has_typed();
                return self.reflect();
            }
            Do::Story(open) => self.view.story = open,
        }
        None
    }

    fn go_to(&mut self, step: Step) {
        self.view.step = step;
        self.view.fresh = true;
    }

    fn rated(&mut self) -> Option<Outcome> {
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
        if let Some(Draft { about: About::Mark(of), .. }) = self.view.draft
            && of != n
        {
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
        self.view.draft = Some(Draft { about, text: String::new(), shared: self.trainer, fresh: true });
    }

    fn send(&mut self) -> Option<Outcome> {
        let draft = self.view.draft.take_if(|draft| !draft.text.trim().is_empty())?;
        let text = draft.text.trim().to_owned();
        Some(match draft.about {
            About::Row(row) => {
                let event = self.rows.get(row).map(|row| row.event);
                Outcome::Annotate { kind: AnnotationKind::Comment, text, shared: draft.shared, event }
            }
            // Whoever looks after the call has to see it.
            About::Mark(n) => {
                let kind = AnnotationKind::Contested { criterion: self.marks[n].id.as_str().into() };
                Outcome::Annotate { kind, text, shared: true, event: None }
            }
        })
    }

    fn reflect(&mut self) -> Option<Outcome> {
        let text = self.view.reflection.trim().to_owned();
        let shared = self.view.share;
        let kind = AnnotationKind::Reflection;
        (!text.is_empty()).then_some(Outcome::Annotate { kind, text, shared, event: None })
    }
}
