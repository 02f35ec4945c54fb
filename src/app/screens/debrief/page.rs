//! The debrief itself: what the patient needed, the call with its marks, and what to take from it.

use bevy_egui::egui::{self, EventFilter, Frame, Margin, Rect, ScrollArea, Stroke, Ui, UiBuilder, vec2};

use super::model::Page;
use super::timeline::{Timeline, timeline_ui};
use super::view::{About, Do, Tab};
use super::{head, list, side, transcript, writing};
use crate::app::keys::{self, Command};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{caption, choice, panel, primary, ring, title};
use crate::call::clock;
use crate::records::AnnotationKind;

/// From this width the right column stands beside the call.
const TWO_COLUMNS: f32 = 1080.0;
/// From this width marks and transcript stand beside each other.
const BESIDE: f32 = 660.0;
/// The call panel is at least so high.
const CALL: f32 = 460.0;

/// Everything about one call that was taken.
pub fn page_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let mut done = pressed(ui, page);
    let room = ui.available_rect_before_wrap();
    let gap = if room.width() > TWO_COLUMNS { 12.0 } else { 8.0 };
    let inner = room.shrink2(vec2(if room.width() > TWO_COLUMNS { 16.0 } else { 8.0 }, gap));
    if room.width() < TWO_COLUMNS {
        column(ui, "debrief", inner, gap, |ui| {
            done = done.take().or(head::head_ui(ui, page));
            head::decision_ui(ui, page);
            side::verdict_ui(ui, page);
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
        done = done.take().or(head::head_ui(ui, page));
        head::decision_ui(ui, page);
        let rest = left.bottom() - ui.cursor().top();
        // What the columns need is scrolled to; what is left of the window is the call's.
        let high = if rest < CALL { CALL + 80.0 } else { rest };
        done = done.take().or(call_ui(ui, page, high));
    });
    column(ui, "debrief right", right, gap, |ui| {
        side::verdict_ui(ui, page);
        if !page.unmarked {
            done = done.take().or(side::changes_ui(ui, page));
        }
        done = done.take().or(after_ui(ui, page));
    });
    done
}

/// A column that scrolls.
fn column(ui: &mut Ui, name: &str, rect: Rect, gap: f32, contents: impl FnOnce(&mut Ui)) {
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
    general_ui(ui, page);
    writing::said_ui(ui, page);
    let reflection = writing::reflection_ui(ui, page);
    story.or(reflection)
}

/// The keys of the debrief. A button that has the keyboard keeps its space bar.
fn pressed(ui: &Ui, page: &Page) -> Option<Do> {
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
    if escape && focused.is_none() && page.view.draft.is_some() {
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

/// The call: timeline, marks and transcript.
fn call_ui(ui: &mut Ui, page: &mut Page, high: f32) -> Option<Do> {
    let mut done = None;
    let top = ui.cursor().top();
    panel(ui).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        done = tools_ui(ui, page);
        let shown = page.shown();
        let timeline = Timeline {
            stages: &page.stages,
            rows: &page.rows,
            marks: &page.marks,
            shown: &shown,
            chosen: page.view.chosen,
            at: page.view.at(page),
            playing: page.view.replay.clock(),
            end: page.end,
            deep: if high < 640.0 { 2 } else { 3 },
        };
        if timeline.is_worth_it() {
            done = timeline_ui(ui, &timeline).or(done.take());
        }
        done = list::filters_ui(ui, page).or(done.take());
        ui.separator();
        let beside = ui.available_width() >= BESIDE;
        if beside {
            let used = ui.cursor().top() - top;
            done = both_ui(ui, page, (high - used - 16.0).max(220.0)).or(done.take());
        } else {
            done = one_ui(ui, page).or(done.take());
        }
    });
    done
}

/// Title, keys, comment, replay.
fn tools_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    let row = page.view.row.unwrap_or(0);
    let at = page.rows.get(row).map_or_else(|| clock(0), |row| clock(row.at));
    let playing = page.view.replay.playing();
    let key = |command| keys::words(ui.ctx(), command);
    let hint = format!(
        "{} {} marks · {} play and stop · {} replay · {} comment",
        arrow(&key(Command::PreviousMark)),
        arrow(&key(Command::NextMark)),
        key(Command::PlayLine),
        key(Command::ReplayFromHere),
        key(Command::Comment)
    );
    ui.horizontal_wrapped(|ui| {
        title(ui, "The call", "");
        if playing {
            let spoken = page.view.replay.row(&page.rows).map(|row| &page.rows[row]);
            let words = spoken.map_or(String::new(), |row| format!("Playing {}, captions only", clock(row.at)));
            ui.label(rich(words, text::regular(text::CAPTION), p.accent));
        } else if ui.available_width() > 720.0 {
            caption(ui, &hint);
        }
        let comment = |ui: &mut Ui| {
            let words = format!("{} Add comment", icons::CHAT_TEXT);
            let shown = ui.add(egui::Button::new(words));
            crate::app::theme::widgets::named(ui, &shown, "Add comment");
            ring(ui, &shown);
            shown.clicked().then_some(Do::WriteComment(row))
        };
        let replay = |ui: &mut Ui| {
            let (words, says) = if playing {
                (format!("{} Stop", icons::PAUSE), "Stop".to_owned())
            } else {
                (format!("{} Replay from {at}", icons::ARROW_COUNTER_CLOCKWISE), format!("Replay from {at}"))
            };
            let shown = primary(ui, &words);
            crate::app::theme::widgets::named(ui, &shown, &says);
            shown.clicked().then_some(Do::PlayOrStop)
        };
        if ui.available_width() > 340.0 {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                done = replay(ui);
                done = comment(ui).or(done.take());
            });
        } else {
            done = comment(ui);
            done = replay(ui).or(done.take());
        }
    });
    done
}

