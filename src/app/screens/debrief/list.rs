//! The marks as a list: filters that are the legend as well, and beneath the chosen one what earned or lost it.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{
    self, Align, Align2, Color32, CornerRadius, Id, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::mark::{Filter, Kind};
use super::model::Page;
use super::transcript::{region_keys, row_ui};
use super::view::Do;
use super::{judging, writing};
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{button, caption, part, ring};
use crate::call::clock;

pub fn id() -> Id {
    Id::new("debrief marks")
}

/// What can be listed, with icon, word and count.
pub fn filters_ui(ui: &mut Ui, page: &Page) -> Option<Do> {
    let mut done = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
        for (filter, name, kind) in Filter::ALL {
            let count = page.marks.iter().filter(|mark| filter.lets(mark.kind)).count();
            if page.unmarked || count == 0 {
                continue;
            }
            if filter_ui(ui, page.view.filter == filter, name, kind, count).clicked() {
                done = Some(Do::Filter(filter));
            }
        }
    });
    done
}

fn filter_ui(ui: &mut Ui, chosen: bool, name: &str, kind: Option<Kind>, count: usize) -> egui::Response {
    let p = Palette::of(ui);
    let color = if chosen { p.text } else { p.text2 };
    let words = ui.painter().layout_no_wrap(format!("{name} {count}"), text::regular(text::CAPTION), color);
    let icon_w = if kind.is_some() { 21.0 } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(words.size().x + icon_w + 20.0, 28.0), Sense::click());
    let says = format!("{name}, {count} marks");
    response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, true, chosen, &says));
    let (fill, edge) = match (chosen, response.hovered()) {
        (true, _) => (p.bg3, p.edge),
        (false, true) => (p.bg2, p.edge),
        (false, false) => (Color32::TRANSPARENT, p.line),
    };
    ui.painter().rect(rect, CornerRadius::same(14), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    if let Some(kind) = kind {
        let at = pos2(rect.left() + 18.0, rect.center().y);
        ui.painter().text(at, Align2::CENTER_CENTER, kind.icon(), kind.font(15.0), kind.colors(p).0);
    }
    let at = pos2(rect.left() + 10.0 + icon_w, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, color);
    ring(ui, &response);
    response
}

/// All listed marks. With `excerpt` the chosen one shows its lines as well.
pub fn list_ui(ui: &mut Ui, page: &mut Page, excerpt: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let shown = page.shown();
    let mut done = region_keys(ui, id(), "Marks", Do::Walk);
    ui.spacing_mut().item_spacing.y = 2.0;
    if shown.is_empty() {
        ui.label(rich("Nothing of this kind.", text::regular(text::BODY), p.text2));
    }
    part(ui, Role::List, "", |ui| {
        for n in shown {
            done = part(ui, Role::ListItem, "", |ui| entry_ui(ui, page, n, excerpt)).or(done.take());
        }
    });
    page.view.show_mark = false;
    done
}

/// A mark, and what there is to it if it is the chosen one.
fn entry_ui(ui: &mut Ui, page: &mut Page, n: usize, excerpt: bool) -> Option<Do> {
    let top = ui.cursor().left_top();
    let mut done = mark_ui(ui, page, n);
    if page.view.chosen == Some(n) {
        // What people say of it stands below what was lost, and is what one came for.
        let for_said = page.view.show_said;
        done = detail_ui(ui, page, n, excerpt).or(done);
        if page.view.show_mark && !for_said {
            let whole = egui::Rect::from_min_max(top, pos2(ui.max_rect().right(), ui.cursor().top()));
            let align = if whole.height() < ui.clip_rect().height() { Align::Center } else { Align::Min };
            // Where the whole page scrolls, it begins at its beginning.
            if !excerpt || page.view.walked {
                ui.scroll_to_rect(whole, Some(align));
            }
        }
    }
    done
}

