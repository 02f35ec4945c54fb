//! What the review room shows: worked out of a cohort once, drawn many times. Nothing here is drawn.

use std::collections::BTreeMap;

use crate::agreement::{Bootstrap, Interval, Measures, Model, Resample, Undefined, with_model};
use crate::app::library::number_of;
use crate::cohort::{Cohort, Filter, ItemReport, PersonReport, Question, Source, Split};
use crate::standards::{Id, Named};

/// How often everything is drawn anew for limits.
const RESAMPLES: u32 = 1000;

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
    /// Registered first, then by name.
    #[default]
    Groups,
    Name,
    /// The most urgent decision on this call first; those who did not take it last.
    Call(usize),
}

/// A row of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Heading(String),
    /// Number of a member.
    Person(usize),
}

/// A column of the grid: one call under one variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Number of the item.
    pub item: usize,
    /// "0412", with a letter for its variants.
    pub number: String,
    /// The best rung in short, "1h".
    pub best: String,
}

/// What somebody decided on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    NotTaken,
    /// Handed over, or closed without a decision of one's own.
    NoDecision,
    /// Rungs from the acceptable range: under negative, over positive.
    Decided(i32),
}

impl Cell {
    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::NotTaken => "not taken".into(),
            Self::NoDecision => "handed over".into(),
            Self::Decided(0) => "in range".into(),
            Self::Decided(steps) if steps < 0 => format!("under-triage by {}", steps.unsigned_abs()),
            Self::Decided(steps) => format!("over-triage by {steps}"),
        }
    }
}

/// A statistic of the panel on the right.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub name: &'static str,
    pub about: &'static str,
    /// A share, shown as a percentage, or a coefficient from −1 to 1.
    pub share: bool,
    /// Absent with the reason.
    pub value: Result<f64, String>,
    pub limits: Option<Interval>,
}

/// Two groups side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    pub name: String,
    /// Absent: fewer than five people, and nothing of them is shown.
    pub people: Option<usize>,
    /// In range, under, over, AC1.
    pub figures: [Option<(f64, Option<Interval>)>; 4],
}

/// A call worth talking about.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Number of the column.
    pub column: usize,
    pub words: String,
    /// More decided under the range than over it, and by how many people.
    pub lean: i32,
}

/// Everything.
pub struct RoomModel {
    pub cohort: Cohort,
    pub people: Vec<PersonReport>,
    pub calls: Vec<ItemReport>,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// By member, then column.
    cells: Vec<Cell>,
    /// Record of each cell; none where the call was not taken.
    records: Vec<Option<String>>,
    pub question: Question,
    pub figures: Vec<Figure>,
    /// Why coefficients say nothing here.
    pub too_few: Option<String>,
    pub decisions: usize,
    pub sides: Vec<Side>,
    pub plan: Vec<Suggestion>,
}

impl RoomModel {
    pub fn new(cohort: Cohort, order: Order, question: Question) -> Self {
        let (people, calls) = (cohort.people(), cohort.calls());
        let columns = columns(&cohort);
        let place: BTreeMap<usize, usize> =
            columns.iter().enumerate().map(|(place, column)| (column.item, place)).collect();
        let mut cells = vec![Cell::NotTaken; cohort.members.len() * columns.len()];
        let mut records = vec![None; cells.len()];
        for taken in &cohort.taken {
            let at = taken.member * columns.len() + place[&taken.item];
            cells[at] = if taken.case.rung.is_some() { Cell::Decided(taken.case.steps) } else { Cell::NoDecision };
            records[at] = Some(taken.record.clone());
        }
        let plan = plan(&calls, &columns, &cells);
        let mut model = Self {
            people,
            calls,
            columns,
            rows: Vec::new(),
            cells,
            records,
            question,
            figures: Vec::new(),
            too_few: None,
            decisions: 0,
            sides: sides(&cohort),
            plan,
            cohort,
        };
        model.sort(order);
        model.ask(question);
        model
    }

    pub fn cell(&self, member: usize, column: usize) -> Cell {
        self.cells.get(member * self.columns.len() + column).copied().unwrap_or(Cell::NotTaken)
    }

    pub fn record(&self, member: usize, column: usize) -> Option<&str> {
        self.records.get(member * self.columns.len() + column)?.as_deref()
    }

    /// Share of the people in range on a column, in hundredths, and the report behind it.
    pub fn report(&self, column: usize) -> Option<&ItemReport> {
        self.calls.get(self.columns.get(column)?.item)
    }

