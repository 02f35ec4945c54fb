//! Agreement with its limits, leaning, and groups side by side.

use crate::agreement::{Bootstrap, Interval, Measures, Rating, Ratings};
use crate::cohort::{Cohort, Filter, Question, Source, Split};

/// A figure, or why there is none. There is no figure without limits.
#[derive(Debug, Clone, PartialEq)]
pub enum Figure {
    Known {
        value: f64,
        limits: Interval,
    },
    /// Too few people or calls: the sentence says how many there are and how many are needed.
    TooFew(String),
    /// It is not defined for these ratings: the sentence says why.
    Undefined(String),
}

/// One line of the panel.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureLine {
    pub name: &'static str,
    /// Between whom, in a few words.
    pub about: &'static str,
    /// Shares are from 0 to 1, shown in percent; coefficients from −1 to 1.
    pub is_share: bool,
    pub figure: Figure,
}

/// The panel of one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub question: Question,
    pub source: Source,
    pub people: usize,
    /// Calls, or what of them was rated.
    pub items: usize,
    pub decisions: usize,
    pub lines: Vec<FigureLine>,
    /// Where the limits come from.
    pub bootstrap: Bootstrap,
    pub simulated: bool,
    pub draft: bool,
}

impl Figures {
    /// How alike people decide on a question.
    #[must_use]
    pub fn of(cohort: &Cohort, question: Question, source: Source, filter: &Filter) -> Self {
        let table = cohort.table(question, source, filter);
        let ratings = &table.ratings;
        let bootstrap = Bootstrap::LEFT_OUT;
        let few = ratings.too_few();
        let all = few.is_none().then(|| Measures::of(ratings, Some(bootstrap)));
        let mut lines = lines(few.as_deref(), all.as_ref(), table.ordered);
        if question == Question::Rung && source == Source::OwnCall {
            let shares = Shares::of(cohort, filter);
            let [in_range, ..] = shares.figures(few.as_deref());
            lines.insert(
                1,
                FigureLine { name: "In range", about: "against the model answer", is_share: true, figure: in_range },
            );
        }
        Self {
            question,
            source,
            people: ratings.raters(),
            items: ratings.items(),
            decisions: ratings.len(),
            lines,
            bootstrap,
            simulated: cohort.is_simulated(),
            draft: cohort.draft,
        }
    }
}

/// The lines of ratings on an ordered scale.
pub(in crate::sharing) fn ordered_lines(few: Option<&str>, all: &Measures) -> Vec<FigureLine> {
    lines(few, Some(all), true)
}

/// Every statistic under its own name; where there are too few ratings the sentence that says so.
fn lines(few: Option<&str>, all: Option<&Measures>, ordered: bool) -> Vec<FigureLine> {
    let mut wanted = vec![
        ("raw", "Raw agreement", "the same, pairs of people", true),
        ("ac1", "Gwet's AC1", "between people", false),
    ];
    if ordered {
        wanted.push(("ac2_quadratic", "Gwet's AC2", "between people, quadratic weights", false));
        wanted.push(("alpha_ordinal", "Krippendorff's alpha", "ordinal, gaps allowed", false));
    } else {
        wanted.push(("alpha_nominal", "Krippendorff's alpha", "nominal, gaps allowed", false));
    }
    wanted.push(("fleiss_general", "Fleiss' kappa", "gaps allowed", false));
    let line = |(key, name, about, is_share): (&str, &'static str, &'static str, bool)| {
        let figure = match (few, all.and_then(|all| all.get(key))) {
            (Some(why), _) => Figure::TooFew(why.to_owned()),
            (None, Some(found)) => known(found.value.map_err(|why| why.to_string()), found.limits),
            (None, None) => Figure::Undefined("it is not computed".to_owned()),
        };
        FigureLine { name, about, is_share, figure }
    };
    wanted.into_iter().map(line).collect()
}

fn known(value: Result<f64, String>, limits: Option<Interval>) -> Figure {
    match (value, limits) {
        (Ok(value), Some(limits)) => Figure::Known { value, limits },
        (Ok(_), None) => Figure::TooFew("too few to interpret: no limits can be given".to_owned()),
        (Err(why), _) => Figure::Undefined(why),
    }
}

/// Shares in range, under and over, of decisions on own calls.
struct Shares(Ratings);

impl Shares {
    fn of(cohort: &Cohort, filter: &Filter) -> Self {
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let own = cohort.taken.iter().filter(|taken| filter.takes(cohort, taken) && taken.case.rung.is_some());
        let rating = own.map(|taken| Rating {
            rater: narrow(taken.member),
            item: narrow(taken.item),
            value: f64::from(taken.case.steps.signum()),
        });
        Self(Ratings::new(rating, None))
    }

