//! Pieces that desk and calls share: the bar at the top, badges, chips, what a verdict looks like.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, Frame, Layout, Margin, Painter, Pos2, Rect, Response, RichText, ScrollArea,
    Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, vec2,
};

use crate::app::past::Taken;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::{icons, widgets};
use crate::call::Ending;
use crate::marking::Verdict;
use crate::records::Mode;

/// Icon, words, colour and its soft companion.
pub type Look = (&'static str, String, Color32, Color32);

/// What stands in the bar at the top of a screen.
pub struct Bar<'a> {
    pub title: &'a str,
    /// A few words beside it.
    pub beside: &'a str,
}

/// A screen: its bar, with more on the right where there is room, over a body that scrolls. In a small
/// window the bar scrolls away with the rest.
pub fn screen_ui<A>(
    ui: &mut Ui,
    bar: &Bar,
    right: impl FnOnce(&mut Ui) -> Option<A>,
    body: impl FnOnce(&mut Ui) -> Option<A>,
) -> Option<A> {
    let p = Palette::of(ui);
    let mut action = None;
    let roomy = ui.available_width() > 860.0;
    let frame = Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(20, 12));
    let mut right = Some(right);
    if roomy {
        let shown = egui::Panel::top("screen bar").frame(frame).show_separator_line(false).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_min_height(40.0);
                ui.spacing_mut().item_spacing.x = 16.0;
                bar_words(ui, bar, p);
                let right = right.take();
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| right.and_then(|right| right(ui))).inner
            })
            .inner
        });
        underline(ui, shown.response.rect, p);
        action = shown.inner;
    }
    egui::CentralPanel::default().frame(Frame::new().fill(p.bg0)).show(ui, |ui| {
        ScrollArea::vertical().id_salt(bar.title).auto_shrink(false).show(ui, |ui| {
            if let Some(right) = right.take() {
                let shown = frame.show(ui, |ui| {
                    ui.set_min_width(ui.available_width());
                    ui.horizontal_wrapped(|ui| bar_words(ui, bar, p));
                    ui.horizontal_wrapped(right).inner
                });
                underline(ui, shown.response.rect, p);
                action = shown.inner;
            }
            let margin = if roomy { 20 } else { 12 };
            let inside = Margin { left: margin, right: margin - 4, top: 14, bottom: 12 };
            let made = Frame::new().inner_margin(inside).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                body(ui)
            });
            action = action.take().or(made.inner);
        });
    });
    action
}

fn bar_words(ui: &mut Ui, bar: &Bar, p: &Palette) {
    let title = ui.label(heading(bar.title, text::PAGE_TITLE, p));
    widgets::is_title(ui, &title, bar.title);
    ui.label(rich(bar.beside, text::regular(14.0), p.text3));
}

fn underline(ui: &Ui, bar: egui::Rect, p: &Palette) {
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(1.0, p.line));
}

/// Pointing down for under, up for over: the font has neither.
pub fn triangle(painter: &Painter, center: Pos2, up: bool, color: Color32) {
    let tip = if up { -5.0 } else { 5.0 };
    let points = [vec2(-6.0, -tip * 0.8), vec2(6.0, -tip * 0.8), vec2(0.0, tip)].map(|at| center + at);
    painter.add(Shape::convex_polygon(points.to_vec(), color, Stroke::NONE));
}

/// Words behind such a triangle.
pub fn under_or_over(ui: &mut Ui, up: bool, words: impl Into<String>, font: egui::FontId, color: Color32) {
    let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 5.0);
    let (rect, _) = ui.allocate_exact_size(vec2(13.0, 18.0), Sense::hover());
    triangle(ui.painter(), rect.center(), up, color);
    ui.spacing_mut().item_spacing.x = gap;
    ui.label(rich(words, font, color));
}

