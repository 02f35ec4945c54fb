//! The contact record: where and how to reach them first, then who they are. To ask for something, to
//! read it back and to tick it as confirmed are three things.

use bevy_egui::egui::{
    self, CornerRadius, Key, Margin, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

use super::spoken_date::spoken_date;
use super::state::{Do, Draft};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;
use crate::call::directory::date_of_birth;
use crate::call::{Action, FIELD_TEXT, FIELDS};
use crate::standards::{FieldName, Id, Kind};

/// If the line drops, these two are what counts.
pub const ORDER_BEGINS_WITH: FieldName = FieldName::Location;

pub fn name_of(field: FieldName) -> &'static str {
    match field {
        FieldName::Location => "Where is the patient now?",
        FieldName::CallBack => "Call-back number",
        FieldName::CallerName => "Caller's name",
        FieldName::Relation => "Relation to patient",
        FieldName::PatientName => "Patient's name",
        FieldName::DateOfBirth => "Date of birth",
        FieldName::GpPractice => "GP practice",
    }
}

/// The feature that is asked for to fill a field.
fn feature(field: FieldName) -> &'static str {
    match field {
        FieldName::Location => "location",
        FieldName::CallBack => "call-back-number",
        FieldName::CallerName => "caller-name",
        FieldName::Relation => "caller-relationship",
        FieldName::PatientName => "patient-name",
        FieldName::DateOfBirth => "date-of-birth",
        FieldName::GpPractice => "gp-practice",
    }
}

/// What of a line belongs into a field: for whoever writes by mouse alone.
pub fn heard(field: FieldName, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().map(|word| word.trim_end_matches(['.', ',', ';'])).collect();
    let part = match field {
        FieldName::DateOfBirth => (2..=6)
            .rev()
            .flat_map(|length| words.windows(length))
            .map(|words| words.join(" "))
            .find(|words| date_of_birth(words).is_some())
            .or_else(|| spoken_date(line)),
        FieldName::CallBack => {
            let digits: String = line.chars().filter(|c| c.is_ascii_digit() || *c == ' ').collect();
            Some(digits.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|digits| !digits.is_empty())
        }
        _ => None,
    };
    part.unwrap_or_else(|| line.trim_end_matches(['.', ' ']).chars().take(FIELD_TEXT).collect())
}

/// Where the field of this place is typed.
pub fn id(n: usize) -> egui::Id {
    egui::Id::new(("contact record", n))
}

pub fn contact_ui(ui: &mut Ui, live: &Live, drafts: &mut [Draft]) -> Vec<Do> {
    let mut todo = Vec::new();
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(if ui.available_width() < 340.0 { 8.0 } else { 10.0 }, 6.0);
        widgets::title(ui, "Contact record", "Tick only what was confirmed aloud");
        // The place takes a row of its own; the others stand in pairs where there is room.
        let rows: &[usize] = match ui.available_width() {
            340.0.. => &[1, 2, 2, 2],
            270.0.. => &[1, 1, 2, 2, 1],
            _ => &[1; 7],
        };
        // A date and two buttons need more than half where there is little.
        let share = if ui.available_width() < 340.0 { 0.45 } else { 0.5 };
        let gap = ui.spacing().item_spacing.x;
        let mut n = 0;
        for row in rows {
            let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), NAME + FIELD), Sense::hover());
            let (left, right) = whole.split_left_right_at_x(whole.left() + (whole.width() - gap) * share);
            let right = right.with_min_x(right.left() + gap);
            let cells: &[Rect] = if *row == 1 { &[whole] } else { &[left, right] };
            for (cell, n) in cells.iter().zip(n..) {
                todo.extend(field_ui(ui, *cell, live, n, drafts));
            }
            n += row;
        }
    });
    todo
}

/// Heights of the name of a field and of the field.
const NAME: f32 = 24.0;
const FIELD: f32 = 34.0;

