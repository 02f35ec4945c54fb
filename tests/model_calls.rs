//! The model calls earn full marks, and no habit does.

mod common;

use common::*;
use rightcall::call::{Action, Confidence, Recorded, play};
use rightcall::explore::{identity, with_every_question, without_questions};
use rightcall::marking::{self, Assessment, Verdict};
use rightcall::standards::{Decides, Id, Kind, Refer};

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
fn every_role_that_may_take_a_call_has_a_model_call_to_learn_from() {
    for script in scripts() {
        for role in &script.scenario.roles {
            assert!(script.model_call(role).is_some(), "{} {:?} {role}", script.scenario.id, script.variant);
        }
    }
}

#[test]
fn a_senior_health_advisor_takes_the_health_advisors_model_call() {
    for script in scripts().into_iter().filter(|s| s.variant.is_none()) {
        if !script.scenario.roles.iter().any(|role| &**role == "senior-health-advisor") {
            continue;
        }
        let mark = assess(&script, "senior-health-advisor", &model(&script, "senior-health-advisor"));
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
            Action::Decide { .. } | Action::Transfer { .. } => {
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
                    reason: "as always".into(),
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
                // Where it is the right answer and everything was asked, it is no habit. For whoever hands
                // over, sending an ambulance is one way to do so.
                let is_best = |code: &str| script.standards.same_decision(&best, code);
                let hands_over = decides(&script, &role) == Decides::HandsOver;
                let right = match habit {
                    "always self-care" => is_best("Dx39"),
                    "always 999" => is_best("Dx011") || hands_over,
                    _ => false,
                };
                if right {
                    continue;
                }
                let mark = assess(&script, &role, &actions);
                let name = format!("{habit}: {} {:?} {role}", script.scenario.id, script.variant);
                assert!(mark.points < mark.out_of, "{name} earned {} of {}", mark.points, mark.out_of);
                // Whoever hands over asks little anyway.
                let most = if hands_over { 90 } else { 80 };
                if habit.contains("nothing") {
                    assert!(mark.points * 100 < mark.out_of * most, "{name} earned {} of {}", mark.points, mark.out_of);
                }
            }
        }
    }
}

