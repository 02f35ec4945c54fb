//! Who recognises and hands over does what is theirs; who hands over without need does not.

mod common;

use common::*;
use rightcall::call::{Action, Refusal, Sbar};
use rightcall::marking::{self, Verdict};
use rightcall::standards::FieldName;

fn say(id: &str) -> Action {
    Action::Say { utterance: id.into(), to: None }
}

fn hand_over() -> Vec<Action> {
    let field = |name, text: &str| Action::Field { name, text: text.into() };
    let sbar = Sbar {
        situation: "Back pain since Sunday, both legs; numb when wiping; strains to pass water".into(),
        ..Sbar::default()
    };
    vec![
        say("s-greet"),
        say("q-location-now"),
        field(FieldName::Location, "14 Weavers Yard, Southfold"),
        say("q-readback-location"),
        say("q-callback-number"),
        field(FieldName::CallBack, "07700 900142"),
        say("q-readback-number"),
        // The first try can fail.
        Action::Transfer { sbar: sbar.clone() },
        Action::Transfer { sbar },
    ]
}

#[test]
fn a_service_advisor_who_hands_over_is_not_told_that_it_was_needless() {
    let script = script("back-saddle-numb");
    let mut call = new_call(&script, "service-advisor", 0);
    play_leniently(&mut call, &hand_over());
    let mark = marking::mark(&call, "");
    assert_eq!(mark.verdict, Verdict::Right);
    assert!(mark.triage.transferred && mark.safety_caps.is_empty());
    for criterion in mark.criteria.iter().filter(|c| ["urgency", "setting", "best", "escalation"].contains(&&*c.id)) {
        assert_eq!(criterion.points, criterion.out_of, "{}: {}", criterion.id, criterion.why);
    }
}

#[test]
fn a_health_advisor_who_hands_over_a_simple_call_took_a_clinician_from_somebody_else() {
    let script = script("back-mechanical");
    let mut call = new_call(&script, "health-advisor", 0);
    play_leniently(&mut call, &hand_over());
    let mark = marking::mark(&call, "");
    let escalation = mark.criteria.iter().find(|c| c.id == "escalation").expect("it is marked");
    assert_eq!(escalation.points, 0);
    assert!(mark.points < mark.out_of);
}

#[test]
fn a_clinician_has_to_be_told_what_the_situation_is() {
    let script = script("back-mechanical");
    let mut call = new_call(&script, "health-advisor", 0);
    assert_eq!(call.act(0, &Action::Transfer { sbar: Sbar::default() }), Err(Refusal::SituationMissing));
}

#[test]
fn asking_after_the_decision_earns_nothing_for_asking_before_it() {
    let script = script("back-mechanical");
    let model = model(&script, "health-advisor");
    let asks = |a: &Action| matches!(a, Action::Say { utterance, .. } if utterance.starts_with("q-"));
    let decided = model.iter().position(|a| matches!(a, Action::Decide { .. })).expect("the model decides");
    let mut actions: Vec<Action> = model[..=decided].iter().filter(|a| !asks(a)).cloned().collect();
    actions.extend(model[..decided].iter().filter(|a| asks(a)).cloned());
    actions.extend(model[decided + 1..].iter().cloned());
    let mut call = new_call(&script, "health-advisor", 0);
    play_leniently(&mut call, &actions);
    let mark = marking::mark(&call, "");
    for id in ["recorded", "exclude-first"] {
        let criterion = mark.criteria.iter().find(|c| c.id == id).expect("it is marked");
        assert_eq!(criterion.points, 0, "{id}: {}", criterion.why);
    }
    assert_eq!(mark.verdict, Verdict::RightNotAssured);
}
