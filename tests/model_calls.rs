//! The model calls earn full marks, and no habit does.

mod common;

use common::*;
use rightcall::call::{Action, Confidence, Recorded, play};
use rightcall::marking::{self, Assessment, Verdict};
use rightcall::standards::{Decides, Id, Kind, Refer, Stage};

fn assess(script: &std::sync::Arc<rightcall::call::Script>, role: &str, actions: &[Action]) -> Assessment {
    let mut call = new_call(script, role, 0);
    play_leniently(&mut call, actions);
    marking::mark(&call, "test")
}

fn lost(mark: &Assessment) -> Vec<String> {
    let lost = mark.criteria.iter().filter(|c| c.points < c.out_of);
    lost.map(|c| format!("{} {}/{}: {} ({})", c.id, c.points, c.out_of, c.text, c.why)).collect()
}

#[test]
fn model_calls_earn_full_marks_in_every_role_and_variant_with_any_seed() {
    let mut played = 0;
    for script in scripts() {
        for role in model_roles(&script) {
            for seed in [0, 1, 2, 77] {
                let mut call = new_call(&script, &role, seed);
                let actions = model(&script, &role);
                let name = format!("{} {:?} {role} seed {seed}", script.scenario.id, script.variant);
                if let Err(stopped) = play(&mut call, actions.iter().map(|a| (None, a))) {
                    panic!("{name}: {stopped}: {:?}", actions[stopped.index]);
                }
                let mark = marking::mark(&call, "test");
                assert_eq!(lost(&mark), Vec::<String>::new(), "{name}");
                assert_eq!(mark.verdict, Verdict::Right, "{name}: {:?}", mark.safety_caps);
                assert_eq!(mark.points, mark.out_of, "{name}");
                played += 1;
            }
        }
    }
    assert!(played >= 2 * 4 * 2 * 4, "two calls, four surfaces each, two roles, four seeds: {played}");
}

#[test]
fn a_senior_health_advisor_takes_the_health_advisors_model_call() {
    for script in scripts().into_iter().filter(|s| s.variant.is_none()) {
        let mark = assess(&script, "senior-health-advisor", &model(&script, "health-advisor"));
        assert_eq!(mark.points, mark.out_of, "{}: {:?}", script.scenario.id, lost(&mark));
    }
}

/// Everything of the model call that serves advice, referral and the record, with another decision.
fn with_decision(script: &rightcall::call::Script, role: &str, code: &str, questions: bool) -> Vec<Action> {
    let by_guide = decides(script, role) == Decides::ByGuide;
    let mut actions = Vec::new();
    for action in model(script, role) {
        match &action {
            Action::Say { utterance, .. } => {
                let kind = script.standards.utterance(utterance).map(|(_, u)| u.kind);
                if questions || kind != Some(Kind::Question) {
                    actions.push(action);
                }
            }
            // The habit needs the guide only where no exit leads to the decision.
            Action::Record { question, .. } if by_guide => {
                let exits = &script.standards.role(role).unwrap().early_exits;
                if !exits.iter().any(|e| &**e == code) {
                    actions.push(Action::Record { question: question.clone(), answer: Recorded::No });
                }
            }
            Action::Decide { reason, .. } => {
                if by_guide {
                    // No to everything that is left, to the end of the guide.
                    let guides = &script.standards.guides;
                    for guide in &guides.guides {
                        for step in &guide.steps {
                            actions.push(Action::Record { question: step.question.clone(), answer: Recorded::No });
                        }
                    }
                }
                actions.push(Action::Decide {
                    disposition: code.into(),
                    reason: reason.clone(),
                    confidence: Confidence::Certain,
                });
            }
            _ => actions.push(action),
        }
    }
    actions
}

