//! The ask bar: type to search the bank, or say it in one's own words.

use bevy_egui::egui::{self, Key, Margin, Modifiers, Stroke, Ui, vec2};

use super::ask_list::{self, key_ui, list_ui};
pub use super::ask_rows::wording;
use super::ask_rows::{Row, rows};
use super::state::{Ask, CallUi, Do, Entered, Room, View};
use super::{coach, say};
use crate::app::keyboard::behind_letters;
use crate::app::keys::{self, Command};
use crate::app::library::Library;
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets;

pub fn id() -> egui::Id {
    egui::Id::new("ask bar")
}

pub fn ask_ui(ui: &mut Ui, live: &Live, library: &Library, state: &mut CallUi, tallest: f32) -> Vec<Do> {
    let p = Palette::of(ui);
    ui.set_min_width(ui.available_width());
    let mut todo = Vec::new();
    let rows = rows(live, library, &state.ask);
    let own_words = own_words(&state.ask);
    let listed = !rows.is_empty() || own_words.is_some();
    // Where there is hardly any room, what is listed has it.
    let coach = state.coach.as_ref().filter(|coach| state.view == View::Talk && coach.is_shown(View::Talk));
    let coached = coach.filter(|_| state.room != Room::Small || !listed);
    let crowded = state.room == Room::Small && (listed || coached.is_some());
    todo.extend(coached.and_then(|coach| coach::coach_ui(ui, coach, View::Talk)));
    if !state.ask.after.is_empty() && ui.memory(|memory| memory.has_focus(id())) {
        let after = std::mem::take(&mut state.ask.after);
        state.ask.typed.push_str(&after);
        super::doing::put_cursor_at_end(ui.ctx(), id(), &state.ask.typed);
        ui.ctx().request_repaint();
    }
    state.ask.chosen = state.ask.chosen.min((rows.len() + own_words.iter().len()).saturating_sub(1));
    todo.extend(keys(ui, &rows, own_words.as_ref(), &mut state.ask));
    if let Some((words, _)) = &state.ask.unclear {
        let asks = format!("“{words}” could be several things. Did you mean:");
        ui.add(egui::Label::new(rich(asks, text::regular(text::CAPTION), p.text2)).wrap());
    }
    let picked = list_ui(ui, library, &rows, own_words.as_ref(), &mut state.ask, tallest);
    if let Some(picked) = picked {
        // Whoever chose by mouse can type on; what is chosen may take the keyboard elsewhere.
        todo.push(Do::FocusAsk);
        todo.extend(take(&rows, own_words.as_ref(), picked, &mut state.ask));
    }
    let message = live.refused.as_ref().map(|refused| sentence(&refused.to_string())).or(state.said.clone());
    if let Some(message) = message {
        widgets::notice(ui, p.cue, p.cue_soft, |ui| {
            let words = rich(format!("{}  {message}", icons::INFO), text::regular(text::BODY), p.text);
            let shown = ui.add(egui::Label::new(words).wrap());
            ui.ctx().accesskit_node_builder(shown.id, |node| node.set_live(egui::accesskit::Live::Assertive));
        });
    }
    if field_ui(ui, live, &mut state.ask, rows.len() + own_words.iter().len()) {
        todo.push(Do::Read);
    }
    todo.extend(say::say_ui(ui, live, library, &state.ask, crowded));
    todo
}

