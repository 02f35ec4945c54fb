//! Who decided what: people by calls, steps from the acceptable range.

use std::collections::BTreeMap;

use super::super::plan::say_flag;
use super::super::words::FactWords;
use crate::cohort::{Cohort, FEWEST_IN_A_GROUP, Filter};
use crate::standards::Id;

/// The grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Row by row, as long as there are columns; the row's own number is [`Row::place`].
    cells: Vec<Cell>,
    /// Headings "Registered" and "Not registered" stand over the rows; not where either group would be smaller than
    /// [`FEWEST_IN_A_GROUP`].
    pub by_registration: bool,
    /// Somebody in it is simulated: to be said wherever it is shown.
    pub simulated: bool,
    /// Some call is a draft: to be said as well.
    pub draft: bool,
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Number of the item in the cohort.
    pub item: usize,
    /// Neutral name, `call-0412`.
    pub call: Id,
    pub variant: Option<Id>,
    /// Name of the rung of the model answer; absent where it differs by role.
    pub model: Option<String>,
    pub people: usize,
    /// Difficulty: share who are right; absent below [`FEWEST_IN_A_GROUP`] people.
    pub right: Option<f64>,
    /// Quality: corrected item-total correlation; absent where there are too few.
    pub item_total: Option<f64>,
    /// Why the call itself may be broken, each as part of a sentence.
    pub flags: Vec<String>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Number of the member in the cohort.
    pub member: usize,
    /// Pseudonym.
    pub name: String,
    /// Name of the role of their last call.
    pub role: String,
    pub registered: bool,
    pub site: String,
    /// Calls decided, in range, under, over.
    counts: [u32; 4],
    place: usize,
}

/// One call of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cell {
    #[default]
    NotTaken,
    /// Handed over: no decision of their own.
    Transferred,
    /// Broken off without a decision.
    NotDecided,
    /// Rungs from the acceptable range, under negative, over positive. `taken`: number of the call in the cohort.
    Decided {
        steps: i32,
        setting_ok: bool,
        taken: usize,
        /// The replay may be opened.
        replay: bool,
    },
}

/// By what rows are sorted. Ties stay in the order of the names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    Name,
    Site,
    /// Share in range. A league table: offered to nobody by default.
    InRange,
    Under,
    Over,
    /// The cell of this column: furthest under first, then what is missing.
    Column(usize),
}

/// Under which heading a row stands, and its place there: by site, or by a number.
type SortKey = (bool, (String, i64));

impl Grid {
    /// The grid of what a filter takes.
    #[must_use]
    pub fn of(cohort: &Cohort, filter: &Filter, words: &FactWords) -> Self {
        let standards = cohort.standards();
        let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
        let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
        let mut ranges: BTreeMap<usize, Option<u32>> = BTreeMap::new();
        for taken in cohort.taken.iter().filter(|taken| filter.takes(cohort, taken)) {
            columns.entry(taken.item).or_insert(0);
            rows.entry(taken.member).or_insert(0);
            let best = ranges.entry(taken.item).or_insert(Some(taken.case.best));
            *best = best.filter(|best| *best == taken.case.best);
        }
        let mut order: Vec<usize> = columns.keys().copied().collect();
        let key = |item: &usize| (&cohort.items[*item].call, &cohort.items[*item].variant, *item);
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        (0..).zip(&order).for_each(|(place, item)| *columns.entry(*item).or_default() = place);
        (0..).zip(rows.values_mut()).for_each(|(place, row)| *row = place);
        let mut cells = vec![Cell::NotTaken; columns.len() * rows.len()];
        let mut counts = vec![[0_u32; 4]; rows.len()];
        for (n, taken) in cohort.taken.iter().enumerate().filter(|(_, taken)| filter.takes(cohort, taken)) {
            let (row, column) = (rows[&taken.member], columns[&taken.item]);
            let case = &taken.case;
            cells[row * order.len() + column] = match case.rung {
                None if case.transferred => Cell::Transferred,
                None => Cell::NotDecided,
                Some(_) => {
                    let count = &mut counts[row];
                    count[0] += 1;
                    let place = match case.steps {
                        0 => 1,
                        steps if steps < 0 => 2,
                        _ => 3,
                    };
                    count[place] += 1;
                    Cell::Decided { steps: case.steps, setting_ok: case.setting_ok, taken: n, replay: taken.replay }
                }
            };
        }
        let reports = cohort.calls();
        let rung = |rung: u32| standards.dispositions.rungs.get(rung as usize).map(|named| named.name.clone());
        let column = |item: &usize| {
            let (of, report) = (&cohort.items[*item], &reports[*item]);
            let enough = report.figures.people >= FEWEST_IN_A_GROUP;
            Column {
                item: *item,
                call: of.call.clone(),
                variant: of.variant.clone(),
                model: ranges[item].and_then(rung),
                people: report.figures.people,
                right: report.figures.right.filter(|_| enough),
                item_total: report.figures.item_total,
                flags: report.flags.iter().map(|flag| say_flag(cohort, *item, flag, words)).collect(),
            }
        };
        let row = |(member, place): (&usize, &usize)| {
            let of = &cohort.members[*member];
            Row {
                member: *member,
                name: of.name.clone(),
                role: standards.role(&of.role).map_or_else(|| of.role.to_string(), |role| role.name.clone()),
                registered: of.registered,
                site: of.site.clone(),
                counts: counts[*place],
                place: *place,
            }
        };
        let rows_list: Vec<Row> = rows.iter().map(row).collect();
        let registered = rows_list.iter().filter(|row| row.registered).count();
        let mut grid = Self {
            columns: order.iter().map(column).collect(),
            by_registration: registered.min(rows_list.len() - registered) >= FEWEST_IN_A_GROUP,
            rows: rows_list,
            cells,
            simulated: cohort.is_simulated(),
            draft: cohort.draft,
        };
        grid.sort(SortBy::Name, false);
        grid
    }