/// What somebody does in every call alike.
#[derive(Debug, Clone, Copy)]
enum Habit {
    Decides(&'static str),
    Records(Recorded),
    Transfers,
}

/// The habit's way to the end of the call.
fn ending(script: &rightcall::call::Script, habit: Habit) -> Vec<Action> {
    let decide = |code: &str| Action::Decide {
        disposition: code.into(),
        reason: "as always".into(),
        confidence: Confidence::Certain,
    };
    let mut actions = match habit {
        Habit::Decides(code) => vec![decide(code)],
        Habit::Transfers => vec![Action::Transfer { sbar: rightcall::call::Sbar::default() }],
        Habit::Records(answer) => {
            let mut actions: Vec<Action> = script
                .scenario
                .model
                .guides
                .first()
                .into_iter()
                .map(|guide| Action::ChooseGuide(guide.clone()))
                .collect();
            for guide in &script.standards.guides.guides {
                for step in &guide.steps {
                    actions.push(Action::Record { question: step.question.clone(), answer });
                }
            }
            // Whatever the guide has come to.
            actions.extend(script.standards.dispositions.dispositions.iter().map(|d| decide(&d.code)));
            actions
        }
    };
    actions.push(Action::Close);
    actions
}

const FIXED: [&str; 7] = ["Dx011", "Dx02", "Dx05", "Dx07", "Dx28", "Dx32", "Dx39"];

fn habits(of: Decides) -> Vec<Habit> {
    match of {
        Decides::OnLadder => FIXED.into_iter().map(Habit::Decides).collect(),
        Decides::ByGuide => [Recorded::Yes, Recorded::No, Recorded::NotSure]
            .map(Habit::Records)
            .into_iter()
            .chain(["Dx011", "Dx32"].map(Habit::Decides))
            .collect(),
        Decides::HandsOver => vec![Habit::Decides("Dx011"), Habit::Decides("Dx32"), Habit::Transfers],
    }
}

#[test]
fn who_asks_nothing_and_always_decides_the_same_earns_under_half_on_average() {
    let scripts: Vec<_> = scripts().into_iter().filter(|s| s.variant.is_none()).collect();
    for role in ["service-advisor", "health-advisor", "senior-health-advisor", "clinical-advisor"] {
        let open: Vec<_> = scripts.iter().filter(|s| s.scenario.roles.iter().any(|r| &**r == role)).collect();
        for habit in habits(decides(open[0], role)) {
            let mut shares = Vec::new();
            for script in &open {
                let mut actions = identity(script, role);
                actions.extend(ending(script, habit));
                let mark = assess(script, role, &actions);
                shares.push((script.scenario.id.clone(), mark.points * 100 / mark.out_of));
            }
            let average = shares.iter().map(|(_, share)| share).sum::<u32>() / u32::try_from(shares.len()).unwrap();
            assert!(average < 50, "{habit:?} as {role} earns {average} %: {shares:?}");
        }
    }
}

#[test]
fn the_model_call_with_a_fixed_decision_is_right_only_where_that_is_right() {
    for script in scripts() {
        for role in script.scenario.roles.clone() {
            for habit in habits(decides(&script, &role)) {
                let mut actions = model(&script, &role);
                let until = actions.iter().position(|a| {
                    matches!(a, Action::Decide { .. } | Action::ChooseGuide(_) | Action::Transfer { .. })
                });
                let rest = actions.split_off(until.unwrap_or(actions.len()));
                // Advice, record and handover as in the model; the decision and the way to it by habit.
                let mut end = ending(&script, habit);
                end.pop();
                actions.extend(end);
                let keeps = |a: &Action| {
                    !matches!(
                        a,
                        Action::Decide { .. }
                            | Action::ChooseGuide(_)
                            | Action::Record { .. }
                            | Action::Transfer { .. }
                    )
                };
                actions.extend(rest.into_iter().filter(keeps));
                let mut call = new_call(&script, &role, 0);
                play_leniently(&mut call, &actions);
                let mark = marking::mark(&call, "test");
                if mark.verdict != Verdict::Right || call.state().decision.is_none() {
                    continue;
                }
                let decided = mark.triage.decided.clone().unwrap_or_default();
                let own = script.scenario.model.by_role.iter().find(|m| m.role == role);
                let acceptable = own.and_then(|m| m.acceptable.as_ref()).unwrap_or(&script.scenario.model.acceptable);
                // Right is: no sooner and no later than the answers that are, and the kind of place of one of them.
                let of = |code: &str| script.standards.disposition(code).expect("it is known").setting.clone();
                let rung = |code: &str| script.standards.rung_of(code).expect("it is known");
                let answers: Vec<&Id> = std::iter::once(&mark.triage.best).chain(acceptable).collect();
                let rungs: Vec<u32> = answers.iter().map(|code| rung(code)).collect();
                let is_right = answers.iter().any(|code| of(code) == of(&decided))
                    && (rungs.iter().min()..=rungs.iter().max()).contains(&Some(&rung(&decided)));
                assert!(is_right, "{habit:?}: {} {:?} {role} decided {decided}", script.scenario.id, script.variant);
            }
        }
    }
}

#[test]
fn over_the_pair_no_fixed_decision_is_right_twice() {
    let pairs = [["back-saddle-numb", "back-mechanical"], ["inhaler-short-sentences", "inhaler-weekend"]];
    for (role, pair) in
        ["health-advisor", "clinical-advisor"].into_iter().flat_map(|role| pairs.map(|pair| (role, pair)))
    {
        for code in ["Dx011", "Dx39"] {
            let right = pair.into_iter().filter(|slug| {
                let script = script(slug);
                let mark = assess(&script, role, &with_decision(&script, role, code, true));
                mark.verdict == Verdict::Right
            });
            assert!(right.count() < 2, "{code} as {role}: {pair:?}");
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
