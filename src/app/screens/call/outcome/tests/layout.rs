//! Every size of window: nothing is out of reach, and the call stays at hand.

use super::*;

#[test]
fn the_caller_stays_at_hand() {
    let mut play = Play::of("health-advisor", Mode::Coach);
    play.act(Action::Say { utterance: "q-awake-alert".into(), to: None });
    assert!(play.shows("is on the line"));
    play.click("Say something");
    assert!(play.outcome().saying);
    assert_eq!(play.focused(), "Ask or say");
    play.key(Key::Escape);
    assert!(!play.outcome().saying);
    assert_eq!(play.focused(), "Search the guides");
    play.key(Key::Escape);
    assert_eq!(play.focused(), "Ask or say");
    play.click("Back to the call");
    assert_eq!(play.0.state().ui.view, View::Talk);
}

#[test]
fn three_panels_where_there_is_room_and_tabs_where_there_is_not() {
    let play = Play::sized(1440.0, 900.0);
    assert!(play.shows("Search the advice") && play.shows("Ladder"));
    assert!(play.0.query_by_label("2 Refer").is_none());
    for (width, height) in [(1024.0, 700.0), (512.0, 350.0)] {
        let mut play = Play::sized(width, height);
        assert!(play.shows("Ladder"));
        assert!(!play.shows("Search the advice"));
        play.click("2 Refer");
        assert!(play.shows("Decide first"));
        play.click("3 Advise");
        assert!(play.shows("Search the advice"));
        assert!(play.shows("Refer and close"));
    }
}

#[test]
fn the_tabs_go_along_with_the_call() {
    let mut play = Play::sized(1024.0, 700.0);
    play.click("1 hour, ED or urgent centre");
    play.types("numb");
    play.click("Fairly");
    play.click("Decide on this");
    assert!(play.shows("1 Decide, done"));
    assert_eq!(play.focused(), "Search the directory");
    play = play.searched();
    play.key(Key::O);
    play.hear();
    play.key(Key::Enter);
    assert!(play.shows("2 Refer, done"));
    assert_eq!(play.focused(), "Search the advice");
}

#[test]
fn nothing_reaches_over_the_edge_of_the_window() {
    for (width, height) in
        [(512.0, 350.0), (683.0, 467.0), (1024.0, 700.0), (1180.0, 740.0), (1440.0, 900.0), (1900.0, 1000.0)]
    {
        let mut play = Play::sized(width, height);
        play.click("1 hour, ED or urgent centre");
        within(&play, width, "decide");
        play.act(Action::Decide {
            disposition: "Dx02".into(),
            reason: "numb on wiping".into(),
            confidence: crate::call::Confidence::Fairly,
        });
        play.0.state_mut().ui.outcome.land = true;
        play.0.run();
        play = play.searched();
        play.key(Key::R);
        within(&play, width, "refer");
        play.0.state_mut().ui.outcome.part = super::super::state::Part::Advise;
        play.0.run();
        within(&play, width, "advise");
    }
}

/// Only what the outcome itself paints: the bar above belongs to the call.
fn within(play: &Play, width: f32, what: &str) {
    let top = play.0.get_by_label("Say something").rect().top();
    for node in play.0.root().children_recursive() {
        let (Some(_), Some(label)) = (node.accesskit_node().raw_bounds(), node.accesskit_node().label()) else {
            continue;
        };
        let rect = node.rect();
        if rect.top() < top || !rect.is_positive() {
            continue;
        }
        assert!(rect.left() >= -0.5 && rect.right() <= width + 0.5, "{what} at {width}: {label} {rect:?}");
    }
}

#[test]
fn what_can_be_clicked_is_large_enough() {
    let play = Play::sized(1100.0, 700.0);
    let top = play.0.get_by_label("Say something").rect().top();
    for node in play.0.root().children_recursive() {
        let Some(label) = node.accesskit_node().label() else { continue };
        let button = format!("{:?}", node.accesskit_node().role()) == "Button";
        if !button || node.accesskit_node().raw_bounds().is_none() {
            continue;
        }
        let rect = node.rect();
        if button && rect.top() >= top {
            assert!(rect.width() >= 23.9 && rect.height() >= 23.9, "{label} {rect:?}");
        }
    }
}
