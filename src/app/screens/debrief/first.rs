//! Before any mark: take a minute, how was that, and what went well. And a gentle word on the way out.

use bevy_egui::egui::{
    self, Align2, CornerRadius, Key, Modifiers, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2,
};

use super::model::Page;
use super::view::Do;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text::{self, rich};
use crate::app::theme::widgets::{area, button, caption, panel, primary, ring};

/// From hard to good.
const WORDS: [&str; 5] = ["Hard", "", "Middling", "", "Good"];
/// What a screen reader says of each.
const NAMES: [&str; 5] = ["1 of 5, hard", "2 of 5", "3 of 5, middling", "4 of 5", "5 of 5, good"];
const KEYS: [Key; 5] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];

/// One calm card in the middle of the screen.
fn card(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui)) {
    let room = ui.available_size();
    let margin = if room.x > 640.0 { 24.0 } else { 10.0 };
    let size = vec2(room.x.min(680.0), room.y);
    let rect = Align2::CENTER_TOP.align_size_within_rect(size, ui.max_rect()).shrink(margin);
    ui.scope_builder(egui::UiBuilder::new().id_salt(name).max_rect(rect), |ui| {
        ScrollArea::vertical().id_salt(name).show(ui, |ui| {
            ui.add_space(if room.y > 560.0 { 40.0 } else { 0.0 });
            panel(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 10.0;
                contents(ui);
            });
        });
    });
}

/// The largest words of the screen: for a screen reader its heading.
pub fn heading(ui: &mut Ui, words: &str, size: f32) {
    let p = Palette::of(ui);
    let shown = ui.label(rich(words, text::bold(size), p.text));
    ui.ctx().accesskit_node_builder(shown.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_level(1);
        node.set_label(words);
    });
}

fn say(ui: &mut Ui, words: &str) {
    let p = Palette::of(ui);
    ui.label(rich(words, text::regular(text::TRANSCRIPT), p.text2));
}

/// A call that weighs: first a breath.
pub fn minute_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    card(ui, "minute", |ui| {
        ui.label(rich(icons::COFFEE, text::regular(34.0), p.accent));
        heading(ui, "Take a minute", text::HERO);
        let stopped = page.mark.triage.decided.is_none();
        say(
            ui,
            if stopped {
                "That was a hard call to listen to. To stop was all right."
            } else {
                "That was a hard call to listen to. You stayed on the line, and that is what it needed of you."
            },
        );
        say(ui, "Put your feet on the floor. Breathe out slowly. Get some water, or look out of the window.");
        say(ui, "Nothing is marked until you go on, and nothing runs out.");
        ui.horizontal_wrapped(|ui| {
            let ready = primary(ui, "I am ready");
            focus(page, &ready);
            if ready.clicked() {
                done = Some(Do::Ready);
            }
            if button(ui, "Not now").clicked() {
                done = Some(Do::Leave);
            }
        });
        caption(ui, "The call is kept. You can come back to it from the list of calls whenever you like.");
    });
    done
}

/// Asks before it tells.
pub fn rating_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let mut done = None;
    let typing = ui.ctx().text_edit_focused();
    let mut by_key = None;
    for (stars, key) in (1..).zip(KEYS) {
        if !typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            by_key = Some(stars);
        }
    }
    card(ui, "rating", |ui| {
        heading(ui, "How was that?", text::HERO);
        say(ui, "Before anybody else says anything: how was it for you? Nobody else sees this unless you share it.");
        ui.horizontal(|ui| {
            let width = ((ui.available_width() - 4.0 * 8.0) / 5.0).min(120.0);
            for stars in 1..=5 {
                let shown = stars_ui(ui, stars, page.view.rating == Some(stars), width);
                if stars == 1 {
                    focus(page, &shown);
                }
                if shown.clicked() || by_key == Some(stars) {
                    page.view.rating = Some(stars);
                }
            }
        });
        caption(ui, "Keys 1 to 5");
        caption(ui, "What went well?");
        let id = egui::Id::new("went well");
        let field = area(ui, id, &mut page.view.went_well, 4, "What went well?", "Something you would do again");
        // Whoever says a number goes on with words.
        if by_key.is_some() {
            field.request_focus();
        }
        ui.horizontal_wrapped(|ui| {
            if primary(ui, "Show me the call").clicked() {
                done = Some(Do::Rated);
            }
            if button(ui, "Back to the calls").clicked() {
                done = Some(Do::Leave);
            }
        });
    });
    done
}

/// One of five: a number, and a word where there is one.
fn stars_ui(ui: &mut Ui, stars: u8, chosen: bool, width: f32) -> egui::Response {
    let p = Palette::of(ui);
    let place = usize::from(stars - 1);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 62.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(WidgetType::RadioButton, true, chosen, NAMES[place]));
    let (fill, edge, color) = match (chosen, response.hovered()) {
        (true, _) => (p.accent_soft, Stroke::new(2.0, p.accent), p.accent),
        (false, true) => (p.bg3, Stroke::new(1.0, p.edge), p.text),
        (false, false) => (p.bg2, Stroke::new(1.0, p.edge), p.text),
    };
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(8), fill, edge, StrokeKind::Inside);
    let word = WORDS[place];
    let number = if chosen { format!("{} {stars}", icons::CHECK) } else { stars.to_string() };
    let raised = if word.is_empty() { 0.0 } else { 9.0 };
    let at = rect.center() - vec2(0.0, raised);
    painter.text(at, Align2::CENTER_CENTER, number, text::bold(text::PAGE_TITLE), color);
    let at = rect.center() + vec2(0.0, 16.0);
    painter.text(at, Align2::CENTER_CENTER, word, text::regular(text::CAPTION), color);
    ring(ui, &response);
    response
}

/// On the way out of a call that weighs.
pub fn farewell_ui(ui: &mut Ui, page: &mut Page) -> Option<Do> {
    let p = Palette::of(ui);
    let mut done = None;
    card(ui, "farewell", |ui| {
        ui.label(rich(icons::HEART, text::regular(34.0), p.accent));
        heading(ui, "You can leave this one here", text::HERO);
        say(ui, "Nobody in that call was real, and what you felt may be all the same. Both are all right.");
        say(
            ui,
            "If it stays with you, tell somebody on your shift, your supervisor or your wellbeing team. Samaritans \
             listen day and night, free, on 116 123.",
        );
        say(ui, "Another call can wait. How you feel is never scored.");
        ui.horizontal_wrapped(|ui| {
            let back = primary(ui, "Back to the calls");
            focus(page, &back);
            if back.clicked() {
                done = Some(Do::Leave);
            }
        });
    });
    done
}

/// The keyboard begins here when the screen has just changed.
fn focus(page: &mut Page, response: &egui::Response) {
    if std::mem::take(&mut page.view.fresh) {
        response.request_focus();
    }
}
