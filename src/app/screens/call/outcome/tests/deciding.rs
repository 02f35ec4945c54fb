//! Ladder, guide, routes: what is decided, and how it is changed.

use super::*;

#[test]
fn arrows_move_on_the_ladder_and_skip_gaps_and_space_chooses() {
    let mut play = Play::of("clinical-advisor", Mode::Coach);
    play.0.state_mut().ui.outcome.land = true;
    play.0.run();
    assert_eq!(play.focused(), "Life at risk, 999, Cat 1");
    for (key, there) in [
        (Key::ArrowDown, "Emergency, 999, Cat 2"),
        (Key::ArrowDown, "Urgent, at once, 999, Cat 3"),
        // Four gaps lie between.
        (Key::ArrowRight, "Urgent, at once, Other"),
        (Key::ArrowDown, "1 hour, Other, several outcomes"),
        (Key::ArrowLeft, "1 hour, Clinician call, several outcomes"),
        (Key::ArrowLeft, "1 hour, ED or urgent centre"),
    ] {
        play.key(key);
        assert_eq!(play.focused(), there);
    }
    play.key(Key::Space);
    assert!(play.shows("Emergency department within 1 hour"));
    assert_eq!(play.focused(), "Reason");
}
