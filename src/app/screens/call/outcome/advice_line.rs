//! One line of advice: to be said, and to be ticked as given. A tick is a claim; what was said has its time.

use bevy_egui::egui::{
    self, Align2, Color32, CornerRadius, Id, Key, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

use super::super::ask_bar::wording;
use super::super::state::Do;
use super::{advice, roving};
use crate::app::live::Live;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;
use crate::call::Action;
use crate::standards::{Id as Code, Utterance};

/// The row of a line.
pub fn row_id(code: &Code) -> Id {
    Id::new("advice").with(&**code)
}

/// Said, or ticked.
pub fn is_given(live: &Live, code: &Code) -> bool {
    live.call().times_said(code) > 0 || live.call().state().ticked.contains(code)
}

/// When it was first said, if that has been heard.
fn said_at(live: &Live, code: &Code) -> Option<String> {
    let call = live.call();
    let said = call.said(code);
    let line = call.state().lines.get(usize::try_from(said.first).ok()?)?;
    (said.times > 0).then(|| if line.from <= live.clock() { widgets::clock(line.from) } else { "next".into() })
}

/// The line that has the keyboard: `Enter` says it, `Space` ticks it.
pub fn keys(ui: &Ui, on: &Utterance, todo: &mut Vec<Do>) {
    if roving::pressed(ui, Key::Enter) {
        todo.push(advice::say(on));
    }
    if roving::pressed(ui, Key::Space) {
        todo.push(Do::Act(Action::TickAdvice(on.id.clone())));
    }
}

pub fn line_ui(ui: &mut Ui, live: &Live, utterance: &Utterance, here: Option<Id>, todo: &mut Vec<Do>) {
    let p = Palette::of(ui);
    let id = row_id(&utterance.id);
    let words = wording(live, &utterance.id);
    let ticked = live.call().state().ticked.contains(&utterance.id);
    let said = said_at(live, &utterance.id);
    let width = ui.available_width();
    let galley = ui.painter().layout(words.clone(), text::regular(text::BODY), p.text, (width - 104.0).max(60.0));
    let below = if said.is_some() { 18.0 } else { 0.0 };
    let height = (galley.size().y + below + 10.0).max(36.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let sense = if here == Some(id) { Sense::FOCUSABLE } else { Sense::hover() };
    let row = ui.interact(rect, id, sense);
    row.widget_info(|| {
        let given = said.as_ref().map_or(String::new(), |at| format!(", said at {at}"));
        WidgetInfo::labeled(WidgetType::Other, true, format!("{words}{given}"))
    });
    if row.has_focus() {
        ui.painter().rect_filled(rect, CornerRadius::same(8), p.bg2);
    }
    widgets::ring(ui, &row);
    if tick_ui(ui, rect, id, ticked, &words) && !ticked {
        todo.push(Do::Act(Action::TickAdvice(utterance.id.clone())));
    }
    let at = rect.min + vec2(34.0, 5.0);
    let under = at + vec2(0.0, galley.size().y + 1.0);
    ui.painter().galley(at, galley, p.text);
    if let Some(said) = said {
        ui.painter().text(under, Align2::LEFT_TOP, said, text::mono(text::CAPTION), p.text3);
    }
    if say_ui(ui, rect, id, &words) {
        todo.push(advice::say(utterance));
    }
}

fn tick_ui(ui: &Ui, row: Rect, id: Id, ticked: bool, words: &str) -> bool {
    let p = Palette::of(ui);
    let rect = Rect::from_min_size(row.min + vec2(2.0, 2.0), vec2(28.0, 28.0));
    let tick = ui.interact(rect, id.with("tick"), Sense::CLICK);
    tick.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, ticked, format!("Given: {words}")));
    let (icon, font, color) = if ticked {
        (icons::CHECK_SQUARE, text::icon_fill(22.0), p.accent)
    } else {
        (icons::SQUARE, text::regular(22.0), if tick.hovered() { p.text } else { p.text2 })
    };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon, font, color);
    tick.clicked()
}

fn say_ui(ui: &Ui, row: Rect, id: Id, words: &str) -> bool {
    let p = Palette::of(ui);
    let rect = Rect::from_min_size(pos2(row.right() - 62.0, row.top() + 3.0), vec2(60.0, 28.0));
    let say = ui.interact(rect, id.with("say"), Sense::CLICK);
    say.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Say: {words}")));
    let fill = if say.hovered() { p.bg3 } else { Color32::TRANSPARENT };
    ui.painter().rect(rect, CornerRadius::same(14), fill, Stroke::new(1.0, p.edge), StrokeKind::Inside);
    let label = format!("{}  Say", icons::CHAT_TEXT);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, label, text::regular(text::CAPTION), p.text);
    say.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}
