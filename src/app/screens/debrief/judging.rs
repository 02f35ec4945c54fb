//! People beside the machine: what trainers give for a criterion, who contests a mark, and what became of it.

use bevy_egui::egui::{Response, Ui};

use super::model::Page;
use super::view::Do;
use super::writing::who;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{button, caption, choice, named};
use crate::records::Upheld;
use crate::sharing::calibration::CalibrationLine;
use crate::sharing::room::MarkLine;

/// Who is right, in words.
pub fn say_upheld(upheld: Upheld) -> &'static str {
    match upheld {
        Upheld::Mark => "the mark stands",
        Upheld::Objection => "the objection is right",
        Upheld::ForReview => "it goes to whoever reviews the call",
    }
}

/// The machine's mark and those of people beside it.
pub fn marks_ui(ui: &mut Ui, page: &Page, n: usize) {
    let p = Palette::of(ui);
    let mark = &page.marks[n];
    let points = |by: &str, points: u32| format!("{by}: {points} of {} points", mark.out_of);
    let Some(line) = page.said_of(n).filter(|line| !line.human.is_empty()) else {
        caption(ui, &format!("{} of {} points", mark.points, mark.out_of));
        return;
    };
    let small = text::regular(14.0);
    ui.label(rich(points("The machine", mark.points), small.clone(), p.text2));
    if is_blind(page, line) {
        let waits = crate::app::screens::parts::count(line.human.len(), "trainer has", "trainers have");
        caption(ui, &format!("{waits} marked this. What they gave is shown once your own mark is in."));
        return;
    }
    for human in &line.human {
        let name = if human.by == page.viewer { "You" } else { who(&human.by) };
        let why = if human.text.is_empty() { String::new() } else { format!(" “{}”", human.text.trim()) };
        let words = format!("{} {}{why}", icons::USER, points(name, human.points));
        ui.label(rich(words, small.clone(), p.text2));
    }
}

/// A trainer who marks sees what others gave only afterwards: else they would mark alike because they had looked.
fn is_blind(page: &Page, line: &MarkLine) -> bool {
    page.may_judge() && !line.human.iter().any(|mark| mark.by == page.viewer)
}

/// Whoever contests the mark, and what became of it; a trainer can answer.
pub fn contested_ui(ui: &mut Ui, page: &Page, n: usize) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    let contested = page.said_of(n).map_or(&[][..], |line| &line.contested);
    for (place, one) in contested.iter().enumerate() {
        let own = one.by == page.viewer;
        let who_says = match own {
            true => "You contested this mark".to_owned(),
            false if page.may_judge() => format!("{} contests this mark", who(&one.by)),
            false => "This mark is contested".to_owned(),
        };
        let words = format!("{} {who_says}: “{}”", icons::HAND_PALM, one.text.trim());
        ui.label(rich(words, text::regular(14.0), p.text2));
        if let Some((by, upheld, why)) = &one.answer {
            let by = if *by == page.viewer { "You answered" } else { who(by) };
            let words = format!("{} {by}: {}. “{}”", icons::CHAT_CIRCLE_DOTS, say_upheld(*upheld), why.trim());
            ui.label(rich(words, text::regular(14.0), p.text));
        }
        if page.may_judge() && !own {
            let words = if one.answer.is_some() { "Answer again" } else { "Answer" };
            let answer = button(ui, words);
            named(ui, &answer, &format!("{words} {}", who(&one.by)));
            if answer.clicked() {
                done = Some(Do::Answer(n, place));
            }
        }
    }
    done
}

/// None, part or all of what a criterion is worth; of a part, how much. What the keyboard comes to first.
pub fn points_ui(ui: &mut Ui, points: &mut Option<u32>, out_of: u32) -> Response {
    let [none, part, all] = CalibrationLine::STEPS;
    let mut row = |ui: &mut Ui| {
        let first = choice(ui, *points == Some(0), &capital(none));
        if first.clicked() {
            *points = Some(0);
        }
        let in_part = points.is_some_and(|points| points > 0 && points < out_of);
        if out_of > 1 && choice(ui, in_part, &capital(part)).clicked() && !in_part {
            *points = Some(out_of / 2);
        }
        if choice(ui, *points == Some(out_of), &capital(all)).clicked() {
            *points = Some(out_of);
        }
        first
    };
    let first = ui.horizontal_wrapped(&mut row).inner;
    // In a row of its own: it would be broken in two.
    if let Some(given) = points.as_mut().filter(|given| **given > 0 && **given < out_of) {
        ui.horizontal(|ui| crate::app::screens::session::count_ui(ui, given, &format!("of {out_of} points")));
        *given = (*given).clamp(1, out_of - 1);
    }
    first
}

/// Who is right. What the keyboard comes to first.
pub fn upheld_ui(ui: &mut Ui, upheld: &mut Option<Upheld>) -> Response {
    let row = |ui: &mut Ui| {
        let [first, ..] = [Upheld::Mark, Upheld::Objection, Upheld::ForReview].map(|one| {
            let shown = choice(ui, *upheld == Some(one), &capital(say_upheld(one)));
            if shown.clicked() {
                *upheld = Some(one);
            }
            shown
        });
        first
    };
    ui.horizontal_wrapped(row).inner
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default() + characters.as_str()
}
