//! The shipped standards, read.

use bevy_egui::egui::{self, accesskit::Role};
use egui_kittest::kittest::{NodeT, Queryable};

use super::book;
use crate::app::screens::reading::Book;
use crate::app::screens::reading::tests::{harness, headings};
use crate::standards::Standards;

fn all_words(book: &Book) -> String {
    let groups = book.sections.iter().flat_map(|section| &section.groups);
    groups.flat_map(|group| &group.entries).map(|entry| entry.words().to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn everything_that_the_service_agrees_on_is_there() {
    let standards = Standards::shipped();
    let book = book(&standards, false);
    let has = |id: String| assert!(book.find(&id).is_some(), "{id}");
    standards.competences.competences.iter().for_each(|one| has(format!("competence {}", one.id)));
    standards.roles.roles.iter().for_each(|one| has(format!("role {}", one.id)));
    standards.dispositions.dispositions.iter().for_each(|one| has(format!("outcome {}", one.code)));
    standards.directory.services.iter().for_each(|one| has(format!("service {}", one.id)));
    standards.reject_reasons.reasons.iter().for_each(|one| has(format!("reason {}", one.id)));
    let good = standards.bank.iter().filter(|line| line.flaws.is_empty());
    good.for_each(|one| has(format!("line {}", one.id)));
    for guide in &standards.guides.guides {
        guide.steps.iter().for_each(|step| has(format!("guide {} {}", guide.id, step.question)));
    }
}

#[test]
fn ids_are_unique_and_every_section_has_version_and_watermark() {
    let book = book(&Standards::shipped(), true);
    let groups = book.sections.iter().flat_map(|section| &section.groups);
    let mut ids: Vec<&str> = groups.flat_map(|group| &group.entries).map(|entry| entry.id.as_str()).collect();
    let many = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), many);
    for section in &book.sections {
        assert!(
            section.version.starts_with("Version ") && section.version.contains("in force from"),
            "{}",
            section.name
        );
        assert_eq!(section.watermark, Some("Draft, not clinically reviewed"), "{}", section.name);
        assert!(section.groups.iter().all(|group| !group.entries.is_empty() && !group.name.is_empty()));
    }
}

#[test]
fn a_trainee_does_not_learn_which_lines_are_poor() {
    let standards = Standards::shipped();
    let (trainee, trainer) = (book(&standards, false), book(&standards, true));
    let (seen, all) = (all_words(&trainee), all_words(&trainer));
    let mut poor = 0;
    for line in standards.bank.iter().filter(|line| !line.flaws.is_empty()) {
        poor += 1;
        for words in [super::words::wording(&line.you), line.why_poor.clone().unwrap_or_default()] {
            let words = words.to_lowercase();
            assert!(words.is_empty() || !seen.contains(&words), "{words}");
            assert!(all.contains(&words), "{words}");
        }
    }
    assert!(poor > 20);
    assert!(!trainee.sections.iter().any(|section| section.name.contains("Poor")));
}

#[test]
fn a_guide_is_read_question_by_question() {
    let mut harness = harness(book(&Standards::shipped(), false), egui::vec2(1356.0, 900.0));
    harness.get_by_role_and_label(Role::Button, "Guides").click();
    harness.run();
    assert_eq!(headings(&harness, 3), ["Every guide begins with"]);
    harness.get_by_role_and_label(Role::Button, "Back pain").click();
    harness.run();
    let questions = headings(&harness, 4);
    assert!(questions.iter().any(|question| question.starts_with("1. ")), "{questions:?}");
    assert!(harness.query_all_by_label_contains("Yes means: Feels different or numb").next().is_some());
    assert!(harness.query_all_by_label_contains("Yes: leads to").next().is_some());
    assert_eq!(questions.last().map(String::as_str), Some("When none of these applied"));
}

#[test]
fn the_ladder_leads_to_each_outcome() {
    for size in [egui::vec2(1356.0, 900.0), egui::vec2(900.0, 700.0)] {
        let mut harness = harness(book(&Standards::shipped(), false), size);
        harness.get_by_role_and_label(Role::Button, "Outcomes (dispositions)").click();
        harness.run();
        harness.get_by_label_contains("Dx02 ").click_accesskit();
        harness.run();
        assert_eq!(harness.state().1.at.as_deref(), Some("outcome Dx02"));
        assert!(harness.query_all_by_label_contains("Time: within 1 hour").next().is_some());
    }
}

#[test]
fn one_search_goes_over_all_of_it() {
    let mut harness = harness(book(&Standards::shipped(), false), egui::vec2(1356.0, 900.0));
    let looked_for = [
        ("safety cap", "Safety cap, Marking · Caps and thresholds"),
        ("dx02 emergency", "Dx02 Emergency department within 1 hour, Outcomes (dispositions) · 1 hour"),
        ("active listening", "C4 Active listening, Competences"),
        ("volunteered", "C4 Active listening, Competences"),
        (
            "wiping new",
            "1. This is personal but important: when you wipe or sit, does it feel different or numb down below, between the legs?, Guides · Back pain",
        ),
        ("no dentist", "Harrowmere General Emergency Department, Directory of services · Emergency department"),
    ];
    for (words, found) in looked_for {
        harness.state_mut().1.query = words.into();
        harness.state_mut().1.searching = true;
        harness.run();
        let all: Vec<String> =
            harness.query_all_by_role(Role::Button).filter_map(|node| node.accesskit_node().label()).collect();
        assert!(all.iter().any(|label| label == found), "{words}: {all:#?}");
    }
}

#[test]
fn nothing_is_cut_off_in_any_section_at_any_size() {
    let sections = book(&Standards::shipped(), true).sections.len();
    for size in [egui::vec2(468.0, 350.0), egui::vec2(940.0, 700.0), egui::vec2(1816.0, 1000.0)] {
        let mut harness = harness(book(&Standards::shipped(), true), size);
        for section in 0..sections {
            let place = &mut harness.state_mut().1;
            (place.section, place.group, place.reading) = (section, 0, true);
            harness.run();
            let all = harness.query_all_by_role(Role::Label);
            for rect in all.map(|node| node.rect()) {
                assert!(rect.right() <= size.x + 0.5, "{size} section {section}: {rect}");
            }
        }
    }
}
