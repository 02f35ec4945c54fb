//! Pieces that desk and calls share: the bar at the top, badges, chips, what a verdict looks like.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, Frame, Layout, Margin, Response, RichText, Stroke, Ui, WidgetInfo, WidgetType,
    vec2,
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

/// The bar at the top of a screen: its title, a few words, and what stands on the right where there is room.
pub fn header_ui<R>(ui: &mut Ui, title: &str, beside: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    let p = Palette::of(ui);
    let bar = egui::Panel::top("screen header")
        .frame(Frame::new().fill(p.bg1).inner_margin(Margin::symmetric(20, 12)))
        .show_separator_line(false);
    let shown = bar.show(ui, |ui| {
        let words = |ui: &mut Ui| {
            ui.label(heading(title, text::PAGE_TITLE, p));
            ui.label(rich(beside, text::regular(14.0), p.text3));
        };
        if ui.available_width() > 860.0 {
            ui.horizontal(|ui| {
                ui.set_min_height(40.0);
                ui.spacing_mut().item_spacing.x = 16.0;
                words(ui);
                ui.with_layout(Layout::right_to_left(Align::Center), right).inner
            })
            .inner
        } else {
            ui.horizontal_wrapped(words);
            ui.horizontal_wrapped(right).inner
        }
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
    shown.inner
}

fn heading(words: &str, size: f32, p: &Palette) -> RichText {
    rich(words, text::bold(size), p.text)
}

/// Title of a panel, larger than the usual, with words beside it.
pub fn large_title(ui: &mut Ui, title: &str, beside: &str) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.label(heading(title, 20.0, p));
        ui.label(rich(beside, text::regular(14.0), p.text3));
    });
}

/// A word in a coloured box, behind its icon.
pub fn badge(ui: &mut Ui, (icon, words, color, soft): &Look) -> Response {
    let row = Frame::new().fill(*soft).corner_radius(CornerRadius::same(4)).inner_margin(Margin::symmetric(8, 3));
    row.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            picture(ui, icon, text::regular(15.0), *color);
            ui.label(rich(words, text::bold(text::CAPTION), *color))
        })
        .inner
    })
    .inner
}

/// A pill that tells and cannot be pressed.
pub fn tag(ui: &mut Ui, icon: &str, words: &str) -> Response {
    let p = Palette::of(ui);
    let pill = Frame::new()
        .fill(p.bg1)
        .stroke(Stroke::new(1.0, p.line))
        .corner_radius(CornerRadius::same(13))
        .inner_margin(Margin::symmetric(9, 4));
    pill.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            picture(ui, icon, text::regular(15.0), p.text2);
            ui.label(rich(words, text::regular(text::CAPTION), p.text))
        })
        .inner
    })
    .inner
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
    let cap = Frame::new()
        .fill(p.bg1)
        .stroke(Stroke::new(1.0, p.edge))
        .corner_radius(CornerRadius::same(4))
        .inner_margin(Margin::symmetric(6, 2));
    cap.show(ui, |ui| ui.label(rich(words, text::mono(text::CAPTION), p.text2)));
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
