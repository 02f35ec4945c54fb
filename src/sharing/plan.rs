//! Where there is most to learn: calls ranked for a session, each with its reasons in words.

use super::prompts::{Prompt, prompts};
use super::words::{FactWords, capital, number, percent};
use crate::agreement::{Rating, Ratings, Scale};
use crate::cohort::{Cohort, FEWEST_IN_A_GROUP, Filter, Flag, Group, ItemReport, Source, Split, Taken};
use crate::marking::FactStatus;
use crate::standards::Id;

/// A call worth talking about.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// Number of the item in the cohort.
    pub item: usize,
    /// From 0 up: the sum of what its reasons weigh.
    pub weight: f64,
    pub people: usize,
    /// The weightiest first.
    pub reasons: Vec<Reason>,
    /// The call itself may be broken: looked at before it is talked about.
    pub check_item: bool,
    pub prompts: Vec<Prompt>,
}

/// Why.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub kind: ReasonKind,
    pub weight: f64,
    /// A sentence.
    pub words: String,
}

/// What kind of reason it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReasonKind {
    /// People decide differently.
    Spread,
    UnderTriage,
    OverTriage,
    /// Many missed the same.
    SharedMiss(Id),
    /// One group does what another does not, and could show how.
    Strength(Id),
    /// The call may be broken.
    CheckItem,
}

/// A shared miss counts from this share on, a strength from this difference on.
const SHARED: f64 = 0.4;
const AHEAD: f64 = 0.3;

/// The calls of a cohort that at least [`FEWEST_IN_A_GROUP`] people decided on, most to learn from first. Calls of which
/// there is nothing to learn are left out.
///
/// The weight of a call is the share of pairs that are on different rungs, plus 1.5 times the share under-triaged and
/// once that over-triaged (under-triage costs more), plus the largest shared miss and the largest lead of one group
/// over another, each as a share. A flagged call keeps its weight and says that it has to be looked at.
#[must_use]
pub fn suggestions(cohort: &Cohort, words: &FactWords) -> Vec<Suggestion> {
    let reports = cohort.calls();
    let splits = [Split::Registration, Split::Role, Split::Site];
    let groups: Vec<Vec<Group>> = splits.iter().map(|split| cohort.groups(split)).collect();
    let mut by_item: Vec<Vec<&Taken>> = vec![Vec::new(); cohort.items.len()];
    cohort.taken.iter().for_each(|taken| by_item[taken.item].push(taken));
    let mut found: Vec<Suggestion> = reports
        .iter()
        .filter(|report| report.figures.people >= FEWEST_IN_A_GROUP)
        .map(|report| suggestion(cohort, report, &by_item[report.item], &groups, words))
        .filter(|suggestion| suggestion.weight > 0.0)
        .collect();
    found.sort_by(|a, b| {
        let call = |s: &Suggestion| &cohort.items[s.item].call;
        b.weight.total_cmp(&a.weight).then_with(|| call(a).cmp(call(b)))
    });
    found
}

fn suggestion(
    cohort: &Cohort,
    report: &ItemReport,
    taken: &[&Taken],
    groups: &[Vec<Group>],
    words: &FactWords,
) -> Suggestion {
    let mut reasons = Vec::new();
    reasons.extend(spread(report));
    reasons.extend(beside(taken));
    reasons.extend(shared_miss(cohort, report, words));
    reasons.extend(strength(cohort, report, taken, groups, words));
    let weight = reasons.iter().map(|reason| reason.weight).sum();
    let check_item = !report.flags.is_empty();
    if check_item {
        let says = report.flags.iter().map(|flag| say_flag(cohort, report.item, flag, words)).collect::<Vec<_>>();
        let words = format!("Look at the call itself first: {}.", says.join("; "));
        reasons.push(Reason { kind: ReasonKind::CheckItem, weight: 0.0, words });
    }
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let people = report.figures.people;
    let prompts = prompts(cohort, report.item, words);
    Suggestion { item: report.item, weight, people, reasons, check_item, prompts }
}

