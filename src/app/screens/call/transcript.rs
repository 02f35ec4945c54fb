//! What has been heard, in time with the voices.

use bevy_egui::egui::{
    self, CornerRadius, EventFilter, Key, Modifiers, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, WidgetType,
    vec2,
};

use super::state::{CallUi, Do};
use super::voice::begun;
use super::{caption, line, voice};
use crate::app::keys::{self, Command};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Line, Slot, Speaker};
use crate::records::Mode;
use crate::scenario::Scenario;

pub fn id() -> egui::Id {
    egui::Id::new("transcript")
}

/// The slots of the handover and their keys.
pub const SLOTS: [(Slot, Command, &str, &str); 4] = [
    (Slot::Situation, Command::PinSituation, "S", "Situation"),
    (Slot::Background, Command::PinBackground, "B", "Background"),
    (Slot::Assessment, Command::PinAssessment, "A", "Assessment"),
    (Slot::Recommendation, Command::PinRecommendation, "R", "Recommendation"),
];

pub fn last_line(live: &Live) -> Option<u32> {
    begun(live).pop().map(|(number, _)| number)
}

/// Number of the first line that may be read: an exam hides what was said before one's last line.
pub fn first_readable(live: &Live) -> u32 {
    if !live.is_listened_to() {
        return 0;
    }
    begun(live).into_iter().rev().find(|(_, line)| line.by == Speaker::Trainee).map_or(0, |(number, _)| number)
}

/// What the trainee has said that waits for its turn.
fn waiting(live: &Live) -> Option<&Line> {
    let clock = live.clock();
    live.call().state().lines.iter().find(|line| line.from > clock && line.by == Speaker::Trainee)
}

pub fn speaker(live: &Live, by: &Speaker) -> String {
    speaker_in(&live.call().script().scenario, by)
}

/// Who speaks, as a transcript has it: nobody for a sound.
pub fn speaker_in(scenario: &Scenario, by: &Speaker) -> String {
    match by {
        Speaker::Trainee => "You".into(),
        Speaker::Caller => voice::first_name(&scenario.caller.name),
        Speaker::Patient => voice::first_name(&scenario.patient.name),
        Speaker::Other(name) => voice::first_name(name),
        Speaker::Clinician => "Clinician".into(),
        Speaker::Sound => String::new(),
    }
}

pub fn transcript_ui(ui: &mut Ui, live: &Live, state: &mut CallUi) -> Vec<Do> {
    let p = Palette::of(ui);
    let whole = ui.available_rect_before_wrap();
    let region = ui.interact(whole, id(), Sense::FOCUSABLE);
    region.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Transcript"));
    let mut todo = Vec::new();
    if region.has_focus() {
        let ring = Stroke::new(2.0, p.accent);
        ui.painter().rect_stroke(whole.expand(4.0), CornerRadius::same(8), ring, StrokeKind::Inside);
        todo.extend(keys(ui, live, state));
    } else {
        state.line = None;
    }
    let chosen = state.line;
    ui.ctx().accesskit_node_builder(id(), |node| {
        node.set_role(egui::accesskit::Role::Log);
        if let Some(chosen) = chosen {
            node.set_active_descendant(line::id_of(chosen).accesskit_id());
        }
    });
    ui.scope_builder(UiBuilder::new().accessibility_parent(id()), |ui| lines_ui(ui, live, state, &mut todo));
    todo
}

fn lines_ui(ui: &mut Ui, live: &Live, state: &CallUi, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let first = first_readable(live);
    let lines: Vec<(u32, &Line)> = begun(live).into_iter().filter(|(number, _)| *number >= first).collect();
    let width = ui.available_width();
    let room = ui.available_height() - 34.0 - if waiting(live).is_some() { 40.0 } else { 0.0 };
    let fits = fitting(ui, live, &lines, width, room);
    let hidden = lines.len() - fits;
    // Whoever goes up by keyboard wants to read it.
    let wanted = state.earlier || state.line.is_some_and(|chosen| lines[..hidden].iter().any(|(n, _)| *n == chosen));
    if first > 0 {
        let words = "Earlier lines are hidden in an exam";
        ui.label(rich(words, text::regular(text::CAPTION), p.text3));
    } else if hidden > 0 {
        todo.extend(earlier_ui(ui, hidden, wanted));
    }
    let shown = if wanted { &lines[..] } else { &lines[hidden..] };
    egui::ScrollArea::vertical().id_salt("lines").auto_shrink(false).stick_to_bottom(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if lines.is_empty() {
            let words = match live.mode() {
                Mode::Guided => "The line is open. Greet them, and they will tell you why they ring.",
                _ => "The line is open. Greet them, or wait for them to begin.",
            };
            ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text3));
        }
        for (number, line) in shown {
            todo.extend(line::line_ui(ui, live, *number, line, state.line == Some(*number)));
        }
        if let Some(line) = waiting(live) {
            let words = format!("Next, when they have finished: {}", line.text);
            ui.add(egui::Label::new(rich(words, text::italic(text::BODY), p.text3)).wrap());
        }
    });
}

