//! What has been heard, in time with the voices.

use bevy_egui::egui::text::{LayoutJob, TextFormat};
use bevy_egui::egui::{
    self, Color32, CornerRadius, EventFilter, Key, Modifiers, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};

use super::contact;
use super::state::Do;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::{Action, Line, Slot, Speaker};
use crate::records::Mode;

pub fn id() -> egui::Id {
    egui::Id::new("transcript")
}

/// The slots of the handover and their keys.
pub const SLOTS: [(Slot, Key, &str, &str); 4] = [
    (Slot::Situation, Key::S, "S", "Situation"),
    (Slot::Background, Key::B, "B", "Background"),
    (Slot::Assessment, Key::A, "A", "Assessment"),
    (Slot::Recommendation, Key::R, "R", "Recommendation"),
];

/// Lines that have begun.
fn heard(live: &Live) -> impl Iterator<Item = (u32, &Line)> {
    let clock = live.clock();
    (0_u32..).zip(&live.call().state().lines).filter(move |(_, line)| line.from <= clock)
}

pub fn last_line(live: &Live) -> Option<u32> {
    heard(live).last().map(|(n, _)| n)
}

pub fn transcript_ui(ui: &mut Ui, live: &Live, chosen: &mut Option<u32>) -> Option<Do> {
    let p = Palette::of(ui);
    let whole = ui.available_rect_before_wrap();
    let region = ui.interact(whole, id(), Sense::FOCUSABLE);
    region.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, "Transcript"));
    let mut todo = None;
    if region.has_focus() {
        ui.painter().rect_stroke(
            whole.expand(4.0),
            CornerRadius::same(8),
            Stroke::new(2.0, p.accent),
            StrokeKind::Inside,
        );
        todo = keys(ui, live, chosen);
    } else {
        *chosen = None;
    }
    egui::ScrollArea::vertical().id_salt("lines").auto_shrink(false).stick_to_bottom(true).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if heard(live).next().is_none() {
            ui.label(rich(
                "The line is open. Greet them, or wait for them to begin.",
                text::regular(text::TRANSCRIPT),
                p.text3,
            ));
        }
        for (n, line) in heard(live) {
            todo = todo.take().or(line_ui(ui, live, n, line, *chosen == Some(n)));
        }
    });
    todo
}

fn keys(ui: &Ui, live: &Live, chosen: &mut Option<u32>) -> Option<Do> {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = last_line(live)?;
    let here = chosen.get_or_insert(last);
    if pressed(Key::ArrowUp) {
        *here = here.saturating_sub(1);
    }
    if pressed(Key::ArrowDown) {
        if *here >= last {
            return Some(Do::FocusAsk);
        }
        *here += 1;
    }
    let line = *here;
    for (slot, key, ..) in SLOTS {
        if pressed(key) {
            return Some(Do::Act(Action::Pin { line, slot }));
        }
    }
    if pressed(Key::X) {
        return Some(Do::Act(Action::Unpin { line }));
    }
    pressed(Key::Enter).then_some(Do::Act(Action::QuoteBack { line }))
}

fn line_ui(ui: &mut Ui, live: &Live, n: u32, line: &Line, chosen: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let clock = live.clock();
    let spoken_now = clock < line.until && !line.cut;
    let size = if spoken_now { text::LIVE } else { text::TRANSCRIPT };
    let name = speaker(live, &line.by);
    let width = ui.available_width();
    let (time_w, name_w) = if width > 520.0 { (60.0, 78.0) } else { (54.0, 60.0) };
    let words_w = width - time_w - name_w - 46.0;
    let mut job = words(live, line, size, p);
    job.wrap.max_width = words_w;
    let galley = ui.painter().layout_job(job);
    let height = galley.size().y + 12.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height.max(32.0)), Sense::hover());
    let says = format!("{} {name}: {}", widgets::clock(line.from), line.text);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &says));
    if chosen || spoken_now {
        let edge = if chosen { Stroke::new(2.0, p.accent) } else { Stroke::new(1.0, p.line) };
        ui.painter().rect(rect, CornerRadius::same(6), p.bg2, edge, StrokeKind::Inside);
    }
    if chosen {
        ui.scroll_to_rect(rect, None);
    }
    let top = rect.top() + 6.0;
    let painter = ui.painter();
    painter.text(
        pos2(rect.left() + 6.0, top + 1.0),
        egui::Align2::LEFT_TOP,
        widgets::clock(line.from),
        text::mono(text::CAPTION),
        p.text3,
    );
    let name_color = if line.by == Speaker::Trainee { p.accent } else { p.text3 };
    let mut name_job = LayoutJob::single_section(name, TextFormat::simple(text::regular(14.0), name_color));
    name_job.wrap = egui::text::TextWrapping::truncate_at_width(name_w - 8.0);
    let name_galley = painter.layout_job(name_job);
    painter.galley(pos2(rect.left() + time_w, top), name_galley, name_color);
    painter.galley(pos2(rect.left() + time_w + name_w, top), galley, p.text);
    pin_ui(ui, live, n, line, egui::Rect::from_min_size(pos2(rect.right() - 38.0, rect.top() + 2.0), vec2(34.0, 28.0)))
}

