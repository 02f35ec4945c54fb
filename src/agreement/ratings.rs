//! Ratings in memory: who rated what, and how.

use super::Undefined;

/// With fewer raters a coefficient is shown as "too few to interpret".
pub const FEWEST_RATERS: usize = 5;
/// With fewer items a coefficient is shown as "too few to interpret".
pub const FEWEST_ITEMS: usize = 10;

/// A declared scale of whole numbers, both ends included. Labels are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub low: i32,
    pub high: i32,
}

impl Scale {
    /// `n` labels without order: 0 to n − 1.
    #[must_use]
    pub fn labels(n: usize) -> Self {
        Self { low: 0, high: i32::try_from(n).unwrap_or(i32::MAX).saturating_sub(1) }
    }

    /// How many steps there are.
    #[must_use]
    pub fn steps(self) -> f64 {
        f64::from(self.high) - f64::from(self.low) + 1.0
    }

    /// Whether the value is a step of the scale.
    #[must_use]
    pub fn has(self, value: f64) -> bool {
        value >= f64::from(self.low) && value <= f64::from(self.high) && value.fract() == 0.0
    }
}

/// One rating: numbers of the rater and of the item, and the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    pub rater: u32,
    pub item: u32,
    pub value: f64,
}

/// One rating as it is kept: the value as its place among the values that occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub rater: u32,
    pub value: u32,
}

/// Ratings of some items by some raters; a pair that is absent is missing. Sorted by item and rater.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    raters: usize,
    scale: Option<Scale>,
    /// The values that occur, rising.
    values: Vec<f64>,
    /// Where the cells of an item begin; one more than there are items.
    starts: Vec<usize>,
    cells: Vec<Cell>,
}

impl Ratings {
    /// Ratings from a list in any order. Raters and items are numbered from 0 without gaps; those that
    /// rated nothing, or were not rated, do not count. A second rating of the same pair, and values that
    /// are no numbers or off the scale, are left out: [`super::table`] refuses them with their line.
    #[must_use]
    pub fn new(list: impl IntoIterator<Item = Rating>, scale: Option<Scale>) -> Self {
        let fits = |value: f64| value.is_finite() && scale.is_none_or(|scale| scale.has(value));
        let mut list: Vec<Rating> = list.into_iter().filter(|rating| fits(rating.value)).collect();
        let key = |rating: &Rating| (rating.item, rating.rater);
        if !list.is_sorted_by_key(key) {
            list.sort_by_key(key);
        }
        list.dedup_by_key(|rating| (rating.item, rating.rater));
        let values = distinct(list.iter().map(|rating| rating.value));
        let raters = renumbered(list.iter().map(|rating| rating.rater));
        let mut starts = Vec::new();
        let mut cells = Vec::with_capacity(list.len());
        let mut last = None;
        let place = Places::new(&values);
        for rating in &list {
            if last != Some(rating.item) {
                starts.push(cells.len());
                last = Some(rating.item);
            }
            let rater = raters.get(rating.rater as usize).copied().unwrap_or(0);
            cells.push(Cell { rater, value: place.of(rating.value) });
        }
        starts.push(cells.len());
        let raters = raters.iter().copied().max().map_or(0, |last| last as usize + 1);
        let raters = if cells.is_empty() { 0 } else { raters };
        Self { raters, scale, values, starts, cells }
    }

    /// How many people rated something.
    #[must_use]
    pub fn raters(&self) -> usize {
        self.raters
    }

    /// How many items were rated by somebody.
    #[must_use]
    pub fn items(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many ratings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is no rating at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    #[must_use]
    pub fn scale(&self) -> Option<Scale> {
        self.scale
    }

    /// Every rater rated every item.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.len() == self.raters * self.items()
    }

    /// The values that occur, rising.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The value of each rating of an item, by rater.
    pub fn of_item(&self, item: usize) -> impl Iterator<Item = (usize, f64)> {
        self.cells_of(item).iter().map(|cell| (cell.rater as usize, self.values[cell.value as usize]))
    }

    /// Item and place of the value of each rating, by rater.
    pub(super) fn by_rater(&self) -> Vec<Vec<(u32, u32)>> {
        let mut by = vec![Vec::with_capacity(self.items()); self.raters];
        for (item, range) in (0..).zip(self.starts.windows(2)) {
            self.cells[range[0]..range[1]].iter().for_each(|cell| by[cell.rater as usize].push((item, cell.value)));
        }
        by
    }

    pub(super) fn cells_of(&self, item: usize) -> &[Cell] {
        match (self.starts.get(item), self.starts.get(item + 1)) {
            (Some(&from), Some(&to)) => &self.cells[from..to],
            _ => &[],
        }
    }

    /// Why a coefficient from so few raters or items says nothing, in words; `None`: it does.
    #[must_use]
    pub fn too_few(&self) -> Option<String> {
        let (raters, items) = (self.raters, self.items());
        if raters >= FEWEST_RATERS && items >= FEWEST_ITEMS {
            return None;
        }
        let s = |n: usize| if n == 1 { "" } else { "s" };
        Some(format!(
            "too few to interpret: {raters} rater{} and {items} item{}, where {FEWEST_RATERS} and {FEWEST_ITEMS} are needed",
            s(raters),
            s(items)
        ))
    }

    /// The ratings as a whole table, a row an item.
    pub(super) fn complete(&self) -> Result<Vec<&[Cell]>, Undefined> {
        if self.raters < 2 {
            Err(Undefined::OneRater)
        } else if self.items() < 2 {
            Err(Undefined::OneItem)
        } else if !self.is_complete() {
            Err(Undefined::Incomplete)
        } else {
            Ok((0..self.items()).map(|item| self.cells_of(item)).collect())
        }
    }
}

/// Whole numbers of this size and smaller are looked up, not searched for.
const SMALL: i32 = 1 << 10;

fn small(value: f64) -> Option<usize> {
    let within = value.fract() == 0.0 && value.abs() <= f64::from(SMALL);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within ±1024 and whole")]
    within.then(|| (value as i32 + SMALL) as usize)
}

fn distinct(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut seen = vec![false; 2 * SMALL as usize + 1];
    let mut found = Vec::new();
    for value in values {
        match small(value) {
            Some(place) if seen[place] => {}
            Some(place) => {
                seen[place] = true;
                found.push(value + 0.0);
            }
            None => found.push(value),
        }
    }
    found.sort_by(f64::total_cmp);
    found.dedup();
    found
}

/// Finds the place of a value among those that occur.
struct Places<'v> {
    values: &'v [f64],
    small: Vec<u32>,
}

impl<'v> Places<'v> {
    fn new(values: &'v [f64]) -> Self {
        let mut table = vec![0; 2 * SMALL as usize + 1];
        for (n, value) in (0..).zip(values) {
            if let Some(place) = small(*value) {
                table[place] = n;
            }
        }
        Self { values, small: table }
    }

    fn of(&self, value: f64) -> u32 {
        match small(value) {
            Some(place) => self.small[place],
            None => u32::try_from(self.values.partition_point(|known| *known < value)).unwrap_or(u32::MAX),
        }
    }
}

/// New numbers without gaps, by old number.
fn renumbered(numbers: impl Iterator<Item = u32> + Clone) -> Vec<u32> {
    let Some(most) = numbers.clone().max() else { return Vec::new() };
    let mut present = vec![false; most as usize + 1];
    numbers.for_each(|n| present[n as usize] = true);
    let mut next = 0;
    present
        .into_iter()
        .map(|there| {
            let number = next;
            next += u32::from(there);
            number
        })
        .collect()
}
