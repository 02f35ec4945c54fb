//! The debrief itself: what the patient needed, the call with its marks, and what to take from it.

use bevy_egui::egui::{self, EventFilter, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::call::call_ui;
use super::model::Page;
use super::view::{About, Do};
use super::{head, list, side, transcript, writing};
use crate::app::keys::{self, Command};

/// From this width the right column stands beside the call.
const TWO_COLUMNS: f32 = 1080.0;
/// The call panel is at least so high.
const CALL: f32 = 460.0;

/// Everything about one call that was taken.
pub fn page_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let mut done = pressed(ui, page);
    if let Some(about) = page.view.give_back.take() {
        let id = if matches!(about, About::Row(_)) { transcript::id() } else { list::id() };
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let room = ui.available_rect_before_wrap();
    let gap = if room.width() > TWO_COLUMNS { 12.0 } else { 8.0 };
    let inner = room.shrink2(vec2(if room.width() > TWO_COLUMNS { 16.0 } else { 8.0 }, gap));
    if room.width() < TWO_COLUMNS {
        column(ui, "debrief", inner, gap, |ui| {
            writing::failed_ui(ui, page);
            done = done.take().or(head::head_ui(ui, page));
            head::decision_ui(ui, page);
            done = done.take().or(side::verdict_ui(ui, page));
            if !page.unmarked {
                done = done.take().or(side::changes_ui(ui, page));
            }
            done = done.take().or(call_ui(ui, page, (inner.height() - 2.0 * gap).clamp(CALL, 720.0)));
            done = done.take().or(after_ui(ui, page));
        });
        return done;
    }
    let side_width = (inner.width() * 0.3).clamp(340.0, 430.0);
    let (left, right) = inner.split_left_right_at_x(inner.right() - side_width);
    let left = left.with_max_x(left.right() - gap);
    column(ui, "debrief left", left, gap, |ui| {
        writing::failed_ui(ui, page);
        done = done.take().or(head::head_ui(ui, page));
        head::decision_ui(ui, page);
        let rest = left.bottom() - ui.cursor().top();
        // What the columns need is scrolled to; what is left of the window is the call's.
        let high = if rest < CALL { CALL + 80.0 } else { rest };
        done = done.take().or(call_ui(ui, page, high));
    });
    column(ui, "debrief right", right, gap, |ui| {
        done = done.take().or(side::verdict_ui(ui, page));
        if !page.unmarked {
            done = done.take().or(side::changes_ui(ui, page));
        }
        done = done.take().or(after_ui(ui, page));
    });
    done
}

/// A column that scrolls.
pub fn column(ui: &mut Ui, name: &str, rect: Rect, gap: f32, contents: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = gap;
            contents(ui);
        });
    });
}

/// What comes after the call: competences, why, what happened, what was said, the reflection.
fn after_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    if !page.unmarked {
        side::competences_ui(ui, page);
        side::why_ui(ui, page);
    }
    let story = side::story_ui(ui, page);
    writing::general_ui(ui, page);
    writing::said_ui(ui, page);
    let reflection = writing::reflection_ui(ui, page);
    story.or(reflection)
}

/// The keys of the debrief. A button that has the keyboard keeps its space bar.
pub fn pressed(ui: &Ui, page: &Page) -> Option<Do> {
    let ctx = ui.ctx();
    let focused = ctx.memory(|memory| memory.focused());
    let own = [list::id(), transcript::id()];
    if let Some(id) = focused.filter(|_| !ctx.text_edit_focused()) {
        // The arrows go through the marks and do not carry the keyboard away.
        let vertical_arrows = own.contains(&id);
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows, ..EventFilter::default() };
        ctx.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let escape = ctx.input(|input| input.key_pressed(egui::Key::Escape));
    // What has been written is not thrown away by a key.
    if escape && page.view.draft.as_ref().is_some_and(|draft| draft.text.trim().is_empty()) {
        return Some(Do::Drop);
    }
    if keys::pressed(ctx, Command::PreviousMark) {
        return Some(Do::Walk(-1));
    }
    if keys::pressed(ctx, Command::NextMark) {
        return Some(Do::Walk(1));
    }
    if focused.is_none_or(|id| own.contains(&id)) && keys::pressed(ctx, Command::PlayLine) {
        return Some(Do::PlayOrStop);
    }
    let row = page.view.row.unwrap_or(0);
    if keys::pressed(ctx, Command::ReplayFromHere) {
        return Some(Do::Play(row));
    }
    if keys::pressed(ctx, Command::Comment) {
        return Some(Do::WriteComment(row));
    }
    None
}