/// The same pin beside every line.
fn pin_ui(ui: &Ui, live: &Live, n: u32, line: &Line, rect: egui::Rect) -> Option<Do> {
    let p = Palette::of(ui);
    let pinned = live.call().state().pins.iter().find(|pin| pin.line == n);
    let letter = pinned.and_then(|pin| SLOTS.iter().find(|s| s.0 == pin.slot)).map(|s| s.2);
    let response = ui.interact(rect, id().with(("pin", n)), Sense::CLICK);
    let says = match letter {
        Some(letter) => format!("Pinned to {letter}, line at {}", widgets::clock(line.from)),
        None => format!("Pin line at {}", widgets::clock(line.from)),
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &says));
    let fill = match (letter, response.hovered()) {
        (Some(_), _) => p.cue_soft,
        (None, true) => p.bg3,
        (None, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, CornerRadius::same(6), fill);
    let color = if letter.is_some() { p.cue } else { p.text3 };
    let words = letter.map_or_else(|| icons::PUSH_PIN.to_owned(), |letter| format!("{}{letter}", icons::PUSH_PIN));
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, words, text::bold(14.0), color);
    let mut todo = None;
    egui::Popup::menu(&response).show(|ui| {
        for (slot, _, letter, name) in SLOTS {
            if ui.button(format!("{letter}  {name}")).clicked() {
                todo = Some(Do::Act(Action::Pin { line: n, slot }));
            }
        }
        if letter.is_some() && ui.button("Unpin").clicked() {
            todo = Some(Do::Act(Action::Unpin { line: n }));
        }
        if !matches!(line.by, Speaker::Trainee | Speaker::Sound | Speaker::Clinician) {
            if ui.button("Quote it back").clicked() {
                todo = Some(Do::Act(Action::QuoteBack { line: n }));
            }
            // egui's own arrow is not among our letters.
            let write = egui::Button::new("Write it into the record").right_text(icons::CARET_RIGHT);
            egui::containers::menu::SubMenuButton::from_button(write).ui(ui, |ui| {
                for (field, name) in crate::call::FIELDS.iter().enumerate() {
                    if ui.button(contact::name_of(*name)).clicked() {
                        todo = Some(Do::Fill(field, contact::heard(*name, &line.text)));
                    }
                }
            });
        }
    });
    todo
}

pub fn speaker(live: &Live, by: &Speaker) -> String {
    let scenario = &live.call().script().scenario;
    let first = |name: &str| name.split(' ').next().unwrap_or(name).to_owned();
    match by {
        Speaker::Trainee => "You".into(),
        Speaker::Caller => first(&scenario.caller.name),
        Speaker::Patient => first(&scenario.patient.name),
        Speaker::Other(name) => first(name),
        Speaker::Clinician => "Clinician".into(),
        Speaker::Sound => String::new(),
    }
}

/// The words of a line: those spoken bright, the one being spoken marked, the others dim or hidden.
fn words(live: &Live, line: &Line, size: f32, p: &Palette) -> LayoutJob {
    let clock = live.clock();
    let own = line.by == Speaker::Trainee;
    let color = if own { p.text2 } else { p.text };
    if line.by == Speaker::Sound {
        let caption = if line.text.starts_with('[') { line.text.to_string() } else { format!("[{}]", line.text) };
        return LayoutJob::single_section(caption, TextFormat::simple(text::italic(size), p.text2));
    }
    let font = text::regular(size);
    if clock >= line.until && !line.cut {
        return LayoutJob::single_section(line.text.to_string(), TextFormat::simple(font, color));
    }
    let all: Vec<&str> = line.text.split(' ').collect();
    let length = planned(live, line).max(1);
    let until = if line.cut { clock.min(line.until) } else { clock };
    let passed = u64::from(until.saturating_sub(line.from)) * all.len() as u64;
    let now = usize::try_from(passed / u64::from(length)).unwrap_or(0).min(all.len());
    let mut job = LayoutJob::default();
    for (n, word) in all.iter().enumerate() {
        let mut format = TextFormat::simple(font.clone(), if n < now { color } else { p.text3 });
        if n > now && (live.mode() == Mode::Exam || line.cut) {
            break;
        }
        if n > 0 {
            job.append(" ", 0.0, TextFormat::simple(font.clone(), color));
        }
        if n == now && !line.cut && !own {
            format.color = p.on_accent;
            format.background = p.accent;
        }
        job.append(word, 0.0, format);
    }
    if line.cut {
        job.append(" – ", 0.0, TextFormat::simple(font, p.text3));
    }
    job
}

/// How long the line would take, cut short or not.
fn planned(live: &Live, line: &Line) -> u32 {
    if !line.cut {
        return line.until - line.from;
    }
    let timing = &live.call().script().standards.marking.timing;
    let words = u32::try_from(line.text.split_ascii_whitespace().count()).unwrap_or(1);
    words.saturating_mul(timing.caller_per_word)
}
