//! What is said to an outcome: one reply is for outcomes that are alike, and speaks of one of them.

use std::collections::BTreeSet;

use super::model::Right;
use super::replies::outcomes;
use super::{Place, Sense};
use crate::diagnostic::codes;
use crate::scenario::When;
use crate::standards::{Disposition, Id, Refer};

/// Words by which somebody who repeats an outcome speaks of its care setting, in lower case. A service that has other
/// settings is not asked about them.
const SPOKEN: [(&str, &[&str]); 8] = [
    ("ambulance", &["ambulance"]),
    ("ed", &["hospital", "a and e", "casualty"]),
    ("pharmacy", &["chemist", "pharmac"]),
    ("prescription", &["chemist", "pharmac"]),
    ("dental", &["dentist"]),
    ("primary-care", &["surgery", "doctor", "gp"]),
    ("maternity", &["midwife"]),
    ("callback", &["clinician", "nurse"]),
];

/// How an outcome lies to what is right in the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Lies {
    Right,
    TooSoon,
    TooLate,
    /// As urgent, and something else.
    Beside,
}

impl Lies {
    fn words(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::TooSoon => "more urgent than what is right",
            Self::TooLate => "later than what is right",
            Self::Beside => "as urgent as what is right, and something else",
        }
    }
}

impl Sense<'_> {
    pub(super) fn spoken(&mut self) {
        let call = self.call;
        let right: BTreeSet<&Id> = self.roles.iter().flat_map(|role| Right::of(&call.model, role).codes()).collect();
        // Outcomes for which an answer to the same thing has been given without anything else to hold.
        let mut taken: BTreeSet<(&Id, u8, &Id)> = BTreeSet::new();
        for (n, answer) in call.answers.iter().enumerate() {
            let (Some(when), Some(key)) = (&answer.when, answer.to.as_ref().or(answer.feature.as_ref())) else {
                continue;
            };
            let mut named = Vec::new();
            outcomes(when, &Place::answer(n).field("when"), &mut named);
            let by = answer.by as u8;
            for (at, (code, place)) in named.iter().enumerate() {
                let again = named[..at].iter().any(|(before, _)| before == code);
                if again || taken.contains(&(key, by, code)) {
                    let message = format!("`{key}` has been answered for {} already", self.named(code));
                    let hint = "see which outcome it should have been, or leave it out here";
                    self.warning(codes::REPLY_UNLIKE, place.clone(), message, hint);
                }
            }
            self.alike(&named, &right);
            self.speaks_of_them(n, &named);
            if is_outcome_alone(when) {
                taken.extend(named.iter().map(|(code, _)| (key, by, *code)));
            }
        }
    }

    /// Whoever hears the reply has decided on something of one kind.
    fn alike(&mut self, named: &[(&Id, Place)], right: &BTreeSet<&Id>) {
        let standards = self.standards;
        let rungs = || right.iter().filter_map(|code| standards.rung_of(code));
        let (Some(soonest), Some(latest)) = (rungs().min(), rungs().max()) else { return };
        let is_right = |code: &Id| right.iter().any(|right| standards.same_decision(right, code));
        let known: Vec<(&Id, &Place, &Disposition, Lies)> = named
            .iter()
            .filter_map(|(code, place)| {
                let rung = standards.rung_of(code)?;
                let lies = if is_right(code) {
                    Lies::Right
                } else if rung < soonest {
                    Lies::TooSoon
                } else if rung > latest {
                    Lies::TooLate
                } else {
                    Lies::Beside
                };
                Some((*code, place, standards.disposition(code)?, lies))
            })
            .collect();
        for (n, &(code, place, disposition, lies)) in known.iter().enumerate() {
            let others = || known.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, other)| other);
            if let Some(head) = disposition.family.as_ref().filter(|head| **head != *code)
                && lies != Lies::Right
                && !named.iter().any(|(other, _)| *other == head)
            {
                let message =
                    format!("the reply is for the heading {}, and not for the decision `{head}`", self.named(code));
                let hint = format!("name `{head}`: it is what most decide on who mean the same");
                self.warning(codes::REPLY_UNLIKE, place.clone(), message, hint);
                continue;
            }
            let opposite = others().find(|other| {
                matches!((lies, other.3), (Lies::TooLate, Lies::Right | Lies::TooSoon))
                    || lies != other.3 && others().all(|o| o.3 != lies && o.2.column != disposition.column)
            });
            let alone = lies != Lies::Right && others().count() > 0;
            let other = match opposite {
                Some(other) => other,
                None if alone && !others().any(|other| is_like(other.2, disposition)) => match others().next() {
                    Some(other) => other,
                    None => continue,
                },
                None => continue,
            };
            let message = if lies == other.3 {
                format!("{} and {} get the same reply, and are different things", self.named(code), self.named(other.0))
            } else {
                format!(
                    "{} is {}, {} is {}, and both get the same reply",
                    self.named(code),
                    lies.words(),
                    self.named(other.0),
                    other.3.words()
                )
            };
            let hint = "see which outcome it should have been; or give each its own answer, in words that fit";
            self.warning(codes::REPLY_UNLIKE, place.clone(), message, hint);
        }
    }

    /// A reply that names where one is sent names where its outcomes send one.
    fn speaks_of_them(&mut self, n: usize, named: &[(&Id, Place)]) {
        let Some((code, place)) = named.first() else { return };
        let settings: BTreeSet<&str> = named
            .iter()
            .filter_map(|(code, _)| self.standards.disposition(code))
            .flat_map(|disposition| fits(&disposition.setting))
            .collect();
        let said = self.call.answers[n].say.iter().map(|say| say.to_lowercase()).collect::<Vec<_>>().join(" ");
        let spoken: Vec<(&str, &str)> = SPOKEN
            .iter()
            .filter_map(|(setting, words)| Some((*setting, *words.iter().find(|word| begins_a_word(&said, word))?)))
            .collect();
        if let Some((_, word)) = spoken.first()
            && !spoken.iter().any(|(setting, _)| settings.contains(setting))
        {
            let message = format!("the reply speaks of “{word}”, and it is given for {}", self.named(code));
            let hint = "see which outcome it should have been, or word the reply for it";
            self.warning(codes::REPLY_SAYS, place.clone(), message, hint);
        }
    }
}

/// Outcomes to which one may say the same: of one care setting; or all that lead to an emergency department, on wheels
/// or on foot.
fn is_like(a: &Disposition, b: &Disposition) -> bool {
    let to_hospital = |d: &Disposition| d.refer == Refer::Dispatch || matches!(&*d.column, "ed");
    a.setting == b.setting || to_hospital(a) && to_hospital(b)
}

/// Settings of which somebody may speak to whom an outcome of this one was told: an ambulance goes to a hospital, and in
/// an emergency department there are doctors.
fn fits(setting: &str) -> Vec<&str> {
    match setting {
        "ambulance" => vec![setting, "ed"],
        "ed" => vec![setting, "primary-care", "callback"],
        _ => vec![setting],
    }
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Whether nothing but the outcome has to be so.
fn is_outcome_alone(when: &When) -> bool {
    match when {
        When::DecidedOn(_) => true,
        When::Any(list) => list.iter().all(|when| matches!(when, When::DecidedOn(_))),
        _ => false,
    }
}
