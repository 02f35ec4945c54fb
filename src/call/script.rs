//! A scenario made ready to be played: placeholders filled in, ids looked up once.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::DateTime;

use super::action::Action;
use super::event::Speaker;
use super::fields::truth;
use crate::calendar::month_of;
use crate::scenario::{Heard, Person, Pronoun, Relation, Scenario, Voices};
use crate::standards::{Id, Manner, Sex, Standards, Utterance};

/// What a call is played from. Shared by any number of calls.
#[derive(Debug)]
pub struct Script {
    pub standards: Arc<Standards>,
    /// The scenario with its variant laid over it.
    pub scenario: Scenario,
    /// Hash of the scenario's text.
    pub scenario_hash: String,
    /// Id of the variant; absent: as written.
    pub variant: Option<Id>,
    /// When the call begins.
    pub clock: DateTime,
    pub(super) wordings: Vec<Wording>,
    pub(super) utterances: BTreeMap<Id, u16>,
    pub(super) facts: BTreeMap<Id, u16>,
    pub(super) beats: BTreeMap<Id, u16>,
    pub(super) asking: BTreeMap<Id, Vec<u16>>,
    /// For each utterance and person: answers in the order in which they are tried.
    pub(super) answers: Vec<[Vec<u16>; 2]>,
    /// For each utterance: facts that it asks for.
    pub(super) fact_features: Vec<Vec<u16>>,
    /// Signed off by reviewers, and not changed since.
    pub reviewed: bool,
    manners: [Option<usize>; 2],
}

/// An utterance with its placeholders filled in.
#[derive(Debug)]
pub(super) struct Wording {
    /// To the patient, and to somebody else.
    pub text: [Arc<str>; 2],
    pub default: Arc<str>,
}

impl Script {
    /// Makes a scenario ready. Ids that lead nowhere are left out: naming them is the checker's work.
    ///
    /// # Errors
    /// A sentence when the scenario's clock is not a date and time.
    pub fn new(
        standards: Arc<Standards>,
        scenario: Scenario,
        scenario_hash: String,
        variant: Option<Id>,
    ) -> Result<Arc<Script>, String> {
        let clock: DateTime = scenario
            .clock
            .parse()
            .map_err(|_| format!("`{}` is not a date and time like 2026-03-14T20:40", scenario.clock))?;
        let fill = Fill::new(&scenario);
        let wordings: Vec<Wording> = standards
            .bank
            .iter()
            .map(|u| Wording {
                text: [fill.apply(&u.you), fill.apply(u.third.as_ref().unwrap_or(&u.you))],
                default: fill.apply(&u.default),
            })
            .collect();
        let utterances = positions(standards.bank.iter().map(|u| &u.id));
        let facts = positions(scenario.facts.iter().map(|f| &f.id));
        let beats = positions(scenario.beats.iter().map(|b| &b.id));
        let mut asking: BTreeMap<Id, Vec<u16>> = BTreeMap::new();
        for (n, utterance) in (0..).zip(&standards.bank) {
            for feature in &utterance.probes {
                asking.entry(feature.clone()).or_default().push(n);
            }
        }
        let answers = standards.bank.iter().map(|u| answers_to(u, &scenario)).collect();
        let fact_features = standards
            .bank
            .iter()
            .map(|u| {
                (0..).zip(&scenario.facts).filter(|(_, f)| u.probes.contains(&f.feature)).map(|(n, _)| n).collect()
            })
            .collect();
        let manner = |id: &Id| standards.topics.manners.iter().position(|m| m.id == *id);
        let of_caller = manner(&scenario.caller.manner);
        let reviewed = scenario.is_reviewed();
        let of_patient = scenario.patient.manner.as_ref().and_then(manner).or(of_caller);
        Ok(Arc::new(Script {
            wordings,
            utterances,
            facts,
            beats,
            asking,
            answers,
            fact_features,
            reviewed,
            manners: [of_caller, of_patient],
            clock,
            standards,
            scenario,
            scenario_hash,
            variant,
        }))
    }

    /// Who is heard when one of the voices speaks.
    #[must_use]
    pub fn speaker(&self, voice: &Voices) -> Speaker {
        match voice {
            Voices::Caller => Speaker::Caller,
            Voices::Patient => Speaker::Patient,
            Voices::Other(id) => {
                let other = self.scenario.others.iter().find(|other| other.id == *id);
                Speaker::Other(other.map_or_else(|| id.clone(), |other| other.name.clone()))
            }
        }
    }

    /// What is heard where these words or this caption come, if the scenario says so.
    #[must_use]
    pub fn heard(&self, text: &str) -> Option<&Heard> {
        self.scenario.heard.iter().find(|heard| &*heard.text == text)
    }

    /// The patient is the one who rings.
    #[must_use]
    pub fn patient_rings(&self) -> bool {
        self.scenario.caller.relation == Relation::Patient
    }

    /// The wording of an utterance to this person, `{field}` apart. `None` for an unknown id.
    #[must_use]
    pub fn wording(&self, utterance: &str, to: Person) -> Option<&Arc<str>> {
        let index = *self.utterances.get(utterance)?;
        Some(self.wording_at(index, to))
    }

