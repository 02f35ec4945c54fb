//! Going for a line on purpose: its condition, then the question, under as many seeds as it takes.

use std::sync::Arc;

use super::lines::{Heard, Lines};
use super::players::play_leniently;
use super::reaching::{decide, give, happen, offer, say};
use crate::call::{Action, Call, Script};
use crate::records::Mode;
use crate::scenario::Person;

/// One of a few wordings is drawn within so many seeds.
const SEEDS: u64 = 32;
/// What has not been come near to in so many is given up, in this role and surface.
const TRIES: u64 = 2;

/// Tries every line that nobody has heard yet, in this role and surface.
pub(super) fn search(script: &Arc<Script>, role: &str, lines: &Lines, heard: &mut Heard) {
    let scenario = &script.scenario;
    let missing = |heard: &Heard, texts: &[&Arc<str>]| {
        texts.iter().any(|text| lines.place(text).is_some_and(|place| !heard.is(place)))
    };
    // From a call that has just been answered; as often as it takes.
    let try_with = |heard: &mut Heard, texts: &[&Arc<str>], act: &dyn Fn(&mut Call)| {
        let mut came_near = false;
        for seed in 0..SEEDS {
            // Whether it can be come by hardly hangs on the seed; which of its wordings is drawn does.
            if !missing(heard, texts) || (seed == TRIES && !came_near) {
                return;
            }
            let Ok(mut call) = Call::new(script.clone(), role, seed, Mode::Coach) else { return };
            act(&mut call);
            heard.hear(&call, lines);
            came_near |= call.state().lines.iter().any(|line| texts.iter().any(|text| Arc::ptr_eq(text, &line.text)));
        }
    };
    let greet = |call: &mut Call| say(call, "s-greet", Person::Caller);

    try_with(heard, &scenario.opening.iter().collect::<Vec<_>>(), &|call| {
        greet(call);
        call.advance(10_000);
    });
    let says = scenario.patient.not_reachable_says.iter().collect::<Vec<_>>();
    try_with(heard, &says, &|call| {
        play_leniently(call, &[Action::SpeakTo(Person::Patient)]);
    });
    try_with(heard, &scenario.clinician_says.iter().collect::<Vec<_>>(), &|call| {
        let ask = Action::AskClinician { question: "What would you do?".into() };
        play_leniently(call, &[Action::Hold, ask, Action::Resume]);
    });
    for (n, answer) in scenario.answers.iter().enumerate() {
        let texts: Vec<&Arc<str>> = answer.say.iter().chain(&answer.again).chain(&answer.sound).collect();
        try_with(heard, &texts, &|call| {
            greet(call);
            give(call, n, 0);
            // Once more and once more: for what is said when asked again.
            for _ in 0..3 {
                give(call, n, 0);
            }
        });
    }
    for beat in &scenario.beats {
        let texts: Vec<&Arc<str>> =
            beat.say.iter().chain(&beat.sound).chain(beat.over.as_ref().map(|over| &over.say)).collect();
        // A beat may want the caller greeted, or left in silence.
        for greeted in [true, false] {
            try_with(heard, &texts, &|call| {
                if greeted {
                    greet(call);
                }
                happen(call, &beat.id, 0);
                if beat.at == crate::scenario::Trigger::Decided {
                    decide(call, None);
                    play_leniently(call, &[Action::Wait { seconds: 60 }]);
                }
            });
        }
    }
    for answer in &scenario.offers {
        try_with(heard, &answer.say.iter().collect::<Vec<_>>(), &|call| {
            greet(call);
            offer(call, &answer.service);
        });
    }
}
