//! The call in the debrief: timeline, marks and transcript, and what can be done with them.

use bevy_egui::egui::{self, Rect, ScrollArea, Stroke, Ui, UiBuilder, vec2};

use super::model::Page;
use super::timeline::{Timeline, timeline_ui};
use super::view::{About, Do, Tab};
use super::{list, transcript, writing};
use crate::app::keys::{self, Command};
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{caption, choice, is_heading, named, panel, primary, ring, title};
use crate::call::clock;

/// From this width marks and transcript stand beside each other.
const BESIDE: f32 = 660.0;

/// The call: timeline, marks and transcript.
pub fn call_ui(ui: &mut Ui, page: &mut Page, high: f32) -> Option<Do> {
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
            own: if page.is_own() { "You" } else { "They" },
            marks: &page.marks,
            shown: &shown,
            chosen: page.view.chosen,
            at: page.view.at(&page.marks, &page.rows),
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
pub fn tools_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    let row = page.view.row.unwrap_or(0);
    let at = page.rows.get(row).map_or_else(|| clock(0), |row| clock(row.at));
    let playing = page.view.replay.playing();
    let key = |command| keys::words(ui.ctx(), command);
    let walk = match page.guided() {
        true => String::new(),
        false => format!("{} {} marks · ", arrow(&key(Command::PreviousMark)), arrow(&key(Command::NextMark))),
    };
    let hint = format!(
        "{walk}{} play and stop · {} replay · {} comment",
        key(Command::PlayLine),
        key(Command::ReplayFromHere),
        key(Command::Comment)
    );
    ui.horizontal_wrapped(|ui| {
        title(ui, "The call", "");
        if playing {
            let spoken = page.view.replay.row(&page.rows).map(|row| &page.rows[row]);
            let only = if page.view.replay.is_heard { "" } else { ", captions only" };
            let words = spoken.map_or(String::new(), |row| format!("Playing {}{only}", clock(row.at)));
            ui.label(rich(words, text::regular(text::CAPTION), p.accent));
        } else if ui.available_width() > 720.0 {
            caption(ui, &hint);
        }
        let comment = |ui: &mut Ui| {
            let words = format!("{} Add comment", icons::CHAT_TEXT);
            let shown = ui.add(egui::Button::new(words));
            named(ui, &shown, "Add comment");
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
            named(ui, &shown, &says);
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
        let title = caption(ui, heading);
        is_heading(ui, &title, 3, heading);
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
                About::Mark(_) | About::Own(_) | About::Answer(..) => None,
            });
            if row.is_some() {
                done = writing::draft_ui(ui, page).or(done.take());
            }
            list::list_ui(ui, page, true).or(done)
        }
        Tab::Transcript => transcript::transcript_ui(ui, page).or(done),
    }
}
