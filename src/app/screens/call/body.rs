//! The body map: parts of the body, painted, each a button that narrows what is listed.

use bevy_egui::egui::{
    self, CornerRadius, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2,
};

use super::filter::Filter;
use super::state::{CallUi, Do};
use crate::app::library::Library;
use crate::app::theme::icons;
use crate::app::theme::palette::Palette;
use crate::app::theme::text;
use crate::app::theme::widgets;

/// How wide the map is, in points.
pub const WIDTH: f32 = 100.0;
const HEIGHT: f32 = 312.0;

/// A part as it is painted: left, top, width, height, rounding.
type Part = (f32, f32, f32, f32, u8);

/// A region of the map, by its id in the standards, and its parts. The first is what the keyboard comes to.
type Shape = (&'static str, &'static [Part]);

const HEAD: Part = (29.0, 2.0, 42.0, 42.0, 21);
const NECK: Part = (38.0, 46.0, 24.0, 14.0, 5);
const ARMS: Shape = ("arms", &[(8.0, 64.0, 16.0, 74.0, 8), (76.0, 64.0, 16.0, 74.0, 8)]);
const HANDS: Shape = ("hands", &[(0.0, 140.0, 24.0, 26.0, 9), (76.0, 140.0, 24.0, 26.0, 9)]);
const THIGHS: Shape = ("thighs", &[(28.0, 176.0, 21.0, 58.0, 9), (51.0, 176.0, 21.0, 58.0, 9)]);
const LOWER_LEGS: Shape = ("lower-legs", &[(29.0, 236.0, 19.0, 48.0, 8), (52.0, 236.0, 19.0, 48.0, 8)]);
const FEET: Shape = ("feet", &[(22.0, 286.0, 26.0, 24.0, 8), (52.0, 286.0, 26.0, 24.0, 8)]);

const FRONT: [Shape; 11] = [
    ("head", &[HEAD]),
    // Over the head: whoever points at the lower half of it means this.
    ("face", &[(35.0, 20.0, 30.0, 24.0, 11)]),
    ("neck", &[NECK]),
    ("chest", &[(26.0, 62.0, 48.0, 46.0, 10)]),
    ("tummy", &[(28.0, 110.0, 44.0, 36.0, 8)]),
    ("pelvis", &[(28.0, 148.0, 44.0, 26.0, 9)]),
    ARMS,
    HANDS,
    THIGHS,
    LOWER_LEGS,
    FEET,
];
const BACK: [Shape; 10] = [
    ("head", &[HEAD]),
    ("neck", &[NECK]),
    ("upper-back", &[(26.0, 62.0, 48.0, 46.0, 10)]),
    ("lower-back", &[(28.0, 110.0, 44.0, 36.0, 8)]),
    ("bottom", &[(28.0, 148.0, 44.0, 26.0, 9)]),
    ARMS,
    HANDS,
    THIGHS,
    LOWER_LEGS,
    FEET,
];

/// The map and from which side it is seen.
pub fn body_ui(ui: &mut Ui, library: &Library, state: &mut CallUi) -> Option<Do> {
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, HEIGHT), Sense::hover());
    let shapes: &[Shape] = if state.from_behind { &BACK } else { &FRONT };
    let mut todo = None;
    for (region, parts) in shapes {
        let Some(known) = library.standards.topics.regions.iter().find(|known| *known.id == **region) else { continue };
        let filter = Filter::Region(known.id.clone());
        let on = state.ask.filter.as_ref() == Some(&filter);
        if region_ui(ui, rect, region, parts, &known.name, on) {
            todo = Some(Do::Filter((!on).then_some(filter)));
        }
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = vec2(9.0, 4.0);
        for (behind, name) in [(false, "Front"), (true, "Back")] {
            let chip = widgets::chip(ui, state.from_behind == behind, name);
            pressed(ui, &chip, state.from_behind == behind);
            widgets::named(ui, &chip, &format!("Body map, {}", name.to_lowercase()));
            if chip.clicked() {
                state.from_behind = behind;
            }
        }
    });
    todo
}

/// One region; whether it was chosen.
fn region_ui(ui: &mut Ui, map: Rect, region: &str, parts: &[Part], name: &str, on: bool) -> bool {
    let p = Palette::of(ui);
    let id = Id::new(("body map", region));
    let place = |part: &Part| Rect::from_min_size(map.min + vec2(part.0, part.1), vec2(part.2, part.3));
    let mut chosen = false;
    let mut hovered = false;
    let mut focused = None;
    for (n, part) in parts.iter().enumerate() {
        let rect = place(part);
        // A target is 24 points at least, whatever is painted.
        let target = Rect::from_center_size(rect.center(), rect.size().max(vec2(24.0, 24.0)));
        // The keyboard comes to a region once, however many parts it has.
        let sense = if n == 0 { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(target, id.with(n), sense);
        if n == 0 {
            let enabled = ui.is_enabled();
            response.widget_info(|| WidgetInfo::selected(WidgetType::Button, enabled, on, format!("{name}, body map")));
            pressed(ui, &response, on);
            focused = response.has_focus().then_some(rect);
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
            // Whoever comes by keyboard sees the name as whoever points does.
            if response.has_focus() {
                response.show_tooltip_text(name);
            }
        }
        chosen |= response.clicked();
        hovered |= response.hovered();
        response.on_hover_text(name);
    }
    let (fill, edge) = match (on, hovered) {
        (true, _) => (p.accent_soft, Stroke::new(2.0, p.accent)),
        (false, true) => (p.bg3, Stroke::new(1.5, p.text2)),
        (false, false) => (p.bg2, Stroke::new(1.4, p.edge)),
    };
    for part in parts {
        ui.painter().rect(place(part), CornerRadius::same(part.4), fill, edge, StrokeKind::Inside);
    }
    if on {
        // Chosen is said by a mark as well as by colour.
        let first = place(&parts[0]);
        let at = first.center_top() + vec2(0.0, (first.height() / 2.0).min(11.0));
        ui.painter().text(at, egui::Align2::CENTER_CENTER, icons::CHECK, text::regular(14.0), p.accent);
    }
    if let Some(rect) = focused {
        let ring = Stroke::new(2.0, p.accent);
        ui.painter().rect_stroke(rect.expand(3.0), CornerRadius::same(10), ring, StrokeKind::Outside);
    }
    chosen
}

/// Tells a screen reader whether a button that stays down is down.
pub fn pressed(ui: &Ui, response: &Response, on: bool) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_toggled(on.into()));
}