/// What came of something, beside where it was asked for. What is new is scrolled to.
pub fn said_ui(ui: &mut Ui, said: Option<&Result<String, String>>) {
    let p = Palette::of(ui);
    let id = ui.next_auto_id().with("said");
    let before: Option<String> = ui.data(|data| data.get_temp(id));
    let (icon, words, color) = match said {
        None => {
            ui.data_mut(|data| data.insert_temp(id, String::new()));
            return;
        }
        Some(Ok(words)) => (icons::CHECK_CIRCLE, words, p.ok),
        Some(Err(words)) => (icons::WARNING_CIRCLE, words, p.safety),
    };
    let response = ui.add(egui::Label::new(rich(format!("{icon}  {words}"), text::regular(text::BODY), color)).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
    // Not what stood there when the screen came.
    if before.as_ref().is_some_and(|before| before != words) {
        response.scroll_to_me(None);
    }
    if before.as_ref() != Some(words) {
        ui.data_mut(|data| data.insert_temp(id, words.clone()));
    }
}

/// Registered is a filled diamond, not registered an open ring.
pub fn registered_mark(painter: &Painter, at: Pos2, size: f32, registered: bool, p: &Palette) {
    if registered {
        let corners = [vec2(0.0, -size), vec2(size, 0.0), vec2(0.0, size), vec2(-size, 0.0)].map(|by| at + by);
        painter.add(Shape::convex_polygon(corners.to_vec(), p.text, Stroke::NONE));
    } else {
        painter.circle(at, size - 1.0, p.bg1, Stroke::new((size * 0.25).max(2.0), p.text));
    }
}

/// Between two columns.
pub const GAP: f32 = 14.0;

/// Two columns side by side where there is room, the first as wide as the second leaves it.
pub fn columns<A>(
    ui: &mut Ui,
    side: f32,
    first: impl FnOnce(&mut Ui) -> Option<A>,
    second: impl FnOnce(&mut Ui) -> Option<A>,
) -> Option<A> {
    let room = ui.available_width();
    let mut action = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        action = column(ui, room - side - GAP, first);
        action = action.take().or(column(ui, side, second));
    });
    action
}

/// As [`columns`], where each stands is fixed: what is too wide in one does not push the other out of the window.
/// `second_first`: for the keyboard and for whoever listens.
pub fn fixed_columns<A>(
    ui: &mut Ui,
    side: f32,
    second_first: bool,
    first: impl FnOnce(&mut Ui) -> Option<A>,
    second: impl FnOnce(&mut Ui) -> Option<A>,
) -> Option<A> {
    let area = ui.available_rect_before_wrap();
    let (left, right) = area.split_left_right_at_x(area.right() - side);
    let left = left.with_max_x(left.right() - GAP);
    let within = |ui: &mut Ui, rect: Rect, name: &str| {
        let mut part = ui.new_child(egui::UiBuilder::new().id_salt(name).max_rect(rect));
        part.set_width(rect.width());
        part.spacing_mut().item_spacing.x = 8.0;
        part
    };
    let mut parts = (within(ui, left, "first column"), within(ui, right, "second column"));
    let action = if second_first {
        let action = second(&mut parts.1);
        action.or(first(&mut parts.0))
    } else {
        let action = first(&mut parts.0);
        action.or(second(&mut parts.1))
    };
    ui.allocate_rect(parts.0.min_rect().union(parts.1.min_rect()), Sense::hover());
    action
}

fn column<A>(ui: &mut Ui, width: f32, contents: impl FnOnce(&mut Ui) -> A) -> A {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.x = 8.0;
        contents(ui)
    })
    .inner
}

fn heading(words: &str, size: f32, p: &Palette) -> RichText {
    rich(words, text::bold(size), p.text)
}

/// Title of a panel, larger than the usual, with words beside it.
pub fn large_title(ui: &mut Ui, title: &str, beside: &str) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        let shown = ui.label(heading(title, 20.0, p));
        widgets::is_heading(ui, &shown, 2, title);
        ui.label(rich(beside, text::regular(14.0), p.text3));
    });
}

/// A word in a coloured box, behind its icon.
pub fn badge(ui: &mut Ui, (icon, words, color, soft): &Look) -> Response {
    boxed(ui, (icon, *color), (words, text::bold(text::CAPTION), *color), (*soft, Stroke::NONE, 4))
}

/// A pill that tells and cannot be pressed.
pub fn tag(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let p = Palette::of(ui);
    let edge = Stroke::new(1.0, p.line);
    boxed(ui, (icon, p.text2), (words, text::regular(text::CAPTION), p.text), (p.bg1, edge, 13))
}

/// Words behind their icon in a box, whichever way the row around them runs.
fn boxed(
    ui: &mut Ui,
    (icon, icon_color): (&str, Color32),
    (words, font, color): (&str, egui::FontId, Color32),
    (fill, edge, round): (Color32, Stroke, u8),
) -> Response {
    const SIDE: f32 = 8.0;
    const GAP: f32 = 5.0;
    let icon = ui.painter().layout_no_wrap(icon.to_owned(), text::regular(15.0), icon_color);
    let room = (ui.available_width() - icon.size().x - GAP - 2.0 * SIDE).max(60.0);
    let galley = ui.painter().layout(words.to_owned(), font, color, room);
    let size = vec2(icon.size().x + GAP + galley.size().x + 2.0 * SIDE, (galley.size().y + 6.0).max(24.0));
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words));
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(round), fill, edge, egui::StrokeKind::Inside);
    let middle = |height: f32| rect.center().y - height / 2.0;
    let (icon_top, words_left) = (middle(icon.size().y), rect.left() + SIDE + icon.size().x + GAP);
    let words_top = middle(galley.size().y);
    painter.galley(egui::pos2(rect.left() + SIDE, icon_top), icon, icon_color);
    painter.galley(egui::pos2(words_left, words_top), galley, color);
    response
}