#[test]
fn no_habit_earns_full_marks() {
    for script in scripts() {
        for role in model_roles(&script) {
            let best: Id = marking::mark(&new_call(&script, &role, 0), "").triage.best;
            let habits: Vec<(&str, Vec<Action>)> = vec![
                ("always 999", with_decision(&script, &role, "Dx011", true)),
                ("always self-care", with_decision(&script, &role, "Dx39", true)),
                ("always 999, asking nothing", with_decision(&script, &role, "Dx011", false)),
                ("always self-care, asking nothing", with_decision(&script, &role, "Dx39", false)),
                ("ask nothing", without_questions(&script, &role)),
                ("ask everything", with_every_question(&script, &role)),
            ];
            for (habit, actions) in habits {
                // Where self-care is the right answer and everything was asked, it is no habit.
                if habit == "always self-care" && script.standards.same_decision(&best, "Dx39") {
                    continue;
                }
                let mark = assess(&script, &role, &actions);
                let name = format!("{habit}: {} {:?} {role}", script.scenario.id, script.variant);
                assert!(mark.points < mark.out_of, "{name} earned {} of {}", mark.points, mark.out_of);
                if habit.contains("nothing") {
                    assert!(mark.points * 100 < mark.out_of * 80, "{name} earned {} of {}", mark.points, mark.out_of);
                }
            }
        }
    }
}

/// The model's decision, referral and advice, asking nothing.
fn without_questions(script: &rightcall::call::Script, role: &str) -> Vec<Action> {
    let is_question = |id: &str| script.standards.utterance(id).is_some_and(|(_, u)| u.kind == Kind::Question);
    let keep = |action: &Action| !matches!(action, Action::Say { utterance, .. } if is_question(utterance));
    model(script, role).into_iter().filter(keep).collect()
}

/// The model call with every other question of the bank asked before the decision.
fn with_every_question(script: &rightcall::call::Script, role: &str) -> Vec<Action> {
    let model = model(script, role);
    let mut actions = Vec::new();
    for action in &model {
        if matches!(action, Action::Decide { .. }) {
            for u in &script.standards.bank {
                let ordinary = u.kind == Kind::Question && u.flaws.is_empty() && u.stage != Stage::Plan;
                let new = !model.iter().any(|a| matches!(a, Action::Say { utterance, .. } if *utterance == u.id));
                if ordinary && new {
                    actions.push(Action::Say { utterance: u.id.clone(), to: None });
                }
            }
        }
        actions.push(action.clone());
    }
    actions
}

#[test]
fn over_the_pair_no_fixed_decision_is_right_twice() {
    for role in ["health-advisor", "clinical-advisor"] {
        for code in ["Dx011", "Dx39"] {
            let right = ["back-saddle-numb", "back-mechanical"].into_iter().filter(|slug| {
                let script = script(slug);
                let mark = assess(&script, role, &with_decision(&script, role, code, true));
                mark.verdict == Verdict::Right
            });
            assert!(right.count() < 2, "{code} as {role}");
        }
    }
}

#[test]
fn a_missed_emergency_is_capped_and_an_unassured_right_outcome_is_not() {
    let script = script("back-saddle-numb");
    let mark = assess(&script, "clinical-advisor", &with_decision(&script, "clinical-advisor", "Dx39", true));
    assert_eq!(mark.verdict, Verdict::Unsafe);
    assert!(mark.safety_caps.iter().any(|c| &*c.id == "missed-emergency"), "{:?}", mark.safety_caps);
    assert!(mark.points <= mark.out_of * 40 / 100 && mark.earned > mark.points);
    assert!(mark.triage.steps < 0);
    let ignored = mark.facts.iter().filter(|f| f.status == rightcall::marking::FactStatus::GivenAndIgnored);
    assert!(ignored.count() >= 1, "what was given was ignored");

    let unassured = assess(&script, "clinical-advisor", &without_questions(&script, "clinical-advisor"));
    assert_eq!(unassured.verdict, Verdict::RightNotAssured, "{:?}", unassured.safety_caps);
    assert!(unassured.safety_caps.is_empty());
    assert_eq!(unassured.points, unassured.earned);
}

#[test]
fn evidence_points_at_lines_that_exist() {
    for script in scripts() {
        for role in model_roles(&script) {
            let mut call = new_call(&script, &role, 3);
            play_leniently(&mut call, &model(&script, &role));
            let lines = call.state().lines.len();
            for criterion in marking::mark(&call, "test").criteria {
                assert!(criterion.evidence.iter().all(|&n| (n as usize) < lines), "{criterion:?}");
            }
        }
    }
}

#[test]
fn every_outcome_needs_what_it_needs() {
    // Nothing in the model's referral is for show: where a service is wanted, the outcome asks for a search.
    for script in scripts() {
        let best = script.standards.disposition(&script.scenario.model.best).expect("best is known");
        assert_eq!(script.scenario.model.referral.is_some(), best.refer == Refer::Search, "{:?}", script.scenario.id);
    }
}