fn mark_ui(ui: &mut Ui, page: &Page, n: usize) -> Option<Do> {
    let p = Palette::of(ui);
    let mark = &page.marks[n];
    let chosen = page.view.chosen == Some(n);
    let width = ui.available_width();
    let time = mark.at.map(clock);
    let time_w = if time.is_some() { 54.0 } else { 0.0 };
    let title = ui.painter().layout(mark.title.clone(), text::regular(text::BODY), p.text, width - 46.0 - time_w);
    let small = text::regular(text::CAPTION);
    let beneath = ui.painter().layout(mark.beneath.clone(), small, p.text3, width - 46.0 - time_w);
    let height = title.size().y + beneath.size().y + 12.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, id().with(n), Sense::CLICK);
    let says = format!("{} {}: {}", time.clone().unwrap_or_default(), mark.kind.word(), mark.title);
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, says.trim()));
    let fill = match (chosen, response.hovered()) {
        (true, _) => p.bg3,
        (false, true) => p.bg2,
        (false, false) => Color32::TRANSPARENT,
    };
    let edge = if chosen { Stroke::new(1.0, p.edge) } else { Stroke::NONE };
    ui.painter().rect(rect, CornerRadius::same(6), fill, edge, StrokeKind::Inside);
    let at = pos2(rect.left() + 18.0, rect.top() + 16.0);
    ui.painter().text(at, Align2::CENTER_CENTER, mark.kind.icon(), mark.kind.font(18.0), mark.kind.colors(p).0);
    let top = rect.top() + 5.0;
    let below = top + title.size().y + 1.0;
    ui.painter().galley(pos2(rect.left() + 38.0, top), title, p.text);
    ui.painter().galley(pos2(rect.left() + 38.0, below), beneath, p.text3);
    if let Some(time) = time {
        let at = pos2(rect.right() - 8.0, top + 1.0);
        ui.painter().text(at, Align2::RIGHT_TOP, time, text::mono(text::CAPTION), p.text2);
    }
    response.clicked().then_some(Do::Mark(n))
}

/// What earned or lost it; its lines where the transcript is not beside it.
fn detail_ui(ui: &mut Ui, page: &mut Page, n: usize, excerpt: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    egui::Frame::new().inner_margin(egui::Margin { left: 38, right: 8, top: 4, bottom: 8 }).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 6.0;
        let mark = &page.marks[n];
        if !mark.why.is_empty() {
            // Several slips stand one beneath the other.
            for slip in mark.why.split("; ") {
                ui.label(rich(slip, text::regular(text::BODY), p.text2));
            }
        }
        let people = ui.cursor().left_top();
        if !page.unmarked {
            judging::marks_ui(ui, page, n);
        }
        if excerpt {
            for row in mark.rows.clone().into_iter().take(3) {
                done = row_ui(ui, page, row, false).or(done.take());
            }
        }
        done = judging::contested_ui(ui, page, n).or(done.take());
        if page.view.draft.as_ref().is_some_and(|draft| draft.mark() == Some(n)) {
            done = writing::draft_ui(ui, page).or(done.take());
            return;
        }
        let by_me = |by: &str| by == page.viewer;
        let said = page.said_of(n);
        let has_marked = said.is_some_and(|line| line.human.iter().any(|mark| by_me(&mark.by)));
        let has_contested = said.is_some_and(|line| line.contested.iter().any(|one| by_me(&one.by)));
        ui.horizontal_wrapped(|ui| {
            if excerpt && !page.marks[n].rows.is_empty() && button(ui, "Show in the transcript").clicked() {
                done = Some(Do::Tab(super::view::Tab::Transcript));
            }
            let own = if has_marked { "Mark it again" } else { "Give my own mark" };
            if page.may_judge() && button(ui, own).clicked() {
                done = Some(Do::GiveOwn(n));
            }
            if !page.unmarked && !has_contested && button(ui, "Contest this mark").clicked() {
                done = Some(Do::Contest(n));
            }
        });
        if page.view.show_said {
            let said = egui::Rect::from_min_max(people, pos2(ui.max_rect().right(), ui.cursor().top()));
            ui.scroll_to_rect(said, Some(Align::Center));
            page.view.show_said = page.said_of(n).is_none();
        }
        if page.marks[n].rows.is_empty() {
            caption(ui, "No single line: it is about the whole call.");
        }
    });
    done
}
