//! Who is calling, in words that say nothing of what about.

use jiff::civil::{Date, DateTime};

use crate::scenario::{Caller, Patient, Pronoun, Relation, Scenario, Variant};
use crate::standards::Sex;

/// Caller and patient as a variant has them.
pub fn people<'a>(call: &'a Scenario, variant: Option<&'a Variant>) -> (&'a Caller, &'a Patient) {
    let caller = variant.and_then(|variant| variant.caller.as_ref()).unwrap_or(&call.caller);
    let patient = variant.and_then(|variant| variant.patient.as_ref()).unwrap_or(&call.patient);
    (caller, patient)
}

/// "A woman calling about her mother", from relation, sex and age alone.
pub fn in_words(caller: &Caller, patient: &Patient, clock: &str) -> String {
    let age = age(patient, clock);
    if caller.relation == Relation::Patient {
        let themselves = match pronoun(patient) {
            Pronoun::She => "herself",
            Pronoun::He => "himself",
            Pronoun::They => "themselves",
        };
        return format!("{}, calling for {themselves}", somebody(patient, age));
    }
    let sex = sex_of(caller.relation_words.as_deref().unwrap_or_default());
    let (who, whose) = match sex {
        Some(Sex::Female) => ("A woman", "her"),
        Some(Sex::Male) => ("A man", "his"),
        None => ("Somebody", "their"),
    };
    let she = patient.sex == Sex::Female;
    let their = |female: &str, male: &str| format!("{whose} {}", if she { female } else { male });
    let (who, about) = match caller.relation {
        Relation::Parent => (if sex.is_none() { "A parent" } else { who }, child(whose, she, age)),
        Relation::AdultChild => (who, their("mother", "father")),
        Relation::Spouse if caller.relation_words.as_deref().is_some_and(|words| words.contains("partner")) => {
            (who, format!("{whose} partner"))
        }
        Relation::Spouse => (who, their("wife", "husband")),
        Relation::Friend => (who, format!("a friend, {}", in_the_middle(&somebody(patient, age)))),
        Relation::Carer => ("A carer", in_the_middle(&somebody(patient, age))),
        Relation::Relative => ("A relative", in_the_middle(&somebody(patient, age))),
        Relation::Bystander => ("A passer-by", in_the_middle(&somebody(patient, age))),
        Relation::Professional | Relation::Patient => {
            ("Somebody from another service", in_the_middle(&somebody(patient, age)))
        }
    };
    format!("{who} calling about {about}")
}

fn child(whose: &str, she: bool, age: Option<i16>) -> String {
    match (age, she) {
        (Some(0), _) => format!("{whose} baby"),
        (Some(age @ 1..18), true) => format!("{whose} daughter, aged {age}"),
        (Some(age @ 1..18), false) => format!("{whose} son, aged {age}"),
        (_, true) => format!("{whose} grown-up daughter"),
        (_, false) => format!("{whose} grown-up son"),
    }
}

/// "A woman in her forties".
fn somebody(patient: &Patient, age: Option<i16>) -> String {
    let (who, young, whose) = match pronoun(patient) {
        Pronoun::She => ("A woman", "A girl", "her"),
        Pronoun::He => ("A man", "A boy", "his"),
        Pronoun::They => ("A person", "A child", "their"),
    };
    let decade = match age {
        None => return who.into(),
        Some(0) => return "A baby".into(),
        Some(age @ 1..13) => return format!("{young} aged {age}"),
        Some(13..18) => return "A teenager".into(),
        Some(18..20) => return who.replacen("A ", "A young ", 1),
        Some(20..30) => "twenties",
        Some(30..40) => "thirties",
        Some(40..50) => "forties",
        Some(50..60) => "fifties",
        Some(60..70) => "sixties",
        Some(70..80) => "seventies",
        Some(80..90) => "eighties",
        Some(_) => "nineties",
    };
    format!("{who} in {whose} {decade}")
}

fn in_the_middle(words: &str) -> String {
    words.replacen("A ", "a ", 1)
}

fn pronoun(patient: &Patient) -> Pronoun {
    patient.pronoun.unwrap_or(match patient.sex {
        Sex::Female => Pronoun::She,
        Sex::Male => Pronoun::He,
    })
}

fn age(patient: &Patient, clock: &str) -> Option<i16> {
    let born: Date = patient.born.parse().ok()?;
    let now: DateTime = clock.parse().ok()?;
    let years = now.year() - born.year();
    let before_birthday = (now.month(), now.day()) < (born.month(), born.day());
    Some((years - i16::from(before_birthday)).max(0))
}

const WOMEN: &[&str] = &[
    "daughter",
    "mother",
    "mum",
    "mam",
    "wife",
    "sister",
    "girlfriend",
    "aunt",
    "auntie",
    "niece",
    "grandmother",
    "gran",
    "nan",
    "granddaughter",
];
const MEN: &[&str] = &[
    "son",
    "father",
    "dad",
    "husband",
    "brother",
    "boyfriend",
    "uncle",
    "nephew",
    "grandfather",
    "grandad",
    "grandson",
];

/// What the caller says they are: "I'm her daughter". Of "she's my mum" nothing can be said.
fn sex_of(words: &str) -> Option<Sex> {
    let words: Vec<String> = words
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .map(str::to_lowercase)
        .filter(|w| !w.is_empty())
        .collect();
    if words.iter().any(|word| word == "my" || word == "our") {
        return None;
    }
    words.iter().find_map(|word| {
        if WOMEN.contains(&word.as_str()) {
            Some(Sex::Female)
        } else if MEN.contains(&word.as_str()) {
            Some(Sex::Male)
        } else {
            None
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOCK: &str = "2026-03-10T19:40";

    fn said(relation: Relation, words: &str, sex: Sex, born: &str) -> String {
        let scenarios = crate::scenario::shipped();
        let call = crate::scenario::load(scenarios[0].0, scenarios[0].1.as_bytes()).expect("a shipped call").scenario;
        let mut caller = call.caller;
        (caller.relation, caller.relation_words) = (relation, Some(words.into()));
        let mut patient = call.patient;
        (patient.sex, patient.born) = (sex, born.into());
        in_words(&caller, &patient, CLOCK)
    }

    #[test]
    fn a_caller_is_told_by_relation_sex_and_age() {
        use Relation::*;
        use Sex::*;
        assert_eq!(said(Patient, "", Female, "1981-09-14"), "A woman in her forties, calling for herself");
        assert_eq!(said(Patient, "", Male, "2010-03-11"), "A teenager, calling for himself");
        assert_eq!(said(AdultChild, "I'm her daughter", Female, "1950-01-01"), "A woman calling about her mother");
        assert_eq!(said(AdultChild, "She's my mum", Female, "1950-01-01"), "Somebody calling about their mother");
        assert_eq!(said(Parent, "I'm his dad.", Male, "2022-03-01"), "A man calling about his son, aged 4");
        assert_eq!(said(Parent, "", Female, "2026-01-01"), "A parent calling about their baby");
        assert_eq!(said(Spouse, "I'm his wife", Male, "1960-01-01"), "A woman calling about her husband");
        assert_eq!(said(Spouse, "his partner", Male, "1960-01-01"), "Somebody calling about their partner");
        assert_eq!(said(Carer, "", Male, "1940-01-01"), "A carer calling about a man in his eighties");
        assert_eq!(said(Friend, "", Female, "1990-03-10"), "Somebody calling about a friend, a woman in her thirties");
        assert_eq!(said(Professional, "", Male, ""), "Somebody from another service calling about a man");
    }
}