    /// In range, under, over.
    fn figures(&self, few: Option<&str>) -> [Figure; 3] {
        if let Some(why) = few {
            return [(); 3].map(|()| Figure::TooFew(why.to_owned()));
        }
        let ratings = &self.0;
        let compute = |raters: &[f64], items: &[f64], values: &mut [crate::agreement::Value]| {
            let mut sums = [0.0; 3];
            for (item, times) in items.iter().enumerate().take(ratings.items()) {
                for (rater, value) in ratings.of_item(item) {
                    let place = if value == 0.0 { 0 } else { 1 + usize::from(value > 0.0) };
                    sums[place] += raters[rater] * times;
                }
            }
            let all: f64 = sums.iter().sum();
            for (value, part) in values.iter_mut().zip(sums) {
                *value = if all > 0.0 { Ok(part / all) } else { Err(crate::agreement::Undefined::NoPairs) };
            }
        };
        let mut values = [Ok(0.0); 3];
        compute(&vec![1.0; ratings.raters()], &vec![1.0; ratings.items()], &mut values);
        let size = (ratings.raters(), ratings.items());
        let limits = Bootstrap::LEFT_OUT.limits(size, &[0.0; 3], compute);
        let mut place = 0;
        values.map(|value| {
            let limits = limits.get(place).copied().flatten();
            place += 1;
            known(value.map_err(|why| why.to_string()), limits)
        })
    }
}

/// Groups side by side, on the calls that have the same acceptable range for everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    pub split: Split,
    pub groups: Vec<GroupFigures>,
    /// Groups of fewer than five, of which nothing is shown.
    pub hidden: usize,
    /// How many calls can be compared, of how many.
    pub calls: (usize, usize),
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupFigures {
    pub name: String,
    pub people: usize,
    pub in_range: Figure,
    pub under: Figure,
    pub over: Figure,
    /// On the same rung.
    pub raw: Figure,
    pub ac1: Figure,
}

impl Compared {
    /// The groups of a split, as far as they may be shown.
    #[must_use]
    pub fn of(cohort: &Cohort, split: &Split) -> Self {
        let groups = cohort.groups(split);
        let hidden = groups.iter().filter(|group| group.hidden && group.people > 0).count();
        let shown = groups.into_iter().filter(|group| !group.hidden).map(|group| {
            let table = cohort.table(Question::Rung, Source::OwnCall, &group.filter);
            let few = table.ratings.too_few();
            let [in_range, under, over] = Shares::of(cohort, &group.filter).figures(few.as_deref());
            let all = few.is_none().then(|| Measures::of(&table.ratings, Some(Bootstrap::LEFT_OUT)));
            let figure = |key: &str| match (&few, all.as_ref().and_then(|all| all.get(key))) {
                (None, Some(found)) => known(found.value.map_err(|why| why.to_string()), found.limits),
                (Some(why), _) => Figure::TooFew(why.clone()),
                (None, None) => Figure::Undefined("it is not computed".to_owned()),
            };
            let (raw, ac1) = (figure("raw"), figure("ac1"));
            GroupFigures { name: group.name, people: group.people, in_range, under, over, raw, ac1 }
        });
        Self {
            split: split.clone(),
            groups: shown.collect(),
            hidden,
            calls: (cohort.comparable().len(), cohort.items.len()),
        }
    }
}

/// Telling apart and leaning: a dot a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Leanings {
    pub dots: Vec<LeaningDot>,
    /// People of whom there are too few calls for a dot.
    pub too_few: usize,
    /// By shape; not where either group is smaller than five.
    pub by_registration: bool,
}

/// One person. Named only to themselves and to whoever asked for single people.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaningDot {
    /// Number of the member.
    pub member: usize,
    pub registered: bool,
    /// d′, pulled towards the cohort, with its limits.
    pub discrimination: (f64, Interval),
    /// c, below zero: urgent more readily; pulled towards the cohort, with its limits.
    pub threshold: (f64, Interval),
}

impl Leanings {
    /// Of everybody in a cohort who has enough calls.
    #[must_use]
    pub fn of(cohort: &Cohort) -> Self {
        let reports = cohort.people();
        let dots: Vec<LeaningDot> = reports
            .iter()
            .filter_map(|report| {
                let (d, c) = report.discrimination.zip(report.threshold)?;
                Some(LeaningDot {
                    member: report.member,
                    registered: cohort.members[report.member].registered,
                    discrimination: (d.shrunk, d.limits),
                    threshold: (c.shrunk, c.limits),
                })
            })
            .collect();
        let registered = dots.iter().filter(|dot| dot.registered).count();
        Self {
            too_few: reports.len() - dots.len(),
            by_registration: registered.min(dots.len() - registered) >= crate::cohort::FEWEST_IN_A_GROUP,
            dots,
        }
    }
}
