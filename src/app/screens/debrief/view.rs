//! How a debrief stands: what can be done, what is chosen and what is being typed.

use super::mark::{Filter, Kind, Mark};
use super::replay::Replay;
use super::rows::Row;
use crate::records::{Annotation, AnnotationKind, Upheld};

/// What comes before what: nobody is shown a mark before being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// What was said of the call before has not come yet.
    Opening,
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
    /// A trainer's own mark beside the machine's.
    GiveOwn(usize),
    /// A trainer's answer to whoever contests this mark, by their place.
    Answer(usize, usize),
    /// Keeps what is being written.
    Send,
    Drop,
    SaveReflection,
    Share(bool),
    Story(bool),
    /// A trainer writes what they said of it into a file for whoever took it.
    ForOwner,
}

/// What has to be kept, or where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Annotate {
        kind: AnnotationKind,
        text: String,
        shared: bool,
        event: Option<u32>,
    },
    /// A file with this in it for whoever took the call.
    ForOwner(String),
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
    /// What a trainer gives.
    pub points: Option<u32>,
    /// Who is right, as a trainer sees it.
    pub upheld: Option<Upheld>,
}

impl Draft {
    /// Something has been written that would be lost.
    pub fn has_words(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// Something has been written or chosen that would be lost.
    pub fn is_begun(&self) -> bool {
        self.has_words() || self.points.is_some() || self.upheld.is_some()
    }

    /// The mark that it is about.
    pub fn mark(&self) -> Option<usize> {
        match self.about {
            About::Row(_) => None,
            About::Mark(n) | About::Own(n) | About::Answer(n, _) => Some(n),
        }
    }

    /// Whether there is enough of it to be kept.
    pub fn is_ready(&self) -> bool {
        match self.about {
            About::Row(_) | About::Mark(_) => self.has_words(),
            About::Own(_) => self.points.is_some(),
            About::Answer(..) => self.has_words() && self.upheld.is_some(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Row(usize),
    /// Why a mark is contested.
    Mark(usize),
    /// A trainer's own mark beside it.
    Own(usize),
    /// The answer to whoever contests it, by their place.
    Answer(usize, usize),
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
    /// What people say of the chosen mark is scrolled to, once it is known.
    pub show_said: bool,
    pub show_row: bool,
    /// Somebody has chosen something: only then does the page scroll to it.
    pub walked: bool,
    pub replay: Replay,
    pub draft: Option<Draft>,
    /// What was being written about is done with: the keyboard goes back there.
    pub give_back: Option<About>,
    pub reflection: String,
    pub share: bool,
    /// What happened afterwards is open to be read.
    pub story: bool,
    /// What became of what was last saved.
    pub said: Option<Result<String, String>>,
    /// The screen has just changed and wants the keyboard at its beginning.
    pub fresh: bool,
    /// The reflection has been changed and not been kept yet.
    pub typed: bool,
    /// "How was that?" was asked on this visit.
    pub asked: bool,
}

fn first_step(heavy: bool) -> Step {
    if heavy { Step::Minute } else { Step::Rating }
}

impl View {
    pub fn new(just_now: bool, heavy: bool, unmarked: bool, telling: Option<usize>, marks: &[Mark]) -> Self {
        let step = if just_now { first_step(heavy) } else { Step::Opening };
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
            show_said: false,
            show_row: true,
            walked: false,
            replay: Replay::default(),
            draft: None,
            give_back: None,
            reflection: String::new(),
            share: false,
            story: !heavy,
            said: None,
            fresh: true,
            typed: false,
            asked: false,
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

    /// Whoever comes back to their own call and has not said how it was is asked first.
    pub fn open(&mut self, asks: bool, heavy: bool) {
        if self.step == Step::Opening {
            self.step = if asks { first_step(heavy) } else { Step::Page };
        }
    }

    /// It begins at its beginning: nothing is pointed at.
    pub fn choose_nothing(&mut self) {
        (self.chosen, self.row, self.show_row) = (None, None, false);
    }

    /// The reflection has been changed here: what the store has must not take its place.
    pub fn has_typed(&mut self) {
        self.typed = true;
    }

    /// The chosen moment, in milliseconds of call time.
    pub fn at(&self, marks: &[Mark], rows: &[Row]) -> Option<u32> {
        let mark = self.chosen.and_then(|n| marks[n].at);
        mark.or_else(|| self.row.map(|row| rows[row].at))
    }
}