    /// The wording of the utterance at this place of the bank.
    pub(super) fn wording_at(&self, index: u16, to: Person) -> &Arc<str> {
        let form = usize::from(to == Person::Caller && !self.patient_rings());
        &self.wordings[usize::from(index)].text[form]
    }

    /// How an expert takes the call in this role: its own model call, or that of a role that decides
    /// in the same way. What is typed into the contact record is what is true in this variant.
    #[must_use]
    pub fn model_call(&self, role: &str) -> Option<Vec<Action>> {
        let calls = &self.scenario.model.calls;
        let decides = self.standards.role(role)?.decides;
        let own = calls.iter().find(|c| &*c.role == role);
        let alike = || calls.iter().find(|c| self.standards.role(&c.role).is_some_and(|r| r.decides == decides));
        let typed = |action: &Action| match action {
            Action::Field { name, .. } => Action::Field { name: *name, text: truth(&self.scenario, *name) },
            other => other.clone(),
        };
        own.or_else(alike).map(|call| call.actions.iter().map(typed).collect())
    }

    /// Place of an utterance in the bank.
    #[must_use]
    pub fn utterance(&self, id: &str) -> Option<usize> {
        self.utterances.get(id).map(|&n| usize::from(n))
    }

    /// Place of a fact in the scenario.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<usize> {
        self.facts.get(id).map(|&n| usize::from(n))
    }

    /// Places, in the scenario, of the answers that are tried when the utterance at this place of the bank is
    /// said to somebody, in that order.
    #[must_use]
    pub fn answers_to(&self, utterance: usize, person: Person) -> &[u16] {
        self.answers.get(utterance).map_or(&[], |of| &of[person as usize])
    }

    /// Places in the bank of the utterances that ask for a feature.
    #[must_use]
    pub fn asking(&self, feature: &str) -> &[u16] {
        self.asking.get(feature).map_or(&[], Vec::as_slice)
    }

    pub(super) fn manner(&self, person: Person) -> Option<&Manner> {
        let index = self.manners[person as usize]?;
        self.standards.topics.manners.get(index)
    }
}

fn positions<'a>(ids: impl Iterator<Item = &'a Id>) -> BTreeMap<Id, u16> {
    let mut map = BTreeMap::new();
    for (n, id) in (0..=u16::MAX).zip(ids) {
        map.entry(id.clone()).or_insert(n);
    }
    map
}

/// Answers for the utterance itself come before answers for a feature it asks for; among equals the
/// order is that of the file.
fn answers_to(utterance: &Utterance, scenario: &Scenario) -> [Vec<u16>; 2] {
    [Person::Caller, Person::Patient].map(|person| {
        let by: Vec<(u16, _)> = (0..=u16::MAX).zip(&scenario.answers).filter(|(_, a)| a.by == person).collect();
        let mut order: Vec<u16> =
            by.iter().filter(|(_, a)| a.to.as_ref() == Some(&utterance.id)).map(|(n, _)| *n).collect();
        for feature in &utterance.probes {
            order.extend(by.iter().filter(|(_, a)| a.feature.as_ref() == Some(feature)).map(|(n, _)| *n));
        }
        order
    })
}

/// The words that stand for placeholders.
struct Fill(Vec<(&'static str, String)>);

impl Fill {
    fn new(scenario: &Scenario) -> Self {
        let patient = &scenario.patient;
        let pronoun = patient.pronoun.unwrap_or(match patient.sex {
            Sex::Female => Pronoun::She,
            Sex::Male => Pronoun::He,
        });
        let (they, them, their) = match pronoun {
            Pronoun::She => ("she", "her", "her"),
            Pronoun::He => ("he", "him", "his"),
            Pronoun::They => ("they", "them", "their"),
        };
        let born = spoken_date(&patient.born);
        let relation = scenario.caller.relation_words.as_deref().unwrap_or("It's for me");
        Fill(vec![
            ("{name}", patient.known_as.to_string()),
            ("{they}", they.into()),
            ("{them}", them.into()),
            ("{their}", their.into()),
            ("{caller_name}", scenario.caller.name.to_string()),
            ("{relationship}", relation.into()),
            ("{patient_name}", patient.name.to_string()),
            ("{dob}", born),
            ("{address}", patient.at.to_string()),
            ("{phone}", patient.call_back.to_string()),
            ("{gp_practice}", patient.gp.to_string()),
        ])
    }

    fn apply(&self, text: &Arc<str>) -> Arc<str> {
        if !text.contains('{') {
            return text.clone();
        }
        let mut filled = text.to_string();
        for (placeholder, words) in &self.0 {
            if filled.contains(placeholder) {
                filled = filled.replace(placeholder, words);
            }
        }
        // A name or pronoun that begins a sentence is written with a capital.
        let mut characters = filled.chars();
        match characters.next() {
            Some(first) => (first.to_uppercase().collect::<String>() + characters.as_str()).into(),
            None => filled.into(),
        }
    }
}

/// A date of birth as somebody says it.
fn spoken_date(born: &str) -> String {
    born.parse::<jiff::civil::Date>().map_or_else(
        |_| born.to_owned(),
        |date| {
            let day = date.day();
            let suffix = match day {
                1 | 21 | 31 => "st",
                2 | 22 => "nd",
                3 | 23 => "rd",
                _ => "th",
            };
            format!("the {day}{suffix} of {} {}", month_of(date), date.year())
        },
    )
}
