//! How often each value was given to each item: all that the coefficients of many raters need.

use super::ratings::{Cell, Ratings};

/// Counts of values by item, for raters who count once each or, in a resample, several times or not at all.
///
/// A rater drawn twice is not paired with themselves: agreeing with oneself is no agreement. That is why
/// each count `n` comes with `squares`, the sum of the squared weights of those who gave the value: the
/// pairs of different raters are n² − squares, which is n(n − 1) where everyone counts once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts {
    starts: Vec<usize>,
    entries: Vec<Entry>,
    items: Vec<Total>,
    /// How many values occur in the ratings.
    pub(super) values: usize,
    /// The items have different numbers of ratings.
    pub(super) unequal: bool,
    /// For an item under way, by value.
    buffer: Vec<(f64, f64)>,
    touched: Vec<u32>,
}

/// One value of one item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Entry {
    pub value: u32,
    pub n: f64,
    pub squares: f64,
    /// n ÷ all ratings of the item.
    pub share: f64,
}

/// All ratings of one item.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Total {
    /// Ratings, m.
    pub m: f64,
    /// Ordered pairs of ratings by different raters: m(m − 1) where everyone counts once.
    pub pairs: f64,
}

impl Counts {
    /// Counts where every rater counts once.
    #[must_use]
    pub fn of(ratings: &Ratings) -> Self {
        let mut counts = Self::default();
        counts.fill(ratings, |_| 1.0);
        counts
    }

    /// Counts again with the raters counting so often.
    pub(super) fn fill(&mut self, ratings: &Ratings, weight: impl Fn(&Cell) -> f64) {
        self.values = ratings.values().len();
        self.starts.clear();
        self.entries.clear();
        self.items.clear();
        self.buffer.clear();
        self.buffer.resize(self.values, (0.0, 0.0));
        self.starts.push(0);
        for item in 0..ratings.items() {
            let mut total = Total::default();
            let mut squares = 0.0;
            for cell in ratings.cells_of(item) {
                let weight = weight(cell);
                if weight == 0.0 {
                    continue;
                }
                let slot = &mut self.buffer[cell.value as usize];
                if slot.0 == 0.0 {
                    self.touched.push(cell.value);
                }
                slot.0 += weight;
                slot.1 += weight * weight;
                total.m += weight;
                squares += weight * weight;
            }
            total.pairs = total.m * total.m - squares;
            self.touched.sort_unstable();
            for value in self.touched.drain(..) {
                let (n, squares) = std::mem::take(&mut self.buffer[value as usize]);
                self.entries.push(Entry { value, n, squares, share: n / total.m });
            }
            self.items.push(total);
            self.starts.push(self.entries.len());
        }
        let mut sizes = self.items.iter().map(|total| total.m);
        let first = sizes.next();
        self.unequal = sizes.any(|m| Some(m) != first);
    }

    /// Those of `base` less some ratings, given by item and value, where every rater counts once.
    pub(super) fn without(&mut self, base: &Self, gone: impl Iterator<Item = (u32, u32)>) {
        self.clone_from(base);
        for (item, value) in gone {
            let item = item as usize;
            let own = &mut self.entries[self.starts[item]..self.starts[item + 1]];
            if let Some(entry) = own.iter_mut().find(|entry| entry.value == value) {
                entry.n -= 1.0;
                entry.squares -= 1.0;
                self.items[item].m -= 1.0;
            }
        }
        for (total, range) in self.items.iter_mut().zip(self.starts.windows(2)) {
            total.pairs = total.m * (total.m - 1.0);
            for entry in &mut self.entries[range[0]..range[1]] {
                entry.share = if total.m > 0.0 { entry.n / total.m } else { 0.0 };
            }
        }
    }

    /// Mean number of ratings of the items that have two or more; at least two.
    pub(super) fn mean_size(&self) -> f64 {
        let paired = self.items.iter().filter(|total| total.pairs > 0.0);
        let (n, sum) = paired.fold((0.0, 0.0), |(n, sum), total| (n + 1.0, sum + total.m));
        if n > 0.0 { f64::max(sum / n, 2.0) } else { 2.0 }
    }

    /// The values that were given to each item, with its total.
    pub(super) fn items(&self) -> impl Iterator<Item = (&[Entry], Total)> {
        self.starts.windows(2).map(|range| &self.entries[range[0]..range[1]]).zip(self.items.iter().copied())
    }

    /// How many items.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// Sum over ordered pairs of |x − y|, from values that rise and how often each occurs.
pub(super) fn linear(entries: &[Entry], values: &[f64]) -> f64 {
    let (mut below, mut weighted, mut sum) = (0.0, 0.0, 0.0);
    for entry in entries {
        let x = values[entry.value as usize];
        sum += entry.n * (x * below - weighted);
        below += entry.n;
        weighted += entry.n * x;
    }
    2.0 * sum
}

/// Sum over ordered pairs of (x − y)².
pub(super) fn quadratic(entries: &[Entry], value: impl Fn(usize) -> f64) -> f64 {
    let (mut n, mut sum, mut squares) = (0.0, 0.0, 0.0);
    // From the first value on, so that large values that differ little lose nothing.
    let origin = entries.first().map_or(0.0, |entry| value(entry.value as usize));
    for entry in entries {
        let x = value(entry.value as usize) - origin;
        n += entry.n;
        sum += entry.n * x;
        squares += entry.n * x * x;
    }
    2.0 * (n * squares - sum * sum)
}
