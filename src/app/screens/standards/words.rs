//! What the standards say in names, said in words.

use crate::calendar::month_of;
use crate::standards::{Capacity, Day, Decides, Delivery, Flaw, Hours, Kind, Permission, Sex, Span, Stage};

/// `2026-11-01` as "1 November 2026"; anything else as it is.
pub fn date(text: &str) -> String {
    let day = text.parse::<jiff::civil::Date>();
    day.map_or_else(|_| text.to_owned(), |day| format!("{} {} {}", day.day(), month_of(day), day.year()))
}

/// A timeframe.
pub fn minutes(minutes: Option<u32>) -> String {
    let many = |n: u32, what: &str| format!("within {n} {what}{}", if n == 1 { "" } else { "s" });
    match minutes {
        None => "no set time".into(),
        Some(0) => "at once".into(),
        Some(n) if n > 1440 && n % 1440 == 0 => many(n / 1440, "day"),
        Some(n) if n % 60 == 0 => many(n / 60, "hour"),
        Some(n) => many(n, "minute"),
    }
}

/// Ages between which something holds; empty for all.
pub fn ages(from: Option<u32>, to: Option<u32>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), None) => format!("{from} and over"),
        (None, Some(to)) => format!("up to and including {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}

pub fn sex(sex: Sex) -> &'static str {
    match sex {
        Sex::Female => "women and girls only",
        Sex::Male => "men and boys only",
    }
}

pub fn decides(decides: Decides) -> &'static str {
    match decides {
        Decides::HandsOver => "recognises symptoms and hands over; never triages them",
        Decides::ByGuide => "works through a guide, which yields the outcome",
        Decides::OnLadder => "chooses time and care setting on the ladder, with a reason",
    }
}

/// Everything that only some may do, with the words for it.
pub const PERMISSIONS: [(Permission, &str); 8] = [
    (Permission::AssessSymptoms, "ask about symptoms and record the answers in a guide"),
    (Permission::Override, "decide otherwise than the guide says, with a reason"),
    (Permission::ReadSummaryRecord, "read the summary care record"),
    (Permission::ReadNotes, "read special notes and previous contacts"),
    (Permission::Transfer, "hand a live call to a clinician"),
    (Permission::AdviseOnDose, "advise on a prescribed dose"),
    (Permission::NameCondition, "name a likely condition to the caller"),
    (Permission::RejectClinically, "pass a service over as not clinically appropriate"),
];

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Question => "Question",
        Kind::Statement => "Statement",
        Kind::Instruction => "Instruction",
        Kind::Interim => "What to do now",
        Kind::Worsening => "When to ring again",
    }
}

/// The stages, as the call screen names them.
pub const STAGES: [(Stage, &str); 8] = [
    (Stage::Open, "Open"),
    (Stage::First, "Emergency check"),
    (Stage::Story, "Story"),
    (Stage::Detail, "Detail"),
    (Stage::Context, "Context"),
    (Stage::Plan, "Plan"),
    (Stage::Close, "Close"),
    (Stage::Any, "At any time"),
];

pub fn flaw(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::Jargon => "jargon",
        Flaw::Leading => "suggests the answer",
        Flaw::DoubleBarrelled => "two questions in one",
        Flaw::Vague => "vague",
        Flaw::Judging => "judges",
        Flaw::Dismissive => "dismissive",
        Flaw::FalseReassurance => "reassures without grounds",
        Flaw::FalsePromise => "promises what cannot be promised",
        Flaw::Diagnosis => "names a condition",
        Flaw::DoseAdvice => "advises on a dose",
        Flaw::ClosesTheCaller => "closes the caller down",
        Flaw::Interrupting => "interrupts",
        Flaw::Stigma => "stigma",
        Flaw::Inequality => "unequal treatment",
    }
}

pub fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Green => "has room",
        Capacity::Amber => "nearly full",
        Capacity::Red => "full; not listed",
    }
}

pub fn delivery(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::CallsBack => "the service rings the patient",
        Delivery::Ring => "the patient rings the service",
        Delivery::RingAndGo => "the referral is sent; the patient rings first, then goes",
        Delivery::Go => "the patient goes there",
        Delivery::Visits => "the service comes to the patient",
    }
}

