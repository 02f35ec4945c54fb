//! What the review room shows, as models that a screen only has to draw.
//!
//! The rules of the house hold here and not in the screen: no figure of a single person unless it was asked for, groups
//! of fewer than five hidden, own calls and replays apart, a number only where there is one, and the call suspected
//! before its people.

mod figures;
mod grid;
mod marks;

pub(super) use figures::ordered_lines;
pub use figures::{Compared, Figure, FigureLine, Figures, GroupFigures, LeaningDot, Leanings};
pub use grid::{Cell, Column, Grid, Row, SortBy};
pub use marks::{ContestedLine, ContestedMark, HumanMark, MarkLine, contested, contested_lines, mark_lines, spoken_of};