/// The field; whether something was typed.
fn field_ui(ui: &mut Ui, live: &Live, ask: &mut Ask, listed: usize) -> bool {
    let p = Palette::of(ui);
    let focused = ui.memory(|memory| memory.has_focus(id()));
    let roomy = ui.available_width() > 480.0;
    let (edge, height) = (Stroke::new(1.0, p.edge), if roomy { 46.0 } else { 36.0 });
    let fill = if p.dark { p.bg0 } else { p.bg2 };
    let frame = egui::Frame::new()
        .fill(fill)
        .stroke(edge)
        .corner_radius(egui::CornerRadius::same(8))
        .inner_margin(Margin::symmetric(12, 0));
    let shown = frame.show(ui, |ui| {
        let size = vec2(ui.available_width(), height);
        let row = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(size, row, |ui| {
            ui.set_min_size(size);
            let (icon, _) = ui.allocate_exact_size(vec2(22.0, 22.0), egui::Sense::hover());
            let middle = egui::Align2::CENTER_CENTER;
            ui.painter().text(icon.center(), middle, icons::CHAT_CENTERED_TEXT, text::regular(22.0), p.text2);
            let beside = if roomy { 150.0 } else { 0.0 };
            let field = egui::TextEdit::singleline(&mut ask.typed)
                .id(id())
                .frame(egui::Frame::NONE.inner_margin(Margin::symmetric(2, 6)))
                .desired_width(ui.available_width() - beside)
                .font(text::regular(text::LIVE))
                .hint_text(rich("Type a word, or / to do something", text::regular(text::BODY), p.text3))
                .char_limit(crate::call::FREE_TEXT);
            let response = ui.add(field);
            if roomy {
                // To a screen reader this says nothing that it does not know.
                widgets::right(ui, |ui| {
                    key_ui(ui, "Enter");
                    let words = if live.sending().is_some() { "Saving…" } else { "Ask or say…" };
                    let words = ui.painter().layout_no_wrap(words.to_owned(), text::regular(14.0), p.text3);
                    let (place, _) = ui.allocate_exact_size(words.size(), egui::Sense::hover());
                    ui.painter().galley(place.min, words, p.text3);
                });
            }
            response
        })
        .inner
    });
    let response = shown.inner;
    widgets::named(ui, &response, "Ask or say");
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::EditableComboBox);
        node.set_expanded(listed > 0);
        if listed > 0 {
            node.set_controls([ask_list::list_id().accesskit_id()]);
            node.set_active_descendant(ask_list::row_id(ask.chosen.min(listed - 1)).accesskit_id());
        }
    });
    if focused {
        let ring = Stroke::new(2.0, p.accent);
        let rect = shown.response.rect.expand(2.0);
        ui.painter().rect_stroke(rect, egui::CornerRadius::same(10), ring, egui::StrokeKind::Outside);
    }
    // All of the bar is the field, its icon as well.
    if ui.interact(shown.response.rect, id().with("bar"), egui::Sense::CLICK).clicked() {
        response.request_focus();
    }
    if response.changed() {
        ask.chosen = 0;
        ask.unclear = None;
    }
    response.changed()
}

/// The last row: what was typed, just as it stands.
fn own_words(ask: &Ask) -> Option<Row> {
    let typed = ask.typed.trim();
    let says = !typed.is_empty() && !typed.starts_with('/') && ask.unclear.is_none();
    says.then(|| Row {
        text: "Say it in my own words".into(),
        beside: "Free text".into(),
        does: Do::SayFreely(typed.to_owned()),
        found: false,
    })
}

fn keys(ui: &Ui, rows: &[Row], own_words: Option<&Row>, ask: &mut Ask) -> Option<Do> {
    if !ui.memory(|memory| memory.has_focus(id())) {
        return None;
    }
    if let Some(Entered { as_typed, then }) = ask.entered.take() {
        let typed = ask.typed.trim().to_owned();
        let does = match as_typed {
            true => (!typed.is_empty()).then_some(Do::SayFreely(typed)),
            false => take(rows, own_words, ask.chosen, ask),
        };
        ask.after = then;
        return does;
    }
    if let Some(entered) = early(ui) {
        ask.entered = Some(entered);
        ui.ctx().request_repaint();
        return None;
    }
    let typed = ask.typed.trim().to_owned();
    if keys::pressed(ui.ctx(), Command::SayAsTyped) {
        return (!typed.is_empty()).then_some(Do::SayFreely(typed));
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let all = rows.len() + own_words.iter().len();
    if all == 0 {
        let up = typed.is_empty() && pressed(Key::ArrowUp);
        return up.then_some(Do::FocusTranscript);
    }
    if pressed(Key::ArrowDown) {
        ask.chosen = (ask.chosen + 1) % all;
    }
    if pressed(Key::ArrowUp) {
        ask.chosen = (ask.chosen + all - 1) % all;
    }
    if pressed(Key::PageDown) {
        ask.chosen = (ask.chosen + 6).min(all - 1);
    }
    if pressed(Key::PageUp) {
        ask.chosen = ask.chosen.saturating_sub(6);
    }
    if pressed(Key::Enter) {
        return take(rows, own_words, ask.chosen, ask);
    }
    None
}

/// `Enter`, or what says the words as they stand, behind letters of the same frame: the key waits, and what was typed
/// after it belongs to the next line.
fn early(ui: &Ui) -> Option<Entered> {
    let chord = keys::of(ui.ctx(), Command::SayAsTyped);
    let (as_typed, then) = behind_letters(ui, |event| match event {
        egui::Event::Key { key, pressed: true, modifiers, .. } => {
            let says = *key == chord.logical_key && modifiers.matches_logically(chord.modifiers);
            (says || (*key == Key::Enter && modifiers.is_none())).then_some(says)
        }
        _ => None,
    })?;
    Some(Entered { as_typed, then })
}

/// Takes a row; the field is ready for the next.
fn take(rows: &[Row], own_words: Option<&Row>, place: usize, ask: &mut Ask) -> Option<Do> {
    let does = rows.get(place).or(own_words)?.does.clone();
    if !matches!(does, Do::SayFreely(_)) {
        ask.typed.clear();
        ask.unclear = None;
        ask.chosen = 0;
    }
    // What was looked for has been found: the list makes room for what is heard.
    if matches!(does, Do::Act(_)) {
        ask.filter = None;
    }
    Some(does)
}

/// With a capital and a full stop.
pub fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}