    /// Orders the rows.
    pub fn sort(&mut self, order: Order) {
        let members = &self.cohort.members;
        let mut all: Vec<usize> = (0..members.len()).collect();
        let by_name = |a: &usize, b: &usize| members[*a].name.cmp(&members[*b].name);
        self.rows = match order {
            Order::Name => {
                all.sort_by(by_name);
                all.into_iter().map(Row::Person).collect()
            }
            Order::Call(column) => {
                let rank = |member: usize| match self.cell(member, column) {
                    Cell::Decided(steps) => (0, -steps),
                    Cell::NoDecision => (1, 0),
                    Cell::NotTaken => (2, 0),
                };
                all.sort_by(|a, b| rank(*a).cmp(&rank(*b)).then(by_name(a, b)));
                all.into_iter().map(Row::Person).collect()
            }
            Order::Groups => {
                all.sort_by(|a, b| members[*b].registered.cmp(&members[*a].registered).then(by_name(a, b)));
                let mut rows = Vec::with_capacity(all.len() + 2);
                for (registered, name) in [(true, "Registered"), (false, "Not registered")] {
                    let group: Vec<usize> =
                        all.iter().copied().filter(|n| members[*n].registered == registered).collect();
                    if !group.is_empty() {
                        rows.push(Row::Heading(format!("{name}, {}", group.len())));
                        rows.extend(group.into_iter().map(Row::Person));
                    }
                }
                rows
            }
        };
    }

    /// Works the statistics of a question out.
    pub fn ask(&mut self, question: Question) {
        self.question = question;
        let table = self.cohort.table(question, Source::OwnCall, &Filter::default());
        let ratings = &table.ratings;
        self.decisions = ratings.len();
        self.too_few = ratings.too_few();
        let bootstrap = Bootstrap { resamples: RESAMPLES, seed: 1, of: Resample::Items };
        let measures = Measures::of(ratings, Some(bootstrap));
        let mut wanted = vec![("raw", "Raw agreement", "pairs of people who say the same", true)];
        if table.ordered {
            wanted.push(("ac2_quadratic", "Gwet AC2", "quadratic: near is nearly right", false));
            wanted.push(("alpha_ordinal", "Krippendorff α", "ordinal, gaps allowed", false));
            wanted.push(("icc_2_1", "ICC(2,1)", "absolute agreement of one person", false));
        } else {
            wanted.push(("alpha_nominal", "Krippendorff α", "nominal, gaps allowed", false));
        }
        wanted.insert(1, ("ac1", "Gwet AC1", "chance taken out", false));
        wanted.push(("fleiss_general", "Fleiss’ kappa", "generalised to gaps", false));
        let figure = |(id, name, about, share)| {
            let statistic = measures.get(id)?;
            let (value, limits) = (statistic.value.map_err(|why: Undefined| why.to_string()), statistic.limits);
            Some(Figure { name, about, share, value, limits })
        };
        self.figures = wanted.into_iter().filter_map(figure).collect();
        if question == Question::Rung {
            let models: Vec<Option<Model>> = table.items.iter().map(|(item, _)| self.model_of(*item)).collect();
            let held = with_model(ratings, &models, Some(bootstrap));
            let figure = |name, about, value: Result<f64, Undefined>, limits| Figure {
                name,
                about,
                share: true,
                value: value.map_err(|why| why.to_string()),
                limits,
            };
            let within = figure("In range", "against the model answer", held.within, held.within_limits);
            self.figures.insert(1, within);
        }
    }

    /// The model answer of an item, where it is the same for everybody who took it.
    fn model_of(&self, item: usize) -> Option<Model> {
        if !self.cohort.comparable().contains(&item) {
            return None;
        }
        let case = &self.cohort.taken.iter().find(|taken| taken.item == item)?.case;
        let (low, high) = case.range;
        Some(Model { best: case.best.into(), low: low.into(), high: high.into() })
    }
}

/// Items by number, their variants behind them.
fn columns(cohort: &Cohort) -> Vec<Column> {
    let mut order: Vec<usize> = (0..cohort.items.len()).collect();
    order.sort_by_key(|n| (&cohort.items[*n].call, &cohort.items[*n].variant, &cohort.items[*n].scenario));
    let mut variants: BTreeMap<&Id, Vec<usize>> = BTreeMap::new();
    for n in &order {
        variants.entry(&cohort.items[*n].call).or_default().push(*n);
    }
    let rungs = &cohort.standards().dispositions.rungs;
    let best: BTreeMap<usize, u32> = cohort.taken.iter().map(|taken| (taken.item, taken.case.best)).collect();
    order
        .iter()
        .map(|n| {
            let call = &cohort.items[*n].call;
            let siblings = &variants[call];
            let letter = siblings.iter().position(|other| other == n).filter(|_| siblings.len() > 1);
            let letter = letter.and_then(|place| char::from_u32('a' as u32 + u32::try_from(place).ok()?));
            let number = number_of(call).trim_start_matches("Call ").to_owned();
            let rung = best.get(n).and_then(|rung| rungs.get(usize::try_from(*rung).ok()?));
            Column {
                item: *n,
                number: format!("{number}{}", letter.map(String::from).unwrap_or_default()),
                best: rung.map(in_short).unwrap_or_default(),
            }
        })
        .collect()
}

