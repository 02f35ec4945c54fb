//! What simulated people say of marks: some contest one, simulated trainers mark two calls beside the machine.

use std::collections::BTreeSet;

use crate::call::{Stream, draw};
use crate::marking::{Assessment, Criterion};
use crate::records::{Annotation, AnnotationKind, Summary, Target, Upheld};
use crate::simulation::SIMULATED;

const TRAINERS: u32 = 6;
const MARKED: usize = 2;
const CONTESTED: u32 = 5;

const REASONS: [&str; 5] = [
    "I did ask, only in other words.",
    "The caller had already said it, so I did not ask again.",
    "There was no time: the line was breaking up.",
    "In our service this goes to the pharmacist first.",
    "I thought I had read it back. Where does it say that I had not?",
];

/// What is said of some of these calls. By position, as everything that is drawn: the same team says the same.
pub(super) fn said(calls: &[(Summary, Assessment)], seed: u64) -> Vec<Annotation> {
    let mut said = Vec::new();
    let mut note = |by: String, of: &Summary, kind: AnnotationKind, text: &str| {
        let number = said.len();
        let id = blake3::hash(format!("simulated/said {seed} {number}").as_bytes()).to_hex()[..32].to_owned();
        let target = Some(Target { record: of.head.id.clone(), event: None });
        let at = of.head.taken.clone();
        said.push(Annotation { id: id.clone(), by, target, at, kind, text: text.to_owned(), shared: true });
        id
    };
    let trainer = |n: u32| format!("{SIMULATED}trainer {}", n + 1);
    let mut once = BTreeSet::new();
    for n in 0..CONTESTED {
        let place = draw(seed, "simulated/contested", "", n, u32::try_from(calls.len()).unwrap_or(u32::MAX)) as usize;
        let Some((call, mark)) = calls.get(place).filter(|_| once.insert(place)) else { continue };
        let is_lost = |criterion: &&Criterion| criterion.points < criterion.out_of;
        let lost: Vec<&Criterion> = mark.criteria.iter().filter(is_lost).collect();
        let pick = draw(seed, "simulated/criterion", "", n, u32::try_from(lost.len()).unwrap_or(u32::MAX)) as usize;
        let Some(criterion) = lost.get(pick) else { continue };
        let kind = AnnotationKind::Contested { criterion: criterion.id.as_str().into() };
        let contested = note(call.head.by.clone(), call, kind, REASONS[n as usize % REASONS.len()]);
        let (upheld, words) = match n {
            0 => (Upheld::Mark, "It comes after the decision. Before it, nobody could know."),
            1 => (Upheld::Objection, "You did. The wording is not in the bank, and now we know."),
            _ => continue,
        };
        note(trainer(n), call, AnnotationKind::Answered { contested, upheld }, words);
    }
    for (call, mark) in calls.iter().take(MARKED) {
        for n in 0..TRAINERS {
            let mut stream = Stream::at(seed, "simulated/trainer", &call.head.id, n);
            for criterion in mark.criteria.iter().filter(|criterion| criterion.out_of > 0) {
                // Seven times in ten they see what the machine sees.
                let other = stream.draw(criterion.out_of + 1);
                let points = if stream.draw(10) < 7 { criterion.points } else { other };
                let kind = AnnotationKind::Marked { criterion: criterion.id.as_str().into(), points };
                note(trainer(n), call, kind, "");
            }
        }
    }
    said
}
