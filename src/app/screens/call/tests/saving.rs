//! When an action counts.

use super::{Set, live};
use crate::app::library::Library;
use crate::app::live::Write;
use crate::call::Action;

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
