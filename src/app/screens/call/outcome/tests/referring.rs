//! The directory: searched, worked down, offered, rejected, chosen.

use super::*;

#[test]
fn place_and_age_that_are_missing_are_asked_for_here() {
    let mut play = Play::decided("Dx02");
    assert_eq!(play.focused(), "Search the directory");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Where is the patient?");
    play.types("6 Orchard Close, Southfold");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Date of birth: day / month / year");
    play.types("12 3 1984");
    play.key(Key::Enter);
    assert_eq!(play.focused(), "Search the directory");
    assert!(play.shows("Age 4"));
    play.key(Key::Enter);
    assert!(play.call().state().listed.is_some());
}
