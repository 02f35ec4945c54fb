//! Tables of ratings out of a cohort: who decided what, one question at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cohort, Filter, Taken};
use crate::agreement::{Rating, Ratings, Scale};
use crate::call::Recorded;
use crate::marking::FactStatus;
use crate::standards::Id;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Row of the ladder: ordered, so weighted statistics mean something.
    Rung,
    Setting,
    /// The decision, clinical headings of one decision being one.
    Disposition,
    Service,
    Guide,
    /// Each question of a guide, of each call: yes, no, not sure.
    Recorded,
    /// Each key fact of each call: elicited, never asked, given and ignored.
    Fact,
}

/// Who decided on what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Each on a call of their own: asking and judging.
    OwnCall,
    /// All on a replay of the same call: judging alone.
    Replay,
}

/// Ratings with the names of what was rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub ratings: Ratings,
    /// Words for the values, by value.
    pub values: Vec<String>,
    /// What each item of the ratings is: number of the call (or of the replay), and of what in it, if anything.
    pub items: Vec<(usize, Option<Id>)>,
    /// Members by number of rater; for replays, numbers of the people who judged.
    pub raters: Vec<usize>,
    /// The values have an order.
    pub ordered: bool,
}

impl Question {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Rung, Self::Setting, Self::Disposition, Self::Service, Self::Guide, Self::Recorded, Self::Fact];

    /// In plain words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rung => "Urgency",
            Self::Setting => "Care setting",
            Self::Disposition => "Outcome",
            Self::Service => "Service",
            Self::Guide => "Guide chosen",
            Self::Recorded => "Answers recorded",
            Self::Fact => "Key facts",
        }
    }
}

impl Cohort {
    /// A table of what was decided. Handing over is no decision of one's own and counts as missing.
    #[must_use]
    pub fn table(&self, question: Question, source: Source, filter: &Filter) -> Table {
        let mut build = Build::default();
        match source {
            Source::OwnCall => {
                for taken in self.taken.iter().filter(|taken| filter.takes(self, taken)) {
                    self.add(question, taken, &mut build);
                }
            }
            Source::Replay => {
                let people: BTreeSet<&str> = self.judged.iter().map(|judged| judged.by.as_str()).collect();
                for judged in &self.judged {
                    let by = people.iter().position(|name| *name == judged.by).unwrap_or(0);
                    if let Some(value) = self.of_disposition(question, &judged.disposition) {
                        build.add(by, (judged.replay, None), value);
                    }
                }
            }
        }
        let rungs = &self.standards().dispositions.rungs;
        if question == Question::Rung {
            let number = |value: &String| value.parse::<u32>().unwrap_or(0);
            let values = rungs.iter().map(|rung| rung.name.clone()).collect();
            return build.finish(|_, value| number(value), values, true);
        }
        let labels: Vec<String> = build.values.iter().cloned().collect();
        let scale = match question {
            Question::Recorded => ["yes", "no", "not sure"].map(str::to_owned).to_vec(),
            Question::Fact => ["elicited", "never asked", "given and ignored"].map(str::to_owned).to_vec(),
            _ => self.every(question).unwrap_or(labels),
        };
        let place = |scale: &[String], value: &String| {
            u32::try_from(scale.iter().position(|known| known == value).unwrap_or(0)).unwrap_or(0)
        };
        build.finish(place, scale, false)
    }

    fn add(&self, question: Question, taken: &Taken, build: &mut Build) {
        let case = &taken.case;
        match question {
            Question::Rung | Question::Setting | Question::Disposition => {
                let value = case.decided.as_ref().and_then(|code| self.of_disposition(question, code));
                if let Some(value) = value {
                    build.add(taken.member, (taken.item, None), value);
                }
            }
            Question::Service => {
                let value = case.service.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
                build.add(taken.member, (taken.item, None), value);
            }
            Question::Guide => {
                if let Some(guide) = &case.guide {
                    build.add(taken.member, (taken.item, None), guide.to_string());
                }
            }
            Question::Recorded => {
                for (question, answer) in &case.recorded {
                    let answer = match answer {
                        Recorded::Yes => "yes",
                        Recorded::No => "no",
                        Recorded::NotSure => "not sure",
                    };
                    build.add(taken.member, (taken.item, Some(question.clone())), answer.to_owned());
                }
            }
            Question::Fact => {
                for (fact, status) in &case.facts {
                    let status = match status {
                        FactStatus::Elicited => "elicited",
                        FactStatus::NeverAsked => "never asked",
                        FactStatus::GivenAndIgnored => "given and ignored",
                    };
                    build.add(taken.member, (taken.item, Some(fact.clone())), status.to_owned());
                }
            }
        }
    }

    fn of_disposition(&self, question: Question, code: &Id) -> Option<String> {
        let disposition = self.standards().disposition(code)?;
        match question {
            Question::Rung => self.standards().rung(&disposition.rung).map(|rung| rung.to_string()),
            Question::Setting => Some(disposition.setting.to_string()),
            Question::Disposition => Some(disposition.family.as_ref().unwrap_or(&disposition.code).to_string()),
            _ => None,
        }
    }

    /// The whole declared scale of a question without order; `None` where it is what occurs.
    fn every(&self, question: Question) -> Option<Vec<String>> {
        let standards = self.standards();
        match question {
            Question::Setting => Some(standards.dispositions.settings.iter().map(|s| s.id.to_string()).collect()),
            Question::Disposition => {
                let family = |d: &crate::standards::Disposition| d.family.as_ref().unwrap_or(&d.code).to_string();
                let all: BTreeSet<String> = standards.dispositions.dispositions.iter().map(family).collect();
                Some(all.into_iter().collect())
            }
            Question::Guide => Some(standards.guides.guides.iter().map(|guide| guide.id.to_string()).collect()),
            _ => None,
        }
    }
}

/// A table being built.
#[derive(Default)]
struct Build {
    list: Vec<(usize, usize, String)>,
    items: BTreeMap<(usize, Option<Id>), usize>,
    raters: BTreeMap<usize, usize>,
    values: BTreeSet<String>,
}

impl Build {
    fn add(&mut self, rater: usize, item: (usize, Option<Id>), value: String) {
        let next = self.items.len();
        let item = *self.items.entry(item).or_insert(next);
        let next = self.raters.len();
        let rater = *self.raters.entry(rater).or_insert(next);
        if !self.values.contains(&value) {
            self.values.insert(value.clone());
        }
        self.list.push((rater, item, value));
    }

    fn finish(self, number: impl Fn(&[String], &String) -> u32, values: Vec<String>, ordered: bool) -> Table {
        let numbers: BTreeMap<&String, f64> =
            self.values.iter().map(|value| (value, f64::from(number(&values, value)))).collect();
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let rating = |(rater, item, value): &(usize, usize, String)| Rating {
            rater: narrow(*rater),
            item: narrow(*item),
            value: numbers.get(value).copied().unwrap_or(0.0),
        };
        let ratings = Ratings::new(self.list.iter().map(rating), Some(Scale::labels(values.len())));
        let by_number = |map: BTreeMap<usize, usize>| {
            let mut list: Vec<(usize, usize)> = map.into_iter().map(|(what, number)| (number, what)).collect();
            list.sort_unstable();
            list.into_iter().map(|(_, what)| what).collect()
        };
        let mut items: Vec<(usize, (usize, Option<Id>))> = self.items.into_iter().map(|(what, n)| (n, what)).collect();
        items.sort();
        let items = items.into_iter().map(|(_, what)| what).collect();
        Table { ratings, values, items, raters: by_number(self.raters), ordered }
    }
}
