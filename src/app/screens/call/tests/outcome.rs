//! The outcome, as a role finds it; and when an action counts.

use egui_kittest::kittest::Queryable;

use super::super::state::View;
use super::{Hands, Set, call, live};
use crate::app::library::Library;
use crate::app::live::Write;
use crate::call::Action;

#[test]
fn a_health_advisor_has_guides_and_no_ladder() {
    let mut call = call(&Set::default());
    call.state_mut().ui.view = View::Outcome;
    call.run_steps(2);
    call.click("Back pain");
    assert!(call.state().live.call().state().guide.is_some());
    assert!(call.query_by_label_contains("Ladder").is_none());
}

#[test]
fn a_clinician_has_the_ladder_and_no_guide() {
    let mut call = call(&Set { role: "clinical-advisor", ..Set::default() });
    call.state_mut().ui.view = View::Outcome;
    call.run_steps(2);
    assert!(call.query_by_label_contains("Ladder").is_some());
    assert!(call.query_by_label("Search the guides").is_none());
}

#[test]
fn an_action_counts_when_it_is_saved_or_cannot_be() {
    let library = Library::open(None).unwrap();
    let mut live = live(&library, &Set::default());
    live.act(Action::Note("a".into()));
    assert!(matches!(live.next_write(), Some(Write::Act { sequence: 0, .. })));
    assert_eq!(&*live.call().state().notes, "");
    live.settled(Ok(()));
    assert_eq!(&*live.call().state().notes, "a");
    live.act(Action::Note("b".into()));
    assert!(live.next_write().is_some());
    live.settled(Err("the disk is full".into()));
    live.act(Action::EndEarly);
    assert_eq!((live.next_write(), live.over()), (None, true));
    assert_eq!((&*live.call().state().notes, live.record().actions.len()), ("b", 3));
}
