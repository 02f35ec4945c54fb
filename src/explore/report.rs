//! What was found: for each kind of player the range of verdicts and marks, and the lines nobody heard.

use std::collections::BTreeMap;

use serde::Serialize;

use super::bounds::Broken;
use super::lines::{Heard, Lines};
use super::players::Player;
use crate::call::Call;
use crate::marking::{self, Assessment, Verdict};
use crate::ron_text::Tree;
use crate::standards::Id;

/// What many plays came to. Two of the same scenario can be joined.
#[derive(Debug, Clone)]
pub struct Explored {
    pub heard: Heard,
    marks: BTreeMap<(Id, Player), Marks>,
    /// Each rule that was broken, and where it was first.
    pub broken: BTreeMap<Broken, String>,
}

/// Verdicts and marks of one kind of player in one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Marks {
    pub plays: u32,
    pub verdicts: BTreeMap<Verdict, u32>,
    /// In hundredths of the points to be had, after any cap.
    pub least: u32,
    pub mean: u32,
    pub most: u32,
    /// Every point was earned, and the verdict was right.
    pub full: u32,
    /// The surface in which it went best, where that is a variant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best_in: Option<Id>,
    #[serde(skip)]
    sum: u64,
}

/// A row of the report.
#[derive(Debug, Clone, Serialize)]
pub struct PlayerMarks {
    pub role: Id,
    pub player: Player,
    #[serde(flatten)]
    pub marks: Marks,
}

/// A line that no play reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unheard {
    /// For instance `answers[3].say[0]`.
    pub path: String,
    pub text: String,
    /// From 1.
    pub line: u32,
    pub column: u32,
}

impl Explored {
    pub(super) fn new(lines: &Lines) -> Self {
        Self { heard: Heard::none(lines), marks: BTreeMap::new(), broken: BTreeMap::new() }
    }

    /// Nothing found yet.
    #[must_use]
    pub fn nothing(lines: &Lines) -> Self {
        Self::new(lines)
    }

    pub(super) fn mark(&mut self, call: &Call, player: Player) {
        let mark = marking::mark(call, "");
        self.note(super::bounds(&mark), call, 0);
        self.add(player, call, &mark);
    }

    pub(super) fn note(&mut self, found: Result<(), Broken>, call: &Call, play: u32) {
        if let Err(broken) = found {
            let surface = call.script().variant.as_deref().map_or(String::new(), |id| format!(", variant {id}"));
            let place = format!("{}{surface}, seed {}, play {}", call.role().id, call.seed(), play + 1);
            self.broken.entry(broken).or_insert(place);
        }
    }

    pub(super) fn add(&mut self, player: Player, call: &Call, mark: &Assessment) {
        let share = if mark.out_of == 0 { 0 } else { mark.points.saturating_mul(100) / mark.out_of };
        let is_full = mark.points == mark.out_of && mark.verdict == Verdict::Right;
        let one = Marks {
            plays: 1,
            verdicts: BTreeMap::from([(mark.verdict, 1)]),
            least: share,
            mean: share,
            most: share,
            full: u32::from(is_full),
            best_in: call.script().variant.clone(),
            sum: u64::from(share),
        };
        self.join_marks((call.role().id.clone(), player), one);
    }

    fn join_marks(&mut self, key: (Id, Player), other: Marks) {
        let Some(marks) = self.marks.get_mut(&key) else {
            self.marks.insert(key, other);
            return;
        };
        marks.plays += other.plays;
        for (verdict, times) in other.verdicts {
            *marks.verdicts.entry(verdict).or_default() += times;
        }
        if other.most > marks.most {
            marks.best_in = other.best_in;
        }
        marks.least = marks.least.min(other.least);
        marks.most = marks.most.max(other.most);
        marks.full += other.full;
        marks.sum += other.sum;
        marks.mean = u32::try_from(marks.sum / u64::from(marks.plays.max(1))).unwrap_or(0);
    }

    /// Takes in what was found elsewhere.
    pub fn join(&mut self, other: Self) {
        self.heard.join(&other.heard);
        for (key, marks) in other.marks {
            self.join_marks(key, marks);
        }
        for (broken, place) in other.broken {
            self.broken.entry(broken).or_insert(place);
        }
    }

    /// How many calls were played.
    #[must_use]
    pub fn plays(&self) -> u32 {
        self.marks.values().map(|marks| marks.plays).sum()
    }

    /// Every kind of player in every role, in their order.
    pub fn players(&self) -> impl Iterator<Item = PlayerMarks> {
        self.marks.iter().map(|((role, player), marks)| PlayerMarks {
            role: role.clone(),
            player: *player,
            marks: marks.clone(),
        })
    }

    /// One kind of player in one role.
    #[must_use]
    pub fn of(&self, role: &str, player: Player) -> Option<&Marks> {
        self.marks.get(&(role.into(), player))
    }

    /// The lines that no play reached, in the order of the file.
    #[must_use]
    pub fn unheard(&self, lines: &Lines, tree: &Tree) -> Vec<Unheard> {
        let mut unheard = Vec::new();
        for (n, (path, text)) in lines.iter().enumerate() {
            if !self.heard.is(n) {
                let offset = tree.find(path).map_or(0, |span| span.start);
                let at = tree.position(offset);
                unheard.push(Unheard {
                    path: path.to_owned(),
                    text: text.to_owned(),
                    line: at.line,
                    column: at.column,
                });
            }
        }
        unheard
    }
}
