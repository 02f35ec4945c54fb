//! A decision on one's own device, found by label.

use bevy_egui::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::*;
use crate::app::screens::testing;
use crate::sharing::session::{read_devices, round_word};

struct Stage {
    deciding: Deciding,
    did: Vec<Do>,
}

fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let standards = &testing::library().standards;
    let deciding = Deciding { outcomes: outcomes(standards), ..Deciding::default() };
    testing::harness(size, Stage { deciding, did: Vec::new() }, |ui, stage: &mut Stage| {
        stage.did.extend(round_ui(ui, &testing::library().standards, &mut stage.deciding));
    })
}

#[test]
fn a_decision_is_chosen_by_name_and_its_file_goes_into_the_round() {
    let plan = crate::app::screens::session::planned_for_tests();
    let mut harness = harness(egui::vec2(1356.0, 1400.0));
    harness.run();
    assert!(harness.get_by_label("Write my decision into a file").accesskit_node().is_disabled());
    let outcome = harness.state().deciding.outcomes[3].clone();
    harness.get_by_label(&outcome.name).click();
    harness.run();
    harness.get_by_label("Word of the round").focus();
    harness.run();
    harness.event(egui::Event::Text(round_word(&plan.id, 0).to_lowercase()));
    harness.run();
    harness.get_by_label("Write my decision into a file").click();
    harness.run();
    assert_eq!(harness.state().did, [Do::Write]);
    let deciding = &mut harness.state_mut().deciding;
    let (name, file) = write(deciding, "Wren", Some(&"clinical-advisor".into())).expect("it is written");
    assert!(!name.contains("Wren"));
    let files = [(name, file.into_bytes())];
    let read = read_devices(&files, &plan, 0, &testing::library().standards);
    assert_eq!((read.events.len(), read.bad.len()), (1, 0), "{:?}", read.bad);
    let text = format!("{:?}", read.events);
    assert!(text.contains(&*outcome.disposition) && text.contains("Some(true)") && !text.contains("Wren"), "{text}");
}

#[test]
fn a_word_with_a_wrong_sign_is_said_and_whoever_has_no_name_counts_once() {
    let mut deciding = Deciding { chosen: Some("Dx02".into()), word: "C2C2D".into(), ..Deciding::default() };
    let right = round_word(&"a".repeat(32), 0);
    let wrong = write(&mut deciding, "", None);
    assert!(right != "C2C2D" && wrong.as_ref().is_err_and(|why| why.contains("C2C2D")), "{wrong:?}");
    deciding.word = right;
    let by = |file: &str| file.split("\"by\":\"").nth(1).and_then(|rest| rest.split('"').next().map(String::from));
    let (_, first) = write(&mut deciding, "", None).expect("written");
    let (_, second) = write(&mut deciding, "", None).expect("written");
    assert!(by(&first).is_some_and(|by| by.starts_with("guest ")));
    assert_eq!(by(&first), by(&second));
}

#[test]
fn it_fits_a_small_window_with_large_text() {
    let mut harness = harness(egui::vec2(468.0, 350.0));
    harness.run();
    for outcome in harness.state().deciding.outcomes.clone() {
        let place = harness.get_by_label(&outcome.name).rect();
        assert!(place.right() <= 468.0, "{}: {place:?}", outcome.name);
    }
}
