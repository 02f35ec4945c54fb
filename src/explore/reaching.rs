//! Steps towards a condition: what somebody would have to do for it to hold.

use super::changes::refer;
use super::players::play_leniently;
use crate::call::{Action, Call, Confidence, Recorded, truth};
use crate::scenario::{Moment, Person, Trigger, When};
use crate::standards::{Decides, FieldName, Id};

/// Conditions that need conditions that need conditions: nobody writes more.
const DEEP: usize = 6;
/// So many lines bring any mood up or down.
const WORDS: usize = 40;

/// Says something, to whoever has to answer.
pub(super) fn say(call: &mut Call, utterance: &str, to: Person) {
    let action = Action::Say { utterance: utterance.into(), to: Some(to) };
    play_leniently(call, &[action]);
    hear(call);
}

/// Listens until the line has been spoken.
fn hear(call: &mut Call) {
    let now = call.next_turn();
    call.advance(now);
}

fn wait(call: &mut Call, seconds: u32) {
    let mut left = seconds;
    while left > 0 && call.state().ended.is_none() {
        let step = left.min(120);
        play_leniently(call, &[Action::Wait { seconds: step }]);
        left -= step;
    }
}

fn wait_until(call: &mut Call, second: u32) {
    let now = call.state().now / 1000;
    wait(call, (second + 1).saturating_sub(now));
}

/// Does what would make the condition hold; whether it then does.
pub(super) fn towards(call: &mut Call, when: &When, depth: usize) -> bool {
    if call.is(when) || depth > DEEP || call.state().ended.is_some() {
        return call.is(when);
    }
    match when {
        When::Told(fact) => tell(call, fact, depth + 1),
        When::Holds(fact) => {
            let script = call.script().clone();
            let from = script.fact(fact).and_then(|n| script.scenario.facts[n].from.clone());
            match from {
                Some(Moment::Seconds(second)) => wait_until(call, second),
                Some(Moment::Beat(beat)) => happen(call, &beat, depth + 1),
                Some(Moment::Said(id)) => say(call, &id, Person::Caller),
                None => {}
            }
        }
        When::Said(id) => say(call, id, Person::Caller),
        When::SaidBefore(first, second) => {
            say(call, first, Person::Caller);
            say(call, second, Person::Caller);
        }
        When::Asked(feature) => {
            let script = call.script().clone();
            if let Some(n) = script.asking(feature).first() {
                say(call, &script.standards.bank[usize::from(*n)].id, Person::Caller);
            }
        }
        When::Beat(beat) => happen(call, beat, depth + 1),
        When::Mood { below, from } => {
            if let Some(below) = below {
                mood(call, |mood| mood < *below, -1);
            }
            if let Some(from) = from {
                mood(call, |mood| mood >= *from, 1);
            }
        }
        When::After(second) => wait_until(call, *second),
        When::Decided => decide(call, None),
        When::DecidedOn(code) => decide(call, Some(code)),
        When::Speaking(person) => speak_to(call, *person),
        When::All(all) => {
            // What came first may have been undone by what came after.
            for _ in 0..2 {
                for one in all {
                    towards(call, one, depth + 1);
                }
            }
        }
        When::Any(any) => {
            for one in any {
                let mut other = call.clone();
                if towards(&mut other, one, depth + 1) {
                    *call = other;
                    break;
                }
            }
        }
        When::Not(not) => away_from(call, not, depth + 1),
        When::Before(_) | When::Role(_) => {}
    }
    call.is(when)
}

/// Does what would make the condition not hold, where that is still to be had.
fn away_from(call: &mut Call, when: &When, depth: usize) {
    if !call.is(when) || depth > DEEP {
        return;
    }
    match when {
        When::Speaking(Person::Patient) => speak_to(call, Person::Caller),
        When::Speaking(Person::Caller) => speak_to(call, Person::Patient),
        When::Mood { below, from } => {
            if let Some(below) = below {
                mood(call, |mood| mood >= *below, 1);
            } else if let Some(from) = from {
                mood(call, |mood| mood < *from, -1);
            }
        }
        When::Before(second) => wait_until(call, *second),
        When::Decided | When::DecidedOn(_) => {
            play_leniently(call, &[Action::Revise]);
        }
        When::All(all) => {
            for one in all {
                away_from(call, one, depth + 1);
                if !call.is(when) {
                    return;
                }
            }
        }
        When::Any(any) => any.iter().for_each(|one| away_from(call, one, depth + 1)),
        When::Not(not) => {
            towards(call, not, depth + 1);
        }
        // What has happened has happened.
        _ => {}
    }
}

