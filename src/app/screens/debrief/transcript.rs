//! The transcript of a debrief: the lines of the chosen mark lit, words in time while it plays, comments beneath.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{
    self, Align, Align2, Color32, CornerRadius, EventFilter, Id, Key, Modifiers, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, WidgetType, pos2, vec2,
};

use super::model::Page;
use super::replay;
use super::rows::Voice;
use super::view::{About, Do};
use super::writing;
use crate::app::settings::reduced_motion;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::part;
use crate::call::clock;
use crate::records::AnnotationKind;

pub fn id() -> Id {
    Id::new("debrief transcript")
}

/// All rows; what was done.
pub fn transcript_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let mut done = region_keys(ui, id(), "Transcript", Do::WalkRows);
    ui.spacing_mut().item_spacing.y = 0.0;
    part(ui, Role::List, "", |ui| {
        for n in 0..page.rows.len() {
            part(ui, Role::ListItem, "", |ui| {
                done = row_ui(ui, page, n, true).or(done.take());
                done = comments_ui(ui, page, n).or(done.take());
            });
        }
    });
    page.view.show_row = false;
    done
}

/// A part that takes the keyboard as one: up and down go through what it holds.
pub fn region_keys(ui: &Ui, id: Id, name: &str, walk: impl Fn(isize) -> Do) -> Option<Do> {
    let p = Palette::of(ui);
    let whole = ui.clip_rect().intersect(ui.max_rect().expand(2.0));
    let region = ui.interact(whole, id, Sense::FOCUSABLE);
    region.widget_info(|| WidgetInfo::labeled(WidgetType::Other, true, name));
    if !region.has_focus() {
        return None;
    }
    let ring = Stroke::new(2.0, p.accent);
    ui.painter().rect_stroke(whole, CornerRadius::same(8), ring, StrokeKind::Inside);
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        Some(walk(1))
    } else if pressed(Key::ArrowUp) {
        Some(walk(-1))
    } else {
        None
    }
}

/// One row, wherever it stands. Where it `leads`, it comes into sight when it is chosen or spoken.
pub fn row_ui(ui: &mut Ui, page: &Page, n: usize, leads: bool) -> Option<Do> {
    let p = Palette::of(ui);
    let row = &page.rows[n];
    let playing = page.view.replay.row(&page.rows) == Some(n);
    let chosen = page.view.row == Some(n);
    let mark = page.view.chosen.map(|mark| &page.marks[mark]).filter(|mark| mark.rows.contains(&n));
    let width = ui.available_width();
    let moment = row.voice == Voice::Moment;
    let (time_w, name_w) = if width > 420.0 { (54.0, 66.0) } else { (50.0, 50.0) };
    let own_line = width < 300.0;
    let indent = if own_line { 8.0 } else { 8.0 + time_w + name_w };
    let icons_w = 30.0;
    let lit = mark.map(|mark| mark.kind.colors(p));
    let mut job = replay::words(row, page.view.replay.clock(), reduced_motion(ui.ctx()), p);
    if moment && lit.is_some() {
        // On a coloured ground it has to stay legible.
        job.sections.iter_mut().for_each(|section| section.format.color = p.text);
    }
    job.wrap.max_width = (width - indent - icons_w).max(60.0);
    let galley = ui.painter().layout_job(job);
    let above = if own_line { 20.0 } else { 0.0 };
    let height = (galley.size().y + above + 10.0).max(if moment { 26.0 } else { 32.0 });
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, id().with((ui.id(), n)), Sense::CLICK);
    let says = row.says();
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, &says));
    let fill = match lit {
        Some((_, soft)) => soft,
        None if playing => p.bg2,
        None if response.hovered() => p.bg2,
        None => Color32::TRANSPARENT,
    };
    let edge = if chosen { Stroke::new(1.0, p.edge) } else { Stroke::NONE };
    ui.painter().rect(rect, CornerRadius::same(6), fill, edge, StrokeKind::Inside);
    let top = rect.top() + 5.0;
    let baseline = if moment { 1.0 } else { 2.0 };
    let at = pos2(rect.left() + 8.0, top + baseline);
    ui.painter().text(at, Align2::LEFT_TOP, clock(row.at), text::mono(text::CAPTION), p.text3);
    let who = pos2(at.x + time_w, at.y - 1.0);
    let color = if row.voice == Voice::Own { p.accent } else { p.text2 };
    let name = ui.painter().layout_no_wrap(row.who.clone(), text::regular(14.0), color);
    let clip = egui::Rect::from_min_size(who, vec2(if own_line { width } else { name_w - 4.0 }, 24.0));
    ui.painter().with_clip_rect(clip.intersect(ui.clip_rect())).galley(who, name, color);
    ui.painter().galley(pos2(rect.left() + indent, top + above), galley, p.text);
    if let Some((mark, (strong, _))) = mark.zip(lit) {
        let at = pos2(rect.right() - 16.0, top + above + 9.0);
        ui.painter().text(at, Align2::CENTER_CENTER, mark.kind.icon(), mark.kind.font(16.0), strong);
    }
    let wanted = (page.view.show_row && chosen) || (playing && !ui.clip_rect().contains_rect(rect));
    if leads && wanted {
        ui.scroll_to_rect(rect, Some(Align::Center));
    }
    response.clicked().then_some(Do::Row(n))
}

/// What was said of this row afterwards, and what is being written.
fn comments_ui(ui: &mut Ui, page: &mut Page, n: usize) -> Option<Do> {
    let p = Palette::of(ui);
    let event = page.rows[n].event;
    let about = |note: &&crate::records::Annotation| {
        note.kind == AnnotationKind::Comment && note.target.as_ref().and_then(|t| t.event) == Some(event)
    };
    for note in page.notes.iter().filter(about) {
        let who = match note.by.as_str() {
            by if by == page.viewer => "You",
            "" => "Trainer",
            by => by,
        };
        ui.horizontal_wrapped(|ui| {
            ui.add_space(8.0);
            ui.label(rich(icons::CHAT_CIRCLE_DOTS, text::regular(16.0), p.text2));
            let words = format!("{who}: “{}”", note.text.trim());
            ui.label(rich(words, text::regular(14.0), p.text2));
            ui.label(rich(format!("at {}", clock(page.rows[n].at)), text::regular(text::CAPTION), p.text3));
        });
        ui.add_space(4.0);
    }
    let drafted = page.view.draft.as_ref().is_some_and(|draft| draft.about == About::Row(n));
    if drafted { writing::draft_ui(ui, page) } else { None }
}