/// One field: name and tick above, and in the field what can be said about it. The keyboard comes to
/// the field, to asking, to reading back, and to the tick.
fn field_ui(ui: &mut Ui, cell: Rect, live: &Live, n: usize, drafts: &mut [Draft]) -> Vec<Do> {
    let p = Palette::of(ui);
    let (Some(&name), Some(draft)) = (FIELDS.get(n), drafts.get_mut(n)) else { return Vec::new() };
    let mut todo = Vec::new();
    let (above, below) = cell.split_top_bottom_at_y(cell.top() + NAME);
    // Painted only: the field bears the same name.
    let label = ui.painter().layout_no_wrap(name_of(name).to_owned(), text::regular(text::CAPTION), p.text3);
    ui.painter().galley(pos2(above.left(), above.center().y - label.size().y / 2.0), label, p.text3);
    let says = [
        (icons::CHAT_CENTERED_TEXT, "Ask", asks_for(live, name)),
        (icons::QUOTES, "Read back", reads_back(live, name)),
    ];
    let buttons = says.iter().filter(|(.., utterance)| utterance.is_some()).count() as f32;
    ui.painter().rect(
        below,
        CornerRadius::same(6),
        if p.dark { p.bg0 } else { p.bg2 },
        Stroke::new(1.0, p.edge),
        StrokeKind::Inside,
    );
    let (typed, beside) = below.split_left_right_at_x(below.right() - 26.0 * buttons - 4.0);
    // Taken before the field sees it: the next one must not see it again.
    let on = ui.memory(|memory| memory.has_focus(id(n)))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let response = within(ui, typed, |ui| typed_ui(ui, n, name, draft));
    if response.has_focus() {
        let ring = Stroke::new(2.0, p.accent);
        ui.painter().rect_stroke(below.expand(2.0), CornerRadius::same(8), ring, StrokeKind::Outside);
    }
    if on {
        let next = if n + 1 < FIELDS.len() { id(n + 1) } else { super::pins::notes_id() };
        ui.memory_mut(|memory| memory.request_focus(next));
    }
    if (on || response.lost_focus())
        && let Some(text) = draft.take_news()
    {
        todo.push(Do::Act(Action::Field { name, text }));
    }
    within(ui, beside, |ui| {
        for (icon, word, utterance) in says {
            let Some(utterance) = utterance else { continue };
            let icon = small(ui, icon, &format!("{word}: {}", name_of(name)));
            if icon.clicked() {
                todo.push(Do::Act(Action::Say { utterance, to: None }));
            }
            // What comes back is typed here.
            if by_mouse(&icon) {
                todo.push(Do::FocusField(n));
            }
        }
    });
    let known = live.call().state().fields.iter().find(|field| field.name == name);
    let mut confirmed = known.is_some_and(|field| field.confirmed);
    within(ui, above, |ui| {
        widgets::right(ui, |ui| {
            // Where there is room for the word, it says what the tick means.
            let words = if above.width() > 300.0 { "Confirmed aloud" } else { "" };
            let tick = widgets::tick(ui, &mut confirmed, words, &format!("{} confirmed aloud", name_of(name)));
            widgets::ring(ui, &tick);
            if tick.clicked() && confirmed {
                todo.push(Do::Act(Action::ConfirmField { name }));
            }
            if by_mouse(&tick) {
                tick.surrender_focus();
            }
            tick.on_hover_text("Tick it when it has been confirmed aloud");
        });
    });
    todo
}

fn typed_ui(ui: &mut Ui, n: usize, name: FieldName, draft: &mut Draft) -> Response {
    let p = Palette::of(ui);
    let hint = if name == FieldName::DateOfBirth { "dd/mm/yyyy" } else { "" };
    let field = egui::TextEdit::singleline(&mut draft.text)
        .id(id(n))
        .frame(egui::Frame::NONE.inner_margin(Margin { left: 10, right: 2, top: 7, bottom: 7 }))
        .desired_width(ui.available_width())
        .char_limit(FIELD_TEXT)
        .hint_text(rich(hint, text::regular(14.0), p.text3));
    let response = ui.add(field);
    widgets::named(ui, &response, name_of(name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// Clicked, not pressed by a key: the hand is at the mouse, and what is typed next is meant for somebody else.
fn by_mouse(response: &Response) -> bool {
    response.clicked_by(egui::PointerButton::Primary) && response.ctx.input(|input| input.pointer.any_released())
}

/// Paints into a part of a field, from the left and in the middle.
fn within<R>(ui: &mut Ui, rect: Rect, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let row = egui::Layout::left_to_right(egui::Align::Center);
    let mut part = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(row));
    part.spacing_mut().item_spacing.x = 2.0;
    part.spacing_mut().interact_size.y = 24.0;
    contents(&mut part)
}

/// A small picture that says something aloud, and in words what.
fn small(ui: &mut Ui, icon: &str, says: &str) -> Response {
    let p = Palette::of(ui);
    ui.spacing_mut().button_padding = vec2(2.0, 2.0);
    let button = egui::Button::new(rich(icon, text::regular(text::BODY), p.text2));
    let response = ui.add(button.frame_when_inactive(false).min_size(vec2(24.0, 24.0)));
    widgets::named(ui, &response, says);
    widgets::ring(ui, &response);
    response.on_hover_text(says)
}

/// The line of the bank that asks for a field.
fn asks_for(live: &Live, name: FieldName) -> Option<Id> {
    let bank = &live.call().script().standards.bank;
    let asks = bank.iter().find(|utterance| {
        let plain = utterance.kind == Kind::Question && utterance.flaws.is_empty() && utterance.reads_back.is_none();
        plain && utterance.probes.iter().any(|probe| **probe == *feature(name))
    });
    asks.map(|utterance| utterance.id.clone())
}

/// The line of the bank that reads a field back.
fn reads_back(live: &Live, name: FieldName) -> Option<Id> {
    let bank = &live.call().script().standards.bank;
    bank.iter().find(|utterance| utterance.reads_back == Some(name)).map(|utterance| utterance.id.clone())
}
