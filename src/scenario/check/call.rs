//! What happens in a call: the opening, facts, answers, beats, offers.

use std::collections::BTreeMap;

use super::super::model::{Answer, Beat, Fact, Over, Person, Relation, Scenario, Trigger, Voices};
use super::{Checker, LIST, each};
use crate::diagnostic::codes;
use crate::ron_text::Cursor;

impl Checker<'_> {
    pub(super) fn call(&mut self, scenario: &Scenario, root: &Cursor<'_>) {
        self.opening(&scenario.opening, &root.field("opening"));
        self.fact_list(&scenario.facts, &root.field("facts"));
        self.answer_list(&scenario.answers, &root.field("answers"));
        self.beat_list(&scenario.beats, &root.field("beats"));
        for circle in circles(&scenario.beats) {
            self.circle(&circle, &root.field("beats").index(circle[0]).field("at"), &scenario.beats);
        }
        self.spoken_by_a_patient_who_rings(scenario, &root.field("answers"));
        let offers = root.field("offers");
        self.findings
            .unique("offer", each(&scenario.offers, &offers).map(|(o, at)| (&*o.service, at.field("service"))));
        for (offer, at) in each(&scenario.offers, &offers) {
            self.findings.service(&offer.service, &at.field("service"));
            self.something_said(&offer.say, &at);
        }
        self.lines(&scenario.clinician_says, &root.field("clinician_says"));
    }

    pub(super) fn opening(&mut self, opening: &[std::sync::Arc<str>], at: &Cursor<'_>) {
        if opening.is_empty() {
            let hint = "add the first thing that the caller says";
            self.findings.error(codes::EMPTY, at, "the caller says nothing at the beginning", hint);
        }
        self.lines(opening, at);
    }

    fn something_said(&mut self, say: &[std::sync::Arc<str>], at: &Cursor<'_>) {
        if say.is_empty() {
            self.findings.error(codes::EMPTY, &at.field("say"), "nothing is said", "add a wording to `say`");
        }
        self.lines(say, &at.field("say"));
    }

    pub(super) fn fact_list(&mut self, facts: &[Fact], list: &Cursor<'_>) {
        self.findings.unique("fact", each(facts, list).map(|(fact, at)| (&*fact.id, at.field("id"))));
        for (fact, at) in each(facts, list) {
            self.findings.feature(&fact.feature, &at.field("feature"));
            self.prose(&fact.is, "the fact", &at.field("is"));
            self.moment(fact.from.as_ref(), &at.field("from"));
            self.moment(fact.until.as_ref(), &at.field("until"));
            self.bound(fact.at_least.as_ref(), &at.field("at_least"));
            if fact.known_to.is_empty() && fact.key {
                let message = format!("nobody knows `{}`, and it has to be elicited", fact.id);
                self.findings.error(codes::NEVER_HEARD, &at.field("known_to"), message, "say who knows it");
            }
            let noted = at.field("noted");
            self.findings.at_most(fact.noted.len(), LIST, "words", &noted);
            for (words, at) in each(&fact.noted, &noted) {
                self.findings.filled(words, "this", &at);
                if *words != words.to_lowercase() {
                    let message = format!("`{words}` is not in lower case, and so never found");
                    self.findings.error(codes::NEVER_HEARD, &at, message, format!("write `{}`", words.to_lowercase()));
                }
            }
        }
    }

    pub(super) fn answer_list(&mut self, answers: &[Answer], list: &Cursor<'_>) {
        let mut settled = BTreeMap::new();
        for (n, (answer, at)) in each(answers, list).enumerate() {
            match (&answer.to, &answer.feature) {
                (Some(id), None) => drop(self.findings.utterance(id, &at.field("to"))),
                (None, Some(feature)) => self.findings.feature(feature, &at.field("feature")),
                (both, _) => {
                    let message = match both {
                        Some(_) => "this answers an utterance and a feature",
                        None => "this answers neither an utterance nor a feature",
                    };
                    let hint = "write either `to: \"q-…\"` or `feature: \"…\"`";
                    self.findings.error(codes::ANSWER_TO_WHAT, &at, message, hint);
                }
            }
            self.when_if_any(answer.when.as_ref(), &at.field("when"));
            self.something_said(&answer.say, &at);
            self.lines(&answer.again, &at.field("again"));
            self.facts(&answer.tells, &at.field("tells"));
            self.mood(answer.mood.unsigned_abs(), &at.field("mood"));
            // The first that holds is given, so that nothing comes after one without a condition.
            let key = (&answer.to, &answer.feature, answer.by as u8);
            if let Some(before) = settled.get(&key) {
                let line = list.index(*before).position().line;
                let message = "this is never said: an answer before it has no condition";
                let hint = format!("put it before the one on line {line}, or give that one a `when`");
                self.findings.warning(codes::NEVER_HEARD, &at, message, hint);
            } else if answer.when.is_none() {
                settled.insert(key, n);
            }
        }
    }

    /// Where the patient rings, everything said is the caller's.
    fn spoken_by_a_patient_who_rings(&mut self, scenario: &Scenario, list: &Cursor<'_>) {
        let rings = |relation| relation == Relation::Patient;
        let always = rings(scenario.caller.relation)
            && scenario.variants.iter().filter_map(|v| v.caller.as_ref()).all(|caller| rings(caller.relation));
        for (answer, at) in each(&scenario.answers, list) {
            if always && answer.by == Person::Patient {
                let message = "this is never said: the patient rings, and answers as the caller";
                self.findings.warning(codes::NEVER_HEARD, &at, message, "leave `by` out");
            }
        }
    }

    pub(super) fn beat_list(&mut self, beats: &[Beat], list: &Cursor<'_>) {
        self.findings.unique("beat", each(beats, list).map(|(beat, at)| (&*beat.id, at.field("id"))));
        for (beat, at) in each(beats, list) {
            self.trigger(&beat.at, &at.field("at"));
            self.seconds(beat.delay, &at.field("delay"));
            self.when_if_any(beat.when.as_ref(), &at.field("when"));
            self.when_if_any(beat.unless.as_ref(), &at.field("unless"));
            self.who(&beat.by, &at.field("by"));
            if let Some(over) = &beat.over {
                self.over(beat, over, &at.field("over"));
            }
            if beat.say.is_empty() && beat.sound.is_none() {
                let message = format!("nothing is heard in the beat `{}`", beat.id);
                self.findings.error(codes::EMPTY, &at, message, "add `say` or `sound`");
            }
            self.lines(&beat.say, &at.field("say"));
            self.facts(&beat.tells, &at.field("tells"));
            self.mood(beat.mood.unsigned_abs(), &at.field("mood"));
            for (id, at) in each(&beat.picked_up_by, &at.field("picked_up_by")) {
                self.findings.utterance_or_feature(id, &at);
            }
        }
    }

    fn who(&mut self, by: &Voices, at: &Cursor<'_>) {
        if let Voices::Other(id) = by
            && !self.known.others.contains(id)
        {
            let all = self.known.others.iter().map(|id| &**id);
            self.findings.unknown(codes::UNKNOWN_NAME, "other person", id, &at.index(0), all);
        }
    }

    /// Two people speak at once, not one with two mouths.
    fn over(&mut self, beat: &Beat, over: &Over, at: &Cursor<'_>) {
        self.who(&over.by, &at.field("by"));
        self.line(&over.say, &at.field("say"));
        if beat.say.is_empty() {
            let message = format!("nobody speaks in the beat `{}` who could be spoken over", beat.id);
            self.findings.error(codes::EMPTY, at, message, "add `say`, or make it a beat of its own");
        } else if over.by == beat.by {
            let message = "whoever speaks is spoken over by themselves";
            self.findings.error(codes::HEARD_NOWHERE, &at.field("by"), message, "name somebody else in `over.by`");
        }
    }

    pub(super) fn circle(&mut self, circle: &[usize], at: &Cursor<'_>, beats: &[Beat]) {
        let names: Vec<_> = circle.iter().map(|&n| format!("`{}`", beats[n].id)).collect();
        let message = match names.len() {
            1 => format!("the beat {} waits for itself", names[0]),
            _ => format!("the beats {} wait for each other", names.join(" and ")),
        };
        self.findings.error(codes::CIRCLE, at, message, "none of them ever happens: set one off by something else");
    }
}

/// Beats that set each other off: each waits for another, and none happens. Every circle once, from
/// the first of its beats.
pub(super) fn circles(beats: &[Beat]) -> Vec<Vec<usize>> {
    let place: BTreeMap<&str, usize> = beats.iter().enumerate().map(|(n, beat)| (&*beat.id, n)).collect();
    let before = |n: usize| match &beats[n].at {
        Trigger::Beat(id) => place.get(&**id).copied(),
        _ => None,
    };
    let mut found = Vec::new();
    for start in 0..beats.len() {
        let mut round = vec![start];
        while let Some(next) = before(round[round.len() - 1]) {
            if next == start {
                found.push(round);
                break;
            }
            // Another circle, or one that is found from its first beat.
            if next < start || round.contains(&next) {
                break;
            }
            round.push(next);
        }
    }
    found
}