pub fn hours(hours: &Hours) -> String {
    match hours {
        Hours::Always => "day and night".into(),
        Hours::Never => "closed".into(),
        Hours::Weekly(spans) => spans.iter().map(span).collect::<Vec<_>>().join("; "),
    }
}

fn span(span: &Span) -> String {
    format!("{} {} to {}", days(&span.days), span.from, span.to)
}

const WEEK: [(Day, &str); 7] = [
    (Day::Mon, "Monday"),
    (Day::Tue, "Tuesday"),
    (Day::Wed, "Wednesday"),
    (Day::Thu, "Thursday"),
    (Day::Fri, "Friday"),
    (Day::Sat, "Saturday"),
    (Day::Sun, "Sunday"),
];

/// Days in a row as "Monday to Friday", others one by one.
fn days(days: &[Day]) -> String {
    let mut at: Vec<usize> = days.iter().filter_map(|day| WEEK.iter().position(|(one, _)| one == day)).collect();
    at.sort_unstable();
    at.dedup();
    let name = |n: usize| WEEK[n].1;
    match *at.as_slice() {
        [] => "on no day".into(),
        [first, .., last] if at.len() == 7 && first == 0 && last == 6 => "every day".into(),
        [first, .., last] if at.len() > 2 && last - first + 1 == at.len() => {
            format!("{} to {}", name(first), name(last))
        }
        [ref others @ .., last] if !others.is_empty() => {
            let others: Vec<&str> = others.iter().map(|n| name(*n)).collect();
            format!("{} and {}", others.join(", "), name(last))
        }
        [only, ..] => name(only).into(),
    }
}

/// A wording of the bank as it is read apart from any call.
pub fn wording(text: &str) -> String {
    let fillings = [
        ("{name}", "the patient"),
        ("{they}", "they"),
        ("{them}", "them"),
        ("{their}", "their"),
        ("{caller_name}", "[caller's name]"),
        ("{relationship}", "[relation to the patient]"),
        ("{patient_name}", "[patient's name]"),
        ("{dob}", "[date of birth]"),
        ("{address}", "[address]"),
        ("{phone}", "[call-back number]"),
        ("{gp_practice}", "[GP practice]"),
        ("{field}", "[what you wrote]"),
    ];
    let mut said = text.to_owned();
    for (placeholder, words) in fillings {
        said = said.replace(placeholder, words);
    }
    capitals(&said)
}

/// Sentences that begin with a filling begin with a capital.
pub fn capitals(text: &str) -> String {
    let mut begins = true;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if begins && c.is_alphabetic() {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        begins = match c {
            '.' | '!' | '?' => true,
            c if c.is_whitespace() || c == '"' || c == '“' => begins,
            _ => false,
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_days_and_times_are_said_in_words() {
        assert_eq!(date("2026-11-01"), "1 November 2026");
        assert_eq!(date("soon"), "soon");
        assert_eq!(days(&[Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri]), "Monday to Friday");
        assert_eq!(days(&WEEK.map(|(day, _)| day)), "every day");
        assert_eq!(days(&[Day::Sat, Day::Sun]), "Saturday and Sunday");
        assert_eq!(days(&[Day::Mon, Day::Wed, Day::Fri]), "Monday, Wednesday and Friday");
        assert_eq!(days(&[Day::Sun]), "Sunday");
        assert_eq!(minutes(Some(60)), "within 1 hour");
        assert_eq!(minutes(Some(1440)), "within 24 hours");
        assert_eq!(minutes(Some(4320)), "within 3 days");
        assert_eq!(minutes(Some(0)), "at once");
    }

    #[test]
    fn no_placeholder_is_left_in_a_wording() {
        for line in &crate::standards::Standards::shipped().bank {
            for text in [Some(&line.you), line.third.as_ref()].into_iter().flatten() {
                assert!(!wording(text).contains(['{', '}']), "{text}");
            }
        }
        assert_eq!(wording("{name} is here. {name}'s arm?"), "The patient is here. The patient's arm?");
    }
}
