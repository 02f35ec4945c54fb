//! What people say of marks: contested ones with their answers, and how alike trainers mark.

use std::collections::BTreeMap;

use bevy_egui::egui::{self, Ui};

use super::panels::figure_ui;
use super::{RoomAction, Standing};
use crate::app::library::number_of;
use crate::app::screens::debrief::{say_upheld, who};
use crate::app::screens::parts::count;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::app::when;
use crate::marking::Assessment;
use crate::records::{Annotation, Summary};
use crate::sharing::calibration::{Calibration, CalibrationLine};
use crate::sharing::room::{ContestedLine, FigureLine, contested_lines};
use crate::standards::Id;

/// So many are listed of each.
const LISTED: usize = 12;

/// What people say of marks.
pub struct SaidOfMarks {
    pub contested: Vec<ContestedLine>,
    pub calibration: Calibration,
    /// How alike trainers mark.
    pub figures: Vec<FigureLine>,
    /// The call of each record.
    calls: BTreeMap<String, Id>,
}

impl SaidOfMarks {
    /// `marks`: the assessments of the calls of which something is said.
    pub fn new(notes: &[Annotation], calls: &[Summary], marks: &[Assessment]) -> Self {
        let calibration = Calibration::of(marks, notes);
        let named = calls.iter().filter(|call| marks.iter().any(|mark| mark.record == call.head.id));
        Self {
            contested: contested_lines(notes, calls, marks),
            figures: calibration.figures(),
            calibration,
            calls: named.map(|call| (call.head.id.clone(), call.head.call.clone())).collect(),
        }
    }
}

impl SaidOfMarks {
    /// How many contested marks have no answer.
    pub fn open(&self) -> usize {
        self.contested.iter().filter(|line| line.mark.answer.is_none()).count()
    }
}

/// Contested marks, those without an answer first; each opens its call at that mark.
pub fn contested_ui(ui: &mut Ui, said: &SaidOfMarks, standing: &mut Standing) -> Option<RoomAction> {
    let open = said.open();
    let mut action = None;
    widgets::title(ui, "Contested marks", &format!("{open} without an answer, {} in all", said.contested.len()));
    widgets::part(ui, egui::accesskit::Role::List, "Contested marks", |ui| {
        for line in said.contested.iter().take(LISTED) {
            ui.separator();
            // Whoever asked for the list has the keyboard at its first call.
            let first = std::mem::take(&mut standing.to_contested);
            let one = widgets::part(ui, egui::accesskit::Role::ListItem, "", |ui| line_ui(ui, line, first));
            action = one.or(action.take());
        }
    });
    let more = said.contested.len().saturating_sub(LISTED);
    if more > 0 {
        widgets::caption(ui, &format!("and {more} more, once these have an answer"));
    }
    action
}

fn line_ui(ui: &mut Ui, line: &ContestedLine, takes_keyboard: bool) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let mut action = None;
    ui.spacing_mut().item_spacing.y = 3.0;
    let call = number_of(&line.call);
    let by = if line.mark.by.is_empty() { "Somebody" } else { &line.mark.by };
    ui.horizontal_top(|ui| {
        let room = (ui.available_width() - 78.0).max(160.0);
        ui.vertical(|ui| {
            ui.set_width(room);
            words(ui, &format!("{call}: {}", line.text), text::bold(text::BODY), p.text);
            let why = if line.why.is_empty() { String::new() } else { format!("; {}", line.why) };
            let marked = format!("The machine gave {} of {}{why}", line.points, line.out_of);
            words(ui, &marked, text::regular(text::CAPTION), p.text2);
        });
        let open = widgets::button(ui, "Open");
        widgets::named(ui, &open, &format!("Open {call} at the mark that {by} contests"));
        if takes_keyboard {
            open.request_focus();
            open.scroll_to_me(Some(egui::Align::Center));
        }
        if open.clicked() {
            action = Some(RoomAction::OpenAt(line.mark.record.clone(), line.mark.criterion.to_string()));
        }
    });
    let on = when::here(&line.mark.at).map_or(String::new(), |at| format!(", {}", when::in_short(at.date())));
    let said = format!("{} {by}{on}: “{}”", icons::HAND_PALM, line.mark.text.trim());
    words(ui, &said, text::regular(14.0), p.text);
    let (answer, ink) = match &line.mark.answer {
        Some((by, upheld, why)) => {
            let answer = format!("{} {}: {}. “{}”", icons::CHAT_CIRCLE_DOTS, who(by), say_upheld(*upheld), why.trim());
            (answer, p.text2)
        }
        None => (format!("{} No answer yet", icons::HOURGLASS), p.cue),
    };
    words(ui, &answer, text::regular(14.0), ink);
    action
}

/// How alike trainers mark the same calls, shown as it is of everybody; and where they are furthest apart.
pub fn calibration_ui(ui: &mut Ui, said: &SaidOfMarks) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let calibration = &said.calibration;
    let mut action = None;
    let trainers = count(calibration.trainers.len(), "trainer", "trainers");
    let calls = count(calibration.calls(), "call", "calls");
    let beside = format!("{trainers}, {calls}, {}", count(calibration.lines.len(), "mark", "marks"));
    widgets::title(ui, "How alike trainers mark", if calibration.lines.is_empty() { "" } else { &beside });
    if calibration.lines.is_empty() {
        let how = "Nobody has marked a call beside the machine yet. Open a shared call, choose a mark and give your \
                   own: several trainers who mark the same calls see here how alike they do.";
        words(ui, how, text::regular(text::BODY), p.text2);
        return None;
    }
    for line in &said.figures {
        ui.separator();
        figure_ui(ui, line, p);
    }
    widgets::caption(
        ui,
        "On three steps: none, part, all of what a mark is worth. Limits: 95 %, from leaving out trainers \
         and marks, one after the other. The machine is not one of the trainers.",
    );
    let apart: Vec<&CalibrationLine> = calibration.lines.iter().filter(|line| line.apart > 0).collect();
    if apart.is_empty() {
        return None;
    }
    ui.separator();
    ui.label(rich("Furthest apart", text::bold(text::BODY), p.text));
    for line in apart.iter().take(6) {
        action = apart_ui(ui, said, line).or(action.take());
    }
    action
}

fn apart_ui(ui: &mut Ui, said: &SaidOfMarks, line: &CalibrationLine) -> Option<RoomAction> {
    let p = Palette::of(ui);
    let call = said.calls.get(&line.record).map(|call| number_of(call)).unwrap_or_default();
    let mut action = None;
    ui.horizontal_top(|ui| {
        let room = (ui.available_width() - 78.0).max(160.0);
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.spacing_mut().item_spacing.y = 1.0;
            words(ui, &format!("{call}: {}", line.text), text::regular(text::BODY), p.text);
            let counts = line.counts();
            let given = CalibrationLine::STEPS.iter().zip(counts).map(|(step, n)| format!("{step}: {n}"));
            let given: Vec<String> = given.collect();
            let machine = CalibrationLine::STEPS.get(line.machine).copied().unwrap_or_default();
            let below = format!("{}; the machine gives {machine}", given.join(", "));
            words(ui, &below, text::regular(text::CAPTION), p.text2);
        });
        let open = widgets::button(ui, "Open");
        widgets::named(ui, &open, &format!("Open {call} at “{}”", line.text));
        if open.clicked() {
            action = Some(RoomAction::OpenAt(line.record.clone(), line.criterion.clone()));
        }
    });
    action
}

fn words(ui: &mut Ui, words: &str, font: egui::FontId, ink: egui::Color32) {
    ui.add(egui::Label::new(rich(words, font, ink)).wrap());
}