/// "30 minutes" as "30m", "Right now" as "now".
pub fn in_short(rung: &Named) -> String {
    let mut words = rung.name.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if first.chars().all(|c| c.is_ascii_digit()) {
        let unit: String = second.chars().take(1).collect();
        format!("{first}{unit}")
    } else if second.is_empty() {
        first.to_lowercase().chars().take(4).collect()
    } else {
        second.to_lowercase().chars().take(4).collect()
    }
}

/// Registered and not, on the calls whose range is the same for both.
fn sides(cohort: &Cohort) -> Vec<Side> {
    let groups = cohort.groups(&Split::Registration);
    let bootstrap = Bootstrap { resamples: RESAMPLES, seed: 2, of: Resample::Items };
    let side = |group: &crate::cohort::Group| {
        if group.hidden {
            return Side { name: group.name.clone(), people: None, figures: [None; 4] };
        }
        let table = cohort.table(Question::Rung, Source::OwnCall, &group.filter);
        let ratings = &table.ratings;
        // By item: how many decided in range, under, over.
        let mut counts = vec![[0.0_f64; 3]; ratings.items()];
        for (place, (item, _)) in table.items.iter().enumerate() {
            let range = cohort.taken.iter().find(|taken| taken.item == *item).map(|taken| taken.case.range);
            let Some((low, high)) = range else { continue };
            for (_, rung) in ratings.of_item(place) {
                // The less urgent, the higher: above the range is under-triage.
                let at = if rung > f64::from(high) { 1 } else { usize::from(rung < f64::from(low)) * 2 };
                counts[place][at] += 1.0;
            }
        }
        let shares = |_: &[f64], items: &[f64], values: &mut [crate::agreement::Value]| {
            let mut sums = [0.0; 3];
            for (count, times) in counts.iter().zip(items) {
                for (sum, n) in sums.iter_mut().zip(count) {
                    *sum += n * times;
                }
            }
            let all: f64 = sums.iter().sum();
            for (value, sum) in values.iter_mut().zip(sums) {
                *value = if all > 0.0 { Ok(sum / all) } else { Err(Undefined::NoModel) };
            }
        };
        let mut values = [Ok(0.0); 3];
        shares(&[], &vec![1.0; counts.len()], &mut values);
        let limits = bootstrap.limits((ratings.raters(), ratings.items()), 3, shares);
        let share = |n: usize| values[n].ok().map(|value| (value, limits[n]));
        let ac1 = Measures::of(ratings, Some(bootstrap)).get("ac1").and_then(|s| Some((s.value.ok()?, s.limits)));
        Side {
            name: group.name.clone(),
            people: Some(group.people),
            figures: [share(0), share(1), share(2), ac1.filter(|_| ratings.too_few().is_none())],
        }
    };
    groups.iter().map(side).collect()
}

/// Calls by how much there is to learn from them: where people differ most first.
fn plan(calls: &[ItemReport], columns: &[Column], cells: &[Cell]) -> Vec<Suggestion> {
    let mut plan: Vec<(u32, Suggestion)> = columns
        .iter()
        .enumerate()
        .filter_map(|(place, column)| {
            let own = cells.iter().skip(place).step_by(columns.len());
            let decided: Vec<i32> =
                own.filter_map(|cell| if let Cell::Decided(steps) = cell { Some(*steps) } else { None }).collect();
            let outside = decided.iter().filter(|steps| **steps != 0).count();
            if decided.len() < 2 || outside == 0 {
                return None;
            }
            let lean = decided.iter().map(|steps| steps.signum()).sum();
            let percent = (decided.len() - outside) * 100 / decided.len();
            let check = calls.get(column.item).is_some_and(|report| !report.flags.is_empty());
            let check = if check { ", check the call too" } else { "" };
            let words = format!("{percent} % in range{check}");
            let weight = u32::try_from(outside * 1000 / decided.len()).unwrap_or(0);
            Some((weight, Suggestion { column: place, words, lean }))
        })
        .collect();
    plan.sort_by_key(|(weight, suggestion)| (std::cmp::Reverse(*weight), suggestion.column));
    plan.into_iter().map(|(_, suggestion)| suggestion).collect()
}