/// How many of the last lines fit; one at least.
fn fitting(ui: &Ui, live: &Live, lines: &[(u32, &Line)], width: f32, room: f32) -> usize {
    let mut left = room;
    let fits = lines.iter().rev().take_while(|(_, line)| {
        left -= line::height(ui, live, line, width) + 2.0;
        left >= 0.0
    });
    fits.count().max(1).min(lines.len())
}

/// Shows what was said earlier, or puts it away.
fn earlier_ui(ui: &mut Ui, hidden: usize, shown: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let lines = if hidden == 1 { "line" } else { "lines" };
    let (icon, words) = match shown {
        true => (icons::CARET_DOWN, "Hide earlier lines".to_owned()),
        false => (icons::CARET_UP, format!("{hidden} earlier {lines}")),
    };
    let label = rich(format!("{icon}  {words}"), text::regular(text::CAPTION), p.text2);
    let button = egui::Button::new(label).frame_when_inactive(false).min_size(vec2(ui.available_width(), 24.0));
    let response = ui.add(button.right_text(""));
    widgets::named(ui, &response, &words);
    widgets::ring(ui, &response);
    ui.painter().hline(ui.max_rect().x_range(), response.rect.bottom() + 3.0, Stroke::new(1.0, p.line));
    response.clicked().then_some(Do::Earlier(!shown))
}

fn keys(ui: &Ui, live: &Live, state: &mut CallUi) -> Option<Do> {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = last_line(live)?;
    let first = first_readable(live);
    let here = state.line.get_or_insert(last);
    *here = (*here).max(first);
    let by = |key, lines: i64| if pressed(key) { lines } else { 0 };
    let step = by(Key::ArrowUp, -1) + by(Key::ArrowDown, 1) + by(Key::PageUp, -6) + by(Key::PageDown, 6);
    if step > 0 && *here >= last {
        return Some(Do::FocusAsk);
    }
    let there = (i64::from(*here) + step).clamp(i64::from(first), i64::from(last));
    *here = u32::try_from(there).unwrap_or(last);
    let line = *here;
    for (slot, command, ..) in SLOTS {
        if keys::pressed(ui.ctx(), command) {
            return Some(Do::Act(Action::Pin { line, slot }));
        }
    }
    if keys::pressed(ui.ctx(), Command::Unpin) {
        return Some(Do::Act(Action::Unpin { line }));
    }
    pressed(Key::Enter).then_some(Do::Act(Action::QuoteBack { line }))
}

/// Every line that has been heard to its end and may be read, with its number: what a screen reader is told once.
#[cfg(any(target_arch = "wasm32", test))]
pub fn spoken(live: &Live) -> Vec<(u32, String)> {
    let first = first_readable(live);
    let lines = begun(live).into_iter().filter(|(number, _)| *number >= first);
    let heard = lines.filter(|(_, line)| line.by == Speaker::Trainee || !caption::is_spoken_now(live, line));
    heard.map(|(number, line)| (number, line::says(live, line))).collect()
}

/// Who said what, as far as it may be read.
pub fn readable_lines(live: &Live) -> Vec<(String, String)> {
    let first = first_readable(live);
    let lines = begun(live).into_iter().filter(|(number, _)| *number >= first);
    lines.map(|(_, line)| (speaker(live, &line.by), caption::readable(live, line))).collect()
}

/// The lines themselves, for tests and for whoever shows the last of them elsewhere.
pub fn last_words(live: &Live) -> Option<(String, String)> {
    let (_, line) = begun(live).pop()?;
    Some((speaker(live, &line.by), caption::readable(live, line)))
}