/// What a flag says, as part of a sentence.
#[must_use]
pub fn say_flag(cohort: &Cohort, item: usize, flag: &Flag, words: &FactWords) -> String {
    match flag {
        Flag::MostDecideElsewhere { rung } => {
            let name = cohort.standards().dispositions.rungs.get(*rung as usize).map_or("", |named| &named.name);
            format!("more than half decide on “{name}”, outside the acceptable range; is the model answer right?")
        }
        Flag::TheBetterGetItWrong => "those who get other calls right get this one wrong".to_owned(),
        Flag::HardlyAnyoneFinds { fact } => {
            format!("hardly anybody finds out “{}”; can it be found?", words.say(&cohort.items[item], fact))
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "a number of people")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

fn spread(report: &ItemReport) -> Option<Reason> {
    let pairs = |n: usize| n * n.saturating_sub(1);
    let all: usize = report.rungs.iter().map(|(_, n)| n).sum();
    let same: usize = report.rungs.iter().map(|(_, n)| pairs(*n)).sum();
    let apart = 1.0 - share(same, pairs(all));
    (report.rungs.len() > 1 && all > 1).then(|| Reason {
        kind: ReasonKind::Spread,
        weight: apart,
        words: format!(
            "{} people decided on {} different rungs; {} of pairs disagree.",
            capital(&number(all)),
            number(report.rungs.len()),
            percent(apart)
        ),
    })
}

fn beside(taken: &[&Taken]) -> Vec<Reason> {
    let decided: Vec<i32> = taken.iter().filter(|taken| taken.case.rung.is_some()).map(|t| t.case.steps).collect();
    let reason = |kind, n: usize, times: f64, what: &str| {
        (n > 0).then(|| Reason {
            kind,
            weight: times * share(n, decided.len()),
            words: format!("{} of {} decided {what} than is acceptable.", capital(&number(n)), number(decided.len())),
        })
    };
    let count = |is: fn(&i32) -> bool| decided.iter().filter(|steps| is(steps)).count();
    let under = reason(ReasonKind::UnderTriage, count(|steps| *steps < 0), 1.5, "later");
    let over = reason(ReasonKind::OverTriage, count(|steps| *steps > 0), 1.0, "sooner");
    under.into_iter().chain(over).collect()
}

fn shared_miss(cohort: &Cohort, report: &ItemReport, words: &FactWords) -> Option<Reason> {
    let missed = |fact: &crate::cohort::FactCount| {
        let all = fact.elicited + fact.never_asked + fact.ignored;
        share(fact.never_asked + fact.ignored, all)
    };
    let most = report.facts.iter().max_by(|a, b| missed(a).total_cmp(&missed(b)))?;
    (missed(most) >= SHARED).then(|| {
        let is = words.say(&cohort.items[report.item], &most.fact);
        let how = if most.ignored > most.never_asked { "heard and did not act on" } else { "never asked about" };
        let n = most.never_asked.max(most.ignored);
        Reason {
            kind: ReasonKind::SharedMiss(most.fact.clone()),
            weight: missed(most),
            words: format!("{} {how} “{}”.", capital(&number(n)), is.trim_end_matches('.')),
        }
    })
}

/// A key fact that one group finds out far more often than another, both large enough to be shown.
fn strength(
    cohort: &Cohort,
    report: &ItemReport,
    taken: &[&Taken],
    groups: &[Vec<Group>],
    words: &FactWords,
) -> Option<Reason> {
    let mut best: Option<(f64, &Id, &Group, &Group)> = None;
    for fact in report.facts.iter().map(|count| &count.fact) {
        for split in groups {
            let rates: Vec<(f64, &Group)> =
                split.iter().filter_map(|group| Some((rate(cohort, taken, &group.filter, fact)?, group))).collect();
            let (Some(high), Some(low)) =
                (rates.iter().max_by(|a, b| a.0.total_cmp(&b.0)), rates.iter().min_by(|a, b| a.0.total_cmp(&b.0)))
            else {
                continue;
            };
            let ahead = high.0 - low.0;
            if ahead >= AHEAD && best.is_none_or(|(most, ..)| ahead > most) {
                best = Some((ahead, fact, high.1, low.1));
            }
        }
    }
    let (ahead, fact, high, low) = best?;
    let is = words.say(&cohort.items[report.item], fact);
    Some(Reason {
        kind: ReasonKind::Strength(fact.clone()),
        weight: ahead,
        words: format!(
            "“{}” finds out “{}” more often than “{}” by {} in a hundred: how do they do it?",
            high.name,
            is.trim_end_matches('.'),
            low.name,
            number((100.0 * ahead).round().clamp(0.0, 100.0) as usize)
        ),
    })
}

/// How often a group acts on a fact; `None` where fewer than five of it took the call.
fn rate(cohort: &Cohort, taken: &[&Taken], filter: &Filter, fact: &Id) -> Option<f64> {
    let own = taken.iter().filter(|taken| filter.takes(cohort, taken));
    let status = own.filter_map(|taken| taken.case.facts.iter().find(|(id, _)| id == fact).map(|(_, status)| *status));
    let (all, acted) =
        status.fold((0, 0), |(all, acted), status| (all + 1, acted + usize::from(status == FactStatus::Elicited)));
    (all >= FEWEST_IN_A_GROUP).then(|| share(acted, all))
}

/// Did the next round agree better? How alike people decide on the urgency of a call before a date and from it on.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    pub before: Round,
    pub after: Round,
}

/// One round.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub people: usize,
    /// Share of pairs on the same rung, and share in the acceptable range; absent below [`FEWEST_IN_A_GROUP`] people.
    pub same_rung: Option<f64>,
    pub in_range: Option<f64>,
}

