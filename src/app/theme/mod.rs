//! How everything looks: colours, type, and the few widgets that all screens share.

pub mod icons;
pub mod palette;
pub mod text;
pub mod widgets;

use bevy_egui::egui::{self, Color32, CornerRadius, Stroke, vec2};
use palette::Palette;

/// Which set of colours is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Theme {
    #[default]
    Dark,
    Light,
}

/// Fonts, colours and measures, for both themes.
pub fn install(ctx: &egui::Context, theme: Theme) {
    ctx.set_fonts(text::fonts());
    for (of, palette) in [(egui::Theme::Dark, &Palette::DARK), (egui::Theme::Light, &Palette::LIGHT)] {
        ctx.style_mut_of(of, |style| dress(style, palette));
    }
    choose(ctx, theme);
    // A press that wakes the event loop is stamped with the time of the frame before: the release
    // would come "too late" for a click (bevy_egui issue 352).
    ctx.options_mut(|options| options.input_options.max_click_duration = f64::INFINITY);
}

/// Goes over to a theme.
pub fn choose(ctx: &egui::Context, theme: Theme) {
    ctx.set_theme(match theme {
        Theme::Dark => egui::Theme::Dark,
        Theme::Light => egui::Theme::Light,
    });
}

fn dress(style: &mut egui::Style, p: &Palette) {
    style.text_styles = text::styles();
    style.spacing.item_spacing = vec2(8.0, 8.0);
    style.spacing.button_padding = vec2(12.0, 6.0);
    style.spacing.interact_size = vec2(24.0, 30.0);
    style.spacing.icon_width = 18.0;
    style.spacing.icon_width_inner = 12.0;
    style.spacing.scroll.floating = false;
    style.spacing.scroll.bar_width = 8.0;
    style.spacing.scroll.foreground_color = false;
    style.spacing.scroll.fade.strength = 0.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.3;
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    let v = &mut style.visuals;
    v.dark_mode = p.dark;
    v.override_text_color = Some(p.text);
    v.weak_text_color = Some(p.text3);
    v.panel_fill = p.bg0;
    v.window_fill = p.bg1;
    v.window_stroke = Stroke::new(1.0, p.edge);
    v.window_corner_radius = CornerRadius::same(12);
    v.window_shadow = egui::Shadow::NONE;
    v.popup_shadow = egui::Shadow::NONE;
    v.menu_corner_radius = CornerRadius::same(8);
    v.extreme_bg_color = p.bg0;
    v.text_edit_bg_color = Some(if p.dark { p.bg0 } else { p.bg2 });
    v.faint_bg_color = p.bg2;
    v.hyperlink_color = p.accent;
    v.selection.bg_fill = p.accent_soft;
    v.selection.stroke = Stroke::new(2.0, p.accent);
    v.text_cursor.blink = false;
    v.text_cursor.stroke = Stroke::new(2.0, p.accent);
    v.disabled_alpha = 0.65;
    let set = |w: &mut egui::style::WidgetVisuals, fill: Color32, edge: Stroke| {
        w.bg_fill = fill;
        w.weak_bg_fill = fill;
        w.bg_stroke = edge;
        w.fg_stroke = Stroke::new(1.5, p.text);
        w.corner_radius = CornerRadius::same(8);
        w.expansion = 0.0;
    };
    set(&mut v.widgets.noninteractive, p.bg1, Stroke::new(1.0, p.line));
    set(&mut v.widgets.inactive, p.bg2, Stroke::new(1.0, p.edge));
    set(&mut v.widgets.hovered, p.bg3, Stroke::new(1.0, p.edge));
    // The thumb of a scroll bar has only its fill to be seen by.
    v.widgets.inactive.bg_fill = p.edge;
    v.widgets.hovered.bg_fill = p.text3;
    // A widget that has the keyboard is "active": its ring.
    set(&mut v.widgets.active, p.bg3, Stroke::new(2.0, p.accent));
    set(&mut v.widgets.open, p.bg3, Stroke::new(1.0, p.accent));
}
