//! Whether a condition can hold, by trying what there is to try.

use std::collections::BTreeSet;

use crate::scenario::{Person, When};
use crate::standards::Standards;

/// More combinations than this are not tried: the condition counts as one that may hold or not.
const COMBINATIONS: usize = 4096;
/// A call lasts so many seconds.
const LONGEST: u32 = 3600;

/// How often a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Never,
    Sometimes,
    Always,
}

/// What can be so in a call.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub standards: &'a Standards,
    /// Facts that somebody can tell.
    pub told: BTreeSet<&'a str>,
    /// Facts that hold from beginning to end.
    pub lasting: BTreeSet<&'a str>,
    /// Beats that can happen.
    pub beats: BTreeSet<&'a str>,
    pub roles: Vec<&'a str>,
    /// Who can be on the line.
    pub persons: Vec<Person>,
}

/// What is so at the moment at which the condition is looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Given<'a> {
    /// Who is on the line; absent: anybody who can be.
    pub person: Option<Person>,
    pub told: Option<&'a str>,
    pub said: Option<&'a str>,
    pub beat: Option<&'a str>,
    pub decided: bool,
}

/// Something that is so or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flag<'a> {
    Told(&'a str),
    Holds(&'a str),
    Said(&'a str),
    Before(&'a str, &'a str),
    Asked(&'a str),
    Beat(&'a str),
}

/// One way in which things can stand.
#[derive(Debug)]
struct Case<'a> {
    flags: Vec<(Flag<'a>, bool)>,
    /// Undecided, or decided on a code; the empty code is any that is not named.
    decided: Option<&'a str>,
    mood: u32,
    time: u32,
    role: &'a str,
    person: Person,
}

/// The values that make a difference.
#[derive(Debug, Default)]
struct Values<'a> {
    flags: Vec<Flag<'a>>,
    codes: Vec<Option<&'a str>>,
    moods: Vec<u32>,
    times: Vec<u32>,
    asks_decided: bool,
    asks_role: bool,
    asks_person: bool,
}

impl<'a> World<'a> {
    /// Whether the condition can hold at such a moment.
    pub fn truth(&self, when: &'a When, given: &Given<'a>) -> Truth {
        self.truth_of(&[(when, true)], given)
    }

    /// Whether all of them can be as they should be.
    pub fn truth_of(&self, whens: &[(&'a When, bool)], given: &Given<'a>) -> Truth {
        let mut values = Values::default();
        for (when, _) in whens {
            collect(when, &mut values);
        }
        // What nobody asks for makes no difference: one value stands for all.
        let Values { moods, times, codes, asks_decided, .. } = &mut values;
        moods.extend([0, 100].iter().take(if moods.is_empty() { 1 } else { 2 }));
        times.extend([0, LONGEST].iter().take(if times.is_empty() { 1 } else { 2 }));
        codes.push(Some(""));
        if !given.decided && (codes.len() > 1 || *asks_decided) {
            codes.push(None);
        }
        let roles = if values.asks_role && !self.roles.is_empty() { self.roles.clone() } else { vec![""] };
        let persons = match given.person {
            Some(person) => vec![person],
            None if values.asks_person && !self.persons.is_empty() => self.persons.clone(),
            None => vec![Person::Caller],
        };
        let fixed: Vec<Option<bool>> = values.flags.iter().map(|flag| self.fixed(*flag, given)).collect();
        let free: Vec<usize> = (0..fixed.len()).filter(|&n| fixed[n].is_none()).collect();
        let others = values.codes.len() * values.moods.len() * values.times.len() * roles.len() * persons.len();
        if free.len() > 12 || (others << free.len()) > COMBINATIONS {
            return Truth::Sometimes;
        }
        let (mut can, mut cannot) = (false, false);
        let start = fixed.iter().map(|value| value.unwrap_or(false));
        let mut case = Case {
            flags: values.flags.iter().copied().zip(start).collect(),
            decided: None,
            mood: 0,
            time: 0,
            role: "",
            person: Person::Caller,
        };
        for bits in 0..(1_usize << free.len()) {
            for (bit, &flag) in free.iter().enumerate() {
                case.flags[flag].1 = bits >> bit & 1 == 1;
            }
            if !self.consistent(&case) {
                continue;
            }
            for n in 0..others {
                let mut n = n;
                let mut next = |of: usize| {
                    let at = n % of;
                    n /= of;
                    at
                };
                case.decided = values.codes[next(values.codes.len())];
                case.mood = values.moods[next(values.moods.len())];
                case.time = values.times[next(values.times.len())];
                case.role = roles[next(roles.len())];
                case.person = persons[next(persons.len())];
                let holds = whens.iter().all(|(when, wanted)| case.is(when) == *wanted);
                can |= holds;
                cannot |= !holds;
                if can && cannot {
                    return Truth::Sometimes;
                }
            }
        }
        match (can, cannot) {
            (false, _) => Truth::Never,
            (true, false) => Truth::Always,
            (true, true) => Truth::Sometimes,
        }
    }

    /// What a flag is in any case, at such a moment.
    fn fixed(&self, flag: Flag<'_>, given: &Given<'_>) -> Option<bool> {
        match flag {
            Flag::Told(id) if given.told == Some(id) => Some(true),
            Flag::Told(id) => (!self.told.contains(id)).then_some(false),
            Flag::Holds(id) => self.lasting.contains(id).then_some(true),
            Flag::Said(id) => (given.said == Some(id)).then_some(true),
            Flag::Before(first, second) => (first == second).then_some(false),
            Flag::Asked(feature) if self.standards.probing(feature).is_empty() => Some(false),
            Flag::Asked(feature) => given.said.is_some_and(|id| self.asks(id, feature)).then_some(true),
            Flag::Beat(id) if given.beat == Some(id) => Some(true),
            Flag::Beat(id) => (!self.beats.contains(id)).then_some(false),
        }
    }

    fn asks(&self, utterance: &str, feature: &str) -> bool {
        self.standards.utterance(utterance).is_some_and(|(_, u)| u.probes.iter().any(|probed| &**probed == feature))
    }

    /// Whoever has said one thing before another has said both, and has asked for what they ask for.
    fn consistent(&self, case: &Case<'_>) -> bool {
        let said = |id: &str| {
            case.flags.iter().any(|(flag, so)| {
                *so && match flag {
                    Flag::Said(other) => *other == id,
                    Flag::Before(a, b) => *a == id || *b == id,
                    _ => false,
                }
            })
        };
        case.flags.iter().all(|(flag, so)| match (flag, so) {
            (Flag::Said(id), false) => !said(id),
            (Flag::Before(a, b), true) => !case.has(Flag::Before(b, a)),
            (Flag::Asked(feature), false) => {
                !self.standards.probing(feature).iter().any(|&n| said(&self.standards.bank[n].id))
            }
            _ => true,
        })
    }
}

impl<'a> Case<'a> {
    fn has(&self, flag: Flag<'_>) -> bool {
        self.flags.iter().any(|(known, so)| *so && *known == flag)
    }

    fn is(&self, when: &'a When) -> bool {
        match when {
            When::Told(id) => self.has(Flag::Told(id)),
            When::Holds(id) => self.has(Flag::Holds(id)),
            When::Said(id) => self.has(Flag::Said(id)),
            When::SaidBefore(a, b) => self.has(Flag::Before(a, b)),
            When::Asked(feature) => self.has(Flag::Asked(feature)),
            When::Beat(id) => self.has(Flag::Beat(id)),
            When::Mood { below, from } => below.is_none_or(|n| self.mood < n) && from.is_none_or(|n| self.mood >= n),
            When::After(seconds) => self.time >= *seconds,
            When::Before(seconds) => self.time < *seconds,
            When::Decided => self.decided.is_some(),
            When::DecidedOn(code) => self.decided == Some(code),
            When::Role(role) => self.role == &**role,
            When::Speaking(person) => self.person == *person,
            When::All(all) => all.iter().all(|when| self.is(when)),
            When::Any(any) => any.iter().any(|when| self.is(when)),
            When::Not(not) => !self.is(not),
        }
    }
}

fn collect<'a>(when: &'a When, values: &mut Values<'a>) {
    let mut flag = |flag: Flag<'a>| {
        if !values.flags.contains(&flag) {
            values.flags.push(flag);
        }
    };
    match when {
        When::Told(id) => flag(Flag::Told(id)),
        When::Holds(id) => flag(Flag::Holds(id)),
        When::Said(id) => flag(Flag::Said(id)),
        When::SaidBefore(a, b) => flag(Flag::Before(a, b)),
        When::Asked(feature) => flag(Flag::Asked(feature)),
        When::Beat(id) => flag(Flag::Beat(id)),
        When::Mood { below, from } => {
            for bound in [below, from].into_iter().flatten() {
                add(&mut values.moods, (*bound).min(100));
                add(&mut values.moods, bound.saturating_sub(1));
            }
        }
        When::After(seconds) | When::Before(seconds) => {
            add(&mut values.times, (*seconds).min(LONGEST));
            add(&mut values.times, seconds.saturating_sub(1));
        }
        When::Decided => values.asks_decided = true,
        When::DecidedOn(code) => add(&mut values.codes, Some(code)),
        When::Role(_) => values.asks_role = true,
        When::Speaking(_) => values.asks_person = true,
        When::All(list) | When::Any(list) => list.iter().for_each(|when| collect(when, values)),
        When::Not(when) => collect(when, values),
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
