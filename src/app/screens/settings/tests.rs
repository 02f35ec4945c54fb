//! The settings, found by label.

use bevy_egui::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use super::page::{Form, SettingsAction, SettingsModel, settings_ui};
use crate::app::files::{Eyes, IMPORT};
use crate::app::keys::Command;
use crate::app::profile::Profile;
use crate::app::screens::testing;
use crate::app::settings::{Captions, Settings};
use crate::app::theme::Theme;
use crate::records::Mode;

struct Stage {
    settings: Settings,
    profile: Option<Profile>,
    form: Form,
    did: Vec<SettingsAction>,
}

fn harness(size: egui::Vec2) -> Harness<'static, Stage> {
    let profile = Some(Profile { name: "Wren".into(), ..Profile::default() });
    let form = Form { file: "/tmp/calls.jsonl".into(), ..Form::default() };
    let stage = Stage { settings: Settings::default(), profile, form, did: Vec::new() };
    testing::harness(size, stage, |ui, stage: &mut Stage| {
        let model = SettingsModel {
            settings: &stage.settings,
            profile: stage.profile.as_ref(),
            roles: vec![("health-advisor".into(), "Health Advisor".into())],
            trainer: false,
            has_trainer_pin: false,
            folder: Some("/tmp".into()),
            standards: "2026.11".into(),
            busy: false,
            in_call: false,
            devices: Vec::new(),
        };
        match settings_ui(ui, &model, &mut stage.form) {
            Some(SettingsAction::Change(new)) => stage.settings = *new,
            Some(action) => stage.did.push(action),
            None => {}
        }
    })
}

fn click(harness: &mut Harness<'static, Stage>, label: &str) {
    harness.run();
    harness.get_by_label(label).click();
    harness.run();
}

#[test]
fn everything_can_be_set_by_its_name() {
    let mut harness = harness(egui::vec2(1440.0, 2200.0));
    for label in [
        "200 %",
        "Light",
        "Reduce motion",
        "Hear the callers",
        "Volume 50 %",
        "Voice 120 %",
        "Speech 150 %",
        "Exam",
        "Only what is not heard",
    ] {
        click(&mut harness, label);
    }
    let settings = &harness.state().settings;
    assert_eq!((settings.zoom_percent, settings.theme), (200, Theme::Light));
    assert_eq!((settings.speech_percent, settings.reduced_motion), (150, true));
    assert_eq!((settings.sound, settings.volume_percent, settings.voice_percent), (false, 50, 120));
    assert_eq!((settings.feedback, settings.captions), (Mode::Exam, Captions::Unheard));
}

#[test]
fn a_key_is_changed_by_pressing_another() {
    let mut harness = harness(egui::vec2(1440.0, 2400.0));
    click(&mut harness, "Pause, and go on: F9");
    harness.key_press(egui::Key::F2);
    harness.run();
    assert_eq!(harness.state().settings.keys.of(Command::Pause).logical_key, egui::Key::F2);
    click(&mut harness, "Back to the ask bar: Esc");
    harness.key_press(egui::Key::F2);
    harness.run();
    assert_eq!(harness.state().settings.keys.of(Command::AskBar).logical_key, egui::Key::Escape);
    assert!(harness.query_by_label_contains("is the key of").is_some());
    click(&mut harness, "All keys as they were");
    assert_eq!(harness.state().settings.keys.of(Command::Pause).logical_key, egui::Key::F9);
}

#[test]
fn a_shift_is_finished_in_two_steps_and_wiping_alone_in_three() {
    for size in [egui::vec2(1440.0, 2200.0), egui::vec2(512.0, 3600.0)] {
        let mut harness = harness(size);
        harness.run();
        assert!(harness.query_by_label("Export, then wipe").is_none());
        harness.get_by_label_contains("Finish shift…").click();
        harness.run();
        click(&mut harness, "Wipe without export…");
        assert!(harness.state().did.is_empty());
        click(&mut harness, "Wipe for good, without export");
        click(&mut harness, "Export, then wipe");
        let wanted = [SettingsAction::FinishShift { export: false }, SettingsAction::FinishShift { export: true }];
        assert_eq!(harness.state().did, wanted);
    }
}

#[test]
fn where_nobody_knows_whether_the_file_has_come_the_user_looks_first() {
    let mut harness = harness(egui::vec2(1440.0, 2200.0));
    harness.run();
    harness.get_by_label_contains("Finish shift…").click();
    harness.state_mut().form.written = Some("1 call downloaded as rightcall-wren.jsonl".into());
    harness.run();
    assert!(harness.query_by_label("Export, then wipe").is_none());
    click(&mut harness, "I have the file: wipe");
    assert_eq!(harness.state().did, [SettingsAction::FinishShift { export: false }]);
    click(&mut harness, "Not now");
    assert!(harness.state().form.written.is_none());
}

#[test]
fn calls_go_out_and_come_in() {
    let mut harness = harness(egui::vec2(1440.0, 2200.0));
    harness.run();
    for label in ["Export my calls", "Export for my trainer", IMPORT] {
        click(&mut harness, label);
    }
    let out = [Eyes::Mine, Eyes::Trainer].map(SettingsAction::Export);
    assert_eq!(harness.state().did[..2], out);
    assert_eq!(harness.state().did[2..], [SettingsAction::Import { keep_good: false }]);
    harness.state_mut().form.good_part = Some("/tmp/calls.jsonl".into());
    click(&mut harness, "Import what is good");
    assert_eq!(harness.state().did.last(), Some(&SettingsAction::Import { keep_good: true }));
}

#[test]
fn a_pin_is_typed_twice_and_taken_away_in_two_steps() {
    let mut harness = harness(egui::vec2(1440.0, 2200.0));
    harness.state_mut().profile.as_mut().expect("a profile").pin = Some("a hash".into());
    click(&mut harness, "Take the PIN away…");
    assert!(harness.state().did.is_empty(), "one slip of the hand takes nothing away");
    click(&mut harness, "Take it away for good");
    assert_eq!(harness.state_mut().did.pop(), Some(SettingsAction::NoPin));
    harness.state_mut().form.pin = "1234".into();
    harness.run();
    harness.get_by_label("The same again");
    harness.get_by_label("The trainer's PIN again");
    click(&mut harness, "Change the PIN");
    assert_eq!(harness.state_mut().did.pop(), Some(SettingsAction::Pin));
}
