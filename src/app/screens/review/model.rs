//! What the review room shows: the models of `sharing::room`, put together once and drawn many times.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::library::number_of;
use crate::call::Script;
use crate::cohort::{Cohort, Filter, Question, Source, Split};
use crate::sharing::FactWords;
use crate::sharing::plan::{Suggestion, suggestions};
use crate::sharing::room::{Cell, Compared, Figures, Grid, Leanings, SortBy};

/// Where the calls come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum From {
    /// What people have handed over.
    #[default]
    HandedOver,
    /// People whom the program makes up.
    Simulated,
}

/// By what the rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    #[default]
    Name,
    Site,
    /// Furthest under first; those who did not take it last.
    Call(usize),
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    Heading(String),
    /// Number of the row in the grid.
    Person(usize),
}

/// Everything.
pub struct RoomModel {
    pub cohort: Cohort,
    pub grid: Grid,
    /// "0412b", a letter for each variant where there are several; by column.
    pub numbers: Vec<String>,
    pub lines: Vec<Line>,
    pub figures: Figures,
    pub compared: Compared,
    pub leanings: Leanings,
    pub plan: Vec<Suggestion>,
    /// Finished calls that have no mark yet.
    pub unmarked: usize,
    /// Its calls lie in the store: one of them can be played to a room.
    pub kept: bool,
}

impl RoomModel {
    pub fn new(cohort: Cohort, scripts: &[Arc<Script>], order: Order, unmarked: usize) -> Self {
        let words = FactWords::of(scripts);
        let grid = Grid::of(&cohort, &Filter::default(), &words);
        let mut model = Self {
            numbers: numbers(&grid),
            lines: Vec::new(),
            figures: Figures::of(&cohort, Question::Rung, Source::OwnCall, &Filter::default()),
            compared: Compared::of(&cohort, &Split::Registration),
            leanings: Leanings::of(&cohort),
            plan: suggestions(&cohort, &words),
            unmarked,
            kept: true,
            grid,
            cohort,
        };
        model.sort(order);
        model
    }

    /// Orders the rows.
    pub fn sort(&mut self, order: Order) {
        let by = match order {
            Order::Name => SortBy::Name,
            Order::Site => SortBy::Site,
            Order::Call(column) => SortBy::Column(column),
        };
        self.grid.sort(by, false);
        self.lines.clear();
        let mut last = None;
        for (n, row) in self.grid.rows.iter().enumerate() {
            if self.grid.by_registration && last != Some(row.registered) {
                last = Some(row.registered);
                let name = if row.registered { "Registered" } else { "Not registered" };
                let count = self.grid.rows.iter().filter(|other| other.registered == row.registered).count();
                self.lines.push(Line::Heading(format!("{name}, {count}")));
            }
            self.lines.push(Line::Person(n));
        }
    }

    /// Works the statistics of a question out.
    pub fn ask(&mut self, question: Question, source: Source) {
        self.figures = Figures::of(&self.cohort, question, source, &Filter::default());
    }

    /// The record behind a cell, where its owner lets it be opened.
    pub fn record(&self, row: usize, column: usize) -> Option<&str> {
        match self.grid.cell(row, column) {
            Cell::Decided { taken, replay: true, .. } => Some(&self.cohort.taken.get(taken)?.record),
            _ => None,
        }
    }

    /// The column of an item.
    pub fn column_of(&self, item: usize) -> Option<usize> {
        self.grid.columns.iter().position(|column| column.item == item)
    }
}

/// What a cell says.
pub fn says(cell: Cell) -> String {
    match cell {
        Cell::NotTaken => "not taken".into(),
        Cell::Transferred => "transferred to a clinician".into(),
        Cell::NotDecided => "broken off".into(),
        Cell::Decided { steps, setting_ok, replay, .. } => {
            let place = match steps {
                0 if setting_ok => "in range".to_owned(),
                0 => "in range, another kind of place".to_owned(),
                steps if steps < 0 => format!("under-triage by {}", steps.unsigned_abs()),
                steps => format!("over-triage by {steps}"),
            };
            let closed = if replay { "" } else { ", the call itself is not shared" };
            format!("{place}{closed}")
        }
    }
}

fn numbers(grid: &Grid) -> Vec<String> {
    let mut versions: BTreeMap<&str, u32> = BTreeMap::new();
    for column in &grid.columns {
        *versions.entry(&column.call).or_insert(0) += 1;
    }
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut numbers = Vec::with_capacity(grid.columns.len());
    for column in &grid.columns {
        let number = number_of(&column.call).trim_start_matches("Call ").to_owned();
        let nth = seen.entry(&column.call).or_insert(0);
        let letter = char::from_u32('a' as u32 + *nth).filter(|_| versions[&*column.call] > 1);
        *nth += 1;
        numbers.push(format!("{number}{}", letter.map(String::from).unwrap_or_default()));
    }
    numbers
}

/// "30 minutes" as "30m", "1 to 2 hours" as "2h", "Pharmacist" as "phar".
pub fn in_short(rung: &str) -> String {
    let all: Vec<&str> = rung.split_whitespace().collect();
    let number = |word: &&str| word.chars().all(|c| c.is_ascii_digit());
    let word = |n: usize| all.get(n).copied().unwrap_or_default();
    match all.iter().rposition(number).filter(|_| number(&word(0))) {
        Some(last) => word(last).chars().chain(word(last + 1).chars().take(1)).collect(),
        None => word(0).to_lowercase().chars().take(4).collect(),
    }
}