/// An icon that says nothing that is not said in words beside it.
pub fn picture(ui: &mut Ui, icon: &str, font: egui::FontId, color: Color32) {
    let galley = ui.painter().layout_no_wrap(icon.to_owned(), font, color);
    let (rect, _) = ui.allocate_exact_size(galley.size(), egui::Sense::hover());
    ui.painter().galley(rect.min, galley, color);
}

/// An icon on a disc.
pub fn disc(ui: &mut Ui, icon: &str) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(40.0, 40.0), egui::Sense::hover());
    ui.painter().circle_filled(rect.center(), 20.0, p.bg3);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, icon, text::regular(19.0), p.text2);
}

/// A key as it is printed on a keyboard.
pub fn key_cap(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), text::mono(text::CAPTION), p.text2);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(12.0, 4.0), egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, words));
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(4), p.bg1, Stroke::new(1.0, p.edge), egui::StrokeKind::Inside);
    painter.galley(rect.min + vec2(6.0, 2.0), galley, p.text2);
}

/// Lines of text below each other, in the middle of a row of this height where they leave room.
pub fn lines(ui: &mut Ui, height: f32, lines: &[(&str, egui::FontId, Color32)]) {
    const GAP: f32 = 2.0;
    let width = ui.available_width();
    let lay = |(words, font, color): &(&str, egui::FontId, Color32)| {
        ui.painter().layout((*words).to_owned(), font.clone(), *color, width)
    };
    let galleys: Vec<_> = lines.iter().map(lay).collect();
    let full: f32 = galleys.iter().map(|galley| galley.size().y + GAP).sum::<f32>() - GAP;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = GAP;
        ui.spacing_mut().interact_size.y = 0.0;
        let above = (height - full) / 2.0 - GAP;
        if above > 0.0 {
            ui.add_space(above);
        }
        for galley in galleys {
            ui.label(galley);
        }
    });
}

/// A button without an edge that leads somewhere else: "All 46".
pub fn leads_to(ui: &mut Ui, words: &str, name: &str) -> Response {
    let p = Palette::of(ui);
    let shown = format!("{words}  {}", icons::CARET_RIGHT);
    let button = egui::Button::new(rich(shown, text::regular(14.0), p.text2)).frame(false).min_size(vec2(0.0, 28.0));
    let response = ui.add(button);
    widgets::ring(ui, &response);
    widgets::named(ui, &response, name);
    response
}

/// A button with an icon before its words.
pub fn icon_button(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let response = widgets::button(ui, &format!("{icon}  {words}"));
    widgets::named(ui, &response, words);
    response
}

/// A pill that is on or off.
pub fn toggle(ui: &mut Ui, on: bool, words: &str) -> Response {
    let shown = if on { format!("{}  {words}", icons::CHECK) } else { words.to_owned() };
    let response = widgets::chip(ui, on, &shown);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, enabled, on, words));
    response
}

/// What became of a call, in shape, word and colour.
pub fn verdict_look(taken: &Taken, p: &Palette) -> Look {
    let muted = |icon, words: &str| (icon, words.to_owned(), p.text2, p.bg3);
    if taken.mode == Mode::Guided {
        return muted(icons::GRADUATION_CAP, "Guided");
    }
    if taken.ending == Some(Ending::Early) {
        return muted(icons::CIRCLE_DASHED, "Broken off");
    }
    let Some(mark) = &taken.mark else { return muted(icons::HOURGLASS, "Not marked") };
    let far = mark.steps.unsigned_abs();
    match mark.verdict {
        Verdict::Right => (icons::CHECK_CIRCLE, "In range".into(), p.ok, p.ok_soft),
        Verdict::RightNotAssured => (icons::CIRCLE_HALF, "Not assured".into(), p.cue, p.cue_soft),
        Verdict::UnderTriage => (icons::ARROW_DOWN, format!("Under by {far}"), p.under, p.under_soft),
        Verdict::OverTriage => (icons::ARROW_UP, format!("Over by {far}"), p.over, p.over_soft),
        Verdict::WrongSetting => (icons::SIGNPOST, "Other setting".into(), p.cue, p.cue_soft),
        Verdict::Unsafe => (icons::SHIELD_WARNING, "Safety cap".into(), p.safety, p.safety_soft),
        Verdict::NotDecided => muted(icons::CIRCLE_DASHED, "Not decided"),
    }
}

/// A number of things in words: "1 call", "3 calls".
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