    /// The cell of a row, as it stands now, and a column.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Cell {
        let place = self.rows.get(row).map(|row| row.place * self.columns.len() + column);
        let inside = place.filter(|_| column < self.columns.len());
        inside.and_then(|place| self.cells.get(place)).copied().unwrap_or_default()
    }

    /// Sorts the rows; where there are headings by registration, within them, the registered first.
    pub fn sort(&mut self, by: SortBy, descending: bool) {
        let width = self.columns.len();
        let share = |row: &Row, part: usize| -> i64 {
            let [all, ..] = row.counts;
            // In ten-thousandths: whole numbers have an order.
            if all == 0 { -1 } else { i64::from(row.counts[part]) * 10_000 / i64::from(all) }
        };
        let cells = &self.cells;
        let key = |row: &Row| -> (String, i64) {
            match by {
                SortBy::Name => (String::new(), 0),
                SortBy::Site => (row.site.clone(), 0),
                SortBy::InRange => (String::new(), share(row, 1)),
                SortBy::Under => (String::new(), share(row, 2)),
                SortBy::Over => (String::new(), share(row, 3)),
                SortBy::Column(column) => {
                    let cell = cells.get(row.place * width + column).filter(|_| column < width);
                    let value = match cell {
                        Some(Cell::Decided { steps, .. }) => i64::from(*steps),
                        Some(Cell::Transferred) => 1_000_000,
                        Some(Cell::NotDecided) => 1_000_001,
                        _ => 1_000_002,
                    };
                    (String::new(), value)
                }
            }
        };
        let grouped = self.by_registration;
        self.rows.sort_by_cached_key(|row| row.name.clone());
        let mut keyed: Vec<(SortKey, Row)> =
            self.rows.drain(..).map(|row| ((grouped && !row.registered, key(&row)), row)).collect();
        keyed.sort_by(|(a, _), (b, _)| {
            let own = a.1.cmp(&b.1);
            a.0.cmp(&b.0).then(if descending { own.reverse() } else { own })
        });
        if descending && by == SortBy::Name {
            keyed.sort_by(|(a, left), (b, right)| a.0.cmp(&b.0).then_with(|| right.name.cmp(&left.name)));
        }
        self.rows = keyed.into_iter().map(|(_, row)| row).collect();
    }

    /// Share of a person's decisions that are in range: shown only to whoever asked for figures of single people, and
    /// not from fewer than [`FEWEST_IN_A_GROUP`] decisions.
    #[must_use]
    pub fn in_range(&self, row: usize) -> Option<f64> {
        let [all, right, ..] = self.rows.get(row)?.counts;
        (all as usize >= FEWEST_IN_A_GROUP).then(|| f64::from(right) / f64::from(all))
    }
}