fn speak_to(call: &mut Call, person: Person) {
    play_leniently(call, &[Action::SpeakTo(person)]);
    hear(call);
}

/// Says what lifts or lowers the mood until it is as wanted.
fn mood(call: &mut Call, wanted: impl Fn(u32) -> bool, way: i32) {
    let script = call.script().clone();
    // Nothing that asks: what is asked on the way would come to light, and be said again later.
    let mut words: Vec<_> =
        script.standards.bank.iter().filter(|u| u.mood.signum() == way && u.probes.is_empty()).collect();
    words.sort_by_key(|u| -u.mood.abs());
    for utterance in words.iter().cycle().take(WORDS) {
        if wanted(call.state().mood) || call.state().ended.is_some() {
            return;
        }
        say(call, &utterance.id, call.state().on_the_line);
    }
    // An answer may do what no words can.
    for n in 0..script.scenario.answers.len() {
        if wanted(call.state().mood) {
            return;
        }
        if script.scenario.answers[n].mood.signum() == way {
            give(call, n, DEEP);
        }
    }
}

/// Has somebody tell a fact.
fn tell(call: &mut Call, fact: &Id, depth: usize) {
    let script = call.script().clone();
    for n in 0..script.scenario.answers.len() {
        if script.scenario.answers[n].tells.contains(fact) {
            let mut other = call.clone();
            give(&mut other, n, depth);
            if other.is(&When::Told(fact.clone())) {
                *call = other;
                return;
            }
        }
    }
    for beat in &script.scenario.beats {
        if beat.tells.contains(fact) {
            happen(call, &beat.id, depth);
            hear(call);
        }
    }
}

/// Has an answer given: its condition first, then the utterance that leads to it.
pub(super) fn give(call: &mut Call, n: usize, depth: usize) {
    let script = call.script().clone();
    let answer = &script.scenario.answers[n];
    if let Some(when) = &answer.when {
        towards(call, when, depth + 1);
    }
    if leads_to(call, n).is_none() {
        // An answer above it is given as things stand: away from its condition.
        for place in 0..script.standards.bank.len() {
            let order = script.answers_to(place, answer.by);
            let Some(own) = order.iter().position(|m| usize::from(*m) == n) else { continue };
            for above in &order[..own] {
                if let Some(when) = &script.scenario.answers[usize::from(*above)].when {
                    away_from(call, when, depth + 1);
                }
            }
            if leads_to(call, n).is_some() {
                break;
            }
        }
    }
    if let Some(utterance) = leads_to(call, n) {
        say(call, &utterance, answer.by);
    }
}

/// An utterance to which this answer would be given now.
pub(super) fn leads_to(call: &Call, n: usize) -> Option<Id> {
    let script = call.script();
    let scenario = &script.scenario;
    let by = scenario.answers.get(n)?.by;
    let would = |place: usize| {
        let first = script.answers_to(place, by).iter().map(|m| usize::from(*m)).find(|m| {
            let when = &scenario.answers[*m].when;
            when.as_ref().is_none_or(|when| call.is(when))
        });
        first == Some(n)
    };
    (0..script.standards.bank.len()).find(|place| would(*place)).map(|place| script.standards.bank[place].id.clone())
}

