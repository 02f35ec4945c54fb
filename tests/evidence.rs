//! A mark points at the line or the moment that earned or lost it, wherever there is one.

mod common;

use common::*;
use rightcall::call::{Action, Call, Script};
use rightcall::marking::{self, Criterion};
use rightcall::scenario::When;

/// Nothing was said or done that could be pointed at: it is earned by what was left undone.
const BY_LEAVING: [&str; 7] =
    ["fair-questions", "plain-language", "respect", "honesty", "call-control", "scope", "own/no-threat-first"];

/// A criterion of the call that is won by something that was not said.
fn by_leaving(script: &Script, id: &str) -> bool {
    let own = id.strip_prefix("own/").and_then(|id| script.scenario.criteria.iter().find(|c| &*c.id == id));
    own.is_some_and(|c| matches!(c.when, When::Not(_) | When::Any(_)))
}

fn marks(call: &Call) -> Vec<Criterion> {
    marking::mark(call, "test").criteria
}

fn of<'a>(marks: &'a [Criterion], id: &str) -> &'a Criterion {
    marks.iter().find(|c| c.id == id).unwrap_or_else(|| panic!("no mark {id}"))
}

fn played(slug: &str, role: &str, leave_out: impl Fn(&Action) -> bool) -> Call {
    let script = script(slug);
    let mut call = new_call(&script, role, 3);
    let actions: Vec<Action> = model(&script, role).into_iter().filter(|a| !leave_out(a)).collect();
    play_leniently(&mut call, &actions);
    call
}

fn says(action: &Action, id: &str) -> bool {
    matches!(action, Action::Say { utterance, .. } if &**utterance == id)
}

#[test]
fn what_a_model_call_earns_can_be_shown() {
    for script in scripts() {
        for role in model_roles(&script) {
            let mut call = new_call(&script, &role, 3);
            play_leniently(&mut call, &model(&script, &role));
            let (lines, end) = (call.state().lines.len(), call.state().now);
            for mark in marks(&call).iter().filter(|m| m.out_of > 0) {
                let name = format!("{} {:?} {role}: {mark:?}", script.scenario.id, script.variant);
                assert!(mark.evidence.iter().all(|&n| (n as usize) < lines), "{name}");
                assert!(mark.at.is_none_or(|at| at <= end), "{name}");
                let shown = mark.at.is_some() || !mark.evidence.is_empty();
                // What a handover brought along was neither asked nor typed.
                let given = script.scenario.handover.as_ref().is_some_and(|h| h.roles.iter().any(|r| **r == *role));
                let left_undone = BY_LEAVING.contains(&mark.id.as_str()) || by_leaving(&script, &mark.id);
                assert!(shown || given || left_undone, "{name}");
            }
        }
    }
}

#[test]
fn a_criterion_of_the_call_points_at_the_lines_of_its_condition() {
    let call = played("back-saddle-numb", "health-advisor", |_| false);
    let marks = marks(&call);
    let first = |id: &str| call.said(id).first;
    let warned = of(&marks, "own/warned-first");
    assert_eq!(warned.evidence, [first("s-signpost-personal"), first("q-saddle-numb")]);
    assert_eq!(of(&marks, "own/teach-back").evidence, [first("i-repeat-back")]);
    let fact = call.script().fact("last-wee").and_then(|n| call.light(n)).expect("it came to light");
    assert_eq!(of(&marks, "own/since-when-no-water").evidence, [fact.line]);
}

#[test]
fn a_criterion_that_was_lost_points_at_what_went_wrong() {
    // Asked without a word of warning: the question is what lost it.
    let call = played("back-saddle-numb", "health-advisor", |a| says(a, "s-signpost-personal"));
    let marks = marks(&call);
    let warned = of(&marks, "own/warned-first");
    assert_eq!((warned.points, warned.evidence.as_slice()), (0, [call.said("q-saddle-numb").first].as_slice()));
}

#[test]
fn a_field_points_at_question_and_answer_and_at_when_it_was_typed() {
    let call = played("back-saddle-numb", "health-advisor", |_| false);
    let marks = marks(&call);
    let field = of(&marks, "field/where the patient is");
    let asked = call.first_asked("location").expect("asked");
    assert_eq!(field.evidence, [asked, asked + 1]);
    assert!(field.at.is_some_and(|at| at >= call.state().lines[asked as usize].from));
}

#[test]
fn the_service_points_at_its_offer_and_the_decision_at_its_moment() {
    let call = played("back-saddle-numb", "clinical-advisor", |_| false);
    let marks = marks(&call);
    let service = of(&marks, "service");
    let offer = &call.state().lines[service.evidence[0] as usize];
    assert!(offer.text.starts_with("I can send you to this place"), "{}", offer.text);
    assert_eq!(service.evidence.len(), 2, "the caller's answer belongs to it");
    let decided = call.state().decision.as_ref().expect("decided").at;
    assert_eq!(of(&marks, "urgency").at, Some(decided));
    assert!(service.at.is_some_and(|at| at > decided));
}

#[test]
fn call_control_points_at_what_was_asked_again() {
    let script = script("back-mechanical");
    let mut call = new_call(&script, "clinical-advisor", 3);
    let again = Action::Say { utterance: "q-pain-spread".into(), to: None };
    let mut actions = vec![again; 6];
    actions.extend(model(&script, "clinical-advisor"));
    play_leniently(&mut call, &actions);
    let marks = marks(&call);
    let control = of(&marks, "call-control");
    assert!(control.points < control.out_of, "{}", control.why);
    assert!(control.evidence.len() >= 5, "{:?}", control.evidence);
    let asked = script.standards.bank.iter().position(|u| &*u.id == "q-pain-spread");
    assert!(control.evidence.iter().all(|&n| call.state().lines[n as usize].utterance == asked), "{control:?}");
}
