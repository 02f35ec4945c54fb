//! What was typed into a field of the page, done in the widget that it stands for.
//!
//! The page knows dead keys, input methods, dictation and correction; we see only how the text changed.

use bevy_egui::egui::text::{CCursor, CCursorRange};
use bevy_egui::egui::{self, Event, Key, Modifiers};

use super::mirror::Fields;

/// The widget that has the keyboard, if it is this one.
fn here(ctx: &egui::Context, id: &str) -> Option<egui::Id> {
    let focused = ctx.memory(|memory| memory.focused())?;
    (focused.accesskit_id().0.to_string() == id).then_some(focused)
}

fn mark(ctx: &egui::Context, id: egui::Id, from: usize, to: usize) {
    let mut state = egui::TextEdit::load_state(ctx, id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(from), CCursor::new(to));
    state.cursor.set_char_range(Some(range));
    state.store(ctx, id);
}

/// The selection of the page's field is that of the widget.
pub fn select(ctx: &egui::Context, id: &str, anchor: usize, focus: usize) {
    if let Some(id) = here(ctx, id) {
        mark(ctx, id, anchor, focus);
    }
}

/// Does to the widget's text what was done to the page's.
pub fn edit(
    ctx: &egui::Context,
    events: &mut Vec<Event>,
    fields: &Fields,
    id: &str,
    from: &str,
    to: &str,
    caret: usize,
) {
    let Some(widget) = here(ctx, id) else { return };
    let Change { at, removed, inserted } = Change::between(from, to, caret);
    let text = fields.text(id);
    let long = text.chars().count();
    if fields.is_secret(id) || text == from {
        mark(ctx, widget, at, at + removed);
    } else {
        // It has been changed from within meanwhile: what is typed goes to its end.
        mark(ctx, widget, long.saturating_sub(removed), long);
    }
    if !inserted.is_empty() {
        events.push(if inserted.contains('\n') { Event::Paste(inserted) } else { Event::Text(inserted) });
    } else if removed > 0 {
        for pressed in [true, false] {
            let (key, modifiers) = (Key::Backspace, Modifiers::NONE);
            events.push(Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
        }
    }
}

/// How one text became another, in characters.
struct Change {
    at: usize,
    removed: usize,
    inserted: String,
}

impl Change {
    /// `caret` is where the page's field has its caret now: what was put in ends there, if that can be.
    fn between(from: &str, to: &str, caret: usize) -> Self {
        let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
        let same_end = |after: usize| {
            after <= from.len() && after <= to.len() && from[from.len() - after..] == to[to.len() - after..]
        };
        let by_caret = Some(to.len().saturating_sub(caret)).filter(|after| same_end(*after));
        let longest = from.iter().rev().zip(to.iter().rev()).take_while(|(a, b)| a == b).count();
        let after = by_caret.unwrap_or(longest);
        let before = from[..from.len() - after].iter().zip(&to[..to.len() - after]);
        let at = before.take_while(|(a, b)| a == b).count();
        let inserted = to[at..to.len() - after].iter().collect();
        Self { at, removed: from.len() - after - at, inserted }
    }
}