/// The names of the arrow keys as arrows.
fn arrow(key: &str) -> &str {
    match key {
        "Left" | "ArrowLeft" => icons::ARROW_LEFT,
        "Right" | "ArrowRight" => icons::ARROW_RIGHT,
        other => other,
    }
}

/// Marks and transcript beside each other, each scrolling in its own place.
fn both_ui(ui: &mut Ui, page: &mut Page, high: f32) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), egui::Sense::hover());
    let middle = rect.left() + rect.width() * 0.48;
    ui.painter().vline(middle, rect.y_range(), Stroke::new(1.0, p.line));
    let halves = [rect.with_max_x(middle - 10.0), rect.with_min_x(middle + 10.0)];
    let count = match page.unmarked {
        true => format!("What went well · {}", page.shown().len()),
        false => format!("Marks · {} of {}", page.shown().len(), page.marks.len()),
    };
    half(ui, "marks", halves[0], &count, |ui| done = list::list_ui(ui, page, false));
    half(ui, "transcript", halves[1], "Transcript", |ui| {
        done = transcript::transcript_ui(ui, page).or(done.take());
    });
    done
}

fn half(ui: &mut Ui, name: &str, rect: Rect, heading: &str, contents: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        caption(ui, heading);
        ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, contents);
    });
}

/// One of the two: the page itself scrolls.
fn one_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let mut done = None;
    ui.horizontal_wrapped(|ui| {
        for (tab, words) in [(Tab::Marks, "Marks"), (Tab::Transcript, "Transcript")] {
            if choice(ui, page.view.tab == tab, words).clicked() {
                done = Some(Do::Tab(tab));
            }
        }
    });
    match page.view.tab {
        Tab::Marks => {
            // A comment is written beside the mark that it is about.
            let row = page.view.draft.as_ref().and_then(|draft| match draft.about {
                About::Row(row) => Some(row),
                About::Mark(_) => None,
            });
            if row.is_some() {
                done = writing::draft_ui(ui, page).or(done.take());
            }
            list::list_ui(ui, page, true).or(done)
        }
        Tab::Transcript => transcript::transcript_ui(ui, page).or(done),
    }
}

/// The debrief of a guided call: what happened and what to try next, and no mark.
pub fn guided_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = pressed(ui, page);
    let room = ui.available_rect_before_wrap();
    let width = room.width().min(820.0);
    let inner = Rect::from_center_size(room.center(), vec2(width, room.height())).shrink(10.0);
    column(ui, "guided", inner, 10.0, |ui| {
        panel(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            let finished = page.mark.triage.decided.is_some();
            let words = if finished { "That was a whole call" } else { "You stopped partway, and that is fine" };
            ui.label(rich(words, text::bold(text::HERO), p.text));
            let words = "A guided call is not marked, and nobody else sees it.";
            ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
        });
        side::points_ui(ui, "What happened", icons::CHECK_CIRCLE, &happened(page));
        let lost: Vec<&str> = page.marks.iter().filter(|m| m.points < m.out_of).map(|m| m.id.as_str()).collect();
        let next: Vec<String> = super::wording::next_time(&lost).into_iter().map(str::to_owned).collect();
        side::points_ui(ui, "What to try next", icons::ARROW_RIGHT, &next);
        done = done.take().or(side::story_ui(ui, page));
        panel(ui).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            done = done.take().or(tools_ui(ui, page));
            done = done.take().or(transcript::transcript_ui(ui, page));
        });
        writing::said_ui(ui, page);
        if primary(ui, "Go on").clicked() {
            done = Some(Do::Leave);
        }
    });
    done
}

/// The call in a few plain sentences.
fn happened(page: &Page) -> Vec<String> {
    let mut points = vec![format!(
        "You were on the line with {} for {} min {:02}.",
        page.rows.iter().find(|row| row.voice == super::rows::Voice::Other).map_or(page.patient.as_str(), |r| &r.who),
        page.end / 60_000,
        page.end / 1000 % 60
    )];
    points.extend(page.found_out.iter().take(4).map(|fact| format!("You found out: {fact}.")));
    if page.decided.is_empty() {
        points.push("Nothing was decided yet.".into());
    } else {
        points.push(format!("You decided on: {}.", page.decided));
    }
    points
}

/// Comments about the whole call, from whoever said something of it.
fn general_ui(ui: &mut Ui, page: &Page) {
    let p = Palette::of(ui);
    let about = |note: &&crate::records::Annotation| {
        note.kind == AnnotationKind::Comment && note.target.as_ref().is_some_and(|target| target.event.is_none())
    };
    let comments: Vec<_> = page.notes.iter().filter(about).collect();
    if comments.is_empty() {
        return;
    }
    Frame::new().inner_margin(Margin::symmetric(2, 0)).show(ui, |ui| {
        for note in comments {
            let who = if note.by.is_empty() { "Trainer" } else { &note.by };
            let words = format!("{} {who}: “{}”", icons::CHAT_CIRCLE_DOTS, note.text.trim());
            ui.label(rich(words, text::regular(text::BODY), p.text2));
        }
    });
}