/// Has a beat happen.
pub(super) fn happen(call: &mut Call, id: &Id, depth: usize) {
    let script = call.script().clone();
    let Some(beat) = script.scenario.beats.iter().find(|beat| beat.id == *id) else { return };
    if depth > DEEP {
        return;
    }
    if let Some(when) = &beat.when {
        towards(call, when, depth + 1);
    }
    match &beat.at {
        Trigger::Seconds(second) => wait_until(call, *second),
        Trigger::Said(id) => say(call, id, Person::Caller),
        Trigger::Lines(lines) => {
            let fillers: Vec<Id> = script
                .standards
                .bank
                .iter()
                .filter(|u| u.probes.is_empty() && u.mood >= 0 && u.reads_back.is_none())
                .map(|u| u.id.clone())
                .collect();
            for filler in fillers.iter().cycle().take(usize::try_from(*lines).unwrap_or(0).min(60)) {
                say(call, filler, call.state().on_the_line);
            }
        }
        Trigger::Told(fact) => tell(call, fact, depth + 1),
        Trigger::Beat(other) => happen(call, other, depth + 1),
        Trigger::MoodBelow(below) => mood(call, |mood| mood < *below, -1),
        Trigger::Silence(seconds) => wait(call, seconds + 1),
        Trigger::Decided => decide(call, None),
        Trigger::Held => {
            play_leniently(call, &[Action::Hold, Action::Resume]);
        }
    }
    // After another beat there is a while of calm.
    wait(call, beat.delay.saturating_add(25));
}

/// Decides, on this code where the role can.
pub(super) fn decide(call: &mut Call, code: Option<&Id>) {
    let script = call.script().clone();
    let on = |code: &Id| Action::Decide {
        disposition: code.clone(),
        reason: "it has come to that".into(),
        confidence: Confidence::Leaning,
    };
    if call.state().decision.is_some() {
        play_leniently(call, &[Action::Revise]);
    }
    let any = super::players::best_for(&script, &call.role().id);
    play_leniently(call, &[on(code.unwrap_or(&any))]);
    if call.state().decision.is_some() || call.role().decides != Decides::ByGuide {
        if call.state().decision.is_none() && code.is_none() {
            // Whoever hands over sends or puts through.
            let exits: Vec<Action> = call.role().early_exits.iter().map(on).collect();
            play_leniently(call, &exits);
        }
        return;
    }
    // One answer that is not "no", at every place of every guide: what yields the code is the way.
    let model = &script.scenario.model;
    let all = script.standards.guides.guides.iter().map(|guide| &guide.id);
    for guide in model.guides.iter().chain(model.wrong_guides.iter().map(|(id, _)| id)).chain(all) {
        for answer in [Recorded::Yes, Recorded::NotSure] {
            for place in 0..40 {
                let mut other = call.clone();
                play_leniently(&mut other, &[Action::ChooseGuide(guide.clone())]);
                let mut asked = 0;
                while let Some(question) = other.step().map(|step| step.question.clone()) {
                    let answer = if asked == place { answer } else { Recorded::No };
                    if play_leniently(&mut other, &[Action::Record { question, answer }]).is_empty() {
                        break;
                    }
                    asked += 1;
                }
                let yielded = other.state().guide.as_ref().and_then(|guide| guide.yields.clone());
                if yielded.as_ref().is_some_and(|yielded| code.is_none_or(|code| code == yielded)) {
                    let yielded = yielded.unwrap_or_default();
                    play_leniently(&mut other, &[on(&yielded)]);
                    *call = other;
                    return;
                }
                if place >= asked {
                    break;
                }
            }
        }
    }
}

/// Has a service offered, after whichever outcome lists it.
pub(super) fn offer(call: &mut Call, service: &Id) {
    let script = call.script().clone();
    let fields = [FieldName::Location, FieldName::DateOfBirth, FieldName::GpPractice];
    let typed = fields.map(|name| Action::Field { name, text: truth(&script.scenario, name) });
    play_leniently(call, &typed);
    let model = &script.scenario.model;
    let own = model.by_role.iter().flat_map(|own| own.best.iter().chain(own.acceptable.iter().flatten()));
    let first = std::iter::once(&model.best).chain(&model.acceptable).chain(own);
    let all = script.standards.dispositions.dispositions.iter().filter(|d| d.need.is_some()).map(|d| &d.code);
    for code in first.chain(all) {
        let mut other = call.clone();
        decide(&mut other, Some(code));
        play_leniently(&mut other, &[Action::Search]);
        if other.state().listed.iter().flatten().any(|listed| listed == service) {
            play_leniently(&mut other, &[Action::Offer(service.clone())]);
            let _ = refer(&mut other, Some(service));
            *call = other;
            return;
        }
    }
}