impl FollowUp {
    /// Of every version of a call (`call-0412`, any variant), before and from a date `YYYY-MM-DD` on. Own calls alone.
    #[must_use]
    pub fn of(cohort: &Cohort, call: &Id, date: &str) -> Self {
        let items = (0..).zip(&cohort.items).filter(|(_, item)| item.call == *call).map(|(n, _)| n).collect();
        let filter = Filter { items: Some(items), ..Filter::default() };
        let round = |filter: &Filter| {
            let taken: Vec<&Taken> = cohort.taken.iter().filter(|taken| filter.takes(cohort, taken)).collect();
            let members: std::collections::BTreeSet<usize> = taken.iter().map(|taken| taken.member).collect();
            let people = members.len();
            let decided: Vec<&&Taken> = taken.iter().filter(|taken| taken.case.rung.is_some()).collect();
            let right = decided.iter().filter(|taken| taken.case.steps == 0).count();
            let enough = people >= FEWEST_IN_A_GROUP;
            let ratings = cohort.table(crate::cohort::Question::Rung, Source::OwnCall, filter).ratings;
            Round {
                people,
                same_rung: crate::agreement::Chance::of(&ratings).raw.ok().filter(|_| enough),
                in_range: (enough && !decided.is_empty()).then(|| share(right, decided.len())),
            }
        };
        let before = Filter { before: Some(date.to_owned()), ..filter.clone() };
        let after = Filter { from: Some(date.to_owned()), ..filter };
        Self { before: round(&before), after: round(&after) }
    }

    /// In a sentence, as the pack and the desk say it.
    #[must_use]
    pub fn words(&self) -> String {
        match (self.before.same_rung, self.after.same_rung) {
            (_, None) => format!(
                "The next round is not in yet: {} of the {FEWEST_IN_A_GROUP} people needed have taken it since.",
                number(self.after.people)
            ),
            (None, Some(after)) => format!("{} of pairs agree now; before, too few had taken it.", percent(after)),
            (Some(before), Some(after)) => {
                let better = after - before;
                let said = match better {
                    _ if better > 0.05 => "The next round agreed better",
                    _ if better < -0.05 => "The next round agreed less",
                    _ => "The next round agreed as before",
                };
                format!(
                    "{said}: {} of pairs on the same rung after, {} before ({} and {} people; with so few it may be chance).",
                    percent(after),
                    percent(before),
                    self.after.people,
                    self.before.people
                )
            }
        }
    }
}

/// Ratings of one item, for whoever shows the spread of a call alone.
#[must_use]
pub fn ratings_of(taken: &[&Taken], rungs: usize) -> Ratings {
    let rating = |(rater, taken): (u32, &&Taken)| Some(Rating { rater, item: 0, value: f64::from(taken.case.rung?) });
    Ratings::new((0..).zip(taken).filter_map(rating), Some(Scale::labels(rungs)))
}
